"""Where a prior comes from: one of several, chosen privately on the sample, or learned from it.

The first two are what theorems allow at a price; the third is the mistake that the price is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any, ClassVar

import numpy as np

from genbounds.enclosing import exactly
from genbounds.generic import log
from genbounds.referee.draws import Draws
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import FiniteDraws, FiniteWorld
from genbounds.referee.worlds.posteriors import (
    Family,
    PosteriorDraws,
    PosteriorFacts,
    Posteriors,
    divergence,
    kl_of_shares,
)


@dataclass(frozen=True)
class SeveralPriors(World):
    """Posteriors, each priced by each prior of a sequence: for bounds that take `prior_index`.

    The j-th prior has the share `concentrated` on hypothesis j and spreads the rest evenly.
    """

    title = "several-priors"
    breaks: ClassVar[tuple[str, ...]] = ("prior_before_sample", "private_prior")
    """Conditions that do not hold here."""
    posteriors: Posteriors
    concentrated: Any = Fraction(9, 10)

    def __post_init__(self) -> None:
        object.__setattr__(self, "concentrated", _share(self.concentrated))

    @property
    def demands(self) -> dict[str, str]:
        """The fields of a claim that a theorem must have to speak of this world."""
        return self.posteriors.demands

    @property
    def sentence(self) -> str:
        """The world beneath and what the priors are."""
        share = f"the share {self.concentrated}"
        return f"priors with {share} on one hypothesis each, {self.posteriors.sentence}"

    def outcomes(self, n: int, exact: bool = False) -> PosteriorDraws:
        """The outcomes of the world beneath."""
        draws = self.posteriors.world.outcomes(n, exact)
        priors = concentrated_priors(len(self.posteriors.prior), self.concentrated)
        family = PricedFamily(priors, self.posteriors.posteriors)
        return PosteriorDraws(PosteriorFacts(draws.sample, family), draws)


class PricedFamily(Family):
    """Posteriors, each with the index of the prior that its divergence is from."""

    def __init__(self, priors: Any, posteriors: Any) -> None:
        super().__init__(None, posteriors, (("prior_index", tuple(range(1, len(priors) + 1))),))
        self.priors = priors

    @cached_property
    def kl(self) -> list[Any]:
        """Relative entropies, each to the prior of the instance."""
        pairs = zip(self.posteriors, self.values, strict=True)
        return [divergence(kl_of_shares, row, self.priors[j - 1]) for row, (j,) in pairs]


def concentrated_priors(K: int, share: Fraction) -> list[tuple[Fraction, ...]]:
    """K priors, the j-th with this share on hypothesis j and the rest spread evenly."""
    rest = (1 - share) / (K - 1) if K > 1 else Fraction(0)
    return [tuple(1 - rest * (K - 1) if i == j else rest for i in range(K)) for j in range(K)]


def _share(x: Any) -> Fraction:
    share = Fraction(exactly(x))
    if not 0 < share < 1:
        raise ValueError(f"concentrated must be in (0, 1), got {x!r}")
    return share


# --- a private choice


@dataclass(frozen=True)
class PrivatePrior(World):
    """A prior that the exponential mechanism chose among concentrated ones on the same sample.

    Prior j has a probability in proportion to base^(-errors of hypothesis j), which is
    2 ln(base)-differentially private: one observation changes a count by at most 1. An outcome is
    a sample with a choice, so the adversary knows both. The losses are 0 or 1.
    """

    title = "private-prior"
    breaks: ClassVar[tuple[str, ...]] = ("prior_before_sample", "priors_before_sample")
    """Conditions that do not hold here."""
    posteriors: Posteriors
    base: Any = Fraction(11, 10)
    concentrated: Any = Fraction(9, 10)

    def __post_init__(self) -> None:
        object.__setattr__(self, "concentrated", _share(self.concentrated))
        object.__setattr__(self, "base", Fraction(exactly(self.base)))
        if self.base < 1:
            raise ValueError(f"base must be at least 1, got {self.base!r}")

    @property
    def demands(self) -> dict[str, str]:
        """The fields of a claim that a theorem must have to speak of this world."""
        return self.posteriors.demands

    @property
    def sentence(self) -> str:
        """The world beneath and what the priors are."""
        return (
            f"a prior with the share {self.concentrated} on hypothesis j, chosen in proportion to "
            f"{self.base}^-errors; {self.posteriors.sentence}"
        )

    def outcomes(self, n: int, exact: bool = False) -> PrivateDraws:
        """Each sample with each choice."""
        return PrivateDraws(self, self.posteriors.outcomes(n, exact))


class PrivateDraws(Draws):
    """Outcomes of a finite world, each once for every prior that may be chosen."""

    def __init__(self, world: PrivatePrior, draws: PosteriorDraws) -> None:
        self.__dict__.update(world=world, draws=draws)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "draws" not in self.__dict__:
            raise AttributeError(name)
        return self._repeated(getattr(self.draws, name))

    def under(self, law: Any) -> PrivateDraws:
        """The same outcomes under another law."""
        return PrivateDraws(self.world, self.draws.under(law))

    def knowing(self, **facts: Any) -> PrivateDraws:
        """The same outcomes with further facts."""
        return PrivateDraws(self.world, self.draws.knowing(**facts)) if facts else self

    def outcome(self, t: int) -> str:
        """The counts of the cells and the prior that was chosen."""
        sample, chosen = divmod(t, self._chances.shape[1])
        return f"{self.draws.outcome(sample)}, prior {chosen + 1}"

    def _repeated(self, value: Any) -> Any:
        tall = np.ndim(value) == 2 and len(value) == len(self._chances)
        return np.repeat(value, self._chances.shape[1], axis=0) if tall else value

    @cached_property
    def _chances(self) -> Any:
        """(T, J) the mechanism's probabilities."""
        sample = self.draws.facts.sample
        errors = np.asarray(sample.errors)
        if not sample.exact:
            scores = float(self.world.base) ** -(errors - errors.min(axis=1, keepdims=True))
            return scores / scores.sum(axis=1, keepdims=True)
        scores = np.array([[self.world.base ** -int(k) for k in row] for row in errors], object)
        return scores / scores.sum(axis=1, keepdims=True)

    @property
    def weights(self) -> Any:
        """(T J,) the probability of each sample with each choice."""
        return (self.draws.weights[:, None] * self._chances).ravel()

    @property
    def empirical_risk(self) -> Any:
        """(T J, P) mean losses on the sample, averaged over each posterior."""
        return self._repeated(self.draws.empirical_risk)

    @cached_property
    def privacy_epsilon(self) -> Any:
        """2 ln(base)."""
        return self.draws.facts.sample.number(log, self.world.base**2)

    @cached_property
    def kl(self) -> Any:
        """(T J, P) relative entropies to the prior that was chosen."""
        posteriors = self.draws.facts.family.posteriors
        priors = concentrated_priors(self._chances.shape[1], self.world.concentrated)
        table = np.empty((len(priors), len(posteriors)), object)
        for (j, prior), (i, row) in product(enumerate(priors), enumerate(posteriors)):
            table[j, i] = divergence(kl_of_shares, row, prior)
        table = table if self.draws.facts.exact else table.astype(float)
        return np.tile(table, (len(self._chances), 1))


