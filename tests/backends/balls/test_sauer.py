"""Binomial coefficients and their sums: exact integers, huge arguments, intervals of integers."""

import math
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import balls, digits, floats
from genbounds.backends.balls.ball import Ball
from tests.backends.balls.inside import bits, check, ends, flint, holds, interval, is_nothing

SIZES = [1, 2, 3, 10, 64, 129, 200, 1000]
HUGE = [10**6, 10**9, 10**12, 10**18, 10**40]


def some(n):
    found = {0, 1, 2, 63, 64, 65, 66, n // 3, n // 2 - 1, n // 2, n // 2 + 1, n - 65, n - 1, n}
    return [k for k in sorted(found) if 0 <= k <= n]


@pytest.mark.parametrize("n", SIZES)
def test_against_integers(n):
    for k in some(n):
        with mp.workdps(90):
            check(balls.log_binomial(n, k), mp.log(comb(n, k)), 100)
            check(balls.log_sauer(n, k), mp.log(sum(comb(n, i) for i in range(k + 1))), 100)
            cover = 2 * sum(comb(n - 1, i) for i in range(k))
            if cover:
                check(balls.log_cover(n, k), mp.log(cover), 100)


@pytest.mark.parametrize("n", HUGE)
def test_huge(n):
    for k in (1, 64, 65, 1000, n // 10**5, n // 7, n // 3, n - 1000):
        check(balls.log_binomial(n, k), digits.log_binomial(n, k), 90, 60)
        if k <= 10**4 or n - k <= 10**4 or k / n < 0.4:
            check(balls.log_sauer(n, k), digits.log_sauer(n, k), 90, 60)


@pytest.mark.parametrize("n", [10**6, 10**9, 10**18])
@pytest.mark.parametrize("away", [0, 1, 1000, 10**5])
def test_next_to_the_middle(n, away):
    """Half of 2^n, less what lies between, where all terms are about C(n, n/2)."""
    d = n // 2 - away
    found = balls.log_sauer(n, d)
    assert bits(found) >= 90
    assert float(found) == pytest.approx(floats.log_sauer(n, d), rel=1e-14)
    with mp.workdps(60):
        share = mp.exp(ends(found)[0] - n * mp.ln2)
        between = (away - 0.5) * mp.exp(digits.log_binomial(n, n // 2) - n * mp.ln2)
        assert abs(share - (mpf(1) / 2 - between)) <= 2 * abs(between) ** 3 + 1e-5 * abs(between)


def test_above_the_middle():
    for n in (999, 10**6 + 1, 10**12 + 1):
        for d in (n // 2, n // 2 + 3, 2 * n // 3, n - 2, n - 1):
            below, above = balls.log_sauer(n, d), balls.log_sauer(n, n - d - 1)
            with flint.ctx.workprec(200):
                whole = (below.arb - n * flint.arb.const_log2()).exp()
                whole += (above.arb - n * flint.arb.const_log2()).exp()
            assert whole.contains(1)


@pytest.mark.parametrize(
    ("n", "d"), [(5, -1), (5, 5), (5, 9), (0, 0), (5, 0), (math.inf, 3), (math.inf, 0),
                 (math.inf, -1), (7, math.inf), (7, -math.inf)],
)  # fmt: skip
def test_edges_are_those_of_floats(n, d):
    for name in ("log_binomial", "log_sauer"):
        found, expected = getattr(balls, name)(n, d), getattr(floats, name)(n, d)
        assert float(found) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(("n", "d"), [(5.5, 2), (5, 2.5), (-1, 0), (math.nan, 1)])
def test_what_is_not_whole_tells_nothing(n, d):
    assert is_nothing(balls.log_binomial(n, d))
    assert is_nothing(balls.log_sauer(n, d))


@given(st.integers(0, 60), st.integers(0, 12), st.integers(-3, 60), st.integers(0, 12))
def test_intervals_of_integers(n, more, k, further):
    sizes, counts = (Ball(interval(x - 0.25, x + y + 0.25)) for x, y in ((n, more), (k, further)))
    for name in ("log_binomial", "log_sauer"):
        found = getattr(balls, name)(sizes, counts)
        for a in (n, n + more):
            for b in range(k, k + further + 1):
                value = getattr(floats, name)(a, b)
                assert is_nothing(found) or not found.arb.is_finite() or holds(found, value, 14)
