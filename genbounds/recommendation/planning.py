"""What is settled before there is a sample: how large it must be, or how sure an accuracy is.

No number here rests on data, so that the best theorem may be picked by its value.
"""

import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from genbounds.brackets import Row
from genbounds.recommendation.dominance import beaten
from genbounds.recommendation.groups import SHOWN, Group, Topic, narrowed
from genbounds.registry import catalogue, find
from genbounds.rendering import Table, safely_rounded
from genbounds.sentences import DIGITS, confidence

# --- sample sizes


class Sizes(Group):
    """How many observations are enough, theorem by theorem, and how many are necessary.

    `topic.whom` says what they make true; the size is chosen before there is a sample, so that the
    least may be claimed. `eased` is the goal at twice its level, with the size for it; `rate` that
    of the errors where they are not counted.
    """

    def __init__(
        self, topic: Topic, rows: list[Row], necessary: Sequence[Row] = (), *, delta: Any,
        eased: tuple[str, Any, int] | None = None, rate: Any = None,
    ) -> None:  # fmt: skip
        self.topic, self.delta, self.eased, self.rate = topic, delta, eased, rate
        worse = beaten(map(find, {row.bound for row in rows if row.bound in catalogue}))
        self.rows = sorted(rows, key=lambda row: (row.n, row.bound in worse, row))
        self.necessary_rows = sorted(necessary, reverse=True)

    @property
    def best(self) -> Row:
        """The theorem that gets by with the fewest observations."""
        return self.rows[0]

    @property
    def number(self) -> int:
        """The least sufficient number."""
        return self.best.n

    @property
    def necessary(self) -> int | None:
        """The greatest number that some theorem proves necessary; None where none does."""
        return self.necessary_rows[0].n if self.necessary_rows else None

    @property
    def sentence(self) -> str:
        """Both ends of the bracket and what they are about."""
        text = (
            f"{self.number} observations are enough, by {self._theorem}: with probability at "
            f"least {confidence(self.delta)}, {self.topic.whom}{self._errors}."
        )
        if self.necessary is None:
            return text
        if self.necessary == self.number:
            return f"{text} That is the least number that will do."
        return f"{text} At least {self.necessary} are necessary."

    @property
    def _theorem(self) -> str:
        """The theorem with what it needs to be fixed now, such as its ghosts."""
        note = self.best.note
        return f"{self.best.bound}{f' {note}' if note.startswith('with ') else ''}"

    @property
    def _errors(self) -> str:
        """The rate as the count that the theorem takes at that size."""
        counts = self.best.bound in catalogue and "errors" in find(self.best.bound).arguments
        if self.rate is None or not counts:
            return ""
        return f", that is at most {math.floor(exactly(self.rate) * self.number)} errors"

    @property
    def why(self) -> str:
        """What the next theorem asks for."""
        text = f"Why {self.best.bound}: it gets by with the fewest; n is chosen before the sample"
        if len(self.rows) == 1:
            return f"{text}, and no other theorem gives a number."
        return f"{text}; the next, {self.rows[1].bound}, asks for {self.rows[1].n}."

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold for both ends of the bracket."""
        rows = [*self.rows[:1], *self.necessary_rows[:1]]
        return tuple(dict.fromkeys(sentence for row in rows for sentence in row.conditions))

    @property
    def notes(self) -> tuple[str, ...]:
        """What the necessary numbers are about."""
        return tuple(dict.fromkeys(row.note for row in self.necessary_rows if row.note))

    @property
    def table(self) -> Table:
        """Every theorem, the best sufficient one first."""
        rows = [("sufficient", *row[:4]) for row in self.rows]
        rows += [("necessary", *row[:4]) for row in self.necessary_rows]
        return Table(("n is", "n", "bound", "note", "source"), [(*r[:3], r[4], r[3]) for r in rows])

    @property
    def brief(self) -> Table:
        """The first rows, among them the greatest necessary number."""
        rows = [*self.table.rows[: min(SHOWN - 1, len(self.rows))]]
        return narrowed(self.table, [*rows, *self.table.rows[len(self.rows) :][:1]])

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources of the two ends."""
        return tuple(row.source for row in [*self.rows[:1], *self.necessary_rows[:1]])


def exactly(rate: Any) -> Fraction:
    """A rate as it was written."""
    return rate if isinstance(rate, Fraction) else Fraction(str(rate))


# --- failure probabilities


class Tail(NamedTuple):
    """The failure probability that one theorem gives to an accuracy; it may exceed 1."""

    delta: float
    bound: str
    source: str
    conditions: tuple[str, ...]
    facts: Mapping[str, Any]


class Tails(Group):
    """How sure an accuracy at a given sample size is, the smallest failure probability first."""

    def __init__(self, topic: Topic, rows: list[Tail]) -> None:
        self.topic = topic
        self.rows = sorted(rows, key=lambda row: (row.delta, row.bound))

    @property
    def best(self) -> Tail:
        """The theorem that is surest."""
        return self.rows[0]

    @property
    def number(self) -> float:
        """The failure probability that can be claimed."""
        return min(1.0, self.best.delta)

    @property
    def vacuous(self) -> bool:
        """Whether every failure probability is 1 or more."""
        return self.best.delta >= 1

    @property
    def sentence(self) -> str:
        """How sure it is."""
        raw = safely_rounded(self.best.delta, "upper", DIGITS)
        if self.vacuous:
            return (
                f"VACUOUS: {self.best.bound} bounds the probability of failure by {raw}, which is "
                f"1 or more: nothing says that {self.topic.whom}."
            )
        return (
            f"With probability at least {confidence(_up(self.best.delta))}, {self.topic.whom}: "
            f"{self.best.bound} bounds the probability of failure by {raw}."
        )

    @property
    def why(self) -> str:
        """What the next theorem gives."""
        text = f"Why {self.best.bound}: it gives the smallest, before there is a sample"
        if len(self.rows) == 1:
            return f"{text}; no other theorem gives one."
        second = self.rows[1]
        return (
            f"{text}; the next, {second.bound}, gives "
            f"{safely_rounded(second.delta, 'upper', DIGITS)}."
        )

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold for the first."""
        return self.best.conditions

    @property
    def table(self) -> Table:
        """Every theorem, the surest first; the probabilities as the formulas give them."""
        rows = [(row.delta, row.delta >= 1, row.bound, row.source) for row in self.rows]
        return Table(("failure probability <=", "vacuous", "bound", "source"), rows)

    @property
    def sources(self) -> tuple[str, ...]:
        """The source of the first."""
        return (self.best.source,)


def _up(delta: float) -> float:
    """Rounded up as it is printed."""
    return float(safely_rounded(delta, "upper", DIGITS))
