"""Arenas for margins, votes, machines, simulated complexities and rules for stopping."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Any

from genbounds.referee.arenas import Arena, FamilyArena, LawArena, WorldArena
from genbounds.referee.parameters import PARAMETERS
from genbounds.referee.worlds import structures as shapes
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.scores import LinearScores, ScoreWorld, SurrogateScores
from genbounds.referee.worlds.structures import Structure

MOST = 12
"""The longest sample for which complexities are listed on several cells."""
LONG = {1: 200, 2: 60, 3: 25, 4: 13}
"""The longest sample whose outcomes are listed, by the number of cells."""
MOST_LOSSES = 400
"""The largest sum of losses that is waited for."""
CLASSES = (
    shapes.opposite(),
    shapes.all_labelings(2),
    shapes.all_labelings(3),
    shapes.all_labelings(4),
    shapes.thresholds(3),
    shapes.singletons(3),
    shapes.noisy(shapes.all_labelings(1)),
)
SCORES = (
    ("a score of 1 on one cell, -1 on the other", ((1, -1),)),
    ("scores 1 and 0, and 0 alone", ((1, 0), (0, 0))),
    ("one score or its opposite, and 0", ((1, -1), (-1, 1), (0, 0))),
    ("one of two cells, with a small score", (("1/10", "-1/10"), ("-1/10", "1/10"), (0, 0))),
    ("scores 1, 1/2 and 0", (("1/2", 1, 0), (1, 0, "1/2"), (0, "1/2", 1))),
)
"""Names and rows of label times score, for one cell each."""
PLANE = ((1, 0), (-1, 0), (0, 1), (0, -1), (0, 0), ("1/2", "1/2"), ("-1/2", "-1/2"))
LINEAR = (
    ("a number and its opposite", ((1, -1),), ((1,), (-1,), ("1/2",), ("-1/2",))),
    ("numbers that agree", ((1, "1/2", "-1/4"),), ((1,), (-1,))),
    ("two directions", ((1, 0), (0, 1)), PLANE),
    ("two directions and their opposites", ((1, -1, 0, 0), (0, 0, 1, -1)), PLANE),
)
"""Names, coordinates of label times input by cell, and weights."""
SEPARABLE = (
    ("two orthogonal inputs", ((1, 0), (0, 1))),
    ("three orthogonal inputs", ((1, 0, 0), (0, 1, 0), (0, 0, 1))),
    ("three inputs in the plane", ((1, 1, 0), ("-1/2", 1, 1))),
    ("three short orthogonal inputs", (("1/2", 0, 0), (0, "1/2", 0), (0, 0, "1/2"))),
    ("inputs far from each other", ((1, "-9/10"), ("1/10", "1/2"))),
)
"""Names and coordinates of label times input by cell."""


def score_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Scores on a few cells under every law, for theorems about margins and surrogates."""
    if not {"margin_risk", "surrogate_risk", "fat_dim"}.intersection(bound.arguments):
        return
    if bound.claim.data == "without_replacement":
        return
    kind = SurrogateScores if "absolute_rademacher" in bound.arguments else ScoreWorld
    for name, table in _score_cells():
        longest = MOST if "rademacher" in " ".join(bound.arguments) else LONG[len(table.law)]
        for n in (n for n in sizes if n <= longest):
            yield LawArena(bound, kind(table), n, delta, parameters, name)


def _score_cells() -> Iterator[tuple[str, FiniteWorld]]:
    for structure in CLASSES:
        yield (
            f"signs: {structure.name}",
            FiniteWorld(structure.world().law, signs_of(structure), structure.points),
        )
    for name, rows in SCORES:
        yield name, cells(rows)


def signs_of(structure: Structure) -> tuple[tuple[Fraction, ...], ...]:
    """Label times prediction, where losses are 0 or 1."""
    return tuple(tuple(1 - 2 * x for x in row) for row in structure.losses)


def cells(rows: Any) -> FiniteWorld:
    """These rows on as many cells as they are long, under the even law."""
    m = len(rows[0])
    return FiniteWorld((Fraction(1, m),) * m, rows)


