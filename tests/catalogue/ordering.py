"""`A <= B` and `A == B` between theorems, as text that is parsed, drawn for and decided."""

import ast
from functools import cached_property
from typing import Any

import mpmath
from mpmath import mpf

import genbounds as gb
from genbounds import generic
from genbounds.growth import PolynomialPlusOne, Sauer
from genbounds.variables import VARIABLES
from tests.catalogue.draws import is_number, whole
from tests.catalogue.test_backends_agree import small

WORDS = {name: getattr(generic, name) for name in ("log", "log_ratio", "sqrt", "LN2", "PI")} | {
    "min": min, "int": int, "Sauer": Sauer, "PolynomialPlusOne": PolynomialPlusOne,
}  # fmt: skip
IN_FLOATS = 1e-9
"""Where counts are too large to be summed in digits: the floats' relative error, and more."""


class Side:
    """A bound of the catalogue, with some of its arguments written in terms of others."""

    def __init__(self, written: ast.expr) -> None:
        call = written if isinstance(written, ast.Call) else ast.Call(written, [], [])
        assert isinstance(call.func, ast.Name)
        self.bound = gb.catalogue[call.func.id]
        self.given = {k.arg: ast.unparse(k.value) for k in call.keywords}
        assert set(self.given) <= set(self.bound.arguments), self.given
        kept = [name for name in self.bound.arguments if name not in self.given]
        self.names = {*kept, *(n for text in self.given.values() for n in variables(text))}

    def facts(self, facts: dict[str, Any]) -> dict[str, Any]:
        return {
            name: eval(self.given[name], WORDS | facts) if name in self.given else facts[name]
            for name in self.bound.arguments
        }

    def speaks(self, facts: dict[str, Any]) -> bool:
        """What was written is in its range, and the theorem's needs are met."""
        found = self.facts(facts)
        valid = (VARIABLES[n].contains(found[n]) for n in self.given if is_number(n))
        counts = all(x == round(x) for n, x in found.items() if whole(self.bound, n))
        return all(valid) and counts and not self.bound.unmet(found)

    def __call__(self, facts: dict[str, Any]) -> Any:
        return self.bound(**self.facts(facts))


class Ordering:
    """Drawn for like a bound: the arguments of both sides, which meet the needs of both."""

    def __init__(self, statement: str, why: str, where: str = "True") -> None:
        compared = ast.parse(statement, mode="eval").body
        assert isinstance(compared, ast.Compare)
        self.smaller, self.larger = Side(compared.left), Side(compared.comparators[0])
        self.equal = isinstance(compared.ops[0], ast.Eq)
        self.statement, self.why, self.where = statement, why, where
        self.name = statement

    def __repr__(self) -> str:
        return self.statement.replace(" ", "")

    @cached_property
    def arguments(self) -> tuple[str, ...]:
        names = self.smaller.names | self.larger.names | variables(self.where)
        return tuple(name for name in VARIABLES if name in names)

    @property
    def taken(self) -> set[str]:
        """Every argument of the two bounds: with counts among them, n is a whole number."""
        return {*self.smaller.bound.arguments, *self.larger.bound.arguments}

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.statement,)

    def unmet(self, facts: dict[str, Any]) -> bool:
        """Whether one of the two is silent, or the side condition fails."""
        if not eval(self.where, WORDS | facts):
            return True
        return not (self.smaller.speaks(facts) and self.larger.speaks(facts))

    def is_about(self, bound: Any) -> bool:
        return bound in (self.smaller.bound, self.larger.bound)

    def holds(self, facts: dict[str, Any]) -> bool:
        """By the floats if they tell the two apart, else in digits of the decimals given."""
        first, second = self.smaller(facts), self.larger(facts)
        if first <= second and (not self.equal or first == second):
            return True
        if not small(facts):
            return self._within(first, second, IN_FLOATS)
        with mpmath.workdps(60):
            exact = in_decimals(facts)
            return self._within(self.smaller(exact), self.larger(exact), mpf(10) ** -40)

    def _within(self, first: Any, second: Any, relative: Any) -> bool:
        """Up to a last digit, of numbers that are differences of numbers up to 1 or of more."""
        room = relative * max(abs(first), abs(second), relative)
        return bool(abs(first - second) <= room if self.equal else first <= second + room)


def in_decimals(facts: dict[str, Any]) -> dict[str, Any]:
    """The numbers as they print, in digits: 0.05 is one twentieth."""
    return {name: _in_decimals(x) for name, x in facts.items()}


def _in_decimals(x: Any) -> Any:
    if isinstance(x, tuple):
        return tuple(map(_in_decimals, x))
    return mpf(repr(x)) if isinstance(x, (int, float)) else x


def variables(text: str) -> set[str]:
    """The variables of the vocabulary that an expression names."""
    nodes = ast.walk(ast.parse(text, mode="eval"))
    return {node.id for node in nodes if isinstance(node, ast.Name)} & set(VARIABLES)
