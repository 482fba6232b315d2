"""The scaled complementary error function."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import digits
from genbounds.backends.balls.error_function import erfcx
from tests.backends.balls.inside import check, holds, interval


def expected(x):
    if abs(x) < 1e4:
        return digits.erfcx(mpf(x))
    series = 1 - 1 / (2 * mpf(x) ** 2) + 3 / (4 * mpf(x) ** 4) - 15 / (8 * mpf(x) ** 6)
    return series / (mpf(x) * mp.sqrt(mp.pi))


@pytest.mark.parametrize(
    "x", [-30.0, -1.0, -1e-300, 0.0, 1e-300, 0.5, 1.0, 1 + 1e-15, 2.0, 6.0, 50.0, 1e3]
)
def test_points(x):
    check(erfcx(x), expected(x), 110)


@pytest.mark.parametrize("x", [1e10, 1e18, 1e100, 1e300])
def test_far_out(x):
    check(erfcx(x), expected(x), 110, min(70, 75 if x > 1e12 else 60))


@given(st.floats(-5, 100), st.floats(0, 1))
def test_intervals(x, share):
    assert holds(erfcx(interval(x, x + 0.5)), expected(x + share / 2), 14)


def test_edges():
    assert float(erfcx(0)) == 1
    assert float(erfcx(math.inf)) == 0
    assert float(erfcx(-math.inf)) == math.inf
    assert math.isnan(float(erfcx(math.nan)))
