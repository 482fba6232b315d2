"""Mistakes about classes: how labelings are counted, at which sizes, and for whom a radius holds.

(em/d)^d is above the Sauer sum from m = d on. Below, it falls to 0 while the class has all 2^m
labelings, and every bound that counts so falls with it: `exponential_counts` makes these false
theorems from the true ones. All labelings of d equally likely points refute them, most of them at
one observation and with probability 1.
"""

from __future__ import annotations

from typing import Any

from genbounds.bounds import boosting, realizable, relative, structural, vc
from genbounds.bounds.covering import growth_rademacher
from genbounds.bounds.real_valued import mohri_pseudo
from genbounds.claims import CONSISTENT, Claim
from genbounds.declaration import Bound, bound
from genbounds.generic import (
    LN2,
    ONE,
    kl_inverse_upper,
    log,
    log_gamma,
    log_ratio,
    maximum,
    root,
    sqrt,
)
from genbounds.referee.mistakes.base import Mistake
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.certain import Labelings, StumpLabelings, Vectors
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.occupancy import AllLabelings
from genbounds.referee.worlds.structures import all_labelings, thresholds

COLLAPSE = "(em/d)^d counts no labelings below m = d: it falls to 0 there, and 2^m is true"

# --- (em/d)^d below d, in every bound that is built on it


def exponential_counts(theorem: Bound) -> Bound:
    """The bound with (em/d)^d for the growth function at whatever size m it asks for."""
    names = ["vc_dim" if name == "log_growth" else name for name in theorem.arguments]
    passed = [f"{name}={name}" for name in theorem.arguments if name != "log_growth"]
    source = f"lambda {', '.join(names)}: formula({', '.join(passed)}, log_growth=count(vc_dim))"
    formula = eval(source, {"formula": theorem.formula, "count": log_exponential})
    formula.__module__ = __name__
    formula.__doc__ = f"`{theorem.name}` with (em/d)^d for the growth function, whatever m and d."
    return Bound(
        formula, theorem.claim, name=f"{theorem.name}_exponential", source=theorem.source,
        status="refuted", why=COLLAPSE, given=theorem.given, needs=theorem.needs,
        fixed=theorem.fixed, additive=theorem.additive,
    )  # fmt: skip


def log_exponential(vc_dim: Any) -> Any:
    """m -> ln (em/d)^d, unguarded."""
    return lambda m: vc_dim * (1 + log(m / vc_dim))


def without_needs(theorem: Bound) -> Bound:
    """The same formula where its source does not vouch for it."""
    return Bound(
        theorem.formula, theorem.claim, name=f"{theorem.name}_anywhere", source=theorem.source,
        status="refuted", why=COLLAPSE,
        given=theorem.given, fixed=theorem.fixed, additive=theorem.additive,
    )  # fmt: skip


def collapsed(
    theorem: Bound, n: int, points: int, delta: str, world: World | None = None, **parameters: Any
) -> Mistake:
    """The theorem with the collapsed count, and all labelings of so many points."""
    false = exponential_counts(theorem) if "log_growth" in theorem.arguments else theorem
    name = theorem.name.removesuffix("_anywhere")
    says = f"(em/d)^d is put in for the growth function of `{name}`, whatever m"
    labelings = world or AllLabelings(points)
    return Mistake(false.name, says, false, delta, n, labelings, parameters)


LABELINGS_OF_NINE = FiniteWorld(("1/9",) * 9, all_labelings(9).losses)

