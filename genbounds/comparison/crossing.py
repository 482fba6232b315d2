"""Where the best of several bounds changes, decided exactly, not on the grid that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np

from genbounds.comparison.evaluating import Facts
from genbounds.generic import backend_of

_CLEAR = 1e-9
"""Relative distance beyond which floats decide; nearer values are compared in 50 digits."""
_TIE = 1e-12
_FINE = 4000


class Crossing(NamedTuple):
    """From `at` on (the first whole number, or the float behind the crossing) `after` is best."""

    at: float
    before: str
    after: str
    variable: str = "n"


class Race:
    """Named functions of one variable, the smallest first (with `sign` = -1 the largest).

    Of equal values the one that was named first wins, so that two forms of one bound do not take
    turns.
    """

    def __init__(
        self, runners: Mapping[str, Callable[[Facts], Any]], facts: Mapping[str, Facts],
        variable: str, whole: bool, sign: int,
    ) -> None:  # fmt: skip
        self.runners, self.facts = dict(runners), facts
        self.variable, self.whole, self.sign = variable, whole, sign

    def winners(self, xs: np.ndarray) -> np.ndarray:
        """The index of the winner at each x, by floats; -1 where no value is finite."""
        return first_best(np.array([self._floats(name, xs) for name in self.runners]), self.sign)

    def _floats(self, name: str, xs: np.ndarray) -> np.ndarray:
        facts = self.facts[name]
        if self.variable not in facts:
            return np.full(len(xs), float(self.runners[name](facts)))
        value = self.runners[name](facts | {self.variable: xs})
        return np.broadcast_to(np.asarray(value, float), xs.shape)

    def winner(self, x: float) -> int:
        """The index of the winner at one x; near ties are decided in 50 digits."""
        values = np.array([float(self._at(name, x)) for name in self.runners]) * self.sign
        if not np.isfinite(values).any():
            return -1
        least = values.min()
        near = np.flatnonzero(values <= least + _CLEAR * abs(least))
        if len(near) == 1:
            return int(near[0])
        names = list(self.runners)
        exact = [self._in_digits(names[i], x) for i in near]
        return int(near[min(range(len(near)), key=lambda j: (exact[j], j))])

    def _at(self, name: str, x: Any) -> Any:
        facts = self.facts[name]
        known = facts | {self.variable: x} if self.variable in facts else facts
        return self.runners[name](known)

    def _in_digits(self, name: str, x: float) -> Any:
        """The value rounded to 40 digits, where equal ones are equal."""
        import mpmath

        facts = self.facts[name]
        if self.variable in facts:
            facts = facts | {self.variable: int(x) if self.whole else x}
        with mpmath.workdps(50):
            lifted = {k: _lifted(v) for k, v in facts.items()}
            value = self.sign * mpmath.mpf(self.runners[name](lifted))
            return mpmath.mpf(mpmath.nstr(value, 40)) if mpmath.isfinite(value) else value

    def changes(self, low: float, high: float, seen: np.ndarray) -> list[Crossing]:
        """Every change of the winner that a fine grid of [low, high] sees, each located exactly."""
        grid = self._grid(low, high, seen)
        found = self.winners(grid)
        spots = np.flatnonzero(found[1:] != found[:-1])
        crossings: list[Crossing] = []
        for i in spots:
            a, b = self._step(grid[i]), self._step(grid[i + 1])
            crossings += self._between(a, b, self.winner(a), self.winner(b))
        return crossings

    def _step(self, x: float) -> float:
        return int(x) if self.whole else float(x)

    def _grid(self, low: float, high: float, seen: np.ndarray) -> np.ndarray:
        if self.whole and high - low <= _FINE:
            return np.arange(low, high + 1, dtype=float)
        even = np.linspace(low, high, _FINE)
        by_ratio = np.geomspace(low, high, _FINE) if low > 0 else even
        points = np.concatenate([even, by_ratio, seen])
        points = np.floor(points) if self.whole else points
        return np.unique(np.clip(points, low, high))

    def _between(self, low: float, high: float, first: int, last: int) -> list[Crossing]:
        """The changes within (low, high], by bisection; a third winner splits the search."""
        if first == last:
            return []
        middle = (low + high) // 2 if self.whole else (low + high) / 2
        if not low < middle < high:
            return [self._crossing(high, first, last)]
        inside = self.winner(middle)
        return [
            *self._between(low, middle, first, inside),
            *self._between(middle, high, inside, last),
        ]

    def _crossing(self, at: float, first: int, last: int) -> Crossing:
        names = [*self.runners, ""]  # index -1: nobody speaks
        return Crossing(at, names[first], names[last], self.variable)


def first_best(values: np.ndarray, sign: int) -> np.ndarray:
    """Along the first axis the index of the least value (times `sign`), the first of near ties.

    -1 where no value is finite.
    """
    turned = np.where(np.isfinite(values), values * sign, np.inf)
    least = turned.min(axis=0)
    with np.errstate(invalid="ignore"):
        within = turned <= least + _TIE * np.abs(least)
    return np.where(np.isfinite(least), within.argmax(axis=0), -1)


def _lifted(value: Any) -> Any:
    """A float as its shortest decimal in mpmath; all else as it is."""
    import mpmath

    if isinstance(value, float) and backend_of(type(value)) == "floats":
        return mpmath.mpf(repr(value))
    return value
