"""What was chosen after looking: a model, a bound, a time to stop, an order; and small populations.

A limit at delta is for one number that was fixed in advance. The best of several is none, a limit
that is quoted at a time of one's choice is none, and neither is the smaller of two limits that rest
on different data.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import comb
from typing import Any, ClassVar

import numpy as np

from genbounds.bounds.concentration import chernoff, hoeffding
from genbounds.bounds.sequential import MONITORED
from genbounds.bounds.test_set import clopper_pearson
from genbounds.bounds.without_replacement import DRAWN
from genbounds.claims import FIXED
from genbounds.declaration import Bound, bound
from genbounds.generic import betting_upper, binomial_tail_inverse, log_ratio, minimum, sqrt, total
from genbounds.referee.draws import Draws
from genbounds.referee.mistakes.base import Mistake, claimed
from genbounds.referee.worlds.adaptive import BestOf
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.error_counts import by_errors, in_kind
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.paths import Paths
from genbounds.referee.worlds.populations import Population
from genbounds.referee.worlds.sequences import Sequences


def of_the_best(theorem: Bound) -> Bound:
    """A limit for one model at delta, quoted for the best of several."""
    why = "the best of k models needs ln(k/delta)"
    return claimed(theorem, f"{theorem.name}_of_the_best", why, scope="several_hypotheses")


def at_every_look(theorem: Bound) -> Bound:
    """A limit for one n, quoted at every n."""
    why = "every look costs its share of delta"
    return claimed(theorem, f"{theorem.name}_at_every_look", why, time="every_n")


# --- the smaller of two limits


@bound(
    FIXED._replace(loss="zero_one"), source="ClopperPearson1934", status="refuted",
    why="two limits on different data are two events: each has delta/2",
)  # fmt: skip
def smaller_of_two_halves(losses: Any, delta: Any) -> Any:
    """The smaller of the exact limits of the first and of the second half of the test set."""
    half, budget = len(losses) // 2, log_ratio(1, delta)

    def limit(part: Any) -> Any:
        return binomial_tail_inverse(total(lambda x: x, part), half, budget)

    return minimum(limit(losses[:half]), limit(losses[half : 2 * half]))


# --- a test that ends when it likes


@bound(
    MONITORED, source="Wald1945", status="refuted", given=("simple_hypotheses",),
    fixed=("power_error",), why="it neglects the overshoot: ln(1/delta) is what is proved",
)  # fmt: skip
def sequential_test_approximated(power_error: Any, delta: Any) -> Any:
    """Wald's upper threshold, ln((1 - beta)/delta)."""
    return log_ratio(1 - power_error, delta)


# --- the order of the losses


@bound(
    FIXED, source="WaudbySmithRamdas2024, Theorem 3", status="refuted", fixed=("betting_cap",),
    expression=False, why="bets may rest on earlier losses only: sorted ones tell what is to come",
)  # fmt: skip
def betting_on_sorted_losses(losses: Any, betting_cap: Any, delta: Any) -> Any:
    """The betting bound for losses in whatever order."""
    return betting_upper(losses, log_ratio(1, delta), betting_cap)


@dataclass(frozen=True)
class SortedLosses(World):
    """Independent errors with probability `risk`, handed over sorted: the errors come last."""

    breaks: ClassVar[tuple[str, ...]] = ("order_kept",)
    """The conditions of a theorem that do not hold here."""
    risk: str

    @property
    def sentence(self) -> str:
        """The risk, and the order."""
        return f"independent errors with probability {self.risk}, sorted: the errors come last"

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """The numbers of errors, each with the one order in which its losses are handed over."""
        p, losses = in_kind(Fraction(self.risk), exact), np.empty((n + 1, 1), object)
        for k in range(n + 1):
            losses[k, 0] = (0,) * (n - k) + (1,) * k
        law = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        weights = np.array(law, object if exact else float)
        return by_errors(n, weights, risk=p, losses=losses)


# --- a finite population


@bound(
    DRAWN, source="BardenetMaillard2015, Corollary 2.5", status="refuted", additive=True,
    why="(1 - n/N)(1 + 1/n) is proved, and 1 - (n - 1)/N up to one half",
)  # fmt: skip
def unseen_share(empirical_risk: Any, n: Any, population_size: Any, delta: Any) -> Any:
    """Hoeffding's radius times sqrt(1 - n/N), at every n."""
    unseen = (population_size - n) / population_size
    return empirical_risk + sqrt(unseen * log_ratio(1, delta) / (2 * n))


MISTAKES = (
    Mistake(
        "clopper_pearson_of_the_best",
        "the limit at delta of the winner on the test set is quoted",
        of_the_best(clopper_pearson), "0.05", 5, BestOf(risk="1/2", n_hypotheses=10),
    ),
    Mistake(
        "clopper_pearson_of_the_better_of_two",
        "the limit at delta of the winner is quoted; exactly one of the models errs on each point",
        of_the_best(clopper_pearson), "0.05", 5,
        FiniteWorld(law=("1/2", "1/2"), losses=((1, 0), (0, 1))),
    ),
    Mistake(
        "hoeffding_of_the_best",
        "the bound at delta of the winner on the test set is quoted",
        of_the_best(hoeffding), "0.05", 6, BestOf(risk="1/2", n_hypotheses=10),
    ),
    Mistake(
        "chernoff_of_the_best",
        "the bound at delta of the winner is quoted; exactly one of the models errs on each point",
        of_the_best(chernoff), "0.05", 8,
        FiniteWorld(law=("1/3",) * 3, losses=((1, 0, 0), (0, 1, 0), (0, 0, 1))),
    ),
    Mistake(
        "smaller_of_two_halves",
        "the test set is split in two, and the half with the smaller limit is quoted",
        smaller_of_two_halves, "0.05", 10, Sequences(values=(0, 1), law=("1/2", "1/2")),
    ),
    Mistake(
        "clopper_pearson_at_every_look",
        "the limit at delta is quoted at the time of one's choice, up to the fifth observation",
        at_every_look(clopper_pearson), "0.05", 5, Paths(risk="2/3"),
    ),
    Mistake(
        "chernoff_at_every_look",
        "the bound at delta is quoted at the time of one's choice, up to the 11th observation",
        at_every_look(chernoff), "0.05", 11, Paths(risk="2/3"),
    ),
    Mistake(
        "hoeffding_at_every_look",
        "the bound at delta is quoted at the time of one's choice, up to the 60th observation",
        at_every_look(hoeffding), "0.05", 60, Paths(risk="1/2"),
    ),
    Mistake(
        "sequential_test_approximated",
        "the likelihood ratio stays below (1 - beta)/delta, beta = 1/5",
        sequential_test_approximated, "0.05", 1, Paths(risk="3/50", alternative="97/100"),
        {"power_error": Fraction(1, 5)},
    ),
    Mistake(
        "betting_on_sorted_losses",
        "the losses of a test set are handed over sorted, the errors last",
        betting_on_sorted_losses, "0.1", 24, SortedLosses(risk="0.72"),
        {"betting_cap": Fraction(9, 10)},
    ),
    Mistake(
        "unseen_share",
        "Hoeffding's variance is reduced by the share of the population that was seen",
        unseen_share, "0.15", 2, Population(losses=(1, 1, 0, 0)),
    ),
    Mistake(
        "unseen_share_of_six",
        "Hoeffding's variance is reduced by the share of the population that was seen",
        unseen_share, "0.0499", 3, Population(losses=(1, 1, 1, 0, 0, 0)),
        why="below exp(-3) no population of up to 80 members shows it",
    ),
)  # fmt: skip
