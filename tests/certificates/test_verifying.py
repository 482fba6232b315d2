"""Verification as an adversary meets it: every edit, every forgery, every mismatch."""

import copy
import json
from functools import cache

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import KFold, cross_validate
from sklearn.tree import DecisionTreeClassifier

from genbounds.certificates import Certificate, certify, cross_validation, verify
from genbounds.certificates.record import leaves, seal

RNG = np.random.default_rng(0)
X = RNG.normal(size=(120, 3))
Y = (X[:, 0] + 0.5 * RNG.normal(size=120) > 0).astype(int)
Z = X[:, 0] + 0.1 * RNG.normal(size=120)
GROUPS = np.where(X[:, 1] > 0, "up", "down")
MODEL = LogisticRegression().fit(X[:60], Y[:60])
TREE = DecisionTreeClassifier(max_depth=2, random_state=0).fit(X[:60], Y[:60])
LINE = LinearRegression().fit(X[:60], Z[:60])
BOTH = {"logistic": MODEL, "tree": TREE}
XT, YT, ZT, GT = X[60:], Y[60:], Z[60:], GROUPS[60:]

FOLDED = cross_validate(MODEL, X, Y, cv=KFold(3), return_estimator=True, return_indices=True)
REST = {"model": MODEL, "X": XT, "y": YT}
FEW = {"model": LINE, "X": XT[:8], "y": ZT[:8]}
TRAINED = {"model": TREE, "X": X[:60], "y": Y[:60]}
SQUARED = {"loss": "squared", "width": 1, "clip": True, "method": "empirical_bernstein"}
KINDS = {
    "plain": (certify, REST, {"side": "both"}),
    "several": (certify, {**REST, "model": BOTH, "groups": GT}, {}),
    "selected": (certify, REST, {"selected_from": 9}),
    "losses": (certify, FEW, {"loss": "absolute", "width": 2, "side": "both"}),
    "bernstein": (certify, FEW, SQUARED),
    "training": (certify, TRAINED, {"on": "training"}),
    "folds": (cross_validation, {"model": FOLDED, "X": X, "y": Y}, {}),
}


@cache
def made(kind):
    """A certificate of this kind."""
    function, given, options = KINDS[kind]
    rest = {key: value for key, value in given.items() if key != "model"}
    return function(given["model"], **rest, **options)


