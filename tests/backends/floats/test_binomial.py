"""Against 25 digits of another program, exact fractions, and wrong numbers seen elsewhere."""

import json
from fractions import Fraction
from itertools import product
from math import comb, exp, inf, isclose, isnan, log
from pathlib import Path

import pytest
from mpmath import mp, mpf

from genbounds.backends.floats.binomial import (
    binomial_log_tail,
    binomial_log_tail_upper,
    binomial_tail_inverse,
    binomial_tail_inverse_complement,
    binomial_tail_inverse_lower,
    binomial_tail_inverse_lower_complement,
    binomial_tail_inverse_pair,
)

REFERENCE = json.loads(Path(__file__).with_name("binomial_reference.json").read_text())


def off(value: float, digits: str) -> float:
    """Relative error; nothing is asked below the normal doubles."""
    truth = Fraction(digits)
    if truth < Fraction(1, 10**307):
        return 0.0 if value < 1e-306 else inf
    return float(abs(Fraction(value) - truth) / truth)


def tail(k: int, n: int, p: Fraction) -> Fraction:
    return sum((comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1)), Fraction(0))


def test_both_numbers_of_the_pair():
    assert len(REFERENCE) == 1000
    for k, n, c, p, v in REFERENCE:
        pair = binomial_tail_inverse_pair(k, n, c)
        assert off(pair[0], p) <= 4e-15, (k, n, c)
        assert off(pair[1], v) <= 1e-15 * (4 + c), (k, n, c)


def test_the_lower_limit_mirrors_the_upper():
    for k, n, c, p, v in REFERENCE[::7]:
        assert off(binomial_tail_inverse_lower(n - k, n, c), v) <= 1e-15 * (4 + c), (k, n, c)
        assert off(binomial_tail_inverse_lower_complement(n - k, n, c), p) <= 4e-15, (k, n, c)
        assert binomial_tail_inverse(k, n, c) == binomial_tail_inverse_pair(k, n, c)[0]
        assert binomial_tail_inverse_complement(k, n, c) == binomial_tail_inverse_pair(k, n, c)[1]


@pytest.mark.parametrize("n", [1, 2, 3, 5, 12, 40])
def test_the_definition_in_exact_fractions(n):
    for k, delta in product(range(n), (1e-12, 0.025, 0.5, 0.9, 0.999)):
        p = Fraction(binomial_tail_inverse(k, n, -log(delta)))
        step = p * Fraction(1, 10**14)
        # delta's logarithm is rounded once, which moves p by less than the step
        assert tail(k, n, p - step) > Fraction(delta) > tail(k, n, min(p + step, Fraction(1))), k


def test_published_numbers():
    assert binomial_tail_inverse(192, 600, log(1 / 0.025)) == pytest.approx(
        0.358976828068, abs=6e-13
    )
    assert binomial_tail_inverse(192, 800, log(1 / 0.025)) == pytest.approx(
        0.271146632940, abs=6e-13
    )
    assert binomial_tail_inverse(5, 10**6, log(1e6)) == pytest.approx(2.541e-5, rel=1e-4)
    # scipy.special.betainccinv(18, 9983, 1e-300) is 0.0696
    assert binomial_tail_inverse(17, 10**4, 300 * log(10)) == pytest.approx(0.074198, rel=1e-4)


def test_no_error_in_1e12():
    upper = mpf(1) - mp.mpf("0.05") ** (mpf(1) / 10**12)
    with mp.workdps(40):
        upper = -mp.expm1(-mpf(log(20)) / 10**12)
    assert binomial_tail_inverse(0, 10**12, log(20)) == pytest.approx(float(upper), rel=1e-15)


@pytest.mark.parametrize("n", [1, 30, 10**9])
def test_one_minus_delta_is_never_formed(n):
    """At delta = 1e-12 the logarithm of 1/delta keeps 2.2e-5 of delta that 1 - delta loses."""
    c = log(1e12)
    assert binomial_tail_inverse_complement(0, n, c) == pytest.approx(exp(-c / n), rel=1e-15)
    assert binomial_tail_inverse_complement(n - 1, n, c) == pytest.approx(1e-12 / n, rel=1e-11)


@pytest.mark.parametrize("c", [1e3, 1e6, 1e9])
@pytest.mark.parametrize(("k", "n"), [(3, 10), (10, 10**5), (10**5, 10**6), (10**6, 10**12)])
def test_budgets_beyond_every_double(k, n, c):
    """At 60 digits the tail at p is exp(-c), up to what an error of 1e-12 in p explains."""
    p, v = binomial_tail_inverse_pair(k, n, c)
    with mp.workdps(60):
        if v == 0.0:
            log_choose = mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)
            assert -(c + log_choose) / (n - k) < -740
            return
        small = mpf(v) if v < 0.5 else 1 - mpf(p)
        odds, term, total = small / (1 - small), mpf(1), mpf(1)
        for j in range(k):
            term *= (k - j) * odds / (n - k + j + 1)
            total += term
            if term < total * mpf(10) ** -30:
                break
        log_mass = mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)
        log_mass += k * mp.log(1 - small) + (n - k) * mp.log(small)
        slope = (n - k) / total / (1 - small)  # d ln tail / d ln v
        assert abs((log_mass + mp.log(total) + c) / slope) < 1e-12 * min(1, (1 - small) / small)


