"""`certify`: a trained model and data, and what these guarantee about it."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import Any

from genbounds.arguments import settle
from genbounds.certificates.certificate import Certificate
from genbounds.certificates.fingerprints import column_digest, len_of, missing, table_digest
from genbounds.certificates.holding_out import METHODS, observations
from genbounds.certificates.losses import Loss, check_kinds, check_labels, chosen_loss, row_losses
from genbounds.certificates.predicting import (
    check_length,
    column,
    described,
    flat,
    is_model,
    named_models,
    predictions,
)
from genbounds.certificates.record import options_of
from genbounds.models import compare_models
from genbounds.questions import SIDES

ON = ("test", "training")
SHOWN = 3


def certify(
    model: Any, X: Any = None, y: Any = None, *, on: str = "test", delta: float = 0.05,
    side: str = "upper", loss: Any = None, width: float | None = None, clip: bool = False,
    method: str = "betting", betting_cap: float = 0.5, selected_from: int = 1, groups: Any = None,
    population_size: int | None = None, name: str | None = None, seed: int | None = None,
    hypothesis_class: Any = None, margin: float | None = None, max_margin: float | None = None,
) -> Certificate:  # fmt: skip
    """What data guarantee about a trained model, as a certificate that can be checked.

    `model` is a fitted estimator of scikit-learn or anything with `predict`, a function of X, an
    array of predictions, or a mapping from names to any of these; `X` of shape (n, d) (may be left
    out for predictions) and `y` of n targets are what the models take. With `on="test"` the rows
    were used neither to train nor to choose the models, with `on="training"` they are what the
    models were trained on, and the class (`hypothesis_class`, or what the estimator is known to
    be) pays for that.

    The 0-1 loss is counted exactly (Clopper-Pearson). `loss` is "absolute", "squared" or a function
    of (y, predictions) that gives one loss a row, in [0, width]; larger ones are refused, or with
    `clip` the certificate is about min(loss, width). `method` is "betting" (in the given order,
    with bets of at most `betting_cap`) or "empirical_bernstein". `selected_from=k` says that the
    model is the best of k on these rows; `groups` is a label for each row or a mapping from names
    to boolean masks. All statements hold together with probability 1 - `delta`, which they share
    equally. `margin` or `max_margin` is a margin, or the largest one to try, fixed before the
    training rows were seen. `seed` is written down for whoever trains the model again.

    >>> found = certify([0, 1, 1, 0], y=[0, 1, 1, 1], delta=0.05, name="a rule")
    >>> found.statements[0].observed, round(found.statements[0].upper, 4)
    (0.25, 0.7514)
    """
    selected_from, seed, population_size = map(_as_integer, (selected_from, seed, population_size))
    _check_options(on, delta, side, method, selected_from, seed)
    models = named_models(model, name)
    if y is None:
        raise ValueError("y is needed: the true targets of the rows")
    check_order({"X": X, "y": y, "groups": groups, **models})
    if on == "training":
        _refuse_options(loss, width, clip, groups, population_size, selected_from, side)
        options = options_of(delta=float(delta), seed=seed, margin=margin, max_margin=max_margin)
        return _on_training(models, X, y, options, hypothesis_class)
    if any(x is not None for x in (hypothesis_class, margin, max_margin)):
        raise ValueError("a class and margins go with on='training': a held-out sample needs none")
    n = len_of(y)
    chosen = chosen_loss(loss, width, clip, models)
    said = {key: predictions(key, one, X) for key, one in models.items()}
    check_order({"y": y, **said})
    masks = group_masks(groups, n)
    _check_population(population_size, n, chosen, masks, models, selected_from)
    losses = losses_of(chosen, X, y, said)
    bets = chosen.function is not None or chosen.width is not None
    data, remarks = data_of(X, y, said, masks)
    return Certificate({
        "on": "test",
        "options": options_of(
            delta=float(delta), side=side, loss=chosen.name, width=chosen.width, clip=chosen.clip,
            method=method if bets else None, betting_cap=_cap(betting_cap, method, bets),
            selected_from=selected_from, population_size=population_size, seed=seed,
        ),
        "models": [described(key, one) for key, one in models.items()],
        "data": data,
        "observations": observations(list(models), masks, losses, not bets),
        "remarks": remarks + (_never_true(y, said) if not bets else []),
    })  # fmt: skip


def _cap(betting_cap: Any, method: str, bets: bool) -> float | None:
    if not bets or method != "betting":
        return None
    settle(("betting_cap",), {"betting_cap": betting_cap})
    return float(betting_cap)


# --- what was asked


def _check_options(
    on: Any, delta: Any, side: Any, method: Any, selected_from: Any, seed: Any
) -> None:
    words = (("on", on, ON), ("side", side, SIDES), ("method", method, tuple(METHODS)))
    faults = [
        f"{what} must be one of {', '.join(allowed)}, got {value!r}"
        for what, value, allowed in words
        if not isinstance(value, str) or value not in allowed
    ]
    try:
        settle(("delta",), {"delta": delta})
    except ValueError as fault:
        faults.append(str(fault))
    if not _is_integer(selected_from) or selected_from < 1:
        faults.append(f"selected_from must be an integer at least 1, got {selected_from!r}")
    if seed is not None and not _is_integer(seed):
        faults.append(f"seed must be an integer, got {seed!r}")
    if faults:
        raise ValueError("; ".join(faults))


def _as_integer(value: Any) -> Any:
    """An integer of numpy as Python's."""
    return value.item() if hasattr(value, "item") and getattr(value, "ndim", 1) == 0 else value


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _check_population(
    size: Any, n: int, loss: Loss, masks: Mapping[str, Any], models: Mapping[str, Any], several: int
) -> None:
    """Drawing without replacement is counted exactly for one model, one group, one sample."""
    if several > 1 and len(models) > 1:
        raise ValueError("selected_from goes with one model: name all the others beside it")
    if size is None:
        return
    if not _is_integer(size) or size < n:
        raise ValueError(f"population_size must be an integer at least n = {n}, got {size!r}")
    others = {"groups": masks, "a loss with width": loss.width, "several models": len(models) > 1,
              "selected_from": several > 1}  # fmt: skip
    clashes = [name for name, present in others.items() if present]
    if clashes:
        raise ValueError(f"population_size does not go with {', '.join(clashes)}")


