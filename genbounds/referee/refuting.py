"""Refutation: the search for a world in which a claim fails too often, and its exact proof."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from time import monotonic
from typing import Any, NamedTuple

from genbounds.complexity.signs import seed_of
from genbounds.referee.arenas import Arena
from genbounds.referee.certifying import certified_chance
from genbounds.referee.counterexamples import Counterexample
from genbounds.referee.draws import NotKnownError
from genbounds.referee.inputs import (
    bound_of,
    check_parameters,
    probability,
    seconds_of,
    sizes_of,
    worlds_of,
)
from genbounds.referee.searching import Found, Search, by_chance, hardest, search
from genbounds.referee.suites import arenas_for
from genbounds.referee.worlds.base import World
from genbounds.rendering import Report, Shown

_NUDGES = (1e-9, 1e-6)
_DENOMINATORS = (2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 25, 32, 50, 64, *(10**i for i in range(2, 16)))


@dataclass(frozen=True, repr=False)
class Refutation(Shown):
    """What the search found: a certified counterexample, or how close it came."""

    bound: Any
    delta: float
    counterexample: Counterexample | None
    chance: float
    searched: Search

    @property
    def refuted(self) -> bool:
        """Whether a counterexample was found and certified."""
        return self.counterexample is not None

    @property
    def verdict(self) -> str:
        """`refuted`, `not refuted`, or `not tested` where no world knows what the bound needs."""
        if self.refuted:
            return "refuted"
        return "not refuted" if self.searched.arenas else "not tested"

    @property
    def ratio(self) -> float:
        """The largest probability of failure that was met, over delta."""
        if self.counterexample is not None:
            return self.counterexample.ratio
        return self.chance / self.delta if self.delta else 0.0

    @property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        from genbounds.referee.reports import of_refutation

        return of_refutation(self)

    def to_dict(self) -> dict[str, Any]:
        """The verdict as plain data; None where JSON has no number."""
        from genbounds.referee.reports import finite

        return {
            "bound": self.bound.name,
            "delta": self.delta,
            "verdict": self.verdict,
            "ratio": finite(self.ratio),
            "searched": str(self.searched),
            "seconds": self.searched.seconds,
            "counterexample": self.counterexample and self.counterexample.to_dict(),
        }


def refute(
    bound: Any, *, delta: float = 0.05, worlds: World | Iterable[World] | None = None,
    n: int | Iterable[int] | None = None, seconds: float = 20.0, rng: int = 0,
    **parameters: Any,
) -> Refutation:  # fmt: skip
    """Look for a world in which the claim fails with probability above delta, and prove it.

    The search goes through the worlds that suit the claim (or through `worlds`), sizes `n` and
    laws, for at most about `seconds`; parameters that the bound wants fixed in advance are tried
    from a list unless they are given. A counterexample is certified: its probability is exact, and
    every violation is decided in balls. Equal seeds `rng` give equal searches that end in time.
    """
    asked = Question.of(bound, delta, worlds, n, seconds, rng, parameters)
    bound, allowed, started = asked.bound, asked.allowed, monotonic()
    looked = search(asked.arenas(), asked.seed, started + 0.7 * asked.seconds, enough=1.0)
    failing = [candidate for candidate in looked.found if candidate.score.slack > 1]
    for candidate in sorted(failing, key=_size):
        proof = prove(bound, candidate)
        if proof is not None:
            return Refutation(bound, float(allowed), proof, float(proof.probability), looked)
    worst = _worst(looked, asked.seed, started + asked.seconds)
    return Refutation(bound, float(allowed), None, worst, looked)


def _size(found: Found) -> tuple[int, int]:
    """How much a reader has to recompute: cells of the law, observations."""
    return found.arena.dimension, found.arena.n


def _worst(looked: Search, rng: int, until: float) -> float:
    """The largest probability of failure, climbing where it was largest at first sight."""
    import numpy as np

    if not looked.found:
        return 0.0
    generator = np.random.default_rng(rng)
    tops = sorted(looked.found, key=by_chance, reverse=True)[:2]
    found = [hardest(top.arena, generator, until=until, order=by_chance) for top in tops]
    return max(one.score.chance for one in [*tops, *found])


class Question(NamedTuple):
    """What `refute` and `slack` are asked, checked."""

    bound: Any
    allowed: Fraction
    worlds: tuple[World, ...] | None
    sizes: tuple[int, ...] | None
    seconds: float
    seed: int
    parameters: dict[str, Any]

    @classmethod
    def of(
        cls, bound: Any, delta: Any, worlds: Any, n: Any, seconds: Any, rng: Any,
        parameters: dict[str, Any],
    ) -> Question:  # fmt: skip
        """One `ValueError` where something is wrong."""
        found = bound_of(bound)
        check_parameters(found, parameters)
        allowed = allowance(found, probability("delta", delta))
        return cls(found, allowed, worlds_of(worlds), sizes_of(n), seconds_of(seconds),
                   seed_of(rng), parameters)  # fmt: skip

    def arenas(self) -> Iterator[Arena]:
        """Where to look."""
        return arenas_for(self.bound, self.allowed, self.worlds, self.sizes, self.parameters)


def allowance(bound: Any, delta: Fraction) -> Fraction:
    """The probability with which the claim may fail: none where it holds surely or on average."""
    claim = bound.claim
    sure = claim.surely in ("certain", "expectation") or claim.form == "failure_probability"
    return Fraction(0) if sure else delta


def prove(bound: Any, found: Found) -> Counterexample | None:
    """The simplest nearby world, in fractions, in which too many failures are certain."""
    arena, delta = found.arena, found.arena.allowed
    for theta, denominators in _nearby(found):
        for denominator in denominators:
            world = arena.world(theta, denominator)
            try:
                chance = certified_chance(bound, world, arena.n, delta, arena.parameters)
            except NotKnownError:
                return None  # a world in floats proves nothing
            if chance > delta:
                return Counterexample(bound, world, arena.n, delta, chance, arena.parameters)
    return None


def _nearby(found: Found) -> Iterator[tuple[Any, tuple[int, ...]]]:
    """What was found, and its neighbours: on the border, delta is met but not exceeded."""
    arena, theta = found.arena, found.theta
    yield theta, _DENOMINATORS if arena.dimension else (1,)
    for step in _NUDGES if arena.dimension else ():
        for moved in islice(arena.moved(theta, step), 6):
            yield moved, (10**9, 10**12)
