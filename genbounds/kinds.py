"""Which kinds of number meet in a call, and plain numbers lifted to the richest of them."""

from collections.abc import Callable, Mapping
from typing import Any

from genbounds.generic import backend_of


def kind_of(x: Any) -> str:
    """The kind of number of an argument, or of the dimension that a growth function carries."""
    return backend_of(type(getattr(x, "vc_dim", x)))


def is_one_number(x: Any) -> bool:
    """Whether an argument is a number or an array, and no function or sequence."""
    return not callable(x) and not isinstance(x, tuple)


def refuse_mixed(kinds: set[str]) -> None:
    """`TypeError` where numbers of two libraries meet, neither of which holds the other's."""
    if len(kinds) > 1:
        raise TypeError(f"numbers of {' and '.join(sorted(kinds))} do not go into one formula")


def all_lifted(values: Mapping[str, Any], lift: Callable[[Any], Any]) -> dict[str, Any]:
    """Plain numbers beside richer ones as such, lest a root of an integer be taken in floats."""

    def lifted(x: Any) -> Any:
        if isinstance(x, tuple):
            return tuple(map(lifted, x))
        return lift(x) if isinstance(x, (int, float)) else x

    return {name: lifted(x) for name, x in values.items()}
