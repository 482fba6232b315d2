"""Elementary functions, choices and sequences, against mpmath at 80 digits."""

import math
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds import generic
from genbounds.backends import SPECIAL, balls, digits, floats
from genbounds.backends.balls.ball import Ball, Undecided, UndecidedError, ball
from tests.backends.balls.inside import bits, check, ends, holds, interval, is_nothing

POSITIVE = [1e-300, 1e-30, 1e-5, 0.3, 1 - 1e-16, 1.0, 1 + 1e-15, 2.0, 8.0, 700.0, 1e18, 1e300]
DOMAINS = {
    "sqrt": [0.0, *POSITIVE],
    "log": POSITIVE,
    "log2": POSITIVE,
    "log1p": [-1 + 1e-16, -0.5, -1e-300, 0.0, *POSITIVE],
    "exp": [-1e18, -700.0, -1e-30, 0.0, 1e-300, 1.0, 700.0],
    "expm1": [-1e6, -700.0, -1e-30, 0.0, 1e-300, 1.0, 700.0],
    "tanh": [-20.0, -1e-300, 0.0, 1e-10, 1.0, 20.0],
    "log_cosh": [-1e6, -1e-10, 0.0, 1e-300, 1e-10, 0.5, 1.0, 3.0, 1e6, 1e18],
    "erfc": [-3.0, 0.0, 1e-300, 0.5, 5.0, 100.0, 1e4],
    "log_gamma": [1e-300, 1e-5, 0.5, 1.5, 2.5, 10.0, 1e18, 1e300],
}
CASES = [(name, x) for name, xs in DOMAINS.items() for x in xs]
# e^x keeps the digits of x less those before the point; near a zero of ln gamma they cancel
LEAST = {("exp", -1e18): 60, ("erfc", 1e4): 80}


@pytest.mark.parametrize(("name", "x"), CASES)
def test_points(name, x):
    with mp.workdps(700):
        expected = getattr(digits, name)(mpf(x))
    check(getattr(balls, name)(x), expected, LEAST.get((name, x), 90))


@pytest.mark.parametrize("name", DOMAINS)
def test_intervals_hold_the_values_inside(name):
    domain = sorted(x for x in DOMAINS[name] if abs(x) < 1e5)
    for low, high in pairwise(domain):
        found = getattr(balls, name)(interval(low, high))
        for share in (0, 0.1, 0.5, 0.9, 1):
            x = mpf(low) + (mpf(high) - mpf(low)) * share
            assert is_nothing(found) or holds(found, getattr(digits, name)(x)), (low, high)


@pytest.mark.parametrize(
    ("name", "x"),
    [("log", 0.0), ("log2", 0.0), ("log1p", -1.0), ("log_gamma", 0.0), ("sqrt", 0.0)]
    + [(name, math.inf) for name in ("sqrt", "log", "exp", "expm1", "log1p", "tanh", "erfc")]
    + [(name, -math.inf) for name in ("exp", "expm1", "tanh", "erfc")]
    + [("floor", math.inf), ("ceil", math.inf), ("log_gamma", math.inf)],
)
def test_edges_are_those_of_floats(name, x):
    assert float(getattr(balls, name)(x)) == getattr(floats, name)(x)


@pytest.mark.parametrize("name", ["log", "log2", "sqrt"])
def test_outside_the_domain_nothing_is_known(name):
    assert is_nothing(getattr(balls, name)(-1))


def test_an_interval_about_0_is_cut_under_a_root():
    low, high = ends(balls.sqrt(interval(-1, 4)))
    assert low >= -1e-8
    assert high >= 2


def test_what_is_rational_stays_so():
    assert balls.sqrt(Fraction(9, 4)).rational is not None
    assert balls.log2(Fraction(1, 8)).rational == -3
    assert balls.log2(2**70).rational == 70
    assert balls.log(1).rational == 0
    assert balls.power(4, 3, 2).rational == 8
    assert balls.exp(balls.log(Fraction(2, 3))).rational == ball(Fraction(2, 3)).rational
    assert balls.floor(Fraction(7, 2)).rational == 3
    assert balls.ceil(Fraction(7, 2)).rational == 4


def test_constants():
    for name, value in (("pi", mp.pi), ("e", mp.e), ("ln2", mp.ln2), ("one", 1)):
        check(balls.constant(name), mpf(value), 120)


@given(st.floats(1e-300, 1e300), st.floats(1e-300, 1e300))
def test_log_ratio(a, b):
    with mp.workdps(700):
        check(balls.log_ratio(a, b), mp.log(mpf(a) / mpf(b)))


