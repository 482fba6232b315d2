"""Lambert's W and Bennett's function: the defining equations change sign across every ball."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import digits, floats
from genbounds.backends.balls.lambert import (
    bennett_deviation,
    bennett_function,
    bennett_inverse,
    lambert_w,
    lambert_w_minus1,
)
from tests.backends.balls.inside import bits, check, ends, flint, holds, interval, is_nothing

BRANCH = -0.3678794411714423  # the first double inside the domain
NEAR = [BRANCH + k * 2.0**-54 for k in (0, 1, 2, 17)]
TINY = [5e-324, 1e-300, 1e-100, 1e-20]


def between(found, function, least=90):
    """An increasing function is at most 0 below the ball and at least 0 above."""
    low, high = ends(found)
    assert function(low) <= 0 <= function(high)
    assert bits(found) >= least


@pytest.mark.parametrize(
    "x", [*NEAR, -0.3, -0.1, *(-x for x in TINY), *TINY, 0.1, 1.0, math.e, 100.0, 1e300]
)
def test_principal_branch(x):
    with mp.workdps(800):
        between(lambert_w(x), lambda w: w * mp.exp(w) - mpf(x), 60)
    assert bits(lambert_w(x)) >= 90 or x in NEAR


@pytest.mark.parametrize("x", [*NEAR, -0.3, -0.1, *(-x for x in TINY)])
def test_lower_branch(x):
    with mp.workdps(800):
        between(lambert_w_minus1(x), lambda w: mpf(x) - w * mp.exp(w), 60)
    assert bits(lambert_w_minus1(x)) >= 90 or x in NEAR


def test_edges():
    assert float(lambert_w(0)) == 0
    assert float(lambert_w(math.inf)) == math.inf
    assert float(lambert_w_minus1(0)) == -math.inf
    for name in (lambert_w, lambert_w_minus1):
        assert is_nothing(name(-1))
    assert is_nothing(lambert_w_minus1(0.5))
    assert is_nothing(lambert_w_minus1(math.inf))


def test_an_interval_about_the_branch_point_is_cut_there():
    inverse = -1 / flint.arb.const_e()
    for w in (lambert_w(inverse), lambert_w_minus1(inverse)):
        assert holds(w, -1)
        low, high = ends(w)
        assert high - low < 1e-15
    assert holds(lambert_w(interval(-0.4, 0)), mpf(-0.2))
    assert holds(lambert_w_minus1(interval(-0.4, -0.3)), mpf(-1.2))


@given(st.floats(-0.36, 10), st.floats(0, 1))
def test_intervals_of_w(x, share):
    found = lambert_w(interval(x, x + 1))
    assert holds(found, digits.lambert_w(mpf(x) + share))
    if x < -0.01:
        found = lambert_w_minus1(interval(x, x / 2))
        assert holds(found, digits.lambert_w_minus1(mpf(x) * (1 - mpf(share) / 2)))


SIZES = [1e-300, 1e-100, 1e-30, 1e-5, 0.1, 1.0, 4.0, 1e5, 1e18, 1e300]


@pytest.mark.parametrize("x", SIZES)
def test_bennett(x):
    with mp.workdps(1400 if x < 1e-30 else 400):
        check(bennett_function(x), (1 + mpf(x)) * mp.log1p(mpf(x)) - mpf(x), 100)

        def excess(u):
            return (1 + u) * mp.log1p(u) - u - mpf(x)

        between(bennett_inverse(x), excess, 100)


@pytest.mark.parametrize("v", [1e-300, 1e-9, 0.1, 0.25, 1e6])
@pytest.mark.parametrize("c", [1e-300, 1e-5, 0.1, 3.0, 1e6])
def test_deviations(v, c):
    with mp.workdps(1400):

        def excess(t):
            u = t / mpf(v)
            return mpf(v) * ((1 + u) * mp.log1p(u) - u) - mpf(c)

        between(bennett_deviation(v, c), excess, 100)


@given(st.floats(1e-6, 1), st.floats(1e-6, 10), st.floats(0, 1), st.floats(0, 1))
def test_intervals_of_bennett(v, c, first, second):
    found = bennett_deviation(interval(v, 2 * v), interval(c, 2 * c))
    assert holds(found, digits.bennett_deviation(v + v * mpf(first), c + c * mpf(second)))
    assert holds(bennett_inverse(interval(c, 2 * c)), digits.bennett_inverse(c + c * mpf(first)))
    assert holds(bennett_function(interval(c, 2 * c)), digits.bennett_function(c + c * mpf(first)))


def test_edges_of_bennett_are_those_of_floats():
    for x in (0.0, math.inf):
        assert float(bennett_inverse(x)) == floats.bennett_inverse(x)
    assert float(bennett_function(0)) == 0
    assert float(bennett_function(math.inf)) == math.inf
    for v, c in ((0.0, 1.0), (1.0, 0.0), (0.0, 0.0)):
        assert float(bennett_deviation(v, c)) == floats.bennett_deviation(v, c)
    assert is_nothing(bennett_inverse(-1))
    assert is_nothing(bennett_function(-0.5))
