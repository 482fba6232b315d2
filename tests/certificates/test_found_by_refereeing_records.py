"""What sceptical reading of certificates found: what they say, what they accept, how they show."""

import math
import re
import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta
from sklearn.datasets import make_classification
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import (
    GroupKFold,
    KFold,
    LeaveOneOut,
    RepeatedKFold,
    TimeSeriesSplit,
    cross_validate,
)
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.tree import DecisionTreeClassifier

from genbounds.certificates import Certificate, certify, cross_validation, verify
from genbounds.certificates.statements import DRAWN, IN_ORDER, POPULATION

X, Y = make_classification(200, 4, random_state=0)
TREE = DecisionTreeClassifier(max_leaf_nodes=4, random_state=0).fit(X, Y)
LINE = LogisticRegression().fit(X, Y)


def failed(found):
    return [check.what for check in found.failed]


# --- what is said


def test_where_the_rows_come_from_is_a_condition():
    losses = np.linspace(0, 1, 20)
    assert DRAWN in certify([0, 1], y=[0, 1]).conditions
    assert DRAWN in certify({"a": [0, 1], "b": [1, 1]}, y=[0, 1]).statements[-1].conditions
    assert DRAWN in certify(TREE, X, Y, on="training").conditions
    assert IN_ORDER in certify(losses, y=0 * losses, loss="absolute", width=1).conditions
    folds = cross_validation(errors=[1, 2], n=[9, 9]).conditions
    assert any("independent draws" in x for x in folds) and DRAWN not in folds


def test_a_finite_population_is_what_a_sample_from_it_speaks_of():
    found = certify([0, 1, 1, 0], y=[0, 1, 1, 1], population_size=9, name="m")
    assert "the error rate of m on the population of 9 rows is at most" in found.sentence
    assert "true" not in found.sentence and "new observations" not in found.text
    assert POPULATION in found.conditions and DRAWN not in found.conditions


def test_a_column_of_zeros_is_shown():
    found = certify([0] * 50, y=[0] * 50, side="both")
    assert {"observed", "risk >="} <= set(found.table.columns)
    assert "group" not in found.table.columns


# --- folds


def folds_of(cv, groups=None):
    result = cross_validate(LogisticRegression(), X, Y, cv=cv, groups=groups,
                            return_estimator=True, return_indices=True)  # fmt: skip
    return cross_validation(result, X, Y)


def test_repeated_folds_are_of_the_rows_that_there_are():
    found = folds_of(RepeatedKFold(n_splits=4, n_repeats=3, random_state=0))
    average = found.statements[-1]
    assert average.n == 200 and "on 200 rows, with 600 predictions in all" in average.sentence
    assert any("600 held-out predictions on 200 different rows" in x for x in found.notes)
    limits = [
        beta.isf(0.05 / 12, round(50 * s.observed) + 1, 50 - round(50 * s.observed))
        for s in found.statements[:-1]
    ]
    assert average.upper == pytest.approx(math.fsum(limits) / 12)
    assert "predictions in all" not in folds_of(KFold(4)).statements[-1].sentence


def test_folds_by_time_and_by_groups_are_remarked_on():
    assert any("later rows" in x for x in folds_of(TimeSeriesSplit(4)).notes)
    groups = np.repeat([0, 1, 2, 3], [20, 50, 60, 70])
    assert any("made by groups" in x for x in folds_of(GroupKFold(4), groups).notes)
    plain = folds_of(KFold(4, shuffle=True, random_state=0)).inputs["remarks"]
    assert not plain and "splits by time are not" in folds_of(KFold(4)).conditions[0]


def test_single_rows_are_no_strata_and_strata_still_are():
    assert not any("stratified by" in x for x in folds_of(LeaveOneOut()).inputs["remarks"])
    assert any("stratified by" in x for x in folds_of(4).inputs["remarks"])


@pytest.mark.parametrize("indices", [5, {"train": [[0]]}, {"train": [["a"]], "test": [[0]]}])
def test_indices_that_are_none(indices):
    result = {"estimator": [LINE], "indices": indices}
    with pytest.raises(ValueError, match="indices"):
        cross_validation(result, X, Y)


# --- rows


