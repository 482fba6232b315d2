"""A learning curve with guarantees: error against the number of training points, and its limits."""

from __future__ import annotations

import copy
import math
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from genbounds import __version__
from genbounds.certificates.fingerprints import len_of
from genbounds.certificates.predicting import column, is_regressor, predictions
from genbounds.class_facts import in_words
from genbounds.complexity.signs import seed_of
from genbounds.models import compare_models
from genbounds.questions import risk
from genbounds.registry import catalogue
from genbounds.rendering import Report, Shown, Table, safely_rounded
from genbounds.sentences import confidence

DIGITS = 4
_CONDITIONS = (
    "the rows are an independent sample of one distribution, the one that the risk is about",
    "the estimator saw nothing of the test part: what chose its settings saw other data",
)
_IN_CLASS = "every fitted model, as a function of its inputs, belongs to the class"


@dataclass(frozen=True, repr=False)
class LearningCurve(Shown):
    """Errors of models trained on growing parts of the data, each with limits of its risk.

    Entry j is about the model trained on the first `sizes[j]` points of the training part:
    `training` is its error rate on those, `held_out` that on the `n_test` points of the test part,
    `lower` and `upper` the exact limits of its risk from the test part, `class_upper` what its
    training error guarantees through `hypothesis_class` (None without a class), by the theorem
    `theorems[j]`. All limits together hold with probability 1 - `delta`.
    """

    sizes: tuple[int, ...]
    training: tuple[float, ...]
    held_out: tuple[float, ...]
    n_test: int
    lower: tuple[float, ...]
    upper: tuple[float, ...]
    class_upper: tuple[float, ...] | None
    theorems: tuple[str, ...]
    delta: float
    estimator: str
    hypothesis_class: str
    seed: int

    @property
    def held_out_delta(self) -> float:
        """What the limits from the test part may fail with, all together."""
        return self.delta if self.class_upper is None else self.delta / 2

    @property
    def class_delta(self) -> float:
        """What the guarantees through the class may fail with, all together."""
        return self.delta - self.held_out_delta

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the reader must be able to tick."""
        return (*_CONDITIONS, *(() if self.class_upper is None else (_IN_CLASS,)))

    @property
    def sentence(self) -> str:
        """How sure, and what of the model that was trained on the most points."""
        k, last = len(self.sizes), self.sizes[-1]
        limit = safely_rounded(self.upper[-1], "upper", DIGITS)
        bounds = "all limits" if k > 1 or self.class_upper is not None else "both limits"
        return (
            f"With probability at least {confidence(self.delta)}, {bounds} below hold at once; the "
            f"risk of the model trained on {last} points is at most {limit} (observed: "
            f"{self.held_out[-1]:.{DIGITS}g} on {self.n_test} points held out)."
        )

    @property
    def table(self) -> Table:
        """A row a size; `class <=` is the guarantee through the class."""
        columns = ["n", "training", "held out", "risk >=", "risk <="]
        found: list[Sequence[Any]] = [
            self.sizes, self.training, self.held_out, self.lower, self.upper
        ]  # fmt: skip
        if self.class_upper is not None:
            columns += ["class <=", "theorem"]
            found += [self.class_upper, self.theorems]
        return Table(columns, list(zip(*found, strict=True)))

    @cached_property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        k = len(self.sizes)
        shares = f"{2 * k} limits from the test part have delta/{2 * k} each"
        if self.class_upper is not None:
            shares = (
                f"half to {2 * k} limits from the test part, half to {k} guarantees through the "
                f"class: delta/{4 * k} and delta/{2 * k} each"
            )
        rows = [
            ("curve", self.table.render("table").splitlines()),
            ("estimator", self.estimator),
            ("class", self.hypothesis_class),
            ("delta", f"{self.delta:g}: {shares}"),
            ("theorem", f"clopper_pearson ({catalogue['clopper_pearson'].source})"),
            ("conditions", [f"[ ] {sentence}" for sentence in self.conditions]),
            ("data", f"shuffled with seed {self.seed}; every part holds the smaller ones"),
        ]  # fmt: skip
        return Report(self.sentence, [(label, part) for label, part in rows if part])

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain data."""
        upper = None if self.class_upper is None else list(self.class_upper)
        return {
            "version": __version__, "estimator": self.estimator, "class": self.hypothesis_class,
            "sizes": list(self.sizes), "training": list(self.training),
            "held_out": list(self.held_out), "n_test": self.n_test, "lower": list(self.lower),
            "upper": list(self.upper), "class_upper": upper, "theorems": list(self.theorems),
            "delta": self.delta, "held_out_delta": self.held_out_delta,
            "class_delta": self.class_delta, "seed": self.seed,
            "conditions": list(self.conditions), "sentence": self.sentence,
        }  # fmt: skip

    def plot(self, path: Any = None, **style: Any) -> Any:
        """Both errors and every limit over the sizes; `path` writes it, by its ending."""
        from genbounds.plot import LearningCurveDisplay

        display = LearningCurveDisplay.from_curve(self, **style).plot()
        return display if path is None else display.save(path)


