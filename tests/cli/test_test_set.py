"""`test-set`: from counts, losses and files of predictions."""

import csv
import io
import json
from pathlib import Path

import pytest
from pytest import approx

import genbounds as gb

DIGITS = Path(__file__).parents[2] / "examples" / "digits_predictions.csv"
MODELS = ["--prediction", "logistic_regression", "--prediction", "nearest_neighbours"]
COMPARE = ["test-set", str(DIGITS), "--truth", "truth", *MODELS]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("--errors 192 --n 600 --delta .025", 0.3589768280676),  # TS-4
        ("--errors 192 --n 600 --delta .5 --side lower", 0.3192671749287),
        ("--errors 0 --n 50", 0.05815507911697),  # TS-7
        ("--errors 0 --n 30", 0.09503385285530414),  # AU-30
        ("--errors 150 --n 10000", 0.017157718182),  # TS-8
        ("--errors 48 --n 50 --side lower", 0.8793858446),  # EV-10
        ("--errors 192 --n 800 --delta .025", 0.271146632940),  # landmine 12
        ("--empirical-risk .1 --n 1000", None),
        ("--errors 2 --n 50 --population-size 100", None),
        ("--losses 0,1,0,0,.5,0,0,0", None),
    ],
)
def test_one_side(number, words, value):
    found = number(f"test-set {words}")
    assert 0 < found < 1
    assert value is None or found == approx(value, rel=1e-9)


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("--errors 0 --n 50", [0, 0.0711217364642]),  # TS-7
        ("--errors 150 --n 10000", [0.0127096736085, 0.0175787549612]),  # TS-8
        ("--errors 137 --n 164", [0.7695795843, 0.8886134049]),  # EV-5
    ],
)
def test_both_sides(run, words, ends):
    ran = run(f"test-set {words} --side both -q")
    assert list(map(float, ran.out.split())) == approx(ends, rel=1e-9)


def test_the_best_of_several_pays_for_the_choice(run, number):
    best = number("test-set --errors 3 --n 1000 --selected-from 20 --delta .05")
    assert best == approx(number("test-set --errors 3 --n 1000 --delta .0025"), rel=1e-12)
    ran = run("test-set --errors 3 --n 1000 --selected-from 20")
    text = " ".join(ran.out.split())
    assert "each of the 20 models, so also of the best" in text
    assert "all the models were fixed before the sample was drawn" in text


def test_losses_from_a_file(run, tmp_path):
    path = tmp_path / "losses.txt"
    path.write_text("0\n1\n0\n0\n.5\n0\n0\n0\n")
    assert (
        run(["test-set", "--losses", f"@{path}", "-q"]).out
        == run("test-set --losses 0,1,0,0,.5,0,0,0 -q").out
    )


@pytest.mark.parametrize(
    ("condition", "status"),
    [("above=0.02", 0), ("above=1/1000", 4), ("vacuous", 0)],
)
def test_fail_if(run, condition, status):
    ran = run(f"test-set --errors 3 --n 1000 --fail-if {condition}")
    assert ran.status == status
    assert "With probability" in ran.out
    assert ("above" in ran.err) == (status == 4)


# --- files


def test_two_models_on_the_shipped_data(run):
    ran = run(COMPARE)
    assert (ran.status, ran.err) == (0, "")
    flat = " ".join(ran.out.split())
    assert flat.startswith("With probability at least 95%, all 2 intervals")
    assert "nearest_neighbours has a smaller risk than logistic_regression" in flat
    assert max(map(len, ran.out.splitlines())) <= 100


def test_the_numbers_are_those_of_the_counts(run):
    record = json.loads(run([*COMPARE, "--json"]).out)
    first, second = record["models"]
    assert (first["errors"], second["errors"], first["n"]) == (44, 25, 898)
    exact = gb.catalogue["clopper_pearson"].two_sided(errors=44, n=898, delta=0.025)
    assert (first["lower"], first["upper"]) == exact
    (pair,) = record["pairs"]
    assert pair["first_only"] - pair["second_only"] == 44 - 25
    assert pair["p_value"] == approx(0.003377847911909, rel=1e-12)


def test_tables_of_models_and_of_pairs(run):
    rows = list(csv.DictReader(io.StringIO(run([*COMPARE, "--format", "csv"]).out)))
    assert [row["model"] for row in rows] == ["logistic_regression", "nearest_neighbours"]
    pairs = list(csv.DictReader(io.StringIO(run([*COMPARE, "--pairs", "--format", "csv"]).out)))
    assert [(row["only 1st"], row["only 2nd"]) for row in pairs] == [("29", "10")]
    assert run([*COMPARE, "--format", "latex"]).out.count(r"\begin{tabular}") == 2
    assert run([*COMPARE, "--quiet"]).out.count("\n") == 2
    assert run([*COMPARE, "--quiet", "--pairs"]).out.count("\n") == 1


