"""One statement: what it says, of whom, and that a vacuous one claims nothing."""

from fractions import Fraction

import pytest
from scipy.stats import beta

import genbounds as gb
from genbounds.certificates import Statement
from genbounds.certificates.statements import DRAWN


def of(**given):
    answer = gb.test_set(errors=3, n=100, delta=0.05, **given)
    return Statement.of(answer, subject="m", kind="held_out", observed=0.03, n=100)


def test_sides():
    upper, lower, both = (of(side=side) for side in ("upper", "lower", "both"))
    assert (upper.lower, upper.side) == (None, "upper")
    assert (lower.upper, lower.side) == (None, "lower")
    assert upper.upper == pytest.approx(beta.ppf(0.95, 4, 97), rel=1e-9)
    assert lower.lower == pytest.approx(beta.ppf(0.05, 3, 98), rel=1e-9)
    assert both.side == "both" and both.lower < lower.lower and both.upper > upper.upper
    assert "is at most 0.0" in upper.sentence and "is at least 0.008" in lower.sentence
    assert "lies between" in both.sentence


def test_numbers_are_rounded_to_the_safe_side():
    low, high = of(side="both").relation.removeprefix("lies between ").split(" and ")
    found = of(side="both")
    assert float(low) <= found.lower and float(high) >= found.upper


def test_conditions_are_replaced_and_added_once():
    answer = gb.test_set(errors=3, n=100, delta=0.05)
    own = answer.conditions[0]
    found = Statement.of(
        answer, subject="m", kind="held_out", observed=0.03, n=100, given=("weaker", "weaker"),
        replaced=(own,),
    )  # fmt: skip
    assert found.conditions == (DRAWN, "weaker")


def test_derived_statements():
    found = Statement("m", "average", 0.1, 50, 0.05, upper=0.3)
    assert not found.vacuous and found.theorem == "mean of the limits of the folds"
    assert found.source == "" and "average true error rate of the models" in found.sentence
    assert Statement("m", "average", 0.1, 50, 0.05, upper=1.0).vacuous
    assert Statement("m", "average", 0.1, 50, 0.05, lower=0.0).vacuous
    assert not Statement("m", "average", 0.1, 50, 0.05, lower=0.2, upper=1.0).vacuous


def test_a_vacuous_statement_names_no_number_as_a_claim():
    answer = gb.test_set(errors=1, n=1, delta=0.05)
    found = Statement.of(answer, subject="m", kind="held_out", observed=1, n=1)
    assert found.vacuous
    assert found.sentence == (
        "VACUOUS: nothing is established about the true error rate of m (observed: 1 on 1 rows)."
    )


def test_who_it_is_about():
    answer = gb.test_set(errors=1, n=9, delta=Fraction(1, 20))
    grouped = Statement.of(answer, subject="m", kind="held_out", observed=1, n=9, group="old")
    assert "of m in the group old" in grouped.whom and grouped.delta == 0.05
    pair = Statement.of(
        answer, subject="a - b", kind="difference", observed=0.1, n=9, pair=("a", "b")
    )
    assert pair.whom == "the true error rate of a minus that of b"
    trained = Statement.of(answer, subject="m", kind="training", observed=0.1, n=9)
    assert "9 training rows" in trained.sentence
