"""Bounds on facts of which one or two may be arrays: what each is fed, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from genbounds.arguments import settle
from genbounds.declaration import Bound
from genbounds.generic import backend_of
from genbounds.problems import NoSolutionError
from genbounds.solving import solve
from genbounds.two_sided import TwoSided
from genbounds.variables import DERIVATIONS, VARIABLES

Theorem = Bound | TwoSided
Facts = dict[str, Any]
_EXTRA = ("growth", "width", "epsilon", "target")


class Point(NamedTuple):
    """Scalar facts, the one or two axes, and what was done to them."""

    facts: Facts
    axes: dict[str, np.ndarray]
    notes: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of every number: () for scalars."""
        return tuple(len(axis) for axis in self.axes.values())

    @property
    def grid(self) -> Facts:
        """The facts with each axis along its own dimension."""
        last = len(self.axes) - 1
        spread = {
            name: axis.reshape([-1 if j == i else 1 for j in range(last + 1)])
            for i, (name, axis) in enumerate(self.axes.items())
        }
        return self.facts | spread


def read(given: Mapping[str, Any]) -> Point:
    """The facts of a call; `ValueError` names unknown ones, a third axis, shapes, ranges."""
    unknown = [name for name in given if name not in VARIABLES and name not in _EXTRA]
    if unknown:
        hint = " (delta is 1 - confidence)" if "confidence" in unknown else ""
        raise ValueError(f"unknown arguments: {', '.join(unknown)}{hint}")
    facts: Facts = {}
    axes: dict[str, np.ndarray] = {}
    notes: list[str] = []
    for name, value in given.items():
        if _is_axis(name, value):
            axes[name] = _axis(name, value, notes)
        elif value is not None:
            facts[name] = _floored(name, value, notes)
    if len(axes) > 2:
        raise ValueError(f"at most two variables may be arrays, got {', '.join(axes)}")
    _check_together(given)
    _check_ranges(facts | axes)
    return Point(facts, axes, tuple(notes))


def _check_together(given: Mapping[str, Any]) -> None:
    """Facts that say the same twice, and goals that every bound reaches."""
    if {"errors", "empirical_risk"} <= given.keys():
        raise ValueError("give errors or empirical_risk, not both")
    epsilon, width = given.get("epsilon"), given.get("width", 1)
    if isinstance(epsilon, (int, float)) and not 0 < epsilon < width:
        raise ValueError(f"epsilon must be greater than 0 and less than {width}, got {epsilon!r}")


def _is_axis(name: str, value: Any) -> bool:
    if name in VARIABLES and VARIABLES[name].kind in ("sequence", "data", "function"):
        return False
    several = isinstance(value, (list, range)) or type(value) is tuple
    return several or getattr(value, "ndim", 0) > 0 or type(value).__name__ == "Series"


def _is_whole(name: str) -> bool:
    return name == "n" or (name in VARIABLES and VARIABLES[name].kind == "integer")


def _axis(name: str, value: Any, notes: list[str]) -> np.ndarray:
    """The distinct values in ascending order, whole where the variable is."""
    try:
        axis = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must hold numbers, got {value!r:.80}") from None
    if axis.ndim != 1 or axis.size == 0:
        raise ValueError(f"{name} must be a one-dimensional array, got shape {axis.shape}")
    if not np.isfinite(axis).all():
        raise ValueError(f"{name} must hold finite numbers")
    if _is_whole(name) and (axis != np.floor(axis)).any():
        axis = np.floor(axis)
        notes.append(f"{name} was rounded down to whole numbers")
    return np.unique(axis)


def _floored(name: str, value: Any, notes: list[str]) -> Any:
    """Whole numbers however they are written; a sample size rounded down."""
    if not (isinstance(value, float) and _is_whole(name) and np.isfinite(value)):
        return value
    if value.is_integer():
        return int(value)
    if name != "n":
        return value  # a dimension rounded down would claim more: it is refused
    notes.append("n was rounded down to a whole number")
    return int(np.floor(value))


def _check_ranges(facts: Mapping[str, Any]) -> None:
    names = [name for name in facts if name in VARIABLES and name != "epsilon"]
    width = _checked_width(facts.get("width", 1))
    known = {name: _in_units(name, facts[name], width) for name in names}
    if len([x for x in known.values() if getattr(x, "ndim", 0)]) > 1:  # no grid is formed here
        known = {name: x for name, x in known.items() if not getattr(x, "ndim", 0)}
        for name in set(names) - set(known):
            settle((name,), {name: _in_units(name, facts[name], width)})
    also = {"growth": facts["growth"]} if "growth" in facts and "vc_dim" in names else {}
    settle([*known, *(["log_growth"] if also and "vc_dim" in known else [])], known | also)


def _checked_width(width: Any) -> float:
    if isinstance(width, bool) or not isinstance(width, (int, float)) or not 0 < width < np.inf:
        raise ValueError(f"width must be a number greater than 0, got {width!r}")
    return width


def _in_units(name: str, value: Any, width: float) -> Any:
    """A number in units of the range of the loss, as the vocabulary limits it."""
    degree = VARIABLES[name].degree
    return value / width**degree if degree and width != 1 else value


