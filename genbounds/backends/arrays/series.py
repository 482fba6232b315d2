"""Small differences of logarithms on arrays: the twin of floats/series.py, and the chunked driver.

Functions of this file take and return float64 arrays and expect numpy's warnings to be silenced by
the caller, which `by_chunks` does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genbounds.backends.floats.series import REMAINDERS

Array = NDArray[np.float64]

# a fit of sum y**k / (2k+3) on [0, 1/9], exact to 5e-17
_TAIL = (
    0.08082022805971766,
    0.04400369243072337,
    0.06000536404795356,
    0.06657072104827468,
    0.07692785032479312,
    0.09090894718066429,
    0.11111111358713932,
    0.1428571428355438,
    0.20000000000007292,
    0.3333333333333333,
)

# B_2k / (2k (2k-1)), highest first
_STIRLING = (
    -691.0 / 360360.0,
    1.0 / 1188.0,
    -1.0 / 1680.0,
    1.0 / 1260.0,
    -1.0 / 360.0,
    1.0 / 12.0,
)


def by_chunks(function: Callable[..., Array], *arguments: ArrayLike, size: int = 32768) -> Any:
    """function on the broadcast float64 arguments, flat, `size` elements at a time, no warnings.

    Temporaries then live in the second-level cache, whatever the length of the arguments.
    """
    arrays = [np.asarray(a, dtype=np.float64) for a in arguments]
    shape = np.broadcast_shapes(*(a.shape for a in arrays))
    flat = [np.broadcast_to(a, shape).ravel() for a in arrays]
    out = np.empty(flat[0].shape)
    with np.errstate(all="ignore"):
        for start in range(0, out.size, size):
            part = slice(start, start + size)
            out[part] = function(*(a[part] for a in flat))
    return out.reshape(shape)[()]


def horner(coefficients: tuple[float, ...], y: Array) -> Array:
    """The polynomial with these coefficients, highest first, at y."""
    s = coefficients[0] * y
    for c in coefficients[1:-1]:
        s += c
        s *= y
    s += coefficients[-1]
    return s


def atanh_tail(y: Array) -> Array:
    """sum over k >= 0 of y**k / (2k+3), for 0 <= y <= 1/9."""
    return horner(_TAIL, y)


def log1pmx_series(x: Array) -> Array:
    """log(1+x) - x for -0.5 <= x <= 1, to 3 ulp."""
    r = x / (2.0 + x)
    y = r * r
    s = atanh_tail(y)
    s *= y
    s += s
    s -= x
    s *= r
    return s


def log1pmx(x: Array) -> Array:
    """log(1+x) - x for x >= -1, to 3 ulp; -inf at -1 and at inf, nan below."""
    out = log1pmx_series(np.clip(x, -0.5, 1.0))
    (far,) = np.nonzero((x < -0.5) | (x > 1.0))
    if far.size:
        y = x[far]
        out[far] = np.where(y == np.inf, -np.inf, np.log1p(y) - y)
    return out


def deviance(x: Array, mean: Array, difference: Array) -> Array:
    """x log(x/mean) + mean - x, given the exact difference = mean - x; to 5 ulp."""
    t = difference / x
    out = -x * log1pmx_series(np.clip(t, -0.5, 1.0))
    (far,) = np.nonzero((t < -0.5) | (t > 1.0) | (x == 0.0))
    if far.size:
        y, m = x[far], mean[far]
        ratio = y / m
        logs = np.where(ratio < np.inf, np.log(ratio), np.log(y) - np.log(m))
        out[far] = np.where(y == 0.0, m, y * logs + difference[far])
    return out


def stirling_remainder(n: Array) -> Array:
    """log(n!) minus Stirling's main term, for whole n >= 0, to 2 ulp; 0 at n = 0."""
    y = 1.0 / np.maximum(n, 16.0)
    small = np.take(REMAINDERS, np.minimum(n, 15.0).astype(np.int64))
    return np.where(n < 16.0, small, y * horner(_STIRLING, y * y))
