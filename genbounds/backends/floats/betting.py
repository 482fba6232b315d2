"""The ends of the betting interval for a mean in [0, 1] (Waudby-Smith and Ramdas).

Whoever doubts that the mean is as large as m bets against it, round after round, with the capital

    K-(m) = prod_t (1 + min(b_t, cap/(1-m)) (m - x_t)),    b_t made of earlier losses only.

At the true mean this is a nonnegative martingale that starts from 1, so it ever reaches 1/delta
with probability at most delta.  Every factor grows with m: it is 1 + b_t (m - x_t) up to the m
where the cap takes over, then 1 - cap + cap (1-x_t)/(1-m).  So the m that are not rejected,
K-(m) < 1/delta, form an interval from 0 to the upper end.  Exchanging x, m for 1-x, 1-m gives the
lower end.

The end returned has itself been rejected, with room for the rounding of all factors: it errs only
outwards, by 1e-14 in general (more where the cap is next to 1).  Rounded bets are as good as exact
ones: they too are made of earlier losses only.  numpy is imported from 1000 losses on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil, fsum, inf, log, log1p, log2, sqrt
from typing import Any

_LONG = 1000
_ROWS = 64
_WIDTH = 1e-15
_ROUNDING = 1e-15
_SMALL = 1e-3


def betting_upper(losses: Sequence[float], c: float, cap: float) -> float:
    """The upper end for the mean at failure probability exp(-c), for n fixed in advance."""
    return _end(losses, c, cap, 1.0, False)


def betting_lower(losses: Sequence[float], c: float, cap: float) -> float:
    """The lower end for the mean at failure probability exp(-c), for n fixed in advance."""
    return _end(losses, c, cap, -1.0, False)


def betting_upper_every_n(losses: Sequence[float], c: float, cap: float) -> float:
    """The upper end that holds at every n at once."""
    return _end(losses, c, cap, 1.0, True)


def betting_lower_every_n(losses: Sequence[float], c: float, cap: float) -> float:
    """The lower end that holds at every n at once."""
    return _end(losses, c, cap, -1.0, True)


def _end(losses: Sequence[float], c: float, cap: float, sign: float, every_n: bool) -> float:
    """The end on the side of `sign`, or that side's end of [0, 1] where even it is not rejected."""
    log_capital = (_long if len(losses) >= _LONG else _short)(losses, c, cap, sign, every_n)

    def surplus(m: float) -> float:
        value, doubt = log_capital(m)
        return value - c - _ROUNDING * (doubt + c)

    kept, rejected = (0.0, 1.0) if sign > 0 else (1.0, 0.0)
    low, high = surplus(kept), surplus(rejected)
    return _edge(surplus, kept, low, rejected, high) if high >= 0.0 else rejected


def _edge(
    surplus: Callable[[float], float], kept: float, low: float, rejected: float, high: float
) -> float:
    """The rejected end of a short bracket of the sign change, by the ITP method from ends 1 apart.

    It takes about 11 evaluations, and never many more than the 50 of bisection.
    """
    radius = _WIDTH * 2.0 ** ceil(log2(1.0 / _WIDTH))
    while abs(rejected - kept) > _WIDTH:
        middle = 0.5 * (kept + rejected)
        secant = middle
        if low > -inf and high < inf:
            secant = kept - low * ((rejected - kept) / (high - low))
        towards = 1.0 if middle > secant else -1.0
        nudge = max(0.2 * (rejected - kept) ** 2, 0.3 * _WIDTH)
        probe = secant + towards * nudge if nudge < abs(middle - secant) else middle
        reach = radius - 0.5 * abs(rejected - kept)
        if abs(probe - middle) > reach:
            probe = middle - towards * reach
        value = surplus(probe)
        if value >= 0.0:
            rejected, high = probe, value
        else:
            kept, low = probe, value
        radius *= 0.5
    return rejected


def _short(
    losses: Sequence[float], c: float, cap: float, sign: float, every_n: bool
) -> Callable[[float], tuple[float, float]]:
    """m -> ln K(m) and its possible error in units of 9 roundings, one loss at a time."""
    bets = list(_bets(losses, c, every_n))

    def log_capital(m: float) -> tuple[float, float]:
        most = _most(cap, m, sign)
        gains = [sign * min(bet, most) * (m - x) for x, bet in zip(losses, bets, strict=True)]
        if min(gains) <= -1.0:  # only by rounding, for a cap next to 1
            return -inf, 0.0
        # an error of 6 roundings in a gain moves ln(1 + gain) by that over 1 + gain
        doubt = fsum(abs(gain) / min(1.0, 1.0 + gain) for gain in gains)
        return fsum(map(log1p, gains)), doubt

    return log_capital


def _bets(losses: Sequence[float], c: float, every_n: bool) -> Any:
    """sqrt(2c/(n v)), v the variance of the earlier losses and of one at 1/2 of variance 1/4."""
    n = len(losses)
    total, squares, variance = 0.5, 0.25, 0.25
    for t, x in enumerate(losses, 1):
        yield sqrt(2.0 * c / ((t * log(t + 1.0) if every_n else n) * variance))
        total += x
        squares += (x - total / (t + 1.0)) ** 2
        variance = squares / (t + 1.0)


def _most(cap: float, m: float, sign: float) -> float:
    """The largest bet that cannot lose more than `cap` of the capital."""
    room = 1.0 - m if sign > 0 else m
    return cap / room if room > 0.0 else inf


def _long(
    losses: Sequence[float], c: float, cap: float, sign: float, every_n: bool
) -> Callable[[float], tuple[float, float]]:
    """m -> ln K(m) and its possible error, by numpy, with one logarithm for a column of factors.

    Where delta is next to 1 the gains are too small to be added to 1: each has its own logarithm.
    """
    import numpy as np

    x = np.asarray(losses, float)
    bets = _long_bets(x, c, every_n)
    # a column stays within 1e-128 and 1e120: bets are at most sqrt(12 c), c at most 750
    rows = _ROWS if cap <= 0.99 else 8
    short = -len(x) % rows
    x, bets = (np.append(array, np.zeros(short)).reshape(rows, -1) for array in (x, sign * bets))
    gains, capped, largest = np.empty_like(x), np.empty_like(x), float(np.abs(bets).max())

    def log_capital(m: float) -> tuple[float, float]:
        most = _most(cap, m, sign)
        np.subtract(m, x, out=gains)
        wagers = bets if most >= largest else np.clip(bets, -most, most, out=capped)
        np.multiply(gains, wagers, out=gains)
        least = 1.0 + float(gains.min())
        if least <= 0.0:
            return -inf, 0.0
        if c < _SMALL:
            return fsum(np.log1p(gains).flat), float(np.abs(gains).sum()) / min(1.0, least)
        np.add(gains, 1.0, out=gains)
        logs = np.log(np.multiply.reduce(gains, axis=0))
        return fsum(logs.tolist()), x.size * (1.0 + 1.0 / min(1.0, least))

    return log_capital


def _long_bets(x: Any, c: float, every_n: bool) -> Any:
    import numpy as np

    t = np.arange(1.0, len(x) + 1.0)
    means = (0.5 + np.cumsum(x)) / (t + 1.0)
    variances = (0.25 + np.cumsum((x - means) ** 2)) / (t + 1.0)
    before = np.append(0.25, variances[:-1])
    return np.sqrt(2.0 * c / ((t * np.log(t + 1.0) if every_n else len(x)) * before))
