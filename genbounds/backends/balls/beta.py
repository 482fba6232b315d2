"""Quantiles of the beta distribution, enclosed; binomial tails are those of whole a and b.

With k = a-1, m = b-1 and v = 1-x the upper tail is a front factor times a series,

    P(Beta(a, b) > x) = f S,    f = x^k v^b/(b B(a, b)),    S = b int_0^1 (1 + yv/x)^k (1-y)^m dy,

and a quantile of the tail e^-c is the root of ln f + ln S + c. Its slope is known without a series:
the tail falls by f b/v a unit of x, and between two points the ratio of these densities is
(x'/x)^k (v'/v)^m. So one evaluation proves a root that Newton's operator finds from a double, at
any n: a tail above 1/2 goes by the other one, which is below.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, ctx, fmpq

from genbounds.backends.balls.ball import Ball, ball
from genbounds.backends.balls.beta_series import log_front, series
from genbounds.backends.balls.kl import kl_inverse_lower, kl_inverse_upper
from genbounds.backends.balls.newton import (
    GUARD,
    Step,
    between,
    complement,
    enclosed,
    ends,
    exactly,
    is_point,
    known,
    nothing,
    precisely,
)
from genbounds.backends.floats.binomial import LN2, binomial_tail_inverse_pair

Pair = tuple[Ball, Ball]
Budget = Callable[[], arb]
_NARROW = 2.0**-20
_HALVES = 90


def beta_quantile(a: Any, b: Any, tail: Any) -> Ball:
    """The x with P(Beta(a, b) > x) = tail; it rises in a, and falls in b and in the tail."""
    a, b, tail = ball(a), ball(b), ball(tail)
    if not (a.arb > 0 and b.arb > 0 and tail.arb >= 0 and tail.arb <= 1):
        return nothing()
    (a0, a1), (b0, b1), (t0, t1) = ends(a), ends(b), ends(tail)
    if all(map(is_point, (a, b))) and _is_narrow(tail):
        return _quantile(a, b, tail)
    return between(_quantile(a0, b1, t1), _quantile(a1, b0, t0))


def beta_quantile_lower(a: Any, b: Any, tail: Any) -> Ball:
    """The x with P(Beta(a, b) < x) = tail, 1 less the quantile of Beta(b, a)."""
    a, b, tail = ball(a), ball(b), ball(tail)
    if not (a.arb > 0 and b.arb > 0 and tail.arb >= 0 and tail.arb <= 1):
        return nothing()
    (a0, a1), (b0, b1), (t0, t1) = ends(a), ends(b), ends(tail)
    if all(map(is_point, (a, b))) and _is_narrow(tail):
        return _quantile(b, a, tail, 1)
    return between(_quantile(b1, a0, t0, 1), _quantile(b0, a1, t1, 1))


def _quantile(a: Ball, b: Ball, tail: Ball, part: int = 0) -> Ball:
    if tail.arb.is_zero() or (tail.rational == 1 or tail.arb == 1):
        return known(int(tail.arb.is_zero() != bool(part)))
    rest = complement(tail)

    def budget() -> arb:
        return -(precisely(tail).log() if tail.arb < 0.5 else (-precisely(rest)).log1p())

    return quantile_pair(exactly(a), exactly(b), budget)[part]


def _is_narrow(x: Ball) -> bool:
    return is_point(x) or bool(x.arb.rad() < _NARROW * abs(x.arb) and x.arb.rad() < 1 - x.arb)


def is_narrow_budget(c: Ball) -> bool:
    """Whether Newton's steps can take the interval as it is."""
    return is_point(c) or bool(c.arb.rad() < _NARROW * c.arb and c.arb.rad() < _NARROW)


def quantile_pair(a: fmpq, b: fmpq, budget: Budget) -> Pair:
    """(x, 1-x) with P(Beta(a, b) > x) = e^-c, each to its own precision, for 0 < c < inf."""
    if float(budget()) < LN2:
        v, x = _small_tail_pair(b, a, lambda: _other(budget()))
        return x, v
    return _small_tail_pair(a, b, budget)


def _other(c: arb) -> arb:
    """ln 1/(1 - e^-c)."""
    return -(-(-c).expm1()).log() if c < 1 else -(-(-c).exp()).log1p()


def _small_tail_pair(a: fmpq, b: fmpq, budget: Budget) -> Pair:
    with ctx.workprec(ctx.prec + GUARD):
        if a == 1:
            t = -budget() / arb(b)  # the tail is v^b
            return Ball(-t.expm1()), Ball(t.exp())
        if b == 1:
            t = -_other(budget()) / arb(a)  # the tail is 1 - x^a
            return Ball(t.exp()), Ball(-t.expm1())
    return _by_newton(a, b, budget)


