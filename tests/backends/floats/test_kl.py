"""The kl inverses against bisection at high precision on the definition."""

import itertools
import math
import random

import mpmath
import pytest

from genbounds.backends.floats.kl import (
    kl_inverse_lower,
    kl_inverse_lower_complement,
    kl_inverse_pair,
    kl_inverse_upper,
    kl_inverse_upper_complement,
    relative_entropy,
)

RISKS = [0, 1e-300, 1e-100, 1e-20, 1e-16, 1e-8, 1e-3, 0.05, 0.2, 0.45, 0.5, 0.7, 0.9, 0.999]
RISKS += [1 - 1e-10, 1 - 2**-53, 1]
BUDGETS = [0, 1e-300, 1e-200, 1e-60, 1e-30, 1e-17, 1e-12, 1e-6, 1e-3, 0.02, 0.1, 0.4, 0.69, 1]
BUDGETS += [2.5, 7, 20, 37, 41, 100, 700]
BEYOND = 745  # exp(-BEYOND) is the last positive float


def ulps(value, exact):
    return float(abs(mpmath.mpf(value) - exact) / math.ulp(float(exact)))


def upper(a, c):
    """(p, 1-p) for the largest p with kl(a||p) <= c: p = a + (1-a) s, bisection on y = logit s.

    Newton's method on log kl polishes; d kl/dy = (1-a) s^2 / p.
    """
    b = 1 - a
    if a == 0:
        return -mpmath.expm1(-c), mpmath.exp(-c)
    if b == 0 or c == 0:
        return a, b

    def at(y):
        s, t = 1 / (1 + mpmath.exp(-y)), 1 / (1 + mpmath.exp(y))
        p = a + b * s
        return s, p, b * t, a * mpmath.log(a / p) - b * mpmath.log(t)

    low, high = mpmath.mpf(-1600), 2 * c / b + 10
    while high - low > 0.01:
        middle = (low + high) / 2
        low, high = (middle, high) if at(middle)[3] < c else (low, middle)
    y = low
    for _ in range(7):
        s, p, _, k = at(y)
        y -= mpmath.log(k / c) * k * p / (b * s * s)
    _, p, v, _ = at(y)
    return p, v


def digits(q, b, c):
    """Enough for q + u where u may be sqrt(q c), and for exp(-c/b), with b = 1-q or q."""
    small = min(x for x in (q, 1 - q, c, 1) if x > 0)
    return 60 - 2 * int(math.log10(small)) + int(0.5 * c / b if b else 0)


def grid():
    rng = random.Random(7)
    yield from itertools.product(RISKS, BUDGETS)
    for _ in range(300):
        yield rng.random() ** 3, 10 ** rng.uniform(-5, 1.5)


def test_upper_and_its_complement_to_4_ulp():
    for q, c in grid():
        if q < 1 and c / (1 - q) > BEYOND:
            assert kl_inverse_upper(q, c) == 1
            continue
        with mpmath.workdps(digits(q, 1 - q, c)):
            p, v = upper(mpmath.mpf(q), mpmath.mpf(c))
            assert ulps(kl_inverse_upper(q, c), p) <= 4, (q, c)
            if v > 1e-290:
                assert ulps(kl_inverse_upper_complement(q, c), v) <= 4, (q, c)


def test_lower_and_its_complement_to_4_ulp():
    for q, c in grid():
        if q and c / q > BEYOND:
            assert kl_inverse_lower_complement(q, c) == 1
            continue
        with mpmath.workdps(digits(q, q, c)):
            v, p = upper(1 - mpmath.mpf(q), mpmath.mpf(c))
            assert ulps(kl_inverse_lower_complement(q, c), v) <= 4, (q, c)
            if p > 1e-290:
                assert ulps(kl_inverse_lower(q, c), p) <= 4, (q, c)


