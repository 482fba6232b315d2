"""Complexities by simulation: the sample and the drawn signs together, all outcomes listed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import FiniteDraws, FiniteWorld
from genbounds.referee.worlds.sample_facts import sign_sums
from genbounds.referee.worlds.zero_one import refuse, whole_number

MOST_OBSERVATIONS = 12
MOST_OUTCOMES = 50_000

Chances = dict[Fraction, Fraction]


@dataclass(frozen=True)
class SimulatedComplexity(World):
    """A finite world, and the average over `repeats` draws of signs of the largest signed mean.

    The signs are applied to the losses less 1/2 if `centred`, else to the losses. Given the sample,
    the average has the law of a mean of independent values, which is computed.

    >>> draws = SimulatedComplexity(FiniteWorld((1,), ((1,),))).outcomes(1)
    >>> draws["monte_carlo_rademacher"].ravel(), draws.weights, draws["supremum"].ravel()
    (array([0. , 0.5]), array([0.5, 0.5]), array([0., 0.]))
    """

    title = "simulated-complexity"
    world: FiniteWorld
    repeats: int = 1
    centred: bool = True

    def __post_init__(self) -> None:
        refuse([
            whole_number("repeats", self.repeats, 1, 100),
            "" if self.world.demands["loss"] != "bounded" else "losses must be in [0, 1]",
        ])  # fmt: skip

    @property
    def demands(self) -> dict[str, str]:
        """The losses that a claim must cover to speak of this world."""
        return self.world.demands

    @property
    def breaks(self) -> tuple[str, ...]:
        """Conditions of theorems that mean nothing here, or do not hold."""
        return (*self.world.breaks, *(() if self.centred else ("centred_losses",)))

    @property
    def sentence(self) -> str:
        """The world and how signs are used."""
        losses = "the losses less 1/2" if self.centred else "the losses"
        return f"{self.world.sentence}; {self.repeats} draws of signs on {losses}"

    def outcomes(self, n: int, exact: bool = False) -> SimulatedDraws:
        """Every vector of counts with every average that the signs may give."""
        if n > MOST_OBSERVATIONS:
            raise NotKnownError(f"signs are listed for at most {MOST_OBSERVATIONS} observations")
        draws = self.world.outcomes(n, exact)
        laws = [self.averages(tuple(map(int, row))) for row in draws.sample.counts]
        if sum(map(len, laws)) > MOST_OUTCOMES:
            raise NotKnownError(f"the signs have over {MOST_OUTCOMES} outcomes")
        return SimulatedDraws(self, draws, laws)

    def averages(self, counts: tuple[int, ...]) -> Chances:
        """The law of the average of `repeats` independent suprema, on samples with these counts."""
        once, n = self.once(counts), sum(counts)
        law: Chances = {Fraction(0): Fraction(1)}
        for _ in range(self.repeats):
            law = summed(law, once)
        return {total / (self.repeats * n): chance for total, chance in law.items()}

    def once(self, counts: tuple[int, ...]) -> Chances:
        """The law of the largest signed sum of losses."""
        shift = Fraction(int(self.centred), 2)
        rows = np.array([[x - shift for x in row] for row in self.world.losses], object)
        sums, ways = sign_sums(counts)
        law: Chances = defaultdict(Fraction)
        for value, count in zip((rows @ sums).max(axis=0), ways, strict=True):
            law[Fraction(value)] += Fraction(int(count), 2 ** sum(counts))
        return dict(law)


def summed(first: Chances, second: Chances) -> Chances:
    """The law of the sum of two independent numbers."""
    law: Chances = defaultdict(Fraction)
    for x, p in first.items():
        for y, q in second.items():
            law[x + y] += p * q
    return dict(law)


class SimulatedDraws(Draws):
    """Samples and averages: outcome t is sample `place[t]` with one value of the average."""

    def __init__(
        self, world: SimulatedComplexity, draws: FiniteDraws, laws: list[Chances], **facts: Any
    ) -> None:
        self.__dict__.update(world=world, draws=draws, laws=laws, n=draws.sample.n, given=facts)
        self.__dict__.update(facts)

    def knowing(self, **facts: Any) -> SimulatedDraws:
        """The same outcomes with further facts."""
        return SimulatedDraws(self.world, self.draws, self.laws, **self.given | facts)

    def under(self, law: Any) -> SimulatedDraws:
        """The same outcomes under another law."""
        return SimulatedDraws(self.world, self.draws.under(law), self.laws, **self.given)

    def outcome(self, t: int) -> str:
        """The counts of the cells and the average."""
        at = int(self.place[t])
        return f"{self.draws.outcome(at)}, complexity {float(self._averages[t, 0]):.6g}"

    @property
    def n_monte_carlo(self) -> Any:
        """How many draws of the signs are averaged."""
        return self.world.repeats

    @cached_property
    def place(self) -> Any:
        """(T,) the sample of each outcome."""
        return np.repeat(np.arange(len(self.laws)), [len(law) for law in self.laws])

    @cached_property
    def weights(self) -> Any:
        """The probability of each outcome."""
        chances = [p for law in self.laws for p in law.values()]
        return self.draws.weights[self.place] * self._numbers(chances)

    @cached_property
    def _averages(self) -> Any:
        return self._numbers([x for law in self.laws for x in law])[:, None]

    @cached_property
    def monte_carlo_rademacher(self) -> Any:
        """(T, 1) the averages, 0 where they are negative."""
        return np.maximum(self._averages, 0)

    @property
    def empirical_second_moment(self) -> Any:
        """(T, 1) the largest mean of squared losses, for theorems on losses as they are."""
        if self.world.centred:
            raise NotKnownError("the signs were applied to centred losses")
        return self.draws.sample.empirical_second_moment[self.place]

    def _numbers(self, values: list[Fraction]) -> Any:
        return np.array(values, object if self.draws.sample.exact else float)

    # --- what belongs to the sample

    @property
    def empirical_risk(self) -> Any:
        """(T, K) means of the losses."""
        return self.draws.empirical_risk[self.place]

    @property
    def risk(self) -> Any:
        """(1, K) true risks."""
        return self.draws.risk

    @property
    def supremum(self) -> Any:
        """(T, 1) the largest excess of risk over empirical risk."""
        return self.draws.supremum[self.place]

    @property
    def absolute_supremum(self) -> Any:
        """(T, 1) the largest difference of risk and empirical risk."""
        return self.draws.absolute_supremum[self.place]
