"""Logarithms of binomial coefficients and of their partial sums, enclosed.

Small ones are logarithms of exact integers. Otherwise C(n, d) comes from the gamma function, at the
precision that its differences lose, and the sum up to d < n/2 is its last term times the series
1 + r_0 + r_0 r_1 + ..., r_j = (d-j)/(n-d+1+j), which ends where its geometric tail counts no more.
Next to n/2 that is late: there the sum is 2^n times a tail of the binomial law.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb
from typing import Any

from flint import arb, ctx, fmpq, fmpz

from genbounds.backends.balls.ball import Ball, ball, whole_ends
from genbounds.backends.balls.newton import nothing

_EXACT = 64
_LONGEST = 10_000
"""Terms of a sum, beyond which the tail of the binomial law is cheaper."""


def log_binomial(n: Any, k: Any) -> Ball:
    """ln C(n, k): -inf where k < 0 or k > n; no information unless both are whole."""
    return _over_integers(_least_binomial, _largest_binomial, ball(n), ball(k))


def log_sauer(n: Any, d: Any) -> Ball:
    """ln of the sum over i <= d of C(n, i): n ln 2 from d = n on, 0 at d = 0, -inf below."""
    return _over_integers(
        lambda n, d, _: _log_sauer(n, d), lambda n, _, d: _log_sauer(n, d), ball(n), ball(d)
    )


def log_cover(n: Any, d: Any) -> Ball:
    """ln of 2 sum over i < d of C(n-1, i): splits of n points of R^d by hyperplanes through 0."""
    found: Ball = Ball(arb.const_log2()) + log_sauer(ball(n) - 1, ball(d) - 1)
    return found


def _over_integers(
    least: Callable[[int, int, int], arb], largest: Callable[[int, int, int], arb], n: Ball, k: Ball
) -> Ball:
    """Over the integers of two balls: n and the range of k of the least and of the largest value.

    Both functions grow with n.
    """
    infinite = arb.pos_inf()
    if n.arb == infinite and not k.arb.is_nan():
        return _at_infinity(k)
    sizes = whole_ends(n)
    if sizes is None or sizes[0] < 0:
        return nothing()
    counts = whole_ends(k)
    if counts is None:
        if not abs(k.arb) == infinite:
            return nothing()
        counts = (sizes[1] + 1,) * 2 if k.arb > 0 else (-1, -1)
    low = least(sizes[0], *counts)
    if sizes[0] == sizes[1] and counts[0] == counts[1]:
        return Ball(low)
    return Ball(low.union(largest(sizes[1], *counts)))


def _at_infinity(k: Ball) -> Ball:
    if k.arb > 0:
        return Ball(arb.pos_inf())
    return ball(0) if k.arb.is_zero() else (Ball(arb.neg_inf()) if k.arb < 0 else nothing())


def _least_binomial(n: int, low: int, high: int) -> arb:
    """C(n, k) is log-concave in k: least at an end."""
    found = _log_binomial(n, low)
    return found if low == high else found.min(_log_binomial(n, high))


def _largest_binomial(n: int, low: int, high: int) -> arb:
    return _log_binomial(n, min(max(n // 2, low), high))


def _log_binomial(n: int, k: int) -> arb:
    k = min(k, n - k)
    if k < 0:
        return arb.neg_inf()
    if k <= _EXACT:
        return arb(fmpz(comb(n, k))).log()
    # the terms are below 2 n ln n, their difference above k ln 2 > 1
    with ctx.extraprec(2 * n.bit_length() + 10):
        parts = [arb(fmpz(m + 1)).lgamma() for m in (n, k, n - k)]
        value = parts[0] - parts[1] - parts[2]
    return +value


def _log_sauer(n: int, d: int) -> arb:
    if d < 0:
        return arb.neg_inf()
    if d >= n:
        return n * arb.const_log2()
    if d <= _EXACT:
        return arb(fmpz(_small_sum(n, d))).log()
    if 2 * d < n:
        return _log_lower_sum(n, d)
    # the missing sum is at most half of 2^n
    missing = _log_lower_sum(n, n - d - 1) if n - d > 1 else arb(0)
    whole = n * arb.const_log2()
    return whole + (-(missing - whole).exp()).log1p()


def _small_sum(n: int, d: int) -> int:
    term = whole = 1
    for i in range(d):
        term = term * (n - i) // (i + 1)
        whole += term
    return whole


def _log_lower_sum(n: int, d: int) -> arb:
    """ln of the sum up to d, for 2 d < n."""
    over_last = _over_last_term(n, d)
    if over_last is not None:
        return _log_binomial(n, d) + over_last.log()
    from genbounds.backends.balls.binomial import binomial_log_tail

    return n * arb.const_log2() + binomial_log_tail(d, n, fmpq(1, 2)).arb


def _over_last_term(n: int, d: int) -> arb | None:
    """1 + r_0 + r_0 r_1 + ...; None where more than _LONGEST terms count.

    The ratios r_j fall from one to the next, so after the term t what is left is at most
    t (r + r^2 + ...) = t r/(1 - r) with the next ratio r < 1.
    """
    term = series = arb(1)
    with ctx.extraprec(20):
        enough = arb(2) ** -ctx.prec
        for j in range(min(d + 1, _LONGEST)):
            above, below = d - j, n - d + 1 + j
            rest = term * above / (below - above)
            if rest < enough:
                return series + arb(0).union(rest)
            term = term * above / below
            series += term
    return series if d < _LONGEST else None
