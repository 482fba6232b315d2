"""The certificate as an object: the same bytes, files, and nothing overwritten."""

import json
import subprocess
import sys

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from genbounds.certificates import Certificate, certify

X = np.random.default_rng(0).normal(size=(60, 2))
Y = (X[:, 0] + 0.3 * X[:, 1] > 0).astype(int)


@pytest.fixture
def found():
    return certify(LogisticRegression().fit(X, Y), X, Y, side="both")


def test_json_and_back(found, tmp_path):
    again = Certificate.from_dict(json.loads(found.to_json()))
    assert again.to_json() == found.to_json() and again.statements[0].answer is not None
    found.save(tmp_path / "c.json")
    assert Certificate.load(tmp_path / "c.json").to_dict() == found.to_dict()


def test_the_same_input_gives_the_same_bytes_in_another_process(found, tmp_path):
    program = (
        "import sys, numpy as np\n"
        "from sklearn.linear_model import LogisticRegression\n"
        "from genbounds.certificates import certify\n"
        "X = np.random.default_rng(0).normal(size=(60, 2))\n"
        "Y = (X[:, 0] + 0.3 * X[:, 1] > 0).astype(int)\n"
        "sys.stdout.write(certify(LogisticRegression().fit(X, Y), X, Y, side='both').to_json())\n"
    )
    there = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert there.stdout == found.to_json()


def test_no_date_no_host_no_path(found):
    import os
    import platform

    text = found.to_json()
    for word in (platform.node(), os.getcwd(), os.path.expanduser("~"), "/tmp", "20:"):
        assert not word or word not in text


def test_an_edited_record_is_not_read(found):
    record = found.to_dict()
    record["results"]["statements"][0]["upper"] /= 2
    with pytest.raises(ValueError, match=r"statements.0.upper.*genbounds verify"):
        Certificate.from_dict(record)


def test_a_record_is_a_copy(found):
    found.to_dict()["inputs"]["options"]["delta"] = 0.5
    assert found.to_dict()["inputs"]["options"]["delta"] == 0.05


@pytest.mark.parametrize("ending", [".json", ".md", ".tex", ".html"])
def test_saving_never_overwrites_silently(found, tmp_path, ending):
    path = tmp_path / f"c{ending}"
    found.save(path)
    written = path.read_text(encoding="utf-8")
    path.write_text("precious")
    with pytest.raises(ValueError, match="exists: overwrite=True"):
        found.save(path)
    assert path.read_text() == "precious"
    found.save(str(path), overwrite=True)
    assert path.read_text(encoding="utf-8") == written


def test_unknown_endings_are_refused(found, tmp_path):
    with pytest.raises(ValueError, match=r"saved as \.json"):
        found.save(tmp_path / "c.docx")


def test_sentence_table_and_sources(found):
    assert found.sentence.startswith("With probability at least 95%, the true error rate of")
    assert found.table.columns[0] == "model" and len(found.table.rows) == 1
    assert list(found.theorems) == ["clopper_pearson.two_sided"]
    assert "ClopperPearson1934" in found.bibtex and "Langford2005" in found.bibtex
    assert not found.vacuous and found.delta == 0.05


def test_vacuous_certificates_say_so():
    found = certify([1], y=[0])
    assert found.vacuous and found.sentence.startswith("VACUOUS")
    assert certify([1, 1], y=[0, 0], groups=["a", "b"]).sentence.startswith("VACUOUS")


def test_small_and_large_families_in_words():
    models = {name: [0, 0, 0, 1] * 25 for name in "ab"}
    two = certify(models, y=[0] * 100)
    assert "all at once: the true error rate of a" in two.sentence
    many = certify({name: [0, 0, 0, 1] * 25 for name in "abc"}, y=[0] * 100)
    assert "all 6 statements hold at once, among them: the true error rate of a" in many.sentence
    assert many.sentence.count("true error rate") == 3


def test_groups_in_any_order_survive_a_file(tmp_path):
    masks = {"young": [True, False], "old": [False, True], "Älter": [True, True]}
    found = certify([0, 1], y=[0, 0], groups=masks)
    found.save(tmp_path / "c.json")
    again = Certificate.load(tmp_path / "c.json")
    assert again.text == found.text and again.seal == found.seal
    assert [s.group for s in found.statements] == ["", "old", "young", "Älter"]
