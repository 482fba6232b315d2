"""The relative entropy of two coins and its inverses, on arrays: the twin of floats/kl.py.

The same equations with the same starting values, so that a column of a million risks costs what
three transcendental functions do.  Broadcasting; float64 in and out; nan outside the domain.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from genbounds.backends.arrays.series import (
    Array,
    by_chunks,
    deviance,
    log1pmx_series,
)

_SPLIT = 134217729.0  # 2**27 + 1, Dekker's constant


def relative_entropy(q: ArrayLike, p: ArrayLike) -> Any:
    """kl(q||p) to 5 ulp for q, p in [0, 1], inf where p excludes q; nan elsewhere."""
    return by_chunks(_relative_entropy, q, p)


def kl_inverse_upper(q: ArrayLike, c: ArrayLike) -> Any:
    """The largest p with kl(q||p) <= c, to 6 ulp for q in [0, 1], c in [0, inf]; else nan."""
    return by_chunks(lambda q, c: _pair(q, 1.0 - q, c)[0], q, c)


def kl_inverse_upper_complement(q: ArrayLike, c: ArrayLike) -> Any:
    """1 - kl_inverse_upper(q, c), itself to 6 ulp, however close to 0."""
    return by_chunks(lambda q, c: _pair(q, 1.0 - q, c)[1], q, c)


def kl_inverse_lower(q: ArrayLike, c: ArrayLike) -> Any:
    """The smallest p with kl(q||p) <= c, to 6 ulp, however close to 0; nan outside the domain."""
    return by_chunks(lambda q, c: _pair(1.0 - q, q, c)[1], q, c)


def kl_inverse_lower_complement(q: ArrayLike, c: ArrayLike) -> Any:
    """1 - kl_inverse_lower(q, c), itself to 6 ulp, however close to 0."""
    return by_chunks(lambda q, c: _pair(1.0 - q, q, c)[0], q, c)


def kl_inverse_pair(a: ArrayLike, b: ArrayLike, c: ArrayLike) -> tuple[Any, ...]:
    """(p, 1-p) for the largest p with kl(a||p) <= c, where b = 1-a; each to 6 ulp."""
    return tuple(by_chunks(lambda a, b, c, i=i: _pair(a, b, c)[i], a, b, c) for i in (0, 1))


def _relative_entropy(q: Array, p: Array) -> Array:
    u = p - q
    k = deviance(q, p, u) + deviance(1.0 - q, 1.0 - p, -u)
    k[(q < 0.0) | (q > 1.0) | (p < 0.0) | (p > 1.0)] = np.nan
    return k


def _pair(a: Array, b: Array, c: Array) -> tuple[Array, Array]:
    inside = (a > 0.0) & (a <= 1.0) & (b > 0.0) & (b <= 1.0) & (c > 0.0) & (c < np.inf)
    inside &= (c >= 1e-250) | (np.minimum(a, b) >= 1e-180)
    if inside.all():
        return _inside(a, b, c)
    p, v = _at_the_edge(a, b, c)
    p[inside], v[inside] = _inside(a[inside], b[inside], c[inside])
    return p, v


def _at_the_edge(a: Array, b: Array, c: Array) -> tuple[Array, Array]:
    p, v = -np.expm1(-c), np.exp(-c)
    at_one, at_zero = b == 0.0, c == 0.0
    p[at_zero], v[at_zero] = a[at_zero], b[at_zero]
    p[at_one], v[at_one] = 1.0, 0.0
    _lift(p, v, a, b, c)
    wrong = ~((a >= 0.0) & (a <= 1.0) & (b >= 0.0) & (b <= 1.0) & (c >= 0.0))
    p[wrong] = v[wrong] = np.nan
    return p, v


def _lift(p: Array, v: Array, a: Array, b: Array, c: Array) -> None:
    """Where a, p and c (or b, 1-p and c) are tiny, kl is homogeneous in them: all times 2**400."""
    tiny = (np.minimum(a, b) > 0.0) & (np.minimum(a, b) < 1e-180) & (c > 0.0) & (c < 1e-250)
    for low, up, x, y in ((tiny & (a < b), 0, p, v), (tiny & (a >= b), 1, v, p)):
        if not low.any():
            continue
        one = np.ones(np.count_nonzero(low))
        lifted = np.ldexp((a, b)[up][low], 400)
        pair = _inside(one if up else lifted, lifted if up else one, np.ldexp(c[low], 400))
        x[low] = np.ldexp(pair[up], -400)
        y[low] = (b, a)[up][low]


def _inside(a: Array, b: Array, c: Array) -> tuple[Array, Array]:
    log_a = np.log1p(-b)
    small = b > 0.5
    if small.any():
        log_a[small] = np.log(a[small])
    z = np.minimum(np.sqrt(2.0 * a * b) * np.sqrt(c), -a * log_a) / -b
    g = z - c / b
    near = g > -0.6931471805599453
    if near.all():
        return _near(a, b, c, -b * np.expm1(g))
    p, v = np.empty_like(a), np.empty_like(a)
    far = ~near
    p[near], v[near] = _near(a[near], b[near], c[near], -b[near] * np.expm1(g[near]))
    p[far], v[far] = _far(a[far], b[far], c[far], z[far], log_a[far])
    return p, v


def _near(a: Array, b: Array, c: Array, u: Array) -> tuple[Array, Array]:
    """Third-order steps on sqrt(2 kl) as a function of logit p, which is nearly a straight line."""
    u[u < 1e-18 * np.minimum(a, b)] = 0.0
    for _ in range(8):
        step = _near_step(a, b, c, u)
        u += step
        if not (np.abs(step) > 1e-6 * u).any():
            break
    return a + u, b - u


def _near_step(a: Array, b: Array, c: Array, u: Array) -> Array:
    p = a + u
    v = b - u
    v *= p
    k = deviance(a, p, u) - b * log1pmx_series(u / -b)
    x = c - k
    x /= k
    h = x / (1.0 + np.sqrt(1.0 + x))
    w = 2.0 * k
    w /= u
    em = np.expm1(h * w * (1.0 + 0.5 * h * (1.0 - w / u * v)))
    v *= em
    p *= em
    p += 1.0
    v /= p
    v[k <= 0.0] = 0.0  # u = 0 stays 0
    return v


def _far(a: Array, b: Array, c: Array, z: Array, log_a: Array) -> tuple[Array, Array]:
    """Halley's steps on z = log(1-p) - log(b) + c/b, in [-1, 0]: the root of (c - kl(a||p))/b."""
    h = np.minimum(c / b, 801.0)
    low = _quotient_error(c, b, h) - (h + 1.0) * np.where(a < b, (1.0 - b) - a, 0.0) / b
    limit = b * np.exp(-h)
    beyond = h > 40.0
    for _ in range(8):
        v = np.where(h < 2.0, b * np.exp(z - h), limit * np.exp(z))
        step = _far_step(a, b, v, z + low)
        step[beyond] = 0.0
        z = z - step
        if not (np.abs(step) > 1e-6).any():
            break
    v = np.where(h < 2.0, b * np.exp(z - h), limit * np.exp(z))
    v[beyond] = (limit * np.exp(a * log_a / b - low))[beyond]
    v[h > 800.0] = 0.0
    return 1.0 - v, v


def _far_step(a: Array, b: Array, v: Array, z: Array) -> Array:
    u = b - v
    gain = a * np.log1p(np.minimum(u / a, 1e308))
    small = u < a
    if small.any():
        gain[small] = (u + a * log1pmx_series(np.minimum(u / a, 1.0)))[small]
    slope = a * (v / b) / (1.0 - v)
    d = 1.0 - slope
    r = z + gain / b
    step: Array = r / (d + 0.5 * r * slope / (d * (1.0 - v)))
    return step


def _quotient_error(c: Array, b: Array, h: Array) -> Array:
    """c/b - h for the rounded quotient h, by Dekker's exact product, scaled against underflow."""
    b, e = np.frexp(b)
    c = np.ldexp(c, -e)
    t = _SPLIT * h
    h1 = t - (t - h)
    t = _SPLIT * b
    b1 = t - (t - b)
    h2, b2 = h - h1, b - b1
    product = h * b
    error: Array = ((h1 * b1 - product) + h1 * b2 + h2 * b1) + h2 * b2
    return ((c - product) - error) / b
