"""The special functions of the symbolic backend against mpmath, from what defines them."""

import pickle

import pytest
import sympy
from mpmath import mp, mpf
from sympy import Integer, Rational

from genbounds import generic
from genbounds.backends import symbols
from genbounds.backends.symbols import counting, entropy, tails

q, c, m, d, p, x = sympy.symbols("q c m d p x", positive=True)
TENTH, HUNDREDTH = Rational(1, 10), Rational(1, 100)


@pytest.fixture(autouse=True)
def sixty_digits():
    with mp.workdps(60):
        yield


def close(expression, value, digits=40):
    found = mpf(str(sympy.sympify(expression).evalf(digits + 10)))
    return abs(found - value) <= mpf(10) ** -digits * abs(value)


def kl(q, p):
    return q * mp.log(q / p) + (1 - q) * mp.log((1 - q) / (1 - p))


def tail(k, n, p):
    return mp.fsum(mp.binomial(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1))


@pytest.mark.parametrize("where", ["1/10", "1/1000", "999/1000"])
@pytest.mark.parametrize("cost", ["1/100", "1/3", "1/" + "1" + 40 * "0"])
@pytest.mark.parametrize("function", [entropy.KLInverseUpper, entropy.KLInverseLower])
def test_kl_inverses_solve_their_equation(function, where, cost):
    found = function(Rational(where), Rational(cost)).evalf(200)
    with mp.workdps(200):
        r, inverse = mpf(Rational(where).p) / Rational(where).q, mpf(str(found))
        assert abs(kl(r, inverse) * Rational(cost).q / Rational(cost).p - 1) < mpf(10) ** -20
        assert (inverse > r) == (function.side > 0)


def test_exact_values():
    assert entropy.KLInverseUpper(0, c) == 1 - sympy.exp(-c)
    assert entropy.KLInverseUpper(q, 0) == q
    assert entropy.KLInverseUpper(1, c) == 1
    assert entropy.KLInverseLower(1, c) == sympy.exp(-c)
    assert entropy.KLInverseLower(0, c) == 0
    assert entropy.RelativeEntropy(q, q) == 0
    assert entropy.BennettInverse(entropy.BennettFunction(x)) == x
    assert counting.LogSauer(m, 0) == 0
    assert counting.LogSauer(7, 9) == 7 * sympy.log(2)
    assert counting.LogSauer(m, 1) == sympy.log(m + 1)
    assert counting.LogSauer(5, 2).doit() == sympy.log(16)
    assert counting.LogCover(m, 1) == sympy.log(2)
    assert tails.BinomialTailInverse(0, m, c) == 1 - sympy.exp(-c / m)
    assert tails.BinomialTailInverseLower(m, m, c) == sympy.exp(-c / m)
    assert tails.NormalQuantile(Rational(1, 2)) == 0


def test_digits_from_definitions():
    assert close(entropy.RelativeEntropy(TENTH, Rational(1, 5)), kl(mpf(1) / 10, mpf(1) / 5))
    u = mpf(str(entropy.BennettInverse(Integer(3)).evalf(60)))
    assert abs((1 + u) * mp.log(1 + u) - u - 3) < mpf(10) ** -50
    assert close(counting.LogSauer(20, 7), mp.log(sum(mp.binomial(20, i) for i in range(8))))
    assert close(counting.LogCover(20, 7), mp.log(2 * sum(mp.binomial(19, i) for i in range(7))))
    assert close(counting.LogBinomial(60, 7), mp.log(mp.binomial(60, 7)))
    z = mpf(str(tails.NormalQuantile(TENTH).evalf(60)))
    assert abs(mp.erfc(z / mp.sqrt(2)) / 2 - mpf(1) / 10) < mpf(10) ** -50
    b = mpf(str(tails.BetaQuantile(Rational(7, 2), 5, TENTH).evalf(40)))
    assert abs(mp.betainc(3.5, 5, b, 1, regularized=True) - mpf(1) / 10) < mpf(10) ** -35


