"""Solutions with a proof: the goal is reached here and missed next to it, decided in balls."""

import math
from collections.abc import Callable, Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Any

from genbounds.enclosing import (
    DIGITS,
    Enclosure,
    at_precision,
    exact_facts,
    exactly,
    lifted,
    tightened,
    undecided,
)
from genbounds.generic import load_backend
from genbounds.problems import NoSolutionError, Problem
from genbounds.ties import LIMITS
from genbounds.variables import VARIABLES

_PRECISIONS = (64, 128, 256, 512, 1024, 4096)


class CertifiedProblem(Problem):
    """A problem whose facts are exact and whose decisions are proved where floats could err.

    Floats still guide the search; once `every_step` is set, balls take every decision.
    """

    every_step = False

    def decide(self, x: int) -> bool:
        """Whether the goal is reached."""
        return self.proved(x) if self.every_step else super().decide(x)

    def reached(self, x: float) -> bool:
        """Whether the goal is reached at a real number, as far as the search has to know."""
        if self.every_step:
            with suppress(undecided()):
                return self.proved(x)
        return super().reached(x)

    def _decide_exactly(self, x: int) -> bool:
        return self.proved(x)

    def proved(self, x: Any) -> bool:
        """Whether the goal is reached, by intervals that lie on one side of it."""
        for bits in _PRECISIONS:
            verdict = at_precision(lambda: self._margin(x), bits)
            if not isinstance(verdict, ValueError):
                if verdict <= 0:
                    return True
                if verdict > 0:
                    return False
        verdict = self._tied(x)
        if verdict is not None:
            return verdict
        raise undecided()(
            f"{self.bound.name} at {self.unknown} = {x} and its goal cannot be told apart at "
            f"{_PRECISIONS[-1]} bits: they are equal, or the facts are not exact"
        )

    def is_defined(self, x: Any) -> bool:
        """Whether the formula has a value here; beyond delta = 1 its logarithm may run out."""
        found = at_precision(lambda: self._margin(x), _PRECISIONS[2])
        return isinstance(found, ValueError) or not found.is_nan()

    def _tied(self, x: Any) -> bool | None:
        """Whether the goal is reached where tails are rational; None where they are not.

        An upper limit reaches a level that it is not above, a lower one a level it is not below. A
        deviation lies on that side of what is observed; an interval has to reach on both sides.
        """
        facts, level = self.exact_facts(x), Fraction(exactly(self.level))
        middle = _observed(facts) if self.side.deviates else Fraction(0)
        if self.side.share == 2:
            facts["delta"] /= 2
        signs: list[int] = []
        for theorem in filter(None, (self.side.theorem, self.side.lower)):
            limit, down = LIMITS.get(theorem.name), theorem.claim.side == "lower"
            place = middle - level if self.side.deviates and down else middle + level
            found = None if limit is None else limit.sign(facts, place)
            if found is None:
                return None
            signs.append(-found if down else found)
        return max(signs) <= 0

    def _margin(self, x: Any) -> Any:
        """Above 0 where the goal is missed, a ball."""
        level = load_backend("balls").ball(exactly(self.level))
        return int(self.side.sign) * (self._ball(x) - level)

    def _ball(self, x: Any) -> Any:
        facts = lifted(self.exact_facts(x))
        return load_backend("balls").ball(self.side.measure(self.settled.derive(facts)))

    def enclosure(self, x: Any) -> Enclosure:
        """What is compared to the goal, at one value of the unknown."""
        ball = tightened(lambda: self._ball(x), DIGITS, self.bound.name)
        return Enclosure(ball, "lower" if self.side.sign < 0 else "upper")

    def level_of(self) -> float:
        """The measured value in the units of the user's loss, rounded to the safe side."""
        return self.whole().value

    def whole(self) -> Enclosure:
        """What is measured, nothing being open, in the units of the user's loss."""
        scale = self.width if self.goal.kind in ("target", "epsilon") else 1
        ball = tightened(lambda: self._ball(None) * exactly(scale), DIGITS, self.bound.name)
        return Enclosure(ball, "lower" if self.side.sign < 0 else "upper")

    def rounded_up(self, value: float) -> int:
        """The least integer not below a printed sample size."""
        if not math.isfinite(value):
            raise self.silent()
        for bits in _PRECISIONS:
            found = at_precision(lambda: load_backend("balls").ceil(self._ball(None)), bits)
            whole = None if isinstance(found, ValueError) else found.unique_fmpz()
            if whole is not None:
                return max(1, int(whole))
        raise undecided()(f"{self.bound.name} is too near an integer to be rounded up")


