"""Bounds as sympy expressions: exact, equal to the numbers, printable, and safe to relax."""

import pickle
import random

import pytest
import sympy
from sympy import Integer, Rational

import genbounds as gb
from genbounds import symbolic
from genbounds.backends.symbols import Root
from genbounds.backends.symbols.counting import LogCovering
from genbounds.backends.symbols.tails import DoubleSampleInverse
from genbounds.symbolic import symbol
from genbounds.symbolic.expressions import Named
from genbounds.symbolic.inverses import at_point
from genbounds.variables import COUNTING, VARIABLES

NAMES = [
    name for name in gb.catalogue
    if gb.catalogue[name].has_expression and gb.catalogue[name].status != "order"
]  # fmt: skip
FUNCTIONS = {"log_growth", "log_covering"}


def drawn(bound, seed):
    """Typical arguments as floats and integers, counts below what they count."""
    draw, facts = random.Random(seed), {}
    for name in bound.arguments:
        variable = VARIABLES[name]
        if variable.kind not in ("real", "integer"):
            return None
        low, high = variable.typical
        high = (
            min(high, 3e3) if "errors" in bound.arguments else high
        )  # mpmath's beta is slow beyond
        value = low * (high / low) ** draw.random()
        whole = variable.kind == "integer" or (
            name == "n" and COUNTING.intersection(bound.arguments)
        )
        facts[name] = round(value) if whole else float(f"{value:.4g}")
    for name in facts.keys() & {"errors", "errors_first_only", "errors_second_only"}:
        facts[name] = facts[name] % (facts["n"] // 2 + 1) if "n" in facts else facts[name]
    if "population_size" in facts:
        facts["population_size"] += facts["n"]
    return facts


@pytest.mark.parametrize("name", NAMES)
def test_no_float_enters(name):
    assert not symbolic.expression(gb.catalogue[name]).atoms(sympy.Float)


@pytest.mark.parametrize("name", NAMES)
def test_expression_has_the_symbols_it_should(name):
    bound = gb.catalogue[name]
    known = bound.symbols
    assert list(known) == list(bound.arguments)
    free = {s for s in bound.expression.free_symbols if isinstance(s, Named)}
    assert {s.name for s in free} <= {*bound.arguments, "n"}  # a sequence is n long


@pytest.mark.parametrize("name", NAMES)
def test_expression_equals_the_number(name):
    bound, seen = gb.catalogue[name], 0
    for seed in range(6):
        facts = drawn(bound, seed)
        if facts is None or bound.unmet(facts):
            continue
        value = bound(**facts)
        exact = symbolic.expression(bound, **facts).evalf(30)
        assert float(exact) == pytest.approx(value, rel=1e-9, abs=1e-12)
        seen += 1
        if seen == 2 or bound.claim.surely in ("asymptotic", "approximate"):
            break


@pytest.mark.parametrize("name", NAMES)
def test_latex_and_pickle(name):
    bound = gb.catalogue[name]
    source = symbolic.sympy_latex(bound)
    assert source and source.count("{") == source.count("}")
    assert pickle.loads(pickle.dumps(bound.expression)) == bound.expression


def test_symbols_print_as_the_vocabulary_says():
    latex = symbolic.sympy_latex(gb.catalogue["vapnik_chervonenkis"])
    assert r"\hat R" in latex and r"\ln\Pi" in latex and r"\delta" in latex
    assert sympy.latex(sympy.sqrt(symbol("variance")) + symbol("variance") ** 2)


def test_growth_in_the_symbol_of_the_dimension():
    bound, d, n = gb.catalogue["vapnik_chervonenkis"], symbol("vc_dim"), symbol("n")
    polynomial = symbolic.expression(bound, "polynomial", empirical_risk=0, delta=Rational(1, 2))
    expected = 8 * d * sympy.log(2 * n) + 8 * sympy.log(8)
    assert sympy.expand(sympy.expand_log(polynomial**2 * n - expected)) == 0
    for growth in ("sauer", "sauer-exp", "polynomial", "polynomial-plus-one"):
        facts = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05, "vc_dim": 10}
        exact = symbolic.expression(bound, growth, **facts)
        assert float(exact) == pytest.approx(bound(growth=growth, **facts), rel=1e-12)
    with pytest.raises(ValueError, match="growth must be one of"):
        symbolic.expression(bound, "none")


