"""What must hold for every bound at any valid arguments: each property one check of a case."""

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import mpmath
import pytest
from mpmath import mpf

import genbounds as gb
from genbounds.growth import Sauer
from genbounds.solving import NoSolutionError
from tests.catalogue.draws import (
    BROADCAST,
    NUMBERED,
    extremes,
    is_number,
    meeting_needs,
)
from tests.catalogue.ordering import in_decimals
from tests.catalogue.orderings import ORDERINGS
from tests.catalogue.records import OUTWARD
from tests.catalogue.test_backends_agree import small
from tests.catalogue.test_broadcasting import check_loop, grids
from tests.catalogue.test_direction import apart, both_speak, check_moves
from tests.catalogue.test_finite import check_finite
from tests.catalogue.test_inverse import question, reaches, solvable
from tests.catalogue.test_two_sided import PAIRS, check_contains_one_side
from tests.catalogue.test_width import SCALABLE, check_scales

Facts = dict[str, Any]


class Property(NamedTuple):
    """A check of a bound at one set of arguments, and the bounds that it is about."""

    check: Callable[[Any, Facts], None]
    bounds: list[Any]


def moves_to_every_end(bound: Any, facts: Facts) -> None:
    """From these arguments, one after another moved to each end of its range, as declared.

    Of growth functions only a true one: m^d + 1 labelings are too few at m = 1 to grow evenly.
    """
    if not isinstance(facts.get("log_growth", Sauer(1)), Sauer):
        return
    for name in filter(is_number, bound.arguments):
        if bound.direction_of(name) is not None:
            for end in extremes(bound, name):
                low, high = apart(bound, name, facts, sorted((facts[name], end)))
                if both_speak(bound, low, high):
                    check_moves(bound, name, low, high)


def is_solved_back(bound: Any, facts: Facts) -> None:
    """The size solved for reaches the value that the bound has here; its neighbour does not."""
    others, goal, level = question(bound, "n", facts | {"n": round(facts["n"])})
    tail = bound.claim.form == "failure_probability"
    if takes_long(facts) or not meeting_needs(bound, facts):
        return
    if not 0 < abs(level) < (1 if tail else math.inf):
        return
    try:
        found = gb.solve(bound, "n", **others, **goal)
    except NoSolutionError:  # every n reaches the goal of a bound that falls away from it
        return confirm(bound, others | {"n": 10**18}, level, True)
    confirm(bound, others | {"n": int(found)}, level, True)
    if found.beyond is not None:
        confirm(bound, others | {"n": int(found) - found.step}, level, False)


def takes_long(facts: Facts) -> bool:
    """Tails of many errors, or next to certainty, are summed in digits for seconds."""
    counted = sum(x for name, x in facts.items() if name.startswith("errors"))
    return counted > 50 or (counted > 0 and facts["delta"] > 0.9)


def confirm(bound: Any, facts: Facts, level: float, reached: bool) -> None:
    """Whether the level is reached: by floats, or in digits of the decimals that were given."""
    value = bound(**facts)
    if reaches(bound, value, level) == reached:
        return
    if not small(facts):
        assert value == pytest.approx(level, rel=1e-12), (facts, level)
        return
    with mpmath.workdps(50):
        exact = bound(**in_decimals(facts))
        assert reaches(bound, exact, mpf(repr(level))) == reached, (facts, level, reached)


def equals_the_loop(bound: Any, facts: Facts) -> None:
    """An array about these arguments has the values of scalar calls.

    Integers that no float holds are rounded on the way into an array, and say something else.
    """
    full, lists, arrays = grids(bound, facts)
    if any(isinstance(x, int) and int(float(x)) != x for x in full.values()):
        return
    check_loop(bound, full, lists, bound(**full | arrays))


def is_in_its_ball(bound: Any, facts: Facts) -> None:
    """The float is as far from the certified value as docs/audit.md states, or less."""
    pytest.importorskip("flint")
    from tests import audit
    from tests.catalogue.test_balls import check_enclosed

    if bound.name in OUTWARD:
        return check_enclosed(bound, facts)
    assert audit._error_of_bound(bound, facts) <= audit.stated_of(bound)


def is_ordered(bound: Any, facts: Facts) -> None:
    """Every pair that this bound stands in and that can be told from its arguments."""
    for pair in ORDERINGS:
        if pair.is_about(bound) and set(pair.arguments) <= set(facts) and not pair.unmet(facts):
            assert pair.holds(facts), pair


SLOW = ("dudley", "jeffreys", "jeffreys_lower")
"""Integrals whose solutions take seconds in digits: test_inverse solves one of each."""

PROPERTIES = {
    "finite": Property(check_finite, NUMBERED),
    "moves": Property(moves_to_every_end, NUMBERED),
    "solved": Property(
        is_solved_back,
        [b for b in NUMBERED if "n" in b.arguments and solvable(b, "n") and b.name not in SLOW],
    ),
    "scales": Property(check_scales, SCALABLE),
    "broadcasts": Property(equals_the_loop, BROADCAST),
    "two_sided": Property(
        check_contains_one_side, [b for b in PAIRS if b.direction_of("delta") is not None]
    ),
    "enclosed": Property(is_in_its_ball, NUMBERED),
    "ordered": Property(is_ordered, NUMBERED),
}
