"""Sample sizes and tail probabilities, read as the values that the referee tests.

A sample size says that epsilon is kept once n reaches it. A tail bounds the probability of an
event, which a world knows: there the probability is the truth, and each threshold an instance.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np

from genbounds.declaration import Bound, delegating
from genbounds.generic import where
from genbounds.referee.draws import Draws, NotKnownError
from genbounds.referee.rewriting import rewritten
from genbounds.two_sided import TwoSided

_OFF = {
    "gap": "absolute_supremum",
    "absolute_rademacher": "deviation_of_absolute_rademacher",
}


_NEARLY_ONE = Fraction(10**6 - 1, 10**6)


def as_value(theorem: Any) -> Any:
    """A theorem as the referee tests it: about a value, at a sample size, from one object.

    A sample size becomes the claim that epsilon is kept from there on, both sides of an additive
    bound become one claim about the size of the deviation, and a plain function with a `claim` a
    bound.
    """
    bound = theorem if hasattr(theorem, "arguments") else _declared(theorem)
    if isinstance(bound, TwoSided):
        bound = _both_sides(bound)
    stops = (bound.claim.quantity, bound.claim.side) == ("threshold", "equal")
    if stops and "epsilon" in bound.arguments:
        return _kept(bound, quantity="deviation", side="both")
    return _kept(bound, form="value") if bound.claim.form == "sample_size" else bound


def _kept(bound: Any, **claim: str) -> Bound:
    """The claim that epsilon is kept from the size n on; a rule's size is the sum of losses."""
    value = rewritten(
        bound, f"{bound.name}.value", "kept_from(value, n, epsilon)", extra="n",
        space={"kept_from": kept_from}, **claim,
    )  # fmt: skip
    value.size = bound  # type: ignore[attr-defined]
    return value


def _declared(function: Any) -> Bound:
    """A function that knows its claim, as a bound."""
    return Bound(function, function.claim, source=getattr(function, "source", "its author"))


def _both_sides(both: TwoSided) -> Bound:
    """One event, or half of delta each, around the empirical quantity."""
    if not (both.additive or both.deviation):
        raise ValueError(
            f"{both.name} is two bounds, each with half of delta: test {both.lower.name} and "
            f"{both.upper.name} by themselves"
        )
    shared = {} if both.one_event else {"delta": "delta / 2"}
    whole = delegating(both.bound, both.name, shared, claim=both.claim)
    whole.additive = both.additive
    return whole


def kept_from(size: Any, n: Any, epsilon: Any) -> Any:
    """epsilon from that size on; below it the theorem is silent."""
    return where(n >= size, lambda: epsilon + 0 * size, lambda: math.inf + 0 * size)


class TailDraws(Draws):
    """One outcome whose instances are thresholds, with the exact probability of reaching each."""

    def __init__(self, bound: Any, draws: Draws) -> None:
        if draws.weights is None:
            raise NotKnownError("the probability of an event is known where outcomes are listed")
        fixed = getattr(draws, "fixed_before_sample", None)
        if bound.claim.scope == "fixed_hypothesis" and fixed is not None and not np.all(fixed):
            raise NotKnownError("a tail speaks of a hypothesis that is fixed before the sample")
        arguments = set(bound.arguments)
        super().__init__(draws.n, np.ones(1, draws.weights.dtype), inner=draws)
        if "deviation" in arguments:
            self._of_risk(bound.name.endswith("lower_tail"))
        elif bound.claim.quantity == "risk_difference":
            self._of_equal_risks(bound)
        elif "epsilon" in arguments:
            self._of_size(_OFF.get(bound.claim.quantity, bound.claim.quantity))
        elif "empirical_risk" in arguments:
            self._beyond_risk()
        else:
            raise NotKnownError(f"no event is known that {bound.name} bounds")
        for name in arguments - {"delta", *self.__dict__}:
            self.__dict__[name] = draws[name]

    def outcome(self, t: int) -> str:
        """All outcomes count."""
        return "over all outcomes"

    def _of_risk(self, below: bool) -> None:
        """The mean loss reaches (1 + deviation) R, or falls to (1 - deviation) R."""
        risk, levels = self._risk, self._levels(self.inner.empirical_risk)
        if not risk > 0:
            self._set([1 + 0 * risk], deviation=[0 * risk], risk=[risk])
            return
        kept = [x for x in levels if (x <= risk if below else x >= risk)]
        sign = -1 if below else 1
        self._set(
            [self._chance(self.inner.empirical_risk, x, below) for x in kept],
            deviation=[sign * (x / risk - 1) for x in kept], risk=[risk] * len(kept),
        )  # fmt: skip

    def _beyond_risk(self) -> None:
        """The mean loss lies at least as far from the risk, on the same side."""
        risk, means = self._risk, self.inner.empirical_risk
        levels = self._levels(means)
        self._set(
            [self._chance(means, x, x < risk) for x in levels],
            empirical_risk=levels, risk=[risk] * len(levels),
        )  # fmt: skip

    def _of_equal_risks(self, bound: Any) -> None:
        """The counts have a p-value at most that of the instance, under equal risks."""
        if self.inner["risk_difference"] != 0:
            raise NotKnownError("a p-value speaks of models of equal risk")
        counts = {name: self.inner[name] for name in ("errors_first_only", "errors_second_only")}
        pairs = zip(*(x.ravel().tolist() for x in counts.values()), strict=True)
        p = np.array([bound(**dict(zip(counts, pair, strict=True))) for pair in pairs])[:, None]
        self._set(
            [self._chance(p, x * (1 + 1e-12), True) for x in p.ravel()],
            **{name: x.ravel().tolist() for name, x in counts.items()},
        )  # fmt: skip

    def _of_size(self, quantity: str) -> None:
        """The quantity is at least epsilon, which is below 1."""
        sizes = self.inner[quantity]
        levels = sorted({min(x, _NEARLY_ONE) for x in self._levels(sizes) if x > 0})
        self._set([self._chance(sizes, x, False) for x in levels], epsilon=levels)

    def _set(self, chances: list[Any], **facts: list[Any]) -> None:
        if not chances:
            raise NotKnownError("no threshold is reached in this world")
        kind = self.inner.weights.dtype
        self.reached = np.array([chances], kind)
        self.__dict__.update({name: np.array([x], kind) for name, x in facts.items()})

    @property
    def _risk(self) -> Any:
        risks = self.inner["risk"]
        if np.size(risks) != 1:
            raise NotKnownError("a tail of one mean speaks of one hypothesis")
        return np.ravel(risks)[0]

    @staticmethod
    def _levels(values: Any) -> list[Any]:
        return sorted(set(np.ravel(values).tolist()))

    def _chance(self, values: Any, level: Any, below: bool) -> Any:
        return self.inner.chance(values <= level if below else values >= level)
