"""Every argument moves the value as declared, over its whole domain, ends included."""

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from genbounds.growth import Sauer
from genbounds.variables import VARIABLES
from tests.catalogue.draws import (
    NUMBERED,
    Haussler,
    anywhere,
    arguments,
    consistent,
    examples,
    is_number,
    meeting_needs,
)

MOVED = [
    (bound, name)
    for bound in NUMBERED
    for name in bound.arguments
    if bound.direction_of(name) is not None and VARIABLES[name].kind != "data"
]
NOT_MONOTONE = [
    (bound, name)
    for bound in NUMBERED
    for name in bound.arguments
    if bound.direction_of(name) is None
]


def ids(pair) -> str:
    return f"{pair[0].name}-{pair[1]}"


def two_values(bound, name) -> st.SearchStrategy:
    """A smaller and a larger value of an argument."""
    kind = VARIABLES[name].kind
    if kind == "function":
        make = Haussler if name == "log_covering" else Sauer
        return st.tuples(st.integers(1, 60), st.integers(1, 60)).map(
            lambda ds: tuple(map(make, sorted(ds)))
        )
    if kind == "sequence":
        factors = st.tuples(anywhere(bound, name), st.sampled_from([1.0, 1.5, 100.0]))
        return factors.map(lambda pair: (pair[0], tuple(pair[1] * x for x in pair[0])))
    one = arguments(bound).map(lambda facts: facts[name]) if bound.needs else anywhere(bound, name)
    return st.tuples(one, one).map(lambda pair: tuple(sorted(pair)))


def apart(bound, name, facts, ends) -> tuple[dict, dict]:
    """The facts with the smaller and with the larger value, counts cut down to suit both."""
    low, high = ends
    if not is_number(name):
        return tuple(consistent(bound, {**facts, name: end}) for end in ends)
    top = consistent(bound, {**facts, name: high})
    bottom = consistent(bound, {**top, name: min(low, top[name])})
    return bottom, {**bottom, name: top[name]}


def slack(bound, *values) -> float:
    """A few units in the last place; a difference of risks is as exact as a number near 1."""
    difference = bound.claim.quantity == "risk_difference" and bound.claim.form == "value"
    size = max((abs(x) for x in values if math.isfinite(x)), default=0.0)
    return 1e-14 * size + (4e-16 if difference else 5e-324)


def both_speak(bound, low, high) -> bool:
    return all(consistent(bound, x) == x and meeting_needs(bound, x) for x in (low, high))


def check_moves(bound, name, low, high) -> None:
    """The value at the smaller and at the larger value of the argument."""
    first, last = bound(**low), bound(**high)
    if bound.direction_of(name) == "-":
        first, last = last, first
    assert first <= last or first - last <= slack(bound, first, last), (first, last)


@pytest.mark.parametrize("pair", MOVED, ids=ids)
def test_the_value_moves_as_declared(pair):
    bound, name = pair

    @examples(30)
    @given(arguments(bound), two_values(bound, name))
    def moves(facts, ends):
        low, high = apart(bound, name, facts, ends)
        assume(both_speak(bound, low, high))
        check_moves(bound, name, low, high)

    moves()


@pytest.mark.parametrize("pair", NOT_MONOTONE, ids=ids)
def test_what_is_not_monotone_has_a_witness(pair):
    """Values of the argument between which the bound goes both up and down, in one place or two."""
    bound, name = pair
    assert name in bound.witness
    witness = bound.witness[name]
    places = witness["at"] if isinstance(witness["at"], list) else [witness["at"]]
    runs = [[bound(**at, **{name: x}) for x in witness["values"]] for at in places]
    assert list(witness["values"]) == sorted(witness["values"]) or not is_number(name)
    assert not any(math.isnan(value) for run in runs for value in run)
    steps = [later - earlier for run in runs for earlier, later in pairwise(run)]
    assert max(steps) > max(slack(bound, *run) for run in runs)
    assert min(steps) < -max(slack(bound, *run) for run in runs)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_a_witness_is_for_what_is_not_monotone(bound):
    assert set(bound.witness) <= {
        name for name in bound.arguments if bound.direction_of(name) is None
    }


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_an_exception_differs_from_the_usual_direction(bound):
    """A declared direction that only repeats the vocabulary's says nothing."""
    from genbounds.declaration import Bound

    plain = Bound(bound.formula, bound.claim, source=bound.source)
    for name, direction in bound.exceptions.items():
        assert direction != plain.direction_of(name), name
