"""Dispatch by kind of number, exact constants, and mixtures of kinds."""

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
import sympy
from mpmath import mpf

from genbounds import generic
from genbounds.backends import tex
from genbounds.generic import (
    BACKENDS,
    LN2,
    ONE,
    PI,
    E,
    Exact,
    backend_of,
    exp,
    fixed_point,
    gamma_ratio,
    integral,
    kl_inverse_upper,
    least,
    let,
    load_backend,
    log,
    log1p,
    log_cosh,
    log_gamma,
    log_ratio,
    maximum,
    minimum,
    norm,
    power,
    product,
    root,
    sqrt,
    sum_to,
    tanh,
    total,
    where,
    zeta,
)

NAMES = [
    name
    for name, value in vars(generic).items()
    if callable(value)
    and not isinstance(value, type)
    and not name.startswith("_")
    and getattr(value, "__module__", "") == "genbounds.generic"
    and name not in ("backend_of", "load_backend")
]


@pytest.mark.parametrize(
    ("value", "backend"),
    [
        (1, "floats"),
        (1.0, "floats"),
        (Fraction(1, 2), "floats"),
        (np.array([1.0]), "arrays"),
        (np.float64(1.0), "arrays"),
        (np.int64(1), "arrays"),
        (mpf(1), "digits"),
        (sympy.Symbol("x"), "symbols"),
        (sympy.Rational(1, 2), "symbols"),
        (tex.symbol("n"), "tex"),
        ("text", "floats"),
    ],
    ids=str,
)
def test_the_backend_of_a_kind_of_number(value, backend):
    assert backend_of(type(value)) == backend


OPTIONAL = {"balls": "flint", "tensors": "torch", "traced": "jax"}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", NAMES)
def test_every_backend_has_every_name(name, backend):
    if backend in OPTIONAL:
        pytest.importorskip(OPTIONAL[backend])
    assert callable(getattr(load_backend(backend), name))


@pytest.mark.parametrize(
    ("x", "kind"),
    [
        (4, float),
        (4.0, float),
        (np.array([4.0]), np.ndarray),
        (mpf(4), mpmath.mpf),
        (sympy.Integer(4), sympy.Integer),
        (tex.symbol("x"), tex.Tex),
        (ONE * 4, Exact),
    ],
    ids=lambda x: type(x).__name__,
)
def test_the_answer_is_of_the_kind_of_the_argument(x, kind):
    assert isinstance(sqrt(x), kind)


def test_the_richest_kind_decides():
    symbol, array, digits = sympy.Symbol("x", positive=True), np.array([2.0, 3.0]), mpf(2)
    assert isinstance(log_ratio(array, 0.5), np.ndarray)
    assert isinstance(log_ratio(1, array), np.ndarray)
    assert isinstance(log_ratio(digits, 0.5), mpmath.mpf)
    assert isinstance(log_ratio(1, symbol), sympy.Expr)
    assert isinstance(maximum(tex.symbol("x"), 0), tex.Tex)
    assert isinstance(kl_inverse_upper(0.1, array / 100), np.ndarray)


def test_arrays_are_taken_entry_by_entry():
    x = np.array([1.0, 4.0, 9.0])
    assert sqrt(x).tolist() == [1.0, 2.0, 3.0]
    assert kl_inverse_upper(0.1, x / 100).tolist() == [
        pytest.approx(kl_inverse_upper(0.1, c), rel=1e-14) for c in (0.01, 0.04, 0.09)
    ]


@pytest.mark.parametrize(
    ("constant", "value"), [(ONE, 1.0), (PI, math.pi), (E, math.e), (LN2, math.log(2))]
)
def test_constants_become_what_they_meet(constant, value):
    assert constant.within("floats") == value
    assert (constant * np.array([2.0])).tolist() == [2 * value]
    assert float(constant * mpf(2)) == 2 * value
    assert float(constant * sympy.Integer(2)) == pytest.approx(2 * value, rel=1e-15)
    assert constant * 1.0 == value


