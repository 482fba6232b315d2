"""Classes of functions by their values on one sample, or by their labelings of a few points."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from genbounds.generic import PI, sqrt
from genbounds.referee.draws import Irrational, NotKnownError
from genbounds.referee.worlds.sample_facts import CountedGrowth, growth_counts
from genbounds.referee.worlds.sure import (
    Rows,
    SureDraws,
    SureWorld,
    complexity,
    logarithm,
    root,
    rows_of,
    signed_sums,
    squared,
)


@dataclass(frozen=True)
class Vectors(SureWorld):
    """A class by its values on the n observations of one sample, a row for each function.

    `scores` are the rows that Lipschitz functions turned into `values`, where there are any; at 0
    these functions vanish.
    """

    title = "vectors"
    values: Rows
    scores: Rows | None = None

    def __post_init__(self) -> None:
        for name in ("values", "scores"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, rows_of(name, getattr(self, name)))
        if self.scores and len(self.scores) != len(self.values):
            raise ValueError("scores must hold a row for each row of values")

    def outcomes(self, n: int, exact: bool = False) -> VectorDraws:
        """One outcome, the sample; n is the length of the rows."""
        if n != len(self.values[0]):
            raise NotKnownError(f"the sample has {len(self.values[0])} observations, not {n}")
        return VectorDraws(n, self, exact)


class VectorDraws(SureDraws):
    """Facts of the values on the sample."""

    world: Vectors

    @cached_property
    def rows(self) -> list[tuple[Fraction, ...]]:
        """The distinct rows of values."""
        return sorted(set(self.world.values))

    @cached_property
    def n_hypotheses(self) -> int:
        """How many functions differ on the sample."""
        return len(self.rows)

    @cached_property
    def log_cardinality(self) -> Irrational:
        """ln of their number."""
        return logarithm(self.n_hypotheses)

    # --- complexities

    @cached_property
    def empirical_rademacher(self) -> Fraction:
        """Over all signs."""
        return complexity(self.world.values)

    @cached_property
    def absolute_rademacher(self) -> Fraction:
        """Over all signs."""
        return complexity(self.world.values, absolute=True)

    @cached_property
    def empirical_rademacher_of_hypotheses(self) -> Fraction:
        """Over all signs, of the scores."""
        return complexity(self.world.scores or self.world.values)

    @cached_property
    def absolute_rademacher_of_hypotheses(self) -> Fraction:
        """Over all signs, of the scores."""
        return complexity(self.world.scores or self.world.values, absolute=True)

    @cached_property
    def offset_complexity(self) -> Fraction:
        """1/n times the mean over all signs of the largest s.v - C v.v."""
        from genbounds.enclosing import exactly

        c = Fraction(exactly(self["offset_constant"]))
        costs = [c * squared(row) for row in self.rows]
        sums = signed_sums(zip(*self.rows, strict=True))
        both = (sign for sign in (1, -1))
        total = sum(
            max(sign * x - cost for x, cost in zip(found, costs, strict=True))
            for sign in both
            for found in sums
        )
        return Fraction(total, 2 * self.n * len(sums))

    @cached_property
    def gaussian_complexity(self) -> Irrational:
        """In closed form: of at most three vectors, or of all choices of two values a coordinate.

        Of two centred Gaussian variables the larger has the mean sd(X - Y)/sqrt(2 pi), of three the
        largest has half the sum of the three means.
        """
        columns = [sorted(set(column)) for column in zip(*self.rows, strict=True)]
        if len(self.rows) <= 3:
            pairs = list(combinations(self.rows, 2))
            gaps = [squared(a - b for a, b in zip(*pair, strict=True)) for pair in pairs]
            factor = Fraction(1, 2 if len(self.rows) == 3 else 1) / self.n
        elif len(self.rows) == math.prod(map(len, columns)) and max(map(len, columns)) == 2:
            gaps = [(column[-1] - column[0]) ** 2 for column in columns]
            factor = Fraction(1, self.n)
        else:
            raise NotKnownError("the Gaussian complexity of four vectors has no closed form here")
        return Irrational(_gaussian_mean, (factor, *gaps))

    # --- sizes

    @cached_property
    def first_envelope(self) -> Fraction:
        """The largest absolute value."""
        return Fraction(max(abs(x) for row in self.world.values for x in row))

    @cached_property
    def squared_radius(self) -> Fraction:
        """The squared distance of the farthest vector from the best of three centres."""
        rows = self.rows
        columns = list(zip(*rows, strict=True))
        mean = [sum(column) / len(rows) for column in columns]
        middle = [(max(column) + min(column)) / 2 for column in columns]
        farthest = (
            max(squared(a - b for a, b in zip(row, centre, strict=True)) for row in rows)
            for centre in (mean, middle, [0] * self.n)
        )
        return Fraction(min(farthest))

    @cached_property
    def centre_radius(self) -> Irrational:
        """The Euclidean radius in n coordinates."""
        return root(self.squared_radius)

    @cached_property
    def empirical_radius(self) -> Irrational:
        """The radius in root mean square."""
        return root(self.squared_radius / self.n or 1)

    @cached_property
    def log_covering(self) -> Callable[[Any, Any], Any]:
        """ln of the least number of functions that come near all in root mean square."""
        gaps = [
            [squared(a - b for a, b in zip(u, v, strict=True)) / self.n for v in self.rows]
            for u in self.rows
        ]
        return lambda scale, n: _log_cover(gaps, scale)

    @cached_property
    def lipschitz(self) -> Fraction:
        """The least constant for the functions of the scores, with 0 at 0."""
        values, scores = self.world.values, self.world.scores or self.world.values
        slopes = [Fraction(0)]
        for column in zip(zip(*values, strict=True), zip(*scores, strict=True), strict=True):
            graph = {(Fraction(0), Fraction(0)), *zip(*column, strict=True)}
            if len({score for _, score in graph}) < len(graph):
                raise NotKnownError("equal scores have different values")
            slopes += [abs((a - b) / (s - t)) for (a, s), (b, t) in combinations(graph, 2)]
        return max(slopes) or Fraction(1)

    # --- labelings

    @cached_property
    def counts(self) -> tuple[int, ...]:
        """The most labelings of 0, 1, ..., n observations, where two values are taken."""
        if len({x for row in self.rows for x in row}) > 2:
            raise NotKnownError("labelings have two values")
        top = max(x for row in self.rows for x in row)
        return growth_counts(np.array([[x == top for x in row] for row in self.rows], np.int8))

    @cached_property
    def log_growth(self) -> CountedGrowth:
        """The growth function on the sample."""
        return CountedGrowth(self.counts)

    @cached_property
    def vc_dim(self) -> int:
        """The VC dimension on the sample."""
        return max(m for m, count in enumerate(self.counts) if count == 1 << m)


def _gaussian_mean(factor: Any, *squares: Any) -> Any:
    return factor * sum(map(sqrt, squares)) / sqrt(2 * PI)


def _log_cover(gaps: list[list[Fraction]], scale: Any) -> Any:
    """ln of the covering number in the arithmetic of the scale, by all sets of centres."""
    from genbounds.generic import log

    near = [[bool(gap <= scale**2) for gap in row] for row in gaps]
    everyone = range(len(gaps))
    size = next(
        k
        for k in range(1, len(gaps) + 1)
        if any(all(any(near[i][c] for c in centres) for i in everyone)
               for centres in combinations(everyone, k))
    )  # fmt: skip
    return log(size + 0 * scale)


@dataclass(frozen=True)
class VectorScores(SureWorld):
    """Functions of several scores: a row of values for each function, of score vectors for each.

    Observation i has one function, Lipschitz in the Euclidean norm, for all rows.
    """

    title = "vector-scores"
    values: Rows
    scores: tuple[Rows, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", rows_of("values", self.values))
        object.__setattr__(self, "scores", tuple(rows_of("scores", x) for x in self.scores))
        shape = {(len(x), len(x[0])) for x in self.scores}
        if len(self.scores) != len(self.values) or len(shape) != 1:
            raise ValueError("scores must hold n rows of scores for each row of values")

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome; every component has a sign of its own."""
        if n != len(self.values[0]) or n != len(self.scores[0]):
            raise NotKnownError(f"the sample has {len(self.values[0])} observations, not {n}")
        wide = [tuple(x for scores in rows for x in scores) for rows in self.scores]
        several = len(self.scores[0][0])
        return SureDraws(
            n, self, exact, empirical_rademacher=complexity(self.values),
            vector_rademacher=several * complexity(wide),
            lipschitz=root(self._squared_slope() or 1),
        )  # fmt: skip

    def _squared_slope(self) -> Fraction:
        slopes = [Fraction(0)]
        for i, column in enumerate(zip(*self.values, strict=True)):
            graph = {(value, rows[i]) for value, rows in zip(column, self.scores, strict=True)}
            for (a, s), (b, t) in combinations(graph, 2):
                gap = squared(x - y for x, y in zip(s, t, strict=True))
                if not gap:
                    raise NotKnownError("equal scores have different values")
                slopes.append((a - b) ** 2 / gap)
        return max(slopes)


