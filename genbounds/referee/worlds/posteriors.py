"""Posteriors over the hypotheses of a finite world: what PAC-Bayes bounds speak of.

A PAC-Bayes bound holds for all posteriors at once, so each instance here is one distribution over
the hypotheses, and the supremum over a finite set of them is a lower bound on the failure that any
data-dependent posterior can cause. Averages over a posterior are exact, divergences are functions
of fractions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np

from genbounds.enclosing import exactly
from genbounds.generic import log, power
from genbounds.referee.draws import Draws, Irrational, compositions
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import FiniteDraws, FiniteWorld

MOST_POSTERIORS = 20_000
NEAR_KL = Fraction(11, 10)
"""The order of the Renyi divergence where none is given: close to 1, where it is smallest."""
_AVERAGED = frozenset(
    ("empirical_risk", "second_moment", "sample_variance", "biased_variance", "positive_part",
     "negative_part")
)  # fmt: skip
_SHARED = frozenset(("n", "exact", "counts", "coefficients", "split_point"))


@dataclass(frozen=True)
class Posteriors(World):
    """A finite world whose instances are posteriors: all with shares in multiples of 1/resolution.

    `tilts` adds the prior with its shares halved up to so many times each, which comes close to
    every Gibbs posterior; `listed` adds rows of K shares. `choices` names parameters that may be
    chosen after the sample, each with its values: an instance is a posterior with one of each.

    >>> coins = FiniteWorld(law=("1/2", "1/2"), losses=((1, 0), (0, 1)))
    >>> Posteriors(coins, resolution=2).outcomes(1)["risk"]
    array([[0.5, 0.5, 0.5]])
    """

    title = "posteriors"
    world: FiniteWorld
    resolution: int = 1
    tilts: int = 0
    listed: tuple[tuple[Any, ...], ...] = ()
    choices: tuple[tuple[str, tuple[Any, ...]], ...] = ()

    def __post_init__(self) -> None:
        rows = tuple(tuple(Fraction(exactly(x)) for x in row) for row in self.listed)
        choices = tuple(
            (name, tuple(Fraction(exactly(x)) for x in values)) for name, values in self.choices
        )
        K = len(self.world.losses)
        faults = [
            f"{name} must be an integer at least {least}, got {value!r}"
            for name, value, least in (("resolution", self.resolution, 1), ("tilts", self.tilts, 0))
            if value != int(value) or value < least
        ]
        if any(len(row) != K or min(row) < 0 or sum(row) != 1 for row in rows):
            faults.append(f"listed must hold rows of {K} shares, at least 0, that add up to 1")
        if any(not values for _, values in choices):
            faults.append("choices must hold a name and at least one value each")
        if not faults and self._count(K) > MOST_POSTERIORS:
            faults.append(f"resolution and tilts make over {MOST_POSTERIORS} posteriors")
        if faults:
            raise ValueError("; ".join(faults))
        object.__setattr__(self, "listed", rows)
        object.__setattr__(self, "choices", choices)

    def _count(self, K: int) -> int:
        grid = math.comb(self.resolution + K - 1, K - 1)
        return grid + int((self.tilts + 1) ** K - self.tilts**K)

    @property
    def demands(self) -> dict[str, str]:
        """The fields of a claim that a theorem must have to speak of this world."""
        zero_one = all(x in (0, 1) for row in self.world.losses for x in row)
        return {"scope": "every_posterior", "loss": "zero_one" if zero_one else "unit"}

    @property
    def sentence(self) -> str:
        """Which posteriors are looked at, and the world."""
        more = [f"the prior with shares halved up to {self.tilts} times"] if self.tilts else []
        more += [f"{' '.join(map(str, row))}" for row in self.listed]
        more += [f"each {name} of {', '.join(map(str, x))}" for name, x in self.choices]
        grid = f"posteriors in multiples of 1/{self.resolution}"
        return f"{'; '.join([grid, *more])}; over {self.world.sentence}"

    @property
    def prior(self) -> tuple[Fraction, ...]:
        """The prior, uniform unless the world has another."""
        K = len(self.world.losses)
        return self.world.prior or (Fraction(1, K),) * K

    @property
    def posteriors(self) -> tuple[tuple[Fraction, ...], ...]:
        """The distinct posteriors, K shares each; the prior is the first."""
        steps = compositions(self.resolution, len(self.prior)).tolist()
        grid = (tuple(Fraction(k, self.resolution) for k in row) for row in steps)
        return tuple(
            dict.fromkeys([self.prior, *grid, *tilted(self.prior, self.tilts), *self.listed])
        )

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Samples of the world beneath."""
        return self._over(self.world.draw(n, trials, rng))

    def outcomes(self, n: int, exact: bool = False) -> PosteriorDraws:
        """The outcomes of the world beneath."""
        return self._over(self.world.outcomes(n, exact))

    def _over(self, draws: Any) -> PosteriorDraws:
        return PosteriorDraws(PosteriorFacts(draws.sample, Family.of(self)), draws)


