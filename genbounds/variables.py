"""The vocabulary of variables: what each name means, where it lives, which way bounds usually move in it.

One name has one meaning everywhere. `direction` is that of an upper bound on a risk (+ grows with the
variable, - falls, empty: no usual direction); a lower bound reverses it. `degree` counts loss units,
so that `width=` can rescale a loss with another range. `typical` is the log-uniform range that tests
and plots draw from.
"""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any, NamedTuple

from genbounds import growth
from genbounds.generic import LN2, log

HUGE = 1e100
"""Sizes end here, far beyond any meaning, so that their squares and sums stay finite."""


class Variable(NamedTuple):
    """One name of the vocabulary."""

    name: str
    latex: str
    meaning: str
    kind: str
    low: float
    high: float
    open_low: bool
    open_high: bool
    direction: str
    typical: tuple[float, float]
    degree: int

    def __repr__(self) -> str:
        return f"{self.name} ({self.latex}), {self.meaning}: {self.domain}"

    @property
    def domain(self) -> str:
        """The allowed range as a sentence's end: `in (0, 1)`, `an integer at least 0`."""
        return _domain_words(self)

    def contains(self, x: float) -> bool:
        """Whether a real number lies in the range (integrality apart)."""
        above = x > self.low if self.open_low else x >= self.low
        below = x < self.largest if self.open_high else x <= self.largest
        return above and below

    @property
    def largest(self) -> float:
        """The end of the range as it is checked."""
        return HUGE if self.name in ("n", "vc_dim") else self.high


def _domain_words(v: Variable) -> str:
    if v.kind in ("function", "sequence", "data"):
        return _KIND_WORDS[v.kind].replace("[0", f"[{_short(v.low)}")
    whole = "an integer " if v.kind == "integer" else ""
    if v.low == -math.inf and v.high == math.inf:
        return f"{whole or 'a '}finite number"
    if v.high == math.inf and v.open_high:
        least = "greater than" if v.open_low else "at least"
        return f"{whole or 'finite and '}{least} {_short(v.low)}"
    left, right = "(" if v.open_low else "[", ")" if v.open_high else "]"
    return f"{whole}in {left}{_short(v.low)}, {_short(v.high)}{right}"


_KIND_WORDS = {
    "function": "a function that returns a logarithm",
    "sequence": "a sequence of finite numbers at least 0",
    "data": "a non-empty sequence of numbers in [0, 1]",
}


def _short(x: float) -> str:
    return str(int(x)) if math.isfinite(x) and x == int(x) else f"{x:g}"


def from_row(
    name: str, latex: str, domain: str, direction: str, typical: str, meaning: str, degree: int = 0
) -> Variable:
    """`domain` is `real [0, 1]`, `integer [1, inf)` or one of the kinds without a range."""
    kind, _, interval = domain.partition(" ")
    low, high = interval[1:-1].split(", ") if interval else ("0", "inf")
    first, last = typical.split("..") if typical else ("1", "1")
    return Variable(
        name, latex, meaning, kind, float(Fraction(low) if "/" in low else low),
        float(Fraction(high) if "/" in high else high), interval[:1] == "(", interval[-1:] == ")",
        direction, (float(first), float(last)), degree,
    )  # fmt: skip


