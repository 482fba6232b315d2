"""Training certificates: which theorem for which model, how delta is shared, what is refused."""

import warnings

import numpy as np
import pytest
from scipy.stats import beta, binom, norm

pytest.importorskip("sklearn")
from sklearn import datasets, ensemble, linear_model, naive_bayes, neighbors, svm, tree
from sklearn.decomposition import PCA
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis
from sklearn.dummy import DummyClassifier
from sklearn.feature_selection import SelectKBest
from sklearn.impute import SimpleImputer
from sklearn.model_selection import GridSearchCV
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (
    FunctionTransformer,
    MinMaxScaler,
    Normalizer,
    PowerTransformer,
    StandardScaler,
)

import genbounds as gb
from genbounds.answers import Answer
from genbounds.certificates.certifying import certify
from genbounds.certificates.training import certify_training
from genbounds.certificates.training_parts import NoTheoremError, opened
from genbounds.certificates.verifying import verify
from genbounds.classes import (
    Balls,
    BooleanCombinations,
    FiniteClass,
    Halfspaces,
    PiecewiseLinearNetworks,
    PolynomialThresholds,
    SigmoidNetworks,
    Stumps,
    VectorSpace,
)
from genbounds.registry import find

FALSE_ALARM = 1e-10


def blobs(n=400, d=3, labels=2, seed=0):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, labels, n)
    return rng.normal(size=(n, d)) + 2 * np.eye(labels, d)[y], y


def fitted(model, X, y):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return model.fit(X, y)


def counted(H, errors, n, delta):
    """The bound by counted labelings, asked of the catalogue."""
    part = {"n": n, "log_growth": H, "delta": delta / 2}
    found = find("leboeuf_hypergeometric")(errors=errors, n_ghost=4 * n, **part)
    return found if errors else min(found, find("double_sample")(n_ghost=n, **part))


# --- which class for which model


@pytest.mark.parametrize(
    ("model", "H"),
    [
        (naive_bayes.GaussianNB(), VectorSpace(7)),
        (naive_bayes.BernoulliNB(), Halfspaces(3)),
        (naive_bayes.MultinomialNB(), Halfspaces(3)),
        (naive_bayes.ComplementNB(), Halfspaces(3)),
        (QuadraticDiscriminantAnalysis(), PolynomialThresholds(3, 2)),
        (MLPClassifier((4, 2), max_iter=5), PiecewiseLinearNetworks((3, 4, 2, 1))),
        (MLPClassifier(5, activation="tanh", max_iter=5), SigmoidNetworks(4 * 5 + 6, 6)),
        (MLPClassifier((5,), activation="identity", max_iter=5), Halfspaces(3)),
    ],
    ids=str,
)
def test_the_class_of_a_type(model, H):
    X, y = blobs(3000)
    X = abs(X)
    model = fitted(model, X, y)
    (statement,) = certify_training(model, X, y, delta=0.1).statements
    errors = int((model.predict(X) != y).sum())
    assert statement.answer.raw == counted(H, errors, len(y), 0.1)
    assert statement.observed == errors / len(y) and statement.kind == "training"


@pytest.mark.parametrize(
    ("model", "H"),
    [
        (linear_model.LogisticRegression(), BooleanCombinations(Halfspaces(4), 3)),
        (svm.SVC(kernel="linear"), BooleanCombinations(Halfspaces(4), 3)),
        (linear_model.RidgeClassifier(), BooleanCombinations(Halfspaces(4), 3)),
        (naive_bayes.GaussianNB(), BooleanCombinations(VectorSpace(9), 3)),
    ],
    ids=str,
)
def test_several_labels_are_compared_two_at_a_time(model, H):
    X, y = datasets.load_iris(return_X_y=True)
    model = fitted(model, X, y)
    (statement,) = certify_training(model, X, y, delta=0.1).statements
    assert statement.answer.raw == counted(H, int((model.predict(X) != y).sum()), 150, 0.1)


def test_four_labels_have_six_pairs():
    X, y = blobs(2000, 4, labels=4)
    model = fitted(linear_model.LogisticRegression(), X, y)
    (statement,) = certify_training(model, X, y, delta=0.1).statements
    H = BooleanCombinations(Halfspaces(4), 6)
    assert statement.answer.raw == counted(H, int((model.predict(X) != y).sum()), 2000, 0.1)


def test_the_pairwise_differences_settle_the_label_of_a_linear_model():
    X, y = datasets.load_iris(return_X_y=True)
    model = fitted(linear_model.LogisticRegression(max_iter=500), X, y)
    scores = X @ model.coef_.T + model.intercept_
    beaten = [[scores[:, k] > scores[:, j] for j in range(3)] for k in range(3)]
    wins = np.array([sum(row) for row in beaten])
    assert (model.classes_[wins.argmax(axis=0)] == model.predict(X)).all()


