"""A bound with one argument open and a goal: what `solve` and `scan` ask about."""

import math
from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from threading import RLock
from typing import Any, NamedTuple

from genbounds.arguments import number, settle
from genbounds.declaration import Bound
from genbounds.enclosing import exactly
from genbounds.generic import backend_of, maximum
from genbounds.growth import GROWTHS, OwnGrowth, Sauer, SauerExp
from genbounds.two_sided import TwoSided
from genbounds.variables import VARIABLES

LARGEST = 10**18
_DOUBT = 2e-12
_DIGITS = (30, 60, 120)
_FORM_GOALS = {"sample_size": "n", "failure_probability": "delta"}
_FLIP = {"+": "-", "-": "+"}


_ALONE = RLock()
"""mpmath keeps one working precision for the whole process: one decision at a time."""


class NoSolutionError(Exception):
    """No value of the unknown reaches the goal; `nearest` is the closest that can be reached."""

    def __init__(self, message: str, nearest: float | None = None) -> None:
        super().__init__(message)
        self.nearest = nearest


class Goal(NamedTuple):
    """What the level is for: the value (`target`), the deviation (`epsilon`), `n` or `delta`."""

    kind: str
    level: Any

    @property
    def is_value(self) -> bool:
        """Whether the goal is open itself, so that nothing has to be inverted."""
        return self.level is None

    @property
    def words(self) -> str:
        """What the level is compared to."""
        return {"target": "bound", "epsilon": "deviation"}.get(self.kind, self.kind)


def set_goal(
    bound: Bound | TwoSided, unknown: str, target: Any, epsilon: Any, facts: Mapping[str, Any]
) -> tuple[Goal, dict[str, Any]]:
    """The goal out of what was given, and the other facts; `ValueError` if it is not one goal."""
    facts = dict(facts)
    if epsilon is not None and "epsilon" in bound.arguments:
        facts["epsilon"], epsilon = epsilon, None
    own = _FORM_GOALS.get(bound.claim.form)
    if own is not None:
        level = facts.pop(own, None) if target is None else target
        _check_goal(own, unknown, level, epsilon)
        return Goal(own, None if unknown == own else _level(own, level)), facts
    if unknown in ("target", "epsilon") and unknown not in bound.arguments:
        _refuse(
            target is not None or epsilon is not None, f"{unknown} is sought: give neither goal"
        )
        return Goal(unknown, None), facts
    one = (target is None) != (epsilon is None)
    _refuse(not one, "give exactly one of target (a value of the bound) and epsilon (a deviation)")
    kind, level = ("target", target) if epsilon is None else ("epsilon", epsilon)
    return Goal(kind, _level(kind, level)), facts


def _check_goal(own: str, unknown: str, level: Any, epsilon: Any) -> None:
    _refuse(epsilon is not None, f"this bound is a {own} already: epsilon does not apply")
    _refuse(unknown == own and level is not None, f"{own} is sought: do not give it")
    _refuse(unknown != own and level is None, f"give {own}, which this bound is held against")


def _refuse(condition: bool, message: str) -> None:
    if condition:
        raise ValueError(message)


def _level(kind: str, level: Any) -> Any:
    if isinstance(level, Fraction):
        _refuse(kind != "target" and level <= 0, f"{kind} must be greater than 0, got {level}")
        return level
    try:
        value = number(kind, level)
    except TypeError as fault:
        raise ValueError(str(fault)) from None
    plain = backend_of(type(value)) == "floats"
    _refuse(not plain or not math.isfinite(value), f"{kind} must be a finite number, got {level!r}")
    _refuse(kind != "target" and value <= 0, f"{kind} must be greater than 0, got {level!r}")
    return value


