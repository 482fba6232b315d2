"""Logarithms of binomial coefficients and of their partial sums: the twin of floats/sauer.py.

Every entry takes the scalar's route, all entries together: Stirling's formula around the entropy
for the last term, then the ratio series, or Euler-Maclaurin where that has over a thousand terms.
Arguments are whole numbers; accurate to 1e-15 relative.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from genbounds.backends.arrays.series import Array, by_chunks, deviance, stirling_remainder
from genbounds.backends.floats.sauer import DIRECT_TERMS, GAUSS, LN2
from genbounds.backends.floats.series import HALF_LOG_TWO_PI


def log_binomial(n: ArrayLike, k: ArrayLike) -> Any:
    """ln C(n, k): -inf where k < 0 or k > n, nan where n < 0 or an argument is not whole."""
    return by_chunks(_log_binomial, n, k)


def log_sauer(n: ArrayLike, d: ArrayLike) -> Any:
    """ln of sum over i <= d of C(n, i): n ln 2 from d = n on, 0 at d = 0, -inf for d < 0."""
    return by_chunks(_log_sauer, n, d)


def log_cover(n: ArrayLike, d: ArrayLike) -> Any:
    """ln of 2 sum over i < d of C(n-1, i): Cover's count; -inf at d = 0, nan where n < 1."""
    return by_chunks(lambda n, d: LN2 + _log_sauer(n - 1.0, d - 1.0), n, d)


def _log_binomial(n: Array, k: Array) -> Array:
    inside = (k >= 0.0) & (k <= n) & (n < np.inf)
    out = np.full(n.shape, -np.inf)
    m = n[inside]
    out[inside] = _central(m, np.minimum(k[inside], m - k[inside]))
    return _mark(out, n, k)


def _log_sauer(n: Array, d: Array) -> Array:
    out = n * LN2
    proper = (d >= 0.0) & (d < n) & (n < np.inf) & (n == np.floor(n)) & (d == np.floor(d))
    if proper.any():
        out[proper] = _log_proper_sum(n[proper], d[proper])
    out[d == 0.0] = 0.0
    out[d < 0.0] = -np.inf
    return _mark(out, n, d)


def _mark(out: Array, n: Array, k: Array) -> Array:
    """nan for negative n and fractions, and the limits at n = inf."""
    infinite = n == np.inf
    out[infinite] = np.where(k > 0.0, np.inf, np.where(k == 0.0, 0.0, -np.inf))[infinite]
    out[~(n >= 0.0) | (n != np.floor(n)) | (k != np.floor(k))] = np.nan
    return out


def _central(n: Array, k: Array) -> Array:
    """ln C(n, k) for 0 <= 2k <= n."""
    j = np.maximum(k, 1.0)
    m = n - j
    entropy = j * np.log(n / j) - m * np.log1p(-j / n)
    small = stirling_remainder(n) - stirling_remainder(j) - stirling_remainder(m)
    out = entropy + (small - HALF_LOG_TWO_PI - 0.5 * np.log(j * (m / n)))
    return np.where(k == 0.0, 0.0, np.where(k == 1.0, np.log(n), out))


def _log_proper_sum(n: Array, d: Array) -> Array:
    """For 0 <= d < n; from the complement, at most half of 2**n, where that is the smaller."""
    lower = 2.0 * d < n
    e = np.where(lower, d, n - d - 1.0)
    total = _central(n, e) + np.log(_sum_over_last_term(n, e))
    everything = n * LN2
    missing = np.minimum(total - everything, -LN2)
    return np.where(lower, total, everything + np.log1p(-np.exp(missing)))


def _sum_over_last_term(n: Array, d: Array) -> Array:
    slope = (n - 2.0 * d + 1.0) / (n - d + 1.0)
    reach = 72.0 / (slope + np.sqrt(slope * slope + 288.0 / n))
    out = np.ones_like(n)
    near = reach < DIRECT_TERMS
    out[near] = _direct_sum(d[near], n[near] - d[near] + 1.0)
    far = ~near
    if far.any():
        out[far] = _integral_sum(n[far], d[far], reach[far])
    return out


def _direct_sum(d: Array, m: Array) -> Array:
    """Sixteen terms at a time on the entries still running."""
    total = np.ones_like(d)
    part, term, where = total.copy(), np.ones_like(d), np.arange(d.size)
    while where.size:
        for _ in range(16):
            term *= d / m
            part += term
            d = d - 1.0
            m = m + 1.0
        total[where] = part
        running = term > 1e-17
        d, m, part, term = d[running], m[running], part[running], term[running]
        where = where[running]
    return total


def _integral_sum(n: Array, d: Array, reach: Array) -> Array:
    """Euler-Maclaurin on f(t) = C(n, d-t)/C(n, d), which is below 1e-15 from t = reach on."""
    m = n - d
    tilt = np.log1p((2.0 * d - n) / m)
    first = tilt + 0.5 / d - 0.5 / m
    third = first * (first * first - 3.0 / d - 3.0 / m)
    area = np.zeros_like(n)
    for low, high in ((0.0, 0.25), (0.25, 1.0)):
        half, middle = 0.5 * (high - low) * reach, 0.5 * (high + low) * reach
        for x, w in GAUSS:
            pair = _ratio(d, m, tilt, middle - x * half) + _ratio(d, m, tilt, middle + x * half)
            area += w * half * pair
    return area + 0.5 - first / 12.0 + third / 720.0


def _ratio(k: Array, m: Array, tilt: Array, t: Array) -> Array:
    """C(n, k-t)/C(n, k) for n = k+m, by Stirling's formula."""
    a, b = k - t, m + t
    h = t * tilt - deviance(a, k, t) - deviance(b, m, -t)
    h -= 0.5 * (np.log1p(-t / k) + np.log1p(t / m))
    return np.exp(h - (t / (k * a) - t / (m * b)) / 12.0)
