"""What a certificate is about: models by name, their predictions, and what they are in plain data.

Nothing of scikit-learn is imported: an estimator is what has `predict`, its parameters are what
`get_params` gives.
"""

import math
import os
from collections.abc import Callable, Mapping
from typing import Any

from genbounds.certificates.fingerprints import column_digest, len_of, missing, plain
from genbounds.certificates.rows_alone import check_rows_alone, taken


def named_models(model: Any, name: str | None) -> dict[str, Any]:
    """Models by name: of a mapping its own, else the one given or the name of the class."""
    if not isinstance(model, Mapping):
        return {_checked_name(name or _default_name(model)): model}
    if name is not None:
        raise ValueError("name goes with one model: the mapping names its models")
    if {"fit_time", "score_time"} <= model.keys():
        raise ValueError(
            "this is a result of cross_validate: gb.cross_validation(result, X, y) certifies its "
            "folds"
        )
    if not model:
        raise ValueError("the mapping of models is empty: name at least one model")
    names = [_checked_name(key) for key in model]
    return dict(zip(names, model.values(), strict=True))


def _checked_name(name: Any) -> str:
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        raise ValueError(f"a name must be a line of printable text, got {name!r}")
    return name


def _default_name(model: Any) -> str:
    if hasattr(model, "predict"):
        return type(model).__name__
    if callable(model):
        return str(getattr(model, "__name__", type(model).__name__)).strip("<>")
    return "predictions"


def predictions(name: str, model: Any, X: Any) -> Any:
    """What the model says of every row: the predictions themselves, or those of X."""
    if not is_model(model):
        _refuse_no_predictions(name, model)
        return plain(model)
    if X is None:
        raise ValueError(f"{name} is a model: give the features X that it should predict")
    predict: Callable[[Any], Any] = getattr(model, "predict", model)
    found = _predicted(name, predict, X)
    _check_alone(name, predict, X, found)
    return found


def _refuse_no_predictions(name: str, model: Any) -> None:
    """What is neither a model nor one value a row, with what was probably meant."""
    if isinstance(model, (str, bytes, os.PathLike)):
        raise ValueError(
            f"a model or its predictions are wanted, got {model!r:.60}: load the file first, or "
            "use `genbounds certify` on the command line"
        )
    if isinstance(model, (list, tuple)) and any(hasattr(one, "predict") for one in model):
        raise ValueError("several models go in a mapping from their names: {'first': model, ...}")


def _predicted(name: str, predict: Callable[[Any], Any], X: Any) -> Any:
    try:
        return plain(predict(X))
    except Exception as fault:  # a model may raise anything
        said = printable(f"{type(fault).__name__}: {fault}")
        raise ValueError(f"{name} could not predict: {said}") from None


def printable(text: str) -> str:
    """One line that cannot change what a terminal shows."""
    return "".join(x if x.isprintable() else ascii(x)[1:-1] for x in " ".join(text.split()))


# --- each row by itself


def _check_alone(name: str, predict: Callable[[Any], Any], X: Any, found: Any) -> None:
    """`ValueError` where a row among others is predicted otherwise than among fewer."""
    n = len_of(X)
    if not hasattr(found, "__len__") or len(found) != n or not _can_be_cut(X):
        return  # another number of predictions is refused by whoever compares them with y
    what = f"the prediction of {name} (if it draws its labels at random, give those)"
    check_rows_alone(what, lambda some: plain(predict(some)), X, found, _differ, n)


def _can_be_cut(X: Any) -> bool:
    try:
        return bool(len_of(taken(X, [0])) == 1)
    except Exception:  # a container of the user's may raise anything
        return False


def _differ(found: Any, expected: Any) -> bool:
    return len(found) != len(expected) or not all(map(_alike, _entries(found), _entries(expected)))


def _entries(values: Any) -> Any:
    return values.to_numpy() if hasattr(values, "to_numpy") else values


