"""Learning curves: counts by hand, limits by scipy, and what is refused."""

import json
import math
import sys

import numpy as np
import pytest
from scipy.stats import beta

import genbounds as gb
from genbounds.learning import learning_curve

RNG = np.random.default_rng(7)
X = RNG.random((200, 1))
Y = np.where(RNG.random(200) < 0.1, X[:, 0] < 0.5, X[:, 0] >= 0.5).astype(int)
SEEN = []


def stump(X, y):
    """The threshold with the fewest errors; it remembers what it was shown."""
    SEEN.append((np.asarray(X)[:, 0].tolist(), list(y)))
    cuts = np.sort(np.asarray(X)[:, 0])
    best = min(cuts, key=lambda c: ((np.asarray(X)[:, 0] >= c) != np.asarray(y)).sum())
    return lambda new: (np.asarray(new)[:, 0] >= best).astype(int)


@pytest.fixture
def seen():
    SEEN.clear()
    return SEEN


def test_parts_are_nested_and_the_test_part_is_never_shown(seen):
    found = learning_curve(stump, X, Y, sizes=[10, 40, 100], test_size=60, rng=3)
    assert found.sizes == (10, 40, 100) and found.n_test == 60
    parts = [points for points, _ in seen]
    assert [len(part) for part in parts] == [10, 40, 100]
    assert parts[0] == parts[1][:10] == parts[2][:10]
    assert parts[1] == parts[2][:40]
    order = np.random.default_rng(3).permutation(200)
    held_out = set(X[order[140:], 0].tolist())
    assert not held_out & set(parts[2]) and len(held_out) == 60


def test_errors_are_counted(seen):
    found = learning_curve(stump, X, Y, sizes=[20, 80], test_size=0.5, rng=3)
    order = np.random.default_rng(3).permutation(200)
    for m, training, held_out in zip(found.sizes, found.training, found.held_out, strict=True):
        model = stump(X[order[:m]], Y[order[:m]])
        assert training == np.mean(model(X[order[:m]]) != Y[order[:m]])
        assert held_out == np.mean(model(X[order[100:]]) != Y[order[100:]])


@pytest.mark.parametrize("by_class", [False, True])
def test_limits_are_exact_at_delta_shared_over_sizes_and_sides(by_class):
    given = {"hypothesis_class": gb.Thresholds()} if by_class else {}
    found = learning_curve(stump, X, Y, sizes=[20, 50, 80], test_size=100, delta=0.06, **given)
    share = 0.06 / (2 if by_class else 1) / (2 * 3)
    for rate, low, high in zip(found.held_out, found.lower, found.upper, strict=True):
        k = round(rate * 100)
        assert high == pytest.approx(beta.ppf(1 - share, k + 1, 100 - k), rel=1e-9)
        assert low == pytest.approx(beta.ppf(share, k, 100 - k + 1) if k else 0.0, rel=1e-9)
    assert found.held_out_delta + found.class_delta == pytest.approx(0.06)
    assert found.class_delta == (0.03 if by_class else 0)


def test_the_guarantee_of_the_class_is_that_of_the_theorem_it_names():
    """The best of k theorems at delta/2/sizes has a k-th of it; no theorem does better then."""
    H = gb.Thresholds()
    found = learning_curve(stump, X, Y, sizes=[50, 140], test_size=60, hypothesis_class=H)
    for m, training, limit, name in zip(
        found.sizes, found.training, found.class_upper, found.theorems, strict=True
    ):
        ranking = gb.risk(H, n=m, errors=round(training * m), delta=0.05 / 4)
        delta = 0.05 / 4 / ranking.theorems
        facts = {"n": m, "empirical_risk": training, "delta": delta, "log_growth": H}
        facts |= {"errors": round(training * m), "n_ghost": 4 * m}
        bound = gb.catalogue[name]
        value = bound(**{k: v for k, v in facts.items() if k in bound.arguments})
        assert limit == pytest.approx(min(1.0, value), rel=1e-9)


def test_limits_hold_together_as_often_as_they_say():
    """In a world with a known risk: failures of any limit, out of 300 curves at delta = 0.2."""
    failures = 0
    for seed in range(300):
        rng = np.random.default_rng([seed, 1])
        x = rng.random((120, 1))
        y = ((x[:, 0] >= 0.5) ^ (rng.random(120) < 0.2)).astype(int)
        cuts = {}

        def fit(part, labels, cuts=cuts):
            cuts[len(part)] = cut = float(np.median(part[labels == 1])) if labels.any() else 0.5
            return lambda new: (new[:, 0] >= cut).astype(int)

        found = learning_curve(fit, x, y, sizes=[10, 60], test_size=60, delta=0.2, rng=seed)
        risks = [0.2 + 0.6 * abs(cuts[m] - 0.5) for m in found.sizes]
        failures += any(
            not low <= risk <= high
            for low, risk, high in zip(found.lower, risks, found.upper, strict=True)
        )
    assert 0 < failures <= 0.2 * 300


