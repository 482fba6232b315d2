"""Models by name, their predictions, and what they are in plain data."""

import json
from functools import partial

import numpy as np
import pandas as pd
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.feature_selection import SelectKBest
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline

from genbounds.certificates.predicting import (
    column,
    described,
    is_regressor,
    named_models,
    predictions,
)

X, Y = np.arange(12.0).reshape(6, 2), [0, 1, 0, 1, 1, 0]


def test_names():
    def rule(X):
        return X[:, 0] > 3

    assert list(named_models(LogisticRegression(), None)) == ["LogisticRegression"]
    assert list(named_models(rule, None)) == ["rule"]
    assert list(named_models([0, 1], None)) == ["predictions"]
    assert list(named_models({"a": rule, "b": [1]}, None)) == ["a", "b"]
    assert list(named_models(rule, "mine")) == ["mine"]


@pytest.mark.parametrize("name", ["", " ", "two\nlines", "\x1b[31m", 3])
def test_names_that_are_no_line_of_text(name):
    with pytest.raises(ValueError, match="printable"):
        named_models({name: [1]}, None)


def test_a_mapping_has_its_own_names():
    with pytest.raises(ValueError, match="the mapping names"):
        named_models({"a": [1]}, "b")
    with pytest.raises(ValueError, match="empty"):
        named_models({}, None)


def test_predictions_of_everything():
    model = LogisticRegression().fit(X, Y)
    assert list(predictions("m", model, X)) == list(model.predict(X))
    assert list(predictions("m", lambda X: X[:, 0] > 3, X)) == [False, False] + [True] * 4
    assert predictions("m", [1, 0], None) == [1, 0]


def test_what_cannot_predict_says_so():
    with pytest.raises(ValueError, match=r"m could not predict: NotFittedError"):
        predictions("m", LogisticRegression(), X)
    with pytest.raises(ValueError, match="give the features X"):
        predictions("m", LogisticRegression().fit(X, Y), None)
    with pytest.raises(ValueError, match="is a class"):
        predictions("m", LogisticRegression, X)


def test_columns_of_every_container():
    for values in ([1, 2], (1, 2), np.array([1, 2]), np.array([[1], [2]]), pd.Series([1, 2]),
                   pd.DataFrame({"a": [1, 2]})):  # fmt: skip
        assert column("y", values) == [1, 2]


@pytest.mark.parametrize("values", ["ab", {"a": 1}, 3, np.ones((2, 2, 2)), None])
def test_what_is_no_column(values):
    with pytest.raises(ValueError, match="one value a row"):
        column("y", values)


def test_scores_of_several_classes_are_no_labels():
    with pytest.raises(ValueError, match=r"3 columns.*give the labels"):
        column("m", np.ones((5, 3)))


def test_regressors():
    assert is_regressor(LinearRegression())
    assert is_regressor(make_pipeline(SimpleImputer(), LinearRegression()))
    assert is_regressor(GridSearchCV(LinearRegression(), {"fit_intercept": [True]}))
    assert not is_regressor(LogisticRegression())
    assert not is_regressor(lambda X: X)


@pytest.mark.parametrize(
    "model",
    [
        RandomForestClassifier(max_features=0.5, random_state=np.random.RandomState(0)),
        make_pipeline(SimpleImputer(missing_values=np.nan), SelectKBest(k="all")),
        GridSearchCV(LogisticRegression(), {"C": np.logspace(0, 1, 2)}),
        LogisticRegression(class_weight={0: np.float32(0.5), 1: float("inf")}),
        partial(max, 0),
        len,
        lambda X: X,
    ],
    ids=lambda model: type(model).__name__,
)
def test_a_description_is_strict_json_without_addresses(model):
    text = json.dumps(described("m", model), allow_nan=False)
    assert " at 0x" not in text and "0x7" not in text
    assert json.loads(text) == described("m", model)


def test_a_description_tells_parameters_apart():
    first, second = (described("m", LogisticRegression(C=c)) for c in (1.0, 2.0))
    assert first["class"] == "sklearn.linear_model._logistic.LogisticRegression"
    assert first["parameters"]["C"] == 1.0 and first != second