def tilted(prior: tuple[Fraction, ...], tilts: int) -> Iterator[tuple[Fraction, ...]]:
    """The prior with each share halved 0 to `tilts` times, one of them not at all, and rescaled."""
    for halvings in product(range(tilts + 1), repeat=len(prior)):
        if min(halvings) == 0:
            row = [p / 2**k for p, k in zip(prior, halvings, strict=True)]
            yield tuple(x / sum(row) for x in row)


# --- divergences


def kl_of_shares(*pairs: Any) -> Any:
    """KL of q_1, p_1, q_2, p_2, ..., in any arithmetic."""
    halves = zip(pairs[::2], pairs[1::2], strict=True)
    return sum(q * log(q / p) for q, p in halves)


def renyi_of_shares(order: Any, *pairs: Any) -> Any:
    """The Renyi divergence of q_1, p_1, q_2, p_2, ..., in any arithmetic."""
    halves = zip(pairs[::2], pairs[1::2], strict=True)
    return log(sum(p * power(q / p, order) for q, p in halves)) / (order - 1)


def divergence(
    of: Any, posterior: tuple[Fraction, ...], prior: tuple[Fraction, ...], *first: Fraction
) -> Any:
    """An exact divergence: 0 of the prior itself, infinite where the prior has no mass."""
    both = [(q, p) for q, p in zip(posterior, prior, strict=True) if q > 0]
    if any(p == 0 for _, p in both):
        return math.inf
    if posterior == prior:
        return Fraction(0)
    return Irrational(of, (*first, *(x for pair in both for x in pair)))


def _chi2(posterior: tuple[Fraction, ...], prior: tuple[Fraction, ...]) -> Any:
    both = [(q, p) for q, p in zip(posterior, prior, strict=True) if q > 0]
    return math.inf if any(p == 0 for _, p in both) else sum(q * q / p for q, p in both) - 1


class Family:
    """The instances: P posteriors, each crossed with the values of the free parameters."""

    def __init__(self, prior: Any, posteriors: Any, choices: Any = ()) -> None:
        self.prior, self.names = prior, tuple(name for name, _ in choices)
        crossed = list(product(posteriors, *(values for _, values in choices)))
        self.posteriors = [row for row, *_ in crossed]
        self.values = [tuple(rest) for _, *rest in crossed]

    @classmethod
    def of(cls, world: Posteriors) -> Family:
        """The instances of a world."""
        return cls(world.prior, world.posteriors, world.choices)

    def parameter(self, name: str) -> list[Any]:
        """The value of a free parameter at each instance."""
        return [row[self.names.index(name)] for row in self.values]

    @cached_property
    def kl(self) -> list[Any]:
        """Relative entropies to the prior."""
        return [divergence(kl_of_shares, row, self.prior) for row in self.posteriors]

    def renyi(self, order: Fraction) -> list[Any]:
        """Renyi divergences from the prior."""
        return [divergence(renyi_of_shares, row, self.prior, order) for row in self.posteriors]

    @cached_property
    def chi2(self) -> list[Any]:
        """Chi-square divergences from the prior."""
        pairs = (list(zip(row, self.prior, strict=True)) for row in self.posteriors)
        return [
            math.inf
            if any(q > 0 == p for q, p in both)
            else sum(q * q / p for q, p in both if q) - 1
            for both in pairs
        ]


