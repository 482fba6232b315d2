"""Tail bounds of one hypothesis that were misread: a side, a constant, an argument, a range.

Most of them fail on one or two tosses of a coin; a slip that costs little needs many tosses and a
small delta, or shows only where delta is large.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from genbounds.bounds.concentration import hoeffding, mcdiarmid
from genbounds.claims import FIXED, Claim, below
from genbounds.declaration import bound
from genbounds.generic import (
    ONE,
    binomial_log_tail,
    floor,
    kl_inverse_lower,
    kl_inverse_upper,
    log_ratio,
    log_remainder,
    minimum,
    relative_entropy,
    root,
    sqrt,
    where,
)
from genbounds.referee.mistakes.base import Mistake, claimed, coin
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.sums import SignedSum

BOTH = FIXED._replace(side="both")
WIDE = Claim(quantity="gap", loss="bounded")

# --- both sides at the price of one

hoeffding_both_sides = claimed(
    hoeffding, "hoeffding_both_sides", "two sides need ln(2/delta), each side has its own event",
    side="both",
)  # fmt: skip


@bound(
    BOTH, source="Hoeffding1963, Theorem 1", status="refuted",
    why="each side has its own event: both together need ln(2/delta)",
)  # fmt: skip
def chernoff_both_sides(empirical_risk: Any, risk: Any, n: Any, delta: Any) -> Any:
    """kl(r, R) <= ln(1/delta)/n, read as an interval: its end on the side where the risk lies."""
    budget = log_ratio(1, delta) / n
    return where(
        risk >= empirical_risk,
        lambda: kl_inverse_upper(empirical_risk, budget),
        lambda: 2 * empirical_risk - kl_inverse_lower(empirical_risk, budget),
    )


# --- a constant from the other side


@bound(
    FIXED, source="Okamoto1958", status="refuted",
    why="the factor 2 in the exponent belongs to the bound from below",
)  # fmt: skip
def okamoto_doubled(empirical_risk: Any, n: Any, delta: Any) -> Any:
    """Okamoto's bound from above with the exponent of the one from below."""
    return (sqrt(empirical_risk) + sqrt(log_ratio(1, delta) / (2 * n))) ** 2


@bound(
    below(FIXED), source="AngluinValiant1979, Proposition 2.4", status="refuted",
    why="the two tails of a coin differ: the upper one is (r - p)^2/(r + p) in the exponent",
)  # fmt: skip
def relative_chernoff_mirrored(empirical_risk: Any, n: Any, delta: Any) -> Any:
    """r + a + sqrt(a^2 + 2 r a) reflected at r + a."""
    a = log_ratio(1, delta) / n
    return empirical_risk + a - sqrt(a**2 + 2 * empirical_risk * a)


@bound(
    below(FIXED), source="MitzenmacherUpfal2005, Chapter 4", status="refuted",
    why="ln(1 + g) - g/(1 + g) falls below g^2/3 per expected error beyond g = 1",
)  # fmt: skip
def third_beyond_one(empirical_risk: Any, n: Any, delta: Any) -> Any:
    """P(S >= (1 + g) mu) <= exp(-g^2 mu/3) for every g, solved for the risk."""
    return _from_upper_tail(empirical_risk, 3 * log_ratio(1, delta) / n)


@bound(
    below(FIXED), source="MitzenmacherUpfal2005, Chapter 4", status="refuted",
    why="the exponent g^2 mu/2 is that of the lower tail",
)  # fmt: skip
def half_up_to_one(empirical_risk: Any, n: Any, delta: Any) -> Any:
    """P(S >= (1 + g) mu) <= exp(-g^2 mu/2) for g <= 1, solved for the risk; silent for others."""
    budget = 2 * log_ratio(1, delta) / n
    least = _from_upper_tail(empirical_risk, budget)
    return where(least >= budget, lambda: least, lambda: 0 * least)


def _from_upper_tail(reached: Any, square: Any) -> Any:
    """The risk p at which p + sqrt(square p), the (1 + g) p that delta allows, is reached."""
    return ((sqrt(square + 4 * reached) - sqrt(square)) / 2) ** 2


# --- a wrong argument


