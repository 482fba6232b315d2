"""Proofs that a bound moves the declared way, by rules that hold on the whole domain.

Each part of an expression is studied once: the interval of its values, its direction in the
variable x, and the interval of its elasticity x f'/f. Directions compose through sums, products,
powers, logs and the special functions; elasticities settle quotients such as ln Pi(2n) / n, because
the log of a growth function has elasticity in [0, 1] (Loomis and Whitney: Pi(m)^(1/m) does not
increase). What the rules do not settle is `tested only`: no verdict here is a guess.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import sympy

from genbounds.backends.symbols.counting import LogCovering, LogGrowth
from genbounds.declaration import Bound
from genbounds.symbolic.expressions import expression, symbol
from genbounds.symbolic.intervals import (
    EVERYTHING,
    NONNEGATIVE,
    Interval,
    exponential,
    logarithm,
    narrowed,
    outward,
)
from genbounds.symbolic.monotone_functions import SPECIAL
from genbounds.variables import VARIABLES


class Facts(NamedTuple):
    """What is proved of an expression: its values, its direction in x, the elasticity of |f|."""

    values: Interval
    direction: str = "?"
    elasticity: Interval | None = None

    @property
    def settled(self) -> "Facts":
        """The direction that follows from sign and elasticity, where it was still open."""
        if self.direction != "?" or self.elasticity is None or self.values.sign == "?":
            return self
        slope = self.elasticity.sign
        return self._replace(direction=slope if self.values.sign == "+" else opposite(slope))


class Proof(NamedTuple):
    """A verdict on a declared direction: proved, tested only, not monotone or contradicted."""

    verdict: str
    argument: str

    def __str__(self) -> str:
        return f"{self.verdict}: {self.argument}"

    def __bool__(self) -> bool:
        return self.verdict == "proved"


def opposite(direction: str) -> str:
    return {"+": "-", "-": "+"}.get(direction, direction)


def combined(*directions: str) -> str:
    """The direction of an increasing function of parts that move in these directions."""
    moving = set(directions) - {"0"}
    return "0" if not moving else moving.pop() if len(moving) == 1 else "?"


class Context:
    """Where the variables of an expression live, and the one that moves."""

    def __init__(self, domains: Mapping[Any, Interval], x: Any) -> None:
        self.domains, self.x = domains, x
        self._known: dict[Any, Facts] = {}

    @classmethod
    def of(cls, bound: Bound, x: Any, x_domain: Interval = NONNEGATIVE) -> "Context":
        """The vocabulary's domains, narrowed by what a bound needs; `x` is a symbol or function."""
        domains = {symbol(name): _domain(name) for name in VARIABLES if _is_real(name)}
        for name, interval in narrowed(bound.needs).items():
            if symbol(name) in domains:
                mine = domains[symbol(name)]
                low, high = max(mine.low, interval.low), min(mine.high, interval.high)
                domains[symbol(name)] = Interval(low, high)
        domains.setdefault(x, x_domain)
        return cls(domains, x)

    def study(self, f: Any) -> Facts:
        """What is proved of the expression `f`."""
        if f not in self._known:
            self._known[f] = self._rule(f)(self, f).settled
        return self._known[f]

    def moves(self, f: Any) -> bool:
        """Whether the variable occurs in `f`."""
        if isinstance(self.x, type):
            return bool(f.atoms(self.x))
        return bool(f.has(self.x))

    def _rule(self, f: Any) -> Callable[["Context", Any], Facts]:
        if f == self.x or (isinstance(self.x, type) and isinstance(f, self.x)):
            return _variable
        if f.is_number:
            return _number
        for kind in type(f).__mro__:
            if kind in _RULES:
                return _RULES[kind]
        return _special if type(f) in SPECIAL else _unknown


def _is_real(name: str) -> bool:
    return VARIABLES[name].kind in ("real", "integer")


def _domain(name: str) -> Interval:
    return Interval(VARIABLES[name].low, VARIABLES[name].high)


_STILL = Interval(0.0, 0.0)


def _variable(context: Context, f: Any) -> Facts:
    if isinstance(context.x, type):
        # a function moves point by point: scaling it, which elasticities describe, is not all
        return Facts(NONNEGATIVE, "+")
    values = context.domains.get(f, EVERYTHING)
    return Facts(values, "+", Interval(1.0, 1.0) if values.low >= 0 else None)


def _symbol(context: Context, f: Any) -> Facts:
    return Facts(context.domains.get(f, EVERYTHING), "0", _STILL)


def _number(context: Context, f: Any) -> Facts:
    if not f.is_extended_real:
        return Facts(EVERYTHING, "0", _STILL)
    value = float(f)
    if f.is_Rational and math.isfinite(value) and sympy.Rational(value) == f:
        return Facts(Interval(value, value), "0", _STILL)
    return Facts(outward(value, value), "0", _STILL)


