"""`certify`: models and predictions from files, what is refused to be loaded, what is written."""

import json
import sys
from pathlib import Path

import joblib
import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder

from genbounds.certificates import Certificate, certify, verify

DIGITS = Path(__file__).parents[2] / "examples" / "digits_predictions.csv"
RNG = np.random.default_rng(0)
ROWS = pd.DataFrame(RNG.normal(size=(200, 2)).round(6), columns=["a", "b"])
ROWS["y"] = (ROWS["a"] + 0.5 * RNG.normal(size=200) > 0).astype(int)
ROWS["town"] = RNG.choice(["Ulm", "Rom"], 200)
TRAIN, TEST = ROWS[:100], ROWS[100:]
MODEL = LogisticRegression().fit(TRAIN[["a", "b"]], TRAIN["y"])


def doubled(X):
    return 2 * X


@pytest.fixture
def files(tmp_path):
    """Rows and a model in both kinds of file."""
    TEST.assign(guess=MODEL.predict(TEST[["a", "b"]])).to_csv(tmp_path / "test.csv", index=False)
    joblib.dump(MODEL, tmp_path / "model.joblib")
    skops.io.dump(MODEL, tmp_path / "model.skops")
    return tmp_path


@pytest.fixture
def wanted():
    """What Python says about the same rows."""
    return certify(MODEL, TEST[["a", "b"]], TEST["y"])


def test_a_pickle_is_loaded_only_when_trusted(run, files, wanted):
    words = ["certify", str(files / "model.joblib"), str(files / "test.csv"), "--target", "y"]
    ran = run(words)
    assert ran.status == 2 and not ran.out
    assert "runs whatever code it holds" in ran.err and "--trust-pickle" in ran.err
    ran = run([*words, "--trust-pickle", "--json"])
    assert ran.status == 0, ran.err
    assert json.loads(ran.out) == wanted.to_dict()


def test_a_malicious_pickle_is_not_run(run, files):
    proof = files / "proof"

    class Evil:
        def __reduce__(self):
            return open, (str(proof), "w")

    joblib.dump(Evil(), files / "evil.joblib")
    words = ["certify", str(files / "evil.joblib"), str(files / "test.csv"), "--target", "y"]
    assert run(words).status == 2 and not proof.exists()
    renamed = files / "evil.skops"
    renamed.write_bytes((files / "evil.joblib").read_bytes())
    words[1] = str(renamed)
    ran = run(words)
    assert ran.status == 2 and not proof.exists() and "no model saved by skops" in ran.err


def test_skops_needs_no_trust(run, files, wanted):
    words = ["certify", str(files / "model.skops"), str(files / "test.csv"), "--target", "y"]
    ran = run([*words, "--json"])
    assert ran.status == 0, ran.err
    assert json.loads(ran.out) == wanted.to_dict()
    assert "at most" in run(words).out


def test_unknown_types_are_listed_and_trusted_one_by_one(run, files):
    model = make_pipeline(FunctionTransformer(doubled), LogisticRegression())
    skops.io.dump(model.fit(TRAIN[["a", "b"]], TRAIN["y"]), files / "odd.skops")
    (unknown,) = skops.io.get_untrusted_types(file=files / "odd.skops")
    words = ["certify", str(files / "odd.skops"), str(files / "test.csv"), "--target", "y"]
    ran = run(words)
    assert ran.status == 2 and f"--trust {unknown}" in ran.err
    ran = run([*words, "--trust", unknown, "--features", "a,b"])
    assert ran.status == 0, ran.err


def test_columns_of_predictions(run, files, wanted):
    words = ["certify", str(files / "test.csv"), "--target", "y", "--prediction", "guess"]
    ran = run([*words, "--json"])
    found = json.loads(ran.out)
    assert found["results"]["statements"][0]["upper"] == wanted.statements[0].upper
    assert found["inputs"]["data"]["targets"] == wanted.inputs["data"]["targets"]
    assert found["inputs"]["models"][0]["name"] == "guess"
    ran = run([*words, "--name", "mine", "--quiet"])
    assert float(ran.out) == wanted.statements[0].upper