@bound(
    FIXED, source="Hoeffding1963, Theorem 1", status="refuted",
    why="the entropy is that of the sample relative to the truth; the other way round it is "
    "infinite where no error was seen, and the risk is claimed to be 0",
)  # fmt: skip
def kl_swapped(empirical_risk: Any, n: Any, delta: Any) -> Any:
    """The largest risk with kl(risk, empirical risk) <= ln(1/delta)/n."""
    budget, all_errors = log_ratio(1, delta) / n, 1 + 0 * empirical_risk

    def excess(p: Any) -> Any:
        return relative_entropy(p, empirical_risk) - budget

    def positive() -> Any:
        return where(
            log_ratio(1, empirical_risk) > budget,
            lambda: root(excess, empirical_risk, all_errors, "p"), lambda: all_errors,
        )  # fmt: skip

    return where(empirical_risk > 0, positive, lambda: 0 * empirical_risk)


@bound(
    FIXED, source="BoucheronLugosiMassart2013, Theorem 2.10", status="refuted", additive=True,
    needs=("n >= 2",), why="the sample variance may be 0 where the true one is not",
)  # fmt: skip
def bernstein_with_sample_variance(
    empirical_risk: Any, sample_variance: Any, n: Any, delta: Any
) -> Any:
    """Bernstein's inequality with the unbiased variance of the sample for the true one."""
    c = log_ratio(1, delta) / n
    return empirical_risk + sqrt(2 * sample_variance * c) + c / 3


@bound(
    WIDE._replace(loss="bounded_above"), source="MhammediGrunwaldGuedj2019; FanGramaLiu2015",
    status="refuted", fixed=("bernstein_gamma",), needs=("bernstein_gamma * upper_loss < 1",),
    why="the second moment must not be centred: the inequality is not invariant under shifts",
)  # fmt: skip
def unexpected_bernstein_centred(
    biased_variance: Any, upper_loss: Any, bernstein_gamma: Any, n: Any, delta: Any
) -> Any:
    """The un-expected Bernstein inequality with the variance for the second moment."""
    remainder = log_remainder(bernstein_gamma * upper_loss)
    cost = log_ratio(1, delta) / (bernstein_gamma * n)
    return bernstein_gamma * biased_variance * remainder + cost


# --- a loss of another range


@bound(
    WIDE, source="Hoeffding1963, Theorem 2", status="refuted",
    why="the deviation scales with the range, 2 here",
)  # fmt: skip
def hoeffding_for_signs(n: Any, delta: Any) -> Any:
    """Hoeffding's radius for losses in [0, 1], quoted for losses in [-1, 1]."""
    return sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    FIXED._replace(loss="bounded"), source="Hoeffding1963, Theorem 1", status="refuted",
    why="a loss in [0, 2] must be divided by 2: where the mean is clipped instead, the limit is "
    "too small for small means",
)  # fmt: skip
def kl_clipped(positive_part: Any, n: Any, delta: Any) -> Any:
    """The kl inverse of a mean of losses in [0, 2], clipped to [0, 1]; the split point is 0."""
    return kl_inverse_upper(minimum(1, positive_part), log_ratio(1, delta) / n)


@bound(
    WIDE, source="BoucheronLugosiMassart2013, Theorem 2.10", status="refuted",
    why="a loss in [-1, 1] may lie 2 below its mean: the last term is 2 L/(3n)",
)  # fmt: skip
def bernstein_for_signs(variance: Any, n: Any, delta: Any) -> Any:
    """Bernstein's radius for losses in [0, 1], quoted for differences of losses in [-1, 1]."""
    c = log_ratio(1, delta) / n
    return sqrt(2 * variance * c) + c / 3


azuma_with_mcdiarmid = claimed(
    mcdiarmid, "azuma_with_mcdiarmid",
    "an increment of at most c in absolute value lies in an interval of length 2c",
    data="martingale",
)  # fmt: skip

# --- one mean for all


@bound(
    FIXED, source="Bentkus2004", status="refuted", additive=True,
    why="far from the mean a coin of another mean deviates more often than the fair one",
)  # fmt: skip
def worst_at_one_half(empirical_risk: Any, n: Any, epsilon: Any, delta: Any) -> Any:
    """The accuracy epsilon is reached, since a fair coin reaches it with probability 1 - delta."""
    few = floor(n * (ONE / 2 - epsilon))
    rare = where(
        few >= 0,
        lambda: binomial_log_tail(few, n, ONE / 2) <= -log_ratio(1, delta),
        lambda: few < 0,
    )
    return empirical_risk + where(rare, lambda: epsilon, lambda: epsilon / epsilon)


