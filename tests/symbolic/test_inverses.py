"""Closed-form inverses against numeric root finding in mpmath, which shares nothing with them."""

import math
import random

import pytest
import sympy
from mpmath import mp, mpf
from sympy import Rational

import genbounds as gb
from genbounds.symbolic import symbol
from genbounds.symbolic.inverses import (
    TARGET,
    NoInverse,
    at_point,
    closed_inverse,
    inverse,
    target_of,
)
from genbounds.variables import VARIABLES


def numeric(expression, **at):
    return mpf(str(expression.subs({symbol(k): v for k, v in at.items()}).evalf(30)))


def vc_size(d, eps, delta, log_growth):
    """The last n at which the Vapnik-Chervonenkis deviation equals eps, by bisection."""
    low, high = mpf(d), mpf(10) ** 15
    with mp.workdps(40):
        for _ in range(200):
            n = mp.sqrt(low * high)
            too_wide = 8 * (log_growth(2 * n, d) + mp.log(4 / delta)) / n > eps**2
            low, high = (n, high) if too_wide else (low, n)
        return high


GROWTHS = {
    "polynomial": lambda m, d: d * mp.log(m),
    "sauer-exp": lambda m, d: d * (1 + mp.log(m / d)),
}


@pytest.mark.parametrize("growth", GROWTHS)
@pytest.mark.parametrize(
    ("d", "eps", "delta"), [(10, "1/20", "1/20"), (1, "3/10", "1/1000000"), (300, "1/100", "1/5")]
)
def test_the_vc_sample_size_is_on_the_branch_minus_one(growth, d, eps, delta):
    found = inverse(gb.catalogue["vapnik_chervonenkis"], "n", growth=growth)
    assert any(w.args[1:] == (-1,) for w in found.atoms(sympy.LambertW))
    e, p = Rational(eps), Rational(delta)
    expected = vc_size(d, mpf(e.p) / e.q, mpf(p.p) / p.q, GROWTHS[growth])
    assert abs(numeric(found, vc_dim=d, epsilon=e, delta=p) / expected - 1) < 1e-14


def test_the_known_number():
    found = inverse(gb.catalogue["vapnik_chervonenkis"], "n", growth="polynomial")
    at = {"vc_dim": 10, "epsilon": Rational(1, 20), "delta": Rational(1, 20)}
    assert numeric(found, **at) == pytest.approx(452956.8647230992, rel=1e-15)
    assert math.ceil(numeric(found, **at)) == 452957


def test_closed_forms_as_textbooks_state_them():
    n, delta, eps = (symbol(s) for s in ("n", "delta", "epsilon"))
    confidence = sympy.log(1 / delta)
    assert inverse(gb.catalogue["hoeffding"], "n") == confidence / (2 * eps**2)
    assert inverse(gb.catalogue["hoeffding"], "delta") == sympy.exp(-2 * n * eps**2)
    assert inverse(gb.catalogue["hoeffding"], "epsilon") == sympy.sqrt(confidence / (2 * n))
    assert inverse(gb.catalogue["chernoff"], "n", empirical_risk=0) == -confidence / sympy.log(
        1 - TARGET
    )
    assert target_of(gb.catalogue["chernoff"]) == TARGET
    vc = inverse(gb.catalogue["vapnik_chervonenkis"], "vc_dim", growth="polynomial")
    assert sympy.simplify(vc - (eps**2 * n / 8 - sympy.log(4 / delta)) / sympy.log(2 * n)) == 0


def _pairs():
    for name in gb.catalogue:
        bound = gb.catalogue[name]
        if not bound.has_expression or bound.status == "order":
            continue
        for variable in ("n", "delta", "epsilon", "vc_dim", "log_cardinality"):
            inside = variable in bound.arguments or (
                variable == "vc_dim" and "log_growth" in bound.arguments
            )
            if inside and symbol(variable) != target_of(bound):
                yield name, variable


