"""Properties of what is derived: the gap, both sides, the inverse."""

import math
from typing import Any

from genbounds.checking.base import (
    RELATIVE,
    Property,
    has_rate_only,
    is_upper,
    raised,
    reached_from_above,
    rounding,
    value,
)
from genbounds.checking.domain import Domain, Facts
from genbounds.checking.result import Fault
from genbounds.declaration import Bound
from genbounds.problems import NoSolutionError
from genbounds.solving import solve

FAR, NEARLY = 10**16, 1e-3
_GOALS = {"sample_size": "n", "failure_probability": "delta"}
_TIE = 1e-9
"""The goal lies beside the value by so much: at the value itself no float decides."""


# --- additive


def _adds_its_gap(domain: Domain, facts: Facts) -> Fault | None:
    """Whatever the empirical risk is, the bound is above it by the same deviation."""
    bound, risk = domain.bound, domain.bound.empirical or ""
    gap = value(bound.gap, {k: v for k, v in facts.items() if k in bound.gap.arguments})
    for observed in (facts[risk], 0.0, 0.5, 1.0):
        at = facts | {risk: observed}
        found = value(bound, at)
        if domain.speaks(at) and math.isfinite(found) and not math.isnan(gap):
            off = abs(found - observed - gap)
            if off > rounding(bound, found, gap, 1.0):
                says = f"is declared additive, and is {found - observed!r} above {risk} here"
                return Fault(f"{says}, but {gap!r} at 0", (at, facts | {risk: 0.0}))
    return None


def _not_additive(domain: Domain) -> str:
    if domain.bound.additive:
        return has_rate_only(domain)
    if has_rate_only(domain) or not _seems_additive(domain):
        return "not declared to be the empirical risk plus a deviation"
    return "not declared, but the value moves one for one with the empirical risk: additive=True"


def _seems_additive(domain: Domain) -> bool:
    bound, risk = domain.bound, domain.bound.empirical
    if risk is None or bound.claim.form != "value" or bound.claim.quantity != "risk":
        return False
    for _, facts in zip(range(20), domain.draws("additive"), strict=False):
        low, high = (value(bound, facts | {risk: x}) for x in (0.25, 0.5))
        if not abs(high - low - 0.25) <= 1e-9 * max(1.0, abs(high)):
            return False
    return True


def _closes(domain: Domain, facts: Facts) -> Fault | None:
    gap = value(domain.bound.gap, _far(domain, facts))
    if gap < 0 and is_upper(domain.bound):
        return Fault(f"has a deviation of {gap!r} at n = 1e16", (_far(domain, facts),))
    return None


def _far(domain: Domain, facts: Facts) -> Facts:
    gap = domain.bound.gap
    far = domain.repaired({k: v for k, v in facts.items() if k in gap.arguments} | {"n": FAR})
    return {k: v for k, v in far.items() if k in gap.arguments}


def _has_no_limit(domain: Domain) -> str:
    if not domain.bound.additive or "n" not in domain.bound.arguments:
        return "no deviation that depends on n"
    return has_rate_only(domain)


def _said_of_limit(domain: Domain) -> str:
    gap = value(domain.bound.gap, _far(domain, domain.typical or {}))
    if gap < NEARLY:
        return f"deviation {gap:.2g} at n = 1e16"
    return f"stays {gap:.4g} apart at n = 1e16 for typical values of the other arguments"


# --- both sides


def _contains_one_side(domain: Domain, facts: Facts) -> Fault | None:
    bound, one = domain.bound, value(domain.bound, facts)
    try:
        low, high = bound.two_sided(**facts)
    except Exception as fault:  # whatever an unknown formula raises
        return Fault(f"two_sided {raised(bound, fault).says}", (facts,))
    room = rounding(bound, one, low, high)
    if low > high + room:
        return Fault(f"two_sided is empty: from {low!r} to {high!r}", (facts,))
    mine = high if is_upper(bound) else low
    short = (one - mine if is_upper(bound) else mine - one) - room
    if short > 0 and bound.direction_of("delta") is not None:
        return Fault(f"two_sided ends at {mine!r}, inside the one-sided {one!r}", (facts,))
    return None


