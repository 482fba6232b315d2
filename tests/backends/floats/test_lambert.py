"""Lambert's W and Bennett's inverse: Newton's method at 60 digits, checked on the definition."""

import math
import random

import mpmath
import pytest

from genbounds.backends.floats.lambert import (
    bennett_inverse,
    lambert_w,
    lambert_w_minus1,
    lambert_w_minus1_exp,
)

BRANCH = -0.3678794411714423  # the first double inside the domain


def ulps(value, exact):
    return float(abs(mpmath.mpf(value) - exact) / math.ulp(float(exact)))


def bisect(function, low, high, bits=200):
    """The root of an increasing function."""
    low, high = mpmath.mpf(low), mpmath.mpf(high)
    for _ in range(bits):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2


def near_the_branch():
    rng = random.Random(1)
    grid = [BRANCH + k * 2.0**-54 for k in range(0, 30)]
    return grid + [BRANCH + 10 ** rng.uniform(-16, -0.5) for _ in range(150)]


def small_negative():
    rng = random.Random(2)
    return [-5e-324, -1e-308, -1e-17] + [-(10 ** rng.uniform(-300, -0.5)) for _ in range(100)]


@pytest.mark.parametrize("x", near_the_branch() + small_negative())
def test_minus1_to_2_ulp(x):
    with mpmath.workdps(60):
        z = -1 - mpmath.log(-mpmath.mpf(x))
        t = bisect(lambda t: t - mpmath.log1p(t) - z, 0, 2 * z + 4)
        assert ulps(lambert_w_minus1(x), -1 - t) <= 2


@pytest.mark.parametrize(
    "x",
    near_the_branch()
    + small_negative()
    + [10**e for e in (-300, -20, -3, -1.5, -0.5, 0, 0.3, 0.477, 0.5, 1, 3, 20, 100, 308)]
    + [-0.29, -0.28, -0.27, -0.2, -0.1],
)
def test_principal_branch_to_2_ulp(x):
    with mpmath.workdps(60 if abs(x) > 1e-20 else 700):
        high = 2 * abs(x) if abs(x) < 0.1 else max(1, math.log(abs(x)) + 1)
        low = -1 if x < 0 else 0
        if abs(x) < 0.1:
            low = 2 * x if x < 0 else 0
        w = bisect(lambda w: w * mpmath.exp(w) - x, low, high, bits=260)
        assert ulps(lambert_w(x), w) <= 2


@pytest.mark.parametrize("z", [1e-15, 1e-9, 1e-3, 0.5, 2, 30, 1e3, 1e10, 1e100, 1e300])
def test_log_form_to_2_ulp(z):
    log_x = -1.0 - z
    with mpmath.workdps(60 if z < 1e50 else 360):
        z = -1 - mpmath.mpf(log_x)
        t = bisect(lambda t: t - mpmath.log1p(t) - z, 0, 2 * z + 4, bits=200)
        assert ulps(lambert_w_minus1_exp(log_x), -1 - t) <= 2


def budgets():
    rng = random.Random(4)
    return [1e-300, 1e-100, 1e300] + [10 ** rng.uniform(-12, 6) for _ in range(150)]


@pytest.mark.parametrize("c", [*budgets(), 1, 1.1, 3.99, 4.0])
def test_bennett_inverse_to_3_ulp(c):
    with mpmath.workdps(60 if c > 1e-20 else 700):
        high = 2 * math.sqrt(2 * c) + c
        u = bisect(lambda u: (1 + u) * mpmath.log1p(u) - u - c, 0, high, bits=200)
        assert ulps(bennett_inverse(c), u) <= 3


def test_bennett_inverse_at_one_is_e_minus_1():
    assert bennett_inverse(1) == pytest.approx(math.e - 1, rel=4e-16)


def test_landmine_25_a_signed_stop_test():
    assert lambert_w_minus1(-0.1) == pytest.approx(-3.577152063957297, rel=3e-16)


def test_scipy_loses_the_branch_point():
    assert lambert_w_minus1(BRANCH) == pytest.approx(-1.0000000153042543, rel=3e-16)
    assert lambert_w_minus1(-0.36787944117144233) == lambert_w(-0.36787944117144233) == -1


def test_ends_and_outside():
    assert lambert_w(0) == 0 and lambert_w(math.inf) == math.inf
    assert lambert_w_minus1(0) == -math.inf == lambert_w_minus1_exp(-math.inf)
    assert lambert_w_minus1_exp(-1) == -1
    assert bennett_inverse(0) == 0 and bennett_inverse(math.inf) == math.inf
    outside = [lambert_w(-0.5), lambert_w(math.nan), lambert_w_minus1(0.1), lambert_w_minus1(-1)]
    outside += [lambert_w_minus1_exp(-0.5), lambert_w_minus1(math.nan), bennett_inverse(-1e-9)]
    outside += [bennett_inverse(math.nan), lambert_w(-math.inf), lambert_w_minus1_exp(math.nan)]
    assert all(map(math.isnan, outside))
