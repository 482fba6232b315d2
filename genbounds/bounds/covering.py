"""Complexities of finite classes, of VC classes and of classes that are covered at every scale.

The maximum over finitely many sign sums costs a root of a logarithm (Massart). Infinite classes are
replaced by the labelings of the sample, or by covers: at one scale, or along a chain of ever finer
ones (Dudley). Everything holds on every sample and is 1/n without an absolute value; scales and the
radius are root mean squares over the sample, except where Massart's lemma has Euclidean lengths.
Chaining removes the logarithm of n from the bounds for VC classes, and never pays in practice.
"""

from genbounds.claims import Claim
from genbounds.declaration import bound
from genbounds.generic import (
    LN2,
    ONE,
    PI,
    erfcx,
    integral,
    let,
    log,
    log1p,
    log_cosh,
    log_ratio,
    maximum,
    minimum,
    root,
    sqrt,
    sum_to,
    tanh,
    where,
)

EMPIRICAL = Claim(
    quantity="empirical_rademacher", scope="the_class", data="any_sample", loss="any",
    surely="certain",
)  # fmt: skip
COVERING = EMPIRICAL._replace(quantity="log_covering")

# --- finite classes


@bound(EMPIRICAL, source="Massart2000, Lemma 5.2", entry="massart")
def massart(centre_radius, log_cardinality, n):
    """Massart's lemma: finitely many vectors of values, in a Euclidean ball of that radius.

    Only distinct vectors count, and the ball may lie anywhere: its centre adds nothing on average.
    The radius is a length in n coordinates, so the denominator is n; with the largest value of the
    functions in its place it is sqrt(n). The radius over sqrt(n) is sqrt(n) times too large.
    """
    return centre_radius * sqrt(2 * log_cardinality) / n


@bound(
    EMPIRICAL, source="Massart2000, Lemma 5.2; MohriRostamizadehTalwalkar2018, Theorem 3.7",
    given=("binary_values",),
)  # fmt: skip
def massart_binary(log_cardinality, n):
    """Massart's lemma for finitely many +-1-valued functions; half of it for {0, 1}-valued ones."""
    return sqrt(2 * log_cardinality / n)


@bound(
    EMPIRICAL, source="Massart2000, Lemma 5.2", entry="finite_pm1_logcosh",
    given=("binary_values",),
)  # fmt: skip
def massart_log_cosh(log_cardinality, n):
    """Finitely many +-1-valued functions, with the exact exponential moment of a sign.

    The maximum of N sums is at most (ln N + n ln cosh t)/t on average, for every t; at the best t,
    where n (t tanh t - ln cosh t) = ln N, that is n tanh t. Never above `massart_binary`, and 1
    from N = 2^n on, where all the labelings may be there.
    """
    cost = let("c", log_cardinality / n)
    t = root(lambda t: t * tanh(t) - log_cosh(t) - cost, 0, 100 + 0 * cost, "t")
    return where(LN2 - cost > 0, lambda: tanh(t), lambda: 1)


# --- VC classes


@bound(
    EMPIRICAL, source="MohriRostamizadehTalwalkar2018, Corollary 3.8",
    entry="growth_rademacher_pm1",
)  # fmt: skip
def growth_rademacher(log_growth, n):
    """+-1-valued classes by their growth function: Massart's lemma for labelings of n points."""
    return sqrt(2 * log_growth(n) / n)


@bound(
    EMPIRICAL, source="MohriRostamizadehTalwalkar2018, Corollary 3.8",
    entry="vc_rademacher_pm1_sauer",
)  # fmt: skip
def vc_rademacher_sauer(log_growth, n):
    """+-1-valued VC classes by the exact Sauer sum, and never above 1: the default.

    {0, 1}-valued classes, and 0-1 losses, have half of it.
    """
    return minimum(1, sqrt(2 * log_growth(n) / n))


@bound(
    EMPIRICAL, source="MohriRostamizadehTalwalkar2018, Corollaries 3.8 and 3.18",
    entry="vc_rademacher_pm1_mohri", needs=("vc_dim <= n",),
)  # fmt: skip
def vc_rademacher_mohri(vc_dim, n):
    """+-1-valued VC classes by (en/d)^d in place of the Sauer sum, which needs d <= n."""
    return sqrt(2 * vc_dim * (1 + log_ratio(n, maximum(vc_dim, 1))) / n)


@bound(EMPIRICAL, source="Dudley1967; Haussler1995", entry="vc_chaining_01")
def vc_chaining(vc_dim, n):
    """{0, 1}-valued VC classes, such as 0-1 losses, without a logarithm of n; +-1: twice that.

    `dudley` with Haussler's packings e (d+1) (2e/x^2)^d at scale x, as squares of differences of
    indicators are the differences; the class lies within 1/2 of the constant 1/2, so the integral
    of sqrt(1 + ln(d+1) + d ln(2e/x^2)) ends at 1/4. That is C(d) sqrt(d/n) with C(1) = 8.51 and
    C = 7.55 in the limit, below `vc_rademacher_mohri` only from n/d = e^113 on.
    """
    entropy = let("s", 1 + log1p(vc_dim) + vc_dim * (1 + 5 * LN2))
    a = let("a", sqrt(entropy / (2 * maximum(vc_dim, 1))))
    return 3 * (sqrt(entropy) + sqrt(PI * vc_dim / 2) * erfcx(a)) / sqrt(n)


# --- covers


