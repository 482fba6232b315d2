"""PAC-Bayes with another divergence, for one drawn hypothesis, and for every n at once.

KL(Q||P) and the mean over the posterior are not the only way through a change of measure. Hoelder's
inequality pays with a Renyi divergence, Cauchy and Schwarz's with chi-square, for losses that have
little more than a variance. Density by density, without any mean over Q, the bound is for the one
hypothesis that was drawn: what a single trained network is. And the exponential moment may be a
supermartingale in n, which Ville's inequality bounds at every n at once.
"""

from genbounds.bounds.pac_bayes import price
from genbounds.claims import Claim
from genbounds.declaration import bound
from genbounds.generic import kl_inverse_upper, log, log_ratio, maximum, sqrt, total

POSTERIOR = Claim(scope="every_posterior")
DRAW = Claim(scope="posterior_draw")
EVERY_N = POSTERIOR._replace(quantity="gap", data="martingale", loss="sub_gaussian", time="every_n")
PRIOR = ("prior_before_sample",)
GAUSSIAN = ("priors_before_sample", "isotropic_gaussians")

# --- other divergences


@bound(
    POSTERIOR, source="BeginGermainLavioletteRoy2016", entry="pb_renyi_kl", given=PRIOR,
)  # fmt: skip
def begin_renyi(empirical_risk, renyi, n, delta):
    """The PAC-Bayes-kl bound with a Renyi divergence of any order above 1 in place of KL.

    Hoelder's inequality for e^(n kl/a'), a' conjugate to the order, which is convex and whose
    power a' has the mean xi(n) at most. It is never below `pac_bayes_kl`: the divergence grows with
    its order from KL, at order 1, on.
    """
    return kl_inverse_upper(empirical_risk, price(renyi, n, delta) / n)


@bound(
    POSTERIOR._replace(quantity="gap", side="both", data="independent"),
    source="AlquierGuedj2018, Theorem 1", entry="pb_chi2_gap", given=PRIOR,
)  # fmt: skip
def alquier_guedj_chi2(chi2, n, delta):
    """The gap of every posterior, either side, from its chi-square divergence.

    Cauchy and Schwarz, then Markov for the prior's mean of (R - R_n)^2, at most 1/(4n): hence the
    1/delta, which no logarithm softens. Losses need no bound where that mean is known.
    """
    return sqrt((chi2 + 1) / (4 * n)) / sqrt(delta)


# --- one hypothesis drawn from the posterior


@bound(
    DRAW, source="RivasplataKuzborskijSzepesvariShaweTaylor2020, Theorem 1; Catoni2007",
    entry="pb_disintegrated_rivasplata", given=PRIOR, direction={"n": None}, peaks=("n",),
    witness={
        "n": {
            "at": {"empirical_risk": 0.3, "log_density_ratio": -1, "delta": 0.99},
            "values": [1, 20, 1000],
        }
    },
)  # fmt: skip
def rivasplata(empirical_risk, log_density_ratio, n, delta):
    """One hypothesis drawn from the posterior, with its own log density ratio for KL.

    E e^(n kl - ln dQ/dP) over the sample and the draw is at most xi(n), and Markov's inequality
    does the rest. A budget below 0 cannot be met by any risk: such a draw lies among the failures,
    and the value is the empirical risk. For one draw only: the best of many is not covered.
    A ratio below 0 can make the budget over n rise first: (a + ln(n)/2)/n has its peak at
    n = exp(1 - 2a).
    """
    return kl_inverse_upper(empirical_risk, maximum(0, price(log_density_ratio, n, delta)) / n)


