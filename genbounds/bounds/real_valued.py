"""Beyond two labels: Natarajan, pseudo- and fat-shattering dimensions, and covering numbers.

Several labels reduce to counting labelings, bounded losses to the level sets of the loss. Margins
and regression count balls instead: a class is covered at a scale, and its fat-shattering dimension
at that scale takes the place of the VC dimension.
"""

from genbounds.claims import EVERY_HYPOTHESIS, EVERY_HYPOTHESIS_ABOVE, Claim
from genbounds.declaration import bound
from genbounds.generic import LN2, exp, let, log, log1p, log2, log_ratio, maximum, sqrt

MARGIN = EVERY_HYPOTHESIS_ABOVE._replace(loss="zero_one")
SQUARE = EVERY_HYPOTHESIS._replace(quantity="gap", loss="square")
COVERING = Claim(
    quantity="log_covering", scope="the_class", data="any_sample", loss="any", surely="certain"
)


@bound(
    EVERY_HYPOTHESIS._replace(loss="zero_one"),
    source="ShalevShwartzBenDavid2014, Lemma 29.4; VapnikChervonenkis1971, Theorem 2",
    entry="natarajan_eps", additive=True,
)  # fmt: skip
def natarajan(empirical_risk, n, natarajan_dim, n_classes, delta):
    """Every hypothesis with K labels, two sides, for 0-1 loss.

    Natarajan's lemma: m points are labeled in at most m^d K^(2d) ways, and errors in no more. That
    count at 2n in `vapnik_chervonenkis`.
    """
    growth = natarajan_dim * (log(2 * n) + 2 * log(n_classes))
    return empirical_risk + sqrt(8 * (growth + log_ratio(4, delta)) / n)


@bound(
    EVERY_HYPOTHESIS_ABOVE, source="MohriRostamizadehTalwalkar2018, Theorem 11.8",
    entry="mohri_pseudo_eps", additive=True, needs=("n >= pseudo_dim",),
    given=("pseudo_dim_of_losses",),
)  # fmt: skip
def mohri_pseudo(empirical_risk, n, pseudo_dim, delta):
    """Every hypothesis of a loss in [0, 1], one side, through the pseudo-dimension of the losses.

    The sets where the loss exceeds t have that VC dimension; the bound `mohri` for them, integrated
    over t. (en/d)^d in place of the Sauer sum needs d <= n.
    """
    growth = pseudo_dim * (1 + log_ratio(n, maximum(pseudo_dim, 1)))
    return empirical_risk + sqrt(2 * growth / n) + sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    SQUARE._replace(form="failure_probability"), source="AnthonyBartlett1999, Theorem 17.1",
    entry="ab_17_1_log_failure", given=("values_in_unit_interval",),
)  # fmt: skip
def anthony_bartlett_covering_tail(epsilon, n, log_covering):
    """Regression with square loss: the probability that some function's risks differ by epsilon.

    A ghost sample halves epsilon, a cover of the losses at epsilon/8 on both samples halves it
    again, Hoeffding's inequality serves its centres: 4 N exp(-n eps^2/32). Square loss moves at
    most twice as fast as the function, so epsilon/16 covers it. log_covering(scale, size) is that
    of L1.
    """
    return 4 * exp(log_covering(epsilon / 16, 2 * n) - epsilon**2 * n / 32)


@bound(
    Claim(quantity="excess_risk", form="sample_size", scope="erm", loss="square"),
    source="AnthonyBartlett1999, Theorem 19.2", entry="ab_19_2_n",
    given=("values_in_unit_interval",),
)  # fmt: skip
def anthony_bartlett_regression_sample_size(epsilon, delta, pseudo_dim):
    """The minimiser of the empirical square loss is within epsilon of the best in the class.

    `anthony_bartlett_covering_tail` at epsilon/2 with `haussler_covering` at epsilon/32 asks for
    128/eps^2 (ln(4/delta) + 1 + ln(d+1) + d ln(64e/eps)): less, as 34^2 is 6.6 times 64e.
    """
    return 128 / epsilon**2 * (2 * pseudo_dim * log_ratio(34, epsilon) + log_ratio(16, delta))