@pytest.mark.parametrize(("name", "variable"), list(_pairs()))
def test_inverses_of_the_numbers_of_the_library(name, variable):
    """What the floating-point bound gives at x leads back to x."""
    bound = gb.catalogue[name]
    growth = {"growth": "polynomial"} if "log_growth" in bound.arguments else {}
    try:
        found = inverse(bound, variable, **growth)
    except NoInverse as reason:
        assert str(reason)
        return
    draw = random.Random(7)
    for _ in range(3):
        facts = {
            a: _drawn(a, draw) for a in bound.arguments if VARIABLES[a].kind in ("real", "integer")
        }
        facts |= {"vc_dim": 5} if growth else {}
        if "population_size" in facts:
            facts["population_size"] += facts["n"]
        if len(facts) < len(bound.arguments) or "errors" in facts or bound.unmet(facts):
            return
        taken = bound.gap if bound.additive else bound
        passed = {
            k: v for k, v in facts.items() if k in taken.arguments or (growth and k == "vc_dim")
        }
        value = taken(**passed, **growth)
        if not 1e-12 < value < math.inf or 1 - 1e-6 < value <= 1:
            continue  # next to 1 a float does not know how far an inverse of kl was from it
        at = {symbol(k): sympy.sympify(v) for k, v in facts.items() if k != variable}
        back = at_point(found, at | {target_of(bound): sympy.Float(value)})
        assert float(back) == pytest.approx(facts[variable], rel=1e-5)


def _drawn(name, draw):
    low, high = {"n": (300, 1e5), "vc_dim": (2, 20)}.get(name, VARIABLES[name].typical)
    value = low * (high / low) ** draw.random()
    return (
        round(value) if VARIABLES[name].kind == "integer" or name == "n" else float(f"{value:.4g}")
    )


def test_refusals_say_what_stands_in_the_way():
    with pytest.raises(NoInverse, match="name the growth function"):
        inverse(gb.catalogue["vapnik_chervonenkis"], "n")
    with pytest.raises(NoInverse, match="degree 3"):
        inverse(gb.catalogue["maurer_pontil"], "n")
    with pytest.raises(NoInverse, match="does not depend"):
        inverse(gb.catalogue["hoeffding"], "vc_dim")
    with pytest.raises(NoInverse, match="LogSauer"):
        inverse(gb.catalogue["vapnik_chervonenkis"], "n", growth="sauer")


SIZES = [
    ("hoeffding", {}),
    ("bernstein", {"variance": 0.1}),
    ("vapnik_chervonenkis", {"vc_dim": 10, "growth": "polynomial"}),
    ("vapnik_chervonenkis", {"vc_dim": 10, "growth": "sauer-exp"}),
    ("bousquet_boucheron_lugosi", {"vc_dim": 3, "growth": "sauer-exp"}),
    ("finite_hoeffding", {"log_cardinality": 7}),
]


@pytest.mark.parametrize(("name", "given"), SIZES)
def test_sample_sizes_round_up_to_those_of_solve(name, given):
    bound = gb.catalogue[name]
    found = inverse(bound, "n", growth=given.get("growth"))
    at = {"epsilon": Rational(1, 20), "delta": Rational(1, 100)} | {
        k: Rational(str(v)) for k, v in given.items() if k != "growth"
    }
    solved = gb.solve(bound, "n", epsilon=0.05, delta=0.01, **given)
    assert math.ceil(numeric(found, **at)) == solved


def test_closed_inverse_in_the_terms_of_solve():
    hoeffding, chernoff = gb.catalogue["hoeffding"], gb.catalogue["chernoff"]
    vc = gb.catalogue["vapnik_chervonenkis"]
    epsilon, risk = symbol("epsilon"), symbol("empirical_risk")
    assert closed_inverse(hoeffding, "n", "epsilon") == inverse(hoeffding, "n")
    assert closed_inverse(hoeffding, "n", "target") == inverse(hoeffding, "n").subs(
        epsilon, TARGET - risk
    )
    assert closed_inverse(chernoff, "n", "target") == inverse(chernoff, "n")
    assert closed_inverse(chernoff, "n", "epsilon") is None
    assert closed_inverse(vc, "n", "epsilon") is None
    assert closed_inverse(vc, "n", "epsilon", "polynomial") == inverse(vc, "n", growth="polynomial")
    halves = closed_inverse(hoeffding.two_sided, "n", "epsilon")
    assert halves == sympy.log(2 / symbol("delta")) / (2 * epsilon**2)
    assert gb.solve(hoeffding, "n", epsilon=0.1, delta=0.1).closed_form == inverse(hoeffding, "n")
