"""Published numbers, to the digits that their sources print."""

from decimal import Decimal
from fractions import Fraction

import pytest

import genbounds as gb
from tests.catalogue.records import arguments, bound_of, label, rows

VALUES, SIZES = rows("worked"), rows("worked_sizes")


def half_unit(row) -> float:
    """Half a unit in the last printed digit."""
    printed = Decimal(row["value"])
    exponent = printed.adjusted() - int(row["digits"]) + 1
    return float(Decimal(5).scaleb(exponent - 1))


@pytest.mark.parametrize("row", VALUES, ids=lambda row: f"{row['id']} {label(row)}")
def test_the_published_value(row):
    bound, facts = bound_of(row), arguments(row)
    if row["two_sided"]:  # the half-width
        found = bound.gap(
            **{k: v for k, v in facts.items() if k in bound.gap.arguments or k == "n_hypotheses"}
        )
    else:
        found = bound(**facts)
    assert abs(found - float(row["value"])) <= half_unit(row) * (1 + 1e-9)


@pytest.mark.parametrize("row", SIZES, ids=lambda row: f"{row['id']} {label(row)}")
def test_the_published_sample_size(row):
    found = gb.solve(bound_of(row), "n", target=float(row["target"]), **arguments(row))
    assert found == int(row["n"])


def test_every_worked_number_names_its_source():
    assert all(row["source"] and row["id"] for row in [*VALUES, *SIZES])


def test_the_rates_of_sizes_are_exact():
    """A rate is a decimal: 0.07 means 7/100."""
    assert all(Fraction(row["arguments"].get("empirical_risk", "0")) >= 0 for row in SIZES)
