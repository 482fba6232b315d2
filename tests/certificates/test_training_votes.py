"""Ensembles: their votes taken one by one, and the bound from its formula."""

from math import log, log2, sqrt

import numpy as np
import pytest

pytest.importorskip("sklearn")
from sklearn import datasets, ensemble, linear_model, tree

from genbounds.certificates.training import certify_training
from genbounds.certificates.training_parts import opened
from genbounds.certificates.training_theorems import Seen
from genbounds.certificates.training_votes import _READERS
from genbounds.classes import Trees, WeightedVotes

DELTA = 0.05


def easy(n=6000, seed=0):
    """One feature tells the labels apart, with a little noise."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, 3))
    y = np.where(rng.random(n) < 0.02, X[:, 0] < 0, X[:, 0] > 0).astype(int)
    return X, y


def cancer():
    X, y = datasets.load_breast_cancer(return_X_y=True)
    return X, np.array(["malignant", "benign"])[y]


def votes_of(model, X):
    return _READERS[type(model).__name__](opened(model).final, Seen(len(X), 0, X), X)


def by_margin(found):
    (one,) = [s for s in found.statements if s.theorem == "ensemble_margin"]
    return one


def brute_force(values, signs, log_growth, delta):
    """The least bound over all margins 2^(-k/2)."""
    n, margins, best = len(signs), signs * values, np.inf
    for k in range(80):
        rho = 2 ** (-k / 2)
        mean = np.clip(1 - margins / rho, 0, 1).mean()
        price = log((k + 1) * (k + 2) / delta)
        best = min(best, mean + 2 / rho * sqrt(2 * log_growth / n) + sqrt(price / (2 * n)))
    return best


@pytest.mark.parametrize("data", [easy, cancer])
@pytest.mark.parametrize("depth", [1, 2])
def test_boosting_is_a_vote_of_its_trees(data, depth):
    X, y = data()
    model = ensemble.AdaBoostClassifier(
        tree.DecisionTreeClassifier(max_depth=depth), n_estimators=8
    )
    model.fit(X, y)
    total = sum(model.estimator_weights_)
    values = np.zeros(len(y))
    for weight, voter in zip(model.estimator_weights_, model.estimators_, strict=False):
        values += weight / total * np.where(voter.predict(X) == model.classes_[1], 1.0, -1.0)
    assert np.allclose(votes_of(model, X).values, values, atol=1e-12)
    decided = abs(values) > 1e-9
    assert (model.classes_[(values > 0).astype(int)] == model.predict(X))[decided].all()
    found = certify_training(model, X, y, delta=DELTA)
    H = by_margin(found).answer.inputs["log_growth"]
    expected = Trees(2, X.shape[1]).log_growth(len(y)) if depth == 1 else H.log_growth(len(y))
    signs = np.where(y == model.classes_[1], 1, -1)
    best = brute_force(values, signs, expected, DELTA / 2)
    assert best * (1 - 1e-9) <= by_margin(found).answer.raw
    assert by_margin(found).upper <= min(1, best * (1 + 1e-9))
    (counted,) = [s for s in found.statements if s.theorem != "ensemble_margin"]
    assert isinstance(counted.answer.inputs["log_growth"], WeightedVotes)
    assert counted.answer.inputs["log_growth"].n_votes == 8


@pytest.mark.parametrize(
    "model",
    [
        ensemble.RandomForestClassifier(7, random_state=0, max_leaf_nodes=5),
        ensemble.ExtraTreesClassifier(7, random_state=0),
        ensemble.BaggingClassifier(n_estimators=4, random_state=0, max_features=0.5),
    ],
    ids=lambda m: type(m).__name__,
)
def test_forests_average_the_values_of_leaves(model):
    X, y = cancer()
    model.fit(X, y)
    found = votes_of(model, X)
    subsets = getattr(model, "estimators_features_", [range(X.shape[1])] * len(model.estimators_))
    values = np.zeros(len(y))
    for voter, chosen in zip(model.estimators_, subsets, strict=True):
        leaves = voter.apply(X[:, list(chosen)])
        values += (2 * voter.tree_.value[leaves, 0, 1] - 1) / len(model.estimators_)
    assert np.allclose(found.values, values, atol=1e-12)
    assert found.leaves == [voter.get_n_leaves() for voter in model.estimators_]
    assert abs(found.values).max() <= 1
    (statement,) = certify_training(model, X, y).statements
    leaves = model.max_leaf_nodes if hasattr(model, "max_leaf_nodes") else None
    most = max(found.leaves) if leaves is None else leaves
    facts = statement.answer.inputs
    assert facts["log_growth"].leaves == most
    of_leaves = 1 if leaves else 1 / (most * (most + 1))
    k = round(-2 * log2(facts["margin"]))
    assert facts["delta"] == pytest.approx(DELTA * of_leaves / ((k + 1) * (k + 2)), rel=1e-12)


def test_values_in_leaves_are_averages_of_labels():
    """The signs of (value - u), u uniform, average to the value: by a fine grid of u."""
    u = (np.arange(200_000) + 0.5) / 100_000 - 1
    for value in (-1.0, -0.3, 0.0, 0.77, 1.0):
        assert np.where(value > u, 1, -1).mean() == pytest.approx(value, abs=2e-5)


@pytest.mark.parametrize("loss", ["log_loss", "exponential"])
@pytest.mark.parametrize("init", [None, "zero"])
def test_gradient_boosting_is_a_vote_of_its_trees_by_their_largest_leaves(loss, init):
    X, y = cancer()
    model = ensemble.GradientBoostingClassifier(
        loss=loss, init=init, n_estimators=6, max_depth=2, learning_rate=0.3, random_state=0
    ).fit(X, y)
    values, scores = votes_of(model, X).values, model.decision_function(X)
    steps = [np.ravel(step) for step in model.staged_decision_function(X)]
    trees = [0.3 * voter.predict(X) for voter in model.estimators_[:, 0]]
    start = steps[0] - trees[0]
    for before, after, one in zip(steps, steps[1:], trees[1:], strict=False):
        assert np.allclose(after - before, one)
    weight = abs(start).max() + sum(abs(one).max() for one in trees)  # all leaves are reached
    assert np.allclose(values, scores / weight)
    assert abs(values).max() <= 1
    assert (np.sign(values) == np.sign(scores)).all()


def test_votes_say_something_where_margins_are_large():
    X, y = easy()
    stumps = ensemble.GradientBoostingClassifier(n_estimators=5, max_depth=1).fit(X, y)
    forest = ensemble.RandomForestClassifier(10, max_leaf_nodes=2, max_features=None).fit(X, y)
    for model in (stumps, forest):
        (statement,) = certify_training(model, X, y, delta=DELTA).statements
        signs = np.where(y == 1, 1, -1)
        growth = Trees(2, 3).log_growth(len(y))
        best = brute_force(votes_of(model, X).values, signs, growth, DELTA)
        assert not statement.vacuous
        assert statement.answer.raw == pytest.approx(best, rel=1e-9)


def test_an_ensemble_of_something_else_is_refused():
    X, y = cancer()
    base = linear_model.LogisticRegression(max_iter=5000)
    model = ensemble.BaggingClassifier(base, n_estimators=2).fit(X[:, :3], y)
    with pytest.raises(ValueError, match="only votes of trees"):
        certify_training(model, X[:, :3], y)
    started = ensemble.GradientBoostingClassifier(init=base, n_estimators=2).fit(X[:, :3], y)
    with pytest.raises(ValueError, match="start from a constant"):
        certify_training(started, X[:, :3], y)


def test_several_labels_are_refused():
    X, y = datasets.load_wine(return_X_y=True)
    model = ensemble.RandomForestClassifier(3).fit(X, y)
    with pytest.raises(ValueError, match="RandomForestClassifier with 3 labels"):
        certify_training(model, X, y)
