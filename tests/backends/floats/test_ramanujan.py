"""Maurer's sum against fractions, its integral at many digits, and the other kinds of number."""

import math
import random
from fractions import Fraction
from itertools import pairwise

import mpmath
import numpy as np
import pytest
import sympy
from mpmath import mp

from genbounds.backends import digits, tex
from genbounds.backends.arrays.ramanujan import log_xi as of_arrays
from genbounds.backends.floats.ramanujan import FROM, log_xi
from genbounds.generic import log_xi as of_any_kind


def from_definition(n):
    with mpmath.workdps(60):
        return mp.log(
            mp.fsum(
                mp.binomial(n, k) * (mp.mpf(k) / n) ** k * (1 - mp.mpf(k) / n) ** (n - k)
                for k in range(n + 1)
            )
        )


def test_integers_from_the_definition():
    for n in [*range(1, 30), 100, 300]:
        exact = from_definition(n)
        assert abs(log_xi(n) / exact - 1) < 9e-16
        with mpmath.workdps(50):
            assert abs(digits.log_xi(n) / exact - 1) < 1e-49


def test_between_the_integers_it_is_an_integral():
    with mpmath.workdps(20):
        for n in (1.5, 7.3, 40.1):
            integral = mpmath.quad(lambda t, n=n: (1 + t / n) ** n * mp.exp(-t), [0, 5, 50, 400])
            assert abs(digits.log_xi(n) / mp.log(integral) - 1) < 1e-15


def test_floats_and_arrays_against_digits():
    rng = random.Random(0)
    grid = [10 ** rng.uniform(0, 16) for _ in range(300)] + [FROM, math.nextafter(FROM, 0), 1e300]
    found = of_arrays(np.array(grid))
    with mpmath.workdps(30):
        for x, value in zip(grid, found, strict=True):
            exact = digits.log_xi(x)
            assert abs(log_xi(x) / exact - 1) < 9e-16
            assert abs(value / exact - 1) < 9e-16


def test_both_ways_of_the_digits_agree():
    for dps in (15, 50, 200):
        with mpmath.workdps(dps):
            n = mp.mpf(mp.prec)
            below, above = digits.log_xi(n), mp.log(digits._xi_expanded(n))
            assert abs(below / above - 1) < mp.mpf(10) ** (2 - dps)


def test_the_ends():
    assert log_xi(1) == pytest.approx(math.log(2), rel=1e-15)
    assert log_xi(math.inf) == math.inf
    assert math.isnan(log_xi(0.5))
    assert math.isnan(log_xi(math.nan))
    assert np.isnan(of_arrays(np.array([0.5, math.nan]))).all()
    assert of_arrays(np.array([[1.0, 2.0], [1e9, math.inf]])).shape == (2, 2)
    assert of_arrays(np.array([math.inf]))[0] == math.inf


def test_it_is_concave_with_xi_of_0_equal_to_1():
    """By which n xi' <= xi - 1, so that ln xi grows no faster than any power of n above the 0th."""
    xi = [1.0] + [math.exp(from_definition(n)) for n in range(1, 30)]
    slopes = [b - a for a, b in pairwise(xi)]
    assert slopes == sorted(slopes, reverse=True)
    assert all(Fraction(n) * (xi[n + 1] - xi[n]) <= xi[n] - 1 for n in range(1, 29))


def test_symbols_and_latex():
    n = sympy.Symbol("n", positive=True)
    assert sympy.latex(of_any_kind(n)) == r"\ln\xi\left(n\right)"
    assert str(of_any_kind(tex.symbol("n"))) == r"\ln\xi\left(n\right)"
    rewritten = of_any_kind(n).rewrite(sympy.uppergamma).subs(n, 10)
    with mpmath.workdps(50):
        exact = sympy.Float(from_definition(10), 50)
        assert abs(of_any_kind(n).subs(n, 10).evalf(40) - exact) < 1e-38
        assert abs(rewritten.evalf(30) - exact) < 1e-28
