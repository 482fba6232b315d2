"""Exact limits without replacement on arrays: the twin of floats/hypergeometric.py.

The same search, all entries at once; an entry so near a tie that floats cannot decide, or with a
population beyond 2**53, is settled by the scalar.  Broadcasting; float64 in and out; nan where the
scalar is nan.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from genbounds.backends.arrays.binomial import (
    binomial_tail_inverse,
    exact_product,
    remainder,
    stirling_part,
)
from genbounds.backends.arrays.series import Array, by_chunks, deviance, log1pmx
from genbounds.backends.floats import hypergeometric as scalars
from genbounds.backends.floats.binomial import FINE_RULE, LN2
from genbounds.backends.floats.hypergeometric import margin as scalar_margin

_CHUNK = 8192
_LONGEST_SUM = 400.0
_EPS = 2.0**-52
_MOST = 2.0**53


def hypergeometric_tail_inverse(k: ArrayLike, n: ArrayLike, N: ArrayLike, c: ArrayLike) -> Any:
    """The largest K with P(Hyp(N, K, n) <= k) >= exp(-c); equal to the scalar's."""
    return _mended("hypergeometric_tail_inverse", _upper, k, n, N, c)


def hypergeometric_tail_inverse_lower(
    k: ArrayLike, n: ArrayLike, N: ArrayLike, c: ArrayLike
) -> Any:
    """The smallest K with P(Hyp(N, K, n) >= k) >= exp(-c); equal to the scalar's."""
    return _mended("hypergeometric_tail_inverse_lower", _lower, k, n, N, c)


def _lower(k: Array, n: Array, N: Array, c: Array) -> Array:
    return N - _upper(n - k, n, N, c)


def _mended(name: str, search: Any, *arguments: ArrayLike) -> Any:
    """The search on arrays; populations whose counts floats do not hold are left to the scalar."""
    k, n, N, c = np.broadcast_arrays(*(np.asarray(x, float) for x in arguments))
    out = np.array(by_chunks(search, k, n, np.minimum(N, _MOST), c, size=_CHUNK))
    for at in map(tuple, np.argwhere(_MOST < N)):
        out[at] = getattr(scalars, name)(*(int(x[at]) for x in (k, n, N)), float(c[at]))
    return out


def hypergeometric_log_tail(k: ArrayLike, N: ArrayLike, K: ArrayLike, n: ArrayLike) -> Any:
    """ln P(Hyp(N, K, n) <= k), as accurate as the scalar's."""
    return by_chunks(_log_tail, k, N, K, n, size=_CHUNK)


def _log_tail(k: Array, N: Array, K: Array, n: Array) -> Array:
    out = np.full(k.shape, np.nan)
    valid = (K >= 0.0) & (K <= N) & (n >= 0.0) & (n <= N)
    out[valid & (k < np.maximum(0.0, n + K - N))] = -np.inf
    rest = np.flatnonzero(valid & (k >= np.maximum(0.0, n + K - N)))
    out[rest] = _log_tails(np.trunc(k[rest]), n[rest], N[rest], K[rest])[0]
    return out


def _upper(k: Array, n: Array, N: Array, c: Array) -> Array:
    out = np.full(k.shape, np.nan)
    valid = (k >= 0.0) & (k <= n) & (n <= N) & (c >= 0.0)
    whole = valid & ((k == n) | (n == N) | (c == np.inf))
    none = valid & ~whole & (c == 0.0)
    out[whole], out[none] = (N - n + k)[whole], k[none]
    rest = np.flatnonzero(valid & ~whole & ~none)
    if rest.size:
        out[rest] = _search(k[rest], n[rest], N[rest], c[rest])
    return out