def _one_side_only(domain: Domain) -> str:
    try:
        domain.bound.two_sided  # noqa: B018
    except ValueError as reason:
        return str(reason).removeprefix(f"{domain.bound.name} ")
    return has_rate_only(domain)


# --- the inverse


def _is_solved_back(domain: Domain, facts: Facts) -> Fault | None:
    """The n solved for reaches what the bound says at n, and its neighbour does not."""
    bound, upper = domain.bound, reached_from_above(domain.bound)
    facts = facts | {"n": round(facts["n"])}
    level = value(bound, facts)
    if not 0 < abs(level) < math.inf or not domain.speaks(facts) or _takes_long(facts):
        return None
    level += (_TIE if upper else -_TIE) * abs(level)
    form = bound.claim.form
    if form == "failure_probability" and level >= 1:
        return None
    others = {k: v for k, v in facts.items() if k != "n"}
    goal: dict[str, Any] = {_GOALS.get(form, "target"): level}
    given = ", ".join(f"{k}={v!r}" for k, v in (goal | others).items())
    shown = f"gb.solve({bound.name}, 'n', {given})"
    try:
        found = solve(bound, "n", **others, **goal)
    except NoSolutionError as fault:
        far = others | {"n": 10**18}
        met = _reaches(bound, far, level, strictly=False)
        says = f"reaches at n = {facts['n']} what solve does not find: {fault}"
        return None if met else Fault(says, (shown, facts))
    except Exception as fault:  # whatever an unknown formula raises
        return Fault(f"solve {raised(bound, fault).says}", (shown,))
    at, before = others | {"n": int(found)}, others | {"n": int(found) - found.step}
    if not _reaches(bound, at, level, strictly=False):
        return Fault(f"is solved by n = {int(found)}, where the goal is missed", (shown, at))
    if found.beyond is None or not _reaches(bound, before, level, strictly=True):
        return None
    says = f"is solved by n = {int(found)}, and {before['n']} reaches the goal too"
    return Fault(says, (shown, before))


def _takes_long(facts: Facts) -> bool:
    """Tails of many errors, or next to certainty, are summed in digits for seconds."""
    counted = sum(x for name, x in facts.items() if name.startswith("errors"))
    return bool(counted > 50 or (counted > 0 and facts.get("delta", 0.0) > 0.9))


def _reaches(bound: Bound, facts: Facts, level: float, *, strictly: bool) -> bool:
    """Whether the value meets the goal, in floats and in digits of the decimals given.

    `solve` reads floats as decimals: where the two differ, as for delta next to 1, the benefit of
    the doubt is its own. A near tie is met, unless it has to be met strictly.
    """
    room = RELATIVE * abs(level)
    verdicts = []
    for found in (value(bound, facts), _in_decimals(bound, facts)):
        distance = level - found if reached_from_above(bound) else found - level
        verdicts.append(bool(distance > room if strictly else distance >= -room))
    return all(verdicts) if strictly else any(verdicts)


def _in_decimals(bound: Bound, facts: Facts) -> float:
    """The value in 50 digits, every float read as its shortest decimal."""
    try:
        from mpmath import mpf, workdps

        with workdps(50):
            exact = {k: mpf(repr(x)) if isinstance(x, float) else x for k, x in facts.items()}
            return float(bound(**exact))
    except Exception:  # no mpmath, or no digits: another property is about that
        return math.nan


def _not_solved(domain: Domain) -> str:
    bound = domain.bound
    if "n" not in bound.arguments:
        return "no n to solve for"
    if "n" in bound.fixed:
        return "n is fixed in advance"
    if bound.direction_of("n") is None and "n" not in bound.peaks:
        return "declared to have no direction in n: gb.scan tries every n"
    return has_rate_only(domain)


PROPERTIES = (
    Property("additive", _adds_its_gap, _not_additive, share=0.5),
    Property("limit", _closes, _has_no_limit, share=0.2, note=_said_of_limit),
    Property("two-sided", _contains_one_side, _one_side_only, share=0.5),
    Property("solved for n", _is_solved_back, _not_solved, share=0.1),
)
