"""Gaussian noise on the weights of a linear classifier in the plane: known risks, known KL."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, ClassVar

import numpy as np

from genbounds.enclosing import exactly
from genbounds.generic import ONE, erfc, sqrt
from genbounds.referee.draws import Draws, Irrational, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import FiniteDraws, FiniteWorld


@dataclass(frozen=True)
class NoisyWeights(World):
    """Points on the unit circle, and weights of some lengths and directions with unit noise.

    `law` holds the probabilities of the points and `angles` where they lie, in turns, each
    reflected so that its label is +1. An instance is a direction, one of `directions` equal steps
    of the circle, with a length: the posterior draws the weights from the normal law around it,
    each coordinate dropped with probability `dropout_rate`, the prior from the one around 0.

    >>> NoisyWeights(("1/2", "1/2"), (0, "1/4"), directions=4).outcomes(3)["risk"].round(3)
    array([[0.329, 0.329, 0.671, 0.671, 0.261, 0.261, 0.739, 0.739]])
    """

    title = "noisy-weights"
    demands: ClassVar[dict[str, str]] = {"scope": "every_posterior", "loss": "zero_one"}
    """The fields of a claim that a theorem must have to speak of this world."""
    law: tuple[Any, ...]
    angles: tuple[Any, ...]
    directions: int = 16
    lengths: tuple[Any, ...] = (1, 2)

    def __post_init__(self) -> None:
        angles = tuple(Fraction(exactly(x)) for x in self.angles)
        lengths = tuple(Fraction(exactly(x)) for x in self.lengths)
        cells = FiniteWorld(self.law, ((0,) * len(self.law),))
        faults = [] if len(angles) == len(cells.law) else ["angles must be as many as the law's"]
        if self.directions != int(self.directions) or self.directions < 1:
            faults.append(f"directions must be an integer at least 1, got {self.directions!r}")
        if not lengths or min(lengths) <= 0:
            faults.append("lengths must hold numbers above 0")
        if faults:
            raise ValueError("; ".join(faults))
        for name, value in (("law", cells.law), ("angles", angles), ("lengths", lengths)):
            object.__setattr__(self, name, value)

    @property
    def sentence(self) -> str:
        """Where the points lie, and the weights."""
        points = ", ".join(f"{a}: {p}" for a, p in zip(self.angles, self.law, strict=True))
        lengths = ", ".join(map(str, self.lengths))
        return f"points at turns {points}; weights in {self.directions} directions, of {lengths}"

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Counts of `trials` samples."""
        return NoisyDraws(self, self._cells.draw(n, trials, rng))  # type: ignore[arg-type]

    def outcomes(self, n: int, exact: bool = False) -> NoisyDraws:
        """Every vector of counts; exact where all cosines are fractions, as at quarter turns."""
        if exact:
            return ExactNoisyDraws(self, self._cells.outcomes(n, exact))
        return NoisyDraws(self, self._cells.outcomes(n))

    @property
    def _cells(self) -> FiniteWorld:
        return FiniteWorld(self.law, ((0,) * len(self.law),))

    @cached_property
    def weights(self) -> Any:
        """(P, 2) means of the posteriors."""
        turns = 2 * math.pi * np.arange(self.directions) / self.directions
        units = np.stack([np.cos(turns), np.sin(turns)], axis=1)
        return np.concatenate([float(length) * units for length in self.lengths])

    @cached_property
    def points(self) -> Any:
        """(m, 2) the points."""
        turns = 2 * math.pi * np.array(self.angles, float)
        return np.stack([np.cos(turns), np.sin(turns)], axis=1)