COLLAPSED = (
    collapsed(vc.vapnik_chervonenkis, 1, 9, "0.04"),
    collapsed(vc.bousquet_boucheron_lugosi, 1, 8, "0.09"),
    collapsed(vc.vapnik_confidence, 1, 8, "0.1"),
    collapsed(vc.vapnik, 2, 14, "0.1"),
    collapsed(vc.parrondo_van_den_broeck, 2, 15, "0.07"),
    collapsed(vc.devroye_gyorfi_lugosi, 5, 18, "0.05"),
    collapsed(vc.devroye, 4, 48, "0.09"),
    collapsed(vc.devroye_simplified, 1, 9, "0.1"),
    collapsed(vc.mohri, 7, 19, "0.1"),
    collapsed(vc.abu_mostafa_rademacher, 23, 66, "0.1"),
    collapsed(vc.shalev_shwartz_expected, 3000, 16310, "0.1"),
    collapsed(relative.vapnik_relative, 1, 9, "0.04"),
    collapsed(relative.cortes_greenberg_mohri, 1, 9, "0.04", moment_order=2),
    collapsed(relative.bousquet_boucheron_lugosi_relative, 1, 9, "0.04"),
    collapsed(relative.vapnik_multiplicative, 1, 9, "0.04"),
    collapsed(relative.cortes_greenberg_mohri_lower, 1, 9, "0.04", LABELINGS_OF_NINE),
    collapsed(realizable.blumer, 1, 8, "0.09"),
    collapsed(realizable.double_sample, 1, 7, "0.1", n_ghost=1),
    collapsed(realizable.leboeuf_hypergeometric, 1, 11, "0.1", n_ghost=2),
    collapsed(structural.structural_risk, 1, 9, "0.07"),
    collapsed(structural.structural_risk_geometric, 1, 9, "0.08"),
    collapsed(boosting.ensemble_margin, 7, 19, "0.1", margin=1, margin_risk=0),
    collapsed(without_needs(mohri_pseudo), 7, 19, "0.1", pseudo_dim=19),
    collapsed(
        growth_rademacher, 2, 5, "0.05", Vectors(((1, 1), (1, -1), (-1, 1), (-1, -1))), vc_dim=5
    ),
)

# --- counts of labelings out of their domain, as facts

COUNT = Claim(
    quantity="log_growth", scope="the_class", data="any_sample", loss="zero_one", surely="certain"
)


@bound(COUNT, source="BlumerEhrenfeuchtHausslerWarmuth1989", status="refuted", why=COLLAPSE)
def exponential_count(n: Any, vc_dim: Any) -> Any:
    """ln (en/d)^d, whatever n."""
    return vc_dim * (1 + log_ratio(n, vc_dim))


@bound(
    COUNT, source="AbuMostafaMagdonIsmailLin2012, Section 2.1", status="refuted",
    why="thresholds, of VC dimension 1, label n points in n + 1 ways; one point has 2 labels",
)  # fmt: skip
def polynomial_count(n: Any, vc_dim: Any) -> Any:
    """ln n^d, whatever n and d: n^d + 1 is true, n^d from n = d = 2 on."""
    return vc_dim * log(n)


@bound(
    COUNT, source="DevroyeGyorfiLugosi1996", status="refuted",
    why="1.5 n^d/d! exceeds the Sauer sum from n = d + 2 on",
)  # fmt: skip
def factorial_count(n: Any, vc_dim: Any) -> Any:
    """ln 1.5 n^d/d!, whatever n and d."""
    return log(3 * ONE / 2) + vc_dim * log(n) - log_gamma(vc_dim + 1)


@bound(
    COUNT._replace(quantity="vc_dim"), source="LeboeufLeBlancMarchand2020", status="refuted",
    why="in 1, 2, 3 features stumps shatter 2, 3, 4 points; from 6 features on they shatter fewer",
)  # fmt: skip
def stumps_by_features(dimension: Any) -> Any:
    """The VC dimension of stumps is the number of features."""
    return dimension


def counted(false: Bound, says: str, n: int, rows: Any) -> Mistake:
    """A false count, and labelings that are more."""
    return Mistake(false.name, says, false, "0.05", n, Labelings(rows))


ORDERS_OF_FOUR = ((0, 1, 0), (1, 3, 3), (2, 0, 2), (3, 2, 1))
COUNTS = (
    counted(
        exponential_count, "a class of VC dimension d labels n points in at most (en/d)^d ways", 1,
        ((0, 0), (0, 1), (1, 0), (1, 1)),
    ),
    counted(
        polynomial_count, "a class of VC dimension d labels n points in at most n^d ways", 2,
        thresholds(2).losses,
    ),
    counted(
        factorial_count, "a class of VC dimension d labels n points in at most 1.5 n^d/d! ways", 3,
        all_labelings(3).losses[:-1],
    ),
    Mistake(
        "stumps_by_features", "decision stumps have as VC dimension the number of features",
        stumps_by_features, "0.05", 4, StumpLabelings(ORDERS_OF_FOUR),
    ),
)  # fmt: skip

# --- for whom, and with which factor


@bound(
    Claim(quantity="excess_risk", scope="erm"), source="ShalevShwartzBenDavid2014, Corollary 4.6",
    status="refuted",
    why="the minimiser may gain a radius where the best hypothesis loses one: the excess takes two",
)  # fmt: skip
def erm_within_one_radius(n: Any, log_cardinality: Any, delta: Any) -> Any:
    """The two-sided radius of uniform convergence, taken for the excess risk of the minimiser."""
    return sqrt((log_cardinality + log_ratio(2, delta)) / (2 * n))


