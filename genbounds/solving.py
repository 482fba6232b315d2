"""Any one unknown of a bound from the others: the exact integer, or the last float that reaches.

A goal is a `target` for the value or an `epsilon` for the deviation. Floats decide where they can;
a near tie between integers is decided in mpmath at rising precision, floats read as shortest
decimals.
"""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from genbounds.declaration import Bound
from genbounds.estimates import refuse_unpaid
from genbounds.generic import backend_of
from genbounds.problems import LARGEST, NoSolutionError, Problem, set_goal
from genbounds.registry import as_bound
from genbounds.roots import last_reached, least_reached
from genbounds.sawtooth import least_n_at_rate
from genbounds.two_sided import TwoSided
from genbounds.variables import DERIVATIONS, VARIABLES

if TYPE_CHECKING:
    from genbounds.enclosing import Enclosure

__all__ = ["Count", "Level", "NoSolutionError", "scan", "solve"]

TINIEST, HUGEST = 5e-324, 1.7e308


class Solution:
    """What a solution carries besides being a number: the proof that it is the boundary."""

    problem: Problem
    value: float
    beyond: float | None
    step: int
    certificate: "tuple[Enclosure, Enclosure | None] | None" = None

    @property
    def proof(self) -> str:
        """The value at the solution and, for an integer, at the neighbour that misses the goal."""
        name, what = self.problem.unknown, self.problem.goal.words
        if self.certificate is not None:
            from genbounds.certified import certified_words

            return certified_words(self)
        text = f"{what} = {self.value:.12g} at {name} = {self:.15g}"
        if self.beyond is None:
            return text
        return f"{text}, {self.beyond:.12g} at {name} = {int(self) - self.step}"  # type: ignore[call-overload]

    @property
    def closed_form(self) -> Any:
        """The inverse as a sympy expression, or None where there is none."""
        from genbounds.symbolic import closed_inverse

        problem = self.problem
        if isinstance(problem.bound, TwoSided) and problem.side.pair:
            return None
        bound = problem.bound.gap if isinstance(problem.bound, TwoSided) else problem.bound
        return closed_inverse(bound, problem.unknown, problem.goal.kind, growth=problem.growth)


class Count(Solution, int):
    """An integer solution: the integer itself, with `value`, `beyond` and `proof`."""

    def __format__(self, spec: str) -> str:
        return str(int(self)) if spec.endswith("g") else format(int(self), spec)


class Level(Solution, float):
    """A real solution: the float itself, with `value` and `proof`."""


def solve(
    bound: Bound | TwoSided | str,
    unknown: str,
    *,
    target: Any = None,
    epsilon: Any = None,
    certified: bool = False,
    **facts: Any,
) -> Any:
    """The unknown at which the bound, or the one of that name, meets its goal, the others given.

    `target` is a value of the bound, `epsilon` a deviation from the empirical quantity (the value
    itself where none enters): exactly one of the two, unless the form of the bound fixes the goal
    (a sample size is held against `n`, a failure probability against `delta`). Counts come as the
    exact integer that reaches the goal and keeps it: the least n, the largest vc_dim or number of
    errors. Arrays among the facts give an array of solutions. Solving for delta gives the raw
    tail, which may exceed 1. `NoSolutionError` says why there is none and what is nearest.

    With `certified` the facts are exact (see `Bound.enclose`) and balls prove what is returned: the
    goal is reached at the solution and missed next to it, both enclosures in `certificate`.

    >>> solve("hoeffding.two_sided", "n", epsilon=0.05, delta=0.05)
    738
    """
    theorem: Bound | TwoSided = as_bound(bound)
    refuse_unpaid(unknown, facts)
    given = {"target": target, "epsilon": epsilon, **facts}
    _refuse_tensors(given)
    if any(_is_grid(name, value) for name, value in given.items()):
        return _grid(theorem, unknown, given, certified)
    if certified:
        from genbounds.certified import proved_solution

        return proved_solution(_solution, theorem, unknown, given)
    return _solution(Problem, theorem, unknown, given)


