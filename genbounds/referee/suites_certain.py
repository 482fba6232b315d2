"""Arenas for claims that hold on every sample, on average, or of a probability itself.

Such a claim is about vectors, balls or machines that its own name says, not about any class: each
bound has its worlds, some of special interest and some with free coordinates. What no world here
can know is in `UNSERVED`, with the reason.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from genbounds.referee.arenas import Arena, FamilyArena, LawArena, Score, WorldArena
from genbounds.referee.draws import NotKnownError
from genbounds.referee.worlds import balls, boosted, certain, covers, left_out, localized
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.pairs import PairedModels
from genbounds.referee.worlds.sign_sums import ChaosMaximum, SignMoments
from genbounds.referee.worlds.squares import SquareLoss
from genbounds.referee.worlds.structures import Structure
from genbounds.referee.worlds.trees import Adversary

Rows = tuple[tuple[Fraction, ...], ...]


class Free(NamedTuple):
    """A family of worlds of a sample size, made by so many numbers in [0, 1]."""

    dimension: int
    make: Callable[..., World]


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
        try:
            WorldArena(self.bound, found, self.n, self.delta, self.parameters).score(theta)
        except NotKnownError:
            return super().world(theta, 10**12)
        return found


Worlds = Callable[[int], Iterator[World | Free]]


def signed(xs: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Numbers in [0, 1], stretched to [-1, 1]."""
    return tuple(2 * x - 1 for x in xs)


def cut(xs: tuple[Fraction, ...], width: int) -> Rows:
    """Rows of this width."""
    return tuple(xs[i : i + width] for i in range(0, len(xs), width))


def table(rows: int, columns: int, make: Callable[[Rows], World]) -> Free:
    """Worlds of tables of numbers in [-1, 1]."""
    return Free(rows * columns, lambda *xs: make(cut(signed(xs), columns)))


def cube(n: int) -> Rows:
    """All vectors of signs."""
    return tuple(tuple(map(Fraction, s)) for s in product((1, -1), repeat=n))


def unit(n: int) -> Rows:
    """The unit vectors."""
    return tuple(tuple(Fraction(i == j) for j in range(n)) for i in range(n))


def transposed(rows: Rows) -> Rows:
    """Columns as rows."""
    return tuple(zip(*rows, strict=True))


# --- weights in balls


def ball(
    kind: type[balls.Ball] = balls.Ball, exponents: tuple[Any, ...] = (2,), most: int = 6
) -> Worlds:
    """Orthogonal points, equal ones, all signs for coordinates, and any points of 1 to 3."""

    def worlds(n: int) -> Iterator[World | Free]:
        if n > most:
            return
        for p in exponents:
            yield kind(unit(n), p)
            yield kind(((Fraction(1),),) * n, p)
            if n <= 4:
                yield kind(transposed(cube(n)[: 1 << n - 1]), p)
                yield kind(transposed(cube(n)), p)
            for width in (1, 2, 3):
                yield table(n, width, lambda rows, p=p: kind(rows, p))  # type: ignore[misc]

    return worlds


def groups(orders: tuple[int | None, ...], least: int = 1) -> Worlds:
    """Groups of one or two coordinates."""
    shapes = [s for s in ((1,), (2,), (1, 1), (2, 1), (1, 1, 1, 1)) if len(s) >= least]

    def worlds(n: int) -> Iterator[World | Free]:
        for sizes, order in product(shapes if n <= 5 else (), orders):
            width = sum(sizes)

            def make(
                rows: Rows, sizes: tuple[int, ...] = sizes, order: int | None = order
            ) -> World:
                return balls.Groups(rows, sizes, order)

            yield make(((Fraction(1),) * width,) * n)
            yield table(n, width, make)
        if n <= 4 and 1 << n >= least:
            for order in orders:
                yield balls.Groups(transposed(cube(n)), (1,) * (1 << n), order)

    return worlds


def matrices(n: int) -> Iterator[World | Free]:
    """2 x 2 matrices, diagonal ones and any."""
    if n <= 5:
        yield balls.TraceNorm(tuple((Fraction(i % 2), Fraction(0), Fraction(0), Fraction(1 - i % 2))
                                    for i in range(n)))  # fmt: skip
        yield table(n, 4, balls.TraceNorm)


def orthogonal(n: int) -> Iterator[World | Free]:
    """Orthogonal inputs of any number."""
    yield balls.OrthogonalInputs()


# --- vectors


def vectors(n: int) -> Iterator[World | Free]:
    """All signs, the unit vectors, and any 2, 3 or 5 vectors."""
    if n <= 4:
        yield certain.Vectors(cube(n))
    if n <= 6:
        yield certain.Vectors(unit(n))
        for count in (2, 3, 5):
            yield table(count, n, certain.Vectors)


