"""Hypotheses without error on the sample, or with few: exact combinatorics of a double sample.

A hypothesis with a risk above epsilon would err on a ghost sample. Given both samples together,
that all its errors fell among the ghosts is a matter of counting: a hypergeometric probability,
which the classical theorem bounds by a power of 2 and the later ones invert as it stands.
"""

from genbounds.claims import CONSISTENT, EVERY_HYPOTHESIS_ABOVE
from genbounds.declaration import bound
from genbounds.generic import (
    LN2,
    double_sample_inverse,
    hypergeometric_tail_inverse,
    log_ratio,
    maximum,
)

LABELINGS_ABOVE = EVERY_HYPOTHESIS_ABOVE._replace(loss="zero_one")


@bound(
    CONSISTENT._replace(loss="zero_one"),
    source="BlumerEhrenfeuchtHausslerWarmuth1989, Proposition A2.1; "
    "DevroyeGyorfiLugosi1996, Theorem 12.7",
    entry="realizable_vc_eps",
)  # fmt: skip
def blumer(n, log_growth, delta):
    """A hypothesis without error on the sample, chosen from a class: 2 Pi(2n) 2^(-n eps/2).

    The sources ask for n eps at least 8 or 2. Nothing is needed: below 2 the bound exceeds 1, and
    from 1 on a binomial's median, at least floor(nR), is at least n eps/2. That half of the ghost
    errors is the loss here: `anthony_bartlett_realizable_sample_size` keeps all of them.
    """
    return 2 / LN2 * (log_growth(2 * n) + log_ratio(2, delta)) / n


@bound(
    CONSISTENT._replace(loss="zero_one"),
    source="BlumerEhrenfeuchtHausslerWarmuth1989; ShaweTaylorAnthonyBiggs1993",
    witness={"n_ghost": {
        "at": {"n": 100, "vc_dim": 2, "delta": 0.05}, "values": [1, 100, 1000],
    }},
)  # fmt: skip
def double_sample(n, n_ghost, log_growth, delta):
    """A hypothesis without error on the sample: the double-sample argument without any rounding.

    For every threshold j, with k ghosts, P(some r = 0 and R > eps) P(Bin(k, eps) >= j) is at most
    Pi(n+k) C(k,j)/C(n+k,j), the probability that j errors all fall among the ghosts. The value is
    the least eps over j at this k, which may be chosen freely before the sample.
    """
    return double_sample_inverse(log_growth(n + n_ghost), n, n_ghost, log_ratio(1, delta))


@bound(
    LABELINGS_ABOVE, source="LeboeufLeBlancMarchand2021, Theorem 5; GreenbergMohri2014",
    entry="HTinv", fixed=("n_ghost",),
    witness={"n_ghost": {
        "at": {"errors": 3, "n": 100, "vc_dim": 2, "delta": 0.05}, "values": [1, 1000, 10**6],
    }},
)  # fmt: skip
def leboeuf_hypergeometric(errors, n, n_ghost, log_growth, delta):
    """Every hypothesis, by inverting the hypergeometric tail of its errors.

    Let K be the largest total of errors in n + n' points that leaves k or fewer in the sample with
    probability delta/(4 Pi(n+n')). If n' R exceeds 1 and K - k, then with probability above 1/4 the
    ghost errors reach n' R, and the total exceeds K. That 1 is the maximum with 1. The source's
    inverse is the least total beyond, hence its -1. n' = 4n is a good choice.
    """
    cost = log_growth(n + n_ghost) + log_ratio(4, delta)
    total = hypergeometric_tail_inverse(errors, n, n + n_ghost, cost)
    return maximum(total - errors, 1) / n_ghost
