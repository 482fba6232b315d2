"""Formats, streams and exit codes mean the same on every command."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pytest import approx

from genbounds.rendering import Table

ROOT = Path(__file__).parents[2]
DIGITS = ROOT / "examples" / "digits_predictions.csv"
COMMANDS = {
    "compute": "compute hoeffding --empirical-risk .1 --n 1000 --delta .05",
    "compute both": "compute clopper_pearson --errors 3 --n 100 --delta .05 --two-sided",
    "compute sequence": "compute mcdiarmid --differences .1,.2 --delta .05",
    "compute silent bound": "compute vapnik_chervonenkis --errors 0 --n 9 --vc-dim 9 --delta .05",
    "solve": "solve hoeffding n --epsilon .05 --delta .05",
    "scan": "solve hoeffding n --epsilon .05 --delta .05 --scan 590 610",
    "test-set": "test-set --errors 192 --n 600",
    "test-set file": f"test-set {DIGITS} --truth truth --prediction logistic_regression "
    "--prediction nearest_neighbours",
    "sample-size": "sample-size --vc-dim 10 --epsilon .05",
    "risk": "risk --errors 500 --n 1e5 --vc-dim 10 --delta .05",
    "list": "list --family vc",
    "show": "show hoeffding",
}
EVERY = pytest.mark.parametrize("words", COMMANDS.values(), ids=COMMANDS)


def no_constants(word):
    raise AssertionError(f"{word} is no JSON")


@EVERY
def test_json_is_strict(run, words):
    ran = run(f"{words} --json")
    assert (ran.status, ran.err) == (0, "")
    json.loads(ran.out, parse_constant=no_constants)
    assert run(f"{words} --format json").out == ran.out


@EVERY
def test_csv_has_rows_of_one_length(run, words):
    rows = list(csv.reader(io.StringIO(run(f"{words} --format csv").out), strict=True))
    assert len(rows) > 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0])


@EVERY
def test_markdown_tables_are_tables(run, words):
    text = run(f"{words} --format markdown").out
    rows = [line for line in text.splitlines() if line.startswith("|")]
    blocks = re.split(r"\n(?=[^|])", text) if rows else []
    for block in blocks:
        cells = [len(re.findall(r"(?<!\\)\|", x)) for x in block.splitlines() if x.startswith("|")]
        assert len(set(cells)) <= 1
    assert text.strip()


@EVERY
def test_latex_is_balanced(run, words):
    text = run(f"{words} --format latex").out
    plain = re.sub(r"\\[\\{}&%$#_]", "", text)
    assert plain.count("{") == plain.count("}")
    assert text.count(r"\begin{") == text.count(r"\end{")
    assert not re.search(r"(?<!\\)[%#]", text)


@EVERY
def test_quiet_prints_numbers_or_names_alone(run, words):
    ran = run(f"{words} --quiet")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("\n")
    if words.split()[0] not in ("show", "list") and "digits" not in words:
        [float(word) for word in ran.out.split()]


@EVERY
def test_no_colour(run, words, monkeypatch):
    for variable in ("FORCE_COLOR", "CLICOLOR_FORCE"):
        monkeypatch.setenv(variable, "1")
    assert "\x1b" not in run(words).out + run(f"{words.split()[0]} --help").out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(words).out


@EVERY
def test_text_fits_a_terminal(run, words):
    lines = [line for line in run(words).out.splitlines() if not line.startswith("  title")]
    assert max(map(len, lines)) <= 100
    assert not any(line != line.rstrip() for line in lines)


def test_the_value_is_the_same_in_every_format(run):
    words = COMMANDS["test-set"]
    value = float(run(f"{words} -q").out)
    assert json.loads(run(f"{words} --json").out)["value"] == value
    (row,) = csv.DictReader(io.StringIO(run(f"{words} --format csv").out))
    assert float(row["upper"]) == value
    shown = re.search(r"risk \\?<= ([\d.]+)", run(f"{words} --format markdown").out)
    assert value <= float(shown[1]) <= value + 1e-12
    latex = re.search(r"\\approx ([\d.]+)", run(f"{words} --format latex").out)
    assert value <= float(latex[1]) == approx(value, rel=1e-5)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("compute hoeffding --empirical-risk .1 --n 1000 --delta .05", 0),
        ("", 2),
        ("compue", 2),
        ("compute hoeffding --empirical-risk 2 --n 0 --delta 1", 2),
        ("compute hoeffding --empirical-risk .1 --n 10 --delta .1 --format xml", 2),
        ("compute hoeffding --epsilom 3", 2),
        ("solve clopper_pearson errors --target .001 --n 100 --delta .05", 3),
        ("compute devroye --errors 1 --n 2 --delta .05 --vc-dim 3", 3),
        ("test-set --errors 9 --n 10 --fail-if above=.5", 4),
        ("test-set --errors 10 --n 10 --fail-if vacuous", 4),
        ("--version", 0),
        ("--help", 0),
    ],
)
def test_exit_codes(run, words, status):
    ran = run(words)
    assert ran.status == status
    assert bool(ran.err) == (status != 0)


def test_all_faults_come_at_once(run):
    ran = run("compute hoeffding --empirical-risk 2 --n 0 --delta 1")
    for fault in (
        "--empirical-risk must be in [0, 1], got 2",
        "at least 1, got 0",
        "(0, 1), got 1",
    ):
        assert fault in ran.err


@pytest.mark.parametrize("condition", ["above", "above=", "above=x", "above=nan", "below=1", ""])
def test_a_wrong_condition(run, condition):
    ran = run(["test-set", "--errors", "1", "--n", "9", "--fail-if", condition])
    assert (ran.status, ran.out) == (2, "")
    assert "neither `vacuous` nor `above=VALUE`" in ran.err


def test_a_misspelt_command_is_corrected(run):
    assert "compute" in run("compue").err


def test_a_defect_is_one_line(run, monkeypatch):
    import genbounds.registry

    def broken(name):
        raise RuntimeError("broken")

    monkeypatch.setattr(genbounds.registry, "find", broken)
    ran = run(COMMANDS["compute"])
    assert ran.status == 1
    assert ran.err.startswith("Error: RuntimeError: broken")


def test_a_table_as_json_is_strict():
    with pytest.raises(ValueError, match="not JSON compliant"):
        Table(("x",), [(float("nan"),)]).render("json")


def process(*words, **how):
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "genbounds", *words], env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, **how,
    )  # fmt: skip


def test_exit_status_of_a_process():
    """Data on stdout, messages on stderr, the status of the process."""
    running = process("test-set", "--errors", "9", "--n", "10", "--fail-if", "above=.5")
    out, err = running.communicate()
    assert running.returncode == 4
    assert out.startswith("With probability")
    assert err.startswith("Error: the result")


def test_a_closed_pipe_is_no_failure():
    running = process("list")
    running.stdout.close()
    err = running.stderr.read()
    running.stderr.close()
    assert (running.wait(), err) == (0, "")
