"""Numbers that remember how they were made: a formula run on them once can be read step by step.

The value is computed by `floats`, operation by operation, so that it is the formula's own. What was
recorded is written again on any other kind of number by `rendered`: on LaTeX, on plain text, on
floats that were rounded as a reader sees them.
"""

import math
import operator
from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any, NamedTuple

from genbounds.backends import floats
from genbounds.backends.plain import is_generic

ARITHMETIC = ("add", "sub", "mul", "truediv", "pow", "neg")
COMPARISONS = ("lt", "le", "gt", "ge")
OPERATORS = (*ARITHMETIC, *COMPARISONS)


class _PlaceholderError(Exception):
    """An operation met a name that stands for no number."""


class Named(NamedTuple):
    """A function of the user's, such as a growth function, as one operation."""

    latex: str
    name: str
    function: Any


class Recorded:
    """A value, the operation that gave it and its operands; a placeholder has no value."""

    __slots__ = ("bodies", "operands", "operation", "value")

    def __init__(self, operation: str, operands: tuple[Any, ...], value: Any) -> None:
        self.operation, self.operands, self.value = operation, operands, value
        self.bodies: dict[int, tuple[list[Recorded], Any]] = {}

    def __repr__(self) -> str:
        return f"Recorded({self.operation}: {self.value!r})"

    def __bool__(self) -> bool:
        if self.value is None:
            raise TypeError("a placeholder is neither true nor false")
        return bool(self.value)

    def __add__(self, x: Any) -> "Recorded":
        return record("add", self, x)

    def __radd__(self, x: Any) -> "Recorded":
        return self if isinstance(x, int) and x == 0 else record("add", x, self)

    def __sub__(self, x: Any) -> "Recorded":
        return record("sub", self, x)

    def __rsub__(self, x: Any) -> "Recorded":
        return record("sub", x, self)

    def __mul__(self, x: Any) -> "Recorded":
        return record("mul", self, x)

    def __rmul__(self, x: Any) -> "Recorded":
        return record("mul", x, self)

    def __truediv__(self, x: Any) -> "Recorded":
        return record("truediv", self, x)

    def __rtruediv__(self, x: Any) -> "Recorded":
        return record("truediv", x, self)

    def __pow__(self, x: Any) -> "Recorded":
        return record("pow", self, x)

    def __rpow__(self, x: Any) -> "Recorded":
        return record("pow", x, self)

    def __neg__(self) -> "Recorded":
        return record("neg", self)

    @property
    def is_leaf(self) -> bool:
        """Whether it is an input, a constant or a placeholder."""
        return self.operation in ("input", "constant", "entry")

    def body(self, function: Callable[..., Any]) -> tuple[list["Recorded"], Any]:
        """An operand that is a function, applied once to placeholders: these, and what it gave."""
        if id(function) not in self.bodies:
            code = getattr(function, "__code__", None)
            count = 1 if code is None else code.co_argcount
            entries = [Recorded("entry", (), None) for _ in range(count)]
            self.bodies[id(function)] = entries, function(*entries)
        return self.bodies[id(function)]


def _comparison(operation: str) -> Any:
    return lambda self, x: record(operation, self, x)


for _name in COMPARISONS:
    setattr(Recorded, f"__{_name}__", _comparison(_name))


def record(operation: str, *operands: Any) -> Recorded:
    """The operation carried out on the values, and remembered."""
    try:
        values = [_plain(x) for x in operands]
        value = _carried_out(operation, values)
    except _PlaceholderError:
        value = None
    return Recorded(operation, tuple(map(_within, operands)), value)


def _within(x: Any) -> Any:
    """An exact constant such as pi^2/6 as a recorded number; anything else as it is."""
    return x.within("steps") if hasattr(x, "within") else x


def _value(x: Any) -> Any:
    x = _within(x)
    if not isinstance(x, Recorded):
        return x
    if x.value is None:
        raise _PlaceholderError
    return x.value


def _plain(x: Any) -> Any:
    """An operand as floats take it: functions return plain numbers, too."""
    return (lambda *entries: _value(x(*entries))) if callable(x) else _value(x)


