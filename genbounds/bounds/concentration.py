"""One hypothesis, fixed before the sample: how far the mean loss lies from the risk.

Everything here is Chernoff's method. Its sharp form inverts the relative entropy of two coins;
bounding that entropy from below by something that can be solved gives the others: a square
(Hoeffding), a square over the risk (the multiplicative and relative forms), a square of the
difference of square roots (Okamoto). Functions other than the mean follow at the end: the whole
distribution function, a function of bounded differences, a martingale.
"""

from genbounds.claims import FIXED, Claim, below
from genbounds.declaration import bound
from genbounds.generic import (
    bennett_function,
    exp,
    kl_inverse_lower,
    kl_inverse_upper,
    let,
    log_ratio,
    maximum,
    relative_entropy,
    sqrt,
    total,
)

TAIL = FIXED._replace(form="failure_probability")
CDF = FIXED._replace(quantity="cdf_deviation", loss="any")
DEVIATION = Claim(quantity="deviation", scope="fixed_function", data="independent", loss="any")

# --- the mean of losses in [0, 1]


@bound(
    FIXED, source="Hoeffding1963, Theorem 2", entry="hoeffding_radius", additive=True,
    given=("independent_test_set",),
)  # fmt: skip
def hoeffding(empirical_risk, n, delta):
    """Hoeffding's inequality: the simplest bound, blind to how small the risk is.

    For losses in [0, 1]; the form without the 2 in the denominator is for losses in [-1, 1].
    """
    return empirical_risk + sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    FIXED, source="Hoeffding1963, Theorem 1; Chernoff1952", entry="kl_upper",
    given=("independent_test_set",),
)  # fmt: skip
def chernoff(empirical_risk, n, delta):
    """Chernoff's bound in its sharp form: the largest risk whose relative entropy is affordable.

    By convexity it holds for all losses in [0, 1], not only for 0 and 1. Without errors it is
    1 - delta^(1/n). No ln(n + 1) or ln(2 sqrt n) belongs here: those are the price of PAC-Bayes.
    """
    return kl_inverse_upper(empirical_risk, log_ratio(1, delta) / n)


@bound(
    below(FIXED), source="Hoeffding1963, Theorem 1; Chernoff1952", entry="kl_lower",
    given=("independent_test_set",),
)  # fmt: skip
def chernoff_lower(empirical_risk, n, delta):
    """Chernoff's bound from below: the upper one for the loss 1 - l."""
    return kl_inverse_lower(empirical_risk, log_ratio(1, delta) / n)


@bound(
    FIXED, source="AngluinValiant1979, Proposition 2.4", entry="relative_chernoff_upper",
    given=("independent_test_set",),
)  # fmt: skip
def relative_chernoff(empirical_risk, n, delta):
    """The multiplicative Chernoff bound solved for the risk: fast where the risk is small.

    kl(r, p) >= (p - r)^2/(2p) for r <= p, since the second derivative 1/(r(1 - r)) is at least 1/p;
    the largest p with (p - r)^2 <= 2 p a is r + a + sqrt(a^2 + 2ra).
    """
    a = let("a", log_ratio(1, delta) / n)
    return empirical_risk + a + sqrt(a**2 + 2 * empirical_risk * a)


@bound(
    below(FIXED), source="MitzenmacherUpfal2005, Chapter 4", entry="relative_chernoff_lower",
    given=("independent_test_set",), direction={"empirical_risk": None},
    witness={"empirical_risk": {"at": {"n": 10, "delta": 0.05}, "values": [0, 0.1, 0.6]}},
)  # fmt: skip
def relative_chernoff_lower(empirical_risk, n, delta):
    """The multiplicative Chernoff bound for the upper tail, solved for the risk; negative if r < a.

    kl(r, p) >= (r - p)^2/(r + p) for r >= p; the smallest p with (r - p)^2 <= (r + p) a is
    r - (sqrt(a^2 + 8ra) - a)/2, written here so that nothing cancels. Even r - sqrt(2ra) is valid,
    and looser; what is wrong is to mirror the upper bound, r + a - sqrt(a^2 + 2ra).
    """
    a = let("a", log_ratio(1, delta) / n)
    root = sqrt(a**2 + 8 * empirical_risk * a)
    return 2 * empirical_risk * (empirical_risk - a) / (2 * empirical_risk + a + root)


@bound(FIXED, source="Okamoto1958", entry="okamoto_upper", given=("independent_test_set",))
def okamoto(empirical_risk, n, delta):
    """Okamoto's bound: on the square root of the risk the deviation no longer depends on the risk.

    kl(r, p) >= (sqrt r - sqrt p)^2 + (sqrt(1 - r) - sqrt(1 - p))^2, and the first term is enough.
    The other side has a factor 2 in the exponent; this side has not.
    """
    return (sqrt(empirical_risk) + sqrt(log_ratio(1, delta) / n)) ** 2


