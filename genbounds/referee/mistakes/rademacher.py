"""Mistakes with Rademacher complexities: conventions that differ by 2, and constants halved.

There are eight conventions: 1/n or 2/n before the sum, an absolute value or none, losses or the
classifiers themselves. Here it is 1/n, without an absolute value, and a name says of what.
"""

from __future__ import annotations

from typing import Any

from genbounds.bounds.complexity_calculus import ABSOLUTE
from genbounds.bounds.covering import EMPIRICAL
from genbounds.bounds.rademacher import CLASSIFIERS, LOSSES
from genbounds.bounds.rademacher_concentration import COMPLEXITY
from genbounds.claims import EVERY_HYPOTHESIS
from genbounds.declaration import bound
from genbounds.generic import log, log_ratio, sqrt
from genbounds.referee.mistakes.base import Mistake, coin
from genbounds.referee.worlds.certain import Vectors
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.shattering import ShatteredPoints

# --- the factor 2 of symmetrisation


@bound(
    LOSSES, source="MohriRostamizadehTalwalkar2018, Theorem 3.3", status="refuted", additive=True,
    why="sample and ghost sample contribute one complexity each",
)  # fmt: skip
def one_complexity(empirical_risk: Any, n: Any, rademacher: Any, delta: Any) -> Any:
    """`rademacher_expected` without its 2: the complexity of the losses once."""
    return empirical_risk + rademacher + sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    CLASSIFIERS, source="BartlettMendelson2002, Theorem 5", status="refuted", additive=True,
    why="half the complexity of the classifiers is right where the convention is 2/n",
)  # fmt: skip
def half_of_classifiers(
    empirical_risk: Any, n: Any, rademacher_of_hypotheses: Any, delta: Any
) -> Any:
    """`rademacher_binary_expected` as in the 2/n convention, with a complexity in 1/n."""
    return empirical_risk + rademacher_of_hypotheses / 2 + sqrt(log_ratio(1, delta) / (2 * n))


@bound(
    CLASSIFIERS, source="BartlettMendelson2002, Theorem 5", status="refuted", additive=True,
    why="the source's complexity is twice the one in 1/n, with an absolute value or without",
)  # fmt: skip
def half_of_absolute(
    empirical_risk: Any, n: Any, absolute_rademacher_of_hypotheses: Any, delta: Any
) -> Any:
    """`bartlett_mendelson_binary` as printed, with a complexity in 1/n."""
    deviation = sqrt(log_ratio(1, delta) / (2 * n))
    return empirical_risk + absolute_rademacher_of_hypotheses / 2 + deviation


@bound(
    EVERY_HYPOTHESIS, source="Wainwright2019, Theorem 4.10", status="refuted", additive=True,
    why="two sides on one event need the complexity with an absolute value, or ln(2/delta)",
)  # fmt: skip
def two_sides_without_absolute(empirical_risk: Any, n: Any, rademacher: Any, delta: Any) -> Any:
    """`wainwright` with the complexity without an absolute value."""
    return empirical_risk + 2 * rademacher + sqrt(log_ratio(1, delta) / (2 * n))


# --- concentration


@bound(
    COMPLEXITY, source="McDiarmid1989, Lemma 1.2", status="refuted",
    why="an observation moves the complexity of losses in [0, 1] by up to 1/(2n)",
)  # fmt: skip
def quarter_differences(empirical_rademacher: Any, n: Any, delta: Any) -> Any:
    """`rademacher_deviation` with bounded differences 1/(4n)."""
    return empirical_rademacher + sqrt(log_ratio(1, delta) / (32 * n))


@bound(
    LOSSES, source="McDiarmid1989, Lemma 1.2", status="refuted", additive=True,
    why="an observation moves the supremum of the gaps by 1/n; 1/(2n) is for the complexity",
)  # fmt: skip
def half_differences(empirical_risk: Any, n: Any, rademacher: Any, delta: Any) -> Any:
    """`rademacher_expected` with bounded differences 1/(2n) for the supremum."""
    return empirical_risk + 2 * rademacher + sqrt(log_ratio(1, delta) / (8 * n))


@bound(
    LOSSES, source="BartlettMendelson2002", status="refuted", additive=True,
    why="the empirical complexity fluctuates too: the sum has differences 2/n",
)  # fmt: skip
def direct_at_half(empirical_risk: Any, n: Any, empirical_rademacher: Any, delta: Any) -> Any:
    """`rademacher_direct` with the deviation of the supremum alone."""
    return empirical_risk + 2 * empirical_rademacher + sqrt(log_ratio(1, delta) / (2 * n))


