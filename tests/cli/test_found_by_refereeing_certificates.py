"""`certify` and `verify` as a sceptical reader used them."""

import json

import pandas as pd

from genbounds.certificates import certify

ROWS = pd.DataFrame({"y": ["1", "0", "1", "1"], "p": ["1", "0", "0", "1"], "q": list("0011")})


def words(path, *predictions):
    named = [word for name in predictions for word in ("--prediction", name)]
    return ["--target", "y", *named, "--data", str(path)]


def test_digits_that_were_text_in_python_are_verified_from_their_file(run, tmp_path):
    ROWS.to_csv(tmp_path / "d.csv", index=False)
    certify(list(ROWS["p"]), y=list(ROWS["y"])).save(tmp_path / "c.json")
    assert run(["verify", str(tmp_path / "c.json"), *words(tmp_path / "d.csv", "p")]).status == 0
    assert run(["verify", str(tmp_path / "c.json"), *words(tmp_path / "d.csv", "q")]).status == 4


def test_columns_of_predictions_in_any_order(run, tmp_path):
    data, path = tmp_path / "d.csv", tmp_path / "c.json"
    ROWS.to_csv(data, index=False)
    named = ["--target", "y", "--prediction", "q", "--prediction", "p", "--output", str(path)]
    assert run(["certify", str(data), *named]).status == 0
    for order in (("p", "q"), ("q", "p")):
        assert run(["verify", str(path), *words(data, *order)]).status == 0


def errors(run, path, truth, said):
    pd.DataFrame({"y": truth, "p": said}).to_csv(path, index=False)
    ran = run(["certify", str(path), "--target", "y", "--prediction", "p", "--json"])
    assert ran.status == 0, ran
    return json.loads(ran.out)["inputs"]["observations"][0]["errors"]


def test_a_power_beside_its_number_is_another_label(run, tmp_path):
    path = tmp_path / "d.csv"
    assert errors(run, path, ["10", "1e1", "2"], ["10", "10", "2"]) == 1
    assert errors(run, path, ["1", "0", "2"], ["1.0", "0.0", "1e0"]) == 1
    assert errors(run, path, ["1e1", "2"], ["1e1", "2.0"]) == 0


def test_infinity_is_no_label(run, tmp_path):
    pd.DataFrame({"y": ["1", "inf"], "p": ["1", "1"]}).to_csv(tmp_path / "d.csv", index=False)
    named = ["--target", "y", "--prediction", "p"]
    ran = run(["certify", str(tmp_path / "d.csv"), *named])
    assert ran.status == 2 and "no class label" in ran.err


def test_a_link_to_nowhere_is_not_followed(run, tmp_path):
    ROWS.to_csv(tmp_path / "d.csv", index=False)
    link, target = tmp_path / "c.json", tmp_path / "target.json"
    link.symlink_to(target)
    named = ["--target", "y", "--prediction", "p", "--output", str(link)]
    ran = run(["certify", str(tmp_path / "d.csv"), *named])
    assert ran.status == 2 and "exists" in ran.err and not target.exists()
    assert run(["certify", str(tmp_path / "d.csv"), *named, "--force"]).status == 0