def learning_curve(
    estimator: Any, X: Any, y: Any, *, sizes: Iterable[float], test_size: float = 0.25,
    delta: float = 0.05, hypothesis_class: Any = None, rng: Any = 0,
) -> LearningCurve:  # fmt: skip
    """Train on growing parts of the data, and guarantee the risk of each model.

    `estimator` is one of scikit-learn's convention (cloned for every size, never changed) or a
    function `fit(X, y)` that returns what predicts. The rows are shuffled once by the seed `rng`;
    the last `test_size` of them, a count or a share, are held out from all models, and `sizes`,
    counts or shares of the rest, are trained on, the smaller within the larger.

    The exact binomial limits from the test part hold for all sizes at once with probability
    1 - delta. With a `hypothesis_class` that the models belong to, half of delta goes to what
    their training errors guarantee, by the best theorem of the catalogue for each size.
    """
    labels = column("y", y)
    _check(estimator, X, labels, delta, hypothesis_class)
    seed = seed_of(rng)
    order = _shuffled(len(labels), seed)
    n_test = _count("test_size", test_size, len(labels))
    training, test = order[: len(labels) - n_test], order[len(labels) - n_test :]
    counts = _sizes(sizes, len(training))
    fit = _fitting(estimator)
    errors, held_out = [], []
    for m in counts:
        model = _fitted(fit, _rows(X, training[:m]), _rows(y, training[:m]), m)
        errors.append(_errors(model, X, labels, training[:m]))
        held_out.append(_errors(model, X, labels, test))
    guarantees = _guarantees(hypothesis_class, counts, errors, delta)
    share = delta / (1 if hypothesis_class is None else 2) / (2 * len(counts))
    return LearningCurve(
        counts, tuple(e / m for e, m in zip(errors, counts, strict=True)),
        tuple(e / n_test for e in held_out), n_test, _limits("_lower", held_out, n_test, share),
        _limits("", held_out, n_test, share),
        None if guarantees is None else tuple(float(a.value) for a in guarantees),
        () if guarantees is None else tuple(a.bound.name for a in guarantees),
        float(delta), _name(estimator),
        "" if hypothesis_class is None else in_words(hypothesis_class), seed,
    )  # fmt: skip


# --- what was asked


def _check(estimator: Any, X: Any, labels: list[Any], delta: Any, H: Any) -> None:
    faults = []
    if isinstance(estimator, type) or not (hasattr(estimator, "fit") or callable(estimator)):
        faults.append("estimator must have fit and predict, or be a function fit(X, y)")
    elif is_regressor(estimator):
        faults.append("estimator is a regressor: a learning curve counts the errors of classifiers")
    if not hasattr(X, "__len__") and not hasattr(X, "shape"):
        faults.append("X must hold one row for each label")
    elif len_of(X) != len(labels):
        faults.append(f"X has {len_of(X)} rows, y has {len(labels)}")
    if len(labels) < 2:
        faults.append(f"at least 2 rows are needed, got {len(labels)}")
    if any(isinstance(x, float) and not x.is_integer() for x in labels):
        faults.append("y must hold class labels, not real numbers")
    if not isinstance(delta, (int, float)) or not 0 < delta < 1:
        faults.append(f"delta must be in (0, 1), got {delta!r}")
    if getattr(H, "values", "") == "labels" and len(set(labels)) > 2:
        faults.append(f"{H!r} labels with two classes, y holds {len(set(labels))}")
    if faults:
        raise ValueError("; ".join(faults))