_TABLE = [
    # sizes
    ("n", "n", "real [1, inf)", "-", "10..1e6", "number of observations in the sample"),
    ("n_ghost", "n'", "integer [1, 1000000000]", "", "10..1e4", "size of the imagined second sample"),
    ("population_size", "N", "integer [1, inf)", "+", "100..1e6", "size of the finite population"),
    # the statement
    ("delta", r"\delta", "real (0, 1)", "-", "1e-6..0.2", "failure probability of the whole statement"),
    ("epsilon", r"\varepsilon", "real (0, 1)", "-", "0.01..0.3", "accuracy", 1),
    ("deviation", r"\gamma", "real [0, inf)", "-", "0.1..2", "multiplicative deviation from the mean"),
    ("power_error", r"\beta", "real (0, 1)", "-", "0.01..0.2", "probability of missing the alternative"),
    ("split_fraction", r"\alpha", "real (0, 1)", "", "0.1..0.9", "fraction by which a root is split into two terms"),
    # risks
    ("empirical_risk", r"\hat R", "real [0, 1]", "+", "0.01..0.5", "mean loss on the sample", 1),
    ("risk", "R", "real [0, 1]", "+", "0.01..0.5", "true risk", 1),
    ("alternative_risk", "R_1", "real [0, 1]", "", "0.01..0.5", "true risk under the alternative", 1),
    ("bayes_risk", "R^*", "real [0, 1/2]", "+", "0.01..0.4", "smallest reachable risk"),
    ("largest_mean", "m", "real [0, 1]", "+", "0.01..0.5", "largest absolute value of the mean of a function of the class", 1),
    ("errors", "k", "integer [0, inf)", "+", "1..1000", "number of errors in the sample"),
    ("errors_first_only", "b", "integer [0, inf)", "+", "1..300", "points that only the first model errs on"),
    ("errors_second_only", "c", "integer [0, inf)", "-", "1..300", "points that only the second model errs on"),
    ("margin_risk", r"\hat R_\rho", "real [0, 1]", "+", "0.01..0.5", "fraction of the sample with margin below rho"),
    # moments
    ("variance", r"\sigma^2", "real [0, 1/4]", "+", "0.001..0.25", "true variance of the loss", 2),
    ("sample_variance", r"\hat V", "real [0, 1/2]", "+", "0.001..0.25", "unbiased sample variance (divisor n - 1)", 2),
    ("biased_variance", r"\hat V_n", "real [0, 1/4]", "+", "0.001..0.25", "sample variance with divisor n", 2),
    ("differences", "c", "sequence", "+", "0.001..0.1", "bounded differences, one for each observation"),
    ("intrinsic_time", "v", "real [0, inf)", "+", "1..1e4", "accumulated variance"),
    ("gamma_scale", "c", "real [0, inf)", "+", "0.1..2", "scale of the sub-gamma increments"),
    ("start_time", "m", "real (0, inf)", "", "1..10", "intrinsic time from which the boundary is tuned"),
    # the class
    ("log_growth", r"\ln\Pi", "function", "+", "", "log growth function of the class, of the sample size"),
    ("log_covering", r"\ln\mathcal N", "function", "+", "", "log covering number, of the scale and the sample size"),
    ("vc_dim", "d", "integer [0, inf)", "+", "1..1000", "VC dimension of the class"),
    ("n_hypotheses", "M", "integer [1, inf)", "+", "1..1e6", "number of hypotheses"),
    ("log_cardinality", r"\ln|\mathcal H|", "real [0, inf)", "+", "1..1000", "log of the number of hypotheses"),
    ("log_prior", r"\ln\frac{1}{p(h)}", "real [0, inf)", "+", "1..1000", "minus log of the prior weight of the hypothesis"),
    ("bits", "|h|", "real [0, inf)", "+", "1..1000", "length of the description of the hypothesis, in bits"),
    ("class_index", "k", "integer [1, inf)", "+", "1..20", "index of the class in a hierarchy fixed in advance"),
    ("pseudo_dim", "d", "integer [0, inf)", "+", "1..1000", "pseudo-dimension of the class"),
    ("fat_dim", "d", "integer [0, inf)", "+", "1..1000", "fat-shattering dimension at the scale of the theorem"),
    ("natarajan_dim", "d_N", "integer [0, inf)", "+", "1..1000", "Natarajan dimension of the class"),
    ("n_classes", "K", "integer [2, inf)", "+", "2..1000", "number of labels"),
    ("envelope", "B", "real (0, inf)", "+", "1..10", "the functions take values in [0, B]"),
    ("scale", r"\varepsilon", "real (0, 1]", "-", "0.01..0.5", "radius of the covering"),
    ("separation", "s", "integer [1, inf)", "-", "1..100", "Hamming distance that separates the packed labelings"),
    ("centre_radius", "r", "real [0, inf)", "+", "1..100", "Euclidean radius, in the space of n coordinates, of the vectors of values on the sample"),
    ("empirical_radius", "c", "real (0, inf)", "+", "0.1..1", "largest root mean square on the sample of a function of the class minus a fixed one"),
    ("n_levels", "M", "integer [1, 60]", "", "1..20", "number of scales of the chaining"),
    ("entropy_constant", "A", "real (0, inf)", "+", "0.01..10", "A where the log covering number at scale x is at most A/x^2"),
    ("entropy_exponent", "a", "real (0, inf)", "+", "1..100", "a where the log covering number at scale x is at most a ln(b/x)"),
    ("entropy_scale", "b", "real (0, inf)", "+", "1..10", "b where the log covering number at scale x is at most a ln(b/x)"),
    ("entropy_offset", r"\alpha", "real [0, inf)", "+", "0.1..10", "alpha where the root of the log covering number at scale c/2^k is at most alpha + beta k"),
    ("entropy_slope", r"\beta", "real [0, inf)", "+", "0.1..10", "beta where the root of the log covering number at scale c/2^k is at most alpha + beta k"),
    ("point_norms", "x", "sequence", "+", "", "norms of the vectors"),
    ("coefficients", "a", "sequence", "+", "", "absolute values of the coefficients"),
    ("moment", "q", "real [2, inf)", "+", "2..10", "order of the moment"),
    ("chaos_norm", "s", "real [0, inf)", "+", "0.1..10", "largest root mean square of a chaos"),
    # complexity: 1/n, without absolute value unless said
    ("rademacher", r"\mathfrak R", "real [0, inf)", "+", "0.001..0.5", "Rademacher complexity of the losses", 1),
    ("empirical_rademacher", r"\hat{\mathfrak R}", "real [0, inf)", "+", "0.001..0.5", "empirical Rademacher complexity of the losses", 1),
    ("rademacher_of_hypotheses", r"\mathfrak R_{\mathcal H}", "real [0, inf)", "+", "0.001..1", "Rademacher complexity of the hypotheses, +-1-valued or scores"),
    ("empirical_rademacher_of_hypotheses", r"\hat{\mathfrak R}_{\mathcal H}", "real [0, inf)", "+", "0.001..1", "empirical Rademacher complexity of the hypotheses, +-1-valued or scores"),
    ("absolute_rademacher", r"\mathfrak R_{|\cdot|}", "real [0, inf)", "+", "0.001..0.5", "Rademacher complexity of the losses with an absolute value inside the supremum", 1),
    ("gaussian_complexity", r"\mathfrak G", "real [0, inf)", "+", "0.001..0.5", "Gaussian complexity"),
    ("monte_carlo_rademacher", r"\tilde{\mathfrak R}", "real [0, inf)", "+", "0.001..0.5", "average over draws of the signs of the largest signed mean of the losses (0 if negative)", 1),
    ("n_monte_carlo", "m", "integer [1, inf)", "-", "1..1000", "number of draws of the signs"),
    ("vector_rademacher", r"\mathfrak R_K", "real [0, inf)", "+", "0.001..1", "1/n times the expected supremum of the sum over points and components with signs of their own"),
    ("first_complexity", r"\mathfrak R_1", "real [0, inf)", "+", "0.001..1", "empirical Rademacher complexity of the first class"),
    ("second_complexity", r"\mathfrak R_2", "real [0, inf)", "+", "0.001..1", "empirical Rademacher complexity of the second class"),
    ("first_envelope", "A", "real [0, inf)", "+", "0.1..10", "largest absolute value of a function of the first class on the sample"),
    ("second_envelope", "B", "real [0, inf)", "+", "0.1..10", "largest absolute value of a function of the second class on the sample"),
    ("absolute_rademacher_of_hypotheses", r"\mathfrak R_{|\mathcal H|}", "real [0, inf)", "+", "0.001..1", "Rademacher complexity of the hypotheses, +-1-valued or scores, with an absolute value inside the supremum"),
    ("sequential_rademacher", r"\mathfrak R_{\mathrm{seq}}", "real [0, inf)", "+", "0.001..0.5", "sequential Rademacher complexity of the losses", 1),
    ("transductive_rademacher", r"\mathfrak R_{n+n_u}", "real [0, inf)", "+", "0.001..1", "mean supremum over all n + n_u points, signs +1 and -1 with probability n n_u/(n + n_u)^2 each, else 0, times 1/n + 1/n_u"),
    ("rademacher_first", r"\mathfrak R_1", "real [0, inf)", "+", "0.001..1", "Rademacher complexity of the scores of the first points of the pairs"),
    ("rademacher_second", r"\mathfrak R_2", "real [0, inf)", "+", "0.001..1", "Rademacher complexity of the scores of the second points of the pairs"),
    # linear classes and kernels
    ("weight_bound", r"\Lambda", "real (0, inf)", "+", "0.1..100", "bound on the norm of the weights"),
    ("weight_norm", r"\|w\|", "real (0, inf)", "+", "0.1..100", "norm of the learned weights"),
    ("radius", "X", "real (0, inf)", "+", "0.1..10", "bound on the norm of the inputs"),
    ("gram_trace", r"\mathrm{tr} K", "real [0, inf)", "+", "1..1e6", "trace of the kernel matrix: the sum of the squared norms of the inputs"),
    ("max_column_norm", r"\max_j\|x_{\cdot j}\|", "real [0, inf)", "+", "1..1000", "largest Euclidean norm of one coordinate over the sample"),
    ("column_norms", "c", "sequence", "+", "1..1000", "Euclidean norm of every coordinate over the sample"),
    ("dimension", "p", "integer [1, inf)", "+", "1..1e4", "number of coordinates"),
    ("norm_exponent", "p", "real (1, inf)", "", "1.1..4", "exponent of the norm of the weights"),
    ("strong_convexity", r"\sigma", "real (0, inf)", "-", "0.1..10", "modulus of strong convexity of the regulariser"),
    ("kernel_traces", "u", "sequence", "+", "1..1000", "trace of every kernel matrix"),
    ("kernel_order", "k", "integer [1, inf)", "", "1..10", "exponent conjugate to that of the norm of the mixture"),
    ("n_kernels", "M", "integer [2, inf)", "+", "2..1000", "number of kernels, two or more"),
    ("n_groups", "G", "integer [1, inf)", "+", "1..1000", "number of groups of coordinates"),
    ("matrix_variance", "v", "real [0, inf)", "+", "1..1e6", "larger operator norm of the sums of X X^T and of X^T X"),
    ("n_rows", "p_1", "integer [1, inf)", "+", "1..1e4", "number of rows"),
    ("n_columns", "p_2", "integer [1, inf)", "+", "1..1e4", "number of columns"),
    ("lipschitz", "L", "real (0, inf)", "+", "0.1..10", "Lipschitz constant of the loss in the score", 1),
    ("surrogate_risk", r"\hat R_\phi", "real [0, 1]", "+", "0.01..0.5", "mean on the sample of a loss in [0, 1] above the 0-1 loss"),
    # local complexities
    ("fixed_point", "r^*", "real [0, inf)", "+", "1e-4..0.1", "fixed point of the sub-root function above the local complexity", 2),
    ("bernstein_constant", "B", "real (0, inf)", "+", "1..4", "bound on the variance over the mean", 1),
    ("constant_k", "K", "real (1, inf)", "", "1.1..10", "weight of the empirical risk"),
    ("variance_bound", "r", "real [0, inf)", "+", "1e-4..0.25", "bound on the variance (or on the second moment) of every function of the class", 2),
    ("empirical_second_moment", "s", "real [0, 1]", "+", "0.001..0.5", "largest mean square on the sample of a loss in the class", 2),
    ("eigenvalues", r"\lambda", "sequence", "+", "0.001..1", "eigenvalues of the kernel operator, or of the kernel matrix over n"),
    ("offset_constant", "C", "real (0, inf)", "-", "0.1..10", "weight of the square that is subtracted"),
    ("rank", "k", "integer [0, inf)", "+", "1..1000", "rank of the inputs"),
    ("n_unlabelled", "n_u", "integer [1, inf)", "", "10..1e6", "number of unlabelled observations"),
    ("littlestone_dim", "d", "integer [0, inf)", "+", "1..1000", "Littlestone dimension of the class"),
    # margins, votes, support vectors
    ("margin", r"\rho", "real (0, inf)", "-", "0.01..1", "margin"),
    ("max_margin", r"\rho_{\max}", "real (0, inf)", "+", "1..10", "largest margin that is considered, fixed in advance"),
    ("support_vectors", r"N_{\mathrm{SV}}", "real [0, inf)", "+", "1..1000", "expected number of support vectors on one observation more"),
    ("margins", "m", "sequence", "-", "0.1..10", "y f(x) of every observation, 0 where it is negative"),
    ("multipliers", r"\alpha", "sequence", "+", "0.1..10", "multiplier of every observation in the dual solution"),
    ("kernel_diagonal", "k", "sequence", "+", "0.1..10", "K(x, x) of every observation"),
    ("spans", "S", "sequence", "+", "0.1..10", "distance of every support vector from the span of the others; any number elsewhere"),
    ("weak_errors", r"\epsilon", "data", "+", "", "weighted error of the weak hypothesis of every round"),
    ("edge", r"\gamma", "real [0, 1/2]", "-", "0.01..0.3", "least edge of the weak hypotheses over guessing"),
    ("n_rounds", "T", "integer [1, inf)", "-", "1..1000", "number of rounds"),
    # PAC-Bayes
    ("kl", r"\mathrm{KL}", "real [0, inf]", "+", "1..1e4", "relative entropy KL(Q||P) of the posterior to the prior, in nats"),
    ("renyi", r"D_\alpha", "real [0, inf]", "+", "1..1e4", "Renyi divergence of the posterior from the prior, in nats"),
    ("renyi_order", r"\alpha", "real (1, inf)", "", "1.1..10", "order of the Renyi divergence"),
    ("catoni_c", "C", "real (0, inf)", "", "0.1..10", "parameter C of Catoni's bound"),
    ("inverse_temperature", r"\lambda", "real (0, inf)", "", "10..1e4", "inverse temperature of the Gibbs posterior, for a loss in units of its range"),
    ("n_candidates", "M", "integer [1, inf)", "+", "1..1000", "number of values, fixed in advance, that a parameter may take"),
    ("grid_ratio", r"\alpha", "real (1, inf)", "", "1.05..2", "ratio of the geometric grid of a parameter, fixed in advance"),
    ("trade_off", r"\lambda", "real (0, 2)", "", "0.1..1.9", "trade-off between empirical risk and relative entropy"),
    ("trade_off_lower", r"\gamma", "real (0, inf)", "", "0.1..1.9", "trade-off of the bound from below"),
    ("squared_norm", r"\|\theta\|^2", "real [0, inf)", "+", "1..1e4", "squared Euclidean norm of the weights"),
    ("dropout_rate", "a", "real [0, 1)", "-", "0.1..0.9", "probability that a weight is dropped"),
    ("squared_distance", r"\|w - w_0\|^2", "real [0, inf)", "+", "0.01..1e4", "squared Euclidean distance of the posterior's mean from the prior's"),
    ("prior_variance", r"\sigma^2", "real (0, inf)", "-", "1e-4..10", "variance of every coordinate under the prior"),
    ("n_priors", "T", "integer [1, inf)", "+", "1..100", "number of priors, fixed in advance, among which one is chosen"),
    ("prior_index", "j", "integer [1, inf)", "+", "1..1000", "index of the prior in a sequence fixed in advance"),
    ("second_moment", r"\hat S", "real [0, 1]", "+", "0.001..0.5", "mean of the squared losses on the sample, not centred", 2),
    ("upper_loss", "b", "real (0, inf)", "+", "0.5..1", "largest value of the loss", 1),
    ("bernstein_gamma", r"\gamma", "real (0, inf)", "", "0.05..0.9", "parameter of Bernstein's inequality, for a loss in units of its range"),
    ("grid_ratio_mean", "c_1", "real (1, inf)", "", "1.05..2", "ratio of the geometric grid in the bound on the mean, fixed in advance"),
    ("grid_ratio_variance", "c_2", "real (1, inf)", "", "1.05..2", "ratio of the geometric grid in the bound on the variance, fixed in advance"),
    ("positive_part", r"\hat Z_+", "real [0, inf)", "+", "0.01..0.3", "mean on the sample of what the losses exceed the split point by", 1),
    ("negative_part", r"\hat Z_-", "real [0, inf)", "-", "0.01..0.1", "mean on the sample of what the losses fall short of the split point by", 1),
    ("split_point", r"\mu", "real (-inf, inf)", "", "0.2..0.5", "point at which the losses are split", 1),
    ("lowest_loss", "a", "real (-inf, inf)", "-", "0.01..0.1", "least value of the loss", 1),
    ("highest_loss", "b", "real (-inf, inf)", "+", "1..2", "largest value of the loss", 1),
    ("chi2", r"\chi^2", "real [0, inf]", "+", "0.1..100", "chi-square divergence of the posterior from the prior"),
    ("log_density_ratio", r"\ln\frac{dQ}{dP}", "real (-inf, inf)", "+", "1..1e4", "log of the density of the posterior relative to the prior at the hypothesis drawn"),
    ("squared_distance_drawn", r"\|w + \epsilon - w_0\|^2", "real [0, inf)", "+", "10..1e4", "squared Euclidean distance of the weights drawn from the prior's mean"),
    ("squared_noise", r"\|\epsilon\|^2", "real [0, inf)", "-", "0.01..10", "squared Euclidean distance of the weights drawn from the posterior's mean"),
    ("inverse_temperatures", r"\lambda", "sequence", "", "", "inverse temperature of every observation, for a loss in units of its range"),
    ("variance_proxy", r"\sigma^2", "real (0, inf)", "+", "0.01..1", "variance proxy of the sub-Gaussian loss, 1/4 for a loss in [0, 1]", 2),
    ("signed_margins", r"\gamma", "data [-1, 1]", "-", "", "y <w, x>/(|w| |x|) of every observation"),
    ("weight_scale", r"\mu", "real (0, inf)", "", "0.1..100", "length of the mean of the posterior on the weights"),
    ("privacy_epsilon", r"\varepsilon", "real [0, inf)", "+", "1e-4..0.1", "epsilon of the differential privacy"),
    # noise, relative deviation
    ("massart_margin", "h", "real (0, 1]", "-", "0.1..1", "least value of |2 P(Y = 1 | x) - 1|"),
    ("moment_order", r"\alpha", "real (1, 2]", "", "1.1..2", "order of the relative deviation"),
    # sequential
    ("mixture_rho", r"\rho", "real (0, inf)", "", "1..1000", "precision of the normal mixture (its variance is 1/rho), fixed in advance"),
    ("stitching_ratio", r"\eta", "real (1, inf)", "", "1.1..4", "ratio of the epochs, fixed in advance"),
    ("stitching_exponent", "s", "real (1, inf)", "", "1.1..3", "decay of delta over the epochs, fixed in advance"),
    ("losses", "x", "data", "+", "", "losses in the order in which they were observed"),
    ("betting_cap", "c", "real (0, 1)", "", "0.25..0.75", "largest fraction of the capital that is bet"),
    # what an algorithm keeps, and what it tells
    ("compression_size", "k", "integer [0, inf)", "+", "1..100", "number of observations that the hypothesis is reconstructed from"),
    ("n_decisions", "d", "integer [1, inf)", "+", "1..100", "number of decision variables of the convex programme"),
    ("stability_remove", r"\beta", "real [0, inf)", "+", "1e-4..0.1", "largest change of a loss when one observation is left out", 1),
    ("conditional_mutual_information", r"\mathrm{CMI}", "real [0, inf)", "+", "0.1..100", "mutual information, in nats, of the output and the choice of the sample from pairs of observations, given the pairs"),
    ("tandem_risk", r"\hat T", "real [0, 1]", "+", "0.01..0.3", "mean on the sample of the chance that two hypotheses drawn from the posterior both err"),
    ("disagreement", r"\hat D", "real [0, 1]", "-", "0.01..0.3", "mean on the sample of the chance that two hypotheses drawn from the posterior differ"),
]  # fmt: skip