def signs(minus: str) -> FiniteWorld:
    """A loss of 2 or 0, that is 1 or -1 moved by 1; `minus` is the probability of 0."""
    return FiniteWorld(law=(minus, str(1 - coin(minus).law[0])), losses=((0, 2),))


MISTAKES = (
    Mistake(
        "hoeffding_both_sides", "sqrt(ln(1/delta)/(2n)) is quoted as a two-sided radius",
        hoeffding_both_sides, "0.23", 3, coin("1/2"), why="only a delta above exp(-3/2) shows it",
    ),
    Mistake(
        "hoeffding_both_sides_one_toss", "sqrt(ln(1/delta)/(2n)) is quoted as a two-sided radius",
        hoeffding_both_sides, "0.61", 1, coin("1/2"),
    ),
    Mistake(
        "chernoff_both_sides", "kl(r, R) <= ln(1/delta)/n is inverted upwards and downwards",
        chernoff_both_sides, "0.05", 5, coin("1/2"),
    ),
    Mistake(
        "okamoto_doubled", "(sqrt r + sqrt(ln(1/delta)/(2n)))^2 is quoted from above",
        okamoto_doubled, "0.05", 2, coin("3/4"),
    ),
    Mistake(
        "relative_chernoff_mirrored",
        "r + a - sqrt(a^2 + 2 r a) with a = ln(1/delta)/n is quoted from below",
        relative_chernoff_mirrored, "0.05", 1, coin("1/10"),
    ),
    Mistake(
        "third_beyond_one", "the simple upper tail is used however far the deviation, here g = 19",
        third_beyond_one, "0.003", 1, coin("1/20"),
    ),
    Mistake(
        "third_beyond_one_many_tosses",
        "the simple upper tail at g = 8: 9 errors where 1 is expected",
        third_beyond_one, "5.5e-10", 100, coin("1/100"),
    ),
    Mistake(
        "half_up_to_one", "the exponent of the lower tail is used for the upper one, g at most 1",
        half_up_to_one, "3.1e-7", 600, coin("1/20"),
        why="only many expected errors, hence a small delta, show it",
    ),
    Mistake(
        "kl_swapped", "kl(R, r) <= ln(1/delta)/n is solved for R",
        kl_swapped, "0.05", 1, coin("1/2"),
    ),
    Mistake(
        "bernstein_with_sample_variance",
        "the variance is estimated on the sample and put in for the true one",
        bernstein_with_sample_variance, "0.05", 2, coin("1/2"),
    ),
    Mistake(
        "unexpected_bernstein_centred",
        "the variance of the sample is put in for the second moment; the losses are 0 and -1",
        unexpected_bernstein_centred, "0.05", 1,
        FiniteWorld(law=("1/10", "9/10"), losses=((-1, 0),)),
        {"upper_loss": Fraction(1, 10), "bernstein_gamma": 5},
    ),
    Mistake(
        "hoeffding_for_signs", "sqrt(ln(1/delta)/(2n)) is quoted for losses in [-1, 1]",
        hoeffding_for_signs, "0.05", 2, signs("1/2"),
    ),
    Mistake(
        "kl_clipped", "the mean of losses in [0, 2] is clipped to 1 and inverted",
        kl_clipped, "0.05", 1, signs("1/2"), {"split_point": 0},
    ),
    Mistake(
        "bernstein_for_signs", "L/(3n) is quoted where losses may lie 2 below their mean",
        bernstein_for_signs, "0.0001", 10, signs("1/100"),
        why="only a small delta shows it: the inequality gives away about as much",
    ),
    Mistake(
        "azuma_with_mcdiarmid", "increments in [-c, c] are taken for bounded differences c",
        azuma_with_mcdiarmid, "0.05", 2, SignedSum(differences=(1,)),
    ),
    Mistake(
        "worst_at_one_half", "the fair coin is taken for the worst one, epsilon = 3/5",
        worst_at_one_half, "0.05", 1, coin("9/10"), {"epsilon": Fraction(3, 5)},
    ),
    Mistake(
        "worst_at_one_half_of_29", "the fair coin is taken for the worst one, epsilon = 2/5",
        worst_at_one_half, "0.000001", 29, coin("0.6414"), {"epsilon": Fraction(2, 5)},
    ),
)  # fmt: skip
