"""A sample drawn without replacement from a finite population: an audit, a pool of points.

The risk is the mean loss over the population, of which a part has been seen, so every bound here
shrinks faster than its counterpart for independent draws. For 0-1 loss the hypergeometric limits
are exact; for losses in [0, 1] Serfling's martingale replaces n by n/(1 - (n-1)/N) in Hoeffding's
bound, and Bardenet and Maillard run it backwards from the full population, better past one half.
"""

from genbounds.claims import FIXED, below
from genbounds.declaration import bound
from genbounds.generic import (
    ONE,
    hypergeometric_tail_inverse,
    hypergeometric_tail_inverse_lower,
    let,
    log_ratio,
    sqrt,
    where,
)

DRAWN = FIXED._replace(data="without_replacement")
DRAWN_ERRORS = DRAWN._replace(loss="zero_one")
POPULATION = ("independent_test_set", "population_known")


@bound(
    DRAWN_ERRORS, source="Buonaccorsi1987", entry="hypergeometric", given=POPULATION,
    direction={"population_size": None},
    witness={"population_size": {
        "at": {"errors": 1, "n": 10, "delta": 0.05}, "values": [11, 12, 1000],
    }},
)  # fmt: skip
def hypergeometric(errors, n, population_size, delta):
    """The exact limit: the most errors in the population that explain so few in the sample.

    The risk is that of the whole population, the sample included: at n = N it is errors/N. As N
    grows it tends to Clopper and Pearson's limit; K/N with a whole K moves up and down on the way.
    """
    most = hypergeometric_tail_inverse(errors, n, population_size, log_ratio(1, delta))
    return most / population_size


@bound(
    below(DRAWN_ERRORS), source="Buonaccorsi1987", entry="hypergeometric_lower", given=POPULATION,
    direction={"n": "-", "population_size": None},
    witness={"population_size": {
        "at": {"errors": 5, "n": 10, "delta": 0.05}, "values": [16, 17, 1000],
    }},
)  # fmt: skip
def hypergeometric_lower(errors, n, population_size, delta):
    """The exact limit from below: the fewest errors that explain so many in the sample."""
    least = hypergeometric_tail_inverse_lower(errors, n, population_size, log_ratio(1, delta))
    return least / population_size


@bound(
    DRAWN, source="Serfling1974, Corollary 1.1", entry="serfling_radius", additive=True,
    given=POPULATION,
)  # fmt: skip
def serfling(empirical_risk, n, population_size, delta):
    """Serfling's inequality: Hoeffding's with the factor 1 - (n-1)/N for what is still unseen."""
    unseen = (population_size - n + 1) / population_size
    return empirical_risk + sqrt(unseen * log_ratio(1, delta) / (2 * n))


@bound(
    DRAWN, source="BardenetMaillard2015, Corollary 2.5", entry="hoeffding_serfling_radius",
    additive=True, given=POPULATION,
)  # fmt: skip
def hoeffding_serfling(empirical_risk, n, population_size, delta):
    """Serfling's inequality, sharpened past half of the population; 0 deviation once all is seen.

    The factor 1 - n/N alone, without 1 + 1/n, is false (at N = 2).
    """
    unseen = _unseen(n, population_size)
    return empirical_risk + sqrt(unseen * log_ratio(1, delta) / (2 * n))


@bound(
    DRAWN, source="BardenetMaillard2015, Corollary 3.6", entry="bernstein_serfling_radius",
    additive=True, given=(*POPULATION, "variance_known"), direction={"population_size": None},
    witness={"population_size": {
        "at": {"empirical_risk": 0, "variance": 0, "n": 10, "delta": 0.05},
        "values": [10, 20, 1000],
    }},
)  # fmt: skip
def bernstein_serfling(empirical_risk, variance, n, population_size, delta):
    """Bernstein's inequality without replacement, from the variance of the population (divisor N).

    The corollary fails with probability 2 delta, one delta for the martingale and one for its
    variance: hence ln(2/delta), for one side.
    """
    budget, unseen = let("L", log_ratio(2, delta)), let(r"\rho", _unseen(n, population_size))
    slope = let(r"\kappa", _slope(n, population_size))
    return empirical_risk + sqrt(2 * unseen * variance * budget / n) + slope * budget / n


@bound(
    DRAWN, source="BardenetMaillard2015, Theorem 4.3", entry="empirical_bernstein_serfling_radius",
    additive=True, given=POPULATION,
)  # fmt: skip
def empirical_bernstein_serfling(empirical_risk, biased_variance, n, population_size, delta):
    """Bernstein's inequality without replacement, from the variance of the sample (divisor n).

    The theorem fails with probability 5 delta, two for Bernstein's inequality and three for the
    variance: hence ln(5/delta), for one side.
    """
    budget, unseen = let("L", log_ratio(5, delta)), let(r"\rho", _unseen(n, population_size))
    # kappa <= 4/3 + 1/sqrt 2, to which the deviation of the standard deviation adds 1 + sqrt 2
    slope = 7 * ONE / 3 + 3 / sqrt(2 * ONE)
    return empirical_risk + sqrt(2 * unseen * biased_variance * budget / n) + slope * budget / n


def _unseen(n, population_size):
    """rho: 1 - (n-1)/N from the empty sample, (1 - n/N)(1 + 1/n) from the full one."""
    return where(
        2 * n <= population_size,
        lambda: (population_size - n + 1) / population_size,
        lambda: (population_size - n) * (n + 1) / (population_size * n),
    )


def _slope(n, population_size):
    """kappa, with f = n/N and g = N/n - 1 multiplied out."""
    left = population_size - n
    return 4 * ONE / 3 + where(
        2 * n <= population_size,
        lambda: sqrt(n * (n - 1) / (population_size * (left + 1))),
        lambda: sqrt(left * (left - 1) / (population_size * (n + 1))),
    )