VARIABLES: dict[str, Variable] = {str(row[0]): from_row(*row) for row in _TABLE}  # type: ignore[arg-type]

COUNTING = {
    "errors", "errors_first_only", "errors_second_only", "log_growth", "population_size", "n_ghost",
}  # fmt: skip
"""Arguments that make `n` a count: beside them it must be an integer; closed forms take any real n >= 1."""


class Derivation(NamedTuple):
    """A way to obtain one variable from others."""

    target: str
    sources: tuple[str, ...]
    function: Callable[..., Any]
    sentence: str


DERIVATIONS = (
    Derivation(
        "log_growth", ("vc_dim",), growth.Sauer, "growth function: the exact Sauer sum of vc_dim"
    ),
    Derivation("log_cardinality", ("n_hypotheses",), log, "log_cardinality = ln n_hypotheses"),
    Derivation(
        "log_prior", ("bits",), lambda bits: bits * LN2, "log_prior = bits ln 2 (prefix-free code)"
    ),
    Derivation(
        "empirical_risk",
        ("errors", "n"),
        lambda errors, n: errors / n,
        "empirical_risk = errors / n",
    ),
)


class Relation(NamedTuple):
    """What arguments can never violate: a call that does is refused."""

    names: tuple[str, ...]
    holds: Callable[..., Any]
    sentence: str


def _as_many(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    return len(first) == len(second)


RELATIONS = (
    Relation(("errors", "n"), lambda errors, n: errors <= n, "errors must be at most n"),
    Relation(
        ("errors_first_only", "errors_second_only", "n"),
        lambda first, second, n: first + second <= n,
        "errors_first_only + errors_second_only must be at most n",
    ),
    Relation(
        ("n", "population_size"), lambda n, size: n <= size, "n must be at most population_size"
    ),
    *(
        Relation(("margins", other), _as_many, f"margins and {other} must be of equal length")
        for other in ("multipliers", "kernel_diagonal", "spans")
    ),
)