class Problem:
    """The measure of one unknown, as floats and as decisions that floats cannot take."""

    def __init__(
        self, bound: Bound | TwoSided, unknown: str, goal: Goal, facts: Mapping[str, Any]
    ) -> None:
        self.bound, self.unknown, self.goal = bound, unknown, goal
        if unknown in facts:
            raise ValueError(f"{unknown} is sought: do not give it")
        if goal.kind == "epsilon" and unknown in ("errors", "empirical_risk", "margin_risk"):
            raise ValueError(f"epsilon is a deviation from {unknown}: give a target instead")
        if bound.status == "order":
            raise ValueError(
                f"{bound.name} is known up to a constant only: there is nothing to solve"
            )
        self.side = _Side(bound, goal.kind)
        known, self.width = self.side.theorem.prepared(self.side.without_free(dict(facts)))
        self.rate = self._rate(known)
        if self.rate is not None and goal.kind == "epsilon":
            self.goal = Goal("target", self.rate + Fraction(str(goal.level)))
            self.side = _Side(bound, "target")
        argument = None if goal.is_value else unknown
        self.settled = settle(self.side.theorem.arguments, known, argument)
        scales = goal.kind in ("target", "epsilon") and self.width != 1 and not goal.is_value
        self.level = goal.level / self.width if scales else self.goal.level
        self._level = math.nan if self.level is None else float(self.level)
        self._known: dict[Any, float] = {}
        self._fractions = {k: v for k, v in known.items() if _is_exact(v)}
        self._doubt = _DOUBT + 1e-15 / (1 - min(self.settled.facts.get("delta", 0.5), 1 - 1e-15))
        self._late = [d for d in self.settled.derivations if unknown in d.sources]
        self._early = self.settled.derive(self.settled.facts, without=unknown)
        self._direct = unknown in self.side.theorem.arguments
        self._plain = self._direct and not self._late and self.rate is None and self.side.is_formula

    def _rate(self, facts: dict[str, Any]) -> Fraction | None:
        """An error rate in place of a count while n is sought: the count is floor(rate n)."""
        names = self.side.theorem.arguments
        if self.unknown != "n" or "errors" not in names or "empirical_risk" not in facts:
            return None
        given = facts.pop("empirical_risk")
        settle(("empirical_risk",), {"empirical_risk": given})
        rate = Fraction(str(given))
        facts["errors"] = 0
        return rate

    @property
    def _error_rate_falls(self) -> bool:
        """Whether n is sought for a deviation from errors/n: both rise to a peak and fall."""
        counted = self.side.deviates and "errors" in self.settled.facts
        return counted and self.unknown == "n"

    @cached_property
    def direction(self) -> str:
        """How the excess over the goal moves with the unknown."""
        if self._error_rate_falls:
            return "-"
        usual = self.side.theorem.direction_of(self.unknown)
        if usual is None and self.unknown in self.side.theorem.peaks:
            usual = "-"
        if usual is None:
            whole = self.unknown == "n" or VARIABLES[self.unknown].kind == "integer"
            raise ValueError(
                f"{self.bound.name} is not monotone in {self.unknown}: "
                + ("use scan for the set that reaches" if whole else "evaluate it on a grid")
            )
        return usual if self.side.sign > 0 and not self.side.below else _FLIP[usual]

    @property
    def growth(self) -> Any:
        """How labelings are counted: the name of a growth function, or what the user gave."""
        kinds = {k: name for name, k in GROWTHS.items()}
        named = [kinds[d.function] for d in self.settled.derivations if d.function in kinds]
        return named[0] if named else self.settled.facts.get("log_growth")

    def may_rise_before(self, found: int | None) -> bool:
        """Whether the excess may have fallen only after a rise that the search jumped over.

        So it is in an argument that the bound lists among its peaks, and at small n for a growth
        convention below the true growth.
        """
        if self.unknown in self.side.theorem.peaks or self._error_rate_falls:
            return True
        if "log_growth" not in self.side.theorem.arguments or (found or 0) > 64:
            return False
        kinds = {d.function for d in self.settled.derivations}
        return not (kinds | {type(self.settled.facts.get("log_growth"))}) & {Sauer, SauerExp}

    def integers(self, largest: int = LARGEST) -> tuple[int, int]:
        """The range in which an integer unknown is sought."""
        facts, variable = self.settled.facts, VARIABLES[self.unknown]
        counts = ("errors", "errors_first_only", "errors_second_only")
        counted = sum(int(facts.get(name, 0)) for name in counts) if self.unknown == "n" else 0
        low = max(int(variable.low), counted)
        high = largest if variable.high == math.inf else int(variable.high)
        if self.unknown == "n":
            high = int(facts.get("population_size", high))
        if self.unknown == "errors":
            high = int(facts["n"])
        return low, high

    def allows(self, x: int) -> bool:
        """Whether the unknown may take this value."""
        low, high = self.integers(10**19)
        return low <= x <= high

    # --- measures and decisions

    def speaks(self, x: Any) -> bool:
        """Whether the relations that the theorem needs hold at this value of the unknown."""
        return not self.side.theorem.unmet(self._values(x))

    def level_of(self) -> float:
        """The measured value in the units of the user's loss, nothing being open."""
        value = self.side.measure(self.settled.values)
        return float(value * self.width if self.goal.kind in ("target", "epsilon") else value)

    def measure(self, x: Any) -> float:
        """The value that the goal is about, at one value of the unknown."""
        found = self._known.get(x)
        if found is None:
            found = self._known[x] = self._measured(x)
        return found

    def _measured(self, x: Any) -> float:
        if self._plain:
            try:
                value = self.side.theorem.formula(**{**self._early, self.unknown: x})
            except ArithmeticError:
                value = math.nan
            if value == value:
                return float(value)
        return float(self.side.measure(self._values(x)))

    def _values(self, x: Any) -> dict[str, Any]:
        values = {**self._early, self.unknown: x}
        if self.rate is not None:
            values["errors"] = math.floor(self.rate * x)
        if self._late:
            values |= {
                d.target: d.function(
                    *({**self.settled.facts, self.unknown: x}[s] for s in d.sources)
                )
                for d in self._late
            }
        return values if self._direct else {k: values[k] for k in self.side.theorem.arguments}

    def _facts(self, x: Any) -> dict[str, Any]:
        facts = {**self.settled.facts, self.unknown: x}
        if self.rate is not None:
            facts["errors"] = math.floor(self.rate * x)
        return facts

    def excess(self, x: Any) -> float:
        """Above 0 where the goal is missed; a logarithm where both sides are positive."""
        value, level = self.measure(x), self._level
        if value > 0 and level > 0 and math.isfinite(value):
            return self.side.sign * math.log(value / level)
        return self.side.sign * (value - level)

    def reached(self, x: float) -> bool:
        """The decision in floats; beyond delta = 1 a formula may have run out of its logarithm."""
        value = self.measure(x)
        return value != value or self.side.sign * (value - self._level) <= 0

    def decide(self, x: int) -> bool:
        """Whether the goal is reached: by floats where they can tell, else at rising precision."""
        value, level = self.measure(x), self._level
        apart = self.side.sign * (value - level)
        size = max(abs(value), abs(level), self.side.scale)
        if math.isinf(value) or abs(apart) > self._doubt * size:
            return apart <= 0
        return self._decide_exactly(x)

    def _decide_exactly(self, x: int) -> bool:
        from mpmath import mp

        if isinstance(self.settled.facts.get("log_growth"), OwnGrowth):
            return self.reached(x)  # the user's function knows floats only
        facts = self.exact_facts(x)
        for digits in _DIGITS:
            with _ALONE, mp.workdps(digits + 20):  # an inverse near 0 loses its leading zeros
                level = in_mpmath(exactly(self.level))
                value = self.side.measure(self.settled.derive(in_mpmath(facts)))
                margin = self.side.sign * (value - level)
                if abs(margin) > mp.mpf(10) ** (10 - digits) * max(abs(level), abs(value)):
                    return bool(margin <= 0)
        return True

    def exact_facts(self, x: Any) -> dict[str, Any]:
        """The facts at one value of the unknown: fractions as given, floats as they print."""
        facts = self.settled.facts if x is None else self._facts(x)
        return {k: exactly(v) for k, v in {**facts, **self._fractions}.items()}

    def rounded_up(self, value: float) -> int:
        """The least integer not below a printed sample size, decided exactly near an integer."""
        if not math.isfinite(value):
            raise self.silent()
        if abs(value - round(value)) > _DOUBT * max(1.0, abs(value)):
            return max(1, math.ceil(value))
        from mpmath import mp

        with _ALONE, mp.workdps(60):
            facts = in_mpmath(self.exact_facts(None))
            precise = self.side.measure(self.settled.derive(facts))
            near = mp.nint(precise)
            tie = abs(precise - near) < mp.mpf(10) ** -40 * max(1, abs(precise))
            return max(1, int(near if tie else mp.ceil(precise)))

    def widened(self, x: float) -> float:
        """The unknown in the units of the user's loss."""
        return float(x * self.width ** VARIABLES[self.unknown].degree)

    # --- failures

    def impossible(self, x: Any) -> NoSolutionError:
        """Why nothing reaches: the nearest value, and where it is."""
        nearest = self.measure(x)
        if not math.isfinite(nearest):
            return self.silent()
        word = "at most" if self.side.sign > 0 else "at least"
        return NoSolutionError(
            f"no {self.unknown} brings the {self.goal.words} of {self.bound.name} to {word} "
            f"{float(self.level):.12g}: at {self.unknown} = {x:.12g} it is {nearest:.12g}, "
            f"the nearest that can be reached",
            nearest,
        )

    def boundless(self, x: Any) -> NoSolutionError:
        """Every value of the unknown reaches the goal."""
        nearest = self.measure(x)
        return NoSolutionError(
            f"every {self.unknown} up to {x:.3g} reaches the goal: the {self.goal.words} of "
            f"{self.bound.name} is {nearest:.12g} there",
            nearest,
        )

    def silent(self) -> NoSolutionError:
        """The theorem says nothing here."""
        needs = ", ".join(self.side.theorem.needs)
        why = f": it needs {needs}" if needs else ""
        return NoSolutionError(f"{self.bound.name} is silent for these arguments{why}", None)


