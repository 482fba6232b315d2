"""`sample-size`: a bracket, both ends with their theorems."""

import csv
import io
import json

import pytest


@pytest.mark.parametrize(
    ("words", "n"),
    [
        ("--epsilon .05", 738),  # TS-1
        ("--epsilon .05 --delta .03", 840),  # LFD-3.1
        ("--epsilon .05 --delta .03 --n-hypotheses 10", 1301),
        ("--epsilon .05 --delta .03 --n-hypotheses 100", 1761),
        ("--epsilon .05 --delta .03 --n-hypotheses 100 --question interval", 1761),
        ("--errors 0 --epsilon .05", 59),  # AU
        ("--errors 0 --epsilon .01", 299),
        ("--errors 0 --epsilon .1", 29),
        ("--errors 0 --epsilon .01 --delta .01", 459),
        ("--n-hypotheses 59049 --epsilon .1 --question realizable", 133),  # PAC-1
        ("--n-hypotheses 50 --epsilon .1 --question realizable", 66),  # PAC-3
    ],
)
def test_scenarios(number, words, n):
    assert number(f"sample-size {words}") == n


@pytest.mark.parametrize(
    ("words", "bound", "n"),
    [
        (
            "--n-hypotheses 59049 --epsilon .1 --question realizable",
            "finite_realizable_linear",
            140,
        ),
        ("--n-hypotheses 50 --epsilon .1 --question realizable", "finite_realizable_linear", 70),
        ("--vc-dim 3 --epsilon .1 --question realizable", "mitchell_sample_size", 1899),  # PAC-4
        ("--vc-dim 10 --epsilon .05", "vapnik_chervonenkis", 400700),
        ("--vc-dim 10 --epsilon .05 --growth polynomial", "vapnik_chervonenkis", 452957),
        ("--vc-dim 10 --epsilon .05 --growth polynomial", "parrondo_van_den_broeck", 47830),
        ("--vc-dim 10 --epsilon .05 --growth polynomial", "abu_mostafa_rademacher", 138886),
        ("--vc-dim 10 --epsilon .05 --growth polynomial", "devroye", 43655),  # VC-5
    ],
)
def test_the_rows_hold_the_textbook_numbers(run, words, bound, n):
    record = json.loads(run(f"sample-size {words} --json").out)
    assert {"n": n, "bound": bound}.items() <= {
        k: v
        for row in record["sufficient"]
        if row["bound"] == bound
        for k, v in row.items()
        if k in ("n", "bound")
    }.items()


@pytest.mark.parametrize(
    "words",
    [
        "--vc-dim 10 --epsilon .05",
        "--vc-dim 10 --epsilon .01 --delta .01 --question realizable",
        "--vc-dim 10 --epsilon .01 --delta .01 --question excess",
        "--n-hypotheses 1000 --epsilon .01 --delta .01 --question excess",
        "--errors 2 --epsilon .05",
    ],
)
def test_both_ends_of_the_bracket_are_in_the_first_sentence(run, words):
    record = json.loads(run(f"sample-size {words} --json").out)
    text = " ".join(run(f"sample-size {words}").out.split())
    assert text.startswith(f"{record['n']} observations are enough: with probability at least 9")
    assert 0 < record["necessary"] <= record["n"]
    assert record["sufficient"][0]["n"] == record["n"]
    assert record["necessary_rows"][0]["n"] == record["necessary"]
    for end in ("sufficient", "necessary_rows"):
        assert record[end][0]["source"] in text
        for sentence in record[end][0]["conditions"]:
            assert sentence in text


def test_a_number_without_a_necessary_one_claims_none(run):
    assert "necessary" not in run("sample-size --epsilon .05").out
    assert "necessary" not in run("sample-size --bits 64 --epsilon .05").out


def test_the_exact_test_set_size_is_called_the_least(run):
    assert (
        "That is the least number that will do." in run("sample-size --errors 0 --epsilon .05").out
    )


def test_csv_holds_both_ends(run):
    words = "sample-size --vc-dim 10 --epsilon .05 --format csv"
    rows = list(csv.DictReader(io.StringIO(run(words).out)))
    assert {row["n is"] for row in rows} == {"sufficient", "necessary"}
    assert int(rows[0]["n"]) == 40316
    assert all(row["source"] for row in rows)


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ("--vc-dim 10", 2, "Missing option '--epsilon'"),
        ("--epsilon 0", 2, "epsilon must be in (0, 1), got 0"),
        ("--epsilon .1 --delta 1", 2, "delta must be in (0, 1), got 1"),
        ("--epsilon .1 --vc-dim -1", 2, "must be an integer at least 0, got -1"),
        ("--epsilon .1 --vc-dim 3 --growth cubic", 2, "growth must be one of sauer"),
        ("--epsilon .1 --errors 1.5", 2, "errors must be an integer at least 0, got 1.5"),
        ("--epsilon .1 --question test_set", 2, "needs errors, the number allowed"),
        ("--epsilon .1 --question uniform", 2, "give --vc-dim or --n-hypotheses"),
        ("--epsilon .1 --vc-dim 3 --bits 4", 2, "does not go with question"),
        ("--epsilon .1 --vc-dim 3 --question why", 2, "'why' is not one of"),
        ("--epsilon 1e-12 --bits 1000", 3, "at most 1e-12"),
    ],
)
def test_what_cannot_be_answered(run, words, status, message):
    ran = run(f"sample-size {words}")
    assert (ran.status, ran.out) == (status, "")
    assert message in ran.err
