"""Divergences against an independent implementation at 50 digits."""

import json
from pathlib import Path

import pytest

import genbounds as gb
from genbounds import generic
from tests.catalogue.records import number

FILE = Path(__file__).parents[1] / "reference" / "functions" / "divergences.json"
ROWS = json.loads(FILE.read_text(encoding="utf-8"))
RELATIVE = 1e-13


def label(row):
    return f"{row['function']}({row['arguments']})"


def argument(text):
    return [float(x) for x in text] if isinstance(text, list) else float(text)


@pytest.mark.parametrize("row", ROWS, ids=label)
def test_the_value_is_that_of_the_reference(row):
    home = generic if row["function"] == "log_xi" else gb
    found = getattr(home, row["function"])(*map(argument, row["arguments"]))
    assert found == pytest.approx(number(row["value"]), rel=RELATIVE, abs=0)