def test_delta_so_near_one_that_only_its_budget_is_left():
    for c in (1e-17, 1e-100, 1e-300):
        p = binomial_tail_inverse(1, 2, c)
        assert p == pytest.approx(c**0.5, rel=1e-13)
        assert binomial_tail_inverse(2, 4, c) == pytest.approx((c / 4) ** (1 / 3), rel=1e-5)


def test_the_ends():
    assert binomial_tail_inverse_pair(5, 5, 3.0) == (1.0, 0.0)
    assert binomial_tail_inverse_pair(2, 5, inf) == (1.0, 0.0)
    assert binomial_tail_inverse_pair(2, 5, 0.0) == (0.0, 1.0)
    assert binomial_tail_inverse_lower(0, 5, 3.0) == 0.0
    assert binomial_tail_inverse(2.0, 5.0, 3) == binomial_tail_inverse(2, 5, 3.0)
    assert all(map(isnan, (*binomial_tail_inverse_pair(2, 5, -1.0), binomial_log_tail(1, 2, 1.5))))


def test_no_crash_and_no_long_loop_in_any_corner():
    sizes = (2, 3, 10, 10**3, 10**6, 10**12, 10**15, 10**18)
    budgets = (1e-300, 1e-17, 1e-3, 0.69, 0.7, 5.0, 300.0, 700.0, 1e6, 1e9, 1e16, 1e300)
    for n, c in product(sizes, budgets):
        for k in {0, 1, n // 2, n - 2, n - 1, max(0, n - 3)}:
            p, v = binomial_tail_inverse_pair(k, n, c)
            assert 0.0 <= p <= 1.0 and 0.0 <= v <= 1.0 and abs(p + v - 1.0) < 4e-16, (k, n, c)


@pytest.mark.parametrize(("k", "n"), [(0, 1), (1, 3), (2, 7), (30, 60), (59, 60), (3, 60)])
def test_log_tails_in_exact_fractions(k, n):
    for p in (1e-9, 0.02, 0.3, 0.5, 0.77, 0.999, 1.0 - 2.0**-40):
        exact = tail(k, n, Fraction(p))
        with mp.workdps(40):
            below, above = log_of(exact), log_of(1 - exact)
        assert close(binomial_log_tail(k, n, p), below), p
        assert close(binomial_log_tail_upper(k + 1, n, p), above), p


@pytest.mark.parametrize("n", [10**4, 10**9, 10**15])
def test_log_tails_far_out_and_near_the_middle(n):
    """Against the sum of the masses at 60 digits, p the double it is."""
    for k, factor in product((1, 40, 2000), (0.5, 1.0, 1.01, 3.0)):
        p = factor * k / n
        with mp.workdps(60):
            small = mp.log(mass_sum(k, n, mpf(p)) if factor >= 1 else mass_sum(k + 1, n, mpf(p), 1))
            other = mp.log1p(-mp.exp(small))
        below, above = (small, other) if factor >= 1 else (other, small)
        assert close(binomial_log_tail(k, n, p), float(below)), (k, p)
        assert close(binomial_log_tail_upper(k + 1, n, p), float(above)), (k, p)


def log_of(x: Fraction) -> float:
    if x < Fraction(1, 2):
        return float(mp.log(mpf(x.numerator) / x.denominator))
    return float(mp.log1p(-mpf((1 - x).numerator) / (1 - x).denominator))


def close(value: float, truth: float) -> bool:
    """To 4e-15 relative, more where the value is the tiny complement of the other tail."""
    if abs(truth) < 1e-300:
        return abs(value) < 1.1e-300
    return abs(value - truth) <= 4e-15 * -truth * (1 + max(0.0, -log(-truth)))


def mass_sum(x: int, n: int, p: mpf, step: int = -1) -> mpf:
    """The sum of the masses from x downwards (step -1) or upwards (step 1)."""
    log_mass = mp.loggamma(n + 1) - mp.loggamma(x + 1) - mp.loggamma(n - x + 1)
    term = mp.exp(log_mass + x * mp.log(p) + (n - x) * mp.log1p(-p))
    total, odds = term, p / (1 - p)
    while 0 < x + (step > 0) <= n and term > mpf(10) ** -50 * total:
        if step < 0:
            term *= x / (odds * (n - x + 1))
        else:
            term *= odds * (n - x) / (x + 1)
        x += step
        total += term
    return total


def test_log_tails_at_the_ends():
    assert binomial_log_tail(3, 3, 0.2) == binomial_log_tail(1, 3, 0.0) == 0.0
    assert binomial_log_tail(2, 3, 1.0) == binomial_log_tail(-1, 3, 0.5) == -inf
    assert binomial_log_tail_upper(0, 3, 0.2) == binomial_log_tail_upper(3, 3, 1.0) == 0.0
    assert binomial_log_tail_upper(4, 3, 0.2) == binomial_log_tail_upper(1, 3, 0.0) == -inf


@pytest.mark.parametrize(
    ("k", "n", "delta", "limit"),
    [
        (1000, 10**18, 0.1266, 9.639750284093589751106776551215e-16),
        (4916, 689045672309456768, exp(-0.06200237444703684), None),
    ],
)
def test_a_few_errors_among_more_points_than_floats_can_count(k, n, delta, limit):
    """Beyond 2^53 n p - k has no digits where p is near 1: the other complement does."""
    c = -log(delta)
    found = binomial_tail_inverse_lower(k, n, c)
    assert (found < k / n) == (delta < 0.5)
    assert isclose(found, binomial_tail_inverse_lower(k, 10**15, c) * (10**15 / n), rel_tol=1e-9)
    assert limit is None or isclose(found, limit, rel_tol=1e-13)
