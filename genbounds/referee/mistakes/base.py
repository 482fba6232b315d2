"""What a mistake is: a false theorem, and the world that shows it, or how loose it is."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from genbounds.declaration import Bound
from genbounds.referee.worlds.base import World
from genbounds.referee.worlds.finite import FiniteWorld

if TYPE_CHECKING:
    from genbounds.referee.counterexamples import Counterexample


class Mistake(NamedTuple):
    """A claim that people make and that is false, or that nobody could refute.

    `bound` is the false theorem, callable like any other. `world`, `n` and `delta` make a
    counterexample; without a world the mistake is too loose to tell, `why` says what is known, and
    `slack` is the largest factor on its deviation that a world refutes at that delta.
    """

    name: str
    says: str
    bound: Any
    delta: str
    n: int = 0
    world: World | None = None
    parameters: Mapping[str, Any] = {}
    why: str = ""
    slack: float = 0.0

    @property
    def probability(self) -> Fraction:
        """The probability, exact and certified, with which the claim fails in the world."""
        from genbounds.referee.certifying import certified_chance

        delta = Fraction(self.delta)
        return certified_chance(self.bound, self._shown, self.n, delta, self.parameters)

    @property
    def counterexample(self) -> Counterexample:
        """The counterexample, with the outcomes on which the claim fails."""
        from genbounds.referee.counterexamples import Counterexample
        from genbounds.referee.refuting import allowance

        allowed = allowance(self.bound, Fraction(self.delta))
        return Counterexample(
            self.bound, self._shown, self.n, allowed, self.probability, dict(self.parameters)
        )

    @property
    def _shown(self) -> World:
        if self.world is None:
            raise ValueError(f"{self.name} has no counterexample: {self.why or self.bound.why}")
        return self.world

    @property
    def refuted(self) -> bool:
        """Whether the world refutes the claim."""
        return self.world is not None and self.probability > Fraction(self.delta)


def claimed(theorem: Bound, name: str, why: str, **fields: str) -> Bound:
    """A theorem's formula under a stronger claim: `fields` of the claim replaced."""
    return Bound(
        theorem.formula, theorem.claim._replace(**fields), name=name, source=theorem.source,
        status="refuted", why=why, given=theorem.given, needs=theorem.needs, fixed=theorem.fixed,
        additive=theorem.additive, direction=theorem.exceptions,
    )  # fmt: skip


def coin(risk: str) -> FiniteWorld:
    """A hypothesis that errs with this probability."""
    p = Fraction(risk)
    return FiniteWorld(law=(p, 1 - p), losses=((1, 0),))