def test_constants_are_exact():
    with mpmath.workdps(50):
        assert mpmath.almosteq(PI * mpf(1), +mpmath.mp.pi, rel_eps=mpf(10) ** -48)
        assert mpmath.almosteq((ONE / 3) * mpf(1), mpf(1) / 3, rel_eps=mpf(10) ** -48)
    assert ONE / 3 * sympy.Integer(1) == sympy.Rational(1, 3)
    assert PI**2 / 6 * sympy.Integer(1) == sympy.pi**2 / 6
    assert LN2 * sympy.Integer(1) == sympy.log(2)
    assert not (ONE / 4 * sympy.Symbol("x")).atoms(sympy.Float)


def test_exact_numbers_alone_stay_exact():
    number = sqrt(PI) / 2 + log(ONE * 2) - ONE / 7
    assert isinstance(number, Exact)
    assert number.within("symbols") == sympy.sqrt(sympy.pi) / 2 + sympy.log(2) - sympy.Rational(
        1, 7
    )
    assert number.within("floats") == math.sqrt(math.pi) / 2 + math.log(2) - 1 / 7


@pytest.mark.parametrize(
    ("operation", "expected"),
    [
        (lambda x: PI + x, math.pi + 2),
        (lambda x: x + PI, math.pi + 2),
        (lambda x: PI - x, math.pi - 2),
        (lambda x: x - PI, 2 - math.pi),
        (lambda x: PI * x, math.pi * 2),
        (lambda x: x / PI, 2 / math.pi),
        (lambda x: PI / x, math.pi / 2),
        (lambda x: PI**x, math.pi**2),
        (lambda x: x**PI, 2**math.pi),
    ],
)
def test_arithmetic_with_constants_on_either_side(operation, expected):
    assert operation(2.0) == expected
    assert operation(2).within("floats") == expected
    assert operation(np.array([2.0]))[0] == pytest.approx(expected, rel=1e-15)
    assert float(operation(mpf(2))) == pytest.approx(expected, rel=1e-15)
    assert float(operation(sympy.Integer(2))) == pytest.approx(expected, rel=1e-15)


def test_constants_print_in_latex():
    assert str(PI * tex.symbol("x")) == r"\pi x"
    assert str(sqrt(E / tex.symbol("n"))) == r"\sqrt{\frac{e}{n}}"


def test_log_ratio_neither_overflows_nor_cancels():
    assert log_ratio(2e9, 1e-300) == pytest.approx(math.log(2e9) + 300 * math.log(10), rel=1e-15)
    assert log_ratio(1, 1 - 2**-53) == pytest.approx(2**-53, rel=1e-15)
    with np.errstate(over="ignore"):  # as a bound evaluates arrays: by IEEE
        found = log_ratio(np.array([2e9, 1.0]), np.array([1e-300, 1 - 2**-53]))
    assert found == pytest.approx([math.log(2e9) + 300 * math.log(10), 2**-53], rel=1e-15)


def test_scalars_follow_ieee():
    assert log(0) == -math.inf
    assert math.isnan(log(-1))
    assert math.isnan(sqrt(-1.0))
    assert exp(1e4) == math.inf
    assert log1p(-1) == -math.inf
    assert power(10, 400) == math.inf
    assert power(2, 1, 2) == math.sqrt(2)


def test_where_evaluates_only_the_branch_it_needs_on_scalars():
    assert where(True, lambda: 1, lambda: 1 / 0) == 1
    assert where(mpf(1) > 2, lambda: 1 / 0, lambda: mpf(3)) == 3


def test_where_on_arrays_symbols_and_latex():
    x = np.array([1.0, 5.0])
    assert where(x < 2, lambda: x, lambda: -x).tolist() == [1.0, -5.0]
    s = sympy.Symbol("s", positive=True)
    chosen = where(s < 2, lambda: s, lambda: 2 * s)
    assert chosen.subs(s, 1) == 1
    assert chosen.subs(s, 3) == 6
    assert r"\mathrm{if}" in str(where(tex.symbol("n") < 2, lambda: 1, lambda: 0))


def test_where_settled_by_assumptions_leaves_no_piecewise():
    s = sympy.Symbol("s", positive=True)
    assert where(s > 0, lambda: s, lambda: 1 / (s - s)) == s