class _Side:
    """What is measured: the value, the deviation, or the wider half of a two-sided interval."""

    def __init__(self, bound: Bound | TwoSided, kind: str) -> None:
        self.pair = isinstance(bound, TwoSided) and not (bound.additive or bound.deviation)
        if isinstance(bound, TwoSided):
            if kind != "epsilon":
                raise ValueError(f"{bound.name} is an interval: its goal is an epsilon")
            self.theorem = bound.upper if self.pair else bound.gap
            self.lower = bound.lower if self.pair else None
            self.share = 1 if bound.one_event or not self.pair else 2
        else:
            self.theorem = bound.gap if kind == "epsilon" and bound.additive else bound
            self.lower, self.share = None, 1
        self.free = kind == "epsilon" and (bound.additive or getattr(bound, "deviation", False))
        self.deviates = kind == "epsilon" and not self.free
        self.is_formula = not (self.pair or self.deviates or self.theorem.needs)
        self.scale = 1.0 if self.deviates else 0.0  # the size of what cancels in a deviation
        claim = self.theorem.claim
        self.below = self.deviates and claim.side == "lower" and not self.pair
        from_below = claim.side == "lower" and claim.scope != "every_learner" and not self.deviates
        self.sign = -1.0 if from_below and kind != "epsilon" else 1.0

    def without_free(self, facts: dict[str, Any]) -> dict[str, Any]:
        """The facts without the empirical risk that a deviation does not depend on."""
        return {
            k: v
            for k, v in facts.items()
            if not (self.free and k in ("empirical_risk", "margin_risk"))
        }

    def measure(self, values: dict[str, Any]) -> Any:
        """The measured number, of the kind of the arguments."""
        if self.share == 2:
            values = {**values, "delta": values["delta"] / 2}
        value = self.theorem.scalar_value(values)
        if not self.deviates:
            return value
        centre = _centre(values)
        if self.lower is not None:
            return maximum(value - centre, centre - self.lower.scalar_value(values))
        return centre - value if self.theorem.claim.side == "lower" else value - centre


def _centre(values: Mapping[str, Any]) -> Any:
    """The empirical quantity that a deviation is measured from; 0 where the bound takes none."""
    for name in ("empirical_risk", "margin_risk"):
        if name in values:
            return values[name]
    return values["errors"] / values["n"] if "errors" in values else 0


def _is_exact(x: Any) -> bool:
    entries = x if isinstance(x, (tuple, list)) else (x,)
    return any(isinstance(entry, Fraction) for entry in entries)


def in_mpmath(x: Any) -> Any:
    """Exact numbers at the working precision of mpmath; anything else as it is."""
    from mpmath import mpf

    if isinstance(x, Fraction):
        return mpf(x.numerator) / x.denominator
    if isinstance(x, dict):
        return {k: in_mpmath(v) for k, v in x.items()}
    if isinstance(x, tuple):
        return tuple(map(in_mpmath, x))
    return mpf(repr(x)) if isinstance(x, (int, float)) else x
