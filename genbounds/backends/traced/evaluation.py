"""A bound at jax arrays: its arguments sorted and lifted, its formula under the derivative rule."""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from types import CodeType
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from genbounds.backends.traced.entries import Entries, kind_of, lift, listed, precision
from genbounds.backends.traced.rule import forward
from genbounds.backends.traced.special import on_host


def evaluate(
    formula: Callable[..., Any],
    values: Mapping[str, Any],
    needs: Iterable[tuple[str, CodeType]],
    silence: float,
) -> Any:
    """The formula entry by entry where all of `needs` hold, else `silence`, with slope 0.

    Its shape is that of all numbers together, its kind the common one of the arrays.
    """
    lists = {k: listed(x) for k, x in values.items() if isinstance(x, (Entries, tuple))}
    held = {k: _held(x) for k, x in values.items() if k not in lists}
    numbers = {k: x for k, x in held.items() if x is not None}

    def bound(given: tuple[Any, ...], entries: tuple[Any, ...]) -> Any:
        found = dict(zip(numbers, given, strict=True))
        facts = {k: _with(x, found.get(k)) for k, x in values.items()}
        facts |= zip(lists, map(Entries, entries), strict=True)
        value = _plain(formula(**facts))
        for _, need in needs:
            value = jnp.where(eval(need, {}, facts), value, silence)
        return jnp.broadcast_to(value.astype(precision()), jnp.shape(given[0]) if given else ())

    entries = tuple(jnp.asarray(x).astype(precision()) for x in lists.values())
    found = forward(bound)(lift(*numbers.values()), entries)
    return found.astype(kind_of([*numbers.values(), *lists.values()]))


def _held(x: Any) -> Any:
    """The number in an argument: its own, or the dimension that a growth function carries."""
    return getattr(x, "vc_dim", None) if callable(x) else x


def _with(x: Any, number: Any) -> Any:
    """The number in its place: as the argument, or within the growth function."""
    if not callable(x):
        return number
    if number is None:
        return _function(x)
    growth = copy(x)
    growth.vc_dim = number
    return growth


def _plain(value: Any) -> Any:
    """What a formula returns as an array; exact constants become numbers."""
    return jnp.asarray(value.within("floats") if hasattr(value, "within") else value)


def _function(function: Callable[..., Any]) -> Callable[..., Any]:
    """A user's function of arrays; one that takes plain numbers only is a table, of slope 0."""

    def asked(*arguments: Any) -> Any:
        try:
            return function(*arguments)
        except (TypeError, ValueError):
            return on_host(table, 0, *lift(*map(jax.lax.stop_gradient, arguments)))

    def table(*columns: Any) -> Any:
        rows = zip(*(x.flatten().tolist() for x in columns), strict=True)
        found = [function(*(int(x) if x == x // 1 else x for x in row)) for row in rows]
        return np.array(found, float).reshape(columns[0].shape)

    return asked
