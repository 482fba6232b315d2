"""Which theorems speak of a world: one where the sample is drawn or used as their claim has it."""

from __future__ import annotations

from typing import Any


def obstacles(bound: Any, world: Any) -> tuple[str, ...]:
    """The fields of the claim, and the conditions, for which the theorem is silent on the world.

    A world says what it asks of a claim: `demands`, the values that a claim's fields must cover
    (`{"data": "without_replacement"}`), and `breaks`, the conditions that do not hold in it. What
    fails on a world in spite of obstacles was misused, not refuted.
    """
    claim = bound.claim
    fields = claim.obstacles(claim._replace(**getattr(world, "demands", {})))
    broken = getattr(world, "breaks", ())
    return (*fields, *(condition for condition in bound.given if condition in broken))
