"""Linear classifiers and kernel machines: half-spaces by dimension, balls of weights by margin.

The score <w, x> + b is divided by its norm N, N^2 = |w|^2 + (b/B)^2, so that it lies in a ball of
radius 1 on the inputs (x, B), whose empirical Rademacher complexity is at most the root of
sum |x_i|^2 + n B^2, over n. The unit B of the bias and the margin are on grids that were fixed in
advance, and pay for that. The weights are those on the features as they came, so scalers fitted on
the sample do no harm; they are only another way to write the same function.
"""

from math import ceil, comb, hypot, isfinite, log, sqrt
from typing import Any, NamedTuple

from genbounds.answers import Answer
from genbounds.bounds.linear import kernel_ball
from genbounds.certificates.rows_alone import taken
from genbounds.certificates.training_classes import compared_pairwise
from genbounds.certificates.training_parts import NoTheoremError, Parts, folded, kind
from genbounds.certificates.training_theorems import (
    MARGIN_FIXED,
    Scale,
    Seen,
    Theorem,
    counted,
    grid_given,
    margins_to_try,
    on_grid,
    share,
    zigzag,
)
from genbounds.classes.halfspaces import Halfspaces, HomogeneousHalfspaces
from genbounds.classes.polynomials import PolynomialThresholds
from genbounds.registry import find

LINEAR = ("LogisticRegression", "LogisticRegressionCV", "LinearSVC", "SGDClassifier", "Perceptron",
          "PassiveAggressiveClassifier", "RidgeClassifier", "RidgeClassifierCV",
          "LinearDiscriminantAnalysis")  # fmt: skip
MACHINES = ("SVC", "NuSVC")
AGREEMENT = 1e-6
ROUNDING = 1e-14
EXPANDED = 500
"""Rows on which a score is computed again from its support vectors."""
UNITS = (
    "the units B = {unit:g} * 4^j of the bias, for every whole j, share delta in the same way, in "
    "the order j = 0, -1, 1, -2, 2, ..."
)


class Scored(NamedTuple):
    """A score in a space with an inner product: its norm, its bias and its values on the sample.

    `trace` is the sum of the squared lengths of the inputs in that space. A bias of None is one
    that the class does not have.
    """

    norm: float
    bias: float | None
    values: Any
    trace: float
    space: str


def linear(parts: Parts, seen: Seen, scale: Scale) -> list[Theorem]:
    """Half-spaces of the features, and the margins of their normalised scores."""
    d, labels = seen.features.shape[1], len(parts.final.classes_)
    if labels > 2:
        return compared_pairwise(Halfspaces(d), seen, labels)
    weights, bias = _weights(parts)
    _check_same(seen, weights, bias or 0.0)
    scored = Scored(
        float(sqrt(weights @ weights)), bias, seen.values, _squares(seen.features),
        f"{{x -> <w, x>{'' if bias is None else ' + b'}}} on the {d} features, in their units",
    )  # fmt: skip
    H = HomogeneousHalfspaces(d) if bias is None else Halfspaces(d)
    return [*counted(H, seen), *by_margin(scored, seen, scale)]


def machine(parts: Parts, seen: Seen, scale: Scale) -> list[Theorem]:
    """A support vector machine with a kernel whose parameters were fixed before the sample."""
    import numpy as np

    model = parts.final
    if model.break_ties:
        raise NoTheoremError(
            f"{kind(model)}(break_ties=True)", "its label is no vote of half-spaces"
        )
    if model.kernel == "linear":
        return linear(parts, seen, scale)
    _check_kernel(parts)
    with np.errstate(over="ignore"):
        trace = float(_diagonal(model, _squares_of_rows(seen.features)).sum())
    check_finite(trace)
    _check_expansion(model, seen)
    scored = Scored(
        _machine_norm(model), float(model.intercept_[0]), seen.values, trace,
        f"the space of the kernel {model.kernel} with gamma = {_gamma(model):.6g}, and a bias",
    )  # fmt: skip
    return [*_polynomials(model, seen), *by_margin(scored, seen, scale)]


