"""Binomial tails and their inverse on arrays: the twin of floats/binomial.py.

Every entry takes the Gauss rule (no sums): a coarse pass of 8 nodes, one of 24, and more only for
the entries that need it.  scipy's betainccinv is not used: it is 6% off where delta is 1e-300.
Broadcasting over (k, n, c); float64 in and out; nan where the scalar is nan.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genbounds.backends.arrays.kl import kl_inverse_pair
from genbounds.backends.arrays.series import Array, by_chunks, deviance, log1pmx
from genbounds.backends.arrays.series import stirling_remainder as large_remainder
from genbounds.backends.floats.binomial import COARSE_RULE, FINE_RULE, LN2
from genbounds.backends.floats.series import stirling_remainder

_CHUNK = 8192
_SMALL = np.array([stirling_remainder(float(i)) for i in range(16)])
Exponent = Callable[[Array, Array, Array, Array, Array], Array]


def binomial_tail_inverse(k: ArrayLike, n: ArrayLike, c: ArrayLike) -> Any:
    """The largest p with P(Bin(n, p) <= k) >= exp(-c); within 1e-14 of the scalar."""
    return by_chunks(lambda k, n, c: _pair(k, n - k, n, c)[0], k, n, c, size=_CHUNK)


def binomial_tail_inverse_complement(k: ArrayLike, n: ArrayLike, c: ArrayLike) -> Any:
    """1 - binomial_tail_inverse(k, n, c), itself to full precision."""
    return by_chunks(lambda k, n, c: _pair(k, n - k, n, c)[1], k, n, c, size=_CHUNK)


def binomial_tail_inverse_lower(k: ArrayLike, n: ArrayLike, c: ArrayLike) -> Any:
    """The smallest p with P(Bin(n, p) >= k) >= exp(-c)."""
    return by_chunks(lambda k, n, c: _pair(n - k, k, n, c)[1], k, n, c, size=_CHUNK)


def binomial_tail_inverse_lower_complement(k: ArrayLike, n: ArrayLike, c: ArrayLike) -> Any:
    """1 - binomial_tail_inverse_lower(k, n, c), itself to full precision."""
    return by_chunks(lambda k, n, c: _pair(n - k, k, n, c)[0], k, n, c, size=_CHUNK)


def binomial_tail_inverse_pair(k: ArrayLike, n: ArrayLike, c: ArrayLike) -> tuple[Any, Any]:
    """(p, 1-p) for the largest p with P(Bin(n, p) <= k) >= exp(-c)."""
    return binomial_tail_inverse(k, n, c), binomial_tail_inverse_complement(k, n, c)


def _pair(k: Array, r: Array, n: Array, c: Array) -> tuple[Array, Array]:
    """(p, 1-p) for k of n, r the rest: both are passed, as beyond 2^53 neither gives the other."""
    inside = (k >= 1.0) & (r >= 2.0) & (c > 0.0) & (c < np.inf)
    if inside.all():
        return _inside(k, r, n, c)
    p, v = _at_the_edge(k, r, n, c)
    p[inside], v[inside] = _inside(k[inside], r[inside], n[inside], c[inside])
    return p, v


def _at_the_edge(k: Array, r: Array, n: Array, c: Array) -> tuple[Array, Array]:
    """The closed forms: k = 0, k = n-1, and the ends."""
    p, v = -np.expm1(-c / n), np.exp(-c / n)
    x = np.where(c > LN2, np.log1p(-np.exp(-c)), np.log(-np.expm1(-c))) / n
    last = (r == 1.0) & (k > 0.0)
    p[last] = np.where(c > LN2, np.exp(x), (-np.expm1(-c)) ** (1.0 / n))[last]
    v[last] = -np.expm1(x[last])
    zero, one = (k < 0.0) | (c == 0.0), (r <= 0.0) | (c == np.inf)
    p[zero], v[zero] = 0.0, 1.0
    p[one], v[one] = 1.0, 0.0
    wrong = ~(c >= 0.0) | np.isnan(k) | np.isnan(r) | np.isnan(n)
    p[wrong] = v[wrong] = np.nan
    return p, v


def _inside(k: Array, r: Array, n: Array, c: Array) -> tuple[Array, Array]:
    """Turns delta > 1/2 into the other tail."""
    flip = c < LN2
    if not flip.any():
        return _invert(k, r, n, c)
    other = -np.log(-np.expm1(-np.minimum(c, LN2)))
    a, b = np.where(flip, r - 1.0, k), np.where(flip, k + 1.0, r)
    p, v = _invert(a, b, n, np.where(flip, other, c))
    return np.where(flip, v, p), np.where(flip, p, v)


def _invert(k: Array, r: Array, n: Array, c: Array) -> tuple[Array, Array]:
    part = stirling_part(k, r, n)
    p, v, exact = _start(k, r, n, c, part)
    live = slice(None) if not exact.any() else np.flatnonzero(~exact)
    fine = False
    for _ in range(40):
        if isinstance(live, np.ndarray) and not live.size:
            break
        x, y = p[live], v[live]
        log_tail, width, slope = _tail(k[live], r[live], n[live], x, y, part[live], fine)
        f = log_tail + c[live]
        e = f * width / (1.0 - 0.5 * f * (slope * width - 1.0))
        p[live], v[live] = _moved(x, y, e)
        if fine:
            left = (np.abs(f) >= 2e-5) & (np.abs(e) * y >= 4e-15 * np.minimum(x, y))
            live = np.flatnonzero(left) if isinstance(live, slice) else live[left]
        fine = True
    return p, v


def _moved(p: Array, v: Array, e: Array) -> tuple[Array, Array]:
    """The pair after p += e v; a step that would leave (0, 1), or nearly, goes by the logarithm."""
    step = e * v
    left, right = p + step, v - step
    small = step < -0.5 * p
    if small.any():
        left[small] = (p * np.exp(np.maximum(step / p, -100.0)))[small]
    large = e > 0.5
    if large.any():
        right[large] = (v * np.exp(-np.minimum(e, 100.0)))[large]
    low = ~large & (small | (left < right))
    return np.where(low, left, 1.0 - right), np.where(low, 1.0 - left, right)


def _start(
    k: Array, r: Array, n: Array, c: Array, part: Array
) -> tuple[Array, Array, NDArray[np.bool_]]:
    """Pairs near the roots, and where they are the roots already."""
    z = _normal_deviate(c)
    p, v = kl_inverse_pair((k + 0.5) / n, (r - 0.5) / n, 0.5 * z * z / n * (1.0 + 1.0 / (6.0 * n)))
    d = np.where(p <= 0.5, n * p - k, r - n * v) - 0.5
    w = np.where(z > 0.1, (z / d) ** 2 * p * v, 1.0 / n)
    p, v = _moved(p, v, np.clip((v - p) / 6.0 * w / v, -0.5, 0.5))
    exact = np.zeros(k.shape, bool)
    (far,) = np.nonzero(c > 0.2 * r)
    if far.size:
        k, r, n = k[far], r[far], n[far]
        x = np.exp(-(c[far] + part[far] - k * np.log1p(-r / n) - r * np.log(r / n)) / r)
        exact[far] = n * x < 1e-18
        y = x * np.exp((k * x + np.log1p(-np.minimum(k * x / (r + 1.0), 0.5))) / r)
        y = np.where(exact[far], x, np.where(n * x < 0.5 * r, y, v[far]))
        p[far], v[far] = np.where(n * x < 0.5 * r, 1.0 - y, p[far]), y
    return p, v, exact


def _normal_deviate(c: Array) -> Array:
    """The z with P(N(0, 1) > z) = exp(-c), c >= ln 2, to 5e-4 (Abramowitz and Stegun 26.2.23)."""
    t = np.sqrt(2.0 * c)
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    deviate: Array = t - top / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    return deviate


def stirling_part(k: Array, r: Array, n: Array) -> Array:
    """ln C(n, k) + k ln(k/n) + r ln(r/n) for k, r >= 1: what Stirling leaves."""
    out = 0.5 * np.log(n / (2.0 * np.pi * k) / r)
    out += remainder(n)
    out -= remainder(k)
    out -= remainder(r)
    return out


def remainder(n: Array) -> Array:
    out = large_remainder(np.maximum(n, 16.0))
    (small,) = np.nonzero(n < 16.0)
    if small.size:
        out[small] = _SMALL[n[small].astype(int)]
    return out


def _tail(
    k: Array, r: Array, n: Array, p: Array, v: Array, part: Array, fine: bool
) -> tuple[Array, Array, Array]:
    """(ln P(X <= k), I, B) of the scalar's docstring, where the tail is small."""
    z = np.where(p <= 0.5, n * p - k, r - n * v)
    slope = (z - p) / p
    width = _integral(k, r - 1.0, v / p, slope, fine, _quick)
    log_tail = part + np.log(r * width) - deviance(k, n * p, z) - deviance(r, n * v, -z)
    return log_tail, width, slope


