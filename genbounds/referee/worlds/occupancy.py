"""All labelings of many equally likely points: whatever the sample leaves out may be missed."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.classes.base import as_number, whole
from genbounds.generic import LN2, log, minimum
from genbounds.referee.draws import Draws, Irrational
from genbounds.referee.worlds.base import World

MOST_LISTED = 60


@dataclass(frozen=True)
class AllLabelings(World):
    """Every labeling of `points` equally likely points, whose true labels are all 0.

    The labeling that errs on the unseen points alone has no error on the sample and their whole
    mass as its risk; where n <= points it attains the largest excess of risk over empirical risk,
    and of one over the other. The number of distinct points seen decides everything.
    """

    title = "all-labelings"
    points: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", whole("points", self.points, 1))

    @property
    def sentence(self) -> str:
        """The class and the law."""
        return f"all labelings of {self.points} equally likely points, whose true labels are all 0"

    def outcomes(self, n: int, exact: bool = False) -> OccupancyDraws:
        """The numbers of distinct points seen, with their probabilities.

        Samples of more than MOST_LISTED observations are one outcome, n points seen, which is the
        mildest of all: a bound that fails there fails on every sample.
        """
        size = whole("n", n, 1, self.points)
        chances = occupancy(size, self.points) if size <= MOST_LISTED else [(size, Fraction(1))]
        seen = np.array([k for k, _ in chances])[:, None]
        weights = np.array([p for _, p in chances], object if exact else float)
        return OccupancyDraws(n, weights, self.points, seen.astype(object) if exact else seen)

    def draw(self, n: int, trials: int, rng: Any) -> OccupancyDraws:
        """Samples of distinct points, counted."""
        size = whole("n", n, 1, self.points)
        points = np.sort(rng.integers(self.points, size=(trials, size)), axis=1)
        seen = 1 + (np.diff(points, axis=1) > 0).sum(axis=1, keepdims=True)
        return OccupancyDraws(size, None, self.points, seen)


class OccupancyDraws(Draws):
    """Samples by the number of distinct points in them, and the labeling that errs elsewhere."""

    def __init__(self, n: int, weights: Any, points: int, seen: Any) -> None:
        exact = seen.dtype == object
        missed = (points - seen) * Fraction(1, points) if exact else 1 - seen / points
        super().__init__(n, weights, points=points, seen=seen, risk=missed)

    def outcome(self, t: int) -> str:
        """How many points were seen."""
        return f"{int(self.seen[t, 0])} distinct points seen"

    fixed_before_sample = property(lambda self: np.zeros((1, 1), bool))
    errors = property(lambda self: 0 * self.seen)
    supremum = property(lambda self: self.risk)
    absolute_supremum = property(lambda self: self.risk)
    excess_risk = property(lambda self: self.risk)
    vc_dim = property(lambda self: self.points)
    class_index = property(lambda self: 1)

    @cached_property
    def empirical_risk(self) -> Any:
        """The labeling makes no error on the sample."""
        return 0 * self.seen

    @cached_property
    def log_cardinality(self) -> Any:
        """ln of the number of labelings."""
        return self._times_ln2(self.points)

    @property
    def log_prior(self) -> Any:
        """That of the uniform prior."""
        return self.log_cardinality

    def _times_ln2(self, count: int) -> Any:
        if self.seen.dtype == object:
            return Irrational(lambda x: x * LN2, (Fraction(count),))
        return count * log(2.0)

    @cached_property
    def log_growth(self) -> Any:
        """min(m, points) ln 2."""
        return FullGrowth(self.points)


class FullGrowth:
    """The growth function of all labelings of so many points: 2^min(m, points)."""

    def __init__(self, points: int) -> None:
        self.points = points

    def __repr__(self) -> str:
        return f"FullGrowth({self.points})"

    @as_number
    def __call__(self, m: Any) -> Any:
        return minimum(m, self.points) * LN2


def occupancy(n: int, points: int) -> list[tuple[int, Fraction]]:
    """How many distinct points n draws meet: P(k), by the recursion over draws."""
    chances = {1: Fraction(1)}
    for _ in range(n - 1):
        following: dict[int, Fraction] = {}
        for k, p in chances.items():
            again = Fraction(k, points)
            following[k] = following.get(k, 0) + p * again
            if k < points:
                following[k + 1] = following.get(k + 1, 0) + p * (1 - again)
        chances = following
    return sorted(chances.items())
