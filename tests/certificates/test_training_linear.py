"""Linear models and kernel machines: norms, margins and bounds again by numpy and scikit-learn."""

import warnings
from math import log, sqrt
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("sklearn")
from sklearn import datasets, linear_model, preprocessing, svm
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis
from sklearn.metrics.pairwise import polynomial_kernel, rbf_kernel
from sklearn.pipeline import make_pipeline

from genbounds.certificates.training import certify_training
from genbounds.certificates.training_linear import _machine_norm
from genbounds.certificates.training_parts import affine, folded, opened
from genbounds.classes import Halfspaces, HomogeneousHalfspaces

DELTA = 0.05
SCALERS = [
    preprocessing.StandardScaler(), preprocessing.StandardScaler(with_mean=False),
    preprocessing.StandardScaler(with_std=False), preprocessing.MinMaxScaler((-1, 3)),
    preprocessing.MaxAbsScaler(), preprocessing.RobustScaler(),
    preprocessing.RobustScaler(with_centering=False),
]  # fmt: skip


def cancer():
    return datasets.load_breast_cancer(return_X_y=True)


def three_or_eight():
    X, y = datasets.load_digits(return_X_y=True)
    chosen = (y == 3) | (y == 8)
    return X[chosen], y[chosen]


def easy(n=4000, d=5, seed=0):
    """Two clouds far apart, on either side of a plane, on which margins say something."""
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 2, n)
    return rng.normal(size=(n, d)) * 0.3 + np.outer(2 * y - 1, np.ones(d)), y


def fitted(model, X, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(X, y)


def by_margin(found):
    (one,) = [s for s in found.statements if s.theorem == "rademacher_margin_empirical"]
    return one


def counted_class(model, X, y):
    inputs = [s.answer.inputs for s in certify_training(model, X, y).statements]
    (H,) = [facts["log_growth"] for facts in inputs if "log_growth" in facts]
    return H


def brute_force(values, signs, norm, bias, trace, delta, unit=1.0, largest=None):
    """The least of all bounds on the double grid of margins and units of the bias, far out."""
    n, best = len(signs), np.inf
    for j in range(-30, 31) if bias is not None else [None]:
        B, part = (0.0, 1.0) if j is None else (unit * 4.0**j, part_of(j))
        length = norm if j is None else sqrt(norm**2 + (bias / B) ** 2)
        complexity = sqrt(trace + n * B**2) / n
        margins = signs * values / length
        for k in range(-40, 60) if largest is None else range(60):
            rho = (1.0 if largest is None else largest) * 2 ** (-k / 2)
            mine = part * (part_of(k) if largest is None else 1 / ((k + 1) * (k + 2)))
            mean = np.clip(1 - margins / rho, 0, 1).mean()
            best = min(best, mean + 2 * complexity / rho + sqrt(2 * log(1 / (delta * mine)) / n))
    return best


def check_least(statement, best):
    """Not below the best of the grid, and near it; beyond 1 both say nothing."""
    assert best * (1 - 1e-9) <= statement.answer.raw
    assert statement.upper <= min(best * 1.02, 1)


def part_of(k):
    """The part of k in the order 0, -1, 1, -2, 2, ..."""
    place = [0, *(x for i in range(1, 200) for x in (-i, i))].index(k)
    return 1 / ((place + 1) * (place + 2))


MODELS = [
    linear_model.LogisticRegression(max_iter=500), svm.LinearSVC(), svm.SVC(kernel="linear"),
    linear_model.SGDClassifier(random_state=0), linear_model.Perceptron(),
    linear_model.RidgeClassifier(), LinearDiscriminantAnalysis(), svm.NuSVC(kernel="linear"),
    linear_model.LogisticRegression(fit_intercept=False, max_iter=500),
]  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=str)
@pytest.mark.parametrize("data", [three_or_eight, easy], ids=lambda f: f.__name__)
def test_the_margin_bound_is_the_least_on_the_grid(model, data):
    X, y = data()
    model = fitted(model, X, y)
    statement = by_margin(certify_training(model, X, y, delta=DELTA))
    w, b = model.coef_.ravel(), float(np.ravel(model.intercept_)[0])
    signs = np.where(y == model.classes_[1], 1, -1)
    bias = b if getattr(model, "fit_intercept", True) else None
    values = X @ w + b
    best = brute_force(values, signs, np.linalg.norm(w), bias, (X**2).sum(), DELTA / 2)
    check_least(statement, best)
    facts = statement.answer.inputs
    again = (
        facts["margin_risk"]
        + 2 * facts["empirical_rademacher_of_hypotheses"] / facts["margin"]
        + sqrt(2 * log(1 / facts["delta"]) / len(y))
    )
    assert statement.answer.raw == pytest.approx(again, rel=1e-14)