def _by_newton(a: fmpq, b: fmpq, budget: Budget) -> Pair:
    bits = ctx.prec
    lost = GUARD + int((a + b).ceil()).bit_length() + max(0, int(float(budget())).bit_length())
    for start in (_double, _by_entropy, _by_halves):
        guess = start(a, b, budget)
        if guess is None:
            continue
        at_top, s = guess
        found = enclosed(_newton(a, b, budget, at_top), s, bits + 6, lost, _moved)
        if found is not None:
            with ctx.workprec(bits + GUARD):
                x, v = Ball(found), Ball(1 - found)
            return (v, x) if at_top else (x, v)
    return _between_budgets(a, b, budget)


def _between_budgets(a: fmpq, b: fmpq, budget: Budget) -> Pair:
    """At the ends of an interval of budgets; without a proof, all there is."""
    c = Ball(budget())
    if is_point(c):
        share = Ball(arb(0).union(arb(1)))
        return share, share
    low, high = (_at_budget(a, b, end.arb) for end in ends(c))
    return between(low[0], high[0]), between(high[1], low[1])


def _at_budget(a: fmpq, b: fmpq, c: arb) -> Pair:
    return quantile_pair(a, b, lambda: c)


def _double(a: fmpq, b: fmpq, budget: Budget) -> tuple[bool, arb] | None:
    """Whether 1-x is the smaller of the two, and the smaller one, as doubles know it."""
    try:
        pair = binomial_tail_inverse_pair(float(a - 1), float(a + b - 1), float(budget()))
    except (ArithmeticError, ValueError):
        return None
    small = min(pair)
    return (pair[1] < pair[0], arb(small)) if small > 1e-290 else None


def _by_entropy(a: fmpq, b: fmpq, budget: Budget) -> tuple[bool, arb]:
    """Chernoff's limit, beyond the root, from where Newton's steps on the logarithm return."""
    q = (a - 1) / (a + b - 1) if a > 1 and b >= 1 else a / (a + b)
    with ctx.workprec(64):
        each = Ball((budget() / arb(a + b)).mid())
        x, v = (kl_inverse_upper(known(q), each), kl_inverse_lower(known(1 - q), each))
        at_top = bool(v.arb < 0.5)
        return at_top, (v if at_top else x).arb.mid()


def _by_halves(a: fmpq, b: fmpq, budget: Budget) -> tuple[bool, arb]:
    """Bisection on the log-odds of x: where a or b < 1 the logarithm of the tail has bends."""
    with ctx.workprec(96):
        y, step, last, turned = arb(0), arb(1), 0, False
        for _ in range(_HALVES):
            x, v = (1 / (1 + (-y).exp())).mid(), (1 / (1 + y.exp())).mid()
            gap = log_front(a, b, x, v) + series(a, b, x, v, budget).log() + budget()
            up = 1 if gap.mid() > 0 else -1
            turned = turned or last == -up
            step, last = (step / 2 if turned else 2 * step), up
            y += up * step
        return bool(v < x), arb.min(x, v)


def _moved(s: arb, by: arb) -> arb:
    """Newton's step; one that would leave (0, 1), or nearly, goes by the logarithm."""
    if abs(by) < 0.3 * s:
        return (s + by).mid()
    share = by / s
    if abs(share) > 100:
        share = arb(100) * share.sgn()
    return arb.min(s * share.exp(), (s + 1) / 2).mid()


def _newton(a: fmpq, b: fmpq, budget: Budget, at_top: bool) -> Callable[[arb], Step]:
    """Newton's operator for x, or where x is near 1 for v.

    |ln(1+t) - t| <= t^2/(2 (1-|t|)) bounds how far the ratio of densities is from the exponential
    of its slope at x.
    """
    side = -1 if at_top else 1

    def newton(s: arb) -> Step:
        k, r = arb(a - 1), arb(b)
        x, v = (1 - s, s) if at_top else (s, 1 - s)
        sums = series(a, b, x, v, budget)
        gap = log_front(a, b, x, v) + sums.log() + budget()
        width = side * v * sums / r
        lean, bend = k / x - (r - 1) / v, abs(k) / (x * x) + abs(r - 1) / (v * v)
        least = arb.min(x, v)

        def offset(box: arb) -> arb:
            size = box.abs_upper()
            room = 1 - size / least
            if not room > 0:
                return arb.nan()
            curved = bend * size * size / (2 * room)
            return -width * (-gap).expm1() * (-side * lean * box + curved * _SPREAD).exp()

        return offset, width * gap

    return newton


_SPREAD = arb(0, 1)
