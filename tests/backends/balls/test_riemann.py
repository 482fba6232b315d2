"""Zeta, right of 1."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import floats
from genbounds.backends.balls.riemann import zeta
from tests.backends.balls.inside import check, holds, interval, is_nothing


@pytest.mark.parametrize("s", [1 + 2**-52, 1.001, 1.4, 2, 3.5, 60, 1000.0, 1e6])
def test_points(s):
    check(zeta(s), mp.zeta(mpf(s)), 90)


@given(st.floats(1.01, 20), st.floats(0, 1))
def test_intervals(s, share):
    assert holds(zeta(interval(s, s + 1)), mp.zeta(mpf(s) + share))


@pytest.mark.parametrize("s", [1, math.inf])
def test_edges(s):
    assert float(zeta(s)) == (math.inf if s == 1 else floats.zeta(s))


@pytest.mark.parametrize("s", [0.5, -2, math.nan])
def test_outside(s):
    assert is_nothing(zeta(s))


def test_about_1():
    assert is_nothing(zeta(interval(0.5, 2)))
