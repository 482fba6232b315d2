"""Covers and packings of few functions on few points, by exhaustive search."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, product
from typing import Any

import numpy as np

from genbounds.referee.draws import Irrational, NotKnownError
from genbounds.referee.worlds.parameters import count, number, settle
from genbounds.referee.worlds.sample_facts import growth_counts
from genbounds.referee.worlds.sure import Rows, SureDraws, SureWorld, logarithm, rows_of


@dataclass(frozen=True)
class Cover(SureWorld):
    """Functions by their values in [0, 1] on n points, covered by some of them at this scale.

    The distance is the largest deviation on the points, or with `mean` the mean one.
    """

    title = "cover"
    values: Rows
    scale: Any
    mean: bool = False

    def __post_init__(self) -> None:
        settle(self, values=rows_of, scale=number)
        if not 0 < self.scale <= 1 or any(not 0 <= x <= 1 for row in self.values for x in row):
            raise ValueError("values must lie in [0, 1] and the scale in (0, 1]")

    def outcomes(self, n: int, exact: bool = False) -> CoverDraws:
        """One outcome, the points."""
        if n != len(self.values[0]):
            raise NotKnownError(f"the functions have {len(self.values[0])} values, not {n}")
        return CoverDraws(n, self, exact, scale=self.scale)


class CoverDraws(SureDraws):
    """The least cover, and the dimensions that theorems bound it by."""

    world: Cover

    @cached_property
    def envelope(self) -> Fraction:
        """The largest value."""
        return max(x for row in self.world.values for x in row) or Fraction(1)

    @cached_property
    def log_covering(self) -> Irrational:
        """ln of the least number of functions within the scale of all."""
        rows, scale = sorted(set(self.world.values)), self.world.scale

        def near(f: Any, g: Any) -> bool:
            gaps = [abs(a - b) for a, b in zip(f, g, strict=True)]
            return bool((sum(gaps) / len(gaps) if self.world.mean else max(gaps)) <= scale)

        masks = [sum(near(f, g) << i for i, f in enumerate(rows)) for g in rows]
        everything = (1 << len(rows)) - 1
        sizes = range(1, len(rows) + 1)
        covers = (k for k in sizes for c in combinations(masks, k) if _union(c) == everything)
        return logarithm(next(covers))

    @cached_property
    def fat_dim(self) -> int:
        """The fat-shattering dimension at a quarter of the scale."""
        return shattered(self.world.values, self.world.scale / 4)

    @cached_property
    def pseudo_dim(self) -> int:
        """The pseudo-dimension."""
        return shattered(self.world.values, Fraction(0))


def _union(masks: tuple[int, ...]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def shattered(rows: Any, width: Fraction) -> int:
    """The most points on which all patterns of above and below some levels are taken.

    Above is by at least `width`; below is by at least as much, strictly at width 0. The highest
    level with the same functions above is a value less the width.
    """
    n = len(rows[0])
    for size in range(n, 0, -1):
        for columns in combinations(range(n), size):
            levels = ([v - width for v in {row[j] for row in rows}] for j in columns)
            if any(_all_patterns(rows, columns, level, width) for level in product(*levels)):
                return size
    return 0


def _all_patterns(rows: Any, columns: Any, level: Any, width: Fraction) -> bool:
    found = set()
    for row in rows:
        sides = []
        for j, r in zip(columns, level, strict=True):
            above = row[j] >= r + width
            below = row[j] <= r - width and not above
            sides.append(1 if above else 0 if below else None)
        if None not in sides:
            found.add(tuple(sides))
    return len(found) == 1 << len(columns)


@dataclass(frozen=True)
class Packing(SureWorld):
    """Labelings of n points, and as many of them as differ pairwise in `separation` or more."""

    title = "packing"
    rows: tuple[tuple[int, ...], ...]
    separation: int

    def __post_init__(self) -> None:
        rows = tuple(sorted({tuple(map(int, row)) for row in rows_of("rows", self.rows)}))
        if any(x not in (0, 1) for row in rows for x in row):
            raise ValueError("rows must be labelings of the same points, each a row of 0 and 1")
        object.__setattr__(self, "rows", rows)
        settle(self, separation=count)

    def outcomes(self, n: int, exact: bool = False) -> SureDraws:
        """One outcome, the points."""
        if n != len(self.rows[0]):
            raise NotKnownError(f"{len(self.rows[0])} points are labelled, not {n}")
        counts = growth_counts(np.array(self.rows, dtype=np.int8))
        apart = [
            [sum(a != b for a, b in zip(f, g, strict=True)) >= self.separation for g in self.rows]
            for f in self.rows
        ]
        return SureDraws(
            n, self, exact, separation=self.separation,
            log_packing=logarithm(_clique(apart, list(range(len(apart))))),
            vc_dim=max(m for m, found in enumerate(counts) if found == 1 << m),
        )  # fmt: skip


def _clique(adjacent: list[list[bool]], among: list[int], best: int = 0) -> int:
    """The size of the largest set of pairwise adjacent vertices."""
    best = max(best, 0)
    for place, v in enumerate(among):
        if len(among) - place <= best:
            break
        near = [w for w in among[place + 1 :] if adjacent[v][w]]
        best = max(best, 1 + _clique(adjacent, near, best - 1))
    return best
