"""One hypothesis drawn from a posterior that an adversary made for each sample.

A bound for the drawn hypothesis takes its own density in place of KL: it is hard where the
posterior gives just so much mass to the hypotheses that deviate that the bound still fails there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, ClassVar

import numpy as np

from genbounds.enclosing import exactly
from genbounds.generic import log
from genbounds.referee.draws import Draws, Irrational
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import FiniteDraws, FiniteWorld
from genbounds.referee.worlds.posteriors import NEAR_KL, divergence, renyi_of_shares

RULES = ("budget", "restricted")
_SAFETY = 1e-9


@dataclass(frozen=True)
class DrawnHypothesis(World):
    """A finite world where each sample has a posterior that an adversary made, one draw from it.

    By the rule `budget` a hypothesis of prior p gets the share p e^(n kl(R_n, R)) times `strength`
    while the whole lasts, the largest deviations first, and what is left goes to those that do not
    deviate: against a budget ln(1/strength), each of the first kind just fails. By the rule
    `restricted` the posterior is the prior on the hypotheses that deviate most. Only R > R_n counts
    as a deviation. Shares are multiples of 1/denominator.

    >>> coin = FiniteWorld(("1/2", "1/2"), ((1, 0), (0, 0)), prior=("9/10", "1/10"))
    >>> DrawnHypothesis(coin, strength="1/10").outcomes(2)["posterior"][0]
    array([0.359999, 0.640001])
    """

    title = "drawn-hypothesis"
    demands: ClassVar[dict[str, str]] = {"scope": "posterior_draw"}
    """The fields of a claim that a theorem must have to speak of this world."""
    world: FiniteWorld
    rule: str = "budget"
    strength: Any = Fraction(1, 10)
    denominator: int = 10**6

    def __post_init__(self) -> None:
        strength = Fraction(exactly(self.strength))
        faults = []
        if self.rule not in RULES:
            faults.append(f"rule must be one of {', '.join(RULES)}, got {self.rule!r}")
        if strength <= 0:
            faults.append(f"strength must be above 0, got {self.strength!r}")
        if self.denominator != int(self.denominator) or not 1 <= self.denominator <= 10**12:
            faults.append(f"denominator must be an integer in [1, 10^12], got {self.denominator!r}")
        if faults:
            raise ValueError("; ".join(faults))
        object.__setattr__(self, "strength", strength)

    @property
    def sentence(self) -> str:
        """The world and the adversary's rule."""
        how = f" with strength {self.strength}" if self.rule == "budget" else ""
        return f"one hypothesis drawn by the rule {self.rule}{how} from {self.world.sentence}"

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """Samples of the world beneath."""
        return DrawnHypothesisDraws(self, self.world.draw(n, trials, rng))  # type: ignore[arg-type]

    def outcomes(self, n: int, exact: bool = False) -> DrawnHypothesisDraws:
        """The outcomes of the world beneath."""
        return DrawnHypothesisDraws(self, self.world.outcomes(n, exact))

    @property
    def prior(self) -> tuple[Fraction, ...]:
        """The prior, uniform unless the world has another."""
        K = len(self.world.losses)
        return self.world.prior or (Fraction(1, K),) * K

    def numerators(self, deviations: Any) -> Any:
        """(T, K) shares times the denominator, from n kl(R_n, R) where R > R_n, else 0."""
        prior = np.array(self.prior, float)
        if self.rule == "restricted":
            most = deviations >= deviations.max(axis=1, keepdims=True) - _SAFETY
            wanted = np.where(most, prior, 0)
            return self._filled(wanted / wanted.sum(axis=1, keepdims=True), most)
        with np.errstate(over="ignore"):
            wanted = float(self.strength) * prior * np.exp(deviations) * (1 - _SAFETY)
        return self._filled(np.where(deviations > 0, wanted, 0), deviations <= 0)

    def _filled(self, wanted: Any, harmless: Any) -> Any:
        """Grant the largest wishes first; a harmless hypothesis gets the rest if there is one."""
        whole, order = self.denominator, np.argsort(-wanted, axis=1, kind="stable")
        asked = np.take_along_axis(wanted, order, axis=1)
        asked = np.floor(np.minimum(asked, 1) * whole).astype(np.int64)
        before = np.cumsum(asked, axis=1) - asked
        granted = np.zeros_like(asked)
        np.put_along_axis(granted, order, np.clip(whole - before, 0, asked), axis=1)
        home = np.where(harmless.any(axis=1), harmless.argmax(axis=1), wanted.argmin(axis=1))
        granted[np.arange(len(granted)), home] += whole - granted.sum(axis=1)
        return granted


