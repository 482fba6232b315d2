"""Expansions at infinity on the scale x^a (ln x)^b (ln ln x)^c, on which learning rates live.

An `Expansion` is a finite sum of such terms with coefficients free of x, and the order of what was
left out. Operations keep the leading terms, `DEPTH` of them, and refuse, with the reason, what the
scale cannot hold.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cmp_to_key
from typing import Any

import sympy
from mpmath import mp

Key = tuple[Any, Any, Any]
CONSTANT: Key = (sympy.S.Zero, sympy.S.Zero, sympy.S.Zero)
DEPTH: ContextVar[int] = ContextVar("depth", default=8)


class NoExpansion(ValueError):
    """The expression has no expansion on this scale; the message says why."""


def compare(first: Key, second: Key) -> int:
    """1 where the first term dominates the second at infinity, -1 where the second does."""
    for a, b in zip(first, second, strict=True):
        gap = sympy.sympify(a - b)
        if gap.is_positive:
            return 1
        if gap.is_negative:
            return -1
        if not gap.is_zero:
            raise NoExpansion(f"the exponents {a} and {b} cannot be compared")
    return 0


def vanishes(key: Key) -> bool:
    """Whether a term goes to 0."""
    return compare(key, CONSTANT) < 0


class Expansion:
    """Terms in falling order, and the order that bounds the rest (None: nothing is missing)."""

    def __init__(self, terms: Mapping[Key, Any], rest: Key | None = None) -> None:
        kept = {k: v for k, v in terms.items() if rest is None or compare(k, rest) > 0}
        kept = {k: v for k, v in kept.items() if not is_null(v)}
        order = sorted(kept, key=cmp_to_key(compare), reverse=True)
        depth = DEPTH.get()
        if len(order) > depth:
            rest = order[depth]
        self.terms = {k: kept[k] for k in order[:depth]}
        self.rest = rest

    @classmethod
    def constant(cls, value: Any) -> "Expansion":
        return cls({CONSTANT: value})

    @property
    def lead(self) -> tuple[Key, Any]:
        """The dominant term; refuses where everything that was kept cancels."""
        if not self.terms:
            raise NoExpansion("every term that was kept cancels")
        return next(iter(self.terms.items()))

    def __add__(self, other: "Expansion") -> "Expansion":
        terms = dict(self.terms)
        for key, value in other.terms.items():
            terms[key] = terms.get(key, sympy.S.Zero) + value
        return Expansion(_merged(terms), _larger(self.rest, other.rest))

    def __mul__(self, other: "Expansion") -> "Expansion":
        terms: dict[Key, Any] = {}
        for k1, v1 in self.terms.items():
            for k2, v2 in other.terms.items():
                key = shifted(k1, k2)
                terms[key] = terms.get(key, sympy.S.Zero) + v1 * v2
        rests = [_rest_times(self, other), _rest_times(other, self)]
        return Expansion(_merged(terms), _larger(*rests))

    def scaled(self, key: Key, value: Any) -> "Expansion":
        """This expansion times one term."""
        return self * Expansion({key: value})

    def composed(self, coefficients: Callable[[int], Any]) -> "Expansion":
        """sum_k a_k u^k, for u (this expansion) that goes to 0."""
        total, power = Expansion.constant(coefficients(0)), Expansion.constant(sympy.S.One)
        if not self.terms and self.rest is None:
            return total
        for k in range(1, DEPTH.get() + 1):
            power = power * self
            total = total + power.scaled(CONSTANT, coefficients(k))
            if not power.terms:
                return total
        tail = power * self
        return total + Expansion({}, next(iter(tail.terms), tail.rest))

    def relative(self) -> tuple[Key, Any, "Expansion"]:
        """The lead c x^a ... and the u of c x^a ... (1 + u)."""
        key, value = self.lead
        inverse = tuple(-a for a in key)
        rest = Expansion({k: v for k, v in self.terms.items() if k != key}, self.rest)
        return key, value, rest.scaled(inverse, 1 / value)

    def raised(self, p: Any) -> "Expansion":
        """This expansion to a power free of x."""
        if not self.terms and self.rest is None and p.is_positive:
            return self
        key, value, small = self.relative()
        if value.is_negative and not p.is_integer:
            raise NoExpansion(f"the leading coefficient {value} is negative under a power")
        powers = small.composed(lambda k: sympy.binomial(p, k))
        return powers.scaled(tuple(a * p for a in key), value**p)

    def expression(self, x: Any) -> Any:
        """The kept terms as an expression in x."""
        return sum((v * term(k, x) for k, v in self.terms.items()), sympy.S.Zero)


def term(key: Key, x: Any) -> Any:
    """x^a (ln x)^b (ln ln x)^c."""
    a, b, c = key
    return x**a * sympy.log(x) ** b * sympy.log(sympy.log(x)) ** c


def shifted(first: Key, second: Key) -> Key:
    a, b, c = (sympy.sympify(x + y) for x, y in zip(first, second, strict=True))
    return a, b, c


def _larger(first: Key | None, second: Key | None) -> Key | None:
    if first is None or second is None:
        return second if first is None else first
    return first if compare(first, second) >= 0 else second


def _rest_times(one: Expansion, other: Expansion) -> Key | None:
    if one.rest is None:
        return None
    if other.terms:
        return shifted(one.rest, other.lead[0])
    return None if other.rest is None else shifted(one.rest, other.rest)


def _merged(terms: Mapping[Key, Any]) -> dict[Key, Any]:
    """Equal exponents written differently (d - 1 + 1 and d) become one term."""
    merged: dict[Key, Any] = {}
    for key, value in terms.items():
        a, b, c = (sympy.expand(x) for x in key)
        merged[a, b, c] = merged.get((a, b, c), sympy.S.Zero) + value
    return merged


def is_null(value: Any) -> bool:
    """Whether a coefficient is 0: exactly, or at two generic points to 30 digits."""
    if value.is_zero is not None or value.is_Number:
        return bool(value.is_zero)
    if value.is_positive or value.is_negative:
        return False
    if abs(_at_a_point(value, 1, 8)) > 1e-3:
        return False
    return all(abs(_at_a_point(value, seed, 40)) < mp.mpf(10) ** -25 for seed in (1, 2))


def _at_a_point(value: Any, seed: int, figures: int) -> Any:
    """The coefficient where its symbols take unrelated values that their assumptions allow."""
    names = sorted(value.free_symbols, key=str)
    point = {
        s: sympy.Integer(1 + i + seed)
        if s.is_integer
        else sympy.Rational(i + seed, 7 + 3 * i + seed).evalf(figures + 20)
        for i, s in enumerate(names)
    }
    try:
        return abs(complex(value.xreplace(point).evalf(figures)))
    except TypeError:
        return mp.inf  # an open function or a sum of unknown terms: no number, so not known to be 0
