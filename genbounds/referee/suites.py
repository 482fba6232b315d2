"""Which arenas suit a claim: the worlds that the search goes through, and their sizes."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import product
from math import comb
from typing import Any

from genbounds.referee.arenas import Arena, FamilyArena, LawArena, WorldArena
from genbounds.referee.draws import NotKnownError
from genbounds.referee.inputs import refuse_known
from genbounds.referee.regime_arenas import REGIMES, SIZES
from genbounds.referee.regimes import obstacles
from genbounds.referee.suites_certain import certain_arenas
from genbounds.referee.worlds import structures as shapes
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.structures import Structure

LARGE = (1000, 10_000, 100_000)
"""Sizes for worlds whose outcomes are few whatever n."""
EPSILONS = (0.1, 0.25, 0.5, 0.75, 0.9)
_MOST_OUTCOMES = 1200
_MOST_ENTRIES = 40_000  # outcomes times hypotheses

ONE_HYPOTHESIS = (
    shapes.values(1, 0),
    shapes.values(0, "1/2", 1),
    shapes.values(0, "1/4", 1),
    shapes.values(0, "1/10", 1),
    shapes.values(0, "9/10", 1),
    shapes.values(0, 2),
    shapes.values(0, 4),
    shapes.values(-1, 1),
)
CLASSES = (
    shapes.values(1, 0),
    shapes.values(0, 4),
    shapes.values(-1, 1),
    shapes.with_zero(),
    shapes.opposite(),
    shapes.all_labelings(2),
    shapes.all_labelings(3),
    shapes.all_labelings(4),
    shapes.thresholds(3),
    shapes.thresholds(5),
    shapes.intervals(4),
    shapes.singletons(3),
    shapes.singletons(5),
    shapes.noisy(shapes.all_labelings(1)),
    shapes.noisy(shapes.all_labelings(2)),
    shapes.noisy(shapes.thresholds(2)),
    shapes.random_class(4, 4, 0),
    shapes.random_class_of_dimension(1, 5, 0),
)


def arenas_for(
    bound: Any, delta: Any, worlds: tuple[World, ...] | None, n: tuple[int, ...] | None,
    parameters: Mapping[str, Any],
) -> Iterator[Arena]:  # fmt: skip
    """The arenas of the claim's regime, or of given worlds, that know what the bound takes."""
    if bound.claim.scope in ("some_learner", "every_learner"):
        return  # of no hypothesis in particular
    sizes = SIZES if n is None else n
    for fixed in parameter_choices(bound, parameters):
        if worlds is not None:
            yield from given_arenas(bound, delta, worlds, sizes, fixed)
            continue
        for make in (certain_arenas, finite_arenas, *_REGIMES):
            yield from filter(knows, make(bound, delta, sizes, fixed))


def given_arenas(
    bound: Any, delta: float, worlds: tuple[World, ...], sizes: tuple[int, ...],
    parameters: Mapping[str, Any],
) -> Iterator[Arena]:  # fmt: skip
    """A user's worlds at every size that they allow; one error says why where none is left."""
    found, reasons = False, list[str]()
    for world, n in product(worlds, sizes):
        arena = WorldArena(bound, world, n, delta, parameters)
        try:
            check_speaks_of(arena)
        except ValueError as fault:
            reasons.append(str(fault))
            continue
        found = True
        yield arena
    if not found:
        raise NotKnownError("; ".join(dict.fromkeys(reasons)))


def check_speaks_of(arena: WorldArena) -> None:
    """Refuse a world of which the theorem is silent, or that knows better than the user."""
    unmet = obstacles(arena.bound, arena.only)
    if unmet:
        raise NotKnownError(
            f"{arena.bound.name} says nothing of {arena.label}: it does not cover "
            f"{', '.join(unmet)}; a bound with a stronger claim would"
        )
    refuse_known(arena.only.outcomes(arena.n), arena.parameters)
    arena.score(None)  # whatever the world does not know is said here


def knows(arena: Arena) -> bool:
    """Whether the arena's worlds have all that the bound and its claim speak of."""
    import numpy as np

    theta = next(iter(arena.starts(np.random.default_rng(0), 1)))
    try:
        if obstacles(arena.bound, arena.world(theta, 1000)):
            return False
        arena.score(theta)
    except NotKnownError:
        return False
    return True


def finite_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Finite worlds under every law, for independent observations."""
    claim = bound.claim
    if hasattr(bound, "size"):
        yield from size_arenas(bound, delta, parameters)
        return
    if claim.data == "without_replacement" or "losses" in bound.arguments:
        return
    for structure in ONE_HYPOTHESIS if claim.scope == "fixed_hypothesis" else CLASSES:
        for n in sizes:
            if fits(structure, n):
                yield LawArena(bound, structure.world(), n, delta, parameters, structure.name)


def size_arenas(bound: Any, delta: float, parameters: Mapping[str, Any]) -> Iterator[Arena]:
    """Finite worlds at the size from which a theorem keeps epsilon."""
    binary = [shape for shape in CLASSES if {*shape.losses[0]} <= {0, 1}]
    for structure, epsilon in product(binary, EPSILONS):
        world = structure.world()
        known = world.outcomes(1)
        facts = {name: getattr(known, name, None) for name in ("vc_dim", "n_hypotheses")}
        facts |= {"epsilon": epsilon, "delta": delta, "log_cardinality": known.log_cardinality}
        try:
            size = bound.size(**{name: facts[name] for name in bound.size.arguments})
        except KeyError:
            return  # the theorem counts something else
        if size < LARGE[0] and fits(structure, math.ceil(size)):
            given = {"epsilon": epsilon, **parameters}
            yield LawArena(bound, world, math.ceil(size), delta, given, structure.name)


def fits(structure: Structure, n: int) -> bool:
    """Whether all outcomes of n observations can be listed quickly."""
    outcomes = comb(n + structure.cells - 1, structure.cells - 1)
    entries = outcomes * len(structure.losses)
    return outcomes <= _MOST_OUTCOMES and entries <= _MOST_ENTRIES


def occupancy_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """All labelings of many points, for claims about a class."""
    from genbounds.referee.worlds.occupancy import AllLabelings

    if bound.claim.scope not in ("every_hypothesis", "consistent_hypotheses", "erm"):
        return
    for n in (*sizes, *(LARGE if sizes == SIZES else ())):
        for points in {n, 2 * n, 4 * n, 1000 * n}:

            def make(points: int = points) -> AllLabelings:
                return AllLabelings(points)

            label = f"all labelings of {points} equally likely points"
            yield FamilyArena(bound, make, 0, n, delta, parameters, label)


_REGIMES: list[Any] = [occupancy_arenas, *REGIMES]


def parameter_choices(bound: Any, given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Values for what a user fixes in advance: those given, else those worth trying."""
    from genbounds.referee.parameters import PARAMETERS

    free = [name for name in bound.arguments if name in PARAMETERS and name not in given]
    for chosen in product(*(PARAMETERS[name] for name in free)):
        yield dict(given) | dict(zip(free, chosen, strict=True))
