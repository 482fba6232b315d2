"""Slopes that need a search or a sum over a sequence: numpy arrays in and out, one entry a time.

Same contract as `PARTIALS`, but only once: these are not differentiated again.  The slopes in a
sequence have one axis more than the value, its own, the last.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Partials = tuple[Any, ...]


# --- the betting interval


def _betting(sign: float, every_n: bool) -> Callable[..., Partials]:
    """The slopes of the end on the side of `sign`."""

    def slopes(value: Any, losses: Any, c: Any, cap: Any) -> Partials:
        x = np.asarray(losses, float)
        value, c, cap = np.broadcast_arrays(value, c, cap)
        entries = zip(value.flat, c.flat, cap.flat, strict=True)
        rows = [_end_slopes(x, *entry, sign, every_n) for entry in entries]
        in_losses, in_c, in_cap = (np.array(column) for column in zip(*rows, strict=True))
        shape = value.shape
        return in_losses.reshape(*shape, len(x)), in_c.reshape(shape), in_cap.reshape(shape)

    return slopes


def _end_slopes(
    x: Any, m: float, c: float, cap: float, sign: float, every_n: bool
) -> tuple[Any, float, float]:
    """Of the m where ln K(m) = sum of ln(1 + s min(b_t, cap/room)(m - x_t)) is c.

    By implicit differentiation; 0 where the end is that of [0, 1], which nothing moves.
    """
    if not 0.0 < (1.0 - m if sign > 0 else m) < 1.0:
        return np.zeros(len(x)), 0.0, 0.0
    bets, variances = _bets(x, c, every_n)
    for _ in range(2):  # the end lies outwards by a rounding, which a small room would feel
        surplus, in_m, _, _ = _capital(x, m, bets, cap, sign)
        m -= (surplus - c) / in_m
    _, in_m, wagers, in_wagers = _capital(x, m, bets, cap, sign)
    capped = wagers < bets
    in_bets = np.where(capped, 0.0, in_wagers * bets)
    direct = -sign * wagers / (1.0 + sign * wagers * (m - x))
    in_losses = _through_variance(x, in_bets / variances) + direct
    in_c = np.sum(in_bets) / (2.0 * c) - 1.0
    in_cap = np.sum(np.where(capped, in_wagers * wagers, 0.0)) / cap
    return -in_losses / in_m, -in_c / in_m, -in_cap / in_m


def _capital(x: Any, m: float, bets: Any, cap: float, sign: float) -> tuple[Any, Any, Any, Any]:
    """ln K(m), its slope in m, the wagers, and its slope in every wager."""
    room = 1.0 - m if sign > 0 else m
    wagers = np.minimum(bets, cap / room)
    gains = sign * wagers * (m - x)
    moved = np.where(wagers < bets, sign * gains / room, 0.0)
    in_m = np.sum((sign * wagers + moved) / (1.0 + gains))
    return np.sum(np.log1p(gains)), in_m, wagers, sign * (m - x) / (1.0 + gains)


def _bets(x: Any, c: float, every_n: bool) -> tuple[Any, Any]:
    """sqrt(2c/(n v)), and v: the variance of the earlier losses and of one at 1/2."""
    t = np.arange(1.0, len(x) + 1.0)
    squares = 0.25 + np.cumsum((x - _means(x)) ** 2)
    variances = np.append(0.25, (squares / (t + 1.0))[:-1])
    sizes = t * np.log(t + 1.0) if every_n else len(x)
    return np.sqrt(2.0 * c / (sizes * variances)), variances


def _means(x: Any) -> Any:
    return (0.5 + np.cumsum(x)) / np.arange(2.0, len(x) + 2.0)


def _through_variance(x: Any, in_log_variance: Any) -> Any:
    """What the losses do through later bets, which fall by half of what ln v grows by.

    The variance of round t+1 is (1/4 + sum over i <= t of (x_i - mean_i)^2)/(t+1).
    """
    t = np.arange(1.0, len(x) + 1.0)
    in_squares = np.append(-0.5 * in_log_variance[1:], 0.0) / (t + 1.0)
    in_square = 2.0 * (x - _means(x)) * _from_here_on(in_squares)
    return in_square - _from_here_on(in_square / (t + 1.0))


def _from_here_on(x: Any) -> Any:
    """The sums over this entry and all later ones."""
    return np.cumsum(x[::-1])[::-1]


# --- the double sample


def _double_sample(value: Any, log_growth: Any, n: Any, n_ghost: Any, c: Any) -> Partials:
    """At the best threshold j, by the envelope theorem; 0 in the counts n and n_ghost."""
    arrays = np.broadcast_arrays(value, log_growth, n, n_ghost, c)
    slopes = [
        _threshold_slope(*map(float, row)) for row in zip(*(a.flat for a in arrays), strict=True)
    ]
    slope = np.array(slopes).reshape(arrays[0].shape)
    return slope, 0.0 * slope, 0.0 * slope, slope


def _threshold_slope(value: float, log_growth: float, n: float, n_ghost: float, c: float) -> float:
    from genbounds.backends.derivatives import PARTIALS
    from genbounds.backends.floats.binomial import binomial_tail_inverse_lower
    from genbounds.backends.floats.hypergeometric import hypergeometric_log_mass
    from genbounds.backends.floats.searches import least

    if value >= 1.0:
        return 0.0
    k, tried = int(n_ghost), {1.0: (0.0, 0.0)}

    def certified(j: float) -> float:
        """The risk that j certifies, recorded with j and its budget."""
        if j > k:
            return np.inf
        cost = -hypergeometric_log_mass(0, int(n), int(n) + k, int(j)) - log_growth - c
        risk = binomial_tail_inverse_lower(j, k, cost) if cost > 0.0 else 1.0
        tried.setdefault(risk, (j, cost))
        return risk

    risk = least(certified, 1, k, "j")
    j, cost = tried[risk]
    return float(-PARTIALS["binomial_tail_inverse_lower"](risk, j, n_ghost, cost)[2])


HOST_PARTIALS: dict[str, Callable[..., Partials]] = {
    "betting_lower": _betting(-1.0, False),
    "betting_lower_every_n": _betting(-1.0, True),
    "betting_upper": _betting(1.0, False),
    "betting_upper_every_n": _betting(1.0, True),
    "double_sample_inverse": _double_sample,
}
"""name -> the function (value, *arguments) -> slopes."""