def linear_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Linear scores in one and two dimensions, by signs or by ramps."""
    if not {"weight_bound", "radius"} <= {*bound.arguments}:
        return
    if (bound.claim.quantity, bound.claim.scope) != ("risk", "every_hypothesis"):
        return
    loss = "zero_one" if "margin_risk" in bound.arguments else "ramp"
    for name, rows, weights in LINEAR:
        for margin in (Fraction(1, 2), 1) if loss == "ramp" else (1,):
            world = LinearScores(cells(rows), margin, loss, weights)
            for n in sizes:
                if n <= LONG[len(rows[0])]:
                    yield LawArena(bound, world, n, delta, parameters, f"{name}, {loss}")


def vote_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Votes on a grid, every one or that of the largest margin, which is then the one observed."""
    from genbounds.referee.worlds.votes import MarginVote, VoteWorld

    if "votes_of_signs" not in bound.given:
        return
    chosen = "margin_reached" in bound.given
    if chosen:
        if parameters.get("margin", PARAMETERS["margin"][0]) != PARAMETERS["margin"][0]:
            return  # the margin is no parameter there: once is enough
        parameters = {name: x for name, x in parameters.items() if name != "margin"}
    for structure, steps in product(CLASSES, (1, 2, 3)):
        world = VoteWorld(structure.world(), steps=steps)
        if chosen and not any(min(row) > 0 for row in world.scores):
            continue
        made = MarginVote(structure.world(), steps=steps) if chosen else world
        for n in sizes:
            if n <= LONG[structure.cells]:
                name = f"votes in multiples of 1/{steps}: {structure.name}"
                yield LawArena(bound, made, n, delta, parameters, name)


def machine_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Hard-margin machines on a few separable cells."""
    from genbounds.referee.worlds.hard_margins import HardMargin

    if not {"weight_bound", "weight_norm"}.intersection(bound.arguments):
        return
    if bound.claim.scope != "output":
        return
    for name, rows in SEPARABLE:
        for n in sizes:
            if n <= LONG[len(rows[0])]:
                yield LawArena(bound, HardMargin(cells(rows)), n, delta, parameters, name)


def ranking_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Two pairs that scores order in one way or the other, with every chance of each."""
    from genbounds.referee.worlds.ranking import RankingWorld

    if "independent_pairs" not in bound.given:
        return
    for first, second in (
        (((0, 0), (1, 1)), ((1, 0), (0, 1))),
        (((0, 1), (1, 0)), ((1, 0), (0, 1))),
        (((0, 0),) * 4, ((1, 1), (-1, -1), (1, -1), (-1, 1))),
    ):

        def make(p: Fraction, first: Any = first, second: Any = second) -> RankingWorld:
            return RankingWorld(FiniteWorld((p, 1 - p), second), first=first)

        for n in (n for n in sizes if n <= 2 * MOST):
            yield FamilyArena(bound, make, 1, n, delta, parameters, "two pairs")


def split_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Small populations, every split listed: all ways to err, or one error more than none."""
    from genbounds.referee.worlds.splits import SplitPopulation

    if "transductive_split" not in bound.given:
        return
    for size in range(2, 9):
        everything = tuple(product((1, -1), repeat=size))
        single = tuple(tuple(1 - 2 * (i == j) for i in range(size)) for j in range(size))
        half = (tuple(1 if 2 * i < size else -1 for i in range(size)),)
        for scores in (everything, single, half):
            for n in (n for n in sizes if n < size):
                yield WorldArena(bound, SplitPopulation(scores), n, delta, parameters)


def simulated_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Samples and simulated signs, all listed together."""
    from genbounds.referee.worlds.simulated import SimulatedComplexity

    if "monte_carlo_rademacher" not in bound.arguments:
        return
    repeats, centred = parameters["n_monte_carlo"], "centred_losses" in bound.given
    for structure in (shapes.values(1, 0), *CLASSES):
        world = SimulatedComplexity(structure.world(), repeats, centred)
        for n in sizes:
            if n <= (MOST if structure.cells == 2 else 5):
                yield LawArena(bound, world, n, delta, parameters, structure.name)


def stopping_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """Losses that are drawn until their sum reaches what a rule asks for, with risks over 1/4."""
    from genbounds.referee.worlds.stopped import StoppedSum

    if bound.claim.quantity != "deviation" or "epsilon" not in bound.arguments:
        return
    least = ceil(bound.size(epsilon=float(parameters["epsilon"]), delta=delta))

    def make(share: Fraction) -> StoppedSum:
        return StoppedSum((1 + 3 * share) / 4)

    if least <= MOST_LOSSES:
        yield FamilyArena(bound, make, 1, least, delta, parameters, "losses up to a sum")


SCORE_REGIMES: list[Any] = [
    score_arenas,
    linear_arenas,
    vote_arenas,
    machine_arenas,
    ranking_arenas,
    split_arenas,
    simulated_arenas,
    stopping_arenas,
]
