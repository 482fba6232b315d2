"""`compute`: every argument as --name value, the answer of the Python call."""

import json
import subprocess
import sys

import pytest
from pytest import approx

import genbounds as gb
from genbounds.variables import VARIABLES

HEAVY = {"numpy", "scipy", "sympy", "mpmath", "difflib", "csv", "json", "html"}


def test_the_answer_starts_with_a_plain_sentence(run):
    ran = run("compute hoeffding --empirical-risk .1 --n 1000 --delta .05")
    assert ran.status == 0
    assert ran.err == ""
    assert (
        ran.out.splitlines()[0] == "With probability at least 95%, the true risk is at most 0.1388."
    )
    assert "risk <= 0.138702275603" in ran.out
    assert "Hoeffding1963, Theorem 2" in ran.out
    assert "[ ] the sample was not used" in ran.out


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("hoeffding --empirical-risk .1 --n 1000 --delta .05", 0.1387022756020495),
        ("hoeffding_radius --empirical-risk 1/10 --n 1e3 --delta 1/20", 0.1387022756020495),
        ("clopper_pearson --errors 192 --n 600 --delta .025", 0.3589768280676),
        ("clopper_pearson --errors 30 --n 30 --delta .5", 1.0),
        ("chernoff --empirical-risk 0 --n 1 --delta 1e-300", 1.0),
        ("mcdiarmid --differences .1,.2,.1 --delta .05", 0.2997870),
        ("sign_test --errors-first-only 300 --errors-second-only 220", 0.0005194158497),
        ("mitchell_sample_size --epsilon .1 --delta .05 --vc-dim 3", 1898.25),
        ("wilson_lower --errors 48 --n 50 --delta .025", 0.8653990931),
        ("vapnik_chervonenkis --errors 0 --n 1e6 --vc-dim 10 --delta .05 --growth polynomial",
         0.0345796),
    ],
)  # fmt: skip
def test_values(number, words, value):
    assert number(f"compute {words}") == approx(value, rel=2e-5)


def test_both_sides(run):
    ran = run("compute clopper_pearson --errors 137 --n 164 --delta .05 --two-sided -q")
    assert list(map(float, ran.out.split())) == approx([0.7695795843, 0.8886134049], rel=1e-9)


def test_a_sequence_from_a_file(run, tmp_path):
    path = tmp_path / "differences.txt"
    path.write_text(".1\n.2\n.1\n")
    words = ["compute", "mcdiarmid", "--differences", f"@{path}", "--delta", ".05", "-q"]
    assert run(words).out == run("compute mcdiarmid --differences .1,.2,.1 --delta .05 -q").out


def test_a_missing_file_is_named(run):
    ran = run("compute mcdiarmid --differences @nowhere.txt --delta .05")
    assert ran.status == 2
    assert "nowhere.txt: No such file" in ran.err


@pytest.mark.parametrize("name", [name for name, v in VARIABLES.items() if v.kind == "function"])
def test_a_function_is_refused_with_the_way_out(run, name):
    ran = run(f"compute hoeffding --{name.replace('_', '-')} 3 --n 10 --delta .1")
    assert ran.status == 2
    assert f"{name} is a function, which a command line cannot hold" in ran.err
    assert "from Python" in ran.err


def test_a_bound_that_takes_a_function_says_so(run):
    taking = [b.name for b in gb.catalogue.values() if "log_covering" in b.arguments]
    for name in taking:
        ran = run(f"compute {name} --n 10 --delta .1")
        assert ran.status == 2
        assert "call it from Python" in ran.err


def test_every_variable_is_an_option():
    from genbounds.cli.compute import compute_command

    known = {option.name for option in compute_command.params}
    assert set(VARIABLES) <= known


def test_a_vacuous_bound_says_it_loudly(run):
    ran = run("compute vapnik_chervonenkis --errors 0 --n 100 --vc-dim 50 --delta .05")
    assert ran.status == 0
    assert ran.out.startswith("VACUOUS: ")
    assert "it would say something from n = " in ran.out


def test_a_silent_theorem_is_status_3_after_the_answer(run):
    ran = run("compute devroye --errors 1 --n 2 --delta .05 --vc-dim 3")
    assert ran.status == 3
    assert "silent" in ran.out
    assert "devroye is silent here: it needs n >= 3" in ran.err


def test_a_confidence_given_as_delta_is_remarked_on(run):
    ran = run("compute hoeffding --empirical-risk .1 --n 1000 --delta .95 -q")
    assert ran.status == 0
    assert "a confidence of 0.95 is --delta 0.05" in ran.err


@pytest.mark.parametrize(
    "words",
    [
        "compute hoeffding --empirical-risk 1/10 --n 1000 --delta .05",
        "compute clopper_pearson --errors 3 --n 100 --delta .05 --two-sided",
        "compute vapnik_chervonenkis --errors 0 --n 10 --vc-dim 3 --delta .05 --growth polynomial",
        "compute mcdiarmid --differences .1,.2 --delta .05",
        "compute devroye --errors 1 --n 2 --delta .05 --vc-dim 3",
    ],
)
def test_the_record_gives_the_number_again(run, words):
    record = json.loads(run(f"{words} --json").out)
    assert gb.Answer.from_dict(record).to_dict() == record


def test_no_library_is_loaded_for_a_scalar():
    """A whole process, as a shell starts it."""
    code = (
        "import sys\nfrom genbounds.cli import main\n"
        "try: main('compute hoeffding --empirical-risk .1 --n 1000 --delta .05'.split())\n"
        "except SystemExit: print(sorted(sys.modules), file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("With probability")
    loaded = {name.split(".")[0] for name in eval(ran.stderr)}
    assert not loaded & HEAVY
    assert "genbounds.bounds.vc" not in eval(ran.stderr)
