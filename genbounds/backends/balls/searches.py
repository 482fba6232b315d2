"""Roots and fixed points that are proved by signs; `least` is in its own file.

A search, at any precision, only proposes a point. What is returned lies between a point at which
the function is certainly negative and one at which it is certainly positive, or within the ends
that were given.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, ctx

from genbounds.backends.balls.ball import Ball, ball
from genbounds.backends.balls.valleys import least as least

_STEPS = 200
_LOST_BITS = 8
"""How much of the precision a search may leave: its points agree to prec - 8 bits."""


def root(function: Callable[[Any], Any], low: Any, high: Any, name: str = "x") -> Ball:
    """The x in [low, high] where an increasing function passes through 0.

    An end where the function has no other sign: the answer is then known to be that end.
    """
    first, last = ball(low), ball(high)
    if _known(ball(function(first)) >= 0):
        return first
    if _known(ball(function(last)) <= 0):
        return last
    low, high = first.arb, last.arb
    found = crossing(lambda x: ball(function(Ball(x))).arb, low.lower(), high.upper())
    return Ball(found.max(low).min(high))


def fixed_point(function: Callable[[Any], Any], high: Any, name: str = "x") -> Ball:
    """The largest x in [0, high] with x = function(x), for a sub-root function.

    function(x)/sqrt(x) does not grow, so function(x)/x falls: x exceeds its value exactly right of
    the positive fixed point, and x - function(x) serves as an increasing function.
    """
    last = ball(high)
    if last.arb.is_zero() or _known(last - function(last) <= 0):
        return last
    found = crossing(lambda x: x - ball(function(Ball(x))).arb, arb(0), last.arb.upper())
    return Ball(found.min(last.arb))


def _known(verdict: Any) -> bool:
    """Whether a comparison is decided, and true."""
    return verdict is True


def crossing(function: Callable[[arb], arb], low: arb, high: arb) -> arb:
    """Where an increasing function passes through 0, which is known to be between the ends."""
    low, high, near = _approached(function, low, high)
    if near is None:
        return low.union(high)
    value, slope = function(near), _slope(function, near)
    below = _certain(lambda x: function(x) < 0, near, low, value, slope)
    above = _certain(lambda x: function(x) >= 0, near, high, value, slope)
    return below.union(above)


def _approached(function: Callable[[arb], arb], low: arb, high: arb) -> tuple[arb, arb, arb | None]:
    """Certain ends around the root and a point next to it: geometric halves, then false position.

    Where one end stays, its value counts for half as much each time (the Illinois rule).
    """
    at_low: arb | None = None
    at_high: arb | None = None
    close, last, side = arb(2) ** (_LOST_BITS - ctx.prec), None, 0
    for step in range(_STEPS + ctx.prec):
        x = _probe(low, high, at_low, at_high, step)
        if not low < x < high:  # rounded to the end that the root is next to
            return low, high, low if x <= low else high if x >= high else None
        value = function(x)
        if last is not None and abs(x - last) <= close * abs(x):
            return low, high, x
        last = x
        if value > 0:
            high, at_high = x, value.mid()
            at_low = at_low / 2 if side == 1 and at_low is not None else at_low
            side = 1
        elif value < 0:
            low, at_low = x, value.mid()
            at_high = at_high / 2 if side == -1 and at_high is not None else at_high
            side = -1
        else:
            return low, high, x
    return low, high, last


def _probe(low: arb, high: arb, at_low: arb | None, at_high: arb | None, step: int) -> arb:
    """The next point, exact: towards 0 by ever larger powers of 2, halves in the logarithm, or
    false position between close ends; every eighth step halves whatever happens.
    """
    if low <= 0 < high:
        return (high * arb(2) ** -(2 ** min(3 + step, 40))).mid() if low.is_zero() else arb(0)
    if low > 0 and high > 4 * low:
        return (low * high).sqrt().mid()
    if at_low is None or at_high is None or step % 8 == 7:
        return ((low + high) / 2).mid()
    return ((low * at_high - high * at_low) / (at_high - at_low)).mid()


def _slope(function: Callable[[arb], arb], x: arb) -> arb:
    """About the derivative, from a step that rounding does not drown."""
    step = abs(x) * arb(2) ** -(ctx.prec // 3)
    return ((function((x + step).mid()) - function(x)) / step).mid()


def _certain(holds: Callable[[arb], bool], near: arb, end: arb, value: arb, slope: arb) -> arb:
    """A point as near as a factor 2 allows, on the side of `end`, where a sign is certain.

    Its distance is first what the value at `near`, with its radius, and the slope demand.
    """
    distance = (end if near.is_zero() else near).abs_upper() * arb(2) ** (2 - ctx.prec)
    if slope > 0 and value.is_finite():
        distance = distance.max(abs(value).upper() / slope)
    outward = 1 if end > near else -1
    while True:
        x = (near + outward * distance).mid()
        if not (x < end if outward > 0 else x > end):
            return end
        if holds(x):
            return x
        distance = (2 * distance).mid()