# --- facts of a sample


@bound(
    ABSOLUTE, source="Wainwright2019, Proposition 4.11", status="refuted",
    why="one function has complexity 0, but a mean absolute signed sum above 0",
)  # fmt: skip
def absolute_value_for_free(empirical_rademacher: Any) -> Any:
    """The complexity with an absolute value is that without."""
    return empirical_rademacher


@bound(
    EMPIRICAL, source="MohriRostamizadehTalwalkar2018, Theorem 11.15", status="refuted",
    why="the ball has 2p vertices, two for each coordinate: ln 2p",
)  # fmt: skip
def l1_ball_half_the_vertices(weight_bound: Any, radius: Any, dimension: Any, n: Any) -> Any:
    """`l1_ball` with ln p in place of ln 2p."""
    return weight_bound * radius * sqrt(2 * log(dimension) / n)


@bound(
    ABSOLUTE, source="LedouxTalagrand1991, Theorem 4.12", status="refuted",
    why="the absolute value costs a factor 2, attained by two different functions at n = 2",
)  # fmt: skip
def absolute_contraction_at_one(lipschitz: Any, absolute_rademacher_of_hypotheses: Any) -> Any:
    """`contraction_absolute` without its 2."""
    return lipschitz * absolute_rademacher_of_hypotheses


@bound(
    EMPIRICAL, source="ShalevShwartzBenDavid2014, Lemma 26.8", status="refuted",
    why="with the largest entry it is r sqrt(2 ln N/n), with the largest Euclidean norm 1/n",
)  # fmt: skip
def massart_of_entries(first_envelope: Any, n_hypotheses: Any, n: Any) -> Any:
    """Massart's lemma, r sqrt(2 ln N)/n, with the largest entry for r."""
    return first_envelope * sqrt(2 * log(n_hypotheses)) / n


SHATTERED = ShatteredPoints(63)
SIGNS_OF_TWO = ((1, 1), (1, -1), (-1, 1), (-1, -1))

MISTAKES = (
    Mistake(
        "one_complexity", "the complexity of the losses enters once", one_complexity, "0.1", 10,
        SHATTERED,
    ),
    Mistake(
        "half_of_classifiers", "half the complexity of the +-1-valued classifiers is enough",
        half_of_classifiers, "0.1", 10, SHATTERED,
    ),
    Mistake(
        "half_of_absolute", "half the complexity with absolute values, whatever the convention",
        half_of_absolute, "0.1", 10, SHATTERED,
    ),
    Mistake(
        "two_sides_without_absolute", "one event for both sides, without an absolute value",
        two_sides_without_absolute, "0.61", 1, coin("1/2"),
        why="only a large delta shows it: both means are within twice the complexity, which leaves "
        "no more than ln 2",
    ),
    Mistake(
        "quarter_differences", "one observation moves the empirical complexity by 1/(4n) at most",
        quarter_differences, "0.1", 1, FiniteWorld(("3/5", "2/5"), ((1, 0), (0, 0))),
    ),
    Mistake(
        "half_differences", "one observation moves the largest gap by 1/(2n) at most",
        half_differences, "0.1", 1, coin("3/5"),
    ),
    Mistake(
        "direct_at_half", "the empirical complexity costs no more deviation than the expected one",
        direct_at_half, "0.05", slack=0.897,
        why="too loose to tell: the supremum and the complexity would have to deviate together",
    ),
    Mistake(
        "absolute_value_for_free", "an absolute value inside the supremum changes nothing",
        absolute_value_for_free, "0.05", 1, Vectors(((1,),)),
    ),
    Mistake(
        "l1_ball_half_the_vertices", "the l1 ball costs sqrt(2 ln p)", l1_ball_half_the_vertices,
        "0.05", 2, Vectors(((1, 1), (-1, -1), (1, -1), (-1, 1))),
        {"weight_bound": 1, "radius": 1, "dimension": 2},
    ),
    Mistake(
        "absolute_contraction_at_one", "contraction with absolute values has no factor 2",
        absolute_contraction_at_one, "0.05", 2,
        Vectors(values=((1, 1), (-1, 1)), scores=((1, 1), (-1, -1))), {"lipschitz": 1},
    ),
    Mistake(
        "massart_of_entries", "Massart's lemma takes the largest entry", massart_of_entries, "0.05",
        2, Vectors(SIGNS_OF_TWO),
    ),
)  # fmt: skip
