"""Binomial tails and their inverse, the exact confidence limits of Clopper and Pearson, enclosed.

P(Bin(n, p) <= k) = P(Beta(k+1, n-k) > p): the quantiles of `beta`, of whole or other k and n. The
tail rises in k, and falls in n and in p; so the upper limit rises in k and in c and falls in n.
"""

from __future__ import annotations

from typing import Any

from flint import arb, ctx, fmpq

from genbounds.backends.balls.ball import Ball, ball
from genbounds.backends.balls.beta import is_narrow_budget, quantile_pair
from genbounds.backends.balls.beta_series import log_front, series
from genbounds.backends.balls.newton import (
    GUARD,
    between,
    complement,
    ends,
    exactly,
    is_point,
    known,
    nothing,
    precisely,
)


def binomial_tail_inverse(k: Any, n: Any, c: Any) -> Ball:
    """The largest p with P(Bin(n, p) <= k) >= exp(-c); 1 if k >= n, 0 if k < 0 or c = 0."""
    return _limit(ball(k), ball(n), ball(c), 0)


def binomial_tail_inverse_lower(k: Any, n: Any, c: Any) -> Ball:
    """The smallest p with P(Bin(n, p) >= k) >= exp(-c), 1 less the upper limit of n-k; 0 if k <= 0.

    It rises in k, and falls in n and in c.
    """
    return _limit(ball(k), ball(n), ball(c), 1)


def _limit(k: Ball, n: Ball, c: Ball, part: int) -> Ball:
    """The upper limit for part 0, the lower for part 1."""
    if not c.arb >= 0 or not k.arb.is_finite() or not n.arb.is_finite():
        return nothing()
    if is_point(k) and is_point(n) and is_narrow_budget(c):
        return _limit_at(k, n, c, part)
    (k0, k1), (n0, n1), (c0, c1) = ends(k), ends(n), ends(c)
    if part:
        c0, c1 = c1, c0
    return between(_limit_at(k0, n1, c0, part), _limit_at(k1, n0, c1, part))


def _limit_at(k: Ball, n: Ball, c: Ball, part: int) -> Ball:
    size = exactly(n)
    errors = size - exactly(k) if part else exactly(k)
    if errors >= size or (c.arb > 0 and not c.arb.is_finite()):
        return known(1 - part)
    if errors < 0 or c.arb.is_zero():
        return known(part)
    return quantile_pair(errors + 1, size - errors, lambda: precisely(c))[part]


def binomial_log_tail(k: Any, n: Any, p: Any) -> Ball:
    """ln P(Bin(n, p) <= k)."""
    k, n, p = ball(k), ball(n), ball(p)
    if not (p.arb >= 0 and (p.arb <= 1 or (p.rational is not None and p.rational <= 1))):
        return nothing()
    if not k.arb.is_finite() or not n.arb.is_finite():
        return nothing()
    if is_point(k) and is_point(n) and is_point(p):
        return _log_tail(k, n, p)
    (k0, k1), (n0, n1), (p0, p1) = ends(k), ends(n), ends(p)
    return between(_log_tail(k0, n1, p1), _log_tail(k1, n0, p0))


def _log_tail(k: Ball, n: Ball, p: Ball) -> Ball:
    """At points; the smaller tail is computed."""
    errors, size, share = int(exactly(k).floor()), int(exactly(n).floor()), exactly(p)
    if errors >= size or (share == 0 and errors >= 0):
        return known(0)
    if errors < 0 or share == 1:
        return Ball(arb.neg_inf())
    a, b = fmpq(errors + 1), fmpq(size - errors)
    bits, lost = ctx.prec, 2 * GUARD + size.bit_length()
    for extra in (lost, lost + bits, lost + 16 * (bits + 64), lost + 256 * (bits + 64)):
        with ctx.workprec(bits + extra):
            value = _log_tail_of(a, b, p, complement(p), 2 * size * share >= 2 * errors + 1)
        if value.rel_accuracy_bits() >= bits:
            break
    return Ball(value)


def _log_tail_of(a: fmpq, b: fmpq, p: Ball, v: Ball, below: bool) -> arb:
    if a == 1:
        return arb(b) * _log_share(v, p)
    if b == 1:
        return _log_complement(arb(a) * _log_share(p, v))
    x, y = precisely(p), precisely(v)
    if below:
        return _log_small(a, b, x, y)
    return _log_complement(_log_small(b, a, y, x))


def _log_share(x: Ball, other: Ball) -> arb:
    """ln x, where other = 1 - x."""
    return precisely(x).log() if x.arb < 0.5 else (-precisely(other)).log1p()


def _log_complement(t: arb) -> arb:
    """ln(1 - e^t) for t < 0."""
    return (-t.expm1()).log() if t > -0.5 else (-t.exp()).log1p()


def _log_small(a: fmpq, b: fmpq, x: arb, v: arb) -> arb:
    return log_front(a, b, x, v) + series(a, b, x, v, arb).log()  # of whole a: no budget is asked
