"""A model and data that it has never seen: the number of errors says how large the risk can be.

Counting errors is coin tossing, so the exact limits invert the binomial distribution (Clopper and
Pearson) and nothing deterministic improves on them from one side. Several models on the same data
cost a union bound; two models are compared on the points where exactly one of them errs. The
popular normal approximations (Wald, Wilson, Agresti-Coull) and Jeffreys' interval are here to be
compared with: none of them is a guarantee.
"""

from genbounds.claims import BERNOULLI, SEVERAL, below
from genbounds.declaration import bound
from genbounds.generic import (
    ONE,
    beta_quantile,
    beta_quantile_lower,
    binomial_log_tail,
    binomial_tail_inverse,
    binomial_tail_inverse_lower,
    exp,
    let,
    log_ratio,
    maximum,
    minimum,
    normal_quantile,
    sqrt,
    where,
)

SEVERAL_BERNOULLI = SEVERAL._replace(loss="zero_one")
APPROXIMATE = BERNOULLI._replace(surely="asymptotic")
DIFFERENCE = BERNOULLI._replace(quantity="risk_difference")
UNSEEN = ("independent_test_set",)
PAIRED = ("independent_test_set", "same_points")

# --- exact


@bound(
    BERNOULLI, source="ClopperPearson1934; Langford2005, Theorem 3.3",
    entry="clopper_pearson_upper", given=UNSEEN,
)  # fmt: skip
def clopper_pearson(errors, n, delta):
    """The exact test-set bound: the largest risk at which so few errors have probability delta.

    One-sided at delta: an interval takes delta/2 on each side. For 0-1 loss only: a mean of other
    losses times n is no count. Without errors it is 1 - delta^(1/n).

    >>> round(clopper_pearson(errors=192, n=600, delta=0.025), 12)
    0.358976828068
    """
    return binomial_tail_inverse(errors, n, log_ratio(1, delta))


@bound(
    below(BERNOULLI), source="ClopperPearson1934", entry="clopper_pearson_lower", given=UNSEEN,
    direction={"n": "-"},
)  # fmt: skip
def clopper_pearson_lower(errors, n, delta):
    """The exact test-set bound from below: the smallest risk that explains so many errors."""
    return binomial_tail_inverse_lower(errors, n, log_ratio(1, delta))


@bound(
    SEVERAL_BERNOULLI, source="ClopperPearson1934; Langford2005, Theorem 3.3",
    entry="clopper_pearson_several", given=("models_before_sample",),
)  # fmt: skip
def clopper_pearson_several(errors, n, n_hypotheses, delta):
    """The exact test-set bound for each of several models on one test set, also the best of them.

    A union bound: each model is given delta/M. Picking the best of M models on the test set and
    quoting its own limit at delta is the common mistake.
    """
    return binomial_tail_inverse(errors, n, log_ratio(n_hypotheses, delta))


@bound(
    below(SEVERAL_BERNOULLI), source="ClopperPearson1934; Langford2005, Theorem 3.3",
    given=("models_before_sample",), direction={"n": "-"},
)  # fmt: skip
def clopper_pearson_several_lower(errors, n, n_hypotheses, delta):
    """The exact test-set bound from below for each of several models on one test set."""
    return binomial_tail_inverse_lower(errors, n, log_ratio(n_hypotheses, delta))


@bound(
    BERNOULLI, source="HanleyLippmanHand1983", entry="rule_of_three_log",
    given=(*UNSEEN, "no_errors_seen"),
)  # fmt: skip
def rule_of_three(n, delta):
    """The rule of three: a model without an error on n points has a risk of at most ln(1/delta)/n.

    At delta = 0.05 this is 2.996/n. It is the exact 1 - delta^(1/n) with -ln(1 - R) >= R.
    """
    return log_ratio(1, delta) / n


@bound(
    SEVERAL, source="Hoeffding1963, Theorem 2", entry="bonferroni_hoeffding_radius", additive=True,
    given=("models_before_sample",),
)  # fmt: skip
def hoeffding_several(empirical_risk, n, n_hypotheses, delta):
    """Hoeffding's inequality for several models at once, each given delta/M."""
    return empirical_risk + sqrt(log_ratio(n_hypotheses, delta) / (2 * n))


# --- two models on the same points


_RISES_THEN_FALLS = {
    "errors_first_only": {"at": {"errors_second_only": 10}, "values": [2, 10, 30]},
    "errors_second_only": {"at": {"errors_first_only": 10}, "values": [2, 10, 30]},
}