def _refuse_options(
    loss: Any, width: Any, clip: Any, groups: Any, size: Any, several: int, side: str
) -> None:
    given = {"loss": loss, "width": width, "groups": groups, "population_size": size,
             "clip": clip or None, "selected_from": None if several == 1 else several,
             "side": None if side == "upper" else side}  # fmt: skip
    named = [key for key, value in given.items() if value is not None]
    if named:
        raise ValueError(f"{', '.join(named)}: for held-out data, not for on='training'")


# --- rows


def losses_of(loss: Loss, X: Any, y: Any, said: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The losses of every model, row by row: true where it errs, for the 0-1 loss."""
    n = len_of(y)
    if n == 0:
        raise ValueError("y is empty: there is nothing to certify from")
    if X is not None:
        check_length("X", X, n)
    for name, values in said.items():
        check_length(name, values, n)
    if loss.width is not None:
        return {name: row_losses(loss, name, y, values) for name, values in said.items()}
    labels = column("y", y)
    columns = {name: column(name, values) for name, values in said.items()}
    for name, values in {"y": labels, **columns}.items():
        check_labels(name, values)
        check_kinds("y", labels, name, values)
    compare_models(labels, columns)  # refuses missing labels and kinds that never agree
    return {
        name: [bool(a != b) for a, b in zip(labels, values, strict=True)]
        for name, values in columns.items()
    }


def check_order(named: Mapping[str, Any]) -> None:
    """`ValueError` where two columns of pandas have the same index in another order."""
    indices = {
        name: values.index
        for name, values in named.items()
        if hasattr(values, "iloc") and hasattr(values, "index")
    }
    for (first, a), (second, b) in combinations(indices.items(), 2):
        if len(a) == len(b) and not a.equals(b) and Counter(a) == Counter(b):
            raise ValueError(
                f"{first} and {second} have the same index in another order: rows are taken as "
                "they stand, so bring them into one order (.loc or .reindex), or drop the index"
            )


def _never_true(y: Any, said: Mapping[str, Any]) -> list[str]:
    """Remarks on predicted labels that no row has."""
    truth, found = set(column("y", y)), []
    for name, values in said.items():
        given = set(column(name, values))
        strange = [ascii(x) for x in sorted(given - truth, key=str)]
        if strange == [ascii(x) for x in sorted(given, key=str)]:
            found.append(
                f"no label that {name} gives ever occurs as a true label: are they written alike?"
            )
        elif strange:
            more = f" and {len(strange) - SHOWN} more" if len(strange) > SHOWN else ""
            found.append(
                f"{name} gives labels that never occur among the true ones: "
                f"{', '.join(strange[:SHOWN])}{more}"
            )
    return found


def group_masks(groups: Any, n: int) -> dict[str, list[bool]]:
    """Each group's rows; `ValueError` names a label that is missing or a mask that is none."""
    if groups is None:
        return {}
    if not isinstance(groups, Mapping):
        labels = column("groups", groups)
        check_length("groups", labels, n)
        absent = [i for i, x in enumerate(labels) if missing(x) or x == ""]
        if absent:
            raise ValueError(f"groups has no label in row {absent[0]} ({len(absent)} in all)")
        if any(not isinstance(x, Hashable) for x in labels):
            raise ValueError("groups must hold one label a row, got a list in one")
        masks: dict[Any, Any] = {kind: [x == kind for x in labels] for kind in set(labels)}
    else:
        masks = {name: column(f"the group {name}", mask) for name, mask in groups.items()}
    for name, mask in masks.items():
        check_length(f"the group {name}", mask, n)
        if not all(isinstance(x, bool) for x in mask):
            raise ValueError(f"the group {name} must be a mask of True and False")
    return _named(masks)


def _named(masks: Mapping[Any, list[bool]]) -> dict[str, list[bool]]:
    named = {str(name): mask for name, mask in sorted(masks.items(), key=lambda x: str(x[0]))}
    if len(named) < len(masks):
        raise ValueError("two groups have the same name as text")
    bad = [name for name in named if not name.strip() or not name.isprintable()]
    if bad:
        raise ValueError(f"a group's name must be a line of printable text, got {bad[0]!r}")
    return named


# --- digests


def data_of(
    X: Any, y: Any, said: Mapping[str, Any], masks: Mapping[str, Sequence[bool]] | None = None
) -> tuple[dict[str, Any], list[str]]:
    """The digests of all that was read, and a remark where something has none."""
    try:
        return data_record(len_of(y), X, y, said, masks), []
    except ValueError as fault:
        return data_record(len_of(y), None, y, said, masks), [
            f"X is not hashed: {' '.join(str(fault).split())}"
        ]


def data_record(
    n: int, X: Any, y: Any, said: Mapping[str, Any],
    masks: Mapping[str, Sequence[bool]] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The digests as plain data."""
    return {
        "n": n,
        "features": None if X is None else table_digest(X),
        "targets": None if y is None else digest("y", y),
        "groups": {name: column_digest(mask) for name, mask in (masks or {}).items()},
        "predictions": {name: digest(name, values) for name, values in said.items()},
    }


def digest(name: str, values: Any) -> str:
    """One column's digest, or that of a table of targets or scores."""
    if getattr(values, "ndim", 1) > 1 and values.shape[1] != 1:
        return str(table_digest(values)["sha256"])
    return column_digest(flat(name, values))


# --- on the sample that a model was trained on


def _on_training(
    models: Mapping[str, Any], X: Any, y: Any, options: dict[str, Any], hypothesis_class: Any
) -> Certificate:
    from genbounds.certificates.trained import observed_on_training

    bare = [name for name, one in models.items() if not is_model(one)]
    if bare and hypothesis_class is None:
        raise ValueError(
            f"{bare[0]} is an array of predictions: what they say of the data that they were "
            "trained on depends on the class, so give the model, or hypothesis_class"
        )
    if X is None:
        raise ValueError("X is needed: the rows that the model was trained on")
    said = {name: predictions(name, one, X) for name, one in models.items()}
    check_order({"X": X, "y": y, **said})
    losses_of(Loss("zero_one"), X, y, said)  # refuses what are no labels
    seen, remarks = observed_on_training(models, X, y, options, hypothesis_class)
    data, unhashed = data_of(X, y, said)
    record = hypothesis_class.to_dict() if hasattr(hypothesis_class, "to_dict") else None
    return Certificate({
        "on": "training",
        "options": options | {"hypothesis_class": record},
        "models": [described(name, one) for name, one in models.items()],
        "data": data,
        "observations": seen,
        "remarks": [*remarks, *unhashed],
    })  # fmt: skip
