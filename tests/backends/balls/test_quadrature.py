"""Integrals: closed forms, kinks, jumps, roots at an end, distant ends and uncertain ones."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import balls, digits
from genbounds.backends.balls.ball import Ball, ball
from genbounds.generic import exp, floor, log, maximum, sqrt, where
from tests.backends.balls.inside import check, ends, flint, holds, interval


def cases():
    yield lambda x: x * x, 0, 1, lambda: mpf(1) / 3
    yield lambda x: 1 / x, 1e-100, 1, lambda: -mp.log(mpf(1e-100))
    yield lambda x: 1 / sqrt(x), 1e-30, 1, lambda: 2 - 2 * mp.sqrt(mpf(1e-30))
    yield sqrt, 0, 1, lambda: mpf(2) / 3
    yield exp, -1, 2, lambda: mp.exp(2) - mp.exp(-1)
    yield log, 0.5, 3, lambda: 3 * mp.log(3) - mp.log(mpf(0.5)) / 2 - mpf(2.5)
    yield lambda x: maximum(x, 0.25), 0, 1, lambda: mpf(17) / 32
    yield lambda x: where(x < 0.25, lambda: 3, lambda: 1), 0, 1, lambda: mpf(3) / 2
    yield lambda x: abs(x - 0.3), 0, 1, lambda: (mpf(0.3) ** 2 + (1 - mpf(0.3)) ** 2) / 2
    yield lambda x: 7, 0, 0.5, lambda: mpf(7) / 2
    yield lambda x: exp(-x * x), 0, 10, lambda: mp.sqrt(mp.pi) / 2 * mp.erf(10)
    yield lambda x: 1e-100 * x, 0, 1, lambda: mpf(1e-100) / 2


@pytest.mark.parametrize("case", list(cases()))
def test_closed_forms(case):
    function, low, high, value = case
    check(balls.integral(function, low, high), value(), 90)


@settings(max_examples=20)
@given(st.floats(1e-60, 0.4), st.floats(0.41, 1), st.integers(1, 50))
def test_entropies(low, high, d):
    found = balls.integral(lambda x: sqrt(1 + d * log(1 / x)), low, high)

    # with s = 1 + d ln(1/x), dx = -x ds/d, an incomplete gamma function
    def below(x):
        s = 1 + d * mp.log(1 / mpf(x))
        return mp.exp(mpf(1) / d) * mp.sqrt(d) * mp.gammainc(1.5, s / d)

    check(found, below(high) - below(low), 90, 60)


def test_an_empty_interval():
    assert balls.integral(lambda x: x, 1, 1).rational == 0
    assert balls.integral(lambda x: x, 2, 1).rational == 0


def test_uncertain_ends():
    low, high = Ball(interval(0.1, 0.1 + 1e-9)), Ball(interval(2, 2 + 1e-9))
    found = balls.integral(lambda x: x * x, low, high)
    for a in map(mpf, (0.1, 0.1 + 1e-9)):
        for b in map(mpf, (2, 2 + 1e-9)):
            assert holds(found, (b**3 - a**3) / 3)
    assert ends(found)[1] - ends(found)[0] < 1e-8


def test_ends_that_may_coincide():
    low, high = Ball(interval(1, 1.5)), Ball(interval(1.25, 2))
    found = balls.integral(lambda x: x, low, high)
    for a, b in ((1, 2), (1, 1.25), (1.5, 2), (1.25, 1.25)):
        assert holds(found, (mpf(b) ** 2 - mpf(a) ** 2) / 2)
    assert holds(found, 0)


def test_values_that_are_intervals():
    c = Ball(interval(1, 1.125))
    found = balls.integral(lambda x: c * x, 0, 1)
    assert holds(found, 0.5)
    assert holds(found, 0.5625)
    assert ends(found)[1] < 0.6


def test_steps_of_a_staircase():
    check(balls.integral(lambda x: floor(x), 0, 4), mpf(6), 60)


def test_dudley_by_digits():
    def entropy(x):
        return sqrt(1 + 5 * maximum(0, log(3 / x)))

    found = balls.integral(entropy, ball(1) / 1000, ball(5))
    with mp.workdps(30):
        value = digits.integral(entropy, mpf(1) / 1000, mpf(5))
    assert holds(found, value, 18)  # about the kink at 3 the digits are fewer


def test_an_unbounded_function_tells_nothing_wrong():
    found = balls.integral(lambda x: 1 / x, 0, 1)
    assert not found.arb.is_finite()
    assert isinstance(found.arb, flint.arb)
