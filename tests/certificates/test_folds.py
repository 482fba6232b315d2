"""Cross-validation: each fold's limit, their mean, its coverage by enumeration, and refusals."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta, binom
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import KFold, StratifiedKFold, cross_validate
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from genbounds.certificates import cross_validation

MODEL = make_pipeline(StandardScaler(), LogisticRegression())


def upper(k, n, delta):
    return 1.0 if k == n else beta.ppf(1 - delta, k + 1, n - k)


def lower(k, n, delta):
    return 0.0 if k == 0 else beta.ppf(delta, k, n - k + 1)


@pytest.fixture(scope="module")
def data():
    return load_breast_cancer(return_X_y=True, as_frame=True)


def validated(X, y, cv):
    return cross_validate(MODEL, X, y, cv=cv, return_estimator=True, return_indices=True)


def test_counts():
    found = cross_validation(errors=[3, 0, 7], n=[40, 50, 60], delta=0.06, side="both")
    folds, average = found.statements[:3], found.statements[3]
    for s, k, n in zip(folds, (3, 0, 7), (40, 50, 60), strict=True):
        assert s.delta == pytest.approx(0.02)
        assert s.upper == pytest.approx(upper(k, n, 0.01), rel=1e-9)
        assert s.lower == pytest.approx(lower(k, n, 0.01), rel=1e-9)
    assert average.upper == pytest.approx(np.mean([s.upper for s in folds]))
    assert average.lower == pytest.approx(np.mean([s.lower for s in folds]))
    assert (average.kind, average.delta, average.n) == ("average", 0.06, 150)
    assert average.observed == pytest.approx((3 / 40 + 0 + 7 / 60) / 3)


@pytest.mark.parametrize("risks", [(0.3, 0.3), (0.05, 0.6), (0.5, 0.9), (0.01, 0.01)])
def test_the_average_covers_in_every_outcome(risks):
    """All outcomes of folds of 6 and 4 rows: the mean of the limits fails with at most delta."""
    delta, sizes, failed = 0.4, (6, 4), 0.0
    for counts in product(range(7), range(5)):
        found = cross_validation(errors=list(counts), n=list(sizes), delta=delta)
        if found.statements[-1].upper < np.mean(risks):
            chances = [binom.pmf(k, n, p) for k, n, p in zip(counts, sizes, risks, strict=True)]
            failed += float(np.prod(chances))
    assert failed <= delta
    assert failed > 0 or risks == (0.01, 0.01)


@pytest.mark.parametrize("frame", [True, False])
def test_the_result_of_scikit_learn_is_counted(data, frame):
    X, y = data if frame else (data[0].to_numpy(), list(data[1]))
    result = validated(X, y, KFold(4, shuffle=True, random_state=0))
    found = cross_validation(result, X, y)
    for s, score, rows in zip(
        found.statements, result["test_score"], result["indices"]["test"], strict=False
    ):
        assert s.n == len(rows) and s.observed == pytest.approx(1 - score)
    assert len(found.statements) == 5 and "Pipeline" in found.sentence
    assert any("refitted on all rows" in note for note in found.notes)
    assert not any("stratified by" in note for note in found.notes)


def test_stratified_folds_are_remarked(data):
    found = cross_validation(validated(*data, StratifiedKFold(4)), *data)
    assert any("if the folds were stratified by the labels" in note for note in found.notes)
    assert any("without regard to their labels" in c for c in found.conditions)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"result": {"test_score": [0.9, 0.8]}}, "scores do not tell how many rows"),
        ({"errors": [3, 4]}, "guarantee nothing"),
        ({"errors": [0.1, 0.2], "n": [50, 50]}, "a score is no count"),
        ({"errors": [3, 4], "n": [50]}, "errors has 2 folds, n has 1"),
        ({"errors": [51], "n": [50]}, "fold 0: 51 errors of 50 rows"),
        ({"errors": [-1], "n": [50]}, "impossible counts"),
        ({"errors": [], "n": []}, "names no fold"),
        ({"errors": [True], "n": [5]}, "must be counts"),
        ({}, "give a result or errors"),
        ({"errors": [1], "n": [5], "delta": 2}, "delta"),
        ({"errors": [1], "n": [5], "side": "left"}, "side"),
        ({"errors": [1], "n": [5], "X": [[1]], "y": [1]}, "go with the result"),
    ],
)
def test_what_is_refused(given, message):
    with pytest.raises(ValueError, match=message):
        cross_validation(**given)


def test_training_rows_among_the_held_out_are_refused(data):
    result = validated(*data, KFold(3))
    result["indices"]["train"] = [np.arange(len(data[1]))] * 3
    with pytest.raises(ValueError, match="among those it was trained on"):
        cross_validation(result, *data)


def test_indices_of_other_data_are_refused(data):
    X, y = data
    result = validated(X, y, KFold(3))
    with pytest.raises(ValueError, match="not distinct rows"):
        cross_validation(result, X[:100], y[:100])


def test_regressors_are_refused():
    X, y = np.arange(20.0)[:, None], pd.Series(np.arange(20.0))
    result = cross_validate(LinearRegression(), X, y, return_estimator=True, return_indices=True)
    with pytest.raises(ValueError, match="a regressor needs a loss"):
        cross_validation(result, X, y)


def test_counts_alone_give_the_same_bytes_whatever_is_loaded():
    found = cross_validation([1, 2], n=[10, 10])
    assert found.made_with.keys() == {"genbounds", "python"}
    assert found.inputs["models"][0]["class"] == "counts of errors"
