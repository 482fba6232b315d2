"""Distributions by counts in narrow bins, which merge, so that memory does not grow with trials."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

LOW, HIGH, BINS = -1.0, 2.0, 6000
EDGES = np.linspace(LOW, HIGH, BINS + 1)


class Histogram(NamedTuple):
    """Counts below -1, in 6000 bins up to 2, and from there on; with the extremes."""

    counts: Any
    least: float
    most: float

    @classmethod
    def of(cls, values: Any) -> Histogram:
        """The histogram of numbers, infinities among them."""
        places = np.searchsorted(EDGES, values, side="right")
        counts = np.bincount(places, minlength=BINS + 2)
        return cls(counts, float(np.min(values)), float(np.max(values)))

    def merged(self, other: Histogram) -> Histogram:
        """Both together."""
        least, most = min(self.least, other.least), max(self.most, other.most)
        return Histogram(self.counts + other.counts, least, most)

    def quantile(self, level: float) -> tuple[float, float]:
        """Ends of the bin in which the quantile of this level lies."""
        place = int(
            np.searchsorted(np.cumsum(self.counts), level * self.counts.sum(), side="right")
        )
        place = min(place, BINS + 1)
        low = self.least if place == 0 else max(self.least, float(EDGES[place - 1]))
        high = self.most if place > BINS else min(self.most, float(EDGES[place]))
        return low, high
