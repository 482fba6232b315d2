"""Slips that no world shows: they cost less than what their theorem gives away anyway.

None of them is proved either. The slack of each is the largest factor on its deviation that some
world refutes at its delta: what is above it is neither proved nor refuted.
"""

from __future__ import annotations

from typing import Any

from genbounds.bounds.variance import STD
from genbounds.bounds.without_replacement import DRAWN
from genbounds.claims import FIXED
from genbounds.declaration import bound
from genbounds.generic import (
    ONE,
    beta_quantile,
    kl_inverse_lower,
    kl_inverse_upper,
    log_ratio,
    maximum,
    minimum,
    sqrt,
    where,
)
from genbounds.referee.mistakes.base import Mistake
from genbounds.referee.mistakes.tails import hoeffding_both_sides


@bound(
    FIXED, source="MaurerPontil2009, Theorem 4", status="printed", additive=True,
    needs=("n >= 2",), why="the proof pays for two events",
)  # fmt: skip
def maurer_pontil_one_event(empirical_risk: Any, sample_variance: Any, n: Any, delta: Any) -> Any:
    """Maurer and Pontil's bound with ln(1/delta)."""
    return _maurer_pontil(empirical_risk, sample_variance, log_ratio(1, delta), n, n - 1)


@bound(
    FIXED, source="MaurerPontil2009, Theorem 4", status="printed", additive=True,
    needs=("n >= 2",), why="the proof is for the variance with divisor n - 1",
)  # fmt: skip
def maurer_pontil_biased(empirical_risk: Any, biased_variance: Any, n: Any, delta: Any) -> Any:
    """Maurer and Pontil's bound with the variance of divisor n (ddof=0)."""
    return _maurer_pontil(empirical_risk, biased_variance, log_ratio(2, delta), n, n - 1)


@bound(
    FIXED, source="MaurerPontil2009, Theorem 4", status="printed", additive=True,
    needs=("n >= 2",), why="the proof has n - 1 in the last term",
)  # fmt: skip
def maurer_pontil_by_n(empirical_risk: Any, sample_variance: Any, n: Any, delta: Any) -> Any:
    """Maurer and Pontil's bound with n for n - 1 in the last term."""
    return _maurer_pontil(empirical_risk, sample_variance, log_ratio(2, delta), n, n)


def _maurer_pontil(mean: Any, variance: Any, budget: Any, n: Any, divisor: Any) -> Any:
    return mean + sqrt(2 * variance * budget / n) + 7 * budget / (3 * divisor)


@bound(
    STD._replace(side="both"), source="MaurerPontil2009, Theorem 10", status="printed",
    needs=("n >= 2",), why="the two sides are separate events",
)  # fmt: skip
def std_both_sides(sample_variance: Any, n: Any, delta: Any) -> Any:
    """Maurer and Pontil's bound on the standard deviation, for both sides at one delta."""
    return sqrt(sample_variance) + sqrt(2 * log_ratio(1, delta) / (n - 1))


@bound(
    FIXED, source="WuSeldin2022, Theorem 4", status="printed", fixed=("split_point",),
    why="two inverses are two events: each has delta/2",
)  # fmt: skip
def split_kl_one_event(
    empirical_risk: Any, positive_part: Any, split_point: Any, n: Any, delta: Any
) -> Any:
    """The split-kl bound with ln(1/delta) in either inverse, for losses in [0, 1]."""
    budget, above = log_ratio(1, delta) / n, 1 - split_point
    negative_part = maximum(0, split_point + positive_part - empirical_risk)
    gain = above * kl_inverse_upper(minimum(1, positive_part / above), budget)
    loss = split_point * kl_inverse_lower(minimum(1, negative_part / split_point), budget)
    return split_point + gain - loss


@bound(
    FIXED, source="McAllester2003, with ln(2 sqrt n/delta)", status="printed", additive=True,
    why="for delta up to 1/2 a loss and no mistake: it is above ln(2 sqrt n/delta), far above "
    "where delta is small",
)  # fmt: skip
def misplaced_bracket(empirical_risk: Any, n: Any, delta: Any) -> Any:
    """sqrt(ln(2 sqrt n)/delta/(2n)), where ln(2 sqrt n/delta) was meant; KL is 0."""
    budget = log_ratio(2 * sqrt(n), ONE) / delta
    return empirical_risk + sqrt(budget / (2 * n))


