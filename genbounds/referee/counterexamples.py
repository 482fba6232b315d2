"""A counterexample: a world, a sample size, a delta, and what a reader recomputes by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from genbounds.referee.certifying import certain_violations
from genbounds.referee.draws import in_floats
from genbounds.referee.readings import as_read, read
from genbounds.referee.worlds.base import World

_LISTED = 8


class Counterexample(NamedTuple):
    """A world in which a claim fails with a probability, exact, above the delta that it allows."""

    bound: Any
    world: World
    n: int
    delta: Fraction
    probability: Fraction
    parameters: dict[str, Any]

    @property
    def ratio(self) -> float:
        """How many times delta the claim fails; infinite where it may never fail."""
        return float(self.probability / self.delta) if self.delta else float("inf")

    @property
    def violations(self) -> list[dict[str, Any]]:
        """The outcomes on which the claim fails: probability, truth, value, and what was seen."""
        draws, hit = certain_violations(self.bound, self.world, self.n, self.delta, self.parameters)
        floats = in_floats(self.parameters)
        seen = as_read(self.bound, self.world.outcomes(self.n).knowing(**floats))
        reading = read(self.bound, seen, float(self.delta))
        truth, value = (np.broadcast_to(x, hit.shape) for x in (reading.truth, reading.value))
        found = []
        for t in map(int, np.nonzero(hit.any(axis=1))[0]):
            k = int(np.argmax(np.where(hit[t], abs(truth[t] - value[t]), -1)))
            row: dict[str, Any] = {"outcome": draws.outcome(t)}
            if draws.weights is not None and len(draws.weights) == len(hit):
                row["probability"] = draws.weights[t]
            found.append(
                row | {"instance": k, "truth": float(truth[t, k]), "value": float(value[t, k])}
            )
        return found

    @property
    def sentence(self) -> str:
        """How often the claim fails, and how often it may."""
        fixed = "".join(f", {name} = {value}" for name, value in self.parameters.items())
        allowed = f"delta = {shown(self.delta)}" if self.delta else "never"
        return (
            f"{self.bound.name} fails with probability {shown(self.probability)}, "
            f"allowed: {allowed}, at n = {self.n}{fixed}"
        )

    @property
    def outcomes(self) -> list[str]:
        """The outcomes on which the claim fails in words, the first of many."""
        rows = self.violations
        more = len(rows) - _LISTED
        return [
            *map(_in_words, rows[:_LISTED]),
            *([f"and {more} outcomes more"] if more > 0 else []),
        ]

    def __str__(self) -> str:
        lines = [f"{self.sentence}, in this world:", self.world.sentence, *self.outcomes]
        return "\n  ".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """The counterexample as plain data; fractions are text."""
        return {
            "bound": self.bound.name,
            "world": self.world.to_dict(),
            "n": self.n,
            "delta": str(self.delta),
            "probability": text_of(self.probability),
            "ratio": self.ratio if self.delta else None,
            "parameters": {name: plain(value) for name, value in self.parameters.items()},
        }


def _in_words(row: dict[str, Any]) -> str:
    chance = f"probability {shown(row['probability'])}: " if "probability" in row else ""
    return (
        f"{row['outcome']}: {chance}the truth is {row['truth']:.10g}, the bound says "
        f"{row['value']:.10g}"
    )


def plain(value: Any) -> Any:
    """Fractions as text."""
    return str(value) if isinstance(value, Fraction) else value


def shown(x: Any) -> str:
    """A fraction as it is where that is short, else with its decimal value."""
    exact = text_of(x)
    return exact if len(exact) <= 24 else f"{float(x):.10g}"


def text_of(x: Any) -> str:
    """A fraction as text; one of thousands of digits in hexadecimal."""
    try:
        return str(x)
    except ValueError:  # Python refuses to write out integers of more than 4300 digits
        return f"{x.numerator:#x}/{x.denominator:#x}"
