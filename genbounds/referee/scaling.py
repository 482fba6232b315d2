"""Bounds with their radius scaled: what is left of a theorem when it is made too small."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from genbounds.declaration import Bound
from genbounds.generic import sqrt
from genbounds.referee.readings import centre
from genbounds.referee.rewriting import rewritten

_FORMULAS = {
    "": "0",
    "errors": "errors / n",
    "errors_first_only": "(errors_first_only - errors_second_only) / n",
    "losses": "sum(losses) / len(losses)",
    "positive_part": "split_point + positive_part - negative_part",
    "sample_variance": "sqrt(sample_variance)",
}


def scaled(bound: Any, factor: Fraction) -> Bound:
    """The bound with the distance from its centre (the empirical risk, or 0) times a factor.

    A lower bound that counts from 0 is made sharper the other way: it is divided by the factor.
    """
    name = centre(bound)
    if bound.claim.side == "lower" and not name:
        factor = 1 / factor
    middle = f"({_FORMULAS.get(name, name)})"
    body = f"{middle} + (value - {middle}) * {factor.numerator} / {factor.denominator}"
    return rewritten(bound, f"{bound.name}*{factor}", body, space={"sqrt": sqrt})
