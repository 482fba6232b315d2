"""Uniform points of [0, 1] with noisy labels, sorted as they are drawn, for classes on the line."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from genbounds.classes.base import HypothesisClass
from genbounds.complexity.exact import exact_supremum
from genbounds.referee.draws import NotKnownError
from genbounds.referee.kernels import kernels
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.zero_one import NoisyDraws, noisy, whole_number, within

BLOCK_NUMBERS = 1 << 17
"""Numbers that the samples of a block hold."""


@dataclass(frozen=True)
class LineWorld(World, ABC):
    """Points uniform in [0, 1], labelled by a target set with noise, and a class of sets.

    With `signed` the complements of the sets belong to the class too.
    """

    classes: ClassVar[tuple[type[HypothesisClass], type[HypothesisClass]]]
    """The class, and the class with complements."""

    noise: float = field(default=0.0, kw_only=True)
    signed: bool = field(default=False, kw_only=True)

    def faults(self) -> list[str]:
        """What is wrong with the parameters that all of these worlds have."""
        given: Any = self.signed
        known = isinstance(given, bool)
        fault = "" if known else f"signed must be True or False, got {given!r}"
        return [within("noise", self.noise, 0, 0.5), fault]

    @property
    @abstractmethod
    def target(self) -> tuple[float, float]:
        """The ends of the set that labels."""

    @property
    @abstractmethod
    def largest_difference(self) -> float:
        """The largest measure of where a set differs from the target, complements aside."""

    @abstractmethod
    def suprema(self, spacings: Any, flips: Any, using: Any) -> Any:
        """(T, 2) largest excess of risk over empirical risk and of empirical risk over risk."""

    @abstractmethod
    def cells(self, spacings: Any, flips: Any, using: Any) -> tuple[Any, Any, Any]:
        """(T, n + 1) errors, and the least and the largest difference of sets with so many."""

    @property
    def hypotheses(self) -> HypothesisClass:
        """The class."""
        return self.classes[self.signed]()

    def block(self, n: int) -> int:
        """How many trials are drawn at once."""
        return max(1, BLOCK_NUMBERS // (n + 1))

    def draw(self, n: int, trials: int, rng: Any) -> LineDraws:
        """Samples as spacings of sorted points, and flips of labels."""
        if fault := whole_number("n", n, 1):
            raise ValueError(fault)
        spacings = rng.standard_exponential((trials, n + 1))
        flips = bernoulli(self.noise, (trials, n), rng)
        return LineDraws(n, world=self, noise=self.noise, spacings=spacings, flips=flips)


class LineDraws(NoisyDraws):
    """Sorted samples: suprema by scans, and instances that are enough for any monotone bound.

    The instances are the target, the whole line and the empty set, fixed in advance; then for each
    gap or each number of errors the set of largest and the set of least risk; if the class is
    signed all their complements follow, the fixed ones first.
    """

    world: LineWorld
    spacings: Any
    flips: Any

    @cached_property
    def kernels(self) -> Any:
        """The module that scans: compiled where numba is installed, with the same results."""
        return kernels("line")

    # --- suprema over the class

    @cached_property
    def _suprema(self) -> Any:
        found = self.world.suprema(self.spacings, self.flips, self.kernels)
        return found[:, ::-1].max(axis=1, keepdims=True) if self.world.signed else found

    @cached_property
    def supremum(self) -> Any:
        """(T, 1) the largest excess of risk over empirical risk in the class."""
        return self._suprema[:, :1]

    @cached_property
    def absolute_supremum(self) -> Any:
        """(T, 1) the largest difference of risk and empirical risk in the class."""
        return self._suprema.max(axis=1, keepdims=True)

    # --- instances

    @cached_property
    def n_fixed(self) -> int:  # type: ignore[override]
        """How many of the instances were fixed before the sample."""
        return 6 if self.world.signed else 3

    @cached_property
    def fixed_before_sample(self) -> Any:
        """(1, K) which instances were fixed before the sample; no scan is needed to tell."""
        chosen = 2 * (self.n + 1) * (1 + self.world.signed)
        return (np.arange(self.n_fixed + chosen) < self.n_fixed)[None, :]

    @cached_property
    def _chosen(self) -> tuple[Any, Any]:
        """(T, 2 (n + 1)) errors and differences from the target of sets chosen on the sample."""
        errors, least, most = self.world.cells(self.spacings, self.flips, self.kernels)
        return np.hstack([errors, errors]), np.hstack([most, least])

    @cached_property
    def errors(self) -> Any:
        """(T, K) numbers of errors."""
        ones = self.kernels.count_ones(self.spacings, self.flips, *self.world.target)
        fixed = np.stack([self.flips.sum(axis=1), self.n - ones, ones], axis=1)
        return self._with_complements(fixed, self._chosen[0], self.n)

    @cached_property
    def risk(self) -> Any:
        """(T, K) risks, in the order of `errors`."""
        low, high = self.world.target
        width, chosen = high - low, self._chosen[1]
        fixed = np.broadcast_to([0, 1 - width, width], (len(chosen), 3))
        return noisy(self._with_complements(fixed, chosen, 1), self.noise)

    def _with_complements(self, fixed: Any, chosen: Any, total: int) -> Any:
        """A complement has the rest of the errors, and of the difference from the target."""
        both = [fixed, total - fixed, chosen, total - chosen]
        return np.hstack(both if self.world.signed else both[::2])

    # --- the class

    @cached_property
    def log_growth(self) -> HypothesisClass:
        """The class, which knows its growth function."""
        return self.world.hypotheses

    @cached_property
    def vc_dim(self) -> Any:
        """The VC dimension of the class."""
        return self.world.hypotheses.vc_dim

    @cached_property
    def largest_mean(self) -> float:
        """The largest risk in the class."""
        return float(noisy(1.0 if self.world.signed else self.world.largest_difference, self.noise))

    @cached_property
    def variance_bound(self) -> float:
        """The largest variance of a loss in the class."""
        worst = min(self.largest_mean, 0.5)
        return worst * (1 - worst)

    # --- complexities: labels decide nothing, and n distinct points are like any others

    @cached_property
    def empirical_rademacher_of_hypotheses(self) -> float:
        """That of the class on n distinct points."""
        return self._complexity(self.world.hypotheses)

    @cached_property
    def rademacher_of_hypotheses(self) -> float:
        """The same: the points are distinct with probability 1."""
        return self.empirical_rademacher_of_hypotheses

    @cached_property
    def absolute_rademacher_of_hypotheses(self) -> float:
        """That of the class with all complements."""
        return self._complexity(self.world.classes[True]())

    @cached_property
    def empirical_rademacher(self) -> float:
        """Half that of the hypotheses: the loss is (1 - y h)/2."""
        return self.empirical_rademacher_of_hypotheses / 2

    @cached_property
    def rademacher(self) -> float:
        """The same: the points are distinct with probability 1."""
        return self.empirical_rademacher

    def _complexity(self, hypotheses: HypothesisClass) -> float:
        found = exact_supremum(hypotheses.oracle(np.arange(float(self.n))))
        if found is None:
            raise NotKnownError(f"the complexity of {hypotheses!r} has no closed form")
        return float(found[0] / self.n)


def bernoulli(p: float, shape: tuple[int, ...], rng: Any) -> Any:
    """Booleans that are true with probability p < 1.

    The first eight binary digits of a uniform number decide, unless they are those of p: then the
    rest of the digits is drawn.
    """
    digits = np.frombuffer(rng.bytes(math.prod(shape)), np.uint8)
    edge = int(256 * p)
    found = digits < edge
    (ties,) = np.nonzero(digits == edge)
    found[ties] = rng.random(len(ties)) < 256 * p - edge
    return found.reshape(shape)
