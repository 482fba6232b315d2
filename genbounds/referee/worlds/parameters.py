"""Parameters of worlds: numbers read exactly, with one error for all that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from genbounds.classes.base import whole
from genbounds.enclosing import exactly


def settle(world: Any, **readers: Callable[[str, Any], Any]) -> None:
    """Replace each parameter by what its reader makes of it; `ValueError` names every fault."""
    found = every((reader, name, getattr(world, name)) for name, reader in readers.items())
    for name, value in zip(readers, found, strict=True):
        object.__setattr__(world, name, value)


def every(wanted: Iterable[tuple[Callable[[str, Any], Any], str, Any]]) -> tuple[Any, ...]:
    """What each reader makes of its name and value; one error for the faults of all of them."""
    found, faults = [], []
    for reader, name, value in wanted:
        try:
            found.append(reader(name, value))
        except ValueError as fault:
            faults.append(str(fault))
    if faults:
        raise ValueError("; ".join(faults))
    return tuple(found)


def number(name: str, value: Any) -> Fraction:
    """A finite number; a float is its shortest decimal, text such as "1/3" a fraction."""
    try:
        return Fraction(exactly(value))
    except (TypeError, ValueError, ArithmeticError):
        raise ValueError(f"{name} must be a finite number or a fraction, got {value!r}") from None


def chance(name: str, value: Any) -> Fraction:
    """A number in [0, 1]."""
    found = number(name, value)
    if not 0 <= found <= 1:
        raise ValueError(f"{name} must be in [0, 1], got {value!r}")
    return found


def chances(name: str, values: Any) -> tuple[Fraction, ...]:
    """One or more numbers in [0, 1]."""
    if not isinstance(values, (tuple, list)) or not values:
        raise ValueError(f"{name} must be one or more numbers in [0, 1], got {values!r}")
    return every((chance, f"{name}[{i}]", value) for i, value in enumerate(values))


def law(name: str, values: Any) -> tuple[Fraction, ...]:
    """Probabilities that add up to 1."""
    found = chances(name, values)
    if sum(found) != 1:
        raise ValueError(f"{name} must add up to 1, its sum is {float(sum(found))!r}")
    return found


def count(name: str, value: Any) -> int:
    """An integer at least 1."""
    return whole(name, value, 1)
