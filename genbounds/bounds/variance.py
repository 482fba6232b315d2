"""One hypothesis, fixed before the sample, whose loss varies little: bounds that know the variance.

With the true variance they are Bernstein's and Bennett's; the forms of Bernstein's inequality that
are in use differ in how its exponent is inverted. The variance of the sample in its place keeps the
rate at the price of a second event, on which it is not far below the true one: the empirical
Bernstein bounds. The deviation does not see the mean, so each also holds for the loss 1 - l.
"""

from genbounds.claims import EVERY_HYPOTHESIS_ABOVE, FIXED, below
from genbounds.declaration import bound
from genbounds.generic import bennett_deviation, let, log_ratio, maximum, sqrt

KNOWN = ("independent_test_set", "variance_known")
STD = FIXED._replace(quantity="std")

# --- the true variance


@bound(
    FIXED, source="BoucheronLugosiMassart2013, Theorem 2.10", entry="bernstein_radius",
    additive=True, given=KNOWN,
)  # fmt: skip
def bernstein(empirical_risk, variance, n, delta):
    """Bernstein's inequality, inverted exactly as a sub-gamma tail.

    The log moment generating function is at most v s^2/(2(1 - s/3)), and the inverse of its
    conjugate is sqrt(2vx) + x/3. The sample variance may not stand in for the true one.
    """
    c = let("c", log_ratio(1, delta) / n)
    return empirical_risk + sqrt(2 * variance * c) + c / 3


@bound(
    FIXED, source="BoucheronLugosiMassart2013, Corollary 2.11", entry="bernstein_radius_exact",
    additive=True, given=KNOWN,
)  # fmt: skip
def bernstein_quadratic(empirical_risk, variance, n, delta):
    """Bernstein's inequality as it is printed, exp(-n t^2/(2(v + t/3))), solved for t.

    The printed exponent is itself a lower bound of the sub-gamma one, so `bernstein` is smaller.
    """
    c = let("c", log_ratio(1, delta) / n)
    return empirical_risk + c / 3 + sqrt((c / 3) ** 2 + 2 * variance * c)


@bound(
    FIXED, source="BoucheronLugosiMassart2013, Corollary 2.11", entry="bernstein_radius_loose",
    additive=True, given=KNOWN,
)  # fmt: skip
def bernstein_loose(empirical_risk, variance, n, delta):
    """Bernstein's inequality as textbooks solve it, the root of a sum split into two roots."""
    c = let("c", log_ratio(1, delta) / n)
    return empirical_risk + sqrt(2 * variance * c) + 2 * c / 3


@bound(
    FIXED, source="Bennett1962; BoucheronLugosiMassart2013, Theorem 2.9", entry="bennett_radius",
    additive=True, given=KNOWN,
)  # fmt: skip
def bennett(empirical_risk, variance, n, delta):
    """Bennett's inequality: the sharpest bound from the variance alone by Chernoff's method.

    exp(-n v h(t/v)) = delta solved for t, with h(u) = (1 + u) ln(1 + u) - u; 0 where v is 0.
    """
    return empirical_risk + bennett_deviation(variance, log_ratio(1, delta) / n)


# --- the variance of the sample


@bound(
    FIXED, source="MaurerPontil2009, Theorem 4", entry="empirical_bernstein_mp", additive=True,
    given=("independent_test_set",), needs=("n >= 2",),
)  # fmt: skip
def maurer_pontil(empirical_risk, sample_variance, n, delta):
    """Maurer and Pontil's empirical Bernstein bound, with the unbiased sample variance.

    Bernstein at delta/2 with sigma <= sqrt V + sqrt(2 ln(2/delta)/(n - 1)): 7/3 is 1/3 + 2. The
    ln(2/delta) is already that of one side; a variance with divisor n is not what the proof uses.
    """
    c = let("c", log_ratio(2, delta))
    return empirical_risk + sqrt(2 * sample_variance * c / n) + 7 * c / (3 * (n - 1))


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="MaurerPontil2009, Theorem 6", entry="maurer_pontil_uniform",
    additive=True, needs=("n >= 16",),
)  # fmt: skip
def maurer_pontil_uniform(empirical_risk, sample_variance, n, log_covering, delta):
    """The empirical Bernstein bound for a whole class, through its covering number.

    `log_covering(scale, size)` is the log of the largest number of balls of radius `scale` in the
    maximum norm that cover the class on `size` points; the theorem asks for it at (1/n, 2n).
    """
    c = let("c", log_covering(1 / n, 2 * n) + log_ratio(10, delta))
    return empirical_risk + sqrt(18 * sample_variance * c / n) + 15 * c / (n - 1)


@bound(
    STD, source="MaurerPontil2009, Theorem 10", entry="std_upper_mp",
    given=("independent_test_set",), needs=("n >= 2",),
)  # fmt: skip
def maurer_pontil_std(sample_variance, n, delta):
    """The standard deviation of the loss from that of the sample.

    n V is self-bounding with constant n/(n - 1), so P(s^2 - V > t) <= exp(-(n - 1) t^2/(2 s^2)).
    """
    return sqrt(sample_variance) + sqrt(2 * log_ratio(1, delta) / (n - 1))


@bound(
    below(STD), source="MaurerPontil2009, Theorem 10", entry="std_lower_mp",
    given=("independent_test_set",), needs=("n >= 2",), direction={"sample_variance": "+"},
)  # fmt: skip
def maurer_pontil_std_lower(sample_variance, n, delta):
    """The standard deviation of the loss from below: another event than that of the upper bound."""
    return maximum(0, sqrt(sample_variance) - sqrt(2 * log_ratio(1, delta) / (n - 1)))


@bound(
    FIXED._replace(side="both"), source="AudibertMunosSzepesvari2009, Theorem 1",
    entry="empirical_bernstein_audibert", additive=True, given=("independent_test_set",),
)  # fmt: skip
def audibert_munos_szepesvari(empirical_risk, biased_variance, n, delta):
    """The empirical Bernstein bound of UCB-V, both sides at once, with the variance of divisor n.

    With c = ln(3/delta)/n and D the deviation: Bernstein on both sides, and on the squares
    s^2 <= V + D^2 + s sqrt(2c), give s <= sqrt V + sqrt(c/2) + sqrt(D^2 + c/2). Either 3c >= 1, or
    D^2 <= 8c/9 and the parts add up to sqrt(2Vc) + 3c. One side alone would cost ln(2/delta).
    """
    c = let("c", log_ratio(3, delta) / n)
    return empirical_risk + sqrt(2 * biased_variance * c) + 3 * c
