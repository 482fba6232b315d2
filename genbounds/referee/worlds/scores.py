"""Scores on a few cells, judged by margins and ramps: every risk and complexity exact.

An observation errs where the label times the score is 0 or less. The complexity of the scores is
that of the scores times labels, as the labels only turn signs around.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from genbounds.enclosing import exactly
from genbounds.generic import sqrt
from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import MEANINGLESS, FiniteDraws, FiniteWorld
from genbounds.referee.worlds.sample_facts import SampleFacts

LOSSES = ("zero_one", "ramp")
Rows = tuple[tuple[Fraction, ...], ...]


@dataclass(frozen=True)
class ScoreWorld(World):
    """A finite class of scores: the rows of `world` hold label times score on its cells.

    `loss` says what risks are of: `zero_one`, 1 where that product is at most 0, or `ramp`, 1 there
    and 0 from `margin` on. The margin may be fixed anew by `knowing(margin=...)` for the former.

    >>> draws = ScoreWorld(FiniteWorld(("1/2", "1/2"), ((1, "-1/2"),)), margin="3/4").outcomes(1)
    >>> draws.margin_risk.ravel(), draws.risk.ravel(), float(draws["rademacher_of_hypotheses"])
    (array([1., 0.]), array([0.5]), 0.0)
    """

    title = "scores"
    world: FiniteWorld
    margin: Any = 1
    loss: str = "zero_one"

    def __post_init__(self) -> None:
        faults = self._faults()
        if faults:
            raise ValueError("; ".join(faults))
        object.__setattr__(self, "margin", Fraction(exactly(self.margin)))

    def _faults(self) -> list[str]:
        positive = Fraction(exactly(self.margin)) > 0
        faults = [] if positive else [f"margin must be above 0, got {self.margin!r}"]
        if self.loss not in LOSSES:
            faults.append(f"loss must be {' or '.join(LOSSES)}, got {self.loss!r}")
        return faults

    @property
    def sentence(self) -> str:
        """The law and the scores."""
        law = ", ".join(map(str, self.world.law))
        rows = "; ".join(" ".join(map(str, row)) for row in self.scores)
        return f"law: {law}; scores times labels: {rows}; {self.loss} loss, margin {self.margin}"

    @property
    def scores(self) -> Rows:
        """Label times score: a row of m numbers for each instance."""
        return self.world.losses

    @property
    def demands(self) -> dict[str, str]:
        """The losses that a claim must cover to speak of this world."""
        return {"loss": "zero_one" if self.loss == "zero_one" else "unit"}

    keeps: ClassVar[frozenset[str]] = frozenset(
        {"dominating_surrogate", "fat_at_margin", "margin_before_sample"}
    )
    """Conditions that mean nothing in a finite world of losses, but hold here."""

    @property
    def breaks(self) -> tuple[str, ...]:
        """Conditions of theorems that mean nothing here, or do not hold."""
        return tuple(name for name in MEANINGLESS if name not in self.keeps)

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Counts of `trials` samples."""
        return self._read(self.world.draw(n, trials, rng))  # type: ignore[arg-type]

    def outcomes(self, n: int, exact: bool = False) -> FiniteDraws:
        """Every vector of counts."""
        return self._read(self.world.outcomes(n, exact))

    def _read(self, draws: FiniteDraws) -> FiniteDraws:
        losses = replace(self.world, losses=self.lost(self.margin), prior=None)
        table = replace(self.world, losses=self.scores, prior=None)
        known, exact = draws.sample, draws.sample.exact
        margin = self.margin if exact else float(self.margin)
        sample = SampleFacts(losses, known.n, known.counts, exact, margin=margin)
        scores = SampleFacts(table, known.n, known.counts, exact)
        if self.loss == "zero_one":
            return self._draws(sample, draws, FiniteDraws(scores, draws.law, draws.listed))
        facts = self.facts_of_ramp(scores)
        known = sample.knowing(lipschitz=1 / margin, **facts)
        return RampDraws(known, draws.law, draws.listed)

    def _draws(self, sample: SampleFacts, draws: FiniteDraws, scores: FiniteDraws) -> ScoreDraws:
        return ScoreDraws(sample, draws.law, draws.listed, self, scores)

    def facts_of_ramp(self, scores: SampleFacts) -> dict[str, Any]:
        """What else is known of the class where risks are those of the ramp."""
        return {}

    def lost(self, margin: Any) -> Rows:
        """The losses on each cell, ramps at this margin."""
        if self.loss == "zero_one":
            return self.each(lambda s: Fraction(s <= 0))
        return self.ramps(margin)

    def ramps(self, margin: Any) -> Rows:
        """1 at score 0 or below, 0 from the margin on, a line in between."""
        width = Fraction(exactly(margin))
        return self.each(lambda s: min(Fraction(1), max(Fraction(0), 1 - s / width)))

    def each(self, of: Callable[[Fraction], Fraction]) -> Rows:
        """A function of every score."""
        return tuple(tuple(of(s) for s in row) for row in self.scores)


