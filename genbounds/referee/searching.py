"""The search for the hardest world: a glance at every arena, then climbs in the best of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any, NamedTuple

import numpy as np

from genbounds.referee.arenas import Arena, Score
from genbounds.referee.draws import NotKnownError

_STEPS = tuple(0.25 / 2**i for i in range(34))
CLIMBED = 6
"""Arenas in which the search climbs."""


class Found(NamedTuple):
    """The hardest world that a search met in an arena."""

    score: Score
    arena: Arena
    theta: Any

    @classmethod
    def at(cls, arena: Arena, theta: Any) -> Found:
        """The world at theta; one that lacks what the bound speaks of is no challenge."""
        try:
            return cls(arena.score(theta), arena, theta)
        except NotKnownError:
            return cls(Score((-np.inf, 0.0)), arena, theta)


Order = Callable[[Found], Any]


def by_slack(found: Found) -> Any:
    """Harder is what refutes a larger factor on the radius."""
    return found.score


def by_chance(found: Found) -> Any:
    """Harder is where the bound itself fails more often."""
    return found.score.chance, found.score.slack


class Search(NamedTuple):
    """What was found, the hardest first, and how much was looked at."""

    found: list[Found]
    arenas: int
    worlds: int
    sizes: tuple[int, ...]
    seconds: float

    def __str__(self) -> str:
        if not self.arenas:
            return "no world of the referee knows what the bound speaks of"
        first, last = self.sizes[0], self.sizes[-1]
        sizes = f"n = {first}" if first == last else f"n from {first} to {last}"
        return f"{_counted(self.worlds, 'world')} in {_counted(self.arenas, 'arena')}, {sizes}"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def search(
    arenas: Iterable[Arena], rng: int, until: float, enough: float = np.inf,
    order: Order = by_slack,
) -> Search:  # fmt: skip
    """The hardest worlds of the arenas, until a time, or until a slack exceeds `enough`."""
    generator, started = np.random.default_rng(rng), monotonic()
    glanced = []
    for arena in arenas:
        glanced.append(glance(arena, generator, order))
        if monotonic() > until:
            break
    glanced.sort(key=order, reverse=True)
    climbed: list[Found] = []
    surely = glanced and glanced[0].score.slack > enough
    free = [first for first in glanced if first.arena.dimension]
    for first in [] if surely else free[:CLIMBED]:
        climbed.append(hardest(first.arena, generator, until=until, enough=enough, order=order))
        if monotonic() > until or climbed[-1].score.slack > enough:
            break
    found = sorted([*climbed, *glanced], key=order, reverse=True)
    seen = [first.arena for first in glanced]
    sizes = tuple(sorted({arena.n for arena in seen}))
    return Search(found, len(seen), sum(a.scored for a in seen), sizes, monotonic() - started)


def glance(arena: Arena, rng: Any, order: Order = by_slack) -> Found:
    """The hardest of the arena's starts."""
    starts = (Found.at(arena, theta) for theta in arena.starts(rng, 4))
    return max(starts, key=order)


def hardest(
    arena: Arena, rng: Any, restarts: int = 4, until: float = np.inf, enough: float = np.inf,
    order: Order = by_slack,
) -> Found:  # fmt: skip
    """Climb from the best starts; stop at the time `until`, or once the slack exceeds `enough`."""
    starts = [Found.at(arena, theta) for theta in arena.starts(rng, restarts)]
    starts.sort(key=order, reverse=True)
    best = starts[0]
    for start in starts[: max(2, restarts)]:
        best = max(best, _climb(start, until, order), key=order)
        if monotonic() > until or best.score.slack > enough:
            break
    return best


def _climb(best: Found, until: float, order: Order) -> Found:
    """Take the best neighbour as long as there is a better one, then halve the step."""
    arena = best.arena
    for step in _STEPS:
        improved = arena.dimension > 0
        while improved and monotonic() < until:
            near = (Found.at(arena, t) for t in arena.moved(best.theta, step))
            better = max(near, key=order, default=best)
            improved = order(better) > order(best)
            best = better if improved else best
    return best
