"""The committed campaign: its page is current, its worlds prove it, and nothing proved fell."""

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import genbounds as gb
from genbounds.referee.certifying import certified_chance
from genbounds.referee.forms import as_value
from genbounds.referee.refuting import allowance
from genbounds.referee.scaling import scaled
from genbounds.referee.worlds.base import world_of

ROOT = Path(__file__).parents[2]
ROWS = {row["bound"]: row for row in json.loads((ROOT / "docs/slack.json").read_text("utf-8"))}
PROVEN = [row for row in ROWS.values() if "world" in row]
SAMPLED = [row for row in PROVEN if row["n"] <= 12][::6]
"""Rows that are proved again in every run; the campaign's own script proves all of them."""


def parameter(value):
    return Fraction(value) if isinstance(value, str) else value


def test_the_page_is_that_of_the_record():
    script = [sys.executable, str(ROOT / "docs/make_slack.py"), "--check"]
    assert subprocess.run(script, cwd=ROOT, check=False).returncode == 0


def test_every_bound_has_a_row():
    assert set(ROWS) == set(gb.catalogue)


def test_no_proved_bound_was_refuted():
    tested = [row for row in ROWS.values() if row["status"] == "proved" and "ratios" in row]
    theorems = [row for row in tested if gb.catalogue[row["bound"]].claim.is_guarantee]
    assert len(theorems) > 200
    for row in theorems:
        assert not row["refuted"], row["bound"]
        assert max(row["ratios"].values()) <= 1 + 1e-9, row["bound"]
        assert row.get("slack", 0) <= 1, row["bound"]


def test_what_is_no_guarantee_was_refuted():
    for name in ("wald", "wilson", "jeffreys", "agresti_coull"):
        assert all(ROWS[f"{name}{side}"]["refuted"] for side in ("", "_lower"))


@pytest.mark.parametrize(
    ("name", "least"),
    [("clopper_pearson", 1), ("chernoff", 1), ("finite_realizable", 1), ("hoeffding", 0.89),
     ("vapnik_chervonenkis", 0.27)],
)  # fmt: skip
def test_the_search_is_as_strong_as_is_known_to_be_possible(name, least):
    assert ROWS[name]["slack"] >= least


@pytest.mark.parametrize("row", SAMPLED, ids=lambda row: row["bound"])
def test_a_world_proves_its_slack(row):
    bound = as_value(gb.catalogue[row["bound"]])
    small = scaled(bound, Fraction(row["factor"]))
    delta = allowance(bound, 0.05)
    parameters = {name: parameter(value) for name, value in row["parameters"].items()}
    chance = certified_chance(small, world_of(row["world"]), row["n"], delta, parameters)
    assert chance > Fraction(str(delta))