class _EveryStep(CertifiedProblem):
    every_step = True


def _observed(facts: Mapping[str, Any]) -> Fraction:
    """What a deviation is measured from."""
    if "empirical_risk" in facts or "errors" not in facts:
        return Fraction(facts.get("empirical_risk", 0))
    return Fraction(facts["errors"]) / Fraction(facts["n"])


def proved_solution(
    solution: Callable[..., Any], bound: Any, unknown: str, given: Mapping[str, Any]
) -> Any:
    """What `solution` finds for the exact facts, with its certificate; balls search if need be."""
    facts = exact_facts({k: v for k, v in given.items() if v is not None}, bound.arguments)
    _refuse_unprovable(unknown, facts)
    for kind in (CertifiedProblem, _EveryStep):
        found = solution(kind, bound, unknown, {"target": None, "epsilon": None, **facts})
        found.certificate = _certificate(found)
        if found.certificate is not None:
            return found
    raise undecided()(f"no {unknown} of {bound.name} could be proved from {given}")


def _refuse_unprovable(unknown: str, facts: Mapping[str, Any]) -> None:
    intervals = [name for name, x in facts.items() if type(x).__name__ == "arb"]
    if intervals:
        raise ValueError(f"{', '.join(intervals)}: a certified solution needs exact numbers")
    far = [name for name, x in facts.items() if isinstance(x, Fraction) and not _near(x)]
    if far:
        raise ValueError(
            f"{', '.join(far)}: out of the range of floats, which guide the search; "
            "Bound.enclose takes such numbers"
        )
    if facts.get("width", 1) != 1 and unknown in VARIABLES and VARIABLES[unknown].degree:
        raise ValueError(f"{unknown} is in loss units: certify it for width 1 and rescale")


def _near(x: Fraction) -> bool:
    """Whether some float is near to the number."""
    return x == 0 or 2.0**-1022 <= abs(x) <= 2**1023


def _certificate(found: Any) -> tuple[Enclosure, Enclosure | None] | None:
    """The enclosures at the solution and next to it, if they prove that it is the boundary."""
    problem: CertifiedProblem = found.problem
    if problem.goal.is_value:
        return problem.whole(), None
    x, beyond = found if not isinstance(found, int) else int(found), _next(found)
    outside = x == 0 and VARIABLES[problem.unknown].open_low  # below every float
    if outside or not math.isfinite(x) or not problem.is_defined(x):
        raise NoSolutionError(
            f"{problem.unknown} = {x}: all {problem.unknown} for which {problem.bound.name} has a "
            "value are on one side of the goal, so there is no boundary to certify"
        )
    if beyond is not None and not problem.is_defined(beyond):
        beyond = None
    if not problem.proved(x) or (beyond is not None and problem.proved(beyond)):
        return None
    return problem.enclosure(x), None if beyond is None else problem.enclosure(beyond)


def _next(found: Any) -> Any:
    """The neighbour that misses the goal; None at the end of the range."""
    problem, step = found.problem, found.step
    if isinstance(found, int):
        neighbour = int(found) - step
        return neighbour if problem.allows(neighbour) else None
    towards = 0.0 if problem.direction == "-" else math.inf
    beyond = math.nextafter(float(found), towards)
    contains = VARIABLES[problem.unknown].contains
    tail = problem.unknown == "delta" and not contains(float(found))  # a raw one, above 1
    return beyond if (tail or contains(beyond)) and beyond > 0 else None


def certified_words(found: Any) -> str:
    """The proof in words, with the digits that are certain."""
    name, what = found.problem.unknown, found.problem.goal.words
    here, beyond = found.certificate
    at = "" if found.problem.goal.is_value else f" at {name} = {found}"
    text = f"{what} = {here.digits}{at}"
    if beyond is not None:
        text += f", {beyond.digits} at {name} = {_next(found)}"
    return f"{text}, proved"
