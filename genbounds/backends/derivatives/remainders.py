"""Differences of numbers that are nearly equal near 0, and their slopes, in generic names.

Near 0 they are series, further out what they are by definition. Each branch is evaluated at the
nearest point of its own side, so that the one which is not taken has no infinity.
"""

from __future__ import annotations

import math
import sys
from typing import Any

from genbounds.generic import exp, log1p, maximum, minimum, where

_HUGE = 1e300
_MOST, _LEAST = sys.float_info.max, sys.float_info.min
_NEAR = 0.1


def polynomial(coefficients: tuple[float, ...], y: Any) -> Any:
    """The sum of coefficients[j] y^j."""
    series = coefficients[-1] + 0 * y
    for coefficient in reversed(coefficients[:-1]):
        series = coefficient + series * y
    return series


def excess_of_log1p(u: Any) -> Any:
    """u - ln(1+u) for u >= 0: with r = u/(2+u), ln(1+u) = 2 atanh(r) and u - 2r = u r."""
    near = minimum(u, 0.05)
    r = near / (2 + near)
    y = r * r
    series = near * r - 2 * r * y * polynomial((1 / 3, 1 / 5, 1 / 7, 1 / 9, 1 / 11), y)
    far = maximum(u, 0.05)
    return where(u < 0.05, lambda: series, lambda: far - log1p(far))


_OF_EXP = tuple((k + 1) / math.factorial(k + 3) for k in range(18))
_OF_LOG = tuple((k + 1) / (k + 3) for k in range(16))


def exp_remainder(value: Any, x: Any) -> tuple[Any, ...]:
    """f - (2f - 1)/x for f = (e^x - 1 - x)/x^2; far to the left, where f is about -1/x, it cancels.

    There it is ((x - 2) e^x + x + 2)/x^3.
    """
    near = polynomial(_OF_EXP, minimum(maximum(x, -1.0), 1.0))
    above, below = maximum(x, 1.0), maximum(minimum(x, -1.0), -_HUGE)
    right = minimum(value, _MOST) * (1 - 2 / above) + 1 / above
    left = ((below - 2) * exp(below) + (below + 2)) / below / below / below
    beyond = where(x > 0, lambda: right, lambda: left)
    return (where((x > -1) & (x < 1), lambda: near, lambda: beyond),)


def log_remainder(value: Any, x: Any) -> tuple[Any, ...]:
    """(1/(1 - x) - 2 g)/x for g = (-ln(1 - x) - x)/x^2."""
    near = polynomial(_OF_LOG, minimum(maximum(x, -_NEAR), _NEAR))
    far = where(x > 0, lambda: maximum(x, _NEAR), lambda: minimum(x, -_NEAR))
    direct = (1 / maximum(1 - x, _LEAST) - 2 * minimum(value, _HUGE)) / far
    return (where((x > -_NEAR) & (x < _NEAR), lambda: near, lambda: minimum(direct, _MOST)),)