@bound(
    vc.LABELINGS, source="VapnikChervonenkis1971, Theorem 2", status="refuted", additive=True,
    why="the proof counts labelings of the sample and a ghost sample",
)  # fmt: skip
def vapnik_chervonenkis_at_n(empirical_risk: Any, n: Any, log_growth: Any, delta: Any) -> Any:
    """`vapnik_chervonenkis` with the labelings of n points in place of 2n."""
    return empirical_risk + sqrt(8 * (log_growth(n) + log_ratio(4, delta)) / n)


@bound(
    relative.LABELINGS_ABOVE, source="Vapnik1998, Theorem 4.2", status="refuted",
    why="the deviation from above is relative to the root of the true risk, not of the empirical",
)  # fmt: skip
def relative_to_empirical(empirical_risk: Any, n: Any, log_growth: Any, delta: Any) -> Any:
    """R <= r + 2 sqrt(c r), the root of the bound from below in that from above."""
    c = (log_growth(2 * n) + log_ratio(4, delta)) / n
    return empirical_risk + 2 * sqrt(c * empirical_risk)


@bound(
    CONSISTENT._replace(loss="zero_one"), source="AnthonyBartlett1999, Theorem 4.8",
    status="printed", why="called a mistake, and a theorem: see its sample size in the catalogue",
)  # fmt: skip
def anthony_bartlett_natural(n: Any, vc_dim: Any, delta: Any) -> Any:
    """n = 4 (d ln(12/eps) + ln(2/delta))/eps, solved for eps."""

    def spare(eps: Any) -> Any:
        return n * eps - 4 * (vc_dim * log_ratio(12, eps) + log_ratio(2, delta))

    budget = 4 * (vc_dim * log(12 * n) + log_ratio(2, delta)) / n
    return root(spare, 1 / (n * ONE), maximum(budget, 2 / (n * ONE)), "e")


@bound(
    vc.LABELINGS_ABOVE, source="ShalevShwartzBenDavid2014, Theorem 7.7", status="refuted",
    why="words of which one may begin another have weights 2^-length that add up to more than 1",
)  # fmt: skip
def code_without_end(empirical_risk: Any, n: Any, log_prior: Any, delta: Any) -> Any:
    """`occam_chernoff` for all binary words, the empty one too, with weights 2^-length.

    log_prior is that of the same words followed by a mark, at weights that add up to 1: 1/2, 1/4
    and 1/4 for the empty word, 0 and 1.
    """
    return kl_inverse_upper(empirical_risk, (log_prior - LN2 + log_ratio(1, delta)) / n)


DIRECT = (
    Mistake(
        "erm_within_one_radius",
        "the empirical risk minimiser is within one radius of uniform convergence of the best",
        erm_within_one_radius, "0.1", 4, FiniteWorld(("4/25", "21/25"), ((1, 0), (0, 1))),
    ),
    Mistake(
        "shalev_shwartz_expected_printed", "Theorem 6.11 as it is printed",
        vc.shalev_shwartz_expected_printed, "0.99", 400, AllLabelings(10**5),
        why="only a large delta shows it: above sqrt(ln 2)",
    ),
    Mistake(
        "relative_to_empirical", "the risk is within 2 sqrt(c r) of the empirical risk r",
        relative_to_empirical, "0.1", 1, FiniteWorld(("1/2", "1/2"), ((1, 0),)),
    ),
    Mistake(
        "code_without_end", "a description length is the length of any word", code_without_end,
        "0.1", 1,
        FiniteWorld(
            law=("9/100", "9/200", "9/200", "41/50"), prior=("1/2", "1/4", "1/4"),
            losses=((0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1)),
        ),
    ),
    Mistake(
        "vapnik_chervonenkis_at_n", "vapnik_chervonenkis holds with the labelings of n points",
        vapnik_chervonenkis_at_n, "0.05", slack=0.424,
        why="too loose to tell: the constant 8 hides the factor that the labelings lose",
    ),
    Mistake(
        "anthony_bartlett_natural", "4 (d ln(12/eps) + ln(2/delta))/eps observations are enough",
        anthony_bartlett_natural, "0.05", slack=0.191,
        why="too loose to tell, and no mistake: it follows from 2 Pi(2n) 2^(-floor(n eps))",
    ),
)  # fmt: skip

MISTAKES = (*COLLAPSED, *COUNTS, *DIRECT)