def _solution(
    kind: type[Problem], theorem: Bound | TwoSided, unknown: str, given: Mapping[str, Any]
) -> Any:
    facts = dict(given)
    goal, facts = set_goal(theorem, unknown, facts.pop("target"), facts.pop("epsilon"), facts)
    if unknown in ("target", "epsilon") and unknown not in theorem.arguments:
        return _evaluated(kind(theorem, unknown, goal, facts))
    _check_unknown(theorem, unknown, goal.kind)
    problem = kind(theorem, unknown, goal, facts)
    if goal.is_value:
        return _evaluated(problem)
    if problem.rate is not None:
        return _counted(problem, least_n_at_rate(problem), step=1)
    whole = unknown == "n" or VARIABLES[unknown].kind == "integer"
    return _count(problem) if whole else _level(problem)


def scan(
    bound: Bound | TwoSided | str, unknown: str, low: int, high: int, *,
    target: Any = None, epsilon: Any = None, **facts: Any,
) -> list[tuple[int, int]]:  # fmt: skip
    """The integers of [low, high] where the bound reaches its goal, as intervals (first, last).

    Every integer is tried, so it is right where the bound is not monotone.
    """
    theorem: Bound | TwoSided = as_bound(bound)
    refuse_unpaid(unknown, facts)
    goal, facts = set_goal(theorem, unknown, target, epsilon, facts)
    whole = unknown in VARIABLES and (unknown == "n" or VARIABLES[unknown].kind == "integer")
    if goal.is_value or not whole or {type(low), type(high)} != {int}:
        raise ValueError(
            f"scan tries integers for an integer unknown, not {unknown} in [{low}, {high}]"
        )
    problem = Problem(theorem, unknown, goal, facts)
    found: list[tuple[int, int]] = []
    for x in range(low, high + 1):
        if problem.decide(x):
            joined = found and found[-1][1] == x - 1
            found[-1:] = [(found[-1][0], x)] if joined else [*found[-1:], (x, x)]
    return found


def _refuse_tensors(given: Mapping[str, Any]) -> None:
    tensors = [k for k, x in given.items() if backend_of(type(x)) in ("tensors", "traced")]
    if tensors:
        raise ValueError(
            f"solve takes plain numbers and numpy arrays: {', '.join(tensors)} is none"
        )


def _is_grid(name: str, value: Any) -> bool:
    if backend_of(type(value)) != "arrays" or value.ndim == 0:
        return False
    return name not in VARIABLES or VARIABLES[name].kind not in ("data", "sequence")


def _grid(bound: Bound | TwoSided, unknown: str, given: Mapping[str, Any], certified: bool) -> Any:
    import numpy as np

    names = [name for name, value in given.items() if _is_grid(name, value)]
    cells = np.broadcast(*(given[name] for name in names))
    found = [
        solve(
            bound,
            unknown,
            certified=certified,
            **{**given, **dict(zip(names, map(_item, cell), strict=True))},
        )
        for cell in cells
    ]
    kind = np.int64 if all(isinstance(x, int) for x in found) else np.float64
    return np.array(found, kind).reshape(cells.shape)


def _item(entry: Any) -> Any:
    return entry.item() if hasattr(entry, "item") else entry


def _check_unknown(bound: Bound | TwoSided, unknown: str, own: str) -> None:
    """`own` is the variable that the form of the bound is held against."""
    names = bound.arguments
    sources = (s for d in DERIVATIONS if d.target in names for s in d.sources)
    if unknown not in {own, *names, *sources}:
        raise ValueError(f"unknown variable {unknown!r}; {bound.name} has {', '.join(names)}")
    if VARIABLES[unknown].kind not in ("real", "integer"):
        raise ValueError(f"{unknown} of {bound.name} is no single number: it cannot be solved for")
    if unknown in bound.fixed:
        raise ValueError(
            f"{unknown} of {bound.name} is fixed before the sample is seen: solving for it on the "
            f"data would void the guarantee; fix a grid in advance and share delta over it"
        )


def _evaluated(problem: Problem) -> Any:
    """The unknown is the value itself: epsilon, target, the tail, or a printed sample size."""
    value = problem.level_of()
    if problem.goal.kind == "n":
        return _finished(problem, Count(problem.rounded_up(value)), value, None, 1)
    return _finished(problem, Level(value), value, None, 1)


