"""Claims on average by simulation: the mean of truth less value, with an interval that holds."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.entrywise import values
from genbounds.referee.readings import facts_for, truth_of
from genbounds.referee.worlds.base import World
from genbounds.registry import catalogue

LOW, HIGH = -2.0, 1.0
"""Truths lie in [-1, 1], and values are cut to [0, 1]: between these ends their difference is."""


class Average(NamedTuple):
    """What a simulation showed of a claim that holds in expectation over the sample.

    `mean` is that of the truth less the bound, negative where the claim holds with room;
    `interval` holds the expected difference with confidence 1 - level.
    """

    bound: Any
    world: World
    n: int
    trials: int
    level: float
    mean: float
    sample_variance: float
    cut: bool
    parameters: dict[str, Any]
    seed: int

    @property
    def interval(self) -> tuple[float, float]:
        """Maurer and Pontil's ends, each at half the level, for a difference in [-2, 1]."""
        radius = catalogue["maurer_pontil"].gap(
            sample_variance=self.sample_variance, n=self.trials, delta=self.level / 2,
            width=HIGH - LOW,
        )  # fmt: skip
        return self.mean - radius, self.mean + radius

    @property
    def verdict(self) -> str:
        """`refuted`, `consistent`, or `undecided` where the interval holds 0.

        Where values had to be cut to [0, 1] against the bound nothing is refuted.
        """
        lower, upper = self.interval
        if lower > 0:
            return "undecided" if self.cut else "refuted"
        return "consistent" if upper <= 0 else "undecided"

    def __str__(self) -> str:
        lower, upper = self.interval
        return (
            f"{self.bound.name} in {self.world.sentence}, n = {self.n}: the mean of truth less "
            f"bound is {self.mean:.6g}, in [{lower:.6g}, {upper:.6g}] with confidence "
            f"1 - {self.level:g} ({self.trials} samples): {self.verdict}"
        )

    def to_dict(self) -> dict[str, Any]:
        """The average as plain data."""
        return {
            "bound": self.bound.name,
            "world": self.world.to_dict(),
            "n": self.n,
            "trials": self.trials,
            "level": self.level,
            "mean": self.mean,
            "interval": list(self.interval),
            "verdict": self.verdict,
            "seed": self.seed,
        }


class Moments(NamedTuple):
    """How many differences there were, their sum and the sum of their squares."""

    samples: int
    total: float
    squares: float
    cut: bool

    def merged(self, other: Moments) -> Moments:
        """Both together."""
        sums = self.total + other.total, self.squares + other.squares
        return Moments(self.samples + other.samples, *sums, self.cut or other.cut)

    @property
    def mean(self) -> float:
        """The mean difference."""
        return self.total / self.samples

    @property
    def variance(self) -> float:
        """The unbiased variance, that of one difference being 0."""
        spread = max(0.0, self.squares - self.total * self.mean)
        return spread / max(1, self.samples - 1)


def differences(bound: Any, draws: Draws, rows: int) -> Moments:
    """The truth less the value, sample by sample, turned round for a claim from below."""
    value = values(bound, facts_for(bound, draws, None))
    cut = bool(np.any(value < 0 if bound.claim.side == "lower" else value > 1))
    value = np.clip(value, 0, 1)
    truth = np.asarray(draws[truth_of(bound)], float)
    if np.any(abs(truth) > 1):
        raise NotKnownError("a mean can be tested where the truth is known to lie in [-1, 1]")
    found = np.broadcast_to(truth - value, (rows, 1)).ravel()
    found = -found if bound.claim.side == "lower" else found
    return Moments(rows, float(found.sum()), float((found**2).sum()), cut)
