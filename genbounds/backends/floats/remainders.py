"""What e^x and -ln(1 - x) have beyond their first terms, in units of x^2. Standard library only.

Both grow with x, from 0 at -inf, and are positive. Near 0, where their definitions cancel, they are
a power series and the series of an inverse hyperbolic tangent.
"""

from __future__ import annotations

from math import exp, expm1, factorial, inf, log1p, nan

from genbounds.backends.floats.series import atanh_tail

INVERSE_FACTORIALS = tuple(1.0 / factorial(k) for k in range(2, 20))
"""1/2!, 1/3!, ...: at |x| <= 1 the terms left out are below 1e-18."""
FAR = 700.0
"""Where 1 + x is nothing beside e^x, which may overflow though e^x/x^2 does not."""
OVERFLOW = 800.0
"""Where e^x/x^2 does."""
LN2, LN2_LOW = 0.6931471805599453, 2.3190468138462996e-17
"""ln 2 is their sum."""


def exp_remainder(x: float) -> float:
    """(e^x - 1 - x)/x^2, to 4 ulp for every x: 1/2 at 0, inf beyond the floats."""
    if -1.0 < x < 1.0:
        value = 0.0
        for coefficient in reversed(INVERSE_FACTORIALS):
            value = value * x + coefficient
        return value
    if x < FAR:
        return (expm1(x) - x) / x / x if x > -inf else 0.0
    if x < OVERFLOW:
        root = exp(0.5 * x) / x
        return root * root
    return inf if x >= OVERFLOW else nan


def log_remainder(x: float) -> float:
    """(-ln(1 - x) - x)/x^2, to 4 ulp for every x <= 1: 1/2 at 0, inf at 1; nan beyond.

    With s = 2 - x and r = x/s, -ln(1 - x) = 2 atanh(r) and 2 r - x = x r: x^2 divides out.
    """
    if -1.0 < x < 0.5:
        s = 2.0 - x
        return (1.0 + 2.0 * x * atanh_tail((x / s) ** 2) / (s * s)) / s
    if 0.5 <= x < 1.0:  # ln(1 - x) = ln(2 - 2 x) - ln 2, a smaller logarithm
        return ((LN2 - x) + (LN2_LOW - log1p(1.0 - 2.0 * x))) / x / x
    if -inf < x < 0.0:
        return (-log1p(-x) - x) / x / x
    return inf if x == 1.0 else 0.0 if x == -inf else nan
