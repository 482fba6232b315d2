"""Models whose class their type alone tells: constants, densities, networks, several labels."""

from collections.abc import Callable
from itertools import pairwise
from math import log
from typing import Any

from genbounds.answers import Answer
from genbounds.certificates.training_parts import NoTheoremError, Parts, kind
from genbounds.certificates.training_theorems import Seen, Theorem, counted, inside
from genbounds.classes.base import HypothesisClass
from genbounds.classes.combinations import BooleanCombinations
from genbounds.classes.halfspaces import Halfspaces
from genbounds.classes.networks import PiecewiseLinearNetworks, SigmoidNetworks
from genbounds.classes.polynomials import PolynomialThresholds, VectorSpace
from genbounds.questions import Ranking, risk
from genbounds.registry import find

TALKATIVE = 25_000
"""Numbers on the sample up to which a class is asked whether it can label it as the model does."""


def named_class(parts: Parts, seen: Seen) -> list[Theorem]:
    """The class of a model that its type settles, of the comparisons of two labels if of more."""
    model, d = parts.final, seen.features.shape[1]
    H, labels = _CLASSES[kind(model)](parts, d), len(model.classes_)
    if labels == 2:
        return counted(H, seen)
    if kind(model) == "MLPClassifier":
        raise NoTheoremError(f"MLPClassifier with {labels} labels", "only two are known here")
    return compared_pairwise(H, seen, labels)


def constant(parts: Parts, seen: Seen) -> list[Theorem]:
    """A model that always says the same: one of as many constants as there are labels."""
    model = parts.final
    if model.strategy not in ("most_frequent", "prior", "constant"):
        what = f"DummyClassifier({model.strategy!r})"
        raise NoTheoremError(what, "it draws its labels at random")
    labels = len(model.classes_)

    def answer(delta: float) -> Answer:
        return Answer(
            find("occam_binomial"), errors=seen.errors, n=seen.n, log_prior=log(labels), delta=delta
        )

    given = f"the model always says the same of {labels} labels; each has the weight 1/{labels}"
    return [Theorem(answer, (given,))]


def compared_pairwise(H: HypothesisClass, seen: Seen, labels: int) -> list[Theorem]:
    """The best of K labels by comparing two at a time, each comparison in a class of its own.

    Which of the labels is said is a Boolean function of the K (K - 1)/2 comparisons, and whether it
    is wrong one of them and of the true label.
    """
    return counted(BooleanCombinations(H, labels * (labels - 1) // 2), seen)


# --- a class that the user names


def users_class(H: Any, seen: Seen, X: Any) -> list[Theorem]:
    """What is known of any model of a class; labelings are also counted with more ghosts."""
    if not isinstance(H, HypothesisClass):
        raise ValueError(f"hypothesis_class must be a class such as gb.Halfspaces(20), got {H!r}")
    _check_inside(H, seen, X)

    def answer(delta: float) -> Answer:
        found = risk(H, n=seen.n, errors=seen.errors, delta=delta)
        answers = [_of_all(one) for one in found.answers]
        return Ranking(answers, found.skipped, idle=found.idle).paid

    found = [Theorem(answer, (inside(H),))]
    answer(0.05)  # a class that no theorem speaks of is refused here, with the reason
    return [*found, *counted(H, seen)] if H.values == "labels" else found


def _of_all(found: Answer) -> Answer:
    """The exact limit for several models as one about each hypothesis of a finite class."""
    if found.bound.name != "clopper_pearson_several":
        return found
    facts = dict(found.inputs)
    return Answer(find("occam_binomial"), log_prior=log(facts.pop("n_hypotheses")), **facts)


def _check_inside(H: HypothesisClass, seen: Seen, X: Any) -> None:
    """`ValueError` where no member labels the sample as the model does, if the class can tell."""
    tell = getattr(H, "realises", None)
    if tell is None or seen.predicted is None:
        return
    points = H.points(X)
    if points.size <= TALKATIVE and not any(tell(points, s * seen.predicted) for s in (1, -1)):
        raise ValueError(f"no member of {H!r} labels these points as the model does")


# --- classes by type


def _quadratic(parts: Parts, d: int) -> HypothesisClass:
    """Two Gaussians with independent features differ by a_j x_j^2 + b_j x_j, summed, and c."""
    return VectorSpace(2 * d + 1)


def _halfspaces(parts: Parts, d: int) -> HypothesisClass:
    _refuse_scalers(parts)
    return Halfspaces(d)


def _polynomials(parts: Parts, d: int) -> HypothesisClass:
    return PolynomialThresholds(d, 2)


def _network(parts: Parts, d: int) -> HypothesisClass:
    """A perceptron with one output; tanh is the sigmoid in other units."""
    model = parts.final
    hidden = model.hidden_layer_sizes
    widths = (d, *(hidden if hasattr(hidden, "__iter__") else (hidden,)), 1)
    if model.activation == "identity":
        return Halfspaces(d)
    if model.activation == "relu":
        return PiecewiseLinearNetworks(widths)
    weights = sum(k * (j + 1) for j, k in pairwise(widths))
    return SigmoidNetworks(weights, sum(widths[1:]))


def _refuse_scalers(parts: Parts) -> None:
    if parts.scalers and getattr(parts.final, "binarize", None) is not None:
        raise NoTheoremError(
            "BernoulliNB behind a scaler", "where it parts the features rests on the sample"
        )


_CLASSES: dict[str, Callable[[Parts, int], HypothesisClass]] = {
    "GaussianNB": _quadratic,
    "BernoulliNB": _halfspaces,
    "MultinomialNB": _halfspaces,
    "ComplementNB": _halfspaces,
    "QuadraticDiscriminantAnalysis": _polynomials,
    "MLPClassifier": _network,
}
NAMED = tuple(_CLASSES)
