"""Property tests for any bound, the catalogue's or one's own: slips of the pen, with witnesses."""

import math
from itertools import islice
from time import monotonic
from typing import Any

from genbounds.checking import derived, moves, numbers, writing
from genbounds.checking.base import Property, value
from genbounds.checking.domain import Domain, Facts
from genbounds.checking.result import FAILED, NOT_APPLICABLE, PASSED, Check, Fault, Outcome, call
from genbounds.declaration import Bound
from genbounds.registry import as_bound
from genbounds.two_sided import TwoSided

__all__ = ["Check", "Outcome", "check"]

LEAST = 3
"""Draws that are tried however slow a bound is."""


def check(bound: Any, *, draws: int = 200, seed: int = 0, seconds: float = 20) -> Check:
    """Try every property that a well-made bound has, on seeded draws from its whole domain.

    There is one number, possible and never NaN; the arguments move it as declared; floats, arrays,
    50 digits, symbols and LaTeX agree; needs, gap, both sides, `solve` and `width=` do what they
    say. What fails comes with its smallest witness found, as calls to copy. `bound` is a bound or
    its name; equal seeds give equal checks, unless `seconds` run out first: a slow bound is then
    tried on fewer draws, which its outcomes count. `ValueError` where an argument is wrong.
    """
    theorem = _checked(bound, draws, seed, seconds)
    domain = Domain(theorem, seed)
    properties = [
        *numbers.PROPERTIES, *moves.properties(domain), *writing.PROPERTIES, *derived.PROPERTIES
    ]  # fmt: skip
    until = seconds / len(properties)
    return Check(theorem, draws, seed, [_outcome(p, domain, draws, until) for p in properties])


def _checked(bound: Any, draws: Any, seed: Any, seconds: Any) -> Bound:
    faults = [] if type(draws) is int and draws >= 1 else [f"draws must be at least 1: {draws!r}"]
    if type(seed) is not int:
        faults.append(f"seed must be an integer, got {seed!r}")
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not seconds > 0:
        faults.append(f"seconds must be greater than 0, got {seconds!r}")
    if faults:
        raise ValueError("; ".join(faults))
    theorem = as_bound(bound)
    if isinstance(theorem, TwoSided):
        raise ValueError(f"{theorem.name} is derived: check {theorem.bound.name}")
    return theorem  # type: ignore[no-any-return]


def _outcome(property: Property, domain: Domain, draws: int, seconds: float) -> Outcome:
    name = property.name
    if reason := property.why_not(domain):
        return Outcome(name, NOT_APPLICABLE, reason)
    if name != "number" and property.share and _has_no_number(domain):
        return Outcome(name, NOT_APPLICABLE, "the bound gives no number anywhere that was tried")
    if domain.typical is None and property.speaking and property.share:
        return Outcome(name, NOT_APPLICABLE, "no drawn facts meet what the theorem needs")
    tried, fault, facts, until = 0, None, {}, monotonic() + seconds
    stream = domain.draws(name, speaking=property.speaking)
    for facts in islice(stream, max(1, math.ceil(draws * property.share))):
        fault, tried = property.check(domain, facts), tried + 1
        if fault or (tried >= LEAST and monotonic() > until):
            break
    if fault is None:
        return Outcome(name, PASSED, property.note(domain), tried)
    smallest = _shrunk(property, domain, facts, fault, until + seconds)
    witness = tuple(call(domain.bound, at) for at in smallest.calls)
    return Outcome(name, FAILED, smallest.says, tried, witness)


def _has_no_number(domain: Domain) -> bool:
    """Whether the property `number` fails so thoroughly that no other is about anything."""
    drawn = islice(domain.draws("number", speaking=False), LEAST)
    return all(math.isnan(value(domain.bound, facts)) for facts in drawn)


def _shrunk(property: Property, domain: Domain, facts: Facts, fault: Fault, until: float) -> Fault:
    """The same fault at the simplest facts that can be reached one argument at a time."""
    moved = bool(property.share)
    while moved:
        moved = False
        for name in domain.bound.arguments:
            for simple in domain.simple(name):
                if monotonic() > until or _is(facts[name], simple):
                    break
                tried = domain.repaired(facts | {name: simple})
                found = property.check(domain, tried) if _allowed(property, domain, tried) else None
                if found and _is(tried[name], simple):
                    facts, fault, moved = tried, found, True
                    break
    return fault


def _is(x: Any, simple: Any) -> bool:
    return (type(x) is type(simple) and bool(x == simple)) or repr(x) == repr(simple)


def _allowed(property: Property, domain: Domain, facts: Facts) -> bool:
    return not property.speaking or domain.speaks(facts)
