"""All labelings of many points, with the expected Rademacher complexity of their losses."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from genbounds.referee.draws import Draws
from genbounds.referee.worlds.occupancy import AllLabelings


@dataclass(frozen=True)
class ShatteredPoints(AllLabelings):
    """`AllLabelings` that knows the expected Rademacher complexity of its losses."""

    title = "shattered-points"

    def outcomes(self, n: int, exact: bool = False) -> Any:
        """The outcomes, in all of which the expected complexity is one number."""
        found = expected_complexity(n, self.points)
        return self._with(super().outcomes(n, exact), found if exact else float(found))

    def draw(self, n: int, trials: int, rng: Any) -> Any:
        """Samples, with the expected complexity."""
        return self._with(super().draw(n, trials, rng), float(expected_complexity(n, self.points)))

    def _with(self, draws: Draws, found: Any) -> Draws:
        """The class contains every labeling with its complement: an absolute value adds nothing."""
        return draws.knowing(
            rademacher=found, rademacher_of_hypotheses=2 * found,
            absolute_rademacher_of_hypotheses=2 * found,
        )  # fmt: skip


def expected_complexity(n: int, points: int) -> Fraction:
    """points/n times E (S)+, S the sum of the signs of those among n draws that meet one point."""
    share = Fraction(1, points)
    chances = (math.comb(n, c) * share**c * (1 - share) ** (n - c) for c in range(n + 1))
    return Fraction(points, n) * sum(p * positive_sum(c) for c, p in enumerate(chances))


def positive_sum(c: int) -> Fraction:
    """The mean of the positive part of the sum of c signs, c C(c-1, floor((c-1)/2))/2^c."""
    return Fraction(c * math.comb(c - 1, (c - 1) // 2), 2**c) if c else Fraction(0)
