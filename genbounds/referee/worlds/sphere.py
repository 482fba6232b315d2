"""The uniform law on a sphere, seen in a plane: draws with a gap, and risks of linear predictors.

Two coordinates of a uniform point of the unit sphere in R^d, in polar form, are a uniform angle psi
and, independent of it, a length R with P(R > r) = (1 - r^2)^((d - 2)/2). The plane holds the
labelling vector at psi = 0 and the predictor at psi = a; both signs of a point are alike, so that
the right half, cos psi > 0, is enough.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np

from genbounds.referee.draws import NotKnownError

NODES = 24
"""Nodes of the Gauss-Legendre rule on each smooth piece."""
MANY = 2048
"""Angles from which on a spline through as many spares the integrals."""
MOST_COORDINATES, LEAST_GAP, STEEPEST = 50, 0.01, 100.0
"""Where the precisions below are tested: up to so many coordinates, a gap of 0 or from here on."""
SIGN_PRECISION, RAMP_PRECISION = 1e-7, 5e-6
"""Largest absolute errors of `disagreement` and `ramp_risk`."""


def points_with_gap(dim: int, gap: float, shape: tuple[int, ...], rng: Any) -> Any:
    """(*shape, dim) points, uniform where the first coordinate is at least `gap` >= 0.

    The square of that coordinate has a Beta(1/2, (dim - 1)/2) law, by the inverse of whose
    distribution function it is drawn; the others have a uniform direction.
    """
    from scipy.special import betainc, betaincinv

    rest = rng.standard_normal((*shape, dim - 1))
    rest /= np.linalg.norm(rest, axis=-1, keepdims=True)
    half = (dim - 1) / 2
    low = betainc(0.5, half, gap**2)
    square = betaincinv(0.5, half, low + (1 - low) * rng.random((*shape, 1)))
    square = np.maximum(square, gap**2)
    return np.concatenate([np.sqrt(square), np.sqrt(1 - square) * rest], axis=-1)


def disagreement(angle: Any, dim: int, gap: float = 0.0) -> Any:
    """The probability that the signs of two vectors at this angle, in [0, pi], differ.

    angle/pi without a gap; else accurate to `SIGN_PRECISION`.
    """
    angle = np.asarray(angle, float)
    if gap == 0:
        return angle / math.pi
    small = np.minimum(angle, math.pi - angle)
    found = _mass(small - math.pi / 2, dim, gap) / (2 * _mass(np.zeros(()), dim, gap))
    return np.where(angle <= math.pi / 2, found, 1 - found)


def _mass(end: Any, dim: int, gap: float) -> Any:
    """The integral over psi from its least value to `end` <= 0 of P(R cos psi >= gap)."""
    first, near = _near_the_gap(dim, gap)
    edges = [np.minimum(np.maximum(end, first), edge) for edge in (*near, 0.0)]
    starts = [np.full(np.shape(end), first), *edges[:-1]]
    psi, step = _smoothed(np.stack(starts, axis=-1), np.stack(edges, axis=-1))
    return (_beyond(gap / np.cos(psi), dim) * step).sum(axis=(-1, -2))


def _near_the_gap(dim: int, gap: float) -> tuple[float, list[float]]:
    """The least psi, and where P(R cos psi >= gap) has risen, which takes about gap sqrt(dim)."""
    scale = gap * math.sqrt(dim)
    return -math.acos(gap), [min(0.0, k * scale - math.pi / 2) for k in (3, 30)]


def _smoothed(start: Any, end: Any) -> tuple[Any, Any]:
    """(..., NODES) points of a rule for each piece, and their weights.

    Integrands behave like half-integer powers at the ends of pieces; 3 u^2 - 2 u^3 in place of u
    makes them smooth.
    """
    nodes, weights = _rule(NODES)
    length = (end - start)[..., None]
    points = start[..., None] + length * nodes**2 * (3 - 2 * nodes)
    return points, length * 6 * nodes * (1 - nodes) * weights


def _beyond(r: Any, dim: int) -> Any:
    """P(R > r)."""
    return np.where(r < 1, np.maximum(1 - r * r, 0) ** ((dim - 2) / 2), 0.0)


def ramp_risk(angle: Any, slope: float, dim: int, gap: float = 0.0) -> Any:
    """The mean of the ramp min(1, max(0, 1 - slope s)), s = sign(<w, x>) <v, x>, |v| = |w| = 1.

    v is at this angle, in [0, pi], to w. Accurate to `RAMP_PRECISION`. Given psi the score is c R,
    with c = cos(psi - angle), and by parts over R, from r = gap/cos(psi) on, the mean of the
    ramp is ramp(c r) P(R > r) less slope c times the integral of P(R > .) over [r, 1/(slope c)].
    """
    if slope > STEEPEST:
        raise NotKnownError(
            f"the risk of a ramp is known up to the slope {STEEPEST:g}, got {slope!r}"
        )
    spline = _spline(slope, dim, gap) if np.size(angle) > MANY else None
    found = _integrated(angle, slope, dim, gap) if spline is None else spline(angle)
    return np.clip(found, 0, 1)


@lru_cache(maxsize=64)
def _spline(slope: float, dim: int, gap: float) -> Any:
    """A spline through the risks at many angles, if it meets those in between; else None."""
    from scipy.interpolate import CubicSpline

    grid = np.linspace(0, math.pi, MANY + 1)
    risks = _integrated(grid, slope, dim, gap)
    spline = CubicSpline(grid[::2], risks[::2])
    misses = np.abs(spline(grid[1::2]) - risks[1::2]).max()
    return spline if misses <= RAMP_PRECISION / 4 else None


def _integrated(angle: Any, slope: float, dim: int, gap: float) -> Any:
    """`ramp_risk` at each angle by an integral of its own."""
    a = np.atleast_1d(np.asarray(angle, float))
    breaks = _kinks(a, slope, dim, gap)
    psi, step = _smoothed(breaks[..., :-1], breaks[..., 1:])
    mean, live = np.zeros(psi.shape), step > 0
    turned = np.broadcast_to(a[..., None, None], psi.shape)
    mean[live] = _mean_ramp(psi[live], turned[live], slope, dim, gap)
    total = (mean * step).sum(axis=(-1, -2)) / (2 * _mass(np.zeros(()), dim, gap))
    return total.reshape(np.shape(angle))


def _mean_ramp(psi: Any, angle: Any, slope: float, dim: int, gap: float) -> Any:
    """The integral of ramp(c R) over R >= gap/cos(psi), one for each psi."""
    c, r = slope * np.cos(psi - angle), gap / np.cos(psi)
    mean = _beyond(r, dim)
    right = c > 0
    c, r = c[right], r[right]
    end, lost = np.minimum(1, 1 / c), np.zeros(c.shape)
    falls = r < end
    lost[falls] = _beyond_integral(r[falls], dim) - _beyond_integral(end[falls], dim)
    mean[right] = np.clip(1 - c * r, 0, 1) * mean[right] - c * lost
    return mean


def _beyond_integral(r: Any, dim: int) -> Any:
    """The integral of P(R > .) over [r, 1]: an incomplete beta function of r^2."""
    from scipy.special import beta, betaincc

    return 1 - r if dim == 2 else beta(0.5, dim / 2) / 2 * betaincc(0.5, dim / 2, r * r)


def _kinks(angle: Any, slope: float, dim: int, gap: float) -> Any:
    """Where the integrand over psi is not smooth, in order, between its first and last values.

    These are its ends, score 0, a ramp that ends at R = 1 or within it for most R, and, with a gap,
    one that ends there and the neighbourhood of the ends.
    """
    last, reach = math.acos(gap), math.acos(min(1.0, 1 / slope))
    falls = min(math.pi / 2, 4 * math.sqrt(dim) / slope)
    found = [angle - math.pi / 2, angle - math.pi / 2 + falls, angle - reach, angle + reach]
    if gap > 0:
        found.append(np.arctan2(1 / (slope * gap) - np.cos(angle), np.sin(angle)))
        near = _near_the_gap(dim, gap)[1]
        found += [np.full(angle.shape, side * x) for x in near for side in (1, -1)]
    ends = [np.full(angle.shape, -last), np.full(angle.shape, last)]
    return np.sort(np.clip(np.stack([*ends, *found], axis=-1), -last, last), axis=-1)


@lru_cache(maxsize=4)
def _rule(count: int) -> tuple[Any, Any]:
    """Nodes and weights of Gauss and Legendre on [0, 1]."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return (nodes + 1) / 2, weights / 2