@bound(
    DIFFERENCE._replace(form="failure_probability", side="both"), source="McNemar1947",
    entry="sign_test", given=PAIRED, witness=_RISES_THEN_FALLS,
    direction={"errors_first_only": None, "errors_second_only": None},
)  # fmt: skip
def sign_test(errors_first_only, errors_second_only):
    """McNemar's exact test: the two-sided p-value of "the two models have equal risk".

    Points where both err or both are right say nothing; under equal risks each of the others is a
    fair coin. The p-value doubles the smaller tail, at most 1.

    >>> round(sign_test(errors_first_only=300, errors_second_only=220), 13)
    0.0005194158497
    """
    fewer = minimum(errors_first_only, errors_second_only)
    tail = binomial_log_tail(fewer, errors_first_only + errors_second_only, ONE / 2)
    return minimum(2 * exp(tail), ONE)


_N_ABOVE = {
    "n": {
        "at": {"errors_first_only": 10, "errors_second_only": 25, "delta": 0.05},
        "values": [35, 200, 10**12],
    }
}
_N_BELOW = {
    "n": {
        "at": {"errors_first_only": 25, "errors_second_only": 10, "delta": 0.05},
        "values": [35, 200, 10**12],
    }
}


@bound(
    DIFFERENCE, source="ClopperPearson1934", entry="risk_difference", given=PAIRED,
    direction={"n": None}, witness=_N_ABOVE,
)  # fmt: skip
def risk_difference(errors_first_only, errors_second_only, n, delta):
    """How much larger the risk of a first model is than that of a second, on the same test points.

    R1 - R2 = P(only the first errs) - P(only the second errs), and each count is binomial, whatever
    their dependence: an exact upper limit minus an exact lower limit, each at delta/2.
    """
    budget = let("L", log_ratio(2, delta))
    most = binomial_tail_inverse(errors_first_only, n, budget)
    return most - binomial_tail_inverse_lower(errors_second_only, n, budget)


@bound(
    below(DIFFERENCE), source="ClopperPearson1934", entry="risk_difference_lower", given=PAIRED,
    direction={"n": None}, witness=_N_BELOW,
)  # fmt: skip
def risk_difference_lower(errors_first_only, errors_second_only, n, delta):
    """How much larger the risk of a first model is at least than that of a second."""
    budget = let("L", log_ratio(2, delta))
    least = binomial_tail_inverse_lower(errors_first_only, n, budget)
    return least - binomial_tail_inverse(errors_second_only, n, budget)


@bound(
    DIFFERENCE, source="ClopperPearson1934; McNemar1947", given=PAIRED,
    direction={"errors_second_only": None},
    witness={
        "errors_second_only": {
            "at": {"errors_first_only": 5, "n": 1000, "delta": 0.05}, "values": [0, 3, 20]
        }
    },
)  # fmt: skip
def conditional_difference(errors_first_only, errors_second_only, n, delta):
    """The difference of two risks, from the points where only one model errs; never below 0.

    R1 - R2 = s (2 w - 1): s is the probability that exactly one errs, w that it is then the first.
    Given the number of such points, the first's errors are binomial with w; limits on w and on s at
    delta/2 each. Up to sqrt(2) tighter than `risk_difference` where both err equally often.
    """
    budget, apart = let("L", log_ratio(2, delta)), errors_first_only + errors_second_only
    edge = 2 * binomial_tail_inverse(errors_first_only, apart, budget) - 1
    return binomial_tail_inverse(apart, n, budget) * maximum(edge, 0)


@bound(
    below(DIFFERENCE), source="ClopperPearson1934; McNemar1947", given=PAIRED,
    direction={"errors_first_only": None},
    witness={
        "errors_first_only": {
            "at": {"errors_second_only": 5, "n": 1000, "delta": 0.05}, "values": [0, 3, 20]
        }
    },
)  # fmt: skip
def conditional_difference_lower(errors_first_only, errors_second_only, n, delta):
    """The difference of two risks from below, given the points where one errs; never above 0."""
    budget, apart = let("L", log_ratio(2, delta)), errors_first_only + errors_second_only
    edge = 1 - 2 * binomial_tail_inverse(errors_second_only, apart, budget)
    return binomial_tail_inverse(apart, n, budget) * minimum(edge, 0)


# --- approximations, not guarantees: each is the limit of a one-sided interval at level delta


@bound(
    APPROXIMATE, source="BrownCaiDasGupta2001", entry="wald", given=UNSEEN,
    direction={"errors": None, "n": None},
    witness={
        "errors": {"at": {"n": 100, "delta": 0.01}, "values": [50, 99, 100]},
        "n": {"at": {"errors": 10, "delta": 0.01}, "values": [10, 11, 100]},
    },
)  # fmt: skip
def wald(errors, n, delta):
    """The textbook interval: the mean plus z standard errors. Not a guarantee.

    Its width is 0 without errors, so that it then claims a risk of 0: the worst of them all.
    """
    z = let("z", normal_quantile(delta))
    return errors / n + z * sqrt(errors * (n - errors) / n) / n


