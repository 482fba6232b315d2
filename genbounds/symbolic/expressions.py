"""Bounds as sympy expressions in named symbols: derivatives, and bounds on bounds."""

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

import sympy

from genbounds.backends.symbols.counting import LogCover, LogCovering, LogGrowth, LogSauer
from genbounds.backends.symbols.entropy import (
    BennettInverse,
    KLInverseLower,
    KLInverseUpper,
    RelativeEntropy,
)
from genbounds.backends.symbols.tails import BinomialTailInverse, BinomialTailInverseLower
from genbounds.declaration import Bound
from genbounds.growth import GROWTHS
from genbounds.variables import VARIABLES, Variable

FUNCTIONS = {"log_growth": LogGrowth, "log_covering": LogCovering}


class Named(sympy.Symbol):  # type: ignore[misc]
    """A variable of the vocabulary: its name in Python, its sign assumed, its LaTeX as printed."""

    __slots__ = ()

    def _latex(self, printer: Any) -> str:
        return VARIABLES[self.name].latex


@cache
def symbol(name: str) -> Any:
    """The one symbol of a variable, the same object in the expression of every bound.

    >>> symbol("vc_dim").is_integer, symbol("n").is_positive, sympy.latex(symbol("delta"))
    (True, True, '\\\\delta')
    """
    variable = VARIABLES[name]
    if variable.kind == "function":
        return FUNCTIONS[name]
    if variable.kind in ("sequence", "data"):
        return sympy.IndexedBase(Named(name, nonnegative=True), shape=(symbol("n"),))
    return Named(name, **_assumptions(variable))


def _assumptions(variable: Variable) -> dict[str, bool]:
    positive = variable.low > 0 or variable.open_low
    sign = {"positive" if positive else "nonnegative": True}
    return sign | ({"integer": True} if variable.kind == "integer" else {"real": True})


def symbols(bound: Bound) -> dict[str, Any]:
    """The symbols of a bound's expression, by argument name; `log_growth` is a function class."""
    return {name: symbol(name) for name in bound.arguments}


def expression(bound: Bound, growth: Any = None, **at: Any) -> Any:
    """The right-hand side in `symbols(bound)`, some arguments set to exact values by `at`.

    `growth` replaces an open log growth function by one of `GROWTHS` in the symbol of vc_dim, or by
    any function of the size. Floats are read as their shortest decimal: no `Float` enters.

    >>> import genbounds as gb
    >>> expression(gb.catalogue["hoeffding"], empirical_risk=0, n=8)
    sqrt(log(1/delta))/4
    """
    if not bound.has_expression:
        raise ValueError(f"{bound.name} is an algorithm over its data: it has no expression")
    unknown = [name for name in at if name not in bound.arguments and name not in VARIABLES]
    if unknown:
        raise ValueError(f"{bound.name} has no argument {', '.join(unknown)}")
    values = symbols(bound) | {k: exact(v) for k, v in at.items() if k in bound.arguments}
    if growth is not None and "log_growth" in values:
        values["log_growth"] = _growth(growth, exact(at.get("vc_dim", symbol("vc_dim"))))
    return sympy.sympify(bound.applied(values))


def exact(x: Any) -> Any:
    """A number as an exact sympy number: a float is its shortest decimal."""
    if isinstance(x, float):
        return sympy.Rational(repr(x)) if x - x == 0 else sympy.sympify(x)
    return (
        sympy.Rational(x.numerator, x.denominator) if isinstance(x, Fraction) else sympy.sympify(x)
    )


def _growth(growth: Any, d: Any) -> Callable[[Any], Any]:
    if growth == "sauer-exp":
        return lambda m: d * (1 + sympy.log(m / d))  # the theorem's side condition is d <= m
    if isinstance(growth, str):
        if growth not in GROWTHS:
            raise ValueError(f"growth must be one of {', '.join(GROWTHS)}, got {growth!r}")
        return GROWTHS[growth](d)
    if not callable(growth):
        raise ValueError(f"growth must be a name or a function of the size, got {growth!r}")
    return growth  # type: ignore[no-any-return]


def deviation(bound: Bound, growth: Any = None, **at: Any) -> Any:
    """What a bound adds to its empirical quantity; the bound itself where it adds to none."""
    if bound.additive:
        return expression(
            bound.gap, growth, **{k: v for k, v in at.items() if k != bound.empirical}
        )
    return expression(bound, growth, **at)


