"""Mistakes with PAC-Bayes bounds: what may be chosen after the sample, and at which price.

Catoni's bound has ln(1/delta) for a C fixed in advance. With the best C after the sample it is the
kl inverse at (KL + ln(1/delta))/n: false on both sides at once and for a drawn hypothesis, open on
one side.
"""

from __future__ import annotations

from typing import Any

from genbounds.bounds.pac_bayes import pac_bayes_kl
from genbounds.bounds.pac_bayes_extensions import DRAW
from genbounds.claims import Claim
from genbounds.declaration import Bound, bound
from genbounds.generic import kl_inverse_lower, kl_inverse_upper, log_ratio, maximum, sqrt, where
from genbounds.referee.mistakes.base import Mistake, coin
from genbounds.referee.worlds.drawn import DrawnHypothesis
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.occupancy import AllLabelings
from genbounds.referee.worlds.posteriors import Posteriors

POSTERIOR = Claim(scope="every_posterior")
PRIOR = ("prior_before_sample",)
VOTES = Claim(scope="every_hypothesis", loss="zero_one")


@bound(
    POSTERIOR._replace(side="both"), source="Catoni2007, Theorem 1.2.6", status="refuted",
    given=PRIOR, why="each side has its own event, and C must be fixed or paid for",
)  # fmt: skip
def catoni_both_sides(empirical_risk: Any, risk: Any, kl: Any, n: Any, delta: Any) -> Any:
    """Catoni's bounds from above and below at the best C: the end on the side of the risk."""
    budget = (kl + log_ratio(1, delta)) / n
    return where(
        risk >= empirical_risk,
        lambda: kl_inverse_upper(empirical_risk, budget),
        lambda: 2 * empirical_risk - kl_inverse_lower(empirical_risk, budget),
    )


@bound(
    POSTERIOR, source="Catoni2007, Theorem 1.2.6", status="printed", given=PRIOR,
    why="neither proved nor refuted: C is fixed in the theorem, and chosen after the sample here",
)  # fmt: skip
def catoni_best_c(empirical_risk: Any, kl: Any, n: Any, delta: Any) -> Any:
    """Catoni's bound at the C that is best on the sample, without a share of delta for each."""
    return kl_inverse_upper(empirical_risk, (kl + log_ratio(1, delta)) / n)


@bound(
    DRAW, source="Catoni2007", status="refuted", given=PRIOR,
    why="e^(n kl) has a mean of up to xi(n) over the sample: ln(2 sqrt n/delta) pays for it",
)  # fmt: skip
def drawn_at_one_delta(empirical_risk: Any, log_density_ratio: Any, n: Any, delta: Any) -> Any:
    """`rivasplata` with ln(1/delta) in place of ln(2 sqrt n/delta)."""
    budget = maximum(0, log_density_ratio + log_ratio(1, delta))
    return kl_inverse_upper(empirical_risk, budget / n)


prior_from_the_sample = Bound(
    pac_bayes_kl.formula, POSTERIOR, name="prior_from_the_sample", source=pac_bayes_kl.source,
    status="refuted",
    why="a prior that saw observations may sit on the hypothesis that errs on all the others; "
    "only the observations that it did not see count in n",
)  # fmt: skip


@bound(
    VOTES, source="MasegosaLorenzenIgelSeldin2020", status="refuted", given=PRIOR,
    why="pairs of voters are drawn from Q x Q, whose divergence is twice KL",
)  # fmt: skip
def tandem_with_one_kl(tandem_risk: Any, kl: Any, n: Any, delta: Any) -> Any:
    """The tandem bound for a majority vote with KL in place of 2 KL."""
    return 4 * kl_inverse_upper(tandem_risk, _price(kl, n, delta) / n)


@bound(
    VOTES, source="MasegosaLorenzenIgelSeldin2020", status="refuted", given=PRIOR,
    why="Gibbs risk and disagreement have an event each: ln(4 sqrt n/delta) for both",
)  # fmt: skip
def disagreement_on_one_event(
    empirical_risk: Any, disagreement: Any, kl: Any, n: Any, delta: Any
) -> Any:
    """The disagreement bound for a majority vote with ln(2 sqrt n/delta) in both terms."""
    gibbs = kl_inverse_upper(empirical_risk, _price(kl, n, delta) / n)
    return 4 * gibbs - 2 * kl_inverse_lower(disagreement, _price(2 * kl, n, delta) / n)


def _price(kl: Any, n: Any, delta: Any) -> Any:
    return kl + log_ratio(2 * sqrt(n), delta)


COIN_OR_NOTHING = FiniteWorld(("3/5", "2/5"), ((1, 0), (0, 0)), prior=("9/10", "1/10"))
OF_FOUR = "too loose to tell: where one voter decides, the factor 4 is given away"

MISTAKES = (
    Mistake(
        "catoni_both_sides", "Catoni's bound at the best C after the sample, on both sides",
        catoni_both_sides, "0.07", 4, Posteriors(coin("1/2")),
    ),
    Mistake(
        "drawn_at_one_delta", "one hypothesis drawn from the posterior costs ln(1/delta)",
        drawn_at_one_delta, "0.1", 2,
        DrawnHypothesis(COIN_OR_NOTHING, strength="1/10", denominator=1000),
    ),
    Mistake(
        "prior_from_the_sample", "a prior that saw the sample serves with all n observations",
        prior_from_the_sample, "0.1", 1, AllLabelings(21), {"kl": 0},
    ),
    Mistake(
        "catoni_best_c", "Catoni's bound at the best C after the sample", catoni_best_c, "0.05",
        slack=1.0, why="open: one coin without errors attains it, nothing is known to exceed it",
    ),
    Mistake(
        "tandem_with_one_kl", "the tandem bound holds with KL in place of 2 KL",
        tandem_with_one_kl, "0.05", slack=0.243, why=OF_FOUR,
    ),
    Mistake(
        "disagreement_on_one_event", "the disagreement bound holds with ln(2 sqrt n/delta)",
        disagreement_on_one_event, "0.05", slack=0.243, why=OF_FOUR,
    ),
)  # fmt: skip