@bound(
    below(APPROXIMATE), source="BrownCaiDasGupta2001", entry="wald_lower", given=UNSEEN,
    direction={"errors": None, "n": None},
    witness={
        "errors": {"at": {"n": 100, "delta": 0.01}, "values": [0, 1, 50]},
        "n": {"at": {"errors": 1, "delta": 0.01}, "values": [1, 2, 1000]},
    },
)  # fmt: skip
def wald_lower(errors, n, delta):
    """The textbook interval from below. Not a guarantee."""
    z = let("z", normal_quantile(delta))
    return errors / n - z * sqrt(errors * (n - errors) / n) / n


@bound(
    APPROXIMATE, source="Wilson1927; BrownCaiDasGupta2001", entry="wilson_interval",
    given=UNSEEN,
)  # fmt: skip
def wilson(errors, n, delta):
    """Wilson's score interval: the normal approximation at the risk tested, not at the estimate.

    Not a guarantee: at n = 20 the limit with delta = 0.025 fails with probability 0.163, where the
    risk is just above the limit for 19 errors.
    """
    z = let("z", normal_quantile(delta))
    spread = z * sqrt(errors * (n - errors) / n + z**2 / 4)
    return (errors + z**2 / 2 + spread) / (n + z**2)


@bound(
    below(APPROXIMATE), source="Wilson1927; BrownCaiDasGupta2001", entry="wilson_lower",
    given=UNSEEN, direction={"n": "-"},
)  # fmt: skip
def wilson_lower(errors, n, delta):
    """Wilson's score interval from below. Not a guarantee."""
    z = let("z", normal_quantile(delta))
    spread = z * sqrt(errors * (n - errors) / n + z**2 / 4)
    # the product of the two roots is k^2/(n (n + z^2)): no difference of nearly equal numbers
    return where(
        z > 0,
        lambda: errors**2 / (n * (errors + z**2 / 2 + spread)),
        lambda: (errors + z**2 / 2 - spread) / (n + z**2),
    )


@bound(
    APPROXIMATE, source="AgrestiCoull1998; BrownCaiDasGupta2001", entry="agresti_coull",
    given=UNSEEN, direction={"n": None, "delta": None},
    witness={
        "n": {"at": {"errors": 1, "delta": 0.98}, "values": [1, 1000, 1000000000]},
        "delta": {"at": {"errors": 1, "n": 1}, "values": [1e-08, 0.2, 0.9]},
    },
)  # fmt: skip
def agresti_coull(errors, n, delta):
    """Wald's interval after adding z^2/2 errors and z^2/2 successes. Not a guarantee."""
    z = let("z", normal_quantile(delta))
    size = let("m", n + z**2)
    spread = sqrt((errors + z**2 / 2) * (n - errors + z**2 / 2) / size)
    return (errors + z**2 / 2 + z * spread) / size


@bound(
    below(APPROXIMATE), source="AgrestiCoull1998; BrownCaiDasGupta2001",
    entry="agresti_coull_lower", given=UNSEEN, direction={"n": None, "delta": None},
    witness={
        "n": {"at": {"errors": 2, "delta": 1e-10}, "values": [2, 300, 1000000000]},
        "delta": {"at": {"errors": 0, "n": 1}, "values": [1e-05, 1e-03, 0.5]},
    },
)  # fmt: skip
def agresti_coull_lower(errors, n, delta):
    """Agresti and Coull's interval from below; it may lie below 0. Not a guarantee."""
    z = let("z", normal_quantile(delta))
    size = let("m", n + z**2)
    spread = sqrt((errors + z**2 / 2) * (n - errors + z**2 / 2) / size)
    return (errors + z**2 / 2 - z * spread) / size


@bound(
    APPROXIMATE, source="BrownCaiDasGupta2001", entry="jeffreys", given=UNSEEN,
)  # fmt: skip
def jeffreys(errors, n, delta):
    """The upper quantile of the posterior under Jeffreys' prior, and 1 where all are errors.

    Always below Clopper-Pearson's limit, which cannot be improved: so no guarantee.
    """
    return where(
        errors >= n,
        lambda: errors / n,
        lambda: beta_quantile(errors + ONE / 2, n - errors + ONE / 2, delta),
    )


@bound(
    below(APPROXIMATE), source="BrownCaiDasGupta2001", entry="jeffreys_lower", given=UNSEEN,
    direction={"n": "-"},
)  # fmt: skip
def jeffreys_lower(errors, n, delta):
    """The lower quantile of the posterior under Jeffreys' prior, and 0 without errors."""
    return where(
        errors <= 0,
        lambda: errors / n,
        lambda: beta_quantile_lower(errors + ONE / 2, n - errors + ONE / 2, delta),
    )
