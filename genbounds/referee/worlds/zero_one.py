"""What follows for 0-1 losses from risks and numbers of errors, and for labels with even noise."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.referee.draws import Draws, NotKnownError

MOST_ENTRIES = 1 << 22
"""Numbers that a block of trials may hold at once."""


class ZeroOneDraws(Draws):
    """Outcomes under 0-1 loss: `errors` (T, K) and `risk` are given, the moments follow.

    The first `n_fixed` instances were fixed before the sample; the others were chosen on it, so
    that theorems for a hypothesis chosen independently of the sample do not speak of them.
    """

    n_fixed: int = 0
    exhaustive: bool = True
    """Whether the instances attain the least empirical risk of the class."""

    @cached_property
    def minimisers(self) -> Any:
        """(T, K) which instances surely minimise the empirical risk over the whole class."""
        risks = self.empirical_risk
        return risks == (risks.min(axis=1, keepdims=True) if self.exhaustive else 0)

    @cached_property
    def fixed_before_sample(self) -> Any:
        """(1, K) which instances were fixed before the sample was drawn."""
        return (np.arange(np.shape(self["errors"])[-1]) < self.n_fixed)[None, :]

    @cached_property
    def second_moment(self) -> Any:
        """(T, K) means of the squared losses: those of the losses."""
        return self.empirical_risk

    @cached_property
    def biased_variance(self) -> Any:
        """(T, K) variances with denominator n."""
        return self.empirical_risk * (1 - self.empirical_risk)

    @cached_property
    def sample_variance(self) -> Any:
        """(T, K) variances with denominator n - 1."""
        if self.n < 2:
            raise NotKnownError("the sample variance needs n >= 2")
        return self.biased_variance * self.n / (self.n - 1)

    @cached_property
    def second_moment_of_loss(self) -> Any:
        """True second moments: the risks."""
        return self["risk"]

    @cached_property
    def variance(self) -> Any:
        """True variances."""
        return self["risk"] * (1 - self["risk"])

    @cached_property
    def supremum(self) -> Any:
        """(T, 1) the largest excess of risk over empirical risk among the instances."""
        return self.gap.max(axis=1, keepdims=True)

    @cached_property
    def absolute_supremum(self) -> Any:
        """(T, 1) the largest difference of risk and empirical risk among the instances."""
        return abs(self.gap).max(axis=1, keepdims=True)


class NoisyDraws(ZeroOneDraws):
    """Labels of a member of the class, each flipped with probability `noise` at most 1/2."""

    noise: float

    @cached_property
    def best_risk(self) -> Any:
        """The risk of the member that labels."""
        return self.noise

    @cached_property
    def bayes_risk(self) -> Any:
        """The risk of the member that labels: no classifier has less."""
        return self.noise

    @cached_property
    def massart_margin(self) -> Any:
        """|2 P(Y = 1 | x) - 1|, the same everywhere; the Bayes classifier is in the class."""
        if self.noise >= 0.5:
            raise NotKnownError("labels of noise 1/2 have no Massart margin")
        return 1 - 2 * self.noise

    @cached_property
    def bernstein_constant(self) -> Any:
        """1/(1 - 2 noise): losses differ as often as labels do, risks by 1 - 2 noise of that."""
        return 1 / self.massart_margin


def noisy(disagreement: Any, noise: float) -> Any:
    """The risk of a hypothesis from how often it disagrees with the one that labels."""
    return noise + (1 - 2 * noise) * disagreement


def sorted_with(values: Any, marks: Any) -> tuple[Any, Any]:
    """Numbers >= 0 sorted along axis 1, and the marks (True or False) that they carry with them.

    Each mark travels as the last bit of its number, so that no order of indices is needed.
    """
    keys = np.where(marks, values.view(np.int64) | 1, values.view(np.int64) & ~1)
    keys.sort(axis=1)
    return keys.view(float), (keys & 1).astype(bool)


def refuse(faults: Iterable[str]) -> None:
    """One error that names every fault, where there is one."""
    if found := [fault for fault in faults if fault]:
        raise ValueError("; ".join(found))


def whole_number(name: str, value: Any, least: int, most: float = math.inf) -> str:
    """The fault of a parameter that must be an integer in a range, or nothing."""
    whole = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    above = "" if most == math.inf else f" and at most {most}"
    return "" if whole else f"{name} must be an integer at least {least}{above}, got {value!r}"


def within(name: str, value: Any, low: float, high: float) -> str:
    """The fault of a parameter that must be a number in [low, high], or nothing."""
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    inside = number and low <= value <= high
    return "" if inside else f"{name} must be a number in [{low:g}, {high:g}], got {value!r}"
