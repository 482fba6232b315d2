"""The sum xi(n) of Maurer's lemma, through a function of Ramanujan.  Standard library only."""

from __future__ import annotations

from math import exp, inf, log, nan, pi, sqrt

from genbounds.backends.floats.series import stirling_remainder

# 1 - theta(n) in powers of 1/n, theta Ramanujan's: e^n/2 = sum_{k<n} n^k/k! + theta(n) n^n/n!
COEFFICIENTS = (
    2 / 3,
    -4 / 135,
    8 / 2835,
    16 / 8505,
    -8992 / 12629925,
    -334144 / 492567075,
    698752 / 1477701225,
    23349012224 / 39565450299375,
    -1357305243136 / 2255230667064375,
    -6319924923392 / 6765692001193125,
    8773495082018816 / 7002491221234884375,
    49004477022654464 / 21007473663704653125,
)
FROM = 16.0
"""Where the expansion is exact to a rounding; the sum of TERMS terms serves below."""
TERMS = 48


def log_xi(n: float) -> float:
    """ln of xi(n) = sum over k of C(n, k) (k/n)^k (1 - k/n)^(n - k), to 4 ulp, for n >= 1.

    By Abel's identity xi(n) = n! n^-n (1 + n + ... + n^n/n!) = int_0^inf (1 + t/n)^n e^-t dt, which
    grows with n and means something between the integers too.
    """
    if not n >= 1.0:
        return nan
    if n == inf:
        return inf
    half = sqrt(0.5 * pi * n) * exp(stirling_remainder(n))  # n! e^n/(2 n^n)
    if n < FROM:
        return log(2.0 * half - _missing(n))
    tail, y = 0.0, 1.0 / n
    for coefficient in reversed(COEFFICIENTS):
        tail = tail * y + coefficient
    return log(half + tail)


def _missing(n: float) -> float:
    """int_0^n of what `log_xi` integrates from n on: sum over k >= 1 of n^k/((n+1) ... (n+k))."""
    term, total = 1.0, 0.0
    for k in range(1, TERMS):
        term *= n / (n + k)
        total += term
    return total
