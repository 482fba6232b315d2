"""Plain text as one more kind of number, for a terminal: what is written is an expression that a
reader can type into a calculator. Brackets are set by Python's own rules, ^ is a power.
"""

import ast
from collections.abc import Callable
from functools import partial
from typing import Any

_CONSTANTS = {"one": "1", "pi": "pi", "e": "e"}


class Plain:
    """An expression; `str` writes it."""

    __slots__ = ("tree",)

    def __init__(self, tree: ast.expr) -> None:
        self.tree = tree

    def __str__(self) -> str:
        return (
            ast.unparse(ast.fix_missing_locations(self.tree))
            .replace(" ** ", "^")
            .replace("**", "^")
        )

    def __neg__(self) -> "Plain":
        text = str(self)
        inner = ast.Name(f"({text})") if text.startswith("-") else self.tree
        return Plain(ast.UnaryOp(ast.USub(), inner))

    def __add__(self, x: Any) -> "Plain":
        return _joined(self, ast.Add(), x)

    def __radd__(self, x: Any) -> "Plain":
        return _joined(x, ast.Add(), self)

    def __sub__(self, x: Any) -> "Plain":
        return _joined(self, ast.Sub(), x)

    def __rsub__(self, x: Any) -> "Plain":
        return _joined(x, ast.Sub(), self)

    def __mul__(self, x: Any) -> "Plain":
        return _times(self, x)

    def __rmul__(self, x: Any) -> "Plain":
        return _times(x, self)

    def __truediv__(self, x: Any) -> "Plain":
        return _joined(self, ast.Div(), x)

    def __rtruediv__(self, x: Any) -> "Plain":
        return _joined(x, ast.Div(), self)

    def __pow__(self, x: Any) -> "Plain":
        return _joined(self, ast.Pow(), x)

    def __rpow__(self, x: Any) -> "Plain":
        return _joined(x, ast.Pow(), self)

    def __lt__(self, x: Any) -> "Plain":
        return _compared(self, ast.Lt(), x)

    def __le__(self, x: Any) -> "Plain":
        return _compared(self, ast.LtE(), x)

    def __gt__(self, x: Any) -> "Plain":
        return _compared(self, ast.Gt(), x)

    def __ge__(self, x: Any) -> "Plain":
        return _compared(self, ast.GtE(), x)


def _joined(x: Any, sign: ast.operator, y: Any) -> Plain:
    return Plain(ast.BinOp(_tree(x), sign, _tree(y)))


def _compared(x: Any, sign: ast.cmpop, y: Any) -> Plain:
    return Plain(ast.Compare(_tree(x), [sign], [_tree(y)]))


def _times(x: Any, y: Any) -> Plain:
    """A factor 1, which exact constants bring along, is not written."""
    if "1" in (str(x), str(y)):
        return symbol(x) if str(y) == "1" else symbol(y)
    return _joined(x, ast.Mult(), y)


def _tree(x: Any) -> ast.expr:
    """Numbers are names, so that they are written as they are given."""
    if isinstance(x, Plain):
        return x.tree
    text = str(x)
    return ast.UnaryOp(ast.USub(), ast.Name(text[1:])) if text[:1] == "-" else ast.Name(text)


def symbol(text: Any) -> Plain:
    """A name, or a number as it is to be written."""
    return Plain(_tree(text))


def applied(function: str, *arguments: Any) -> Plain:
    """A named function of its arguments."""
    return Plain(ast.Call(ast.Name(function), [_tree(x) for x in arguments], []))


def is_generic(name: str) -> bool:
    """Whether formulas are written in this name, among others."""
    from genbounds import generic

    return not name.startswith("_") and callable(getattr(generic, name, None))


def __getattr__(name: str) -> Any:
    if not is_generic(name):
        raise AttributeError(name)
    return partial(applied, name)


def constant(name: str) -> Plain:
    return applied("ln", 2) if name == "ln2" else symbol(_CONSTANTS[name])


def log(x: Any) -> Plain:
    return applied("ln", x)


def log1p(x: Any) -> Plain:
    return applied("ln", symbol("1") + x)


def expm1(x: Any) -> Plain:
    return applied("exp", x) - symbol("1")


def log_ratio(a: Any, b: Any) -> Plain:
    return applied("ln", symbol(a) / b)


def power(x: Any, p: Any, q: Any = 1) -> Plain:
    exponent: Plain = symbol(p) if isinstance(q, int) and q == 1 else symbol(p) / q
    return symbol(x) ** exponent


def maximum(x: Any, y: Any) -> Plain:
    return applied("max", x, y)


def minimum(x: Any, y: Any) -> Plain:
    return applied("min", x, y)


# --- what is done to a function of a placeholder


def where(condition: Any, yes: Callable[[], Any], no: Callable[[], Any]) -> Plain:
    return Plain(ast.IfExp(_tree(condition), _tree(yes()), _tree(no())))


def _over(head: str, term: Callable[..., Any], sequences: tuple[Any, ...]) -> Plain:
    entries = ["x", "y", "z", *(f"x{i}" for i in range(3, len(sequences)))][: len(sequences)]
    inside = term(*map(symbol, entries))
    over = ", ".join(map(str, sequences))
    source = over if len(sequences) == 1 else f"zip({over})"
    return applied(head, f"{inside} for {', '.join(entries)} in {source}")


def total(term: Callable[..., Any], *sequences: Any) -> Plain:
    return _over("sum", term, sequences)


def product(term: Callable[..., Any], *sequences: Any) -> Plain:
    return _over("product", term, sequences)


def _of_function(
    head: str, function: Callable[[Any], Any], name: str, ends: tuple[Any, ...]
) -> Plain:
    inside = function(symbol(_bare(name)))
    return applied(head, inside, *(f"{_bare(name)} {end}" for end in ends))


def _bare(name: str) -> str:
    return "".join(x for x in name if x not in "\\{}")


def sum_to(term: Callable[[Any], Any], last: Any, name: str) -> Plain:
    return _of_function("sum", term, name, (f"= 1 to {last}",))


def root(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Plain:
    return _of_function("root", function, name, (f"from {low}", f"to {high}"))


def integral(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Plain:
    return _of_function("integral", function, name, (f"from {low} to {high}",))


def fixed_point(function: Callable[[Any], Any], high: Any, name: str) -> Plain:
    return _of_function("largest_fixed_point", function, name, (f"<= {high}",))


def least(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Plain:
    return _of_function("least", function, name, (f">= {low}",))
