"""What a bound does not say, read off the fields of its claim: one sentence each."""

from collections.abc import Iterator

from genbounds.claims import Claim
from genbounds.declaration import Bound
from genbounds.two_sided import TwoSided

_RISKS = ("risk", "excess_risk", "gap", "supremum", "absolute_supremum", "risk_difference")
_COMPLEXITIES = (
    "rademacher", "empirical_rademacher", "absolute_rademacher", "gaussian_complexity",
    "offset_complexity", "sequential_rademacher", "local_fixed_point", "log_covering",
    "log_packing", "signed_sum", "moment_norm", "expected_maximum",
)  # fmt: skip
_AT_ONCE = (
    "several_hypotheses", "adaptive_hypotheses", "every_hypothesis", "consistent_hypotheses",
    "every_posterior",
)  # fmt: skip
_OF_SCOPE = {
    "fixed_hypothesis": (
        "It is not about a hypothesis that was chosen on this very sample: its error on the "
        "sample it was fitted to is too small by an amount that this bound does not contain."
    ),
    "several_hypotheses": (
        "It is not about a hypothesis outside the list that was fixed in advance."
    ),
    "adaptive_hypotheses": "It is not about more hypotheses than were counted.",
    "consistent_hypotheses": (
        "It says nothing about a hypothesis that makes an error on the sample."
    ),
    "erm": (
        "It is about the exact minimiser of the empirical risk, not about what a training "
        "procedure stops at."
    ),
    "output": (
        "It is about the output of the algorithm as the theorem describes it, not about other "
        "hypotheses."
    ),
    "some_learner": "It says that some learning algorithm does as well, not that yours does.",
    "every_learner": (
        "It is about the hardest law for a learner: on the law that you have, a learner may do "
        "far better."
    ),
    "every_posterior": (
        "It bounds an average over the posterior, not the risk of one hypothesis drawn from it, "
        "nor that of their majority vote."
    ),
    "posterior_draw": (
        "It is about one draw from the posterior: drawing again and keeping the best needs a new "
        "share of delta for each draw."
    ),
    "fixed_function": "It is not about a function that was chosen after the sample was seen.",
}
_OF_DATA = {
    "iid": (
        "It says nothing about data from another distribution than the sample's (another time, "
        "place or population)."
    ),
    "independent": (
        "It says nothing about dependent observations, such as neighbours in a time series."
    ),
    "martingale": "It says nothing once the conditional mean drifts.",
    "exchangeable": (
        "It says nothing about observations that are not exchangeable with the sample."
    ),
    "without_replacement": (
        "It is about this finite population alone, not about one that it came from."
    ),
}
_OF_QUANTITY = {
    "risk": (
        "It does not say how far the risk is from the best that the class, or anybody, could reach."
    ),
    "excess_risk": (
        "It does not say how large the risk itself is: the best of the class may be bad."
    ),
    "gap": (
        "It bounds a difference: a small gap with a large empirical risk is still a large risk."
    ),
    "regret": "It compares with the best fixed choice on the same sequence, not with future data.",
    "training_error": "It is about the sample, not about new observations.",
    "margin_error": "It is about the sample, not about new observations.",
    "loo_error": "It is about the leave-one-out error, not yet about the risk.",
    "risk_difference": (
        "It says which of two models is better, not whether either of them is good."
    ),
    "variance": "It is about the spread of the loss, not about its mean.",
    "std": "It is about the spread of the loss, not about its mean.",
    "supremum": (
        "It is about the worst hypothesis of the class, which need not be the one at hand."
    ),
    "absolute_supremum": (
        "It is about the worst hypothesis of the class, which need not be the one at hand."
    ),
}


def silences_of(bound: Bound | TwoSided) -> tuple[str, ...]:
    """The sentences that apply to this theorem."""
    return tuple(_sentences(bound, bound.claim))


def _sentences(bound: Bound | TwoSided, claim: Claim) -> Iterator[str]:
    if not claim.is_guarantee:
        yield "It is no guarantee: at a finite n the true probability may be larger than stated."
    yield from filter(None, (_OF_SCOPE.get(claim.scope), _of_data(claim)))
    yield from _of_surety(bound, claim)
    if claim.quantity in _COMPLEXITIES:
        yield "A complexity alone bounds no risk: it has to go into a theorem that does."
    elif (
        claim.form == "value" and claim.quantity in _OF_QUANTITY and claim.scope != "every_learner"
    ):
        yield _OF_QUANTITY[claim.quantity]
    yield from _of_side(claim)
    if claim.quantity in ("risk", "excess_risk", "gap") and claim.scope != "every_learner":
        yield "It is about the loss that it names, not about any other cost of an error."


def _of_data(claim: Claim) -> str | None:
    return _OF_DATA.get(claim.data) if claim.quantity in _RISKS else None


def _of_surety(bound: Bound | TwoSided, claim: Claim) -> Iterator[str]:
    if claim.scope == "every_learner" or claim.form != "value":
        return
    if claim.surely == "expectation":
        yield "It is an average over samples: on the sample at hand the value may be exceeded."
    if "delta" not in bound.arguments:
        return
    yield (
        "delta bounds the share of samples on which the statement fails; it is not the "
        "probability, given these data, that it is false."
    )
    further = "bound or sample" if claim.scope in _AT_ONCE else "model, group or bound"
    yield f"It is one statement at one delta: each further {further} read off needs its own."
    if claim.time == "fixed_n" and "n" in bound.arguments:
        yield (
            "It holds for one n fixed in advance, not for every n at once: looking while data come "
            "in and stopping at a good moment is not covered."
        )


def _of_side(claim: Claim) -> Iterator[str]:
    if claim.form == "sample_size":
        necessary = claim.side == "lower"
        yield (
            "It does not say that so many observations are enough."
            if necessary
            else "It does not say that so many observations are necessary: fewer may do."
        )
    elif claim.side == "upper" and claim.form == "value":
        yield "It is no estimate: the true value may lie far below."
    elif claim.side == "lower" and claim.scope != "every_learner":
        yield "It is no estimate: the true value may lie far above."
