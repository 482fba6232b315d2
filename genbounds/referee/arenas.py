"""Arenas: worlds with free parameters, in which the search looks for the hardest law."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.enclosing import exactly
from genbounds.referee.draws import Draws, in_floats
from genbounds.referee.readings import Reading, as_read, covered, ratios, read, together, uniform
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import FiniteDraws, FiniteWorld

_NEEDS_LAW = frozenset(name for name in vars(FiniteDraws) if not name.startswith("_"))


class Arena:
    """A bound on worlds that differ in `theta`, a vector of numbers in [0, 1]."""

    dimension: int
    label: str

    def __init__(
        self, bound: Any, n: int, delta: float, parameters: Mapping[str, Any] | None = None
    ) -> None:
        self.bound, self.n, self.delta = bound, n, float(delta)
        self.allowed = Fraction(exactly(delta))
        self.parameters = dict(parameters or {})
        self.scored = 0

    def starts(self, rng: Any, count: int) -> Iterator[Any]:
        """Where the search begins: random points, after those of special interest."""
        for _ in range(count if self.dimension else 1):
            yield rng.random(self.dimension)

    def moved(self, theta: Any, step: float) -> Iterator[Any]:
        """Neighbours of a point at this distance."""
        for i in range(self.dimension):
            for sign in (1, -1):
                moved = theta.copy()
                moved[i] = min(1.0, max(0.0, moved[i] + sign * step))
                yield moved

    def world(self, theta: Any, denominator: int) -> World:
        """The world at theta, in fractions with about this denominator."""
        raise NotImplementedError

    def draws(self, theta: Any) -> Draws:
        """The outcomes at theta with their probabilities."""
        raise NotImplementedError

    def score(self, theta: Any) -> Score:
        """How hard the world at theta is for the bound."""
        self.scored += 1
        draws = as_read(self.bound, self.draws(theta))
        return score(self.bound, draws, ratios(self.bound, draws, self.delta), self.delta)


class Score(tuple[float, float]):
    """(slack, chance): a larger pair is a harder world.

    `slack` is the supremum of the factors that fail when the bound's radius is scaled by them,
    `chance` the probability that the bound itself fails.
    """

    @property
    def slack(self) -> float:
        """The largest factor on the radius that this world refutes."""
        return self[0]

    @property
    def chance(self) -> float:
        """The probability that the bound fails."""
        return self[1]


def score(bound: Any, draws: Draws, found: Any, delta: float) -> Score:
    """The slack and the failure probability of ratios (T, K) of deviation to radius."""
    if together(bound, draws) or bound.claim.scope == "posterior_draw":
        return _score(bound, draws, found, delta)
    return max(_score(bound, draws, found[:, [k]], delta) for k in range(found.shape[1]))


def _score(bound: Any, draws: Draws, found: Any, delta: float) -> Score:
    def chance(factor: float) -> float:
        hit = found >= factor
        if bound.claim.scope == "posterior_draw":
            hit = (hit * draws["posterior"]).sum(axis=1, keepdims=True)
        return float(draws.chance(hit))

    levels = np.unique(found[np.isfinite(found)])
    low, high = 0, len(levels)  # chance(levels[i]) > delta exactly for i < low
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if chance(levels[middle]) > delta else (low, middle)
    slack = float(levels[low - 1]) if low else -np.inf
    if low == len(levels) and np.isposinf(found).any() and chance(np.inf) > delta:
        slack = np.inf
    return Score((slack, chance(1.0 + 1e-12)))


class WorldArena(Arena):
    """One world, with nothing free."""

    dimension = 0

    def __init__(
        self, bound: Any, world: World, n: int, delta: float,
        parameters: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(bound, n, delta, parameters)
        self.only, self.label = world, world.sentence

    def draws(self, theta: Any) -> Draws:
        """The outcomes of the world."""
        return self.only.outcomes(self.n).knowing(**in_floats(self.parameters))

    def world(self, theta: Any, denominator: int) -> World:
        """The world."""
        return self.only


class LawArena(Arena):
    """A finite world, or one made over it, under every law: theta are the cells' probabilities."""

    def __init__(
        self, bound: Any, base: World, n: int, delta: float,
        parameters: Mapping[str, Any] | None = None, label: str = "",
    ) -> None:  # fmt: skip
        super().__init__(bound, n, delta, parameters)
        self.base, self.label = base, label or base.sentence
        self.dimension = len(law_of(base))

    @cached_property
    def _outcomes(self) -> Draws:
        return self.base.outcomes(self.n).knowing(**in_floats(self.parameters))

    @cached_property
    def _fixed(self) -> tuple[Any, Any, str] | None:
        """What the bound says and from where, where that is the same under every law."""
        asked = self.bound.gap if uniform(self.bound) else self.bound
        claim = self.bound.claim
        if claim.form == "failure_probability" or claim.surely == "expectation":
            return None
        if _NEEDS_LAW.intersection(asked.arguments) - {"empirical_risk"}:
            return None
        value, centre, truth = read(self.bound, self._outcomes, self.delta)[1:4]
        return value, centre, truth

    def score(self, theta: Any) -> Score:
        """How hard the law theta is; what does not depend on the law is computed once."""
        if self._fixed is None:
            return super().score(theta)
        self.scored += 1
        (value, centre, truth), draws = self._fixed, self.draws(theta)
        found = Reading(draws[truth], value, centre, truth, self.bound.claim.side).ratios
        return score(self.bound, draws, covered(self.bound, draws, found), self.delta)

    def draws(self, theta: Any) -> Draws:
        """The outcomes under the law theta."""
        return self._outcomes.under(theta)  # type: ignore[no-any-return]

    def starts(self, rng: Any, count: int) -> Iterator[Any]:
        """The even law, then laws from flat and from sparse Dirichlet distributions."""
        yield np.full(self.dimension, 1 / self.dimension)
        if self.dimension == 2:
            for p in (np.arange(1, 10) / 10).tolist():
                yield np.array([p, 1 - p])
        for i in range(count):
            yield rng.dirichlet(np.full(self.dimension, (1.0, 0.3)[i % 2]))

    def moved(self, theta: Any, step: float) -> Iterator[Any]:
        """Laws that move mass from one cell to another."""
        for i in range(self.dimension):
            for j in range(self.dimension):
                mass = min(step, theta[i])
                if i != j and mass > 0:
                    moved = theta.copy()
                    moved[i] -= mass
                    moved[j] += mass
                    yield moved

    def world(self, theta: Any, denominator: int) -> World:
        """The finite world whose law has this denominator."""
        counts = np.floor(theta * denominator).astype(object)
        left = denominator - int(counts.sum())
        for i in np.argsort(counts - theta * denominator, kind="stable")[: max(0, left)]:
            counts[i] += 1  # what rounding down has left goes to the largest remainders
        counts[int(np.argmax(counts))] += denominator - int(counts.sum())
        return with_law(self.base, tuple(Fraction(int(c), denominator) for c in counts))


