"""Arenas for claims that hold on every sample, on average, or of a probability itself.

Such a claim is about vectors, balls or machines that its own name says, not about any class: each
bound has its worlds, some of special interest and some with free coordinates. What no world here
can know is in `UNSERVED`, with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any

from genbounds.referee import sure_families as of
from genbounds.referee.arenas import Arena, FamilyArena, LawArena, Score, WorldArena
from genbounds.referee.draws import NotKnownError
from genbounds.referee.sure_families import Free, Worlds
from genbounds.referee.worlds import balls, covers
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.pairs import PairedModels
from genbounds.referee.worlds.sign_sums import SignMoments
from genbounds.referee.worlds.squares import SquareLoss
from genbounds.referee.worlds.structures import Structure


class CarefulArena(FamilyArena):
    """A family some of whose worlds break a condition of the theorem: those do not count."""

    def score(self, theta: Any) -> Score:
        """As elsewhere; -inf for a world of which the theorem says nothing."""
        try:
            return super().score(theta)
        except NotKnownError:
            return Score((-math.inf, 0.0))

    def world(self, theta: Any, denominator: int) -> World:
        """The world at theta rounded to this denominator, or hardly at all if that breaks it."""
        found = super().world(theta, denominator)
        if denominator >= 10**12:
            return found
        try:
            WorldArena(self.bound, found, self.n, self.delta, self.parameters).score(theta)
        except NotKnownError:
            return super().world(theta, 10**12)
        return found


def equal_models(n: int) -> Iterator[World | Free]:
    """Two models of equal risk."""
    if n <= 8:
        yield Free(1, lambda p: PairedModels(p / 2, p / 2))


def regressions(n: int) -> Iterator[World | Free]:
    """Two functions on two points, with any values."""

    def make(*xs: Fraction) -> World:
        return SquareLoss((xs[0], 1 - xs[0]), xs[1:3], (xs[3:5], xs[5:7]))

    yield Free(7, make)


def near_ties(n: int) -> Iterator[World | Free]:
    """Two constant functions of nearly the same risk."""
    constants = (Fraction(0),) * 2, (Fraction(1),) * 2
    for distance in (200, 100, 60, 50, 40, 30):
        p = Fraction(1, 2) + Fraction(1, distance)
        yield SquareLoss((p, 1 - p), (Fraction(0), Fraction(1)), constants)


_LP = (Fraction(3, 2), Fraction(4, 3), 2)
SERVED: dict[str, Worlds] = {
    "l2_ball": of.ball(),
    "kernel_ball": of.ball(),
    "kernel_ball_lower": of.ball(),
    "l1_ball": of.ball(exponents=(1,)),
    "l1_ball_columns": of.ball(exponents=(1,)),
    "simplex": of.ball(balls.Simplex, (1,)),
    "simplex_columns": of.ball(balls.Simplex, (1,)),
    "kakade_sridharan_tewari": of.ball(balls.SquaredNorm, _LP, 4),
    "lp_ball": of.ball(exponents=_LP, most=4),
    "awasthi_frank_mohri": of.ball(exponents=(*_LP, 3), most=4),
    "group_lasso": of.groups((None,)),
    "multiple_kernels": of.groups((1, 2, 3)),
    "cortes_mohri_rostamizadeh": of.groups((1, 2, 3)),
    "cortes_mohri_rostamizadeh_radius": of.groups((None,), 2),
    "trace_norm_ball": of.matrices,
    "gaussian_orthonormal": of.orthogonal,
    "massart": of.vectors,
    "massart_binary": of.signs,
    "massart_log_cosh": of.signs,
    "growth_rademacher": of.signs,
    "vc_rademacher_sauer": of.signs,
    "vc_rademacher_mohri": of.signs,
    "vc_chaining": of.zero_one,
    "covering_discretisation": of.vectors,
    "shalev_shwartz_chaining": of.vectors,
    "chaining_pairs": of.vectors,
    "shalev_shwartz_chaining_linear": of.blocks,
    "dudley": of.blocks,
    "dudley_inverse_square": of.blocks,
    "dudley_polynomial": of.blocks,
    "contraction": of.composed,
    "contraction_absolute": of.composed,
    "maurer_contraction": of.vector_scores,
    "rademacher_of_product": of.two_classes(False),
    "rademacher_of_product_simple": of.two_classes(False),
    "rademacher_of_maximum": of.two_classes(True),
    "rademacher_from_gaussian": of.gaussian,
    "gaussian_from_rademacher": of.gaussian,
    "gaussian_from_rademacher_wainwright": of.gaussian,
    "kahane_khintchine": of.ball(),
    "kahane_khintchine_lower": of.ball(),
    "khintchine_moment": of.multiples(SignMoments, 8),
    "chaos_moment": of.multiples(of.chaos, 5, pairs=True),
    "chaos_maximum": of.chaoses,
    "local_kernel": of.local(True),
    "local_kernel_empirical": of.local(False),
    "local_kernel_fixed_point": of.fixed_points,
    "offset_finite": of.vectors,
    "offset_linear": of.linear,
    "sequential_finite": of.adversaries(of.vectors),
    "sequential_littlestone": of.adversaries(of.signs),
    "alon_covering": of.scales(covers.Cover),
    "haussler_covering": of.scales(lambda rows, scale: covers.Cover(rows, scale, True)),
    "haussler_packing": of.packings,
    "adaboost_training_error": of.boosts,
    "adaboost_training_error_edge": of.boosts,
    "adaboost_margin": of.boosts,
    "radius_margin_loo": of.machines,
    "jaakkola_haussler": of.machines,
    "vapnik_chapelle": of.machines,
    "svm_leave_one_out": of.trained,
    "vapnik_leave_one_out": of.trained,
    "sign_test": equal_models,
    "anthony_bartlett_covering_tail": regressions,
    "anthony_bartlett_regression_sample_size": near_ties,
}
"""The worlds of each bound, for a sample size."""

UNSERVED: dict[str, str] = {
    "sequential_regret": "some learner keeps it; no world knows which",
    "one_inclusion": "some learner keeps it; no world knows which",
    "devroye_gyorfi_lugosi_lower": "it says that every learner fails under some law",
    "devroye_gyorfi_lugosi_agnostic_lower": "it says that every learner fails under some law",
    "dagum_karp_luby_ross": "its sum stops at a random time, not at a sample size",
    "rudelson_vershynin": "a rate without constants: there is no number to test",
    "majority_of_three": "a rate without constants: there is no number to test",
    "massart_nedelec": "a rate without constants: there is no number to test",
}
"""Claims of these kinds that no world speaks of, and why."""


def vanishing(points: int) -> Structure:
    """All signs on the points, and a point where every function is 0."""
    rows = tuple((*row, Fraction(0)) for row in of.cube(points))
    return Structure(f"all signs on {points} points, 0 on another", rows)


def certain_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """The bound's own worlds, those without a free number first."""
    name = bound.name.removesuffix(".value").partition("~")[0]  # its variants share its worlds
    if name == "bartlett_mendelson_deviation_tail":
        for points, n in product((1, 2, 3), (n for n in sizes if n <= 10)):
            yield LawArena(bound, vanishing(points).world(), n, delta, parameters)
    if name not in SERVED:
        return
    for n, fixed in settings(bound, delta, sizes, parameters):
        for found in SERVED[name](n):
            if isinstance(found, Free):
                label = f"worlds of {found.dimension} free numbers"
                yield CarefulArena(bound, found.make, found.dimension, n, delta, fixed, label)
            else:
                yield WorldArena(bound, found, n, delta, fixed)


def settings(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Sample sizes, with what a theorem fixes beside the parameters: a scale, an accuracy."""
    if hasattr(bound, "size"):
        for epsilon in (Fraction(3, 4), Fraction(9, 10)):
            size = bound.size(epsilon=float(epsilon), delta=delta, pseudo_dim=1)
            yield math.ceil(size), {**parameters, "epsilon": epsilon}
        return
    scales = (Fraction(1, 10), Fraction(1, 2), 1) if "covering_disc" in bound.name else (None,)
    for n, scale in product(sizes, scales):
        yield n, dict(parameters) if scale is None else {**parameters, "scale": scale}
