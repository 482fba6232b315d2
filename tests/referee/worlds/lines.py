"""Samples on the line, their risks and their errors, one hypothesis and one point at a time."""

from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np

import genbounds as gb
from genbounds.referee.kernels import line
from genbounds.referee.worlds.line import LineDraws

FALSE_ALARM = 1e-11
"""Of each interval of Clopper and Pearson; a test of k of them has at most k times this chance."""


class Sample(NamedTuple):
    """Sorted points and labels, in plain numbers."""

    points: list[float]
    labels: list[int]


def draws_of(world, n, trials, seed=0):
    """Draws of a world; they are scanned by numpy."""
    return world.draw(n, trials, np.random.default_rng(seed)).knowing(kernels=line)


def samples(draws: LineDraws, low: float, high: float) -> list[Sample]:
    """The samples that draws stand for, from their spacings and flips."""
    found = []
    for spacings, flips in zip(draws.spacings.tolist(), draws.flips.tolist(), strict=True):
        *sums, total = accumulate(spacings)
        points = [s / total for s in sums]
        pairs = zip(points, flips, strict=True)
        found.append(Sample(points, [int((low <= x <= high) != f) for x, f in pairs]))
    return found


def difference(one, other, breaks):
    """The measure of where two indicators differ, between breaks by their values in the middle."""
    ends = sorted({0.0, 1.0, *(min(max(b, 0.0), 1.0) for b in breaks)})
    return sum(b - a for a, b in pairwise(ends) if one((a + b) / 2) != other((a + b) / 2))


def errors(indicator, sample):
    return sum(indicator(x) != y for x, y in zip(*sample, strict=True))


def places(sample, *corners):
    """Ends that tell all cases apart: just before and behind every point, and at corners."""
    near = [x + e for x in sample.points for e in (-1e-12, 1e-12)]
    return sorted(min(max(x, 0.0), 1.0) for x in (*near, *corners, 0.0, 1.0))


def plausible(hits, trials, probability):
    """Whether so many hits agree with the probability, at the false alarm rate above."""
    low, high = gb.catalogue["clopper_pearson"].two_sided(
        errors=int(hits), n=trials, delta=FALSE_ALARM
    )
    return low <= probability <= high


def agree(hits, others, trials):
    """Whether two counts, each from so many trials, may have one probability: 2 false alarms."""
    interval = gb.catalogue["clopper_pearson"].two_sided
    low, high = interval(errors=int(hits), n=trials, delta=FALSE_ALARM)
    least, most = interval(errors=int(others), n=trials, delta=FALSE_ALARM)
    return low <= most and least <= high