def by_margin(scored: Scored, seen: Seen, scale: Scale) -> list[Theorem]:
    """The margins of a score of norm 1; a score without weights has none."""
    biased = scored.bias is not None
    check_finite(scored.trace, scored.norm)

    def answer(delta: float) -> Answer | None:
        if scored.norm == 0:
            return None
        answers = (
            _at_unit(scored, seen, scale, unit, delta * part)
            for unit, part in _units(scored, seen.n, scale)
        )
        return min(answers, key=lambda a: a.raw)

    given = [
        f"the score divided by its norm lies in the unit ball of {scored.space}",
        *grid_given(scale),
    ]
    given += [UNITS.format(unit=scale.unit)] if biased else []
    return [Theorem(answer, tuple(given), (MARGIN_FIXED,))]


def check_finite(*sizes: float) -> None:
    """`ValueError` where squared lengths are too large for floats."""
    if not all(map(isfinite, sizes)):
        raise ValueError(
            "the squared lengths of the features, as the model's kernel takes them, or of its "
            "weights are above 1e308, the largest float: give the features in a larger unit"
        )


def _at_unit(scored: Scored, seen: Seen, scale: Scale, unit: float, delta: float) -> Answer:
    """The best margin, the bias measured in this unit (0 where there is none)."""
    norm = hypot(scored.norm, scored.bias / unit) if scored.bias is not None else scored.norm
    margins = seen.signs * scored.values / norm
    complexity = kernel_ball(weight_bound=1, gram_trace=scored.trace + seen.n * unit**2, n=seen.n)

    def make(**facts: float) -> Answer:
        return Answer(
            find("rademacher_margin_empirical"), n=seen.n,
            empirical_rademacher_of_hypotheses=complexity, **facts,
        )  # fmt: skip

    most = float(margins.max()) if margins.max() > 0 else scale.unit
    grid = margins_to_try(scale, min(2 * complexity, most) or most, 2 * most)
    return on_grid(make, margins, grid, delta)


def _units(scored: Scored, n: int, scale: Scale) -> list[tuple[float, float]]:
    """Units of the bias around the one where (|w|^2 + b^2/B^2)(mean |x|^2 + B^2) is smallest."""
    if scored.bias is None:
        return [(0.0, 1.0)]
    length = sqrt(scored.trace / n) or scale.unit
    best = max(sqrt(abs(scored.bias) * length / scored.norm), length / 16)
    middle = ceil(log(best / scale.unit, 4) - 0.5)
    return [(scale.unit * 4.0**j, share(zigzag(j))) for j in range(middle - 1, middle + 2)]


# --- linear models


def _weights(parts: Parts) -> tuple[Any, float | None]:
    """Weights and bias on the features as they came; no bias where it was fixed to have none."""
    import numpy as np

    model, coef = parts.final, parts.final.coef_
    dense = coef.toarray() if hasattr(coef, "toarray") else coef
    weights = np.asarray(dense, float).reshape(-1)
    bias = float(np.asarray(model.intercept_, float).reshape(-1)[0])
    weights, bias = folded(parts.scalers, weights, bias)
    biased = parts.scalers or getattr(model, "fit_intercept", True)
    return weights, bias if biased else None


def _check_same(seen: Seen, weights: Any, bias: float) -> None:
    """Whether the model's scores are the linear function that its weights describe."""
    off = abs(_product(seen.features, weights) + bias - seen.values)
    if (off > AGREEMENT * (_product(abs(seen.features), abs(weights)) + abs(bias))).any():
        raise NoTheoremError(
            "a model whose scores are not the linear function of its weights",
            "decision_function and coef_, intercept_ differ on the sample",
        )


def _product(table: Any, weights: Any) -> Any:
    import numpy as np

    return np.asarray(table @ weights).reshape(-1)


def _squares(table: Any) -> float:
    """The sum of the squared lengths of the rows."""
    import numpy as np

    with np.errstate(over="ignore"):
        return float(_squares_of_rows(table).sum())


def _squares_of_rows(table: Any) -> Any:
    import numpy as np

    with np.errstate(over="ignore"):
        squares = table.multiply(table) if hasattr(table, "multiply") else table * table
        return np.asarray(squares.sum(axis=1), float).reshape(-1)


