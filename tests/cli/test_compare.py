"""`compare` on the command line: ranges, lists, refusals, formats."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

import genbounds as gb
from genbounds.cli import program

PAIR = ["devroye", "parrondo_van_den_broeck"]
OPTIONS = ["--vc-dim", "50", "--delta", ".05", "--growth", "polynomial"]


def run(*words):
    return CliRunner().invoke(program, ["compare", *words])


def test_the_crossing_in_one_line():
    found = run(*PAIR, "--n", "1:100", *OPTIONS, "-q")
    assert found.exit_code == 0
    assert found.stdout.split() == ["parrondo_van_den_broeck", "9", "devroye"]


def test_the_same_numbers_as_in_python():
    found = run(
        "--question", "every_hypothesis", "--n", "1e4", "--vc-dim", "10", "--delta", ".05", "--json"
    )
    python = gb.compare("every_hypothesis", n=10_000, vc_dim=10, delta=0.05)
    told = {row["bound"]: row["raw"] for row in json.loads(found.stdout)["bounds"]}
    assert told == python.raw


def test_lists_and_ranges():
    found = run(*PAIR, "--n", "100:10000:3", "--vc-dim", "1,2", "--delta", ".05", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    assert sorted({int(row["n"]) for row in rows}) == [100, 1000, 10000]
    assert len(rows) == 12


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "name bounds, or ask a --question"),
        (("hoeffding", "mohri", "--n", "100", "--vc-dim", "2"), "different questions"),
        (("nobody", "--n", "100", "--delta", ".1"), "no bound is called 'nobody'"),
        (("hoeffding", "--n", "10:1", "--delta", ".1"), "from a smaller to a larger"),
        (("hoeffding", "--n", "1:2:3:4", "--delta", ".1"), "no range"),
        (("hoeffding", "--n", "10:x", "--delta", ".1"), "not a number"),
        (("hoeffding", "--n", "100", "--delta", "1,2"), "delta must be in"),
    ],
)  # fmt: skip
def test_what_is_refused(words, said):
    found = run(*words)
    assert found.exit_code == 2 and said in " ".join(found.output.split())


def test_nothing_to_rank_is_not_applicable():
    found = run("bernstein", "--n", "100", "--delta", ".1")
    assert found.exit_code == 3 and "needs variance" in found.output


def test_latex_and_markdown():
    latex = run(*PAIR, "--n", "100", *OPTIONS, "--format", "latex").stdout
    assert r"\cite{ParrondoVanDenBroeck1993}" in latex
    assert "| bound |" in run(*PAIR, "--n", "100", *OPTIONS, "--format", "markdown").stdout
