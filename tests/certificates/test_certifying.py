"""`certify`: what may be given, and what is refused by name."""

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.compose import make_column_transformer
from sklearn.datasets import load_iris
from sklearn.dummy import DummyClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from genbounds.certificates import certify

X, NUMBER = load_iris(return_X_y=True)
WORD = load_iris().target_names[NUMBER]
TRAIN, TEST = np.arange(150) % 2 == 0, np.arange(150) % 2 == 1


def errors_of(found):
    return round(found.statements[0].observed * found.statements[0].n)


def test_an_estimator_counts_what_its_score_says():
    model = LogisticRegression(max_iter=500).fit(X[TRAIN], WORD[TRAIN])
    found = certify(model, X[TEST], WORD[TEST])
    assert found.statements[0].observed == pytest.approx(1 - model.score(X[TEST], WORD[TEST]))
    search = GridSearchCV(model, {"C": [0.1, 1]}).fit(X[TRAIN], WORD[TRAIN])
    again = certify(search, X[TEST].tolist(), list(WORD[TEST]))
    assert again.statements[0].observed == pytest.approx(1 - search.score(X[TEST], WORD[TEST]))


def test_every_container_of_the_same_rows_gives_the_same_certificate():
    frame = pd.DataFrame(X, columns=list("abcd"))

    def rule(rows):
        return (np.asarray(rows)[:, 2] > 2.5).astype(int)

    seals = {
        certify(rule, rows, y).seal
        for rows in (X, frame, pl.from_pandas(frame), X.tolist())
        for y in (NUMBER, pd.Series(NUMBER), list(map(float, NUMBER)), pl.Series(NUMBER),
                  pd.DataFrame({"y": NUMBER}))
    }  # fmt: skip
    assert len(seals) == 1


def test_mixed_frames_missing_values_and_texts():
    frame = pd.DataFrame({"town": ["a", "b", "a", "c"], "z": [1.0, 2.0, 3.0, 4.0]})
    y = [0, 1, 0, 1]
    encoder = make_column_transformer((OneHotEncoder(), ["town"]), remainder="passthrough")
    assert (
        errors_of(certify(make_pipeline(encoder, LogisticRegression()).fit(frame, y), frame, y))
        == 0
    )
    holes = np.where(np.arange(40).reshape(20, 2) % 7 == 0, np.nan, 1.0)
    model = DecisionTreeClassifier().fit(holes, [0, 1] * 10)
    assert certify(model, holes, [0, 1] * 10).inputs["data"]["features"]["columns"] == 2
    words = ["good film", "bad film", "good", "bad"]
    texts = make_pipeline(TfidfVectorizer(), MultinomialNB()).fit(words, y)
    assert errors_of(certify(texts, words, y)) == 0


def test_features_without_a_digest_are_remarked():
    class Thing:
        pass

    found = certify(lambda things: [0] * len(things), [Thing(), Thing()], [0, 0])
    assert found.inputs["data"]["features"] is None
    assert any("X is not hashed" in note for note in found.notes)


