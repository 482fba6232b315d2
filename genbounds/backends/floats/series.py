"""Small differences of logarithms, without cancellation.

Relative entropies, binomial tails and Stirling's formula are small differences of large logarithms.
Written with the functions of this file the difference is computed as itself, to 2.5 ulp, not to the
rounding error of its parts.  Standard library only.
"""

from __future__ import annotations

from math import inf, lgamma, log, log1p, nan, pi

HALF_LOG_TWO_PI = 0.5 * log(2.0 * pi)

# stirling_remainder(0), ..., stirling_remainder(15); by convention the first is 0
REMAINDERS = (
    0.0,
    0.08106146679532726,
    0.0413406959554093,
    0.02767792568499834,
    0.020790672103765093,
    0.016644691189821193,
    0.013876128823070748,
    0.01189670994589177,
    0.010411265261972096,
    0.009255462182712733,
    0.00833056343336287,
    0.007573675487951841,
    0.00694284010720953,
    0.006408994188004207,
    0.0059513701127588475,
    0.005554733551962801,
)


def atanh_tail(y: float) -> float:
    """sum over k >= 0 of y**k / (2k+3), for 0 <= y <= 1/9, so that atanh(r) = r + r**3 * tail(r*r).

    A Chebyshev fit, exact to 5e-17.
    """
    s = 0.08082022805971766 * y + 0.04400369243072337
    s = s * y + 0.06000536404795356
    s = s * y + 0.06657072104827468
    s = s * y + 0.07692785032479312
    s = s * y + 0.09090894718066429
    s = s * y + 0.11111111358713932
    s = s * y + 0.1428571428355438
    s = s * y + 0.20000000000007292
    return s * y + 0.3333333333333333


def log1pmx(x: float) -> float:
    """log(1+x) - x, to 2.5 ulp for every x >= -1 (-inf at -1 and at inf; nan below -1).

    With r = x/(2+x), log(1+x) = 2 atanh(r) and 2r - x = -x r: the leading terms cancel exactly.
    """
    if -0.5 < x < 1.0:
        r = x / (2.0 + x)
        y = r * r
        return r * (2.0 * y * atanh_tail(y) - x)
    if -1.0 < x < inf:
        return log1p(x) - x
    return -inf if x in (-1.0, inf) else nan


def deviance(x: float, mean: float, difference: float) -> float:
    """x log(x/mean) + mean - x >= 0, given the exact difference = mean - x; Loader's D0.

    To 5 ulp for x >= 0 and mean > 0 (inf at mean = 0 < x).  The caller passes the difference: it
    knows it better than the two rounded numbers do.
    """
    if x == 0.0:
        return mean
    t = difference / x
    if -0.5 < t < 1.0:
        return -x * log1pmx(t)
    if mean == 0.0:
        return inf
    ratio = x / mean
    return x * (log(ratio) if ratio < inf else log(x) - log(mean)) + difference


def stirling_remainder(n: float) -> float:
    """log(n!) - (log(2 pi n)/2 + n log n - n) for n >= 0, to 2 ulp (6 if n < 1); 0 at n = 0.

    Integers below 16 are read from a table; other small n climb to 16 by the recurrence
    f(n) = f(n+1) + atanh(r)/r - 1 with r = 1/(2n+1).
    """
    if n >= 16.0:
        y = 1.0 / n
        z = y * y
        s = -691.0 / 360360.0 * z + 1.0 / 1188.0
        s = s * z - 1.0 / 1680.0
        s = s * z + 1.0 / 1260.0
        s = s * z - 1.0 / 360.0
        return y * (s * z + 1.0 / 12.0)
    if n >= 0.0 and n == int(n):
        return REMAINDERS[int(n)]
    if n >= 1.0:
        y = (2.0 * n + 1.0) ** -2
        return y * atanh_tail(y) + stirling_remainder(n + 1.0)
    if n > 0.0:
        return lgamma(n + 1.0) - (HALF_LOG_TWO_PI + 0.5 * log(n) + n * log(n) - n)
    return nan
