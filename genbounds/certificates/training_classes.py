"""Models whose class their type alone tells: constants, densities, networks, several labels."""

from collections.abc import Callable
from itertools import pairwise
from math import log
from typing import Any

from genbounds.answers import Answer
from genbounds.certificates.training_members import membership
from genbounds.certificates.training_parts import NoTheoremError, Parts, kind
from genbounds.certificates.training_theorems import Seen, Theorem, counted, inside
from genbounds.classes.base import HypothesisClass
from genbounds.classes.combinations import BooleanCombinations
from genbounds.classes.halfspaces import Halfspaces
from genbounds.classes.networks import PiecewiseLinearNetworks, SigmoidNetworks
from genbounds.classes.polynomials import PolynomialThresholds, VectorSpace
from genbounds.questions import Ranking, risk
from genbounds.registry import find

BINARY = (
    "the class is one of functions of the features as 0 and 1, by whether they are above "
    "binarize = {threshold:g}, which was fixed before the sample was seen"
)
AMONG = "each of the {k} theorems that speak of the class has an equal part of this share of delta"


def named_class(parts: Parts, seen: Seen) -> list[Theorem]:
    """The class of a model that its type settles, of the comparisons of two labels if of more."""
    model, d = parts.final, seen.features.shape[1]
    H, labels = _CLASSES[kind(model)](parts, d), len(model.classes_)
    binary = getattr(model, "binarize", None)
    given = () if binary is None else (BINARY.format(threshold=binary),)
    if labels == 2:
        return [one.also(given) for one in counted(H, seen)]
    if kind(model) == "MLPClassifier":
        raise NoTheoremError(f"MLPClassifier with {labels} labels", "only two are known here")
    return [one.also(given) for one in compared_pairwise(H, seen, labels)]


def check_strategy(model: Any) -> None:
    """`NoTheoremError` where a model without features does not always say the same."""
    if model.strategy not in ("most_frequent", "prior", "constant"):
        what = f"DummyClassifier({model.strategy!r})"
        raise NoTheoremError(what, "it draws its labels at random")


def constant(parts: Parts, seen: Seen) -> list[Theorem]:
    """A model that always says the same: one of as many constants as there are labels."""
    labels = len(parts.final.classes_)

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


def check_class(H: Any) -> None:
    """`ValueError` where it is no class."""
    if not isinstance(H, HypothesisClass):
        raise ValueError(f"hypothesis_class must be a class such as gb.Halfspaces(20), got {H!r}")


def users_class(H: Any, seen: Seen, X: Any) -> list[Theorem]:
    """What is known of any model of a class; labelings are also counted with more ghosts."""
    inside_it = membership(H, seen, X)

    def ranked(delta: float) -> Ranking:
        found = risk(H, n=seen.n, errors=seen.errors, delta=delta)
        return Ranking([_of_all(one) for one in found.answers], found.skipped, idle=found.idle)

    k = ranked(0.05).theorems  # a class that no theorem speaks of is refused here, with the reason
    among = (AMONG.format(k=k),) if k > 1 else ()
    found = [Theorem(lambda delta: ranked(delta).paid, (inside(H), *among))]
    found += counted(H, seen) if H.values == "labels" else []
    return [one.also(inside_it) for one in found]


def _of_all(found: Answer) -> Answer:
    """The exact limit for several models as one about each hypothesis of a finite class."""
    if found.bound.name != "clopper_pearson_several":
        return found
    facts = dict(found.inputs)
    return Answer(find("occam_binomial"), log_prior=log(facts.pop("n_hypotheses")), **facts)


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
