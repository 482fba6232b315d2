"""Thresholds and intervals on T samples of n points of [0, 1], sorted: the numpy form.

A sample is n + 1 `spacings`, exponentials whose sums divided by their total are the sorted points,
and n `flips` of labels, which before the flips are 1 on the target [low, high] and 0 elsewhere.
With `noise` the probability of a flip, the risk of a set is noise + (1 - 2 noise) d, where d is
the measure of where it differs from the target. Sets that label the sample alike have their ends
in the same gaps between neighbours. There the risk is piecewise linear, so its extremes lie at ends
of the gaps, as limits where the labels change, and at ends of the target.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

IN_CACHE = 1 << 15
"""Numbers in one array of a scan: temporaries of this size stay in the cache."""


class Gaps(NamedTuple):
    """(T, n + 1) what sets gain whose end moves from 0 to a gap between neighbours.

    `most` and `least` are the extremes over the gap of the part of [0, x] outside the target less
    the part inside; `walk` is the number of zeros less that of ones among the labels of the points
    before the gap. `rise` and `fall` are the largest gain and loss of an interval within the gap.
    """

    most: Any
    least: Any
    walk: Any
    rise: Any
    fall: Any


def positions(spacings: Any) -> Any:
    """(T, n + 2) sorted uniform points between 0 and 1.

    The sums of n + 1 exponentials over their total have the law of the order statistics.
    """
    points = np.empty((len(spacings), spacings.shape[1] + 1))
    points[:, 0] = 0
    sums = np.cumsum(spacings, axis=1, out=points[:, 1:])
    sums /= sums[:, -1:].copy()
    return points


def labels(points: Any, flips: Any, low: float, high: float) -> Any:
    """(T, n) labels as 0 and 1 of the points between the two ends."""
    inner = points[:, 1:-1]
    found = inner >= low
    found &= inner <= high
    found ^= flips
    return found.view(np.int8)


def count_ones(spacings: Any, flips: Any, low: float, high: float) -> Any:
    """(T,) how many labels are 1."""
    return _by_rows(_count_ones, spacings, flips, low, high)


def _count_ones(spacings: Any, flips: Any, low: float, high: float) -> Any:
    return labels(positions(spacings), flips, low, high).sum(axis=1, dtype=np.int64)


# --- thresholds: the sets [t, 1], for the target [centre, 1]


def threshold_cells(spacings: Any, flips: Any, centre: float) -> tuple[Any, Any, Any]:
    """(T, n + 1) errors of the thresholds of each gap, their least and largest |t - centre|."""
    points = positions(spacings)
    ones = labels(points, flips, centre, 1.0)
    n = ones.shape[1]
    errors = np.empty((len(ones), n + 1), np.int32)
    errors[:, 0] = n - ones.sum(axis=1, dtype=np.int32)
    np.cumsum(2 * ones - 1, axis=1, dtype=np.int32, out=errors[:, 1:])
    errors[:, 1:] += errors[:, :1]
    within = (points[:, 1:-1] < centre).sum(axis=1)[:, None]
    points -= centre
    far = np.abs(points, out=points)
    least = np.minimum(far[:, 1:], far[:, :-1])
    np.put_along_axis(least, within, 0, axis=1)
    return errors, least, np.maximum(far[:, 1:], far[:, :-1])


def thresholds(spacings: Any, flips: Any, centre: float, noise: float) -> Any:
    """(T, 2) the largest excess of risk over empirical risk, and of empirical risk over risk."""
    return _by_rows(_thresholds, spacings, flips, centre, noise)


def _thresholds(spacings: Any, flips: Any, centre: float, noise: float) -> Any:
    errors, least, most = threshold_cells(spacings, flips, centre)
    n = flips.shape[1]
    slope = n * (1 - 2 * noise)
    least *= slope
    most *= slope
    excess = np.subtract(most, errors, out=most).max(axis=1) / n + noise
    lack = np.subtract(errors, least, out=least).max(axis=1) / n - noise
    return np.stack((excess, lack), axis=1)


# --- intervals, for a target that is one


def gaps(spacings: Any, flips: Any, low: float, high: float) -> Gaps:
    """What intervals gain between neighbours, and how many labels they miss on the way."""
    points = positions(spacings)
    ones = labels(points, flips, low, high)
    walk = np.zeros((len(ones), ones.shape[1] + 1), np.int32)
    np.cumsum(1 - 2 * ones, axis=1, dtype=np.int32, out=walk[:, 1:])
    start, end = points[:, :-1], points[:, 1:]
    enter, leave = np.clip(low, start, end), np.clip(high, start, end)
    level = [x - 2 * np.clip(x - low, 0, high - low) for x in (start, enter, leave, end)]
    rise = np.maximum(np.maximum(level[1] - level[0], level[3] - level[2]), level[3] - level[0])
    most = np.maximum(np.maximum(level[0], level[3]), level[1])
    least = np.minimum(np.minimum(level[0], level[3]), level[2])
    return Gaps(most, least, walk, rise, level[1] - level[2])


def intervals(spacings: Any, flips: Any, low: float, high: float, noise: float) -> Any:
    """(T, 2) the largest excess of risk over empirical risk, and of empirical risk over risk."""
    return _by_rows(_intervals, spacings, flips, low, high, noise)


def _intervals(spacings: Any, flips: Any, low: float, high: float, noise: float) -> Any:
    gap, n = gaps(spacings, flips, low, high), flips.shape[1]
    slope = n * (1 - 2 * noise)
    peak, valley = slope * gap.most - gap.walk, slope * gap.least - gap.walk
    lowest = np.minimum.accumulate(valley, axis=1)[:, :-1]
    highest = np.maximum.accumulate(peak, axis=1)[:, :-1]
    up = np.maximum((peak[:, 1:] - lowest).max(axis=1), slope * gap.rise.max(axis=1))
    down = np.maximum((highest - valley[:, 1:]).max(axis=1), slope * gap.fall.max(axis=1))
    empty = slope * (high - low) - errors_of_nothing(gap, flips)
    return np.stack(((empty + up) / n + noise, (down - empty) / n - noise), axis=1)


def errors_of_nothing(gap: Gaps, flips: Any) -> Any:
    """(T,) labels that are 1: what the empty interval misses."""
    return (flips.shape[1] - gap.walk[:, -1]) // 2


def extremes_by_errors(
    highs: Any, lows: Any, walks: Any, missed: Any, least: Any, most: Any
) -> None:
    """Into `least` and `most`: for each number of errors what intervals across gaps a < b gain.

    Such an interval gains highs[b] - lows[a] at most, lows[b] - highs[a] at least, and errs on
    missed + walks[b] - walks[a]. The extremes over a are kept by -walks[a], so that for one b those
    of 0, 1, ..., n errors are neighbours.
    """
    n = highs.shape[1] - 1
    for row in range(len(highs)):
        lowest, highest = np.full(2 * n + 1, np.inf), np.full(2 * n + 1, -np.inf)
        for b in range(n + 1):
            at = n - walks[row, b]
            first = at - missed[row]
            most[row] = np.maximum(most[row], highs[row, b] - lowest[first : first + n + 1])
            least[row] = np.minimum(least[row], lows[row, b] - highest[first : first + n + 1])
            lowest[at] = min(lowest[at], lows[row, b])
            highest[at] = max(highest[at], highs[row, b])


def interval_cells(
    spacings: Any, flips: Any, low: float, high: float, across: Any = extremes_by_errors
) -> tuple[Any, Any, Any]:
    """(T, n + 1) numbers of errors, and the least and largest difference from the target for each.

    The difference is the measure of interval less target and target less interval. The empty
    interval stands in for numbers of errors that no interval has.
    """
    gap = gaps(spacings, flips, low, high)
    missed = errors_of_nothing(gap, flips)
    least, most = np.full(gap.walk.shape, np.inf), np.full(gap.walk.shape, -np.inf)
    across(gap.most, gap.least, gap.walk, missed, least, most)
    rows = np.arange(len(missed))
    least[rows, missed] = np.minimum(least[rows, missed], -gap.fall.max(axis=1))
    most[rows, missed] = np.maximum(most[rows, missed], gap.rise.max(axis=1))
    errors = np.where(np.isfinite(most), np.arange(most.shape[1]), missed[:, None])
    smallest, largest = (np.take_along_axis(found, errors, axis=1) for found in (least, most))
    return errors, high - low + smallest, high - low + largest


def _by_rows(scan: Callable[..., Any], spacings: Any, flips: Any, *parameters: float) -> Any:
    step = max(1, IN_CACHE // spacings.shape[1])
    starts = range(0, len(spacings), step)
    parts = [scan(spacings[i : i + step], flips[i : i + step], *parameters) for i in starts]
    return np.concatenate(parts)