def test_columns_of_pandas_in_two_orders_are_refused():
    y = pd.Series(Y)
    shuffled = y.sample(frac=1, random_state=0)
    frame = pd.DataFrame(X)
    for subject, rest in (
        (shuffled, {"y": y}),
        (Y, {"y": y, "groups": shuffled}),
        (LINE, {"X": frame.loc[shuffled.index], "y": y}),
        (TREE, {"X": frame.loc[shuffled.index], "y": y, "on": "training"}),
    ):
        with pytest.raises(ValueError, match="the same index in another order"):
            certify(subject, **rest)
    assert certify(y.set_axis(range(7, 207)), y=y).statements[0].observed == 0


def test_a_prediction_rests_on_its_row_alone():
    centred = make_pipeline(FunctionTransformer(lambda Z: Z - Z.mean(0)), LogisticRegression())
    for on in ("test", "training"):
        with pytest.raises(ValueError, match=r"come with it|rests? on"):
            certify(centred.fit(X, Y), X, Y, on=on)
    with pytest.raises(ValueError, match="draws its labels at random"):
        certify(DummyClassifier(strategy="uniform", random_state=0).fit(X, Y), X, Y)
    for model in (KNeighborsClassifier(3).fit(X, Y), lambda Z: Z @ [0.1, 0.2, 0.3, 0.7] > 0):
        found = certify(model, X, Y)
        assert any("rests on its own row alone" in x for x in found.conditions)


# --- labels


@pytest.mark.parametrize(("said", "truth", "why"), [
    (["a", 1, "b", 1], ["a", "1", "b", "1"], "mixes numbers and texts"),
    ([b"1", b"0"], ["1", "0"], "of another type"),
    ([0, math.inf], [0, 1], "inf, which is no class label"),
    ([0, 1], [0, -math.inf], "no class label"),
    ([0, 1], pd.Series([0, None], dtype="Int64"), "no label at position 1"),
    (pd.Series([0, None], dtype="Int64"), [0, 1], "no label at position 1"),
])  # fmt: skip
def test_labels_that_cannot_be_compared(said, truth, why):
    with pytest.raises(ValueError, match=why):
        certify(said, y=truth)


def test_predicted_labels_that_never_are_true_are_remarked_on():
    found = certify([-1, 1, 1, -1], y=[0, 1, 1, 1], name="m")
    assert any("never occur among the true ones: -1" in x for x in found.notes)
    assert not certify([0, 1], y=[0, 1]).inputs["remarks"]


@pytest.mark.parametrize(("given", "why"), [
    ({"groups": pd.Series([1, None], dtype="Int64")}, "no label in row 1"),
    ({"groups": [[1], [2]]}, "one label a row"),
    ({"side": np.array(["upper"] * 2)}, "side must be one of"),
    ({"loss": np.array([1.0, 2.0])}, "loss must be one of"),
])  # fmt: skip
def test_one_clear_error(given, why):
    with pytest.raises(ValueError, match=why):
        certify([0, 1], y=[0, 1], **given)


def test_a_missing_label_on_the_training_rows():
    with pytest.raises(ValueError, match="no label at position 3"):
        certify(TREE, X, pd.Series(Y, dtype="Int64").where(np.arange(200) != 3), on="training")


def test_what_a_model_raises_is_shown_as_plain_text():
    def broken(_):
        raise RuntimeError("\x1b[31mred\u202e\nnext")

    with pytest.raises(ValueError, match="could not predict") as fault:
        certify(broken, X, Y)
    assert str(fault.value).isprintable()


# --- records


def resealed(found, change):
    """The record of a forger who derives all results again."""
    inputs = found.to_dict()["inputs"]
    change(inputs)
    return Certificate(inputs, found.made_with).to_dict()


@pytest.mark.parametrize("change", [
    lambda x: x["observations"][0].update(observed=-7.0),
    lambda x: x["observations"][0].update(observed=0.0),
    lambda x: x["observations"][0].update(n=10**6),
    lambda x: x["observations"][0]["facts"].update(n=10**6),
    lambda x: x["data"].update(n=-1),
    lambda x: x["data"].update(n=10**6),
    lambda x: x["data"]["features"].update(rows=3),
    lambda x: x["observations"][0].update(given=["any model at all"]),
    lambda x: x["observations"][0].update(given=x["observations"][0]["given"][:1]),
])  # fmt: skip
def test_a_training_record_that_contradicts_itself_is_refused(change):
    found = certify(TREE, X, Y, on="training")
    assert resealed(found, lambda _: None) == found.to_dict()
    with pytest.raises(ValueError, match=r"agree|rows|at least 1|do not say"):
        resealed(found, change)


