"""Whether a fitted model is what its parameters say: they can be set anew after it was fitted.

The class is read from the parameters, since these were fixed before the sample; so what was fitted
has to lie in that class. A model that does not was changed after it was fitted.
"""

from collections.abc import Iterator
from typing import Any

from genbounds.certificates.training_parts import kind

TREES = ("DecisionTreeClassifier", "ExtraTreeClassifier")


def check_fitted(model: Any) -> None:
    """`ValueError` names every parameter that what was fitted goes beyond."""
    found = list(_beyond(model))
    if found:
        raise ValueError(
            f"{type(model).__name__} is not what its parameters say: {'; '.join(found)}. They were "
            "changed after it was fitted, and the class that was chosen before is not known: fit "
            "it again with the parameters that it should have"
        )


def _beyond(model: Any) -> Iterator[str]:
    of = kind(model)
    if of in TREES:
        yield from _beyond_tree(model)
    elif of == "MLPClassifier":
        yield from _beyond_network(model)
    elif of in _ROUNDS:
        yield from _beyond_rounds(model, of in _EXACT)
        trees = [one for one in _voters(model) if kind(one) in (*TREES, "DecisionTreeRegressor")]
        if len({(one.max_leaf_nodes, one.max_depth) for one in trees}) > 1:
            yield "its trees differ in max_leaf_nodes or max_depth"
        for one in trees:
            yield from _beyond_tree(one)


_ROUNDS = ("AdaBoostClassifier", "GradientBoostingClassifier", "RandomForestClassifier",
           "ExtraTreesClassifier", "BaggingClassifier")  # fmt: skip
_EXACT = ("RandomForestClassifier", "ExtraTreesClassifier", "BaggingClassifier")
"""Those that do not stop before their rounds are over."""


def _voters(model: Any) -> list[Any]:
    found = model.estimators_
    return list(found.ravel() if hasattr(found, "ravel") else found)


def _beyond_tree(model: Any) -> Iterator[str]:
    cap, depth = model.max_leaf_nodes, model.max_depth
    if cap is not None and model.get_n_leaves() > cap:
        yield f"it has {model.get_n_leaves()} leaves, max_leaf_nodes is {cap}"
    if depth is not None and model.get_depth() > depth:
        yield f"its depth is {model.get_depth()}, max_depth is {depth}"


def _beyond_network(model: Any) -> Iterator[str]:
    hidden = model.hidden_layer_sizes
    told = [int(k) for k in (hidden if hasattr(hidden, "__iter__") else (hidden,))]
    found = [int(weights.shape[1]) for weights in model.coefs_[:-1]]
    if told != found:
        yield f"its hidden layers have {found} units, hidden_layer_sizes is {hidden}"


def _beyond_rounds(model: Any, exact: bool) -> Iterator[str]:
    rounds = len(model.estimators_)
    if rounds > model.n_estimators or (exact and rounds != model.n_estimators):
        yield f"it has {rounds} voters, n_estimators is {model.n_estimators}"
