"""Sums of signs with coefficients, products of pairs of signs, their moments and maxima."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from math import isqrt
from typing import Any

from genbounds.generic import power
from genbounds.referee.draws import Irrational, NotKnownError
from genbounds.referee.worlds.sure import Rows, SureDraws, SureWorld, root, rows_of, squared


@dataclass(frozen=True)
class SignMoments(SureWorld):
    """Coefficients of signs, or with `pairs` of the products of two signs i < j, in that order."""

    title = "sign-moments"
    coefficients: tuple[Fraction, ...]
    pairs: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "coefficients", rows_of("coefficients", [self.coefficients])[0])
        if self.pairs and not self.signs:
            raise ValueError("coefficients of pairs must be as many as there are pairs of signs")

    @property
    def signs(self) -> int:
        """How many signs there are; 0 where no number of signs has so many pairs."""
        size = len(self.coefficients)
        m = (1 + isqrt(1 + 8 * size)) // 2
        return (m if m * (m - 1) == 2 * size else 0) if self.pairs else size

    def sums(self) -> list[Fraction]:
        """The absolute values of the sum, for all signs."""
        return [abs(x[0]) for x in sign_values([self.coefficients], self.signs, self.pairs)]

    def outcomes(self, n: int, exact: bool = False) -> SignMomentDraws:
        """One outcome; n is the number of signs."""
        if n != self.signs:
            raise NotKnownError(f"the sum has {self.signs} signs, not {n}")
        return SignMomentDraws(n, self, exact)


class SignMomentDraws(SureDraws):
    """The norm of the sum at the order that is asked for."""

    world: SignMoments

    @cached_property
    def coefficients(self) -> tuple[Fraction, ...]:
        """Their absolute values."""
        return tuple(map(abs, self.world.coefficients))

    @cached_property
    def moment_norm(self) -> Irrational:
        """(E|X|^q)^(1/q)."""
        return Irrational(_moment_norm, (Fraction(self["moment"]), *self.world.sums()))


def _moment_norm(order: Any, *sizes: Any) -> Any:
    return power(sum(power(x, order) for x in sizes) / len(sizes), 1, order)


def sign_values(rows: Any, signs: int, pairs: bool) -> list[list[Fraction]]:
    """The value of each row's sum, for all signs."""
    found = []
    for s in product((1, -1), repeat=signs):
        terms = [a * b for a, b in combinations(s, 2)] if pairs else s
        found.append([sum(c * t for c, t in zip(row, terms, strict=True)) for row in rows])
    return found


@dataclass(frozen=True)
class ChaosMaximum(SureWorld):
    """Several sums of products of two signs i < j, a row of coefficients for each."""

    title = "chaos-maximum"
    rows: Rows

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", rows_of("rows", self.rows))
        SignMoments(self.rows[0], pairs=True)

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome; n is the number of signs."""
        if n != SignMoments(self.rows[0], pairs=True).signs:
            raise NotKnownError(f"{len(self.rows[0])} pairs are not those of {n} signs")
        from genbounds.referee.worlds.sure import logarithm

        found = [max(map(abs, x)) for x in sign_values(self.rows, n, True)]
        return SureDraws(
            n, self, exact, chaos_norm=root(max(map(squared, self.rows))),
            log_cardinality=logarithm(len(self.rows)),
            expected_maximum=sum(found, Fraction(0)) / len(found),
        )  # fmt: skip