def changed(value):
    """Another value of the same type."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, float):
        return value * 0.999 if value else 0.001
    if isinstance(value, str):
        return value.replace("a", "e") if "a" in value else value + "x"
    return "more" if value is None else ["more"]


def edited(record, path, change=changed):
    """A copy of the record with one leaf replaced."""
    record = copy.deepcopy(record)
    *way, last = [int(part) if part.isdigit() else part for part in _parts(record, path)]
    place = record
    for part in way:
        place = place[part]
    place[last] = change(place[last])
    return record


def _parts(record, path):
    """Keys may hold dots themselves (the names of theorems), so the path is walked."""
    parts, rest = [], path
    while rest:
        keys = list(record) if isinstance(record, dict) else [str(i) for i in range(len(record))]
        key = max((k for k in keys if rest == k or rest.startswith(f"{k}.")), key=len)
        parts.append(key)
        record = record[key if isinstance(record, dict) else int(key)]
        rest = rest[len(key) + 1 :]
    return parts


def fails(record, **given):
    """Whether a record is refused as no certificate, or not verified."""
    try:
        return not verify(record, **given).ok
    except ValueError:
        return True


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_certified_verifies_alone_and_with_its_data(kind):
    alone, again = verify(made(kind).to_dict()), verify(made(kind), **KINDS[kind][1])
    assert alone.ok and again.ok, again.text
    assert [c.what for c in alone.checks if c.passed is None]
    assert all(check.passed for check in again.checks), again.text


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_of_any_leaf_is_seen(kind):
    record = made(kind).to_dict()
    paths = [path for path, _ in leaves(record)]
    assert len(paths) > 40
    assert [path for path in paths if not fails(edited(record, path))] == []


FREE = ("made_with.", "inputs.models.", "inputs.data.", "inputs.options.seed")


@pytest.mark.parametrize("kind", KINDS)
def test_a_forger_who_seals_again_changes_nothing_that_is_derived(kind):
    """What a new seal hides is at most a description of the inputs, and the data show that."""
    record = made(kind).to_dict()
    hidden, missed = [], []
    for path, _ in leaves(record["inputs"], "inputs"):
        forgery = edited(record, path)
        forgery["seal"] = seal(forgery)
        hidden += [] if fails(forgery) else [(path, forgery)]
    for path, _ in leaves(record["results"], "results"):
        forgery = edited(record, path)
        forgery["seal"] = seal(forgery)
        missed += [] if fails(forgery) else [path]
    assert missed == []
    assert kind == "training" or all(path.startswith(FREE) for path, _ in hidden)
    assert [path for path, forgery in hidden if not fails(forgery, **KINDS[kind][1])] == []


PARTS = ("results", "inputs", "made_with", "inputs.options", "results.statements")


@pytest.mark.parametrize("path", [*PARTS, "inputs.observations", "inputs.data"])
def test_parts_that_are_missing_or_of_another_kind(path):
    for value in (None, [], {}, 3, "x", [[]], [None]):
        record = made("plain").to_dict()
        place = record
        *way, last = path.split(".")
        for part in way:
            place = place[part]
        place[last] = value
        assert fails(record)
        record["seal"] = seal(record)
        assert fails(record)


@pytest.mark.parametrize("part", ["", "inputs", "results", "inputs.options", "inputs.data"])
def test_what_is_added_is_seen(part):
    record = made("plain").to_dict()
    place = record
    for key in filter(None, part.split(".")):
        place = place[key]
    place["approved_by"] = "an authority"
    record["seal"] = seal(record)
    assert fails(record)


def forged(kind, change):
    """All of it made anew from inputs that were changed: consistent, sealed, and untrue."""
    inputs = made(kind).to_dict()["inputs"]
    change(inputs)
    return Certificate(inputs, made(kind).made_with).to_dict()


@pytest.mark.parametrize(
    "change",
    [
        lambda x: x["observations"][0].update(errors=0),
        lambda x: x["options"].update(delta=0.5),
        lambda x: x["data"].update(targets="0" * 64),
        lambda x: x["data"]["predictions"].update(LogisticRegression="0" * 64),
        lambda x: x["models"][0]["parameters"].update(C=100.0),
        lambda x: x["remarks"].append("audited by an authority"),
    ],
)
def test_consistent_forgery_of_inputs_is_caught_with_the_data(change):
    given = REST
    record = forged("plain", change)
    assert verify(record).ok
    if record["inputs"]["options"]["delta"] == 0.5:
        return  # another honest statement, about the same counts
    assert fails(record, **given)


def test_observations_must_fit_what_is_named():
    for change in (
        lambda x: x["observations"].pop(),
        lambda x: x["observations"].reverse(),
        lambda x: x["models"].pop(),
        lambda x: x["observations"][0].update(n=61),
        lambda x: x["data"]["groups"].pop("up"),
        lambda x: x["options"].update(selected_from=2),
    ):
        with pytest.raises(ValueError, match=r"observations are not|selected_from goes"):
            forged("several", change)


def test_training_accepts_no_theorem_about_another_hypothesis():
    for name, facts in (
        ("clopper_pearson", {"errors": 0, "n": 60, "delta": 0.01}),
        ("wald", {"errors": 0, "n": 60, "delta": 0.01}),
    ):
        with pytest.raises(ValueError, match=r"is no proved|does not hold for a model chosen"):
            forged(
                "training", lambda x, b=name, f=facts: x["observations"][0].update(bound=b, facts=f)
            )
    with pytest.raises(ValueError, match="spend"):
        forged("training", lambda x: x["observations"][0].update(delta=0.9))


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"model": TREE, "X": XT, "y": YT}, "predictions"),
        ({"model": MODEL, "X": XT, "y": 1 - YT}, "targets"),
        ({"model": MODEL, "X": XT[::-1], "y": YT}, "features"),
        ({"model": MODEL, "X": XT[:50], "y": YT[:50]}, "observations"),
        ({"predictions": 1 - MODEL.predict(XT), "y": YT}, "observations"),
        ({"model": LogisticRegression(C=3.0).fit(X[:60], Y[:60]), "X": XT, "y": YT}, "model"),
        ({"model": MODEL, "X": XT[:, :2], "y": YT}, "predictions"),
    ],
)
def test_another_model_or_other_data_is_named(given, what):
    found = verify(made("plain"), **given)
    assert not found.ok and what in [check.what for check in found.failed]
    assert found.sentence.startswith("NOT VERIFIED") and what in found.sentence


def test_predictions_are_enough():
    found = verify(made("plain"), predictions=MODEL.predict(XT), y=YT)
    assert found.ok and "features" in found.sentence
    with pytest.raises(ValueError, match="not both"):
        verify(made("plain"), model=MODEL, predictions=[1], y=YT)


def test_groups_that_are_not_given_are_said():
    given = KINDS["several"][1]
    found = verify(made("several"), **{**given, "groups": None})
    assert found.ok and "groups" in found.sentence
    assert not verify(made("several"), **{**given, "groups": GT[::-1]}).ok


def test_a_loss_that_is_a_function_is_asked_for():
    def pinball(y, said):
        return np.maximum(0.9 * (y - said), 0.1 * (said - y))

    found = certify(LINE, XT, ZT, loss=pinball, width=5)
    given = {"model": LINE, "X": XT, "y": ZT}
    assert "observations" in verify(found, **given).sentence
    assert all(check.passed for check in verify(found, **given, loss=pinball).checks)
    assert not verify(found, **given, loss=lambda y, said: np.abs(y - said)).ok


def test_another_version_with_the_same_numbers_is_a_remark():
    record = made("plain").to_dict()
    record["made_with"]["genbounds"] = "0.0.9"
    record["seal"] = seal(record)
    found = verify(record)
    version = next(check for check in found.checks if check.what == "version")
    assert found.ok and "made by genbounds 0.0.9" in version.detail
    record["results"]["statements"][0]["upper"] *= 1.5
    record["seal"] = seal(record)
    assert "gives something else" in " ".join(verify(record).text.split())


def test_from_a_file_and_as_text(tmp_path):
    certificate = made("plain")
    certificate.save(tmp_path / "c.json")
    found = verify(tmp_path / "c.json")
    assert (
        found.ok
        and "Verified" in found.text
        and certificate.sentence in " ".join(found.text.split())
    )
    assert json.dumps(found.to_dict()) and found.to_dict()["ok"]
    with pytest.raises(ValueError, match="cannot be read"):
        verify(tmp_path / "none.json")


def test_signs_that_a_terminal_obeys_are_never_shown():
    record = made("plain").to_dict()
    record["results"]["sentence"] = "\x1b[2Jall is well"
    assert "\x1b" not in verify(record).text
    record["inputs"]["models"][0]["name"] = "\x1b[2Jm"
    found = verify(record)
    assert not found.ok and "\x1b" not in found.text
