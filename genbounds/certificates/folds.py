"""Cross-validation, treated for what it is: K models, each with its own held-out rows.

Each fold's model has an exact limit at delta/K, so that all of them hold together, and their mean
limits the mean of the K risks. Nothing follows for a model that is refitted on all rows.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from genbounds.arguments import settle
from genbounds.certificates.certificate import Certificate
from genbounds.certificates.certifying import check_order, data_record
from genbounds.certificates.fingerprints import len_of
from genbounds.certificates.holding_out import UNUSED
from genbounds.certificates.losses import check_kinds, check_labels, chosen_loss
from genbounds.certificates.predicting import column, described, named_models, predictions
from genbounds.certificates.record import options_of
from genbounds.certificates.rows_alone import taken
from genbounds.certificates.statements import DRAWN, Statement
from genbounds.models import compare_models
from genbounds.questions import SIDES, test_set

DIVIDED = (
    "the rows are independent draws from the distribution that the risks are about, divided into "
    "folds without regard to their labels, groups or times (stratified folds, folds by groups and "
    "splits by time are not)"
)
INSIDE = "all that was fitted or chosen, preprocessing and tuning included, was so inside each fold"
ADVICE = (
    "give the result of cross_validate(..., return_estimator=True, return_indices=True) with X and "
    "y, or errors=[...] and n=[...], counts for each fold"
)
NOTES = (
    "each fold has an equal share of delta, so that all limits hold together; the average has the "
    "mean of the limits, every fold with the same weight, whatever its size",
    "nothing is claimed about a model refitted on all rows",
    "the models of the folds share training rows: their error rates are no independent "
    "measurements, and the spread of these is no standard error of any of them",
)
_STRATIFIED = (
    "the classes are spread as evenly as possible over the folds: if the folds were stratified by "
    "the labels (scikit-learn does so for classifiers unless given cv=KFold(...)), the first "
    "condition does not hold"
)
_LATER = (
    "every fold holds out later rows than its model was trained on: if the rows are in the order "
    "of time, they are independent draws only where nothing changes with it"
)
_UNEVEN = (
    "the folds differ in size by more than a row: if they were made by groups, whose rows resemble "
    "each other, the rows are no independent draws"
)
_REPEATED = (
    "{counted} held-out predictions on {rows} different rows: each row counts up to {most} times, "
    "in as many folds, and every fold has its own part of delta"
)


# --- seen


def fold_observations(
    result: Any, X: Any, y: Any, n: Any
) -> tuple[list[dict[str, Any]], dict[str, list[Any]], list[str]]:
    """Errors and size of every fold, the predictions by fold, and remarks."""
    if isinstance(result, Mapping):
        return _of_result(result, X, y, n)
    if X is not None or y is not None:
        raise ValueError(f"X and y go with the result of cross_validate: {ADVICE}")
    return _of_counts(result, n), {}, []


def _of_counts(errors: Any, n: Any) -> list[dict[str, Any]]:
    if n is None:
        raise ValueError(f"error counts or scores alone guarantee nothing: {ADVICE}")
    counts, sizes = _counts("errors", errors), _counts("n", n)
    if len(counts) != len(sizes):
        raise ValueError(f"errors has {len(counts)} folds, n has {len(sizes)}")
    faults = [f"fold {i}: {e} errors of {m} rows" for i, (e, m) in enumerate(
        zip(counts, sizes, strict=True)) if not 0 <= e <= m or m < 1]  # fmt: skip
    if faults:
        raise ValueError(f"impossible counts: {', '.join(faults)}")
    return [_fold(i, e, m) for i, (e, m) in enumerate(zip(counts, sizes, strict=True))]


def _counts(name: str, values: Any) -> list[int]:
    found = column(name, values)
    if not found:
        raise ValueError(f"{name} names no fold")
    for x in found:
        whole = isinstance(x, int) or (isinstance(x, float) and x.is_integer())
        if isinstance(x, bool) or not whole:
            raise ValueError(f"{name} must be counts, got {x!r:.40}: a score is no count; {ADVICE}")
    return [int(x) for x in found]


def _fold(i: int, errors: int, n: int) -> dict[str, Any]:
    return {"fold": i, "errors": errors, "n": n}


def _of_result(
    result: Mapping[str, Any], X: Any, y: Any, n: Any
) -> tuple[list[dict[str, Any]], dict[str, list[Any]], list[str]]:
    lacking = [key for key in ("estimator", "indices") if key not in result]
    if lacking or X is None or y is None:
        raise ValueError(f"scores do not tell how many rows they are of: {ADVICE}")
    if n is not None:
        raise ValueError("n goes with errors: the result of cross_validate knows its folds")
    labels, models = column("y", y), list(result["estimator"])
    if len(labels) != len_of(X):
        raise ValueError(f"X has {len_of(X)} rows, y has {len(labels)}")
    chosen_loss(None, None, False, {type(m).__name__: m for m in models})
    parts = _held_out(result["indices"], len(models), len(labels))
    found, predicted = [], {}
    for i, (model, rows) in enumerate(zip(models, parts, strict=True)):
        name = f"fold {i}"
        said = column(name, predictions(name, model, taken(X, rows)))
        found.append(_fold(i, _errors(name, [labels[j] for j in rows], said), len(rows)))
        predicted[name] = said
    return found, predicted, list(_remarks(labels, parts, result["indices"]["train"]))


def _remarks(labels: Sequence[Any], parts: Sequence[Sequence[int]], trains: Any) -> Iterator[str]:
    """What the indices give away of how the folds were made."""
    times = Counter(j for rows in parts for j in rows)
    most, sizes = max(times.values()), [len(rows) for rows in parts]
    if _stratified(labels, parts):
        yield _STRATIFIED
    if len(parts) > 1 and all(
        len(train) and max(train) < min(test) for train, test in zip(trains, parts, strict=True)
    ):
        yield _LATER
    if max(sizes) - min(sizes) > 1:
        yield _UNEVEN
    if most > 1:
        yield _REPEATED.format(counted=sum(sizes), rows=len(times), most=most)


def _held_out(indices: Any, folds: int, n: int) -> list[list[int]]:
    """The rows held out from each fold's model, none of which it was trained on."""
    if not isinstance(indices, Mapping) or not {"train", "test"} <= indices.keys():
        raise ValueError(f"the indices must name the rows of train and test: {ADVICE}")
    try:
        tests, trains = (
            [[int(j) for j in rows] for rows in indices[part]] for part in ("test", "train")
        )
    except (TypeError, ValueError):
        raise ValueError("the indices of every fold must be numbers of rows") from None
    if not len(tests) == len(trains) == folds or not folds:
        raise ValueError(f"{folds} estimators, but indices of {len(tests)} folds")
    for i, (test, train) in enumerate(zip(tests, trains, strict=True)):
        if set(test) & set(train):
            raise ValueError(f"fold {i}: rows to be held out are among those it was trained on")
        if not test or not all(0 <= j < n for j in test) or len(set(test)) < len(test):
            raise ValueError(f"fold {i}: its held-out rows are not distinct rows of the {n} given")
    return tests


