"""One statement of a certificate: of which model, in which group, from which side, at which delta.

A statement rests on one answer of the catalogue, or, for an average over folds, on other
statements. What it says is derived from its numbers, so that a reader can derive it again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from genbounds.answers import NEARLY_TRIVIAL, Answer
from genbounds.rendering import safely_rounded
from genbounds.sentences import confidence

KINDS = ("held_out", "training", "fold", "average", "difference")
DIGITS = 4
DRAWN = "the rows are independent draws from the distribution that the risk is about"
IN_ORDER = (
    "the rows are independent draws from the distribution that the risk is about (it is enough "
    "that each loss, given the rows before it, has the risk as its mean)"
)
POPULATION = (
    "the rows were drawn uniformly, without replacement, from the finite population that the error "
    "rate is about"
)
_DATA = {"martingale": IN_ORDER, "without_replacement": POPULATION}


@dataclass(frozen=True)
class Statement:
    """What is guaranteed about one model, or about the difference of the two in `pair`.

    `observed` is the error rate or the mean loss that was seen on `n` points, `lower` and `upper`
    the limits of the risk (None for a side that nothing is claimed of), clipped to what a risk can
    be, at the failure probability `delta` of this statement alone. `answer` holds the theorem and
    its inputs; it is None where the limits are derived from other statements. `given` are
    conditions beyond those of the theorem, `replaced` those of the theorem that a weaker one among
    `given` stands for; `width` is the range [0, width] of the loss, `measure` what its mean is
    called. `counted` is the number of predictions on the n rows where rows were used repeatedly.
    """

    subject: str
    kind: str
    observed: float
    n: int
    delta: float
    lower: float | None = None
    upper: float | None = None
    answer: Answer | None = None
    group: str = ""
    width: float = 1.0
    given: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    pair: tuple[str, str] | None = None
    measure: str = ""
    counted: int | None = None

    @classmethod
    def of(
        cls, answer: Answer, *, subject: str, kind: str, observed: float, n: int,
        delta: float | None = None, group: str = "", given: Sequence[str] = (),
        notes: Sequence[str] = (), replaced: Sequence[str] = (),
        pair: tuple[str, str] | None = None, measure: str = "",
    ) -> "Statement":  # fmt: skip
        """The statement that an answer about a risk makes; `delta` is the answer's unless given."""
        limits = {"both": answer.value, "lower": (answer.value, None)}
        lower, upper = limits.get(answer.side, (None, answer.value))
        spent = answer.inputs["delta"] if delta is None else delta
        return cls(
            subject, kind, float(observed), int(n), float(spent), lower, upper, answer, group,
            float(answer.width), tuple(given), tuple(notes), tuple(replaced), pair,
            measure,
        )  # fmt: skip

    # --- the number

    @property
    def vacuous(self) -> bool:
        """Whether it says nothing beyond what holds without data."""
        if self.answer is not None:
            return self.answer.vacuous
        slack = NEARLY_TRIVIAL * self.width
        below = self.lower is None or self.lower <= slack
        return below and (self.upper is None or self.upper >= self.width - slack)

    @property
    def side(self) -> str:
        """upper, lower or both."""
        if self.lower is None:
            return "upper"
        return "lower" if self.upper is None else "both"

    # --- the theorem

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the reader must be able to tick, each once."""
        own = (_data(self.answer), *self.answer.conditions) if self.answer else ()
        kept = [sentence for sentence in own if sentence not in self.replaced]
        return tuple(dict.fromkeys([*kept, *self.given]))

    @property
    def theorem(self) -> str:
        """The name in the catalogue; what a derived statement is derived by."""
        return self.answer.bound.name if self.answer else "mean of the limits of the folds"

    @property
    def source(self) -> str:
        """Key and place of the theorem; nothing for a derived statement."""
        return self.answer.source if self.answer else ""

    # --- in words

    @property
    def risk(self) -> str:
        """What the limits are limits of: an error rate for the 0-1 loss, else a mean loss."""
        if self._population:
            return "error rate"
        if self.measure:
            return self.measure
        counted = self.answer is None or self.answer.claim.loss == "zero_one"
        return "true error rate" if counted or self.kind == "training" else "true mean loss"

    @property
    def whom(self) -> str:
        """The quantity and the model."""
        if self.pair:
            return f"the {self.risk} of {self.pair[0]} minus that of {self.pair[1]}"
        if self.kind == "average":
            return f"the average {self.risk} of the models of the folds of {self.subject}"
        group = f" in the group {self.group}" if self.group else ""
        whole = f" on the population of {self._population} rows" if self._population else ""
        return f"the {self.risk} of {self.subject}{group}{whole}"

    @property
    def _population(self) -> int | None:
        """The size of the finite population that it is about, if it is about one."""
        size = self.answer.inputs.get("population_size") if self.answer else None
        return None if size is None else int(size)

    @property
    def relation(self) -> str:
        """is at most 0.05: the limits, rounded to their safe sides."""
        low = None if self.lower is None else safely_rounded(self.lower, "lower", DIGITS)
        high = None if self.upper is None else safely_rounded(self.upper, "upper", DIGITS)
        if low is None:
            return f"is at most {high}"
        return f"is at least {low}" if high is None else f"lies between {low} and {high}"

    @property
    def sentence(self) -> str:
        """How sure, of what, and the numbers."""
        rows = "training rows" if self.kind == "training" else "rows"
        times = f", with {self.counted} predictions in all" if self.counted else ""
        seen = f"(observed: {self.observed:.{DIGITS}g} on {self.n} {rows}{times})"
        if self.vacuous:
            return f"VACUOUS: nothing is established about {self.whom} {seen}."
        sure = confidence(self.delta)
        return f"With probability at least {sure}, {self.whom} {self.relation} {seen}."

    def to_dict(self) -> dict[str, Any]:
        """Everything that it says, as plain data; its inputs are the certificate's."""
        return {
            "subject": self.subject, "group": self.group, "kind": self.kind,
            "observed": self.observed, "n": self.n, "width": self.width, "delta": self.delta,
            "lower": self.lower, "upper": self.upper, "vacuous": self.vacuous,
            "theorem": self.theorem, "source": self.source, "conditions": list(self.conditions),
            "notes": list(self.notes), "sentence": self.sentence,
        }  # fmt: skip


def _data(answer: Answer) -> str:
    """How the rows came about; independent draws are enough for every other kind of theorem."""
    return _DATA.get(answer.claim.data, DRAWN)