# --- the mistake


@dataclass(frozen=True)
class LearnedPrior(World):
    """Prior and posterior are both uniform on the hypotheses of least empirical risk: KL = 0.

    A prior may not rest on the n observations that the bound counts: here it does. A bound that
    fails here is not refuted, its condition `prior_before_sample` is shown to matter.
    """

    title = "learned-prior"
    breaks: ClassVar[tuple[str, ...]] = (
        "prior_before_sample", "priors_before_sample", "private_prior",
    )  # fmt: skip
    """Conditions that do not hold here."""
    demands: ClassVar[dict[str, str]] = {"scope": "every_posterior"}
    """The fields of a claim that a theorem must have to speak of this world."""
    world: FiniteWorld

    @property
    def sentence(self) -> str:
        """The world beneath and what the prior is."""
        return f"prior and posterior on the least empirical risks, {self.world.sentence}"

    def outcomes(self, n: int, exact: bool = False) -> LearnedDraws:
        """The outcomes of the world beneath."""
        return LearnedDraws(self.world.outcomes(n, exact))


class LearnedDraws(Draws):
    """Outcomes of a finite world with one posterior each: (T, 1) facts."""

    def __init__(self, draws: FiniteDraws, **facts: Any) -> None:
        self.__dict__.update(draws=draws, n=draws.sample.n, given=facts, **facts)

    def knowing(self, **facts: Any) -> LearnedDraws:
        """The same outcomes with further facts."""
        return LearnedDraws(self.draws, **self.given | facts)

    def under(self, law: Any) -> LearnedDraws:
        """The same outcomes under another law."""
        return LearnedDraws(self.draws.under(law), **self.given)

    kl = chi2 = renyi = 0

    def outcome(self, t: int) -> str:
        """The counts of the cells."""
        return str(self.draws.outcome(t))

    @property
    def weights(self) -> Any:
        """The probability of each outcome."""
        return self.draws.weights

    @cached_property
    def empirical_risk(self) -> Any:
        """(T, 1) the least empirical risk."""
        return self.draws.sample.empirical_risk.min(axis=1, keepdims=True)

    @cached_property
    def risk(self) -> Any:
        """(T, 1) the mean risk of the hypotheses of least empirical risk."""
        best = self.draws.sample.empirical_risk <= self.empirical_risk + self._slack
        total = (best * self.draws.risk).sum(axis=1, keepdims=True)
        return total / best.sum(axis=1, keepdims=True)

    @property
    def _slack(self) -> Any:
        """What floats need to see a tie."""
        return 0 if self.draws.sample.exact else 1e-12


# --- small worlds that are hard


def several_prior_worlds() -> Iterator[tuple[SeveralPriors, int]]:
    """Small worlds whose priors nearly know the answer."""
    for world, n in _small_worlds():
        for share in ("1/2", "99/100"):
            yield SeveralPriors(world, share), n


def private_worlds() -> Iterator[tuple[PrivatePrior, int]]:
    """Small worlds with little and with much privacy."""
    for world, n in _small_worlds():
        for base in ("101/100", "5/4"):
            yield PrivatePrior(world, base, "99/100"), n


def _small_worlds() -> Iterator[tuple[Posteriors, int]]:
    for law, losses in (
        (("1/2", "1/2"), ((1, 0), (0, 1))),
        (("1/3",) * 3, ((0, 1, 1), (1, 0, 1), (1, 1, 0))),
    ):
        for n in (2, 8, 25):
            yield Posteriors(FiniteWorld(law, losses), resolution=6, tilts=2), n