def _shuffled(n: int, seed: int) -> list[int]:
    import numpy as np

    return [int(i) for i in np.random.default_rng(seed).permutation(n)]


def _count(name: str, size: Any, n: int) -> int:
    """A count below n, or a share of n."""
    share = isinstance(size, float) and 0 < size < 1
    count = math.ceil(size * n) if share else size
    if not (_is_number(count) and count == math.floor(count) and 1 <= count < n):
        raise ValueError(
            f"{name} must be a share in (0, 1) or a count in [1, {n - 1}], got {size!r}"
        )
    return int(count)


def _is_number(value: Any) -> bool:
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return plain and math.isfinite(value)


def _sizes(sizes: Any, n: int) -> tuple[int, ...]:
    """Counts in ascending order; shares of the training part where all are at most 1 and floats."""
    given = column("sizes", sizes if hasattr(sizes, "__len__") else list(sizes))
    shares = all(isinstance(s, float) and 0 < s <= 1 for s in given)
    counts = [max(1, math.floor(s * n)) for s in given] if shares else given
    wrong = [s for s in counts if not (_is_number(s) and s == int(s) and 1 <= s <= n)]
    if wrong or not given:
        raise ValueError(
            f"sizes must be counts in [1, {n}], as many as the training part has, or shares in "
            f"(0, 1]; got {', '.join(map(repr, wrong)) or 'none'}"
        )
    return tuple(sorted({int(s) for s in counts}))


# --- training


def _fitting(estimator: Any) -> Callable[[Any, Any], Any]:
    """A function that trains anew each time."""
    if not hasattr(estimator, "fit"):
        return estimator  # type: ignore[no-any-return]
    # an estimator of scikit-learn's kind has loaded it; any other is copied
    if hasattr(estimator, "get_params") and "sklearn" in sys.modules:
        from sklearn.base import clone as anew
    else:
        anew = copy.deepcopy

    def train(X: Any, y: Any) -> Any:
        model = anew(estimator)
        model.fit(X, y)
        return model

    return train


def _fitted(fit: Callable[[Any, Any], Any], X: Any, y: Any, m: int) -> Any:
    try:
        model = fit(X, y)
    except ValueError as fault:
        raise ValueError(f"training on the first {m} points failed: {fault}") from fault
    if not hasattr(model, "predict") and not callable(model):
        raise ValueError(f"fit(X, y) must return what predicts, got {model!r:.60}")
    return model


def _errors(model: Any, X: Any, labels: list[Any], rows: Sequence[int]) -> int:
    said = column("predictions", predictions("the model", model, _rows(X, rows)))
    return compare_models([labels[i] for i in rows], {"the model": said}).models[0].errors


def _rows(X: Any, rows: Sequence[int]) -> Any:
    if hasattr(X, "iloc"):
        return X.iloc[list(rows)]
    return X[list(rows)] if hasattr(X, "shape") else [X[i] for i in rows]


def _name(estimator: Any) -> str:
    if hasattr(estimator, "fit"):
        return " ".join(repr(estimator).split())
    return str(getattr(estimator, "__name__", type(estimator).__name__))


# --- limits


def _limits(side: str, errors: Sequence[int], n: int, share: float) -> tuple[float, ...]:
    bound = catalogue[f"clopper_pearson{side}"]
    return tuple(float(bound(errors=e, n=n, delta=share)) for e in errors)


def _guarantees(H: Any, sizes: Sequence[int], errors: Sequence[int], delta: float) -> Any:
    """The best theorem for each size, chosen by value and paid for, or None without a class."""
    if H is None:
        return None
    share = delta / 2 / len(sizes)
    return [risk(H, n=m, errors=e, delta=share).paid for m, e in zip(sizes, errors, strict=True)]