def test_binomial_limits_solve_their_equation():
    upper = mpf(str(tails.BinomialTailInverse(3, 20, Integer(2)).evalf(60)))
    lower = mpf(str(tails.BinomialTailInverseLower(3, 20, Integer(2)).evalf(60)))
    assert abs(tail(3, 20, upper) - mp.exp(-2)) < mpf(10) ** -50
    assert abs(1 - tail(2, 20, lower) - mp.exp(-2)) < mpf(10) ** -50
    assert close(tails.BinomialLogTail(3, 20, TENTH), mp.log(tail(3, 20, mpf(1) / 10)))


DIFFERENTIABLE = [
    (entropy.KLInverseUpper, (TENTH, HUNDREDTH), (1, 2)),
    (entropy.KLInverseLower, (TENTH, HUNDREDTH), (1, 2)),
    (entropy.RelativeEntropy, (TENTH, Rational(3, 10)), (1, 2)),
    (entropy.BennettFunction, (Integer(2),), (1,)),
    (entropy.BennettInverse, (Integer(2),), (1,)),
    (counting.LogBinomial, (Integer(20), Integer(7)), (1, 2)),
    (tails.BinomialLogTail, (Integer(3), Integer(20), TENTH), (3,)),
    (tails.BinomialTailInverse, (Integer(3), Integer(20), Integer(2)), (3,)),
    (tails.BinomialTailInverseLower, (Integer(3), Integer(20), Integer(2)), (3,)),
    (tails.NormalQuantile, (TENTH,), (1,)),
    (tails.BetaQuantile, (Rational(7, 2), Integer(5), TENTH), (3,)),
    (tails.BetaQuantileLower, (Rational(7, 2), Integer(5), TENTH), (3,)),
]
CASES = [(f, at, i) for f, at, indices in DIFFERENTIABLE for i in indices]


@pytest.mark.parametrize(("function", "at", "index"), CASES, ids=str)
def test_derivatives_equal_central_differences(function, at, index):
    step = Rational(1, 10**10)

    def moved(by):
        return function(*(v + by if i == index - 1 else v for i, v in enumerate(at))).evalf(32)

    difference = (moved(step) - moved(-step)) / (2 * step)
    derivative = function(*at).fdiff(index).evalf(25)
    assert abs(derivative - difference) < abs(derivative) * sympy.Float("1e-15")


def test_no_derivative_in_a_count():
    with pytest.raises(sympy.core.function.ArgumentIndexError):
        tails.BinomialTailInverse(3, 20, c).fdiff(1)


@pytest.mark.parametrize("function", [entropy.KLInverseUpper, entropy.KLInverseLower])
def test_series_of_the_kl_inverses(function):
    series = sympy.series(function(TENTH, c), c, 0, 4).removeO()
    small = Rational(1, 10**6)
    assert abs((series - function(TENTH, c)).subs(c, small).evalf(50)) < sympy.Float("1e-22")


def test_series_starts_as_printed():
    lead = q + sympy.sqrt(2) * sympy.sqrt(q) * sympy.sqrt(1 - q) * sympy.sqrt(c)
    series = sympy.series(entropy.KLInverseUpper(q, c), c, 0, 1).removeO()
    assert sympy.expand(series - lead) == 0


def test_series_of_bennett_inverse():
    series = sympy.series(entropy.BennettInverse(c), c, 0, 4).removeO()
    assert series.coeff(c, 1) == Rational(1, 3)
    small = Rational(1, 10**6)
    assert abs((series - entropy.BennettInverse(c)).subs(c, small).evalf(50)) < sympy.Float("1e-23")


REWRITTEN = [
    (entropy.KLInverseLower(TENTH, HUNDREDTH), "KLInverseUpper"),
    (entropy.KLInverseUpper(TENTH, HUNDREDTH), "KLInverseLower"),
    (entropy.RelativeEntropy(TENTH, HUNDREDTH), sympy.log),
    (entropy.BennettFunction(Integer(2)), sympy.log),
    (entropy.BennettInverse(Integer(2)), "LambertW"),
    (counting.LogCover(Integer(20), Integer(7)), "LogSauer"),
    (counting.LogBinomial(Integer(20), Integer(7)), "loggamma"),
    (tails.NormalQuantile(TENTH), "erfinv"),
]


@pytest.mark.parametrize(("expression", "form"), REWRITTEN, ids=str)
def test_rewriting_keeps_the_value(expression, form):
    other = expression.rewrite(form)
    assert not other.has(type(expression)) or form.startswith("KL")
    assert abs(float(other) - float(expression)) < 1e-13 * abs(float(expression))


