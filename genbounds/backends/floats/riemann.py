"""Riemann's zeta on the real line right of 1, by Euler and Maclaurin.  Standard library only."""

from __future__ import annotations

from math import fsum, inf, nan

_TERMS = 10
# B_2j / (2j)!, j = 1 .. 8
_COEFFICIENTS = (
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30240.0,
    -1.0 / 1209600.0,
    1.0 / 47900160.0,
    -691.0 / 1307674368000.0,
    1.0 / 74724249600.0,
    -3617.0 / 10670622842880000.0,
)


def zeta(s: float) -> float:
    """sum over k >= 1 of k**-s for real s > 1, to 1e-15 relative; inf at 1, nan below.

    Nine terms, and the tail from 10 on as its integral with eight corrections.
    """
    if not s > 1.0:
        return inf if s == 1.0 else nan
    if s > 54.0:
        return 1.0
    n = float(_TERMS)
    power: float = n**-s
    factor, tail = s / n, 0.0
    for j, coefficient in enumerate(_COEFFICIENTS):
        tail += coefficient * factor
        factor *= (s + 2 * j + 1.0) * (s + 2 * j + 2.0) / (n * n)
    tail += n / (s - 1.0) + 0.5
    head: float = fsum(k**-s for k in range(1, _TERMS))
    return head + power * tail
