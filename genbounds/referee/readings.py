"""How a claim is put to the test: what is true, what the bound says, and for whom both must fit.

The deviation of an instance is its truth less the centre that the bound adds to (the empirical
risk, or 0), the radius is the bound's value less that centre; their ratio exceeds 1 where the bound
is violated. Claims from below turn both around, two-sided ones take the deviation's size.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.entrywise import values

CENTRES = ("empirical_risk", "margin_risk", "surrogate_risk", "errors")
"""Arguments from which a bound on a risk counts its deviation, in order."""

ALL_AT_ONCE = (
    "several_hypotheses", "adaptive_hypotheses", "every_hypothesis", "every_posterior", "the_class",
    "output", "fixed_function", "the_coefficients",
)  # fmt: skip
"""Scopes whose instances must all keep the bound at once."""
_DEVIATIONS = ("gap", "deviation", "cdf_deviation", "risk_difference")
_TIE = 1e-12


class Reading(NamedTuple):
    """Truth, value and centre of every instance, arrays that broadcast to (T, K); truth of what."""

    truth: Any
    value: Any
    centre: Any
    quantity: str
    side: str

    @property
    def deviation(self) -> Any:
        """(T, K) how far the truth lies from the centre, on the side that the claim limits."""
        with np.errstate(invalid="ignore"):
            deviation = self.truth - self.centre
        if self.side == "lower":
            return -deviation
        return abs(deviation) if self.side in ("both", "equal") else deviation

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
        over = deviation > np.maximum(radius, 0) + _TIE * (abs(self.value) + abs(self.truth))
        return np.where(radius > 0, found, np.where(over, math.inf, -math.inf))


def facts_for(bound: Any, draws: Draws, delta: Any) -> dict[str, Any]:
    """The arguments of the bound on these outcomes; one error names all that the world lacks."""
    claim = bound.claim
    if claim.scope in ("some_learner", "every_learner"):
        raise NotKnownError(f"a claim about {claim.scope.replace('_', ' ')} names no hypothesis")
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
    if bound.claim.quantity not in ("risk", "rademacher"):
        return 0
    if bound.claim.quantity == "rademacher":
        return facts.get("empirical_rademacher", 0)
    name = next((name for name in CENTRES if name in facts), None)
    if name is None or bound.claim.form != "value":
        return 0
    return facts["errors"] / facts["n"] if name == "errors" else facts[name]


def read(bound: Any, draws: Draws, delta: Any) -> Reading:
    """Truth, value and centre of each instance, in floats."""
    side = bound.claim.side
    if uniform(bound):
        facts = facts_for(bound.gap, draws, delta)
        radius = np.asarray(bound.gap(**facts), float)
        if radius.ndim < 2 or radius.shape[1] == 1:
            quantity = "absolute_supremum" if side == "both" else "supremum"
            return Reading(draws[quantity], radius, 0, quantity, side)
    facts = facts_for(bound, draws, delta)
    value = values(bound, facts)
    quantity = bound.claim.quantity
    return Reading(draws[quantity], value, centre_of(bound, facts), quantity, side)


def uniform(bound: Any) -> bool:
    """Whether one radius around the empirical risk serves all: the supremum then decides alone."""
    claim = bound.claim
    whole = (claim.quantity, claim.form, claim.scope) == ("risk", "value", "every_hypothesis")
    additive = getattr(bound, "additive", False) and bound.empirical == "empirical_risk"
    return whole and additive and claim.side in ("upper", "both") and claim.time == "fixed_n"


def spoken_for(bound: Any, draws: Draws) -> Any:
    """The instances, a mask that broadcasts with (T, K), that the claim speaks of."""
    scope = bound.claim.scope
    if scope == "consistent_hypotheses" or "no_errors_seen" in bound.given:
        return draws["empirical_risk"] == 0
    if scope == "erm":
        risks = draws["empirical_risk"]
        return risks == risks.min(axis=1, keepdims=True)
    return True


def together(bound: Any) -> bool:
    """Whether all instances must keep the bound at once; else each has its own probability."""
    claim = bound.claim
    return claim.time == "every_n" or claim.scope in (*ALL_AT_ONCE, "erm", "consistent_hypotheses")


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
    if together(bound):
        return draws.chance(hit)
    return max(draws.chance(hit[:, [k]]) for k in range(hit.shape[1]))
