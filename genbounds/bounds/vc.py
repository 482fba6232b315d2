"""Uniform convergence over a class, distribution-free, through its growth function.

A ghost sample replaces the true risk, then only the labelings of finitely many points count. The
bounds differ in how the two samples are compared and at which size the labelings are counted: 2n
for a ghost sample of the same size, n^2 for Devroye's longer one, n where random signs or
Rademacher averages take its place. They hold for 0-1 loss, whose labelings by errors are as many as
those by the hypotheses; the best constant, 1 under the root, is that of `vapnik_confidence`.
"""

from genbounds.claims import EVERY_HYPOTHESIS, EVERY_HYPOTHESIS_ABOVE
from genbounds.declaration import bound
from genbounds.generic import LN2, PI, erfc, exp, let, log, log1p, log_ratio, maximum, sqrt

LABELINGS = EVERY_HYPOTHESIS._replace(loss="zero_one")
LABELINGS_ABOVE = EVERY_HYPOTHESIS_ABOVE._replace(loss="zero_one")
# Where the class shatters n^2 points, the count grows faster than the sample.
_RISES_WHILE_SHATTERED = {
    "n": {"at": {"empirical_risk": 0, "vc_dim": 1000, "delta": 0.05}, "values": [10, 30, 10**6]}
}


@bound(LABELINGS, source="VapnikChervonenkis1971, Theorem 2", entry="vc71_eps", additive=True)
def vapnik_chervonenkis(empirical_risk, n, log_growth, delta):
    """The distribution-free bound that started the field: a ghost sample, then counted labelings.

    Symmetrisation needs n eps^2 at least 2; below, 4 exp(-n eps^2/8) exceeds 1 and nothing is
    claimed.
    """
    return empirical_risk + sqrt(8 * (log_growth(2 * n) + log_ratio(4, delta)) / n)


@bound(
    LABELINGS, source="DevroyeGyorfiLugosi1996, Theorem 12.5", entry="dgl_vc_eps", additive=True,
)  # fmt: skip
def devroye_gyorfi_lugosi(empirical_risk, n, log_growth, delta):
    """Every hypothesis, two sides, with labelings of the n sample points only.

    Ghost sample, then random signs, each at a factor 2 and half of eps; Hoeffding's inequality for
    the signs gives 8 Pi(n) exp(-n eps^2/32).
    """
    return empirical_risk + sqrt(32 * (log_growth(n) + log_ratio(8, delta)) / n)


@bound(
    LABELINGS, source="Devroye1982; DevroyeGyorfiLugosi1996, Theorem 12.9", entry="devroye_eps",
    additive=True, needs=("n >= 3",), direction={"n": None}, peaks=("n",),
    witness=_RISES_WHILE_SHATTERED,
)  # fmt: skip
def devroye(empirical_risk, n, log_growth, delta):
    """Every hypothesis, two sides, with a ghost sample of n^2 - n points.

    It deviates from the risk by 1/n or more with probability at most 1/2 (Chebyshev); Hoeffding's
    inequality without replacement then gives 4 Pi(n^2) exp(4 eps + 4 eps^2 - 2 n eps^2), solved
    here for eps. The fixed point iteration of lectures, stopped early, returns .215576 for .215228.
    """
    cost = let("c", log_growth(n**2) + log_ratio(4, delta))
    return empirical_risk + (1 + sqrt(1 + (n - 2) * cost / 2)) / (n - 2)


@bound(
    LABELINGS, source="Devroye1982; DevroyeGyorfiLugosi1996, Theorem 12.9",
    entry="devroye_4e8_eps", additive=True, direction={"n": None}, peaks=("n",),
    witness=_RISES_WHILE_SHATTERED,
)  # fmt: skip
def devroye_simplified(empirical_risk, n, log_growth, delta):
    """Devroye's bound as printed: `devroye` with 8 for 4 eps + 4 eps^2, since eps is at most 1."""
    return empirical_risk + sqrt((log_growth(n**2) + 8 + log_ratio(4, delta)) / (2 * n))


