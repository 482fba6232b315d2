"""Intervals of floats that contain every real value: ends rounded outward, infinite where unbounded."""

import math
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

_STEPS = 4


class Interval(NamedTuple):
    """All reals from `low` to `high`; an infinite end stands for a limit, so 0 times it is 0."""

    low: float
    high: float

    def __add__(self, other: "Interval") -> "Interval":  # type: ignore[override]
        low, high = self.low + other.low, self.high + other.high
        return Interval(
            low if _adds_up(self.low, other.low, low) else _moved(low, -math.inf),
            high if _adds_up(self.high, other.high, high) else _moved(high, math.inf),
        )

    def __mul__(self, other: "Interval") -> "Interval":  # type: ignore[override]
        ends = [_product(x, y) for x in self for y in other]
        return Interval(min(end.low for end in ends), max(end.high for end in ends))

    def hull(self, other: "Interval") -> "Interval":
        """The smallest interval that contains both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    @property
    def sign(self) -> str:
        """+ where no value is negative, - where none is positive, else ?."""
        return "+" if self.low >= 0 else "-" if self.high <= 0 else "?"

    @property
    def inverse(self) -> "Interval":
        """1/x, for an interval on one side of 0."""
        if self.sign == "?":
            return EVERYTHING
        if self.sign == "-" and self.low < 0:
            return Interval(-1.0, -1.0) * Interval(-self.high, -self.low).inverse
        return Interval(_reciprocal(self.high).low, _reciprocal(self.low).high)

    def image(self, increasing: Callable[[float], float]) -> "Interval":
        """The image under an increasing function whose float version errs by a few ulp at most."""
        low, high = increasing(self.low), increasing(self.high)
        # a lower end that underflows to 0 is 0: the functions that do so have no negative values
        return Interval(
            low if low == 0 or _plain(self.low, low) else _moved(low, -math.inf),
            high if _plain(self.high, high) else _moved(high, math.inf),
        )


def outward(low: float, high: float) -> Interval:
    """The interval with both ends moved out by a few ulp."""
    return Interval(_moved(low, -math.inf), _moved(high, math.inf))


def _moved(x: float, to: float) -> float:
    if x != x:
        return to
    if math.isinf(x):
        return x
    for _ in range(_STEPS):
        x = math.nextafter(x, to)
    return x


def _adds_up(x: float, y: float, total: float) -> bool:
    """Whether a floating-point sum is exact."""
    if not (math.isfinite(x) and math.isfinite(y) and math.isfinite(total)):
        return True
    return Fraction(x) + Fraction(y) == Fraction(total)


def _product(x: float, y: float) -> Interval:
    """The product of two ends: itself where it is exact."""
    if x == 0 or y == 0:
        return Interval(0.0, 0.0)
    value = x * y
    if math.isinf(x) or math.isinf(y):
        return Interval(value, value)
    exact = math.isfinite(value) and Fraction(x) * Fraction(y) == Fraction(value)
    return Interval(value, value) if exact else _around(value)


def _around(value: float) -> Interval:
    """A finite number whose float is off by rounding or overflow."""
    if math.isinf(value):
        return Interval(1e308, math.inf) if value > 0 else Interval(-math.inf, -1e308)
    return outward(value, value)


def _reciprocal(x: float) -> Interval:
    if x == 0 or math.isinf(x):
        return Interval(math.inf, math.inf) if x == 0 else Interval(0.0, 0.0)
    exact = Fraction(1 / x) * Fraction(x) == 1 if abs(x) > 1e-300 else False
    return Interval(1 / x, 1 / x) if exact else _around(1 / x)


def _plain(x: float, y: float) -> bool:
    """0, 1 and limits go to 0 and 1 under powers, exp and log without an error."""
    return (x in (0.0, 1.0) or math.isinf(x)) and y in (0.0, 1.0)


def exponential(x: float) -> float:
    """e^x, infinite where it overflows."""
    return math.exp(x) if x < 709 else math.inf


def logarithm(x: float) -> float:
    """ln x, minus infinity at and below 0."""
    return -math.inf if x <= 0 else math.log(x)


EVERYTHING = Interval(-math.inf, math.inf)
NONNEGATIVE = Interval(0.0, math.inf)
UNIT = Interval(0.0, 1.0)
ZERO = Interval(0.0, 0.0)