def test_an_estimator_is_cloned_and_stays_as_it_was():
    tree = pytest.importorskip("sklearn.tree")
    estimator = tree.DecisionTreeClassifier(max_depth=1, random_state=0)
    found = learning_curve(estimator, X, Y, sizes=[20, 100], test_size=100)
    assert not hasattr(estimator, "tree_")
    order = np.random.default_rng(0).permutation(200)
    model = tree.DecisionTreeClassifier(max_depth=1, random_state=0).fit(
        X[order[:100]], Y[order[:100]]
    )
    assert found.held_out[-1] == pytest.approx(1 - model.score(X[order[100:]], Y[order[100:]]))
    assert "DecisionTreeClassifier" in found.estimator


class Majority:
    """An estimator that knows nothing of scikit-learn."""

    def fit(self, X, y):
        self.label = max(set(y), key=list(y).count)

    def predict(self, X):
        return [self.label] * len(X)


@pytest.mark.parametrize("container", [list, np.array, "pandas", "polars"])
def test_containers(container):
    labels = ["yes" if y else "no" for y in Y]
    table = X.tolist()
    if isinstance(container, str):
        library = pytest.importorskip(container)
        table, labels = library.DataFrame({"x": X[:, 0]}), library.Series(labels)
    else:
        table, labels = container(table), container(labels)
    estimator = Majority()
    found = learning_curve(estimator, table, labels, sizes=[11, 51], test_size=50)
    assert not hasattr(estimator, "label")
    order = np.random.default_rng(0).permutation(200)
    for m, held_out in zip(found.sizes, found.held_out, strict=True):
        label = int(Y[order[:m]].sum() * 2 > m)
        assert held_out == np.mean(Y[order[150:]] != label)


def test_shares_of_the_training_part():
    found = learning_curve(stump, X, Y, sizes=[1.0, 0.1, 0.5], test_size=0.3)
    assert found.n_test == 60
    assert found.sizes == (14, 70, 140)


def test_it_is_shown_as_text_data_and_picture(tmp_path):
    found = learning_curve(stump, X, Y, sizes=[20, 100], hypothesis_class=gb.Thresholds())
    assert "With probability at least 95%" in found.text
    assert "half to 4 limits from the test part, half to 2 guarantees" in " ".join(
        found.text.split()
    )
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert record["upper"] == list(found.upper) and record["delta"] == 0.05
    assert record["conditions"][-1].endswith("belongs to the class")
    assert len(found.table.rows) == 2
    pytest.importorskip("matplotlib")
    found.plot(tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes()[:4] == b"\x89PNG"


def test_the_sentence_rounds_up():
    found = learning_curve(stump, X, Y, sizes=[100])
    said = float(found.sentence.split("at most ")[1].split()[0])
    assert found.upper[-1] <= said <= found.upper[-1] + 1e-4


def test_faults_are_told_together():
    with pytest.raises(ValueError) as fault:
        learning_curve(3, X[:9], Y, sizes=[5], delta=2)
    assert "estimator must have fit" in str(fault.value)
    assert "X has 9 rows, y has 200" in str(fault.value)
    assert "delta must be in (0, 1)" in str(fault.value)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"sizes": []}, "sizes must be counts"),
        ({"sizes": [0]}, r"in \[1, 150\]"),
        ({"sizes": [151]}, "151"),
        ({"sizes": [10.5]}, "10.5"),
        ({"sizes": [math.nan]}, "nan"),
        ({"test_size": 0}, "test_size must be a share"),
        ({"test_size": 200}, r"count in \[1, 199\]"),
        ({"test_size": True}, "test_size"),
        ({"rng": -1}, "rng must be"),
        ({"y": X[:, 0]}, "class labels"),
        ({"y": np.arange(200) % 3, "hypothesis_class": gb.Thresholds()}, "two classes"),
        ({"estimator": lambda X, y: 3}, "must return what predicts"),
    ],
)
def test_faults(changes, complaint):
    given = {"estimator": stump, "X": X, "y": Y, "sizes": [20], **changes}
    with pytest.raises(ValueError, match=complaint):
        learning_curve(given.pop("estimator"), given.pop("X"), given.pop("y"), **given)


def test_training_that_fails_names_its_part():
    def fit(X, y):
        raise ValueError("one class only")

    with pytest.raises(ValueError, match="first 20 points failed: one class only"):
        learning_curve(fit, X, Y, sizes=[20])


def test_a_regressor_is_refused():
    linear = pytest.importorskip("sklearn.linear_model")
    with pytest.raises(ValueError, match="regressor"):
        learning_curve(linear.LinearRegression(), X, Y, sizes=[20])


def test_sklearn_is_not_loaded_for_a_function(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.base", None)
    assert learning_curve(stump, X, Y, sizes=[20]).sizes == (20,)