@bound(
    COVERING,
    source="AnthonyBartlett1999, Theorem 12.8; AlonBenDavidCesaBianchiHaussler1997",
    entry="alon_log_Ninf", needs=("fat_dim <= n",), given=("fat_at_margin",),
    direction={"n": None},
    witness={"n": {
        "at": {"scale": 0.1, "fat_dim": 5, "envelope": 1}, "values": [1, 5, 1000],
    }},
)  # fmt: skip
def alon_covering(scale, n, fat_dim, envelope):
    """Covers in the largest deviation on n points, functions in [0, B], fat_dim at scale/4.

    2 (4 n B^2/eps^2)^(d log2(4eBn/(d eps))): after rounding the values to eps/2, the combinatorial
    lemma of Alon et al. with exponent ceil(d log2(2eBn/(d eps))), whose rounding the factor 4 for 2
    absorbs. Values in [0, B] also lie in [0, eps]: a scale above B counts as B.
    """
    ratio = let("u", maximum(envelope / scale, 1))
    doublings = fat_dim * (log2(4 * ratio * n / maximum(fat_dim, 1)) + 1 / LN2)
    return LN2 + doublings * (log(4 * n) + 2 * log(ratio))


@bound(
    COVERING, source="Haussler1995; AnthonyBartlett1999, Theorem 18.4",
    entry="haussler_covering",
)  # fmt: skip
def haussler_covering(scale, pseudo_dim):
    """Covers in the mean deviation on any points, functions in [0, 1], however many points."""
    return 1 + log1p(pseudo_dim) + pseudo_dim * (1 + log_ratio(2, scale))


@bound(
    COVERING._replace(quantity="log_packing"), source="Haussler1995, Theorem 1",
    entry="haussler_packing",
    needs=("vc_dim <= n", "separation <= n"), direction={"n": None, "separation": None},
    witness={
        "n": {"at": {"vc_dim": 10, "separation": 3}, "values": [5, 20, 1000]},
        "separation": {"at": {"n": 100, "vc_dim": 3}, "values": [1, 50, 101]},
    },
)  # fmt: skip
def haussler_packing(n, vc_dim, separation):
    """Labelings of n points, any two of which differ in `separation` or more: ln of their number.

    Between zero and one errors of a random sample, conditional variance counts the edges of the
    one-inclusion graph, at most d for each labeling.
    """
    ratio = 2 * (n + 1) / (separation + 2 * vc_dim + 2)
    return 1 + log1p(vc_dim) + vc_dim * (1 + log(ratio))


@bound(
    MARGIN, source="Bartlett1998, Theorem 2; AnthonyBartlett1999, Theorem 12.8",
    entry="bartlett98_margin_eps", needs=("fat_dim <= 34 * n",),
    given=("margin_before_sample", "fat_at_margin"),
)  # fmt: skip
def bartlett_fat(margin_risk, n, fat_dim, delta):
    """Every thresholded function, from the fraction of small margins: fat_dim at margin/16.

    A ghost sample and a cover at half the margin, of which `alon_covering` at margin/8 has fewer;
    the split of its errors is that of `vapnik_confidence`, so exp(-n eps^2/2) is on the safe side.
    """
    log_cover = fat_dim * (1 + log(34 * n / maximum(fat_dim, 1))) * log2(578 * n)
    return margin_risk + sqrt(2 * (log_cover + log_ratio(4, delta)) / n)


@bound(
    MARGIN._replace(scope="consistent_hypotheses"),
    source="ShaweTaylorBartlettWilliamsonAnthony1998; AnthonyBartlett1999, Theorem 12.8",
    entry="stbwa98_margin_error", needs=("7 * fat_dim <= 19 * n",), given=("fat_at_margin",),
)  # fmt: skip
def shawe_taylor_margin(n, fat_dim, delta):
    """A thresholded function without margin errors, the margin as observed: fat_dim at margin/8.

    Each integer dimension has the share delta/n. `alon_covering` on both samples, and a factor 1/2
    for each of floor(n eps) errors among the ghosts, ask for less as soon as this is below 1. The
    source has d <= e n, for which 19/7 stands; from d = n on the value exceeds 1.
    """
    log_cover = fat_dim * (log2(8 * n / maximum(fat_dim, 1)) + 1 / LN2) * log2(32 * n)
    return 2 * (log_cover + log2(8 * n) + log2(1 / delta)) / n