def withheld(why: str) -> Any:
    """A fact that theorems would take for one about something else."""

    def refuse(self: Any) -> Any:
        raise NotKnownError(why)

    return property(refuse)


_OF_LOSSES = withheld("the complexity of the losses would be taken for that of the scores")
_OF_BALL = withheld("the complexity of a whole ball is not that of the listed weights")
_OF_RAMPS = withheld("the complexity is that of the ramps: it says nothing of these losses")


class RampDraws(FiniteDraws):
    """Outcomes of scores that are judged by ramps."""

    empirical_rademacher = rademacher = absolute_rademacher = _OF_LOSSES


class ScoreDraws(FiniteDraws):
    """Outcomes of scores that are judged by their signs; `scores` are their own facts."""

    def __init__(
        self, sample: SampleFacts, law: Any, listed: bool, world: ScoreWorld, scores: FiniteDraws
    ) -> None:
        super().__init__(sample, law, listed)
        self.__dict__.update(world=world, scores=scores)

    def under(self, law: Any) -> FiniteDraws:
        """The same outcomes under another law."""
        return self._with(law=law, scores=self.scores.under(law))

    def mean_of(self, rows: Rows) -> Any:
        """(T, K) means on the samples of numbers by cell."""
        cells = np.array(rows, object if self.sample.exact else float)
        return self.sample.counts @ cells.T / self.n

    empirical_rademacher = rademacher = absolute_rademacher = _OF_LOSSES

    @cached_property
    def margin_risk(self) -> Any:
        """(T, K) fractions of the sample with label times score below the margin."""
        margin = Fraction(exactly(self.margin))
        return self.mean_of(self.world.each(lambda s: Fraction(s < margin)))

    @cached_property
    def surrogate_risk(self) -> Any:
        """(T, K) means of the ramp at the margin."""
        return self.mean_of(self.world.ramps(self.margin))

    @cached_property
    def lipschitz(self) -> Any:
        """The Lipschitz constant of the ramp."""
        return 1 / self.margin

    @property
    def empirical_rademacher_of_hypotheses(self) -> Any:
        """(T, 1) empirical complexities of the scores."""
        return self.scores.sample.empirical_rademacher

    @property
    def rademacher_of_hypotheses(self) -> Any:
        """The complexity of the scores."""
        return self.scores.rademacher

    @property
    def absolute_rademacher_of_hypotheses(self) -> Any:
        """The complexity of the scores with absolute values."""
        return self.scores.absolute_rademacher

    @property
    def n_classes(self) -> int:
        """Two labels: the score is the first one's, the second's is 0, if that is in the class."""
        if not any(all(s == 0 for s in row) for row in self.world.scores):
            raise NotKnownError("the score of the second label, 0, is not in the class")
        return 2

    @cached_property
    def fat_dim(self) -> int:
        """At a sixteenth of the margin, or of the least positive score if that is smaller.

        The theorems' scales are no smaller, so their fat-shattering dimension is no larger.
        """
        from genbounds.classes import FiniteClass

        positive = [s for row in self.world.scores for s in row if s > 0]
        scale = min([Fraction(exactly(self.margin)), *positive]) / 16
        table = np.array(sorted(set(self.world.scores)), float)
        return int(FiniteClass(table, values="scores").fat_shattering(float(scale)))


