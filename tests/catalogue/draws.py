"""Arguments of a bound: typical ones, ones drawn from the whole domain, and the corners of it.

What can never be (more errors than points) is respected by construction: a count is cut down to
what it counts. `solve` may invert what is drawn, so floats are short decimals.
"""

import math
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import count
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st

import genbounds as gb
from genbounds.growth import PolynomialPlusOne, Sauer
from genbounds.variables import VARIABLES, Variable

BOUNDS = [gb.catalogue[name] for name in gb.catalogue]
NUMBERED = [bound for bound in BOUNDS if bound.status != "order"]
BROADCAST = [
    bound
    for bound in NUMBERED
    if any(VARIABLES[name].kind in ("real", "integer") for name in bound.arguments)
]

FAST = 40
"""Examples of a test in the profile `fast`, see tests/conftest.py."""

# Largest sizes at which an algorithm (not a formula) is asked to run in these tests.
SMALL = {"n_ghost": 25, "separation": 10**4}
SMALL_WITH = {"n_ghost": {"n": 2000}}


class Haussler:
    """A covering number: Haussler's bound on packings for pseudo-dimension d, whatever the size."""

    def __init__(self, d: int) -> None:
        self.d = d

    def __repr__(self) -> str:
        return f"Haussler({self.d})"

    def __call__(self, scale: Any, size: Any) -> Any:
        from genbounds.generic import log, log_ratio, maximum

        d = self.d
        entropy = maximum(0, log(2) + 1 + log_ratio(1, scale))  # functions have values in [0, 1]
        return 1 + log(d + 1) + d * entropy + 0 * size


def covering(d: int, kind: str) -> Any:
    return Haussler(d) if kind == "log_covering" else Sauer(d)


def is_number(name: str) -> bool:
    return VARIABLES[name].kind in ("real", "integer")


def numeric(bound: Any) -> list[str]:
    """The arguments that are one number."""
    return [name for name in bound.arguments if is_number(name)]


def whole(bound: Any, name: str) -> bool:
    """Whether the bound takes only whole numbers for this argument."""
    from genbounds.variables import COUNTING

    taken = getattr(bound, "taken", bound.arguments)
    counted = name == "n" and COUNTING.intersection(taken)
    return VARIABLES[name].kind == "integer" or bool(counted)


def middle(v: Variable) -> float:
    low, high = v.typical
    return math.sqrt(low * high)


@cache
def _typical(bound: Any) -> dict[str, Any]:
    facts = consistent(bound, {name: _middle_value(bound, name) for name in bound.arguments})
    if meeting_needs(bound, facts):
        return facts
    return next(facts for facts in _stream(bound, 1, mixed=False) if meeting_needs(bound, facts))


def typical(bound: Any) -> dict[str, Any]:
    """One unremarkable set of arguments about which the theorem speaks.

    The middle of every typical range, or where a relation in `needs` is narrow what is drawn first.
    """
    return dict(_typical(bound))


def _middle_value(bound: Any, name: str) -> Any:
    v = VARIABLES[name]
    if v.kind == "function":
        return covering(10, name)
    if v.kind == "sequence":
        return (0.25, 0.5, 0.125)
    if v.kind == "data":
        return (0.0, 0.25, 1.0, 0.5, 0.0, 0.125, 0.75, 0.0)
    x = middle(v) * (1.5 if name == "risk" else 1)  # a risk apart from the empirical one
    return round(x) if whole(bound, name) else decimal(x)


def decimal(x: float) -> float:
    """Four digits: what a person would type."""
    return float(f"{x:.4g}")


