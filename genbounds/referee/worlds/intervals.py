"""Intervals under uniform points: the target may be empty, the class holds the empty set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from genbounds.classes.intervals import Intervals, SignedIntervals
from genbounds.referee.draws import NotKnownError
from genbounds.referee.worlds.line import LineWorld
from genbounds.referee.worlds.zero_one import noisy, refuse, within

MOST_POINTS = 2000
"""The largest sample of which every pair of gaps is looked at."""


@dataclass(frozen=True)
class IntervalsWorld(LineWorld):
    """Points uniform in [0, 1], labelled 1 on the interval [low, high] with noise; all intervals.

    The risk of a set is noise + (1 - 2 noise) d, where d is the measure of where it differs from
    the target, which is empty if low = high. With `signed` the complements of intervals are in the
    class too. Instances are the intervals of largest and of least risk for each number of errors,
    which is enough for bounds that are functions of it; they are known up to n = 2000.

    >>> float(IntervalsWorld(low=0.25, high=0.75).risk_at(0.5, 1.0))
    0.5
    """

    title = "intervals"
    classes = (Intervals, SignedIntervals)
    low: float = 0.25
    high: float = 0.75

    def __post_init__(self) -> None:
        faults = [within("low", self.low, 0, 1), within("high", self.high, 0, 1)]
        if not any(faults) and self.low > self.high:
            faults.append(f"low must be at most high, got {self.low!r} and {self.high!r}")
        refuse([*faults, *self.faults()])

    @property
    def target(self) -> tuple[float, float]:
        """The ends of the set that labels 1."""
        return float(self.low), float(self.high)

    @property
    def largest_difference(self) -> float:
        """Of all that is left or right of the target's farther end, or of the whole line."""
        return max(self.high, 1 - self.low, 1 - self.high + self.low)

    def risk_at(self, start: Any, end: Any) -> Any:
        """The risk of labelling 1 on [start, end], for 0 <= start <= end <= 1."""
        common = np.maximum(np.minimum(end, self.high) - np.maximum(start, self.low), 0)
        return noisy(end - start + self.high - self.low - 2 * common, self.noise)

    def suprema(self, spacings: Any, flips: Any, using: Any) -> Any:
        """(T, 2) largest excess of risk over empirical risk and of empirical risk over risk."""
        return using.intervals(spacings, flips, *self.target, float(self.noise))

    def cells(self, spacings: Any, flips: Any, using: Any) -> tuple[Any, Any, Any]:
        """(T, n + 1) errors, and the least and the largest difference of intervals with so many."""
        if flips.shape[1] > MOST_POINTS:
            raise NotKnownError(f"the instances are known up to n = {MOST_POINTS}")
        cells: tuple[Any, Any, Any] = using.interval_cells(spacings, flips, *self.target)
        return cells
