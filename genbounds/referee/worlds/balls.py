"""Weights in a ball, on a few points: the dual norm of the signed sum, over all signs.

Balls of lp norms, the simplex, groups of coordinates and mixtures of their kernels, matrices of two
rows and columns in the trace norm, and orthogonal inputs with Gaussian variables for signs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from typing import Any

from genbounds.generic import ONE, PI, norm, power, sqrt
from genbounds.referee.draws import Irrational, NotKnownError
from genbounds.referee.worlds.parameters import count, number, settle
from genbounds.referee.worlds.sure import (
    Rows,
    SureDraws,
    SureWorld,
    complexity,
    mean_root,
    root,
    rows_of,
    signed_sums,
    squared,
)


@dataclass(frozen=True)
class Ball(SureWorld):
    """Linear functions with weights in an lp ball, on points given by their coordinates."""

    title = "ball"
    points: Rows
    exponent: Any = Fraction(2)
    weight_bound: Any = Fraction(1)

    def __post_init__(self) -> None:
        settle(self, points=rows_of, exponent=number, weight_bound=number)
        if self.exponent < 1 or self.weight_bound <= 0:
            raise ValueError("exponent must be at least 1 and weight_bound above 0")

    def outcomes(self, n: int, exact: bool = False) -> BallDraws:
        """One outcome, the sample of all points."""
        if n != len(self.points):
            raise NotKnownError(f"the sample has {len(self.points)} points, not {n}")
        return BallDraws(n, self, exact)


class BallDraws(SureDraws):
    """Norms of the points and of their coordinates, and the mean dual norm of the signed sum."""

    world: Ball

    @cached_property
    def weight_bound(self) -> Any:
        """The radius of the ball."""
        return self.world.weight_bound

    @cached_property
    def norm_exponent(self) -> Any:
        """That of the norm of the weights."""
        return self.world.exponent

    @cached_property
    def dual(self) -> Fraction | None:
        """The conjugate exponent, None for infinity."""
        p = self.world.exponent
        return None if p == 1 else p / (p - 1)

    @cached_property
    def dimension(self) -> int:
        """The number of coordinates."""
        return len(self.world.points[0])

    @cached_property
    def radius(self) -> Any:
        """The largest dual norm of a point; any number bounds those of points at 0."""
        if not any(any(row) for row in self.world.points):
            return Fraction(1)
        if self.dual is None:
            return max(abs(x) for row in self.world.points for x in row)
        if self.dual == 2:
            return root(max(map(squared, self.world.points)))
        return Irrational(_largest_norm, (self.dual, Fraction(self.dimension), *self._sizes))

    @property
    def _sizes(self) -> Iterator[Fraction]:
        return (abs(x) for row in self.world.points for x in row)

    @cached_property
    def point_norms(self) -> tuple[Irrational, ...]:
        """Euclidean norms of the points."""
        return tuple(root(squared(row)) for row in self.world.points)

    @cached_property
    def gram_trace(self) -> Fraction:
        """The sum of the squared norms of the points."""
        return sum(map(squared, self.world.points), Fraction(0))

    @cached_property
    def column_norms(self) -> tuple[Irrational, ...]:
        """Euclidean norms of the coordinates over the sample."""
        return tuple(root(squared(column)) for column in zip(*self.world.points, strict=True))

    @cached_property
    def max_column_norm(self) -> Irrational:
        """The largest of them."""
        return root(max(squared(column) for column in zip(*self.world.points, strict=True)))

    @cached_property
    def signed_sum(self) -> Irrational:
        """The mean Euclidean norm of the signed sum of the points."""
        return mean_root(map(squared, signed_sums(self.world.points)))

    @cached_property
    def empirical_rademacher(self) -> Any:
        """The radius over n times the mean dual norm of the signed sum."""
        factor = self.world.weight_bound / self.n
        if self.dual == 2:
            return mean_root(map(squared, signed_sums(self.world.points)), factor)
        if self.dual is None:
            columns = tuple(zip(*self.world.points, strict=True))
            return self.world.weight_bound * complexity(columns, absolute=True)
        sizes = (abs(x) for row in signed_sums(self.world.points) for x in row)
        return Irrational(_mean_norm, (factor, self.dual, Fraction(self.dimension), *sizes))


def _norms(order: Any, width: Any, sizes: tuple[Any, ...]) -> list[Any]:
    """The norms of the rows of a matrix whose entries are listed row by row."""
    columns = int(float(width))
    return [norm(sizes[i : i + columns], order) for i in range(0, len(sizes), columns)]


def _mean_norm(factor: Any, order: Any, width: Any, *sizes: Any) -> Any:
    found = _norms(order, width, sizes)
    return factor * sum(found) / len(found)


def _largest_norm(order: Any, width: Any, *sizes: Any) -> Any:
    from functools import reduce

    from genbounds.generic import maximum

    return reduce(maximum, _norms(order, width, sizes))


@dataclass(frozen=True)
class SquaredNorm(Ball):
    """Linear functions with half the squared lp norm of the weights bounded, 1 < p <= 2.

    That is strongly convex with modulus p - 1 in this norm; its bound is the square of a number
    sqrt 2 times less than the radius of the ball.
    """

    title = "squared-norm"

    def outcomes(self, n: int, exact: bool = False) -> Any:
        """The ball, with the convexity of its regulariser."""
        found = super().outcomes(n, exact)
        convex, bound = self.exponent - 1, root(self.weight_bound**2 / 2)
        return found.knowing(strong_convexity=convex, weight_bound=bound)


@dataclass(frozen=True)
class Simplex(Ball):
    """Linear functions with weights of the given sum that are not negative.

    Their class is the hull of the coordinates. The exponent is 1.
    """

    title = "simplex"
    exponent: Any = Fraction(1)

    def outcomes(self, n: int, exact: bool = False) -> Any:
        """The facts of the ball; the largest signed sum of a coordinate, without absolute value."""
        columns = tuple(zip(*self.points, strict=True))
        found = self.weight_bound * complexity(columns)
        return super().outcomes(n, exact).knowing(empirical_rademacher=found)


@dataclass(frozen=True)
class Groups(SureWorld):
    """Coordinates in groups of these sizes, each group with its kernel, the inner product.

    The weights' norms over the groups add up to at most 1: mixtures of the kernels with sum 1. With
    an `order` k the mixtures are those of norm at most 1 in the conjugate exponent k/(k - 1).
    """

    title = "groups"
    points: Rows
    sizes: tuple[int, ...]
    order: int | None = None

    def __post_init__(self) -> None:
        settle(self, points=rows_of)
        if sum(self.sizes) != len(self.points[0]) or min(self.sizes) < 1:
            raise ValueError(f"sizes must be at least 1 and add up to {len(self.points[0])}")
        if self.order is not None:
            settle(self, order=count)

    def norms(self, row: Any) -> list[Fraction]:
        """The squared norm of each group of coordinates."""
        ends = accumulate(self.sizes)
        return [squared(row[end - size : end]) for end, size in zip(ends, self.sizes, strict=True)]

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome, the sample of all points."""
        if n != len(self.points):
            raise NotKnownError(f"the sample has {len(self.points)} points, not {n}")
        each = [self.norms(row) for row in self.points]
        traces = tuple(sum(column, Fraction(0)) for column in zip(*each, strict=True))
        found = [self.norms(row) for row in signed_sums(self.points)]
        facts: dict[str, Any] = {"kernel_order": self.order} if self.order else {}
        if self.order is None:
            truth = mean_root(map(max, found), Fraction(1, n))
        else:
            powers = (sum((x**self.order for x in row), Fraction(0)) for row in found)
            truth = Irrational(_mean_power, (Fraction(1, n), Fraction(2 * self.order), *powers))
        return SureDraws(
            n, self, exact, weight_bound=Fraction(1), gram_trace=max(traces),
            kernel_traces=traces, n_groups=len(traces), n_kernels=len(traces),
            radius=root(max(map(max, each)) or 1), empirical_rademacher=truth, **facts,
        )  # fmt: skip