@bound(LABELINGS, source="ParrondoVanDenBroeck1993", entry="parrondo_eps", additive=True)
def parrondo_van_den_broeck(empirical_risk, n, log_growth, delta):
    """Every hypothesis, two sides: the root of eps = sqrt((2 eps + ln(6 Pi(2n)/delta))/n).

    Known through a lecture, without conditions. None is needed: 6 Pi(2n) exp(2 eps - n eps^2) is at
    least the 4 Pi(2n) exp(-n eps^2) that `vapnik_confidence` proves.
    """
    cost = let("c", log_growth(2 * n) + log_ratio(6, delta))
    return empirical_risk + (1 + sqrt(1 + n * cost)) / n


@bound(
    LABELINGS, source="ShalevShwartzBenDavid2014, Theorem 6.11", entry="ssbd_6_11_printed",
    additive=True, status="refuted",
    why="the proof applies Hoeffding's inequality for values in [0, 1] to differences in [-1, 1]; "
    "the class of all functions on N points has a gap of at least 1 - n/N on every sample, which "
    "exceeds the value for delta = 0.9, n = 10000 and N = 10^9",
)  # fmt: skip
def shalev_shwartz_expected_printed(empirical_risk, n, log_growth, delta):
    """The expected supremum and Markov's inequality, as printed and wrong: kept to reproduce it."""
    return empirical_risk + (4 + sqrt(log_growth(2 * n))) / (delta * sqrt(2 * n))


@bound(
    LABELINGS, source="ShalevShwartzBenDavid2014, Theorem 6.11", entry="ssbd_6_11_repaired",
    additive=True,
)  # fmt: skip
def shalev_shwartz_expected(empirical_risk, n, log_growth, delta):
    """The expected supremum and Markov's inequality, with the range of the differences put right.

    They lie in [-1, 1], so their means have tails 2 Pi exp(-n t^2/2); integrated (Lemma A.4, which
    needs a count of at least e) and divided by delta.
    """
    cost = maximum(log_growth(2 * n), 1)
    return empirical_risk + (4 + 2 * sqrt(cost)) / (delta * sqrt(2 * n))


@bound(
    LABELINGS, source="AbuMostafaMagdonIsmailLin2012, Problem 2.12",
    entry="lfd_rademacher_eps_pure", additive=True,
)  # fmt: skip
def abu_mostafa_rademacher(empirical_risk, n, log_growth, delta):
    """The Rademacher penalty bound of lectures: every hypothesis, two sides.

    Massart's lemma for the class and its complements, 2 Pi(n) labelings, and McDiarmid's inequality
    give sqrt(2 ln(2 Pi(n))/n) + sqrt(ln(1/delta)/(2n)), which is smaller in every term.
    """
    penalty = sqrt(2 * (log(2 * n) + log_growth(n)) / n)
    return empirical_risk + penalty + sqrt(2 * log_ratio(1, delta) / n) + 1 / n


@bound(
    LABELINGS_ABOVE, source="MohriRostamizadehTalwalkar2018, Corollary 3.9", entry="mohri_3_9",
    additive=True,
)  # fmt: skip
def mohri(empirical_risk, n, log_growth, delta):
    """Every hypothesis, one side, through the Rademacher average of the class.

    The supremum is within sqrt(ln(1/delta)/(2n)) of its mean (McDiarmid), the mean is at most twice
    the Rademacher average, and Massart's lemma bounds that one for Pi(n) labelings.
    """
    return empirical_risk + sqrt(2 * log_growth(n) / n) + sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    LABELINGS_ABOVE, source="BousquetBoucheronLugosi2004, Theorem 2", entry="bbl_vc_eps",
    additive=True,
)  # fmt: skip
def bousquet_boucheron_lugosi(empirical_risk, n, log_growth, delta):
    """`vapnik_chervonenkis` for one side: 2 Pi(2n) exp(-n eps^2/8)."""
    return empirical_risk + 2 * sqrt(2 * (log_growth(2 * n) + log_ratio(2, delta)) / n)


