"""Plain text: what is written is read by Python as the same expression."""

import math
import random

import pytest

from genbounds.backends import plain


def python(text: str) -> str:
    return text.replace("^", "**")


def random_expression(chance: random.Random, depth: int):
    """The same expression of plain text and of floats."""
    if depth == 0:
        number = chance.choice([-2.5, 0.5, 3, 1, 7.25])
        return plain.symbol(str(number)), number
    (x, a), (y, b) = (random_expression(chance, depth - 1) for _ in range(2))
    sign = chance.choice("+-*/^~")
    if sign == "^":
        return plain.power(x, 2), a**2
    if sign == "~":
        return -x, -a
    if sign == "/" and b == 0:
        sign = "+"
    return {
        "+": lambda: (x + y, a + b), "-": lambda: (x - y, a - b), "*": lambda: (x * y, a * b),
        "/": lambda: (x / y, a / b),
    }[sign]()  # fmt: skip


@pytest.mark.parametrize("seed", range(300))
def test_brackets_are_where_they_must_be(seed):
    text, value = random_expression(random.Random(seed), 4)
    assert eval(python(str(text))) == pytest.approx(value, rel=1e-12)


def test_functions_have_the_names_of_a_calculator():
    x = plain.symbol("x")
    assert str(plain.log(x)) == "ln(x)"
    assert str(plain.log_ratio(1, x)) == "ln(1 / x)"
    assert str(plain.power(x, 1, 4)) == "x^(1 / 4)"
    assert str(plain.expm1(x)) == "exp(x) - 1"
    assert str(plain.kl_inverse_upper(0.1, x)) == "kl_inverse_upper(0.1, x)"


def test_a_factor_of_one_is_not_written():
    x = plain.symbol("x")
    assert str(x * plain.constant("one")) == str(1 * x) == "x"


def test_sums_over_several_sequences_name_each_entry():
    a, b = plain.symbol("a"), plain.symbol("b")
    text = str(plain.total(lambda x, y: x * y, a, b))
    assert text == "sum(x * y for x, y in zip(a, b))"
    assert eval(text, {"a": (1, 2), "b": (3, 4)}) == 11


def test_constants_are_numbers_to_python():
    space = {"pi": math.pi, "e": math.e, "ln": math.log}
    for name, value in (("pi", math.pi), ("e", math.e), ("ln2", math.log(2)), ("one", 1)):
        assert eval(str(plain.constant(name)), space) == value
