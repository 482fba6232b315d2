"""Finite worlds: a few cells, a law over them, and a class given by its losses on each cell.

Everything is exact here: the truth is a sum over cells, the outcomes of a sample are the vectors of
counts, and their probabilities multinomial.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np

from genbounds.enclosing import exactly
from genbounds.referee.draws import Draws, NotKnownError, compositions, derived_names
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.sample_facts import SampleFacts

MOST_OUTCOMES = 200_000
_SHOWN = 16
MEANINGLESS = (
    "dominating_surrogate", "dropout_posterior", "dual_without_bias", "fat_at_margin",
    "independent_pairs", "isotropic_gaussians", "linear_gibbs", "local_excess_losses",
    "local_on_the_sample", "local_star_hull", "local_without_star_hull", "made_by_adaboost",
    "made_by_hard_margin", "margin_of_every_sample", "margin_reached",
    "predictable_temperatures", "private_prior", "separating_weights", "simple_hypotheses",
    "sub_gamma_increments", "transductive_split", "unchanged_support_vectors",
    "unit_functional_margin", "votes_of_signs",
)  # fmt: skip
"""Conditions of theorems that mean nothing in a finite world, or do not hold there."""


@dataclass(frozen=True)
class FiniteWorld(World):
    """A law over m cells and K hypotheses by their losses on the cells.

    `law` holds m probabilities and `losses` K rows of m numbers; a float is read as its shortest
    decimal, text such as "1/3" as a fraction. `points` says which point each cell belongs to, where
    several cells are one point with different labels. `prior` holds K probabilities, uniform by
    default.

    >>> FiniteWorld(law=("3/10", "7/10"), losses=((1, 0),)).outcomes(2).errors.ravel()
    array([0., 1., 2.])
    """

    title = "finite"
    law: tuple[Any, ...]
    losses: tuple[tuple[Any, ...], ...]
    points: tuple[int, ...] | None = None
    prior: tuple[Any, ...] | None = None

    def __post_init__(self) -> None:
        law, losses = _fractions(self.law), tuple(_fractions(row) for row in self.losses)
        prior = None if self.prior is None else _fractions(self.prior)
        points = None if self.points is None else tuple(map(int, self.points))
        faults = _distribution_faults("law", law)
        if not losses or any(len(row) != len(law) for row in losses):
            faults.append(
                f"losses must be rows of {len(law)} numbers, one for each cell of the law"
            )
        if points is not None and len(points) != len(law):
            faults.append(f"points must name one point for each of the {len(law)} cells")
        if prior is not None:
            faults += _distribution_faults("prior", prior)
            faults += (
                [] if len(prior) == len(losses) else ["prior must hold one number a row of losses"]
            )
        if faults:
            raise ValueError("; ".join(faults))
        for name, value in (("law", law), ("losses", losses), ("prior", prior), ("points", points)):
            object.__setattr__(self, name, value)

    def __repr__(self) -> str:
        given = ", ".join(f"{f.name}={_shown(getattr(self, f.name))}" for f in fields(self)
                          if getattr(self, f.name) is not None)  # fmt: skip
        return f"FiniteWorld({given})"

    @property
    def sentence(self) -> str:
        """The law and the losses, row by row."""
        rows = "; ".join(" ".join(map(str, row)) for row in self.losses[:_SHOWN])
        more = f"; ... {len(self.losses)} rows" if len(self.losses) > _SHOWN else ""
        count = "one hypothesis" if len(self.losses) == 1 else f"{len(self.losses)} hypotheses"
        parts = [f"cells of probability {', '.join(map(str, self.law))}"]
        if self.points is not None:
            parts.append(f"at the points {' '.join(map(str, self.points))}")
        parts.append(f"{count} with losses {rows}{more}")
        if self.prior is not None:
            parts.append(f"prior {', '.join(map(str, self.prior))}")
        return "; ".join(parts)

    def block(self, n: int) -> int:
        """How many samples are drawn at once, by the entries of outcomes times hypotheses."""
        wide = max(n, len(self.losses) * len(self.law))
        return max(1, min(4096, (1 << 21) // max(1, wide)))

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Counts of `trials` samples."""
        law = np.array(self.law, float)
        return FiniteDraws(SampleFacts(self, n, rng.multinomial(n, law / law.sum(), trials)), law)

    def outcomes(self, n: int, exact: bool = False) -> FiniteDraws:
        """Every vector of counts."""
        from math import comb

        m = len(self.law)
        if comb(n + m - 1, m - 1) > MOST_OUTCOMES:
            raise NotKnownError(f"{m} cells and n = {n} have over {MOST_OUTCOMES} outcomes")
        sample = SampleFacts(self, n, compositions(n, m), exact)
        return FiniteDraws(sample, np.array(self.law, object if exact else float), listed=True)

    @property
    def demands(self) -> dict[str, str]:
        """The losses that a claim must cover to speak of this world."""
        losses = {x for row in self.losses for x in row}
        if losses <= {0, 1}:
            return {"loss": "zero_one"}
        return {"loss": "unit" if 0 <= min(losses) and max(losses) <= 1 else "bounded"}

    @property
    def breaks(self) -> tuple[str, ...]:
        """Conditions of theorems that mean nothing here, or do not hold."""
        losses = {x for row in self.losses for x in row}
        found = [] if losses <= {0, 1} else ["binary_values"]
        found += ["values_within_one"] if max(map(abs, losses)) > 1 else []
        return (*MEANINGLESS, *found)

    @property
    def risks(self) -> tuple[Fraction, ...]:
        """The true risk of each hypothesis."""
        return tuple(
            sum((p * x for p, x in zip(self.law, row, strict=True)), Fraction(0))
            for row in self.losses
        )


