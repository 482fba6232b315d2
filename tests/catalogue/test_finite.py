"""Never NaN for valid input, and finite where the theorem speaks, over the whole domain."""

import math

import numpy as np
import pytest
from hypothesis import given

from tests.catalogue.draws import (
    NUMBERED,
    arguments,
    beyond_floats,
    consistent,
    extremes,
    is_number,
    meeting_needs,
    typical,
)


def speaks(bound, facts) -> bool:
    return meeting_needs(bound, facts)


def check_finite(bound, facts) -> None:
    """One number: finite where the theorem speaks, its silence elsewhere."""
    found = bound(**facts)
    assert isinstance(found, (int, float))
    assert speaks(bound, facts) or found == bound.silence
    assert math.isfinite(found) or not speaks(bound, facts) or beyond_floats(bound, facts)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_finite_anywhere(bound):
    @given(arguments(bound))
    def finite(facts):
        check_finite(bound, facts)

    finite()


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_finite_at_every_end_of_every_argument(bound):
    for name in filter(is_number, bound.arguments):
        for x in extremes(bound, name):
            check_finite(bound, consistent(bound, typical(bound) | {name: x}))


def corners(bound) -> list[dict]:
    """Every argument at its first or at its last extreme at once."""
    ends = {name: extremes(bound, name) for name in filter(is_number, bound.arguments)}
    base = typical(bound)
    found = [base | {k: v[0] for k, v in ends.items()}, base | {k: v[-1] for k, v in ends.items()}]
    for name, values in ends.items():
        for x in (values[0], values[-1]):
            found.append(found[0] | {name: x})
            found.append(found[1] | {name: x})
    return [consistent(bound, facts) for facts in found]


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_finite_in_the_corners_for_scalars_and_arrays(bound):
    for facts in corners(bound):
        found = bound(**facts)
        assert not math.isnan(found), facts
        arrays = {k: np.array([x], float) if is_number(k) else x for k, x in facts.items()}
        entry = bound(**arrays)[0] if any(map(is_number, facts)) else found
        assert not math.isnan(entry), facts
        assert math.isinf(entry) == math.isinf(found), facts
