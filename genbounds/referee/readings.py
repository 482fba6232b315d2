"""How a claim is put to the test: what is true, what the bound says, and for whom both must fit.

The deviation of an instance is its truth less the centre that the bound adds to (the empirical
risk, or 0), the radius is the bound's value less that centre; their ratio exceeds 1 where the bound
is violated. Claims from below turn both around, two-sided ones take the deviation's size.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from genbounds.generic import sqrt
from genbounds.referee.draws import Draws, Irrational, NotKnownError
from genbounds.referee.entrywise import values
from genbounds.referee.forms import TailDraws

CENTRES: dict[str, Callable[[Mapping[str, Any]], Any]] = {
    "": lambda facts: 0,
    "empirical_risk": lambda facts: facts["empirical_risk"],
    "margin_risk": lambda facts: facts["margin_risk"],
    "surrogate_risk": lambda facts: facts["surrogate_risk"],
    "errors": lambda facts: facts["errors"] / facts["n"],
    "errors_first_only": lambda facts: (
        (facts["errors_first_only"] - facts["errors_second_only"]) / facts["n"]
    ),
    "losses": lambda facts: mean_of(facts["losses"]),
    "positive_part": lambda facts: (
        facts["split_point"] + facts["positive_part"] - facts["negative_part"]
    ),
    "empirical_rademacher": lambda facts: facts["empirical_rademacher"],
    "sample_variance": lambda facts: root_of(facts["sample_variance"]),
}
"""The empirical quantities that bounds add their deviation to, by the argument that holds them."""

_WITH = {"positive_part": ("split_point", "negative_part")}
_CENTRE_OF = {
    "risk": (
        "empirical_risk",
        "margin_risk",
        "surrogate_risk",
        "errors",
        "losses",
        "positive_part",
    ),
    "risk_difference": ("errors_first_only",),
    "rademacher": ("empirical_rademacher",),
    "std": ("sample_variance",),
}

ALL_AT_ONCE = (
    "several_hypotheses", "adaptive_hypotheses", "every_hypothesis", "every_posterior", "the_class",
    "output", "fixed_function", "the_coefficients",
)  # fmt: skip
"""Scopes whose instances must all keep the bound at once."""
_RISKS = ("risk", "excess_risk", "gap")
_TIE = 1e-12


def _finite(values: Any) -> Any:
    """Infinite values as 0: they are compared without rounding."""
    return np.where(np.isfinite(values), values, 0.0)


def mean_of(losses: Any) -> Any:
    """The mean of a sequence, or of each in an array of sequences."""
    if isinstance(losses, np.ndarray) and losses.dtype == object:
        return np.vectorize(lambda row: sum(row) / len(row), otypes=[object])(losses)
    return sum(losses) / len(losses)


def root_of(x: Any) -> Any:
    """The square root of a number or an array; of fractions it stays exact."""
    if isinstance(x, np.ndarray) and x.dtype == object:
        return np.vectorize(lambda v: Irrational(sqrt, (Fraction(v),)), otypes=[object])(x)
    return sqrt(x)


class Reading(NamedTuple):
    """Truth, value and centre of every instance, arrays that broadcast to (T, K); truth of what.

    A truth that is known up to an `error` counts at the end that is safe for the bound.
    """

    truth: Any
    value: Any
    centre: Any
    quantity: str
    side: str
    error: Any = 0

    @property
    def deviation(self) -> Any:
        """(T, K) how far the truth lies from the centre, on the side that the claim limits."""
        with np.errstate(invalid="ignore"):
            deviation = self.truth - self.centre
        if self.side == "lower":
            return -deviation - self.error
        return (abs(deviation) if self.side in ("both", "equal") else deviation) - self.error

    @property
    def radius(self) -> Any:
        """(T, K) how far the bound lets the truth lie from the centre."""
        with np.errstate(invalid="ignore"):
            radius = self.value - self.centre
        return -radius if self.side == "lower" else radius

    @property
    def margins(self) -> Any:
        """(T, K) bound less truth, from the claim's side; negative where it is violated."""
        return self.radius - self.deviation

    @property
    def ratios(self) -> Any:
        """(T, K) deviation over radius; above 1 the instance violates the bound."""
        deviation, radius = self.deviation, self.radius
        with np.errstate(all="ignore"):
            found = np.where(radius == math.inf, 0.0, deviation / radius)
            if self.side == "equal":
                found = np.maximum(found, radius / deviation)
            below = self._counted_from_below(deviation, radius)
            found = np.where(below, radius / deviation, found)
            beyond = deviation - radius
            doubt = _TIE * (abs(_finite(self.value)) + abs(self.truth))
            over = (abs(beyond) if self.side == "equal" else beyond) > doubt
        found = np.where((found > 1) & ~over, 1.0, found)  # a tie in floats counts for the bound
        return np.where((radius > 0) | below, found, np.where(over, math.inf, -math.inf))

    def _counted_from_below(self, deviation: Any, radius: Any) -> Any:
        """Where a positive truth has a positive lower bound: there the bound over the truth."""
        if self.side != "lower" or np.any(self.centre):
            return False
        return (radius < 0) & (deviation < 0)


def facts_for(bound: Any, draws: Draws, delta: Any) -> dict[str, Any]:
    """The arguments of the bound on these outcomes; one error names all that the world lacks."""
    claim = bound.claim
    if claim.scope in ("some_learner", "every_learner"):
        raise NotKnownError(f"a claim about {claim.scope.replace('_', ' ')} names no hypothesis")
    if (claim.quantity, claim.side) == ("threshold", "equal"):
        raise NotKnownError("a rule for stopping says nothing of one sample size")
    if claim.setting == "realizable" and np.max(draws["best_risk"]) > 0:
        raise NotKnownError("no hypothesis of the world is without error")
    facts, missing = {}, []
    for name in bound.arguments:
        try:
            facts[name] = delta if name == "delta" else draws[name]
        except NotKnownError as fault:
            missing.append(f"{name} ({fault})")
    if missing:
        raise NotKnownError(f"the world does not know {', '.join(missing)}")
    return facts