class FiniteDraws(Draws):
    """Outcomes of a finite world: the facts of the samples, and those that need the law."""

    def __init__(self, sample: SampleFacts, law: Any, listed: bool = False) -> None:
        self.__dict__.update(sample=sample, law=law, listed=listed)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "sample" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.sample, name)

    def under(self, law: Any) -> FiniteDraws:
        """The same outcomes under another law."""
        return self._with(law=law)

    def outcome(self, t: int) -> str:
        """The counts of the cells."""
        return f"counts {', '.join(str(int(c)) for c in self.sample.counts[t])}"

    def knowing(self, **facts: Any) -> FiniteDraws:
        """The same outcomes with further facts."""
        return self._with(sample=self.sample.knowing(**facts)) if facts else self

    def _with(self, **changed: Any) -> FiniteDraws:
        """The same outcomes, one thing changed; what was derived is derived anew."""
        copy = object.__new__(type(self))
        names = derived_names(type(self))
        kept = {name: x for name, x in self.__dict__.items() if name not in names}
        copy.__dict__.update(kept | changed)
        return copy

    def __dir__(self) -> Iterator[str]:
        yield from {*super().__dir__(), *dir(self.sample)}

    @cached_property
    def weights(self) -> Any:
        """The probability of each outcome."""
        if not self.listed:
            return None
        if self.sample.exact:
            terms = zip(self.sample.coefficients, self.sample.counts, strict=True)
            return np.array([c * _product(self.law, row) for c, row in terms], object)
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = np.where(self.sample.counts == 0, 0, self.sample.counts * np.log(self.law))
        return np.exp(self.sample.log_coefficients + logs.sum(axis=1))

    @cached_property
    def risk(self) -> Any:
        """(1, K) true risks."""
        risks = self.sample.losses @ self.law
        return np.clip(risks, self.sample.losses.min(), self.sample.losses.max())[None, :]

    @cached_property
    def second_moment_of_loss(self) -> Any:
        """(1, K) true second moments."""
        return ((self.sample.losses**2) @ self.law)[None, :]

    @cached_property
    def variance(self) -> Any:
        """(1, K) true variances."""
        return np.maximum(self.second_moment_of_loss - self.risk**2, 0)

    @property
    def empirical_risk(self) -> Any:
        """(T, K) means of the losses of the samples."""
        return self.sample.empirical_risk

    @cached_property
    def gap(self) -> Any:
        """(T, K) risk less empirical risk."""
        return self.risk - self.sample.empirical_risk

    @cached_property
    def std(self) -> Any:
        """(1, K) true standard deviations."""
        return self.sample.root(self.variance)

    @cached_property
    def variance_bound(self) -> Any:
        """The largest true variance in the class."""
        return self.variance.max()

    @cached_property
    def rademacher(self) -> Any:
        """The mean of the empirical Rademacher complexity of the losses."""
        return self._mean(self.sample.empirical_rademacher)

    @cached_property
    def absolute_rademacher(self) -> Any:
        """The mean of the empirical Rademacher complexity of the losses, with absolute values."""
        return self._mean(self.sample.empirical_absolute_rademacher)

    @cached_property
    def deviation_of_absolute_rademacher(self) -> Any:
        """(T, 1) how far the empirical complexity with absolute values lies from its mean."""
        return abs(self.sample.empirical_absolute_rademacher - self.absolute_rademacher)

    @cached_property
    def rademacher_of_hypotheses(self) -> Any:
        """Twice that of the 0-1 losses: (1 - y h)/2 halves the signs' sums."""
        self.sample.only_binary("rademacher_of_hypotheses")
        return 2 * self.rademacher

    @cached_property
    def absolute_rademacher_of_hypotheses(self) -> Any:
        """The mean of the empirical complexity of +-1-valued hypotheses, with absolute values."""
        return self._mean(self.sample.empirical_absolute_rademacher_of_hypotheses)

    @cached_property
    def supremum(self) -> Any:
        """(T, 1) the largest excess of risk over empirical risk."""
        return self.gap.max(axis=1, keepdims=True)

    @cached_property
    def absolute_supremum(self) -> Any:
        """(T, 1) the largest difference of risk and empirical risk."""
        return abs(self.gap).max(axis=1, keepdims=True)

    @cached_property
    def largest_mean(self) -> Any:
        """The largest true risk."""
        return self.risk.max()

    @cached_property
    def bernstein_constant(self) -> Any:
        """The least B with E (l_h - l*)^2 <= B E (l_h - l*), l* a loss of least risk."""
        best = int(np.argmin(self.risk))
        difference = self.sample.losses - self.sample.losses[best]
        squares, means = (difference**2) @ self.law, difference @ self.law
        if any((means <= 0) & (squares > 0)):
            raise NotKnownError("two hypotheses share the least risk: no Bernstein constant")
        ratios = [s / m for s, m in zip(squares, means, strict=True) if m > 0]
        return max([*ratios, Fraction(1)]) if self.sample.exact else max([*ratios, 1.0])

    @cached_property
    def massart_margin(self) -> Any:
        """min over the points of |2 P(one label) - 1|; the class must contain the Bayes rule."""
        margins, bayes = self.sample.labels_by_point(self.law)
        if not margins or min(margins) <= 0 or self.risk.min() > bayes:
            raise NotKnownError(
                "Massart's condition needs the Bayes rule in the class, with a margin"
            )
        return min(margins)

    def _mean(self, values: Any) -> Any:
        if not self.listed:
            raise NotKnownError("an expected complexity is known where outcomes are listed")
        return (self.weights * values[:, 0]).sum()


def _product(law: Any, counts: Any) -> Fraction:
    total = Fraction(1)
    for p, c in zip(law, counts, strict=True):
        total *= p ** int(c)
    return total


def _shown(values: Any) -> str:
    """Fractions as text that makes them again."""
    if isinstance(values, tuple):
        return f"({', '.join(map(_shown, values))}{',' * (len(values) == 1)})"
    return (
        repr(str(values))
        if isinstance(values, Fraction) and values.denominator > 1
        else str(values)
    )


def _fractions(values: Any) -> tuple[Fraction, ...]:
    try:
        return tuple(Fraction(exactly(x)) for x in values)
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        raise ValueError(
            f"law, rows of losses and prior must hold finite numbers, got {values!r}"
        ) from None


def _distribution_faults(name: str, values: tuple[Fraction, ...]) -> list[str]:
    faults = [] if all(x >= 0 for x in values) else [f"{name} must hold no negative number"]
    if sum(values) != 1:
        faults.append(f"{name} must add up to 1, its sum is {float(sum(values))!r}")
    return faults
