"""Intervals of floats that contain every real value, their ends rounded outward or infinite."""

import ast
import math
import operator
from collections.abc import Callable, Iterable
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


def narrowed(needs: Iterable[str]) -> dict[str, Interval]:
    """The relations of one variable with a number, as intervals; others restrict nothing here."""
    found: dict[str, Interval] = {}
    for need in needs:
        node = ast.parse(need, mode="eval").body
        parts = (
            node.values if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And) else [node]
        )
        for part in parts:
            if (limit := _limit(part)) is not None:
                name, interval = limit
                mine = found.get(name, EVERYTHING)
                found[name] = Interval(max(mine.low, interval.low), min(mine.high, interval.high))
    return found


def _limit(node: ast.expr) -> tuple[str, Interval] | None:
    """`n >= 2` or `64 * epsilon < 1` as the variable and its interval."""
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        return None
    scale, name = _scaled_name(node.left)
    value = _constant(node.comparators[0])
    if name is None or scale is None or value is None:
        return None
    edge = (
        outward(value / scale, value / scale)
        if value / scale % 1
        else Interval(*[value / scale] * 2)
    )
    if isinstance(node.ops[0], (ast.Gt, ast.GtE)):
        return name, Interval(edge.low, math.inf)
    if isinstance(node.ops[0], (ast.Lt, ast.LtE)):
        return name, Interval(-math.inf, edge.high)
    return None


def _scaled_name(node: ast.expr) -> tuple[float | None, str | None]:
    if isinstance(node, ast.Name):
        return 1.0, node.id
    if (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mult)
        and isinstance(node.right, ast.Name)
    ):
        scale = _constant(node.left)
        return (scale, node.right.id) if scale and scale > 0 else (None, None)
    return None, None


def _constant(node: ast.expr) -> float | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)):
        return float(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in _ARITHMETIC:
        left, right = _constant(node.left), _constant(node.right)
        if left is not None and right is not None:
            return _ARITHMETIC[type(node.op)](left, right)
    return None


_ARITHMETIC: dict[type, Callable[[float, float], float]] = {
    ast.Div: operator.truediv, ast.Mult: operator.mul, ast.Sub: operator.sub, ast.Add: operator.add,
}  # fmt: skip
