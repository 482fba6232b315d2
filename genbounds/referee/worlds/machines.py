"""The hard-margin support vector machine without bias on the unit sphere with a gap."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.referee.draws import Draws
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.halfspaces import angles
from genbounds.referee.worlds.margins import geometry_faults, labelled_points
from genbounds.referee.worlds.sphere import SIGN_PRECISION, disagreement
from genbounds.referee.worlds.zero_one import MOST_ENTRIES, ZeroOneDraws, refuse


@dataclass(frozen=True)
class HardMarginWorld(World):
    """Points of the unit sphere in R^dim at distance `gap` or more from the plane that labels them.

    The instance is the output of the hard-margin support vector machine without bias.
    """

    title = "hard-margin"
    dim: int
    gap: float = 0.1

    def __post_init__(self) -> None:
        refuse([*geometry_faults(self.dim, self.gap), "" if self.gap else "gap must exceed 0"])

    def sample(self, n: int, trials: int, rng: Any) -> Any:
        """(trials, n, dim) points times their labels."""
        return labelled_points(self.dim, self.gap, 0.0, (trials, n), rng)

    def block(self, n: int) -> int:
        """How many trials are drawn at once."""
        return max(1, MOST_ENTRIES // (n * self.dim))

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Samples with the solution and its risk."""
        return MachineDraws(
            n, z=self.sample(n, trials, rng), world=self, radius=1.0, weight_bound=1 / self.gap,
            margin=self.gap, max_margin=1.0, dimension=self.dim, gram_trace=float(n),
        )  # fmt: skip


class MachineDraws(ZeroOneDraws):
    """Samples with their hard-margin machines; facts are (T, 1)."""

    z: Any
    world: HardMarginWorld

    @cached_property
    def weights_of(self) -> Any:
        """(T, dim) shortest weights with y <w, x> >= 1 on the sample."""
        return np.array([hard_margin(sample) for sample in self.z])

    @cached_property
    def weight_norm(self) -> Any:
        """Norms of the weights: 1 over the margins of the sample."""
        return np.linalg.norm(self.weights_of, axis=1, keepdims=True)

    @cached_property
    def errors(self) -> Any:
        """Numbers of errors on the sample: none."""
        scores = np.einsum("td,tnd->tn", self.weights_of, self.z)
        return (scores <= 0).sum(axis=1, keepdims=True)

    @cached_property
    def risk(self) -> Any:
        """Probabilities of an error."""
        return disagreement(angles(self.weights_of), self.world.dim, self.world.gap)[:, None]

    @cached_property
    def risk_error(self) -> float:
        """How far the risks may be from the true ones."""
        return SIGN_PRECISION

    @cached_property
    def best_risk(self) -> Any:
        """The risk of the weights that label."""
        return 0.0

    @cached_property
    def support_vectors(self) -> Any:
        """The upper end of the expected number on n + 1 observations: surely at most dim.

        Points in general position lie on one side of a hyperplane with at most dim on it.
        """
        return min(self.world.dim, self.n + 1)


def hard_margin(z: Any) -> Any:
    """(dim,) shortest w with <w, z_i> >= 1 for each of the (n, dim) rows; they must allow one.

    Least distance programming: u >= 0 that brings the rows, with a 1 beside each, closest to
    (0, ..., 0, 1) leaves a residual r proportional to (w, -1).

    Source: Lawson and Hanson, Solving Least Squares Problems, chapter 23.
    """
    from scipy.optimize import nnls

    table = np.vstack([z.T, np.ones(len(z))])
    aim = np.zeros(len(table))
    aim[-1] = 1.0
    solution, _ = nnls(table, aim)
    residual = table @ solution - aim
    if residual[-1] > -1e-12:
        raise ValueError("no weights separate the sample")
    return -residual[:-1] / residual[-1]
