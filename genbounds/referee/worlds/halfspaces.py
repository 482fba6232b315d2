"""Half-spaces bounded by the origin: the risk of a member is its angle to the one that labels.

Under a law that rotations leave alone, two half-spaces at an angle a disagree with probability
a/pi, so the labels may be those of the first coordinate's sign. An observation enters by z = y x
alone: the member w errs on it where <w, z> <= 0. Opposite members have opposite errors and the
risks R and 1 - R: what exceeds its empirical risk in one falls short of it in the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.classes.halfspaces import HomogeneousHalfspaces
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

LAWS = ("gaussian", "sphere")
_FIXED_TURNS = np.array([0, 1 / 4, 1 / 2, 3 / 4, 1])
"""Fractions of a half turn by which members that are fixed in advance differ from the target."""


@dataclass(frozen=True)
class HalfspacesWorld(World):
    """Points of R^dim, Gaussian or uniform on the sphere, labelled by a half-space with noise.

    The class are all half-spaces bounded by the origin. In the plane the instances are both ends of
    every interval of angles on which the sample sees no change, so suprema are exact. In higher
    dimension they are a list: `members` random ones, as many hyperplanes through dim - 1 points of
    the sample, with these points right and with these wrong, what least squares and the perceptron
    find, and the opposite of each.

    >>> HalfspacesWorld(2, noise=0.1).risk_at(math.pi / 2)
    0.5
    """

    title = "halfspaces"
    dim: int
    noise: float = 0.0
    law: str = "gaussian"
    members: int = 32

    def __post_init__(self) -> None:
        refuse([
            whole_number("dim", self.dim, 2),
            within("noise", self.noise, 0, 0.5),
            "" if self.law in LAWS else f"law must be one of {', '.join(LAWS)}, got {self.law!r}",
            whole_number("members", self.members, 1),
        ])  # fmt: skip

    @property
    def exact_supremum(self) -> bool:  # type: ignore[override]
        """Whether the suprema over the instances are those over the class: in the plane."""
        return self.dim == 2

    def risk_at(self, angle: Any) -> Any:
        """The risk of members at these angles, in [0, pi], to the one that labels."""
        return noisy(angle / math.pi, self.noise)

    def sample(self, n: int, trials: int, rng: Any) -> Any:
        """(trials, n, dim) points times their labels."""
        z = rng.standard_normal((trials, n, self.dim))
        if self.law == "sphere":
            z /= np.linalg.norm(z, axis=2, keepdims=True)
        z *= np.where((z[..., :1] < 0) ^ (rng.random((trials, n, 1)) < self.noise), -1, 1)
        return z

    def block(self, n: int) -> int:
        """How many trials are drawn at once."""
        return max(1, MOST_ENTRIES // (n * (8 if self.dim == 2 else 3 * self.members + self.dim)))

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Samples with the number of errors and the risk of every instance."""
        z = self.sample(n, trials, rng)
        shared: dict[str, Any] = {
            "noise": self.noise, "vc_dim": self.dim, "dimension": self.dim,
            "log_growth": HomogeneousHalfspaces(self.dim),
        }  # fmt: skip
        if self.dim == 2:
            return PlaneDraws(n, z=z, n_fixed=len(_FIXED_TURNS), **shared)
        weights, errors = _instances(z, self.members, rng)
        errors = np.concatenate([errors, n - errors], axis=1)
        return NoisyDraws(
            n, directions=weights, errors=errors, risk=_both_ways(self.risk_at(angles(weights))),
            n_fixed=1 + self.members, exhaustive=False, **shared,
        )  # fmt: skip


# --- the plane: one sweep of angles