class NoisyDraws(Draws):
    """Outcomes with the risks of each posterior."""

    def __init__(self, world: NoisyWeights, draws: FiniteDraws, **facts: Any) -> None:
        self.__dict__.update(world=world, draws=draws, n=draws.sample.n, given=facts, **facts)

    dropout_rate = 0

    def knowing(self, **facts: Any) -> NoisyDraws:
        """The same outcomes with further facts."""
        return type(self)(self.world, self.draws, **self.given | facts)

    def under(self, law: Any) -> NoisyDraws:
        """The same outcomes under another law."""
        return type(self)(self.world, self.draws.under(law), **self.given)

    def outcome(self, t: int) -> str:
        """The counts of the cells."""
        return str(self.draws.outcome(t))

    @property
    def weights(self) -> Any:
        """The probability of each outcome."""
        return self.draws.weights

    @cached_property
    def losses(self) -> Any:
        """(P, m) mean losses of each posterior at each point: over the masks and the noise."""
        from scipy.special import ndtr

        rate, total = float(self.dropout_rate), 0.0
        for mask in product((0, 1), repeat=2):
            kept = self.world.weights * np.array(mask)
            chance = np.prod([1 - rate if keep else rate for keep in mask])
            total = total + chance * ndtr(-kept @ self.world.points.T)
        return total

    @cached_property
    def empirical_risk(self) -> Any:
        """(T, P) mean losses on the sample."""
        return self.draws.sample.counts @ self.losses.T / self.n

    @cached_property
    def risk(self) -> Any:
        """(1, P) true risks."""
        return (self.losses @ np.asarray(self.draws.law, float))[None, :]

    @cached_property
    def squared_norm(self) -> Any:
        """(1, P) squared lengths of the means."""
        return (self.world.weights**2).sum(axis=1)[None, :]

    @cached_property
    def kl(self) -> Any:
        """(1, P) relative entropies to the prior, which drops as the posterior does."""
        return (1 - float(self.dropout_rate)) * self.squared_norm / 2

    @cached_property
    def weight_scale(self) -> Any:
        """(1, P) lengths of the means."""
        return np.sqrt(self.squared_norm)

    @cached_property
    def signed_margins(self) -> Any:
        """(T, P) tuples of the n signed margins."""
        if self.dropout_rate:
            raise NotKnownError("the margins say the risk where no weight is dropped")
        cosines = np.clip(self.world.weights @ self.world.points.T / self.weight_scale.T, -1, 1)
        table = np.empty((len(self.draws.sample.counts), len(cosines)), object)
        for t, p in np.ndindex(table.shape):
            table[t, p] = tuple(np.repeat(cosines[p], self.draws.sample.counts[t]).tolist())
        return table


_COSINES = {
    Fraction(0): Fraction(1),
    Fraction(1, 6): Fraction(1, 2),
    Fraction(1, 4): Fraction(0),
    Fraction(1, 3): Fraction(-1, 2),
    Fraction(1, 2): Fraction(-1),
}
"""The cosines of turns that are fractions; those beyond half a turn mirror them."""


class ExactNoisyDraws(NoisyDraws):
    """Outcomes whose risks are exact: the facts that theorems on margins take, and no others."""

    empirical_risk = losses = property(lambda self: _not_exact())

    @cached_property
    def cosines(self) -> list[list[Fraction]]:
        """Of the angle between each mean and each point."""
        count = self.world.directions
        turns = [Fraction(i, count) for _ in self.world.lengths for i in range(count)]
        return [[_cosine(point - turn) for point in self.world.angles] for turn in turns]

    @cached_property
    def lengths(self) -> list[Fraction]:
        """Of the mean of each posterior."""
        return [x for x in self.world.lengths for _ in range(self.world.directions)]

    @cached_property
    def weight_scale(self) -> Any:
        """(1, P) lengths of the means."""
        return np.array([self.lengths], object)

    @cached_property
    def risk(self) -> Any:
        """(1, P) true risks."""
        if self.dropout_rate:
            _not_exact()
        found = np.empty((1, len(self.lengths)), object)
        for p, (length, cosines) in enumerate(zip(self.lengths, self.cosines, strict=True)):
            places = [length * c for c in cosines]
            found[0, p] = Irrational(noisy_risk, (*self.draws.law, *places))
        return found

    @cached_property
    def signed_margins(self) -> Any:
        """(T, P) tuples of the n signed margins."""
        table = np.empty((len(self.draws.sample.counts), len(self.lengths)), object)
        for t, p in np.ndindex(table.shape):
            counts = zip(self.cosines[p], self.draws.sample.counts[t], strict=True)
            table[t, p] = tuple(c for c, count in counts for _ in range(count))
        return table


def noisy_risk(*numbers: Any) -> Any:
    """The probabilities of some points, then their signed distances: that noise crosses over."""
    half = len(numbers) // 2
    pairs = zip(numbers[:half], numbers[half:], strict=True)
    return sum(p * erfc(x / sqrt(2 * ONE + 0 * x)) / 2 for p, x in pairs)


def _cosine(turn: Fraction) -> Fraction:
    found = _COSINES.get(min(turn % 1, -turn % 1))
    return _not_exact() if found is None else found


def _not_exact() -> Any:
    raise NotKnownError("noisy weights err with normal probabilities, which are no fractions")


def noisy_worlds() -> Iterator[tuple[NoisyWeights, int]]:
    """Small worlds: two points that one direction serves, and three that none does."""
    two = (("9/10", "1/10"), (0, "1/2"), 4)
    three = (("1/3",) * 3, (0, "1/3", "2/3"), 6)
    for law, angles, directions in (two, three):
        for n in (2, 10, 20):
            yield NoisyWeights(law, angles, directions, lengths=("1/2", 2, 8)), n
