"""Decision stumps on uniform features, of which one decides the label.

A stump on the first feature disagrees with the label's with probability |t - 1/2|, or 1 less
that; a stump on any other feature is independent of the label, and its risk 1/2. As -h is a stump
with h, of risk 1 - R, deviations come in both directions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.classes.stumps import Stumps
from genbounds.referee.draws import Draws
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.zero_one import (
    MOST_ENTRIES,
    NoisyDraws,
    noisy,
    refuse,
    sorted_with,
    whole_number,
    within,
)

_FIXED_THRESHOLDS = np.array([1 / 2, 1 / 4, 3 / 4, 0])
"""Thresholds on the first feature that are fixed in advance, in both orientations."""


@dataclass(frozen=True)
class StumpsWorld(World):
    """Features uniform in [0, 1], the first of which labels at 1/2 with noise; all stumps.

    The instances are all stumps that the sample or the risk tells apart, so suprema are exact.
    """

    title = "stumps"
    n_features: int
    noise: float = 0.0

    def __post_init__(self) -> None:
        refuse([
            whole_number("n_features", self.n_features, 1),
            within("noise", self.noise, 0, 0.5),
        ])  # fmt: skip

    def sample(self, n: int, trials: int, rng: Any) -> tuple[Any, Any]:
        """(trials, n, n_features) points and (trials, n) labels, +1 or -1."""
        x = rng.random((trials, n, self.n_features))
        return x, np.where((x[..., 0] >= 0.5) ^ (rng.random((trials, n)) < self.noise), 1, -1)

    def block(self, n: int) -> int:
        """How many trials are drawn at once."""
        return max(1, MOST_ENTRIES // (4 * n * (self.n_features + 1)))

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Samples with the number of errors and the risk of every instance."""
        x, y = self.sample(n, trials, rng)
        stumps = Stumps(self.n_features)
        return StumpDraws(
            n, x=x, y=y, noise=self.noise, vc_dim=stumps.vc_dim, log_growth=stumps,
            n_fixed=2 * len(_FIXED_THRESHOLDS),
        )  # fmt: skip


class StumpDraws(NoisyDraws):
    """Samples sorted by each feature: n + 1 cells of thresholds that give the same labels.

    On the first feature a cell has its largest risk at one of its ends and its least there or at
    1/2; on the others all risks are 1/2.
    """

    x: Any
    y: Any

    @cached_property
    def _cells(self) -> Any:
        """(T, n_features, n + 1) errors of the stumps that are +1 from the threshold on."""
        columns = np.moveaxis(self.x, 2, 0)
        positive = [sorted_with(column.copy(), self.y > 0)[1] for column in columns]
        start = (self.y < 0).sum(axis=1, keepdims=True)
        passed = [start + np.cumsum(np.where(marks, 1, -1), axis=1) for marks in positive]
        return np.stack([np.hstack([start, errors]) for errors in passed], axis=1)

    @cached_property
    def _deciding(self) -> tuple[Any, Any]:
        """(T, 2 n + 3) thresholds on the first feature, and their errors."""
        inner = np.sort(self.x[..., 0], axis=1)
        edge = np.zeros((len(inner), 1))
        middle = (inner < 0.5).sum(axis=1, keepdims=True)
        cells = self._cells[:, 0]
        errors = np.hstack([cells, cells, np.take_along_axis(cells, middle, axis=1)])
        return np.hstack([edge, inner, inner, edge + 1, edge + 0.5]), errors

    @cached_property
    def _one_way(self) -> tuple[Any, Any]:
        """(T, K/2) errors and risks of the stumps that are +1 from the threshold on."""
        thresholds, errors = self._deciding
        inner = self.x[..., 0]
        passed = (inner[:, None, :] < _FIXED_THRESHOLDS[:, None]).sum(axis=2)
        fixed = np.take_along_axis(self._cells[:, 0], passed, axis=1)
        rest = self._cells[:, 1:].reshape(len(inner), -1)
        given = np.broadcast_to(_FIXED_THRESHOLDS, fixed.shape)
        risks = noisy(abs(np.hstack([given, thresholds]) - 0.5), self.noise)
        return np.hstack([fixed, errors, rest]), np.hstack([risks, np.full(rest.shape, 0.5)])

    @cached_property
    def errors(self) -> Any:
        """(T, K) errors, of the stumps fixed in advance first, both ways."""
        errors, _ = self._one_way
        return _fixed_first(errors, self.n - errors)

    @cached_property
    def risk(self) -> Any:
        """(T, K) risks, in the order of `errors`."""
        _, risks = self._one_way
        return _fixed_first(risks, 1 - risks)

    @cached_property
    def supremum(self) -> Any:
        """(T, 1) the largest excess of risk over empirical risk, exactly."""
        thresholds, errors = self._deciding
        first = abs(noisy(abs(thresholds - 0.5), self.noise) - errors / self.n).max(axis=1)
        rest = abs(0.5 - self._cells[:, 1:] / self.n).max(axis=(1, 2), initial=0)
        return np.maximum(first, rest)[:, None]

    @cached_property
    def absolute_supremum(self) -> Any:
        """(T, 1) the same: the opposite stump turns a deviation around."""
        return self.supremum


def _fixed_first(one_way: Any, opposite: Any) -> Any:
    size = len(_FIXED_THRESHOLDS)
    return np.hstack([one_way[:, :size], opposite[:, :size], one_way[:, size:], opposite[:, size:]])