def _search(k: Array, n: Array, N: Array, c: Array) -> Array:
    """Newton's steps on the log of the tail, between integers that pass and integers that fail."""
    low, high = k.copy(), N - n + k + 1.0
    p, q = binomial_tail_inverse(k, n, c), (k + 0.5) / n
    guess = np.floor(N * (q + (p - q) * np.sqrt((N - n) / (N - 1.0))))
    live = np.flatnonzero(high - low > 1.0)
    for i in range(400):
        if not live.size:
            break
        below, above, x = low[live], high[live], guess[live]
        lost = ~((x >= below - 2.0) & (x <= above + 2.0)) | (i % 24 == 23)
        K = np.where(lost, np.floor(0.5 * (below + above)), x)
        K = np.clip(K, below + 1.0, above - 1.0)
        value, slope, passes = _margin(k[live], n[live], N[live], K, c[live])
        low[live], high[live] = np.where(passes, K, below), np.where(passes, above, K)
        guess[live] = np.where(slope > 0.0, K + np.trunc(value / slope) - (value < 0.0), -9.0)
        live = live[high[live] - low[live] > 1.0]
    return low


def _margin(k: Array, n: Array, N: Array, K: Array, c: Array) -> tuple[Array, Array, Any]:
    """The scalar's margin; the scalar itself decides where floats cannot."""
    below, above = _log_tails(k, n, N, K)
    log_step = _log_mass(k, n, N, K) + np.log((n - k) / (N - K))
    tie = 4.0 * _EPS * c + 0.5 * _EPS * (c > 0.5 * _EPS)
    blur = 1e-12 * np.minimum(c, 1.0) + 1e-13 * c
    small, low_c = c >= LN2, np.minimum(c, LN2)
    value = np.where(small, below + c, -(above - np.log(-np.expm1(-low_c))))
    slope = np.exp(log_step - np.where(small, below, above))
    tie = np.where(small, tie, np.log1p(tie / np.expm1(low_c)))
    blur = np.where(small, blur, blur / np.expm1(low_c))
    certain = above == -np.inf
    value[certain], slope[certain] = np.inf, 0.0
    passes = value + tie > 0.0
    for i in np.flatnonzero(~(np.abs(value + tie) > blur)):
        passes[i] = scalar_margin(int(k[i]), int(n[i]), int(N[i]), int(K[i]), float(c[i]))[2]
    return value, slope, passes


def _log_tails(k: Array, n: Array, N: Array, K: Array) -> tuple[Array, Array]:
    """(ln P(X <= k), ln P(X > k)): the smaller is computed, the other is its complement."""
    below, above = np.zeros(k.shape), np.full(k.shape, -np.inf)
    inside = k < np.minimum(n, K)
    low = inside & (_excess(k, n, N, K) >= 0.5 * N)
    i, j = np.flatnonzero(low), np.flatnonzero(inside & ~low)
    if i.size:
        below[i] = _small_log_tail(k[i], n[i], N[i], K[i])
        above[i] = np.log1p(-np.exp(below[i]))
    if j.size:
        above[j] = _small_log_tail((n - k - 1.0)[j], n[j], N[j], (N - K)[j])
        below[j] = np.log1p(-np.exp(above[j]))
    return below, above


def _excess(k: Array, n: Array, N: Array, K: Array) -> Array:
    """K n - k N, rounded once or twice."""
    (a, b), (c, d) = exact_product(K, n), exact_product(k, N)
    return (a - c) + (b - d)


def _log_mass(x: Array, n: Array, N: Array, K: Array) -> Array:
    a, b, d = K - x, n - x, N - K - n + x
    q, z = n / N, _excess(x, n, N, K) / N
    v = (N - n) / N
    spread = deviance(x, K * q, z) + deviance(a, K * v, -z)
    spread += deviance(b, (N - K) * q, -z) + deviance(d, (N - K) * v, z)
    return _leftover(x, a) + _leftover(b, d) - _leftover(n, N - n) - spread


def _leftover(k: Array, r: Array) -> Array:
    both = (k > 0.0) & (r > 0.0)
    return np.where(both, stirling_part(np.maximum(k, 1.0), np.maximum(r, 1.0), k + r), 0.0)


def _small_log_tail(k: Array, n: Array, N: Array, K: Array) -> Array:
    """ln P(X <= k) for k below the mean."""
    counts = k, K - k, n - k, N - K - n + k
    surplus = _excess(k, n, N, K)
    total = np.empty(k.shape)
    long = _length(counts, surplus) >= _LONGEST_SUM
    i, j = np.flatnonzero(~long), np.flatnonzero(long)
    total[i] = _sum(*(x[i] for x in counts))
    if j.size:
        total[j] = _smooth_sum([x[j] for x in counts], surplus[j])
    log_tail: Array = _log_mass(k, n, N, K) + np.log(total)
    return log_tail