def consistent(bound: Any, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with counts cut down to what they count, and algorithms kept small."""
    found = dict(facts) | _of_equal_length(facts)
    for name, most in SMALL.items():
        if name in found:
            found[name] = min(found[name], most)
            for other, top in SMALL_WITH.get(name, {}).items():
                found[other] = min(found[other], top)
    if "population_size" in found and "n" in found:
        found["population_size"] = max(found["population_size"], found["n"])
    if "errors" in found:
        found["errors"] = min(found["errors"], found["n"])
    if not any(found.get("inverse_temperatures", (1.0,))):
        found["inverse_temperatures"] = (1.0,)  # without any weight nothing is said
    if "support_vectors" in found:
        found["support_vectors"] = min(found["support_vectors"], found["n"])
    if "errors_first_only" in found and "n" in found:
        found["errors_first_only"] = min(found["errors_first_only"], found["n"])
        found["errors_second_only"] = min(
            found["errors_second_only"], found["n"] - found["errors_first_only"]
        )
    return found


def _of_equal_length(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Sequences that go together, cut down to the shortest of them."""
    together = {name: x for name, x in facts.items() if VARIABLES[name].kind == "sequence"}
    shortest = min(map(len, together.values()), default=0)
    return {name: x[:shortest] for name, x in together.items()}


def examples(number: int) -> settings:
    """So many examples in the fast profile, and in a thorough one as many times more."""
    return settings(max_examples=max(1, number * settings().max_examples // FAST))


# --- the whole domain


def extremes(bound: Any, name: str) -> list[Any]:
    """The ends of an argument's range and what lies next to them."""
    v = VARIABLES[name]
    if name == "n":
        return [1, 2, 3, 10**6, 10**12, 10**18]
    if name == "delta":
        return [1e-300, 1e-12, 0.05, 0.5, 1 - 1e-16]
    if v.kind == "integer":
        top = [10**3, 10**9] if v.high == math.inf else [int(v.high)]
        return [int(v.low), int(v.low) + 1, *top]
    if v.low == -math.inf:
        return [-1e12, -1.0, -1e-9, 0.0, 1e-9, 1.0, 1e12]
    inner = [1e-100, 1e-9] if v.low == 0 else [v.low + 1e-9]  # 1/epsilon^2 is still a float
    low = [] if v.open_low else [v.low]
    if v.high == math.inf:
        return [*low, *(v.low + x for x in (1e-9, 1.0, 1e6, 1e12))]
    high = [math.nextafter(v.high, 0.0)] if v.open_high else [math.nextafter(v.high, 0.0), v.high]
    return [*low, *inner, *high]


def anywhere(bound: Any, name: str) -> st.SearchStrategy[Any]:
    """An argument from its typical range, log-uniformly, or from the edge of its domain."""
    v = VARIABLES[name]
    if v.kind == "function":
        return st.sampled_from([0, 1, 3, 50, 1000]).map(lambda d: covering(max(d, 1), name))
    if v.kind == "sequence":
        return st.lists(
            st.sampled_from([0.0, 1e-9, 0.001, 0.1, 1.0, 50.0]), min_size=1, max_size=6
        ).map(tuple)
    if v.kind == "data":
        losses = st.sampled_from([v.low, 0.0, 1e-9, 0.25, 0.5, 1 - 1e-9, 1.0])
        return st.lists(losses, min_size=1, max_size=12).map(tuple)
    return st.one_of(within_typical(bound, name), st.sampled_from(extremes(bound, name)))


def within_typical(bound: Any, name: str) -> st.SearchStrategy[Any]:
    low, high = map(math.log, VARIABLES[name].typical)
    logs = st.floats(low, high, allow_nan=False)
    if whole(bound, name):
        return logs.map(lambda x: round(math.exp(x)))
    return logs.map(lambda x: decimal(math.exp(x)))


def arguments(bound: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Valid arguments of a bound, from the whole domain; narrow needs are met more often."""
    each = {name: anywhere(bound, name) for name in bound.arguments}
    whole_domain = st.fixed_dictionaries(each).map(lambda facts: consistent(bound, facts))
    if not bound.needs:
        return whole_domain
    return st.one_of(whole_domain, st.integers(0, 10**6).map(lambda seed: _speaking(bound, seed)))


def _speaking(bound: Any, seed: int) -> dict[str, Any]:
    stream = _stream(bound, seed, mixed=True)
    return next(facts for facts in stream if meeting_needs(bound, facts))


def meeting_needs(bound: Any, facts: Mapping[str, Any]) -> bool:
    """Whether the theorem speaks about these arguments."""
    return not bound.needs or not bound.unmet(facts)


def beyond_floats(bound: Any, facts: Mapping[str, Any]) -> bool:
    """Whether the value, in digits, is truly larger than every float: then inf is right."""
    import mpmath

    with mpmath.workdps(30):
        exact = bound(**{k: mpmath.mpf(x) if is_number(k) else x for k, x in facts.items()})
        return bool(mpmath.isfinite(exact) and exact > 1.7e308)


# --- a fixed set of points, the same on every run


def points(bound: Any, number: int, seed: int = 0) -> list[dict[str, Any]]:
    """Pseudo-random arguments that meet the needs; every other one has extremes mixed in."""
    found = [typical(bound)]
    for tried, facts in enumerate(_stream(bound, seed, mixed=True)):
        if len(found) > number or tried > 50 * number:
            return found
        if meeting_needs(bound, facts):
            found.append(facts)
    return found


def _stream(bound: Any, seed: int, *, mixed: bool) -> Iterator[dict[str, Any]]:
    random = np.random.default_rng([seed, *bound.name.encode()])
    for i in count():
        facts = {name: _draw(bound, name, random, i, mixed) for name in bound.arguments}
        yield consistent(bound, facts)


def _draw(bound: Any, name: str, random: Any, i: int, mixed: bool) -> Any:
    v = VARIABLES[name]
    if v.kind == "function":
        d = int(random.integers(1, 40))
        return (
            Haussler(d)
            if name == "log_covering"
            else (PolynomialPlusOne(d) if i % 3 == 2 else Sauer(d))
        )
    if v.kind in ("sequence", "data"):
        return tuple(decimal(x) for x in random.uniform(0, 1, int(random.integers(1, 9))))
    if mixed and i % 2 and random.uniform() < 0.4:
        options = extremes(bound, name)
        return options[int(random.integers(len(options)))]
    low, high = map(math.log, v.typical)
    x = math.exp(random.uniform(low, high))
    return round(x) if whole(bound, name) else decimal(x)