def _quick(k: Array, m: Array, odds: Array, slope: Array, y: Array) -> Array:
    """h without care: what it loses in the tail at large n, the root does not feel."""
    h = np.log1p(odds * y)
    h *= k
    h += m * np.log1p(-y)
    return h


def _careful(k: Array, m: Array, odds: Array, slope: Array, y: Array) -> Array:
    return k * log1pmx(odds * y) + m * log1pmx(-y) - slope * y


def _integral(
    k: Array, m: Array, odds: Array, slope: Array, fine: bool, exponent: Exponent
) -> Array:
    end = _end(k, m, odds, slope, 38.0 if fine else 13.0)
    total = np.zeros(k.shape)
    for x, weight in FINE_RULE if fine else COARSE_RULE:
        h = exponent(k, m, odds, slope, end * x)
        np.exp(h, out=h)
        h *= weight
        total += h
    return end * total


def _end(k: Array, m: Array, odds: Array, slope: Array, depth: float) -> Array:
    """Where h falls to -depth, at most 1.  As h is concave, a Newton step never stops short."""
    curvature = k * odds * odds + m
    y = 2.0 * depth / (slope + np.sqrt(slope * slope + 2.0 * depth * curvature))
    for _ in range(3):
        np.minimum(y, 0.95, out=y)
        x = odds * y
        h = _quick(k, m, odds, slope, y)
        y += (h + depth) / (slope + k * odds * x / (1.0 + x) + m * y / (1.0 - y))
    return np.minimum(y, 1.0)


