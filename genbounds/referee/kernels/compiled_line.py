"""Thresholds and intervals on sorted points, compiled by numba: the numbers of the numpy form."""

from functools import partial
from typing import Any

import numpy as np

from genbounds.classes.oracles.kept import kept
from genbounds.referee.kernels import line
from genbounds.referee.kernels.line import count_ones, threshold_cells

__all__ = ["count_ones", "interval_cells", "intervals", "threshold_cells", "thresholds"]


@kept
def _place(spacings, flips, low, high, points, ones):  # type: ignore[no-untyped-def]
    """The sorted points between 0 and 1 and their labels; returns how many labels are 1."""
    n = flips.shape[0]
    total = 0.0
    for i in range(n + 1):
        total += spacings[i]
        points[i + 1] = total
    count = 0
    for i in range(n):
        x = points[i + 1] / total
        points[i + 1] = x
        ones[i] = ((x >= low) & (x <= high)) ^ flips[i]
        count += ones[i]
    points[n + 1] = 1.0
    return count


@kept
def _thresholds(spacings, flips, centre, noise, out):  # type: ignore[no-untyped-def]
    n = flips.shape[1]
    slope = n * (1 - 2 * noise)
    points, ones = np.zeros(n + 2), np.zeros(n + 1, np.int64)
    for row in range(flips.shape[0]):
        errors = n - _place(spacings[row], flips[row], centre, 1.0, points, ones)
        excess = lack = -np.inf
        for i in range(n + 1):
            left, right = centre - points[i], points[i + 1] - centre
            excess = max(excess, slope * max(left, right) - errors)
            lack = max(lack, errors - slope * max(0.0, -right, -left))
            errors += 2 * ones[i] - 1
        out[row, 0], out[row, 1] = excess / n + noise, lack / n - noise


@kept
def _outside(x, low, high):  # type: ignore[no-untyped-def]
    """The part of [0, x] outside the target less the part inside."""
    return x - 2 * min(max(x - low, 0.0), high - low)


@kept
def _intervals(spacings, flips, low, high, noise, out):  # type: ignore[no-untyped-def]
    n = flips.shape[1]
    slope = n * (1 - 2 * noise)
    points, ones = np.zeros(n + 2), np.zeros(n + 1, np.int64)
    for row in range(flips.shape[0]):
        missed = _place(spacings[row], flips[row], low, high, points, ones)
        up = down = 0.0
        lowest, highest = np.inf, -np.inf
        walk, before = 0, _outside(0.0, low, high)
        for i in range(n + 1):
            start, end = points[i], points[i + 1]
            enter = _outside(min(max(low, start), end), low, high)
            leave = _outside(min(max(high, start), end), low, high)
            after = _outside(end, low, high)
            peak = slope * max(before, after, enter) - walk
            valley = slope * min(before, after, leave) - walk
            within = max(enter - before, after - leave, after - before)
            up = max(up, peak - lowest, slope * within)
            down = max(down, highest - valley, slope * (enter - leave))
            lowest, highest = min(lowest, valley), max(highest, peak)
            before = after
            walk += 1 - 2 * ones[i]
        empty = slope * (high - low) - missed
        out[row, 0], out[row, 1] = (empty + up) / n + noise, (down - empty) / n - noise


def thresholds(spacings: Any, flips: Any, centre: float, noise: float) -> Any:
    """(T, 2) the largest excess of risk over empirical risk, and of empirical risk over risk."""
    out = np.empty((len(flips), 2))
    _thresholds(spacings, flips, centre, noise, out)
    return out


def intervals(spacings: Any, flips: Any, low: float, high: float, noise: float) -> Any:
    """(T, 2) the largest excess of risk over empirical risk, and of empirical risk over risk."""
    out = np.empty((len(flips), 2))
    _intervals(spacings, flips, low, high, noise, out)
    return out


interval_cells = partial(line.interval_cells, across=kept(line.extremes_by_errors))
