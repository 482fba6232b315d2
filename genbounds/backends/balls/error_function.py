"""The scaled complementary error function, enclosed."""

from typing import Any

from flint import arb, ctx

from genbounds.backends.balls.ball import Ball, ball, by_ends, exponent


def erfcx(x: Any) -> Ball:
    """e^(x^2) erfc(x), which falls from inf to 0."""
    return Ball(by_ends(_erfcx, "-", ball(x).arb))


def _erfcx(x: arb) -> arb:
    """From 1 on as U(1/2, 1/2, x^2)/sqrt(pi), in which nothing overflows."""
    if not x.is_finite():
        return arb(0) if x > 0 else (arb.pos_inf() if x < 0 else arb.nan())
    if x > 1:
        return (x * x).hypgeom_u(arb(0.5), arb(0.5)) / arb.pi().sqrt()
    # the exponential loses the bits of the integer part of x^2
    with ctx.extraprec(2 * max(0, exponent(x)) + 10):
        value = (x * x).exp() * x.erfc()
    return +value
