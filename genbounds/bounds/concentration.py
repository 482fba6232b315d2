"""One hypothesis, fixed before the sample: how far the mean loss lies from the risk."""

from genbounds.claims import FIXED, below
from genbounds.declaration import bound
from genbounds.generic import kl_inverse_lower, kl_inverse_upper, log_ratio, sqrt


@bound(
    FIXED, source="Hoeffding1963, Theorem 2", entry="hoeffding_radius", additive=True,
    given=("independent_test_set",),
)  # fmt: skip
def hoeffding(empirical_risk, n, delta):
    """Hoeffding's inequality: the simplest bound, blind to how small the risk is."""
    return empirical_risk + sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    FIXED, source="Hoeffding1963, Theorem 1", entry="kl_upper", given=("independent_test_set",),
)  # fmt: skip
def chernoff(empirical_risk, n, delta):
    """Chernoff's bound in its sharp form: the largest risk whose relative entropy is affordable."""
    return kl_inverse_upper(empirical_risk, log_ratio(1, delta) / n)


@bound(
    below(FIXED), source="Hoeffding1963, Theorem 1", entry="kl_lower", given=("independent_test_set",),
)  # fmt: skip
def chernoff_lower(empirical_risk, n, delta):
    """Chernoff's bound from below."""
    return kl_inverse_lower(empirical_risk, log_ratio(1, delta) / n)