def test_several_columns_and_groups(run, files):
    rows = pd.read_csv(files / "test.csv").assign(zero=0)
    rows.to_csv(files / "test.csv", index=False)
    words = ["certify", str(files / "test.csv"), "--target", "y", "--groups", "town",
             "--prediction", "guess", "--prediction", "zero", "--side", "both"]  # fmt: skip
    found = json.loads(run([*words, "--json"]).out)["results"]["statements"]
    assert [s["group"] for s in found] == ["", "Rom", "Ulm", "", "Rom", "Ulm", ""]
    wrong = (rows["y"] != 0) & (rows["town"] == "Ulm")
    assert found[5]["observed"] == wrong.sum() / (rows["town"] == "Ulm").sum()
    assert found[6]["kind"] == "difference"


def test_a_frame_with_words(run, files):
    encoder = make_column_transformer((OneHotEncoder(), ["town"]), remainder="passthrough")
    model = make_pipeline(encoder, LogisticRegression())
    model.fit(TRAIN[["town", "a", "b"]], TRAIN["y"])
    skops.io.dump(model, files / "m.skops")
    words = ["certify", str(files / "m.skops"), str(files / "test.csv"), "--target", "y", "--json"]
    ran = run(words)
    assert ran.status == 0, ran.err
    wanted = certify(model, TEST[["town", "a", "b"]], TEST["y"])
    assert json.loads(ran.out) == wanted.to_dict()


def test_regression(run, files):
    model = LinearRegression().fit(TRAIN[["a"]].to_numpy(), TRAIN["b"])
    skops.io.dump(model, files / "m.skops")
    words = ["certify", str(files / "m.skops"), str(files / "test.csv"), "--target", "b",
             "--features", "a"]  # fmt: skip
    ran = run(words)
    assert ran.status == 2 and "a regressor needs a loss" in ran.err
    ran = run([*words, "--loss", "absolute", "--width", "9", "--json"])
    wanted = certify(model, TEST[["a"]].to_numpy(), TEST["b"], loss="absolute", width=9)
    assert json.loads(ran.out) == wanted.to_dict()
    ran = run([*words, "--loss", "squared", "--width", "1", "--clip", "--method",
               "empirical-bernstein", "-q"])  # fmt: skip
    assert ran.status == 0 and 0 < float(ran.out) <= 1


def test_training_rows(run, files):
    TRAIN[["a", "b", "y"]].to_csv(files / "train.csv", index=False)
    words = ["certify", str(files / "model.skops"), str(files / "train.csv"), "--target", "y",
             "--on", "training", "--json"]  # fmt: skip
    ran = run(words)
    assert ran.status == 0, ran.err
    wanted = certify(MODEL, TRAIN[["a", "b"]], TRAIN["y"], on="training")
    assert json.loads(ran.out) == wanted.to_dict()


def test_what_is_written_and_never_overwritten(run, files):
    out, page = files / "c.json", files / "page.html"
    words = ["certify", str(files / "model.skops"), str(files / "test.csv"), "--target", "y",
             "-o", str(out), "--report", str(page), "--report", str(files / "p.tex")]  # fmt: skip
    assert run(words).status == 0
    assert verify(out).ok and Certificate.load(out).html == page.read_text(encoding="utf-8")
    before = out.read_bytes()
    ran = run([*words, "--delta", ".2"])
    assert ran.status == 2 and "--force" in ran.err and out.read_bytes() == before
    assert run([*words, "--delta", ".2", "--force"]).status == 0
    assert Certificate.load(out).delta == 0.2