@bound(LABELINGS, source="Vapnik1998, Theorem 4.1", entry="vapnik_additive_eps", additive=True)
def vapnik(empirical_risk, n, log_growth, delta):
    """Vapnik's sharper constant, 4 Pi(2n) exp(-n (eps - 1/n)^2), by comparing with a ghost median.

    The 1/n, which counts whole errors, can be dropped: `vapnik_confidence`.
    """
    return empirical_risk + sqrt((log_growth(2 * n) + log_ratio(4, delta)) / n) + 1 / n


@bound(
    LABELINGS, source="Burges1998, Equation 3; KaasBuhrman1980", entry="vapnik_confidence_burges",
    additive=True,
)  # fmt: skip
def vapnik_confidence(empirical_risk, n, log_growth, delta):
    """Vapnik's confidence interval as quoted, 4 Pi(2n) exp(-n eps^2): two sides, no 1/n, any n.

    Proof. A binomial median is at least floor(nR) (Kaas and Buhrman), so if R - r > eps for some
    hypothesis, then with probability 1/2 its errors on a ghost sample exceed those on the sample by
    t = floor(n eps) or more: P(sup > eps) <= 2 Pi(2n) max P(D >= t), D the difference between the
    halves of a random split of M errors among 2n. By ratios of neighbouring probabilities,
    ((n-t)/(n+t+2))^2 at most, |D| is stochastically below the discrete Gaussian exp(-t^2/(n+1)) of
    its parity. Where 4 exp(-n eps^2) < 1, that makes P(D >= t) at most exp(-(t+1)^2/n) beyond
    n = 540; exact sums do for 17 <= n <= 600, and for n <= 16 the same argument with exact binomial
    tails in place of the median (all three in the tests). Each side costs 2 Pi(2n) exp(-n eps^2).

    With (2en/d)^d for Pi(2n), as usually quoted, it is false for 2n < d: use the Sauer sum.
    """
    return empirical_risk + sqrt((log_growth(2 * n) + log_ratio(4, delta)) / n)


@bound(
    LABELINGS, source="ShalevShwartzBenDavid2014, Section 28.1", entry="ssbd_28_eps", additive=True,
    needs=("n >= vc_dim",),
)  # fmt: skip
def shalev_shwartz_vc(empirical_risk, n, vc_dim, delta):
    """Every hypothesis, two sides: Massart's lemma and Sauer's (en/d)^d, which needs d <= n."""
    growth = vc_dim * (1 + log_ratio(n, maximum(vc_dim, 1)))
    return empirical_risk + sqrt(8 * growth / n) + sqrt(2 * log_ratio(4, delta) / n)


@bound(
    LABELINGS, source="Lugosi2002, Theorem 1.16; Haussler1995", entry="lugosi_chaining_eps",
    additive=True,
)  # fmt: skip
def lugosi_chaining(empirical_risk, n, vc_dim, delta):
    """Every hypothesis, two sides, without a logarithm of n: chaining over Haussler's covers.

    The expected supremum is at most 24/sqrt n times the integral of sqrt(ln 2N(r)) over 0 < r < 1,
    N(r) = e (d+1) (2e/r^2)^d, here in closed form; McDiarmid's inequality adds the last term. Its
    constant lets it win only at astronomically large n.
    """
    entropy = let("s", (1 + LN2) * (vc_dim + 1) + log1p(vc_dim))
    a = let("a", entropy / (2 * maximum(vc_dim, 1)))
    integral = sqrt(entropy) + sqrt(PI * vc_dim / 2) * exp(a) * erfc(sqrt(a))
    return empirical_risk + 24 * integral / sqrt(n) + sqrt(log_ratio(1, delta) / (2 * n))
