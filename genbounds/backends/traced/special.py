"""Special functions: values from the `arrays` backend on the host, slopes from the shared table."""

from collections.abc import Callable
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax.custom_derivatives import SymbolicZero

from genbounds.backends import arrays
from genbounds.backends.derivatives import HOST_PARTIALS, PARTIALS
from genbounds.backends.traced.entries import largest, lift, listed, precision

OF_DATA = ("betting_upper", "betting_lower", "betting_upper_every_n", "betting_lower_every_n")
"""Functions whose first argument is one sequence, whatever the shape of the others."""


def with_slopes(value: Callable[..., Any], slopes: Callable[..., Any]) -> Callable[..., Any]:
    """`value` with the partial derivatives `slopes(value, *arguments)`, each of the value's shape.

    An infinite slope, or one of the size of 1/the smallest number, counts as the root of the
    largest number: times other slopes it is still a number, and times 0 it is 0.
    """
    function: Any = jax.custom_jvp(value)

    def rule(primals: Any, tangents: Any) -> tuple[Any, Any]:
        found = function(*primals)
        most, tangent = largest(found), jnp.zeros_like(found)
        for slope, t in zip(slopes(found, *primals), tangents, strict=False):
            if not isinstance(t, SymbolicZero):
                cut = jnp.clip(slope, -(most**0.5), most**0.5)
                tangent = tangent + jnp.where(abs(slope) > most / 8, cut, slope) * t
        return found, tangent

    function.defjvp(rule, symbolic_zeros=True)
    ruled: Callable[..., Any] = function
    return ruled


def hosted(name: str) -> Callable[..., Any]:
    """The function `name` of the `arrays` backend as one of jax arrays."""
    if name in OF_DATA:
        return _of_data(name)
    return _ruled(name, _slopes(name) if name in PARTIALS else _slopes_on_host(name))


def _ruled(name: str, slopes: Callable[..., Any]) -> Callable[..., Any]:
    function = with_slopes(partial(on_host, partial(_value, name), 0), slopes)
    return lambda *arguments: function(*lift(*arguments))


def _slopes(name: str) -> Callable[..., Any]:
    """The partial derivatives by formula, differentiable themselves.

    Their guards are made for doubles: where jax has only float32 they are computed on the host, and
    differentiated as they stand.
    """
    formula = PARTIALS[name]
    doubled = jax.custom_jvp(_slopes_on_host(name))

    @doubled.defjvp
    def rule(primals: Any, tangents: Any) -> Any:
        return doubled(*primals), jax.jvp(native, primals, tangents)[1]

    def native(*arguments: Any) -> Any:
        return jnp.stack(jnp.broadcast_arrays(*map(_array, formula(*arguments))))

    return lambda *given: (native if precision() == np.float64 else doubled)(*given)


def _slopes_on_host(name: str) -> Callable[..., Any]:
    """The partial derivatives computed in doubles by numpy, one along the first axis each."""
    formula = (PARTIALS | HOST_PARTIALS)[name]

    def stacked(*given: Any) -> Any:
        return np.stack(np.broadcast_arrays(*formula(*given)), axis=-1)

    return lambda *given: jnp.moveaxis(on_host(stacked, len(given) - 1, *given), -1, 0)


def _of_data(name: str) -> Callable[..., Any]:
    """The function `name` of a sequence and of numbers; the slopes in the entries come first."""
    value = partial(_value, name)
    function = jax.custom_jvp(lambda data, *others: on_host(value, 0, data, *others, data=True))

    def stacked(*given: Any) -> Any:
        in_data, *slopes = HOST_PARTIALS[name](*given)
        return np.concatenate([in_data, np.stack(slopes, axis=-1)], axis=-1)

    @function.defjvp
    def rule(primals: Any, tangents: Any) -> Any:
        found, behind = function(*primals), len(primals[0]) + len(primals) - 1
        slopes = on_host(stacked, behind, found, *primals, data=True)
        along = slopes[..., : len(primals[0])] @ tangents[0]
        for i, t in enumerate(tangents[1:]):
            along = along + slopes[..., len(primals[0]) + i] * t
        return found, along

    return lambda data, *others: function(listed(data), *lift(*others))


def _array(x: Any) -> Any:
    return jnp.asarray(x, precision())


def _value(name: str, *arguments: Any) -> Any:
    return getattr(arrays, name)(*arguments)


def _described(shape: tuple[int, ...], kind: Any) -> Any:
    struct: Any = jax.ShapeDtypeStruct
    return struct(shape, kind)


def on_host(function: Callable[..., Any], behind: int, *arguments: Any, data: bool = False) -> Any:
    """`function` of numpy's doubles, called on the host: at once, or when the trace is run.

    The result has the shape of the last argument and, if not 0, a last axis of length `behind`.
    """
    kind, shape = precision(), arguments[-1].shape + ((behind,) if behind else ())

    def called(*given: Any) -> Any:
        with np.errstate(all="ignore"):
            found = np.asarray(function(*(np.asarray(x, float) for x in given)))
            most = np.finfo(kind).max if behind else np.inf
            return np.clip(found, -most, most).astype(kind)

    if not any(isinstance(x, jax.core.Tracer) for x in arguments):
        return jnp.asarray(called(*arguments))
    return jax.pure_callback(
        called, _described(shape, kind), *arguments,
        vmap_method="sequential" if data else "expand_dims",
    )  # fmt: skip
