"""The symbolic form is exact: no Float in it, and its value at exact arguments is the bound's."""

import re

import pytest
import sympy

import genbounds as gb
from genbounds.symbolic.expressions import exact, expression
from tests.catalogue.draws import BOUNDS, is_number, typical

# Algorithms over the data, by design without an expression.
WITHOUT_EXPRESSION = {"betting", "betting_lower", "betting_every_n", "betting_every_n_lower"}
WITH_EXPRESSION = [bound for bound in BOUNDS if bound.has_expression]


def test_only_algorithms_have_no_expression():
    assert {bound.name for bound in BOUNDS if not bound.has_expression} == WITHOUT_EXPRESSION


@pytest.mark.parametrize("name", sorted(WITHOUT_EXPRESSION))
def test_an_algorithm_says_that_it_has_no_expression(name):
    with pytest.raises(
        ValueError, match=f"{name} is an algorithm over its data: it has no expression"
    ):
        gb.catalogue[name].expression  # noqa: B018


@pytest.mark.parametrize("bound", WITH_EXPRESSION, ids=lambda b: b.name)
def test_no_float_enters(bound):
    assert not bound.expression.atoms(sympy.Float)


@pytest.mark.parametrize("bound", WITH_EXPRESSION, ids=lambda b: b.name)
def test_every_symbol_is_an_argument_and_every_argument_is_there(bound):
    """Or it stands in a relation that the theorem needs."""
    found = bound.expression
    names = {str(s).removesuffix("[i]") for s in found.free_symbols}
    assert names <= {*bound.arguments, "n"}
    for name in bound.arguments:
        in_needs = any(re.search(rf"\b{name}\b", need) for need in bound.needs)
        assert found.has(bound.symbols[name]) or in_needs, name


SCALAR = [
    bound
    for bound in WITH_EXPRESSION
    if bound.status != "order" and all(map(is_number, bound.arguments))
]


@pytest.mark.parametrize("bound", SCALAR, ids=lambda b: b.name)
def test_its_value_is_the_bounds(bound):
    facts = typical(bound)
    found = expression(bound, **facts)
    assert not found.free_symbols
    assert float(found.evalf(30)) == pytest.approx(bound(**facts), rel=1e-12)
    assert not found.atoms(sympy.Float)


COUNTING = [b for b in WITH_EXPRESSION if "log_growth" in b.arguments and b.status != "order"]


@pytest.mark.parametrize("growth", ["sauer", "sauer-exp", "polynomial", "polynomial-plus-one"])
@pytest.mark.parametrize("bound", COUNTING, ids=lambda b: b.name)
def test_with_a_growth_function_too(bound, growth):
    facts = {k: v for k, v in typical(bound).items() if k != "log_growth"}
    found = expression(bound, growth, **facts, vc_dim=10)
    assert not found.atoms(sympy.Float)
    assert float(found.evalf(30)) == pytest.approx(
        bound(**facts, vc_dim=10, growth=growth), rel=1e-12
    )


def test_a_float_is_its_shortest_decimal():
    assert exact(0.05) == sympy.Rational(1, 20)
