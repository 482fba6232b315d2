"""The empirical distribution function of a uniform sample: how far it exceeds the true one.

Kolmogorov's one-sided statistic has the same law for every continuous distribution (Smirnov's
formula); for equally likely atoms it is smaller, and its law follows from counting samples whose
number of observations up to each atom stays below a line.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb, floor
from typing import Any

import numpy as np

from genbounds.referee.draws import Draws
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.error_counts import in_kind, row
from genbounds.referee.worlds.parameters import count, settle

LEVELS = 1000
"""Into how many steps the deviations of a continuous sample are rounded down where listed."""


@dataclass(frozen=True)
class UniformSample(World):
    """A sample from the uniform distribution on [0, 1], or on this many equally likely `atoms`.

    Without atoms the law of the deviation is continuous: listed outcomes are rounded down to
    multiples of 1/1000, so that their violations are a lower bound on the true probability.

    >>> UniformSample(atoms=2).outcomes(1).cdf_deviation.ravel()
    array([0. , 0.5])
    """

    title = "uniform-sample"
    atoms: int | None = None

    def __post_init__(self) -> None:
        if self.atoms is not None:
            settle(self, atoms=count)

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        where = "[0, 1]" if self.atoms is None else f"{self.atoms} equally likely atoms"
        return f"a uniform sample from {where}"

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """The values of the deviation, with their probabilities."""
        if self.atoms is not None:
            levels, below = atom_law(count("n", n), self.atoms, exact)
            weights = np.diff(below, prepend=0 * below[:1])
            return _draws(n, levels, weights if exact else np.maximum(weights, 0), exact)
        levels = [Fraction(j, LEVELS) for j in range(LEVELS + 1)]
        beyond = _beyond(count("n", n), levels, exact)
        draws = _draws(n, levels, beyond - np.append(beyond[1:], 0 * beyond[:1]), exact)
        return draws.knowing(exact_supremum=False)

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """The deviations of `trials` samples."""
        steps = np.arange(1, count("n", n) + 1) / n
        if self.atoms is None:
            found = steps - np.sort(rng.random((trials, n)), axis=1)
        else:
            law = np.full(self.atoms, 1 / self.atoms)
            seen = np.cumsum(rng.multinomial(n, law, trials), axis=1)
            found = seen / n - np.arange(1, self.atoms + 1) / self.atoms
        return Draws(n, None, cdf_deviation=np.maximum(found.max(axis=1, keepdims=True), 0))


def smirnov(n: int, level: Fraction) -> Fraction:
    """P(D+ >= level), exact: the deviation of n uniform observations.

    Smirnov's sum over the last crossing of the line; every term is positive.

    >>> smirnov(1, Fraction(1, 3))
    Fraction(2, 3)
    """
    if level <= 0:
        return Fraction(1)
    terms = (
        comb(n, j) * (level + Fraction(j, n)) ** (j - 1) * (1 - level - Fraction(j, n)) ** (n - j)
        for j in range(floor(n * (1 - level)) + 1)
    )
    return level * sum(terms, Fraction(0))


def atom_law(n: int, atoms: int, exact: bool) -> tuple[list[Fraction], Any]:
    """The values that the deviation of n observations on m atoms may take, and P(D+ <= value).

    A sample counts for a value c if at most n (c + j/m) of its observations lie on the first j
    atoms, for every j: ways to add observations to an atom are binomial.
    """
    lines = [(k, j) for k in range(n + 1) for j in range(1, atoms + 1) if k * atoms >= n * j]
    levels = sorted({Fraction(k, n) - Fraction(j, atoms) for k, j in lines} | {Fraction(0)})
    each = in_kind(Fraction(1, atoms), exact)
    ways = np.array([row(n, exact)] * len(levels)).T
    for j in range(1, atoms + 1):
        most = np.array([floor(n * (c + Fraction(j, atoms))) for c in levels])
        before, ways = ways, 0 * ways
        for seen in range(n + 1):
            for more in range(n + 1 - seen):
                ways[seen + more] += before[seen] * (comb(n - seen, more) * each**more)
        ways[np.arange(n + 1)[:, None] > most] = 0 * each
    return levels, ways[n]


def _beyond(n: int, levels: list[Fraction], exact: bool) -> Any:
    if exact:
        return np.array([smirnov(n, level) for level in levels], object)
    from scipy.special import smirnov as in_floats

    return np.asarray(in_floats(n, np.array(levels, float)))


def _draws(n: int, levels: list[Fraction], weights: Any, exact: bool) -> Draws:
    values = np.array(levels, object if exact else float)[:, None]
    return Draws(n, weights, cdf_deviation=values)
