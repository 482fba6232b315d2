"""A finite class: the bound for one hypothesis at delta/M, for all M at once.

The union bound turns ln(1/delta) into ln M + ln(1/delta) and leaves everything else as it is: each
bound here is one of the families `concentration` and `variance`, paid for by every hypothesis of
the class. Without errors it is the theorem that started PAC learning; under Massart's noise the
empirical risk minimiser keeps that fast rate.
"""

from genbounds.claims import CONSISTENT, EVERY_HYPOTHESIS_ABOVE, Claim, below
from genbounds.declaration import bound
from genbounds.generic import expm1, kl_inverse_lower, kl_inverse_upper, let, log_ratio, sqrt

MASSART = Claim(quantity="excess_risk", scope="erm", loss="zero_one", setting="massart")


@bound(
    CONSISTENT, source="BlumerEhrenfeuchtHausslerWarmuth1987", entry="finite_realizable_exact",
)  # fmt: skip
def finite_realizable(n, log_cardinality, delta):
    """A hypothesis without error on the sample, chosen from a finite class.

    One of risk R survives n observations with probability at most (1 - R)^n. Exact for a single
    hypothesis of 0-1 loss, and for two of risk 1/2 that err on complementary sets.
    """
    return -expm1(-((log_cardinality + log_ratio(1, delta)) / n))


@bound(
    CONSISTENT,
    source="ShalevShwartzBenDavid2014, Corollary 2.3; MohriRostamizadehTalwalkar2018, Theorem 2.5",
)  # fmt: skip
def finite_realizable_linear(n, log_cardinality, delta):
    """A hypothesis without error on the sample, in textbook form: 1 - R is at most exp(-R)."""
    return (log_cardinality + log_ratio(1, delta)) / n


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="MohriRostamizadehTalwalkar2018, Theorem 2.13",
    entry="finite_agnostic_radius", additive=True,
)  # fmt: skip
def finite_hoeffding(empirical_risk, n, log_cardinality, delta):
    """Hoeffding's inequality for every hypothesis of a finite class, one side.

    The textbook's ln(2/delta) is that of both sides. The minimiser of the empirical risk is within
    twice the two-sided deviation of the best in the class.
    """
    return empirical_risk + sqrt((log_cardinality + log_ratio(1, delta)) / (2 * n))


@bound(EVERY_HYPOTHESIS_ABOVE, source="Hoeffding1963, Theorem 1", entry="finite_kl_upper")
def finite_chernoff(empirical_risk, n, log_cardinality, delta):
    """Chernoff's bound in its sharp form for every hypothesis of a finite class."""
    return kl_inverse_upper(empirical_risk, (log_cardinality + log_ratio(1, delta)) / n)


@bound(below(EVERY_HYPOTHESIS_ABOVE), source="Hoeffding1963, Theorem 1")
def finite_chernoff_lower(empirical_risk, n, log_cardinality, delta):
    """Chernoff's bound from below for every hypothesis of a finite class."""
    return kl_inverse_lower(empirical_risk, (log_cardinality + log_ratio(1, delta)) / n)


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="AngluinValiant1979, Proposition 2.4",
    entry="finite_relative_upper",
)  # fmt: skip
def finite_relative_chernoff(empirical_risk, n, log_cardinality, delta):
    """The relative Chernoff bound for every hypothesis of a finite class."""
    a = let("a", (log_cardinality + log_ratio(1, delta)) / n)
    return empirical_risk + a + sqrt(a**2 + 2 * empirical_risk * a)


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="BoucheronLugosiMassart2013, Theorem 2.10",
    entry="finite_bernstein_radius", additive=True, given=("variance_known",),
)  # fmt: skip
def finite_bernstein(empirical_risk, variance, n, log_cardinality, delta):
    """Bernstein's inequality for every hypothesis of a finite class, each with its own variance."""
    a = let("a", (log_cardinality + log_ratio(1, delta)) / n)
    return empirical_risk + sqrt(2 * variance * a) + a / 3


@bound(
    MASSART, source="MassartNedelec2006", entry="finite_massart_excess", given=("bayes_in_class",),
)  # fmt: skip
def finite_massart_noise(n, log_cardinality, massart_margin, delta):
    """The empirical risk minimiser under Massart's noise: the excess risk falls like 1/n.

    The constants are derived here. The excess loss is in [-1, 1], its variance at most E/h where E
    is the excess risk, its empirical mean at most 0: Bernstein with b = 2 says
    E <= sqrt(2Ea/h) + 2a/3, a quadratic in sqrt E whose root, squared, is the value.
    """
    a = let("a", (log_cardinality + log_ratio(1, delta)) / n)
    return a * (1 + sqrt(1 + 4 * massart_margin / 3)) / massart_margin + 2 * a / 3
