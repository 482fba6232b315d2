"""Lambert's W on its two real branches, and Bennett's function and its inverse, enclosed.

Both branches meet at -1/e with W = -1: an interval about -1/e is cut there, as no formula takes W
of less. With x = (c-1)/e the inverse of Bennett's function (1+u) ln(1+u) - u is e^(1 + W(x)) - 1.
"""

from __future__ import annotations

from typing import Any

from flint import arb, ctx

from genbounds.backends.balls.ball import Ball, ball, by_ends, exponent

_TINY = 40
"""Multiples of the precision at which Bennett's function is its parabola, but for a last bit."""


def lambert_w(x: Any) -> Ball:
    """The w >= -1 with w e^w = x, for x >= -1/e: it grows."""
    return Ball(_branch(ball(x).arb, 0, "+"))


def lambert_w_minus1(x: Any) -> Ball:
    """The w <= -1 with w e^w = x, for -1/e <= x < 0: it falls; -inf at 0."""
    value = ball(x).arb
    return Ball(arb.neg_inf() if value.is_zero() else _branch(value, -1, "-"))


def _branch(x: arb, branch: int, sign: str) -> arb:
    if x == arb.pos_inf() and branch == 0:
        return x
    if not x.is_exact() and (x * arb.const_e()).contains(-1):
        return arb(-1).union(x.upper().lambertw(branch))
    return by_ends(lambda end: end.lambertw(branch), sign, x)


def bennett_function(u: Any) -> Ball:
    """(1 + u) ln(1 + u) - u for u >= 0: it grows."""
    return Ball(by_ends(_bennett, "+", ball(u).arb))


def _bennett(u: arb) -> arb:
    if u.is_zero() or u == arb.pos_inf():
        return u
    if not u > 0:
        return arb.nan()
    lost = -2 * exponent(u)
    if lost > _TINY * ctx.prec:
        # u^2/2 - u^3/6 + ..., alternating and falling for u < 1
        return u * u / 2 * (1 - arb(0).union(u / 3))
    with ctx.extraprec(max(lost, 0) + 10):
        value = (1 + u) * u.log1p() - u
    return +value


def bennett_inverse(c: Any) -> Ball:
    """The u >= 0 with (1 + u) ln(1 + u) - u = c, for c >= 0: it grows."""
    return Ball(by_ends(_inverse, "+", ball(c).arb))


def _inverse(c: arb) -> arb:
    if c.is_zero() or c == arb.pos_inf():
        return c
    if not c > 0:
        return arb.nan()
    lost = -exponent(c)
    if lost > _TINY * ctx.prec:
        # u^2/2 >= h(u) >= u^2/(2 (1 + u/3)), Bernstein's form, solved for u
        parabola = (2 * c).sqrt()
        return parabola + arb(0).union(2 * c / 3)
    # W(x) + 1 is about sqrt(2c), and moves by 1/sqrt(2c) times what x moves
    with ctx.extraprec(max(lost, 0) + 20):
        value = (1 + ((c - 1) / arb.const_e()).lambertw()).expm1()
    return +value


def bennett_deviation(v: Any, c: Any) -> Ball:
    """The t >= 0 with v h(t/v) = c for Bennett's h: it grows with both; 0 at v = 0.

    v h(t/v) falls in v, as h is convex with h(0) = 0.
    """
    return Ball(by_ends(_deviation, "++", ball(v).arb, ball(c).arb))


def _deviation(v: arb, c: arb) -> arb:
    return v if v.is_zero() else v * _inverse(c / v)