class PlaneDraws(NoisyDraws):
    """Samples in the plane, from z = y x: turning a member, each point changes sides once.

    From the target at angle 0 to its opposite at pi the risk grows evenly while the number of
    errors moves by one at each of n turns: n + 1 cells, each with its least and its largest risk.
    The other half turn holds the opposite members.
    """

    z: Any

    @cached_property
    def _sweep(self) -> tuple[Any, Any]:
        """(T, n) fractions of a half turn at which a point changes sides, (T, n + 1) errors."""
        turns = np.arctan2(self.z[..., 1], self.z[..., 0]) / math.pi + 0.5
        turns -= np.floor(turns)
        turns, flipped = sorted_with(turns, self.z[..., 0] < 0)
        start = flipped.sum(axis=1, keepdims=True)
        errors = np.hstack([start, start + np.cumsum(np.where(flipped, -1, 1), axis=1)])
        return turns, errors

    @cached_property
    def _ends(self) -> tuple[Any, Any]:
        """(T, n + 1) risks at the beginning and at the end of each cell."""
        inner = noisy(self._sweep[0], self.noise)
        edges = np.full((len(inner), 1), self.noise)
        first, last = np.hstack([edges, inner]), np.hstack([inner, 1 - edges])
        return first, last

    @cached_property
    def errors(self) -> Any:
        """(T, K) errors of the fixed members and, at both ends of each cell, both ways."""
        turns, cells = self._sweep
        passed = (turns[:, None, :] < _FIXED_TURNS[:, None]).sum(axis=2)
        fixed = np.take_along_axis(cells, passed, axis=1)
        return np.hstack([fixed, cells, cells, self.n - cells, self.n - cells])

    @cached_property
    def risk(self) -> Any:
        """(T, K) risks, in the order of `errors`."""
        first, last = self._ends
        fixed = np.broadcast_to(noisy(_FIXED_TURNS, self.noise), (len(first), len(_FIXED_TURNS)))
        return np.hstack([fixed, first, last, 1 - first, 1 - last])

    @cached_property
    def supremum(self) -> Any:
        """(T, 1) the largest excess of risk over empirical risk, exactly."""
        first, last = self._ends
        seen = self._sweep[1] / self.n
        largest = np.maximum((last - seen).max(axis=1), (seen - first).max(axis=1))
        return largest[:, None]

    @cached_property
    def absolute_supremum(self) -> Any:
        """(T, 1) the same: the opposite member turns a deviation around."""
        return self.supremum


# --- higher dimension: a list of members


def angles(weights: Any) -> Any:
    """Angles in [0, pi] between vectors, on the last axis, and the first unit vector."""
    return np.arctan2(np.linalg.norm(weights[..., 1:], axis=-1), weights[..., 0])


def _both_ways(risks: Any) -> Any:
    return np.concatenate([risks, 1 - risks], axis=1)


def _instances(z: Any, members: int, rng: Any) -> tuple[Any, Any]:
    """(T, K, dim) weights and (T, K) errors: fixed members first, then those made of the sample.

    A hyperplane through independent points is a limit of members that give these points any labels
    and agree with it on the others: small turns are enough.
    """
    trials, _, dim = z.shape
    target = np.broadcast_to(np.eye(1, dim), (trials, 1, dim))
    random = rng.standard_normal((trials, members, dim))
    learned = np.stack([least_squares(z), perceptron(z)], axis=1)
    free = np.concatenate([target, random, learned], axis=1)
    planes, passed = _through_points(z, members, rng)
    wrong = np.einsum("tkd,tnd->tkn", planes, z, optimize=True) < 0
    np.put_along_axis(wrong, passed, False, axis=2)
    misses = np.einsum("tkd,tnd->tkn", free, z, optimize=True) <= 0
    fewest = wrong.sum(axis=2)
    errors = np.concatenate([misses.sum(axis=2), fewest, fewest + passed.shape[2]], axis=1)
    return np.concatenate([free, planes, planes], axis=1), errors


def _through_points(z: Any, count: int, rng: Any) -> tuple[Any, Any]:
    """(T, count, dim) normals of hyperplanes, each through dim - 1 points at most, and which."""
    trials, n, dim = z.shape
    size = min(dim - 1, n)
    chosen = rng.random((trials, count, n)).argpartition(size - 1, axis=2)[..., :size]
    rows = rng.standard_normal((trials, count, dim, dim))
    rows[..., :size, :] = z[np.arange(trials)[:, None, None], chosen]
    right = np.zeros((trials, count, dim, 1))
    right[..., -1, 0] = 1.0
    return np.linalg.solve(rows, right)[..., 0], chosen


def least_squares(z: Any) -> Any:
    """(T, dim) weights of least squares on the labels, from z = y x."""
    gram = np.einsum("tnd,tne->tde", z, z, optimize=True)
    slight = 1e-9 * np.trace(gram, axis1=1, axis2=2)[:, None, None] * np.eye(z.shape[2])
    return np.linalg.solve(gram + slight, z.sum(axis=1)[..., None])[..., 0]


def perceptron(z: Any, rounds: int = 50) -> Any:
    """(T, dim) weights of the perceptron that adds all misclassified points in every round."""
    weights = z.mean(axis=1)
    for _ in range(rounds):
        missed = np.einsum("td,tnd->tn", weights, z) <= 0
        weights = weights + np.einsum("tn,tnd->td", missed, z) / z.shape[1]
    return weights