def _errors(name: str, labels: list[Any], said: list[Any]) -> int:
    check_labels("y", labels)
    check_labels(name, said)
    check_kinds("y", labels, name, said)
    return compare_models(labels, {name: said}).models[0].errors


def _stratified(labels: Sequence[Any], parts: Sequence[Sequence[int]]) -> bool:
    """Whether no class has two rows more in one fold than in another, where it could have."""
    per_fold = [Counter(labels[j] for j in rows) for rows in parts]
    kinds = set(labels)
    if len(parts) < 2 or len(kinds) < 2:
        return False
    counts = [[fold[kind] for fold in per_fold] for kind in kinds]
    return max(map(max, counts)) > 1 and all(max(row) - min(row) <= 1 for row in counts)


# --- said


def statements(inputs: Mapping[str, Any]) -> list[Statement]:
    """A statement a fold at delta/K each, and their average at delta."""
    options, seen = inputs["options"], inputs["observations"]
    if [one["fold"] for one in seen] != list(range(len(seen))) or not seen:
        raise ValueError("the folds are not numbered from 0")
    n, sizes = inputs["data"]["n"], [one["n"] for one in seen]
    if max(sizes) > n or (inputs["data"]["targets"] is None and sum(sizes) != n):
        raise ValueError(f"the folds are not of {n} rows")
    if len(inputs["models"]) != 1:
        raise ValueError("cross-validation is about one model")
    name = inputs["models"][0]["name"]
    found = [_statement(one, name, options, options["delta"] / len(seen)) for one in seen]
    return [*found, _average(found, name, options["delta"], inputs["data"]["n"])]


