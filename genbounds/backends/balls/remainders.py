"""What e^x and -ln(1 - x) have beyond their first terms, in units of x^2, enclosed.

Both are averages of increasing functions of x, so they grow with it: e^(xs) with weight 1 - s, and
(1 - s)/(1 - xs)^2, for s from 0 to 1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, ctx

from genbounds.backends.balls.ball import Ball, ball, by_ends, exponent

_TINY = 40
"""Multiples of the precision at which 1/2 is the value, but for a last bit."""


def exp_remainder(x: Any) -> Ball:
    """(e^x - 1 - x)/x^2, 1/2 at 0."""
    return Ball(by_ends(_of_exp, "+", ball(x).arb))


def _of_exp(x: arb) -> arb:
    if x == arb.neg_inf() or x == arb.pos_inf():
        return arb(0) if x < 0 else x
    return _beyond_first(lambda x: x.expm1() - x, x)


def log_remainder(x: Any) -> Ball:
    """(-ln(1 - x) - x)/x^2 for x <= 1: 1/2 at 0, inf at 1."""
    return Ball(by_ends(_of_log, "+", ball(x).arb))


def _of_log(x: arb) -> arb:
    if x == 1 or x == arb.neg_inf():
        return arb.pos_inf() if x > 0 else arb(0)
    return _beyond_first(lambda x: -(-x).log1p() - x, x) if x < 1 else arb.nan()


def _beyond_first(function: Callable[[arb], arb], x: arb) -> arb:
    """function(x)/x^2 for an x^2/2 + ... whose further coefficients are in [0, 1/2].

    So at |x| <= 1/2 it is within |x| of 1/2.
    """
    if x.is_zero() or x.is_nan():
        return x + 0.5
    lost = -2 * exponent(x)
    if lost > _TINY * ctx.prec:
        return arb(0.5, abs(x))
    with ctx.extraprec(max(lost, 0) + 10):
        value = function(x) / x / x
    return +value
