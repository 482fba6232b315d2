"""Integrals of a function of arrays: the rule of `floats`, in a table of fixed size."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from genbounds.backends.floats.quadrature import RULE
from genbounds.backends.traced.entries import lift

Function = Callable[[Any], Any]

_PIECES = 180
"""Intervals to begin with: STEP times as many reach through the logarithms of all doubles."""
_MOST = 1000
_NODES = np.array([s * node for node, _, _ in RULE for s in ((1, -1) if node else (1,))])
_FINE = np.array([w for node, w, _ in RULE for _ in range(2 if node else 1)])
_COARSE = np.array([w for node, _, w in RULE for _ in range(2 if node else 1)])


def integral(function: Function, low: Any, high: Any, name: str = "x") -> Any:
    """Intervals of [0, 1], mapped on [low, high], are halved until it matters for no entry."""
    low, high = lift(low, high)
    high = jnp.maximum(low, high)
    far = (low > 0) & (high > 2 * low)
    ratio = jnp.log(jnp.where(far, high, 1.0)) - jnp.log(jnp.where(far, low, 1.0))

    def mapped(s: Any) -> Any:
        x = jnp.where(far, high * jnp.exp(-ratio * s), low + (high - low) * s)
        return function(x) * jnp.where(far, x * ratio, high - low)

    ends = jnp.linspace(0.0, 1.0, _PIECES + 1, dtype=low.dtype)
    table = _table(mapped, ends[:-1], ends[1:])
    grown = [jnp.concatenate([x, jnp.zeros((_MOST, *x.shape[1:]), x.dtype)]) for x in table]
    return _refined(mapped, (jnp.array(_PIECES), *grown))


def _table(function: Function, left: Any, right: Any) -> tuple[Any, ...]:
    """The ends of intervals, the integrals over them and how far the coarser rule is off."""
    fine, doubt = jax.vmap(lambda a, b: _rule(function, a, b))(left, right)
    return left, right, fine, doubt


def _rule(function: Function, left: Any, right: Any) -> tuple[Any, Any]:
    """The rule with 17 points, and how far the one with 9 is from it."""
    half = (right - left) / 2
    values = jax.vmap(function)(left + half + half * jnp.asarray(_NODES, left.dtype))
    fine, coarse = (
        jnp.tensordot(jnp.asarray(weights, left.dtype), values, 1) for weights in (_FINE, _COARSE)
    )
    return fine * half, abs(fine - coarse) * half


def _refined(function: Function, state: Any) -> Any:
    """The worst interval is halved until the doubts are rounding, or the table is full."""

    def weights(state: Any) -> Any:
        whole = abs(jnp.sum(state[3], axis=0))
        relative = state[4] / jnp.where(whole == 0, 1.0, whole)
        return jnp.max(relative.reshape(len(relative), -1), axis=1)

    def unfinished(state: Any) -> Any:
        enough = 8 * np.finfo(state[1].dtype).eps
        return (jnp.sum(weights(state)) > enough) & (state[0] < _PIECES + _MOST)

    def halve(state: Any) -> Any:
        count, left, right, value, doubt = state
        worst = jnp.argmax(weights(state))
        a, b = left[worst], right[worst]
        middle = a + (b - a) / 2
        new = _table(function, jnp.stack([a, middle]), jnp.stack([middle, b]))
        split = [
            column.at[worst].set(pair[0]).at[count].set(pair[1])
            for column, pair in zip((left, right, value, doubt), new, strict=True)
        ]
        return count + 1, *split

    return jnp.sum(lax.while_loop(unfinished, halve, state)[3], axis=0)
