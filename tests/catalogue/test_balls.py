"""Every bound in balls: tight, around what floats and digits find, at points and over intervals."""

import math

import mpmath
import pytest
from mpmath import mpf

from tests.backends.balls.inside import PRECISION, bits, ends, flint, within
from tests.catalogue.draws import NUMBERED, is_number, points
from tests.catalogue.records import OUTWARD
from tests.catalogue.test_backends_agree import AGAINST_DIGITS, FEWER_IN_DIGITS, size, small

TIGHT = 90
"""Of 128 bits, those that an answer keeps that a float can show."""
SHOWN = 1e-300

WITHOUT_BALLS: dict[str, str] = {}
"""Bounds that cannot be enclosed, and why."""

LOOSE_DIGITS = {
    "dudley": 1e-16,  # the rule of the digits meets the kink of the covering number
    "betting": 1e-25, "betting_lower": 1e-25, "betting_every_n": 1e-25,
    "betting_every_n_lower": 1e-25,  # absolute: the digits bisect [0, 1]
}  # fmt: skip
LEAST_DIGIT = mpf(10) ** -400_000
"""Below it the digits' inverse of the relative entropy ends."""
ENCLOSED = [bound for bound in NUMBERED if bound.name not in WITHOUT_BALLS]


def in_arb(facts):
    return {name: _lifted(name, x, flint.arb) for name, x in facts.items()}


def in_digits(facts):
    return {name: _lifted(name, x, mpf) for name, x in facts.items()}


def _lifted(name, x, kind):
    if isinstance(x, tuple):
        return tuple(map(kind, x))
    return kind(x) if is_number(name) else x


def enclosed(bound, facts):
    """The ball, at 128 bits; an integer and silence are exact."""
    with flint.ctx.workprec(PRECISION):
        found = bound(**in_arb(facts))
    exact = type(found) is int or found in (math.inf, -math.inf)
    assert exact or isinstance(found, flint.arb), (facts, found)
    return flint.arb(found) if exact else found


def check_enclosed(bound, facts) -> None:
    """The ball is tight, and the float in it up to the float's own error."""
    found, value = enclosed(bound, facts), bound(**facts)
    low, high = ends(found)
    if math.isinf(value):
        assert max(abs(low), abs(high)) > 1.7e308, facts
        assert (high > 0) == (value > 0)
        return
    allowed = AGAINST_DIGITS * abs(value) + size(bound) + OUTWARD.get(bound.name, 5e-324)
    assert low - allowed <= value <= high + allowed, (facts, value, str(found))
    assert bits(found) >= TIGHT or abs(high) < SHOWN, (facts, str(found))


@pytest.mark.parametrize("bound", ENCLOSED, ids=lambda b: b.name)
def test_a_ball_is_tight_about_the_float(bound):
    for facts in points(bound, 12):
        check_enclosed(bound, facts)


@pytest.mark.parametrize("bound", ENCLOSED, ids=lambda b: b.name)
def test_a_ball_holds_the_digits(bound):
    count = min(FEWER_IN_DIGITS.get(bound.name, 5), 2 if bound.name == "dudley" else 5)
    for facts in filter(small, points(bound, count)):
        low, high = ends(enclosed(bound, facts))
        with mpmath.workdps(40):
            exact = bound(**in_digits(facts))
            if not isinstance(exact, mpf) or abs(exact) < LEAST_DIGIT:
                continue
            loose = LOOSE_DIGITS.get(bound.name, 0)
            doubt = mpf(10) ** -30 * abs(exact) + loose if mpmath.isfinite(exact) else 0
            assert low - doubt <= exact <= high + doubt, (facts, str(exact))


@pytest.mark.parametrize("bound", ENCLOSED, ids=lambda b: b.name)
def test_an_interval_of_arguments_holds_the_points_inside(bound):
    """Arguments that are not whole, each known to 2^-40: where that decides, all is inside."""
    with flint.ctx.workprec(PRECISION):
        for facts in points(bound, 4):
            wide = {name: _each(name, x, _wide) for name, x in in_arb(facts).items()}
            found = _asked(bound, wide)
            if isinstance(found, flint.arb) and found.is_finite():
                for point in (flint.arb.mid, flint.arb.lower, flint.arb.upper):
                    inside = {name: _each(name, x, point) for name, x in wide.items()}
                    with flint.ctx.workprec(2 * PRECISION):
                        inner = _asked(bound, inside)
                    assert inner is None or _is_inside(flint.arb(inner), found), (facts, str(found))


def _is_inside(inner, found):
    """An answer that is not tight may reach out of the interval."""
    tight = bits(inner) >= PRECISION + TIGHT
    return within(inner, found) if tight else inner.overlaps(found)


def _each(name, x, change):
    if isinstance(x, tuple):
        return tuple(map(change, x))
    return change(x) if is_number(name) else x


def _wide(x):
    """A ball about x that stays on its side of 0 and 1, where domains end."""
    if x.is_integer():
        return x
    return x + flint.arb(0, 1) * x * (1 - x if x < 1 else x) * flint.arb(2) ** -40


def _asked(bound, facts):
    try:
        return bound(**facts)
    except ValueError as fault:  # a relation that the intervals cannot decide
        assert "cannot be decided" in str(fault) or "must be" in str(fault)
        return None


def test_what_cannot_be_enclosed_says_why():
    assert all(WITHOUT_BALLS.values())
    assert set(WITHOUT_BALLS) <= {bound.name for bound in NUMBERED}