@dataclass(frozen=True)
class TwoClasses(SureWorld):
    """Two classes by their values on a sample, and all products or maxima of one from each."""

    title = "two-classes"
    first: Rows
    second: Rows
    maxima: bool = False

    def __post_init__(self) -> None:
        for name in ("first", "second"):
            object.__setattr__(self, name, rows_of(name, getattr(self, name)))
        if len(self.first[0]) != len(self.second[0]):
            raise ValueError("first and second must have as many columns")

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome, the sample."""
        if n != len(self.first[0]):
            raise NotKnownError(f"the sample has {len(self.first[0])} observations, not {n}")
        both = [
            tuple(max(a, b) if self.maxima else a * b for a, b in zip(f, g, strict=True))
            for f in self.first
            for g in self.second
        ]
        return SureDraws(
            n, self, exact, empirical_rademacher=complexity(both),
            first_complexity=complexity(self.first), second_complexity=complexity(self.second),
            first_envelope=max(abs(x) for row in self.first for x in row),
            second_envelope=max(abs(x) for row in self.second for x in row),
        )  # fmt: skip


@dataclass(frozen=True)
class Labelings(SureWorld):
    """A class by its labelings of a few points: how many, and the VC dimension on them."""

    title = "labelings"
    rows: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        if not self.rows or len({len(row) for row in self.rows}) != 1 or not self._binary:
            raise ValueError("rows must be labelings of the same points, each a row of 0 and 1")
        object.__setattr__(self, "rows", tuple(tuple(map(int, row)) for row in self.rows))

    @property
    def _binary(self) -> bool:
        return all(x in (0, 1) for row in self.rows for x in row)

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome; the growth function at n, at most the number of points."""
        counts = growth_counts(np.array(sorted(set(self.rows)), dtype=np.int8))
        if n >= len(counts):
            raise NotKnownError(f"only {len(counts) - 1} points are labelled, not {n}")
        return SureDraws(
            n, self, exact, log_growth=logarithm(counts[n]),
            vc_dim=max(m for m, count in enumerate(counts) if count == 1 << m),
        )  # fmt: skip


@dataclass(frozen=True)
class StumpLabelings(SureWorld):
    """The labelings of a few points in space by stumps, thresholds on one coordinate, either way.

    The VC dimension on these points is at most that of the class.
    """

    title = "stump-labelings"
    points: Rows

    def __post_init__(self) -> None:
        if not self.points or len({len(row) for row in self.points}) != 1 or not self.points[0]:
            raise ValueError("points must be rows of equal length, one number a coordinate")

    def outcomes(self, n: int, exact: bool = False) -> Any:
        """One outcome; the dimension of the space beside the facts of the labelings."""
        return Labelings(self.rows).outcomes(n, exact).knowing(dimension=len(self.points[0]))

    @property
    def rows(self) -> tuple[tuple[int, ...], ...]:
        """The distinct labelings."""
        above = [(0,) * len(self.points)]
        above += [
            tuple(int(row[j] >= cut[j]) for row in self.points)
            for j in range(len(self.points[0]))
            for cut in self.points
        ]
        return tuple(sorted({*above, *(tuple(1 - x for x in row) for row in above)}))
