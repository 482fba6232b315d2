"""Several models on the same test points: an interval for each, and every pair compared exactly."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from genbounds import __version__
from genbounds.arguments import settle
from genbounds.multiplicity import holm
from genbounds.registry import catalogue
from genbounds.rendering import Table, safely_rounded, wrapped
from genbounds.sentences import confidence


class Model(NamedTuple):
    """One model's errors and the interval for its risk."""

    name: str
    errors: int
    n: int
    lower: float
    upper: float


class Pair(NamedTuple):
    """Two models: who errs alone how often, the exact sign test, the difference of their risks."""

    first: str
    second: str
    first_only: int
    second_only: int
    p_value: float
    adjusted: float
    lower: float
    upper: float


class ModelComparison:
    """Every model's risk and every difference of risks, each family of statements at its own delta.

    All intervals for risks hold together with probability 1 - delta (Clopper-Pearson, delta
    shared over models and sides); so do all intervals for differences. The p-values are of the
    exact sign test (McNemar), adjusted by Holm's method: calling different the pairs with an
    adjusted p-value of at most delta errs with probability at most delta.
    """

    theorems = ("clopper_pearson", "risk_difference", "sign_test")

    def __init__(self, models: list[Model], pairs: list[Pair], delta: float) -> None:
        self.models, self.pairs, self.delta = models, pairs, delta

    @property
    def model_table(self) -> Table:
        """A row a model."""
        rows = [(m.name, m.errors, m.n, m.errors / m.n, m.lower, m.upper) for m in self.models]
        return Table(("model", "errors", "n", "error rate", "risk >=", "risk <="), rows)

    @property
    def pair_table(self) -> Table:
        """A row a pair; the difference is the risk of the first minus that of the second."""
        names = ("first", "second", "only 1st", "only 2nd", "p-value", "Holm")
        return Table((*names, "diff >=", "diff <="), self.pairs)

    def tables(self, pairs_only: bool = False) -> list[Table]:
        """The tables to show: models and pairs, or the pairs alone; `ValueError` where none are."""
        if pairs_only and not self.pairs:
            raise ValueError("there are no pairs: name at least two models")
        both = [self.model_table, self.pair_table] if self.pairs else [self.model_table]
        return [self.pair_table] if pairs_only else both

    def bare(self, pairs_only: bool = False) -> str:
        """Names and ends alone, a line a model or a pair."""
        if pairs_only:
            return "\n".join(f"{p.first} {p.second} {p.lower!r} {p.upper!r}" for p in self.pairs)
        return "\n".join(f"{m.name} {m.lower!r} {m.upper!r}" for m in self.models)

    @property
    def sentences(self) -> tuple[str, ...]:
        """What holds, with which probability."""
        sure = confidence(self.delta)
        found = [f"With probability at least {sure}, {self._intervals()}."]
        if self.pairs:
            test = f"exact sign test, adjusted by Holm, level {float(self.delta):g}"
            found.append(f"{self._verdict()} ({test}).")
            found.append(
                f"With probability at least {sure}, all differences of risks, first minus second, "
                f"lie in their intervals."
            )
        return tuple(found)

    def _intervals(self) -> str:
        if len(self.models) > 1:
            return f"all {len(self.models)} intervals for the true error rates hold at once"
        model = self.models[0]
        low, high = safely_rounded(model.lower, "lower", 4), safely_rounded(model.upper, "upper", 4)
        return f"the true error rate of {model.name} lies between {low} and {high}"

    conditions = (
        "the test points are an independent sample",
        "they were used neither to train nor to choose these models",
    )

    def _verdict(self) -> str:
        ordered = self._ordered if len(self.pairs) == 1 else self._apart
        apart = [ordered(pair) for pair in self.pairs if pair.adjusted <= self.delta]
        pairs = "the two models" if len(self.pairs) == 1 else f"any of the {len(self.pairs)} pairs"
        return "; ".join(apart) or f"No difference is established between {pairs}"

    @staticmethod
    def _ordered(pair: Pair) -> str:
        """One pair: each direction has half of the level."""
        better, worse = _by_errors(pair)
        return f"{better} has a smaller risk than {worse}"

    @staticmethod
    def _apart(pair: Pair) -> str:
        """Several pairs: Holm's method is about differing, not about directions."""
        better, worse = _by_errors(pair)
        return f"the risks of {better} and {worse} differ ({better} erred less here)"

    @property
    def text(self) -> str:
        """For a terminal."""
        blocks = [*wrapped(self.sentences[0]), "", self.model_table.render("table")]
        if self.pairs:
            blocks += ["", *wrapped(self.sentences[1]), *wrapped(self.sentences[2])]
            blocks += ["", self.pair_table.render("table")]
        blocks += ["", "conditions", *(f"  [ ] {sentence}" for sentence in self.conditions)]
        names = [f"{name} ({catalogue[name].source})" for name in self.used]
        return "\n".join([*blocks, "theorems", *(f"  {name}" for name in names)])

    @property
    def used(self) -> tuple[str, ...]:
        """The theorems behind the numbers."""
        return self.theorems if self.pairs else self.theorems[:1]

    @property
    def markdown(self) -> str:
        """For a report in Markdown."""
        tables = [table.render("markdown") for table in self.tables()]
        boxes = "\n".join(f"- [ ] {sentence}" for sentence in self.conditions)
        said = [self.sentences[0], " ".join(self.sentences[1:])]
        return "\n\n".join([*(x for pair in zip(said, tables, strict=False) for x in pair), boxes])

    @property
    def latex(self) -> str:
        """The tables in LaTeX (booktabs)."""
        return "\n\n".join(table.render("latex") for table in self.tables())

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text)}</pre>"

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data."""
        return {
            "version": __version__,
            "delta": self.delta,
            "models": [m._asdict() for m in self.models],
            "pairs": [p._asdict() for p in self.pairs],
            "statements": list(self.sentences),
            "conditions": list(self.conditions),
            "theorems": {name: catalogue[name].source for name in self.used},
        }

    @property
    def bibtex(self) -> str:
        """BibTeX of the theorems used."""
        from genbounds.references import bibtex

        return bibtex("; ".join(dict.fromkeys(catalogue[name].source for name in self.used)))


def _by_errors(pair: Pair) -> tuple[str, str]:
    fewer = pair.first_only <= pair.second_only
    return (pair.first, pair.second) if fewer else (pair.second, pair.first)


def compare_models(
    truth: Sequence[Any], predictions: Mapping[str, Sequence[Any]], *, delta: float = 0.05
) -> ModelComparison:
    """Models by their predictions on the same test points against the truth.

    `truth` and each entry of `predictions` are sequences of equal length n >= 1 whose entries are
    compared with ==; a missing label is refused.

    >>> compare_models([0, 1, 1, 0], {"always one": [1, 1, 1, 1]}).models[0].errors
    2
    """
    settle(("delta",), {"delta": delta})
    labels, columns = _read(truth, predictions)
    _check(labels, columns)
    wrong = {
        name: [a != b for a, b in zip(labels, column, strict=True)]
        for name, column in columns.items()
    }
    models = [_model(name, errors, delta / len(wrong)) for name, errors in wrong.items()]
    return ModelComparison(models, _pairs(wrong, delta), delta)


def _read(truth: Any, predictions: Any) -> tuple[list[Any], dict[str, list[Any]]]:
    if not isinstance(predictions, Mapping):
        raise ValueError("predictions must be a mapping from the name of a model to its labels")
    labels = _column("truth", truth)
    return labels, {str(name): _column(str(name), values) for name, values in predictions.items()}


def _column(name: str, values: Any) -> list[Any]:
    """The labels as Python values; arrays give theirs."""
    if isinstance(values, (str, bytes, Mapping)) or not isinstance(values, Iterable):
        raise ValueError(f"{name} must be a sequence of labels, got {values!r:.60}")
    if getattr(values, "ndim", 1) != 1:
        raise ValueError(f"{name} must be one-dimensional")
    return values.tolist() if hasattr(values, "tolist") else list(values)


def _check(labels: list[Any], columns: dict[str, list[Any]]) -> None:
    faults = [] if columns else ["predictions must name at least one model"]
    if not labels:
        faults.append("truth must not be empty")
    for name, column in {"truth": labels, **columns}.items():
        if len(column) != len(labels):
            faults.append(f"{name} has {len(column)} entries, truth has {len(labels)}")
        missing = [i for i, label in enumerate(column) if _no_label(label)]
        if missing:
            faults.append(f"{name} has no label at position {missing[0]} ({len(missing)} in all)")
        elif not _kinds(column) & _kinds(labels):
            faults.append(f"the labels of {name} are of another type than those of truth")
    if faults:
        raise ValueError("; ".join(faults))


def _kinds(labels: list[Any]) -> set[str]:
    """Text or numbers: "1" never equals 1."""
    return {"text" if isinstance(x, (str, bytes)) else "number" for x in labels}


def _no_label(x: Any) -> bool:
    if isinstance(x, (list, tuple, dict, set)) or getattr(x, "ndim", 0) > 0:
        return True
    return x is None or x == "" or bool(x != x)


def _model(name: str, wrong: list[bool], delta: float) -> Model:
    errors, n = sum(wrong), len(wrong)
    lower, upper = catalogue["clopper_pearson"].two_sided(errors=errors, n=n, delta=delta)
    return Model(name, errors, n, lower, upper)


def _pairs(wrong: dict[str, list[bool]], delta: float) -> list[Pair]:
    names = list(combinations(wrong, 2))
    if not names:
        return []
    counts = [_alone(wrong[a], wrong[b]) for a, b in names]
    p_values = [
        catalogue["sign_test"](errors_first_only=b, errors_second_only=c) for b, c in counts
    ]
    rows = zip(names, counts, p_values, holm(p_values), strict=True)
    n, share = len(next(iter(wrong.values()))), delta / len(names)
    return [
        Pair(first, second, b, c, p, adjusted, *_difference(b, c, n, share))
        for (first, second), (b, c), p, adjusted in rows
    ]


def _alone(first: list[bool], second: list[bool]) -> tuple[int, int]:
    both = list(zip(first, second, strict=True))
    return sum(a and not b for a, b in both), sum(b and not a for a, b in both)


def _difference(b: int, c: int, n: int, delta: float) -> tuple[float, float]:
    low, high = catalogue["risk_difference"].two_sided(
        errors_first_only=b, errors_second_only=c, n=n, delta=delta
    )
    return low, high
