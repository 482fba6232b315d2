"""How far the empirical Rademacher complexity of one sample lies from the expected one.

Losses in [0, 1] may be centred, since a constant does not change the complexity: then one sign
moves a signed sum by at most 1/2 on average, so an observation moves the complexity by 1/(2n), half
of what is usually written. Times 2n it is even self-bounding, so that its fluctuations shrink with
it: the two bounds of that kind are sharper where the complexity is small.
"""

from genbounds.claims import Claim, below
from genbounds.declaration import bound
from genbounds.generic import exp, let, log_ratio, maximum, sqrt

COMPLEXITY = Claim(quantity="rademacher", scope="the_class")


@bound(
    COMPLEXITY, source="McDiarmid1989, Lemma 1.2; BartlettMendelson2002, Theorem 11",
    entry="rad_dev_mcdiarmid_sharp", given=("class_before_sample",),
)  # fmt: skip
def rademacher_deviation(empirical_rademacher, n, delta):
    """The expected complexity of losses in [0, 1], by bounded differences 1/(2n).

    With S the signed sum without observation i and g its centred loss, (sup(S + g) + sup(S - g))/2
    lies between sup S and sup S + 1/2. A difference of 1/(4n) would be too small.
    """
    return empirical_rademacher + sqrt(log_ratio(1, delta) / (8 * n))


@bound(
    below(COMPLEXITY), source="McDiarmid1989, Lemma 1.2; BartlettMendelson2002, Theorem 11",
    direction={"empirical_rademacher": "+"}, given=("class_before_sample",),
)  # fmt: skip
def rademacher_deviation_lower(empirical_rademacher, n, delta):
    """The expected complexity of losses in [0, 1] from below, by bounded differences 1/(2n)."""
    return empirical_rademacher - sqrt(log_ratio(1, delta) / (8 * n))


@bound(
    COMPLEXITY, source="MohriRostamizadehTalwalkar2018, Theorem 3.3",
    entry="rad_dev_mcdiarmid_mohri", given=("class_before_sample",),
)  # fmt: skip
def rademacher_deviation_mohri(empirical_rademacher, n, delta):
    """The expected complexity as textbooks have it: differences 1/n, twice those of the default."""
    return empirical_rademacher + sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    COMPLEXITY._replace(
        quantity="absolute_rademacher", form="failure_probability", loss="bounded"
    ),
    source="BartlettMendelson2002, Theorem 11",
    given=("class_before_sample", "values_within_one"),
)  # fmt: skip
def bartlett_mendelson_deviation_tail(epsilon, n):
    """The probability that the empirical complexity with absolute values is off by epsilon.

    For functions with values in [-1, 1], either way. In the 2/n convention of the source epsilon
    is twice as large: 2 exp(-n eps^2/8).
    """
    return 2 * exp(-(n * epsilon**2 / 2))


@bound(
    COMPLEXITY, source="BoucheronLugosiMassart2013, Theorem 6.12",
    entry="rad_upper_selfbounding", given=("class_before_sample",),
)  # fmt: skip
def rademacher_deviation_self_bounding(empirical_rademacher, n, delta):
    """The expected complexity of losses in [0, 1], sharper where the empirical one is small.

    Z = 2n Rhat is self-bounding: leaving out an observation lowers it by 0 to 1, and all these
    losses add up to at most Z. So P(Z <= EZ - t) <= exp(-t^2/(2EZ)), solved here for EZ. The form
    Rhat/(1 - a) + L/(4n a(1 - a)) has this as its infimum over a. Zero: at most ln(1/delta)/n.
    """
    a = let("a", log_ratio(1, delta) / (2 * n))
    return empirical_rademacher + a + sqrt(a**2 + 2 * a * empirical_rademacher)


@bound(
    below(COMPLEXITY), source="BoucheronLugosiMassart2013, Theorem 6.12",
    direction={"empirical_rademacher": "+"}, given=("class_before_sample",),
)  # fmt: skip
def rademacher_deviation_self_bounding_lower(empirical_rademacher, n, delta):
    """The expected complexity from below, sharper where the empirical one is small; 0 at worst.

    The other tail of the self-bounding Z is that of a Poisson variable, so Rhat <= R + sqrt(2aR) +
    a/3 with a = ln(1/delta)/(2n): at its best parameter, the form (1 + c)R + a(1/(2c) + 1/3).
    Solved for R: (sqrt(Rhat + a/6) - sqrt(a/2))^2, written here so that nothing cancels.
    """
    a = let("a", log_ratio(1, delta) / (2 * n))
    roots = sqrt(empirical_rademacher + a / 6) + sqrt(a / 2)
    return (maximum(0, empirical_rademacher - a / 3) / roots) ** 2
