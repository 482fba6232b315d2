"""The ends of the betting interval for a mean in [0, 1], enclosed.

The capital K-(m) = prod_t (1 + min(b_t, cap/(1-m)) (m - x_t)) grows with m, so the upper end is
the root of its logarithm less c, or 1 where even that is not rejected; 1 - x and 1 - m in place of
x and m give the lower end. The bets b_t are made of the earlier losses, as in `floats.betting`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import arb

from genbounds.backends.balls.ball import Ball, ball
from genbounds.backends.balls.searches import crossing


def betting_upper(losses: Sequence[Any], c: Any, cap: Any) -> Ball:
    """The upper end for the mean at failure probability exp(-c), for n fixed in advance."""
    return _end(losses, c, cap, 1, False)


def betting_lower(losses: Sequence[Any], c: Any, cap: Any) -> Ball:
    """The lower end for the mean at failure probability exp(-c), for n fixed in advance."""
    return _end(losses, c, cap, -1, False)


def betting_upper_every_n(losses: Sequence[Any], c: Any, cap: Any) -> Ball:
    """The upper end that holds at every n at once."""
    return _end(losses, c, cap, 1, True)


def betting_lower_every_n(losses: Sequence[Any], c: Any, cap: Any) -> Ball:
    """The lower end that holds at every n at once."""
    return _end(losses, c, cap, -1, True)


def _end(losses: Sequence[Any], c: Any, cap: Any, sign: int, every_n: bool) -> Ball:
    """The end on the side of `sign`, or that side's end of [0, 1] where even it is not rejected."""
    points, budget = [ball(x).arb for x in losses], ball(c).arb
    surplus = _surplus(points, budget, ball(cap).arb, sign, every_n)
    zero, one = arb(0), arb(1)
    if sign > 0:
        return ball(1) if surplus(one) < 0 else Ball(crossing(surplus, zero, one))
    return ball(0) if surplus(zero) < 0 else Ball(crossing(lambda m: -surplus(m), zero, one))


def _surplus(losses: list[arb], c: arb, cap: arb, sign: int, every_n: bool) -> Callable[[arb], arb]:
    """m -> ln K(m) - c, at points m."""
    bets = _bets(losses, c, every_n)

    def surplus(m: arb) -> arb:
        room, logs = (1 - m if sign > 0 else m), -c
        most = cap / room if room > 0 else arb.pos_inf()
        for x, bet in zip(losses, bets, strict=True):
            logs += (sign * bet.min(most) * (m - x)).log1p()
        return logs

    return surplus


def _bets(losses: list[arb], c: arb, every_n: bool) -> list[arb]:
    """sqrt(2c/(n v)), v the variance of the earlier losses and of one at 1/2 of variance 1/4."""
    n, half = len(losses), arb(0.5)
    bets, whole, squares, variance = [], half, half * half, half * half
    for t, x in enumerate(losses, 1):
        rounds = t * arb(t + 1).log() if every_n else arb(n)
        bets.append((2 * c / (rounds * variance)).sqrt())
        whole += x
        squares += (x - whole / (t + 1)) ** 2
        variance = squares / (t + 1)
    return bets
