"""Hard-margin machines without bias on a few points, in fractions, retrained without each of them.

The points are given times their labels. The shortest weights with a product of at least 1 with each
point are a combination of points where it is 1: all small sets of points are tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from typing import Any

import numpy as np

from genbounds.referee.draws import Draws, Irrational, NotKnownError, compositions
from genbounds.referee.worlds import parameters
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.sure import Rows, SureDraws, SureWorld, root, rows_of, squared

Point = tuple[Fraction, ...]
_TIE = 1e-12


def dot(x: Sequence[Fraction], y: Sequence[Fraction]) -> Fraction:
    """The inner product."""
    return sum((a * b for a, b in zip(x, y, strict=True)), Fraction(0))


def solved(matrix: list[list[Fraction]], right: list[Fraction]) -> list[Fraction] | None:
    """The solution of a linear system, None where the matrix is singular."""
    rows = [[*row, b] for row, b in zip(matrix, right, strict=True)]
    for i in range(len(rows)):
        pivot = next((j for j in range(i, len(rows)) if rows[j][i]), None)
        if pivot is None:
            return None
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [x / rows[i][i] for x in rows[i]]
        for j, row in enumerate(rows):
            if j != i and row[i]:
                rows[j] = [x - row[i] * y for x, y in zip(row, rows[i], strict=True)]
    return [row[-1] for row in rows]


def machine(points: Sequence[Point]) -> tuple[dict[int, Fraction], Point]:
    """The multipliers of a smallest set of support vectors, and the weights; 0 without points."""
    if not points:
        return {}, ()
    for size in range(1, len(points[0]) + 1):
        for chosen in combinations(range(len(points)), size):
            gram = [[dot(points[i], points[j]) for j in chosen] for i in chosen]
            found = solved(gram, [Fraction(1)] * size)
            if found is None or min(found) <= 0:
                continue
            columns = zip(*(points[i] for i in chosen), strict=True)
            weights = tuple(dot(found, column) for column in columns)
            if all(dot(weights, x) >= 1 for x in points):
                return dict(zip(chosen, found, strict=True)), weights
    raise NotKnownError("no weights separate the points")


def errs(weights: Point, point: Point) -> bool:
    """Whether the weights misclassify a point, or say nothing of it."""
    return not weights or dot(weights, point) <= 0


@dataclass(frozen=True)
class Machine(SureWorld):
    """A hard-margin machine without bias on points times their labels."""

    title = "machine"
    points: Rows

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", rows_of("points", self.points))

    def outcomes(self, n: int, exact: bool = False) -> MachineFacts:
        """One outcome, the sample of all points."""
        if n != len(self.points):
            raise NotKnownError(f"the sample has {len(self.points)} points, not {n}")
        return MachineFacts(n, self, exact, best_risk=Fraction(0))


class MachineFacts(SureDraws):
    """The dual solution, and the errors of the machines that are trained without each point.

    Theorems count points by a comparison that is often a tie: floats of what enters its larger side
    are a little too large, so that a tie is one.
    """

    world: Machine

    def __getitem__(self, name: str) -> Any:
        found = super().__getitem__(name)
        if self.exact or name not in ("kernel_diagonal", "spans"):
            return found
        return tuple(x * (1 + _TIE) for x in found)

    @cached_property
    def solution(self) -> tuple[dict[int, Fraction], Point]:
        """Multipliers and weights."""
        return machine(self.world.points)

    @cached_property
    def without(self) -> list[tuple[dict[int, Fraction], Point]]:
        """The same without each point in turn."""
        points = self.world.points
        return [machine(points[:i] + points[i + 1 :]) for i in range(self.n)]

    @cached_property
    def loo_error(self) -> Fraction:
        """The fraction of points that the machine without them misclassifies."""
        pairs = zip(self.without, self.world.points, strict=True)
        return Fraction(sum(errs(weights, x) for (_, weights), x in pairs), self.n)

    @cached_property
    def weight_norm(self) -> Irrational:
        """The length of the weights."""
        return root(squared(self.solution[1]))

    @cached_property
    def radius(self) -> Irrational:
        """The length of the longest point."""
        return root(max(map(squared, self.world.points)))

    @cached_property
    def margins(self) -> tuple[Fraction, ...]:
        """Products of the weights with the points."""
        return tuple(dot(self.solution[1], x) for x in self.world.points)

    @cached_property
    def multipliers(self) -> tuple[Fraction, ...]:
        """One for each point."""
        return tuple(self.solution[0].get(i, Fraction(0)) for i in range(self.n))

    @cached_property
    def kernel_diagonal(self) -> tuple[Fraction, ...]:
        """Squared lengths of the points."""
        return tuple(map(squared, self.world.points))

    @cached_property
    def spans(self) -> tuple[Any, ...]:
        """Distances of the support vectors from the span of the others, 0 for other points.

        The squared distance is 1 over the diagonal entry of the inverse of the kernel matrix. Only
        where leaving out a support vector leaves the others what they are.
        """
        kept = sorted(self.solution[0])
        for i in kept:
            others = {j - (j > i) for j in kept if j != i}
            if set(self.without[i][0]) != others:
                raise NotKnownError("leaving out a support vector changes the others")
        gram = [[dot(self.world.points[i], self.world.points[j]) for j in kept] for i in kept]
        found: list[Any] = [Fraction(0)] * self.n
        for place, i in enumerate(kept):
            unit = [Fraction(int(place == j)) for j in range(len(kept))]
            inverse = solved(gram, unit)
            assert inverse is not None  # the machine solved this system
            found[i] = root(1 / inverse[place])
        return tuple(found)


@dataclass(frozen=True)
class TrainedMachine(World):
    """A hard-margin machine without bias on a sample from a few points times their labels."""

    title = "trained-machine"
    law: tuple[Fraction, ...]
    points: Rows

    def __post_init__(self) -> None:
        parameters.settle(self, law=parameters.law, points=rows_of)
        if len(self.law) != len(self.points):
            raise ValueError("law must hold a probability for each point")

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        points = "; ".join(" ".join(map(str, x)) for x in self.points)
        return f"points times labels {points} with probabilities {', '.join(map(str, self.law))}"

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """Every vector of counts, with the risk of the machine that it trains."""
        chances, trained = self._trained(n)
        risks = [
            sum((p for p, x in zip(self.law, self.points, strict=True) if errs(w, x)), Fraction(0))
            for _, w in trained
        ]
        vectors = sum((p * len(a) for p, (a, _) in zip(*self._trained(n + 1), strict=True)),
                      Fraction(0))  # fmt: skip
        norm = squared(machine([x for p, x in zip(self.law, self.points, strict=True) if p])[1])
        kind = object if exact else float
        facts: dict[str, Any] = {
            "support_vectors": vectors, "margin": root(1 / norm),
            "radius": root(max(map(squared, self.points))),
        }  # fmt: skip
        return Draws(
            n, np.array(chances, kind), risk=np.array(risks, kind)[:, None], best_risk=0,
            **{name: x if exact else float(x) for name, x in facts.items()},
        )  # fmt: skip

    def _trained(self, n: int) -> tuple[list[Fraction], list[tuple[dict[int, Fraction], Point]]]:
        """The probability of each vector of counts, and the machine on the points that were met."""
        from genbounds.referee.draws import multinomial_coefficients

        counts = compositions(n, len(self.law))
        chances = []
        for ways, row in zip(multinomial_coefficients(counts), counts, strict=True):
            chance = Fraction(ways)
            for p, c in zip(self.law, row, strict=True):
                chance *= p ** int(c)
            chances.append(chance)
        known = {
            met: machine([x for x, seen in zip(self.points, met, strict=True) if seen])
            for met in {tuple(row > 0) for row in counts}
        }
        return chances, [known[tuple(row > 0)] for row in counts]
