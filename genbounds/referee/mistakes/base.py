"""What a mistake is: a false theorem, and the world that shows it, or how loose it is."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from genbounds.referee.worlds.base import World


class Mistake(NamedTuple):
    """A claim that people make and that is false, or that nobody could refute.

    `bound` is the false theorem, callable like any other. `world`, `n` and `delta` make a
    counterexample; without a world the mistake is too loose to tell, and `why` says so.
    """

    name: str
    says: str
    bound: Any
    delta: str
    n: int = 0
    world: World | None = None
    parameters: Mapping[str, Any] = {}
    why: str = ""

    @property
    def probability(self) -> Fraction:
        """The probability, exact and certified, with which the claim fails in the world."""
        from genbounds.referee.certifying import certified_chance

        if self.world is None:
            raise ValueError(f"{self.name} has no counterexample: {self.why}")
        return certified_chance(
            self.bound, self.world, self.n, Fraction(self.delta), self.parameters
        )

    @property
    def refuted(self) -> bool:
        """Whether the world refutes the claim."""
        return self.world is not None and self.probability > Fraction(self.delta)
