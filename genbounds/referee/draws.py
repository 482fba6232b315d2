"""What a world hands to the referee: outcomes of samples, with the facts and the truths of each.

Facts go by the names of arguments (`empirical_risk`, `log_growth`), truths by those of claims'
quantities (`risk`, `excess_risk`). What follows from others is derived when it is asked for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np


class NotKnownError(ValueError):
    """A world does not know a fact or a truth that a bound speaks of."""


class Irrational(NamedTuple):
    """An exact number that is no fraction: `of(x)` in whatever arithmetic x is given."""

    of: Callable[..., Any]
    arguments: tuple[Fraction, ...]

    def __float__(self) -> float:
        return float(self.of(*map(float, self.arguments)))


class Draws:
    """Outcomes of samples of size n: T of them, each with K instances that a claim may speak of.

    An instance is a hypothesis, a posterior or, for claims about every n, a time. A fact is one
    number, or an array that broadcasts with (T, K): (T, 1) where all instances share it, (1, K)
    where all outcomes do. `weights` are the probabilities of the outcomes; None where they were
    drawn and count alike.

    >>> Draws(10, errors=np.array([[0], [3]]), risk=0.2)["gap"]
    array([[ 0.2],
           [-0.1]])
    """

    n: Any

    if TYPE_CHECKING:  # the facts that a world knows are attributes

        def __getattr__(self, name: str) -> Any: ...

    def __init__(self, n: Any, weights: Any = None, **facts: Any) -> None:
        self.__dict__.update(n=n, weights=weights, **facts)
        self.__dict__["told"] = {*facts}

    def __getitem__(self, name: str) -> Any:
        try:
            return getattr(self, name)
        except AttributeError:
            raise NotKnownError(f"{type(self).__name__} does not know {name}") from None

    def __contains__(self, name: str) -> bool:
        try:
            return getattr(self, name, None) is not None
        except NotKnownError:
            return False

    def knowing(self, **facts: Any) -> Draws:
        """The same outcomes with further facts, such as parameters that a user fixes in advance."""
        if not facts:
            return self
        copy = object.__new__(type(self))
        told = {*self.__dict__.get("told", ()), *facts}
        forgotten = derived_names(type(self)) - told
        kept = {k: v for k, v in self.__dict__.items() if k not in forgotten}
        copy.__dict__.update(kept | facts | {"told": told})
        return copy

    # --- what follows from other facts

    @cached_property
    def empirical_risk(self) -> Any:
        """The mean of the losses of the sample."""
        return self.errors / self.n

    @cached_property
    def gap(self) -> Any:
        """Risk less empirical risk."""
        return self["risk"] - self.empirical_risk

    @cached_property
    def best_risk(self) -> Any:
        """The smallest risk in the class."""
        return np.min(self["risk"])

    @cached_property
    def excess_risk(self) -> Any:
        """The risk less the smallest one in the class."""
        return self["risk"] - self.best_risk

    @cached_property
    def std(self) -> Any:
        """The standard deviation of the loss, for each hypothesis."""
        return np.sqrt(self["variance"])

    # --- outcomes

    def outcome(self, t: int) -> str:
        """Outcome t in words."""
        return f"outcome {t}"

    def mean(self, values: Any) -> Any:
        """(1, 1) the mean over the outcomes of values that every instance shares."""
        found = np.broadcast_to(values, np.broadcast_shapes(np.shape(values), (1, 1)))
        if found.shape[1] != 1:
            raise NotKnownError("a mean is known of what all instances share")
        if len(found) == 1:
            return found
        weights = np.full(len(found), 1 / len(found)) if self.weights is None else self.weights
        return (weights @ found)[None, :]

    def chance(self, hit: Any) -> Any:
        """The probability that some instance is hit; `hit` is (T, K), or (T, 1) fractions."""
        found = np.asarray(hit)
        worst = found.max(axis=1)
        if self.weights is None:
            return worst.mean()
        worst = np.broadcast_to(worst, len(self.weights))
        if self.weights.dtype == object:
            hits = zip(self.weights, worst, strict=True)
            return sum((w * _exact(h) for w, h in hits if h), Fraction(0))
        return float(np.sum(self.weights * worst))


def _exact(hit: Any) -> Any:
    """A share of an outcome in fractions, or 1 for all of it."""
    return hit if isinstance(hit, Fraction) else int(hit)


def derived_names(kind: type) -> frozenset[str]:
    """The facts that a class of draws derives from others."""
    found = _DERIVED.get(kind)
    if found is None:
        found = _DERIVED[kind] = frozenset(_cached_properties(kind))
    return found


_DERIVED: dict[type, frozenset[str]] = {}


def _cached_properties(kind: type) -> set[str]:
    return {
        name
        for owner in kind.__mro__
        for name, value in vars(owner).items()
        if isinstance(value, cached_property)
    }


def in_floats(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters with their fractions as floats."""
    return {k: float(v) if isinstance(v, Fraction) else v for k, v in parameters.items()}


def compositions(n: int, m: int) -> Any:
    """All ways to put n observations into m cells: a (C(n+m-1, m-1), m) array of counts."""
    if m == 1:
        return np.array([[n]])
    bars = np.array(list(_choices(n + m - 1, m - 1)), dtype=np.int64).reshape(-1, m - 1)
    edges = np.concatenate(
        [np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), n + m - 1)], axis=1
    )
    return np.diff(edges, axis=1) - 1


def _choices(size: int, count: int) -> Iterable[tuple[int, ...]]:
    from itertools import combinations

    return combinations(range(size), count)


def multinomial_coefficients(counts: Any) -> list[int]:
    """In how many orders each vector of counts is observed."""
    return [
        math.factorial(int(sum(row))) // math.prod(math.factorial(int(c)) for c in row)
        for row in counts
    ]