def has_law(world: Any) -> bool:
    """Whether a world is finite, or made over a finite one whose law can be exchanged."""
    if isinstance(world, FiniteWorld):
        return True
    return hasattr(world, "world") and has_law(world.world)


def law_of(world: Any) -> tuple[Fraction, ...]:
    """The law of a finite world, or of the one that a world is made over."""
    return world.law if isinstance(world, FiniteWorld) else law_of(world.world)


def with_law(world: Any, law: tuple[Fraction, ...]) -> World:
    """The same world under another law."""
    if isinstance(world, FiniteWorld):
        return replace(world, law=law)
    moved: World = replace(world, world=with_law(world.world, law))
    return moved


class FamilyArena(Arena):
    """Worlds made by a function of numbers in [0, 1], each as a fraction."""

    def __init__(
        self, bound: Any, make: Callable[..., World], dimension: int, n: int, delta: float,
        parameters: Mapping[str, Any] | None = None, label: str = "",
    ) -> None:  # fmt: skip
        super().__init__(bound, n, delta, parameters)
        self.make, self.dimension, self.label = make, dimension, label

    def draws(self, theta: Any) -> Draws:
        """The outcomes of the world at theta."""
        return self.world(theta, 10**12).outcomes(self.n).knowing(**in_floats(self.parameters))

    def world(self, theta: Any, denominator: int) -> World:
        """The world at theta rounded to this denominator."""
        return self.make(*(Fraction(round(x * denominator), denominator) for x in theta))