@pytest.mark.parametrize("scaler", SCALERS, ids=str)
def test_scalers_fold_into_the_weights_on_the_features_as_they_came(scaler):
    X, y = cancer()
    model = fitted(make_pipeline(scaler, linear_model.LogisticRegression(max_iter=200)), X, y)
    parts = opened(model)
    w, b = folded(parts.scalers, parts.final.coef_.ravel(), float(parts.final.intercept_[0]))
    assert np.allclose(X @ w + b, model.decision_function(X), rtol=1e-8, atol=1e-8)
    factor, shift = affine(parts.scalers[0], X.shape[1])
    assert np.allclose(X * factor + shift, parts.scalers[0].transform(X), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("biased", [True, False])
def test_half_spaces_have_a_bias_where_the_model_may(biased):
    X, y = three_or_eight()
    model = fitted(linear_model.LogisticRegression(fit_intercept=biased, C=1e-4), X, y)
    assert type(counted_class(model, X, y)) is (Halfspaces if biased else HomogeneousHalfspaces)
    scaled = fitted(make_pipeline(preprocessing.StandardScaler(), model), X, y)
    assert type(counted_class(scaled, X, y)) is Halfspaces


def test_a_pipeline_has_the_bound_of_the_same_function_without_scalers():
    X, y = easy()
    X = 5 + 3 * X
    scaled = fitted(
        make_pipeline(preprocessing.StandardScaler(), linear_model.LogisticRegression()), X, y
    )
    found = by_margin(certify_training(scaled, X, y, delta=DELTA))
    parts = opened(scaled)
    w, b = folded(parts.scalers, parts.final.coef_.ravel(), float(parts.final.intercept_[0]))
    signs = np.where(y == 1, 1, -1)
    best = brute_force(X @ w + b, signs, np.linalg.norm(w), b, (X**2).sum(), DELTA / 2)
    check_least(found, best)
    assert not found.vacuous


def test_several_scalers_fold_in_their_order():
    X, y = cancer()
    before = preprocessing.MinMaxScaler((2, 5)), preprocessing.StandardScaler()
    model = fitted(make_pipeline(*before, linear_model.LogisticRegression()), X, y)
    parts = opened(model)
    w, b = folded(parts.scalers, parts.final.coef_.ravel(), float(parts.final.intercept_[0]))
    assert np.allclose(X @ w + b, model.decision_function(X), rtol=1e-8, atol=1e-8)


def test_the_norm_of_a_machine_is_not_below_the_true_one():
    """Multipliers that nearly cancel, against fifty digits."""
    mpmath = pytest.importorskip("mpmath")
    rng = np.random.default_rng(0)
    for scale in (1.0, 1e6, 1e9):
        Z = np.repeat(rng.normal(size=(10, 2)), 2, axis=0) + 1e-9 * rng.normal(size=(20, 2))
        a = scale * np.tile([1.0, -1.0], 10)
        model = SimpleNamespace(kernel="rbf", gamma=0.5, dual_coef_=a[None], support_vectors_=Z)
        with mpmath.workdps(50):
            exact = mpmath.sqrt(sum(
                mpmath.mpf(a[i]) * a[j] * mpmath.exp(-sum((mpmath.mpf(x) - z) ** 2
                for x, z in zip(Z[i].tolist(), Z[j].tolist(), strict=True)) / 2)
                for i in range(20) for j in range(20)
            ))  # fmt: skip
        assert exact <= _machine_norm(model) <= exact + scale * 1e-5


def test_a_fixed_map_before_the_scaler_makes_the_features():
    X, y = easy(500, 2)
    steps = preprocessing.PolynomialFeatures(2), preprocessing.StandardScaler()
    model = fitted(make_pipeline(*steps, linear_model.LogisticRegression()), X, y)
    found = certify_training(model, X, y)
    assert any("R^6" in sentence for s in found.statements for sentence in s.conditions)


def test_a_largest_margin_is_cheaper_than_all_and_a_fixed_one_cheaper_still():
    X, y = easy()
    model = fitted(svm.LinearSVC(), X, y)
    w, b = model.coef_.ravel(), float(model.intercept_[0])
    signs = np.where(y == 1, 1, -1)
    found = by_margin(certify_training(model, X, y, delta=DELTA, max_margin=2.0))
    facts = X @ w + b, signs, np.linalg.norm(w), b, (X**2).sum(), DELTA / 2
    best = brute_force(*facts, unit=2.0, largest=2.0)
    check_least(found, best)
    margin = found.answer.inputs["margin"]
    fixed = by_margin(certify_training(model, X, y, delta=DELTA, margin=margin))
    assert fixed.answer.raw < found.answer.raw
    assert fixed.answer.inputs["margin"] == margin


def test_the_complexity_is_above_what_signs_give():
    X, y = easy(300)
    found = by_margin(certify_training(fitted(svm.LinearSVC(), X, y), X, y))
    rng = np.random.default_rng(0)
    drawn = np.linalg.norm(rng.choice([-1, 1], (4000, 300)) @ X, axis=1).mean() / 300
    assert drawn < found.answer.inputs["empirical_rademacher_of_hypotheses"]


@pytest.mark.parametrize(
    ("model", "kernel"),
    [
        (svm.SVC(gamma=0.05), lambda X, Z: rbf_kernel(X, Z, gamma=0.05)),
        (svm.SVC(gamma="auto", C=10), lambda X, Z: rbf_kernel(X, Z, gamma=1 / X.shape[1])),
        (
            svm.SVC(kernel="poly", gamma=0.5, degree=2, coef0=1),
            lambda X, Z: polynomial_kernel(X, Z, gamma=0.5, degree=2, coef0=1),
        ),
        (
            svm.NuSVC(kernel="poly", gamma="auto", degree=3),
            lambda X, Z: polynomial_kernel(X, Z, gamma=1 / X.shape[1], degree=3, coef0=0),
        ),
    ],
    ids=["rbf", "rbf-auto", "poly", "nu-poly"],
)
def test_kernel_machines_have_the_norm_and_the_trace_of_their_kernel(model, kernel):
    X, y = easy(3000, 4)
    model = fitted(model, X, y)
    found = certify_training(model, X, y, delta=DELTA)
    a, Z = model.dual_coef_.ravel(), model.support_vectors_
    norm, trace = sqrt(a @ kernel(Z, Z) @ a), float(np.diag(kernel(X, X)).sum())
    values = kernel(X, Z) @ a + model.intercept_[0]
    parts = 1 if model.kernel == "rbf" else 2
    signs = np.where(y == 1, 1, -1)
    best = brute_force(values, signs, norm, float(model.intercept_[0]), trace, DELTA / parts)
    check_least(by_margin(found), best)
    assert not by_margin(found).vacuous


@pytest.mark.parametrize(
    ("model", "why"),
    [
        (svm.SVC(), "gamma='scale' is computed from the sample"),
        (svm.SVC(kernel="sigmoid", gamma=0.1), "not known to be a kernel of positive type"),
        (svm.SVC(kernel="poly", gamma=0.1, coef0=-1), "coef0 not negative"),
        (svm.SVC(kernel="linear", break_ties=True, decision_function_shape="ovr"), "no vote"),
        (make_pipeline(preprocessing.StandardScaler(), svm.SVC(gamma=0.1)), "another kernel"),
    ],
    ids=str,
)
def test_kernels_that_depend_on_the_sample_are_refused(model, why):
    X, y = easy(200)
    with pytest.raises(ValueError, match=why):
        certify_training(fitted(model, X, y), X, y)


def test_sparse_rows_and_sparse_weights_give_the_same_numbers():
    sparse = pytest.importorskip("scipy.sparse")
    X, y = three_or_eight()
    dense = fitted(linear_model.LogisticRegression(), X, y)
    expected = [s.answer.raw for s in certify_training(dense, X, y).statements]
    table = sparse.csr_matrix(X)
    assert [s.answer.raw for s in certify_training(dense, table, y).statements] == pytest.approx(
        expected, rel=1e-12
    )
    dense.sparsify()
    assert [s.answer.raw for s in certify_training(dense, X, y).statements] == pytest.approx(
        expected, rel=1e-12
    )
    machine = fitted(svm.SVC(gamma=0.01), X, y)
    on_sparse = fitted(svm.SVC(gamma=0.01), table, y)
    assert by_margin(certify_training(on_sparse, table, y)).answer.raw == pytest.approx(
        by_margin(certify_training(machine, X, y)).answer.raw, rel=1e-5
    )


def test_single_precision_is_the_same_model():
    X, y = three_or_eight()
    model = fitted(linear_model.LogisticRegression(max_iter=300), X.astype(np.float32), y)
    found = certify_training(model, X.astype(np.float32), y)
    assert by_margin(found).answer.raw > 0


def test_a_score_that_is_not_the_linear_function_of_its_weights_is_refused():
    X, y = easy(200)
    model = fitted(linear_model.LogisticRegression(), X, y)
    model.coef_ = model.coef_ * 2
    certify_training(model, X, y)  # scikit-learn reads the same weights
    model.decision_function = lambda rows: rows[:, 0] ** 3
    with pytest.raises(ValueError, match="not the linear function"):
        certify_training(model, X, y)


def test_weights_of_zero_leave_the_count_and_its_half_of_delta():
    X, y = easy(200)
    model = fitted(linear_model.LogisticRegression(), X, y)
    model.coef_ = np.zeros_like(model.coef_)
    (statement,) = certify_training(model, X, y, delta=DELTA).statements
    assert statement.delta == DELTA / 2
    assert statement.observed == min(y.mean(), 1 - y.mean()) or statement.observed > 0.4


@pytest.mark.parametrize("model", [*MODELS[:3], *MODELS[5:7]], ids=str)
def test_margins_of_either_sign_are_the_errors(model):
    """A margin of 10^-9 makes the ramp the error rate: the labels have their right signs."""
    X, y = cancer()
    names = np.array(["malignant", "benign"])[y]
    model = fitted(model, X[:, :10], names)
    statement = by_margin(certify_training(model, X[:, :10], names, margin=1e-9))
    assert statement.answer.inputs["margin_risk"] == pytest.approx(statement.observed, abs=1e-6)
    assert statement.observed == np.mean(model.predict(X[:, :10]) != names)


def test_the_unit_of_the_bias_reaches_data_far_from_the_origin():
    X, y = easy(20_000)
    X = X + 8
    model = fitted(LinearDiscriminantAnalysis(), X, y)
    found = by_margin(certify_training(model, X, y))
    w, b = model.coef_.ravel(), float(model.intercept_[0])
    signs = np.where(y == 1, 1, -1)
    best = brute_force(X @ w + b, signs, np.linalg.norm(w), b, (X**2).sum(), DELTA / 2)
    check_least(found, best)
    assert not found.vacuous
    in_units_of_one = sqrt(w @ w + b**2)
    assert in_units_of_one > 5 * sqrt(w @ w)
