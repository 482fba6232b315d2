"""Sampling without replacement: exact limits for the number of bad items in a population.

X bad items turn up in a sample of n out of N items, K of them bad.  With q = n/N and z = Kq - x the
mass is, after Loader, four deviances of one difference z and what Stirling leaves of three binomial
coefficients; all deviances are >= 0 and z comes from exact integers, so nothing cancels at any N.
The tail is a sum of ratios, or its Euler-Maclaurin integral where the sum would be long.

The budget is c = ln(1/delta).  As delta was once rounded to a double, a tail that equals delta to
that rounding counts as reaching it: |ln tail + c| <= 4 eps c + eps/2 (but no eps/2 for a c below
it, which no double delta has).  Where floats cannot decide, 60 digits do.  Standard library only;
mpmath is imported for such a near-tie with N > 5000.
"""

from __future__ import annotations

from math import comb, exp, expm1, inf, log, log1p, nan, sqrt

from genbounds.backends.floats.binomial import FINE_RULE, LN2, binomial_tail_inverse, stirling_part
from genbounds.backends.floats.series import deviance, log1pmx, stirling_remainder

_LONGEST_SUM = 1000.0
_LONGEST_EXACT_SUM = 1e6
_BITS = 256
_EPS = 2.0**-52


def hypergeometric_tail_inverse(k: float, n: float, N: float, c: float) -> float:
    """The largest K with P(Hyp(N, K, n) <= k) >= exp(-c): at most K bad items among N.

    An int for 0 <= k <= n <= N and c >= 0, else nan.  Equal to exact rational arithmetic on every
    cell tested, ties included; a near-tie whose sum has above 1e6 terms counts as a tie.
    """
    if not (0 <= k <= n <= N and c >= 0.0):
        return nan
    k, n, N = int(k), int(n), int(N)
    if k == n or n == N or c == inf:
        return N - n + k
    if c == 0.0:
        return k
    return _search(k, n, N, float(c))


def hypergeometric_tail_inverse_lower(k: float, n: float, N: float, c: float) -> float:
    """The smallest K with P(Hyp(N, K, n) >= k) >= exp(-c): at least K bad items among N.

    That is N - hypergeometric_tail_inverse(n-k, n, N, c): the good items are its bad ones.
    """
    return N - hypergeometric_tail_inverse(n - k, n, N, c)


def hypergeometric_log_tail(k: float, N: float, K: float, n: float) -> float:
    """ln P(Hyp(N, K, n) <= k): k or fewer of the K bad among N in a sample of n.

    Relative error at most 1e-14, times 1 + ln(1/|value|) where |value| < 1, for N <= 1e15.
    """
    if not (0 <= K <= N and 0 <= n <= N):
        return nan
    k, N, K, n = int(k), int(N), int(K), int(n)
    if k < max(0, n + K - N):
        return -inf
    return _log_tails(k, n, N, K)[0]


def hypergeometric_log_mass(x: int, n: int, N: int, K: int) -> float:
    """ln P(Hyp(N, K, n) = x) for a possible x, to 1e-15 (10 + |value|)."""
    a, b, d = K - x, n - x, N - K - n + x
    top = K * n - x * N
    z = top / N
    spread = deviance(x, K * n / N, z) + deviance(a, K * (N - n) / N, -z)
    spread += deviance(b, (N - K) * n / N, -z) + deviance(d, (N - K) * (N - n) / N, z)
    return _leftover(x, a) + _leftover(b, d) - _leftover(n, N - n) - spread


def _leftover(k: int, r: int) -> float:
    return stirling_part(float(k), float(r), float(k + r)) if k and r else 0.0