def test_relative_entropy_to_4_ulp():
    rng = random.Random(3)
    pairs = list(itertools.product(RISKS, RISKS))
    pairs += [(q, math.nextafter(q, 1)) for q in RISKS if q < 1]
    pairs += [(q, q * (1 + 10 ** rng.uniform(-15, -1))) for q in RISKS[:9] for _ in range(20)]
    pairs += [(rng.random(), rng.random()) for _ in range(300)]
    for q, p in pairs:
        value = relative_entropy(q, p)
        if (p == 0 < q) or (p == 1 > q):
            assert value == math.inf
            continue
        with mpmath.workdps(700 if min(q or 1, p or 1) < 1e-50 else 100):
            a, m = mpmath.mpf(q), mpmath.mpf(p)
            exact = (a * mpmath.log(a / m) if q else 0) + (
                (1 - a) * mpmath.log((1 - a) / (1 - m)) if q < 1 else 0
            )
            assert value == exact or exact < 1e-300 or ulps(value, exact) <= 4, (q, p)


EXTREME = [0, 1, True, 5e-324, 1e-310, 1e-308, 1e-160, 2**-53, 0.3, 0.5, 1 - 2**-53, 1e6, 1e300]
EXTREME += [math.nan, math.inf, -math.inf, -1, 1.2, -5e-324]


@pytest.mark.parametrize("function", [kl_inverse_upper, kl_inverse_lower])
def test_every_answer_is_a_probability_on_the_right_side_or_nan(function):
    for q, c in itertools.product(EXTREME, EXTREME):
        p = function(q, c)
        assert type(p) is float
        if 0 <= q <= 1 and c >= 0:
            assert (q <= p <= 1) if function is kl_inverse_upper else (0 <= p <= q), (q, c)
        else:
            assert math.isnan(p), (q, c)


def test_subnormal_arguments_are_homogeneous():
    exact = kl_inverse_upper(1e-200, 3e-200)
    assert kl_inverse_upper(1e-310, 3e-310) == pytest.approx(exact * 1e-110, rel=1e-12)
    assert kl_inverse_lower(3e-310, 1e-310) == pytest.approx(
        kl_inverse_lower(3e-200, 1e-200) * 1e-110, rel=1e-12
    )


def test_infinite_budget():
    for q in (0, 1e-300, 0.5, 1):
        assert kl_inverse_upper(q, math.inf) == 1
        assert kl_inverse_upper_complement(q, math.inf) == 0
        assert kl_inverse_lower(q, math.inf) == 0
    assert kl_inverse_pair(0.25, 0.75, math.inf) == (1, 0)


def test_landmine_2_full_risk_and_values_outside():
    assert kl_inverse_upper(1, 0.01) == 1
    assert kl_inverse_upper(0.99999, 0.01) > 0.99999
    assert math.isnan(kl_inverse_upper(1.2, 0.01))


@pytest.mark.parametrize("c", [1e-300, 1e-9, 0.3, 5.0, 800.0])
def test_landmine_3_no_errors_observed(c):
    assert kl_inverse_upper(0, c) == -math.expm1(-c)


def test_landmine_4_nan_returns():
    assert math.isnan(kl_inverse_upper(math.nan, 0.01))
    assert math.isnan(kl_inverse_upper(0.1, math.nan))


def test_landmine_5_lower_stays_below_a_tiny_risk():
    assert 0 <= kl_inverse_lower(1e-10, 0.01) < 1e-10


def test_landmine_1_the_vacuous_certificate():
    assert kl_inverse_upper(0.597, 2.85e6 / 1000) == 1
    assert kl_inverse_upper_complement(0.597, 10.0) < 1e-10


def test_landmine_16_one_minus_a_root():
    """Clopper-Pearson with no errors is 1 - (delta/M)**(1/n) = -expm1(-c)."""
    c = math.log(1e6 / 0.05) / 1e12
    with mpmath.workdps(40):
        exact = -mpmath.expm1(-mpmath.mpf(c))
        assert ulps(kl_inverse_upper(0, c), exact) <= 1
