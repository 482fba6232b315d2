"""Values against an independent implementation at 50 digits."""

import math

import pytest

import genbounds as gb
from tests.catalogue.draws import NUMBERED
from tests.catalogue.records import arguments, label, number, rows, tables

ROWS = [row for name in tables() for row in rows(name)]
RELATIVE = 1e-13


@pytest.mark.parametrize("row", ROWS, ids=map(label, ROWS))
def test_the_value_is_that_of_the_reference(row):
    found = gb.catalogue[row["bound"]](**arguments(row))
    expected = number(row["value"])
    if math.isinf(expected):
        assert found == expected
    else:
        assert found == pytest.approx(expected, rel=RELATIVE, abs=0)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_every_bound_with_a_number_has_six_reference_values(bound):
    assert sum(row["bound"] == bound.name for row in ROWS) >= 6


def test_every_row_is_of_a_bound_of_the_catalogue():
    assert {row["bound"] for row in ROWS} <= set(gb.catalogue)


def test_references_have_fifty_digits():
    """Or are exact: a short decimal, or an infinity."""
    for row in ROWS:
        digits = row["value"].split("e")[0].replace("-", "").replace(".", "").lstrip("0")
        assert len(digits) <= 52
    long = sum(len(row["value"]) >= 50 for row in ROWS)
    assert long >= 0.5 * len(ROWS)
