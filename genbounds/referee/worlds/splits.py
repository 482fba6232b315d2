"""A finite population split into a labelled part and a rest, every split listed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import combinations, product
from math import comb, lcm
from typing import Any, ClassVar

import numpy as np

from genbounds.enclosing import exactly
from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.zero_one import refuse

MOST_POINTS = 10


@dataclass(frozen=True)
class SplitPopulation(World):
    """A population by label times score of each hypothesis on each point; n of them are labelled.

    The risk is that on the rest. A score at 0 or below errs.

    >>> SplitPopulation(((1, -1),)).outcomes(1)["risk"].ravel()
    array([1., 0.])
    """

    title = "split-population"
    demands: ClassVar[dict[str, str]] = {"data": "without_replacement", "loss": "zero_one"}
    scores: tuple[tuple[Any, ...], ...]
    margin: Any = 1

    def __post_init__(self) -> None:
        scores = tuple(tuple(Fraction(exactly(x)) for x in row) for row in self.scores)
        widths = {len(row) for row in scores}
        refuse([
            "" if len(widths) == 1 and 2 <= min(widths) <= MOST_POINTS
            else f"scores must be rows of the same 2 to {MOST_POINTS} numbers",
            "" if Fraction(exactly(self.margin)) > 0
            else f"margin must be above 0, got {self.margin!r}",
        ])  # fmt: skip
        object.__setattr__(self, "scores", scores)

    @property
    def sentence(self) -> str:
        """The scores."""
        rows = "; ".join(" ".join(map(str, row)) for row in self.scores)
        return f"a population with labels times scores {rows}, split at random"

    def draw(self, n: int, trials: int, rng: Any) -> SplitDraws:
        """`trials` random splits."""
        size = len(self.scores[0])
        self._check(n)
        chosen = np.argsort(rng.random((trials, size)), axis=1) < n
        return SplitDraws(n, world=self, chosen=chosen.astype(int), exact=False, margin=self.margin)

    def outcomes(self, n: int, exact: bool = False) -> SplitDraws:
        """Every split, all equally likely."""
        size = len(self.scores[0])
        self._check(n)
        rows = [[int(i in kept) for i in range(size)] for kept in combinations(range(size), n)]
        chosen = np.array(rows, object if exact else int)
        share = Fraction(1, comb(size, n))
        weights = np.full(len(rows), share if exact else float(share), object if exact else float)
        return SplitDraws(n, weights, world=self, chosen=chosen, exact=exact, margin=self.margin)

    def _check(self, n: int) -> None:
        if n >= len(self.scores[0]):
            raise NotKnownError(f"a population of {len(self.scores[0])} leaves no rest for n = {n}")


class SplitDraws(Draws):
    """Splits of a population: `chosen` (T, N) marks the labelled points."""

    world: SplitPopulation
    chosen: Any
    exact: bool

    @property
    def n_unlabelled(self) -> int:
        """How many points are left."""
        return len(self.world.scores[0]) - int(self.n)

    def outcome(self, t: int) -> str:
        """The labelled points."""
        return f"labelled: {', '.join(str(i) for i, c in enumerate(self.chosen[t]) if c)}"

    def which(self, condition: Callable[[Fraction], bool]) -> Any:
        """(N, K) which scores meet a condition."""
        rows = [[Fraction(condition(s)) for s in row] for row in self.world.scores]
        return np.array(rows, object if self.exact else float).T

    @cached_property
    def margin_risk(self) -> Any:
        """(T, K) fractions of the labelled points with label times score below the margin."""
        margin = Fraction(exactly(self.margin))
        return self.chosen @ self.which(lambda s: s < margin) / self.n

    @cached_property
    def risk(self) -> Any:
        """(T, K) fractions of errors on the rest."""
        return (1 - self.chosen) @ self.which(lambda s: s <= 0) / self.n_unlabelled

    @cached_property
    def transductive_rademacher(self) -> Any:
        """By all vectors of signs, 0 among them, over the whole population."""
        found = complexity(self.world.scores, int(self.n))
        return found if self.exact else float(found)


@lru_cache(maxsize=256)
def complexity(scores: tuple[tuple[Fraction, ...], ...], n: int) -> Fraction:
    """The transductive Rademacher complexity of a class on a population, n of it labelled."""
    size = len(scores[0])
    p, rest = Fraction(n * (size - n), size * size), size - n
    denominator = lcm(*(x.denominator for row in scores for x in row))
    rows = np.array([[int(x * denominator) for x in row] for row in scores])
    signs = np.array(list(product((-1, 0, 1), repeat=size)))
    largest, nonzero = (rows @ signs.T).max(axis=0), abs(signs).sum(axis=1)
    terms = (
        p**k * (1 - 2 * p) ** (size - k) * int(largest[nonzero == k].sum()) for k in range(size + 1)
    )
    return (Fraction(1, n) + Fraction(1, rest)) * sum(terms, Fraction(0)) / denominator