class DrawnHypothesisDraws(Draws):
    """Outcomes of a finite world, each with the posterior that a hypothesis is drawn from."""

    def __init__(self, world: DrawnHypothesis, draws: FiniteDraws, **facts: Any) -> None:
        self.__dict__.update(world=world, draws=draws, given=facts, **facts)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or "draws" not in self.__dict__:
            raise AttributeError(name)
        return getattr(self.draws, name)

    def under(self, law: Any) -> DrawnHypothesisDraws:
        """The same outcomes under another law, which the adversary knows."""
        return DrawnHypothesisDraws(self.world, self.draws.under(law), **self.given)

    def knowing(self, **facts: Any) -> DrawnHypothesisDraws:
        """The same outcomes with further facts."""
        return DrawnHypothesisDraws(self.world, self.draws.knowing(**facts), **self.given | facts)

    @property
    def weights(self) -> Any:
        """The probability of each outcome."""
        return self.draws.weights

    @property
    def empirical_risk(self) -> Any:
        """(T, K) mean losses on the sample."""
        return self.draws.sample.empirical_risk

    def outcome(self, t: int) -> str:
        """The counts of the cells and the posterior that was made for them."""
        shares = ", ".join(f"{k}/{self.world.denominator}" for k in self.numerators[t])
        return f"{self.draws.outcome(t)}, posterior {shares}"

    def chance(self, hit: Any) -> Any:
        """The mean over the outcomes of the largest entry of `hit`, shares of the posterior."""
        worst = np.asarray(hit).max(axis=1)
        return worst.mean() if self.weights is None else (self.weights * worst).sum()

    @cached_property
    def numerators(self) -> Any:
        """(T, K) shares of the posteriors times the denominator."""
        seen, true = (np.asarray(x, float) for x in (self.empirical_risk, self.draws.risk))
        return self.world.numerators(self.n * deviation(seen, np.broadcast_to(true, seen.shape)))

    @cached_property
    def posterior(self) -> Any:
        """(T, K) posteriors."""
        if not self.exact:
            return self.numerators / self.world.denominator
        return _table(lambda k: Fraction(int(k), self.world.denominator), self.numerators)

    @cached_property
    def log_density_ratio(self) -> Any:
        """(T, K) ln(posterior/prior); 0 where the posterior has no mass, which is never drawn."""
        if not self.exact:
            ratio = self.posterior / np.array(self.world.prior, float)
            return np.log(np.where(ratio > 0, ratio, 1))
        rows = self.posterior / np.array(self.world.prior, object)
        return _table(lambda x: Fraction(0) if x in (0, 1) else Irrational(log, (x,)), rows)

    @cached_property
    def renyi(self) -> Any:
        """(T, 1) Renyi divergences of the posteriors from the prior, of order `renyi_order`."""
        order = Fraction(exactly(self.given.get("renyi_order", NEAR_KL)))
        rows = np.unique(self.numerators, axis=0, return_inverse=True)
        shares = ([Fraction(int(k), self.world.denominator) for k in row] for row in rows[0])
        found = np.empty(len(rows[0]), object)
        found[:] = [divergence(renyi_of_shares, tuple(q), self.world.prior, order) for q in shares]
        column = found[np.ravel(rows[1])][:, None]
        return column if self.exact else column.astype(float)


def deviation(empirical_risk: Any, risk: Any) -> Any:
    """kl(R_n, R) where R > R_n, else 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.where(empirical_risk > 0, empirical_risk * np.log(empirical_risk / risk), 0)
        rest = (1 - empirical_risk) * np.log((1 - empirical_risk) / (1 - risk))
    return np.where(risk > empirical_risk, np.maximum(seen + rest, 0), 0)


def _table(of: Any, values: Any) -> Any:
    table = np.empty(values.shape, object)
    table.ravel()[:] = [of(x) for x in values.ravel()]
    return table


# --- small worlds that are hard


def drawn_worlds(delta: Any) -> Iterator[tuple[DrawnHypothesis, int]]:
    """Small worlds, each with a sample size, against bounds whose budget grows by ln(1/delta)."""
    delta = Fraction(exactly(delta))
    for losses, law, prior in _SHAPES:
        world = FiniteWorld(law, losses, prior=prior)
        for n in (1, 2, 5, 12):
            spent = [delta / scale for scale in (1, 2 * math.isqrt(n), 4 * n)]
            for strength in (*spent, delta**2):
                yield DrawnHypothesis(world, strength=strength), n
            yield DrawnHypothesis(world, "restricted"), n


_SHAPES = (
    (((1, 0), (0, 0)), ("1/2", "1/2"), ("9/10", "1/10")),
    (((1, 0), (0, 1)), ("1/2", "1/2"), None),
    (((1, 1, 0, 0), (1, 0, 1, 0), (0, 0, 0, 0)), ("1/4",) * 4, None),
)  # fmt: skip
"""Losses of each hypothesis, law, prior."""
