"""PAC-Bayes bounds that know how much the losses vary: fast where they vary little.

Bernstein's inequality in place of Hoeffding's, under the prior and then under every posterior. Its
parameter wants the variance and KL(Q||P), known only after the sample: it is fixed in advance, or
one of a grid that is paid for, which makes the value jump where the grid gains a point. The true
variance is replaced by that of the sample (Tolstikhin and Seldin), by the second moment of the
sample (un-expected Bernstein) or by the kl of the two sides of a split loss.
"""

from genbounds.claims import Claim
from genbounds.declaration import bound
from genbounds.generic import (
    ONE,
    E,
    ceil,
    exp_remainder,
    kl_inverse_lower,
    kl_inverse_upper,
    least,
    let,
    log,
    log2,
    log_ratio,
    log_remainder,
    maximum,
    minimum,
    sqrt,
    where,
)

POSTERIOR = Claim(scope="every_posterior")
PRIOR = ("prior_before_sample",)
ORACLE = (*PRIOR, "variance_known")
_OBSERVED = {"empirical_risk": 0.1, "kl": 10, "n": 1000, "delta": 0.05}
_NOTHING = {"empirical_risk": 0, "second_moment": 0, "upper_loss": 1, "kl": 0}
_OF_GAMMA = {**_OBSERVED, "second_moment": 0.1, "upper_loss": 1}

# --- the variance of the sample


@bound(
    POSTERIOR._replace(quantity="variance"), source="TolstikhinSeldin2013, Theorem 3",
    entry="pb_ts_variance", given=PRIOR, needs=("n >= 2",), fixed=("grid_ratio_variance",),
    direction={"n": None, "delta": None},
    witness={
        "grid_ratio_variance": {
            "at": {"sample_variance": 0.1, "kl": 1, "n": 1000, "delta": 0.05},
            "values": [1.0001, 1.1, 2],
        },
        "n": {
            "at": {"sample_variance": 0, "kl": 0, "grid_ratio_variance": 2, "delta": 0.05},
            "values": [100, 144, 145, 200],
        },
        "delta": {
            "at": {"sample_variance": 0, "kl": 0, "grid_ratio_variance": 2, "n": 100},
            "values": [0.01, 0.1, 0.12, 0.13, 0.14, 0.2],
        },
    },
)  # fmt: skip
def tolstikhin_seldin_variance(sample_variance, kl, grid_ratio_variance, n, delta):
    """The variance of the loss, averaged over any posterior, from that of the sample.

    n V is self-bounding with constant n/(n - 1) (Maurer and Pontil), so (V + a/s)/(1 - s/2) bounds
    the variance for every s fixed in (0, 2), a = (KL + ln(1/delta))/(n - 1). The best s lies
    between 2/(1 + sqrt((n - 1)/ln(1/delta) + 1)) and 1; a geometric grid of nu points there comes
    within a factor c_2 below it, and 1 + c_2 is at most 2 c_2 in the last term.
    """
    a = _variance_cost(kl, grid_ratio_variance, n, delta)
    return _variance_above(sample_variance, a, grid_ratio_variance)


@bound(
    POSTERIOR, entry="pb_tolstikhin_seldin",
    source="TolstikhinSeldin2013, Theorem 4; SeldinLavioletteCesaBianchiShaweTaylorAuer2012",
    additive=True, given=PRIOR, needs=("n >= 2",),
    fixed=("grid_ratio_mean", "grid_ratio_variance"),
    direction={"n": None, "delta": None, "kl": None},
    witness={
        "kl": {
            "at": {"empirical_risk": 0, "sample_variance": 0, "grid_ratio_mean": 1.15,
                   "grid_ratio_variance": 1.15, "n": 1000, "delta": 0.05},
            "values": [170, 173.2, 173.3],
        },
        "n": {
            "at": {"empirical_risk": 0, "sample_variance": 0, "grid_ratio_mean": 1.15,
                   "grid_ratio_variance": 1.15, "kl": 173.25, "delta": 0.05},
            "values": [900, 990, 1010],
        },
        "delta": {
            "at": {"empirical_risk": 0, "sample_variance": 0, "grid_ratio_mean": 1.15,
                   "grid_ratio_variance": 1.15, "kl": 173.25, "n": 1000},
            "values": [0.04, 0.047, 0.055, 0.06, 0.2],
        },
        "grid_ratio_mean": {
            "at": {**_OBSERVED, "sample_variance": 0.1, "kl": 1, "grid_ratio_variance": 1.15},
            "values": [1.0001, 1.1, 2],
        },
        "grid_ratio_variance": {
            "at": {**_OBSERVED, "sample_variance": 0.02, "kl": 1, "grid_ratio_mean": 1.15},
            "values": [1.0001, 1.1, 2],
        },
    },
)  # fmt: skip
def tolstikhin_seldin(
    empirical_risk, sample_variance, kl, grid_ratio_mean, grid_ratio_variance, n, delta
):
    """The PAC-Bayes empirical Bernstein bound: delta/2 for the variance, delta/2 for the mean.

    e^x <= 1 + x + (e - 2) x^2 for x <= 1 gives K/l + (e - 2) V l/n for every l <= n fixed in
    advance. The best l is at least 2 sqrt(n ln(1/delta)/(e - 2)); a geometric grid from there to n
    comes within a factor c_1, and the point n serves where the best l is larger. At that switch
    the value falls by the factor 2/(1 + c_1): it is not monotone in KL, n or delta. The variance
    is the unbiased one.
    """
    half = delta / 2
    a = _variance_cost(kl, grid_ratio_variance, n, half)
    variance = let("v", minimum(_variance_above(sample_variance, a, grid_ratio_variance), ONE / 4))
    grid = log_ratio((E - 2) * n, 4 * log_ratio(1, half)) / (2 * log(grid_ratio_mean))
    cost = let("K", kl + log_ratio(maximum(1, ceil(grid) + 1), half))
    return empirical_risk + where(
        cost <= (E - 2) * n * variance,
        lambda: (1 + grid_ratio_mean) * sqrt((E - 2) * variance * cost / n),
        lambda: 2 * cost / n,
    )


