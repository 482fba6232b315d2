"""Mistakes about learning algorithms: what is kept, what moves the output, what it tells.

The right statements (sample compression, the scenario approach, stability, information) are not in
the catalogue: here are the usual ways to get them wrong, refuted on algorithms that fit in a line.
"""

from __future__ import annotations

from typing import Any

from genbounds.claims import Claim
from genbounds.declaration import bound
from genbounds.generic import binomial_tail_inverse, expm1, log_binomial, log_ratio, sqrt
from genbounds.referee.mistakes.base import Mistake
from genbounds.referee.worlds.learners import Compressor, Memorizer, ShortestInterval

OUTPUT = Claim(scope="output")
EXPECTED_GAP = OUTPUT._replace(quantity="gap", surely="expectation")


@bound(
    OUTPUT._replace(loss="zero_one", setting="realizable"),
    source="LittlestoneWarmuth1986; FloydWarmuth1995", status="refuted",
    needs=("compression_size < n",),
    why="each of the n sizes that the sample may choose needs its share of delta",
)  # fmt: skip
def compression_size_for_free(n: Any, compression_size: Any, delta: Any) -> Any:
    """C(n, k) (1 - eps)^(n - k) = delta with the size k that the sample chose.

    True for a k that was fixed before; delta/n in place of delta pays for all.
    """
    cost = log_binomial(n, compression_size) + log_ratio(1, delta)
    return -expm1(-(cost / (n - compression_size)))


@bound(
    OUTPUT._replace(loss="zero_one"), source="CampiGaratti2008, Theorem 1", status="refuted",
    needs=("n_decisions >= 2",),
    why="d variables have up to d support constraints: the sum ends with d - 1, and is attained",
)  # fmt: skip
def scenario_one_constraint_short(n: Any, n_decisions: Any, delta: Any) -> Any:
    """The scenario bound with sum_{i < d-1} C(n, i) eps^i (1 - eps)^(n-i) = delta."""
    return binomial_tail_inverse(n_decisions - 2, n, log_ratio(1, delta))


@bound(
    OUTPUT, source="BousquetElisseeff2002, Theorem 12", status="refuted",
    why="replacing an observation may move a loss twice as far as leaving it out",
)  # fmt: skip
def removal_for_replacement(empirical_risk: Any, n: Any, stability_remove: Any, delta: Any) -> Any:
    """r + g + (2ng + 1) sqrt(ln(1/delta)/(2n)), true for replace-one stability g, at removal's."""
    spread = 2 * n * stability_remove + 1
    return empirical_risk + stability_remove + spread * sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    EXPECTED_GAP, source="BousquetElisseeff2002, Theorem 12", status="refuted",
    why="the expected gap is a change by one replacement, which is two removals",
)  # fmt: skip
def expected_removal_for_replacement(stability_remove: Any) -> Any:
    """The expected gap is at most the stability: true for replacement, false for removal."""
    return stability_remove


@bound(
    EXPECTED_GAP, source="SteinkeZakynthinou2020, Theorem 1", status="refuted",
    why="sqrt(I/(2n)) is for mutual information; conditional information has sqrt(2 CMI/n)",
)  # fmt: skip
def conditional_at_unconditional_rate(n: Any, conditional_mutual_information: Any) -> Any:
    """The expected gap of a loss in [0, 1] with CMI in the place of I."""
    return sqrt(conditional_mutual_information / (2 * n))


MISTAKES = (
    Mistake(
        "compression_size_for_free",
        "the bound for compression to k points holds with the k that the sample chose",
        compression_size_for_free, "0.1", 2, Compressor(points=21, right=6),
    ),
    Mistake(
        "scenario_one_constraint_short", "the binomial sum of the scenario bound ends with d - 2",
        scenario_one_constraint_short, "0.1", 2, ShortestInterval(4),
    ),
    Mistake(
        "removal_for_replacement", "a removal stability serves in the formula for replacement",
        removal_for_replacement, "0.9", 1, Memorizer(points=50),
        why="only a large delta shows it: an observation moves most where it is alone, and there "
        "the root is large",
    ),
    Mistake(
        "expected_removal_for_replacement", "the expected gap is at most the removal stability",
        expected_removal_for_replacement, "0.05", 1, Memorizer(points=3),
    ),
    Mistake(
        "conditional_at_unconditional_rate", "the expected gap is at most sqrt(CMI/(2n))",
        conditional_at_unconditional_rate, "0.05", 1, Memorizer(points=2),
    ),
)  # fmt: skip
