"""Classes by their losses on a few cells: the shapes that finite worlds are made of."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from genbounds.referee.worlds.finite import FiniteWorld


class Structure(NamedTuple):
    """Losses of K hypotheses on m cells, the points that the cells belong to, and a name."""

    name: str
    losses: tuple[tuple[Fraction, ...], ...]
    points: tuple[int, ...] | None = None

    def world(self) -> FiniteWorld:
        """The finite world with the even law."""
        from genbounds.referee.worlds.finite import FiniteWorld

        return FiniteWorld((Fraction(1, self.cells),) * self.cells, self.losses, self.points)

    @property
    def cells(self) -> int:
        """How many cells the law has to spread over."""
        return len(self.losses[0])


def values(*losses: Fraction | int | str) -> Structure:
    """One hypothesis whose loss takes the given values."""
    row = tuple(Fraction(loss) for loss in losses)
    return Structure(f"one hypothesis with losses {', '.join(map(str, row))}", (row,))


def all_labelings(points: int) -> Structure:
    """Every labeling of the points; the true label of each is 0."""
    return _of("all labelings of", points, product((0, 1), repeat=points))


def thresholds(points: int) -> Structure:
    """1[x >= t] on ordered points whose label is 0: growth m + 1."""
    rows = ([int(i >= t) for i in range(points)] for t in range(points + 1))
    return _of("thresholds on", points, rows)


def intervals(points: int) -> Structure:
    """Intervals on ordered points whose label is 0."""
    ends = ((a, b) for a in range(points + 1) for b in range(a, points + 1))
    rows = dict.fromkeys(tuple(int(a <= i < b) for i in range(points)) for a, b in ends)
    return _of("intervals on", points, rows)


def singletons(points: int) -> Structure:
    """Hypotheses that err on one point each."""
    rows = ([int(i == j) for i in range(points)] for j in range(points))
    return _of("singletons on", points, rows)


def noisy(shape: Structure) -> Structure:
    """The same hypotheses where every point may have either label: two cells a point."""
    losses = tuple(tuple(x for loss in row for x in (loss, 1 - loss)) for row in shape.losses)
    points = tuple(i for i in range(shape.cells) for _ in range(2))
    return Structure(f"{shape.name}, labels of both kinds", losses, points)


def opposite() -> Structure:
    """Two hypotheses that never agree: one errs where the other does not."""
    return Structure("two opposite hypotheses", _rows([(1, 0), (0, 1)]))


def with_zero() -> Structure:
    """A hypothesis without error, and one that errs on the first of two cells."""
    return Structure("no error, or one on the first of 2 points", _rows([(0, 0), (1, 0)]))


def random_class(hypotheses: int, points: int, seed: int) -> Structure:
    """Distinct random labelings, equal for equal seeds."""
    from random import Random

    if not 1 <= hypotheses <= 1 << points:
        raise ValueError(f"{points} points have 1 to {1 << points} labelings, got {hypotheses}")
    codes = sorted(Random(seed).sample(range(1 << points), hypotheses))
    rows = ([code >> i & 1 for i in range(points)] for code in codes)
    name = f"{hypotheses} random labelings (seed {seed}) of"
    return _of(name, points, rows)


def random_class_of_dimension(vc_dim: int, points: int, seed: int) -> Structure:
    """A random class of at most this VC dimension to which no labeling can be added."""
    from random import Random

    import numpy as np

    from genbounds.referee.worlds.sample_facts import growth_counts

    if not 0 <= vc_dim <= points:
        raise ValueError(f"the VC dimension on {points} points is 0 to {points}, got {vc_dim}")
    codes = list(range(1 << points))
    Random(seed).shuffle(codes)
    kept: list[list[int]] = []
    for code in codes:
        grown = [*kept, [code >> i & 1 for i in range(points)]]
        counts = growth_counts(np.array(sorted(grown), dtype=np.int8))
        if max(m for m, count in enumerate(counts) if count == 1 << m) <= vc_dim:
            kept = grown
    name = f"a random class of VC dimension {vc_dim} (seed {seed}) on"
    return _of(name, points, sorted(kept))


def _of(name: str, points: int, rows: Iterable[Iterable[int]]) -> Structure:
    return Structure(f"{name} {points} points", _rows(rows))


def _rows(rows: Iterable[Iterable[int]]) -> tuple[tuple[Fraction, ...], ...]:
    return tuple(tuple(map(Fraction, row)) for row in rows)
