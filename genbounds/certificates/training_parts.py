"""What a fitted model is made of: fixed maps of the features, affine scalers, the model itself.

Only scikit-learn's own types are recognised, by name, so that nothing of it is imported. A map that
does not depend on the sample leaves the class of the model behind it fixed; scalers change linear
weights, thresholds and densities into others of the same class; anything else that was fitted
before the model makes the class another one for every sample.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from genbounds.certificates.rows_alone import check_rows_alone

HELD_OUT = "on held-out data: gb.certify(model, X_test, y_test, on='test')"
SCALERS = ("StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler")
FIXED_MAPS = ("FunctionTransformer", "Normalizer", "PolynomialFeatures", "Binarizer",
              "HashingVectorizer", "FeatureHasher")  # fmt: skip
AGREEMENT = 1e-6
FUNCTION_FIXED = (
    "the function of FunctionTransformer was fixed before the sample was seen, and what it makes "
    "of a row rests on that row alone"
)


class NoTheoremError(ValueError):
    """No theorem of the catalogue speaks of this model on its training data."""

    def __init__(self, what: str, why: str) -> None:
        super().__init__(
            f"no theorem of the catalogue speaks of {what} on its training data: {why}; {HELD_OUT}"
        )


class Parts(NamedTuple):
    """The model behind its maps, the maps in order, and how many settings the sample chose from."""

    final: Any
    maps: tuple[Any, ...]
    scalers: tuple[Any, ...]
    settings: int


def kind(model: Any) -> str:
    """The name of a type of scikit-learn, or nothing: a subclass may predict as it likes."""
    of = type(model)
    return of.__name__ if of.__module__.split(".")[0] == "sklearn" else ""


def opened(model: Any) -> Parts:
    """The parts of a fitted model; `NoTheoremError` where the sample made its features."""
    final, settings = model, 1
    maps: list[Any] = []
    while kind(final) == "Pipeline" or kind(final).endswith("SearchCV"):
        if kind(final) == "Pipeline":
            *before, final = list(_steps(final))
            maps += before
        else:
            final, searched = _refitted(final), final
            settings *= len(searched.cv_results_["params"])
    return Parts(final, *_sorted(maps), settings)


def _steps(pipeline: Any) -> Iterator[Any]:
    """The steps of a pipeline, of pipelines in it too, that do something."""
    *before, last = [step for _, step in pipeline.steps]
    for step in before:
        if kind(step) == "Pipeline":
            yield from _steps(step)
        elif step is not None and not isinstance(step, str):
            yield step
    yield last


def _refitted(search: Any) -> Any:
    if not hasattr(search, "best_estimator_"):
        raise ValueError("the search is not fitted, or was not refitted (refit=False)")
    return search.best_estimator_


def _sorted(maps: list[Any]) -> tuple[tuple[Any, ...], tuple[Any, ...]]:
    """Fixed maps first, then scalers; the other order depends on the sample."""
    fixed = [step for step in maps if kind(step) in FIXED_MAPS]
    scalers = [step for step in maps if kind(step) in SCALERS]
    other = [step for step in maps if step not in fixed and step not in scalers]
    clipped = [step for step in scalers if getattr(step, "clip", False)]
    late = [step for step in fixed if maps.index(step) > len(fixed) - 1]
    for step in (*other, *clipped, *late):
        raise NoTheoremError(
            f"a model behind {type(step).__name__}",
            "what was fitted before it, on the same sample, made its features, so its class is "
            "another one for every sample",
        )
    return tuple(fixed), tuple(scalers)


def features(maps: tuple[Any, ...], X: Any) -> Any:
    """The numbers that the fixed maps make of the rows, as (n, d) floats or a sparse matrix."""
    import numpy as np

    for step in maps:
        X = step.transform(X)
    table = X if hasattr(X, "tocsr") else np.asarray(X, float)
    if table.ndim != 2:
        raise ValueError(f"X must have two dimensions, got the shape {table.shape}")
    numbers = table.data if hasattr(table, "tocsr") else table
    if not np.isfinite(numbers).all():
        raise ValueError("X must hold finite numbers: missing values have no class here")
    return table


def check_maps(parts: Parts, X: Any, table: Any) -> None:
    """`ValueError` where the features of a row, `table` for all rows, rest on other rows."""
    names = ", ".join(kind(step) for step in parts.maps)
    if parts.maps:
        check_rows_alone(
            f"what {names} makes", partial(features, parts.maps), X, table, _apart, table.shape[0]
        )


def _apart(one: Any, other: Any) -> bool:
    """Whether two tables differ by more than rounding does."""
    if one.shape != other.shape:
        return True
    most = abs(other).max() if other.shape[1] else 0.0
    return bool(one.shape[1] and abs(one - other).max() > AGREEMENT * most)


def fixed_functions(parts: Parts) -> Iterator[str]:
    """What has to be believed of maps that are functions of the user."""
    if any(kind(step) == "FunctionTransformer" and step.func is not None for step in parts.maps):
        yield FUNCTION_FIXED


def folded(scalers: tuple[Any, ...], weights: Any, bias: float) -> tuple[Any, float]:
    """Weights and bias of the same linear function on the features before the scalers."""
    for scaler in reversed(scalers):
        factor, shift = affine(scaler, len(weights))
        weights, bias = weights * factor, bias + float(weights @ shift)
    return weights, bias


def affine(scaler: Any, d: int) -> tuple[Any, Any]:
    """Factor a and shift c, of shape (d,), of a fitted scaler x -> a x + c."""
    import numpy as np

    if kind(scaler) == "MinMaxScaler":
        return np.asarray(scaler.scale_, float), np.asarray(scaler.min_, float)
    scale, centre = getattr(scaler, "scale_", None), _centre(scaler)
    factor = np.ones(d) if scale is None else 1 / np.asarray(scale, float)
    return factor, np.zeros(d) if centre is None else -np.asarray(centre, float) * factor


def _centre(scaler: Any) -> Any:
    """What is subtracted: scikit-learn keeps a mean that it was told not to use."""
    if kind(scaler) == "StandardScaler":
        return scaler.mean_ if scaler.with_mean else None
    return getattr(scaler, "center_", None)
