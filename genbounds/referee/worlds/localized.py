"""Functions of small norm and small mean square, and functions that are constant on blocks.

Both are ellipsoids, on which a signed sum is largest at a point in closed form.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

from genbounds.generic import LN2, log, sqrt
from genbounds.referee.draws import Irrational, NotKnownError, compositions
from genbounds.referee.draws import multinomial_coefficients as ways_of
from genbounds.referee.worlds.parameters import count, number, settle
from genbounds.referee.worlds.sure import Rows, SureDraws, SureWorld, rows_of, signed_sums

_WEIGHTS = tuple(Fraction(i, 8) for i in range(9))


def sum_laws(counts: Any) -> Iterator[tuple[tuple[int, ...], int]]:
    """The sums of the signs of groups of observations, each with its number of sign vectors."""
    heads = (range(c + 1) for c in counts)
    for chosen in product(*heads):
        ways = math.prod(math.comb(int(c), h) for c, h in zip(counts, chosen, strict=True))
        yield tuple(2 * h - int(c) for c, h in zip(counts, chosen, strict=True)), ways


def _peak(sums: Any, norms: Any, squares: Any) -> tuple[Fraction, Fraction]:
    """x and y with x/sqrt y at most the largest <v, sums> in the intersection of two ellipsoids.

    They are sum v^2/norms <= 1 and sum squares v^2 <= 1. The largest value in an ellipsoid between
    the two is at a v that is then shrunk into both.
    """
    best = (Fraction(0), Fraction(1))
    for t in _WEIGHTS:
        metric = [t / a + (1 - t) * q for a, q in zip(norms, squares, strict=True)]
        if min(metric) <= 0:
            continue
        v = [s / d for s, d in zip(sums, metric, strict=True)]
        size = max(
            sum(x * x / a for x, a in zip(v, norms, strict=True)),
            sum(q * x * x for x, q in zip(v, squares, strict=True)),
        )
        value = sum((s * x for s, x in zip(sums, v, strict=True)), Fraction(0))
        if size and value**2 * best[1] > best[0] ** 2 * size:
            best = value, size
    return best


@dataclass(frozen=True)
class LocalKernel(SureWorld):
    """The unit ball of a kernel with orthogonal features, cut down to a small mean square.

    The points are as likely as each other, the kernel is `norms` on the diagonal and 0 elsewhere.
    Sampled once each they are a sample with a kernel matrix; n draws from them are a random one.
    The complexity is that of functions which are in both ellipsoids, at most a little below it.
    """

    title = "local-kernel"
    norms: tuple[Fraction, ...]
    variance_bound: Any
    drawn: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "norms", rows_of("norms", [self.norms])[0])
        settle(self, variance_bound=number)
        if min(self.norms) <= 0 or self.variance_bound <= 0:
            raise ValueError("norms and variance_bound must exceed 0")

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome; n is free where the points are drawn."""
        points = len(self.norms)
        if not self.drawn and n != points:
            raise NotKnownError(f"the sample has {points} points, not {n}")
        samples = compositions(n, points) if self.drawn else [(1,) * points]
        squares = [1 / (self.variance_bound * points)] * points
        terms: list[Fraction] = []
        for ways, counts in zip(ways_of(samples), samples, strict=True):
            chance = Fraction(ways, points**n) if self.drawn else Fraction(1)
            for sums, signs in sum_laws(counts):
                value, size = _peak(sums, self.norms, squares)
                terms += [chance * signs * value / (n * 2**n), size]
        name = "rademacher" if self.drawn else "empirical_rademacher"
        return SureDraws(
            n, self, exact, variance_bound=self.variance_bound,
            eigenvalues=tuple(a / points for a in self.norms),
            **{name: Irrational(_sum_of_ratios, tuple(terms))},
        )  # fmt: skip


def _sum_of_ratios(*terms: Any) -> Any:
    return sum(terms[i] / sqrt(terms[i + 1]) for i in range(0, len(terms), 2))


