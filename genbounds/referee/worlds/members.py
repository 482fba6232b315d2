"""Random members of a hypothesis class: a finite class under a sampling distribution.

On finitely many points the truth is a sum, and the world a finite one. Under a continuous law no
sum gives the risk; a large sample of its own does, to a precision that is part of the answer: how
often each member disagrees with the one that labels has a Clopper-Pearson interval, and all of them
hold at once but with probability `MISS`. A violation counts where it exists at the safe end.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.classes.base import HypothesisClass, upper_end
from genbounds.enclosing import exactly
from genbounds.generic import ONE, binomial_tail_inverse, binomial_tail_inverse_lower, log, minimum
from genbounds.referee.draws import Draws
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.zero_one import (
    MOST_ENTRIES,
    NoisyDraws,
    noisy,
    refuse,
    whole_number,
    within,
)

LAWS = ("gaussian", "uniform", "bits")
MISS = 1e-12
"""The probability that the large sample misses the risk of some member."""
REFERENCE = 1_000_000
"""Points of the large sample."""


@dataclass(frozen=True)
class RandomMembers(World):
    """`size` random members of a class of labels; the first of them labels, with noise.

    `law` is that of the points: `gaussian`, `uniform` on the unit cube, `bits` (each 0 or 1 with
    probability 1/2), or a tuple of points, each as likely. With `n_points` the law is uniform over
    that many points drawn from it. Members, points and large sample depend on `seed` alone.
    """

    title = "random-members"
    hypothesis_class: HypothesisClass
    size: int
    law: Any = "gaussian"
    n_points: int | None = None
    noise: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if not isinstance(self.law, str):
            object.__setattr__(self, "law", _rows(self.law))
        named, kind = isinstance(self.law, str), self.hypothesis_class
        labels = getattr(kind, "values", "") == "labels"
        refuse([
            "" if labels else f"hypothesis_class must be a class of labels, got {kind!r}",
            whole_number("size", self.size, 1),
            "" if not named or self.law in LAWS else f"law must be points or {' or '.join(LAWS)}",
            "" if named or self.n_points is None else "n_points needs a law by name, not points",
            "" if self.n_points is None else whole_number("n_points", self.n_points, 1),
            within("noise", self.noise, 0, 0.5),
            whole_number("seed", self.seed, 0),
        ])  # fmt: skip

    # --- members and points

    @cached_property
    def members(self) -> Any:
        """The parameters of the members, as the class samples and predicts them."""
        return self.hypothesis_class.sample(self._generator(0), self.size)

    @cached_property
    def points(self) -> Any:
        """The points of a finite law, None under a continuous one."""
        if not isinstance(self.law, str):
            return self.hypothesis_class.points(np.array(self.law))
        return (
            None if self.n_points is None else self._draw_points(self.n_points, self._generator(1))
        )

    def predict(self, points: Any) -> Any:
        """(size, m) labels +1 and -1 of the members."""
        return self.hypothesis_class.predict(self.members, points)

    def _generator(self, stream: int) -> Any:
        return np.random.default_rng((self.seed, stream, 0x6D656D62657273))

    def _draw_points(self, count: int, rng: Any) -> Any:
        shape = (count, self.hypothesis_class.columns or 1)
        if self.law == "bits":
            return rng.integers(0, 2, shape)
        return rng.standard_normal(shape) if self.law == "gaussian" else rng.random(shape)

    # --- finitely many points

    @cached_property
    def finite(self) -> FiniteWorld:
        """The world on finitely many points: a cell for each point and, with noise, each label."""
        labels, noise = self.predict(self.points), Fraction(exactly(self.noise))
        wrong = (labels != labels[0]).astype(int)
        each, m = Fraction(1, len(self.points)), wrong.shape[1]
        if noise == 0:
            return FiniteWorld((each,) * m, _rows(wrong))
        law = ((1 - noise) * each,) * m + (noise * each,) * m
        return FiniteWorld(law, _rows(np.hstack([wrong, 1 - wrong])), (*range(m), *range(m)))

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """Every vector of counts of a finite law."""
        if self.points is None:
            return super().outcomes(n, exact)
        return self.finite.outcomes(n, exact)

    # --- a continuous law

    @cached_property
    def risk_interval(self) -> tuple[Any, Any]:
        """(1, size) lower and upper ends of the risks; all hold but with probability `MISS`."""
        count = self._disagreements[1:]
        budget = math.log(2 * max(1, len(count)) / MISS)
        low = [binomial_tail_inverse_lower(int(k), REFERENCE, budget) for k in count]
        high = [binomial_tail_inverse(int(k), REFERENCE, budget) for k in count]
        ends = (np.array([[0.0, *end]]) for end in (low, high))
        lower, upper = (noisy(end, self.noise) for end in ends)
        return lower, upper

    @cached_property
    def _disagreements(self) -> Any:
        """How often each member disagrees with the first on the large sample."""
        rng, total = self._generator(2), np.zeros(self.size, np.int64)
        step = max(1, MOST_ENTRIES // self.size)
        for start in range(0, REFERENCE, step):
            points = self._draw_points(min(step, REFERENCE - start), rng)
            labels = self.predict(points)
            total += (labels != labels[0]).sum(axis=1)
        return total

    def block(self, n: int) -> int:
        """How many trials are drawn at once."""
        return max(1, MOST_ENTRIES // (n * (self.size + (self.hypothesis_class.columns or 1))))

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Samples with the number of errors of every member."""
        if self.points is not None:
            return self.finite.draw(n, trials, rng)
        labels = self.predict(self._draw_points(trials * n, rng))
        observed = np.where(rng.random(trials * n) < self.noise, -1, 1) * labels[0]
        errors = (labels != observed).reshape(self.size, trials, n).sum(axis=2).T
        lower, upper = self.risk_interval
        return MemberDraws(
            n, errors=errors, risk_lower=lower, risk_upper=upper, n_fixed=self.size,
            noise=self.noise, n_hypotheses=self.size,
            log_cardinality=math.log(self.size), vc_dim=self._largest_dim,
            log_growth=MemberGrowth(self.hypothesis_class, self.size),
        )  # fmt: skip

    @property
    def _largest_dim(self) -> int:
        """The VC dimension is at most that of the whole class, and at most log2 of the size."""
        return int(min(upper_end(self.hypothesis_class.vc_dim), self.size.bit_length() - 1))


