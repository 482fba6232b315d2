"""What a sample from a finite world shows, whatever the law: empirical risks, moments, counts."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from genbounds.generic import ONE, log, sqrt
from genbounds.referee.draws import Irrational, NotKnownError, multinomial_coefficients

if TYPE_CHECKING:
    from genbounds.referee.worlds.finite import FiniteWorld

_MOST_SIGNS = 1 << 22
"""Vectors of sign sums times hypotheses that are listed for all outcomes."""


class SampleFacts:
    """Facts of T samples of size n, by their (T, m) counts; in fractions where `exact`."""

    if TYPE_CHECKING:  # parameters that are fixed in advance are attributes

        def __getattr__(self, name: str) -> Any: ...

    def __init__(
        self, world: FiniteWorld, n: int, counts: Any, exact: bool = False, **facts: Any
    ) -> None:
        self.world, self.n, self.exact = world, n, exact
        self.counts = counts.astype(object) if exact else counts
        self.given = facts
        self.__dict__.update(facts)

    def knowing(self, **facts: Any) -> SampleFacts:
        """The same samples with further facts."""
        return SampleFacts(self.world, self.n, self.counts, self.exact, **self.given | facts)

    @cached_property
    def losses(self) -> Any:
        """(K, m) losses."""
        return np.array(self.world.losses, object if self.exact else float)

    @cached_property
    def coefficients(self) -> list[int]:
        """In how many orders each outcome is observed."""
        return multinomial_coefficients(self.counts)

    @cached_property
    def log_coefficients(self) -> Any:
        """The logs of `coefficients`, as floats."""
        from scipy.special import gammaln

        return gammaln(self.n + 1) - gammaln(self.counts + 1).sum(axis=1)

    @cached_property
    def binary(self) -> bool:
        """Whether all losses are 0 or 1."""
        return all(x in (0, 1) for row in self.world.losses for x in row)

    def only_binary(self, what: str) -> None:
        """Refuse what has a meaning for 0-1 losses only."""
        if not self.binary:
            raise NotKnownError(f"{what} is known for 0-1 losses only")

    # --- moments

    @cached_property
    def errors(self) -> Any:
        """(T, K) numbers of errors."""
        self.only_binary("errors")
        return self.counts @ self.losses.T

    @cached_property
    def empirical_risk(self) -> Any:
        """(T, K) means of the losses."""
        return self._mean(self.losses)

    @cached_property
    def second_moment(self) -> Any:
        """(T, K) means of the squared losses."""
        return self._mean(self.losses**2)

    @cached_property
    def empirical_second_moment(self) -> Any:
        """(T, 1) the largest mean of squared losses in the class."""
        return self.second_moment.max(axis=1, keepdims=True)

    @cached_property
    def biased_variance(self) -> Any:
        """(T, K) variances with denominator n."""
        return np.maximum(self.second_moment - self.empirical_risk**2, 0)

    @cached_property
    def sample_variance(self) -> Any:
        """(T, K) variances with denominator n - 1."""
        if self.n < 2:
            raise NotKnownError("the sample variance needs n >= 2")
        return self.biased_variance * self.n / (self.n - 1)

    @cached_property
    def lowest_loss(self) -> Any:
        """The least loss of the world."""
        return self.losses.min()

    @cached_property
    def highest_loss(self) -> Any:
        """The largest loss of the world."""
        return self.losses.max()

    @cached_property
    def upper_loss(self) -> Any:
        """What no loss exceeds."""
        return self.losses.max()

    @cached_property
    def positive_part(self) -> Any:
        """(T, K) means of (loss - split_point)+."""
        return self._mean(np.maximum(self.losses - self.split_point, 0))

    @cached_property
    def negative_part(self) -> Any:
        """(T, K) means of (split_point - loss)+."""
        return self._mean(np.maximum(self.split_point - self.losses, 0))

    def _mean(self, by_cell: Any) -> Any:
        return self.counts @ by_cell.T / self.n

    # --- the class

    @cached_property
    def n_hypotheses(self) -> int:
        """How many rows of losses differ."""
        return len(set(self.world.losses))

    @cached_property
    def log_cardinality(self) -> Any:
        """ln of the number of hypotheses."""
        return self.number(log, self.n_hypotheses)

    @cached_property
    def log_prior(self) -> Any:
        """(1, K) ln(1/prior)."""
        prior = self.world.prior or [Fraction(1, len(self.world.losses))] * len(self.world.losses)
        if not all(prior):
            raise NotKnownError("a prior of 0 has no finite ln(1/prior)")
        return self.numbers(log, [[1 / p for p in prior]])

    @cached_property
    def bits(self) -> Any:
        """(1, K) lengths of a complete prefix-free code: log2(1/prior), rounded up."""
        prior = self.world.prior or [Fraction(1, len(self.world.losses))] * len(self.world.losses)
        return np.array([[next(b for b in range(64) if p * 2**b >= 1) for p in prior]])

    @cached_property
    def dichotomies(self) -> Any:
        """(N, points) distinct rows of 0-1 losses, one cell of each point."""
        self.only_binary("dichotomies")
        points = self.world.points or tuple(range(len(self.world.law)))
        cells = [points.index(point) for point in dict.fromkeys(points)]
        return np.unique(np.array(self.world.losses, dtype=np.int8)[:, cells], axis=0)

    @cached_property
    def growth_counts(self) -> tuple[int, ...]:
        """The growth function at 0, 1, ..., the number of points."""
        return growth_counts(self.dichotomies)

    @cached_property
    def log_growth(self) -> CountedGrowth:
        """The exact growth function of the class."""
        return CountedGrowth(self.growth_counts)

    @cached_property
    def vc_dim(self) -> int:
        """The exact VC dimension."""
        return max(m for m, count in enumerate(self.growth_counts) if count == 1 << m)

    @property
    def natarajan_dim(self) -> int:
        """With two labels, the VC dimension."""
        return self.vc_dim

    @property
    def n_classes(self) -> int:
        """Two labels."""
        self.only_binary("n_classes")
        return 2

    @property
    def pseudo_dim(self) -> int:
        """That of 0-1 losses is the VC dimension."""
        return self.vc_dim

    @cached_property
    def log_covering(self) -> Callable[[Any, Any], Any]:
        """The log of the number of hypotheses: each covers itself, at every scale and size."""
        count = self.n_hypotheses
        return lambda scale, size: log(count * ONE + 0 * scale)

    def labels_by_point(self, law: Any) -> tuple[list[Any], Any]:
        """|P(1|x) - P(0|x)| at every point of two cells that disagree, and the Bayes risk."""
        self.only_binary("labels")
        points = self.world.points or tuple(range(len(law)))
        margins, bayes = [], 0 * law[0]
        for point in dict.fromkeys(points):
            cells = [law[i] for i, x in enumerate(points) if x == point]
            total, least = sum(cells), min(cells) if len(cells) > 1 else 0 * law[0]
            if total > 0:
                margins.append((total - 2 * least) / total)
                bayes = bayes + least
        return margins, bayes

    # --- complexities

    @cached_property
    def empirical_rademacher(self) -> Any:
        """(T, 1) empirical Rademacher complexities of the losses, exact."""
        return self._complexities(lambda sums: sums.max(axis=0))

    @cached_property
    def empirical_absolute_rademacher(self) -> Any:
        """(T, 1) the same with absolute values."""
        return self._complexities(lambda sums: abs(sums).max(axis=0))

    @cached_property
    def empirical_rademacher_of_hypotheses(self) -> Any:
        """Twice that of the 0-1 losses."""
        self.only_binary("empirical_rademacher_of_hypotheses")
        return 2 * self.empirical_rademacher

    @cached_property
    def empirical_absolute_rademacher_of_hypotheses(self) -> Any:
        """(T, 1) with absolute values, of 1 - 2 loss: the labels only turn signs around."""
        self.only_binary("empirical_absolute_rademacher_of_hypotheses")
        signed = tuple(tuple(1 - 2 * x for x in row) for row in self.world.losses)
        table = replace(self.world, losses=signed)
        facts = SampleFacts(table, self.n, self.counts, self.exact)
        return facts.empirical_absolute_rademacher

    def _complexities(self, supremum: Any) -> Any:
        cost = float(np.prod(self.counts + 1.0, axis=1).sum()) * len(self.world.losses)
        if cost > (_MOST_SIGNS if self.n <= 20 else _MOST_SIGNS / 16):
            raise NotKnownError("too many sign vectors to list for the empirical complexities")
        found = [self._complexity(tuple(map(int, row)), supremum) for row in self.counts]
        return np.array(found, object if self.exact else float)[:, None]

    def _complexity(self, counts: tuple[int, ...], supremum: Any) -> Fraction:
        rows, denominator = self._whole_losses
        sums, ways = sign_sums(counts)
        total = int((supremum(rows @ sums) * ways).sum())
        return Fraction(total, denominator * self.n * 2**self.n)

    @cached_property
    def _whole_losses(self) -> tuple[Any, int]:
        """The losses as integers over a common denominator."""
        denominator = math.lcm(*(x.denominator for row in self.world.losses for x in row))
        rows = [[int(x * denominator) for x in row] for row in self.world.losses]
        return np.array(rows, object if self.n > 20 else np.int64), denominator

    # --- numbers

    def number(self, of: Any, x: Any) -> Any:
        """A function of a fraction: a float, or what stays exact."""
        return Irrational(of, (Fraction(x),)) if self.exact else of(float(x))

    def root(self, values: Any) -> Any:
        """Square roots of an array."""
        return self.numbers(sqrt, values) if self.exact else np.sqrt(values)

    def numbers(self, of: Any, rows: Any) -> Any:
        """A function of every entry of a matrix, in floats or exact."""
        found = np.empty(np.shape(rows), object if self.exact else float)
        for place in np.ndindex(found.shape):
            found[place] = self.number(of, rows[place[0]][place[1]])
        return found


class CountedGrowth:
    """A growth function by its counts at 0, 1, ..., m points, constant from there on."""

    def __init__(self, counts: tuple[int, ...]) -> None:
        self.counts = counts

    def __repr__(self) -> str:
        return f"CountedGrowth({self.counts})"

    def __call__(self, m: Any) -> Any:
        value = getattr(m, "arb", m)
        if np.ndim(value):
            return np.vectorize(self, otypes=[float])(value)
        count = self.counts[min(int(float(value) + 0.5), len(self.counts) - 1)]
        return math.log(count) if isinstance(m, (int, float)) else log(count * ONE + 0 * m)


def growth_counts(rows: Any) -> tuple[int, ...]:
    """The most patterns on m columns, for m = 0, 1, ..., of a 0-1 matrix with distinct rows."""
    from itertools import combinations

    count, width = rows.shape
    if count == 1 << width:
        return tuple(1 << m for m in range(width + 1))
    found = [1]
    for m in range(1, width + 1):
        codes = (
            len(np.unique(rows[:, list(columns)] @ (1 << np.arange(m))))
            for columns in combinations(range(width), m)
        )
        found.append(max(codes))
    return tuple(found)


def sign_sums(counts: tuple[int, ...]) -> tuple[Any, Any]:
    """(m, S) sums of signs in each cell, and in how many ways each column arises."""
    ranges = [range(c + 1) for c in counts]
    heads = np.array(list(product(*ranges)), dtype=np.int64).T
    exact = object if sum(counts) > 20 else np.int64
    binomials = [np.array([math.comb(c, b) for b in range(c + 1)], exact) for c in counts]
    ways = np.array([b[h] for b, h in zip(binomials, heads, strict=True)], exact)
    return 2 * heads - np.array(counts)[:, None], np.multiply.reduce(ways, axis=0)
