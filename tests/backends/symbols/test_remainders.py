"""The remainders of e^x and -ln(1 - x) as sympy functions: slopes, series, limits and rates."""

import pickle

import pytest
import sympy
from sympy import Rational

import genbounds as gb
from genbounds import generic
from genbounds.backends.symbols.remainders import ExpRemainder, LogRemainder
from genbounds.symbolic.asymptotics import Expander, rate
from genbounds.symbolic.scales import NoExpansion

FUNCTIONS = [ExpRemainder, LogRemainder]
c, x = sympy.symbols("c x", positive=True)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_values(function):
    assert function(0) == sympy.S.Half
    assert function(-sympy.oo) == 0
    small = Rational(1, 10**30)
    assert abs(function(small).evalf(50) - sympy.S.Half - small * function.coefficient(1)) < 1e-48
    written = function(Rational(-3, 7)).rewrite("exp").rewrite("log")
    assert abs(written.evalf(40) - function(Rational(-3, 7)).evalf(40)) < 1e-38
    assert ExpRemainder(sympy.oo) == LogRemainder(1) == sympy.oo
    assert function(c).is_positive


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("at", [Rational(-5), Rational(1, 10**6), Rational(3, 4)])
def test_slopes_equal_central_differences(function, at):
    step = Rational(1, 10**12)
    difference = (function(at + step) - function(at - step)).evalf(40) / (2 * step)
    assert abs(function(c).diff(c).subs(c, at).evalf(30) - difference) < 1e-20
    with pytest.raises(sympy.core.function.ArgumentIndexError):
        function(c).fdiff(2)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_series_and_limits(function):
    series = sympy.series(function(c), c, 0, 4).removeO()
    assert [series.coeff(c, k) for k in range(4)] == [function.coefficient(k) for k in range(4)]
    assert sympy.limit(function(c), c, 0) == sympy.S.Half
    assert sympy.limit(function(-c), c, sympy.oo) == 0
    assert sympy.limit(ExpRemainder(c), c, sympy.oo) == sympy.oo


@pytest.mark.parametrize("function", FUNCTIONS)
def test_expansions_at_infinity(function):
    near = Expander(x).expand(function(c / x)).expression(x)
    assert sympy.expand(near).coeff(x, -2) == c**2 * function.coefficient(2)
    at_half = Expander(x).expand(function(Rational(1, 2) + 1 / x)).lead[1]
    assert float(at_half) == pytest.approx(float(function(Rational(1, 2))), rel=1e-14)
    with pytest.raises(NoExpansion, match="at a point only"):
        Expander(x).expand(function(x))


def test_it_prints_as_it_is_defined_and_travels():
    assert sympy.latex(generic.exp_remainder(x)) == r"\frac{e^{x} - 1 - x}{x^{2}}"
    written = r"\frac{-\ln\left(1 - c x\right) - c x}{\left(c x\right)^{2}}"
    assert sympy.latex(generic.log_remainder(c * x)) == written
    assert sympy.latex(ExpRemainder(x) ** 2).startswith(r"\left(\frac")
    for function in FUNCTIONS:
        assert pickle.loads(pickle.dumps(function(x))) == function(x)


def test_rates_of_the_bounds_written_with_them():
    found = rate(gb.catalogue["pac_bayes_bennett"], "delta")
    gamma, n, delta = sympy.symbols("bernstein_gamma n delta")
    assert str(found) == str(sympy.log(1 / delta) / (gamma * n))
    with pytest.raises(NoExpansion, match="at a point only"):
        rate(gb.catalogue["unexpected_bernstein"], "upper_loss")
