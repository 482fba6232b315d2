"""Losses in the order in which they were observed, for bounds that look at the order.

Exact outcomes are all sequences of a few possible losses. The law of the next loss may depend on
the last one as long as its mean does not: such losses are a martingale around the risk.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from genbounds.generic import sqrt
from genbounds.referee.draws import Draws, Irrational, NotKnownError
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.error_counts import in_kind
from genbounds.referee.worlds.finite import MOST_OUTCOMES
from genbounds.referee.worlds.parameters import chances, count, every, law, settle


@dataclass(frozen=True)
class Sequences(World):
    """Sequences of the losses `values`, the first by `law`, the next by `after` of the last one.

    `law` holds a probability for each value; `after` a row of them for the value before, all with
    the mean of `law`: without it the losses are independent. With `watched` a claim must hold at
    every time of the sequence, its instances; else at the end alone.

    >>> draws = Sequences(values=(0, 1), law=("2/3", "1/3")).outcomes(2, exact=True)
    >>> [(tuple(map(int, x)), str(p)) for x, p in zip(draws.losses[:, 0], draws.weights)]
    [((0, 0), '4/9'), ((0, 1), '2/9'), ((1, 0), '2/9'), ((1, 1), '1/9')]
    """

    title = "sequences"
    values: tuple[Any, ...] = (0, 1)
    law: tuple[Any, ...] = ("1/2", "1/2")
    after: tuple[tuple[Any, ...], ...] | None = None
    watched: bool = False

    def __post_init__(self) -> None:
        rows = {} if self.after is None else {"after": _laws}
        settle(self, values=chances, law=law, **rows)
        faults, laws = [], (self.law, *self.rows)
        if any(len(one) != len(self.values) for one in laws) or len(laws) != len(self.values) + 1:
            faults.append(f"law and each of {len(self.values)} rows of after must hold one "
                          f"probability for each of the {len(self.values)} values")  # fmt: skip
        elif len({self._mean(one) for one in laws}) > 1:
            faults.append("every row of after must have the mean of law")
        if len(set(self.values)) < len(self.values):
            faults.append("values must differ")
        if faults:
            raise ValueError("; ".join(faults))

    @property
    def demands(self) -> dict[str, str]:
        """The fields of a claim that a theorem must have to speak of this world."""
        found = {"loss": "zero_one" if set(self.values) <= {0, 1} else "unit"}
        found |= {} if self.after is None else {"data": "martingale"}
        return found | ({"time": "every_n"} if self.watched else {})

    @property
    def sentence(self) -> str:
        """The world in numbers."""
        first = ", ".join(f"{x}: {p}" for x, p in zip(self.values, self.law, strict=True))
        later = (
            ""
            if self.after is None
            else "; the next after each of them: "
            + "; ".join(" ".join(map(str, row)) for row in self.after)
        )
        return f"losses in order, by their probabilities {first}{later}"

    @property
    def rows(self) -> tuple[tuple[Fraction, ...], ...]:
        """The law of the next loss after each value."""
        return (self.law,) * len(self.values) if self.after is None else self.after

    @property
    def risk(self) -> Fraction:
        """The mean of every loss, whatever was before."""
        return self._mean(self.law)

    def outcomes(self, n: int, exact: bool = False) -> SequenceDraws:
        """All sequences of n values."""
        size, m = count("n", n), len(self.values)
        if m**size > MOST_OUTCOMES:
            raise NotKnownError(f"{m} values and n = {size} have over {MOST_OUTCOMES} sequences")
        found = np.array(list(product(range(m), repeat=size)), dtype=np.int64)
        kind = object if exact else float
        first, rows = np.array(self.law, kind), np.array(self.rows, kind)
        weights = first[found[:, 0]]
        for t in range(1, size):
            weights = weights * rows[found[:, t - 1], found[:, t]]
        return self._draws(found, weights, kind)

    def draw(self, n: int, trials: int, rng: Any) -> SequenceDraws:
        """`trials` sequences, one loss after another."""
        found = np.empty((trials, count("n", n)), np.int64)
        for t, uniforms in enumerate(rng.random((n, trials))):
            laws = np.array([self.law] if t == 0 else self.rows, float)
            steps = laws.cumsum(axis=1)[:, :-1]
            before = np.zeros(trials, np.int64) if t == 0 else found[:, t - 1]
            found[:, t] = (uniforms[:, None] >= steps[before]).sum(axis=1)
        return self._draws(found, None, float)

    def _draws(self, found: Any, weights: Any, kind: Any) -> SequenceDraws:
        n = found.shape[1]
        times = np.arange(1, n + 1)[None, :] if self.watched else np.array([[n]])
        exact = kind is object
        facts = {"risk": in_kind(self.risk, exact)}
        if self.after is None:
            squares = (p * x**2 for p, x in zip(self.law, self.values, strict=True))
            facts["variance"] = in_kind(sum(squares, Fraction(0)) - self.risk**2, exact)
        table, times = np.array(self.values, kind)[found], times.astype(kind if exact else int)
        return SequenceDraws(times, weights, table=table, **facts)

    def _mean(self, one: tuple[Fraction, ...]) -> Fraction:
        return sum((p * x for p, x in zip(one, self.values, strict=True)), Fraction(0))


class SequenceDraws(Draws):
    """(T, n) losses in order, the `table`; instances are the times in the (1, K) array `n`."""

    def outcome(self, t: int) -> str:
        """The sequence."""
        return "losses " + " ".join(f"{float(x):g}" for x in self["table"][t])

    @cached_property
    def losses(self) -> Any:
        """(T, K) tuples: the losses up to each time."""
        rows = [tuple(row) for row in self["table"].tolist()]
        found = np.empty((len(rows), self.n.shape[1]), object)
        for t, row in enumerate(rows):
            for k, time in enumerate(self.n[0]):
                found[t, k] = row[:time]
        return found

    @cached_property
    def empirical_risk(self) -> Any:
        """(T, K) means of the losses up to each time."""
        return self._means(self["table"])

    @cached_property
    def second_moment(self) -> Any:
        """(T, K) means of the squared losses up to each time."""
        return self._means(self["table"] ** 2)

    @cached_property
    def biased_variance(self) -> Any:
        """(T, K) variances of the losses up to each time, with the time as divisor."""
        return self.second_moment - self.empirical_risk**2

    @cached_property
    def sample_variance(self) -> Any:
        """(T, K) variances of the losses up to each time, with the time less 1 as divisor."""
        if np.min(self.n) < 2:
            raise NotKnownError("the sample variance needs n >= 2")
        return self.biased_variance * self.n / (self.n - 1)

    @cached_property
    def errors(self) -> Any:
        """(T, K) numbers of errors up to each time."""
        if not np.isin(self["table"], (0, 1)).all():
            raise NotKnownError("errors are known for 0-1 losses only")
        return self._sums(self["table"])

    @cached_property
    def std(self) -> Any:
        """The standard deviation of the loss, where losses are independent."""
        exact = isinstance(self["variance"], Fraction)
        return Irrational(sqrt, (self.variance,)) if exact else np.sqrt(self.variance)

    def _means(self, table: Any) -> Any:
        return self._sums(table) / self.n

    def _sums(self, table: Any) -> Any:
        return np.cumsum(table, axis=1)[:, self.n[0].astype(int) - 1]


def _laws(name: str, rows: Any) -> tuple[tuple[Fraction, ...], ...]:
    if not isinstance(rows, (tuple, list)):
        raise ValueError(f"{name} must be rows of probabilities, got {rows!r}")
    return every((law, f"{name}[{i}]", row) for i, row in enumerate(rows))
