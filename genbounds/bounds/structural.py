"""Structural risk minimisation: a hierarchy of classes, every one of them paid for in advance.

Class k gets its share of delta, so that the bound holds for all classes at once and the one with
the smallest value may be taken. Choosing the class on the sample without such shares is not a
theorem.
"""

from genbounds.claims import EVERY_HYPOTHESIS, Claim
from genbounds.declaration import bound
from genbounds.generic import LN2, PI, log, log_ratio, sqrt

LABELINGS = EVERY_HYPOTHESIS._replace(loss="zero_one")
MASSART = Claim(
    quantity="excess_risk", scope="erm", loss="zero_one", setting="massart", surely="expectation"
)


@bound(
    LABELINGS, source="VapnikChervonenkis1971, Theorem 2; ShalevShwartzBenDavid2014, Theorem 7.4",
    entry="srm_vc71_eps", additive=True, given=("nested_before_sample",),
)  # fmt: skip
def structural_risk(empirical_risk, n, log_growth, class_index, delta):
    """Every hypothesis of every class: `vapnik_chervonenkis` for class k at 6 delta/(pi^2 k^2).

    The shares add up to delta. log_growth is that of class k.
    """
    share = log_ratio(2 * PI**2, 3 * delta) + 2 * log(class_index)
    return empirical_risk + sqrt(8 * (log_growth(2 * n) + share) / n)


@bound(
    LABELINGS, source="VapnikChervonenkis1971, Theorem 2; ShalevShwartzBenDavid2014, Theorem 7.4",
    entry="srm_delta_geometric", additive=True, given=("nested_before_sample",),
)  # fmt: skip
def structural_risk_geometric(empirical_risk, n, log_growth, class_index, delta):
    """Every hypothesis of every class, with shares delta 2^-k: cheaper for classes 2 to 5 only."""
    share = log_ratio(4, delta) + class_index * LN2
    return empirical_risk + sqrt(8 * (log_growth(2 * n) + share) / n)


@bound(
    MASSART, source="MassartNedelec2006", status="order", given=("bayes_in_class",),
    needs=("vc_dim >= 1", "n * massart_margin**2 >= vc_dim"),
)  # fmt: skip
def massart_nedelec(n, vc_dim, massart_margin):
    """The empirical risk minimiser when |2 P(Y = 1 | x) - 1| is at least h: between both rates.

    Up to an absolute constant, for h at least sqrt(d/n); below, the agnostic sqrt(d/n) takes over.
    """
    odds = n * massart_margin**2 / vc_dim
    return vc_dim / (n * massart_margin) * (1 + log(odds))
