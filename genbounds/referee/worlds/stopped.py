"""Losses that are drawn until their sum is large enough: how far the ratio is from the risk."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any

import numpy as np

from genbounds.enclosing import exactly
from genbounds.referee.draws import Draws
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.zero_one import refuse

LATEST = 2
"""How many times the expected number of losses is waited for, at least, one by one."""


@dataclass(frozen=True)
class StoppedSum(World):
    """0-1 losses with a risk, drawn until n of them are 1; that number is negative binomial.

    The deviation is that of n over the number of losses from the risk, as a share of the risk. What
    stops later than after twice the expected number counts with the deviation that it had then.

    >>> draws = StoppedSum("1/2").outcomes(1)
    >>> draws.deviation[:, 0].round(2), draws.weights.round(4)
    (array([ 1.  ,  0.  , -0.33, -0.5 , -0.6 ]), array([0.5   , 0.25  , 0.125 , 0.0625, 0.0625]))
    """

    title = "stopped-sum"
    risk: Any

    def __post_init__(self) -> None:
        risk = Fraction(exactly(self.risk))
        refuse(["" if 0 < risk <= 1 else f"risk must be in (0, 1], got {self.risk!r}"])
        object.__setattr__(self, "risk", risk)

    @property
    def demands(self) -> dict[str, str]:
        """The losses that a claim must cover to speak of this world."""
        return {"loss": "zero_one"}

    @property
    def sentence(self) -> str:
        """The risk."""
        return f"0-1 losses of risk {self.risk}, drawn until their sum is n"

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Numbers of losses in `trials` repetitions."""
        return self._draws(n, n + rng.negative_binomial(n, float(self.risk), trials), float)

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """Every number of losses up to twice the expected one, and all later ones together."""
        latest = int(LATEST * n / self.risk) + 1
        numbers, kind = np.arange(n, latest + 1), object if exact else float
        weights = self._chances(n, latest) if exact else self._in_floats(n, numbers[:-1])
        rest = max(1 - sum(weights), 0 * self.risk)
        return self._draws(n, numbers, kind, np.array([*weights, rest], kind))

    def _chances(self, n: int, latest: int) -> list[Fraction]:
        p, q = self.risk, 1 - self.risk
        return [comb(t - 1, n - 1) * p**n * q ** (t - n) for t in range(n, latest)]

    def _in_floats(self, n: int, numbers: Any) -> Any:
        from scipy.stats import nbinom

        return nbinom.pmf(numbers - n, n, float(self.risk))

    def _draws(self, n: int, numbers: Any, kind: Any, weights: Any = None) -> Draws:
        found = [Fraction(n, int(t)) / self.risk - 1 for t in numbers]
        return Draws(n, weights, deviation=np.array(found, kind)[:, None])
