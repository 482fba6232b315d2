"""A number known to lie in a ball: arb's interval, and the rational itself while it is known.

Sums, products and quotients of rationals stay rational, so that counts, ties and `ceil` are decided
exactly; the first logarithm or root leaves an interval at the working precision. A comparison that
the intervals cannot decide is `Undecided`: `where` then takes the hull of both its branches, and
anything that needs a plain yes or no raises.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq, fmpz

_LARGEST_RATIONAL = 1 << 16  # bits; beyond it the interval is enough


class UndecidedError(ValueError):
    """Intervals overlap where a yes or no is needed: more precision, or an exact input, decides."""


class Undecided:
    """The answer to a comparison of two intervals that overlap."""

    __slots__ = ("words",)

    def __init__(self, words: str) -> None:
        self.words = words

    def __bool__(self) -> bool:
        raise UndecidedError(f"{self.words} cannot be decided from the intervals")


class Ball:
    """An interval that contains a number, with the number itself where it is a known rational."""

    __slots__ = ("arb", "rational")

    __add__: Any
    __radd__: Any
    __sub__: Any
    __rsub__: Any
    __mul__: Any
    __rmul__: Any
    __truediv__: Any
    __rtruediv__: Any
    __lt__: Any
    __le__: Any
    __gt__: Any
    __ge__: Any

    __array_ufunc__ = None

    def __init__(self, value: arb, rational: fmpq | None = None) -> None:
        self.arb, self.rational = value, rational

    @property
    def is_integer(self) -> bool:
        """Whether the number is known to be an integer."""
        return self.rational is not None and self.rational.q == 1

    def __repr__(self) -> str:
        return str(self.rational if self.rational is not None else self.arb)

    def __float__(self) -> float:
        return float(self.arb)

    def __int__(self) -> int:
        whole = self.rational.p if self.is_integer else self.arb.unique_fmpz()  # type: ignore[union-attr]
        if whole is None or not (self.is_integer or self.arb.is_exact()):
            raise UndecidedError(f"{self!r} is not known to be an integer")
        return int(whole)

    __index__ = __int__

    def __hash__(self) -> int:
        return hash(self.rational) if self.rational is not None else hash(str(self.arb))

    def __neg__(self) -> Ball:
        return Ball(-self.arb, None if self.rational is None else -self.rational)

    def __pos__(self) -> Ball:
        return self

    def __abs__(self) -> Ball:
        return Ball(abs(self.arb), None if self.rational is None else abs(self.rational))

    def __pow__(self, other: Any) -> Any:
        power = _ball(other)
        if power is None:
            return NotImplemented
        if power.is_integer:
            return _integer_power(self, int(power))
        return Ball(raised(self.arb, power.arb))

    def __rpow__(self, other: Any) -> Any:
        base = _ball(other)
        return NotImplemented if base is None else base**self


def ball(x: Any) -> Ball:
    """Any number that is exact, or an interval of arb's, as a ball; a double counts as itself."""
    found = _ball(x)
    if found is None:
        raise TypeError(f"{type(x).__name__} {x!r} cannot enter an enclosure")
    return found


def _ball(x: Any) -> Ball | None:
    if isinstance(x, Ball):
        return x
    if isinstance(x, (int, fmpz)):
        return of_rational(fmpq(int(x)))
    if isinstance(x, float):
        return _of_float(x)
    if isinstance(x, Fraction):
        return of_rational(fmpq(x.numerator, x.denominator))
    if isinstance(x, fmpq):
        return of_rational(x)
    return _of_arb(x) if isinstance(x, arb) else None


def _of_arb(x: arb) -> Ball:
    """An interval; a dyadic rational where it is one point."""
    if not (x.is_exact() and x.is_finite()):
        return Ball(x)
    mantissa, power = map(int, x.man_exp())
    if abs(power) > _LARGEST_RATIONAL:
        return Ball(x)
    return Ball(x, fmpq(mantissa) * fmpq(2) ** power)


def _of_float(x: float) -> Ball:
    return Ball(arb(x)) if x - x != 0 else _ball(Fraction(x))  # type: ignore[return-value]


def of_rational(q: fmpq) -> Ball:
    """A known rational."""
    return Ball(arb(q), q)


def _integer_power(base: Ball, power: int) -> Ball:
    q = base.rational
    if q is not None and (q != 0 or power >= 0):
        size = max(int(q.p).bit_length(), int(q.q).bit_length()) * abs(power)
        if size <= _LARGEST_RATIONAL:
            return of_rational(q**power)
    return Ball(raised(base.arb, arb(power)) if base.arb.is_zero() else base.arb**power)


