"""Statements about training rows, through the record and back."""

import json

import numpy as np
import pytest
from scipy.stats import binom
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.tree import DecisionTreeClassifier

import genbounds as gb
from genbounds.certificates import Certificate, certify, verify

RNG = np.random.default_rng(3)
X = RNG.normal(size=(300, 2))
Y = (X[:, 0] + 0.2 * RNG.normal(size=300) > 0).astype(int)


def test_the_record_gives_the_same_certificate():
    found = certify(DecisionTreeClassifier(max_depth=2).fit(X, Y), X, Y, on="training")
    again = Certificate.from_dict(json.loads(found.to_json()))
    assert again.text == found.text
    assert [s.upper for s in again.statements] == [s.upper for s in found.statements]
    assert all(s.kind == "training" and s.n == 300 for s in found.statements)


def test_delta_is_shared_by_models_and_theorems():
    models = {"tree": DecisionTreeClassifier(max_depth=1).fit(X, Y),
              "line": LogisticRegression().fit(X, Y)}  # fmt: skip
    found = certify(models, X, Y, on="training", delta=0.08)
    for name in models:
        spent = sum(s.delta for s in found.statements if s.subject == name)
        assert spent <= 0.04 * (1 + 1e-12)
    assert found.sentence.count("true error rate of") == 2


def test_the_training_error_is_far_from_a_held_out_bound():
    """The same counts read as a held-out sample would claim less: the class is paid for."""
    model = LogisticRegression().fit(X, Y)
    trained = certify(model, X, Y, on="training")
    errors = int(np.sum(model.predict(X) != Y))
    assert trained.statements[0].observed == errors / 300
    naive = min(r for r in np.linspace(0, 1, 2001) if binom.cdf(errors, 300, r) <= 0.05)
    assert min(s.upper for s in trained.statements) > naive


def test_a_class_of_the_user(tmp_path):
    def rule(rows):
        return (rows[:, 0] > 0.1).astype(int)

    found = certify(rule, X, Y, on="training", hypothesis_class=gb.Halfspaces(2))
    found.save(tmp_path / "c.json")
    again = verify(tmp_path / "c.json", model=rule, X=X, y=Y)
    assert again.ok and all(check.passed for check in again.checks), again.text


def test_margins_are_written_down_and_used_again():
    model = LogisticRegression().fit(X, Y)
    found = certify(model, X, Y, on="training", max_margin=4.0)
    assert found.inputs["options"]["max_margin"] == 4.0
    assert all(check.passed for check in verify(found, model=model, X=X, y=Y).checks)
    with pytest.raises(ValueError, match="margins go with on='training'"):
        certify(model, X, Y, margin=1.0)


def test_what_no_theorem_speaks_of():
    with pytest.raises(ValueError, match="nearest neighbours"):
        certify(KNeighborsClassifier().fit(X, Y), X, Y, on="training")
