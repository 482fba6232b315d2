"""The remainders of e^x and -ln(1 - x), enclosed, against mpmath at 720 digits."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import balls, digits
from genbounds.backends.balls.ball import Ball
from tests.backends.balls.inside import check, flint, holds, interval, is_nothing

POINTS = [-1.7e308, -1e18, -700.0, -1.0, -1e-5, -1e-300, -5e-324, 1e-300, 1e-30, 0.3, 0.5, 0.9]
DOMAINS = {
    "exp_remainder": [*POINTS, 1.0, 30.0, 700.0, 724.0, 1e5],
    "log_remainder": [*POINTS, 1 - 2**-53],
}
CASES = [(name, x) for name, xs in DOMAINS.items() for x in xs]


def exact(name, x):
    with mp.workdps(720):
        return getattr(digits, name)(mpf(x))


@pytest.mark.parametrize(("name", "x"), CASES)
@pytest.mark.parametrize("precision", [64, 128, 256])
def test_points(name, x, precision):
    with flint.ctx.workprec(precision), mp.workdps(100):
        check(getattr(balls, name)(x), exact(name, x), precision - 20, digits=90)


@given(st.floats(-50, 50))
def test_any_point(x):
    check(balls.exp_remainder(x), exact("exp_remainder", x))
    if x < 1:
        check(balls.log_remainder(x), exact("log_remainder", x))


@pytest.mark.parametrize("name", DOMAINS)
def test_intervals_hold_the_values_inside(name):
    top = 1e5 if name == "exp_remainder" else 0.95  # a radius is rounded up: past 1
    domain = sorted(x for x in DOMAINS[name] if -1e5 < x < top)
    for low, high in pairwise(domain):
        found = getattr(balls, name)(Ball(interval(low, high)))
        for x in (low, low + (high - low) / 3, high):
            assert holds(found, exact(name, x)), (low, high, x)


def test_next_to_0_it_is_next_to_one_half():
    """At so small an x nothing is computed: the value is within |x| of 1/2."""
    for sign in (-1, 1):
        x = sign * flint.arb(2) ** -100_000
        for name in DOMAINS:
            found = getattr(balls, name)(Ball(x)).arb
            assert (found - 0.5).contains(x / 6)
            assert (found - 0.5).contains(x / 3)
            assert found.rel_accuracy_bits() > 90_000


def test_ends():
    assert float(balls.exp_remainder(math.inf)) == math.inf == float(balls.log_remainder(1))
    for name in DOMAINS:
        assert float(getattr(balls, name)(-math.inf)) == 0
        assert float(getattr(balls, name)(0)) == 0.5
    assert is_nothing(balls.log_remainder(1.5))
    assert is_nothing(balls.log_remainder(Ball(interval(0.5, 1.5))))