@pytest.mark.parametrize("b", [1 - 1e-16, 1 - 2**-53, 1 + 2**-52, 1.5])
def test_log_ratio_of_neighbours(b):
    with mp.workdps(200):
        check(balls.log_ratio(1, b), -mp.log(mpf(b)), 120)
        wide = interval(1 - 2**-60, 1 + 2**-60)
        assert holds(balls.log_ratio(wide, b), -mp.log(mpf(b)))


def test_log_ratio_at_0():
    assert float(balls.log_ratio(0, 1)) == -math.inf
    assert float(balls.log_ratio(1, 0)) == math.inf
    assert is_nothing(balls.log_ratio(0, 0))


@given(st.floats(1e-100, 1e100), st.floats(-5, 5), st.sampled_from([1, 2, 3, 1.7]))
def test_power(x, p, q):
    check(balls.power(x, p, q), mp.power(mpf(x), mpf(p) / mpf(q)))


@pytest.mark.parametrize(("p", "expected"), [(2, 0.0), (0.5, 0.0), (0, 1.0), (-0.5, math.inf)])
def test_powers_of_0(p, expected):
    assert float(balls.power(0, p)) == expected == floats.power(0.0, p)


@given(st.floats(1e-300, 1 - 1e-16, exclude_max=True))
def test_normal_quantile(tail):
    found = balls.normal_quantile(tail)
    low, high = ends(found)
    assert mp.erfc(low / mp.sqrt(2)) / 2 >= tail - mpf(10) ** -70 * tail
    assert mp.erfc(high / mp.sqrt(2)) / 2 <= tail + mpf(10) ** -70 * tail
    assert bits(found) >= 90


@pytest.mark.parametrize("tail", [0.0, 0.5, 1.0])
def test_ends_of_normal_quantile(tail):
    expected = floats.normal_quantile(tail)
    found = balls.normal_quantile(tail)
    assert is_nothing(found) if math.isnan(expected) else float(found) == expected


@pytest.mark.parametrize("name", ["floor", "ceil"])
def test_rounding_intervals(name):
    rounded = getattr(balls, name)
    assert rounded(interval(2.25, 2.75)).is_integer
    found = rounded(interval(1.5, 3.5))
    for x in (1.5, 2.0, 2.5, 3.5):
        assert holds(found, getattr(math, name)(x))


def test_undecided_choices_hold_both():
    x = Ball(interval(1, 2))
    assert holds(balls.maximum(x, 1.5), 1.5)
    assert holds(balls.maximum(x, 1.5), 2)
    assert not holds(balls.maximum(x, 1.5), 1.25)
    assert holds(balls.minimum(x, 1.5), 1)
    found = generic.where(x < 1.5, lambda: 1, lambda: 3)
    assert holds(found, 1)
    assert holds(found, 3)
    assert balls.maximum(2, 3).rational == 3
    assert balls.minimum(2, Fraction(1, 2)).rational == ball(0.5).rational
    assert isinstance(x < 1.5, Undecided)


def test_sequences():
    xs = (0.1, 0.25, 3.0)
    assert balls.total(lambda x: x, xs).rational == sum(map(Fraction, xs)).as_integer_ratio()[
        0
    ] / ball(sum(map(Fraction, xs)).denominator)
    assert balls.product(lambda x, y: x * y, xs, xs).rational is not None
    assert balls.total(lambda x: x, ()).rational == 0
    assert generic.total(lambda x: x, tuple(map(ball, xs))).rational is not None
    check(balls.sum_to(lambda k: 1 / k, 50), mp.fsum(mpf(1) / k for k in range(1, 51)))
    assert balls.sum_to(lambda k: 2**-k, ball(3)).rational == ball(Fraction(7, 8)).rational
    with pytest.raises(UndecidedError):
        balls.sum_to(lambda k: k, Ball(interval(1, 2)))


@pytest.mark.parametrize("order", [1, 1.5, 2, 7, 300])
def test_norm(order):
    xs = (0.0, 0.125, 3.0, 1e-200)
    check(balls.norm(xs, order), digits.norm(xs, order))


def test_ends_of_norm():
    assert balls.norm((0, 0), 2).rational == 0
    assert float(balls.norm((1, 4, 3), math.inf)) == 4
    assert holds(balls.norm((ball(0), Ball(interval(0, 1))), 2), 0.5)


SERVED = {
    name for name, value in vars(generic).items()
    if callable(value) and type(value).__name__ == "function" and not name.startswith("_")
} - {"backend_of", "load_backend", "import_module"}  # fmt: skip


@pytest.mark.parametrize("name", sorted(SERVED | set(SPECIAL)))
def test_every_generic_name_is_served(name):
    assert callable(getattr(balls, name))


def test_no_other_name_is():
    with pytest.raises(AttributeError):
        balls.nonsense  # noqa: B018