def _indexed(context: Context, f: Any) -> Facts:
    moves = f.base == context.x  # each entry on its own, so no elasticity
    return Facts(NONNEGATIVE, "+") if moves else Facts(NONNEGATIVE, "0", _STILL)


def _sum(context: Context, f: Any) -> Facts:
    parts = [context.study(x) for x in f.args]
    values = parts[0].values
    for part in parts[1:]:
        values = values + part.values
    return Facts(
        values, combined(*(p.direction for p in parts)), _sum_elasticity(context, f, parts)
    )


def _sum_elasticity(context: Context, f: Any, parts: list[Facts]) -> Interval | None:
    """A sum of parts of one sign moves between its parts; a constant of the other sign lifts it."""
    if any(p.elasticity is None for p in parts):
        return None
    if len({p.values.sign for p in parts} | {"?"}) == 2:
        hull = parts[0].elasticity
        for p in parts[1:]:
            hull = hull.hull(p.elasticity)  # type: ignore[union-attr, arg-type]
        return hull
    moving = [x for x in f.args if context.moves(x)]
    fixed = [x for x in f.args if not context.moves(x)]
    if not moving or not fixed:
        return None
    return _lifted(context.study(sympy.Add(*moving)), context.study(sympy.Add(*fixed)).values)


def _lifted(moving: Facts, constant: Interval) -> Interval | None:
    """The elasticity of f + c is that of f times 1 / (1 + c/f), where f + c keeps the sign of f."""
    if moving.elasticity is None or moving.values.sign == "?":
        return None
    share = Interval(1.0, 1.0) + constant * moving.values.inverse
    return moving.elasticity * share.inverse if share.low >= 0 else None


def _product(context: Context, f: Any) -> Facts:
    parts = [context.study(x) for x in f.args]
    values, elasticity = Interval(1.0, 1.0), _STILL
    for part in parts:
        values = values * part.values
    known = all(p.elasticity is not None and p.values.sign != "?" for p in parts)
    for part in parts if known else []:
        elasticity = elasticity + part.elasticity  # type: ignore[operator]
    return Facts(values, _product_direction(parts), elasticity if known else None)


def _product_direction(parts: list[Facts]) -> str:
    found = []
    for i, part in enumerate(parts):
        others = [p.values.sign for j, p in enumerate(parts) if j != i]
        if part.direction == "0":
            continue
        if "?" in others or part.direction == "?":
            return "?"
        found.append(part.direction if others.count("-") % 2 == 0 else opposite(part.direction))
    return combined(*found)


def _power(context: Context, f: Any) -> Facts:
    base, exponent = context.study(f.base), f.exp
    if not exponent.is_Rational:
        return context.study(sympy.exp(exponent * sympy.log(f.base), evaluate=False))
    if exponent.q % 2 == 0:
        # an even root is taken of nothing negative wherever the formula has a value
        base = base._replace(values=Interval(max(0.0, base.values.low), max(0.0, base.values.high)))
    if base.values.sign == "+":
        return _positive_power(base, exponent)
    odd = exponent.is_Integer and exponent > 0 and exponent % 2 == 1
    even = exponent.is_Integer and exponent % 2 == 0
    values = NONNEGATIVE if even else EVERYTHING
    return Facts(values, base.direction if odd else "0" if base.direction == "0" else "?")


def _positive_power(base: Facts, exponent: Any) -> Facts:
    p = float(exponent)
    values = base.values
    raised = values.inverse if p < 0 else values
    size = raised.image(lambda x: _raised(x, abs(p))) if abs(p) != 1 else raised
    rate = _number(None, exponent).values  # type: ignore[arg-type]
    elasticity = None if base.elasticity is None else base.elasticity * rate
    return Facts(size, base.direction if p > 0 else opposite(base.direction), elasticity)


def _raised(x: float, p: float) -> float:
    try:
        return float(x**p)
    except OverflowError:
        return math.inf


def _exp(context: Context, f: Any) -> Facts:
    u = context.study(f.exp)
    rate = None
    if u.elasticity is not None and u.values.sign != "?":
        rate = u.values * u.elasticity
    return Facts(u.values.image(exponential), u.direction, rate)


def _log(context: Context, f: Any) -> Facts:
    u = context.study(f.args[0])
    if u.values.sign != "+":
        return Facts(EVERYTHING, u.direction)
    values = u.values.image(logarithm)
    rate = None
    if u.elasticity is not None and values.sign != "?":
        rate = u.elasticity * values.inverse
    return Facts(values, u.direction, rate)


