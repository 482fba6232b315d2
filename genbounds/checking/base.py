"""What a property is, and the comparisons that several of them make."""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from genbounds.checking.domain import Domain, Facts
from genbounds.checking.result import Fault
from genbounds.declaration import Bound
from genbounds.formulas import hint

RELATIVE = 1e-11
"""How far two kinds of number may be apart, relative to the value."""


class Property(NamedTuple):
    """A check of a bound at one set of facts; `share` of the draws are tried.

    `check` gives a fault, or nothing. `why_not` says why the property does not apply, or nothing.
    """

    name: str
    check: Callable[[Domain, Facts], Fault | None]
    why_not: Callable[[Domain], str] = lambda domain: ""
    share: float = 1.0
    speaking: bool = True
    note: Callable[[Domain], str] = lambda domain: ""


def raised(bound: Bound, fault: Exception, *facts: Mapping[str, Any]) -> Fault:
    """An exception where a value was due."""
    return Fault(f"raises {hint(bound.formula, fault)}", facts)


def value(bound: Any, facts: Mapping[str, Any]) -> float:
    """The value, NaN where there is none: the property `number` is about that."""
    try:
        found = bound(**facts)
    except Exception:  # whatever an unknown formula raises
        return math.nan
    return float(found) if isinstance(found, (int, float)) else math.nan


def rounding(bound: Bound, *values: float) -> float:
    """What rounding may do to a comparison of values of this bound."""
    difference = bound.claim.quantity == "risk_difference" and bound.claim.form == "value"
    size = max((abs(x) for x in values if math.isfinite(x)), default=0.0)
    return 1e-13 * size + (4e-16 if difference else 5e-324)


def is_upper(bound: Bound) -> bool:
    """Whether the bound holds from above, so that larger values say less."""
    return bound.claim.side != "lower"


def reached_from_above(bound: Bound) -> bool:
    """Whether a goal is reached by values at most the target."""
    return is_upper(bound) or bound.claim.scope == "every_learner"


def has_rate_only(domain: Domain) -> str:
    """A rate without constants has no numbers to check."""
    return "a rate without constants has no number" if domain.bound.status == "order" else ""