def derivative(bound: Bound, name: str, growth: Any = None, **at: Any) -> Any:
    """The derivative of the bound in one of its variables, or in vc_dim where `growth` brings it.

    >>> import genbounds as gb
    >>> derivative(gb.catalogue["hoeffding"], "n")
    -sqrt(2)*sqrt(log(1/delta))/(4*n**(3/2))
    """
    value = expression(bound, growth, **at)
    if name in bound.arguments and VARIABLES[name].kind in ("function", "sequence", "data"):
        raise ValueError(f"{name} is a {VARIABLES[name].kind}: there is no derivative in it")
    if name not in bound.arguments and symbol(name) not in value.free_symbols:
        raise ValueError(f"{bound.name} does not depend on {name!r}")
    return sympy.diff(value, symbol(name))


def sympy_latex(bound: Bound, growth: Any = None) -> str:
    """LaTeX of the sympy form; `bound.latex` is the formula in the order it was written."""
    found = expression(bound, growth)
    # sympy's printer asks an exponent whether it is constant, which a maximum cannot answer at 0
    choices = {choice: sympy.Dummy(real=True) for choice in found.atoms(sympy.Max, sympy.Min)}
    names = {dummy: sympy.latex(choice) for choice, dummy in choices.items()}
    return str(sympy.latex(found.xreplace(choices), symbol_names=names))


class Relaxation(NamedTuple):
    """A simpler expression on the safe side of a bound, and where it is one."""

    name: str
    expression: Any
    condition: str

    def __str__(self) -> str:
        return f"{self.name}: {self.expression}" + (
            f" ({self.condition})" if self.condition else ""
        )


class _Rule(NamedTuple):
    name: str
    function: Any
    above: bool
    form: Callable[..., Any]
    condition: str = ""


_RULES = (
    _Rule("Pinsker", KLInverseUpper, True, lambda q, c: q + sympy.sqrt(c / 2)),
    _Rule("Pinsker", KLInverseLower, False, lambda q, c: q - sympy.sqrt(c / 2)),
    _Rule(
        "relative (kl >= (p - q)^2 / (2p))", KLInverseUpper, True,
        lambda q, c: q + c + sympy.sqrt(c * (2 * q + c)),
    ),
    _Rule(
        "relative (kl >= (p - q)^2 / (2q))", KLInverseLower, False,
        lambda q, c: q - sympy.sqrt(2 * q * c),
    ),
    _Rule("Pinsker", RelativeEntropy, False, lambda q, p: 2 * (p - q) ** 2),
    _Rule("Chernoff", BinomialTailInverse, True, lambda k, n, c: KLInverseUpper(k / n, c / n)),
    _Rule(
        "Chernoff", BinomialTailInverseLower, False,
        lambda k, n, c: KLInverseLower(k / n, c / n),
    ),
    _Rule(
        "(em/d)^d", LogSauer, True, lambda m, d: d * (1 + sympy.log(m / d)), "where 1 <= d <= m",
    ),
    _Rule("m^d + 1", LogSauer, True, lambda m, d: sympy.log(m**d + 1)),
    _Rule("2^m", LogSauer, True, lambda m, d: m * sympy.log(2)),
    _Rule("2^m", LogCover, True, lambda m, d: m * sympy.log(2)),
    _Rule("Bernstein", BennettInverse, True, lambda c: sympy.sqrt(2 * c) + c / 3),
    _Rule("1 + x <= e^x", sympy.exp, False, lambda x: 1 + x),
)  # fmt: skip


def relaxations(bound: Bound, growth: Any = "sauer") -> tuple[Relaxation, ...]:
    """Simpler bounds implied by this one: Pinsker's above kl's, (em/d)^d above the Sauer sum, ...

    A rule is used only where the bound is proved to move the right way in what is replaced, so that
    an upper bound goes up and a lower one down.

    >>> import genbounds as gb
    >>> print(relaxations(gb.catalogue["chernoff"])[0])
    Pinsker: empirical_risk + sqrt(2)*sqrt(log(1/delta))/(2*sqrt(n))
    """
    value = expression(bound, growth)
    found = []
    for rule in _RULES:
        relaxed = _relaxed(value, rule, bound)
        if relaxed is not None:
            found.append(Relaxation(rule.name, relaxed, rule.condition))
    return tuple(found)


def _relaxed(value: Any, rule: _Rule, bound: Bound) -> Any:
    from genbounds.symbolic.intervals import EVERYTHING, NONNEGATIVE
    from genbounds.symbolic.monotonicity import Context

    occurrences = value.atoms(rule.function)
    if not occurrences:
        return None
    upward = bound.claim.side != "lower"
    for whole in occurrences:
        placeholder = sympy.Dummy("placeholder", real=True)
        # what goes down may leave the values that the function takes
        context = Context.of(bound, placeholder, NONNEGATIVE if rule.above else EVERYTHING)
        moves = context.study(value.xreplace({whole: placeholder})).direction
        if moves != ("+" if upward == rule.above else "-"):
            return None
    return value.replace(rule.function, rule.form)
