"""What a user hands to the referee, checked: one `ValueError` that says what is wrong."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from genbounds.classes.base import whole
from genbounds.enclosing import exactly
from genbounds.referee.draws import Draws
from genbounds.referee.forms import as_value
from genbounds.referee.worlds.base import World
from genbounds.registry import as_bound


def bound_of(bound: Any) -> Any:
    """The theorem as the referee tests it; a rate without constants is refused."""
    if not (isinstance(bound, str) or hasattr(getattr(bound, "claim", None), "implies")):
        raise ValueError(f"a bound, its name, or a function with a claim is wanted, got {bound!r}")
    found = as_bound(bound)
    if getattr(found, "status", "") == "order":
        raise ValueError(f"{found.name} is a rate without constants: there is nothing to refute")
    return as_value(found)


def probability(name: str, value: Any) -> Fraction:
    """A number in (0, 1), read exactly."""
    try:
        found = Fraction(exactly(value)) if not isinstance(value, bool) else None
    except (TypeError, ValueError, OverflowError, ZeroDivisionError):
        found = None
    if found is None or not 0 < found < 1:
        raise ValueError(f"{name} must be in (0, 1), got {value!r}")
    return found


def sizes_of(n: Any) -> tuple[int, ...] | None:
    """One sample size or several; None for those that are tried by default."""
    if n is None:
        return None
    many = isinstance(n, Iterable) and not isinstance(n, (str, bytes))
    found = tuple(whole("n", size) for size in (n if many else (n,)))
    if not found:
        raise ValueError("n must hold at least one sample size")
    return found


def worlds_of(worlds: Any) -> tuple[World, ...] | None:
    """One world or several; None for those that suit the claim."""
    if worlds is None:
        return None
    many = isinstance(worlds, Iterable) and not isinstance(worlds, (str, bytes, dict))
    found = tuple(worlds) if many else (worlds,)
    if not found or not all(isinstance(world, World) for world in found):
        raise ValueError(f"worlds must be a World or several, got {worlds!r}")
    return found


def seconds_of(seconds: Any) -> float:
    """How long a search may take."""
    real = isinstance(seconds, (int, float)) and not isinstance(seconds, bool)
    if not real or not 0 < seconds <= math.inf:
        raise ValueError(f"seconds must be a number above 0, got {seconds!r}")
    return float(seconds)


def check_workers(n_jobs: Any) -> None:
    """A number of workers as joblib counts them: -1 for all cores."""
    whole_number = isinstance(n_jobs, int) and not isinstance(n_jobs, bool) and n_jobs != 0
    if n_jobs is not None and not whole_number:
        raise ValueError(f"n_jobs must be an integer other than 0, or None, got {n_jobs!r}")


def check_parameters(bound: Any, parameters: Mapping[str, Any]) -> None:
    """Only what the bound takes can be fixed in advance."""
    unknown = [name for name in parameters if name not in bound.arguments]
    if unknown:
        takes = ", ".join(name for name in bound.arguments if name not in ("n", "delta"))
        raise ValueError(f"{bound.name} takes no {', '.join(unknown)}; it takes {takes}")


def refuse_known(draws: Draws, parameters: Mapping[str, Any]) -> None:
    """What a world knows of itself is not the user's to say."""
    known = [name for name in parameters if name in draws and name not in CHOSEN]
    if known:
        raise ValueError(f"the world knows its {', '.join(known)}: it cannot be given")


CHOSEN = ("class_index", "weight_scale")
"""What a world has a value for, and a user may choose another."""


def check_shapes(draws: Draws, rows: int) -> None:
    """Facts of a world that a user wrote: numbers, or arrays with a row for each sample."""
    import numpy as np

    if type(draws) is not Draws:
        return
    told = {name: draws[name] for name in draws.told}
    arrays = {name: x for name, x in told.items() if isinstance(x, np.ndarray)}
    wrong = [name for name, x in arrays.items() if x.ndim != 2 or x.shape[0] not in (1, rows)]
    if wrong:
        raise ValueError(
            f"{', '.join(wrong)} must be a number or an array of shape ({rows}, K) or (1, K), "
            f"got {', '.join(str(arrays[name].shape) for name in wrong)}"
        )
    if not any(x.shape[0] == rows for x in arrays.values()):
        raise ValueError(f"no fact of the world has a row for each of its {rows} samples")
