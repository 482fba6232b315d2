"""Certificates from training data: which theorems speak of a fitted model, through its class.

A model's own training data judge it only together with all that it might have become. The type and
the parameters of the model, not what was found on the sample, settle which theorems are tried; each
has an equal part of delta, so that all of them hold at once and the smallest may be claimed.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from genbounds.arguments import settle
from genbounds.certificates.predicting import column, predictions
from genbounds.certificates.statements import Statement
from genbounds.certificates.training_classes import (
    NAMED,
    check_class,
    check_strategy,
    constant,
    named_class,
    users_class,
)
from genbounds.certificates.training_conditions import (
    CHOSEN_BEFORE,
    CLASS_FIXED,
    LABELS,
    SEARCHED,
)
from genbounds.certificates.training_fitted import TREES, check_fitted
from genbounds.certificates.training_linear import LINEAR, MACHINES, linear, machine
from genbounds.certificates.training_members import check_labels
from genbounds.certificates.training_parts import (
    NoTheoremError,
    Parts,
    check_maps,
    features,
    fixed_functions,
    kind,
    opened,
)
from genbounds.certificates.training_theorems import MARGIN_FIXED, Scale, Seen, Theorem
from genbounds.certificates.training_trees import tree
from genbounds.certificates.training_votes import VOTES, vote
from genbounds.models import compare_models

BY_CLASS = "the class alone"
BY_TYPE = "its type and its parameters alone"
WHY_NOT = {
    "KNeighborsClassifier": "nearest neighbours can label any sample as they like, so their class "
    "has no finite dimension",
    "GaussianProcessClassifier": "its kernel is fitted to the sample",
    "HistGradientBoostingClassifier": "the trees inside cannot be read",
}


class Trained(NamedTuple):
    """Statements about a model, which hold together, the tightest first; what to know of them."""

    statements: list[Statement]
    notes: tuple[str, ...]


def certify_training(
    model: Any, X: Any, y: Any, *, delta: float = 0.05, name: str = "model",
    hypothesis_class: Any = None, max_margin: float | None = None, margin: float | None = None,
) -> Trained:  # fmt: skip
    """What a fitted classifier's own training data (X, y) guarantee of its error rate.

    X has n rows and y their labels; they need not be exactly what the model was fitted on, since
    all models of its class are covered. The class is told from the type of the model, or given as
    `hypothesis_class`. Margins are those of scores whose weights have norm 1, in the units of the
    features: `max_margin` (the radius of the inputs, say) or the `margin` itself may be fixed
    before the sample is seen, else all powers of sqrt 2 share delta. All statements hold together
    with probability at least 1 - delta. `ValueError` for a model that no theorem speaks of, with
    the reason.
    """
    scale = Scale(margin, max_margin)
    _check(delta, scale)
    if hypothesis_class is not None:
        check_class(hypothesis_class)
        seen = _labels(model, X, y, hypothesis_class)
        theorems = users_class(hypothesis_class, seen, X)
        return _stated(theorems, scale, delta, (CLASS_FIXED,), name, seen, BY_CLASS)
    parts = opened(model)
    seen = _seen_by(parts, model, X, y)
    theorems = _theorems(parts, seen, X, scale)
    return _stated(theorems, scale, delta, _chosen(parts), name, seen, BY_TYPE, parts.settings)


def _check(delta: float, scale: Scale) -> None:
    given = {"margin": scale.margin, "max_margin": scale.max_margin}
    facts = {"delta": delta} | {key: x for key, x in given.items() if x is not None}
    settle(tuple(facts), facts)
    if len(facts) == 3:
        raise ValueError("give margin or max_margin, not both")
    scale.check()


def _stated(
    theorems: list[Theorem], scale: Scale, delta: float, chosen: tuple[str, ...], name: str,
    seen: Seen, by: str, settings: int = 1,
) -> Trained:  # fmt: skip
    """Each theorem at its part of delta, the tightest first."""
    part, found = delta / len(theorems), []
    for one in theorems:
        answer = one.answer(part / settings)
        if answer is not None:
            found.append(Statement.of(
                answer, subject=name, kind="training", observed=seen.errors / seen.n, n=seen.n,
                delta=part, given=(*chosen, *one.given), replaced=one.replaced,
            ))  # fmt: skip
    found.sort(key=lambda s: s.answer.raw)  # type: ignore[union-attr]
    return Trained(found, tuple(_notes(name, theorems, scale, by)))


def _chosen(parts: Parts) -> tuple[str, ...]:
    labels, functions = LABELS.format(k=len(parts.final.classes_)), tuple(fixed_functions(parts))
    if parts.settings == 1:
        return (CHOSEN_BEFORE.format(parameters="parameters"), labels, *functions)
    searched = CHOSEN_BEFORE.format(parameters="settings that were searched")
    return searched, SEARCHED.format(k=parts.settings), labels, *functions


def _notes(name: str, theorems: list[Theorem], scale: Scale, by: str) -> Iterator[str]:
    if len(theorems) > 1:
        yield (
            f"{name}: {len(theorems)} theorems were chosen by {by} and have "
            f"delta/{len(theorems)} each, so that all hold at once"
        )
    if scale != Scale() and not any(MARGIN_FIXED in one.replaced for one in theorems):
        yield f"{name}: the margin that was given plays no part, no theorem here is about margins"


# --- the sample


def _labels(model: Any, X: Any, y: Any, H: Any = None) -> Seen:
    """How often the model errs, by labels that are compared as models are."""
    said, truth = column("predictions", predictions("the model", model, X)), column("y", y)
    wrong = compare_models(truth, {"predictions": said}).models[0].errors
    if H is not None:
        check_labels(H, model, said)
    labels = sorted(set(said), key=str)
    signs = [1 if x == labels[-1] else -1 for x in said] if len(labels) <= 2 else None
    return Seen(len(truth), int(wrong), X, predicted=_array(signs))


def _array(signs: list[int] | None) -> Any:
    import numpy as np

    return None if signs is None else np.array(signs)


def _seen_by(parts: Parts, model: Any, X: Any, y: Any) -> Seen:
    """The sample as the parts of a model take it; labels +-1 where it knows two."""
    labels = _classes(parts.final)
    _check_steady(parts.final)
    seen, truth = _labels(model, X, y), column("y", y)
    strange = [x for x in truth if x not in labels]
    if strange:
        raise ValueError(f"y holds the label {strange[0]!r}, which the model does not know")
    table = features(parts.maps, X)
    check_maps(parts, X, table)
    if len(labels) != 2:
        return seen._replace(features=table)
    signs = _array([1 if x == labels[1] else -1 for x in truth])
    return seen._replace(features=table, signs=signs, values=_scores(parts, model, X))


def _check_steady(model: Any) -> None:
    """Whether it says the same again, and is what its parameters say."""
    if kind(model) == "DummyClassifier":
        check_strategy(model)
    check_fitted(model)


def _classes(model: Any) -> list[Any]:
    found = getattr(model, "classes_", None)
    if found is None or isinstance(found, list):
        raise NoTheoremError(
            type(model).__name__, "it is no fitted classifier of scikit-learn with one label a row "
            "(name its class: hypothesis_class=gb.Halfspaces(20), say)"
        )  # fmt: skip
    return column("classes_", found)


def _scores(parts: Parts, model: Any, X: Any) -> Any:
    """The scores of the whole model, positive for its second label, where margins need them."""
    import numpy as np

    if kind(parts.final) not in (*LINEAR, *MACHINES):
        return None
    return np.asarray(model.decision_function(X), float).reshape(-1)


# --- the theorems, by the type of the model


def _theorems(parts: Parts, seen: Seen, X: Any, scale: Scale) -> list[Theorem]:
    model = parts.final
    of = kind(model)
    _check_number(of, len(model.classes_))
    if of in VOTES:
        return vote(parts, seen, scale, _as_the_model_takes_it(parts, X))
    if of in LINEAR:
        return linear(parts, seen, scale)
    if of in MACHINES:
        return machine(parts, seen, scale)
    if of in READERS:
        return READERS[of](parts, seen)
    raise _nothing(model)


READERS: dict[str, Callable[[Parts, Seen], list[Theorem]]] = {
    "DummyClassifier": constant, **dict.fromkeys(TREES, tree), **dict.fromkeys(NAMED, named_class),
}  # fmt: skip


def _check_number(of: str, labels: int) -> None:
    if labels < 2 and of != "DummyClassifier":
        raise NoTheoremError(f"{of} with one label", "it had nothing to choose from")
    if labels > 2 and of in VOTES:
        raise NoTheoremError(f"{of} with {labels} labels", "only votes on two are known here")


def _as_the_model_takes_it(parts: Parts, X: Any) -> Any:
    for step in (*parts.maps, *parts.scalers):
        X = step.transform(X)
    return X


def _nothing(model: Any) -> NoTheoremError:
    name = type(model).__name__
    why = WHY_NOT.get(name, "its class has no finite dimension that is known here")
    return NoTheoremError(name, f"{why} (hypothesis_class= names a class that it lies in)")
