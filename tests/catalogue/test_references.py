"""Values against an independent implementation at 50 digits.

The references read their arguments as decimals, a call reads them as doubles: where the value is
sensitive to that difference, the test allows what the difference is worth.
"""

import math
from fractions import Fraction

import mpmath
import pytest

import genbounds as gb
from genbounds.enclosing import exactly
from genbounds.problems import in_mpmath
from tests.catalogue.draws import NUMBERED
from tests.catalogue.records import OUTWARD, arguments, label, number, rows, tables

ROWS = [row for name in tables() for row in rows(name)]
RELATIVE = 1e-13


@pytest.mark.parametrize("row", ROWS, ids=[label(row) for row in ROWS])
def test_the_value_is_that_of_the_reference(row):
    bound, facts, expected = gb.catalogue[row["bound"]], arguments(row), number(row["value"])
    if math.isinf(expected):
        silent_or_refused(bound, facts, expected)
        return
    found = bound(**facts)
    if bound.name in OUTWARD:
        outward = expected - found if bound.claim.side == "lower" else found - expected
        assert -1e-15 <= outward <= OUTWARD[bound.name]
    elif not abs(found - expected) <= tolerance(bound, facts, expected):  # nan is no agreement
        assert abs(found - expected) <= tolerance(bound, facts, expected) + 4 * worth_of_rounding(
            bound, facts
        )


def tolerance(bound, facts, expected) -> float:
    """Relative; a difference of two risks is as exact as its larger part can be."""
    if bound.claim.quantity != "risk_difference" or bound.claim.form != "value":
        return RELATIVE * abs(expected)
    apart = facts["errors_first_only"] + facts["errors_second_only"]
    largest = gb.catalogue["clopper_pearson"](errors=apart, n=facts["n"], delta=facts["delta"] / 2)
    return RELATIVE * abs(expected) + 4e-16 * largest


def silent_or_refused(bound, facts, expected):
    """Where a condition fails the theorem is silent; what can never be (n > N) is refused."""
    try:
        assert bound(**facts) == expected
    except ValueError as fault:
        assert "must be" in str(fault)


def worth_of_rounding(bound, facts) -> float:
    """How far the value moves when the arguments are read as doubles instead of decimals."""
    with mpmath.workdps(50):
        decimals = in_mpmath({k: exactly(v) for k, v in facts.items()})
        doubles = in_mpmath({k: _as_double(v) for k, v in facts.items()})
        return abs(float(bound(**decimals) - bound(**doubles)))


def _as_double(x):
    return Fraction(x) if isinstance(x, float) and math.isfinite(x) else x


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