def test_one_model_has_a_sentence_and_no_pairs(run):
    ran = run([*COMPARE[:4], *MODELS[:2]])
    assert (
        "the true error rate of logistic_regression lies between 0.03582 and 0.06523"
        in " ".join(ran.out.split())
    )
    assert "sign test" not in ran.out
    assert run([*COMPARE[:4], *MODELS[:2], "--pairs"]).status == 2


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_jsonl_and_tsv_say_the_same_as_csv(run, tmp_path):
    rows = [("y", "a", "b"), (1, 1, 0), (0, 1, 0), (1, 1, 1), (0, 0, 0)]
    files = [
        write(tmp_path / "p.csv", "\n".join(",".join(map(str, row)) for row in rows)),
        write(tmp_path / "p.tsv", "\n".join("\t".join(map(str, row)) for row in rows)),
        write(
            tmp_path / "p.jsonl",
            "\n".join(json.dumps(dict(zip(rows[0], row, strict=True))) for row in rows[1:]),
        ),
    ]
    words = ["--truth", "y", "--prediction", "a", "--prediction", "b", "--json"]
    first, *others = [run(["test-set", file, *words]).out for file in files]
    assert others == [first, first]
    assert [m["errors"] for m in json.loads(first)["models"]] == [1, 1]


def test_a_label_written_in_two_ways_is_one_label(run, tmp_path):
    path = write(tmp_path / "p.csv", "y,a\n3, 3.0\n1,1.00\n2,2\n")
    record = json.loads(run(["test-set", path, *"--truth y --prediction a --json".split()]).out)
    assert record["models"][0]["errors"] == 0


def test_labels_that_never_meet_are_remarked_on(run, tmp_path):
    path = write(tmp_path / "p.csv", "y,a\ncat,0\ndog,1\n")
    ran = run(["test-set", path, *"--truth y --prediction a -q".split()])
    assert ran.status == 0
    assert "are they written alike" in ran.err


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("p.csv", "y,a\n1,\n", "line 2: a is empty"),
        ("p.csv", "y,a\n1,1\n0\n", "line 3: a is empty"),
        ("p.csv", "y,a\n1,1,1\n", "line 2: more cells than columns"),
        ("p.csv", "y,a,a\n1,1,0\n", "two columns are called 'a'"),
        ("p.csv", "y,b\n1,1\n", "has no column 'a': it has y, b"),
        ("p.csv", "y,a\n", "holds no rows"),
        ("p.csv", "", "holds no rows"),
        ("p.csv", 'y,a\n1,"0\n', "unexpected end of data"),
        ("p.jsonl", '{"y": 1, "a": 1}\n[1]\n', "line 2: not an object"),
        ("p.jsonl", '{"y": 1, "a"}\n', "line 1:"),
        ("p.jsonl", '{"y": 1, "a": [1]}\n', "a is no label: [1]"),
        ("p.jsonl", '{"y": 1, "a": NaN}\n', "a is no label: nan"),
        ("p.jsonl", '{"y": 1, "a": null}\n', "a is empty"),
        ("p.json", "[]", "one object a line"),
    ],
)
def test_a_bad_file_is_refused_by_line(run, tmp_path, name, text, message):
    path = write(tmp_path / name, text)
    ran = run(["test-set", path, "--truth", "y", "--prediction", "a"])
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err


def test_a_file_that_is_not_text(run, tmp_path):
    (tmp_path / "p.csv").write_bytes(b"y,a\n\xff,1\n")
    ran = run(["test-set", str(tmp_path / "p.csv"), "--truth", "y", "--prediction", "a"])
    assert (ran.status, "not UTF-8 text" in ran.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--truth truth", "needs --truth COLUMN and --prediction COLUMN"),
        ("--truth truth --prediction truth", "named twice"),
        ("--truth truth --prediction x --errors 3", "--errors does not go with a file"),
        ("--truth truth --prediction x --side both", "--side does not go with a file"),
        ("--truth truth --prediction x --selected-from 2", "--selected-from does not go"),
    ],
)
def test_options_that_do_not_go_with_a_file(run, words, message):
    ran = run(["test-set", str(DIGITS), *words.split()])
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    assert run("test-set --truth y --errors 1 --n 2").status == 2
    assert "does not exist" in run("test-set nowhere.csv --truth y").err