@dataclass(frozen=True)
class KernelFixedPoint(SureWorld):
    """The fixed point of B times the root of 2/n times the sum of min(r, eigenvalue).

    Where r exceeds all but h eigenvalues it solves a quadratic equation; the least solution over h
    is the one.
    """

    title = "kernel-fixed-point"
    eigenvalues: tuple[Fraction, ...]
    bernstein_constant: Any = Fraction(1)

    def __post_init__(self) -> None:
        found = rows_of("eigenvalues", [self.eigenvalues])[0]
        object.__setattr__(self, "eigenvalues", tuple(sorted(found, reverse=True)))
        settle(self, bernstein_constant=number)

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome, for every n."""
        b, tails = self.bernstein_constant**2 / n, []
        for h in range(len(self.eigenvalues) + 1):
            rest = sum(self.eigenvalues[h:], Fraction(0))
            tails += [b * h, (b * h) ** 2 + 2 * b * rest]
        return SureDraws(
            n, self, exact, eigenvalues=self.eigenvalues,
            bernstein_constant=self.bernstein_constant,
            local_fixed_point=Irrational(_least_root, tuple(tails)),
        )  # fmt: skip


def _least_root(*terms: Any) -> Any:
    from functools import reduce

    from genbounds.generic import minimum

    found = (terms[i] + sqrt(terms[i + 1]) for i in range(0, len(terms), 2))
    return reduce(minimum, found)


@dataclass(frozen=True)
class Blocks(SureWorld):
    """Functions that are constant on k blocks of observations, of root mean square at most 1.

    They are the unit ball of a space of dimension k, which (1 + 2/x)^k balls of radius x cover.
    """

    title = "blocks"
    blocks: int

    def __post_init__(self) -> None:
        settle(self, blocks=count)

    def outcomes(self, n: int, exact: bool = False) -> BlockDraws:
        """One outcome; blocks are of equal length, up to one observation."""
        if n < self.blocks:
            raise NotKnownError(f"{n} observations do not fill {self.blocks} blocks")
        return BlockDraws(n, self, exact, empirical_radius=Fraction(1))


class BlockDraws(SureDraws):
    """The mean length of a projection of the signs, and what the cover is at most."""

    world: Blocks

    @cached_property
    def lengths(self) -> list[int]:
        """Of the blocks."""
        k = self.world.blocks
        return [self.n // k + (i < self.n % k) for i in range(k)]

    @cached_property
    def empirical_rademacher(self) -> Irrational:
        """1/sqrt n times the mean length of the projection of the signs on the blocks."""
        laws: dict[Fraction, int] = {Fraction(0): 1}
        for m in self.lengths:
            grown: dict[Fraction, int] = {}
            for x, ways in laws.items():
                for (s,), more in sum_laws([m]):
                    key = x + Fraction(s * s, m)
                    grown[key] = grown.get(key, 0) + ways * more
            laws = grown
        terms = ([Fraction(ways, 2**self.n), x / self.n] for x, ways in laws.items())
        return Irrational(_weighted_roots, tuple(x for pair in terms for x in pair))

    @cached_property
    def log_covering(self) -> Any:
        """k ln(1 + 2/x)."""
        k = self.world.blocks
        return lambda scale, n: k * log(1 + 2 / scale)

    @cached_property
    def entropy_exponent(self) -> int:
        """ln N is at most k ln(3/x)."""
        return self.world.blocks

    @cached_property
    def entropy_scale(self) -> int:
        """ln N is at most k ln(3/x) up to x = 1, and 0 from there on."""
        return 3

    @cached_property
    def entropy_constant(self) -> Irrational:
        """x^2 ln(1 + 2/x) grows up to ln 3 at x = 1."""
        return Irrational(_times_log, (Fraction(self.world.blocks), Fraction(3)))

    @cached_property
    def entropy_offset(self) -> Irrational:
        """ln N at 2^-j is at most k (j + 2) ln 2, and sqrt(j + 2) at most its tangent at 0."""
        return Irrational(_root_of_bits, (Fraction(2 * self.world.blocks),))

    @cached_property
    def entropy_slope(self) -> Irrational:
        """The slope of that tangent is 1/sqrt 8."""
        return Irrational(_root_of_bits, (Fraction(self.world.blocks, 8),))


def _weighted_roots(*terms: Any) -> Any:
    return sum(terms[i] * sqrt(terms[i + 1]) for i in range(0, len(terms), 2))


def _times_log(k: Any, x: Any) -> Any:
    return k * log(x)


def _root_of_bits(k: Any) -> Any:
    return sqrt(k * LN2)


@dataclass(frozen=True)
class LinearSpace(SureWorld):
    """All linear functions on a few points: the offset complexity, by projecting the signs."""

    title = "linear-space"
    points: Rows

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", rows_of("points", self.points))

    def outcomes(self, n: int, exact: bool = False) -> LinearDraws:
        """One outcome, the sample of all points."""
        if n != len(self.points):
            raise NotKnownError(f"the sample has {len(self.points)} points, not {n}")
        return LinearDraws(n, self, exact)


class LinearDraws(SureDraws):
    """The rank, and the largest <s, v> - C <v, v> over the span of the coordinates."""

    world: LinearSpace

    @cached_property
    def basis(self) -> list[list[Fraction]]:
        """Orthogonal vectors that span the coordinates' values, by Gram and Schmidt."""
        found: list[list[Fraction]] = []
        for column in zip(*self.world.points, strict=True):
            rest = list(column)
            for v in found:
                c = Fraction(sum(a * b for a, b in zip(rest, v, strict=True)))
                c /= sum(a * a for a in v)
                rest = [a - c * b for a, b in zip(rest, v, strict=True)]
            if any(rest):
                found.append(rest)
        return found

    @cached_property
    def rank(self) -> int:
        """The number of basis vectors."""
        return len(self.basis)

    @cached_property
    def offset_complexity(self) -> Fraction:
        """1/n times the mean over all signs."""
        from genbounds.enclosing import exactly

        if not self.basis:
            return Fraction(0)
        c = Fraction(exactly(self["offset_constant"]))
        lengths = [sum(a * a for a in v) for v in self.basis]
        sums = signed_sums(zip(*self.basis, strict=True))
        total = sum(x * x / b for found in sums for x, b in zip(found, lengths, strict=True))
        return Fraction(total / (4 * c * self.n * len(sums)))
