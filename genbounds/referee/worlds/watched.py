"""Posteriors that are looked at after every observation, for claims about every n at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import MOST_OUTCOMES, FiniteWorld
from genbounds.referee.worlds.posteriors import Family, PosteriorFacts, Posteriors


@dataclass(frozen=True)
class WatchedPosteriors(World):
    """Posteriors over the hypotheses of a finite world, at every time up to the last observation.

    An instance is a time with a posterior. Every order of the cells is an outcome, so n is small.

    >>> coin = FiniteWorld(("1/2", "1/2"), ((1, 0),))
    >>> WatchedPosteriors(Posteriors(coin)).outcomes(2)["empirical_risk"]
    array([[1. , 1. ],
           [1. , 0.5],
           [0. , 0.5],
           [0. , 0. ]])
    """

    title = "watched-posteriors"
    posteriors: Posteriors

    @property
    def demands(self) -> dict[str, str]:
        """The fields of a claim that a theorem must have to speak of this world."""
        return self.posteriors.demands | {"time": "every_n"}

    @property
    def sentence(self) -> str:
        """The world beneath."""
        return f"looks after every observation, {self.posteriors.sentence}"

    def outcomes(self, n: int, exact: bool = False) -> WatchedDraws:
        """Every sequence of n cells."""
        m = len(self.posteriors.world.law)
        if m**n > MOST_OUTCOMES:
            raise NotKnownError(f"{m} cells and n = {n} have over {MOST_OUTCOMES} sequences")
        cells = np.array(list(product(range(m), repeat=n)), dtype=np.int64)
        law = np.array(self.posteriors.world.law, object if exact else float)
        return WatchedDraws(self, cells, law, exact)


class WatchedDraws(Draws):
    """(T, n) sequences of cells; the instances are n times P: time by time, all posteriors."""

    def __init__(
        self, world: WatchedPosteriors, cells: Any, law: Any, exact: bool, **facts: Any
    ) -> None:
        given = {"world": world, "cells": cells, "law": law, "exact": exact}
        self.__dict__.update(given, given=facts, **facts)

    def under(self, law: Any) -> WatchedDraws:
        """The same outcomes under another law."""
        return WatchedDraws(self.world, self.cells, law, self.exact, **self.given)

    def knowing(self, **facts: Any) -> WatchedDraws:
        """The same outcomes with further facts."""
        return WatchedDraws(self.world, self.cells, self.law, self.exact, **self.given | facts)

    def outcome(self, t: int) -> str:
        """The sequence of the cells, counted from 0."""
        return f"cells {' '.join(map(str, self.cells[t]))}"

    @cached_property
    def weights(self) -> Any:
        """The probability of each sequence."""
        return np.multiply.reduce(self.law[self.cells], axis=1)

    @cached_property
    def n(self) -> Any:
        """(1, n P) the time of each instance."""
        return np.repeat(self._times, len(self._facts.shares))[None, :]

    @cached_property
    def losses_of_posteriors(self) -> Any:
        """(P, m) mean losses of each posterior on each cell."""
        losses = np.array(self.world.posteriors.world.losses, self.law.dtype)
        return self._facts.shares @ losses

    @cached_property
    def empirical_risk(self) -> Any:
        """(T, n P) mean losses up to each time."""
        sums = np.cumsum(self.losses_of_posteriors.T[self.cells], axis=1)
        return sums.reshape(len(self.cells), -1) / self.n

    @cached_property
    def risk(self) -> Any:
        """(1, n P) true risks."""
        return self._every_time(self.losses_of_posteriors @ self.law)

    @cached_property
    def kl(self) -> Any:
        """(1, n P) relative entropies to the prior."""
        return self._every_time(self._facts.kl[0])

    @cached_property
    def variance_proxy(self) -> Any:
        """(b - a)^2/4 for losses in [a, b], or 1/4 for a constant loss."""
        losses = np.array(self.world.posteriors.world.losses, self.law.dtype)
        width = losses.max() - losses.min()
        return (width if width > 0 else width + 1) ** 2 / 4

    @cached_property
    def inverse_temperatures(self) -> Any:
        """(1, n P) tuples: one `inverse_temperature`, 1 unless given, up to each time."""
        table = np.empty(self.n.shape, object)
        for at, time in np.ndenumerate(self.n):
            table[at] = (self.given.get("inverse_temperature", 1),) * int(time)
        return table

    @property
    def _times(self) -> Any:
        times = np.arange(1, self.cells.shape[1] + 1)
        return times.astype(object) if self.exact else times

    @cached_property
    def _facts(self) -> PosteriorFacts:
        sample = self.world.posteriors.world.outcomes(1, self.exact).sample
        return PosteriorFacts(sample, Family.of(self.world.posteriors))

    def _every_time(self, row: Any) -> Any:
        return np.tile(row, self.cells.shape[1])[None, :]


def watched_worlds() -> Iterator[tuple[WatchedPosteriors, int]]:
    """Small worlds, each with a last time."""
    for law, losses, n in (
        (("1/2", "1/2"), ((1, 0),), 12),
        (("1/10", "9/10"), ((1, 0), (0, 0)), 12),
        (("1/2", "1/2"), ((1, 0), (0, 1)), 10),
        (("1/3",) * 3, ((1, 0, 0), (0, 1, 0), (0, "1/2", 1)), 6),
    ):
        yield WatchedPosteriors(Posteriors(FiniteWorld(law, losses), 4, tilts=2)), n