@bound(below(FIXED), source="Okamoto1958", entry="okamoto_lower", given=("independent_test_set",))
def okamoto_lower(empirical_risk, n, delta):
    """Okamoto's bound from below, with twice the exponent of the upper one.

    For r >= p, kl(r, p) >= r ln(r/p) - r + p >= 2 (sqrt r - sqrt p)^2: with t = sqrt(r/p) the
    difference, divided by p, has the derivative 4 (t ln t - t + 1) >= 0.
    """
    return maximum(0, sqrt(empirical_risk) - sqrt(log_ratio(1, delta) / (2 * n))) ** 2


# --- tail probabilities


@bound(
    TAIL, source="Hoeffding1963, Theorem 1; Chernoff1952", entry="chernoff_kl_tail",
    given=("independent_test_set",), direction={"empirical_risk": None, "risk": None},
    witness={
        "empirical_risk": {"at": {"risk": 0.5, "n": 100}, "values": [0.4, 0.5, 0.6]},
        "risk": {"at": {"empirical_risk": 0.5, "n": 100}, "values": [0.4, 0.5, 0.6]},
    },
)  # fmt: skip
def chernoff_tail(empirical_risk, risk, n):
    """The probability of a mean loss at least as far from the risk, on the side where it lies."""
    return exp(-(n * relative_entropy(empirical_risk, risk)))


@bound(
    TAIL, source="MitzenmacherUpfal2005, Chapter 4", entry="chernoff_mult_upper_tail_exact",
    given=("independent_test_set",), direction={"risk": "-"},
)  # fmt: skip
def multiplicative_chernoff_tail(risk, n, deviation):
    """The probability that the mean loss reaches (1 + deviation) times the risk.

    kl(q, p) >= q ln(q/p) - q + p, which is p ((1 + g) ln(1 + g) - g) at q = (1 + g) p.
    """
    return exp(-(n * risk * bennett_function(deviation)))


@bound(
    TAIL, source="MitzenmacherUpfal2005, Chapter 4", entry="chernoff_mult_upper_tail",
    given=("independent_test_set",), direction={"risk": "-"},
)  # fmt: skip
def multiplicative_chernoff_tail_simple(risk, n, deviation):
    """The probability that the mean loss reaches (1 + deviation) times the risk, in closed form.

    From ln(1 + g) >= 2g/(2 + g), for every g >= 0.
    """
    return exp(-(n * risk * deviation * (deviation / (2 + deviation))))


@bound(
    TAIL, source="MitzenmacherUpfal2005, Chapter 4", entry="chernoff_mult_upper_tail_third",
    given=("independent_test_set",), needs=("deviation <= 1",), direction={"risk": "-"},
)  # fmt: skip
def multiplicative_chernoff_tail_third(risk, n, deviation):
    """The probability that the mean loss reaches (1 + deviation) times the risk, deviation <= 1.

    Beyond 1 it is false: at n = 100, risk 0.01 and deviation 8 the exact probability is 8.4e-7, the
    formula 5.4e-10. With 2 in place of 3 it is false even below 1.
    """
    return exp(-(n * risk * deviation**2 / 3))


@bound(
    TAIL, source="MitzenmacherUpfal2005, Chapter 4", entry="chernoff_mult_lower_tail",
    given=("independent_test_set",), needs=("deviation <= 1",), direction={"risk": "-"},
)  # fmt: skip
def multiplicative_chernoff_lower_tail(risk, n, deviation):
    """The probability that the mean loss falls to (1 - deviation) times the risk.

    From kl(q, p) >= (p - q)^2/(2p) for q <= p.
    """
    return exp(-(n * risk * deviation**2 / 2))


# --- functions other than the mean


@bound(
    CDF, source="Massart1990; Reeve2024, Corollary 2", entry="dkw_radius",
    given=("independent_test_set",),
)  # fmt: skip
def dvoretzky_kiefer_wolfowitz(n, delta):
    """The largest excess of the empirical distribution function over the true one, or the reverse.

    Massart's constant 1; his condition delta <= 1/2 on the one-sided form was removed by Reeve.
    """
    return sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    DEVIATION, source="McDiarmid1989, Lemma 1.2", entry="mcdiarmid_radius",
    given=("bounded_differences",),
)  # fmt: skip
def mcdiarmid(differences, delta):
    """McDiarmid's inequality for a function of independent observations.

    The martingale of its conditional means moves in an interval of length c_i at step i, so
    Hoeffding's lemma applies. With every c_i = 1/n it is Hoeffding's inequality for the mean.

    >>> mcdiarmid(differences=[0.1] * 10, delta=0.05) == hoeffding.gap(n=10, delta=0.05)
    True
    """
    return sqrt(log_ratio(1, delta) / 2 * total(lambda c: c**2, differences))


@bound(
    DEVIATION._replace(data="martingale"), source="Azuma1967", entry="azuma_radius",
    given=("bounded_increments",),
)  # fmt: skip
def azuma(differences, delta):
    """Azuma's inequality for a martingale whose increments are at most c_i in absolute value.

    Such an increment lies in an interval of length 2 c_i: hence 4 times McDiarmid's exponent, which
    is the right one where the increment lies in a predictable interval of length c_i.
    """
    return sqrt(2 * log_ratio(1, delta) * total(lambda c: c**2, differences))
