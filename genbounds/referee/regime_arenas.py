"""Arenas of the other regimes: populations, paths, pairs of models, sums, posteriors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from genbounds.referee.arenas import Arena, FamilyArena, LawArena, WorldArena, has_law
from genbounds.referee.score_arenas import SCORE_REGIMES

SIZES = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 25, 40, 60, 100, 200)
"""The sample sizes that are tried where none are given."""
LONG = 100
"""The longest path that is watched."""
SMALL = 12
"""The longest sample whose sequences, or posteriors' outcomes, are listed."""


def population_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Finite populations, sampled without replacement, with every number of errors."""
    from genbounds.referee.worlds.populations import Population

    if bound.claim.data != "without_replacement":
        return
    for n in sizes:
        for size in sorted({n + 1, n + 2, 2 * n, 4 * n + 1, 10 * n}):
            for wrong in sorted({*range(1, min(size, 6)), size // 4, size // 2, size - 1}):
                losses = (1,) * wrong + (0,) * (size - wrong)
                yield WorldArena(bound, Population(losses), n, delta, parameters)


def path_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """A Bernoulli sequence watched over time, with every risk."""
    from genbounds.referee.worlds.paths import Paths

    if bound.claim.time != "every_n":
        return
    horizons = [n for n in sizes if n <= LONG or sizes != SIZES]
    for horizon in horizons:

        def make(risk: Fraction) -> Paths:
            return Paths(risk)

        yield FamilyArena(bound, make, 1, horizon, delta, parameters, "losses watched over time")
    for horizon in horizons:

        def test(risk: Fraction, alternative: Fraction) -> Paths:
            return Paths(risk, alternative)

        yield FamilyArena(bound, test, 2, horizon, delta, parameters, "a test watched over time")


def sequence_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Losses in their order, all sequences listed, with every risk."""
    from genbounds.referee.worlds.sequences import Sequences

    if "losses" not in bound.arguments:
        return
    watched = bound.claim.time == "every_n"
    for n in (n for n in sizes if n <= SMALL):

        def make(risk: Fraction, watched: bool = watched) -> Sequences:
            return Sequences((0, 1), (1 - risk, risk), watched=watched)

        yield FamilyArena(bound, make, 1, n, delta, parameters, "losses in order")


def pair_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Two models on the same sample, with every pair of chances that one errs alone."""
    from genbounds.referee.worlds.pairs import PairedModels

    if bound.claim.quantity != "risk_difference":
        return
    for n in (n for n in sizes if n <= 2 * SMALL):

        def make(first: Fraction, share: Fraction) -> PairedModels:
            return PairedModels(first, (1 - first) * share)

        yield FamilyArena(bound, make, 2, n, delta, parameters, "two models on the same sample")


def distribution_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Uniform samples, continuous or on a few atoms."""
    from genbounds.referee.worlds.cdf import UniformSample

    if bound.claim.quantity != "cdf_deviation":
        return
    for n in sizes:
        yield WorldArena(bound, UniformSample(), n, delta, parameters)
        for atoms in (2, 3):
            if n <= SMALL:
                yield WorldArena(bound, UniformSample(atoms), n, delta, parameters)


def sum_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Sums of independent steps, alike or of different lengths."""
    from genbounds.referee.worlds.sums import BoundedSum, SignedSum

    if bound.claim.quantity != "deviation":
        return
    for n in (n for n in sizes if n <= SMALL):
        for steps in {(1,) * n, tuple(range(1, n + 1))}:
            if bound.claim.data == "martingale":
                yield WorldArena(bound, SignedSum(steps), n, delta, parameters)

            def make(risk: Fraction, steps: tuple[int, ...] = steps) -> BoundedSum:
                return BoundedSum(steps, risk)

            yield FamilyArena(bound, make, 1, n, delta, parameters, f"a sum of steps {steps}")


def posterior_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Small worlds whose instances are posteriors or hypotheses drawn from them."""
    pairs = list(_posterior_worlds(bound.claim.scope, delta))
    if sizes != SIZES:
        pairs = [(world, n) for world in dict(pairs) for n in sizes if n <= 2 * SMALL]
    for world, n in pairs:
        made = LawArena if has_law(world) else WorldArena
        yield made(bound, world, n, delta, parameters)


def _posterior_worlds(scope: str, delta: float) -> Iterator[tuple[Any, int]]:
    from genbounds.referee.worlds.drawn import drawn_worlds
    from genbounds.referee.worlds.drawn_weights import drawn_weight_worlds
    from genbounds.referee.worlds.noisy_weights import noisy_worlds
    from genbounds.referee.worlds.posteriors import posterior_worlds
    from genbounds.referee.worlds.priors import private_worlds, several_prior_worlds
    from genbounds.referee.worlds.watched import watched_worlds

    if scope == "posterior_draw":
        yield from drawn_worlds(delta)
        yield from drawn_weight_worlds()
    if scope == "every_posterior":
        for made in (posterior_worlds, several_prior_worlds, private_worlds, watched_worlds):
            yield from made()
        yield from noisy_worlds()


REGIMES: list[Any] = [
    posterior_arenas,
    population_arenas,
    path_arenas,
    sequence_arenas,
    pair_arenas,
    distribution_arenas,
    sum_arenas,
    *SCORE_REGIMES,
]
