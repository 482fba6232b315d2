"""How many observations: what theorems prove sufficient, and what no method gets by without."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

from genbounds import __version__
from genbounds.arguments import settle
from genbounds.brackets import Row, necessary_rows, sufficient_rows
from genbounds.class_facts import (
    OF_THE_CLASS,
    Facts,
    alternatives,
    depends_on_sample,
    for_lower_bounds,
    record,
)
from genbounds.classes.base import HypothesisClass, lower_end
from genbounds.growth import Growth
from genbounds.problems import NoSolutionError
from genbounds.rendering import Report, Shown, Table
from genbounds.sentences import confidence


class Question(NamedTuple):
    """What `epsilon` is about: what n observations make true, and what must be known."""

    statement: str
    wanted: str
    known: tuple[str, ...]


SHOWN_MISSING = 3
_CLASS = (
    "vc_dim", "growth", "log_growth", "n_hypotheses", "log_cardinality", "natarajan_dim",
    "n_classes", "pseudo_dim",
)  # fmt: skip
_OF_CLASS = "vc_dim or n_hypotheses"
QUESTIONS = {
    "uniform": Question(
        "risk and empirical risk of every hypothesis of the class differ by at most {epsilon}",
        _OF_CLASS, _CLASS,
    ),
    "excess": Question(
        "the minimiser of the empirical risk has a risk within {epsilon} of the best in the class",
        _OF_CLASS, (*_CLASS, "massart_margin"),
    ),
    "realizable": Question(
        "every hypothesis of the class without error on the sample has a risk of at most {epsilon}",
        _OF_CLASS, _CLASS,
    ),
    "test_set": Question(
        "a fixed model with at most {errors} errors on them has a risk of at most {epsilon}",
        "errors, the number allowed", ("errors", "n_hypotheses"),
    ),
    "interval": Question(
        "the risk of {models} is within {epsilon} of the empirical risk on them",
        "nothing more, or n_hypotheses for several models", ("n_hypotheses",),
    ),
    "description": Question(
        "the risk of the hypothesis exceeds its empirical risk by at most {epsilon}",
        "bits or log_prior", ("bits", "log_prior"),
    ),
}  # fmt: skip


class SampleSize(Shown):
    """How many observations are enough, theorem by theorem, and how many are necessary.

    `n` is the least sufficient number found; no method gets by with fewer than `necessary`.
    """

    def __init__(
        self, question: str, sufficient: list[Row], necessary: list[Row], inputs: Mapping[str, Any],
        missing: list[str],
    ) -> None:  # fmt: skip
        self.question, self.inputs, self.missing = question, dict(inputs), missing
        self.sufficient = sorted(sufficient)
        self.necessary_rows = sorted(necessary, reverse=True)

    @property
    def n(self) -> int:
        """The least number that some theorem proves sufficient."""
        return self.sufficient[0].n

    @property
    def necessary(self) -> int | None:
        """The greatest number that some theorem proves necessary; None where none does."""
        return self.necessary_rows[0].n if self.necessary_rows else None

    def __int__(self) -> int:
        return self.n

    __index__ = __int__

    @property
    def statement(self) -> str:
        """What holds with that many observations."""
        several = self.inputs.get("n_hypotheses")
        models = "one fixed model" if several is None else f"each of {several} fixed models"
        return QUESTIONS[self.question].statement.format(**{**self.inputs, "models": models})

    @property
    def sentence(self) -> str:
        """Both ends of the bracket and what they are about."""
        sure = confidence(self.inputs["delta"])
        text = (
            f"{self.n} observations are enough: with probability at least {sure}, {self.statement}."
        )
        if self.necessary is None:
            return text
        if self.necessary == self.n:
            return f"{text} That is the least number that will do."
        return f"{text} At least {self.necessary} are necessary."

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold for both ends of the bracket."""
        rows = [*self.sufficient[:1], *self.necessary_rows[:1]]
        return tuple(dict.fromkeys(sentence for row in rows for sentence in row.conditions))

    @property
    def table(self) -> Table:
        """Every theorem, the best sufficient one first."""
        rows = [("sufficient", *row[:4]) for row in self.sufficient]
        rows += [("necessary", *row[:4]) for row in self.necessary_rows]
        return Table(("n is", "n", "bound", "source", "note"), rows)

    @property
    def report(self) -> Report:
        """The bracket in words, then the theorems."""
        ends = [*self.sufficient[:1], *self.necessary_rows[:1]]
        rows: list[tuple[str, Any]] = [
            ("enough", self._lines(self.sufficient)),
            ("necessary", self._lines(self.necessary_rows)),
            ("sources", list(dict.fromkeys(f"{row.bound}: {row.source}" for row in ends))),
            ("conditions", [f"[ ] {sentence}" for sentence in self.conditions]),
            ("inputs", ", ".join(f"{k} = {v}" for k, v in self.shown.items())),
            ("notes", [*dict.fromkeys(row.note for row in self.necessary_rows if row.note)]),
            ("no number", self._missing_lines()),
        ]
        return Report(self.sentence, [(k, v) for k, v in rows if v])

    def _missing_lines(self) -> list[str]:
        more = len(self.missing) - SHOWN_MISSING
        return self.missing[:SHOWN_MISSING] + ([f"and {more} more theorems"] if more > 0 else [])

    def _lines(self, rows: list[Row]) -> list[str]:
        wide = max(len(str(row.n)) for row in [*self.sufficient, *self.necessary_rows])
        return [f"{row.n:>{wide}}  {row.bound}" for row in rows]

    @property
    def shown(self) -> dict[str, Any]:
        """The inputs, and the growth function that a VC dimension stands for."""
        usual = {"growth": "sauer"} if "vc_dim" in self.inputs else {}
        return {**self.inputs, **usual, **self.inputs}

    @property
    def bibtex(self) -> str:
        """BibTeX of the theorems that give the two ends of the bracket."""
        from genbounds.references import bibtex, keys

        rows = [*self.sufficient[:1], *self.necessary_rows[:1]]
        return bibtex("; ".join(dict.fromkeys(key for row in rows for key in keys(row.source))))

    def to_dict(self) -> dict[str, Any]:
        """The bracket and its rows as plain data."""
        return {
            "version": __version__,
            "question": self.question,
            "sentence": self.sentence,
            "inputs": {k: _plain(v) for k, v in self.inputs.items()},
            "n": self.n,
            "necessary": self.necessary,
            "sufficient": [row._asdict() for row in self.sufficient],
            "necessary_rows": [row._asdict() for row in self.necessary_rows],
            "no_number": self.missing,
        }


