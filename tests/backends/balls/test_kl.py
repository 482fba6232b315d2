"""The relative entropy and its inverses in balls: against 110 digits, at edges, on intervals."""

import itertools
from fractions import Fraction
from math import inf

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

flint = pytest.importorskip("flint")
from flint import arb, ctx  # noqa: E402

from genbounds.backends import floats  # noqa: E402
from genbounds.backends.balls.ball import Ball, ball  # noqa: E402
from genbounds.backends.balls.kl import (  # noqa: E402
    kl_inverse_lower,
    kl_inverse_upper,
    relative_entropy,
)

RISKS = [0, 1e-300, 1e-100, 1e-20, 1e-16, 1e-8, 1e-3, 0.05, 0.2, 0.45, 0.5, 0.7, 0.9, 0.999]
RISKS += [1 - 1e-10, 1 - 2**-53, 1, Fraction(1, 3), Fraction(1, 10**400)]
BUDGETS = [0, 1e-300, 1e-200, 1e-60, 1e-30, 1e-17, 1e-12, 1e-6, 1e-3, 0.02, 0.1, 0.4, 0.69, 1]
BUDGETS += [2.5, 7, 20, 37, 41, 100, 700, 5000, Fraction(1, 10**420)]
INVERSES = [kl_inverse_upper, kl_inverse_lower]


def at(bits, function, *arguments):
    with ctx.workprec(bits):
        return function(*arguments)


def entropy(q, p):
    """The definition, at the working precision."""
    q = arb(ball(q).rational)
    first = q * (q / p).log() if q > 0 else arb(0)
    return first + ((1 - q) * ((1 - q) / (1 - p)).log() if q < 1 else arb(0))


def brackets(function, q, c, found):
    """Whether kl(q||p) - c changes its sign between the ends of a ball, or the ball holds q."""
    exact, budget = arb(ball(q).rational), arb(ball(c).rational)
    inner, outer = found.lower(), found.upper()
    if function is kl_inverse_lower:
        inner, outer = outer, inner
    beyond = inner - exact if function is kl_inverse_upper else exact - inner
    inside = beyond <= 0 or entropy(q, inner) <= budget
    return inside and (not 0 < outer < 1 or entropy(q, outer) >= budget)


@pytest.mark.parametrize("function", INVERSES)
@pytest.mark.parametrize("bits", [53, 64, 400])
def test_the_entropy_changes_sides_within_the_ball(function, bits):
    for q, c in itertools.product(RISKS, BUDGETS):
        found = at(bits, function, q, c).arb
        deep = function is kl_inverse_lower and 0 < q and c > q * 10**30  # p is e^(-10^30) or less
        assert deep or found.is_exact() or found.rel_accuracy_bits() >= bits - 10, (q, c)
        if 0 < q < 1 and c > 0:
            assert at(6000, brackets, function, q, c, found), (q, c)


@pytest.mark.parametrize("function", INVERSES)
def test_against_110_digits(function):
    from genbounds.backends import digits

    exact = getattr(digits, function.__name__)
    for q, c in itertools.product((0.01, 0.25, 0.05, 0.5, 0.999), (1e-6, 0.02, 1.0, 30.0)):
        with mpmath.workdps(110):
            value = exact(mpmath.mpf(q), mpmath.mpf(c))
            shown = mpmath.nstr(value, 105)
        with ctx.workprec(400):
            assert abs(function(q, c).arb - arb(shown)) < arb(shown) * arb(10) ** -100, (q, c)


@pytest.mark.parametrize("function", INVERSES)
def test_edges_equal_floats(function):
    for q, c in itertools.product((0, 0.25, 1), (0, 1.0, inf)):
        if (q, c) != (0, 1.0) and (q, c) != (1, 1.0) and not (q == 0.25 and c == 1.0):
            assert float(function(q, c)) == getattr(floats, function.__name__)(q, c), (q, c)
        found = at(64, function, q, c).arb
        near = getattr(floats, function.__name__)(q, c)
        assert abs(found - near) <= 1e-15 * near


def test_out_of_the_domain_nothing_is_known():
    for q, c in ((-0.1, 1.0), (1.1, 1.0), (0.5, -1.0), (arb(1, 0.01), 1.0), (0.5, arb(0, 1))):
        assert kl_inverse_upper(q, c).arb.is_nan()
        assert kl_inverse_lower(q, c).arb.is_nan()
    assert relative_entropy(0.5, 1.5).arb.is_nan()


shares = st.one_of(st.floats(0, 1), st.sampled_from([0.0, 5e-324, 1e-300, 0.5, 1 - 2**-53, 1.0]))
budgets = st.one_of(st.floats(0, 800), st.floats(-300, 1).map(lambda e: 10**e))


@settings(max_examples=60, deadline=None)
@given(q=shares, c=budgets, width=st.floats(-30, 0), along=st.floats(-1, 1))
@pytest.mark.parametrize("function", INVERSES)
def test_points_of_an_interval_give_points_of_the_answer(function, q, c, width, along):
    radius = 0.9 * 10**width
    around = arb(0, radius)
    q1 = Ball(q + min(arb(q), 1 - arb(q)) * around)
    c1 = Ball(c + c * around)
    whole = function(q1, c1).arb
    assert not whole.is_nan()
    for across in (along, -along, 1.0):
        point = (
            Fraction(q) * (1 + Fraction(along) * Fraction(radius)) if q < 0.5 else q,
            Fraction(c) * (1 + Fraction(across) * Fraction(radius)),
        )
        assert whole.overlaps(function(*point).arb), (q, c)


@settings(max_examples=100, deadline=None)
@given(q=shares, p=shares)
def test_entropy_agrees_with_floats_and_is_tight(q, p):
    found = at(64, relative_entropy, q, p).arb
    near = floats.relative_entropy(q, p)
    if near == inf:
        assert not found.is_finite() or found > 1e300
        return
    assert found.is_exact() or found.rel_accuracy_bits() >= 60
    assert abs(found - near) <= 1e-14 * abs(found) + 1e-320


def test_entropy_of_intervals():
    low, high = arb(0.2, 0.05), arb(0.7, 0.1)
    whole = relative_entropy(low, high).arb
    for q, p in itertools.product((0.15, 0.2, 0.25), (0.6, 0.7, 0.8)):
        assert whole.overlaps(relative_entropy(Fraction(q), Fraction(p)).arb)
    assert whole.upper() < 1.05 * relative_entropy(0.1499, 0.8001).arb
    assert relative_entropy(arb(0.3, 0.1), arb(0.35, 0.1)).arb.contains(0)
    assert relative_entropy(0.3, 0.3).rational == 0
    assert float(relative_entropy(0.5, 0)) == float(relative_entropy(0.5, 1)) == inf