@bound(
    DRAW, source="RivasplataKuzborskijSzepesvariShaweTaylor2020; ViallardGermainHabrardMorvant2024",
    entry="pb_disintegrated_nn", given=GAUSSIAN, fixed=("prior_variance",),
    direction={"prior_variance": None, "n": None}, peaks=("n",),
    witness={
        "n": {
            "at": {"empirical_risk": 0.3, "squared_distance_drawn": 1, "squared_noise": 3,
                   "prior_variance": 1, "n_priors": 1, "delta": 0.99},
            "values": [1, 20, 1000],
        },
        "prior_variance": {
            "at": [
                {"empirical_risk": 0.1, "squared_distance_drawn": 120, "squared_noise": 100,
                 "n_priors": 10, "n": 1000, "delta": 0.05},
                {"empirical_risk": 0.1, "squared_distance_drawn": 100, "squared_noise": 105,
                 "n_priors": 10, "n": 1000, "delta": 0.05},
            ],
            "values": [0.5, 1, 2],
        },
    },
)  # fmt: skip
def rivasplata_gaussian(
    empirical_risk, squared_distance_drawn, squared_noise, prior_variance, n_priors, n, delta
):
    """`rivasplata` for weights w + noise, any of T Gaussian priors with the posterior's covariance.

    Each prior has delta/T, so the closest one may be taken after the draw. The variance is theirs
    too: fitted to the sample without a share of delta, it would make the priors depend on it.
    """
    ratio = (squared_distance_drawn - squared_noise) / (2 * prior_variance)
    cost = ratio + log_ratio(2 * n_priors * sqrt(n), delta)
    return kl_inverse_upper(empirical_risk, maximum(0, cost) / n)


@bound(
    DRAW, source="ViallardGermainHabrardMorvant2024", entry="pb_disintegrated_viallard",
    given=PRIOR, fixed=("renyi_order",), direction={"renyi_order": "-"},
)  # fmt: skip
def viallard(empirical_risk, renyi, renyi_order, n, delta):
    """One hypothesis drawn from the posterior, at the price of a Renyi divergence.

    Markov over the draw at delta/2, Hoelder to the prior, Markov over the sample at delta/2:
    a/(a - 1) + 1 times ln(2/delta). The price no longer depends on the draw, so that it can be
    minimised in training; `rivasplata` is usually smaller.
    """
    a = renyi_order
    cost = renyi + (2 * a - 1) / (a - 1) * log_ratio(2, delta) + log(2 * sqrt(n))
    return kl_inverse_upper(empirical_risk, cost / n)


@bound(
    DRAW, source="ViallardGermainHabrardMorvant2024", entry="viallard_gaussian",
    given=GAUSSIAN, fixed=("prior_variance",),
)  # fmt: skip
def viallard_gaussian(empirical_risk, squared_distance, prior_variance, n_priors, n, delta):
    """`viallard` of order 2 for Gaussians: ln(16 T sqrt n/delta^3), any of T priors.

    D_2 is |w - w_0|^2/sigma^2, twice the KL. Only Markov's inequality over the sample is used once
    for each prior, so that T enters as T, not as T^3.
    """
    cost = squared_distance / prior_variance + 3 * log_ratio(2, delta)
    return kl_inverse_upper(empirical_risk, (cost + log(2 * n_priors * sqrt(n))) / n)


# --- every n


@bound(
    EVERY_N, source="ChuggWangRamdas2023", entry="pb_chugg_subgaussian",
    given=(*PRIOR, "predictable_temperatures"),
    witness={
        "inverse_temperatures": {
            "at": {"kl": 1, "variance_proxy": 0.25, "delta": 0.05},
            "values": [[0.1, 0.1], [2, 2], [50, 50]],
        },
    },
)  # fmt: skip
def chugg(kl, inverse_temperatures, variance_proxy, delta):
    """The gap of every posterior at every n, losses weighted by inverse temperatures.

    The prior's mean of exp(sum l_i (R - loss_i) - s l_i^2/2) is a supermartingale; Ville, then
    Donsker and Varadhan. The gap is that of the weighted means, and the sequence ends at the
    present n; with a constant l the value does not go to zero.
    """
    spread = variance_proxy / 2 * total(lambda t: t**2, inverse_temperatures)
    return (kl + log_ratio(1, delta) + spread) / total(lambda t: t, inverse_temperatures)
