"""Logarithms of binomial coefficients and of their partial sums: the counts of VC theory.

Sauer's lemma bounds the labelings of n points by sum over i <= d of C(n, i); Cover counts those of
hyperplanes through the origin by twice such a sum.  The sum is its last term times
1 + r_0 + r_0 r_1 + ... with r_j = (d-j)/(n-d+1+j) < 1: a few terms where d is far below n/2, and
by Euler and Maclaurin an integral where it is not.  Arguments are whole numbers, as int or float,
of any size; everything is accurate to 5e-16 relative.  Standard library only.
"""

from __future__ import annotations

from collections.abc import Callable
from math import comb, exp, inf, log, log1p, nan, sqrt

from genbounds.backends.floats.series import HALF_LOG_TWO_PI, deviance, stirling_remainder

LN2 = 0.6931471805599453
DIRECT_TERMS = 1000.0

# Gauss-Legendre, 16 nodes on [-1, 1]: (node, weight) for the positive half
GAUSS = (
    (0.09501250983763744, 0.1894506104550685),
    (0.2816035507792589, 0.18260341504492358),
    (0.45801677765722737, 0.16915651939500254),
    (0.6178762444026438, 0.14959598881657674),
    (0.755404408355003, 0.12462897125553388),
    (0.8656312023878318, 0.09515851168249279),
    (0.9445750230732326, 0.062253523938647894),
    (0.9894009349916499, 0.027152459411754096),
)


def log_binomial(n: float, k: float) -> float:
    """ln C(n, k): -inf where k < 0 or k > n, nan where n < 0 or an argument is not whole."""
    pair = _whole_pair(n, k)
    if pair is None or pair[0] < 0:
        return _not_whole(n, k)
    n, k = pair
    if not 0 <= k <= n:
        return -inf
    return _log_binomial(n, min(k, n - k))


def log_sauer(n: float, d: float) -> float:
    """ln of sum over i <= d of C(n, i): n ln 2 from d = n on, 0 at d = 0, -inf for d < 0.

    At most 0.1 ms whatever n and d; nan where n < 0 or an argument is not whole.
    """
    pair = _whole_pair(n, d)
    if pair is None or pair[0] < 0:
        return _not_whole(n, d)
    n, d = pair
    if d < 0:
        return -inf
    if d >= n:
        return n * LN2
    if 2 * d < n:
        return _log_lower_sum(n, d)
    # the missing sum is at most half of 2**n, however the two logarithms were rounded
    missing = _log_lower_sum(n, n - d - 1) - n * LN2
    return n * LN2 + log1p(-exp(min(missing, -LN2)))


def log_cover(n: float, d: float) -> float:
    """ln of 2 sum over i < d of C(n-1, i): the splits of n points of R^d by hyperplanes through 0.

    Points in general position; n ln 2 while n <= d, -inf at d = 0, nan where n < 1.
    """
    return LN2 + log_sauer(n - 1, d - 1)


def _whole_pair(n: float, k: float) -> tuple[int, int] | None:
    try:
        m = int(n)
        float(m)
        if k in (inf, -inf):
            k = m + 1 if k > 0 else -1
        j = int(k)
    except (OverflowError, ValueError):
        return None
    return (m, j) if m == n and j == k else None


def _not_whole(n: float, k: float) -> float:
    """The limits at n = inf, or beyond every float; nan for nan, fractions and negative n."""
    if n > 1e308 and k == k and (k in (inf, -inf) or k == int(k)):
        return inf if k > 0 else 0.0 if k == 0 else -inf
    return nan


def _log_binomial(n: int, k: int) -> float:
    """For 2k <= n: an exact integer, or Stirling's formula around the entropy."""
    if k <= 30:
        return log(comb(n, k))
    x, m, j = float(n), float(n - k), float(k)
    entropy = j * log(n / k) - m * log1p(-k / n)
    small = stirling_remainder(x) - stirling_remainder(j) - stirling_remainder(m)
    return entropy + (small - HALF_LOG_TWO_PI - 0.5 * log(j * (m / x)))


def _log_lower_sum(n: int, d: int) -> float:
    """ln of the sum up to d, for 2d < n."""
    return _log_binomial(n, d) + log(_sum_over_last_term(n, d))


def _sum_over_last_term(n: int, d: int) -> float:
    slope = (n - 2 * d + 1) / (n - d + 1)
    bend = 4.0 / n
    reach = 72.0 / (slope + sqrt(slope * slope + 72.0 * bend))
    if reach < DIRECT_TERMS:
        return _direct_sum(float(d), float(n - d + 1))
    return _integral_sum(n, d, reach)


def _direct_sum(d: float, m: float) -> float:
    total = term = 1.0
    while term > 1e-17:
        term *= d / m
        total += term
        d -= 1.0
        m += 1.0
    return total


def _integral_sum(n: int, d: int, reach: float) -> float:
    """Euler-Maclaurin on f(t) = C(n, d-t)/C(n, d), which is below 1e-15 from t = reach on."""
    k, m = float(d), float(n - d)
    tilt = log1p((2 * d - n) / m)

    def f(t: float) -> float:
        a, b = k - t, m + t
        h = t * tilt - deviance(a, k, t) - deviance(b, m, -t)
        h -= 0.5 * (log1p(-t / k) + log1p(t / m))
        return exp(h - (t / (k * a) - t / (m * b)) / 12.0)

    first = tilt + 0.5 / k - 0.5 / m
    second = -1.0 / k - 1.0 / m
    third = first * (first * first + 3.0 * second)
    area = _panel(f, 0.0, 0.25 * reach) + _panel(f, 0.25 * reach, reach)
    return area + 0.5 - first / 12.0 + third / 720.0


def _panel(f: Callable[[float], float], low: float, high: float) -> float:
    half, middle = 0.5 * (high - low), 0.5 * (high + low)
    return half * sum(w * (f(middle - half * x) + f(middle + half * x)) for x, w in GAUSS)