def _carried_out(operation: str, values: list[Any]) -> Any:
    function: Any = getattr(operator if operation in OPERATORS else floats, operation)
    try:
        value = function(*values)
    except ArithmeticError:
        value = math.nan
    if isinstance(value, (bool, int, tuple)) or value == value or any(map(callable, values)):
        return value
    return _by_ieee(operation, values)


def _by_ieee(operation: str, values: list[Any]) -> Any:
    """Where Python raises or has nan, what numpy says: 1/0 is inf there."""
    import numpy as np

    from genbounds.backends import arrays

    function = getattr(operator if operation in OPERATORS else arrays, operation)
    with np.errstate(all="ignore"):
        return float(function(*(np.float64(x) for x in values)))


# --- the names of `generic`


def __getattr__(name: str) -> Any:
    if not is_generic(name):
        raise AttributeError(name)
    return partial(record, name)


def constant(name: str) -> Recorded:
    return Recorded("constant", (name,), floats.constant(name))


def given(latex: str, name: str, value: Any) -> Recorded:
    """An argument of the formula."""
    return Recorded("input", (latex, name), value)


def let(symbol: str, value: Any) -> Recorded:
    """A value under the name that the formula gives it."""
    return named(symbol, "".join(x for x in symbol if x not in "\\{}"), value)


def named(latex: str, name: str, value: Any) -> Recorded:
    """A value under a name in LaTeX and one in plain text."""
    value = _within(value)
    number = value.value if isinstance(value, Recorded) else value
    return Recorded("let", (latex, name, value), number)


def applied(function: Named, *sizes: Any) -> Recorded:
    """A function of the user's at its arguments, as one step."""
    try:
        value = function.function(*map(_value, sizes))
    except _PlaceholderError:
        value = None
    return Recorded("applied", (function, *map(_within, sizes)), value)


def where(condition: Any, yes: Callable[[], Any], no: Callable[[], Any]) -> Recorded:
    """The branch that is taken and why; of a placeholder's condition both branches are kept."""
    if condition.value is None:
        return Recorded("where", (condition, yes, no), None)
    branch = _within(yes() if condition.value else no())
    return Recorded("case", (condition, branch), _value_or_none(branch))


def _value_or_none(x: Any) -> Any:
    return x.value if isinstance(x, Recorded) else x


# --- written again


def rendered(x: Any, target: ModuleType, leaf: Callable[[Recorded], Any]) -> Any:
    """What was recorded, on the numbers of another backend.

    `leaf` says what stands for a recorded number; where it says None, the operation is written.
    """
    if not isinstance(x, Recorded):
        return x
    found = leaf(x)
    if found is not None:
        return found
    if x.operation == "let":
        return rendered(x.operands[2], target, leaf)
    if x.operation == "case":
        return rendered(x.operands[1], target, leaf)
    if x.operation == "constant":
        return target.constant(x.operands[0])
    parts = [_part(x, operand, target, leaf) for operand in x.operands]
    if x.operation == "applied":
        return _applied(target, *parts)
    return getattr(operator if x.operation in OPERATORS else target, x.operation)(*parts)


def _applied(target: ModuleType, function: Named, *sizes: Any) -> Any:
    if target is floats:
        return function.function(*sizes)
    head = function.name if target.__name__.endswith("plain") else function.latex
    return target.applied(head, *sizes)


def _part(x: Recorded, operand: Any, target: ModuleType, leaf: Callable[[Recorded], Any]) -> Any:
    if not callable(operand) or isinstance(operand, Named):
        return rendered(operand, target, leaf)

    entries, body = x.body(operand)
    return _function(entries, body, target, leaf)


def _function(
    entries: list[Recorded], body: Any, target: ModuleType, leaf: Callable[[Recorded], Any]
) -> Callable[..., Any]:
    """A function of the other numbers: placeholders become what it is called with."""

    def function(*values: Any) -> Any:
        held = {id(entry): value for entry, value in zip(entries, values, strict=True)}
        return rendered(body, target, lambda y: held[id(y)] if id(y) in held else leaf(y))

    if len(entries) == 0:
        return lambda: function()
    return function
