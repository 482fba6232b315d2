"""Selection on the test set: many models are tried, and the best result is reported."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Any, ClassVar

import numpy as np

from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.error_counts import ErrorDraws, by_errors
from genbounds.referee.worlds.parameters import chance, count, settle


@dataclass(frozen=True)
class BestOf(World):
    """The fewest errors among `n_hypotheses` models of equal `risk` that err independently.

    What is reported is the winner's number of errors; its risk is that of all the others, so that
    the choice gains nothing and hides the more the more models there are.

    >>> BestOf(risk="1/2", n_hypotheses=2).outcomes(1).weights.tolist()
    [0.75, 0.25]
    """

    title = "best-of"
    demands: ClassVar[dict[str, str]] = {"scope": "several_hypotheses", "loss": "zero_one"}
    """The fields of a claim that a theorem must have to speak of this world."""
    breaks: ClassVar[tuple[str, ...]] = ("independent_test_set",)
    """Conditions that do not hold: the test set chose the model."""
    risk: Any
    n_hypotheses: int

    def __post_init__(self) -> None:
        settle(self, risk=chance, n_hypotheses=count)

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        return (
            f"the fewest errors of {self.n_hypotheses} models that err independently of each other "
            f"with probability {self.risk}"
        )

    def outcomes(self, n: int, exact: bool = False) -> ErrorDraws:
        """The winner's number of errors: P(at least j) is that of one model to the power k."""
        at_least = self._tails(count("n", n)) if exact else self._float_tails(count("n", n))
        law = at_least[:-1] - at_least[1:]
        return by_errors(n, law, **self._facts(exact))

    def draw(self, n: int, trials: int, rng: Any) -> ErrorDraws:
        """The winners' numbers of errors in `trials` test sets."""
        errors = rng.binomial(count("n", n), float(self.risk), (trials, self.n_hypotheses))
        return ErrorDraws(n, errors=errors.min(axis=1, keepdims=True), **self._facts(False))

    def _facts(self, exact: bool) -> dict[str, Any]:
        risk = self.risk if exact else float(self.risk)
        return {"risk": risk, "n_hypotheses": self.n_hypotheses}

    def _tails(self, n: int) -> Any:
        """n + 2 probabilities of at least j errors of the winner, j = 0, ..., n + 1."""
        p, tails = self.risk, [0 * self.risk]
        for j in reversed(range(n + 1)):
            tails.append(tails[-1] + comb(n, j) * p**j * (1 - p) ** (n - j))
        return np.array(tails[::-1], object) ** self.n_hypotheses

    def _float_tails(self, n: int) -> Any:
        from scipy.stats import binom

        return binom.sf(np.arange(-1, n + 1), n, float(self.risk)) ** self.n_hypotheses
