"""The file format: one writing, one seal, one clear error."""

import json

import pytest

from genbounds.certificates import certify
from genbounds.certificates.record import (
    canonical,
    check_inputs,
    differences,
    leaves,
    read_record,
    seal,
)

RECORD = certify([0, 1], y=[0, 0]).to_dict()


def test_a_seal_is_sha256_of_the_canonical_text():
    import hashlib

    rest = {key: value for key, value in RECORD.items() if key != "seal"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"))
    assert seal(RECORD) == hashlib.sha256(text.encode()).hexdigest() == RECORD["seal"]


def test_leaves_and_differences():
    first = {"a": [1, {"b": True}], "c": {}}
    assert dict(leaves(first)) == {"a.0": 1, "a.1.b": True, "c": {}}
    assert differences(first, {"a": [1.0, {"b": True}], "c": {}}) == ["a.0"]
    assert differences(first, {"a": [1, {"b": 1}], "c": {}}) == ["a.1.b"]
    assert differences(first, {"a": [1, {"b": True}]}) == ["c"]
    assert differences({}, {"a": 1}) == ["", "a"] and not differences(first, first)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("not json", "is no JSON"),
        (json.dumps(RECORD)[:-40], "cut off"),
        (json.dumps(RECORD)[: len(json.dumps(RECORD)) // 2], "is no JSON"),
        ("[]", "no certificate of genbounds"),
        ("{}", "names no format"),
        ('{"format": "genbounds certificate 99"}', "has the format"),
        ('{"format": "genbounds certificate 1"}', "lacks made_with, inputs"),
        ('{"format": 1, "format": 1}', "occurs twice"),
        (json.dumps(RECORD).replace("0.05", "NaN"), "NaN is no number"),
        (json.dumps(RECORD).replace("0.05", "1e999"), "JSON cannot"),
        ("[" * 100_000, "is no certificate|is no JSON"),
        ('{"format": ' + "9" * 5000 + "}", "is no certificate"),
    ],
)
def test_what_is_no_certificate_is_one_error(tmp_path, text, message):
    path = tmp_path / "c.json"
    path.write_text(text)
    with pytest.raises(ValueError, match=message):
        read_record(path)


def test_bytes_and_missing_files(tmp_path):
    (tmp_path / "c.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match="not UTF-8"):
        read_record(tmp_path / "c.json")
    with pytest.raises(ValueError, match="cannot be read"):
        read_record(tmp_path / "none.json")
    with pytest.raises(ValueError, match="cannot be read"):
        read_record(tmp_path)


def test_unknown_and_missing_inputs_are_named():
    for change, message in (
        (lambda x: x.update(more=1), "unknown 'more'"),
        (lambda x: x.pop("remarks"), "lacks remarks"),
        (lambda x: x["options"].update(delta="0.05"), "inputs.options.delta is of a wrong type"),
        (lambda x: x["options"].update(selected_from=True), "selected_from is of a wrong type"),
        (lambda x: x["observations"][0].update(extra=1), "unknown 'extra'"),
        (lambda x: x.update(on="faith"), "inputs.on must be"),
        (lambda x: x["data"].update(features={"sha256": 3}), "features lacks rows"),
        (lambda x: x["data"]["predictions"].update(b=3), "predictions.b is of a wrong type"),
        (lambda x: x.update(observations={}), "observations must be a list"),
    ):
        inputs = json.loads(canonical(RECORD["inputs"]))
        change(inputs)
        with pytest.raises(ValueError, match=message):
            check_inputs(inputs)
    check_inputs(RECORD["inputs"])