def _plain(value: Any) -> Any:
    if isinstance(value, HypothesisClass):
        return record(value)
    return value if isinstance(value, (int, float, str)) else str(value)


def sample_size(
    hypothesis_class: Any = None, *, epsilon: Any = None, delta: Any = None,
    question: str | None = None, **facts: Any,
) -> SampleSize:  # fmt: skip
    """How many observations reach accuracy `epsilon` with probability 1 - `delta`.

    What is known of the class decides the theorems: `vc_dim`, `n_hypotheses`, `bits` (a description
    length), or a hypothesis class such as `Halfspaces(20)`. `question` is `uniform` (the default
    for a class), `excess`, `realizable`, `description` (for bits), `test_set` (with `errors`
    allowed) or `interval` (a test set for a two-sided `epsilon`; `n_hypotheses` models at once).

    >>> sample_size(errors=0, epsilon=0.05, delta=0.05).n
    59
    """
    ways, hardest = _from_class(hypothesis_class, facts)
    question = question or ("uniform" if ways else _usual_question(facts))
    inputs = {"epsilon": epsilon, "delta": delta, **facts}
    _check_question(question, hypothesis_class)
    known = _known_beside(hypothesis_class, QUESTIONS[question].known)
    _check(question, known, {k: v for k, v in inputs.items() if v is not None}, facts)
    _refuse_infinite(hypothesis_class)
    sufficient, missing = sufficient_rows(question, epsilon, delta, facts, ways)
    if not sufficient and missing:
        raise NoSolutionError(f"no theorem gives a sample size: {'; '.join(missing)}")
    if not sufficient:
        given = [*facts] if hypothesis_class is None else [repr(hypothesis_class), *facts]
        raise ValueError(
            f"no theorem answers question {question!r} from {', '.join(given) or 'nothing'}"
            + (f": give {QUESTIONS[question].wanted}" if hypothesis_class is None else "")
        )
    necessary = necessary_rows(question, inputs | hardest, sufficient)
    named = {} if hypothesis_class is None else {"hypothesis_class": hypothesis_class}
    return SampleSize(question, sufficient, necessary, {**named, **inputs}, missing)


