"""Worlds without chance: one outcome, whose facts are exact and computed when asked for.

Claims that hold on every sample are tested on them. A fact is a fraction, an integer, an
irrational number in closed form or a tuple of these; in floats it is handed out as a float.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from fractions import Fraction
from typing import Any

import numpy as np

from genbounds.generic import log, sqrt
from genbounds.referee.draws import Draws, Irrational
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.parameters import number

Rows = tuple[tuple[Any, ...], ...]


class SureDraws(Draws):
    """The one outcome of a world, with its facts as exact numbers or as floats of them."""

    def __init__(self, n: int, world: Any, exact: bool, **facts: Any) -> None:
        one = np.array([Fraction(1)], object) if exact else np.array([1.0])
        super().__init__(n, one, world=world, exact=exact, **facts)

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        return value if self.exact else in_floats(value)

    def outcome(self, t: int) -> str:
        """There is one only."""
        return "surely"


class SureWorld(World):
    """A world that is what it is: nothing in it is drawn."""

    @property
    def sentence(self) -> str:
        """What the world is, with all of its numbers."""
        what = (type(self).__doc__ or "").partition("\n")[0].rstrip(".")
        numbers = (f"{f.name} = {_shown(getattr(self, f.name))}" for f in fields(self))
        return f"{what}: {', '.join(numbers)}"


def in_floats(x: Any) -> Any:
    """Exact numbers as floats; integers, functions and arrays stay what they are."""
    if isinstance(x, (Fraction, Irrational)):
        return float(x)
    return tuple(map(in_floats, x)) if isinstance(x, tuple) else x


def rows_of(name: str, rows: Any) -> Rows:
    """Rows of equal length, each number read exactly."""
    found = tuple(tuple(number(name, x) for x in row) for row in rows)
    if not found or not found[0] or len({len(row) for row in found}) != 1:
        raise ValueError(f"{name} must hold rows of equal length, one number a column")
    return found


def signed_sums(rows: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Sums of rows with signs, the first sign +1: one for each of the 2^(n-1) vectors of signs."""
    first, *others = rows
    found = [tuple(first)]
    for row in others:
        found = [
            tuple(a + sign * b for a, b in zip(x, row, strict=True))
            for x in found
            for sign in (1, -1)
        ]
    return found


def complexity(rows: Any, absolute: bool = False) -> Fraction:
    """1/n times the mean over all signs of the largest signed sum, or of its absolute value.

    Opposite signs share a sum up to its sign: their two maxima add up to its range.
    """
    n = len(rows[0])
    sums = signed_sums(zip(*rows, strict=True))
    ranges = (max(map(abs, x)) if absolute else Fraction(max(x) - min(x)) / 2 for x in sums)
    return Fraction(sum(ranges)) / (n * len(sums))


def mean_root(numbers: Iterable[Fraction], factor: Any = 1) -> Irrational:
    """A factor times the mean of the square roots."""
    found = tuple(map(Fraction, numbers))

    def mean(scale: Any, *xs: Any) -> Any:
        return scale * sum(map(sqrt, xs)) / len(xs)

    return Irrational(mean, (Fraction(factor), *found))


def root(x: Any) -> Irrational:
    """The square root of a fraction."""
    return Irrational(sqrt, (Fraction(x),))


def logarithm(x: Any) -> Irrational:
    """The natural logarithm of a fraction."""
    return Irrational(log, (Fraction(x),))


def squared(row: Iterable[Any]) -> Any:
    """The sum of squares."""
    return sum((x * x for x in row), Fraction(0))


def _shown(x: Any) -> str:
    if isinstance(x, tuple):
        return f"({' '.join(map(_shown, x))})"
    return str(x)
