"""Sampling without replacement: the exact limits for the number of bad items, proved.

Each limit stands between an integer whose tail certainly reaches e^-c and one whose tail certainly
does not. A rational c other than 0 never meets a tie, as e^-c is then transcendental and the tail
rational: enough digits decide. Of the logarithm of a rational a tie is settled in integers; of any
other interval c that holds a tie both integers are given, as a hull.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from math import comb, isfinite, log2
from typing import Any

from flint import arb, ctx, fmpq

from genbounds.backends.balls.ball import Ball, ball
from genbounds.backends.balls.logarithm import Logarithm, log_of
from genbounds.backends.balls.newton import (
    GUARD,
    between,
    ends,
    exactly,
    is_point,
    known,
    nothing,
    precisely,
)
from genbounds.backends.floats.hypergeometric import _length
from genbounds.backends.floats.hypergeometric import hypergeometric_tail_inverse as by_floats

_CHUNK = 64
_LONGEST_SUM = 1e6  # terms; of a longer one the first few bound the tail
_FEW_TERMS = 1 << 13
_MOST_BITS = 2e9  # of all the terms that are settled in integers
_TRIES = 3
_TRIES_AT_POINT = 7


def hypergeometric_tail_inverse(k: Any, n: Any, N: Any, c: Any) -> Ball:
    """The largest K with P(Hyp(N, K, n) <= k) >= exp(-c).

    It rises in k, N and c, and falls in n.
    """
    whole = _integers(ball(k), ball(n), ball(N))
    c = ball(c)
    if whole is None or not c.arb >= 0:
        return nothing()
    (k0, k1), (n0, n1), (N0, N1) = whole
    if whole == ((k0, k0), (n0, n0), (N0, N0)):
        return _hull(*_limits(k0, n0, N0, c))
    low, high = ends(c)
    least = _limits(k0, n1, N0, low)[0] if k0 <= n1 <= N0 else k0
    most = _limits(k1, n0, N1, high)[1] if k1 <= n0 <= N1 else N1
    return _hull(least, most)


def hypergeometric_tail_inverse_lower(k: Any, n: Any, N: Any, c: Any) -> Ball:
    """The smallest K with P(Hyp(N, K, n) >= k) >= exp(-c); the good items are the other's bad."""
    n, N = ball(n), ball(N)
    good: Ball = N - hypergeometric_tail_inverse(n - ball(k), n, N, c)
    return good


def _hull(low: int, high: int) -> Ball:
    return between(known(low), known(high))


def _integers(k: Ball, n: Ball, N: Ball) -> tuple[tuple[int, int], ...] | None:
    """The least and the largest integer of each; None outside 0 <= k <= n <= N."""
    found = tuple(_integers_in(x) for x in (k, n, N))
    if any(pair is None for pair in found):
        return None
    (k0, k1), (n0, n1), (N0, N1) = found  # type: ignore[misc]
    return ((k0, k1), (n0, n1), (N0, N1)) if k0 >= 0 and k0 <= n1 and n0 <= N1 else None


def _integers_in(x: Ball) -> tuple[int, int] | None:
    if x.rational is not None:
        return (int(x.rational.p),) * 2 if x.rational.q == 1 else None
    if not x.arb.is_finite():
        return None
    with ctx.workprec(max(ctx.prec, x.arb.bits() + 64)):
        low, high = (_integer(end) for end in (x.arb.lower().ceil(), x.arb.upper().floor()))
    return (low, high) if low <= high else None


def _integer(x: arb) -> int:
    return int(exactly(Ball(x)).p)


def _limits(k: int, n: int, N: int, c: Ball) -> tuple[int, int]:
    """The largest K that certainly passes, and the largest that does not certainly fail."""
    if not 0 <= k <= n <= N:
        return k, N
    top = N - n + k
    if k == n or n == N or not c.arb.is_finite():
        return top, top
    if c.arb.is_zero():
        return k, k

    def passes(K: int) -> bool | None:
        return _passes(k, n, N, K, c)

    guess = min(max(_guess(k, n, N, c), k), top)
    if passes(guess) is True:
        low = guess
        high = _nearest(lambda K: passes(K) is False, guess, top + 1)
        return _nearest(lambda K: passes(K) is True, high, low), high - 1
    low = _nearest(lambda K: passes(K) is True, guess, k)
    return low, _nearest(lambda K: passes(K) is False, low, top + 1) - 1


