"""Rates against the bounds themselves at sample sizes from 1e20 to 1e60, in mpmath."""

import pytest
import sympy
from mpmath import mp
from sympy import Integer, Rational

import genbounds as gb
from genbounds.backends.symbols.tails import NormalQuantile
from genbounds.symbolic import deviation, symbol
from genbounds.symbolic.asymptotics import Expander, rate, ratio_limit
from genbounds.symbolic.scales import Expansion, NoExpansion, term
from genbounds.variables import VARIABLES

NAMES = [
    name for name in gb.catalogue
    if gb.catalogue[name].has_expression and gb.catalogue[name].status != "order"
]  # fmt: skip
AT = {
    "vc_dim": 3,
    "empirical_risk": Rational(1, 5),
    "margin_risk": Rational(1, 5),
    "delta": sympy.Float("0.05", 300),  # of exact logs sympy would take roots of a huge order
    **dict.fromkeys(  # beside ln n they soon vanish
        (
            "kl",
            "renyi",
            "log_density_ratio",
            "squared_distance",
            "squared_distance_drawn",
            "squared_noise",
            "prior_variance",
            "n_priors",
        ),
        Integer(1),
    ),
}
SKIPPED = {
    "errors", "errors_first_only", "errors_second_only", "population_size", "n_ghost",
    "log_covering",
}  # fmt: skip


def numbers(expression, variable):
    """Values of the symbols apart from the variable."""
    found = {}
    for s in expression.free_symbols - {symbol(variable)}:
        low, high = VARIABLES[s.name].typical if s.name in VARIABLES else (1, 2)
        middle = (low * high) ** 0.5
        value = AT.get(s.name, round(middle) if s.is_integer else Rational(f"{middle:.3g}"))
        found[s] = sympy.sympify(value)
    return found


def settled(name, variable):
    bound = gb.catalogue[name]
    try:
        return bound, rate(bound, variable)
    except (NoExpansion, ValueError):
        return bound, None


def ratios(bound, found, variable, sizes):
    value = deviation(bound, "sauer")
    at = numbers(value, variable)
    centre = at.get(symbol(bound.empirical), 0) if bound.empirical and not bound.additive else 0
    for size in sizes:
        here = at | {symbol(variable): size}
        exact, leading = value.xreplace(here).evalf(90), found.xreplace(here).evalf(30)
        yield min(abs(exact / leading - 1), abs((exact - centre) / leading - 1))


def converging(errors):
    """Logs of logs converge slowly; a wrong constant does not converge at all."""
    return errors[1] < 0.35 and errors[1] <= errors[0] + sympy.Float("1e-12")


@pytest.mark.parametrize("name", [n for n in NAMES if "n" in gb.catalogue[n].arguments])
def test_rate_in_n(name):
    bound, found = settled(name, "n")
    if found is None or SKIPPED.intersection(bound.arguments):
        return
    errors = list(ratios(bound, found, "n", [Integer(10) ** 20, Integer(10) ** 60]))
    assert converging(errors)


@pytest.mark.parametrize("name", [n for n in NAMES if "delta" in gb.catalogue[n].arguments])
def test_rate_in_delta(name):
    bound, found = settled(name, "delta")
    if found is None or SKIPPED.intersection(bound.arguments) or not found.has(symbol("delta")):
        return
    sizes = [sympy.Float(mp.ldexp(1, -(2**k))) for k in (10, 34)]
    assert converging(list(ratios(bound, found, "delta", sizes)))


