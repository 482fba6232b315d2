"""Linear scores on the unit sphere: a ball of weights, judged by margins and ramps.

Rotations leave the law alone, so the weights that label may be the first unit vector, and the risk
of others depends on their angle to it; how, is computed in `sphere`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from genbounds.classes.halfspaces import HomogeneousHalfspaces
from genbounds.referee.draws import Draws
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.halfspaces import angles, least_squares
from genbounds.referee.worlds.sphere import (
    LEAST_GAP,
    MOST_COORDINATES,
    RAMP_PRECISION,
    SIGN_PRECISION,
    disagreement,
    points_with_gap,
    ramp_risk,
)
from genbounds.referee.worlds.zero_one import (
    MOST_ENTRIES,
    NoisyDraws,
    noisy,
    refuse,
    whole_number,
    within,
)

MOST_SIGNED = 12
"""Sample sizes up to which the signs are listed for an empirical Rademacher complexity."""
LOSSES = ("zero_one", "ramp")


@dataclass(frozen=True)
class LinearBallWorld(World):
    """Points of the unit sphere in R^dim labelled by a unit vector; all weights of bounded norm.

    With `gap` no point is closer than that to the labelling plane; labels are flipped with
    probability `noise`. `loss` is what risks are of: `zero_one`, the sign of the score, or `ramp`,
    1 below score 0 and 0 above `margin`. The instances, all of norm `weight_bound`: the labelling
    weights, `members` random ones, and what the sample suggests, each with its opposite.
    """

    title = "linear-ball"
    exact_supremum = False
    dim: int
    gap: float = 0.0
    noise: float = 0.0
    weight_bound: float = 1.0
    margin: float = 0.5
    loss: str = "zero_one"
    members: int = 8

    def __post_init__(self) -> None:
        refuse([
            *geometry_faults(self.dim, self.gap),
            within("noise", self.noise, 0, 0.5),
            within("weight_bound", self.weight_bound, 1e-6, 1e6),
            within("margin", self.margin, 1e-6, 1e6),
            "" if self.loss in LOSSES else f"loss must be {' or '.join(LOSSES)}, got {self.loss!r}",
            whole_number("members", self.members, 1),
        ])  # fmt: skip

    def sample(self, n: int, trials: int, rng: Any) -> Any:
        """(trials, n, dim) points times their labels."""
        return labelled_points(self.dim, self.gap, self.noise, (trials, n), rng)

    def block(self, n: int) -> int:
        """How many trials are drawn at once."""
        instances = 2 * self.members + 10
        return max(1, MOST_ENTRIES // (instances * (n + 200) + n * self.dim))

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Samples with scores of every instance."""
        z = self.sample(n, trials, rng)
        weights = self.weight_bound * _directions(z, self.members, rng)
        kind = BallDraws if self.loss == "zero_one" else RampDraws
        return kind(
            n, z=z, weights_of=weights, world=self, noise=self.noise, margin=self.margin,
            weight_bound=self.weight_bound, radius=1.0, max_margin=self.weight_bound,
            dimension=self.dim, gram_trace=float(n), n_fixed=2 + self.members,
        )  # fmt: skip


def geometry_faults(dim: Any, gap: Any) -> list[str]:
    """What is wrong with a number of coordinates and a gap."""
    faults = [whole_number("dim", dim, 2, MOST_COORDINATES), within("gap", gap, 0, 0.99)]
    if not any(faults) and 0 < gap < LEAST_GAP:
        faults.append(f"gap must be 0 or at least {LEAST_GAP}, got {gap!r}")
    return faults


class LinearDraws(Draws):
    """Scores of linear predictors: `margin` may be fixed anew by `knowing(margin=...)`."""

    z: Any
    weights_of: Any
    world: LinearBallWorld
    margin: Any

    @cached_property
    def scores(self) -> Any:
        """(T, K, n) label times score of every instance on every observation."""
        return np.einsum("tkd,tnd->tkn", self.weights_of, self.z, optimize=True)

    @cached_property
    def margin_risk(self) -> Any:
        """(T, K) fractions of the sample with y <w, x> below the margin."""
        return (self.scores < np.asarray(self.margin)[..., None]).mean(axis=2)

    @cached_property
    def surrogate_risk(self) -> Any:
        """(T, K) means on the sample of the ramp loss at the margin."""
        return np.clip(1 - self.scores / np.asarray(self.margin)[..., None], 0, 1).mean(axis=2)

    @cached_property
    def lipschitz(self) -> Any:
        """The Lipschitz constant of the ramp at the margin."""
        return 1 / self.margin

    # --- complexities of the scores; a ball is symmetric, so absolute values change nothing

    @cached_property
    def empirical_rademacher_of_hypotheses(self) -> Any:
        """(T, 1) exact where the signs can be listed, else the upper end bound/sqrt(n) (Jensen)."""
        if self.n > MOST_SIGNED:
            return self.rademacher_of_hypotheses
        gram = np.einsum("tnd,tmd->tnm", self.z, self.z).reshape(len(self.z), -1)
        lengths = np.sqrt(np.maximum(gram @ _sign_products(self.n), 0))
        return self.world.weight_bound * lengths.mean(axis=1, keepdims=True) / self.n

    @cached_property
    def rademacher_of_hypotheses(self) -> Any:
        """The upper end bound/sqrt(n); a random sum of unit vectors has mean square n."""
        return self.world.weight_bound / math.sqrt(self.n)

    @cached_property
    def absolute_rademacher_of_hypotheses(self) -> Any:
        """The upper end, as without absolute values."""
        return self.rademacher_of_hypotheses


