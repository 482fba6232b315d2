"""Roots and fixed points: tight, and right where ends, steps, kinks or parameters are in doubt."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import balls
from genbounds.backends.balls.ball import Ball, ball
from genbounds.generic import exp, log, log_cosh, minimum, power, sqrt, tanh, total
from tests.backends.balls.inside import bits, check, ends, flint, holds, interval


@given(st.floats(1e-300, 1e300))
def test_square_roots(c):
    check(balls.root(lambda x: x * x - c, 0, max(1, c)), mp.sqrt(mpf(c)), 110)


@pytest.mark.parametrize("c", [1e-300, 1e-100, 1e-10, 0.1, 0.69])
def test_a_hyperbolic_equation(c):
    found = balls.root(lambda t: t * tanh(t) - log_cosh(t) - c, 0, 100)
    low, high = ends(found)
    with mp.workdps(700):
        for t, side in ((low, -1), (high, 1)):
            value = t * mp.tanh(t) - mp.log(mp.cosh(t)) - mpf(c)
            assert value * side > 0
    assert bits(found) >= 100


def test_the_end_where_the_sign_does_not_change():
    assert balls.root(lambda x: x + 1, 0, 2).rational == 0
    assert balls.root(lambda x: x - 3, 0, 2).rational == 2
    assert balls.root(lambda x: x, 0, 2).rational == 0


@pytest.mark.parametrize("at", [1e-300, 1e-5, 0.3, 0.75, 1 - 1e-9])
def test_jumps(at):
    def step(x):
        return balls.where(x < at, lambda: -1, lambda: 2) if (x < at) not in (True, False) else (
            -1 if x < at else 2
        )  # fmt: skip

    check(balls.root(step, 0, 1), mpf(at), 100)


def test_negative_brackets():
    check(balls.root(lambda x: x + Fraction(1, 3), -1, 1), -mpf(1) / 3, 100)
    check(balls.root(lambda x: x * x * x + 2, -5, -1), -mp.cbrt(2), 100)


@pytest.mark.parametrize("radius", [1e-30, 1e-10, 1e-3])
def test_wide_parameters_give_the_hull_of_roots(radius):
    c = Ball(interval(2 - flint.arb(radius), 2 + flint.arb(radius)))
    found = balls.root(lambda x: x * x - c, 0, 2)
    for share in (-1, -0.4, 0, 0.7, 1):
        assert holds(found, mp.sqrt(2 + share * mpf(radius)))
    low, high = ends(found)
    assert high - low <= 4 * radius / mp.sqrt(2)


def test_wide_ends_hold_the_root_and_themselves():
    low = Ball(interval(1, 1 + 1e-9))
    found = balls.root(lambda x: x + 1, low, 2)
    assert found is low
    found = balls.root(lambda x: x - 1, Ball(interval(0.5, 1.5)), 2)
    assert holds(found, 1)
    assert holds(found, 1.5)


@given(st.floats(1.01, 2), st.floats(0, 1), st.floats(1e-6, 10))
def test_relative_deviation(alpha, risk, eps):
    def function(x):
        return x - risk - eps * power(x, 1, alpha)

    least = risk + power(ball(eps), alpha, ball(alpha) - 1)
    most = least + alpha / (ball(alpha) - 1) * eps * power(ball(risk), 1, alpha)
    low, high = ends(balls.root(function, least, 2 * most))
    for x, side in ((low, -1), (high, 1)):
        value = x - risk - eps * mp.power(x, 1 / mpf(alpha))
        assert value * side >= -abs(x) * mpf(10) ** -60


# --- fixed points


@given(st.lists(st.floats(0, 2), min_size=1, max_size=6), st.floats(1e-6, 1e6))
def test_fixed_points_of_local_complexities(eigenvalues, c):
    xs, high = tuple(eigenvalues), sqrt(ball(c) * total(lambda x: x, tuple(map(ball, eigenvalues))))
    found = balls.fixed_point(lambda r: sqrt(c * balls.total(lambda x: minimum(r, x), xs)), high)
    # the least over h of c/2 (h + sqrt(h^2 + 4 T_h/c)), T_h the sum of all but the h largest
    falling = sorted(map(mpf, xs), reverse=True)
    closed = min(
        (h + mp.sqrt(h * h + 4 * mp.fsum(falling[h:]) / mpf(c))) * mpf(c) / 2
        for h in range(len(xs) + 1)
    )
    assert holds(found, closed)
    assert bits(found) >= 90 or closed == 0


def test_fixed_points_of_roots():
    check(balls.fixed_point(lambda r: 3 * sqrt(r), 100), mpf(9), 110)
    check(balls.fixed_point(lambda r: sqrt(r) * 1e-100, 1), mpf(1e-100) ** 2, 110)
    assert balls.fixed_point(lambda r: sqrt(r), 0).rational == 0
    assert balls.fixed_point(lambda r: sqrt(r), Fraction(1, 4)).rational is not None
    assert float(balls.fixed_point(lambda r: 2 * sqrt(r), 1)) == 1


def test_a_fixed_point_at_0():
    low, high = ends(balls.fixed_point(lambda r: 0 * r, 1))
    assert abs(low) < mpf(2) ** -1000
    assert high < mpf(2) ** -1000


def test_a_function_that_tells_nothing_leaves_the_bracket():
    found = balls.root(lambda x: Ball(flint.arb.nan()), 0, 1)
    assert ends(found)[0] <= 0
    assert ends(found)[1] >= 1


def test_the_answer_sharpens_with_the_precision():
    def root():
        return balls.root(lambda x: exp(x) + log(x) - 2, 0.1, 2)

    found = []
    for precision in (53, 64, 200, 500):
        with flint.ctx.workprec(precision):
            found.append(root())
    assert all(bits(x) >= p - 15 for x, p in zip(found, (53, 64, 200, 500), strict=True))
    assert all(x.arb.overlaps(found[-1].arb) for x in found)
    assert math.isclose(float(found[0]), float(found[-1]))
