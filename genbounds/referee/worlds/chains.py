"""Losses that are not i.i.d.: a chain that sticks to what it did, and risks that drift."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np

from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.error_counts import (
    ErrorDraws,
    by_errors,
    in_kind,
    moved,
    row,
)
from genbounds.referee.worlds.parameters import chance, chances, count, settle


@dataclass(frozen=True)
class StickyChain(World):
    """A stationary chain of 0-1 losses: each repeats the last with probability `stay`, else is new.

    New losses err with probability `risk`, which is also that of every single loss; `stay` is the
    correlation of neighbours. With 0 the losses are independent, with 1 all are equal.

    >>> StickyChain(risk="1/5", stay=1).outcomes(3, exact=True).weights.tolist()
    [Fraction(4, 5), Fraction(0, 1), Fraction(0, 1), Fraction(1, 5)]
    """

    title = "sticky-chain"
    demands: ClassVar[dict[str, str]] = {"data": "mixing", "loss": "zero_one"}
    """The fields of a claim that a theorem must have to speak of this world."""
    risk: Any
    stay: Any

    def __post_init__(self) -> None:
        settle(self, risk=chance, stay=chance)

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        return (
            f"losses that repeat the last one with probability {self.stay} and else err with "
            f"probability {self.risk}"
        )

    def outcomes(self, n: int, exact: bool = False) -> ErrorDraws:
        """The number of errors, by a recursion over time in the last loss and the count."""
        size, risk, stay = count("n", n), in_kind(self.risk, exact), in_kind(self.stay, exact)
        to_error = (1 - stay) * risk
        right = (1 - risk) * row(size, exact)
        wrong = risk * row(size, exact, start=1)
        for _ in range(size - 1):
            both = right + wrong
            wrong = moved(stay * wrong + to_error * both)
            right = stay * right + (1 - stay - to_error) * both
        return by_errors(size, right + wrong, risk=risk)

    def draw(self, n: int, trials: int, rng: Any) -> ErrorDraws:
        """The numbers of errors of `trials` chains."""
        size = count("n", n)
        fresh = rng.random((trials, size)) < float(self.risk)
        renewed = rng.random((trials, size)) >= float(self.stay)
        renewed[:, 0] = True
        origin = np.maximum.accumulate(np.where(renewed, np.arange(size), 0), axis=1)
        losses = np.take_along_axis(fresh, origin, axis=1)
        return ErrorDraws(size, errors=losses.sum(axis=1, keepdims=True), risk=float(self.risk))


@dataclass(frozen=True)
class Drift(World):
    """Independent 0-1 losses whose risk moves through `risks`, each for an equal share of time.

    The truth is the mean risk over the sample, or with `last` the risk at its end: what a model
    deployed tomorrow will show.

    >>> Drift(risks=(0, 1)).outcomes(4).weights.tolist()
    [0.0, 0.0, 1.0, 0.0, 0.0]
    """

    title = "drift"
    risks: tuple[Any, ...]
    last: bool = False

    @property
    def demands(self) -> dict[str, str]:
        """The fields of a claim that a theorem must have: none speaks of the last risk alone."""
        return {"data": "drifting" if self.last else "independent", "loss": "zero_one"}

    def __post_init__(self) -> None:
        settle(self, risks=chances, last=_flag)

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        truth = "the last of these risks" if self.last else "their mean"
        stages = ", ".join(map(str, self.risks))
        return f"independent losses of risk {stages} in turn, in equal shares; the truth is {truth}"

    def outcomes(self, n: int, exact: bool = False) -> ErrorDraws:
        """The number of errors: a Poisson binomial law, one loss at a time."""
        found = row(count("n", n), exact)
        for risk in self.path(n):
            p = in_kind(risk, exact)
            found = (1 - p) * found + moved(p * found)
        return by_errors(n, found, risk=in_kind(self.risk(n), exact))

    def draw(self, n: int, trials: int, rng: Any) -> ErrorDraws:
        """The numbers of errors of `trials` samples."""
        path = np.array(self.path(count("n", n)), float)
        errors = (rng.random((trials, n)) < path).sum(axis=1, keepdims=True)
        return ErrorDraws(n, errors=errors, risk=float(self.risk(n)))

    def path(self, n: int) -> list[Fraction]:
        """The risk of each of n losses."""
        return [self.risks[t * len(self.risks) // n] for t in range(n)]

    def risk(self, n: int) -> Fraction:
        """What a bound is held against: the mean risk of n losses, or the last one."""
        path = self.path(n)
        return path[-1] if self.last else sum(path, Fraction(0)) / n


def _flag(name: str, value: Any) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise ValueError(f"{name} must be True or False, got {value!r}")
    return bool(value)
