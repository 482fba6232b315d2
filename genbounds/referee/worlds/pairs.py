"""Two models on the same test points: only the points where exactly one of them errs tell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from genbounds.referee.draws import Draws, compositions, multinomial_coefficients
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.parameters import chance, count, settle


@dataclass(frozen=True)
class PairedModels(World):
    """Test points on which only the first, only the second model errs with these probabilities.

    On all other points both models err or neither does, which no comparison looks at.

    >>> PairedModels(first_only="1/2", second_only="1/2").outcomes(1).errors_first_only.ravel()
    array([0, 0, 1])
    """

    title = "paired-models"
    demands: ClassVar[dict[str, str]] = {"loss": "zero_one"}
    """The fields of a claim that a theorem must have to speak of this world."""
    first_only: Any
    second_only: Any

    def __post_init__(self) -> None:
        settle(self, first_only=chance, second_only=chance)
        if self.first_only + self.second_only > 1:
            raise ValueError("first_only + second_only must be at most 1")

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        return (
            f"points on which only the first model errs with probability {self.first_only}, only "
            f"the second with probability {self.second_only}"
        )

    @property
    def law(self) -> tuple[Any, Any, Any]:
        """The probabilities that only the first errs, only the second, both or neither."""
        return self.first_only, self.second_only, 1 - self.first_only - self.second_only

    def outcomes(self, n: int, exact: bool = False) -> PairDraws:
        """Every pair of counts, with its trinomial probability."""
        found = compositions(count("n", n), 3)
        ways = multinomial_coefficients(found)
        chances = [
            w * self.law[0] ** int(a) * self.law[1] ** int(b) * self.law[2] ** int(c)
            for w, (a, b, c) in zip(ways, found, strict=True)
        ]
        weights = np.array(chances, object if exact else float)
        return self._draws(n, weights, found.astype(object) if exact else found)

    def draw(self, n: int, trials: int, rng: Any) -> PairDraws:
        """The counts of `trials` test sets."""
        found = rng.multinomial(count("n", n), np.array(self.law, float), trials)
        return self._draws(n, None, found)

    def _draws(self, n: int, weights: Any, found: Any) -> PairDraws:
        difference = self.first_only - self.second_only
        return PairDraws(
            n, weights, errors_first_only=found[:, [0]], errors_second_only=found[:, [1]],
            risk_difference=difference if found.dtype == object else float(difference),
        )  # fmt: skip


class PairDraws(Draws):
    """Outcomes by the numbers of points on which only one of two models errs."""

    def outcome(self, t: int) -> str:
        """Both numbers."""
        first, second = self["errors_first_only"][t, 0], self["errors_second_only"][t, 0]
        return f"only the first errs on {first}, only the second on {second} of {self.n} points"
