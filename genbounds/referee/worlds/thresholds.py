"""Thresholds under uniform points: the smallest world whose class is infinite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from genbounds.classes.thresholds import Rays, Thresholds
from genbounds.referee.worlds.line import LineWorld
from genbounds.referee.worlds.zero_one import noisy, refuse, within


@dataclass(frozen=True)
class ThresholdsWorld(LineWorld):
    """Points uniform in [0, 1], labelled 1 from the centre on with noise; all thresholds.

    The risk at t is noise + (1 - 2 noise) |t - centre|. With `signed` the class labels 1 on either
    side of a threshold.

    >>> ThresholdsWorld(centre=0.25, noise=0.1).risk_at(0.75)
    0.5
    """

    title = "thresholds"
    classes = (Thresholds, Rays)
    centre: float = 0.5

    def __post_init__(self) -> None:
        refuse([within("centre", self.centre, 0, 1), *self.faults()])

    @property
    def target(self) -> tuple[float, float]:
        """The ends of the set that labels 1."""
        return float(self.centre), 1.0

    @property
    def largest_difference(self) -> float:
        """Of the threshold at 0 or at 1."""
        return max(self.centre, 1 - self.centre)

    def risk_at(self, t: Any) -> Any:
        """The risk of labelling 1 from t on, for t in [0, 1]."""
        return noisy(abs(t - self.centre), self.noise)

    def suprema(self, spacings: Any, flips: Any, using: Any) -> Any:
        """(T, 2) largest excess of risk over empirical risk and of empirical risk over risk."""
        return using.thresholds(spacings, flips, float(self.centre), float(self.noise))

    def cells(self, spacings: Any, flips: Any, using: Any) -> tuple[Any, Any, Any]:
        """(T, n + 1) errors in each gap between neighbours, least and largest difference there."""
        cells: tuple[Any, Any, Any] = using.threshold_cells(spacings, flips, float(self.centre))
        return cells
