"""Linear regression with Gaussian design: ordinary least squares, whose risk is known exactly.

With covariance 1 the risk of weights v is |v - w|^2 + sigma^2. For n >= p the residuals say nothing
about the estimate; its squared distance from w over sigma^2 is the ratio of independent chi-squares
of p and n - p + 1 degrees of freedom (Hotelling's law over n), and the sum of squared residuals has
n - p. With fewer observations than features the learner interpolates with the shortest weights.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.zero_one import MOST_ENTRIES, refuse, whole_number, within

_LARGEST = 1e100


@dataclass(frozen=True)
class LinearRegression(World):
    """y = <w, x> + noise_std times a standard normal, x standard normal; least squares learns w.

    The instance is the output: least squares for n >= n_features, else the shortest interpolating
    weights. The length of w is `weight_norm`; its direction is of no matter.

    >>> LinearRegression(3, noise_std=2).expected_risk(10)
    6.0
    """

    title = "linear-regression"
    n_features: int
    noise_std: float = 1.0
    weight_norm: float = 1.0

    def __post_init__(self) -> None:
        refuse([
            whole_number("n_features", self.n_features, 1),
            within("noise_std", self.noise_std, 0, _LARGEST),
            within("weight_norm", self.weight_norm, 0, _LARGEST),
        ])  # fmt: skip

    def expected_risk(self, n: int) -> float:
        """The mean over samples of the risk: sigma^2 (1 + p/(n - p - 1)) where n > p + 1.

        With noise it is infinite for n from p - 1 to p + 1. Below p the weights lose the part of w
        outside the span of the points, 1 - n/p of its square in the mean, and follow the noise as
        if n and p had changed places.
        """
        p, noise = self.n_features, self.noise_std**2
        lost, spare = self.weight_norm**2 * max(0.0, 1 - n / p), abs(n - p) - 1
        if noise == 0:
            return lost
        return lost + noise * (1 + min(n, p) / spare) if spare > 0 else math.inf

    def expected_training_error(self, n: int) -> float:
        """The mean over samples of the mean squared residual: sigma^2 (1 - p/n), or 0."""
        return self.noise_std**2 * max(0.0, 1 - self.n_features / n)

    def excess_quantile(self, n: int, delta: float) -> float:
        """The excess risk that is exceeded with probability exactly delta, for n >= n_features."""
        from scipy.stats import f

        p = self.n_features
        if n < p:
            raise NotKnownError(f"the law of the excess risk is known for n >= {p}, got n = {n}")
        return float(self.noise_std**2 * p / (n - p + 1) * f.isf(delta, p, n - p + 1))

    def sample(self, n: int, trials: int, rng: Any) -> tuple[Any, Any]:
        """(trials, n, n_features) points and (trials, n) answers."""
        x = rng.standard_normal((trials, n, self.n_features))
        y = self.weight_norm * x[..., 0] + self.noise_std * rng.standard_normal((trials, n))
        return x, y

    def block(self, n: int) -> int:
        """How many trials are drawn at once."""
        return max(1, MOST_ENTRIES // (4 * n * self.n_features))

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Samples with the risk, the excess risk and the training error of least squares."""
        x, y = self.sample(n, trials, rng)
        return RegressionDraws(
            n, x=x, y=y, world=self, dimension=self.n_features, rank=min(n, self.n_features),
            noise_variance=self.noise_std**2,
        )  # fmt: skip


class RegressionDraws(Draws):
    """Samples with what least squares makes of them; all facts are (T, 1)."""

    x: Any
    y: Any
    world: LinearRegression
    noise_variance: float

    @cached_property
    def learned(self) -> Any:
        """(T, n_features) weights of least squares, the shortest where there are many."""
        return least_squares(self.x, self.y)

    @cached_property
    def excess_risk(self) -> Any:
        """Squared distances of the learned weights from the true ones."""
        excess = self.learned - self.world.weight_norm * np.eye(1, self.x.shape[2])
        return (excess**2).sum(axis=1, keepdims=True)

    @cached_property
    def risk(self) -> Any:
        """Expected squared errors on a new observation."""
        return self.excess_risk + self.noise_variance

    @cached_property
    def best_risk(self) -> Any:
        """The least risk of any weights."""
        return self.noise_variance

    @cached_property
    def training_error(self) -> Any:
        """Mean squared residuals: a loss without a bound, so no `empirical_risk` in [0, 1]."""
        residuals = self.y - np.einsum("tnp,tp->tn", self.x, self.learned)
        return (residuals**2).mean(axis=1, keepdims=True)

    @cached_property
    def gram_trace(self) -> Any:
        """Sums of the squared norms of the points."""
        return (self.x**2).sum(axis=(1, 2))[:, None]

    @cached_property
    def weight_norm(self) -> Any:
        """Norms of the learned weights."""
        return np.linalg.norm(self.learned, axis=1, keepdims=True)


def least_squares(x: Any, y: Any) -> Any:
    """(T, p) weights from (T, n, p) points by a QR decomposition, of the points or across them."""
    _, n, p = x.shape
    if n >= p:
        q, r = np.linalg.qr(x)
        return np.linalg.solve(r, np.einsum("tnp,tn->tp", q, y)[..., None])[..., 0]
    q, r = np.linalg.qr(np.swapaxes(x, 1, 2))
    dual = np.linalg.solve(np.swapaxes(r, 1, 2), y[..., None])[..., 0]
    return np.einsum("tpn,tn->tp", q, dual)