def test_a_constant_is_one_of_as_many_as_there_are_labels():
    X, y = blobs(300, labels=3)
    model = DummyClassifier().fit(X, y)
    (statement,) = certify_training(model, X, y, delta=0.06).statements
    errors = int((y != model.predict(X)).sum())
    assert statement.upper == pytest.approx(beta.isf(0.06 / 3, errors + 1, 300 - errors), rel=1e-12)


# --- how delta is shared


@pytest.mark.parametrize(
    "model",
    [
        linear_model.LogisticRegression(), svm.SVC(gamma=0.1), ensemble.AdaBoostClassifier(),
        svm.SVC(kernel="poly", gamma=1.0, degree=2), tree.DecisionTreeClassifier(),
    ],
    ids=str,
)  # fmt: skip
def test_statements_spend_no_more_than_delta_and_can_be_computed_again(model):
    X, y = blobs()
    found = certify_training(fitted(model, X, y), X, y, delta=0.04, name="mine")
    assert sum(s.delta for s in found.statements) <= 0.04 * (1 + 1e-12)
    assert len(found.notes) == (len(found.statements) > 1)
    for s in found.statements:
        again = Answer.from_dict(s.answer.to_dict())
        assert again.raw == s.answer.raw and s.answer.status == "proved"
        assert s.answer.inputs["delta"] <= s.delta and s.subject == "mine"
        assert s.answer.claim.scope in ("every_hypothesis", "consistent_hypotheses")
    assert [s.upper for s in found.statements] == sorted(s.upper for s in found.statements)


def test_a_certificate_holds_the_same_statements_and_can_be_verified():
    X, y = blobs()
    models = {
        "linear": fitted(linear_model.LogisticRegression(), X, y),
        "boosted": fitted(ensemble.AdaBoostClassifier(n_estimators=3), X, y),
    }
    written = certify(models, X, y, on="training", delta=0.08)
    mine = [s for key, one in models.items()
            for s in certify_training(one, X, y, delta=0.04, name=key).statements]  # fmt: skip
    assert [(s.subject, s.upper) for s in written.statements] == [
        (s.subject, s.upper) for s in mine
    ]
    assert verify(written.to_dict(), model=models, X=X, y=y).ok


def test_a_search_gives_each_of_its_settings_a_part():
    X, y = blobs()
    grid = {"C": [0.01, 0.1, 1, 10, 100], "fit_intercept": [True, False]}
    search = fitted(GridSearchCV(linear_model.LogisticRegression(), grid, cv=3), X, y)
    mine = certify_training(search, X, y, delta=0.1).statements
    best = search.best_estimator_
    alone = certify_training(best, X, y, delta=0.01).statements
    assert [s.answer.raw for s in mine] == [s.answer.raw for s in alone]
    inside = fitted(make_pipeline(StandardScaler(), search), X, y)
    assert opened(inside).settings == 10
    outside = GridSearchCV(
        make_pipeline(StandardScaler(), linear_model.LogisticRegression()),
        {"logisticregression__C": [1, 2, 3]}, cv=3,
    )  # fmt: skip
    assert opened(fitted(outside, X, y)).settings == 3


# --- a class that the user names


def test_a_named_class_speaks_of_any_model():
    X, y = blobs()
    model = fitted(neighbors.KNeighborsClassifier(1), X, y)
    with pytest.raises(ValueError, match="no finite dimension"):
        certify_training(model, X, y)
    found = certify_training(2 * (X[:, 1] > 0) - 1, X, 2 * (X[:, 1] > 0) - 1,
                             hypothesis_class=gb.Stumps(3), delta=0.1)  # fmt: skip
    for s in found.statements:
        assert f"the model is one of this class: {Stumps(3).sentence}" in s.conditions
    assert found.statements[0].answer.raw == counted(Stumps(3), 0, 400, 0.05)


def test_a_model_outside_the_named_class_is_refused():
    X, y = blobs(60, 2)
    knn = fitted(neighbors.KNeighborsClassifier(1), X, y)
    with pytest.raises(ValueError, match="no member of Halfspaces"):
        certify_training(knn, X, y, hypothesis_class=gb.Halfspaces(2))
    with pytest.raises(ValueError, match="no member of Balls"):
        certify_training(knn, X, y, hypothesis_class=Balls(2))
    linear = fitted(linear_model.LogisticRegression(), X, y)
    assert certify_training(linear, X, y, hypothesis_class=gb.Halfspaces(2)).statements


