"""Riemann's zeta on the real line right of 1, enclosed."""

from typing import Any

from flint import arb

from genbounds.backends.balls.ball import Ball, ball, by_ends


def zeta(s: Any) -> Ball:
    """sum over k >= 1 of k**-s for s > 1, which falls; inf at 1."""
    value = ball(s).arb
    if value == 1:
        return Ball(arb.pos_inf())
    if value == arb.pos_inf():
        return ball(1)
    return Ball(by_ends(arb.zeta, "-", value) if value > 1 else arb.nan())
