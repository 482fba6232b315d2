"""AdaBoost on a small sample, in fractions: its weights, errors and the margins of its vote."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import prod

from genbounds.enclosing import exactly
from genbounds.referee.draws import NotKnownError
from genbounds.referee.worlds.parameters import count, settle
from genbounds.referee.worlds.sure import SureDraws, SureWorld


@dataclass(frozen=True)
class Boosted(SureWorld):
    """AdaBoost with these hypotheses, +1 where they are right and -1 where they err on the sample.

    Each round takes the hypothesis of least weighted error; it stops before one of error 0 or 1/2.
    """

    title = "boosted"
    agreements: tuple[tuple[int, ...], ...]
    rounds: int = 5

    def __post_init__(self) -> None:
        rows = tuple(tuple(map(int, row)) for row in self.agreements)
        if not rows or len({*map(len, rows)}) != 1 or any(abs(x) != 1 for r in rows for x in r):
            raise ValueError("agreements must hold rows of equal length of -1 and 1")
        object.__setattr__(self, "agreements", rows)
        settle(self, rounds=count)

    def outcomes(self, n: int, exact: bool = False) -> BoostDraws:
        """One outcome, the run."""
        if n != len(self.agreements[0]):
            raise NotKnownError(f"the sample has {len(self.agreements[0])} observations, not {n}")
        return BoostDraws(n, self, exact)

    def run(self) -> list[tuple[Fraction, tuple[int, ...]]]:
        """The weighted error and the hypothesis of each round.

        Where it errs an observation's weight is divided by twice the error, elsewhere by twice the
        rest: the weights that make the error 1/2.
        """
        n = len(self.agreements[0])
        weights, found = [Fraction(1, n)] * n, []
        for _ in range(self.rounds):
            error, chosen = min((_error(weights, row), row) for row in self.agreements)
            if not 0 < error < Fraction(1, 2):
                break
            found.append((error, chosen))
            weights = [
                w / (2 * (error if right < 0 else 1 - error))
                for w, right in zip(weights, chosen, strict=True)
            ]
        if not found:
            raise NotKnownError("no hypothesis errs on less than half of the weights, but on some")
        return found


def _error(weights: list[Fraction], row: tuple[int, ...]) -> Fraction:
    return sum((w for w, right in zip(weights, row, strict=True) if right < 0), Fraction(0))


class BoostDraws(SureDraws):
    """The errors of the rounds and what the vote makes of the sample."""

    world: Boosted

    @cached_property
    def run(self) -> list[tuple[Fraction, tuple[int, ...]]]:
        """The rounds."""
        return self.world.run()

    @cached_property
    def weak_errors(self) -> tuple[Fraction, ...]:
        """One for each round."""
        return tuple(error for error, _ in self.run)

    @cached_property
    def edge(self) -> Fraction:
        """By how much the largest of them is below 1/2."""
        return Fraction(1, 2) - max(self.weak_errors)

    @cached_property
    def n_rounds(self) -> int:
        """How many rounds there were."""
        return len(self.run)

    @cached_property
    def training_error(self) -> Fraction:
        """The fraction of the sample on which the vote errs or ties."""
        return self._share(Fraction(0))

    @cached_property
    def margin_error(self) -> Fraction:
        """The fraction with at most the margin."""
        return self._share(Fraction(exactly(self["margin"])))

    def _share(self, margin: Fraction) -> Fraction:
        """The weights are halves of logarithms of odds, compared as products of powers.

        The margin is a/b: b times the sum of the signed logarithms is at most a times their sum.
        """
        odds = [(1 - error) / error for error, _ in self.run]
        whole = prod(odds) ** margin.numerator
        signed = (
            prod(o**right for o, right in zip(odds, column, strict=True))
            for column in zip(*(row for _, row in self.run), strict=True)
        )
        return Fraction(sum(x**margin.denominator <= whole for x in signed), self.n)