def test_sauer_sum_is_the_sum_and_below_its_other_forms():
    sauer = counting.LogSauer(Integer(20), Integer(3))
    total = sympy.Sum(sympy.binomial(20, x), (x, 0, 3)).doit()
    assert abs(sauer.evalf(30) - sympy.log(total).evalf(30)) < sympy.Float("1e-28")
    assert sauer.rewrite(sympy.Sum).doit().evalf(30) == sympy.log(total).evalf(30)
    for form in ("SauerExp", "PolynomialPlusOne"):
        assert sauer.rewrite(form) > sauer


def test_root_is_implicit_and_differentiates():
    root = symbols.root(lambda risk: risk - q - c * sympy.sqrt(risk), q, 1, "R")
    at = {q: TENTH, c: TENTH}
    exact = (mpf(1) / 20 + mp.sqrt(mpf(1) / 400 + mpf(1) / 10)) ** 2
    assert close(root.subs(at), exact)
    assert root.free_symbols == {q, c}
    step = Rational(1, 10**12)
    moved = [root.subs({q: TENTH, c: TENTH + s * step}).evalf(50) for s in (1, -1)]
    slope = root.diff(c).subs(at).evalf(40)
    assert abs(slope - (moved[0] - moved[1]) / (2 * step)) < sympy.Float("1e-18")
    assert r"\min" in sympy.latex(root)


EXPRESSIONS = [f(*sympy.symbols("a b u v", positive=True)[: max(f.nargs)]) for f in (
    entropy.KLInverseUpper, entropy.KLInverseLower, entropy.RelativeEntropy, entropy.BennettInverse,
    entropy.BennettFunction, counting.LogSauer, counting.LogCover, counting.LogBinomial,
    counting.LogGrowth, counting.LogCovering, tails.BinomialLogTail, tails.BinomialTailInverse,
    tails.BinomialTailInverseLower, tails.HypergeometricTailInverse, tails.BetaQuantile,
    tails.HypergeometricTailInverseLower, tails.DoubleSampleInverse, tails.NormalQuantile,
    tails.BetaQuantileLower,
)]  # fmt: skip


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
def test_expressions_travel_and_print(expression):
    assert pickle.loads(pickle.dumps(expression)) == expression
    assert str(expression).startswith(type(expression).__name__)
    source = sympy.latex(expression**2 + 1)
    assert source.count("{") == source.count("}") and "\\" in source
    assert expression.is_extended_real and expression.evalf() == expression


def test_generic_names_reach_this_backend():
    assert generic.kl_inverse_upper(q, c) == entropy.KLInverseUpper(q, c)
    assert generic.log_ratio(1, q) == sympy.log(1 / q)
    assert generic.log2(x) == sympy.log(x) / sympy.log(2)
    assert generic.power(x, 2, 3) == x ** Rational(2, 3)
    assert generic.expm1(x) == sympy.exp(x) - 1 and generic.log1p(x) == sympy.log(1 + x)
    assert generic.lambert_w_minus1(x) == sympy.LambertW(x, -1)
    assert generic.PI * x == sympy.pi * x and generic.LN2 * x == sympy.log(2) * x
    assert generic.bennett_deviation(x, c) == x * entropy.BennettInverse(c / x)
    assert symbols.bennett_deviation(0, c) == 0
    assert generic.where(x > 2, lambda: x, lambda: c) == sympy.Piecewise((x, x > 2), (c, True))
    assert generic.where(x > 0, lambda: x, lambda: 1 / 0) == x
    sequence = sympy.IndexedBase("c", shape=(m,))
    assert generic.total(lambda y: y**2, sequence).limits[0][2] == m


def test_every_name_of_generic_is_here():
    """A formula never meets a name that this backend lacks."""
    names = [
        name for name, value in vars(generic).items()
        if getattr(value, "__closure__", None) and name.islower() and not name.startswith("_")
    ]  # fmt: skip
    missing = [name for name in names if not hasattr(symbols, name)]
    assert len(names) > 25 and not missing


def test_an_algorithm_over_data_says_so():
    with pytest.raises(TypeError, match="no symbolic form"):
        symbols.betting_upper(x, c, p)