def centre_of(bound: Any, facts: Mapping[str, Any]) -> Any:
    """What the bound's deviation is counted from: 0 where it takes no empirical quantity."""
    return CENTRES[centre(bound)](facts)


def centre(bound: Any) -> str:
    """The argument that the bound adds its deviation to; empty where there is none."""
    if bound.claim.form != "value":
        return ""
    wanted = _CENTRE_OF.get(bound.claim.quantity, ())
    known = {*bound.arguments}
    return next((name for name in wanted if {name, *_WITH.get(name, ())} <= known), "")


def read(bound: Any, draws: Draws, delta: Any) -> Reading:
    """Truth, value and centre of each instance, in floats."""
    side, quantity = bound.claim.side, truth_of(bound)
    if uniform(bound):
        facts = facts_for(bound.gap, draws, delta)
        radius = np.asarray(bound.gap(**facts), float)
        if radius.ndim < 2 or radius.shape[1] == 1:
            quantity = "absolute_supremum" if side == "both" else "supremum"
            return Reading(draws[quantity], radius, 0, quantity, side)
    facts = facts_for(bound, draws, delta)
    value = values(bound, facts)
    if np.isnan(value).any():
        raise NotKnownError(f"{bound.name} gives no number on some outcomes of this world")
    if bound.claim.form == "failure_probability":
        value = np.where(value < 1, value, math.inf)  # that an event may be certain says nothing
    if bound.claim.surely == "expectation":
        means = draws.mean(draws[quantity]), draws.mean(value)
        return Reading(*means, 0, quantity, side, _TIE)
    middle = np.asarray(centre_of(bound, facts), float)
    error = getattr(draws, "risk_error", 0) if quantity in _RISKS else 0
    truth = draws[quantity]
    truth = np.asarray(truth(draws.n) if callable(truth) else truth, float)
    return Reading(truth, value, middle, quantity, side, error)


def truth_of(bound: Any) -> str:
    """The name of what the bound limits: the claim's quantity, or the chance of a tail's event."""
    return "reached" if bound.claim.form == "failure_probability" else bound.claim.quantity


def as_read(bound: Any, draws: Draws) -> Draws:
    """The draws as the claim's form wants them."""
    return TailDraws(bound, draws) if bound.claim.form == "failure_probability" else draws


def uniform(bound: Any) -> bool:
    """Whether one radius around the empirical risk serves all: the supremum then decides alone."""
    claim = bound.claim
    whole = (claim.quantity, claim.form, claim.scope) == ("risk", "value", "every_hypothesis")
    additive = getattr(bound, "additive", False) and bound.empirical == "empirical_risk"
    return whole and additive and claim.side in ("upper", "both") and claim.time == "fixed_n"


def spoken_for(bound: Any, draws: Draws) -> Any:
    """The instances, a mask that broadcasts with (T, K), that the claim speaks of."""
    claim = bound.claim
    if claim.form == "failure_probability" or claim.surely == "expectation":
        return True
    mask: Any = True
    if claim.scope in ("fixed_hypothesis", "several_hypotheses", "adaptive_hypotheses"):
        mask = _fixed(draws)
    if claim.scope == "erm":
        mask = minimisers(draws)
    if claim.scope == "consistent_hypotheses" or "no_errors_seen" in bound.given:
        mask = mask & (draws["empirical_risk"] == 0)
    return mask


def _fixed(draws: Draws) -> Any:
    """The instances that are fixed before the sample: all, unless the world says which."""
    fixed = getattr(draws, "fixed_before_sample", None)
    if fixed is not None and not np.any(fixed):
        raise NotKnownError("no hypothesis of the world is fixed before the sample")
    return True if fixed is None else fixed


def minimisers(draws: Draws) -> Any:
    """(T, K) whether an instance has the least empirical risk in the whole class."""
    try:
        return draws["minimisers"]
    except NotKnownError:
        risks = draws["empirical_risk"]
        return risks == risks.min(axis=1, keepdims=True)


def together(bound: Any, draws: Draws) -> bool:
    """Whether all instances must keep the bound at once; else each has its own probability."""
    claim = bound.claim
    at_once = claim.scope in (*ALL_AT_ONCE, "erm", "consistent_hypotheses")
    at_once = at_once or claim.surely == "expectation"
    watched = claim.time == "every_n" and np.ndim(draws.n) > 0
    return at_once or watched or claim.form == "failure_probability"


def ratios(bound: Any, draws: Draws, delta: Any) -> Any:
    """(T, K) ratios of deviation to radius, -inf for instances that the claim leaves out."""
    return covered(bound, draws, read(bound, draws, delta).ratios)


def covered(bound: Any, draws: Draws, found: Any) -> Any:
    """The ratios, -inf for instances that the claim leaves out, as a (T, K) array."""
    mask = spoken_for(bound, draws)
    return np.atleast_2d(found if mask is True else np.where(mask, found, -math.inf))


def chance_beyond(bound: Any, draws: Draws, found: Any, factor: float = 1.0) -> Any:
    """The probability that the claim fails with its radius scaled by `factor`."""
    hit = found > factor
    if bound.claim.scope == "posterior_draw":
        return draws.chance((hit * draws["posterior"]).sum(axis=1, keepdims=True))
    if together(bound, draws):
        return draws.chance(hit)
    return max(draws.chance(hit[:, [k]]) for k in range(hit.shape[1]))