def binomial_log_tail(k: ArrayLike, n: ArrayLike, p: ArrayLike) -> Any:
    """ln P(Bin(n, p) <= k); the doubles p are taken as exact."""
    return by_chunks(_log_tail, k, n, p, size=_CHUNK)


def binomial_log_tail_upper(j: ArrayLike, n: ArrayLike, p: ArrayLike) -> Any:
    """ln P(Bin(n, p) >= j); the doubles p are taken as exact."""
    return by_chunks(_log_tail_upper, j, n, p, size=_CHUNK)


def _log_tail(k: Array, n: Array, p: Array) -> Array:
    return _log_tail_of_pair(k, n, p, 1.0 - p, _excess(k, n, p))


def _log_tail_upper(j: Array, n: Array, p: Array) -> Array:
    return _log_tail_of_pair(n - j, n, 1.0 - p, p, -_excess(j, n, p))


def _excess(k: Array, n: Array, p: Array) -> Array:
    """n p - k."""
    high, low = exact_product(n, p)
    return (high - k) + low


def exact_product(x: Array, y: Array) -> tuple[Array, Array]:
    """x y as the sum of two doubles, after Dekker."""
    product = x * y
    x1, y1 = _head(x), _head(y)
    x2, y2 = x - x1, y - y1
    return product, ((x1 * y1 - product) + x1 * y2 + x2 * y1) + x2 * y2


def _head(x: Array) -> Array:
    t = 134217729.0 * x
    return t - (t - x)


def _log_tail_of_pair(k: Array, n: Array, p: Array, v: Array, z: Array) -> Array:
    """ln P(X <= k); the smaller tail is computed, the other is its complement."""
    out = _log_tail_at_the_edge(k, n, p, v)
    inside = (k >= 1.0) & (k <= n - 2.0) & (p > 0.0) & (v > 0.0)
    low, high = np.flatnonzero(inside & (z >= 0.5)), np.flatnonzero(inside & (z < 0.5))
    if low.size:
        out[low] = _small_log_tail(*(x[low] for x in (k, n - k, n, p, v, z)))
    if high.size:
        other = (n - k - 1.0, k + 1.0, n, v, p, 1.0 - z)
        out[high] = np.log1p(-np.exp(_small_log_tail(*(x[high] for x in other))))
    return out


def _log_tail_at_the_edge(k: Array, n: Array, p: Array, v: Array) -> Array:
    first = n * np.where(p < 0.5, np.log1p(-p), np.log(v))
    x = n * np.where(v < 0.5, np.log1p(-v), np.log(p))
    last = np.where(x > -LN2, np.log(-np.expm1(x)), np.log1p(-np.exp(x)))
    out = np.where(k == 0.0, first, last)
    out[(k < 0.0) | (p == 1.0)] = -np.inf
    out[(k >= n) | ((p == 0.0) & (k >= 0.0))] = 0.0
    out[~((p >= 0.0) & (v >= 0.0)) | np.isnan(k) | np.isnan(n)] = np.nan
    return out


def _small_log_tail(k: Array, r: Array, n: Array, p: Array, v: Array, z: Array) -> Array:
    width = _integral(k, r - 1.0, v / p, (z - p) / p, True, _careful)
    spread = deviance(k, n * p, z) + deviance(r, n * v, -z)
    log_tail: Array = stirling_part(k, r, n) + np.log(r * width) - spread
    return log_tail
