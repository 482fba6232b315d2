"""The facts that a bound can be given: drawn from its whole domain, ends included, seeded."""

import math
from collections.abc import Iterator, Mapping
from functools import cached_property
from random import Random
from typing import Any

from genbounds.declaration import Bound
from genbounds.growth import PolynomialPlusOne, Sauer
from genbounds.variables import VARIABLES, Variable

Facts = dict[str, Any]
TRIES = 3000
"""Draws in search of facts about which the theorem speaks."""

_MOST = {"n_ghost": 25, "separation": 10**4}
_BESIDE = {"n_ghost": {"n": 2000}}  # loops over these sizes run as long as the sizes are
_AT_MOST_N = ("errors", "support_vectors", "compression_size")


class Cover:
    """A log covering number for the checks: d ln(2e/scale), where the scale is at most 1."""

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension

    def __repr__(self) -> str:
        return f"Cover({self.dimension})"

    def __call__(self, scale: Any, size: Any) -> Any:
        """The log of the covering number, whatever the size of the sample."""
        from genbounds.generic import log, log_ratio, maximum

        return self.dimension * (1 + log(2) + maximum(0, log_ratio(1, scale))) + 0 * size


class Domain:
    """What a bound takes: typical facts, drawn ones, and the ends of every argument."""

    def __init__(self, bound: Bound, seed: int) -> None:
        self.bound, self.seed = bound, seed
        self.numbers = [n for n in bound.arguments if VARIABLES[n].kind in ("real", "integer")]

    def whole(self, name: str) -> bool:
        """Whether this argument is drawn as a whole number."""
        return VARIABLES[name].kind == "integer" or name == "n"

    def speaks(self, facts: Mapping[str, Any]) -> bool:
        """Whether the theorem's needs are met."""
        return not self.bound.needs or not self.bound.unmet(facts)

    @cached_property
    def typical(self) -> Facts | None:
        """Unremarkable facts about which the theorem speaks; None where none were found."""
        middle = self.repaired({name: self._middle(name) for name in self.bound.arguments})
        if self.speaks(middle):
            return middle
        drawn = self._drawn("typical", mixed=False)
        return next((x for _, x in zip(range(TRIES), drawn, strict=False) if self.speaks(x)), None)

    def draws(self, what: str, *, speaking: bool = True) -> Iterator[Facts]:
        """Facts without end, half of them with extremes mixed in, the same for the same seed."""
        if self.typical is not None:
            yield dict(self.typical)
        missed = 0
        for facts in self._drawn(what, mixed=True):
            if self.speaks(facts) or not speaking:
                missed = 0
                yield facts
            elif (missed := missed + 1) > TRIES:
                return

    def _drawn(self, what: str, *, mixed: bool) -> Iterator[Facts]:
        random = Random(f"{self.seed} {self.bound.name} {what}")
        i = 0
        while True:
            extreme = 0.4 if mixed and i % 2 else 0.0
            facts = {name: self.value(name, random, extreme) for name in self.bound.arguments}
            yield self.repaired(facts)
            i += 1

    def value(self, name: str, random: Random, extreme: float) -> Any:
        """One argument, log-uniform in its typical range or, that often, at an end."""
        v = VARIABLES[name]
        if v.kind == "function":
            d = random.randint(1, 40)
            kind = PolynomialPlusOne if random.random() < 0.3 else Sauer
            return Cover(d) if name == "log_covering" else kind(d)
        if v.kind in ("sequence", "data"):
            length = random.randint(1, 8)
            return tuple(decimal(random.random()) for _ in range(length))
        if random.random() < extreme:
            return random.choice(self.ends(name))
        low, high = map(math.log, v.typical)
        x = math.exp(random.uniform(low, high))
        return inside(v, round(x)) if self.whole(name) else inside(v, decimal(x))

    def _middle(self, name: str) -> Any:
        v = VARIABLES[name]
        if v.kind == "function":
            return Cover(10) if name == "log_covering" else Sauer(10)
        if v.kind == "sequence":
            return (0.25, 0.5, 0.125)
        if v.kind == "data":
            return (0.0, 0.25, 1.0, 0.5, 0.0, 0.125, 0.75, 0.0)
        x = math.sqrt(v.typical[0] * v.typical[1]) * (1.5 if name == "risk" else 1)
        return inside(v, round(x)) if self.whole(name) else inside(v, decimal(x))

    def ends(self, name: str) -> list[Any]:
        """The ends of an argument's range and what lies next to them."""
        if name == "n":
            return [1, 2, 3, 10**6, 10**12, 10**18]
        if name == "delta":
            return [1e-300, 1e-12, 0.05, 0.5, 1 - 1e-16]
        v = VARIABLES[name]
        return _whole_ends(v) if v.kind == "integer" else _real_ends(v)

    def simple(self, name: str) -> list[Any]:
        """Values that a reader likes to see in an example, simplest first."""
        v = VARIABLES[name]
        if v.kind == "function":
            return [Cover(d) if name == "log_covering" else Sauer(d) for d in (1, 2)]
        if v.kind in ("sequence", "data"):
            return [(0.5,), (0.0, 1.0)]
        listed = (1, 2, 3, 4, 5, 10, 100, 1000) if self.whole(name) else _SIMPLE
        return [x for x in listed if v.contains(x)]

    def repaired(self, facts: Mapping[str, Any]) -> Facts:
        """The facts with counts cut down to what they count, and loops kept short."""
        found = dict(facts) | _of_equal_length(facts)
        for name in _MOST.keys() & found.keys():
            found[name] = min(found[name], _MOST[name])
            for other, top in _BESIDE.get(name, {}).items():
                found[other] = min(found[other], top)
        if "n" not in found:
            return found
        n = found["n"]
        if "population_size" in found:
            found["population_size"] = max(found["population_size"], n)
        for name in found.keys() & {*_AT_MOST_N, "errors_first_only"}:
            found[name] = min(found[name], n)
        if "errors_second_only" in found:
            left = n - found.get("errors_first_only", 0)
            found["errors_second_only"] = min(found["errors_second_only"], left)
        return found


