"""Outward intervals contain what they stand for, exactly where floats are exact."""

import math
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from genbounds.symbolic.intervals import Interval, exponential, logarithm, outward

FINITE = st.floats(-1e200, 1e200)


@st.composite
def intervals(draw):
    low, high = sorted((draw(FINITE), draw(FINITE)))
    return Interval(low, high)


def holds(interval, value):
    above = interval.low == -math.inf or Fraction(interval.low) <= value
    return above and (interval.high == math.inf or value <= Fraction(interval.high))


@given(intervals(), intervals())
def test_sums_and_products_contain_the_exact_ends(a, b):
    for x in a:
        for y in b:
            assert holds(a + b, Fraction(x) + Fraction(y))
            assert holds(a * b, Fraction(x) * Fraction(y))


@given(intervals())
def test_reciprocals_contain_the_exact_ends(a):
    for x in a:
        if a.sign != "?" and x:
            assert holds(a.inverse, 1 / Fraction(x))


def test_small_exact_numbers_stay_exact():
    assert Interval(1, 4) + Interval(-1, -1) == (0, 3)
    assert Interval(0.5, 2) * Interval(1, 1) == (0.5, 2)
    assert Interval(1.0, math.inf).inverse == (0.0, 1.0)
    assert Interval(1.0, math.inf).image(logarithm) == (0.0, math.inf)
    assert Interval(-math.inf, 0.0).image(exponential) == (0.0, 1.0)
    assert Interval(0.0, 0.0) * Interval(-math.inf, math.inf) == (0.0, 0.0)


def test_signs():
    assert [Interval(*ends).sign for ends in ((0, 1), (-1, 0), (-1, 1))] == ["+", "-", "?"]
    assert Interval(-2, -1).inverse == (-1.0, -0.5)
    low, high = outward(0.1, 0.1)
    assert low < 0.1 < high
