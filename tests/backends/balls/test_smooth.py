"""What is no number: rectangles and polynomials pass through formulas, or are refused."""

import pytest
from mpmath import mp, mpf

from genbounds.backends import balls
from genbounds.backends.balls.ball import Ball, ball
from genbounds.backends.balls.smooth import NotSmoothError, Smooth, on_rectangle, slope
from genbounds.generic import (
    bennett_function,
    erfc,
    exp,
    expm1,
    floor,
    log,
    log1p,
    log2,
    log_gamma,
    log_ratio,
    log_sauer,
    maximum,
    power,
    sqrt,
    tanh,
    total,
    where,
)
from tests.backends.balls.inside import check, flint, holds, interval

FUNCTIONS = [
    lambda x: sqrt(x), lambda x: log(x), lambda x: log2(x), lambda x: log1p(x), lambda x: exp(x),
    lambda x: expm1(x), lambda x: erfc(x), lambda x: tanh(x), lambda x: log_gamma(x),
    lambda x: x**3, lambda x: x**-2, lambda x: x**0.5, lambda x: 2**x, lambda x: 1 / x,
    lambda x: power(x, 3, 2), lambda x: log_ratio(1, x), lambda x: log_ratio(x, 3),
    lambda x: abs(x), lambda x: abs(-x), lambda x: maximum(x, 0.1), lambda x: 2 - x * x,
    lambda x: where(x > 0.1, lambda: x * x, lambda: 5), lambda x: total(lambda y: y * x, (1, 2)),
    lambda x: 3,
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(FUNCTIONS)))
def test_values_and_slopes(number):
    function = FUNCTIONS[number]
    box = interval(0.5, 0.5 + 2**-10)
    values, slopes = on_rectangle(function, flint.acb(box)), slope(function, box)
    with flint.ctx.workprec(400):
        step = flint.arb(2) ** -100
        for x in (flint.arb(0.5), flint.arb(0.5 + 2**-11)):
            a, b = (ball(function(Ball(y))).arb for y in (x, x + step))
            assert values.real.overlaps(a)
            assert slopes.overlaps((b - a) / step + flint.arb(0, 1e-20))
    assert values.real.rad() < 0.1
    assert slopes.rad() < 0.5


@pytest.mark.parametrize(
    "function",
    [
        lambda x: maximum(x, 0.5), lambda x: where(x < 0.5, lambda: 1, lambda: 2), floor,
        lambda x: abs(x - 0.5), lambda x: sqrt(x - 0.5), lambda x: log(x - 0.5),
        lambda x: 1 / (x - 0.5), lambda x: log_sauer(x, 1), bennett_function,
        lambda x: balls.root(lambda y: y - x, 0, 1), lambda x: float(x.arb), lambda x: int(x),
        lambda x: (x - 0.5) ** -1, lambda x: (x - 0.5) ** 0.5,
    ],
)  # fmt: skip
def test_what_is_not_known_to_be_smooth_is_refused(function):
    box = interval(0.25, 0.75)
    assert on_rectangle(function, flint.acb(box)).real.is_nan()
    with pytest.raises(ValueError):
        slope(function, box)


def test_a_constant_has_slope_0():
    assert slope(lambda x: 3, flint.arb(1)) == 0


def test_rectangles_hold_complex_values():
    at = flint.acb(flint.arb(2, 0.1), flint.arb(0.3, 0.1))
    found = on_rectangle(lambda z: exp(z) * log(z) + sqrt(z), at)
    z = mp.mpc(2.05, 0.25)
    expected = mp.exp(z) * mp.log(z) + mp.sqrt(z)
    assert holds(found.real, expected.real)
    assert holds(found.imag, expected.imag)


def test_comparisons_are_by_the_real_part():
    x = Smooth(flint.acb(flint.arb(2, 0.1), flint.arb(0, 5)))
    assert x > 1
    assert 1 < x
    assert not x <= 1.5
    assert x != 3
    with pytest.raises(NotSmoothError):
        assert x > 2
    assert "2" in repr(x)
    assert hash(x) == hash(x)


def test_slopes_of_polynomials():
    check(slope(lambda x: x**5 - 2 * x, flint.arb(3)), mpf(403), 100)