class SurrogateScores(ScoreWorld):
    """Scores by their ramps: the complexity with absolute values is that of the ramp less 1."""

    title = "surrogate-scores"

    def _draws(
        self, sample: SampleFacts, draws: FiniteDraws, scores: FiniteDraws
    ) -> SurrogateDraws:
        return SurrogateDraws(sample, draws.law, draws.listed, self, scores)


class SurrogateDraws(ScoreDraws):
    """Outcomes of scores whose complexity is that of their ramps, less the one of score 0."""

    empirical_risk = gap = errors = supremum = absolute_supremum = _OF_RAMPS

    @cached_property
    def absolute_rademacher(self) -> Any:
        """With absolute values, of ramp(y f(x)) - ramp(0)."""
        world, sample = self.world, self.scores.sample
        rows = tuple(tuple(x - 1 for x in row) for row in world.ramps(self.margin))
        table = replace(world.world, losses=rows)
        shifted = SampleFacts(table, self.n, sample.counts, sample.exact)
        return FiniteDraws(shifted, self.law, self.listed).absolute_rademacher


@dataclass(frozen=True)
class LinearScores(ScoreWorld):
    """Linear scores: the rows of `world` hold the coordinates of label times input on its cells.

    The instances are the given `weights`, members of the ball around 0 that holds the longest.
    `weight_bound` is in the l1 norm, `radius` in the Euclidean one: the other two norms of weights
    and of inputs, Euclidean and largest coordinate, keep the same bounds.
    """

    title = "linear-scores"
    exact_supremum = False
    weights: tuple[tuple[Any, ...], ...] = ((1,), (-1,))

    def __post_init__(self) -> None:
        super().__post_init__()
        weights = tuple(tuple(Fraction(exactly(x)) for x in row) for row in self.weights)
        object.__setattr__(self, "weights", weights)

    def _faults(self) -> list[str]:
        faults, dimension = super()._faults(), len(self.world.losses)
        if not self.weights or any(len(row) != dimension for row in self.weights):
            faults.append(f"weights must be rows of {dimension} numbers, one for each coordinate")
        return faults

    @property
    def scores(self) -> Rows:
        """Inner products of weights and inputs, times labels."""
        return tuple(
            tuple(sum(w * x for w, x in zip(row, cell, strict=True)) for cell in self.points)
            for row in self.weights
        )

    @property
    def points(self) -> Rows:
        """The inputs times labels, one for each cell."""
        return tuple(zip(*self.world.losses, strict=True))

    def _draws(self, sample: SampleFacts, draws: FiniteDraws, scores: FiniteDraws) -> ScoreDraws:
        known = sample.knowing(**self.facts(scores.sample))
        return LinearDraws(known, draws.law, draws.listed, self, scores)

    def facts_of_ramp(self, scores: SampleFacts) -> dict[str, Any]:
        """The ball, and the two labels: the second one's weights are 0."""
        return self.facts(scores) | {"n_classes": 2}

    def facts(self, scores: SampleFacts) -> dict[str, Any]:
        """The ball of weights and the length of the inputs."""
        squared = max(sum(x * x for x in point) for point in self.points)
        bound = max(sum(abs(w) for w in row) for row in self.weights)
        return {
            "weight_bound": bound if scores.exact else float(bound),
            "radius": scores.number(sqrt, squared),
            "dimension": len(self.world.losses),
        }


class LinearDraws(ScoreDraws):
    """Outcomes of linear scores; the second label's weights, 0, are in every ball."""

    n_classes = 2

    rademacher_of_hypotheses = empirical_rademacher_of_hypotheses = _OF_BALL
    absolute_rademacher_of_hypotheses = _OF_BALL