class PosteriorFacts:
    """Facts of the samples, averaged over each posterior as the theorems average them."""

    def __init__(self, sample: Any, family: Family, **facts: Any) -> None:
        self.sample, self.family, self.given = sample, family, facts
        self.__dict__.update(facts)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "sample" not in self.__dict__:
            raise AttributeError(name)
        if name in self.family.names:
            found = self.row(self.family.parameter(name))
        elif name in _AVERAGED:
            found = self.mean(getattr(self.sample, name))
        elif name in _SHARED:
            found = getattr(self.sample, name)
        else:
            raise AttributeError(name)
        self.__dict__[name] = found
        return found

    def knowing(self, **facts: Any) -> PosteriorFacts:
        """The same samples with further facts."""
        return PosteriorFacts(self.sample.knowing(**facts), self.family, **self.given | facts)

    def row(self, values: list[Any]) -> Any:
        """(1, P) numbers, one for each instance; in floats unless exact."""
        if self.exact:
            row = np.empty((1, len(values)), object)
            row[0, :] = values
            return row
        return np.array([[float(x) for x in values]])

    def mean(self, values: Any) -> Any:
        """(T, P) averages over each posterior of (T, K) values."""
        return values @ self.shares.T

    @cached_property
    def shares(self) -> Any:
        """(P, K) posteriors."""
        return np.array(self.family.posteriors, object if self.exact else float)

    @cached_property
    def kl(self) -> Any:
        """(1, P) relative entropies to the prior."""
        return self.row(self.family.kl)

    @cached_property
    def chi2(self) -> Any:
        """(1, P) chi-square divergences from the prior."""
        return self.row(self.family.chi2)

    @cached_property
    def renyi(self) -> Any:
        """(1, P) Renyi divergences from the prior, of order `renyi_order`."""
        return self.row(
            self.family.renyi(Fraction(exactly(self.given.get("renyi_order", NEAR_KL))))
        )

    @cached_property
    def n_candidates(self) -> int:
        """How many values of the free parameters one chooses among."""
        return len(set(self.family.values))

    @cached_property
    def lowest_loss(self) -> Any:
        """The least loss of the world."""
        return self.sample.losses.min()

    @cached_property
    def highest_loss(self) -> Any:
        """The largest loss of the world."""
        return self.sample.losses.max()

    @cached_property
    def upper_loss(self) -> Any:
        """The largest loss of the world; 1 where that is 0."""
        return self.highest_loss if self.highest_loss > 0 else self.highest_loss + 1

    @cached_property
    def variance_proxy(self) -> Any:
        """(b - a)^2/4 for losses in [a, b], or 1/4 for a constant loss."""
        width = self.highest_loss - self.lowest_loss
        return (width if width > 0 else width + 1) ** 2 / 4

    @cached_property
    def inverse_temperatures(self) -> tuple[Any, ...]:
        """One `inverse_temperature`, 1 unless given, for every observation."""
        return (self.given.get("inverse_temperature", 1),) * int(self.n)


class PosteriorDraws(Draws):
    """Outcomes of a finite world, for posteriors in place of hypotheses."""

    def __init__(self, facts: PosteriorFacts, draws: FiniteDraws) -> None:
        self.__dict__.update(facts=facts, draws=draws)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "facts" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.facts, name)

    def under(self, law: Any) -> PosteriorDraws:
        """The same outcomes under another law."""
        return PosteriorDraws(self.facts, self.draws.under(law))

    def knowing(self, **facts: Any) -> PosteriorDraws:
        """The same outcomes with further facts."""
        return PosteriorDraws(self.facts.knowing(**facts), self.draws) if facts else self

    def outcome(self, t: int) -> str:
        """The counts of the cells."""
        return str(self.draws.outcome(t))

    @property
    def weights(self) -> Any:
        """The probability of each outcome."""
        return self.draws.weights

    @property
    def empirical_risk(self) -> Any:
        """(T, P) mean losses on the sample, averaged over each posterior."""
        return self.facts.empirical_risk

    @cached_property
    def risk(self) -> Any:
        """(1, P) true risks, averaged over each posterior."""
        return self.facts.mean(self.draws.risk)

    @cached_property
    def variance(self) -> Any:
        """(1, P) true variances of the loss, averaged over each posterior."""
        return self.facts.mean(self.draws.variance)


# --- small worlds that are hard


def posterior_worlds() -> Iterator[tuple[Posteriors, int]]:
    """Small worlds, each with a sample size: the law is a start, `under` changes it."""
    for name, law, losses, prior in _SHAPES:
        world = FiniteWorld(law, losses, prior=prior)
        for n in _SIZES[name]:
            yield (
                Posteriors(
                    world, resolution=_RESOLUTIONS.get(len(losses), 1), tilts=2 * (len(losses) <= 3)
                ),
                n,
            )


_RESOLUTIONS = {1: 1, 2: 24, 3: 8}
_LABELINGS = tuple(tuple(i >> j & 1 for j in range(3)) for i in range(8))
_SHAPES = (
    ("one coin", ("1/2", "1/2"), ((1, 0),), None),
    ("a coin and a safe choice", ("1/2", "1/2"), ((1, 0), (0, 0)), None),
    ("a coin with nearly all the prior", ("9/10", "1/10"), ((1, 0), (0, 0)), ("9/10", "1/10")),
    ("two opposite hypotheses", ("1/2", "1/2"), ((1, 0), (0, 1)), None),
    ("two independent coins", ("1/4",) * 4, ((0, 0, 1, 1), (0, 1, 0, 1)), None),
    ("three singletons", ("1/3",) * 3, ((1, 0, 0), (0, 1, 0), (0, 0, 1)), None),
    ("all labelings of three points", ("1/3",) * 3, _LABELINGS, None),
    ("losses of three values", ("1/10", "4/5", "1/10"), ((0, "1/2", 1), (1, "1/2", 0)), None),
)  # fmt: skip
"""Name, law over the cells, losses of each hypothesis, prior."""
_SIZES = {name: (2, 6, 12) if len(law) > 2 else (1, 4, 30) for name, law, *_ in _SHAPES}