# --- what a bound takes of the facts


def takes(theorem: Theorem, facts: Mapping[str, Any]) -> set[str]:
    """The facts that feed a bound, directly or through a derivation."""
    used = {name for name in theorem.arguments if name in facts}
    for derivation in DERIVATIONS:
        wanted = derivation.target in theorem.arguments and derivation.target not in facts
        if wanted and all(source in facts for source in derivation.sources):
            used |= set(derivation.sources)
            if derivation.target == "log_growth" and "growth" in facts:
                used.add("growth")
    return used | ({"width"} & facts.keys())


def lacking(theorem: Theorem, facts: Mapping[str, Any], without: Sequence[str] = ()) -> list[str]:
    """The arguments that neither the facts nor a derivation give."""
    known = {*takes(theorem, facts), *without}
    derived = {d.target for d in DERIVATIONS if known.issuperset(d.sources)}
    return [name for name in theorem.arguments if name not in known | derived]


def one_sided(theorem: Theorem) -> Bound:
    """The theorem that an interval is made of; any other is itself."""
    return theorem.bound if isinstance(theorem, TwoSided) else theorem


# --- which number is compared


def kind_of(form: str, facts: Mapping[str, Any], observed: bool) -> str:
    """What is compared: the value, the gap to an unknown empirical risk, or what is solved for."""
    if form != "value":
        return "value"
    goals = [name for name in ("epsilon", "target") if name in facts]
    if len(goals) > 1:
        raise ValueError("give epsilon (a deviation) or target (a value), not both")
    if goals and "n" not in facts:
        return "n"
    if goals and "delta" not in facts:
        if observed:
            raise ValueError(
                "a delta that is found from what was observed is no failure probability: give "
                "delta, or leave out what was observed and give epsilon"
            )
        return "delta"
    if goals:
        raise ValueError(f"n and delta are given: leave one open, or leave out {goals[0]}")
    return "value" if observed else "gap"


def evaluator(theorem: Theorem, kind: str, side: str) -> Callable[[Facts], Any]:
    """The function of facts whose numbers are compared.

    From below, a theorem of both sides gives the mirror of its deviation.
    """
    mirrored = side == "lower" and theorem.claim.side == "both"
    if kind in ("n", "delta"):
        sided = theorem.two_sided if mirrored and isinstance(theorem, Bound) else theorem
        return lambda facts: _solved(sided, kind, facts)
    if kind == "gap":
        deviation = theorem.gap
        return (lambda facts: -deviation(**facts)) if mirrored else lambda facts: deviation(**facts)
    if isinstance(theorem, TwoSided):
        return lambda facts: longer_arm(theorem(**facts), facts)
    if mirrored:
        interval = theorem.two_sided
        return lambda facts: interval(**facts)[0]
    return lambda facts: theorem(**facts)


def longer_arm(ends: tuple[Any, Any], facts: Mapping[str, Any]) -> Any:
    """How far an interval goes from what was observed; half its length where that is not known."""
    low, high = ends
    centre = observed(facts)
    if centre is None:
        centre = (low + high) / 2
    if backend_of(type(high)) == "digits":
        return max(high - centre, centre - low)
    with np.errstate(invalid="ignore"):
        return np.maximum(high - centre, centre - low)


def observed(facts: Mapping[str, Any]) -> Any:
    """The empirical risk that the facts say, if they do."""
    if "errors" in facts and "n" in facts:
        return facts["errors"] / facts["n"]
    if "losses" in facts:
        return sum(facts["losses"]) / len(facts["losses"])
    return facts.get("empirical_risk", facts.get("margin_risk"))


def _solved(theorem: Theorem, unknown: str, facts: Facts) -> Any:
    """What reaches the goal, cell by cell; infinite where nothing does."""
    names = [name for name, x in facts.items() if getattr(x, "ndim", 0) and _is_axis(name, x)]
    if not names:
        return _one_solution(theorem, unknown, facts)
    cells = np.broadcast(*(facts[name] for name in names))
    plain = (map(_plain, names, cell) for cell in cells)
    found = [
        _one_solution(theorem, unknown, facts | dict(zip(names, cell, strict=True)))
        for cell in plain
    ]
    return np.array(found).reshape(cells.shape)


def _plain(name: str, value: Any) -> Any:
    return int(value) if _is_whole(name) else float(value)


def _one_solution(theorem: Theorem, unknown: str, facts: Facts) -> float:
    try:
        return float(solve(theorem, unknown, **facts))
    except NoSolutionError:
        return float("inf")


class Entry(NamedTuple):
    """A theorem, the function whose numbers are compared, its facts and its numbers."""

    theorem: Theorem
    number: Callable[[Facts], Any]
    facts: Facts
    raw: np.ndarray

    @property
    def name(self) -> str:
        """The bound's name."""
        return self.theorem.name

    @property
    def event(self) -> str:
        """Bounds of one event cost one delta together."""
        return event_of(self.theorem)


def event_of(theorem: Theorem) -> str:
    """The high-probability event behind a theorem: its own unless it names one."""
    return one_sided(theorem).event or one_sided(theorem).name
