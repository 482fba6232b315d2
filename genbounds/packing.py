"""The inputs of an answer: kept to be read again, shown in a line, written to JSON and back."""

import math
from fractions import Fraction
from typing import Any

from genbounds.classes import of_record
from genbounds.classes.base import HypothesisClass
from genbounds.estimates import Estimate
from genbounds.generic import backend_of
from genbounds.growth import GROWTHS, Growth


def kept(value: Any) -> Any:
    """An input that can be read again: an iterator becomes the list of what it yields."""
    return list(value) if hasattr(value, "__next__") else value


def shown(value: Any) -> str:
    """An input in a line of text."""
    if (isinstance(value, (tuple, list)) and not isinstance(value, Estimate)) or is_array(value):
        return f"{len(value)} values"
    return f"{value.value:.6g}" if hasattr(value, "for_argument") else str(value)


def is_array(value: Any) -> bool:
    """Whether it is an array of numpy with entries to count."""
    return backend_of(type(value)) == "arrays" and getattr(value, "ndim", 0) > 0


def pack(name: str, value: Any) -> Any:
    """An input as JSON data from which `unpack` makes the same input."""
    if isinstance(value, Fraction):
        return {"fraction": str(value)}
    if isinstance(value, Estimate):
        return {"estimate": list(value)}
    if isinstance(value, Growth):
        return {"growth": value.name, "vc_dim": value.vc_dim}
    if is_array(value) or isinstance(value, (tuple, list)):
        return [float(x) for x in value]
    if isinstance(value, HypothesisClass):
        return value.to_dict()
    if hasattr(value, "item"):
        return value.item()
    if isinstance(value, float) and math.isinf(value):
        return {"infinite": repr(value)}
    if callable(value):
        raise ValueError(f"{name}: a function cannot be written to a record")
    return value


def unpack(value: Any) -> Any:
    """An input out of a record."""
    if not isinstance(value, dict):
        return value
    if "fraction" in value:
        return Fraction(value["fraction"])
    if "infinite" in value:
        return float(value["infinite"])
    if "estimate" in value:
        return Estimate(*value["estimate"])
    if "class" in value:
        return of_record(value)
    return GROWTHS[value["growth"]](value["vc_dim"])