def test_a_finite_class_has_exact_limits_for_all_its_members():
    X, y = blobs(200)
    H = FiniteClass(np.random.default_rng(0).choice([-1, 1], (8, 200)))
    found = certify_training(1 - y, X, np.where(np.arange(200) < 20, y, 1 - y),
                             hypothesis_class=H)  # fmt: skip
    for s in found.statements:
        assert s.answer.claim.scope == "every_hypothesis"
    best = found.statements[0].answer
    assert best.bound.name == "occam_binomial" and best.inputs["delta"] <= 0.05 / 2 / 2
    level = best.inputs["delta"] / 8
    assert best.raw == pytest.approx(beta.isf(level, 21, 180), rel=1e-9)


# --- labels, data frames


def test_labels_may_be_words_and_rows_a_frame():
    pandas = pytest.importorskip("pandas")
    X, y = blobs()
    model = fitted(linear_model.LogisticRegression(), X, y)
    expected = [s.answer.raw for s in certify_training(model, X, y).statements]
    words = np.array(["zebra", "ant"])[1 - y]
    frame = pandas.DataFrame(X, columns=["a", "b", "c"])
    named = linear_model.LogisticRegression().fit(frame, pandas.Series(words))
    found = [s.answer.raw for s in certify_training(named, frame, pandas.Series(words)).statements]
    assert found == pytest.approx(expected, rel=1e-6)
    boosted = ensemble.AdaBoostClassifier(n_estimators=3).fit(frame, words)
    assert certify_training(boosted, frame, words).statements


def test_weights_of_observations_do_not_change_how_errors_are_counted():
    X, y = blobs()
    model = tree.DecisionTreeClassifier(max_leaf_nodes=3)
    model.fit(X, y, sample_weight=np.where(y == 1, 9.0, 1.0))
    (statement,) = certify_training(model, X, y).statements
    assert statement.observed == np.mean(model.predict(X) != y)


# --- refusals


@pytest.mark.parametrize(
    ("before", "name"),
    [
        ([PCA(2)], "PCA"),
        ([SelectKBest(k=2)], "SelectKBest"),
        ([SimpleImputer()], "SimpleImputer"),
        ([PowerTransformer()], "PowerTransformer"),
        ([StandardScaler(), Normalizer()], "Normalizer"),
        ([MinMaxScaler(clip=True)], "MinMaxScaler"),
    ],
)
def test_features_that_the_sample_made_are_refused(before, name):
    X, y = blobs()
    model = fitted(make_pipeline(*before, linear_model.LogisticRegression()), X, y)
    with pytest.raises(
        NoTheoremError, match=f"behind {name}.*another one for every sample.*held-out"
    ):
        certify_training(model, X, y)


def test_fixed_maps_are_not():
    X, y = blobs()
    model = make_pipeline(
        FunctionTransformer(np.tanh), Normalizer(), linear_model.LogisticRegression()
    )
    assert certify_training(fitted(model, X, y), X, y).statements


@pytest.mark.parametrize(
    ("model", "why"),
    [
        (DummyClassifier(strategy="uniform"), "draws its labels at random"),
        (neighbors.KNeighborsClassifier(), "nearest neighbours can label"),
        (ensemble.HistGradientBoostingClassifier(max_iter=2), "cannot be read"),
        (linear_model.LinearRegression(), "no fitted classifier"),
        (ensemble.VotingClassifier([("a", naive_bayes.GaussianNB())]), "no finite dimension"),
    ],
    ids=str,
)
def test_models_without_a_theorem_are_refused_with_the_reason(model, why):
    X, y = blobs(100)
    with pytest.raises(NoTheoremError, match=why):
        certify_training(fitted(model, X, y), X, y)


class Mine(linear_model.LogisticRegression):
    """A subclass may predict as it likes."""


def test_a_namesake_is_not_scikit_learns_own():
    X, y = blobs(100)
    namesake = type("LogisticRegression", (linear_model.LogisticRegression,), {})
    with pytest.raises(NoTheoremError, match="LogisticRegression"):
        certify_training(namesake().fit(X, y), X, y)


def test_what_is_not_scikit_learns_own_is_refused():
    X, y = blobs(100)
    with pytest.raises(NoTheoremError, match="Mine"):
        certify_training(Mine().fit(X, y), X, y)
    with pytest.raises(NoTheoremError, match="hypothesis_class"):
        certify_training(lambda rows: y, X, y)
    with pytest.raises(NoTheoremError, match="no fitted classifier"):
        certify_training(linear_model.LogisticRegression(), X, y)
    with pytest.raises(ValueError, match="not fitted"):
        certify_training(GridSearchCV(Mine(), {"C": [1]}), X, y)
    with pytest.raises(ValueError, match="must be a class such as"):
        certify_training(Mine().fit(X, y), X, y, hypothesis_class=3)