def _variance_cost(kl, grid_ratio_variance, n, delta):
    """(KL + ln(nu/delta))/(n - 1), nu the number of points of the grid."""
    length = log((1 + sqrt((n - 1) / log_ratio(1, delta) + 1)) / 2)
    points = maximum(1, ceil(length / log(grid_ratio_variance)))
    return let("a", (kl + log_ratio(points, delta)) / (n - 1))


def _variance_above(sample_variance, cost, ratio):
    """V + (1 + c) sqrt(V a/2) + 2 c a, one sqrt(a) taken out: an infinite a meets no zero."""
    return sample_variance + sqrt(cost) * (
        (1 + ratio) * sqrt(sample_variance / 2) + 2 * ratio * sqrt(cost)
    )


# --- the true variance


@bound(
    POSTERIOR, source="SeldinLavioletteCesaBianchiShaweTaylorAuer2012", entry="pb_bernstein_oracle",
    additive=True, given=ORACLE, needs=("bernstein_gamma <= 1",), fixed=("bernstein_gamma",),
    witness={
        "bernstein_gamma": {"at": {**_OBSERVED, "variance": 0.1}, "values": [0.01, 0.3, 1]},
    },
)  # fmt: skip
def pac_bayes_bernstein(empirical_risk, variance, kl, bernstein_gamma, n, delta):
    """Bernstein's inequality for every posterior, with the true variance and gamma fixed.

    From e^x <= 1 + x + (e - 2) x^2 for x <= 1, at x = gamma (R - l): hence gamma at most 1.
    """
    cost = (kl + log_ratio(1, delta)) / (bernstein_gamma * n)
    return empirical_risk + (E - 2) * bernstein_gamma * variance + cost


@bound(
    POSTERIOR, source="WuMasegosaLorenzenIgelSeldin2021, Theorem 9", entry="pb_bennett_oracle",
    additive=True, given=(*ORACLE, "losses_near_mean"), fixed=("bernstein_gamma",),
    needs=("bernstein_gamma * upper_loss <= 700",),
    witness={
        "bernstein_gamma": {
            "at": {**_OBSERVED, "variance": 0.1, "upper_loss": 1}, "values": [0.01, 0.3, 3],
        },
    },
)  # fmt: skip
def pac_bayes_bennett(empirical_risk, variance, upper_loss, kl, bernstein_gamma, n, delta):
    """Bennett's inequality for every posterior, with the true variance and gamma fixed.

    (e^x - 1 - x)/x^2 increases, so at x = gamma (R - l) it is at most its value at gamma b; at
    gamma = b = 1 this is `pac_bayes_bernstein`. It needs R - l <= b: the bound from below needs
    l - R <= b instead, and losses in [0, b] have both. Beyond gamma b = 700, next to where floats
    end, nothing is said.
    """
    x = let("x", bernstein_gamma * upper_loss)
    cost = (kl + log_ratio(1, delta)) / (bernstein_gamma * n)
    return empirical_risk + bernstein_gamma * variance * exp_remainder(x) + cost


# --- the second moment of the sample


@bound(
    Claim(loss="bounded_above"), source="MhammediGrunwaldGuedj2019; FanGramaLiu2015",
    entry="unexpected_bernstein", given=("independent_test_set",), fixed=("bernstein_gamma",),
    needs=("bernstein_gamma * upper_loss < 1",),
    witness={
        "bernstein_gamma": {
            "at": {k: v for k, v in _OF_GAMMA.items() if k != "kl"}, "values": [0.01, 0.2, 0.99],
        },
    },
)  # fmt: skip
def unexpected_bernstein(empirical_risk, second_moment, upper_loss, bernstein_gamma, n, delta):
    """Bernstein's inequality with the second moment of the sample: no second event is paid for.

    (-ln(1 - x) - x)/x^2 increases, so e^(-g l - w l^2) <= 1 - g l for every loss l <= b, and
    1 - g R <= e^(-g R). The second moment is not centred: with the variance of the sample in its
    place the bound is false at n = 1.
    """
    x = let("x", bernstein_gamma * upper_loss)
    cost = log_ratio(1, delta) / (bernstein_gamma * n)
    return empirical_risk + bernstein_gamma * second_moment * log_remainder(x) + cost


