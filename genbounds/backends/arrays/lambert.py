"""Lambert's W on its two real branches and Bennett's inverse, on arrays: floats/lambert.py's twin.

The same equations, starting values and stop rule; a chunk takes as many steps as its slowest entry.
"""

from __future__ import annotations

from math import e
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from genbounds.backends.arrays.series import Array, by_chunks, log1pmx

_INVERSE_E = 0.36787944117144233
_INVERSE_E_LOW = -1.2428753672788363e-17


def lambert_w(x: ArrayLike) -> Any:
    """The w >= -1 with w exp(w) = x, for x >= -1/e, to 3 ulp; nan below, inf at inf."""
    return by_chunks(_lambert_w, x)


def lambert_w_minus1(x: ArrayLike) -> Any:
    """The w <= -1 with w exp(w) = x, for -1/e <= x < 0, to 3 ulp; -inf at 0, nan outside."""
    return by_chunks(_lambert_w_minus1, x)


def lambert_w_minus1_exp(log_x: ArrayLike) -> Any:
    """W_-1(-exp(log_x)) for log_x <= -1, where exp(log_x) may underflow, to 3 ulp; nan outside."""
    return by_chunks(_lambert_w_minus1_exp, log_x)


def bennett_inverse(c: ArrayLike) -> Any:
    """The u >= 0 with (1+u) log(1+u) - u = c, for c >= 0, to 6 ulp; nan for c < 0."""
    return by_chunks(_bennett_inverse, c)


def bennett_function(u: ArrayLike) -> Any:
    """(1+u) log(1+u) - u for u >= 0; finite where u is, so that 0 times it is 0."""
    return by_chunks(_bennett_function, u)


def bennett_deviation(v: ArrayLike, c: ArrayLike) -> Any:
    """The t >= 0 with v ((1 + t/v) log(1 + t/v) - t/v) = c, where c/v may overflow; 0 at v = 0."""
    return by_chunks(_bennett_deviation, v, c)


def _lambert_w(x: Array) -> Array:
    y = np.where(x < 3.0, np.log1p(x), np.log(x))
    w = y * (1.0 - np.log1p(y) / (2.0 + y))
    branch, small, large = x < -0.28, (x >= -0.28) & (x < 3.0), (x >= 3.0) & (x < np.inf)
    if small.any():
        w[small] = _small(x[small], w[small])
    if large.any():
        w[large] = _large(x[large], w[large])
    if branch.any():
        z = _log_distance(x[branch])
        w[branch] = -1.0 - _deviation(z, -np.sqrt(2.0 * z))
    w[x == np.inf] = np.inf
    w[x < -_INVERSE_E] = np.nan
    return w


def _small(x: Array, w: Array) -> Array:
    for _ in range(8):
        r = w - x * np.exp(-w)
        d = 1.0 + w
        step = r / (d - 0.5 * r * (1.0 + 1.0 / d))
        w = w - step
        if not (np.abs(step) > 1e-6 * np.abs(w)).any():
            break
    return w


def _large(x: Array, w: Array) -> Array:
    for _ in range(8):
        r = (w - np.log(x / w)) * w
        d = 1.0 + w
        step = r / (d + 0.5 * r / (w * d))
        w = w - step
        if not (np.abs(step) > 1e-6 * w).any():
            break
    return w


def _lambert_w_minus1(x: Array) -> Array:
    z = np.where(x < -0.1, _log_distance(x), -1.0 - np.log(-x))
    w = -1.0 - _deviation(z, np.sqrt(2.0 * z))
    w[x == 0.0] = -np.inf
    w[(x < -_INVERSE_E) | (x > 0.0)] = np.nan
    return w


def _lambert_w_minus1_exp(log_x: Array) -> Array:
    z = -1.0 - log_x
    w = -1.0 - _deviation(z, np.sqrt(2.0) * np.sqrt(z))
    w[log_x == -np.inf] = -np.inf
    w[log_x > -1.0] = np.nan
    return w


def _bennett_inverse(c: Array) -> Array:
    p = np.sqrt(2.0) * np.sqrt(c)
    y = np.log1p((c - 1.0) / e)
    large = (c - 1.0) / (y * (1.0 - np.log1p(y) / (2.0 + y))) - 1.0
    u = np.where(c < 4.0, p + p * p / 6.0 - p * p * p / 72.0, large)
    for _ in range(8):
        slope = np.log1p(u)
        newton = (_bennett(u, slope) - c) / slope
        step = newton / (1.0 - 0.5 * newton / ((1.0 + u) * slope))
        step[c < 1e-30] = 0.0
        u -= step
        if not (np.abs(step) > 1e-6 * u).any():
            break
    u = np.where(c < 1e-30, p, u)
    u[c == np.inf] = np.inf
    return u


def _bennett_function(u: Array) -> Array:
    value = _bennett(u, np.log1p(u))
    return np.where(np.isinf(value) & np.isfinite(u), np.finfo(float).max, value)


def _bennett_deviation(v: Array, c: Array) -> Array:
    ratio = c / v
    t = v * _bennett_inverse(ratio)
    log_x = np.log(c) - np.log(v) - 1.0
    w = log_x - np.log(log_x)
    for _ in range(4):
        w = w - (w + np.log(w) - log_x) * w / (1.0 + w)
    return np.where(v == 0.0, 0.0, np.where(ratio == np.inf, c / w, t))


def _bennett(u: Array, log1p_u: Array) -> Array:
    y = 1.0 + u
    return np.where(u < 1.0, -y * log1pmx(-u / y), y * log1p_u - u)


def _log_distance(x: Array) -> Array:
    """-1 - log(-x) for x in [-1/e, -0.1], exact where it vanishes."""
    distance = e * ((x + _INVERSE_E) + _INVERSE_E_LOW)
    return np.where(distance > 0.0, -np.log1p(-distance), 0.0)


def _deviation(z: Array, p: Array) -> Array:
    """The t with t - log(1+t) = z that has the sign of p = +-sqrt(2z), by Halley's steps."""
    near = p * (1.0 + p * (1.0 / 3.0 + p * (1.0 / 36.0 - p / 270.0)))
    t = np.where(p < 2.0, near, z + np.log1p(z + p))
    for _ in range(8):
        r = -log1pmx(t) - z
        step = r * t * (1.0 + t) / (t * t - 0.5 * r)
        step[z < 1e-30] = 0.0
        t -= step
        if not (np.abs(step) > 1e-6 * np.abs(t)).any():
            break
    return t