class BallDraws(LinearDraws, NoisyDraws):
    """Linear predictors judged by their signs."""

    exhaustive = False

    @cached_property
    def errors(self) -> Any:
        """(T, K) numbers of scores on the wrong side, 0 among them."""
        return (self.scores <= 0).sum(axis=2)

    @cached_property
    def risk(self) -> Any:
        """(T, K) probabilities of an error."""
        world, angle = self.world, angles(self.weights_of)
        return noisy(disagreement(angle, world.dim, world.gap), world.noise)

    @cached_property
    def risk_error(self) -> float:
        """How far the risks may be from the true ones."""
        return SIGN_PRECISION if self.world.gap else 0.0

    @cached_property
    def vc_dim(self) -> int:
        """That of the signs."""
        return self.world.dim

    @cached_property
    def log_growth(self) -> Any:
        """That of the signs."""
        return HomogeneousHalfspaces(self.world.dim)


class RampDraws(LinearDraws):
    """Linear predictors judged by the ramp loss at the margin."""

    n_fixed: int

    @cached_property
    def fixed_before_sample(self) -> Any:
        """(1, K) which instances were fixed before the sample was drawn."""
        return (np.arange(self.weights_of.shape[1]) < self.n_fixed)[None, :]

    @cached_property
    def empirical_risk(self) -> Any:
        """(T, K) means on the sample of the ramp loss."""
        return self.surrogate_risk

    @cached_property
    def risk(self) -> Any:
        """(T, K) expectations of the ramp loss."""
        world, angle = self.world, angles(self.weights_of)
        slope = float(world.weight_bound / self.margin)
        right = ramp_risk(angle, slope, world.dim, world.gap)
        if world.noise == 0:
            return right
        flipped = ramp_risk(math.pi - angle, slope, world.dim, world.gap)
        return (1 - world.noise) * right + world.noise * flipped

    @cached_property
    def risk_error(self) -> float:
        """How far the risks may be from the true ones."""
        return RAMP_PRECISION

    @cached_property
    def supremum(self) -> Any:
        """(T, 1) the largest excess of risk over empirical risk among the instances."""
        return self.gap.max(axis=1, keepdims=True)

    @cached_property
    def absolute_supremum(self) -> Any:
        """(T, 1) the largest difference of risk and empirical risk among the instances."""
        return abs(self.gap).max(axis=1, keepdims=True)


def labelled_points(dim: int, gap: float, noise: float, shape: tuple[int, int], rng: Any) -> Any:
    """(trials, n, dim) points times labels: positive at first where a label is right."""
    z = points_with_gap(dim, gap, shape, rng)
    return z * np.where(rng.random((*shape, 1)) < noise, -1, 1)


@lru_cache(maxsize=16)
def _sign_products(n: int) -> Any:
    """(n^2, 2^(n-1)) products of two signs, for one of each pair of opposite vectors of signs."""
    signs = 1.0 - 2.0 * (np.arange(1 << (n - 1)) >> np.arange(n)[:, None] & 1)
    return (signs[:, None] * signs).reshape(n * n, -1)


def _directions(z: Any, members: int, rng: Any) -> Any:
    """(T, K, dim) unit vectors, K = 2 members + 10: those fixed before the sample come first.

    The mean of y x is what a linear loss would choose; its part across the target is where the
    sample deviates most from its expectation.
    """
    trials, _, dim = z.shape
    target = np.broadcast_to(np.eye(1, dim), (trials, 1, dim))
    random = rng.standard_normal((trials, members, dim))
    mean = z.mean(axis=1, keepdims=True)
    across = _unit(mean * (1 - np.eye(1, dim)[0]))
    learned = [mean, least_squares(z)[:, None], across, _unit(mean) + across]
    found = _unit(np.concatenate([target, -target, random, *learned], axis=1))
    return np.concatenate([found, -found[:, 2:]], axis=1)


def _unit(vectors: Any) -> Any:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-300)
