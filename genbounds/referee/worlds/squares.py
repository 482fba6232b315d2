"""Regression with square loss: a few points with their targets, and a few functions on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

from genbounds.generic import log
from genbounds.referee.worlds import parameters
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.covers import shattered
from genbounds.referee.worlds.finite import FiniteDraws, FiniteWorld
from genbounds.referee.worlds.sure import Rows, rows_of


@dataclass(frozen=True)
class SquareLoss(World):
    """Points with these probabilities and targets in [0, 1], functions by their values on them."""

    title = "square-loss"
    demands: ClassVar[dict[str, str]] = {"loss": "square"}
    """The fields of a claim that a theorem must have to speak of this world."""
    law: tuple[Fraction, ...]
    targets: tuple[Fraction, ...]
    functions: Rows

    def __post_init__(self) -> None:
        parameters.settle(self, law=parameters.law, targets=parameters.chances, functions=rows_of)
        values = [x for row in self.functions for x in row]
        if not len(self.law) == len(self.targets) == len(self.functions[0]) or not all(
            0 <= x <= 1 for x in values
        ):
            raise ValueError("targets and functions must give a number in [0, 1] to each point")

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        rows = "; ".join(" ".join(map(str, row)) for row in self.functions)
        law, targets = (" ".join(map(str, x)) for x in (self.law, self.targets))
        return f"square loss of functions {rows} at targets {targets} with probabilities {law}"

    @property
    def losses(self) -> FiniteWorld:
        """The same by its losses."""
        rows = tuple(
            tuple((x - y) ** 2 for x, y in zip(row, self.targets, strict=True))
            for row in self.functions
        )
        return FiniteWorld(self.law, rows)

    def outcomes(self, n: int, exact: bool = False) -> SquareDraws:
        """Every vector of counts."""
        return SquareDraws(self.losses.outcomes(n, exact), self.functions)


class SquareDraws(FiniteDraws):
    """Outcomes by the losses, with facts of the functions."""

    functions: Rows

    def __init__(self, draws: FiniteDraws, functions: Rows) -> None:
        super().__init__(draws.sample, draws.law, draws.listed)
        self.__dict__["functions"] = functions

    @cached_property
    def pseudo_dim(self) -> int:
        """The pseudo-dimension of the functions."""
        return shattered(self.functions, Fraction(0))

    @cached_property
    def log_covering(self) -> Callable[[Any, Any], Any]:
        """ln of the number of functions: they cover themselves at any scale."""
        count = len(set(self.functions))
        return lambda scale, size: log(count + 0 * scale)