def raised(x: arb, power: arb) -> arb:
    """x^power for x >= 0; an interval about 0 is cut there, as no formula raises less.

    x^p = exp(p ln x) is monotone in x where the sign of p is known, so its ends are at ends of x.
    """
    if not x.contains(0) or x.is_nan():
        return x**power
    if x.is_zero() and not power > 0:
        return arb(1) if power.is_zero() else (arb.pos_inf() if power < 0 else arb.nan())
    return up_to(_top(x) ** power) if power > 0 else arb.nan()


def _top(x: arb) -> arb:
    return x.upper() if not x.is_exact() else x


def up_to(top: arb) -> arb:
    """[0, top]."""
    return arb(0).union(top) if not top.is_zero() else top


def hull(x: Ball, y: Ball) -> Ball:
    """The smallest ball around both; what is known of neither is not known of the hull."""
    if x.rational is not None and y.rational is not None and x.rational == y.rational:
        return x
    return Ball(x.arb.union(y.arb))


def by_ends(function: Callable[..., arb], signs: str, *arguments: arb) -> arb:
    """A function that is monotone in each argument: the hull of its least and largest value.

    `signs` has + for an argument in which it grows, - for one in which it falls.
    """
    if all(x.is_exact() for x in arguments):
        return function(*arguments)
    pairs = [(x.lower(), x.upper()) for x in arguments]
    ends = [pair if sign == "+" else pair[::-1] for pair, sign in zip(pairs, signs, strict=True)]
    lowest, highest = zip(*ends, strict=True)
    return function(*lowest).union(function(*highest))


def whole_ends(x: Ball) -> tuple[int, int] | None:
    """The least and the largest integer of the ball; None if it holds none, or no bound."""
    if x.rational is not None:
        return (int(x.rational.p),) * 2 if x.rational.q == 1 else None
    if not x.arb.is_finite():
        return None
    with ctx.workprec(max(ctx.prec, exponent(x.arb) + 2)):
        low, high = x.arb.lower().ceil(), x.arb.upper().floor()
        if not low <= high:
            return None
        found: Any = low.unique_fmpz(), high.unique_fmpz()
        return int(found[0]), int(found[1])


def exponent(x: arb) -> int:
    """The k with |x| in [2^(k-1), 2^k), for the middle of the interval."""
    mantissa, power = x.mid().man_exp()
    return int(power) + int(mantissa).bit_length()


def _arithmetic(operation: Callable[[Any, Any], Any]) -> tuple[Any, Any]:
    divides = operation is operator.truediv

    def compute(x: Ball, y: Ball) -> Ball:
        p, q = x.rational, y.rational
        if p is None or q is None or (divides and q == 0):
            return Ball(operation(x.arb, y.arb))
        found = operation(p, q)
        small = found.p.bit_length() + found.q.bit_length() <= _LARGEST_RATIONAL
        return of_rational(found) if small else Ball(operation(x.arb, y.arb))

    def method(self: Ball, other: Any) -> Any:
        y = _ball(other)
        return NotImplemented if y is None else compute(self, y)

    def reflected(self: Ball, other: Any) -> Any:
        x = _ball(other)
        return NotImplemented if x is None else compute(x, self)

    return method, reflected


def _comparison(name: str, contrary: str) -> Any:
    holds, fails = getattr(operator, name), getattr(operator, contrary)
    sign = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}[name]

    def method(self: Ball, other: Any) -> Any:
        y = _ball(other)
        if y is None:
            return NotImplemented
        if self.rational is not None and y.rational is not None:
            return bool(holds(self.rational, y.rational))
        if holds(self.arb, y.arb):
            return True
        return False if fails(self.arb, y.arb) else Undecided(f"{self!r} {sign} {y!r}")

    return method


def _equality(same: bool) -> Any:
    def method(self: Ball, other: Any) -> Any:
        y = _ball(other)
        if y is None:
            return NotImplemented
        if self is y:
            return same != self.arb.is_nan()
        if self.rational is not None and y.rational is not None:
            return (self.rational == y.rational) == same
        if self.arb < y.arb or self.arb > y.arb:
            return not same
        exact = self.arb.is_exact() and y.arb.is_exact() and self.arb == y.arb
        return same if exact else Undecided(f"{self!r} == {y!r}")

    return method


for _name in ("add", "sub", "mul", "truediv"):
    _method, _reflected = _arithmetic(getattr(operator, _name))
    setattr(Ball, f"__{_name}__", _method)
    setattr(Ball, f"__r{_name}__", _reflected)
for _name, _contrary in (("lt", "ge"), ("le", "gt"), ("gt", "le"), ("ge", "lt")):
    setattr(Ball, f"__{_name}__", _comparison(_name, _contrary))
setattr(Ball, "__eq__", _equality(True))  # noqa: B010 - like the others
setattr(Ball, "__ne__", _equality(False))  # noqa: B010