def test_a_margin_that_was_searched_is_none_that_was_fixed():
    found = certify(LINE, X, Y, on="training")
    fixed = certify(LINE, X, Y, on="training", margin=0.5)
    assert resealed(fixed, lambda _: None) == fixed.to_dict()
    with pytest.raises(ValueError, match="how the margin was chosen"):
        resealed(found, lambda x: x["options"].update(margin=1.0))
    with pytest.raises(ValueError, match="how the margin was chosen"):
        resealed(fixed, lambda x: x["options"].update(margin=None))


def test_other_records_keep_to_their_rows():
    folds = cross_validation(errors=[1, 2], n=[9, 9])
    for n in (-1, 17, 19):
        with pytest.raises(ValueError, match=r"rows|at least 1"):
            resealed(folds, lambda x, n=n: x["data"].update(n=n))
    with pytest.raises(ValueError, match="at least 1"):
        resealed(certify([0], y=[0]), lambda x: x["data"].update(n=-1))


def test_without_a_model_the_class_is_not_checked():
    found = verify(certify(TREE, X, Y, on="training"))
    assert found.ok and "conditions on the class" in found.sentence


# --- good certificates stay good


def test_several_models_in_any_order():
    models = {"b": LINE, "a": TREE}
    found = certify(models, X, Y)
    assert verify(found, model=dict(reversed(models.items())), X=X, y=Y).ok
    said = {"a": TREE.predict(X), "b": LINE.predict(X)}
    assert verify(found, predictions=said, X=X, y=Y).ok
    swapped = {"a": said["b"], "b": said["a"]}
    assert not verify(found, predictions=swapped, X=X, y=Y).ok


def test_a_training_certificate_and_predictions():
    found = certify(TREE, X, Y, on="training")
    good = verify(found, predictions=TREE.predict(X), X=X, y=Y)
    assert good.ok and "conditions on the class" in good.sentence
    bad = verify(found, predictions=1 - TREE.predict(X), X=X, y=Y)
    assert failed(bad) == ["predictions", "errors"]
    assert verify(found, predictions=TREE.predict(X), y=Y).ok
    assert verify(found, model=TREE, X=X, y=Y).ok


# --- pages


def test_names_are_no_markup_in_markdown():
    page = certify([0], y=[0], name="$x$ ~~old~~ https://a.example www.b.example me@c.example")
    for live in (r"(?<!\\)\$", "~~", "https://", r"www\.", "me@"):
        assert not re.search(live, page.markdown)
    assert "https://a.example" in page.text


@pytest.mark.skipif(not shutil.which("pdflatex"), reason="needs LaTeX")
def test_every_letter_of_latin_1_compiles(tmp_path):
    letters = " ".join(chr(code) for code in range(0xA1, 0x100) if chr(code).isprintable())
    (tmp_path / "c.tex").write_text(certify([0], y=[0], name=letters).latex, encoding="utf-8")
    words = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "c.tex"]
    ran = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, errors="replace")
    assert ran.returncode == 0, ran.stdout[-800:]


def test_a_picture_replaces_nothing(tmp_path):
    found, path = certify([0], y=[0]), tmp_path / "a.png"
    found.plot(path)
    with pytest.raises(ValueError, match="exists"):
        found.plot(path)
    found.plot(path, overwrite=True)


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("m.joblib", "load the file first"),
        ({"fit_time": [1], "score_time": [1], "test_score": [1]}, "gb.cross_validation"),
    ],
)
def test_what_is_no_model_is_answered_with_what_was_meant(model, said):
    with pytest.raises(ValueError, match=said):
        certify(model, [[0.0]], [1])


def test_texts_that_differ_are_shown_where_they_differ():
    from genbounds.certificates.verifying import _apart

    mine, other = _apart("x" * 100 + "0.05", "x" * 100 + "0.06")
    assert mine.endswith("0.05") and other.endswith("0.06") and len(mine) < 70
    assert _apart("0.1", "0.2") == ("0.1", "0.2")
