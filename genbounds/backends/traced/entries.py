"""Numbers as arrays of the working precision, and sequences as what they are: one argument."""

from collections.abc import Callable, Iterable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np


class Entries:
    """The entries of one sequence (losses, norms): never broadcast with the other arguments."""

    __slots__ = ("array",)

    def __init__(self, array: Any) -> None:
        self.array = array


def precision() -> Any:
    """float64, or float32 where the user has not enabled 64-bit numbers."""
    return jnp.zeros(()).dtype


def real(name: str, value: Any) -> Any:
    """The array, if it holds real numbers."""
    if jnp.issubdtype(value.dtype, jnp.floating) or jnp.issubdtype(value.dtype, jnp.integer):
        return value
    raise TypeError(f"{name} must hold real numbers, got an array of {value.dtype}")


def sequence(name: str, value: Any) -> Entries:
    """A flat array, or a tuple of single numbers of which some are arrays, as a sequence."""
    found = jnp.stack(lift(*value)) if isinstance(value, tuple) else real(name, value)
    if found.ndim != 1:
        raise TypeError(f"{name} must be flat")
    return Entries(found)


def host(value: Any) -> Any:
    """The numbers as the checks read them; None while one is being traced."""
    if isinstance(value, Entries):
        seen = host(value.array)
        return None if seen is None else tuple(seen.tolist())
    if isinstance(value, jax.core.Tracer):
        return None
    return np.asarray(value, float)


def lift(*numbers: Any) -> tuple[Any, ...]:
    """Numbers of any kind as jax arrays of one shape and the working precision."""
    kind = precision()
    return tuple(jnp.broadcast_arrays(*(jnp.asarray(x).astype(kind) for x in map(_float, numbers))))


def _float(x: Any) -> Any:
    """Python's whole numbers may be larger than jax's."""
    return float(x) if isinstance(x, int) else x


def kind_of(values: Iterable[Any]) -> Any:
    """The kind of a result: the common one of the floating arrays, else the working precision."""
    kinds = [jnp.asarray(x).dtype for x in values if hasattr(x, "dtype")]
    floating = [kind for kind in kinds if jnp.issubdtype(kind, jnp.floating)]
    return jnp.result_type(*floating) if floating else precision()


def tiny(x: Any) -> float:
    """The smallest normal number of the kind of x: where an infinite slope is taken instead."""
    return float(np.finfo(x.dtype).tiny)


def largest(x: Any) -> float:
    """Half of the largest number of the kind of x."""
    return float(np.finfo(x.dtype).max) / 2


def listed(values: Any) -> Any:
    """A sequence, or a tuple of terms, as one array with its entries along the first axis."""
    if isinstance(values, Entries):
        return values.array
    return jnp.stack(lift(*values)) if isinstance(values, tuple) else values


def over_entries(term: Callable[..., Any], *sequences: Any) -> Any:
    """`term` at the entries of sequences of equal length, along the first axis."""
    arrays = [listed(values) for values in sequences]
    if len({len(array) for array in arrays}) > 1:
        raise ValueError("sequences must have the same length")
    return jax.vmap(lambda *here: jnp.asarray(term(*here)))(*arrays)
