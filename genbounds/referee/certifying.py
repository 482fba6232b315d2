"""Counterexamples with a proof: exact probabilities, and every violation decided in balls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from genbounds.enclosing import at_precision, exactly, undecided
from genbounds.generic import load_backend
from genbounds.referee.draws import Draws, Irrational, NotKnownError, in_floats
from genbounds.referee.readings import (
    as_read,
    centre_of,
    facts_for,
    ratios,
    spoken_for,
    together,
    truth_of,
    uniform,
)
from genbounds.referee.worlds.base import World

_BITS = (64, 128, 256, 512, 1024)
_ROUNDING = Fraction(1, 10**9)


def certified_chance(
    bound: Any, world: World, n: int, delta: Any, parameters: Mapping[str, Any]
) -> Fraction:
    """A probability, exact, with which the claim certainly fails on samples of size n.

    Only what floats count as violated is looked at, and a tie counts for the bound: the result
    never exceeds the probability of failure.
    """
    draws, hit = certain_violations(bound, world, n, delta, parameters)
    if bound.claim.scope == "posterior_draw":
        return Fraction(draws.chance((hit * draws["posterior"]).sum(axis=1, keepdims=True)))
    if together(bound, draws):
        return Fraction(draws.chance(hit))
    return max(Fraction(draws.chance(hit[:, [k]])) for k in range(hit.shape[1]))


def certain_violations(
    bound: Any, world: World, n: int, delta: Any, parameters: Mapping[str, Any]
) -> tuple[Draws, Any]:
    """The outcomes in fractions, and (T, K) which instances violate the bound beyond doubt."""
    delta, parameters = Fraction(exactly(delta)), {k: exactly(v) for k, v in parameters.items()}
    floats = as_read(bound, world.outcomes(n).knowing(**in_floats(parameters)))
    seen = ratios(bound, floats, float(delta)) >= 1  # of ties in floats the proof decides
    draws = as_read(bound, world.outcomes(n, exact=True).knowing(**parameters))
    _check_weights(draws)
    if bound.claim.surely == "expectation":
        return draws, seen & (seen.any() and _violated_on_average(bound, draws, delta))
    return draws, seen & _certain(bound, draws, delta, seen)


def _check_weights(draws: Draws) -> None:
    """A proof needs probabilities that are fractions and add up to 1."""
    weights = getattr(draws, "weights", None)
    if weights is None:
        return
    exact = all(isinstance(w, (int, Fraction)) for w in np.ravel(weights).tolist())
    if not exact:
        raise NotKnownError("weights in floats prove nothing: with `exact` they are fractions")
    if min(np.ravel(weights)) < 0 or sum(np.ravel(weights)) != 1:
        raise ValueError("the weights of the outcomes must be at least 0 and add up to 1")


def _certain(bound: Any, draws: Draws, delta: Fraction, seen: Any) -> Any:
    """(T, K) whether each instance that was seen violates the bound beyond doubt."""
    read = bound.gap if uniform(bound) and seen.shape[1] == 1 else bound
    side = bound.claim.side
    supremum = "absolute_supremum" if side == "both" else "supremum"
    truth = draws[supremum if read is not bound else truth_of(bound)]
    facts = facts_for(read, draws, delta)
    centre = 0 if read is not bound else centre_of(bound, facts)
    mask = np.broadcast_to(spoken_for(bound, draws), seen.shape)
    known: dict[Any, bool] = {}
    found = np.zeros(seen.shape, bool)
    for t, k in zip(*np.nonzero(seen & mask), strict=True):
        here = {name: entry(x, t, k) for name, x in facts.items()}
        key = (*here.values(), entry(truth, t, k), entry(centre, t, k))
        if key not in known:
            known[key] = violated(read, here, key[-2], key[-1], side)
        found[t, k] = known[key]
    return found


def violated(bound: Any, facts: Mapping[str, Any], truth: Any, centre: Any, side: str) -> bool:
    """Whether the truth lies beyond the bound, decided at rising precision; a tie does not."""
    return _positive(lambda: _excess(bound, facts, truth, centre, side))


def _violated_on_average(bound: Any, draws: Draws, delta: Fraction) -> bool:
    """Whether the mean truth lies beyond the mean value."""
    truth, facts = draws[truth_of(bound)], facts_for(bound, draws, delta)
    count = len(draws.weights)
    rows = [({name: entry(x, t, 0) for name, x in facts.items()}, entry(truth, t, 0))
            for t in range(count)]  # fmt: skip

    def excess() -> Any:
        terms = (
            lifted(w) * _excess(bound, here, true, 0, bound.claim.side)
            for w, (here, true) in zip(draws.weights, rows, strict=True)
        )
        return sum(terms, lifted(0))

    return _positive(excess)


def _excess(bound: Any, facts: Mapping[str, Any], truth: Any, centre: Any, side: str) -> Any:
    """How far the truth lies beyond the bound, as a ball.

    A formula that answers in floats, as one written with `math` does, must be missed by more than
    its rounding could explain.
    """
    value = _value(bound, facts)
    true, middle = lifted(truth), lifted(centre)
    doubt = _ROUNDING * (1 + abs(value)) if type(value) is float else 0
    if side == "lower":
        return value - true - doubt
    if side == "equal":
        return abs(true - value) - doubt
    beyond = true if side == "upper" else abs(true - middle) + middle
    return beyond - value - doubt


def _value(bound: Any, facts: Mapping[str, Any]) -> Any:
    """The value in balls; of a formula that knows floats only, written with numpy, in floats."""
    try:
        return bound(**{name: lifted(x) for name, x in facts.items()})
    except TypeError:
        return float(bound(**{name: _plain(x) for name, x in facts.items()}))


def _plain(x: Any) -> Any:
    return float(x) if isinstance(x, (Fraction, Irrational)) else x


def _positive(evaluate: Callable[[], Any]) -> bool:
    """Whether a number is certainly above 0."""
    for bits in _BITS:
        found = at_precision(evaluate, bits)
        if isinstance(found, undecided()):
            continue
        if found > 0 or not found.is_finite():
            return bool(found > 0)
        if found < 0 or found == 0:
            return False
    return False


def lifted(x: Any) -> Any:
    """An exact number as a ball of the current precision; functions stay what they are."""
    if isinstance(x, Irrational):
        return x.of(*map(lifted, x.arguments))
    if isinstance(x, tuple):
        return tuple(map(lifted, x))
    if isinstance(x, (int, float, Fraction, np.integer)) and not isinstance(x, bool):
        return load_backend("balls").ball(int(x) if isinstance(x, np.integer) else x)
    return x


def entry(x: Any, t: int, k: int) -> Any:
    """The entry of one instance of a fact: a number, or an array that broadcasts with (T, K)."""
    if isinstance(x, np.ndarray):
        x = x[min(t, x.shape[0] - 1), min(k, x.shape[1] - 1)] if x.ndim == 2 else x.item()
    if isinstance(x, Fraction) and x.denominator == 1:
        return int(x)
    return x
