"""Printed sample sizes: how many observations suffice for accuracy epsilon.

Closed forms, bought with a constant: `solve` inverts the bounds of `vc` and `realizable` exactly
and asks for less. What they promise differs. Anthony and Bartlett's agnostic size is for the excess
risk of the empirical risk minimiser, so its deviation is epsilon/2; Shalev-Shwartz and Ben-David's
is for the deviation itself. The realizable sizes are for every hypothesis without error on the
sample.
"""

from genbounds.claims import Claim
from genbounds.declaration import bound
from genbounds.generic import E, log, log2, log_ratio, maximum, sqrt

EXCESS = Claim(quantity="excess_risk", form="sample_size", scope="erm", loss="zero_one")
DEVIATION = Claim(
    quantity="gap", form="sample_size", side="both", scope="every_hypothesis", loss="zero_one"
)
CONSISTENT = Claim(form="sample_size", scope="consistent_hypotheses", loss="zero_one")


@bound(EXCESS, source="AnthonyBartlett1999, Theorem 4.2", entry="ab_4_2_n")
def anthony_bartlett_sample_size(epsilon, delta, vc_dim):
    """The minimiser of the empirical risk is within epsilon of the best in the class.

    `vapnik_chervonenkis` at epsilon/2 on both sides asks for n >= 32/eps^2 (d ln(2en/d) +
    ln(4/delta)); ln n <= a n - ln a - 1 makes that 64/eps^2 (d ln(128/eps^2) + ln(4/delta)), and
    128 < 144.
    """
    return 64 / epsilon**2 * (2 * vc_dim * log_ratio(12, epsilon) + log_ratio(4, delta))


@bound(
    DEVIATION, source="ShalevShwartzBenDavid2014, Section 28.1", entry="ssbd_28_agnostic_n",
)  # fmt: skip
def shalev_shwartz_agnostic_sample_size(epsilon, delta, vc_dim):
    """Every hypothesis has its risk within epsilon of its empirical risk.

    `shalev_shwartz_vc`, at most 2 sqrt((8d ln(en/d) + 2 ln(4/delta))/n), brought below epsilon by
    x >= 4a ln(2a) + 2b implying x >= a ln x + b. For an excess risk of epsilon, pass epsilon/2.
    """
    d = maximum(vc_dim, 1)
    growth = 128 * vc_dim * log(64 * d / epsilon**2) + 64 * vc_dim * (1 - log(d))
    return (growth + 16 * log_ratio(4, delta)) / epsilon**2


@bound(
    CONSISTENT, source="BlumerEhrenfeuchtHausslerWarmuth1989, Theorem 2.1", entry="blumer_n",
)  # fmt: skip
def blumer_sample_size(epsilon, delta, vc_dim):
    """A hypothesis without error has risk at most epsilon: the size that made the dimension famous.

    Each half of n eps/2 pays for one term of `blumer`; at the second, 2 log2(13/eps) is at least
    log2(16e log2(13/eps)/eps) for every eps up to 1.
    """
    confidence = 4 / epsilon * log2(2 / delta)
    return maximum(confidence, 8 * vc_dim / epsilon * log2(13 / epsilon))


@bound(CONSISTENT, source="Mitchell1997, Equation 7.7", entry="blumer_mitchell_n")
def mitchell_sample_size(epsilon, delta, vc_dim):
    """A hypothesis without error has risk at most epsilon: the sum of Blumer's two terms."""
    return (4 * log2(2 / delta) + 8 * vc_dim * log2(13 / epsilon)) / epsilon


@bound(CONSISTENT, source="AnthonyBartlett1999, Theorem 4.8; KaasBuhrman1980", entry="ab_4_8_n")
def anthony_bartlett_realizable_sample_size(epsilon, delta, vc_dim):
    """A hypothesis without error has risk at most epsilon, with natural logarithms.

    It does not follow from 2 Pi(2n) 2^(-n eps/2), but from 2 Pi(2n) 2^(-floor(n eps)), which the
    median of a binomial gives: with L = ln(2/delta) and y = ln(12/eps) that needs
    (4 ln 2)(d y + L) - ln 2 to be at least d (0.6 + y + ln y) + L/y + L, and y > 2.4, L > 0.69.
    """
    return 4 / epsilon * (vc_dim * log_ratio(12, epsilon) + log_ratio(2, delta))


@bound(CONSISTENT, source="AnthonyBartlett1999, Theorem 4.8", entry="ab_4_8_log2_n")
def anthony_bartlett_realizable_log2_sample_size(epsilon, delta, vc_dim):
    """A hypothesis without error has risk at most epsilon, with logarithms to base 2 throughout."""
    return 4 / epsilon * (vc_dim * log2(12 / epsilon) + log2(2 / delta))


@bound(
    CONSISTENT, source="ShaweTaylorAnthonyBiggs1993", entry="stab93_n", direction={"epsilon": None},
    witness={"epsilon": {"at": {"delta": 0.05, "vc_dim": 10}, "values": [0.01, 0.3, 0.9999]}},
)  # fmt: skip
def shawe_taylor_anthony_biggs_sample_size(epsilon, delta, vc_dim):
    """A hypothesis without error has risk at most epsilon: the best closed form known here.

    A longer ghost sample, of n/s points with s = sqrt eps. Its median has floor(s n) errors, so the
    double sample gives 2 Pi(n + n/s) (1 + s)^(1 - s n), which this n brings below delta: what
    remains is an inequality in s and ln(2/delta)/d, with room 2.6 or more (in the tests).
    """
    cost = 2 * vc_dim * log_ratio(6, epsilon) + log_ratio(2, delta)
    return cost * (1 + sqrt(epsilon)) / (epsilon * (1 - epsilon))


@bound(
    CONSISTENT, source="ShalevShwartzBenDavid2014, Theorem 28.3", entry="ssbd_28_realizable_n",
    needs=("4 * delta < 1",), direction={"delta": None},
    witness={"delta": {"at": {"epsilon": 0.1, "vc_dim": 10}, "values": [0.01, 0.2, 0.3]}},
)  # fmt: skip
def shalev_shwartz_realizable_sample_size(epsilon, delta, vc_dim):
    """A hypothesis without error has risk at most epsilon, by epsilon-nets; for delta below 1/4.

    Never below `anthony_bartlett_realizable_sample_size`, which needs no such condition.
    """
    return 8 / epsilon * (2 * vc_dim * log(16 * E / epsilon) + log_ratio(2, delta))