@pytest.mark.parametrize("ending", ["svg", "png"])
def test_a_figure(run, files, ending):
    path = files / f"figure.{ending}"
    words = ["certify", str(files / "model.skops"), str(files / "test.csv"), "--target", "y"]
    ran = run([*words, "--save", str(path)])
    assert ran.status == 0, ran.err
    assert path.stat().st_size > 1000
    before = path.read_bytes()
    again = [*words, "--save", str(path), "--delta", ".3"]
    assert run(again).status == 2 and path.read_bytes() == before
    assert run([*again, "--force"]).status == 0 and path.read_bytes() != before


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{d}/test.csv --target y", "give a MODEL before DATA"),
        ("{d}/model.skops {d}/test.csv", "--target COLUMN is needed"),
        ("{d}/model.skops {d}/test.csv --target z", "no column 'z'"),
        ("{d}/model.skops {d}/test.csv --target y --prediction guess", "not both"),
        ("{d}/model.skops {d}/test.csv {d}/test.csv --target y", "got 3 files"),
        ("{d}/test.csv {d}/model.skops --target y", "a model is a file .skops"),
        ("{d}/test.csv --target y --prediction y", "named twice"),
        ("{d}/test.csv --target y --prediction a", "no class label"),
        ("{d}/test.csv --target y --prediction guess --output c.txt", "should end in .json"),
        ("{d}/test.csv --target y --prediction guess --report c.json", "should end in .md"),
        ("{d}/test.csv --target y --prediction guess --save c.gif", "should end in .svg"),
        ("{d}/test.csv --target y --prediction guess --delta 2", "delta"),
        ("{d}/test.csv --target y --prediction guess --width 2", "go with a loss"),
        ("{d}/test.csv --target y --prediction guess --output {d}/no/c.json", "cannot be written"),
        ("{d}/none.csv --target y --prediction guess", "does not exist"),
        ("{d}/model.joblib {d}/test.csv --target y --trust a.B", "--trust goes with .skops"),
        ("{d}/model.skops {d}/test.csv --target y --features a,b --leave-out a", "among --fe"),
        ("{d}/model.skops {d}/test.csv --target y --features a", "could not predict"),
    ],
)  # fmt: skip
def test_wrong_usage_is_one_line(run, files, words, message):
    ran = run(["certify", *words.format(d=files).split()])
    assert ran.status == 2 and not ran.out
    assert message in " ".join(ran.err.split())


def test_a_column_that_the_model_needs(run, files):
    TEST[["a", "y"]].to_csv(files / "test.csv", index=False)
    ran = run(["certify", str(files / "model.skops"), str(files / "test.csv"), "--target", "y"])
    assert ran.status == 2 and "lacks the column 'b'" in ran.err


def test_a_broken_pickle_is_one_line(run, files):
    (files / "bad.pkl").write_bytes(b"\x80\x04nothing")
    words = ["certify", str(files / "bad.pkl"), str(files / "test.csv"), "--target", "y"]
    ran = run([*words, "--trust-pickle"])
    assert ran.status == 2 and "could not be loaded" in ran.err


def test_fail_if(run):
    words = ["certify", str(DIGITS), "--target", "truth", "--prediction", "nearest_neighbours"]
    assert run([*words, "--fail-if", "above=0.5"]).status == 0
    assert run([*words, "--fail-if", "above=0.001"]).status == 4


@pytest.mark.parametrize("style", ["table", "csv", "markdown", "latex", "json"])
def test_every_format(run, style):
    words = ["certify", str(DIGITS), "--target", "truth", "--prediction", "nearest_neighbours"]
    ran = run([*words, "--format", style])
    assert ran.status == 0 and "nearest" in ran.out


def test_labels_that_never_agree_are_remarked(run, files):
    ran = run(["certify", str(files / "test.csv"), "--target", "y", "--prediction", "town"])
    assert ran.status == 0 and "VACUOUS" in ran.out
    assert "no label that town gives ever occurs as a true label" in " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("library", "words"),
    [
        ("joblib", "{d}/model.joblib {d}/test.csv --target y --trust-pickle"),
        ("skops", "{d}/model.skops {d}/test.csv --target y"),
        ("pandas", "{d}/model.skops {d}/test.csv --target y"),
    ],
)
def test_a_missing_library_is_one_line(run, files, monkeypatch, library, words):
    monkeypatch.setitem(sys.modules, library, None)
    ran = run(["certify", *words.format(d=files).split()])
    assert ran.status == 2 and f"pip install {library}" in ran.err and not ran.out
