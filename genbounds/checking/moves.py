"""Properties of directions: every argument moves the value as declared, over its whole domain."""

import math
from itertools import pairwise
from typing import Any

from genbounds.checking.base import Property, has_rate_only, is_upper, rounding, value
from genbounds.checking.domain import Cover, Domain, Facts
from genbounds.checking.result import Fault
from genbounds.growth import Growth, PolynomialPlusOne, Sauer
from genbounds.variables import VARIABLES

_WORDS = {"+": ("grow", "falls"), "-": ("fall", "grows")}


def properties(domain: Domain) -> list[Property]:
    """One property an argument, and one about delta."""
    found = [_property(domain, name) for name in domain.bound.arguments]
    return [*found, Property("smaller delta", _pays_for_delta, _no_delta, share=0.5)]


def _property(domain: Domain, name: str) -> Property:
    if domain.bound.direction_of(name) is not None:
        return Property(
            f"moves in {name}",
            lambda domain, facts: _moves(domain, facts, name),
            lambda domain: has_rate_only(domain) or _not_moved(name),
            share=0.5,
        )
    return Property(
        f"{name}, no direction",
        lambda domain, facts: _false_witness(domain, name),
        lambda domain: _witnessed(domain, name),
        share=0,
    )


def _not_moved(name: str) -> str:
    return "data in order are not moved" if VARIABLES[name].kind == "data" else ""


def _moves(domain: Domain, facts: Facts, name: str) -> Fault | None:
    declared = domain.bound.direction_of(name)
    if isinstance(facts.get("log_growth"), PolynomialPlusOne):
        return None  # m^d + 1 labelings of one point are too few to grow evenly
    for low, high in _pairs(domain, facts, name):
        first, last = value(domain.bound, low), value(domain.bound, high)
        excess = first - last if declared == "+" else last - first
        if excess > rounding(domain.bound, first, last):
            word, other = _WORDS[str(declared)]
            says = f"is declared to {word} with {name}, and {other}"
            return Fault(f"{says} from {first!r} to {last!r}", (low, high))
    return None


def _pairs(domain: Domain, facts: Facts, name: str) -> list[tuple[Facts, Facts]]:
    """The facts with a smaller and a larger value of one argument, where the theorem speaks."""
    kind = VARIABLES[name].kind
    if kind == "function":
        ends = [(facts[name], larger(facts[name]))]
    elif kind == "sequence":
        ends = [(facts[name], tuple(k * x for x in facts[name])) for k in (1.5, 100.0)]
    else:
        others = [*domain.ends(name), *_near(domain, name, facts[name])]
        ends = [tuple(sorted((facts[name], end))) for end in others]
    pairs = [_apart(domain, facts, name, *pair) for pair in ends]
    return [pair for pair in pairs if all(map(domain.speaks, pair))]


def larger(function: Any) -> Any:
    """A function of the same kind that is nowhere smaller."""
    if isinstance(function, Cover):
        return Cover(2 * function.dimension)
    return Sauer(2 * function.vc_dim + 1) if isinstance(function, Growth) else function


def _near(domain: Domain, name: str, x: Any) -> list[Any]:
    """Neighbours, between which a jump shows."""
    near = [x + 1, 2 * x] if domain.whole(name) else [x * 1.01, x * 2.0]
    return [y for y in near if VARIABLES[name].contains(y)]


def _apart(domain: Domain, facts: Facts, name: str, low: Any, high: Any) -> tuple[Facts, Facts]:
    """Both facts with counts cut down to suit both, and nothing else different."""
    if name not in domain.numbers:
        return facts | {name: low}, facts | {name: high}
    top = domain.repaired(facts | {name: high})
    bottom = domain.repaired(top | {name: min(low, top[name])})
    upper = bottom | {name: top[name]}
    return bottom, (upper if domain.repaired(upper) == upper else bottom)


# --- what has no direction


def _witnessed(domain: Domain, name: str) -> str:
    """What is seen of the value, which is not judged where no witness is declared."""
    if name in domain.bound.witness:
        return has_rate_only(domain)
    if has_rate_only(domain):
        return has_rate_only(domain)
    if name not in domain.numbers:
        return "declared to have no direction"
    up, down = _seen(domain, name)
    if up and down:
        return "goes up and down, as seen among the draws"
    sign = "+" if up else "-"
    if not (up or down):
        return "the value was not seen to move with it"
    seen = _WORDS[sign][0]
    return f'only seen to {seen}: if that is proved, declare direction={{"{name}": "{sign}"}}'


def _false_witness(domain: Domain, name: str) -> Fault | None:
    """Values of the argument between which the bound is said to go up and down, and does not."""
    declared = domain.bound.witness[name]
    places = declared["at"] if isinstance(declared["at"], list) else [declared["at"]]
    runs = [[{**at, name: x} for x in declared["values"]] for at in places]
    steps = [
        value(domain.bound, later) - value(domain.bound, earlier)
        for run in runs
        for earlier, later in pairwise(run)
    ]
    if steps and min(steps) < 0 < max(steps):
        return None
    return Fault(f"its witness does not go up and down in {name}", tuple(runs[0]))


def _seen(domain: Domain, name: str) -> tuple[bool, bool]:
    up = down = False
    drawn = zip(range(60), domain.draws(f"direction of {name}"), strict=False)
    for _, facts in drawn:
        for low, high in _pairs(domain, facts, name):
            first, last = value(domain.bound, low), value(domain.bound, high)
            room = rounding(domain.bound, first, last)
            up, down = up or last - first > room, down or first - last > room
    return up, down


# --- delta


def _pays_for_delta(domain: Domain, facts: Facts) -> Fault | None:
    """A statement that fails more rarely says less."""
    run = [facts | {"delta": x} for x in (1e-12, 0.001, 0.05, 0.5)]
    for strict, loose in pairwise(run):
        if domain.speaks(strict) and domain.speaks(loose):
            first, last = value(domain.bound, strict), value(domain.bound, loose)
            gain = last - first if is_upper(domain.bound) else first - last
            if gain > rounding(domain.bound, first, last) and math.isfinite(gain):
                return Fault(
                    f"says more at the smaller delta: {first!r} against {last!r}", (strict, loose)
                )
    return None


def _no_delta(domain: Domain) -> str:
    bound = domain.bound
    if "delta" not in bound.arguments or bound.claim.form != "value":
        return "no failure probability enters the value"
    if bound.claim.scope == "every_learner":
        return "what no learner can do is claimed for a given delta"
    if bound.direction_of("delta") is None:
        return "declared to have no direction in delta"
    return has_rate_only(domain)
