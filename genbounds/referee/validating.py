"""Coverage by simulation: how often a claim fails in a world, with an exact binomial interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from genbounds.classes.base import whole
from genbounds.complexity.draws import CHUNKS_A_WORKER, Workers, each
from genbounds.complexity.signs import seed_of
from genbounds.referee.averages import Average, Moments, differences
from genbounds.referee.draws import Draws, in_floats
from genbounds.referee.histograms import Histogram
from genbounds.referee.inputs import (
    bound_of,
    check_parameters,
    check_shapes,
    check_workers,
    probability,
    refuse_known,
    worlds_of,
)
from genbounds.referee.readings import as_read, covered, read, together
from genbounds.referee.regimes import obstacles
from genbounds.referee.worlds.base import World
from genbounds.registry import catalogue
from genbounds.rendering import Report, Shown

LEVEL = 1e-6
_BLOCKS_A_SPAN = 16


@dataclass(frozen=True, repr=False)
class Coverage(Shown):
    """What a simulation showed of a claim.

    `interval` holds the true probability of failure with confidence 1 - level; `margins` is the
    distribution of bound less truth, `ratios` that of deviation over radius, at the instance of
    each sample that is hardest for the bound.
    """

    bound: Any
    world: World
    n: int
    delta: float
    trials: int
    violations: int
    level: float
    margins: Histogram
    ratios: Histogram
    parameters: dict[str, Any]
    seed: int

    @property
    def rate(self) -> float:
        """The fraction of samples on which the claim failed."""
        return self.violations / self.trials

    @property
    def interval(self) -> tuple[float, float]:
        """Clopper and Pearson's ends, each at half the level."""
        given = {"errors": self.violations, "n": self.trials, "delta": self.level / 2}
        return catalogue["clopper_pearson_lower"](**given), catalogue["clopper_pearson"](**given)

    @property
    def verdict(self) -> str:
        """`refuted`, `consistent`, or `undecided` where the interval holds delta.

        What fails in a world of which the theorem does not speak was `misused`.
        """
        lower, upper = self.interval
        if lower > self.delta:
            return "misused" if self.obstacles else "refuted"
        return "consistent" if upper <= self.delta and self.world.exact_supremum else "undecided"

    @property
    def obstacles(self) -> tuple[str, ...]:
        """The fields of the claim, and the conditions, that do not cover this world."""
        return obstacles(self.bound, self.world)

    @property
    def tightness(self) -> tuple[float, float]:
        """Ends around the ratio of deviation to radius that a fraction delta of samples exceeds."""
        return self.ratios.quantile(1 - self.delta)

    @property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        from genbounds.referee.reports import of_coverage

        return of_coverage(self)

    def to_dict(self) -> dict[str, Any]:
        """Everything but the bins, as plain data; None where JSON has no number."""
        from genbounds.referee.reports import coverage_record

        return coverage_record(self)

    def plot(self, path: Any = None, of: str = "ratios") -> Any:
        """The rate against delta and the `ratios` or `margins`; `path` writes it, by its ending."""
        from genbounds.plot import CoverageDisplay

        display = CoverageDisplay.from_coverages(self, of=of).plot()
        return display if path is None else display.save(path)


class _Count(NamedTuple):
    violations: int
    margins: Histogram
    ratios: Histogram

    def merged(self, other: _Count) -> _Count:
        return _Count(
            self.violations + other.violations,
            self.margins.merged(other.margins),
            self.ratios.merged(other.ratios),
        )


