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
        return _KIND_WORDS[v.kind]
    whole = "an integer " if v.kind == "integer" else ""
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


def _variable(
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
    # risks
    ("empirical_risk", r"\hat R", "real [0, 1]", "+", "0.01..0.5", "mean loss on the sample", 1),
    ("risk", "R", "real [0, 1]", "+", "0.01..0.5", "true risk", 1),
    ("alternative_risk", "R_1", "real [0, 1]", "", "0.01..0.5", "true risk under the alternative", 1),
    ("bayes_risk", "R^*", "real [0, 1/2]", "+", "0.01..0.4", "smallest reachable risk"),
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
    ("bits", "|h|", "real [0, inf)", "+", "1..1000", "length of the hypothesis in a prefix-free code, in bits"),
    ("class_index", "k", "integer [1, inf)", "+", "1..20", "index of the class in a hierarchy fixed in advance"),
    ("pseudo_dim", "d", "integer [0, inf)", "+", "1..1000", "pseudo-dimension of the class"),
    ("fat_dim", "d", "integer [0, inf)", "+", "1..1000", "fat-shattering dimension at the scale of the theorem"),
    ("natarajan_dim", "d_N", "integer [0, inf)", "+", "1..1000", "Natarajan dimension of the class"),
    ("n_classes", "K", "integer [2, inf)", "+", "2..1000", "number of labels"),
    ("envelope", "B", "real (0, inf)", "+", "1..10", "the functions take values in [0, B]"),
    ("scale", r"\varepsilon", "real (0, 1]", "-", "0.01..0.5", "radius of the covering"),
    ("separation", "s", "integer [1, inf)", "-", "1..100", "Hamming distance that separates the packed labelings"),
    # noise, relative deviation
    ("massart_margin", "h", "real (0, 1]", "-", "0.1..1", "least value of |2 P(Y = 1 | x) - 1|"),
    ("moment_order", r"\alpha", "real (1, 2]", "", "1.1..2", "order of the relative deviation"),
    # sequential
    ("mixture_rho", r"\rho", "real (0, inf)", "", "1..1000", "precision of the normal mixture (its variance is 1/rho), fixed in advance"),
    ("stitching_ratio", r"\eta", "real (1, inf)", "", "1.1..4", "ratio of the epochs, fixed in advance"),
    ("stitching_exponent", "s", "real (1, inf)", "", "1.1..3", "decay of delta over the epochs, fixed in advance"),
    ("losses", "x", "data", "+", "", "losses in the order in which they were observed"),
    ("betting_cap", "c", "real (0, 1)", "", "0.25..0.75", "largest fraction of the capital that is bet"),
]  # fmt: skip

VARIABLES: dict[str, Variable] = {str(row[0]): _variable(*row) for row in _TABLE}  # type: ignore[arg-type]

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
)