def test_total_sums_accurately_over_equal_lengths():
    assert total(lambda c: c, [0.1] * 10) == 1.0
    assert total(lambda a, b: a * b, (1, 2), (3, 4)) == 11
    assert total(lambda c: c, (mpf(1) / 3, mpf(2) / 3)) == 1
    with pytest.raises(ValueError, match="shorter"):
        total(lambda a, b: a * b, (1.0, 2.0), (3.0,))


def test_terms_may_hold_other_kinds_than_the_sequence():
    """An array or digits inside the terms: the sum and the product are of that kind."""
    many = total(lambda x: minimum(np.array([1.0, 3.0]), x), (0.5, 2.0))
    assert many.tolist() == [1.5, 2.5]
    assert product(lambda x: x * np.array([1.0, 2.0]), (3.0, 5.0)).tolist() == [15.0, 60.0]
    with mpmath.workdps(40):
        third = total(lambda x: x * mpf(1) / 3, (1.0, 1.0))
        assert mpmath.almosteq(third, mpf(2) / 3, rel_eps=mpf(10) ** -38)
    assert product(lambda x: x, (2.0, 4.0)) == 8
    assert str(product(lambda x: 2 * x, tex.symbol("c"))) == r"\prod_i 2 {c}_i"


@pytest.mark.parametrize("order", [1, 2, 3.5, 400])
def test_norms_neither_overflow_nor_vanish(order):
    for scale in (1e-200, 1.0, 1e200):
        found = norm((3 * scale, 4 * scale, 0.0), order)
        expected = scale * 4 * math.exp(math.log1p(0.75**order) / order)
        assert found == pytest.approx(expected, rel=1e-14)
        assert norm((3 * scale, 4 * scale, 0.0), np.array([order])) == pytest.approx([expected])
    assert norm((0.0, 0.0), order) == 0
    assert str(norm(tex.symbol("c"), tex.symbol("q"))) == r"\left\|c\right\|_{q}"


def test_searches_on_each_kind():
    x = sympy.Symbol("a", positive=True)
    assert fixed_point(lambda r: sqrt(2 * r), 9.0, "r") == pytest.approx(2, rel=1e-15)
    held = fixed_point(lambda r: sqrt(x * r), 9 * x, "r")
    assert float(held.subs(x, 2).evalf(20)) == pytest.approx(2, rel=1e-15)
    assert least(lambda size: (size - 7) ** 2, 1, 100.0, "N") == 0
    lowest = least(lambda size: (size - x) ** 2, 1, 10 * x, "N")
    assert float(lowest.subs(x, sympy.Rational(13, 2)).evalf(20)) == pytest.approx(0.25, rel=1e-15)
    assert str(least(lambda size: size / tex.symbol("a"), 1, 9, "N")) == (
        r"\min_{N \ge 1} \left[\frac{N}{a}\right]"
    )


def test_gamma_ratios_on_each_kind():
    assert gamma_ratio(1.0) == pytest.approx(math.sqrt(math.pi) / 2, rel=1e-15)
    assert gamma_ratio(sympy.Integer(1)) == sympy.sqrt(sympy.pi) / 2
    assert gamma_ratio(np.array([1.0, 1e18]))[1] == 1e9
    assert str(gamma_ratio(tex.symbol("x"))).startswith(r"\frac{\Gamma")


def test_the_negative_of_an_exact_number_is_exact():
    assert (-PI * sympy.Integer(1)) == -sympy.pi
    assert isinstance(-ONE, Exact)


def test_let_names_a_value_in_latex_only():
    assert let("c", 3.5) == 3.5
    assert let("c", sympy.Symbol("x")) == sympy.Symbol("x")
    named = let("c", log(tex.symbol("n")))
    assert str(named * named) == "c c"
    assert (named + 1).statement == r"c + 1,\quad c = \ln n"


