"""Learning algorithms in closed form: one output for each sample, its risk and what it rests on.

They serve the bounds that look at an algorithm in place of a class: how many observations it keeps,
how much one of them moves it, what it tells about the sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from genbounds.classes.base import whole
from genbounds.enclosing import exactly
from genbounds.generic import LN2
from genbounds.referee.draws import Draws, Irrational
from genbounds.referee.worlds.base import World


class Listed(World):
    """A world that is sampled from the list of its outcomes."""

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Outcomes with their probabilities."""
        listed = dict(self.outcomes(n).__dict__)
        weights = listed.pop("weights")
        rows = rng.choice(len(weights), size=trials, p=weights / weights.sum())
        facts = {k: x[rows] if isinstance(x, np.ndarray) else x for k, x in listed.items()}
        facts.pop("told", None)
        return NamedDraws(facts.pop("n"), **facts)


class NamedDraws(Draws):
    """Draws whose outcomes have names, in `words`."""

    def outcome(self, t: int) -> str:
        """The name of outcome t."""
        return str(self["words"][t])


def outputs(n: int, words: Any, chances: Any, exact: bool, **facts: Any) -> Draws:
    """One instance for each outcome: lists of facts, in fractions where `exact`."""
    weights = np.array(chances, object if exact else float)
    columns = {name: _column(values, exact) for name, values in facts.items()}
    return NamedDraws(n, weights, words=np.array(words, object), **columns)


def _column(values: Any, exact: bool) -> Any:
    found = np.empty((len(values), 1), object)
    found[:, 0] = values if exact else [float(x) for x in values]
    return found if exact else found.astype(float)


@dataclass(frozen=True)
class Compressor(Listed):
    """Equally likely points, all labelled 0, and a learner that keeps as few of them as it can.

    The hypothesis of no point is right on the first `right` points alone, that of one point on this
    point alone, that of more points on each of them. The learner returns the first that makes no
    error on the sample; all of the sample is kept where neither of the first two will do.
    """

    title = "compressor"
    points: int = 21
    right: int = 6

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", whole("points", self.points, 2))
        object.__setattr__(self, "right", whole("right", self.right, 1, self.points - 1))

    @property
    def sentence(self) -> str:
        """The points, and where the hypotheses are right."""
        return (
            f"{self.points} equally likely points; the hypothesis of no point is right on "
            f"{self.right} of them, that of one point there alone; the fewest points are kept"
        )

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """No point kept, one point kept, or all; the risk of the last is left at its least, 0."""
        size, others = Fraction(1, self.points), self.points - self.right
        none, one = (self.right * size) ** n, others * size**n
        return outputs(
            n, ("no point kept", "one point kept", "all points kept"),
            [none, one, 1 - none - one], exact, compression_size=[0, 1, n],
            risk=[others * size, 1 - size, Fraction(0)], empirical_risk=[0, 0, 0],
        )  # fmt: skip


@dataclass(frozen=True)
class ShortestInterval(Listed):
    """The shortest interval around n draws of a uniform integer; it errs on what lies outside.

    Its two ends are the decisions of a convex programme. The risk is one less the share of integers
    in the interval.
    """

    title = "shortest-interval"
    points: int = 4

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", whole("points", self.points, 2))

    @property
    def sentence(self) -> str:
        """The law and the output."""
        return (
            f"the shortest interval around the sample, drawn from {self.points} integers in a row"
        )

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """The number of integers covered: of w in a row, both ends must be drawn."""
        N, found = self.points, range(1, self.points + 1)
        ways = [(N - w + 1) * (w**n - 2 * (w - 1) ** n + max(w - 2, 0) ** n) for w in found]
        ways[0] = N
        return outputs(
            n, [f"{w} of the integers covered" for w in found], [Fraction(x, N**n) for x in ways],
            exact, risk=[1 - Fraction(w, N) for w in found], empirical_risk=[0] * N,
            n_decisions=[2] * N,
        )  # fmt: skip


@dataclass(frozen=True)
class Memorizer(Listed):
    """One of equally likely points is observed: its loss becomes 1/2 - b, that of others 1/2 + b.

    Without a sample every loss is 1/2: leaving out the observation moves a loss by b. All samples
    look alike, so that the gap is its own expectation, 2b(1 - 1/points).
    """

    title = "memorizer"
    points: int = 3
    swing: Any = Fraction(1, 2)

    def __post_init__(self) -> None:
        swing = Fraction(exactly(self.swing))
        if not 0 < swing <= Fraction(1, 2):
            raise ValueError(f"swing must be in (0, 1/2], got {self.swing!r}")
        object.__setattr__(self, "points", whole("points", self.points, 2))
        object.__setattr__(self, "swing", swing)

    @property
    def sentence(self) -> str:
        """The losses with and without the observation."""
        low, high = Fraction(1, 2) - self.swing, Fraction(1, 2) + self.swing
        return (
            f"{self.points} equally likely points, of loss 1/2 each until one is observed, then "
            f"{low} for that and {high} for the others"
        )

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """One outcome; the output tells a ghost observation from the one seen, if they differ."""
        size, b, half = whole("n", n, 1, 1), self.swing, Fraction(1, 2)
        told = Irrational(_bits, (1 - Fraction(1, self.points),))
        return outputs(
            size, ["whatever is seen"], [Fraction(1)], exact, risk=[half + b - 2 * b / self.points],
            empirical_risk=[half - b], stability_remove=[b], conditional_mutual_information=[told],
        )  # fmt: skip


def _bits(count: Any) -> Any:
    """So many bits in nats, in any arithmetic."""
    return count * LN2