def _length(counts: tuple[Array, ...], surplus: Array) -> Array:
    """About how many terms the sum downwards has."""
    k, b, a, d = counts
    gap = np.log1p(np.maximum(surplus, 0.0) / (k * d))
    curvature = 1.0 / k + 1.0 / d + 1.0 / (a + 1.0) + 1.0 / (b + 1.0)
    length: Array = np.minimum(
        78.0 / (gap + np.sqrt(gap * gap + 78.0 * curvature)), np.minimum(k, d) + 1.0
    )
    return np.where(np.minimum(k, d) == 0.0, 1.0, length)


def _sum(k: Array, b: Array, a: Array, d: Array) -> Array:
    """P(X <= k)/P(X = k), term by term downwards; finished entries leave every 16 terms."""
    out, term = np.ones(k.shape), np.ones(k.shape)
    total, live = out.copy(), np.arange(k.size)
    shift = 0.0
    while live.size:
        for _ in range(16):
            term *= np.maximum(k - shift, 0.0) * np.maximum(d - shift, 0.0)
            shift += 1.0
            term /= (a + shift) * (b + shift)
            total += term
        out[live] = total
        go = np.flatnonzero(term > 1e-17 * total)
        live = live[go]
        k, a, b, d, term, total = (x[go] for x in (k, a, b, d, term, total))
    return out


def _smooth_sum(counts: list[Array], surplus: Array) -> Array:
    """The same by Euler-Maclaurin where all four counts are large."""
    k, b, a, d = counts
    slope = np.log1p(-surplus / (a * b))
    shape = k, d, a, b, slope
    end = _end(shape)
    total = 0.5 + end * sum(w * np.exp(_log_ratio(shape, end * x)) for x, w in FINE_RULE)
    g1 = slope + _psi_excess(k) + _psi_excess(d) - _psi_excess(a) - _psi_excess(b)
    g2 = -(1.0 / k + 1.0 / d + 1.0 / a + 1.0 / b)
    g3 = a**-2.0 + b**-2.0 - k**-2.0 - d**-2.0
    third = g1**3 + 3.0 * g1 * g2 + g3
    fifth = g1**5 + 10.0 * g1**3 * g2 + 15.0 * g1 * g2 * g2
    result: Array = total - g1 / 12.0 + third / 720.0 - fifth / 30240.0
    return result


def _psi_excess(a: Array) -> Array:
    """psi(a+1) - ln a."""
    return 0.5 / a - 1.0 / (12.0 * a * a)


def _log_ratio(shape: tuple[Array, ...], x: Array) -> Array:
    """ln of P(X = k-x)/P(X = k) for real x."""
    k, d, a, b, slope = shape
    return slope * x + _fall(k, x) + _fall(d, x) + _fall(a, -x) + _fall(b, -x)


def _fall(a: Array, x: Array) -> Array:
    """ln(a!/(a-x)!) - x ln a, by Stirling."""
    y = a - x
    change: Array = (0.5 - x) * x / a - (y + 0.5) * log1pmx(-x / a)
    # remainders below 16 are tabled at integers only; here every count is far above
    return change + remainder(a) - remainder(y)


def _end(shape: tuple[Array, ...]) -> Array:
    """Where the terms have fallen by exp(-38), by Newton's steps on a concave function."""
    k, d, a, b, slope = shape
    curvature = 1.0 / k + 1.0 / d + 1.0 / a + 1.0 / b
    x = 76.0 / (np.sqrt(slope * slope + 76.0 * curvature) - slope)
    limit = np.minimum(k, d)
    for _ in range(3):
        x = np.minimum(x, 0.999 * limit)
        fall = -np.log((k - x) / (a + x) * ((d - x) / (b + x)))
        x += (_log_ratio(shape, x) + 38.0) / fall
    return np.minimum(x, limit)
