"""Sequences chosen by an adversary who sees the signs so far, on few functions and points.

The adversary's best tree is found by recursion from its leaves: the next point is the one after
which the mean over the next sign is largest.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from genbounds.referee.draws import NotKnownError
from genbounds.referee.worlds.sure import Rows, SureDraws, SureWorld, logarithm, rows_of


@dataclass(frozen=True)
class Adversary(SureWorld):
    """Functions by their values on a few points, and an adversary who chooses among the points."""

    title = "adversary"
    values: Rows

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", tuple(sorted(set(rows_of("values", self.values)))))

    def outcomes(self, n: int, exact: bool = False) -> TreeDraws:
        """One outcome, the best tree of depth n."""
        return TreeDraws(n, self, exact)


class TreeDraws(SureDraws):
    """Facts of the class, and its complexity on the best tree."""

    world: Adversary

    @cached_property
    def log_cardinality(self) -> Any:
        """ln of the number of functions."""
        return logarithm(len(self.world.values))

    @cached_property
    def envelope(self) -> Fraction:
        """The largest absolute value."""
        return max(abs(x) for row in self.world.values for x in row) or Fraction(1)

    @cached_property
    def sequential_rademacher(self) -> Fraction:
        """1/n times the largest mean over all trees."""
        points = sorted(set(zip(*self.world.values, strict=True)))
        known: dict[Any, Fraction] = {}

        def worth(sums: tuple[Fraction, ...], left: int) -> Fraction:
            if not left:
                return max(sums)
            if (sums, left) not in known:
                known[sums, left] = max(
                    sum(worth(tuple(x + s * v for x, v in zip(sums, point, strict=True)), left - 1)
                        for s in (1, -1))
                    for point in points
                ) / Fraction(2)  # fmt: skip
            return known[sums, left]

        return Fraction(worth((Fraction(0),) * len(self.world.values), self.n), self.n)

    @cached_property
    def littlestone_dim(self) -> int:
        """The depth of the deepest tree that the class shatters, for values -1 and 1."""
        if any(abs(x) != 1 for row in self.world.values for x in row):
            raise NotKnownError("the Littlestone dimension is that of functions of values -1 and 1")
        return _depth(self.world.values)


def _depth(rows: Any) -> int:
    splits = (
        ([row for row in rows if row[i] == 1], [row for row in rows if row[i] == -1])
        for i in range(len(rows[0]))
    )
    both = ((up, down) for up, down in splits if up and down)
    return max((1 + min(_depth(up), _depth(down)) for up, down in both), default=0)
