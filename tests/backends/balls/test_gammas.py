"""The ratio of neighbouring values of the gamma function."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends.balls.gammas import gamma_ratio
from tests.backends.balls.inside import check, holds, interval, is_nothing


def ratio(x):
    with mp.workdps(1000 if x > 1e100 else 160):
        return mp.exp(mp.loggamma(mpf(x) + mpf(0.5)) - mp.loggamma(mpf(x)))


@pytest.mark.parametrize("x", [1e-300, 1e-5, 0.5, 1.0, 15.0, 1e3, 1e9, 1e18, 1e100, 1e300])
def test_points(x):
    check(gamma_ratio(x), ratio(x), 110)


@given(st.floats(1e-10, 1e10), st.floats(0, 1))
def test_intervals(x, share):
    found = gamma_ratio(interval(x, 2 * x))
    assert holds(found, ratio(x + x * share), 15)


def test_edges():
    assert float(gamma_ratio(0)) == 0
    assert float(gamma_ratio(math.inf)) == math.inf
    assert is_nothing(gamma_ratio(-1))
    assert is_nothing(gamma_ratio(math.nan))
