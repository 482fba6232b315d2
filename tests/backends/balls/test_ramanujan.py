"""Maurer's xi: the finite sum, Ramanujan's expansion, intervals."""

import math
from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import digits
from genbounds.backends.balls.ramanujan import log_xi
from tests.backends.balls.inside import bits, check, flint, holds, interval, is_nothing


@pytest.mark.parametrize("n", [1, 2, 3, 7, 20, 100])
def test_the_sum(n):
    terms = (comb(n, k) * Fraction(k, n) ** k * Fraction(n - k, n) ** (n - k) for k in range(n + 1))
    whole = sum(terms)
    check(log_xi(n), mp.log(mpf(whole.numerator) / whole.denominator), 110)


@pytest.mark.parametrize("n", [1.5, 1000, 10**4, 2 * 10**4, 10**6, 10**18, 1e100])
def test_by_digits(n):
    check(log_xi(n), digits.log_xi(mpf(n)), 110, 60)


@pytest.mark.parametrize("precision", [53, 256, 600])
def test_other_precisions(precision):
    with flint.ctx.workprec(precision):
        found = [(n, log_xi(n)) for n in (1, 50, 10**4, 10**5, 10**9)]
    for n, x in found:
        assert bits(x) >= precision - 10
        with mp.workdps(200):
            assert holds(x, digits.log_xi(mpf(n)), 150)


@given(st.floats(1, 1e9), st.floats(0, 1))
def test_intervals(n, share):
    assert holds(log_xi(interval(n, 2 * n)), digits.log_xi(n + n * mpf(share)), 40)


def test_edges():
    assert float(log_xi(math.inf)) == math.inf
    assert is_nothing(log_xi(0.5))
