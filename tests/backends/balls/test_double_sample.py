"""The double-sample bound: every threshold tried, and large samples against floats."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import balls, digits, floats
from genbounds.backends.balls.ball import Ball
from tests.backends.balls.inside import bits, check, holds, interval, is_nothing


@pytest.mark.parametrize(
    "facts", [(3.0, 10, 5, 3.0), (1.5, 20, 20, 3.0), (5.0, 60, 12, 0.1), (10.0, 100, 30, 3.0)]
)
def test_every_threshold(facts):
    with mp.workdps(40):
        expected = digits.double_sample_inverse(*map(mpf, facts))
    check(balls.double_sample_inverse(*facts), expected, 100, 30)


@pytest.mark.parametrize(
    "facts",
    [(30.5, 1000, 1000, 3.0), (30.5, 1000, 10**6, 3.0), (300.5, 10**6, 10**9, 3.0),
     (30.0, 10**9, 10**9, 3.0), (1.0, 10**18, 10, 3.0)],
)  # fmt: skip
def test_large(facts):
    found = balls.double_sample_inverse(*facts)
    assert float(found) == pytest.approx(floats.double_sample_inverse(*facts), rel=1e-12)
    assert bits(found) >= 90


@pytest.mark.parametrize("facts", [(1.0, 2, 3, 700.0), (1000.0, 10, 10, 3.0), (1.0, 0, 5, 1.0)])
def test_where_nothing_is_certified(facts):
    assert float(balls.double_sample_inverse(*facts)) == 1 == floats.double_sample_inverse(*facts)


def test_a_price_that_may_be_0():
    n, k, j = 10, 5, 5
    free = balls.log_binomial(n + k, j) - balls.log_binomial(k, j)
    found = balls.double_sample_inverse(free, n, k, 0)
    assert holds(found, 1)


@settings(max_examples=20)
@given(st.floats(0, 5), st.integers(1, 60), st.integers(1, 12), st.floats(0, 1))
def test_intervals(growth, n, n_ghost, share):
    found = balls.double_sample_inverse(Ball(interval(growth, growth + 0.5)), n, n_ghost, 1.0)
    assert holds(found, floats.double_sample_inverse(growth + share / 2, n, n_ghost, 1.0), 12)


@pytest.mark.parametrize("facts", [(1.0, 2.5, 3, 1.0), (1.0, 2, 0, 1.0), (float("nan"), 2, 3, 1.0)])
def test_what_is_no_sample_tells_nothing(facts):
    assert is_nothing(balls.double_sample_inverse(*facts))
