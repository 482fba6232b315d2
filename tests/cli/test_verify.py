"""`verify`: exit 0, 4 or 2, with and without the data."""

import json

import numpy as np
import pandas as pd
import pytest
import skops.io
from sklearn.linear_model import LogisticRegression

from genbounds.certificates import certify

RNG = np.random.default_rng(1)
ROWS = pd.DataFrame(RNG.normal(size=(160, 2)).round(6), columns=["a", "b"])
ROWS["y"] = np.where(ROWS["a"] + 0.5 * RNG.normal(size=160) > 0, "yes", "no")
ROWS["half"] = ["first", "second"] * 80
MODEL = LogisticRegression().fit(ROWS[["a", "b"]][:80], ROWS["y"][:80])
TEST = ROWS[80:]


@pytest.fixture
def files(tmp_path):
    X, y = TEST[["a", "b"]], TEST["y"]
    certify(MODEL, X, y, groups=TEST["half"]).save(tmp_path / "c.json")
    TEST.assign(guess=MODEL.predict(X)).to_csv(tmp_path / "test.csv", index=False)
    skops.io.dump(MODEL, tmp_path / "m.skops")
    return tmp_path


def test_alone(run, files):
    ran = run(["verify", str(files / "c.json")])
    assert ran.status == 0 and ran.out.startswith("Verified") and "not checked" in ran.out
    assert run(["verify", str(files / "c.json"), "-q"]).out.count("\n") == 1
    assert json.loads(run(["verify", str(files / "c.json"), "--json"]).out)["ok"]


def test_with_everything(run, files):
    words = ["verify", str(files / "c.json"), "--data", str(files / "test.csv"), "--target", "y",
             "--groups", "half", "--model", str(files / "m.skops")]  # fmt: skip
    ran = run([*words, "--json"])
    checks = json.loads(ran.out)["checks"]
    assert ran.status == 0 and all(check["passed"] for check in checks)


def test_with_predictions(run, files):
    words = ["verify", str(files / "c.json"), "--data", str(files / "test.csv"), "--target", "y",
             "--prediction", "guess"]  # fmt: skip
    ran = run(words)
    assert ran.status == 0 and "Not checked: features, groups" in ran.out


def test_other_data_fail(run, files):
    rows = pd.read_csv(files / "test.csv")
    rows.loc[3, "y"] = "no" if rows.loc[3, "y"] == "yes" else "yes"
    rows.to_csv(files / "test.csv", index=False)
    words = ["verify", str(files / "c.json"), "--data", str(files / "test.csv"), "--target", "y",
             "--model", str(files / "m.skops")]  # fmt: skip
    ran = run(words)
    assert ran.status == 4 and "NOT VERIFIED: targets, observations" in ran.out


def test_an_edit_fails(run, files):
    path = files / "c.json"
    text = path.read_text()
    assert '"delta": 0.05' in text
    path.write_text(text.replace('"delta": 0.05', '"delta": 0.04'))
    ran = run(["verify", str(path)])
    assert ran.status == 4 and "NOT VERIFIED: seal" in ran.out and "seal" in ran.err


def test_white_space_is_no_edit(run, files):
    path = files / "c.json"
    path.write_text(json.dumps(json.loads(path.read_text()), indent=8))
    assert run(["verify", str(path)]).status == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [("", "is empty"), ("{", "is no JSON"), ("{}", "names no format"), ("3", "no certificate")],
)
def test_what_is_no_certificate(run, tmp_path, text, message):
    (tmp_path / "c.json").write_text(text)
    ran = run(["verify", str(tmp_path / "c.json")])
    assert ran.status == 2 and message in " ".join(ran.err.split())


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("--target y", "--target goes with --data"),
        ("--model {d}/m.skops", "--model goes with --data"),
        ("--data {d}/test.csv --model {d}/m.skops", "--data needs --target"),
        ("--data {d}/test.csv --target y", "--data needs --model FILE or --prediction"),
        ("--data {d}/test.csv --target y --model {d}/m.skops --prediction guess", "not both"),
    ],
)
def test_wrong_usage(run, files, words, message):
    ran = run(["verify", str(files / "c.json"), *words.format(d=files).split()])
    assert ran.status == 2 and message in " ".join(ran.err.split())


def test_a_pickle_is_trusted_here_too(run, files):
    (files / "m.pkl").write_bytes(b"")
    words = f"--data {files}/test.csv --target y --model {files}/m.pkl"
    ran = run(["verify", str(files / "c.json"), *words.split()])
    assert ran.status == 2 and "runs whatever code it holds" in ran.err
