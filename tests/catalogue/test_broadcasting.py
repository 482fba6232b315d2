"""Arrays broadcast: every entry is the value of the scalar call, whatever the shapes."""

import numpy as np
import pytest

from genbounds.variables import VARIABLES
from tests.catalogue.draws import BROADCAST, is_number, numeric, typical, whole
from tests.catalogue.test_backends_agree import AGAINST_FLOATS, size

COUNTS = ("errors", "errors_first_only", "errors_second_only", "n_ghost")


def two_values(bound, name, x) -> list:
    """The typical value and another one beside it that no relation forbids."""
    v = VARIABLES[name]
    if name in ("n", "population_size"):
        return [x, 2 * x]
    if name in COUNTS:
        return [x, max(int(v.low), x // 2)]
    other = max(int(v.low), x - 1) if whole(bound, name) else x * 0.75
    return [x, other if v.contains(other) else x]


def grids(bound, facts=None) -> tuple[dict, dict, dict]:
    """The facts, up to three lists of values, and the same as arrays along axes of their own."""
    facts = typical(bound) if facts is None else dict(facts)
    if "population_size" in facts:
        facts["population_size"] = max(facts["population_size"], 2 * facts["n"])
    names = numeric(bound)[:3]
    lists = {name: two_values(bound, name, facts[name]) for name in names}
    arrays = {
        name: np.array(lists[name], float).reshape(
            [2 if axis == i else 1 for i in range(len(names))]
        )
        for axis, name in enumerate(names)
    }
    return facts, lists, arrays


def check_loop(bound, facts, lists, found) -> None:
    """What an array has found, cell by cell, against one scalar call a cell."""
    assert found.shape == tuple(map(len, lists.values()))
    for cell in np.ndindex(found.shape):
        here = {name: lists[name][i] for name, i in zip(lists, cell, strict=True)}
        expected = bound(**facts | here)
        error = 0 if found[cell] == expected else abs(found[cell] - expected)
        assert error <= AGAINST_FLOATS * abs(expected) + size(bound), (here, found[cell], expected)


@pytest.mark.parametrize("bound", BROADCAST, ids=lambda b: b.name)
def test_arrays_equal_the_loop(bound):
    facts, lists, arrays = grids(bound)
    check_loop(bound, facts, lists, bound(**facts | arrays))


@pytest.mark.parametrize("bound", BROADCAST, ids=lambda b: b.name)
def test_an_array_of_one_point_has_its_shape(bound):
    facts = typical(bound)
    for name in filter(is_number, bound.arguments):
        assert bound(**facts | {name: np.full((1, 3), facts[name])}).shape == (1, 3)
        assert isinstance(bound(**facts | {name: np.array(facts[name])}), (int, float))


@pytest.mark.parametrize("bound", BROADCAST, ids=lambda b: b.name)
def test_inputs_are_not_written_to(bound):
    facts, _, arrays = grids(bound)
    before = {name: value.copy() for name, value in arrays.items()}
    bound(**facts | arrays)
    for name, value in arrays.items():
        assert (value == before[name]).all()


@pytest.mark.parametrize("bound", BROADCAST, ids=lambda b: b.name)
def test_a_result_can_be_written_to(bound):
    facts, _, arrays = grids(bound)
    found = bound(**facts | arrays)
    found[...] = 0.0
    assert not found.any()
