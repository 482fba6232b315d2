"""Occam's razor: a countable class whose hypotheses carry weights that were fixed in advance.

The weights p(h) sum to at most 1, so hypothesis h may spend delta p(h): ln(1/delta) becomes
ln(1/p(h)) + ln(1/delta). A prefix-free code is such a weighting, 2^-bits; what is short to describe
is cheap to trust. Weights chosen after the sample, or lengths of a code that is not prefix-free,
void all of these bounds.
"""

from genbounds.claims import EVERY_HYPOTHESIS, EVERY_HYPOTHESIS_ABOVE, below
from genbounds.declaration import bound
from genbounds.generic import (
    binomial_tail_inverse,
    binomial_tail_inverse_lower,
    kl_inverse_lower,
    kl_inverse_upper,
    log_ratio,
    sqrt,
)

PRIOR = ("prior_before_sample",)


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="Langford2005, Theorem 4.1; Hoeffding1963, Theorem 2",
    entry="occam_hoeffding_radius", additive=True, given=PRIOR,
)  # fmt: skip
def occam_hoeffding(empirical_risk, n, log_prior, delta):
    """Hoeffding's inequality at delta p(h), for every hypothesis at once.

    >>> occam_hoeffding(empirical_risk=0.1, n=1000, bits=10, delta=0.05) < 0.2
    True
    """
    return empirical_risk + sqrt((log_prior + log_ratio(1, delta)) / (2 * n))


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="Langford2005, Theorem 4.1; Hoeffding1963, Theorem 1",
    entry="occam_kl_upper", given=PRIOR,
)  # fmt: skip
def occam_chernoff(empirical_risk, n, log_prior, delta):
    """Chernoff's bound at delta p(h), for every hypothesis at once."""
    return kl_inverse_upper(empirical_risk, (log_prior + log_ratio(1, delta)) / n)


@bound(
    below(EVERY_HYPOTHESIS_ABOVE), source="Langford2005, Theorem 4.1; Hoeffding1963, Theorem 1",
    given=PRIOR,
)  # fmt: skip
def occam_chernoff_lower(empirical_risk, n, log_prior, delta):
    """Chernoff's bound from below at delta p(h), for every hypothesis at once."""
    return kl_inverse_lower(empirical_risk, (log_prior + log_ratio(1, delta)) / n)


@bound(
    EVERY_HYPOTHESIS_ABOVE._replace(loss="zero_one"), source="Langford2005, Theorem 4.1",
    entry="occam_binomial_upper", given=PRIOR,
)  # fmt: skip
def occam_binomial(errors, n, log_prior, delta):
    """The exact binomial limit at delta p(h): Langford's bound, the smallest of the three.

    For one hypothesis of weight 1 it is the exact limit from a test set.
    """
    return binomial_tail_inverse(errors, n, log_prior + log_ratio(1, delta))


@bound(
    below(EVERY_HYPOTHESIS_ABOVE)._replace(loss="zero_one"), source="Langford2005, Theorem 4.1",
    given=PRIOR, direction={"n": "-"},
)  # fmt: skip
def occam_binomial_lower(errors, n, log_prior, delta):
    """The exact binomial limit from below at delta p(h), for every hypothesis at once."""
    return binomial_tail_inverse_lower(errors, n, log_prior + log_ratio(1, delta))


@bound(
    EVERY_HYPOTHESIS, source="ShalevShwartzBenDavid2014, Theorem 7.7", entry="mdl_radius_ssbd",
    additive=True, given=("prefix_free_code",),
)  # fmt: skip
def shalev_shwartz_mdl(empirical_risk, n, bits, delta):
    """Minimum description length as a textbook prints it, with bits where bits ln 2 would do.

    Looser than the proof for that reason. The ln(2/delta) pays for both sides.
    """
    return empirical_risk + sqrt((bits + log_ratio(2, delta)) / (2 * n))
