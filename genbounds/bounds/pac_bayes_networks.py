"""PAC-Bayes for trained models: how prior and posterior are chosen, and what the choice costs.

A large margin leaves room for Gaussian noise on linear weights; a flat minimum leaves room for it
on those of a network, around its random start. The scale of the prior wants to be fitted: it is one
of a sequence that shares delta, or it comes out of a private look at the data, or the prior is the
one that short descriptions have. Each is a PAC-Bayes-kl bound with its own budget.
"""

from genbounds.claims import EVERY_HYPOTHESIS_ABOVE, Claim
from genbounds.declaration import bound
from genbounds.generic import (
    LN2,
    ONE,
    PI,
    erfc,
    kl_inverse_upper,
    let,
    log,
    log_ratio,
    sqrt,
    total,
)

POSTERIOR = Claim(scope="every_posterior")
PRIORS = ("priors_before_sample",)

# --- linear classifiers


@bound(
    POSTERIOR._replace(loss="zero_one"),
    source="LangfordShaweTaylor2002; Langford2005, Section 5.3", entry="pb_linear_margin",
    given=("linear_gibbs",),
    witness={
        "weight_scale": {
            "at": {"signed_margins": [0.5, 0.25, 0.8, 0.3, 0.6], "delta": 0.05},
            "values": [0.1, 1, 10],
        },
    },
)  # fmt: skip
def langford_shawe_taylor(signed_margins, weight_scale, delta):
    """Linear classifiers with Gaussian noise around mu w/|w|, from their margins on the sample.

    The noise errs on x with probability P(N(0, 1) > mu gamma), and KL = mu^2/2; every mu at once.
    The budget is Langford's, with n + 1. The classifier w itself errs at most twice as often.
    """
    n = let("n", total(lambda gamma: 1 + 0 * gamma, signed_margins))
    noisy = total(lambda gamma: erfc(weight_scale * gamma / sqrt(2 * ONE)), signed_margins)
    error = let(r"\hat R", noisy / (2 * n))
    return kl_inverse_upper(error, (weight_scale**2 / 2 + log_ratio(n + 1, delta)) / n)


# --- a sequence of priors


@bound(
    POSTERIOR, source="DziugaiteRoy2017; LangfordSeeger2001", entry="dr_bound",
    given=PRIORS, needs=("n >= 2",),
)  # fmt: skip
def dziugaite_roy(empirical_risk, kl, prior_index, n, delta):
    """A network with Gaussian noise on its weights, the variance of the prior fitted to the sample.

    The j-th prior, of variance c e^(-j/b), has 6/(pi^2 j^2) of delta: evaluate both neighbours of
    the fitted variance. ln(n/delta) over n - 1 is Langford and Seeger's; it follows from 2 sqrt n
    and E e^((n-1) kl) <= xi(n)^((n-1)/n) <= n, n >= 2. A Monte Carlo empirical risk pays its delta.
    """
    return kl_inverse_upper(empirical_risk, _indexed_cost(kl, prior_index, n, delta))


@bound(
    POSTERIOR._replace(quantity="gap", side="both"), source="DziugaiteRoy2017",
    entry="dr_pinsker_term", given=PRIORS, needs=("n >= 2",),
)  # fmt: skip
def dziugaite_roy_excess(kl, prior_index, n, delta):
    """The gap in `dziugaite_roy` by Pinsker's inequality: the term that its training minimises.

    It may exceed 1. Table 1 of the source prints it, without the empirical risk, for random labels.
    """
    return sqrt(_indexed_cost(kl, prior_index, n, delta) / 2)


def _indexed_cost(kl, prior_index, n, delta):
    return (kl + 2 * log(prior_index) + log(PI**2 / 6) + log_ratio(n, delta)) / (n - 1)


# --- a prior that saw the sample


@bound(
    POSTERIOR, source="DziugaiteRoy2018; DworkFeldmanHardtPitassiReingoldRoth2015",
    entry="dziugaite_roy_private", given=("private_prior",),
)  # fmt: skip
def dziugaite_roy_private(empirical_risk, kl, privacy_epsilon, n, delta):
    """A prior that an epsilon-differentially private algorithm chose on the same sample.

    Its log density g relative to that of the algorithm on fresh data has bounded differences
    epsilon, and E e^g = 1, so (McDiarmid) E g <= 0 and ln E e^(s g) <= s^2 v/2, v = n epsilon^2/4.
    On the sample itself P(g > k) <= exp(k - k^2/(2v)), at most delta/2 at
    k = 2v + sqrt(2 v ln(4/delta)), for which ln(2/delta) would do; e^k times the failures of the
    kl bound at e^-k delta/2 is the other half.
    """
    k = let("k", n * privacy_epsilon**2 / 2 + privacy_epsilon * sqrt(n * log_ratio(4, delta) / 2))
    return kl_inverse_upper(empirical_risk, (kl + k + log_ratio(4 * sqrt(n), delta)) / n)


# --- short descriptions


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="LotfiFinziKapoorPotapczynskiGoldblumWilson2022",
    entry="pb_compression_lotfi", given=("code_before_sample",), needs=("bits >= 1",),
)  # fmt: skip
def lotfi(empirical_risk, bits, n, delta):
    """A network that was compressed to a file of so many bits, from any code, prefix-free or not.

    2^-l/l^2 over all files adds up to pi^2/6, not to 1, so that it is no prior; but ln(pi^2/6) is
    less than the ln(2 sqrt n) that a single hypothesis need not pay (Occam and Chernoff), so the
    value holds. With the length of a prefix-free code `occam_chernoff` is smaller.
    """
    description = let("D", bits * LN2 + 2 * log(bits))
    return kl_inverse_upper(empirical_risk, (description + log_ratio(2 * sqrt(n), delta)) / n)