def test_a_margin_without_a_theorem_about_margins_is_said():
    X, y = blobs()
    model = fitted(tree.DecisionTreeClassifier(max_depth=1), X, y)
    assert certify_training(model, X, y).notes == ()
    assert "plays no part" in certify_training(model, X, y, margin=1.0).notes[0]
    linear = fitted(linear_model.LogisticRegression(), X, y)
    assert "plays no part" not in " ".join(certify_training(linear, X, y, margin=1.0).notes)


def test_thresholds_of_a_density_behind_a_scaler_are_refused():
    X, y = blobs()
    model = fitted(make_pipeline(StandardScaler(), naive_bayes.BernoulliNB()), X, y)
    with pytest.raises(NoTheoremError, match="rests on the sample"):
        certify_training(model, X, y)
    densities = fitted(make_pipeline(StandardScaler(), naive_bayes.GaussianNB()), X, y)
    assert certify_training(densities, X, y).statements


def test_faults_of_the_arguments():
    X, y = blobs(100)
    model = linear_model.LogisticRegression().fit(X, y)
    for facts in ({"delta": 0}, {"delta": 1}, {"margin": -1}, {"max_margin": float("nan")}):
        with pytest.raises(ValueError, match=next(iter(facts))):
            certify_training(model, X, y, **facts)
    with pytest.raises(ValueError, match="not both"):
        certify_training(model, X, y, margin=1.0, max_margin=2.0)
    with pytest.raises(ValueError, match="entries"):
        certify_training(model, X, y[:50])
    with pytest.raises(ValueError, match="label 2, which the model does not know"):
        certify_training(model, X, np.where(np.arange(100) == 3, 2, y))


# --- the guarantee itself, where the truth is known


def risk_of_stump(model, noise):
    """The true risk of one threshold on a uniform feature; its label is 1[x > 1/2], flipped."""
    found = model.tree_
    labels = found.value[:, 0].argmax(axis=1)
    if found.node_count == 1:
        wrong = 0.5
    else:
        t = float(found.threshold[0])
        left, right = labels[1], labels[2]
        wrong = abs(t - 0.5) if (left, right) == (0, 1) else 1 - abs(t - 0.5)
        wrong = wrong if left != right else 0.5
    return noise + (1 - 2 * noise) * wrong


def test_stumps_on_a_known_law_keep_the_guarantee_and_a_fixed_hypothesis_would_not():
    """False alarms: a binomial(300, delta) count above its 1 - 1e-10 quantile."""
    delta, n, runs, noise = 0.3, 30, 300, 0.5
    rng = np.random.default_rng(1)
    broken = fooled = 0
    for _ in range(runs):
        X = rng.random((n, 3))
        y = rng.random(n) < noise  # pure noise: the risk of every tree is 1/2
        model = tree.DecisionTreeClassifier(max_depth=1, random_state=0).fit(X, y)
        (statement,) = certify_training(model, X, y, delta=delta).statements
        errors = round(statement.observed * n)
        broken += statement.upper < 0.5
        fooled += beta.isf(delta, errors + 1, n - errors) < 0.5
    limit = binom.isf(FALSE_ALARM, runs, delta)
    assert broken <= limit < fooled


def test_half_lines_on_a_known_law_keep_the_guarantee():
    delta, n, noise = 0.2, 200, 0.1
    rng, broken = np.random.default_rng(2), 0
    for _ in range(100):
        X = rng.random((n, 1))
        y = (X[:, 0] > 0.5) ^ (rng.random(n) < noise)
        model = tree.DecisionTreeClassifier(max_leaf_nodes=2).fit(X, y)
        (statement,) = certify_training(model, X, y, delta=delta).statements
        broken += statement.upper < risk_of_stump(model, noise)
        assert statement.upper < 0.5
    assert broken <= binom.isf(FALSE_ALARM, 100, delta)


def test_margins_on_a_known_law_keep_the_guarantee():
    """Two Gaussian clouds: the risk of weights w is the normal tail at <w, m>/|w|."""
    delta, n, d, broken = 0.2, 3000, 3, 0
    rng, mean = np.random.default_rng(3), np.array([0.8, 0.6, 0.0]) * 2
    for _ in range(40):
        y = rng.integers(0, 2, n)
        X = rng.normal(size=(n, d)) + np.outer(2 * y - 1, mean)
        model = fitted(linear_model.LogisticRegression(), X, y)
        w, b = model.coef_.ravel(), model.intercept_[0]
        size = np.linalg.norm(w)
        risk = (norm.sf((w @ mean + b) / size) + norm.sf((w @ mean - b) / size)) / 2
        statements = certify_training(model, X, y, delta=delta).statements
        assert not any(s.vacuous for s in statements) and len(statements) == 2
        broken += any(s.upper < risk for s in statements)
    assert broken <= binom.isf(FALSE_ALARM, 40, delta)
