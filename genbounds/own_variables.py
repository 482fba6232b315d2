"""Variables of one's own: names that `variable` adds to the vocabulary, for this process."""

import math
import re
from fractions import Fraction
from keyword import iskeyword
from typing import Any

from genbounds.variables import VARIABLES, Variable, from_row

OWN: dict[str, Variable] = {}
"""What `variable` added to the vocabulary, in this process."""


def variable(
    name: str, latex: str, domain: str, direction: str = "", *, typical: str, meaning: str,
    degree: int = 0,
) -> Variable:  # fmt: skip
    """Add a name to the vocabulary, for this process: bounds may then take it as an argument.

    `domain` is `"real (0, 1]"`, `"integer [1, inf)"`, `"sequence"` or `"data"`; `direction` says
    how an upper bound on a risk moves with it: `"+"`, `"-"`, or empty where it is not monotone;
    `typical` is the range that checks and pictures draw from, `"1..100"`; `degree` counts units of
    the loss. Declaring the same variable again is fine; one `ValueError` names every fault, also
    that the name has another meaning already.
    """
    row = (name, latex, domain, direction, typical, meaning, degree)
    faults = _row_faults(*row)
    if faults:
        raise ValueError(f"variable {name!r}: {'; '.join(faults)}")
    restore((from_row(*row),))
    return VARIABLES[name]


def restore(own: tuple[Variable, ...]) -> None:
    """Put variables of one's own into the vocabulary, unless a name means something else there."""
    for new in own:
        there = VARIABLES.setdefault(new.name, new)
        if there != new:
            raise ValueError(
                f"variable {new.name!r} is already in the vocabulary, with another meaning: "
                f"{there!r}; choose another name"
            )
        OWN[new.name] = there


_DOMAIN = re.compile(
    r"(?P<kind>real|integer) (?P<left>[\[(])(?P<low>-inf|-?\d[\d./e+-]*), "
    r"(?P<high>inf|-?\d[\d./e+-]*)(?P<right>[\])])"
)
_RANGE = re.compile(r"(?P<low>\d[\d.e+-]*?)\.\.(?P<high>\d[\d.e+-]*)")


def _row_faults(
    name: Any, latex: Any, domain: Any, direction: Any, typical: Any, meaning: Any, degree: Any
) -> list[str]:
    faults = []
    if not isinstance(name, str) or not name.isidentifier() or iskeyword(name) or name[0] == "_":
        faults.append("the name must be one that an argument can have")
    elif name in _RESERVED:
        faults.append("the name has another use in calls")
    for what, text in (("latex", latex), ("meaning", meaning)):
        if not isinstance(text, str) or not text.strip():
            faults.append(f"{what} must be a non-empty text, got {text!r}")
    if direction not in ("+", "-", ""):
        faults.append(f"direction must be '+', '-' or empty, got {direction!r}")
    if type(degree) is not int or not 0 <= degree <= 2:
        faults.append(f"degree must be 0, 1 or 2, got {degree!r}")
    return faults + _range_faults(str(domain), str(typical))


_RESERVED = {"target", "width", "growth", "epsilon", "unknown", "bound", "certified", "digits"}


def _range_faults(domain: str, typical: str) -> list[str]:
    if domain in ("sequence", "data"):
        return []
    parts = _DOMAIN.fullmatch(domain)
    if not parts:
        return [
            f"domain must read like 'real (0, 1]', 'integer [1, inf)' or 'sequence', got {domain!r}"
        ]
    try:
        low, high = (float(Fraction(x) if "/" in x else x) for x in parts.group("low", "high"))
    except (ValueError, ZeroDivisionError):
        return [f"the ends of domain must be numbers, got {domain!r}"]
    faults = [] if low < high else [f"domain must not be empty, got {domain!r}"]
    if parts["kind"] == "integer" and any(math.isfinite(x) and x % 1 for x in (low, high)):
        faults.append(f"the ends of an integer domain must be integers, got {domain!r}")
    if (high == math.inf and parts["right"] == "]") or (low == -math.inf and parts["left"] == "["):
        faults.append(f"an infinite end must be open, got {domain!r}")
    ends = _RANGE.fullmatch(typical)
    try:
        first, last = map(float, ends.group("low", "high")) if ends else (0.0, 0.0)
    except ValueError:
        ends, first, last = None, 0.0, 0.0
    if not ends or not 0 < first <= last:
        faults.append(f"typical must read like '1..100', with 0 < low <= high, got {typical!r}")
    elif not low <= first <= last <= high:
        faults.append(f"typical {typical} must lie in the domain {domain}")
    return faults
