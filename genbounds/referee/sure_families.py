"""Families of worlds without chance, and of trained machines, for each sample size.

A family holds worlds of special interest, in which inequalities are equalities or nearly so, and
others with free coordinates that a search may move. It is a function of the sample size.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from genbounds.referee.worlds import balls, boosted, certain, covers, left_out, localized
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.sign_sums import ChaosMaximum, SignMoments
from genbounds.referee.worlds.trees import Adversary

Rows = tuple[tuple[Fraction, ...], ...]


class Free(NamedTuple):
    """A family of worlds of a sample size, made by so many numbers in [0, 1]."""

    dimension: int
    make: Callable[..., World]


Worlds = Callable[[int], Iterator[World | Free]]


def signed(xs: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    """Numbers in [0, 1], stretched to [-1, 1]."""
    return tuple(2 * x - 1 for x in xs)


def cut(xs: tuple[Any, ...], width: int) -> tuple[tuple[Any, ...], ...]:
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
    shapes: tuple[Callable[[Fraction], Fraction], ...] = (
        lambda t: t,
        abs,
        lambda t: max(t, Fraction(0)),
    )
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
    """Two and three vectors, all signs, and the unit vectors with their negatives."""
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
            6 * n,
            lambda *xs, s=separation: covers.Packing(cut(tuple(int(2 * x > 1) for x in xs), n), s),
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