@bound(
    EMPIRICAL, source="Massart2000, Lemma 5.2", entry="covering_discretisation",
    direction={"scale": None},
    witness={"scale": {
        "at": {"empirical_radius": 1, "n": 100, "log_covering": lambda x, n: -10 * log(x)},
        "values": [0.001, 0.5, 1],
    }},
)  # fmt: skip
def covering_discretisation(scale, empirical_radius, log_covering, n):
    """A class by one cover: the nearest centre, and Massart's lemma for the centres.

    Covers in root mean square; projected on the ball of the class, centres stay as near. A cover in
    the mean deviation does as well if its centres lie in that ball.
    """
    return scale + empirical_radius * sqrt(2 * log_covering(scale, n) / n)


_NOT_MONOTONE = {
    "n_levels": {
        "at": {"empirical_radius": 1, "n": 1000, "log_covering": lambda x, n: 1 / x**2},
        "values": [1, 2, 20],
    },
    "empirical_radius": {
        "at": {"n_levels": 1, "n": 1, "log_covering": lambda x, n: maximum(0, 1 - log(x))},
        "values": [0.1, 4, 5.4],
    },
}


@bound(
    EMPIRICAL, source="ShalevShwartzBenDavid2014, Lemma 27.4", entry="ssbd_27_4",
    direction={"empirical_radius": None}, witness=_NOT_MONOTONE,
)  # fmt: skip
def shalev_shwartz_chaining(empirical_radius, log_covering, n_levels, n):
    """A class by covers at the radius halved 1 to M times: Dudley's chain as a sum.

    The steps from one cover to the next have length 3c/2^k and at most N^2 values. The source has
    Euclidean scales in n coordinates, sqrt(n) times those here.
    """
    c = empirical_radius
    steps = sum_to(lambda k: 2**-k * sqrt(log_covering(c * 2**-k, n)), n_levels, "k")
    return c * 2**-n_levels + 6 * c * steps / sqrt(n)


@bound(EMPIRICAL, source="ShalevShwartzBenDavid2014, Lemma 27.5", entry="ssbd_27_5")
def shalev_shwartz_chaining_linear(empirical_radius, entropy_offset, entropy_slope, n):
    """A class whose cover at the radius halved k times has sqrt(ln N) at most alpha + beta k.

    `shalev_shwartz_chaining` with infinitely many steps: the sum of k/2^k is 2.
    """
    return 6 * empirical_radius * (entropy_offset + 2 * entropy_slope) / sqrt(n)


@bound(
    EMPIRICAL, source="ShalevShwartzBenDavid2014, Lemma 27.4",
    direction={"empirical_radius": None}, witness=_NOT_MONOTONE,
)  # fmt: skip
def chaining_pairs(empirical_radius, log_covering, n_levels, n):
    """`shalev_shwartz_chaining` before pairs of centres are counted as squares: never above it."""
    c = empirical_radius
    steps = sum_to(lambda k: 2**-k * sqrt(2 * _pairs(log_covering, c * 2**-k, n)), n_levels, "k")
    return c * 2**-n_levels + 3 * c * steps / sqrt(n)


def _pairs(log_covering, scale, n):
    return log_covering(scale, n) + log_covering(2 * scale, n)


@bound(EMPIRICAL, source="Dudley1967; ShalevShwartzBenDavid2014, Lemma 27.4", entry="dudley")
def dudley(empirical_radius, log_covering, n):
    """Dudley's entropy integral, from the best scale up to half of the radius of the class.

    4 eps + (12/sqrt n) times the integral of sqrt(ln N) from eps on, least where ln N = n/9. The
    chain of `shalev_shwartz_chaining`, stopped at 4 eps: its step 6 c_k sqrt(ln N(c_k)/n) is 12
    times c_k - c_(k+1), over which ln N is larger still. The radius itself bounds all.
    log_covering(scale, size) is in root mean square over the sample.
    """
    c, low = empirical_radius, empirical_radius / (10 * ONE) ** 100
    scale = let(r"\varepsilon", root(lambda x: n / 9 - log_covering(x, n), low, c / 2, "x"))
    entropy = integral(lambda x: sqrt(log_covering(x, n)), scale, c / 2, "x")
    return minimum(c, 4 * scale + 12 * entropy / sqrt(n))


@bound(EMPIRICAL, source="Dudley1967", entry="dudley_inv_sq")
def dudley_inverse_square(empirical_radius, entropy_constant, n):
    """Dudley's integral where ln N is at most A/x^2 at scale x, as for balls of linear functions.

    The best scale is 3 sqrt(A/n); from half of the radius on, the radius itself is the bound.
    """
    c, rate = empirical_radius, let("q", sqrt(entropy_constant / n))
    scale = let(r"\varepsilon", minimum(3 * rate, c / 2))
    integral = where(scale > 0, lambda: 12 * rate * log(c / (2 * scale)), lambda: 0)
    return minimum(c, 4 * scale + integral)


@bound(EMPIRICAL, source="Dudley1967", entry="dudley_poly")
def dudley_polynomial(empirical_radius, entropy_exponent, entropy_scale, n):
    """Dudley's integral, from 0 on, where ln N is at most a ln(b/x) at scale x, and 0 beyond b.

    The incomplete gamma function Gamma(3/2, .), here through erfc: a sum of d parameters has a = d.
    """
    c, b = empirical_radius, entropy_scale
    depth = let("s", sqrt(maximum(0, log_ratio(b, c / 2))))
    end = minimum(c / 2, b)
    inner = where(end > 0, lambda: end * (depth + sqrt(PI) / 2 * erfcx(depth)), lambda: 0)
    return minimum(c, 12 * sqrt(entropy_exponent / n) * inner)


@bound(
    COVERING, source="RudelsonVershynin2006", status="order",
)  # fmt: skip
def rudelson_vershynin(scale, fat_dim):
    """Covers in root mean square by the fat-shattering dimension, up to unknown constants.

    ln N is at most K fat(c eps) ln(1/eps), without a logarithm of the sample size; neither constant
    is known. `alon_covering` has numbers.
    """
    return fat_dim * log_ratio(1, scale)
