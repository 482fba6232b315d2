"""Bounds with their radius scaled: what is left of a theorem when it is made too small."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from genbounds.declaration import Bound, delegating
from genbounds.referee.readings import CENTRES


def scaled(bound: Any, factor: Fraction) -> Bound:
    """The bound with the distance from its centre (the empirical risk, or 0) times a factor."""
    centre = centre_formula(bound)
    shrunk = f"{centre} + ({{}} - {centre}) * {factor.numerator} / {factor.denominator}"
    small = delegating(bound, f"{bound.name}*{factor}", {}, claim=bound.claim, rewritten=shrunk)
    small.additive = bound.additive
    return small


def centre_formula(bound: Any) -> str:
    """The centre as Python source in the bound's arguments."""
    if bound.claim.quantity == "rademacher" and "empirical_rademacher" in bound.arguments:
        return "empirical_rademacher"
    if bound.claim.quantity != "risk" or bound.claim.form != "value":
        return "0"
    name = next((name for name in CENTRES if name in bound.arguments), "0")
    return "errors / n" if name == "errors" else name
