"""Losses of predictions, row by row, where their range is known: 0 or 1, or within [0, width]."""

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from genbounds.certificates.fingerprints import as_array, missing, plain
from genbounds.certificates.predicting import column, is_regressor

ZERO_ONE = "zero_one"
NAMED: dict[str, Callable[[float, float], float]] = {
    "absolute": lambda truth, predicted: abs(truth - predicted),
    "squared": lambda truth, predicted: (truth - predicted) * (truth - predicted),
}


class Loss(NamedTuple):
    """A loss, its range [0, width], and whether larger values count as `width`."""

    name: str
    width: float | None = None
    clip: bool = False
    function: Callable[[Any, Any], Any] | None = None

    @property
    def measure(self) -> str:
        """What the risk is called."""
        return measure(self.name, self.width, self.clip)


def measure(name: str, width: float | None, clip: bool) -> str:
    """The risk for a loss of this name, in words."""
    if name == ZERO_ONE:
        return "true error rate"
    what = f"{name} loss" if name in NAMED else f"loss {name.rsplit('.', 1)[-1]}"
    return f"true mean of min({what}, {width:g})" if clip else f"true mean {what}"


def chosen_loss(loss: Any, width: Any, clip: bool, models: Mapping[str, Any]) -> Loss:
    """The loss that was asked for; one `ValueError` where its range is not known."""
    if loss is None or (isinstance(loss, str) and loss == ZERO_ONE):
        _check_zero_one(loss, width, clip, models)
        return Loss(ZERO_ONE)
    if not callable(loss) and not (isinstance(loss, str) and loss in NAMED):
        known = ", ".join(map(repr, (ZERO_ONE, *NAMED)))
        raise ValueError(f"loss must be one of {known} or a function, got {loss!r:.60}")
    name = loss if isinstance(loss, str) else _name_of(loss)
    if width is None:
        raise ValueError(
            f"the loss {name} needs width, the largest value that it can take: without a bound on "
            "the loss no guarantee is possible (or clip=True with a width, for min(loss, width))"
        )
    return Loss(name, _checked_width(width), bool(clip), None if isinstance(loss, str) else loss)


def _check_zero_one(loss: Any, width: Any, clip: bool, models: Mapping[str, Any]) -> None:
    if width is not None or clip:
        raise ValueError("width and clip go with a loss: 'absolute', 'squared' or a function")
    regressors = [name for name, model in models.items() if is_regressor(model)]
    if loss is None and regressors:
        raise ValueError(
            f"{', '.join(regressors)}: a regressor needs a loss and its range: loss='absolute' or "
            "'squared' or a function, and width=w where the loss lies in [0, w] (clip=True to "
            "certify min(loss, w))"
        )


def _name_of(loss: Any) -> str:
    named = loss if hasattr(loss, "__qualname__") else type(loss)
    return f"{named.__module__}.{named.__qualname__}"


def _checked_width(width: Any) -> float:
    try:
        value = float(width)
    except (TypeError, ValueError):
        value = math.nan
    if isinstance(width, bool) or not 0 < value < math.inf:
        raise ValueError(f"width must be a finite number greater than 0, got {width!r}")
    return value


# --- labels


def check_labels(name: str, labels: Sequence[Any]) -> None:
    """`ValueError` for what is missing, for numbers that are no class labels, for mixed kinds."""
    absent = [i for i, x in enumerate(labels) if missing(x)]
    if absent:
        raise ValueError(f"{name} has no label at position {absent[0]} ({len(absent)} in all)")
    kinds = sorted({_kind(x) for x in labels})
    if len(kinds) > 1:
        raise ValueError(f"{name} mixes {' and '.join(kinds)}: 1 and '1' are no equal labels")
    for x in labels:
        if isinstance(x, float) and math.isinf(x):
            raise ValueError(f"{name} holds {x!r}, which is no class label")
        if isinstance(x, float) and math.isfinite(x) and not x.is_integer():
            raise ValueError(
                f"{name} holds {x!r}, which is no class label: for scores or a regression give "
                "loss='absolute' or 'squared' (or a function) and width"
            )


def check_kinds(first: str, labels: Sequence[Any], second: str, others: Sequence[Any]) -> None:
    """`ValueError` where labels of two columns can never be equal for their kind."""
    kinds = [_kind(x[0]) for x in (labels, others) if len(x)]
    if len(kinds) == 2 and kinds[0] != kinds[1]:
        raise ValueError(
            f"the labels of {second} are of another type than those of {first}: "
            f"{kinds[1]}, not {kinds[0]}"
        )


def _kind(x: Any) -> str:
    """Labels of two kinds never are equal."""
    if isinstance(x, (bytes, str)):
        return "bytes" if isinstance(x, bytes) else "texts"
    return "numbers" if isinstance(x, (bool, int, float)) else f"{type(x).__name__} objects"


# --- rows


def row_losses(loss: Loss, name: str, y: Any, predicted: Any) -> list[float]:
    """The loss of each row in [0, width]; a `ValueError` names the model, row and value."""
    of_function = loss.function is not None
    found = (_of_function if of_function else _of_name)(loss, name, y, predicted)
    return [_within(loss, name, row, value) for row, value in enumerate(found)]


def _numbers(name: str, values: Any) -> list[float]:
    found = column(name, values)
    for row, x in enumerate(found):
        if not isinstance(x, (bool, int, float)) or not math.isfinite(x):
            raise ValueError(f"{name} must hold finite numbers, got {x!r:.40} in row {row}")
    return [float(x) for x in found]


def _of_name(loss: Loss, name: str, y: Any, predicted: Any) -> list[float]:
    pairs = zip(_numbers("y", y), _numbers(name, predicted), strict=True)
    return [NAMED[loss.name](a, b) for a, b in pairs]


def _of_function(loss: Loss, name: str, y: Any, predicted: Any) -> list[float]:
    assert loss.function is not None
    values = loss.function(as_array(plain(y)), as_array(plain(predicted)))
    if not hasattr(values, "__len__") or getattr(values, "ndim", 1) == 0:
        raise ValueError(f"{loss.name} must give one loss a row, got the number {values!r}")
    found = _numbers(f"{loss.name} of {name}", values)
    if len(found) != len(y):
        raise ValueError(f"{loss.name} gave {len(found)} losses for {len(y)} rows")
    return found


def _within(loss: Loss, name: str, row: int, value: float) -> float:
    assert loss.width is not None
    if value < 0:
        raise ValueError(f"the loss of {name} in row {row} is {value:g}, below 0")
    if value > loss.width and not loss.clip:
        raise ValueError(
            f"the loss of {name} in row {row} is {value:g}, above width = {loss.width:g}: give a "
            "width that no loss exceeds (chosen without these data), or clip=True to certify "
            "min(loss, width)"
        )
    return min(value, loss.width)