def test_rates_as_textbooks_state_them():
    n, d, delta, r = (symbol(s) for s in ("n", "vc_dim", "delta", "empirical_risk"))
    vc, confidence = gb.catalogue["vapnik_chervonenkis"], sympy.log(1 / delta)
    assert rate(gb.catalogue["hoeffding"]) == sympy.sqrt(confidence / (2 * n))
    assert sympy.simplify(rate(vc) ** 2 - 8 * d * sympy.log(n) / n) == 0
    assert rate(gb.catalogue["chernoff"], empirical_risk=0) == confidence / n
    assert (
        sympy.simplify(rate(gb.catalogue["chernoff"]) ** 2 - 2 * r * (1 - r) * confidence / n) == 0
    )
    assert rate(vc, "delta") == sympy.sqrt(8) * sympy.sqrt(confidence) / sympy.sqrt(n)
    for growth in ("sauer", "sauer-exp", "polynomial", "polynomial-plus-one"):
        assert rate(vc, growth=growth) == rate(vc)
    assert rate(vc, "vc_dim", growth="polynomial") ** 2 == 8 * d * sympy.log(2 * n) / n


def test_limits_of_ratios():
    hoeffding, chernoff, vc = (
        gb.catalogue[name] for name in ("hoeffding", "chernoff", "vapnik_chervonenkis")
    )
    r = symbol("empirical_risk")
    assert sympy.simplify(ratio_limit(chernoff, hoeffding) ** 2 - 4 * r * (1 - r)) == 0
    assert ratio_limit(chernoff, hoeffding, empirical_risk=Rational(1, 2)) == 1
    assert ratio_limit(vc, hoeffding) == sympy.oo
    assert ratio_limit(hoeffding, vc) == 0
    assert ratio_limit(vc, vc) == 1


def test_refusals_say_why():
    with pytest.raises(NoExpansion, match="smaller than every power"):
        rate(gb.catalogue["chernoff_tail"])
    with pytest.raises(ValueError, match="does not depend"):
        rate(gb.catalogue["hoeffding"], "epsilon")
    with pytest.raises(NoExpansion, match="errors proportional"):
        rate(gb.catalogue["clopper_pearson"])


def test_binomial_limit_with_a_fixed_share_of_errors():
    bound, n = gb.catalogue["clopper_pearson"], symbol("n")
    found = rate(bound, errors=n / 4)
    assert found == sympy.sqrt(3) * NormalQuantile(symbol("delta")) / (4 * sympy.sqrt(n))
    at = {symbol("delta"): Rational(1, 20), n: Integer(10) ** 6}
    quantile = sympy.Float("1.6448536269514722")
    assert abs(found.subs(at).evalf() - sympy.sqrt(3) * quantile / 4000) < 1e-15
    limit = bound(errors=250_000, n=10**6, delta=0.05) - 0.25
    assert abs(found.subs(at).evalf() / limit - 1) < 1e-2


x, a = sympy.Symbol("x", positive=True), sympy.Symbol("a", positive=True)
EXPANDED = [
    sympy.sqrt(x**2 + a * x) - x,
    sympy.log(x + sympy.log(x)),
    sympy.exp(sympy.log(x) / 2 + 1 / x),
    (sympy.log(3 * x) ** 2 + 1) / (x - 1),
    sympy.log(1 + a / sympy.sqrt(x)),
    1 - sympy.exp(-(a + sympy.log(x)) / x),
    x ** (1 + 1 / x) - x,
    sympy.Max(1 / x, sympy.log(x) / x),
    sympy.Piecewise((x, x < 5), (1 / x, True)),
    sympy.log(sympy.log(x**2)),
]


@pytest.mark.parametrize("expression", EXPANDED, ids=str)
def test_expansions_against_numbers(expression):
    key, value = Expander(x).expand(expression).lead
    for size, allowed in (("1e60", 0.2), ("1e3000", 0.1)):
        at = {x: sympy.Float(size, 7000), a: sympy.Float(2, 7000)}
        exact = expression.xreplace(at).evalf(50)
        assert abs(exact / (value * term(key, x)).xreplace(at).evalf(50) - 1) < allowed


def test_cancellation_is_refused_not_guessed():
    expansion = Expander(x).expand(sympy.log(1 + 1 / x))
    nothing = expansion + expansion.scaled((0, 0, 0), Integer(-1))
    with pytest.raises(NoExpansion, match="cancels"):
        _ = nothing.lead
    assert Expansion.constant(sympy.S.One).lead[1] == 1
