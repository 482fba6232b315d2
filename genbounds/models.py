"""Several models on the same test points: an interval for each, and every pair compared exactly."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from genbounds import __version__
from genbounds.arguments import settle
from genbounds.multiplicity import holm
from genbounds.registry import catalogue
from genbounds.rendering import Table


class Model(NamedTuple):
    """One model's errors and the interval for its risk."""

    name: str
    errors: int
    n: int
    lower: float
    upper: float


class Pair(NamedTuple):
    """Two models: who errs alone how often, the exact sign test, the interval for the difference."""

    first: str
    second: str
    first_only: int
    second_only: int
    p_value: float
    adjusted: float
    lower: float
    upper: float


class ModelComparison:
    """Every model's risk and every difference of risks, each family of statements with its own delta.

    All intervals for risks hold together with probability 1 - delta (Clopper-Pearson, delta shared over
    models and sides). All intervals for differences hold together with probability 1 - delta. The
    p-values are of the exact sign test (McNemar), adjusted by Holm's method: calling different the
    pairs with an adjusted p-value of at most delta errs with probability at most delta.
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
        return Table(
            ("first", "second", "first errs alone", "second errs alone", "p-value", "Holm",
             "difference >=", "difference <="),
            self.pairs,
        )  # fmt: skip

    @property
    def sentences(self) -> tuple[str, ...]:
        """What holds, with which probability."""
        delta, k = f"{self.delta:g}", len(self.models)
        of_models = f"all {k} intervals hold" if k > 1 else "the interval holds"
        found = [
            f"{of_models} with probability at least 1 - {delta} (Clopper-Pearson, two-sided"
            f"{', delta shared over the models' if k > 1 else ''}), if the points are an independent "
            f"sample that was used neither to train nor to choose the models"
        ]
        if self.pairs:
            found.append(
                f"the differences hold together with probability at least 1 - {delta}; pairs whose "
                f"Holm-adjusted p-value of the exact sign test is at most {delta} differ: "
                f"{', '.join(self._different()) or 'none'}"
            )
        return tuple(found)

    def _different(self) -> list[str]:
        worse = [(p, p.first_only > p.second_only) for p in self.pairs if p.adjusted <= self.delta]
        return [
            f"{p.first} is worse than {p.second}"
            if first
            else f"{p.second} is worse than {p.first}"
            for p, first in worse
        ]

    @property
    def text(self) -> str:
        """For a terminal."""
        parts = [self.model_table.render("table"), self.sentences[0]]
        if self.pairs:
            parts += ["", self.pair_table.render("table"), self.sentences[1]]
        return "\n".join(parts)

    def __repr__(self) -> str:
        return self.text

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data."""
        return {
            "version": __version__,
            "delta": self.delta,
            "models": [m._asdict() for m in self.models],
            "pairs": [p._asdict() for p in self.pairs],
            "statements": list(self.sentences),
        }

    @property
    def bibtex(self) -> str:
        """BibTeX of the theorems used."""
        from genbounds.references import bibtex

        return bibtex("; ".join(dict.fromkeys(catalogue[name].source for name in self.theorems)))


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
    labels, columns = list(truth), {name: list(column) for name, column in predictions.items()}
    _check(labels, columns)
    wrong = {
        name: [a != b for a, b in zip(labels, column, strict=True)]
        for name, column in columns.items()
    }
    models = [_model(name, errors, delta / len(wrong)) for name, errors in wrong.items()]
    return ModelComparison(models, _pairs(wrong, delta), delta)


def _check(labels: list[Any], columns: dict[str, list[Any]]) -> None:
    faults = [] if columns else ["predictions must name at least one model"]
    if not labels:
        faults.append("truth must not be empty")
    for name, column in {"truth": labels, **columns}.items():
        if len(column) != len(labels):
            faults.append(f"{name} has {len(column)} entries, truth has {len(labels)}")
        missing = [i for i, x in enumerate(column) if x is None or x == "" or x != x]
        if missing:
            faults.append(f"{name} has no label at position {missing[0]} ({len(missing)} in all)")
    if faults:
        raise ValueError("; ".join(faults))


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
