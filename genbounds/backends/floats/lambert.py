"""Lambert's W on its two real branches, and Bennett's function inverted.

Both branches meet at x = -1/e, where W e**W is flat and half of the digits are lost by the obvious
iteration.  Here W = -1 - t, and t solves t - log(1+t) = z with z = -1 - log(-x): as well
conditioned as the argument itself, t > 0 on branch -1 and -1 < t < 0 on branch 0.  Standard
library only.
"""

from __future__ import annotations

from math import e, exp, inf, log, log1p, nan, sqrt
from sys import float_info

from genbounds.backends.floats.series import log1pmx

# 1/e = _INVERSE_E + _INVERSE_E_LOW; the double nearest -1/e is just outside, and counts as -1/e
_INVERSE_E = 0.36787944117144233
_INVERSE_E_LOW = -1.2428753672788363e-17


def lambert_w(x: float) -> float:
    """The w >= -1 with w exp(w) = x, for x >= -1/e, to 2 ulp; nan below, inf at inf."""
    if not -_INVERSE_E <= x < inf:
        return inf if x == inf else nan
    if x < -0.28:
        z = _log_distance(x)
        return -1.0 - _deviation(z, -sqrt(2.0 * z))
    y = log1p(x) if x < 3.0 else log(x)
    return (_small if x < 3.0 else _large)(x, y * (1.0 - log1p(y) / (2.0 + y)))


def _small(x: float, w: float) -> float:
    for _ in range(8):
        r = w - x * exp(-w)
        d = 1.0 + w
        step = r / (d - 0.5 * r * (1.0 + 1.0 / d))
        w -= step
        if abs(step) <= 1e-6 * abs(w):
            break
    return w


def _large(x: float, w: float) -> float:
    for _ in range(8):
        r = (w - log(x / w)) * w
        d = 1.0 + w
        step = r / (d + 0.5 * r / (w * d))
        w -= step
        if abs(step) <= 1e-6 * w:
            break
    return w


def lambert_w_minus1(x: float) -> float:
    """The w <= -1 with w exp(w) = x, for -1/e <= x < 0, to 2 ulp; -inf at 0, nan outside."""
    if not -_INVERSE_E <= x < 0.0:
        return -inf if x == 0.0 else nan
    z = _log_distance(x) if x < -0.1 else -1.0 - log(-x)
    return -1.0 - _deviation(z, sqrt(2.0 * z))


def lambert_w_minus1_exp(log_x: float) -> float:
    """W_-1(-exp(log_x)) for log_x <= -1, where exp(log_x) may underflow, to 2 ulp; nan outside."""
    if not -inf < log_x <= -1.0:
        return -inf if log_x == -inf else nan
    z = -1.0 - log_x
    return -1.0 - _deviation(z, sqrt(2.0) * sqrt(z))


def bennett_inverse(c: float) -> float:
    """The u >= 0 with (1+u) log(1+u) - u = c, for c >= 0, to 3 ulp; nan for c < 0.

    Bennett's inequality solved for the deviation: u ~ sqrt(2c) for small c, c/log c for large.
    """
    if not 0.0 < c < inf:
        return c + 0.0 if c >= 0.0 else nan
    p = sqrt(2.0) * sqrt(c)
    if c < 1e-30:
        return p
    if c < 4.0:
        u = p + p * p / 6.0 - p * p * p / 72.0
    else:
        y = log1p((c - 1.0) / e)
        u = (c - 1.0) / (y * (1.0 - log1p(y) / (2.0 + y))) - 1.0
    for _ in range(8):
        slope = log1p(u)
        newton = (_bennett(u, slope) - c) / slope
        step = newton / (1.0 - 0.5 * newton / ((1.0 + u) * slope))
        u -= step
        if abs(step) < 1e-6 * u:
            break
    return u


def bennett_function(u: float) -> float:
    """(1+u) log(1+u) - u for u >= 0; finite where u is, so that 0 times it is 0."""
    value = _bennett(u, log1p(u))
    return value if value < inf or u == inf else float_info.max


def bennett_deviation(v: float, c: float) -> float:
    """The t >= 0 with v ((1 + t/v) log(1 + t/v) - t/v) = c, where c/v may overflow; 0 at v = 0."""
    if v == 0.0:
        return 0.0
    if c / v < inf:
        return v * bennett_inverse(c / v)
    log_x = log(c) - log(v) - 1.0
    w = log_x - log(log_x)
    for _ in range(4):
        w -= (w + log(w) - log_x) * w / (1.0 + w)
    return c / w


def _bennett(u: float, log1p_u: float) -> float:
    y = 1.0 + u
    return -y * log1pmx(-u / y) if u < 1.0 else y * log1p_u - u


def _log_distance(x: float) -> float:
    """-1 - log(-x) for x in [-1/e, -0.1], exact where it vanishes."""
    distance = e * ((x + _INVERSE_E) + _INVERSE_E_LOW)
    return -log1p(-distance) if distance > 0.0 else 0.0


def _deviation(z: float, p: float) -> float:
    """The t with t - log(1+t) = z that has the sign of p = +-sqrt(2z), by Halley's steps."""
    if z < 1e-30:
        return p
    if p < 2.0:
        t = p * (1.0 + p * (1.0 / 3.0 + p * (1.0 / 36.0 - p / 270.0)))
    else:
        t = z + log1p(z + p)
    for _ in range(8):
        r = -log1pmx(t) - z
        y = 1.0 + t
        step = r * t * y / (t * t - 0.5 * r)
        t -= step
        if abs(step) <= 1e-6 * abs(t):
            break
    return t
