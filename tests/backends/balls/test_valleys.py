"""Least values over the integers, against brute force."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import balls, digits
from genbounds.backends.balls.ball import Ball, ball
from genbounds.generic import exp, log, log_ratio, sqrt
from tests.backends.balls.inside import bits, check, ends, flint, holds, interval, is_nothing


def price(log_cardinality, margin, n, delta):
    def function(size):
        union = log(size) + 2 * log(size + 1) + log_ratio(1, delta) + size * log_cardinality
        return 2 * exp(-(size * margin**2 / 8)) + sqrt(union / (2 * n))

    return function


@pytest.mark.parametrize("margin", [0.05, 0.3, 1.0])
@pytest.mark.parametrize("n", [1, 100, 10**6, 10**12])
@pytest.mark.parametrize("log_cardinality", [0.0, 1.5, 40.0])
def test_votes_against_every_integer(margin, n, log_cardinality):
    high = 3200 / margin**2
    found = balls.least(
        price(ball(log_cardinality), ball(margin), ball(n), ball(0.05)), 1, ball(high)
    )
    sizes = np.arange(1.0, min(high, 300_000))
    best = int(sizes[price(log_cardinality, margin, n, 0.05)(sizes).argmin()])
    at = price(mpf(log_cardinality), mpf(margin), mpf(n), mpf(0.05))
    expected = min(at(mpf(k)) for k in {1, *range(max(1, best - 3), best + 4)})
    check(found, expected, 100)


@pytest.mark.parametrize("margin", [1e-4, 1e-30, 1e-100])
def test_large_sizes(margin):
    facts = 1.5, margin, 10**6, 0.05
    found = balls.least(price(*map(ball, facts)), 1, 3200 / ball(margin) ** 2)
    with mp.workdps(60):
        wanted = digits.least(price(*map(mpf, facts)), 1, 3200 / mpf(margin) ** 2)
    assert holds(found, wanted, 40)
    assert bits(found) >= 100


def test_a_wide_parameter_keeps_its_digits():
    third = Ball(flint.arb(1) / 3)
    found = balls.least(price(third, ball(1e-4), ball(10**6), ball(0.05)), 1, ball(1e12))
    assert bits(found) >= 100
    wide = Ball(interval(1, 1.001))
    found = balls.least(price(wide, ball(0.1), ball(10**6), ball(0.05)), 1, ball(1e6))
    for x in (1, 1.0005, 1.001):
        function = price(x, 0.1, 10**6, 0.05)
        assert holds(found, min(map(function, range(1, 5000))), 12)
    low, high = ends(found)
    assert high - low < 1e-2 * high


@given(st.integers(1, 10**6), st.fractions(-5, 5))
def test_parabolas(valley, shift):
    found = balls.least(lambda k: (k - valley) ** 2 + shift, 1, 2 * valley)
    assert holds(found, mpf(shift.numerator) / shift.denominator)
    assert bits(found) >= 90 or shift == 0


@pytest.mark.parametrize("valley", [2, 40, 10**9, 10**40])
def test_ties(valley):
    center = valley + Fraction(1, 2)
    found = balls.least(lambda k: (k - center) ** 2 + 3, 1, 4 * valley)
    assert holds(found, mpf(3.25))


def test_first_values_and_last_ones():
    check(balls.least(lambda k: log(k + 1), 1, 1000), mp.log(2), 100)  # rises
    assert balls.least(lambda k: k * 0 + 2, 5, 5).arb == 2


def test_a_narrow_dip_between_the_points_of_the_grid():
    def dip(k):
        return abs(k - 777) * 1000 + k * 0 + 5

    assert float(balls.least(lambda k: balls.minimum(10 + k / 1000, dip(k)), 1, 5000)) == 5


def test_without_an_end_nothing_is_known():
    assert is_nothing(balls.least(lambda k: 1 / k, 1, math.inf))
