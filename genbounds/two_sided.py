"""Both sides of a bound at once: one event where the theorem has one, else half of delta a side."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from genbounds.arguments import is_allowed, settle
from genbounds.claims import Claim
from genbounds.declaration import SYMMETRIC, Bound, delegating
from genbounds.estimates import Estimate
from genbounds.variables import VARIABLES

if TYPE_CHECKING:
    from genbounds.enclosing import Enclosure


class TwoSided:
    """The interval that a bound and its mirror or partner give, with `delta` for both together.

    Calling it returns the pair (lower, upper) of raw values. The mirror of an additive bound is the
    same bound for the loss 1 - l; other bounds name their partner `<name>_lower`.
    """

    def __init__(self, bound: Bound) -> None:
        if "delta" not in bound.arguments or bound.claim.form != "value":
            raise ValueError(
                f"{bound.name} is no confidence bound with a delta to share between sides"
            )
        self.bound = bound
        self.name = f"{bound.name}.two_sided"
        self.source, self.entry, self.status = bound.source, bound.entry, bound.status
        self.additive, self.needs, self.fixed = bound.additive, bound.needs, bound.fixed
        self.arguments = bound.arguments
        self.deviation = bound.claim.quantity in SYMMETRIC
        if not (bound.additive or self.deviation):
            self.lower, self.upper = _partners(bound)

    def __reduce__(self) -> Any:
        return getattr, (self.bound, "two_sided")

    def __repr__(self) -> str:
        return f"<{self.name}({', '.join(self.arguments)}): {self.source}>"

    @property
    def claim(self) -> Claim:
        """The claim of both sides together."""
        return self.bound.claim._replace(side="both")

    @property
    def one_event(self) -> bool:
        """Whether both sides hold on the same event, so that nothing has to be shared."""
        if self.additive or self.deviation:
            return self.bound.claim.side == "both"
        return bool(self.upper.event) and self.upper.event == self.lower.event

    @cached_property
    def gap(self) -> Bound:
        """Half the width of the interval, for an additive bound."""
        gap = self.bound if self.deviation else self.bound.gap
        if self.one_event:
            return gap
        half = delegating(gap, f"{self.name}.gap", {"delta": "delta / 2"}, claim=self.claim)
        half.origin = (self, "gap")
        return half

    @cached_property
    def latex(self) -> str:
        """The two-sided inequality in LaTeX."""
        if self.additive or self.deviation:
            return self.gap.latex
        return rf"{self.lower.latex},\quad {self.upper.latex},\quad \delta \to \delta/2"

    def _repr_latex_(self) -> str | None:
        """Both sides as a notebook shows them."""
        from genbounds.rendering import left_side

        left = left_side(self.bound)
        try:
            if self.deviation:
                return rf"$\displaystyle \left|{left}\right| \le {self.latex}$"
            if self.additive:
                centre = VARIABLES[self.bound.empirical or ""].latex
                return rf"$\displaystyle \left|{left} - {centre}\right| \le {self.latex}$"
            low, high = self.lower.latex, self.upper.latex
        except TypeError:
            return None  # a notebook falls back on the plain text
        shared = "" if self.one_event else r",\quad \delta \to \delta/2"
        return rf"$\displaystyle {low} \le {left} \le {high}{shared}$"

    def __call__(self, **given: Any) -> tuple[Any, Any]:
        """The interval (lower, upper) that holds with probability at least 1 - delta."""
        if self.deviation:
            half = self.gap(**given)
            return -half, half
        facts = given
        if not self.one_event and "delta" in given:
            if not is_allowed("delta", given["delta"]):
                self.bound(**given)  # names every fault, not this one alone
            facts = given | {"delta": given["delta"] / 2}
        if not self.additive:
            return self.lower(**facts), self.upper(**facts)
        upper = self.bound(**facts)
        return self._mirrored(facts), upper

    def enclose(
        self, *, digits: int = 20, binary: bool = False, **given: Any
    ) -> tuple[Enclosure, Enclosure]:
        """Both ends with their proofs, as `Bound.enclose`; the lower one rounds down."""
        from genbounds.enclosing import enclosure

        def end(side: str) -> Enclosure:
            return enclosure(
                lambda **facts: self(**facts)[side == "upper"], self.arguments, given,
                side=side, what=self.name, digits=digits, binary=binary,
            )  # fmt: skip

        return end("lower"), end("upper")

    def _mirrored(self, facts: dict[str, Any]) -> Any:
        """The lower end: the loss 1 - l has the same deviation, below the empirical risk."""
        risk = self.bound.empirical or ""
        low, high = _at_ends(facts, risk)
        centre = settle(self.arguments, self.bound.prepared(low)[0]).values[risk]
        deviation = self.bound.gap(**{k: v for k, v in high.items() if k not in (risk, "errors")})
        return centre * facts.get("width", 1) - deviation


def _at_ends(facts: dict[str, Any], risk: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts with an estimated risk at its lower and at its upper end, its delta paid."""
    estimate = facts.get(risk)
    if not isinstance(estimate, Estimate):
        return facts, facts
    if estimate.end("-") is None:
        raise ValueError(
            f"{risk}: an estimate with ends [{estimate.lower}, {estimate.upper}] cannot enter both "
            "sides, which need both ends"
        )
    paid = facts | {"delta": facts["delta"] - estimate.delta}
    return paid | {risk: estimate.lower}, paid | {risk: estimate.upper}


def _partners(bound: Bound) -> tuple[Bound, Bound]:
    stem = bound.name.removesuffix("_lower")
    family = bound.formula.__globals__
    lower, upper = family.get(f"{stem}_lower"), family.get(stem)
    if lower is None or upper is None or {*lower.arguments} != {*upper.arguments}:
        raise ValueError(f"{bound.name} has no partner for the other side in the catalogue")
    return lower, upper
