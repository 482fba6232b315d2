"""Trees: leaves merged against a search from above, classes and shares by their parameters."""

import numpy as np
import pytest

pytest.importorskip("sklearn")
from sklearn import datasets, tree
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from genbounds.certificates.training import certify_training
from genbounds.certificates.training_trees import effective_leaves
from genbounds.classes import BooleanCombinations, DepthTwoTrees, Trees
from genbounds.registry import find

Tree = tree.DecisionTreeClassifier


def cancer():
    return datasets.load_breast_cancer(return_X_y=True)


def leaves_from_above(model):
    """A node whose leaves below all say one label is one leaf."""
    found = model.tree_

    def labels(node):
        if found.children_left[node] == -1:
            return {int(found.value[node, 0].argmax())}
        return labels(found.children_left[node]) | labels(found.children_right[node])

    def count(node):
        if len(labels(node)) == 1:
            return 1
        return count(found.children_left[node]) + count(found.children_right[node])

    return count(0)


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    "model", [Tree(min_samples_leaf=5), Tree(max_depth=4), tree.ExtraTreeClassifier()]
)
def test_leaves_with_one_label_are_merged(model, seed):
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(300, 3)), rng.integers(0, 2 + seed % 2, 300)
    model = model.set_params(random_state=seed).fit(X, y)
    merged = effective_leaves(model)
    assert merged == leaves_from_above(model) <= model.get_n_leaves()


def test_a_merged_count_below_the_number_of_leaves_is_seen():
    X, y = cancer()
    model = Tree(min_samples_leaf=30, random_state=0).fit(X, y)
    assert effective_leaves(model) < model.get_n_leaves()


def test_a_tree_of_one_leaf():
    X = np.zeros((20, 2))
    y = np.array([0] * 15 + [1] * 5)
    model = Tree().fit(X, y)
    assert effective_leaves(model) == 1
    (statement,) = certify_training(model, X, y).statements
    assert statement.observed == 0.25 and statement.upper > 0.25


@pytest.mark.parametrize(
    ("parameters", "H", "part"),
    [
        ({"max_leaf_nodes": 6}, Trees(6, 30), 1),
        ({"max_depth": 1}, Trees(2, 30), 1),
        ({"max_depth": 2}, DepthTwoTrees(30), 1),
        ({"max_leaf_nodes": 6, "max_depth": 9}, Trees(6, 30), 1),
    ],
)
def test_a_number_of_leaves_that_was_fixed_names_one_class(parameters, H, part):
    X, y = cancer()
    model = Tree(random_state=0, **parameters).fit(X, y)
    (statement,) = certify_training(model, X, y, delta=0.1).statements
    errors = int((model.predict(X) != y).sum())
    expected = find("leboeuf_hypergeometric")(
        errors=errors, n=569, n_ghost=4 * 569, log_growth=H, delta=0.05 * part
    )
    assert statement.answer.raw == expected
    assert statement.delta == 0.1


@pytest.mark.parametrize("parameters", [{"min_samples_leaf": 10}, {"max_depth": 3}])
def test_leaves_that_were_not_fixed_have_their_share_of_delta(parameters):
    X, y = cancer()
    model = Tree(random_state=0, **parameters).fit(X, y)
    (statement,) = certify_training(model, X, y, delta=0.1).statements
    leaves = leaves_from_above(model)
    assert repr(statement.answer.inputs["log_growth"]) == repr(Trees(leaves, 30))
    assert statement.answer.inputs["delta"] == pytest.approx(0.05 / (leaves * (leaves + 1)))
    assert any("1/(L (L + 1)) of delta" in sentence for sentence in statement.conditions)


def test_several_labels_are_bits_of_trees():
    X, y = datasets.load_digits(return_X_y=True)
    model = Tree(max_leaf_nodes=12, random_state=0).fit(X, y)
    (statement,) = certify_training(model, X, y).statements
    H = BooleanCombinations(Trees(12, 64), 4)  # ten labels have four bits
    assert repr(statement.answer.inputs["log_growth"]) == repr(H)
    assert not statement.vacuous


def test_a_bit_of_the_label_is_constant_on_every_leaf():
    X, y = datasets.load_wine(return_X_y=True)
    model = Tree(max_leaf_nodes=5, random_state=0).fit(X, y)
    said, leaves = model.predict(X), model.apply(X)
    for bit in (1, 2):
        assert all(len(set(said[leaves == leaf] & bit)) == 1 for leaf in leaves)


def test_scalers_do_no_harm_to_thresholds():
    X, y = cancer()
    alone = certify_training(Tree(max_leaf_nodes=4, random_state=0).fit(X, y), X, y)
    model = make_pipeline(StandardScaler(), Tree(max_leaf_nodes=4, random_state=0)).fit(X, y)
    scaled = certify_training(model, X, y)
    assert scaled.statements[0].answer.raw == alone.statements[0].answer.raw


def test_a_search_over_depths_pays_for_its_settings():
    X, y = cancer()
    search = GridSearchCV(Tree(random_state=0), {"max_depth": [1, 2]}, cv=3).fit(X, y)
    (statement,) = certify_training(search, X, y, delta=0.1).statements
    depth = search.best_params_["max_depth"]
    alone = Tree(random_state=0, max_depth=depth).fit(X, y)
    (half,) = certify_training(alone, X, y, delta=0.05).statements
    assert statement.answer.raw == half.answer.raw
    assert statement.delta == 0.1
    assert any("each of the 2 settings" in sentence for sentence in statement.conditions)


def test_missing_values_are_refused():
    X, y = cancer()
    X = X.copy()
    X[0, 0] = np.nan
    with pytest.raises(ValueError, match="missing values"):
        certify_training(Tree(max_depth=2).fit(X, y), X, y)
