"""Votes over a few classifiers, with weights on a grid, and one that is chosen by its margin."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from genbounds.referee.draws import Draws, compositions
from genbounds.referee.worlds.finite import FiniteDraws
from genbounds.referee.worlds.sample_facts import SampleFacts
from genbounds.referee.worlds.scores import Rows, ScoreDraws, ScoreWorld, withheld
from genbounds.referee.worlds.zero_one import refuse


@dataclass(frozen=True)
class VoteWorld(ScoreWorld):
    """All votes whose weights are multiples of 1/steps, over the classifiers of a finite world.

    The rows of `world` are the 0-1 losses of the classifiers; `log_growth` and `log_cardinality`
    are theirs. What speaks of errors alone would take them for those of the votes, so it gets no
    empirical risk.
    """

    title = "votes"
    exact_supremum = False
    steps: int = 2
    keeps: ClassVar[frozenset[str]] = ScoreWorld.keeps | {"votes_of_signs"}

    def _faults(self) -> list[str]:
        faults = super()._faults()
        if any(x not in (0, 1) for row in self.world.losses for x in row):
            faults.append("the losses of the classifiers must be 0 or 1")
        if int(self.steps) != self.steps or not 1 <= self.steps <= 100:
            faults.append(f"steps must be an integer in [1, 100], got {self.steps!r}")
        if self.loss != "zero_one":
            faults.append("votes are judged by zero_one loss")
        return faults

    @cached_property
    def votes(self) -> Rows:
        """The weights of each vote: numbers that are not negative and add up to 1."""
        counts = compositions(self.steps, len(self.world.losses)).tolist()
        return tuple(tuple(Fraction(c, self.steps) for c in row) for row in counts)

    @cached_property
    def scores(self) -> Rows:
        """Label times vote, on each cell."""
        signs = [[1 - 2 * x for x in row] for row in self.world.losses]
        cells = list(zip(*signs, strict=True))
        return tuple(
            tuple(sum((w * s for w, s in zip(vote, cell, strict=True)), Fraction(0))
                  for cell in cells)
            for vote in self.votes
        )  # fmt: skip

    def _draws(self, sample: SampleFacts, draws: FiniteDraws, scores: FiniteDraws) -> VoteDraws:
        base = draws.sample
        known = sample.knowing(log_growth=base.log_growth, log_cardinality=base.log_cardinality)
        return VoteDraws(known, draws.law, draws.listed, self, scores)


class VoteDraws(ScoreDraws):
    """Outcomes of votes, whose class facts are those of the classifiers that vote."""

    empirical_risk = gap = errors = supremum = absolute_supremum = vc_dim = withheld(
        "a vote is judged by its margins: the facts of the class are those of the voters"
    )


class MarginVote(VoteWorld):
    """The vote on the grid with the largest margin on the sample; of several, that of most risk."""

    title = "margin-vote"
    demands: ClassVar[dict[str, str]] = {"scope": "output", "loss": "zero_one"}
    keeps: ClassVar[frozenset[str]] = VoteWorld.keeps | {"margin_reached"}

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse(["" if self.separates else "some vote must be right on every cell"])

    @property
    def separates(self) -> bool:
        """Whether one vote has a positive margin everywhere, so that the best always has one."""
        return any(min(row) > 0 for row in self.scores)

    def _read(self, draws: FiniteDraws) -> MarginVoteDraws:  # type: ignore[override]
        return MarginVoteDraws(self, draws)


class MarginVoteDraws(Draws):
    """Outcomes with one vote each; `draws` are those of the classifiers."""

    def __init__(self, world: MarginVote, draws: FiniteDraws, **facts: Any) -> None:
        self.__dict__.update(world=world, draws=draws, n=draws.sample.n, given=facts, **facts)

    def knowing(self, **facts: Any) -> MarginVoteDraws:
        """The same outcomes with further facts."""
        return MarginVoteDraws(self.world, self.draws, **self.given | facts)

    def under(self, law: Any) -> MarginVoteDraws:
        """The same outcomes under another law."""
        return MarginVoteDraws(self.world, self.draws.under(law), **self.given)

    def outcome(self, t: int) -> str:
        """The counts of the cells."""
        return str(self.draws.outcome(t))

    @property
    def weights(self) -> Any:
        """The probability of each outcome."""
        return self.draws.weights

    @property
    def log_cardinality(self) -> Any:
        """Of the classifiers."""
        return self.draws.sample.log_cardinality

    @cached_property
    def scores(self) -> Any:
        """(P, m) label times vote."""
        return np.array(self.world.scores, object if self.draws.sample.exact else float)

    @cached_property
    def margins(self) -> Any:
        """(T, P) the least margin of every vote on the sample."""
        seen = np.asarray(self.draws.sample.counts > 0, bool)
        return np.array([self.scores[:, kept].min(axis=1) for kept in seen], self.scores.dtype)

    @property
    def margin(self) -> Any:
        """(T, 1) the largest of them, whatever margin is named."""
        return self.margins.max(axis=1, keepdims=True)

    @cached_property
    def risk(self) -> Any:
        """(T, 1) the risk of the vote that reaches it."""
        wrong = np.array(self.world.lost(self.world.margin), self.scores.dtype)
        risks = wrong @ self.draws.law
        chosen = [max(risks[m == m.max()]) for m in self.margins]
        return np.array(chosen, self.scores.dtype)[:, None]
