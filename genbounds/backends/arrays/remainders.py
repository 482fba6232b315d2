"""The remainders of e^x and -ln(1 - x) on arrays: floats/remainders.py's twin."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from genbounds.backends.arrays.series import Array, atanh_tail, by_chunks, horner
from genbounds.backends.floats.remainders import FAR, INVERSE_FACTORIALS, LN2, LN2_LOW


def exp_remainder(x: ArrayLike) -> Any:
    """(e^x - 1 - x)/x^2, to 4 ulp for every x: 1/2 at 0, inf beyond the floats."""
    return by_chunks(_exp_remainder, x)


def log_remainder(x: ArrayLike) -> Any:
    """(-ln(1 - x) - x)/x^2, to 4 ulp for every x <= 1: 1/2 at 0, inf at 1; nan beyond."""
    return by_chunks(_log_remainder, x)


def _exp_remainder(x: Array) -> Array:
    near = horner(INVERSE_FACTORIALS[::-1], np.clip(x, -1.0, 1.0))
    root = np.exp(0.5 * x) / x
    far = np.where(x < FAR, (np.expm1(x) - x) / x / x, root * root)
    return np.where(abs(x) < 1.0, near, np.where(np.isinf(x), np.maximum(x, 0.0), far))


def _log_remainder(x: Array) -> Array:
    near = np.clip(x, -1.0, 0.5)
    s = 2.0 - near
    series = (1.0 + 2.0 * near * atanh_tail((near / s) ** 2) / (s * s)) / s
    left = np.where(x == -np.inf, 0.0, (-np.log1p(-x) - x) / x / x)
    right = ((LN2 - x) + (LN2_LOW - np.log1p(1.0 - 2.0 * x))) / x / x
    return np.where((x > -1.0) & (x < 0.5), series, np.where(x < 0.0, left, right))