def _statement(
    one: Mapping[str, Any], name: str, options: Mapping[str, Any], share: float
) -> Statement:
    answer = test_set(errors=one["errors"], n=one["n"], delta=share, side=options["side"])
    return Statement.of(
        answer, subject=f"{name}, fold {one['fold']}", kind="fold", n=one["n"],
        observed=one["errors"] / one["n"], given=[DIVIDED, INSIDE], replaced=[UNUSED, DRAWN],
    )  # fmt: skip


def _average(folds: Sequence[Statement], name: str, delta: float, rows: int) -> Statement:
    """The mean of the limits: on the event that all hold, each risk is on its side of its own."""
    counted = sum(f.n for f in folds)
    return Statement(
        name, "average", _mean(f.observed for f in folds), min(counted, rows), float(delta),
        None if folds[0].lower is None else _mean(f.lower for f in folds),
        None if folds[0].upper is None else _mean(f.upper for f in folds),
        given=(DIVIDED, INSIDE), counted=counted if counted > rows else None,
    )  # fmt: skip


def _mean(values: Iterator[Any]) -> float:
    found = list(values)
    return math.fsum(found) / len(found)


# --- asked


def cross_validation(
    result: Any = None, X: Any = None, y: Any = None, *, errors: Any = None, n: Any = None,
    delta: float = 0.05, side: str = "upper", name: str | None = None,
) -> Certificate:  # fmt: skip
    """What K-fold cross-validation guarantees about the models of its folds.

    `result` is what scikit-learn's `cross_validate(..., return_estimator=True,
    return_indices=True)` gives, with its X and y; or give `errors` and `n`, counts for each fold.
    Each fold's model has an exact limit of its risk at delta/K; the mean of the limits holds for
    the mean of the K risks at `delta` for all together. Scores without sizes are refused. Nothing
    is claimed about a model refitted on all rows.

    >>> cross_validation(errors=[3, 5], n=[100, 100]).statements[-1].observed
    0.04
    """
    settle(("delta",), {"delta": delta})
    if str(side) not in SIDES:
        raise ValueError(f"side must be one of {', '.join(SIDES)}, got {side!r}")
    if (result is None) == (errors is None):
        raise ValueError(f"give a result or errors: {ADVICE}")
    given = errors if result is None else result
    check_order({"X": X, "y": y})
    seen, said, remarks = fold_observations(given, X, y, n)
    fitted = isinstance(given, Mapping)
    model = given["estimator"][0] if fitted else given
    ((key, _),) = named_models(model, name or (None if fitted else "the model")).items()
    about = described(key, model if fitted else []) | (
        {} if fitted else {"class": "counts of errors"}
    )
    return Certificate({
        "on": "cross-validation",
        "options": options_of(delta=float(delta), side=side),
        "models": [about],
        "data": data_record(sum(x["n"] for x in seen) if y is None else len_of(y), X, y, said),
        "observations": seen,
        "remarks": remarks,
    })  # fmt: skip
