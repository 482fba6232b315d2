"""The type itself: rationals stay rational, comparisons are true, false or undecided."""

import math
import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf

from genbounds.backends.balls.ball import (
    Ball,
    Undecided,
    UndecidedError,
    ball,
    by_ends,
    exponent,
    hull,
    raised,
    whole_ends,
)
from tests.backends.balls.inside import bits, check, flint, holds, interval, is_nothing

RATIONALS = st.fractions(-(10**9), 10**9, max_denominator=10**6)


@given(RATIONALS, RATIONALS, st.sampled_from(["add", "sub", "mul", "truediv"]))
def test_arithmetic_of_rationals_is_exact(x, y, name):
    if name == "truediv" and y == 0:
        return
    operation = getattr(operator, name)
    found, expected = operation(ball(x), y), operation(x, y)
    assert found.rational == flint.fmpq(expected.numerator, expected.denominator)
    assert (operation(x, ball(y)) == found) is True


@given(RATIONALS, RATIONALS)
def test_comparisons_of_rationals_are_decided(x, y):
    for name in ("lt", "le", "gt", "ge", "eq", "ne"):
        compare = getattr(operator, name)
        assert compare(ball(x), y) is compare(x, y)
        assert compare(x, ball(y)) is compare(x, y)


def test_a_float_counts_as_itself():
    assert ball(0.1).rational == flint.fmpq(
        (0.1).as_integer_ratio()[0], (0.1).as_integer_ratio()[1]
    )
    assert ball(math.inf).arb == flint.arb.pos_inf()
    assert ball(math.nan).arb.is_nan()


def test_a_point_of_arb_is_a_rational():
    assert ball(flint.arb(0.375)).rational == flint.fmpq(3, 8)
    assert ball(flint.arb(7)).is_integer
    assert ball(flint.arb(1) / 3).rational is None


def test_intervals_that_overlap_are_undecided():
    x = Ball(interval(1, 2))
    assert isinstance(x < 1.5, Undecided)
    assert isinstance(x == 1.5, Undecided)
    assert (x < 3) is True
    assert (x > 3) is False
    with pytest.raises(UndecidedError, match="cannot be decided"):
        bool(x < 1.5)


def test_powers():
    assert (ball(Fraction(2, 3)) ** -3).rational == flint.fmpq(27, 8)
    assert (2 ** -ball(5)).rational == flint.fmpq(1, 32)
    check(ball(2) ** 0.5, mpf(2) ** 0.5)
    check(2 ** ball(0.5), mpf(2) ** 0.5)


def test_powers_of_intervals_about_0_are_cut_there():
    x, half = interval(-0.25, 0.25), flint.arb(0.5)
    assert raised(x, half).contains(0)
    assert raised(x, half).contains(0.5)
    assert raised(x, -half).is_nan()
    assert raised(flint.arb(0), half) == 0
    assert raised(flint.arb(0), -half) == flint.arb.pos_inf()
    assert raised(flint.arb(0), flint.arb(0)) == 1


def test_integers():
    assert int(ball(flint.arb(10**18))) == 10**18
    with pytest.raises(UndecidedError):
        int(Ball(interval(1, 2)))
    assert whole_ends(ball(7)) == (7, 7)
    assert whole_ends(ball(0.5)) is None
    assert whole_ends(Ball(interval(1.5, 4.5))) == (2, 4)
    assert whole_ends(Ball(interval(1.25, 1.5))) is None
    assert whole_ends(ball(math.inf)) is None
    big = 10**60 + 7
    assert whole_ends(Ball(interval(flint.arb(big) - 0.25, flint.arb(big) + 0.25))) is not None


def test_hulls_and_ends():
    assert hull(ball(3), ball(3)).rational == 3
    assert holds(hull(ball(1), ball(2)), mpf(1.5))
    found = by_ends(lambda x, y: x - y, "+-", interval(1, 2), interval(3, 5))
    assert found.contains(-4)
    assert found.contains(-1)
    assert found.rad() < 1.51
    assert by_ends(lambda x: x, "+", flint.arb(3)) == 3


def test_exponents():
    assert exponent(flint.arb(1)) == 1
    assert exponent(flint.arb(0.75)) == 0
    assert exponent(flint.arb(1e-300)) == math.frexp(1e-300)[1]


def test_what_is_no_number_is_refused():
    with pytest.raises(TypeError, match="cannot enter an enclosure"):
        ball("one")
    with pytest.raises(TypeError):
        ball(1) + "one"


def test_nothing_is_known_of_nan():
    assert is_nothing(ball(math.nan) + 1)
    assert isinstance(ball(math.nan) < 1, Undecided)


def test_long_rationals_become_intervals():
    x = ball(Fraction(1, 3)) ** 30_000
    assert x.rational is not None or bits(x) > 100
    assert (x * x * x).rational is None
    assert holds(x * x * x, mpf(3) ** -90_000, 30)
