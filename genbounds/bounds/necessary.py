"""What no learner can do: sample sizes that are necessary, risks that cannot be undercut.

Each theorem exhibits a distribution on points that the class shatters where every learner fails
with probability above delta. A value of -inf says that the theorem is silent, not that learning is
easy. Learners may be randomised unless a condition says otherwise.
"""

from genbounds.claims import Claim
from genbounds.declaration import bound
from genbounds.generic import E, floor, log1p, log_ratio, maximum, sqrt

RISK = Claim(side="lower", scope="every_learner", loss="zero_one", setting="realizable")
EXCESS = RISK._replace(quantity="excess_risk", setting="agnostic")
RISK_SIZE = RISK._replace(form="sample_size")
EXCESS_SIZE = EXCESS._replace(form="sample_size")


@bound(
    RISK_SIZE, source="EhrenfeuchtHausslerKearnsValiant1989, Theorem 1", entry="ehkv_n",
    needs=("vc_dim >= 2", "8 * epsilon <= 1", "100 * delta <= 1"),
)  # fmt: skip
def ehrenfeucht_necessary(epsilon, delta, vc_dim):
    """Every learner, realizable: fewer observations cannot reach risk epsilon.

    All but 8 eps of the mass sits on one point and d - 1 rare ones share the rest: half stay
    unseen.
    """
    return (vc_dim - 1) / (32 * epsilon)


@bound(
    RISK, source="MohriRostamizadehTalwalkar2018, Theorem 3.20", entry="realizable_lower_error",
    needs=("vc_dim >= 2", "vc_dim - 1 <= 4 * n", "100 * delta <= 1"),
    direction={"n": None, "vc_dim": None},
    witness={
        "n": {"at": {"vc_dim": 50, "delta": 0.01}, "values": [1, 13, 1000]},
        "vc_dim": {"at": {"n": 10, "delta": 0.01}, "values": [1, 10, 1000]},
    },
)  # fmt: skip
def mohri_realizable_lower(n, vc_dim, delta):
    """Every learner, realizable: with probability 1/100 or more the risk exceeds this.

    `ehrenfeucht_necessary` solved for epsilon, so its epsilon <= 1/8 must hold: the book omits it.
    """
    return (vc_dim - 1) / (32 * n)


@bound(
    RISK_SIZE, source="BlumerEhrenfeuchtHausslerWarmuth1989, Theorem 2.1", entry="blumer_lower_n",
    needs=("2 * epsilon < 1",), given=("non_trivial_class", "deterministic_learner"),
)  # fmt: skip
def blumer_necessary(epsilon, delta, vc_dim):
    """Every deterministic learner, realizable: fewer observations cannot reach risk epsilon.

    A point of mass eps that tells two hypotheses apart stays unseen with probability above delta;
    and on d equally likely points the unseen ones are guessed. A randomised learner is right there
    half of the time, which turns ln(1/delta) into ln(1/(2 delta)).
    """
    unseen = (1 - epsilon) / epsilon * log_ratio(1, delta)
    return maximum(unseen, vc_dim * (1 - 2 * (epsilon * (1 - delta) + delta)))


@bound(
    EXCESS_SIZE, source="AnthonyBartlett1999, Theorem 5.2", entry="ab_agnostic_lower_n",
    needs=("64 * epsilon < 1", "64 * delta < 1"),
)  # fmt: skip
def anthony_bartlett_necessary(epsilon, delta, vc_dim):
    """Every learner, agnostic: fewer observations cannot reach an excess risk of epsilon.

    On each of d shattered points the label is a coin of bias of order epsilon.
    """
    return vc_dim / (320 * epsilon**2)


@bound(
    EXCESS_SIZE, source="AnthonyBartlett1999, Theorem 5.2", entry="ab_agnostic_lower_delta_n",
    needs=("4 * delta < 1",), given=("at_least_two_hypotheses",),
)  # fmt: skip
def anthony_bartlett_necessary_confidence(epsilon, delta):
    """Every learner, agnostic, two hypotheses suffice: which way is a coin of bias epsilon loaded?

    2 floor((1 - eps^2)/(2 eps^2) ln(1/(8 delta (1 - 2 delta)))), with the logarithm written so that
    it keeps its digits as delta nears 1/4: 8 delta (1 - 2 delta) is 1 - (1 - 4 delta)^2.
    """
    cost = log1p((1 - 4 * delta) ** 2 / (8 * delta * (1 - 2 * delta)))
    return 2 * floor((1 - epsilon) * (1 + epsilon) / (2 * epsilon**2) * cost)