def _search(k: int, n: int, N: int, c: float) -> int:
    """Newton's steps on the log of the tail, between an integer that passes and one that fails."""
    low, high = k, N - n + k + 1
    p, q = binomial_tail_inverse(k, n, c), (k + 0.5) / n
    guess = int(N * (q + (p - q) * sqrt((N - n) / (N - 1))))
    for i in range(400):
        if high - low == 1:
            break
        if i % 24 == 23 or not low - 2 <= guess <= high + 2:
            guess = (low + high) // 2
        K = min(max(guess, low + 1), high - 1)
        value, slope, passes = margin(k, n, N, K, c)
        low, high = (K, high) if passes else (low, K)
        guess = K + int(max(-1e18, min(1e18, value / slope))) if slope > 0.0 else -9
        guess -= value < 0.0
    return low


def margin(k: int, n: int, N: int, K: int, c: float) -> tuple[float, float, bool]:
    """(m, -dm/dK, whether K passes): m >= 0 where P(X <= k) >= exp(-c), as a log of a small tail.

    One bad item more lowers the tail by pmf(k) (n-k)/(N-K) exactly.
    """
    below, above = _log_tails(k, n, N, K)
    if above == -inf:
        return inf, 0.0, True
    log_step = hypergeometric_log_mass(k, n, N, K) + log((n - k) / (N - K))
    tie = 4.0 * _EPS * c + (0.5 * _EPS if c > 0.5 * _EPS else 0.0)
    blur = 1e-12 * min(c, 1.0) + 1e-13 * c
    if c >= LN2:
        value, slope = below + c, exp(log_step - below)
    else:
        other = -log(-expm1(-c))
        value, slope = -(above + other), exp(log_step - above)
        tie, blur = log1p(tie / expm1(c)), blur / expm1(c)
    if abs(value + tie) > blur:
        return value, slope, value + tie > 0.0
    return value, slope, _settle(k, n, N, K, c, tie)


def _settle(k: int, n: int, N: int, K: int, c: float, tie: float) -> bool:
    """Whether K passes, by 60 digits; `tie` is the slack in the log of the small tail."""
    small = c >= LN2
    x, bad = (k, K) if small else (n - k - 1, N - K)
    if _length(x, n, N, bad) > _LONGEST_EXACT_SUM:
        return True
    log_tail = _exact_log_tail(x, n, N, bad)
    return log_tail + c >= -tie if small else log_tail - log(-expm1(-c)) <= tie


def _log_tails(k: int, n: int, N: int, K: int) -> tuple[float, float]:
    """(ln P(X <= k), ln P(X > k)): the smaller is computed, the other is its complement."""
    if k >= min(n, K):
        return 0.0, -inf
    if 2 * n * K >= (2 * k + 1) * N:
        below = _log_small_tail(k, n, N, K)
        return below, log1p(-exp(below)) if below < 0.0 else -inf
    above = _log_small_tail(n - k - 1, n, N, N - K)
    return log1p(-exp(above)), above


def _log_small_tail(k: int, n: int, N: int, K: int) -> float:
    """ln P(X <= k) for k below the mean."""
    log_mass = hypergeometric_log_mass(k, n, N, K)
    if _length(k, n, N, K) < _LONGEST_SUM:
        return log_mass + log(_sum(float(k), float(n - k), float(K - k), float(N - K - n + k)))
    return log_mass + log(_smooth_sum(k, n - k, K - k, N - K - n + k))


def _length(k: int, n: int, N: int, K: int) -> float:
    """About how many terms the sum downwards from k has."""
    a, b, d = n - k, K - k, N - K - n + k
    if min(k, d) == 0:
        return 1.0
    gap = log1p((a * b - k * d) / (k * d)) if a * b > k * d else 0.0
    length = 78.0 / (gap + sqrt(gap * gap + 78.0 * (1 / k + 1 / d + 1 / (a + 1) + 1 / (b + 1))))
    return min(length, min(k, d) + 1.0)


def _sum(k: float, a: float, b: float, d: float) -> float:
    """P(X <= k)/P(X = k), term by term downwards."""
    term = total = 1.0
    while term > 1e-17 * total and k > 0.0 and d > 0.0:
        a += 1.0
        b += 1.0
        term *= k * d / (a * b)
        total += term
        k -= 1.0
        d -= 1.0
    return total