def _guess(k: int, n: int, N: int, c: Ball) -> int:
    try:
        found = by_floats(k, n, N, float(c.arb))
        return int(found) if isfinite(found) else k
    except (ArithmeticError, ValueError):
        return k + (N - n) // 2


def _nearest(holds: Callable[[int], bool], start: int, end: int) -> int:
    """The integer nearest to `start`, beyond it towards `end`, that holds; `end` is known to."""
    way = 1 if end > start else -1
    step, last = 1, start
    while abs(end - last) > step and not holds(last + way * step):
        last += way * step
        step *= 2
    first = last + way * step if abs(end - last) > step else end
    while abs(first - last) > 1:
        middle = (first + last) // 2
        if holds(middle):
            first = middle
        else:
            last = middle
    return first


def _passes(k: int, n: int, N: int, K: int, c: Ball) -> bool | None:
    """Whether P(Hyp(N, K, n) <= k) >= exp(-c); None where the digits do not decide."""
    if k >= min(n, K):
        return True
    bits = 64 + GUARD
    for _ in range(_TRIES_AT_POINT if is_point(c) else _TRIES):
        with ctx.workprec(bits + 2 * N.bit_length()):
            margin = _log_tail(k, n, N, K) + _budget(c)
        if margin > 0:
            return True
        if margin < 0:
            return False
        if margin.rad() > 2.0 ** (-bits // 2) * (1 + abs(margin)):
            break
        bits *= 2
    return _settled(k, n, N, K, 1 / c.of) if isinstance(c, Logarithm) else None


def _budget(c: Ball) -> arb:
    return log_of(c.of) if isinstance(c, Logarithm) else precisely(c)


def _settled(k: int, n: int, N: int, K: int, delta: fmpq) -> bool | None:
    """Whether the tail reaches delta, in integers; None where they would be too many or too long.

    Of a population with as many bad items as good ones a sample of odd size is at a tie with 1/2.
    """
    if delta == fmpq(1, 2) and 2 * K == N and n == 2 * k + 1:
        return True
    terms = min(k, N - K - n + k) + 1
    if terms * n * (2 + log2(N / n)) > _MOST_BITS:
        return None
    term = total = comb(K, k) * comb(N - K, n - k)
    for i in range(1, terms):
        term = term * ((k - i + 1) * (N - K - n + k - i + 1)) // ((n - k + i) * (K - k + i))
        total += term
    return bool(total * int(delta.q) >= int(delta.p) * comb(N, n))


def _log_tail(k: int, n: int, N: int, K: int) -> arb:
    """ln P(Hyp(N, K, n) <= k); the smaller of the two tails is summed."""
    if 2 * n * K >= (2 * k + 1) * N:
        return _log_small_tail(k, n, N, K)
    above = _log_small_tail(n - k - 1, n, N, N - K)
    return (-above.expm1()).log() if above > -0.5 else (-above.exp()).log1p()


def _log_small_tail(k: int, n: int, N: int, K: int) -> arb:
    mass = _log_choose(K, k) + _log_choose(N - K, n - k) - _log_choose(N, n)
    most = None if _length(k, n, N, K) < _LONGEST_SUM else _FEW_TERMS
    return mass + _sum(k, N - K - n + k, n - k, K - k, most).log()


def _log_choose(n: int, k: int) -> arb:
    top, one, other = (arb(x + 1).lgamma() for x in (n, k, n - k))
    return top - one - other


def _sum(k: int, d: int, a: int, b: int, most: int | None) -> arb:
    """The tail over its last mass, by at most so many terms.

    The ratios k d/((a+1)(b+1)) fall, so that a geometric series bounds what is left out.
    """
    term = total = arb(1)
    x, y, u, w = (arb(t) for t in (k, d, a, b))
    small = arb(2) ** (-ctx.prec)
    for done in count(_CHUNK, _CHUNK):
        for _ in range(_CHUNK):
            u += 1
            w += 1
            term *= x * y / (u * w)
            total += term
            x -= 1
            y -= 1
            if term.is_zero():
                return total
        ratio = x * y / ((u + 1) * (w + 1))
        if ratio < 1 and (term < small * total * (1 - ratio) or done == most):
            break
        if done == most:
            return total + arb.nan()
    return total + arb(0).union((term * ratio / (1 - ratio)).upper())