@bound(
    FIXED, source="ClopperPearson1934", status="printed",
    why="the exact limit is for counts; for a sum of other losses nothing is proved",
)  # fmt: skip
def beta_of_a_mean(empirical_risk: Any, n: Any, delta: Any) -> Any:
    """The quantile of Beta(n r + 1, n - n r), r a mean of losses in [0, 1]."""
    return where(
        empirical_risk < 1,
        lambda: beta_quantile(n * empirical_risk + 1, n * (1 - empirical_risk), delta),
        lambda: empirical_risk,
    )


@bound(
    DRAWN, source="BardenetMaillard2015, Corollary 3.6", status="printed", additive=True,
    why="the corollary fails with probability 2 delta",
)  # fmt: skip
def bernstein_serfling_one_delta(
    empirical_risk: Any, variance: Any, n: Any, population_size: Any, delta: Any
) -> Any:
    """Bardenet and Maillard's Bernstein inequality with ln(1/delta)."""
    budget, left = log_ratio(1, delta), population_size - n
    early = 2 * n <= population_size
    unseen = where(
        early, lambda: (left + 1) / population_size,
        lambda: left * (n + 1) / (population_size * n),
    )  # fmt: skip
    slope = 4 * ONE / 3 + where(
        early, lambda: sqrt(n * (n - 1) / (population_size * (left + 1))),
        lambda: sqrt(left * (left - 1) / (population_size * (n + 1))),
    )  # fmt: skip
    return empirical_risk + sqrt(2 * unseen * variance * budget / n) + slope * budget / n


@bound(
    DRAWN, source="BardenetMaillard2015, Theorem 4.3", status="printed", additive=True,
    why="the theorem fails with probability 5 delta",
)  # fmt: skip
def empirical_bernstein_serfling_one_delta(
    empirical_risk: Any, biased_variance: Any, n: Any, population_size: Any, delta: Any
) -> Any:
    """Bardenet and Maillard's empirical Bernstein inequality with ln(1/delta)."""
    budget, left = log_ratio(1, delta), population_size - n
    unseen = where(
        2 * n <= population_size, lambda: (left + 1) / population_size,
        lambda: left * (n + 1) / (population_size * n),
    )  # fmt: skip
    slope = 7 * ONE / 3 + 3 / sqrt(2 * ONE)
    return empirical_risk + sqrt(2 * unseen * biased_variance * budget / n) + slope * budget / n


MISTAKES = (
    Mistake(
        "hoeffding_both_sides_small_delta",
        "sqrt(ln(1/delta)/(2n)) is quoted as a two-sided radius",
        hoeffding_both_sides, "0.05", slack=0.913,
        why="below exp(-3/2) Hoeffding's inequality gives away more than the factor 2 of delta",
    ),
    Mistake(
        "maurer_pontil_one_event",
        "the two events of the proof are given delta each",
        maurer_pontil_one_event, "0.05", slack=0.599,
    ),
    Mistake(
        "maurer_pontil_biased",
        "ddof=0 where the theorem has the divisor n - 1",
        maurer_pontil_biased, "0.05", slack=0.533,
    ),
    Mistake(
        "maurer_pontil_by_n",
        "7 L/(3n) for 7 L/(3(n - 1))",
        maurer_pontil_by_n, "0.05", slack=0.533,
    ),
    Mistake(
        "std_both_sides",
        "the standard deviation is bounded from both sides at one delta",
        std_both_sides, "0.05", slack=0.623,
    ),
    Mistake(
        "split_kl_one_event",
        "the two events of the proof are given delta each",
        split_kl_one_event, "0.05", slack=0.998,
    ),
    Mistake(
        "misplaced_bracket",
        "log(2*sqrt(n))/delta is typed for log(2*sqrt(n)/delta)",
        misplaced_bracket, "0.05", slack=0.36,
    ),
    Mistake(
        "beta_of_a_mean", "n r is put in for a number of errors",
        beta_of_a_mean, "0.05", slack=0.998,
        why="the quantile of the Beta distribution for a sum that is not whole",
    ),
    Mistake(
        "bernstein_serfling_one_delta",
        "the two events of the corollary are given delta each",
        bernstein_serfling_one_delta, "0.05", slack=0.344,
        why="each of its terms is larger than what is needed",
    ),
    Mistake(
        "empirical_bernstein_serfling_one_delta",
        "the five events of the theorem are given delta each",
        empirical_bernstein_serfling_one_delta, "0.05", slack=0.205,
        why="each of its terms is larger than what is needed",
    ),
)  # fmt: skip
