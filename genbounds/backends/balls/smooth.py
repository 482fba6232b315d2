"""Balls that show how smooth a formula is: complex intervals, polynomials with ball coefficients.

A formula that is evaluated on a rectangle of the complex plane without an objection is holomorphic
there, which is what proves integrals; evaluated at I + t modulo t^2 for an interval I it gives its
slopes in I, which is what proves flat minima. Arithmetic, powers and a few functions pass both
through. Whatever does not, says so; and so does a choice that the interval cannot make, as between
the two sides of a kink. A choice that is made holds for the real points; what was chosen goes on
from there as a holomorphic function.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from flint import acb, arb, arb_series, ctx

from genbounds.backends.balls.ball import Ball, Undecided, ball


class NotSmoothError(ValueError):
    """A function that is not smooth here, or not known to be."""


class Smooth(Ball):
    """A rectangle of the complex plane, or a polynomial; it compares by its real or constant part.

    It has no interval: a function that asks for one, to answer with a number, is refused.
    """

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value, self.rational = value, None

    @property
    def arb(self) -> arb:  # type: ignore[override]
        raise NotSmoothError("a number is needed")

    def __repr__(self) -> str:
        return repr(self.value)

    def __hash__(self) -> int:
        return id(self)

    def __neg__(self) -> Smooth:
        return Smooth(-self.value)

    def __abs__(self) -> Smooth:
        return self if self > 0 else -self

    def __pow__(self, other: Any) -> Any:
        power = ball(other)
        if power.is_integer:
            return Smooth(_whole_power(self.value, int(power)))
        return Smooth((_like(self.value, power) * _positive(self.value).log()).exp())

    def __rpow__(self, other: Any) -> Any:
        return Smooth((self.value * _positive(_like(self.value, ball(other))).log()).exp())

    def through(self, name: str) -> Smooth:
        """A function of this."""
        function = _FUNCTIONS.get(name)
        if function is None:
            raise NotSmoothError(f"{name} of what is not a number")
        return Smooth(function(self.value))


def _leading(value: Any) -> arb:
    found: arb = value.real if isinstance(value, acb) else value[0]
    return found


def _like(value: Any, x: Ball) -> Any:
    """A number as the kind of thing that `value` is."""
    if isinstance(x, Smooth):
        return x.value
    return acb(x.arb) if isinstance(value, acb) else arb_series([x.arb])


def _whole_power(value: Any, power: int) -> Any:
    if power < 0:
        return _quotient(_like(value, ball(1)), _whole_power(value, -power))
    found = _like(value, ball(1))
    while power:
        if power & 1:
            found = found * value
        value, power = value * value, power >> 1
    return found


def _quotient(x: Any, y: Any) -> Any:
    if y.contains(0) if isinstance(y, acb) else y[0].contains(0):
        raise NotSmoothError("a quotient at 0")
    return x / y


def _positive(value: Any) -> Any:
    """Right of 0, where logarithms and roots are holomorphic."""
    if not _leading(value) > 0:
        raise NotSmoothError("a logarithm or root at 0")
    return value


_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sqrt": lambda x: _positive(x).sqrt(),
    "log": lambda x: _positive(x).log(),
    "log2": lambda x: _positive(x).log() / arb.const_log2(),
    "log1p": lambda x: _positive(1 + x).log(),
    "log_gamma": lambda x: _positive(x).lgamma(),
    "exp": lambda x: x.exp(),
    "expm1": lambda x: x.exp() - 1,
    "erfc": lambda x: x.erfc(),
    "tanh": lambda x: 1 - _quotient(_like(x, ball(2)), (2 * x).exp() + 1),
}


def _operator(operation: Callable[[Any, Any], Any], swapped: bool) -> Any:
    def method(self: Smooth, other: Any) -> Any:
        pair = self.value, _like(self.value, ball(other))
        return Smooth(operation(*(pair[::-1] if swapped else pair)))

    return method


for _name in ("add", "sub", "mul", "truediv"):
    _operation = _quotient if _name == "truediv" else getattr(operator, _name)
    setattr(Smooth, f"__{_name}__", _operator(_operation, swapped=False))
    setattr(Smooth, f"__r{_name}__", _operator(_operation, swapped=True))


def _comparison(name: str) -> Any:
    compare = getattr(Ball, name)

    def method(self: Smooth, other: Any) -> bool:
        theirs = ball(other)
        verdict = compare(*(Ball(_leading(_like(self.value, x))) for x in (self, theirs)))
        if isinstance(verdict, Undecided):
            raise NotSmoothError(f"{verdict.words} is true of some points only")
        return bool(verdict)

    return method


for _name in ("__lt__", "__le__", "__gt__", "__ge__", "__eq__", "__ne__"):
    setattr(Smooth, _name, _comparison(_name))


def slope(function: Callable[[Any], Any], at: arb) -> arb:
    """An enclosure of the derivative of a function at every point of `at`."""
    before, ctx.cap = ctx.cap, 2
    try:
        found = ball(function(Smooth(arb_series([at, 1]))))
        return found.value[1] if isinstance(found, Smooth) else arb(0)
    finally:
        ctx.cap = before


def on_rectangle(function: Callable[[Any], Any], at: acb) -> acb:
    """The values of a function on a rectangle where it is holomorphic; else nothing is known."""
    try:
        found = ball(function(Smooth(at)))
    except ValueError:  # not smooth, or a choice that cannot be made
        return acb(arb.nan())
    return found.value if isinstance(found, Smooth) else acb(found.arb)