def _extreme(context: Context, f: Any) -> Facts:
    parts = [context.study(x) for x in f.args]
    pick = max if isinstance(f, sympy.Max) else min
    values = Interval(pick(p.values.low for p in parts), pick(p.values.high for p in parts))
    return Facts(values, combined(*(p.direction for p in parts)))


def _cases(context: Context, f: Any) -> Facts:
    parts = [context.study(value) for value, _ in f.args]
    values = parts[0].values
    for part in parts[1:]:
        values = values.hull(part.values)
    fixed = not any(context.moves(condition) for _, condition in f.args)
    return Facts(values, combined(*(p.direction for p in parts)) if fixed else "?")


def _series(context: Context, f: Any) -> Facts:
    term = context.study(f.function)
    fixed = not any(context.moves(x) for limits in f.limits for x in limits[1:])
    values = NONNEGATIVE if term.values.sign == "+" else EVERYTHING
    return Facts(values, term.direction if fixed else "?", term.elasticity if fixed else None)


def _growth(context: Context, f: Any) -> Facts:
    """Elasticity in [0, 1] is the theorem of Loomis and Whitney on projections of the labelings."""
    size = context.study(f.args[0])
    rate = None if size.elasticity is None else size.elasticity * Interval(0.0, 1.0)
    return Facts(NONNEGATIVE, size.direction, rate)


def _covering(context: Context, f: Any) -> Facts:
    scale, *size = (context.study(x).direction for x in f.args)
    return Facts(NONNEGATIVE, combined(opposite(scale), *size))


def _special(context: Context, f: Any) -> Facts:
    rule = SPECIAL[type(f)]
    parts = [context.study(x) for x in f.args]
    moved = [
        p.direction
        if way == "+"
        else opposite(p.direction)
        if way == "-" or p.direction == "0"
        else "?"
        for way, p in zip(rule.directions, parts, strict=True)
    ]
    rates = [i for i, p in enumerate(parts) if p.direction != "0"]
    rate = None
    if len(rates) == 1 and rates[0] in rule.elasticities:
        inner = parts[rates[0]].elasticity
        rate = None if inner is None else inner * rule.elasticities[rates[0]]
    if not rates:
        rate = _STILL
    return Facts(rule.values(*(p.values for p in parts)), combined(*moved), rate)


def _root(context: Context, f: Any) -> Facts:
    """An increasing equation f(R, x) = 0 moves its root against f."""
    low, high = context.study(f.args[1]), context.study(f.args[2])
    inside = Context({**context.domains, f.variable: low.values.hull(high.values)}, context.x)
    moved = opposite(inside.study(f.equation).direction)
    return Facts(low.values.hull(high.values), combined(low.direction, high.direction, moved))


def _unknown(context: Context, f: Any) -> Facts:
    return Facts(EVERYTHING, "?" if context.moves(f) else "0")


def _rules() -> dict[type, Callable[[Context, Any], Facts]]:
    from genbounds.backends.symbols import Root

    return {
        sympy.Add: _sum, sympy.Mul: _product, sympy.Pow: _power, sympy.exp: _exp, sympy.log: _log,
        sympy.Max: _extreme, sympy.Min: _extreme, sympy.Piecewise: _cases, sympy.Sum: _series,
        sympy.Indexed: _indexed, sympy.Symbol: _symbol, LogGrowth: _growth, LogCovering: _covering,
        Root: _root,
    }  # fmt: skip


_RULES = _rules()


def sign_of_derivative(bound: Bound, name: str, growth: Any = None) -> str:
    """How the bound is proved to move in a variable: +, -, 0 (not at all) or ? (not settled)."""
    value = expression(bound, growth)
    x = symbol(name)
    return Context.of(bound, x).study(value).direction


def prove_direction(bound: Bound, name: str, growth: Any = None) -> Proof:
    """Whether the declared direction of an argument is proved on its whole domain.

    >>> import genbounds as gb
    >>> print(prove_direction(gb.catalogue["hoeffding"], "n"))
    proved: the bound falls in n, by monotone composition over the whole domain
    """
    declared = bound.direction_of(name)
    if declared is None:
        return Proof("not monotone", f"declared so; a test holds a witness pair in {name}")
    if declared not in ("+", "-"):
        return Proof("tested only", f"no direction is declared in {name}")
    found = sign_of_derivative(bound, name, growth) if bound.has_expression else "?"
    if found == "?":
        return Proof("tested only", f"the rules of composition do not settle {name}")
    word = {"+": "rises", "-": "falls", "0": "does not move"}[found]
    if found == opposite(declared):
        return Proof("contradicted", f"the bound {word} in {name}")
    return Proof(
        "proved", f"the bound {word} in {name}, by monotone composition over the whole domain"
    )