def _mean_power(factor: Any, degree: Any, *xs: Any) -> Any:
    """The factor times the mean of the roots of this degree."""
    return factor * sum(power(x, 1, degree) for x in xs) / len(xs)


@dataclass(frozen=True)
class TraceNorm(SureWorld):
    """Scores <W, X> of 2 x 2 matrices X, row by row, with the trace norm of W at most 1."""

    title = "trace-norm"
    matrices: Rows

    def __post_init__(self) -> None:
        settle(self, matrices=rows_of)
        if len(self.matrices[0]) != 4:
            raise ValueError("matrices must hold four entries each, row by row")

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome; operator norms come from the trace and the determinant of X X^T."""
        if n != len(self.matrices):
            raise NotKnownError(f"the sample has {len(self.matrices)} matrices, not {n}")
        sums = [_gram(x) for x in signed_sums(self.matrices)]
        turned = ((a, c, b, d) for a, b, c, d in self.matrices)
        variance = (*_total(map(_gram, self.matrices)), *_total(map(_gram, turned)))
        return SureDraws(
            n, self, exact, weight_bound=Fraction(1), n_rows=2, n_columns=2,
            matrix_variance=Irrational(_larger, variance),
            empirical_rademacher=Irrational(
                _mean_operator_norm, (Fraction(1, n), *(x for gram in sums for x in gram))
            ),
        )  # fmt: skip


def _gram(x: tuple[Fraction, ...]) -> tuple[Fraction, Fraction, Fraction]:
    """The entries a, b, d of X X^T = (a b; b d)."""
    return (x[0] ** 2 + x[1] ** 2, x[0] * x[2] + x[1] * x[3], x[2] ** 2 + x[3] ** 2)


def _total(grams: Iterable[tuple[Fraction, ...]]) -> tuple[Fraction, ...]:
    return tuple(sum(column, Fraction(0)) for column in zip(*grams, strict=True))


def _eigenvalue(a: Any, b: Any, d: Any) -> Any:
    """The larger eigenvalue of (a b; b d)."""
    return (a + d + sqrt((a - d) ** 2 + 4 * b**2)) / 2


def _larger(*entries: Any) -> Any:
    from genbounds.generic import maximum

    return maximum(_eigenvalue(*entries[:3]), _eigenvalue(*entries[3:]))


def _mean_operator_norm(factor: Any, *entries: Any) -> Any:
    found = [sqrt(_eigenvalue(*entries[i : i + 3])) for i in range(0, len(entries), 3)]
    return factor * sum(found) / len(found)


@dataclass(frozen=True)
class OrthogonalInputs(SureWorld):
    """The unit ball of weights on as many orthogonal inputs of length 1 as there are observations.

    The Gaussian sum has the length of a standard Gaussian vector: sqrt(2/pi) and sqrt(pi/2) in
    dimensions 1 and 2, and (m + 1)/m times as much in dimension m + 2 as in m.
    """

    title = "orthogonal-inputs"

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome, for every n."""
        factor = Fraction(1, n)
        for m in range(2 - n % 2, n - 1, 2):
            factor *= Fraction(m + 1, m)
        return SureDraws(
            n, self, exact, weight_bound=Fraction(1), radius=Fraction(1),
            gaussian_complexity=Irrational(_odd_length if n % 2 else _even_length, (factor,)),
        )  # fmt: skip


def _odd_length(factor: Any) -> Any:
    return factor * sqrt(2 / PI)


def _even_length(factor: Any) -> Any:
    return factor * sqrt(PI / 2) * ONE


@dataclass(frozen=True)
class Axes(SureWorld):
    """The n unit vectors of R^n and their negatives: the largest absolute value of a coordinate.

    Of two or more Gaussian variables its mean is the integral of 1 - (1 - erfc(x/sqrt 2))^n over
    x > 0; only what lies below 8 is counted.
    """

    title = "axes"

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome, for every n from 2 on."""
        if n < 2:
            raise NotKnownError("one vector and its negative have a closed form")
        return SureDraws(
            n, self, exact, empirical_rademacher=Fraction(1, n),
            gaussian_complexity=Irrational(_mean_largest, (Fraction(n), Fraction(8))),
        )  # fmt: skip


def _mean_largest(n: Any, end: Any) -> Any:
    from genbounds.generic import erfc, integral

    half = sqrt((1 + 0 * end) / 2)
    return integral(lambda x: 1 - (1 - erfc(half * x)) ** int(float(n)), 0 * end, end, "x") / n
