"""One Gaussian weight drawn around a mean that an adversary chose: bounds for one noisy network.

The draw is from a continuum. It is cut into bins in which the sign, hence the hypothesis, is the
same, and each bin is given the end at which the bound is largest: what is counted as a failure is
one, and finer bins count more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import FiniteDraws, FiniteWorld
from genbounds.referee.worlds.parameters import chance, count, number, settle


@dataclass(frozen=True)
class DrawnWeight(World):
    """Labels 1, with probability `risk`, or -1, and the sign of one weight that predicts them.

    The prior is normal around 0. The posterior has its variance, and its mean, `length` standard
    deviations away, has the sign that errs less on the sample than it should. An instance is a bin
    of the weight that is drawn, of `bins` on either side of 0.
    """

    title = "drawn-weight"
    demands: ClassVar[dict[str, str]] = {"scope": "posterior_draw", "loss": "zero_one"}
    """The fields of a claim that a theorem must have to speak of this world."""
    exact_supremum: ClassVar[bool] = False
    risk: Any
    length: Any = 1
    bins: int = 200

    def __post_init__(self) -> None:
        settle(self, risk=chance, length=number, bins=count)

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        return f"labels 1 with probability {self.risk}, a posterior {self.length} deviations away"

    @property
    def signs(self) -> FiniteWorld:
        """The two hypotheses: a negative weight errs on the label 1, a positive one on -1."""
        return FiniteWorld((self.risk, 1 - self.risk), ((1, 0), (0, 1)))

    def outcomes(self, n: int, exact: bool = False) -> DrawnWeightDraws:
        """Every number of labels 1; normal probabilities are never fractions."""
        if exact:
            raise NotKnownError("drawn weights have normal probabilities: no fractions")
        return DrawnWeightDraws(self, self.signs.outcomes(n))


class DrawnWeightDraws(Draws):
    """Outcomes with the posterior's mass on every bin of the weight."""

    def __init__(self, world: DrawnWeight, draws: FiniteDraws, **facts: Any) -> None:
        self.__dict__.update(world=world, draws=draws, n=draws.sample.n, given=facts, **facts)

    n_priors = 1
    prior_variance = 1.0

    def knowing(self, **facts: Any) -> DrawnWeightDraws:
        """The same outcomes with further facts."""
        return DrawnWeightDraws(self.world, self.draws, **self.given | facts)

    def outcome(self, t: int) -> str:
        """The counts of the labels."""
        return str(self.draws.outcome(t))

    def chance(self, hit: Any) -> Any:
        """The mean over the outcomes of the largest entry of `hit`, shares of the posterior."""
        return (self.weights * np.asarray(hit).max(axis=1)).sum()

    @property
    def weights(self) -> Any:
        """The probability of each outcome."""
        return self.draws.weights

    @cached_property
    def ends(self) -> Any:
        """(2 bins + 1,) ends of the bins in standard deviations; the outer bins are unbounded."""
        side = np.linspace(0, float(self.world.length) + 6, self.world.bins)
        return np.concatenate([[-np.inf], -side[:0:-1], side, [np.inf]])

    @cached_property
    def means(self) -> Any:
        """(T, 1) means of the posteriors, in standard deviations."""
        gaps = self.draws.risk - self.draws.sample.empirical_risk
        sign = np.where(gaps[:, :1] > 0, -1.0, 1.0)  # a negative weight is hypothesis 0
        return float(self.world.length) * sign

    @cached_property
    def posterior(self) -> Any:
        """(T, bins) mass of each bin."""
        from scipy.special import ndtr

        tail = ndtr(self.ends - self.means)
        return np.diff(tail, axis=1)

    @cached_property
    def _worst(self) -> Any:
        """(T, bins) the weight in each bin, in deviations, where the density ratio is largest."""
        left, right = self.ends[:-1], self.ends[1:]
        worst = np.where(self.means > 0, right, left)
        return np.clip(worst, -1e6, 1e6)  # beyond, the ratio is so large that no bound fails

    @cached_property
    def squared_distance_drawn(self) -> Any:
        """(T, bins) squared distances of the drawn weight from the prior's mean."""
        return self._worst**2 * float(self.prior_variance)

    @cached_property
    def squared_noise(self) -> Any:
        """(T, bins) squared distances of the drawn weight from the posterior's mean."""
        return (self._worst - self.means) ** 2 * float(self.prior_variance)

    @cached_property
    def squared_distance(self) -> Any:
        """(T, 1) squared distances of the posterior's mean from the prior's."""
        return self.means**2 * float(self.prior_variance)

    @cached_property
    def empirical_risk(self) -> Any:
        """(T, bins) errors of the sign of the weight on the sample, over n."""
        return self._by_sign(self.draws.sample.empirical_risk)

    @cached_property
    def risk(self) -> Any:
        """(1, bins) the probability that the sign of the weight errs."""
        return self._by_sign(self.draws.risk)

    def _by_sign(self, pair: Any) -> Any:
        return np.where(self.ends[1:] <= 0, pair[:, :1], pair[:, 1:])


def drawn_weight_worlds() -> Iterator[tuple[DrawnWeight, int]]:
    """Small worlds with a near and with a far posterior."""
    for risk in ("1/2", "4/5"):
        for length in ("1/10", 1, 3):
            for n in (1, 4, 15):
                yield DrawnWeight(risk, length), n
