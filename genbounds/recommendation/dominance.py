"""Which theorem is never beaten by which others on the same facts.

A number that is never the smallest need not be paid for when the smallest is picked. Each pair is
an inequality between the formulas: kl(q, p) >= 2 (p - q)^2 and its refinements, a union or an
epoch to pay, a smaller constant; at q = 0, where kl(0, p) = -ln(1 - p) >= p, Chernoff's limit is
1 - (delta/M)^(1/n) <= ln(M/delta)/n. No two beat each other, for then neither would be paid for.
"""

from collections.abc import Iterable
from functools import cache

from genbounds.declaration import Bound
from genbounds.two_sided import TwoSided

_BEATEN = {
    # one hypothesis
    "clopper_pearson": "chernoff rule_of_three",
    "chernoff": "hoeffding relative_chernoff okamoto rule_of_three",
    "hoeffding": "hoeffding_every_n howard_stitched howard_stitched_rounded normal_mixture",
    "bennett": "bernstein",
    "bernstein": "bernstein_quadratic",
    "bernstein_quadratic": "bernstein_loose",
    "hypergeometric": "hoeffding_serfling",
    "hoeffding_serfling": "serfling",
    # several, and finite classes
    "clopper_pearson_several": "finite_chernoff finite_realizable",
    "finite_chernoff": "finite_hoeffding finite_relative_chernoff hoeffding_several "
    "finite_realizable",
    "hoeffding_several": "finite_hoeffding",
    "finite_realizable": "finite_realizable_linear",
    "occam_binomial": "occam_chernoff",
    "occam_chernoff": "occam_hoeffding lotfi",
    "occam_hoeffding": "shalev_shwartz_mdl",
    # growth functions: with L = ln(1/delta), ln(4 Pi(2n)) + L <= 8 (ln(2 Pi(2n)) + L), and since
    # Pi(2n) <= Pi(n)^2 that is at most 32 (ln(8 Pi(n)) + L); 4 eps + 4 eps^2 <= 8 up to eps = 1
    "vapnik_confidence": "vapnik parrondo_van_den_broeck vapnik_chervonenkis "
    "bousquet_boucheron_lugosi",
    "bousquet_boucheron_lugosi": "vapnik_chervonenkis devroye_gyorfi_lugosi",
    "devroye": "devroye_simplified",
    "mohri": "abu_mostafa_rademacher",
    "blumer": "vapnik_relative",
    "vapnik_relative": "vapnik_multiplicative bousquet_boucheron_lugosi_relative "
    "cortes_greenberg_mohri",
    # complexities and margins
    "rademacher_direct": "rademacher_bousquet_boucheron_lugosi",
    "rademacher_bousquet_boucheron_lugosi": "rademacher_mohri",
    "rademacher_mohri": "shalev_shwartz_rademacher",
    "rademacher_binary_direct": "rademacher_binary_mohri",
    "rademacher_expected": "shalev_shwartz_rademacher_expected",
    "rademacher_monte_carlo": "rademacher_monte_carlo_split",
    "rademacher_margin_empirical": "mohri_margin_empirical",
    "rademacher_margin_uniform": "mohri_margin_uniform",
    "rademacher_margin_uniform_empirical": "mohri_margin_uniform_empirical",
    # posteriors
    "pac_bayes_kl_exact": "pac_bayes_kl",
    "coin_betting_kl": "pac_bayes_kl",
    "pac_bayes_kl": "seeger langford_seeger pac_bayes_quadratic mcallester",
    "pac_bayes_quadratic": "mcallester_refined",
    "mcallester": "mcallester_1999 mcallester_2003",
    # from below
    "clopper_pearson_lower": "chernoff_lower",
    "chernoff_lower": "relative_chernoff_lower okamoto_lower hoeffding",
    "clopper_pearson_several_lower": "finite_chernoff_lower",
    "finite_chernoff_lower": "finite_hoeffding hoeffding_several",
    "occam_binomial_lower": "occam_chernoff_lower",
    "occam_chernoff_lower": "occam_hoeffding",
    "pac_bayes_kl_exact_lower": "pac_bayes_kl_lower",
    "coin_betting_kl_lower": "pac_bayes_kl_lower",
    "pac_bayes_kl_lower": "seeger_lower langford_seeger_lower mcallester",
}
PAIRS = [(sharper, other) for sharper, others in _BEATEN.items() for other in others.split()]


def declared(theorem: Bound | TwoSided) -> Bound:
    """The bound that an interval was made of."""
    return theorem.bound if isinstance(theorem, TwoSided) else theorem


def stem(theorem: Bound | TwoSided) -> str:
    """The theorem of the catalogue, also of a deviation that was made of it."""
    return str(declared(theorem).name).split(".")[0]


def beaten(theorems: Iterable[Bound | TwoSided]) -> set[str]:
    """The names of those that another of them always beats or equals, both sides paid alike.

    One side with all of delta beats an interval, whose sides have it at most.
    """
    ways = {stem(t): _on_one_event(t) for t in theorems}
    return {
        other for sharper, way in ways.items() for other in _all_beaten(sharper)
        if other in ways and way in (None, ways[other])
    }  # fmt: skip


def _on_one_event(theorem: Bound | TwoSided) -> bool | None:
    return theorem.one_event if isinstance(theorem, TwoSided) else None


@cache
def _all_beaten(sharper: str) -> frozenset[str]:
    """Itself apart, also those that are beaten through others."""
    found: set[str] = set()
    waiting = [sharper]
    while waiting:
        for other in _BEATEN.get(waiting.pop(), "").split():
            if other not in found:
                found.add(other)
                waiting.append(other)
    return frozenset(found - {sharper})
