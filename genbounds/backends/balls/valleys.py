"""Least values over the integers, proved.

A grid proposes a valley. Three points a < b < c with f(a) > f(b) < f(c) prove it, as the function
falls and rises once only after its first rise; between a and c the same comparison, at a precision
that rises as it must, leaves few integers, or a stretch so flat that a bound on the slope shows
what is missing. Without such a valley every stretch between two points is searched with intervals.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from flint import arb, ctx

from genbounds.backends.balls.ball import Ball, ball
from genbounds.backends.balls.smooth import slope

_RATIO = 3, 2
_COARSE_BITS = 64
_RISES = 5
_BUDGET = 4000
_LOST_BITS = 16
_FEW = 16
"""Integers that are looked at one by one."""

Value = Callable[[int], arb]


def least(function: Callable[[Any], Any], low: Any, high: Any, name: str = "x") -> Ball:
    """The least value over the integers from `low`; it is attained below `high`.

    The function may rise at first, then falls and rises.
    """

    def value(k: int) -> arb:
        return ball(function(ball(k))).arb

    if not ball(high).arb.is_finite():
        return Ball(arb.nan())
    points = _grid(int(ball(low)), ball(high).arb)
    valley = _last_valley(value, points)
    if 0 < valley < len(points) - 1:
        found = _proved_valley(function, value, *points[valley - 1 : valley + 2])
        if found is not None:
            return Ball(value(points[0]).min(found))
    return Ball(_searched(function, value, points, points[valley]))


def _grid(low: int, high: arb) -> list[int]:
    """Integers from `low` to one beyond `high`, in geometric progression."""
    points = [low]
    while not points[-1] > high:
        points.append(max(points[-1] + 1, points[-1] * _RATIO[0] // _RATIO[1]))
    return points


def _last_valley(value: Value, points: list[int]) -> int:
    with ctx.workprec(_COARSE_BITS):
        values = [value(k).mid() for k in points]
    valley = len(points) - 1
    while valley and values[valley - 1] <= values[valley]:
        valley -= 1
    return valley


def _proved_valley(
    function: Callable[[Any], Any], value: Value, a: int, b: int, c: int
) -> arb | None:
    """The least value between a and c, if f(a) > f(b) < f(c) certainly.

    Of two points in a valley the lower one has the least value on its side of the higher one.
    """
    bits, found, few = ctx.prec, None, False
    for rise in range(_RISES):
        with ctx.workprec(bits << rise):
            a, b, c = _shrunk(value, a, b, c)
            if value(a) > value(b) and value(c) > value(b):
                few = c - a <= _FEW
                found = _smallest(value, a, c) if few else _flat(function, value(b), a, b, c)
        if found is not None and (few or found.rel_accuracy_bits() >= bits - _LOST_BITS):
            break
    return None if found is None else +found


def _shrunk(value: Value, a: int, b: int, c: int) -> tuple[int, int, int]:
    """Thirds of the longer side, or other parts, as long as a comparison is certain."""
    at_b = value(b)
    while c - a > _FEW:
        for probe in _probes(a, b, c):
            right, at_probe = probe > b, value(probe)
            if at_probe < at_b:
                a, b, c, at_b = (b, probe, c, at_probe) if right else (a, probe, b, at_probe)
                break
            if at_probe > at_b:
                a, c = (a, probe) if right else (probe, c)
                break
        else:
            break
    return a, b, c


def _probes(a: int, b: int, c: int) -> list[int]:
    sides = [[b + (c - b) // 3, b + (c - b) // 2], [b - (b - a) // 3, b - (b - a) // 2]]
    first, second = sides if c - b > b - a else sides[::-1]
    return [probe for probe in first + second if probe != b]


def _smallest(value: Value, a: int, c: int) -> arb:
    """The least value strictly between."""
    found = value(a + 1)
    for k in range(a + 2, c):
        found = found.min(value(k))
    return found


def _flat(function: Callable[[Any], Any], at_b: arb, a: int, b: int, c: int) -> arb:
    """Between f(b) less what the slope allows, and f(b)."""
    stretch = arb(a).union(arb(c))
    try:
        lowest = at_b - abs(slope(function, stretch)).upper() * max(b - a, c - b)
    except ValueError:  # not smooth, or a choice that cannot be made
        lowest = ball(function(Ball(stretch))).arb
    return lowest.lower().union(at_b).min(at_b)


def _searched(function: Callable[[Any], Any], value: Value, points: list[int], lowest: int) -> arb:
    """The least value over all the stretches between the points, cut until intervals decide."""

    def inside(a: int, c: int) -> arb:
        return value(a) if a == c else ball(function(Ball(arb(a).union(arb(c))))).arb

    best = value(points[0]).min(value(lowest))
    stretches = [(a + 1, c) for a, c in pairwise(points)]
    for _ in range(_BUDGET):
        if not stretches:
            break
        a, c = stretches.pop()
        if inside(a, c) >= best:
            continue
        middle = (a + c) // 2
        best = best.min(value(middle))
        if a < c:
            stretches += [(a, middle), (middle + 1, c)]
    for a, c in stretches:
        best = best.min(inside(a, c).lower().union(best))
    return best
