"""Rankings of pairs by a few scores, with the complexities of both ends of a pair."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from genbounds.enclosing import exactly
from genbounds.referee.worlds.finite import FiniteDraws, FiniteWorld
from genbounds.referee.worlds.sample_facts import SampleFacts
from genbounds.referee.worlds.scores import Rows, ScoreDraws, ScoreWorld


@dataclass(frozen=True)
class RankingWorld(ScoreWorld):
    """Pairs whose second point should get the larger score.

    Each cell is a pair: the rows of `world` hold the scores of its second point, those of `first`
    the scores of its first. A pair is ordered wrongly where the difference is at most 0.
    """

    title = "ranking"
    first: Rows = ()
    keeps: ClassVar[frozenset[str]] = ScoreWorld.keeps | {"independent_pairs"}

    def __post_init__(self) -> None:
        super().__post_init__()
        first = tuple(tuple(Fraction(exactly(x)) for x in row) for row in self.first)
        object.__setattr__(self, "first", first)

    def _faults(self) -> list[str]:
        faults, rows = super()._faults(), self.world.losses
        if [len(row) for row in self.first] != [len(row) for row in rows]:
            faults.append("first must have as many rows and numbers as the scores of world")
        return faults

    @property
    def scores(self) -> Rows:
        """The second score less the first."""
        return tuple(
            tuple(b - a for a, b in zip(*rows, strict=True))
            for rows in zip(self.first, self.world.losses, strict=True)
        )

    def _draws(self, sample: SampleFacts, draws: FiniteDraws, scores: FiniteDraws) -> RankingDraws:
        return RankingDraws(sample, draws.law, draws.listed, self, scores)


class RankingDraws(ScoreDraws):
    """Outcomes of rankings: pairs are drawn, so each end has a marginal law of its own."""

    world: RankingWorld

    @property
    def rademacher_first(self) -> Any:
        """The complexity of the scores of the first points."""
        return self._end(self.world.first)

    @property
    def rademacher_second(self) -> Any:
        """The complexity of the scores of the second points."""
        return self._end(self.world.world.losses)

    def _end(self, rows: Rows) -> Any:
        table = FiniteWorld(self.world.world.law, rows)
        sample = SampleFacts(table, self.n, self.sample.counts, self.sample.exact)
        return FiniteDraws(sample, self.law, self.listed).rademacher