@bound(
    POSTERIOR._replace(loss="bounded_above"),
    source="MhammediGrunwaldGuedj2019; WuSeldin2022, Theorem 6", entry="pb_unexpected_bernstein",
    given=PRIOR, fixed=("bernstein_gamma",),
    needs=("bernstein_gamma * upper_loss < 1",),
    witness={"bernstein_gamma": {"at": _OF_GAMMA, "values": [0.01, 0.3, 0.99]}},
)  # fmt: skip
def pac_bayes_unexpected_bernstein(
    empirical_risk, second_moment, upper_loss, kl, bernstein_gamma, n, delta
):
    """The un-expected Bernstein inequality for every posterior, gamma fixed in advance."""
    x = let("x", bernstein_gamma * upper_loss)
    cost = (kl + log_ratio(1, delta)) / (bernstein_gamma * n)
    return empirical_risk + bernstein_gamma * second_moment * log_remainder(x) + cost


@bound(
    POSTERIOR._replace(loss="bounded_above"),
    source="MhammediGrunwaldGuedj2019; WuSeldin2022, Theorem 6",
    entry="pb_unexpected_bernstein_grid", given=PRIOR,
    direction={"n": None, "delta": None, "upper_loss": None},
    witness={
        "n": {
            "at": {**_NOTHING, "delta": 0.05},
            "values": [40, 47, 48, 49, 60],
        },
        "delta": {
            "at": {**_NOTHING, "n": 100},
            "values": [0.001, 0.0018, 0.002, 0.0021, 0.01],
        },
        "upper_loss": {
            "at": {"empirical_risk": 0, "second_moment": 0.9, "kl": 10, "n": 1000, "delta": 0.05},
            "values": [0.1, 0.6, 1, 8],
        },
    },
)  # fmt: skip
def pac_bayes_unexpected_bernstein_grid(empirical_risk, second_moment, upper_loss, kl, n, delta):
    """The un-expected Bernstein inequality for every posterior, gamma the best of a grid.

    The grid 1/(2b), ..., 1/(2^k b), k of them, is fixed by n and delta, and each point has delta/k:
    the choice among them may rest on the sample. Where k gains a point the value jumps up.
    """
    points = let("k", maximum(1, ceil(log2(n / log_ratio(1, delta)) / 2 - 1)))
    cost = let("K", kl + log_ratio(points, delta))

    def value(i):
        x = let("x", 2 ** (-minimum(i, points)))  # gamma b, at most 1/2
        return x * second_moment / upper_loss * log_remainder(x) + cost * upper_loss / (x * n)

    return empirical_risk + least(value, 1, points, "i")


# --- losses split at a point

_INSIDE = (
    "split_point + positive_part <= highest_loss",
    "lowest_loss + negative_part <= split_point",
)


@bound(
    Claim(loss="bounded"), source="WuSeldin2022, Theorem 4", entry="split_kl",
    given=("independent_test_set",), needs=_INSIDE, fixed=("split_point",),
    direction={"split_point": "+"},
)  # fmt: skip
def split_kl(positive_part, negative_part, split_point, lowest_loss, highest_loss, n, delta):
    """Losses in [a, b] split at mu: Chernoff's bound above for one part, below for the other.

    l = mu + (l - mu)_+ - (mu - l)_+, each part in its own range, with delta/2 each. Losses with
    three values are then as good as two coins; no variance is estimated. In mu alone, the parts
    kept, the value grows: each part changes by less than its range.
    """
    cost = log_ratio(2, delta) / n
    return _split(positive_part, negative_part, split_point, lowest_loss, highest_loss, cost)


@bound(
    POSTERIOR._replace(loss="bounded"), source="WuSeldin2022, Theorem 7", entry="pb_split_kl",
    given=PRIOR, needs=_INSIDE, fixed=("split_point",), direction={"split_point": "+"},
)  # fmt: skip
def pac_bayes_split_kl(
    positive_part, negative_part, split_point, lowest_loss, highest_loss, kl, n, delta
):
    """Losses in [a, b] split at mu: the PAC-Bayes-kl bound on either part, for every posterior.

    Two events, so 2 sqrt n/(delta/2).
    """
    cost = (kl + log_ratio(4 * sqrt(n), delta)) / n
    return _split(positive_part, negative_part, split_point, lowest_loss, highest_loss, cost)


def _split(positive_part, negative_part, split_point, lowest_loss, highest_loss, cost):
    above, below = highest_loss - split_point, split_point - lowest_loss
    c = let("c", cost)
    gain = above * kl_inverse_upper(let("p", _share(positive_part, above)), c)
    return split_point + gain - below * kl_inverse_lower(let("q", _share(negative_part, below)), c)


def _share(part, whole):
    """part/whole, at most 1 whatever the rounding; a range of length 0 has no part."""
    return where(whole > 0, lambda: minimum(1, part / whole), lambda: 0)