def signs(n: int) -> Iterator[World | Free]:
    """All signs, two opposite vectors, and any 3 or 6 vectors of signs."""
    if n <= 5:
        yield certain.Vectors(cube(n))
    if n <= 8:
        yield certain.Vectors(((Fraction(1),) * n, (Fraction(-1),) * n))
        for count in (3, 6):
            yield Free(count * n, lambda *xs: certain.Vectors(cut(tuple(map(sign, xs)), n)))


def zero_one(n: int) -> Iterator[World | Free]:
    """The same with 0 for -1."""
    for found in signs(n):
        if isinstance(found, Free):
            make = found.make
            yield Free(found.dimension, lambda *xs, make=make: _halved(make(*xs)))
        else:
            yield _halved(found)


def _halved(world: Any) -> World:
    return certain.Vectors(tuple(tuple((x + 1) / 2 for x in row) for row in world.values))


def sign(x: Fraction) -> Fraction:
    """-1 or 1."""
    return Fraction(1 if 2 * x > 1 else -1)


def composed(n: int) -> Iterator[World | Free]:
    """Scores, and the same scores after a function that vanishes at 0."""
    if n > 5:
        return
    shapes: tuple[Callable[[Fraction], Fraction], ...] = (lambda t: t, abs, lambda t: max(t, Fraction(0)))
    for f, g in product(shapes, repeat=2):

        def make(rows: Rows, f: Any = f, g: Any = g) -> World:
            values = tuple(tuple((f if i % 2 else g)(x) for i, x in enumerate(r)) for r in rows)
            return certain.Vectors(values, rows)

        if n <= 4:
            yield make(cube(n))
        if n == 2:
            yield make(((Fraction(1), Fraction(1)), (Fraction(1), Fraction(-1))))
        yield table(3, n, make)


def vector_scores(n: int) -> Iterator[World | Free]:
    """Two scores, and their sum, their larger one or their larger absolute value."""
    if n > 3:
        return
    shapes: tuple[Callable[[Rows], Fraction], ...] = (sum, max, lambda s: max(map(abs, s)))  # type: ignore[assignment,arg-type]
    for f in shapes:

        def make(rows: Rows, f: Any = f) -> World:
            scores = tuple(cut(row, 2) for row in rows)
            return certain.VectorScores(tuple(tuple(map(f, s)) for s in scores), scores)

        yield make(((Fraction(1),) * 2 * n, (Fraction(-1),) * 2 * n))
        yield table(2, 2 * n, make)
        yield table(4, 2 * n, make)


def two_classes(maxima: bool) -> Worlds:
    """All signs and 0, and two functions in each class."""

    def worlds(n: int) -> Iterator[World | Free]:
        if n > 4:
            return
        if n <= 2:
            yield certain.TwoClasses(cube(n), cube(n), maxima)
            yield certain.TwoClasses(cube(n), ((Fraction(0),) * n,), maxima)
        yield table(4, n, lambda rows: certain.TwoClasses(rows[:2], rows[2:], maxima))

    return worlds


def gaussian(n: int) -> Iterator[World | Free]:
    """Two and three vectors, all choices of two values for each coordinate, and the unit vectors."""
    if n <= 5:
        yield table(2, n, certain.Vectors)
        yield table(3, n, certain.Vectors)
    if n <= 4:
        yield certain.Vectors(cube(n))
    yield balls.Axes()


def multiples(kind: Callable[..., World], most: int, pairs: bool = False) -> Worlds:
    """Equal coefficients of signs or of pairs of them, and any."""

    def worlds(n: int) -> Iterator[World | Free]:
        size = n * (n - 1) // 2 if pairs else n
        if 0 < size and n <= most:
            yield kind((Fraction(1),) * size)
            yield Free(size, lambda *xs: kind(signed(xs)))

    return worlds


def chaos(coefficients: tuple[Fraction, ...]) -> World:
    """Coefficients of pairs of signs."""
    return SignMoments(coefficients, pairs=True)


def chaoses(n: int) -> Iterator[World | Free]:
    """Several sums of pairs: all of them, and any three."""
    size = n * (n - 1) // 2
    if 2 <= n <= 4:
        yield ChaosMaximum(unit(size))
        yield ChaosMaximum(cube(size)[: 1 << size - 1])
        yield table(3, size, ChaosMaximum)


# --- chains, local and offset complexities, sequences


def scales(make: Callable[[Any, Fraction], World]) -> Worlds:
    """Functions of values in [0, 1], at three scales."""

    def worlds(n: int) -> Iterator[World | Free]:
        for scale in (Fraction(1, 10), Fraction(1, 4), Fraction(3, 4)) if n <= 4 else ():
            if n <= 3:
                yield make(tuple(product((Fraction(0), Fraction(1)), repeat=n)), scale)
            for count in (2, 5):
                yield Free(count * n, lambda *xs, s=scale: make(cut(xs, n), s))

    return worlds