def _finished(problem: Problem, found: Any, value: float, beyond: float | None, step: int) -> Any:
    found.problem, found.value, found.beyond, found.step = problem, value, beyond, step
    return found


def _counted(problem: Problem, x: int, step: int) -> Any:
    neighbour = x - step
    beyond = problem.measure(neighbour) if problem.allows(neighbour) else None
    return _finished(problem, Count(x), problem.measure(x), beyond, step)


def _count(problem: Problem) -> Any:
    low, high = problem.integers()
    if problem.direction == "-":
        found = least_reached(problem.excess, problem.decide, low, high)
        if problem.may_rise_before(found):
            start = _past_the_peak(problem, low, high)
            found = least_reached(problem.excess, problem.decide, start, high)
        if found is None:
            raise problem.impossible(high)
        return _counted(problem, found, step=1)
    if not problem.decide(low):
        raise problem.impossible(low)
    beyond = least_reached(lambda x: -problem.excess(x), lambda x: not problem.decide(x), low, high)
    if beyond is None and high == LARGEST:
        raise problem.boundless(high)
    return _counted(problem, high if beyond is None else beyond - 1, step=-1)


def _past_the_peak(problem: Problem, low: int, high: int) -> int:
    """A point from which on the excess falls: the last that misses, or the peak if all reach.

    A grid finds the last stretch that misses; behind it the largest excess is sought between grid
    points, as a narrow peak may hide there.
    """
    steps = (round(low * _RATIO**i) for i in range(_MOST_STEPS))
    grid = sorted({min(high, max(low, x)) for x in steps} | {high})
    last = len(grid) - 1
    start = max((i for i, x in enumerate(grid) if not problem.decide(x)), default=0)
    after = range(min(start + 1, last), last + 1)
    behind = max(after, key=lambda i: problem.excess(grid[i]))
    peak = _peak(problem, grid[max(behind - 1, start)], grid[min(behind + 1, last)])
    return peak if not problem.decide(peak) else grid[start]


_RATIO, _MOST_STEPS = 1.2, 230


def _peak(problem: Problem, low: int, high: int) -> int:
    """The integer with the largest excess between two, for one peak."""
    while high - low > 2:
        third = (high - low) // 3
        left, right = low + third, high - third
        if problem.excess(left) < problem.excess(right):
            low = left
        else:
            high = right
    return max(range(low, high + 1), key=problem.excess)


def _level(problem: Problem) -> Any:
    low, high = _real_ends(problem.unknown)
    good, bad = (high, low) if problem.direction == "-" else (low, high)
    good = _speaking_end(problem, good, bad)
    if not problem.reached(good):
        if problem.unknown == "delta" and math.isfinite(problem.measure(good)):
            return _finished(problem, Level(math.inf), problem.measure(good), None, 1)
        raise problem.impossible(good)
    if problem.reached(bad):
        x = 0.0 if problem.unknown == "delta" and bad == TINIEST else bad
        return _finished(problem, Level(x), problem.measure(bad), None, 1)
    x = last_reached(problem.reached, good, bad)
    value = problem.measure(x)
    if problem.unknown == "delta" and x >= HUGEST / 2:
        x = math.inf
    return _finished(problem, Level(problem.widened(x)), value, None, 1)


def _speaking_end(problem: Problem, end: float, other: float) -> float:
    """The end itself, or the outermost value from which on the theorem is silent."""
    if problem.speaks(end):
        return end
    low, high = sorted((end, other))
    grid = [low + (min(high, 1.0) - low) * i / 64 for i in range(65)]
    grid += [10.0**i for i in range(-300, 301, 4) if low < 10.0**i < high]
    inside = [x for x in grid if problem.speaks(x)]
    if not inside:
        raise problem.silent()
    return last_reached(problem.speaks, max(inside) if end > other else min(inside), end)


def _real_ends(unknown: str) -> tuple[float, float]:
    """The range to search; a tail probability may exceed 1 before it is clipped."""
    variable = VARIABLES[unknown]
    low = math.nextafter(variable.low, math.inf) if variable.open_low else variable.low
    high = math.nextafter(variable.high, 0.0) if variable.open_high else variable.high
    return max(low, 0.0), HUGEST if unknown == "delta" or high > HUGEST else high
