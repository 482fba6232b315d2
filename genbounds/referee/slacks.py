"""Slack: how much of a bound's radius is certainly needed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from typing import Any

from genbounds.referee.counterexamples import Counterexample
from genbounds.referee.refuting import Question, prove
from genbounds.referee.scaling import scaled
from genbounds.referee.searching import Search, search
from genbounds.referee.worlds.base import World
from genbounds.rendering import Report, Shown

_CANDIDATES = 8


@dataclass(frozen=True, repr=False)
class Slack(Shown):
    """The largest factor on a bound's radius that some world refutes.

    With its radius (the distance to the empirical risk, or to 0) times `certified`, the bound is
    false: `counterexample` proves it. `value` is the supremum of such factors in that world; no
    factor below it can be true, and 1 means that the bound cannot be improved by any.
    """

    bound: Any
    delta: float
    value: float
    certified: Fraction
    counterexample: Counterexample | None
    searched: Search

    @property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        from genbounds.referee.reports import of_slack

        return of_slack(self)

    def plot(self, path: Any = None) -> Any:
        """A bar beside the line at 1; `path` writes it, by its ending."""
        from genbounds.plot import SlackDisplay

        display = SlackDisplay.from_slacks(self).plot()
        return display if path is None else display.save(path)

    def to_dict(self) -> dict[str, Any]:
        """The slack as plain data; None where JSON has no number."""
        from genbounds.referee.reports import finite

        return {
            "bound": self.bound.name,
            "delta": self.delta,
            "slack": finite(self.value),
            "certified": str(self.certified),
            "searched": str(self.searched),
            "counterexample": self.counterexample and self.counterexample.to_dict(),
        }


def slack(
    bound: Any, *, delta: float = 0.05, worlds: World | Iterable[World] | None = None,
    n: int | Iterable[int] | None = None, seconds: float = 20.0, rng: int = 0,
    **parameters: Any,
) -> Slack:  # fmt: skip
    """The largest factor on the deviation term that some world refutes, with that world.

    It is a lower bound on the factor that the theorem really needs; the arguments are those of
    `refute`. NaN where no factor was refuted, infinite where every factor is.
    """
    asked = Question.of(bound, delta, worlds, n, seconds, rng, parameters)
    bound, allowed = asked.bound, float(asked.allowed)
    looked = search(asked.arenas(), asked.seed, monotonic() + asked.seconds)
    for candidate in looked.found[:_CANDIDATES]:
        for factor in factors_below(candidate.score.slack):
            proof = prove(scaled(bound, factor), candidate)
            if proof is not None:
                value = round(candidate.score.slack, 6)
                return Slack(bound, allowed, value, factor, proof, looked)
    return Slack(bound, allowed, math.nan, Fraction(0), None, looked)


def factors_below(slack: float) -> Iterator[Fraction]:
    """Short decimals just below a slack, the nearest first; 10^6 where every factor fails."""
    for digits in (9, 6, 4, 3) if slack > 0 else ():
        yield Fraction(int(min(slack, 1e6) * (1 - 10.0**-digits) * 10**digits), 10**digits)
