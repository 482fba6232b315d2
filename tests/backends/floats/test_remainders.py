"""The remainders of e^x and -ln(1 - x) against mpmath, over all floats and at the seams."""

import math
import random

import numpy as np
import pytest
from mpmath import mp, mpf

from genbounds import generic
from genbounds.backends import digits, floats, symbols, tex
from genbounds.backends.floats.remainders import FAR, OVERFLOW, exp_remainder, log_remainder

RANDOM = random.Random(0)
SEAMS = [y for x in (-1.0, 0.0, 0.5, 1.0, FAR) for y in
         (math.nextafter(x, -9), x, math.nextafter(x, 9))]  # fmt: skip
ANYWHERE = [
    *SEAMS, -1.7e308, -1e300, -1e-300, 1e-300, 5e-324, 722.0,
    *(RANDOM.uniform(-4, 4) for _ in range(2000)),
    *(RANDOM.choice([-1, 1]) * 10 ** RANDOM.uniform(-20, 2.8) for _ in range(1000)),
    *(-(10 ** RANDOM.uniform(0, 300)) for _ in range(300)),
]  # fmt: skip
BELOW_1 = [*(x for x in ANYWHERE if x < 1), *(1 - 10 ** RANDOM.uniform(-15, 0) for _ in range(500))]


def of_exp(x):
    """(e^x - 1 - x)/x^2 with enough digits for any cancellation."""
    with mp.workdps(700):
        return (mp.exp(x) - 1 - x) / mpf(x) ** 2 if x else mpf(1) / 2


def of_log(x):
    with mp.workdps(700):
        return (-mp.log(1 - mpf(x)) - x) / mpf(x) ** 2 if x else mpf(1) / 2


@pytest.mark.parametrize(
    ("function", "exact", "domain"),
    [(exp_remainder, of_exp, ANYWHERE), (log_remainder, of_log, BELOW_1)],
)
def test_to_4_ulp(function, exact, domain):
    with mp.workdps(30):
        for x in domain:
            if abs(x) > 1e-300:
                value = getattr(digits, function.__name__)(mpf(x))
                assert abs(function(x) - value) <= 4 * math.ulp(value), x
        for x in domain[:60]:
            value = exact(x)
            assert abs(function(x) - value) <= 4 * math.ulp(value), x
            assert abs(getattr(digits, function.__name__)(mpf(x)) / value - 1) < 1e-28, x


def test_ends_of_the_domain():
    assert exp_remainder(0) == log_remainder(0) == 0.5
    assert exp_remainder(-math.inf) == log_remainder(-math.inf) == 0
    assert exp_remainder(math.inf) == exp_remainder(OVERFLOW) == exp_remainder(1e300) == math.inf
    assert log_remainder(1) == math.inf
    assert math.isnan(exp_remainder(math.nan))
    assert all(math.isnan(log_remainder(x)) for x in (math.nextafter(1, 2), math.inf, math.nan))


@pytest.mark.parametrize("x", [722.5, 723.0, 724.0])
def test_it_is_infinite_just_where_floats_end(x):
    with mp.workdps(30):
        assert math.isinf(exp_remainder(x)) == (of_exp(x) > mpf(2) ** 1024)


@pytest.mark.parametrize("function", [exp_remainder, log_remainder])
def test_it_grows_over_the_seams(function):
    xs = np.sort(np.concatenate([[x + i * 1e-9 for i in range(-9, 9)] for x in (-1, 0, 0.5, 1)]))
    values = [function(x) for x in xs.tolist() if function is exp_remainder or x < 1]
    assert values == sorted(values)


def test_digits_at_infinity():
    assert digits.exp_remainder(mpf("-inf")) == digits.log_remainder(mpf("-inf")) == 0
    assert digits.exp_remainder(mpf("inf")) == digits.log_remainder(mpf(1)) == mp.inf
    assert mp.isnan(digits.log_remainder(mpf(2)))


def test_latex_and_every_kind_of_number():
    x, y = tex.symbol("x"), tex.symbol("y")
    assert str(generic.exp_remainder(x)) == r"\frac{e^{x} - 1 - x}{x^{2}}"
    assert str(generic.log_remainder(x)) == r"\frac{-\ln \left(1 - x\right) - x}{x^{2}}"
    assert str(generic.exp_remainder(x * y)) == r"\frac{e^{x y} - 1 - x y}{\left(x y\right)^{2}}"
    for name in ("exp_remainder", "log_remainder"):
        function = getattr(generic, name)
        assert (
            function(0.25)
            == getattr(floats, name)(0.25)
            == pytest.approx(float(getattr(symbols, name)(0.25).evalf()), rel=1e-14)
        )