def _from_class(given: Any, facts: Mapping[str, Any]) -> tuple[list[Facts], Facts]:
    """What a class feeds to theorems that suffice, and to those on every learner."""
    if given is None:
        return [], {}
    twice = [name for name in facts if name in OF_THE_CLASS - {"bits", "log_prior"}]
    if twice:
        raise ValueError(f"give a class or {', '.join(twice)}, not both")
    if isinstance(given, HypothesisClass):
        ways = [] if depends_on_sample(given) else alternatives(given)
        if not ways:
            raise ValueError(f"{given!r} has {_lacking(given)}: no sample size follows from it")
        return ways, for_lower_bounds(given)
    if isinstance(given, Growth) or (hasattr(given, "log_growth") and not isinstance(given, type)):
        return [{"log_growth": given}], {}
    raise ValueError(f"the class must be a HypothesisClass such as Halfspaces(20), got {given!r}")


def _lacking(H: HypothesisClass) -> str:
    if depends_on_sample(H):
        return "other members for every sample"
    return f"{H.values} and no dimension that is known"


def _check_question(question: str, given: Any) -> None:
    if question not in QUESTIONS:
        raise ValueError(f"question must be one of {', '.join(QUESTIONS)}, got {question!r}")
    about_classes = [name for name, asked in QUESTIONS.items() if asked.known[:1] == _CLASS[:1]]
    if given is not None and question not in about_classes:
        raise ValueError(
            f"question {question!r} is not about a class: with one ask {', '.join(about_classes)}"
        )


def _refuse_infinite(given: Any) -> None:
    """No sample size serves a class of infinite VC dimension, whatever the theorem."""
    labels = isinstance(given, HypothesisClass) and given.values == "labels"
    if labels and lower_end(given.vc_dim) == math.inf:
        raise NoSolutionError(
            f"{given!r} has infinite VC dimension: no number of observations is enough for all laws"
        )


def _usual_question(facts: Mapping[str, Any]) -> str:
    if "errors" in facts:
        return "test_set"
    if facts.keys() & {"bits", "log_prior"}:
        return "description"
    return "uniform" if facts else "interval"


def _known_beside(given: Any, known: tuple[str, ...]) -> tuple[str, ...]:
    """What may be given; beside a class, nothing that the class brings itself."""
    return known if given is None else tuple(name for name in known if name not in OF_THE_CLASS)


def _check(
    question: str, known: tuple[str, ...], inputs: Mapping[str, Any], facts: Mapping[str, Any]
) -> None:
    """Names that the question takes, values in their ranges, scalars only."""
    unknown = [name for name in facts if name not in known]
    if unknown:
        raise ValueError(
            f"{', '.join(unknown)} does not go with question {question!r}, which takes "
            f"{', '.join(known) or 'nothing but epsilon and delta beside a class'}"
        )
    if "errors" not in facts and question == "test_set":
        raise ValueError(f"question {question!r} needs {QUESTIONS[question].wanted}")
    names = ["epsilon", "delta", *(name for name in facts if name != "growth")]
    if "growth" in inputs and "log_growth" not in names:
        names.append("log_growth")
    settle(names, inputs)
    arrays = [name for name, x in inputs.items() if getattr(x, "ndim", 0)]
    if arrays:
        raise ValueError(f"a sample size is about one call: {', '.join(arrays)} must be scalar")
