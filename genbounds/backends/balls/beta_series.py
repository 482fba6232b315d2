"""The series and the integral of a beta tail, at the working precision, with proved remainders.

S = b int_0^1 (1 + yv/x)^k (1-y)^m dy is a sum, downwards from k as binomial terms go,

    S = 1 + k/(b+1) (v/x) + k (k-1)/((b+1)(b+2)) (v/x)^2 + ...

While k-i > 0 the terms are positive and their ratios fall, so that a geometric series bounds the
rest. Beyond, what is left is the next term times an S of negative k, which is in [0, 1].
Where the sum would be long, k and b are large, and Gauss nodes on the stretch where the integrand
is not negligible give any precision, whatever k and b are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from math import ceil, log, sqrt

from flint import arb, ctx, fmpq

from genbounds.backends.floats.binomial import _end

_ONE = arb(1)
_LN2 = log(2.0)
_WIDEST = 0.95  # of the way to a zero of the integrand
_LONGEST_SUM = 6  # times the number of nodes
_ENDLESS = 1e7  # terms
_CHUNK = 16
_ALLOWED = 20  # bits that a sum may lose
_ELLIPSES = (2.0, 2.5, 3.0, 4.0, 5.0, 7.0)


def log_front(a: fmpq, b: fmpq, x: arb, v: arb) -> arb:
    """ln of x^(a-1) v^b/(b B(a, b))."""
    counts = arb(a + b).lgamma() - arb(a).lgamma() - arb(b + 1).lgamma()
    return counts + arb(a - 1) * x.log() + arb(b) * v.log()


def series(a: fmpq, b: fmpq, x: arb, v: arb, budget: Callable[[], arb]) -> arb:
    """S, by whichever way is short."""
    k, r, odds = arb(a - 1), arb(b), v / x
    depth = ctx.prec * _LN2
    length = _length(k, r, odds, depth)
    if length > _LONGEST_SUM * depth / 2:
        value = _integral(k, r, odds, depth)
        if value is not None:
            return value
    if length > _ENDLESS:
        return arb.nan()  # so far off that nobody needs it
    value = _sum(k, r, odds)
    if value.rel_accuracy_bits() > ctx.prec - _ALLOWED or a.q == 1:
        return value
    return _other_sums(a, b, x, v, budget)


def _length(k: arb, r: arb, odds: arb, depth: float) -> float:
    """About how many terms the sum takes."""
    most, ratio = float(k), float(k * odds / (r + 1))
    if most <= 0 or ratio <= 0:
        return 1.0
    gap = max(0.0, -log(ratio) if ratio < 0.5 else 1.0 - ratio)
    square = 2 * depth * float(1 / k + 1 / r)
    rising = max(0.0, float((k * odds - r) / (1 + odds)))
    return min(most, rising + 2 * depth / (gap + sqrt(gap * gap + square)))


def _sum(k: arb, r: arb, odds: arb) -> arb:
    """The sum downwards, with its remainder; for k that is not whole it may stay wide."""
    term = total = _ONE
    small, last = arb(2) ** (-ctx.prec), -2 * ctx.prec
    while True:
        for _ in range(_CHUNK):
            r += 1
            term *= k * odds / r
            total += term
            k -= 1
        if term.is_zero():
            return total
        ratio = k * odds / (r + 1)
        if k < 0:
            rest = arb(0, abs(term * ratio).upper())
            if k < last or not abs(ratio) < 1 or abs(term) < small * total:
                return total + rest
        elif ratio < 1 and abs(term) < small * total * (1 - ratio):
            return total + arb(0).union(abs(term * ratio / (1 - ratio)).upper())


def _other_sums(a: fmpq, b: fmpq, x: arb, v: arb, budget: Callable[[], arb]) -> arb:
    """By sums upwards, from either end: in v the tail itself, in x its complement.

    x^a v^b/(a B(a, b)) sum over i of (a+b)_i/(a+1)_i x^i is P(Beta(a, b) < x).
    """
    if v < 0.5:
        return x * _upwards(arb(a), arb(b), v)
    with ctx.workprec(ctx.prec + int(1.5 * float(budget()) + 40)):
        front = log_front(a, b, x, 1 - x)
        below = (front + (x * arb(b) / arb(a)).log()).exp() * _upwards(arb(b), arb(a), x)
        return (1 - below) / front.exp()


def _upwards(a: arb, b: arb, v: arb) -> arb:
    """The sum of (a+b)_i/(b+1)_i v^i; the ratios tend to v, all on one side of it."""
    term = total = _ONE
    small, top, below = arb(2) ** (-ctx.prec), a + b, b
    while True:
        for _ in range(_CHUNK):
            below += 1
            term *= top * v / below
            total += term
            top += 1
        ratio = arb.max(v, top * v / (below + 1))
        if ratio < 1 and term < small * total * (1 - ratio):
            return total + arb(0).union((term * ratio / (1 - ratio)).upper())


def _integral(k: arb, r: arb, odds: arb, depth: float) -> arb | None:
    """b int_0^1 exp(h(y)) dy with h(y) = k ln(1 + y odds) + m ln(1-y), concave as k, m >= 0.

    Beyond `end` it is below exp(h(end))/|h'(end)|; up to there Gauss nodes with an error bound from
    an ellipse on which the integrand is analytic.
    """
    m = r - 1
    slope = m - k * odds
    end = arb(_end(float(k), float(m), float(odds), float(slope), depth))
    fall = m / (1 - end) - k * odds / (1 + odds * end)
    rule = _rule(k, m, odds, slope, end, depth)
    if rule is None or not fall > 0 or end > _WIDEST:
        return None
    number, error = rule
    half, total = end / 2, arb(0)
    for node, weight in _gauss(number, 64 * (ctx.prec // 64 + 1)):
        y = half * (1 + node)
        total += weight * (k * (odds * y).log1p() + m * (-y).log1p()).exp()
    beyond = (k * (odds * end).log1p() + m * (-end).log1p()).exp() / fall
    return r * (half * total + arb(0, (half * error).upper()) + arb(0).union(beyond.upper()))


def _rule(k: arb, m: arb, odds: arb, slope: arb, end: arb, depth: float) -> tuple[int, arb] | None:
    """(number of nodes, bound of the error on [-1, 1]) of the best ellipse; None if none serves."""
    logs = ((rho, _log_largest(k, m, odds, slope, end, rho)) for rho in _ELLIPSES)
    counts = [
        (ceil((float(x) + depth) / (32 * log(rho))) * 16, rho, x)
        for rho, x in logs
        if x is not None
    ]
    if not counts:
        return None
    number, rho, largest = min(counts, key=lambda found: found[:2])
    # Gauss on N nodes: 64/15 M rho^(-2N)/(1 - rho^-2) (Trefethen, Theorem 19.3)
    bound = arb(64) / 15 * largest.exp() * arb(rho) ** (-2 * number) / (1 - arb(rho) ** -2)
    return number, bound


def _log_largest(k: arb, m: arb, odds: arb, slope: arb, end: arb, rho: float) -> arb | None:
    """A bound of ln |integrand| on the ellipse of sum of axes `rho` around [0, end].

    At y = s + it its modulus is exp(h(s)) (1 + t^2/(s + x/v)^2)^(k/2) (1 + t^2/(1-s)^2)^(m/2), and
    h(s) <= h'(0) s.
    """
    wide, high = (arb(rho) + 1 / arb(rho)) / 2, (arb(rho) - 1 / arb(rho)) / 2
    left, right, t = end * (1 - wide) / 2, end * (1 + wide) / 2, end * high / 2
    near = 1 + odds * left
    if not (near > 1 - _WIDEST and right < _WIDEST):
        return None
    bend = k * (odds / near) ** 2 + m / (1 - right) ** 2
    return arb.max(-slope * left, -slope * right).upper() + (t * t * bend / 2).upper()


@lru_cache(maxsize=64)
def _gauss(number: int, bits: int) -> list[tuple[arb, arb]]:
    """The nodes and weights of Gauss and Legendre on [-1, 1]."""
    with ctx.workprec(bits):
        return [arb.legendre_p_root(number, i, weight=True) for i in range(number)]
