"""Sampling without replacement: a finite population of which n members are seen."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import comb, prod
from typing import Any

import numpy as np

from genbounds.classes.base import whole
from genbounds.referee.draws import NotKnownError, compositions
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import MOST_OUTCOMES, FiniteDraws, FiniteWorld
from genbounds.referee.worlds.parameters import chances, every, settle
from genbounds.referee.worlds.sample_facts import SampleFacts


@dataclass(frozen=True)
class Population(World):
    """A finite population, by the loss on each member, of which n are drawn without replacement.

    `losses` holds N numbers in [0, 1], or K rows of them, one for each hypothesis. The risk is the
    mean over the whole population, the sample included; the variance has the divisor N.

    >>> draws = Population(losses=(1, 0, 0)).outcomes(2, exact=True)
    >>> [(int(k), str(p)) for k, p in zip(draws.errors[:, 0], draws.weights)]
    [(0, '1/3'), (1, '2/3')]
    """

    title = "population"
    losses: tuple[Any, ...]

    def __post_init__(self) -> None:
        settle(self, losses=_rows)

    def __repr__(self) -> str:
        cells = (f"{size} x ({', '.join(map(str, cell))})" for cell, size in self._cells.items())
        return f"Population({'; '.join(cells)})"

    @property
    def sentence(self) -> str:
        """How many members have which losses."""
        return f"{self.size} members, drawn without replacement, by their losses: {self!r}"

    @property
    def demands(self) -> dict[str, str]:
        """The fields of a claim that a theorem must have to speak of this world."""
        binary = all(loss in (0, 1) for row in self.losses for loss in row)
        return {"data": "without_replacement", "loss": "zero_one" if binary else "unit"}

    @property
    def size(self) -> int:
        """How many members there are."""
        return len(self.losses[0])

    @cached_property
    def _cells(self) -> dict[tuple[Fraction, ...], int]:
        """How many members have which losses."""
        found: dict[tuple[Fraction, ...], int] = {}
        for cell in zip(*self.losses, strict=True):
            found[cell] = found.get(cell, 0) + 1
        return dict(sorted(found.items(), reverse=True))

    @cached_property
    def _with_replacement(self) -> FiniteWorld:
        law = tuple(Fraction(size, self.size) for size in self._cells.values())
        return FiniteWorld(law, tuple(zip(*self._cells, strict=True)))

    def outcomes(self, n: int, exact: bool = False) -> PopulationDraws:
        """How many members of each kind are drawn: multivariate hypergeometric."""
        size, kinds = whole("n", n, 1, self.size), len(self._cells)
        if comb(size + kinds - 1, kinds - 1) > MOST_OUTCOMES:
            raise NotKnownError(f"{kinds} kinds and n = {size} have over {MOST_OUTCOMES} outcomes")
        found = compositions(size, kinds)
        return self._draws(size, found[(found <= self._sizes).all(axis=1)], exact, listed=True)

    def draw(self, n: int, trials: int, rng: Any) -> PopulationDraws:
        """The counts of `trials` samples."""
        size = whole("n", n, 1, self.size)
        return self._draws(size, rng.multivariate_hypergeometric(self._sizes, size, trials))

    @property
    def _sizes(self) -> Any:
        return np.array(list(self._cells.values()))

    def _draws(
        self, n: int, counts: Any, exact: bool = False, listed: bool = False
    ) -> PopulationDraws:
        sample = SampleFacts(self._with_replacement, n, counts, exact)
        law = np.array(self._with_replacement.law, object if exact else float)
        return PopulationDraws(sample, law, listed, tuple(self._cells.values()))


class PopulationDraws(FiniteDraws):
    """Samples by how many members of each kind they hold; `sizes` is how many there are."""

    def __init__(self, sample: SampleFacts, law: Any, listed: bool, sizes: tuple[int, ...]) -> None:
        super().__init__(sample, law, listed)
        self.__dict__.update(sizes=sizes)

    def under(self, law: Any) -> FiniteDraws:
        """A population has its own frequencies: there is no other law."""
        raise NotKnownError("a population has no law that could be changed")

    @property
    def population_size(self) -> int:
        """How many members there are."""
        return sum(self.sizes)

    @property
    def n_unlabelled(self) -> int:
        """How many members are not in the sample."""
        return self.population_size - int(self.sample.n)

    @cached_property
    def weights(self) -> Any:
        """The probability of each outcome."""
        if not self.listed:
            return None
        found = [self._ways(row) for row in self.sample.counts]
        whole = comb(self.population_size, self.sample.n)
        return np.array([Fraction(w, whole) for w in found], object if self.sample.exact else float)

    def _ways(self, counts: Any) -> int:
        return prod(comb(m, int(c)) for m, c in zip(self.sizes, counts, strict=True))


def _rows(name: str, losses: Any) -> tuple[tuple[Fraction, ...], ...]:
    """K rows of N losses; one row may be given as it is."""
    if not isinstance(losses, (tuple, list)) or not losses:
        raise ValueError(f"{name} must be one or more numbers in [0, 1], or rows of such")
    rows = losses if isinstance(losses[0], (tuple, list)) else (losses,)
    found = every((chances, f"{name}[{k}]", row) for k, row in enumerate(rows))
    if len({len(row) for row in found}) != 1:
        raise ValueError(f"{name} must be rows of equal length")
    return found
