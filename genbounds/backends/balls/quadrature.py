"""Integrals that are proved: arb's adaptive Gauss rules on what is holomorphic (Petras).

The rules need the values of the function on rectangles about the pieces of the interval, and halve
the pieces about a kink or a jump, where only the hull of the real values is known. Between positive
ends that lie far apart the logarithm is divided.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import acb, arb, ctx

from genbounds.backends.balls.ball import Ball, ball
from genbounds.backends.balls.smooth import Smooth, on_rectangle

_PROBES = 33
_EVALUATIONS = 200_000

Function = Callable[[Any], Any]


def integral(function: Function, low: Any, high: Any, name: str = "x") -> Ball:
    """The integral of `function` over [low, high], 0 if that is empty.

    Ends that are intervals cost the values there times what is unknown of the ends.
    """
    low, high = ball(low), ball(high)
    ordered = low < high
    if ordered is False:
        return ball(0)
    a, b = low.arb.mid(), high.arb.mid()
    if ordered is not True or not (a.is_finite() and b.is_finite()):
        return Ball(_unordered(function, low.arb, high.arb))
    whole = _between(function, a, b)
    if not low.arb.is_exact():
        whole += (a - low.arb) * _range(function, low.arb)
    if not high.arb.is_exact():
        whole += (high.arb - b) * _range(function, high.arb)
    return Ball(whole)


def _unordered(function: Function, low: arb, high: arb) -> arb:
    """Ends that may coincide: any value on the way, times any length from 0 on."""
    length = arb(0).union((high - low).upper().max(arb(0)))
    return length * _range(function, low.union(high))


def _range(function: Function, x: arb) -> arb:
    return ball(function(Ball(x))).arb


def _between(function: Function, a: arb, b: arb) -> arb:
    """Between exact ends, with x = a e^u if they are positive and far apart."""
    if not (a > 0 and b > 2 * a):
        return _proved(function, a, b)

    def grown(u: Any) -> Any:
        x = Ball(a) * u.through("exp") if isinstance(u, Smooth) else Ball(a * u.arb.exp())
        return function(x) * x

    length = (b / a).log()
    sliver = (length - length.mid()) * _range(grown, length)
    return _proved(grown, arb(0), length.mid()) + sliver


def _proved(function: Function, a: arb, b: arb) -> arb:
    def values(z: acb, analytic: bool) -> acb:
        return on_rectangle(function, z) if analytic else acb(_range(function, z.real))

    tolerance = arb(2) ** -ctx.prec
    found: arb = acb.integral(
        values, a, b, rel_tol=tolerance, abs_tol=tolerance * _scale(function, a, b),
        eval_limit=_EVALUATIONS, depth_limit=4 * ctx.prec,
    ).real  # fmt: skip
    return found


def _scale(function: Function, a: arb, b: arb) -> arb:
    """About the integral of |f|, by a few values: it sets the accuracy, and proves nothing."""
    nodes = [(a + (b - a) * (2 * k + 1) / (2 * _PROBES)).mid() for k in range(_PROBES)]
    values = [abs(_range(function, x)).mid() for x in nodes]
    known = [v for v in values if v.is_finite()]
    return (sum(known, arb(0)) / _PROBES * (b - a)).mid()
