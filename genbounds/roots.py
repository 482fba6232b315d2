"""Where a monotone function crosses its goal: the boundary integer, proved by decisions, or float.

`excess(x)` is positive while the goal is missed and falls with x; `decide(x)` settles what floats
cannot.
"""

import math
import struct
from collections.abc import Callable

Decide = Callable[[int], bool]
Excess = Callable[[int], float]


def least_reached(excess: Excess, decide: Decide, low: int, high: int) -> int | None:
    """The least integer in [low, high] that is decided as reached; None where not even `high` is.

    Secants of the excess in log x, which is nearly linear for most bounds; every step moves an end
    of the bracket, and the answer is proved by its own decision and its predecessor's.
    """
    missed, reached = low - 1, high + 1
    at, before, level_before = min(max(low, 1000), high), 0, 0.0
    slope = -0.5  # the deviation of most bounds falls like the square root of n
    turn = 0
    while True:
        level = excess(at)
        if decide(at):
            reached = at
        else:
            missed = at
        if reached - missed <= 1:
            return reached if reached <= high else None
        if min(at, before) > 0 and abs(level) < math.inf and abs(level_before) < math.inf:
            found = (level - level_before) / _log_ratio(at, before)
            slope = found if found < -1e-9 else slope
        before, level_before, turn = at, level, turn + 1
        halve = turn % 8 == 0 or turn > _TURNS
        at = _middle(missed, reached) if halve else _along(at, level, slope, missed, reached)


_TURNS = 24


def _along(x: int, excess: float, slope: float, missed: int, reached: int) -> int:
    """Where the line through (log x, excess) meets zero, kept inside the bracket."""
    step = -excess / slope
    if not abs(step) < 100 or x < 1:
        return _middle(missed, reached)
    return min(max(math.ceil(x * math.exp(step)), missed + 1), reached - 1)


def _log_ratio(x: int, y: int) -> float:
    """ln(x/y), also where the two differ by less than a float can tell."""
    return math.log1p((x - y) / y) if 2 * abs(x - y) < y else math.log(x / y)


def _middle(missed: int, reached: int) -> int:
    """Half way, on the scale of logarithms while the ends are far apart."""
    if missed > 0 and reached > 4 * missed:
        return math.isqrt(missed * reached)
    return (missed + reached) // 2


def _rank(x: float) -> int:
    """The position of a float >= 0 among the floats."""
    return int(struct.unpack("<q", struct.pack("<d", x))[0])


def _float(rank: int) -> float:
    return float(struct.unpack("<d", struct.pack("<q", rank))[0])


def last_reached(reached: Callable[[float], bool], good: float, bad: float) -> float:
    """The last float from `good` towards `bad` that is reached, both >= 0: 64 decisions at most."""
    inside, outside = _rank(good), _rank(bad)
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if reached(_float(middle)) else (inside, middle)
    return _float(inside)