@bound(
    EXCESS, source="MohriRostamizadehTalwalkar2018, Theorem 3.23; AnthonyBartlett1999, Theorem 5.2",
    entry="agnostic_lower_excess", needs=("64 * vc_dim < 5 * n", "64 * delta < 1"),
    direction={"n": None, "vc_dim": None},
    witness={
        "n": {"at": {"vc_dim": 10, "delta": 0.01}, "values": [1, 129, 10**6]},
        "vc_dim": {"at": {"n": 129, "delta": 0.01}, "values": [1, 10, 1000]},
    },
)  # fmt: skip
def mohri_agnostic_lower(n, vc_dim, delta):
    """Every learner, agnostic: with probability 1/64 or more the excess risk exceeds this.

    `anthony_bartlett_necessary` solved for epsilon, so d/(320 n) must be below 1/64^2. Without that
    domain, as printed, it exceeds 1 for d > 320 n.
    """
    return sqrt(vc_dim / (320 * n))


@bound(
    EXCESS_SIZE, source="ShalevShwartzBenDavid2014, Section 28.2.2", entry="ssbd_agnostic_lower_n",
    needs=("8 * delta <= 1", "128 * epsilon**2 < 1"),
)  # fmt: skip
def shalev_shwartz_necessary(epsilon, delta, vc_dim):
    """Every learner, agnostic: fewer observations cannot reach an excess risk of epsilon.

    Coins of bias 8 eps on d points leave a mean excess above 2 eps, of at most 8 eps. The section's
    heading, 8d/eps^2, is a misprint: two hypotheses would contradict it (see the tests).
    """
    return vc_dim / (512 * epsilon**2)


@bound(
    EXCESS_SIZE, source="ShalevShwartzBenDavid2014, Section 28.2.1",
    entry="ssbd_agnostic_lower_delta_n", needs=("2 * epsilon**2 < 1",),
    given=("at_least_two_hypotheses",),
)  # fmt: skip
def shalev_shwartz_necessary_confidence(epsilon, delta):
    """Every learner, agnostic: a coin of bias epsilon on one point where two hypotheses disagree.

    It is misjudged with probability (1 - sqrt(1 - exp(-2 n eps^2)))/2 or more.
    """
    return maximum(log_ratio(1, 4 * delta), 0) / (2 * epsilon**2)


@bound(
    RISK._replace(surely="expectation"), source="DevroyeGyorfiLugosi1996, Theorem 14.1",
    entry="dgl_realizable_lower_expected", needs=("vc_dim >= 2", "n >= vc_dim - 1"),
    direction={"n": None, "vc_dim": None},
    witness={
        "n": {"at": {"vc_dim": 2}, "values": [1, 2, 1000]},
        "vc_dim": {"at": {"n": 10}, "values": [1, 5, 50]},
    },
)  # fmt: skip
def devroye_gyorfi_lugosi_lower(n, vc_dim):
    """Every learner, realizable, in expectation: d - 1 points of mass 1/n stay unseen too often.

    Each is missed with probability (1 - 1/n)^n, at least (1 - 1/n)/e, and then guessed.
    """
    return (vc_dim - 1) * (n - 1) / (2 * E * n**2)


@bound(
    EXCESS._replace(surely="expectation"), source="DevroyeGyorfiLugosi1996, Theorem 14.5",
    entry="dgl_14_5",
    needs=(
        "vc_dim >= 2", "2 * n * bayes_risk >= 9 * (vc_dim - 1)",
        "2 * n * bayes_risk * (1 - 2 * bayes_risk)**2 >= vc_dim - 1",
    ),
    direction={"n": None, "vc_dim": None, "bayes_risk": None},
    witness={
        "n": {"at": {"vc_dim": 10, "bayes_risk": 0.1}, "values": [10, 405, 10**6]},
        "vc_dim": {"at": {"n": 1000, "bayes_risk": 0.1}, "values": [1, 10, 1000]},
        "bayes_risk": {"at": {"n": 10000, "vc_dim": 10}, "values": [0, 0.1, 0.5]},
    },
)  # fmt: skip
def devroye_gyorfi_lugosi_agnostic_lower(n, vc_dim, bayes_risk):
    """Every learner, in expectation, when the best in the class has the given risk L.

    Let d - 1 points share mass 2L/(1 - x) and label them with coins of bias x = 1/sqrt N, where
    N = 2nL/(d - 1): the conditions say x <= 1/3 and mass <= 1. By Bretagnolle and Huber the excess
    is at least L x e^(-3.2)/2, far above the printed e^(-8) L x/sqrt 12.
    """
    return E**-8 * sqrt(bayes_risk * (vc_dim - 1) / (24 * n))
