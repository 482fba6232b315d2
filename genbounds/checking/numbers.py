"""Properties of the numbers: there is one, it is possible, every kind of number agrees on it."""

import math
from typing import Any

from genbounds.answers import trivial_value
from genbounds.checking.base import (
    RELATIVE,
    Property,
    has_rate_only,
    is_upper,
    raised,
    rounding,
    value,
)
from genbounds.checking.domain import Domain, Facts
from genbounds.checking.result import Fault
from genbounds.formulas import names_of

MOST_IN_DIGITS = 3000
"""Counts above which sums in digits take too long to be tried."""
_SUMMED = ("binomial_tail", "binomial_log_tail", "hypergeometric_", "beta_quantile", "sum_to")
OUTWARD = 1e-8
"""What an algorithm may round to the safe side."""


def _is_number(domain: Domain, facts: Facts) -> Fault | None:
    bound = domain.bound
    try:
        found = bound(**facts)
    except Exception as fault:  # whatever an unknown formula raises
        return raised(bound, fault, facts)
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return Fault(f"gives no number but {type(found).__name__} {found!r:.60}", (facts,))
    if math.isnan(found):
        return Fault("is NaN", (facts,))
    if math.isfinite(found) or (found == bound.silence and not domain.speaks(facts)):
        return None
    return None if _beyond_floats(domain, facts) else Fault(f"is {found}", (facts,))


def _in_digits(domain: Domain, facts: Facts) -> Any:
    from mpmath import mpf

    numbers = {name: mpf(facts[name]) for name in domain.numbers}
    return domain.bound(**facts | numbers)


def _beyond_floats(domain: Domain, facts: Facts) -> bool:
    """Whether the value, in digits, is larger than every float: then infinity is right."""
    import mpmath

    try:
        with mpmath.workdps(30):
            exact = _in_digits(domain, facts)
            return bool(mpmath.isfinite(exact) and abs(exact) > 1.7e308)
    except Exception:  # whatever an unknown formula raises
        return False


def _is_silent(domain: Domain, facts: Facts) -> Fault | None:
    if domain.speaks(facts):
        return None
    unmet = ", ".join(domain.bound.unmet(facts))
    found = value(domain.bound, facts)
    if found == domain.bound.silence or math.isnan(found):
        return None
    return Fault(f"is {found!r} where {unmet} fails, and should be silent", (facts,))


def _never_unmet(domain: Domain) -> str:
    if not domain.bound.needs:
        return "the theorem needs no relation between its arguments"
    drawn = zip(range(2000), domain.draws("silence", speaking=False), strict=False)
    if all(domain.speaks(facts) for _, facts in drawn):
        return "no drawn facts violate what the theorem needs"
    return has_rate_only(domain)


def _is_possible(domain: Domain, facts: Facts) -> Fault | None:
    """An upper bound is not below what the quantity can be at least, a lower one not above."""
    bound, found = domain.bound, value(domain.bound, facts)
    end = _impossible_beyond(domain)
    if end is None or math.isnan(found):
        return None
    room = rounding(bound, found, 1.0)
    if is_upper(bound) and found < end - room:
        return Fault(f"is {found!r}, but the quantity is at least {end:g}", (facts,))
    if not is_upper(bound) and found > end + room and math.isfinite(found):
        return Fault(f"is {found!r}, but the quantity is at most {end:g}", (facts,))
    return None


def _impossible_beyond(domain: Domain) -> float | None:
    claim = domain.bound.claim
    if claim.form == "sample_size":
        return 0.0 if is_upper(domain.bound) else None
    if is_upper(domain.bound):
        return trivial_value(claim, "lower")
    return trivial_value(claim, "upper") if claim.quantity == "risk" else None


def _no_range(domain: Domain) -> str:
    if not domain.bound.claim.is_guarantee:
        return "an approximation may leave the range"
    known = _impossible_beyond(domain) is not None
    return has_rate_only(domain) or ("" if known else "the quantity has no range known here")


def _agrees_in_arrays(domain: Domain, facts: Facts) -> Fault | None:
    import numpy as np

    bound = domain.bound
    two = [facts, _beside(domain, facts)]
    expected = [value(bound, each) for each in two]
    given = {name: np.array([each[name] for each in two], float) for name in domain.numbers}
    try:
        found = np.asarray(bound(**facts | given))
    except Exception as fault:  # whatever an unknown formula raises
        return Fault(f"of arrays {raised(bound, fault).says}", (facts,))
    if found.shape != (2,):
        return Fault(f"of two facts is an array of shape {found.shape}", (facts,))
    for each, number, entry in zip(two, expected, found.tolist(), strict=True):
        if not math.isnan(number) and not _near(number, entry, rounding(bound, number)):
            return Fault(f"is {number!r} for numbers and {entry!r} in an array", (each,))
    return None


def _beside(domain: Domain, facts: Facts) -> Facts:
    """Other numbers that go with the same functions and sequences."""
    typical = domain.typical or facts
    return domain.repaired(facts | {name: typical[name] for name in domain.numbers})


def _near(number: float, other: float, room: float) -> bool:
    if number == other:
        return True
    return abs(number - other) <= RELATIVE * abs(number) + room


def _agrees_in_digits(domain: Domain, facts: Facts) -> Fault | None:
    import mpmath

    if "n" in domain.numbers and _sums(domain):
        facts = domain.repaired(facts | {"n": min(facts["n"], MOST_IN_DIGITS)})
    bound, found = domain.bound, value(domain.bound, facts)
    counts = (facts[name] for name in domain.numbers if name != "n" and domain.whole(name))
    if math.isnan(found) or any(x > MOST_IN_DIGITS for x in counts):
        return None
    try:
        with mpmath.workdps(50):
            exact = mpmath.mpf(_in_digits(domain, facts))
            error = found - exact if math.isfinite(found) and mpmath.isfinite(exact) else None
            close = error is None or abs(error) <= RELATIVE * abs(exact) + rounding(bound, found)
            safe = error is not None and 0 <= (error if is_upper(bound) else -error) <= OUTWARD
            same = error is not None or found == exact or abs(exact) > 1.7e308
    except Exception as fault:  # whatever an unknown formula raises
        return Fault(f"in 50 digits {raised(bound, fault).says}", (facts,))
    if same and (close or safe):
        return None
    return Fault(f"is {found!r} in floats and {mpmath.nstr(exact, 17)} in 50 digits", (facts,))


def _sums(domain: Domain) -> bool:
    """Whether the formula names a function that digits sum term by term, up to n of them."""
    names = names_of(domain.bound.formula)
    return any(name.startswith(_SUMMED) for name in names)


def _no_numbers(domain: Domain) -> str:
    return has_rate_only(domain) or ("" if domain.numbers else "no argument is one number")


def _no_mpmath(domain: Domain) -> str:
    from importlib.util import find_spec

    return _no_numbers(domain) or ("" if find_spec("mpmath") else "mpmath is not installed")


PROPERTIES = (
    Property("number", _is_number, has_rate_only, speaking=False),
    Property("silence", _is_silent, _never_unmet, speaking=False),
    Property("possible", _is_possible, _no_range),
    Property("arrays", _agrees_in_arrays, _no_numbers, share=0.5),
    Property("50 digits", _agrees_in_digits, _no_mpmath, share=0.2),
)
