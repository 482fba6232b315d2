"""Sums of independent bounded variables: functions of bounded differences, and martingales."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import cycle, islice
from typing import Any, ClassVar

import numpy as np

from genbounds.classes.base import whole
from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.parameters import chance, every, number, settle

MOST_SUMS = 20_000


@dataclass(frozen=True)
class _Sum(World):
    """n independent variables, the i-th of which takes two values that `differences[i]` spans.

    `differences` are repeated in turn where n asks for more of them than were given.
    """

    demands: ClassVar[dict[str, str]]
    """The fields of a claim that a theorem must have to speak of this world."""
    differences: tuple[Any, ...]

    def __post_init__(self) -> None:
        settle(self, differences=_sizes)

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        steps = ", ".join(map(str, self.differences))
        return f"a sum of independent variables with differences {steps}, in turn: {self._kind}"

    @property
    def _kind(self) -> str:
        raise NotImplementedError

    def steps(self, n: int) -> tuple[Fraction, ...]:
        """The differences of n variables."""
        return tuple(islice(cycle(self.differences), whole("n", n, 1)))

    def two_values(self, size: Fraction) -> tuple[tuple[Fraction, Fraction], ...]:
        """The two values of a variable with this difference, centred, with their probabilities."""
        raise NotImplementedError

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """Every value of the sum less its mean, one variable after another."""
        law = {Fraction(0): Fraction(1)}
        for size in self.steps(n):
            found: dict[Fraction, Fraction] = {}
            for total, p in law.items():
                for step, q in self.two_values(size):
                    found[total + step] = found.get(total + step, Fraction(0)) + p * q
            law = found
            if len(law) > MOST_SUMS:
                raise NotKnownError(f"n = {n} such variables have over {MOST_SUMS} sums")
        kind = object if exact else float
        values, weights = np.array(sorted(law), kind), [law[value] for value in sorted(law)]
        return self._draws(n, np.array(weights, kind), values[:, None])

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """The sums of `trials` samples, less their means."""
        total = np.zeros((trials, 1))
        for size in self.steps(n):
            (low, _), (high, p) = self.two_values(size)
            total += np.where(rng.random((trials, 1)) < float(p), float(high), float(low))
        return self._draws(n, None, total)

    def _draws(self, n: int, weights: Any, values: Any) -> Draws:
        kind = Fraction if values.dtype == object else float
        return Draws(n, weights, deviation=values, differences=tuple(map(kind, self.steps(n))))


@dataclass(frozen=True)
class BoundedSum(_Sum):
    """A sum of independent variables that are `differences[i]` with probability `risk`, else 0.

    Changing one variable changes the sum by at most its difference, which are repeated in turn
    where n asks for more of them.

    >>> BoundedSum(differences=(1, 2)).outcomes(2).deviation.ravel()
    array([-1.5, -0.5,  0.5,  1.5])
    """

    title = "bounded-sum"
    demands: ClassVar[dict[str, str]] = {"data": "independent", "scope": "fixed_function"}
    risk: Any = Fraction(1, 2)

    def __post_init__(self) -> None:
        settle(self, differences=_sizes, risk=chance)

    @property
    def _kind(self) -> str:
        return f"each is its difference with probability {self.risk}, else 0"

    def two_values(self, size: Fraction) -> tuple[tuple[Fraction, Fraction], ...]:
        """0 and the difference, less the mean."""
        p = self.risk
        return (-p * size, 1 - p), ((1 - p) * size, p)


@dataclass(frozen=True)
class SignedSum(_Sum):
    """A martingale whose i-th increment is `differences[i]` times a fair sign.

    The differences bound the increments' absolute values, and are repeated in turn where n asks for
    more of them; an increment lies in an interval of twice that length.

    >>> SignedSum(differences=(1,)).outcomes(2).weights.tolist()
    [0.25, 0.5, 0.25]
    """

    title = "signed-sum"
    demands: ClassVar[dict[str, str]] = {"data": "martingale", "scope": "fixed_function"}

    @property
    def _kind(self) -> str:
        return "each is its difference times a fair sign"

    def two_values(self, size: Fraction) -> tuple[tuple[Fraction, Fraction], ...]:
        """Minus and plus the difference, equally likely."""
        return (-size, Fraction(1, 2)), (size, Fraction(1, 2))


def _sizes(name: str, values: Any) -> tuple[Fraction, ...]:
    if not isinstance(values, (tuple, list)) or not values:
        raise ValueError(f"{name} must be one or more numbers greater than 0, got {values!r}")
    return every((_size, f"{name}[{i}]", value) for i, value in enumerate(values))


def _size(name: str, value: Any) -> Fraction:
    found = number(name, value)
    if found <= 0:
        raise ValueError(f"{name} must be greater than 0, got {value!r}")
    return found
