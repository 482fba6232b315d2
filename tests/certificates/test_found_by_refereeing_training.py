"""Faults of training certificates that a referee found: each test failed before it was mended."""

import warnings

import numpy as np
import pytest

pytest.importorskip("sklearn")
from scipy import sparse
from sklearn import ensemble, linear_model, naive_bayes, neighbors, svm, tree
from sklearn.dummy import DummyClassifier
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, PolynomialFeatures

import genbounds as gb
from genbounds.certificates.rows_alone import batches, taken
from genbounds.certificates.training import certify_training
from genbounds.certificates.training_conditions import lacking
from genbounds.classes import Boxes, DepthTwoTrees, FiniteClass, LinearMulticlass, Trees


def noise(n=400, d=3, labels=2, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)), rng.integers(0, labels, n)


def fitted(model, X, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(X, y)


def conditions(model, X, y, **options):
    statements = certify_training(model, X, y, **options).statements
    return " ".join(sentence for s in statements for sentence in s.conditions)


# --- a class of functions with two labels


def test_a_model_with_three_labels_is_no_half_space():
    X, y = noise(3000, 2, labels=3)
    nearest = neighbors.KNeighborsClassifier(1).fit(X, y)
    with pytest.raises(ValueError, match="2 labels, and the model has 3"):
        certify_training(nearest, X, y, hypothesis_class=gb.Halfspaces(2))
    with pytest.raises(ValueError, match="2 labels, and the model has 3"):
        certify_training(nearest.predict(X), X, y, hypothesis_class=gb.Halfspaces(2))


def test_labels_that_a_model_knows_count_even_where_it_does_not_say_them():
    X, y = noise(300, 2)
    y[:3] = 2
    model = fitted(linear_model.LogisticRegression(), X, y)
    assert set(model.predict(X)) <= {0, 1}
    with pytest.raises(ValueError, match="the model has 3"):
        certify_training(model, X, y, hypothesis_class=gb.Halfspaces(2))


def test_a_third_true_label_does_not_switch_the_check_off():
    X, y = noise(300, 2)
    said = np.random.default_rng(1).integers(0, 2, 300)
    y[0] = 2
    with pytest.raises(ValueError, match="no member of Halfspaces"):
        certify_training(said, X, y, hypothesis_class=gb.Halfspaces(2))


def test_a_class_of_functions_to_k_labels_takes_models_with_k():
    X, y = noise(300, 2, labels=3)
    model = fitted(linear_model.LogisticRegression(), X, y)
    assert certify_training(model, X, y, hypothesis_class=LinearMulticlass(3, 3)).statements
    with pytest.raises(ValueError, match="2 labels, and the model has 3"):
        certify_training(model, X, y, hypothesis_class=LinearMulticlass(3, 2))


# --- whether the model can be in the class


def test_a_large_sample_is_checked_in_part():
    X, y = noise(30_000, 4)
    with pytest.raises(ValueError, match=r"no member of Halfspaces.* of these points"):
        certify_training(y, X, y, hypothesis_class=gb.Halfspaces(4))
    said = np.where(X @ [1.0, 2.0, 3.0, 4.0] > 0.5, "yes", "no")
    written = conditions(said, X, np.array(["no", "yes"])[y], hypothesis_class=gb.Halfspaces(4))
    assert "some member labels 6250 of the 30000 rows" in written


@pytest.mark.parametrize(
    "H", [gb.Stumps(3), Trees(3, 3), DepthTwoTrees(3), gb.LinearBall(3)], ids=str
)
def test_classes_that_only_have_suprema_refuse_what_they_cannot_label(H):
    X, y = noise(2000, 3)
    with pytest.raises(ValueError, match="no member of"):
        certify_training(tree.DecisionTreeClassifier().fit(X, y), X, y, hypothesis_class=H)


def test_members_pass_the_same_check():
    X, y = noise(2000, 3)
    stump = tree.DecisionTreeClassifier(max_depth=1).fit(X, y)
    for H in (gb.Stumps(3), Trees(2, 3), DepthTwoTrees(3)):
        assert "some member labels 200 of the 2000" in conditions(stump, X, y, hypothesis_class=H)


def test_classes_that_cannot_tell_say_so():
    X, y = noise(200, 5)
    finite = FiniteClass(np.random.default_rng(0).choice([-1, 1], (8, 200)))
    for H in (Boxes(5), finite):
        assert "this was not checked" in conditions(y, X, y, hypothesis_class=H)


def test_a_sparse_table_is_read_where_a_class_is_named():
    y = noise(300, 4)[1]
    table = sparse.random(300, 4, 0.5, random_state=0, format="csr")
    with pytest.raises(ValueError, match="no member of Halfspaces"):
        certify_training(y, table, y, hypothesis_class=gb.Halfspaces(4))
    model = fitted(linear_model.LogisticRegression(), table, y)
    dense = certify_training(model, table.toarray(), y, hypothesis_class=gb.Halfspaces(4))
    thin = certify_training(model, table, y, hypothesis_class=gb.Halfspaces(4))
    assert [s.upper for s in thin.statements] == [s.upper for s in dense.statements]


def test_what_shares_delta_within_a_class_is_said():
    X, y = noise(200, 2)
    model = fitted(linear_model.LogisticRegression(), X, y)
    found = certify_training(model, X, y, delta=0.1, hypothesis_class=gb.Halfspaces(2))
    assert "chosen by the class alone" in found.notes[0]
    said = [sentence for s in found.statements for sentence in s.conditions]
    (among,) = {sentence for sentence in said if "has an equal part" in sentence}
    k = int(among.split()[3])
    spent = [s.answer.inputs["delta"] for s in found.statements if among in s.conditions]
    assert k > 1 and spent == pytest.approx([0.1 / 2 / k])


# --- functions of one row


@pytest.mark.parametrize(
    "function",
    [
        lambda Z: Z - Z.mean(0),
        lambda Z: np.argsort(np.argsort(Z, 0), 0) / len(Z),
        lambda Z: Z / abs(Z).max(),
        lambda Z: np.cumsum(Z, 0),
        lambda Z: np.hstack([Z, np.arange(len(Z))[:, None]]),
    ],
)
def test_a_map_that_looks_at_other_rows_is_refused(function):
    X, y = noise()
    model = make_pipeline(FunctionTransformer(function), linear_model.LogisticRegression())
    with pytest.raises(ValueError, match=r"changes with the rows that come with it|rows alone"):
        certify_training(fitted(model, X, y), X, y)


def test_the_features_are_compared_where_the_labels_would_not_show_it():
    X, y = noise()
    y[:] = X[:, 0] > 0
    tiny = FunctionTransformer(lambda Z: Z + 1e-3 * Z.mean(0))
    model = fitted(make_pipeline(tiny, tree.DecisionTreeClassifier(max_depth=1)), 9 * X, y)
    with pytest.raises(ValueError, match="changes with the rows that come with it"):
        certify_training(model, 9 * X, y)


def test_a_model_of_a_named_class_is_a_function_of_one_row():
    X, y = noise()
    with pytest.raises(ValueError, match="changes with the rows that come with it"):
        certify_training(lambda Z: Z[:, 0] > np.median(Z[:, 0]), X, y == 1,
                         hypothesis_class=gb.Stumps(3))  # fmt: skip


def test_a_fixed_function_is_named_among_the_conditions():
    X, y = noise()
    model = make_pipeline(FunctionTransformer(np.tanh), linear_model.LogisticRegression())
    said = "the function of FunctionTransformer was fixed before the sample was seen"
    assert said in conditions(fitted(model, X, y), X, y)
    plain = make_pipeline(
        FunctionTransformer(), PolynomialFeatures(2), linear_model.RidgeClassifier()
    )
    assert said not in conditions(fitted(plain, X, y), X, y)


@pytest.mark.parametrize("n", [1, 2, 3, 50])
def test_batches_cover_all_rows(n):
    found = list(batches(n))
    rows = sorted(i for batch in found for i in batch if len(batch) > 1 or n < 4)
    assert set(rows) == set(range(n)) and all(batch != list(range(n)) or n == 1 for batch in found)


def test_rows_are_taken_of_anything_that_holds_rows():
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    X = np.arange(12.0).reshape(4, 3)
    frame = pandas.DataFrame(X, index=[3, 2, 1, 0])
    for rows in ([2], [3, 1]):
        assert (taken(X, rows) == X[rows]).all() and taken(X.tolist(), rows) == X[rows].tolist()
        assert (taken(frame, rows).to_numpy() == X[rows]).all()
        assert (taken(polars.DataFrame(X), rows).to_numpy() == X[rows]).all()
        assert (taken(sparse.coo_matrix(X), rows).toarray() == X[rows]).all()


# --- parameters that were set anew


@pytest.mark.parametrize(
    ("model", "anew", "why"),
    [
        (tree.DecisionTreeClassifier(), {"max_leaf_nodes": 2}, "leaves, max_leaf_nodes is 2"),
        (tree.DecisionTreeClassifier(), {"max_depth": 1}, "max_depth is 1"),
        (MLPClassifier((5,), max_iter=5), {"hidden_layer_sizes": (1,)}, r"have \[5\] units"),
        (MLPClassifier((5,), max_iter=5), {"hidden_layer_sizes": ()}, r"have \[5\] units"),
        (ensemble.AdaBoostClassifier(n_estimators=5), {"n_estimators": 1}, "5 voters"),
        (svm.SVC(gamma=0.5), {"gamma": 0.01}, "gamma, coef0 or degree changed"),
        (svm.SVC(gamma=0.5, kernel="poly"), {"gamma": 0.01}, "gamma, coef0 or degree changed"),
    ],
    ids=str,
)
def test_parameters_set_after_the_fit_are_refused(model, anew, why):
    X, y = noise()
    model = fitted(model, X, y)
    assert certify_training(model, X, y).statements
    with pytest.raises(ValueError, match=why):
        certify_training(model.set_params(**anew), X, y)


def test_every_tree_of_an_ensemble_is_looked_at():
    X, y = noise()
    model = ensemble.AdaBoostClassifier(tree.DecisionTreeClassifier(max_depth=3), n_estimators=4)
    model.fit(X, y).estimators_[0].max_depth = 1
    with pytest.raises(ValueError, match=r"its trees differ.*its depth is 3, max_depth is 1"):
        certify_training(model, X, y)
    for one in model.estimators_:
        one.max_depth = 1
    with pytest.raises(ValueError, match="max_depth is 1"):
        certify_training(model, X, y)


# --- labels


@pytest.mark.parametrize(
    "model",
    [DummyClassifier(), tree.DecisionTreeClassifier(), linear_model.LogisticRegression()],
    ids=str,
)
def test_the_number_of_labels_is_a_condition(model):
    X, y = noise(200, 2, labels=5)
    said = "the labels that can occur are exactly the 5 that the model knows, and this was known"
    assert said in conditions(fitted(model, X, y), X, y)


def test_binary_features_are_named_where_the_model_makes_them():
    X, y = noise(300)
    for labels in (y, y + (X[:, 0] > 1)):
        written = conditions(naive_bayes.BernoulliNB(binarize=0.25).fit(X, labels), X, labels)
        assert "features as 0 and 1" in written and "binarize = 0.25" in written
    binary = naive_bayes.BernoulliNB(binarize=None).fit(X > 0, y)
    assert "features as 0 and 1" not in conditions(binary, X > 0, y)


# --- extreme lengths


@pytest.mark.parametrize("lengths", [{"margin": 1e-320}, {"max_margin": 1e308}], ids=str)
def test_extreme_margins_are_refused(lengths):
    X, y = noise(100)
    for model in (linear_model.LogisticRegression(), ensemble.AdaBoostClassifier(n_estimators=3)):
        with pytest.raises(ValueError, match="must lie between 1e-100 and 1e"):
            certify_training(model.fit(X, y), X, y, **lengths)


def test_lengths_beyond_floats_are_refused():
    X, y = noise(100)
    linear = linear_model.LogisticRegression().fit(X, y)
    machine = svm.SVC(kernel="poly", degree=9, gamma=1.0, coef0=1).fit(X, y)
    for model, scale in ((linear, 1e155), (machine, 1e40)):
        with pytest.raises(ValueError, match="largest float"):
            certify_training(model, X * scale, y)
    assert certify_training(linear, X * 1e100, y).statements


def test_the_conditions_of_a_record_can_be_told_to_lack_one():
    X, y = noise(200)
    model = fitted(linear_model.LogisticRegression(), X, y)
    for named, options in ((False, {}), (True, {"hypothesis_class": gb.Halfspaces(3)})):
        for s in certify_training(model, X, y, **options).statements:
            assert not list(lacking(s.given, named)) and list(lacking(s.given, not named))
            gone = [x for x in s.given if "class" not in x and "labels" not in x]
            assert list(lacking(gone, named))
    assert len(list(lacking(["any model at all"], False))) == 2
