"""Proved directions hold on random pairs from whole domains; what is not settled is not claimed."""

import math
import random

import pytest
import sympy

import genbounds as gb
from genbounds.symbolic.intervals import Interval
from genbounds.symbolic.monotonicity import Context, prove_direction, sign_of_derivative
from genbounds.variables import COUNTING, VARIABLES

PROVED = [
    (name, argument)
    for name in gb.catalogue
    for argument in gb.catalogue[name].arguments
    if gb.catalogue[name].has_expression
    and gb.catalogue[name].status != "order"
    and VARIABLES[argument].kind in ("real", "integer")
    and prove_direction(gb.catalogue[name], argument)
]


def anywhere(name, draw, whole):
    """A value from the whole domain, near its ends as likely as in the middle."""
    v = VARIABLES[name]
    if v.high < math.inf and v.kind == "real":
        share = draw.choice(
            [draw.random(), 10 ** draw.uniform(-12, 0), 1 - 10 ** draw.uniform(-12, 0)]
        )
        value = v.low + share * (v.high - v.low)
        return min(max(value, v.low + 1e-13 * v.open_low), v.high - 1e-13 * v.open_high)
    top = min(v.high, 1e6)
    value = max(v.low, 1e-6) * (top / max(v.low, 1e-6)) ** draw.random()
    return max(round(value), int(v.low)) if whole or v.kind == "integer" else max(value, v.low)


def point(bound, draw):
    counted = bool(COUNTING.intersection(bound.arguments))
    facts = {
        a: anywhere(a, draw, counted and a == "n") for a in bound.arguments if a != "log_growth"
    }
    if "log_growth" in bound.arguments:
        facts["vc_dim"] = draw.randrange(0, 200)
    if "n_ghost" in facts:
        facts["n_ghost"] = draw.randrange(1, 60)
    return facts


def value_at(bound, facts):
    try:
        value = bound(**facts)
    except ValueError:  # more errors than points, say
        return None
    return None if math.isinf(value) else value


@pytest.mark.parametrize(("name", "argument"), PROVED)
def test_proved_directions_hold(name, argument):
    bound = gb.catalogue[name]
    if any(
        VARIABLES[a].kind in ("sequence", "data") or a == "log_covering" for a in bound.arguments
    ):
        return
    draw = random.Random(f"{name} {argument}")
    sign = 1 if bound.direction_of(argument) == "+" else -1
    for _ in range(25):
        facts = point(bound, draw)
        other = facts | {argument: point(bound, draw)[argument]}
        low, high = sorted((facts, other), key=lambda f: f[argument])
        first, second = value_at(bound, low), value_at(bound, high)
        if first is not None and second is not None:
            slack = 1e-9 * max(abs(first), abs(second)) + 1e-13
            assert sign * (second - first) >= -slack, (low, high, first, second)


def test_most_declared_directions_are_proved():
    declared = [
        (name, argument)
        for name in gb.catalogue
        for argument in gb.catalogue[name].arguments
        if gb.catalogue[name].has_expression and gb.catalogue[name].direction_of(argument)
        and gb.catalogue[name].status != "order"
    ]  # fmt: skip
    assert len(PROVED) > 0.6 * len(declared)


@pytest.mark.parametrize("name", list(gb.catalogue))
def test_no_declared_direction_is_contradicted(name):
    bound = gb.catalogue[name]
    if bound.has_expression and bound.status != "order":
        verdicts = {argument: prove_direction(bound, argument) for argument in bound.arguments}
        assert {a: str(p) for a, p in verdicts.items() if p.verdict == "contradicted"} == {}


def test_verdicts():
    vc = gb.catalogue["vapnik_chervonenkis"]
    assert prove_direction(vc, "n").verdict == "proved"
    assert prove_direction(vc, "log_growth").verdict == "proved"
    assert prove_direction(gb.catalogue["devroye"], "n").verdict == "not monotone"
    assert sign_of_derivative(vc, "vc_dim", "sauer") == "+"
    assert sign_of_derivative(gb.catalogue["hoeffding"], "n") == "-"
    # m^d is below the growth function and log(2n)/n rises up to n = e/2: not to be proved
    assert sign_of_derivative(vc, "n", "polynomial") == "?"


x, a = sympy.Symbol("x", positive=True), sympy.Symbol("a", positive=True)
WHERE = {x: Interval(1.0, math.inf), a: Interval(0.0, math.inf)}
KNOWN = [
    (x / (x + 1), "+"), (x / (x - 1), "-"), (sympy.log(x) / x, "?"), (sympy.log(8 * x) / x, "-"),
    (x - sympy.sqrt(x), "?"), (x * (x - 2), "?"), ((x - 5) ** 2, "?"), ((x - 5) ** 3, "+"),
    (sympy.exp(-a * x), "-"), (1 - sympy.exp(-a * x), "+"), (a**x, "?"), (2**x, "+"),
    (sympy.Max(0, a - x), "-"), (sympy.Min(x, 3 * x), "+"), (sympy.cos(x), "?"), (a**2 + a, "0"),
    (sympy.Piecewise((x, a > 1), (2 * x, True)), "+"),
    (sympy.Piecewise((x, x > 2), (3, True)), "?"),
    (sympy.sqrt(x + 1) / x, "-"), ((1 + sympy.log(x)) / sympy.sqrt(x), "?"), (x ** sympy.pi, "+"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "direction"), KNOWN, ids=str)
def test_rules_of_composition(expression, direction):
    assert Context(WHERE, x).study(expression).direction == direction


def test_a_function_moves_point_by_point():
    """Scaling the growth function leaves this ratio where it is; raising one value does not."""
    growth = gb.catalogue["vapnik_chervonenkis"].symbols["log_growth"]
    ratio = growth(2 * x) / (1 + growth(x))
    assert Context(WHERE, growth).study(ratio).direction == "?"
    assert Context(WHERE, growth).study(growth(2 * x) + growth(x)).direction == "+"
    sequence = sympy.IndexedBase("c", shape=(a,))
    index = sympy.Symbol("i", integer=True, positive=True)
    total = sympy.Sum(sequence[index] ** 2, (index, 1, a))
    assert Context(WHERE, sequence).study(total).direction == "+"
