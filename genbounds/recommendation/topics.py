"""The questions that facts raise: which theorems answer each, and what every other one is about."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from genbounds.claims import QUANTITIES, SCOPES, Claim
from genbounds.conversions import per_hypothesis
from genbounds.declaration import Bound
from genbounds.questions import AFTER_TRAINING, FINITE_CLASS
from genbounds.recommendation.applicability import Known
from genbounds.recommendation.groups import Topic


class Asked(NamedTuple):
    """The facts in order: of the training sample, of a test set, and what is open.

    `sought` is value, n or delta; `goal` an accuracy with its name, epsilon or target; `lowest`
    holds what theorems on every learner may use of a class.
    """

    trained: Known | None
    held_out: Known | None
    side: str
    several: int
    lowest: Mapping[str, Any]
    goal: tuple[str, Any] | None
    sought: str


Fits = Callable[[Claim, Bound], bool]


class Part(NamedTuple):
    """One group to be: which theorems answer it, from which facts, and as what.

    `form` is value, gap (the deviation from a rate that is not known yet), n, tail (a failure
    probability), excess or excess_n.
    """

    topic: Topic
    known: Known
    fits: Fits
    form: str


def parts(asked: Asked) -> Iterator[Part]:
    """The questions that the facts raise, the weakest conditions first."""
    if asked.held_out is not None:
        yield from _of_test_set(asked, asked.held_out)
    if asked.trained is not None:
        yield from _of_training(asked, asked.trained)


def _of_test_set(asked: Asked, known: Known) -> Iterator[Part]:
    k = asked.several
    if known.facts.keys() & {"errors_first_only", "errors_second_only"}:
        yield Part(_topic("p_value"), known, _is_test, "value")
        yield Part(_topic("difference"), known, _is_difference, "value")
    elif k > 1:
        topic = _topic("held_out", f"the risk of each of the {k} models, so also of the best,")
        known = known.having(n_hypotheses=k)
        yield Part(topic, known, _of_several, _form(asked, known))
    else:
        yield Part(_topic("held_out"), known, _of_fixed, _form(asked, known))


def _of_training(asked: Asked, known: Known) -> Iterator[Part]:
    form = _form(asked, known)
    yield Part(_topic("trained"), known, _of_class, form)
    yield Part(_topic("posterior"), known, _of_scope("every_posterior", "risk"), form)
    if form in ("value", "gap"):
        yield Part(_topic("posterior_gap"), known, _of_scope("every_posterior", "gap"), "gap")
    yield Part(_topic("draw"), known, _of_scope("posterior_draw", "risk"), form)
    if asked.side != "lower" and form != "tail" and asked.goal is None:
        yield Part(_topic("excess"), known, _of_excess, "excess")
    if asked.side != "lower" and form == "n":
        yield Part(_topic("excess"), known, _of_excess, "excess_n")
    if asked.sought == "value":
        facts = {k: v for k, v in known.facts.items() if k in ("n", "delta", "vc_dim")}
        yield Part(_topic("limit"), Known({**facts, **asked.lowest}), _of_learners, "value")


def _topic(key: str, whom: str = "") -> Topic:
    question, usual, seen = _QUESTIONS[key]
    return Topic(key, question, whom or usual, seen)


def _form(asked: Asked, known: Known) -> str:
    if asked.sought == "delta":
        return "tail"
    if asked.sought == "n" and "n" not in known.facts:
        return "n"
    return "value" if known.observed else "gap"


_ON_TEST, _ON_SAMPLE = "its error on the test set", "its error on the sample"
_QUESTIONS = {
    "held_out": (
        "What is the risk of the model, judged by data that played no part in making it?",
        "the risk of the model", _ON_TEST,
    ),
    "trained": (
        "What is the risk of the trained model, judged by the sample that it was trained on?",
        "the risk of the trained model", _ON_SAMPLE,
    ),
    "posterior": (
        "What is the Gibbs risk, on average over the hypotheses of the posterior?",
        "the Gibbs risk of the posterior", _ON_SAMPLE,
    ),
    "posterior_gap": (
        "How far is the Gibbs risk from the Gibbs risk on the sample?",
        "the Gibbs risk of the posterior", _ON_SAMPLE,
    ),
    "draw": (
        "What is the risk of one hypothesis drawn from the posterior?",
        "the risk of the hypothesis that was drawn", _ON_SAMPLE,
    ),
    "excess": (
        "How far is the minimiser of the empirical risk from the best of its class?",
        "the risk of the minimiser of the empirical risk", "that of the best of its class",
    ),
    "limit": ("What does no learner get below, whatever it does, for some law?", "", ""),
    "p_value": ("How surprising is this split of the errors if both risks are equal?", "", ""),
    "difference": ("By how much is the risk of the first model above that of the second?", "", ""),
}  # fmt: skip


# --- which theorems answer


def _is_risk(claim: Claim) -> bool:
    return claim.quantity == "risk" and claim.form == "value"


def _of_fixed(claim: Claim, bound: Bound) -> bool:
    return _is_risk(claim) and claim.scope == "fixed_hypothesis"


def _of_several(claim: Claim, bound: Bound) -> bool:
    """Models that were fixed before the sample are a finite class."""
    counted = {"n_hypotheses", "log_cardinality"} & {*bound.arguments}
    scopes = ("several_hypotheses", *AFTER_TRAINING)
    plain = counted and "margin" not in bound.arguments
    return _is_risk(claim) and claim.scope in scopes and bool(plain)


def _of_class(claim: Claim, bound: Bound) -> bool:
    """Of every hypothesis, or of what an algorithm returned, whatever the law."""
    several = bound.name.removesuffix("_lower") in FINITE_CLASS
    output = claim.scope == "output" and claim.setting == "agnostic"
    return _is_risk(claim) and (claim.scope in AFTER_TRAINING or several or output)


def _of_scope(scope: str, quantity: str) -> Fits:
    def fits(claim: Claim, bound: Bound) -> bool:
        about = claim.quantity == quantity and claim.form == "value"
        return about and claim.scope == scope and claim.loss != "sub_gaussian"

    return fits


def _of_excess(claim: Claim, bound: Bound) -> bool:
    if claim.form != "value":
        return False
    uniform = claim.scope == "every_hypothesis" and bound.additive and not per_hypothesis(bound)
    return (_is_risk(claim) and uniform) or (
        claim.scope == "erm" and claim.quantity == "excess_risk"
    )


def _of_learners(claim: Claim, bound: Bound) -> bool:
    return claim.scope == "every_learner" and claim.form == "value" and claim.setting == "agnostic"


def _is_test(claim: Claim, bound: Bound) -> bool:
    return claim.quantity == "risk_difference" and claim.form == "failure_probability"


def _is_difference(claim: Claim, bound: Bound) -> bool:
    return claim.quantity == "risk_difference" and claim.form == "value"


# --- what the others are about


def about(bound: Bound, asked: Asked) -> str:
    """Why a theorem that answers none of the questions does not."""
    claim = bound.claim
    if claim.scope == "fixed_hypothesis" and claim.quantity == "risk":
        if asked.held_out is None:
            return "it is for a model fixed before the sample; this one was trained on it"
        return _models(asked.several)
    if claim.quantity == "risk" and claim.form == "value" and asked.trained is None:
        return f"it is about {SCOPES[claim.scope]}; these facts are of a test set alone"
    whose = f" of {SCOPES[claim.scope]}" if claim.scope in ("some_learner", "output") else ""
    form = _FORMS.get(claim.form, "")
    return f"another question: {form}{QUANTITIES[claim.quantity]}{whose}"


def _models(several: int) -> str:
    if several == 1:
        return "another question: it bounds the probability of a deviation"
    return f"it is for one model; with delta/{several} for each it would hold for the best of them"


_FORMS = {
    "failure_probability": "the failure probability for ",
    "sample_size": "the sample size for ",
}
