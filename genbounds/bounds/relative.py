"""Uniform convergence relative to the size of the risk: fast where the empirical risk is small.

The deviation is divided by a root of the risk before the supremum is taken. For the square root the
bound interpolates between the rates 1/n, without errors, and 1/sqrt n. The older proofs pass in
silence over the probability that a binomial reaches its mean; it exceeds 1/4 once that mean is
above 1 (Greenberg and Mohri), which is where the factor 4 comes from.
"""

from genbounds.claims import EVERY_HYPOTHESIS_ABOVE, below
from genbounds.declaration import bound
from genbounds.generic import let, log_ratio, power, root, sqrt

LABELINGS_ABOVE = EVERY_HYPOTHESIS_ABOVE._replace(loss="zero_one")


def cost_of(n, log_growth, delta):
    """ln(4 Pi(2n)/delta)/n: the price of every relative deviation."""
    return let("c", (log_growth(2 * n) + log_ratio(4, delta)) / n)


@bound(
    LABELINGS_ABOVE,
    source="Vapnik1998, Theorem 4.2; AnthonyShaweTaylor1993; CortesGreenbergMohri2019, Theorem 5",
    entry="vapnik_relative_upper",
)  # fmt: skip
def vapnik_relative(empirical_risk, n, log_growth, delta):
    """Every hypothesis, by its deviation relative to the root of its own risk.

    P(sup (R - r)/sqrt R > eps) <= 4 Pi(2n) exp(-n eps^2/4), solved for R. Without errors it is 4c.
    """
    c = cost_of(n, log_growth, delta)
    return empirical_risk + 2 * c + 2 * sqrt(c * (c + empirical_risk))


@bound(
    below(LABELINGS_ABOVE), source="CortesGreenbergMohri2019, Theorem 5",
    entry="cgm_relative_lower", direction={"empirical_risk": None},
    witness={"empirical_risk": {
        "at": {"n": 10000, "vc_dim": 5, "delta": 0.05}, "values": [0, 0.001, 0.5],
    }},
)  # fmt: skip
def cortes_greenberg_mohri_lower(empirical_risk, n, log_growth, delta):
    """Every hypothesis from below, by its deviation relative to the root of the empirical risk.

    The same argument with the ghost sample below its mean. The root is that of the empirical risk
    here and of the true risk from above: swapping them is a common slip. Below 4c it says nothing.
    """
    c = cost_of(n, log_growth, delta)
    return empirical_risk - 2 * sqrt(c * empirical_risk)


@bound(
    LABELINGS_ABOVE, source="CortesGreenbergMohri2019, Theorem 5; GreenbergMohri2014",
    fixed=("moment_order",), direction={"n": None, "moment_order": "-"},
    peaks=("n",),
    witness={"n": {
        "at": {"empirical_risk": 0, "vc_dim": 1000, "moment_order": 1.25, "delta": 0.05},
        "values": [2, 100, 10**9],
    }},
)  # fmt: skip
def cortes_greenberg_mohri(empirical_risk, n, log_growth, moment_order, delta):
    """Every hypothesis, by its deviation relative to a root of order alpha of its own risk.

    With a = alpha, P(sup (R - r)/R^(1/a) > eps) <= 4 Pi(2n) exp(-n^(2(a-1)/a) eps^2/2^((a+2)/a)).
    A ghost sample reaches its mean with probability 1/4; then Hoeffding's inequality for the signs,
    where a difference needs at least one error in the two samples. `vapnik_relative` is alpha = 2,
    always the best for 0-1 loss: n(R - r) solves x = sqrt(2 cost) (2(nr + x))^(1/alpha).
    """
    order = moment_order
    cost = log_growth(2 * n) + log_ratio(4, delta)
    eps = let(r"\varepsilon", sqrt(2 * cost) * power(2 * n, 1, order) / n)
    # Without errors R = eps^(alpha/(alpha-1)). With them R lies between that plus r and, by Young's
    # inequality, alpha/(alpha-1) eps r^(1/alpha) more.
    least = empirical_risk + power(eps, order, order - 1)
    most = least + order / (order - 1) * eps * power(empirical_risk, 1, order)
    return root(
        lambda risk: risk - empirical_risk - eps * power(risk, 1, order), least, 2 * most, "R"
    )


@bound(
    LABELINGS_ABOVE, source="BousquetBoucheronLugosi2004, Theorem 7", entry="bbl_relative_upper",
)  # fmt: skip
def bousquet_boucheron_lugosi_relative(empirical_risk, n, log_growth, delta):
    """Every hypothesis, relative deviation in the form most quoted: looser than `vapnik_relative`.

    sqrt(c (c + r)) is at most c + sqrt(c r).
    """
    c = cost_of(n, log_growth, delta)
    return empirical_risk + 2 * sqrt(c * empirical_risk) + 4 * c


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="Vapnik1998, Chapter 5", entry="vapnik_E",
    given=("growth_of_level_sets",),
)  # fmt: skip
def vapnik_multiplicative(empirical_risk, n, log_growth, delta):
    """Every hypothesis of a loss in [0, 1], relative deviation: Vapnik's form for minimisation.

    With e = 4c it is r + (e/2)(1 + sqrt(1 + 4 r/e)): `vapnik_relative` for the sets where the loss
    exceeds t, integrated over t; the integral of sqrt(P(loss > t)) is at most sqrt R.
    """
    excess = let(r"\mathcal E", 4 * (log_growth(2 * n) + log_ratio(4, delta)) / n)
    return empirical_risk + (excess + sqrt(excess * (excess + 4 * empirical_risk))) / 2