class MemberDraws(NoisyDraws):
    """Samples of members whose risks are known to lie in intervals, `risk_error` to either side.

    `supremum` and `absolute_supremum` are the safe ends: no larger than the true ones.
    """

    risk_lower: Any
    risk_upper: Any

    @cached_property
    def risk(self) -> Any:
        """(1, K) middles of the intervals."""
        return (self.risk_lower + self.risk_upper) / 2

    @cached_property
    def risk_error(self) -> Any:
        """(1, K) how far the true risks may be from `risk`."""
        return (self.risk_upper - self.risk_lower) / 2

    @cached_property
    def supremum(self) -> Any:
        """(T, 1) the largest excess of risk over empirical risk that is certain."""
        return (self.risk_lower - self.empirical_risk).max(axis=1, keepdims=True)

    @cached_property
    def absolute_supremum(self) -> Any:
        """(T, 1) the largest difference of risk and empirical risk that is certain."""
        below = (self.empirical_risk - self.risk_upper).max(axis=1, keepdims=True)
        return np.maximum(self.supremum, below)


class MemberGrowth:
    """Log growth of some members of a class: at most that of all, and ln of their number."""

    def __init__(self, of: HypothesisClass, size: int) -> None:
        self.of, self.size = of, size

    def __repr__(self) -> str:
        return f"MemberGrowth({self.of!r}, {self.size})"

    def __call__(self, m: Any) -> Any:
        return minimum(self.of.log_growth(m), log(self.size * ONE))


def _rows(table: Any) -> tuple[Any, ...]:
    """An array, or what makes one, as tuples of numbers."""
    entries = np.asarray(table).tolist()
    return tuple(tuple(row) if isinstance(row, list) else row for row in entries)
