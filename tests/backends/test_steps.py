"""Recorded numbers: the formula's value, and a memory that other backends can write."""

import math

import pytest

from genbounds.backends import floats, plain, steps, tex
from genbounds.generic import (
    E,
    ceil,
    exp,
    fixed_point,
    least,
    let,
    log,
    log_ratio,
    maximum,
    norm,
    product,
    root,
    sqrt,
    sum_to,
    total,
    where,
)

N = steps.given("n", "n", 100)
X = steps.given("x", "x", 0.25)
VALUES = steps.given("v", "v", (1.0, 2.0, 4.0))


def written(x, target):
    """The whole expression, inputs by their names."""
    name = {plain: 1, tex: 0}[target]
    make = target.symbol

    def leaf(y):
        return make(y.operands[name]) if y.operation == "input" else None

    return str(steps.rendered(x, target, leaf))


FORMULAS = [
    (sqrt(X) + N * X, 0.5 + 25.0, "sqrt(x) + n * x"),
    (log_ratio(2, X) / N, math.log(8) / 100, "ln(2 / x) / n"),
    (2 / X - N, 8 - 100, "2 / x - n"),
    (-(X**2), -0.0625, "-x^2"),
    (2**-X, 2**-0.25, "2^(-x)"),
    (maximum(X, 1) + ceil(X), 2, "max(x, 1) + ceil(x)"),
    (E * X, math.e / 4, "e * x"),
    (exp(log(X)), 0.25, "exp(ln(x))"),
    (total(lambda v: v * X, VALUES), 1.75, "sum(x * x for x in v)"),
    (product(lambda v: v + N, VALUES), 101 * 102 * 104, "product(x + n for x in v)"),
    (norm(VALUES, 2), math.sqrt(21), "norm(v, 2)"),
    (sum_to(lambda k: X**k, 0 * X + 3, "k"), 0.25 + 0.0625 + 0.015625, None),
    (where(X < 1, lambda: N, lambda: -N), 100, "n"),
    (where(N < 1, lambda: X, lambda: 7), 7, None),
    (let("a", X * 4), 1.0, "x * 4"),
]


@pytest.mark.parametrize(("recorded", "value", "text"), FORMULAS)
def test_the_value_is_that_of_the_formula_and_the_text_says_how(recorded, value, text):
    assert recorded.value == pytest.approx(value, rel=1e-15)
    if text:
        assert written(recorded, plain) == text


@pytest.mark.parametrize(("recorded", "value", "text"), FORMULAS)
def test_what_was_recorded_gives_its_value_again(recorded, value, text):
    again = steps.rendered(recorded, floats, lambda y: y.value if y.operation == "input" else None)
    assert again == pytest.approx(value, rel=1e-15)


def test_searches_take_functions_of_recorded_numbers():
    assert root(lambda t: t * t - X, 0 * X, 1, "t").value == pytest.approx(0.5, rel=1e-15)
    assert fixed_point(lambda r: sqrt(X * r), N, "r").value == pytest.approx(0.25, rel=1e-12)
    assert least(lambda i: (i - 3) ** 2 + X, 1, N, "i").value == 0.25


def test_latex_is_written_in_the_order_of_the_formula():
    assert written(sqrt(log_ratio(1, X) / (2 * N)), tex) == r"\sqrt{\frac{\ln \frac{1}{x}}{2 n}}"


def test_division_by_zero_is_infinite_as_in_arrays():
    zero = steps.given("z", "z", 0.0)
    assert (1 / zero).value == math.inf
    assert math.isnan((zero / zero).value)


def test_a_placeholder_has_no_value_and_is_neither_true_nor_false():
    unknown = steps.given("q", "q", None)
    assert (unknown + 1).value is None
    both = where(unknown < 1, lambda: unknown, lambda: 2)
    assert written(both, plain) == "q if q < 1 else 2"
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(unknown < 1)


def test_python_s_own_branches_see_the_values():
    assert (X if X < 1 else N).value == 0.25


def test_names_that_generic_lacks_are_refused():
    with pytest.raises(AttributeError):
        steps.no_such_function  # noqa: B018
