"""Where a monotone function crosses its goal: the boundary integer, proved by decisions, or float.

`excess(x)` is positive while the goal is missed and falls with x; `decide(x)` settles what floats cannot.
"""

import math
import struct
from collections.abc import Callable

Decide = Callable[[int], bool]
Excess = Callable[[int], float]


def least_reached(excess: Excess, decide: Decide, low: int, high: int) -> int | None:
    """The least integer in [low, high] that is decided as reached; None where not even `high` is.

    The steps grow fast, then secants in log x close in: bounds are nearly powers of n.
    """
    if decide(low):
        return low
    missed, step = low, 4
    while True:
        at = min(high, max(missed * step, missed + 1))
        if decide(at):
            return _between(excess, decide, missed, at)
        if at == high:
            return None
        missed, step = at, min(step * step, 65536)


def _between(excess: Excess, decide: Decide, missed: int, reached: int) -> int:
    while reached - missed > 1:
        width = reached - missed
        guess = _secant(missed, excess(missed), reached, excess(reached))
        for at in {guess, guess + 1}:
            if missed < at < reached:
                missed, reached = (missed, at) if decide(at) else (at, reached)
        if reached - missed > max(1, width // 8):
            middle = _middle(missed, reached)
            missed, reached = (missed, middle) if decide(middle) else (middle, reached)
    return reached


def _secant(missed: int, above: float, reached: int, below: float) -> int:
    """The integer below the crossing of the chord in (log x, excess)."""
    if not (math.isfinite(above) and math.isfinite(below)) or above <= below or missed < 1:
        return _middle(missed, reached)
    share = min(max(above / (above - below), 0.0), 1.0)
    guess = missed * math.exp(share * math.log(reached / missed))
    return min(max(int(guess), missed + 1), reached - 1)


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
    """The last float from `good` towards `bad`, both >= 0, that is reached: at most 64 decisions."""
    inside, outside = _rank(good), _rank(bad)
    while abs(outside - inside) > 1:
        middle = (inside + outside) // 2
        inside, outside = (middle, outside) if reached(_float(middle)) else (inside, middle)
    return _float(inside)