def validate(
    bound: Any, world: World, *, n: int, trials: int = 10_000, delta: float = 0.05, rng: Any = 0,
    n_jobs: int | None = 1, progress: bool | None = None, level: float = LEVEL,
    hypothesis: int = 0, **parameters: Any,
) -> Coverage | Average:  # fmt: skip
    """Draw samples of size n and count those on which the claim fails.

    The supremum over all that the claim speaks of is exact where the world says so. Equal seeds
    give equal counts, whatever n_jobs. `level` is the probability with which the verdict may be
    wrong; `hypothesis` picks the one that a claim about one fixed hypothesis is about; further
    keywords are parameters that are fixed in advance, such as catoni_c. Of a claim that holds in
    expectation the mean of truth less bound is estimated.
    """
    bound, size, count = bound_of(bound), whole("n", n), whole("trials", trials)
    worlds_of([world])
    check_parameters(bound, parameters)
    check_workers(n_jobs)
    delta, level = float(probability("delta", delta)), float(probability("level", level))
    seed, chosen = seed_of(rng), whole("hypothesis", hypothesis, 0)
    task = _Task(bound, world, size, count, delta, seed, chosen, dict(parameters))
    task.check()
    average = bound.claim.surely == "expectation"
    count_them = task.moments if average else task.violations
    spans = _spans(-(-count // world.block(size)), n_jobs)
    workers = Workers(n_jobs, progress)
    total = reduce(_merged, each(lambda span: (count_them, (span,)), spans, workers, "samples"))
    if average:
        return Average(bound, world, size, count, float(level), total.mean, total.variance,
                       total.cut, dict(parameters), seed)  # fmt: skip
    return Coverage(bound, world, size, float(delta), count, total.violations, float(level),
                    total.margins, total.ratios, dict(parameters), seed)  # fmt: skip


def _merged(one: Any, other: Any) -> Any:
    return one.merged(other)


def _spans(blocks: int, n_jobs: int | None) -> list[range]:
    """The numbers of the blocks, which fix the random numbers, in spans that workers take."""
    width = _BLOCKS_A_SPAN
    if n_jobs != 1:
        import joblib

        width = min(width, max(1, blocks // (CHUNKS_A_WORKER * joblib.effective_n_jobs(n_jobs))))
    return [range(first, min(first + width, blocks)) for first in range(0, blocks, width)]


class _Task(NamedTuple):
    bound: Any
    world: World
    n: int
    trials: int
    delta: float
    seed: int
    hypothesis: int
    parameters: Mapping[str, Any]

    def violations(self, span: range) -> _Count:
        """The violations in a span of blocks."""
        return reduce(_merged, map(self._counted, span))

    def moments(self, span: range) -> Moments:
        """The differences of truth and value in a span of blocks."""
        blocks = map(self._drawn, span)
        return reduce(_merged, (differences(self.bound, draws, rows) for draws, rows, _ in blocks))

    def check(self) -> None:
        """Refuse what the world knows better, and draws of the wrong shape, on a few samples."""
        rows = min(self.trials, self.world.block(self.n), 3)
        draws = self.world.draw(self.n, rows, np.random.default_rng(0))
        if not isinstance(draws, Draws):
            raise ValueError(f"draw of {type(self.world).__name__} must return Draws")
        check_shapes(draws, rows)
        refuse_known(draws, self.parameters)

    def _drawn(self, number: int) -> tuple[Draws, int, Any]:
        """The samples of a block, how many, and the generator that goes on."""
        rows = self.world.block(self.n)
        rows = min(rows, self.trials - number * rows)
        rng = np.random.default_rng(np.random.SeedSequence(self.seed, spawn_key=(number,)))
        return self.world.draw(self.n, rows, rng).knowing(**in_floats(self.parameters)), rows, rng

    def _counted(self, number: int) -> _Count:
        draws, rows, rng = self._drawn(number)
        draws = as_read(self.bound, draws)
        reading = read(self.bound, draws, self.delta)
        if not np.all(np.isfinite(np.asarray(reading.truth, float))):
            raise ValueError("the truth of the world must be finite numbers")
        ratios = covered(self.bound, draws, reading.ratios)
        margins = covered(self.bound, draws, -reading.margins)
        ratios, margins = (np.broadcast_to(x, (rows, x.shape[1])) for x in (ratios, margins))
        if self.bound.claim.scope == "posterior_draw":
            ratios, margins = _drawn_instances(draws["posterior"], rng, ratios, margins)
        elif not together(self.bound, draws):
            ratios, margins = self._of_one(ratios), self._of_one(margins)
        worst = ratios.max(axis=1)
        return _Count(
            int((worst > 1).sum()), Histogram.of(-margins.max(axis=1)), Histogram.of(worst)
        )

    def _of_one(self, values: Any) -> Any:
        """The column of the hypothesis that a claim about one is about."""
        count = values.shape[1]
        if self.hypothesis >= count or np.isneginf(values[:, self.hypothesis]).all():
            raise ValueError(
                f"hypothesis must be one of the {count} of the world, and fixed before the sample, "
                f"got {self.hypothesis}"
            )
        return values[:, [self.hypothesis]]


def _drawn_instances(shares: Any, rng: Any, *arrays: Any) -> list[Any]:
    """In each row the entry of an instance drawn by its share; -inf for what shares leave out."""
    rows = len(arrays[0])
    ends = np.cumsum(np.broadcast_to(shares, arrays[0].shape), axis=1)
    places = (rng.random((rows, 1)) >= ends).sum(axis=1, keepdims=True)
    padded = (np.pad(x, ((0, 0), (0, 1)), constant_values=-np.inf) for x in arrays)
    return [np.take_along_axis(x, places, axis=1) for x in padded]
