"""Ensembles of trees: votes, judged by their margins.

An average of functions of a class costs no more than the class (contraction sees only the convex
hull), so boosting and forests are judged by their voters and by how clearly they vote. A tree whose
leaves hold numbers in [-1, 1] is an average of trees with labels +-1, namely of the signs of
(value - u) for u uniform on [-1, 1]: averaged probabilities and the trees of gradient boosting,
divided by their largest leaf, are votes too.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from genbounds.answers import Answer
from genbounds.certificates.training_fitted import TREES
from genbounds.certificates.training_parts import NoTheoremError, Parts, kind
from genbounds.certificates.training_theorems import (
    MARGIN_FIXED,
    Scale,
    Seen,
    Share,
    Theorem,
    counted,
    grid_given,
    margins_to_try,
    on_grid,
)
from genbounds.certificates.training_trees import effective_leaves, trees_like
from genbounds.classes.base import HypothesisClass
from genbounds.classes.votes import WeightedVotes
from genbounds.registry import find

AVERAGES = ("RandomForestClassifier", "ExtraTreesClassifier", "BaggingClassifier")
AGREEMENT = 1e-6
HULL = (
    "the score lies in the convex hull of this class: {sentence}; a tree with values in [-1, 1] at "
    "its leaves is an average of such trees"
)


class Votes(NamedTuple):
    """The scores of a vote on the sample, in [-1, 1], a voter, and the leaves of each."""

    values: Any
    voter: Any
    leaves: list[int]


def vote(parts: Parts, seen: Seen, scale: Scale, rows: Any) -> list[Theorem]:
    """The margins of a vote and, where a number of labelled trees was fixed, their weighted votes.

    `rows` are the features as the model takes them.
    """
    model = parts.final
    found = _READERS[kind(model)](model, seen, rows)
    H, of = trees_like(found.voter, found.leaves, seen)
    theorems = by_vote(H, of, found.values, seen, scale)
    if kind(model) == "AdaBoostClassifier":
        theorems += counted(WeightedVotes(H, int(model.n_estimators)), seen, of)
    return theorems


def by_vote(
    H: HypothesisClass, of: Share, values: Any, seen: Seen, scale: Scale
) -> list[Theorem]:  # fmt: skip
    """Every vote over a class of labels, by margins on a grid from 1 downwards."""
    margins = seen.signs * values
    massart = 2 * (2 * float(H.log_growth(seen.n)) / seen.n) ** 0.5
    most = float(margins.max()) if margins.max() > 0 else 1.0

    def make(**facts: float) -> Answer:
        return Answer(find("ensemble_margin"), n=seen.n, log_growth=H, **facts)

    def answer(delta: float) -> Answer:
        grid = margins_to_try(scale, min(massart, most) or most, 2 * most, bounded=True)
        return on_grid(make, margins, grid, delta * of.part)

    given = (HULL.format(sentence=H.sentence), *grid_given(scale, bounded=True), *of.given)
    return [Theorem(answer, given, (MARGIN_FIXED,))]


# --- what votes in each ensemble


def _boosted(model: Any, seen: Seen, rows: Any) -> Votes:
    """AdaBoost: labels +-1 with weights; the old real-valued variant is no such vote."""
    import numpy as np

    voters = list(model.estimators_)
    _check_trees(model, voters)
    if getattr(model, "algorithm", "SAMME") not in ("SAMME", "deprecated"):
        raise NoTheoremError(f"{kind(model)} with algorithm {model.algorithm!r}", "no vote of +-1")
    weights = np.asarray(model.estimator_weights_[: len(voters)], float)
    if not len(voters) or weights.min() < 0 or weights.sum() <= 0:
        raise NoTheoremError(kind(model), "the weights of its voters are not positive")
    table = _plain(rows)
    signs = [np.where(h.predict(table) == model.classes_[1], 1, -1) for h in voters]
    values = (weights / weights.sum()) @ np.array(signs)
    return Votes(values, voters[0], [effective_leaves(h) for h in voters])


def _averaged(model: Any, seen: Seen, rows: Any) -> Votes:
    """Forests and bags: the mean of the leaves' probabilities of the second label, from -1 to 1."""
    voters = list(model.estimators_)
    _check_trees(model, voters)
    if any(len(h.classes_) != 2 for h in voters):
        raise NoTheoremError(kind(model), "some of its trees saw one label only")
    values = 2 * model.predict_proba(rows)[:, 1] - 1
    return Votes(values, voters[0], [int(h.get_n_leaves()) for h in voters])


def _added(model: Any, seen: Seen, rows: Any) -> Votes:
    """Gradient boosting: trees with numbers at their leaves, and a constant where it started."""
    import numpy as np

    voters = list(model.estimators_[:, 0])
    scores = np.asarray(model.decision_function(rows), float).reshape(-1)
    rate = float(model.learning_rate)
    table = _plain(rows)
    start = scores - rate * sum(h.predict(table) for h in voters)
    if np.ptp(start) > AGREEMENT * max(float(np.abs(scores).max()), 1):
        raise NoTheoremError(kind(model), "it did not start from a constant")
    weight = float(np.abs(start).max()) + rate * sum(_largest_leaf(h) for h in voters)
    if weight <= 0:
        raise NoTheoremError(kind(model), "its score is 0 everywhere")
    return Votes(scores / weight, voters[0], [int(h.get_n_leaves()) for h in voters])


def _plain(rows: Any) -> Any:
    """Rows without names, as the voters were given them."""
    import numpy as np

    return rows if hasattr(rows, "tocsr") else np.asarray(rows, float)


def _largest_leaf(tree: Any) -> float:
    found = tree.tree_
    leaves = found.children_left == found.children_right
    return float(abs(found.value[leaves]).max())


def _check_trees(model: Any, voters: list[Any]) -> None:
    others = {kind(h) or type(h).__name__ for h in voters} - set(TREES)
    if others:
        raise NoTheoremError(
            f"{kind(model)} of {', '.join(sorted(others))}", "only votes of trees are counted here"
        )


_READERS: dict[str, Callable[[Any, Seen, Any], Votes]] = {
    "AdaBoostClassifier": _boosted,
    "GradientBoostingClassifier": _added,
    **dict.fromkeys(AVERAGES, _averaged),
}
VOTES = tuple(_READERS)
