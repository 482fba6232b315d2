"""Values of a bound on many instances at once, also where an argument is a sequence for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np


def values(bound: Any, facts: Mapping[str, Any]) -> Any:
    """The bound's values as an array; (T, K) calls where a fact is an array of tuples.

    Instances with the same facts, such as equal beginnings of two sequences, share one call.
    """
    spread = {name: x for name, x in facts.items() if isinstance(x, np.ndarray)}
    if not any(map(_holds_tuples, spread.values())):
        return np.asarray(bound(**facts), float)
    shape = np.broadcast_shapes(*(x.shape for x in spread.values()))
    columns = {name: np.broadcast_to(x, shape) for name, x in spread.items()}
    found, known = np.empty(shape), dict[Any, float]()
    for at in np.ndindex(shape):
        here = {name: column[at] for name, column in columns.items()}
        key = tuple(here.values())
        if key not in known:
            known[key] = float(bound(**{**facts, **here}))
        found[at] = known[key]
    return found


def _holds_tuples(x: Any) -> bool:
    return x.dtype == object and x.size > 0 and type(x.flat[0]) is tuple
