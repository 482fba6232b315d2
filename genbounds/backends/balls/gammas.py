"""The ratio of neighbouring values of the gamma function, enclosed."""

from typing import Any

from flint import arb, ctx

from genbounds.backends.balls.ball import Ball, ball, by_ends, exponent


def gamma_ratio(x: Any) -> Ball:
    """gamma(x + 1/2)/gamma(x) for x >= 0, which grows with x, as ln gamma is convex."""
    return Ball(by_ends(_ratio, "+", ball(x).arb))


def _ratio(x: arb) -> arb:
    if x.is_zero() or not x.is_finite():
        return x
    if not x > 0:
        return arb.nan()
    # both logarithms are below x ln x, their difference is a logarithm of the answer
    with ctx.extraprec(2 * max(0, exponent(x)) + 10):
        value = ((x + 0.5).lgamma() - x.lgamma()).exp()
    return +value
