"""The sum xi(n) of Maurer's lemma, enclosed by its integral."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import acb, acb_poly, arb, ctx, fmpq

from genbounds.backends.balls.ball import Ball, ball, by_ends, exponent

_SHORT = 0.25
"""Where ln(1 + z) - z is evaluated as a power series."""


def log_xi(n: Any) -> Ball:
    """ln of xi(n) = int_0^inf (1 + t/n)^n e^-t dt for n >= 1, which grows with n.

    The integral goes on below 1, where the end of an interval about 1 may be.
    """
    value = ball(n).arb
    if value == arb.pos_inf():
        return Ball(value)
    known = value > 0.5 and not value < 1
    return Ball(by_ends(_log_xi, "+", value) if known else arb.nan())


def _log_xi(n: arb) -> arb:
    """With t = y sqrt(n) the integrand is e^g(y), g(y) = n (ln(1 + y/sqrt n) - y/sqrt n).

    g(y) <= -y^2/(2 (1 + y/sqrt n)), so that beyond L it counts no more. As g is concave, what is
    left there is at most e^g(L)/|g'(L)|, g'(y) = -y/(1 + y/sqrt n).
    """
    bits = ctx.prec
    with ctx.extraprec(min(exponent(n), bits) + 20):
        r, depth = n.sqrt(), (bits + 10) * arb.const_log2()
        end = (depth / r + (depth * depth / n + 2 * depth).sqrt()).mid()
        g = _by_series(r) if 2 * end < _SHORT * r else _by_logarithm(n, r)
        tail = g(acb(end), False).real.exp() * (1 + end / r) / end
        body = acb.integral(lambda y, analytic: g(y, analytic).exp(), 0, end).real
        value = (r * (body + arb(0).union(tail.upper()))).log()
    return +value


def _by_logarithm(n: arb, r: arb) -> Callable[[acb, bool], acb]:
    return lambda y, analytic: n * (1 + y / r).log(analytic=analytic) - r * y


def _by_series(r: arb) -> Callable[[acb, bool], acb]:
    """-y^2 (1/2 - z/3 + z^2/4 - ...) with z = y/r; |z|^K/(1 - |z|) bounds what K terms leave."""
    count = ctx.prec // 2
    series = acb_poly([fmpq((-1) ** k, k + 2) for k in range(count)])

    def g(y: acb, analytic: bool) -> acb:
        z = y / r
        size = z.abs_upper()
        if not size < _SHORT:
            return acb(arb.nan())
        left = arb(0, size**count / (1 - size))
        return -y * y * (series(z) + acb(left, left))

    return g