_SIMPLE = (0.5, 0.1, 0.05, 0.01, 1.0, 0.0, 2.0, 10.0, 100.0)


def decimal(x: float) -> float:
    """Four digits: what a person would type."""
    return float(f"{x:.4g}")


def inside(v: Variable, x: Any) -> Any:
    """A rounded number, back in its range where rounding left it."""
    return x if v.contains(x) else type(x)(min(max(x, v.typical[0]), v.typical[1]))


def _whole_ends(v: Variable) -> list[int]:
    if v.low == -math.inf:
        return [-(10**9), -1, 0, 1, 10**9] if v.high == math.inf else [int(v.high) - 1, int(v.high)]
    low = int(v.low) + v.open_low
    high = [10**3, 10**9] if v.high == math.inf else [int(v.high) - v.open_high]
    return [x for x in (low, low + 1, *high) if v.contains(x)]


def _real_ends(v: Variable) -> list[float]:
    if v.low == -math.inf:
        return [x for x in (-1e12, -1.0, -1e-9, 0.0, 1e-9, 1.0, 1e12) if v.contains(x)]
    inner = [1e-100, 1e-9] if v.low == 0 else [v.low + 1e-9]  # 1/x^2 is still a float
    low = [] if v.open_low else [v.low]
    if v.high == math.inf:
        return [*low, *(v.low + x for x in (1e-9, 1.0, 1e6, 1e12))]
    below = math.nextafter(v.high, 0.0)
    return [*low, *inner, below] if v.open_high else [*low, *inner, below, v.high]


def _of_equal_length(facts: Mapping[str, Any]) -> Facts:
    """Sequences that go together, cut down to the shortest; one without any weight gets one."""
    together = {k: x for k, x in facts.items() if VARIABLES[k].kind == "sequence"}
    shortest = min(map(len, together.values()), default=0)
    cut = {name: x[:shortest] for name, x in together.items()}
    if not any(cut.get("inverse_temperatures", (1.0,))):
        cut["inverse_temperatures"] = (1.0,)
    return cut