def test_a_regression_needs_a_range():
    model = LinearRegression().fit(X[TRAIN], X[TRAIN, 0])
    with pytest.raises(ValueError, match="a regressor needs a loss and its range"):
        certify(model, X[TEST], X[TEST, 0])
    found = certify(model, X[TEST], X[TEST, 0], loss="absolute", width=5)
    assert found.statements[0].upper < 0.5 and found.statements[0].width == 5
    whole = DecisionTreeRegressor().fit(X[TRAIN], NUMBER[TRAIN])
    with pytest.raises(ValueError, match="a regressor needs a loss"):
        certify(whole, X[TEST], NUMBER[TEST])
    assert certify(whole, X[TEST], NUMBER[TEST], loss="zero_one").statements[0].n == 75


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"model": [0.5, 0], "y": [0, 1]}, "predictions holds 0.5, which is no class label"),
        ({"model": [0, 0], "y": [0.5, 1]}, "y holds 0.5"),
        ({"model": ["0", "1"], "y": [0, 1]}, "labels of predictions are of another type"),
        ({"model": [0, 1], "y": [0, None]}, "no label at position 1"),
        ({"model": [0, float("nan")], "y": [0, 1]}, "no label at position 1"),
        ({"model": [0, 1, 1], "y": [0, 1]}, "predictions has 3 entries, y has 2"),
        ({"model": lambda X: [0], "X": [[1], [2]], "y": [0, 1]}, "has 1 entries, y has 2"),
        ({"model": lambda X: 7, "X": [[1], [2]], "y": [0, 1]}, "7"),
        ({"model": [0, 1], "X": [[1]], "y": [0, 1]}, "X has 1 entries"),
        ({"model": [0, 1]}, "y is needed"),
        ({"model": [], "y": []}, "y is empty"),
        ({"model": "file.pkl", "y": [0]}, "load the file first"),
        ({"model": [0, 1], "y": [0, 1], "delta": 0}, "delta"),
        ({"model": [0, 1], "y": [0, 1], "side": "left"}, "side must be one of"),
        ({"model": [0, 1], "y": [0, 1], "on": "faith"}, "on must be one of"),
        ({"model": [0, 1], "y": [0, 1], "method": "best"}, "method must be one of"),
        ({"model": [0, 1], "y": [0, 1], "selected_from": 0}, "selected_from must be"),
        ({"model": [0, 1], "y": [0, 1], "selected_from": 1.5}, "selected_from must be"),
        ({"model": [0, 1], "y": [0, 1], "seed": "x"}, "seed must be"),
        ({"model": {"a": [0], "b": [0]}, "y": [0], "selected_from": 3}, "goes with one model"),
        ({"model": [0, 1], "y": [0, 1], "population_size": 1}, "at least n = 2"),
        ({"model": {"a": [0], "b": [0]}, "y": [0], "population_size": 9}, "several models"),
        ({"model": [0], "y": [0], "population_size": 9, "groups": ["a"]}, "not go with groups"),
        ({"model": [0], "y": [0], "hypothesis_class": 3}, "on='training'"),
        ({"model": [0, 1], "y": [0, 1], "groups": ["a"]}, "groups has 1 entries"),
        ({"model": [0, 1], "y": [0, 1], "groups": ["a", None]}, "no label in row 1"),
        ({"model": [0, 1], "y": [0, 1], "groups": {"a": [1, 0]}}, "a mask of True and False"),
        ({"model": [0, 1], "y": [0, 1], "groups": {"a": [True]}}, "group a has 1 entries"),
        ({"model": [0, 1], "y": [0, 1], "groups": [1, "1"]}, "same name as text"),
        ({"model": [0, 1], "y": [0, 1], "groups": ["a\nb", "c"]}, "printable"),
        ({"model": [0.5], "y": [0.5], "loss": "absolute", "width": 1, "betting_cap": 2}, "cap"),
        ({"model": [0], "y": [0], "on": "training"}, "give the model, or hypothesis_class"),
        ({"model": [0], "y": [0], "on": "training", "groups": ["a"]}, "for held-out data"),
    ],
)  # fmt: skip
def test_what_is_refused(given, message):
    with pytest.raises(ValueError, match=message):
        certify(**given)


def test_all_faults_of_the_options_are_named_at_once():
    with pytest.raises(ValueError, match=r"on must.*side must.*delta.*selected_from must"):
        certify([0], y=[0], on="x", side="x", delta=7, selected_from=-1)


def test_labels_written_in_two_ways_are_remarked():
    found = certify([-1, 1, -1], y=[0, 2, 0])
    assert any("no label that predictions gives ever occurs" in note for note in found.notes)


def test_booleans_and_numbers_are_one_kind():
    model = DummyClassifier(strategy="constant", constant=True).fit(X, NUMBER > 0)
    assert errors_of(certify(model, X, (NUMBER > 0).astype(int))) == 50


def test_what_is_written_down():
    model = LogisticRegression(C=2.0, max_iter=500).fit(X[TRAIN], NUMBER[TRAIN])
    inputs = certify(model, X[TEST], NUMBER[TEST], seed=7, name="mine").inputs
    assert inputs["options"]["seed"] == 7 and inputs["options"]["delta"] == 0.05
    assert inputs["models"][0]["name"] == "mine"
    assert inputs["models"][0]["parameters"]["C"] == 2.0
    assert inputs["data"]["n"] == 75 and len(inputs["data"]["targets"]) == 64
