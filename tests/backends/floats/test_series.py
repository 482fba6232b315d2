"""log1pmx and the Stirling remainder against mpmath."""

import math

import mpmath
import pytest

from genbounds.backends.floats.series import deviance, log1pmx, stirling_remainder


def ulps(value, exact):
    return float(abs(mpmath.mpf(value) - exact)) / math.ulp(float(exact))


def test_log1pmx_is_exact_to_three_ulp():
    grid = [s * 10 ** (-e / 5) for e in range(500) for s in (1, -1)]
    grid += [-k / 100 for k in range(1, 100)] + [k / 20 for k in range(1, 80)] + [-1 + 2**-53]
    with mpmath.workdps(260):
        worst = max(ulps(log1pmx(x), mpmath.log1p(x) - x) for x in grid if x > -1)
    assert worst < 3


def test_log1pmx_at_the_ends():
    assert log1pmx(-1.0) == log1pmx(math.inf) == -math.inf
    assert math.isnan(log1pmx(-1.5)) and math.isnan(log1pmx(math.nan))
    assert log1pmx(0.0) == 0.0


@pytest.mark.parametrize("n", [*range(1, 60), 1000, 10**6, 10**12, 1.5, 2.75, 15.5])
def test_stirling_remainder(n):
    with mpmath.workdps(60):
        main = mpmath.log(2 * mpmath.pi * n) / 2 + n * mpmath.log(n) - n
        assert ulps(stirling_remainder(n), mpmath.loggamma(mpmath.mpf(n) + 1) - main) < 2


@pytest.mark.parametrize("x", [1e-300, 1e-3, 1.0, 7.0, 1e15])
@pytest.mark.parametrize("ratio", [1e-12, 0.3, 0.999, 1.0, 1.001, 1.9, 2.5, 1e9])
def test_deviance(x, ratio):
    mean = x * ratio
    with mpmath.workdps(80):
        exact = x * mpmath.log(mpmath.mpf(x) / mean) + mean - mpmath.mpf(x)
        value = deviance(x, mean, mean - x)
        assert value == exact or ulps(value, exact) < 5