# --- kernels


def _check_kernel(parts: Parts) -> None:
    model = parts.final
    what, kernel = f"{kind(model)} with the kernel {model.kernel!r}", model.kernel
    if len(model.classes_) > 2:
        raise NoTheoremError(f"{what} and {len(model.classes_)} labels", "only two are known here")
    if kernel not in ("rbf", "poly"):
        raise NoTheoremError(what, "it is not known to be a kernel of positive type")
    if parts.scalers:
        raise NoTheoremError(
            what,
            "its scaler was fitted on the sample: another kernel for every sample",
        )
    if model.gamma == "scale":
        raise NoTheoremError(
            what, "gamma='scale' is computed from the sample: another kernel for every sample "
            "(a number for gamma, or 'auto', was fixed before it)"
        )  # fmt: skip
    if _gamma(model) <= 0 or (kernel == "poly" and model.coef0 < 0):
        raise NoTheoremError(what, "gamma must be positive and coef0 not negative")


def _check_expansion(model: Any, seen: Seen) -> None:
    """Whether the scores are the sum over the support vectors with the kernel as it is told."""
    import numpy as np

    a, X = (_dense(part) for part in (model.dual_coef_, model.support_vectors_))
    rows = np.linspace(0, seen.n - 1, min(seen.n, EXPANDED)).round().astype(int)
    points = _dense(taken(seen.features, rows.tolist()))
    apart = (points * points).sum(axis=1)[:, None] + (X * X).sum(axis=1) - 2 * points @ X.T
    table = _kernel(model, apart, points @ X.T)
    off = abs(table @ a.reshape(-1) + model.intercept_[0] - seen.values[rows])
    if not (off <= AGREEMENT * (abs(table) @ abs(a.reshape(-1)) + abs(model.intercept_[0]))).all():
        raise NoTheoremError(
            f"{kind(model)} whose scores are not those of its kernel",
            "decision_function and dual_coef_ with the kernel's parameters differ on the sample: "
            "were gamma, coef0 or degree changed after it was fitted?",
        )


def _kernel(model: Any, apart: Any, inner: Any) -> Any:
    """K(x, z) from |x - z|^2 and <x, z>."""
    import numpy as np

    if model.kernel == "rbf":
        return np.exp(-_gamma(model) * np.maximum(apart, 0))
    return (_gamma(model) * inner + model.coef0) ** model.degree


def _gamma(model: Any) -> float:
    return 1 / model.n_features_in_ if model.gamma == "auto" else float(model.gamma)


def _diagonal(model: Any, squares: Any) -> Any:
    """K(x, x) from |x|^2."""
    import numpy as np

    if model.kernel == "rbf":
        return np.ones(len(squares))
    return (_gamma(model) * squares + model.coef0) ** model.degree


def _machine_norm(model: Any) -> float:
    """The norm of sum_i a_i K(x_i, .) over the support vectors, block by block, from above."""

    a, X = (_dense(part) for part in (model.dual_coef_, model.support_vectors_))
    a, lengths = a.reshape(-1), (X * X).sum(axis=1)
    total = 0.0
    for start in range(0, len(X), 1000):
        block = slice(start, start + 1000)
        inner = X[block] @ X.T
        table = _kernel(model, lengths[block, None] + lengths - 2 * inner, inner)
        sizes = abs(a[block]) @ (abs(table) @ abs(a))
        total += float(a[block] @ (table @ a) + ROUNDING * sizes)
    return sqrt(max(total, 0.0))


def _dense(table: Any) -> Any:
    import numpy as np

    return np.asarray(table.toarray() if hasattr(table, "toarray") else table, float)


def _polynomials(model: Any, seen: Seen) -> list[Theorem]:
    """Polynomials of the kernel's degree, where they have fewer dimensions than n."""
    d = seen.features.shape[1]
    if model.kernel != "poly" or comb(d + model.degree, model.degree) >= seen.n:
        return []
    return counted(PolynomialThresholds(d, model.degree), seen)
