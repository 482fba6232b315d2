"""log_binomial, log_sauer and log_cover against exact integers, and sums at 60 digits."""

import math
import random

import mpmath
import pytest

from genbounds.backends.floats.sauer import log_binomial, log_cover, log_sauer


def relative(value, exact):
    return float(abs(mpmath.mpf(value) / exact - 1))


def exact_log_sum(n, d):
    total = term = 1
    for i in range(min(n, d)):
        term = term * (n - i) // (i + 1)
        total += term
    return mpmath.log(total)


def downward_log_sum(n, d):
    """ln C(n, d) by loggamma at 120 digits, and the terms below it until they vanish."""
    with mpmath.workdps(120):
        last = mpmath.loggamma(n + 1) - mpmath.loggamma(d + 1) - mpmath.loggamma(n - d + 1)
    total = term = mpmath.mpf(1)
    j = 0
    while term > mpmath.mpf(10) ** -25:
        term *= mpmath.mpf(d - j) / (n - d + 1 + j)
        total += term
        j += 1
    return last + mpmath.log(total)


def test_small_tables_equal_the_integers():
    with mpmath.workdps(40):
        for n in range(1, 60):
            for d in range(1, n + 3):
                assert relative(log_sauer(n, d), exact_log_sum(n, d)) < 5e-16, (n, d)
                if 0 < d < n:
                    assert relative(log_binomial(n, d), mpmath.log(math.comb(n, d))) < 5e-16
                cover = mpmath.log(2) + exact_log_sum(n - 1, d - 1)
                assert relative(log_cover(n, d), cover) < 5e-16


def test_random_cells_equal_the_integers():
    rng = random.Random(5)
    with mpmath.workdps(40):
        for _ in range(60):
            n = rng.randrange(100, 3000)
            d = rng.choice([rng.randrange(1, n), n // 2 + rng.randrange(-20, 20)])
            assert relative(log_sauer(n, d), exact_log_sum(n, d)) < 1e-15, (n, d)


@pytest.mark.parametrize("n", [10**5, 10**6, 10**9, 10**12, 10**18, 10**36, 10**40])
@pytest.mark.parametrize("d", [1, 5, 30, 31, 1000, 20000])
def test_large_n(n, d):
    with mpmath.workdps(60):
        exact = exact_log_sum(n, d) if d < 50 else downward_log_sum(n, d)
        assert relative(log_sauer(n, d), exact) < 1e-15
        assert log_sauer(float(n), float(d)) == pytest.approx(log_sauer(n, d), rel=1e-15)


@pytest.mark.parametrize(
    ("n", "d"),
    [
        (50_000, 24_999),
        (100_000, 49_900),
        (10**6, 499_999),
        (10**6, 499_000),
        (10**6, 495_000),
        (10**12, 45 * 10**10),
    ],
)
def test_near_the_middle(n, d):
    with mpmath.workdps(40):
        assert relative(log_sauer(n, d), downward_log_sum(n, d)) < 1e-15


def test_the_middle_of_a_huge_table_is_half_of_everything():
    n = 10**18
    assert log_sauer(n, n // 2) == pytest.approx(n * math.log(2), rel=1e-15)
    assert log_sauer(2 * 10**6 + 1, 10**6) == pytest.approx(2 * 10**6 * math.log(2), rel=1e-15)
    assert log_sauer(n * n, 10**12) < log_sauer(n * n, 10**12 + 10**6)


def test_landmine_17_large_coefficients():
    assert log_binomial(20000, 50) == pytest.approx(346.635310081164, rel=1e-14)
    assert log_binomial(60000, 785) == pytest.approx(4179.6836039459, rel=1e-13)


def test_landmine_10_no_overflow():
    assert math.isfinite(log_sauer(10**6, 500))


def test_monotone_in_d_and_in_n():
    values = [log_sauer(400, d) for d in range(405)]
    assert values == sorted(values) and values[-1] == 400 * math.log(2)
    values = [log_sauer(n, 7) for n in range(500)]
    assert values == sorted(values)


def test_edges():
    assert log_sauer(0, 0) == log_sauer(5, 0) == log_sauer(0, 3) == log_binomial(0, 0) == 0
    assert log_sauer(5, -1) == log_binomial(5, 6) == log_binomial(5, -1) == log_cover(4, 0)
    assert log_cover(4, 0) == -math.inf
    assert log_sauer(9, math.inf) == log_sauer(9, 9) == 9 * math.log(2)
    assert log_sauer(math.inf, 3) == math.inf and log_sauer(math.inf, 0) == 0
    assert log_sauer(10**400, 2) == math.inf


@pytest.mark.parametrize("n", [-1, 2.5, math.nan])
def test_outside_is_nan(n):
    assert math.isnan(log_sauer(n, 3)) and math.isnan(log_binomial(n, 3))
    assert math.isnan(log_cover(n + 1, 3))
    assert math.isnan(log_sauer(10, 2.5)) and math.isnan(log_sauer(10, math.nan))