def test_root_finds_the_crossing_to_the_last_digit():
    assert root(lambda x: x * x - 2, 0.0, 2.0, "x") == pytest.approx(math.sqrt(2), rel=2e-16)
    crossings = root(lambda x: x * x - np.array([2.0, 9.0]), np.zeros(2), np.full(2, 4.0), "x")
    assert crossings == pytest.approx([math.sqrt(2), 3.0], rel=4e-16)
    with mpmath.workdps(40):
        assert abs(root(lambda x: x * x - 2, mpf(0), mpf(2), "x") - mpmath.sqrt(2)) < mpf(10) ** -38


def test_root_outside_the_bracket_is_its_nearer_end():
    assert root(lambda x: x + 1, 0.0, 2.0, "x") == 0.0
    assert root(lambda x: x - 9, 0.0, 2.0, "x") == 2.0


def test_zeta_on_each_kind():
    assert zeta(2.0) == pytest.approx(math.pi**2 / 6, rel=1e-15)
    assert zeta(np.array([2.0, 4.0])) == pytest.approx([math.pi**2 / 6, math.pi**4 / 90], rel=1e-14)
    assert zeta(sympy.Integer(2)) == sympy.pi**2 / 6


def test_log_cosh_near_zero_and_far_out():
    with mpmath.workdps(40):
        for x in (1e-12, 0.3, 0.9999, 1.0, 1.0001, 5.0):
            exact = float(mpmath.log(mpmath.cosh(mpf(x))))
            assert log_cosh(x) == log_cosh(-x) == pytest.approx(exact, rel=1e-15)
            assert log_cosh(np.array([x]))[0] == pytest.approx(exact, rel=1e-15)
            assert float(log_cosh(mpf(x))) == pytest.approx(exact, rel=1e-15)
    assert log_cosh(1e-200) == 0.0
    assert log_cosh(1e200) == log_cosh(np.array([1e200]))[0] == log_cosh(mpf(10) ** 200) == 1e200
    assert log_cosh(sympy.Integer(0)) == 0
    assert tanh(sympy.Integer(0)) == 0
    assert str(tanh(tex.symbol("t"))) == r"\tanh\left(t\right)"


def test_log_gamma_on_each_kind():
    half = math.log(math.pi) / 2
    assert log_gamma(0.5) == pytest.approx(half, rel=1e-15)
    assert log_gamma(np.array([0.5]))[0] == pytest.approx(half, rel=1e-14)
    assert float(log_gamma(mpf(1) / 2)) == pytest.approx(half, rel=1e-15)
    assert log_gamma(sympy.Integer(5)) == sympy.log(24)
    assert log_gamma(1e308) == math.inf


def test_sums_to_a_last_term():
    assert sum_to(lambda k: 2.0**-k, 3, "k") == 0.875
    assert sum_to(lambda k: k * k, np.array([1, 3]), "k").tolist() == [1, 14]
    assert sum_to(lambda k: mpf(k), mpf(4), "k") == 10
    m = sympy.Symbol("m", integer=True, positive=True)
    assert sum_to(lambda k: k, m, "k").doit() == sympy.factor(m * (m + 1) / 2).expand()
    assert str(sum_to(lambda k: 1 / k, tex.symbol("M"), "k")) == r"\sum_{k=1}^{M} \frac{1}{k}"


def test_integrals_on_each_kind():
    assert integral(lambda x: x * x, 0.0, 3.0, "x") == pytest.approx(9, rel=1e-14)
    found = integral(lambda x: x * x, np.array([0.0, 1.0]), 3.0, "x")
    assert found == pytest.approx([9, 26 / 3], rel=1e-14)
    with mpmath.workdps(40):
        low = mpf(10) ** -50
        inside = integral(lambda x: log(1 / x), low, mpf(1), "x")
        assert abs(inside - (1 - low * (1 - mpmath.log(low)))) < mpf(10) ** -37
        jump = integral(lambda x: mpf(x < mpf(1) / 3), mpf(0), mpf(1), "x")
        assert abs(jump - mpf(1) / 3) < mpf(10) ** -35
    a = sympy.Symbol("a", positive=True)
    assert integral(lambda x: x, 0 * a, a, "x").doit() == a**2 / 2
    printed = integral(lambda x: x + 1, tex.symbol("a"), tex.symbol("b"), "x")
    assert str(printed) == r"\int_{a}^{b} \left(x + 1\right)\,dx"
