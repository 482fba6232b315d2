"""The hard-margin machine on a finite law, in fractions: a support vector machine without bias."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from genbounds.generic import sqrt
from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import MEANINGLESS, FiniteDraws, FiniteWorld
from genbounds.referee.worlds.left_out import dot, machine

Point = tuple[Fraction, ...]


@dataclass(frozen=True)
class HardMargin(World):
    """The shortest weights with product at least 1 with every observation, and their risk.

    The rows of `world` hold the coordinates of label times input on its cells, which some weights
    must separate. A product of at most 0 is an error: so are points across all that were seen.

    >>> draws = HardMargin(FiniteWorld(("3/4", "1/4"), ((1, 0), (0, 1)))).outcomes(1)
    >>> draws["risk"].ravel(), draws["weight_norm"].ravel(), draws["weight_bound"]
    (array([0.75, 0.25]), array([1., 1.]), 1.4142135623730951)
    """

    title = "hard-margin-cells"
    demands: ClassVar[dict[str, str]] = {
        "scope": "output", "setting": "realizable", "loss": "zero_one",
    }  # fmt: skip
    keeps: ClassVar[frozenset[str]] = frozenset(
        {"made_by_hard_margin", "separating_weights", "unit_functional_margin"}
    )
    world: FiniteWorld

    def __post_init__(self) -> None:
        try:
            machine(self.points)
        except NotKnownError:
            raise ValueError("some weights must have a positive product with every cell") from None

    @property
    def breaks(self) -> tuple[str, ...]:
        """Conditions of theorems that mean nothing here, or do not hold."""
        return tuple(name for name in MEANINGLESS if name not in self.keeps)

    @property
    def points(self) -> tuple[Point, ...]:
        """The inputs times labels, one for each cell."""
        return tuple(zip(*self.world.losses, strict=True))

    @property
    def sentence(self) -> str:
        """The law and the points."""
        points = "; ".join(" ".join(map(str, point)) for point in self.points)
        return f"law: {', '.join(map(str, self.world.law))}; labels times inputs: {points}"

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Counts of `trials` samples."""
        return HardMarginDraws(self, self.world.draw(n, trials, rng))  # type: ignore[arg-type]

    def outcomes(self, n: int, exact: bool = False) -> HardMarginDraws:
        """Every vector of counts."""
        return HardMarginDraws(self, self.world.outcomes(n, exact))


class HardMarginDraws(Draws):
    """Outcomes with one machine each; the samples with the same cells share it."""

    best_risk = 0

    def __init__(self, world: HardMargin, draws: FiniteDraws, **facts: Any) -> None:
        self.__dict__.update(world=world, draws=draws, n=draws.sample.n, given=facts, **facts)

    def knowing(self, **facts: Any) -> HardMarginDraws:
        """The same outcomes with further facts."""
        return HardMarginDraws(self.world, self.draws, **self.given | facts)

    def under(self, law: Any) -> HardMarginDraws:
        """The same outcomes under another law."""
        return HardMarginDraws(self.world, self.draws.under(law), **self.given)

    def outcome(self, t: int) -> str:
        """The counts of the cells."""
        return str(self.draws.outcome(t))

    @property
    def weights(self) -> Any:
        """The probability of each outcome."""
        return self.draws.weights

    @cached_property
    def machines(self) -> list[Point]:
        """The weights that each sample leads to."""
        points, known = self.world.points, dict[tuple[bool, ...], Point]()
        found = []
        for row in self.draws.sample.counts:
            seen = tuple(bool(c) for c in row)
            if seen not in known:
                known[seen] = machine([x for x, kept in zip(points, seen, strict=True) if kept])[1]
            found.append(known[seen])
        return found

    @cached_property
    def wrong(self) -> Any:
        """(T, m) which cells each machine errs on."""
        kind = object if self.draws.sample.exact else float
        rows = [[Fraction(dot(w, x) <= 0) for x in self.world.points] for w in self.machines]
        return np.array(rows, kind)

    @cached_property
    def risk(self) -> Any:
        """(T, 1) the risk of each machine."""
        return (self.wrong @ self.draws.law)[:, None]

    @property
    def empirical_risk(self) -> Any:
        """No observation is on the wrong side."""
        return 0 * self.risk

    @cached_property
    def weight_norm(self) -> Any:
        """(T, 1) the norm of the weights."""
        return self.draws.sample.numbers(sqrt, [[dot(w, w)] for w in self.machines])

    @property
    def weight_bound(self) -> Any:
        """The norm of the shortest weights that separate all cells."""
        whole = machine(self.world.points)[1]
        return self.draws.sample.number(sqrt, dot(whole, whole))

    @property
    def radius(self) -> Any:
        """The length of the longest input."""
        return self.draws.sample.number(sqrt, max(dot(x, x) for x in self.world.points))