def _alike(a: Any, b: Any) -> bool:
    """Equal, but for the rounding of sums that are taken in another order."""
    if getattr(a, "shape", ()):
        return len(a) == len(b) and all(map(_alike, a, b))
    try:
        if a == b:
            return True
        return math.isclose(a, b, rel_tol=1e-3, abs_tol=1e-6) and not float(a).is_integer()
    except (TypeError, ValueError):
        return missing(a) and missing(b)


def is_model(model: Any) -> bool:
    """Whether it predicts, rather than being predictions."""
    if isinstance(model, type):
        raise ValueError(f"{model.__name__} is a class: give a fitted model of it")
    return hasattr(model, "predict") or callable(model)


def flat(name: str, values: Any) -> Any:
    """One value a row, in its container; a table of one column is read as that column."""
    values = plain(values)
    if isinstance(values, (str, bytes, Mapping)) or not hasattr(values, "__len__"):
        raise ValueError(f"{name} must hold one value a row, got {values!r:.60}")
    ndim = 2 if hasattr(values, "get_columns") else getattr(values, "ndim", 1)
    if ndim not in (1, 2):
        raise ValueError(f"{name} must hold one value a row, got {ndim} dimensions")
    return _only_column(name, values) if ndim == 2 else values


def column(name: str, values: Any) -> list[Any]:
    """One value a row as Python's."""
    values = flat(name, values)
    found = values.to_list() if hasattr(values, "to_list") else values
    found = found.tolist() if hasattr(found, "tolist") else list(found)
    return [x.item() if hasattr(x, "item") else x for x in found]


def _only_column(name: str, table: Any) -> Any:
    if table.shape[1] != 1:
        raise ValueError(
            f"{name} has {table.shape[1]} columns and must hold one value a row (of scores or "
            "probabilities, give the labels: the class of the largest)"
        )
    return (table.to_numpy() if hasattr(table, "to_numpy") else table)[:, 0]


def check_length(name: str, values: Any, n: int) -> None:
    """`ValueError` unless there is one value a row."""
    try:
        found = len_of(values)
    except ValueError as fault:
        raise ValueError(f"{name}: {fault}") from None
    if found != n:
        raise ValueError(f"{name} has {found} entries, y has {n}")


def is_regressor(model: Any) -> bool:
    """Whether an estimator of scikit-learn says so; a callable says nothing."""
    if getattr(model, "_estimator_type", None) == "regressor":
        return True
    tags = getattr(model, "__sklearn_tags__", None)
    if tags is None or isinstance(model, type):
        return False
    return getattr(tags(), "estimator_type", None) == "regressor"


# --- in plain data


def described(name: str, model: Any) -> dict[str, Any]:
    """Name, class and parameters, without anything that differs from run to run."""
    if not is_model(model):
        return {"name": name, "class": "predictions", "parameters": {}}
    if not hasattr(model, "predict"):
        return {"name": name, "class": _word(model), "parameters": {}}
    deep = model.get_params(deep=True) if hasattr(model, "get_params") else {}
    parameters = {str(key): _plain(value) for key, value in sorted(deep.items())}
    return {"name": name, "class": _path(type(model)), "parameters": parameters}


def _plain(value: Any) -> Any:
    """A parameter as data: an estimator by its class, an array by its digest."""
    if isinstance(value, type):
        return _path(value)
    if hasattr(value, "item") and getattr(value, "ndim", 1) == 0:
        value = value.item()
    if isinstance(value, str) and not value.isprintable():
        return ascii(value)
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else repr(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(x) for key, x in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(x) for x in value]
    if hasattr(value, "dtype") and hasattr(value, "ravel"):
        return {"shape": list(value.shape), "sha256": column_digest(value.ravel())}
    return _word(value)


def _word(value: Any) -> str:
    """A function or a class by its own name, an object by that of its class."""
    return _path(value if hasattr(value, "__qualname__") else type(value))


def _path(thing: Any) -> str:
    return f"{getattr(thing, '__module__', None) or 'builtins'}.{thing.__qualname__}"
