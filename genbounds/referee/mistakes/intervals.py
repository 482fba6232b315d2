"""Intervals for a binomial count that are quoted as guarantees, and slips with the exact one.

Whatever lies below the exact limit of Clopper and Pearson is false for some risk, since that limit
is reached: the approximations fail on one toss already.
"""

from __future__ import annotations

from typing import Any

from genbounds.bounds.test_set import (
    agresti_coull,
    agresti_coull_lower,
    jeffreys,
    jeffreys_lower,
    wald,
    wald_lower,
    wilson,
    wilson_lower,
)
from genbounds.claims import BERNOULLI, FIXED
from genbounds.declaration import Bound, bound
from genbounds.generic import (
    ONE,
    beta_quantile,
    binomial_tail_inverse,
    binomial_tail_inverse_lower,
    floor,
    log_ratio,
    where,
)
from genbounds.referee.mistakes.base import Mistake, claimed, coin
from genbounds.referee.worlds.finite import FiniteWorld


def promised(approximation: Bound) -> Bound:
    """An approximation quoted as if it held with probability 1 - delta."""
    why = "an approximation for large n promises nothing for any n"
    return claimed(approximation, f"{approximation.name}_promised", why, surely="probability")


# --- the exact interval


@bound(
    BERNOULLI._replace(side="both"), source="ClopperPearson1934", status="refuted",
    why="each end has its own event: both together need delta/2",
)  # fmt: skip
def clopper_pearson_both_sides(errors: Any, risk: Any, n: Any, delta: Any) -> Any:
    """Both exact limits at delta, read as an interval: the end on the side where the risk lies."""
    budget = log_ratio(1, delta)
    return where(
        n * risk >= errors,
        lambda: binomial_tail_inverse(errors, n, budget),
        lambda: 2 * errors / n - binomial_tail_inverse_lower(errors, n, budget),
    )


@bound(
    BERNOULLI, source="ClopperPearson1934", status="refuted",
    why="the upper limit is a quantile of Beta(k + 1, n - k), the lower of Beta(k, n - k + 1)",
)  # fmt: skip
def beta_parameters_swapped(errors: Any, n: Any, delta: Any) -> Any:
    """The upper quantile of Beta(k, n - k + 1); 0 where there is no error."""
    return where(
        errors > 0, lambda: beta_quantile(errors, n - errors + 1, delta), lambda: 0 * errors
    )


@bound(
    FIXED, source="ClopperPearson1934", status="refuted",
    why="the sum of losses that are not 0 or 1 is no count, and its whole part is too small a one",
)  # fmt: skip
def clopper_pearson_of_a_mean(empirical_risk: Any, n: Any, delta: Any) -> Any:
    """The exact limit for int(n r) errors, r a mean of losses in [0, 1]."""
    return binomial_tail_inverse(floor(n * empirical_risk), n, log_ratio(1, delta))


@bound(
    BERNOULLI, source="ClopperPearson1934", status="refuted",
    why="no number below the exact limit is a limit: a root must be rounded outwards",
)  # fmt: skip
def solver_tolerance(errors: Any, n: Any, delta: Any) -> Any:
    """The exact limit less an absolute tolerance of 2e-12, as a root finder may leave it."""
    return binomial_tail_inverse(errors, n, log_ratio(1, delta)) - 2 * ONE / 10**12


@bound(
    BERNOULLI, source="HanleyLippmanHand1983", status="refuted", given=("no_errors_seen",),
    why="3 is ln(1/delta) at delta = 0.05, rounded up",
)  # fmt: skip
def three_whatever_delta(n: Any, delta: Any) -> Any:
    """No error on n points: the risk is at most 3/n, at any delta."""
    return 3 / n + 0 * delta


MISTAKES = (
    Mistake(
        "wilson_promised", "the upper end of Wilson's interval is quoted as a guarantee",
        promised(wilson), "0.05", 1, coin("3/4"),
    ),
    Mistake(
        "wilson_lower_promised", "the lower end of Wilson's interval is quoted as a guarantee",
        promised(wilson_lower), "0.05", 1, coin("1/4"),
    ),
    Mistake(
        "wilson_promised_on_20", "the upper end of Wilson's interval is quoted as a guarantee",
        promised(wilson), "0.025", 20, coin("0.9912"),
    ),
    Mistake(
        "wald_promised", "the mean plus z standard errors is quoted as a guarantee",
        promised(wald), "0.05", 1, coin("1/10"),
    ),
    Mistake(
        "wald_lower_promised", "the mean less z standard errors is quoted as a guarantee",
        promised(wald_lower), "0.05", 1, coin("9/10"),
    ),
    Mistake(
        "agresti_coull_promised",
        "the upper end of Agresti and Coull's interval is quoted as a guarantee",
        promised(agresti_coull), "0.05", 1, coin("4/5"),
    ),
    Mistake(
        "agresti_coull_lower_promised",
        "the lower end of Agresti and Coull's interval is quoted as a guarantee",
        promised(agresti_coull_lower), "0.05", 1, coin("1/5"),
    ),
    Mistake(
        "jeffreys_promised", "the upper end of Jeffreys' interval is quoted as a guarantee",
        promised(jeffreys), "0.05", 1, coin("9/10"),
    ),
    Mistake(
        "jeffreys_lower_promised", "the lower end of Jeffreys' interval is quoted as a guarantee",
        promised(jeffreys_lower), "0.05", 1, coin("1/10"),
    ),
    Mistake(
        "clopper_pearson_both_sides",
        "the two one-sided limits at delta are quoted as an interval",
        clopper_pearson_both_sides, "0.05", 5, coin("1/2"),
    ),
    Mistake(
        "beta_parameters_swapped",
        "the upper limit is computed from the lower one's Beta distribution",
        beta_parameters_swapped, "0.05", 1, coin("1/10"),
    ),
    Mistake(
        "clopper_pearson_of_a_mean",
        "int(n r) is taken for a number of errors; the losses are 9/10 and 1",
        clopper_pearson_of_a_mean, "0.05", 1, 
        FiniteWorld(law=("1/10", "9/10"), losses=(("9/10", 1),)),
    ),
    Mistake(
        "solver_tolerance",
        "a limit is bracketed to 2e-12 and the inner end is returned",
        solver_tolerance, "0.025", 1, coin("0.974999999999"),
        why="hardly visible here, 4% of the limit without errors at n = 10^12",
    ),
    Mistake(
        "three_whatever_delta", "the rule of three is quoted at delta = 0.01",
        three_whatever_delta, "0.01", 10, coin("1/3"),
    ),
)  # fmt: skip
