"""The derivative of a whole bound: partial derivatives in forward mode, at every order.

In forward mode `where` selects the slope of the branch that it takes, so that the other one's
infinities go nowhere; reverse mode would multiply them by 0. A bound acts entry by entry, so one
tangent for each argument gives all of its slopes, and what is left for reverse mode is to multiply
them. The slopes are again a function of the same kind, with the same rule.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import jax
import jax.numpy as jnp
from jax.custom_derivatives import SymbolicZero

from genbounds.backends.traced.entries import largest, precision

Function = Callable[..., Any]


def forward(function: Function) -> Function:
    """`function` of numbers (arrays of one shape) and sequences, differentiated forwards.

    Its values have the shape of the numbers, with further axes in front. `function(numbers,
    sequences)` takes two tuples.
    """
    ruled: Any = jax.custom_jvp(function)

    def rule(primals: Any, tangents: Any) -> tuple[Any, Any]:
        moved = [i for i, t in enumerate(tangents[0]) if not isinstance(t, SymbolicZero)]
        value, *slopes = forward(_with_slopes(function, moved))(*primals)
        tangent = _along_sequences(function, primals, tangents[1])
        for slope, i in zip(slopes, moved, strict=True):
            tangent = tangent + slope * tangents[0][i]
        return value, jnp.broadcast_to(tangent, value.shape)

    ruled.defjvp(rule, symbolic_zeros=True)
    found: Function = ruled
    return found


def _with_slopes(function: Function, moved: Sequence[int]) -> Function:
    """The value, and the slope in each of the numbers `moved`, stacked along a new first axis."""

    def along(i: int, numbers: Any, sequences: Any) -> Any:
        """One argument at a time: others' tangents of 0 would meet infinities on the way."""
        at = _at(function, numbers, sequences, [i])
        value, slope = jax.jvp(at, (numbers[i],), (jnp.ones_like(numbers[i]),))
        return jnp.stack([value, _finite(value, slope, numbers)])

    def stacked(numbers: Any, sequences: Any) -> Any:
        if not moved:
            return function(numbers, sequences)[None]
        pairs = [along(i, numbers, sequences) for i in moved]
        return jnp.stack([pairs[0][0], *(slope for _, slope in pairs)])

    return stacked


def _at(function: Function, numbers: Any, sequences: Any, moved: Sequence[int]) -> Function:
    """`function` of the numbers `moved` alone."""

    def at(*given: Any) -> Any:
        changed = dict(zip(moved, given, strict=True))
        return function(tuple(changed.get(i, x) for i, x in enumerate(numbers)), sequences)

    return at


def _finite(value: Any, slope: Any, numbers: Any) -> Any:
    """No slope beyond the largest number; 0 where the value or an argument is infinite.

    It is 0, too, where an infinity on the way is multiplied by 0: e^(-n kl) at kl = inf is flat.
    """
    real = reduce(jnp.logical_and, map(jnp.isfinite, numbers), jnp.isfinite(value))
    bounded = jnp.clip(slope, -largest(slope), largest(slope))
    return jnp.where(real & ~jnp.isnan(slope), bounded, 0.0)


def _along_sequences(function: Function, primals: Any, tangents: Any) -> Any:
    """The derivative along tangents of the sequences, whose entries are too many for one by one."""
    numbers, sequences = primals
    moved = [i for i, t in enumerate(tangents) if not isinstance(t, SymbolicZero)]
    if not moved:
        return jnp.zeros((), precision())
    flipped = _at(lambda xs, fixed: function(fixed, xs), sequences, numbers, moved)
    here = tuple(sequences[i] for i in moved)
    return jax.jvp(flipped, here, tuple(tangents[i] for i in moved))[1]
