"""The logarithm of a known rational, which remembers what it is the logarithm of."""

from __future__ import annotations

from flint import arb, fmpq

from genbounds.backends.balls.ball import Ball


class Logarithm(Ball):
    """ln of a positive rational: so that a tie at e^-c can be settled in integers."""

    __slots__ = ("of",)

    def __init__(self, of: fmpq) -> None:
        super().__init__(log_of(of))
        self.of = of


def log_of(q: fmpq) -> arb:
    """ln q, which near 1 is small and has its digits all the same."""
    return arb(q - 1).log1p() if 1 < 2 * q < 4 else arb(q).log()
