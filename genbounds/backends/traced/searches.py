"""Roots, fixed points, least values, sums: loops on the device, slopes by implicit functions."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
from jax import lax

from genbounds.backends.floats.searches import STEP
from genbounds.backends.traced.entries import lift, tiny

Function = Callable[[Any], Any]


def root(function: Function, low: Any, high: Any, name: str) -> Any:
    """Bisection, every entry at once; where there is no change of sign the end it would be at."""
    low, high = lift(low, high)
    outside, whole = function(low) > 0, ~(function(high) > 0)
    found = _implicit(function, lambda f: _bisected(f, low, high), high)
    return jnp.where(outside, low, jnp.where(whole, high, found))


def fixed_point(function: Function, high: Any, name: str) -> Any:
    """Every entry falls until it falls no further."""
    (high,) = lift(high)

    def falling(state: Any) -> Any:
        return jnp.any(state[1] < state[0])

    def step(state: Any) -> Any:
        x = jnp.minimum(*state)
        return x, _same(function(x), x)

    def solve(f: Function) -> Any:
        return lax.while_loop(falling, step, (high, _same(function(high), high)))[0]

    return _implicit(lambda x: x - function(x), solve, high)


def _implicit(function: Function, solve: Callable[[Function], Any], like: Any) -> Any:
    """The root that `solve` finds; its slopes are those of the function over minus the slope in x.

    A slope that is 0 counts as the smallest number.
    """

    def tangent(linear: Function, y: Any) -> Any:
        slope = linear(jnp.ones_like(y))
        least = jnp.where(slope < 0, -tiny(slope), tiny(slope))
        return y / jnp.where(abs(slope) < tiny(slope), least, slope)

    equation = lambda x: _same(function(x), x)  # noqa: E731
    return lax.custom_root(equation, like, lambda f, start: solve(f), tangent)


def _bisected(function: Function, low: Any, high: Any) -> Any:
    """The upper end of an interval with no number left inside; its lower one starts below 0."""

    def middle(state: Any) -> Any:
        return state[0] + (state[1] - state[0]) / 2

    def open_inside(state: Any) -> Any:
        return (middle(state) > state[0]) & (middle(state) < state[1])

    def halve(state: Any) -> Any:
        x, inside = middle(state), open_inside(state)
        left = function(x) < 0
        return (
            jnp.where(inside & left, x, state[0]),
            jnp.where(inside & ~left, x, state[1]),
        )

    closed = jnp.where(function(low) < 0, high, low)
    return lax.while_loop(lambda state: jnp.any(open_inside(state)), halve, (low, closed))[1]


def _same(value: Any, like: Any) -> Any:
    return jnp.broadcast_to(jnp.asarray(value, like.dtype), like.shape)


def sum_to(term: Function, last: Any, name: str) -> Any:
    """The sum of `term` over the integers from 1 to `last`, entry by entry."""
    (last,) = lift(last)

    def add(state: Any) -> Any:
        k, total = state
        return k + 1, total + jnp.where(k <= last, term(k), 0.0)

    shape = jax.eval_shape(term, last).shape
    start = jnp.ones((), last.dtype), jnp.zeros(jnp.broadcast_shapes(shape, last.shape), last.dtype)
    return lax.while_loop(lambda state: state[0] <= jnp.max(last), add, start)[1]


# --- the least value over the integers


def least(function: Function, low: Any, high: Any, name: str) -> Any:
    """The value where it is least: by the envelope theorem its slopes are those at that integer.

    The last valley of a geometric grid, then thirds of the interval between its neighbours.
    """
    low, high = lift(low, high)
    plain, constants = jax.closure_convert(function, low)
    fixed = [lax.stop_gradient(x) for x in constants]
    frozen = lambda x: _same(plain(x, *fixed), x)  # noqa: E731
    low, high = lax.stop_gradient(low), lax.stop_gradient(high)
    best = _thirds(frozen, *_valley(frozen, low, high))
    return function(lax.stop_gradient(best))


def _valley(function: Function, low: Any, high: Any) -> tuple[Any, ...]:
    """The neighbours on the grid of the last point that is below the one before it; the best."""

    def step(state: Any) -> Any:
        x, value, below, above, best, least = state
        y = jnp.maximum(x + 1, jnp.floor(x * STEP))
        new = function(y)
        falls, first = new < value, above == x
        return (
            y,
            new,
            jnp.where(falls, x, below),
            jnp.where(falls | first, y, above),
            jnp.where(new < least, y, best),
            jnp.minimum(new, least),
        )

    high = jnp.minimum(high, 0.1 / tiny(high) ** 0.9)
    value = function(low)
    start = (low, value, low, low, low, value)
    _, _, below, above, best, least = lax.while_loop(
        lambda state: jnp.any(state[0] <= high), step, start
    )
    return below, above, best, least


def _thirds(function: Function, below: Any, above: Any, best: Any, least: Any) -> Any:
    """The best integer, as the values fall and then rise between these ends."""

    def points(state: Any) -> tuple[Any, Any]:
        third = jnp.maximum(jnp.floor((state[1] - state[0]) / 3), 1.0)
        return state[0] + third, state[1] - third

    def better(x: Any, value: Any, inside: Any, best: Any, least: Any) -> tuple[Any, Any]:
        gains = inside & (value < least)
        return jnp.where(gains, x, best), jnp.where(gains, value, least)

    def step(state: Any) -> Any:
        below, above, best, least = state
        first, second = points(state)
        low, high, inside = function(first), function(second), (below < first) & (first < above)
        best, least = better(first, low, inside, best, least)
        best, least = better(second, high, inside, best, least)
        falls, inside = low > high, inside & (first < second)
        return (
            jnp.where(inside & falls, first, jnp.where(inside, below, above)),
            jnp.where(inside & ~falls, second, above),
            best,
            least,
        )

    def more(state: Any) -> Any:
        return jnp.any(points(state)[0] < state[1])

    return lax.while_loop(more, step, (below, above, best, least))[2]