def blocks(n: int) -> Iterator[World | Free]:
    """Functions on 1 to 5 blocks, or on as many as there are observations."""
    if n <= 40:
        for k in sorted({k for k in (1, 2, 3, 5) if k <= n and n <= 10 ** (3 - k // 3)}):
            yield localized.Blocks(k)
        if n <= 10:
            yield localized.Blocks(n)


def local(drawn: bool) -> Worlds:
    """Kernels on one to three points, for three sizes of the functions."""

    def worlds(n: int) -> Iterator[World | Free]:
        for points in (1, 2, 3) if drawn and n <= 4 else () if drawn or n > 6 else (n,):

            def make(*xs: Fraction) -> World:
                norms = tuple(x + Fraction(1, 100) for x in xs[1:])
                return localized.LocalKernel(norms, xs[0] + Fraction(1, 100), drawn)

            yield localized.LocalKernel((Fraction(1),) * points, Fraction(1, 4), drawn)
            yield Free(points + 1, make)

    return worlds


def fixed_points(n: int) -> Iterator[World | Free]:
    """One to three eigenvalues."""
    for count in (1, 2, 3):
        yield Free(
            count + 1, lambda *xs: localized.KernelFixedPoint(xs[1:], 3 * xs[0] + Fraction(1, 10))
        )


def linear(n: int) -> Iterator[World | Free]:
    """Any points in one or two dimensions."""
    if n <= 6:
        for width in (1, 2):
            yield table(n, width, localized.LinearSpace)


def adversaries(values: Worlds) -> Worlds:
    """The same functions on as many points as they have values, for trees of depth n."""

    def worlds(n: int) -> Iterator[World | Free]:
        for points in (1, 2, 3) if n <= 4 else ():
            for found in values(points):
                if isinstance(found, Free):
                    make = found.make
                    yield Free(found.dimension, lambda *xs, make=make: _adversary(make(*xs)))
                else:
                    yield _adversary(found)

    return worlds


def _adversary(world: Any) -> World:
    return Adversary(world.values)


def packings(n: int) -> Iterator[World | Free]:
    """Thresholds, intervals, all labelings and any six."""
    if not 2 <= n <= 8:
        return
    thresholds = [tuple(int(i >= t) for i in range(n)) for t in range(n + 1)]
    bands = [tuple(int(a <= i < b) for i in range(n)) for a in range(n) for b in range(a, n + 1)]
    everything = [*product((0, 1), repeat=n)] if n <= 5 else []
    for separation in sorted({1, 2, (n + 1) // 2, n}):
        for rows in filter(None, (thresholds, bands, everything)):
            yield covers.Packing(tuple(rows), separation)
        yield Free(
            6 * n, lambda *xs, s=separation: covers.Packing(cut(tuple(int(2 * x > 1) for x in xs), n), s)
        )


# --- algorithms


def boosts(n: int) -> Iterator[World | Free]:
    """Two or four hypotheses, right or wrong on each observation, for 1 to 6 rounds."""
    if not 2 <= n <= 10:
        return
    for count, rounds in ((1, 1), (2, 2), (4, 3), (4, 6)):
        yield Free(
            count * n,
            lambda *xs, r=rounds: boosted.Boosted(cut(tuple(int(sign(x)) for x in xs), n), r),
        )


def machines(n: int) -> Iterator[World | Free]:
    """Points in the plane and in space, separated by their first coordinate."""
    if n <= 5:
        for width in (1, 2, 3):
            yield Free(n * width, lambda *xs, w=width: left_out.Machine(separated(xs, w)))


def trained(n: int) -> Iterator[World | Free]:
    """Samples of two or three such points, of any probabilities."""
    if n > 8:
        return
    for count in (2, 3):

        def make(*xs: Fraction, count: int = count) -> World:
            weights = [x + Fraction(1, 50) for x in xs[:count]]
            law = tuple(w / sum(weights) for w in weights)
            return left_out.TrainedMachine(law, separated(xs[count:], 2))

        yield Free(3 * count, make)


def separated(xs: tuple[Fraction, ...], width: int) -> Rows:
    """Points whose first coordinate is positive."""
    return tuple(((row[0] + 1) / 2, *signed(row[1:])) for row in cut(xs, width))


# --- probabilities


def equal_models(n: int) -> Iterator[World | Free]:
    """Two models of equal risk."""
    if n <= 30:
        yield Free(1, lambda p: PairedModels(p / 2, p / 2))


def regressions(n: int) -> Iterator[World | Free]:
    """Two functions on two points."""
    if n > 60 and n < 400:
        return

    def make(*xs: Fraction) -> World:
        return SquareLoss((xs[0], 1 - xs[0]), xs[1:3], (xs[3:5], xs[5:7]))

    yield Free(7, make)


OPPOSITE_SIGNS = (
    Structure("a sign", ((Fraction(1), Fraction(-1)),)),
    Structure("a sign and 0", ((Fraction(1), Fraction(-1)), (Fraction(0), Fraction(0)))),
    Structure("two signs", ((Fraction(1), Fraction(-1), Fraction(1)),
                            (Fraction(1), Fraction(1), Fraction(-1)))),
)  # fmt: skip

_LP = (Fraction(3, 2), Fraction(4, 3), 2)
SERVED: dict[str, Worlds] = {
    "l2_ball": ball(),
    "kernel_ball": ball(),
    "kernel_ball_lower": ball(),
    "l1_ball": ball(exponents=(1,)),
    "l1_ball_columns": ball(exponents=(1,)),
    "simplex": ball(balls.Simplex, (1,)),
    "simplex_columns": ball(balls.Simplex, (1,)),
    "kakade_sridharan_tewari": ball(balls.SquaredNorm, _LP, 4),
    "lp_ball": ball(exponents=_LP, most=4),
    "awasthi_frank_mohri": ball(exponents=(*_LP, 3), most=4),
    "group_lasso": groups((None,)),
    "multiple_kernels": groups((1, 2, 3)),
    "cortes_mohri_rostamizadeh": groups((1, 2, 3)),
    "cortes_mohri_rostamizadeh_radius": groups((None,), 2),
    "trace_norm_ball": matrices,
    "gaussian_orthonormal": orthogonal,
    "massart": vectors,
    "massart_binary": signs,
    "massart_log_cosh": signs,
    "growth_rademacher": signs,
    "vc_rademacher_sauer": signs,
    "vc_rademacher_mohri": signs,
    "vc_chaining": zero_one,
    "covering_discretisation": scales(lambda rows, scale: certain.Vectors(rows)),
    "shalev_shwartz_chaining": vectors,
    "chaining_pairs": vectors,
    "shalev_shwartz_chaining_linear": blocks,
    "dudley": blocks,
    "dudley_inverse_square": blocks,
    "dudley_polynomial": blocks,
    "contraction": composed,
    "contraction_absolute": composed,
    "maurer_contraction": vector_scores,
    "rademacher_of_product": two_classes(False),
    "rademacher_of_product_simple": two_classes(False),
    "rademacher_of_maximum": two_classes(True),
    "rademacher_from_gaussian": gaussian,
    "gaussian_from_rademacher": gaussian,
    "gaussian_from_rademacher_wainwright": gaussian,
    "kahane_khintchine": ball(),
    "kahane_khintchine_lower": ball(),
    "khintchine_moment": multiples(SignMoments, 8),
    "chaos_moment": multiples(chaos, 5, pairs=True),
    "chaos_maximum": chaoses,
    "local_kernel": local(True),
    "local_kernel_empirical": local(False),
    "local_kernel_fixed_point": fixed_points,
    "offset_finite": vectors,
    "offset_linear": linear,
    "sequential_finite": adversaries(vectors),
    "sequential_littlestone": adversaries(signs),
    "alon_covering": scales(covers.Cover),
    "haussler_covering": scales(lambda rows, scale: covers.Cover(rows, scale, True)),
    "haussler_packing": packings,
    "adaboost_training_error": boosts,
    "adaboost_training_error_edge": boosts,
    "adaboost_margin": boosts,
    "radius_margin_loo": machines,
    "jaakkola_haussler": machines,
    "vapnik_chapelle": machines,
    "svm_leave_one_out": trained,
    "vapnik_leave_one_out": trained,
    "sign_test": equal_models,
    "anthony_bartlett_covering_tail": regressions,
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


def certain_arenas(
    bound: Any, delta: float, sizes: tuple[int, ...], parameters: Mapping[str, Any]
) -> Iterator[Arena]:
    """The bound's own worlds, those without a free number first."""
    if bound.name == "bartlett_mendelson_deviation_tail":
        for structure, n in product(OPPOSITE_SIGNS, (n for n in sizes if n <= 10)):
            yield LawArena(bound, structure, n, delta, parameters)
    for n, fixed in _settings(bound, sizes, parameters):
        for found in SERVED.get(_family(bound), _nothing)(n):
            if isinstance(found, Free):
                yield CarefulArena(
                    bound, found.make, found.dimension, n, delta, fixed, f"its worlds at n = {n}"
                )
            else:
                yield WorldArena(bound, found, n, delta, fixed)


def _family(bound: Any) -> str:
    return "anthony_bartlett_covering_tail" if hasattr(bound, "size") else str(bound.name)