def _smooth_sum(k: int, a: int, b: int, d: int) -> float:
    """The same where all four counts are large: Euler-Maclaurin on the mass as a smooth function.

    The terms fall slowly here (by less than a twentieth), so the corrections stop after the fifth
    derivative.
    """
    slope = log1p((k * d - a * b) / (a * b))
    shape = float(k), float(d), float(a), float(b), slope
    end = _end(shape)
    integral = end * sum(w * exp(_log_ratio(shape, end * x)) for x, w in FINE_RULE)
    g1 = slope + _psi_excess(k) + _psi_excess(d) - _psi_excess(a) - _psi_excess(b)
    g2 = -(1 / k + 1 / d + 1 / a + 1 / b)
    g3 = 1 / a**2 + 1 / b**2 - 1 / k**2 - 1 / d**2
    third = g1**3 + 3.0 * g1 * g2 + g3
    fifth = g1**5 + 10.0 * g1**3 * g2 + 15.0 * g1 * g2 * g2
    return integral + 0.5 - g1 / 12.0 + third / 720.0 - fifth / 30240.0


def _psi_excess(a: int) -> float:
    """psi(a+1) - ln a."""
    return 0.5 / a - 1.0 / (12.0 * a * a)


def _log_ratio(shape: tuple[float, float, float, float, float], x: float) -> float:
    """ln of P(X = k-x)/P(X = k) for real x."""
    k, d, a, b, slope = shape
    return slope * x + _fall(k, x) + _fall(d, x) + _fall(a, -x) + _fall(b, -x)


def _fall(a: float, x: float) -> float:
    """ln(a!/(a-x)!) - x ln a, by Stirling."""
    remainders = stirling_remainder(a) - stirling_remainder(a - x)
    return remainders + (0.5 - x) * x / a - (a - x + 0.5) * log1pmx(-x / a)


def _end(shape: tuple[float, float, float, float, float]) -> float:
    """Where the terms have fallen by exp(-38), by Newton's steps on a concave function."""
    k, d, a, b, slope = shape
    curvature = 1.0 / k + 1.0 / d + 1.0 / a + 1.0 / b
    x = 76.0 / (sqrt(slope * slope + 76.0 * curvature) - slope)
    limit = min(k, d)
    for _ in range(3):
        x = min(x, 0.999 * limit)
        fall = -log((k - x) / (a + x) * ((d - x) / (b + x)))
        x += (_log_ratio(shape, x) + 38.0) / fall
    return min(x, limit)


def _exact_log_tail(k: int, n: int, N: int, K: int) -> float:
    """ln P(X <= k), rounded once: the ratio sum in integers, the mass exact or to 60 digits."""
    one = 1 << _BITS
    term = total = one
    a, b, d, x = n - k, K - k, N - K - n + k, k
    while x > 0 and d > 0 and term > total >> 200:
        a, b = a + 1, b + 1
        term = term * (x * d) // (a * b)
        total += term
        x, d = x - 1, d - 1
    if N <= 5000:
        top, bottom = comb(K, k) * comb(N - K, n - k) * total, comb(N, n) << _BITS
        shift = max(0, bottom.bit_length() - top.bit_length())
        return log((top << shift) / bottom) - shift * LN2
    return _log_mass_60(k, n, N, K, total)


def _log_mass_60(k: int, n: int, N: int, K: int, total: int) -> float:
    from mpmath import mp

    with mp.workdps(60):
        up = (K, N - K, n, N - n)
        down = (k, K - k, n - k, N - K - n + k, N)
        log_mass = sum(mp.loggamma(x + 1) for x in up) - sum(mp.loggamma(x + 1) for x in down)
        return float(log_mass + mp.log(mp.ldexp(mp.mpf(total), -_BITS)))