def test_floats_are_read_as_decimals():
    value = symbolic.expression(gb.catalogue["hoeffding"], empirical_risk=0.1, n=8, delta=0.05)
    assert value == Rational(1, 10) + sympy.sqrt(sympy.log(20)) / 4


def test_derivative_equals_a_central_difference():
    bound = gb.catalogue["chernoff"]
    at = {
        symbol("empirical_risk"): Rational(1, 10),
        symbol("n"): 500,
        symbol("delta"): Rational(1, 20),
    }
    step = Rational(1, 10**10)
    for name in bound.arguments:
        x = symbol(name)
        up, down = (bound.expression.subs({**at, x: at[x] + s * step}).evalf(50) for s in (1, -1))
        slope = symbolic.derivative(bound, name).subs(at).evalf(30)
        assert abs(slope - (up - down) / (2 * step)) < abs(slope) * sympy.Float("1e-12")


def test_derivative_refuses_what_has_none():
    bound = gb.catalogue["vapnik_chervonenkis"]
    with pytest.raises(ValueError, match="no derivative"):
        symbolic.derivative(bound, "log_growth")
    with pytest.raises(ValueError, match="does not depend"):
        symbolic.derivative(bound, "vc_dim")
    assert symbolic.derivative(bound, "vc_dim", "polynomial").has(symbol("n"))


def points(expression):
    draw = random.Random(1)
    for _ in range(3):
        at = {}
        for s in sorted(expression.free_symbols, key=str):
            low, high = (
                (20.0, 500)
                if s.name == "n"
                else (1.0, 9.0)
                if s.name == "vc_dim"
                else VARIABLES[s.name].typical
            )
            value = low * (high / low) ** draw.random()
            at[s] = (
                Integer(round(value)) if s.is_integer or s.name == "n" else Rational(f"{value:.4g}")
            )
        yield at


@pytest.mark.parametrize("name", [n for n in NAMES if symbolic.relaxations(gb.catalogue[n])])
def test_relaxations_are_on_the_safe_side(name):
    bound = gb.catalogue[name]
    value = symbolic.expression(bound, "sauer")
    if value.atoms(LogCovering, DoubleSampleInverse, Root, sympy.Indexed):
        return
    for relaxed in symbolic.relaxations(bound):
        for at in points(value):
            if "errors" in bound.arguments and at[symbol("errors")] > at[symbol("n")]:
                continue
            gap = at_point(relaxed.expression - value, at)
            if gap.is_Float:
                assert gap >= -sympy.Float("1e-15") if bound.claim.side != "lower" else gap <= 1e-15


def test_pinsker_stands_above_kl_and_the_exponential_above_sauer():
    names = [r.name for r in symbolic.relaxations(gb.catalogue["chernoff"])]
    assert "Pinsker" in names
    forms = {r.name: r for r in symbolic.relaxations(gb.catalogue["vapnik_chervonenkis"])}
    assert {"(em/d)^d", "m^d + 1", "2^m"} <= forms.keys()
    assert str(forms["(em/d)^d"]).endswith("(where 1 <= d <= m)")


def test_an_algorithm_has_no_expression():
    for name in gb.catalogue:
        if not gb.catalogue[name].has_expression:
            with pytest.raises(ValueError, match="no expression"):
                symbolic.expression(gb.catalogue[name])


def test_attributes_are_found_and_others_refused():
    assert symbolic.rate and symbolic.inverse and symbolic.prove_direction
    with pytest.raises(AttributeError):
        _ = symbolic.nothing
