"""Closed-form inverses: one variable of a bound from the value that is asked for.

The equation is peeled operation by operation; where the variable stands in several places it is a
polynomial in a power or in the log, or the equation a x^s + b ln x + c = 0 of Lambert. Every
candidate is checked by a round trip at random points to 20 digits before it is returned, which also
picks the branch: for sample sizes W_{-1}, where computer algebra offers W_0.
"""

import math
import random
from collections.abc import Callable, Mapping
from typing import Any

import sympy
from sympy import LambertW, S, exp, log

from genbounds.backends.symbols.counting import LogCovering, LogGrowth
from genbounds.backends.symbols.entropy import (
    BennettFunction,
    BennettInverse,
    KLInverseLower,
    KLInverseUpper,
    RelativeEntropy,
)
from genbounds.backends.symbols.tails import (
    BinomialLogTail,
    BinomialTailInverse,
    BinomialTailInverseLower,
    NormalQuantile,
)
from genbounds.declaration import Bound
from genbounds.symbolic.expressions import deviation, symbol
from genbounds.symbolic.monotonicity import Context
from genbounds.variables import VARIABLES

TARGET = sympy.Symbol("target", positive=True)
_OPAQUE = (sympy.Sum, LogGrowth, LogCovering)
_POINTS, _DRAWS, _DIGITS = 5, 60, 40
_NARROWER = {"n": (200.0, 1e6), "vc_dim": (1.0, 40.0), "log_cardinality": (1.0, 50.0)}


class NoInverse(ValueError):
    """There is no closed form; the message says what stands in the way."""


def inverse(bound: Bound, variable: str, *, growth: Any = None, **at: Any) -> Any:
    """The variable in closed form: for the gap epsilon of an additive bound, else for its value.

    The value is the symbol `target`; of a sample size it is n, of a failure probability delta.

    >>> import genbounds as gb
    >>> inverse(gb.catalogue["hoeffding"], "n")
    log(1/delta)/(2*epsilon**2)
    >>> inverse(gb.catalogue["chernoff"], "delta")
    exp(-n*RelativeEntropy(empirical_risk, target))
    """
    f, y = deviation(bound, growth, **at), target_of(bound)
    if symbol(variable) == y:
        return f
    x = symbol(variable)
    if x not in f.free_symbols:
        raise NoInverse(_absent(bound, variable, growth))
    opaque = {part: sympy.Dummy("opaque", positive=True) for part in f.atoms(*_OPAQUE)}
    if any(part.has(x) for part in opaque):
        raise NoInverse(_inside_open(bound, variable, growth))
    numeric = f.xreplace(opaque)
    found = _verified(numeric, x, y, _candidates(bound, numeric, x, y))
    if found is None:
        raise NoInverse(f"{bound.name}: no candidate for {variable} survives the round trip")
    return found.xreplace({dummy: part for part, dummy in opaque.items()})


def closed_inverse(bound: Any, unknown: str, kind: str, growth: Any = None) -> Any:
    """`inverse` in the terms of `solve`, or None: `kind` is the goal, `target`, `epsilon`, ...

    For a target the additive bound is solved with epsilon = target - empirical risk. A two-sided
    bound is solved through its deviation.
    """
    try:
        theorem = bound if isinstance(bound, Bound) else bound.gap
        found = inverse(theorem, unknown, growth=growth)
    except (NoInverse, ValueError):
        return None
    y = target_of(theorem)
    if theorem is not bound or theorem.claim.quantity == "gap":
        return found.xreplace({y: symbol("epsilon")}) if kind == "epsilon" else None
    if kind == "epsilon" and not bound.additive:
        return None if bound.empirical else found.xreplace({TARGET: symbol("epsilon")})
    if bound.additive and kind == "target":
        return found.xreplace({y: TARGET - symbol(bound.empirical or "")})
    return found


def _candidates(bound: Bound, f: Any, x: Any, y: Any) -> list[Any]:
    """Solutions with every part that is free of x as one name, so that it comes back as it was."""
    # sympy's own simplifications of logs and roots want positive names
    free = sympy.Dummy(x.name, positive=True)
    context = Context.of(bound, x)
    names: dict[Any, Any] = {x: free}
    for part in _fixed_parts(f, x):
        positive = True if context.study(part).values.sign == "+" else None
        names[part] = sympy.Dummy("part", positive=positive, real=True)
    back = {name: part for part, name in names.items()}
    return [c.xreplace(back) for c in solve_for(f.xreplace(names), free, y)]


def _fixed_parts(f: Any, x: Any) -> list[Any]:
    """The largest sums and functions in `f` that hold symbols but not x."""
    if not f.has(x):
        return [f] if f.free_symbols and (f.is_Add or f.is_Function) else _below(f, x)
    return _below(f, x)


def _below(f: Any, x: Any) -> list[Any]:
    return [found for part in f.args for found in _fixed_parts(part, x)]


def target_of(bound: Bound) -> Any:
    """The symbol that stands for the value of a bound, or for its gap where it is additive."""
    form = bound.claim.form
    if form == "sample_size":
        return symbol("n")
    if form == "failure_probability" and "delta" not in bound.arguments:
        return symbol("delta")
    return symbol("epsilon") if bound.additive and "epsilon" not in bound.arguments else TARGET


def _absent(bound: Bound, variable: str, growth: Any) -> str:
    if variable == "vc_dim" and "log_growth" in bound.arguments:
        return _inside_open(bound, variable, growth)
    return f"{bound.name} does not depend on {variable!r}"


def _inside_open(bound: Bound, variable: str, growth: Any) -> str:
    if "log_growth" in bound.arguments and growth is None:
        return f"{bound.name}: name the growth function of {variable}: 'sauer-exp' or 'polynomial'"
    return f"{bound.name}: {variable} stands in an open function or a sum"


def solve_for(f: Any, x: Any, y: Any) -> list[Any]:
    """Candidates for x in f(x) = y, on every branch; `NoInverse` where there is no closed form."""
    if f == x:
        return [y]
    for kind in type(f).__mro__:
        if kind in _PEEL:
            return _PEEL[kind](f, x, y)
    raise NoInverse(f"{type(f).__name__} has no inverse in {x.name}")


def _peel_sum(f: Any, x: Any, y: Any) -> list[Any]:
    fixed, moving = f.as_independent(x, as_Add=True)
    if moving.is_Add:
        return _several(moving - (y - fixed), x)
    return solve_for(moving, x, y - fixed)


def _peel_product(f: Any, x: Any, y: Any) -> list[Any]:
    fixed, moving = f.as_independent(x, as_Add=False)
    if not moving.is_Mul:
        return solve_for(moving, x, y / fixed)
    powers = [part.as_base_exp() for part in moving.args]
    if not all(p.is_Rational for _, p in powers):
        return _several(moving - y / fixed, x)
    k = math.lcm(*(int(p.q) for _, p in powers))
    whole = sympy.Mul(*(base ** (p * k) for base, p in powers))
    return _several(sympy.expand(whole) - (y / fixed) ** k, x)


def _peel_power(f: Any, x: Any, y: Any) -> list[Any]:
    if f.exp.has(x):
        if f.base.has(x):
            raise NoInverse(f"{x.name} stands in a base and in its exponent")
        return solve_for(f.exp, x, log(y) / log(f.base))
    return solve_for(f.base, x, y ** (1 / f.exp))


def _peel_extreme(f: Any, x: Any, y: Any) -> list[Any]:
    return [c for part in f.args if part.has(x) for c in solve_for(part, x, y)]


def _only(position: int, back: Callable[..., Any]) -> Callable[[Any, Any, Any], list[Any]]:
    """Peel a special function in one argument; `back` gets its other arguments and y."""

    def peel(f: Any, x: Any, y: Any) -> list[Any]:
        others = [part for i, part in enumerate(f.args) if i != position]
        if any(part.has(x) for part in others):
            raise NoInverse(f"{type(f).__name__} has no closed inverse in this argument")
        values = back(*others, y)
        values = values if isinstance(values, list) else [values]
        return [c for value in values for c in solve_for(f.args[position], x, value)]

    return peel


_PEEL: dict[type, Callable[[Any, Any, Any], list[Any]]] = {
    sympy.Add: _peel_sum,
    sympy.Mul: _peel_product,
    sympy.Pow: _peel_power,
    sympy.Max: _peel_extreme,
    sympy.Min: _peel_extreme,
    exp: lambda f, x, y: solve_for(f.exp, x, log(y)),
    log: lambda f, x, y: solve_for(f.args[0], x, exp(y)),
    KLInverseUpper: _only(1, RelativeEntropy),
    KLInverseLower: _only(1, RelativeEntropy),
    RelativeEntropy: _only(1, lambda q, y: [KLInverseUpper(q, y), KLInverseLower(q, y)]),
    BennettInverse: _only(0, BennettFunction),
    BennettFunction: _only(0, BennettInverse),
    BinomialTailInverse: _only(2, lambda k, n, y: -BinomialLogTail(k, n, y)),
    BinomialTailInverseLower: _only(2, lambda k, n, y: -BinomialLogTail(n - k, n, 1 - y)),
    BinomialLogTail: _only(2, lambda k, n, y: BinomialTailInverse(k, n, -y)),
    NormalQuantile: _only(0, lambda y: sympy.erfc(y / sympy.sqrt(2)) / 2),
}


def _several(equation: Any, x: Any) -> list[Any]:
    """Candidates for equation = 0 where x stands in several places."""
    equation = sympy.expand(sympy.expand_log(_cleared(equation, x), force=True))
    logs = sympy.Dummy("log", real=True)
    replaced = equation.subs(log(x), logs)
    if not replaced.has(x):
        return [exp(value) for value in _polynomial(replaced, logs)]
    terms = _terms(equation, x)
    if terms is None:
        return _isolated(equation, x)
    if any(power for _, power in terms):
        return _lambert(terms, x)
    return _polynomial(equation, x)


def _cleared(equation: Any, x: Any) -> Any:
    """Denominators such as n - 1 are multiplied out; those that are a power of x stay."""
    sums = [p for p in equation.atoms(sympy.Pow) if p.base.is_Add and p.base.has(x)]
    if not any(p.exp.is_Integer and p.exp < 0 for p in sums):
        return equation
    return sympy.fraction(sympy.together(equation))[0]


def _terms(equation: Any, x: Any) -> dict[tuple[Any, int], Any] | None:
    """{(exponent, power of the log): coefficient}, or None where x stands elsewhere too."""
    found: dict[tuple[Any, int], Any] = {}
    for part in sympy.Add.make_args(equation):
        fixed, moving = part.as_independent(x, as_Add=False)
        exponent, power = S.Zero, 0
        for factor in sympy.Mul.make_args(moving):
            base, p = factor.as_base_exp()
            if base == x and p.is_Rational:
                exponent += p
            elif base == log(x) and p == 1:
                power += 1
            elif factor != 1:
                return None
        found[exponent, power] = found.get((exponent, power), S.Zero) + fixed
    return found


def _polynomial(equation: Any, x: Any) -> list[Any]:
    """Roots of a polynomial of degree 1 or 2 in a power x^(1/k)."""
    terms = _terms(equation, x)
    if terms is None:
        return _isolated(equation, x)
    low = min(e for e, _ in terms)
    step = _common_step([e - low for e, _ in terms])
    degree = max((e - low) / step for e, _ in terms)
    if degree > 2:
        raise NoInverse(f"an equation of degree {degree} in {x.name}")
    c, b, a = (terms.get((low + step * i, 0), S.Zero) for i in range(3))
    if a == 0:
        return [(-c / b) ** (1 / step)]
    square = sympy.sqrt(b**2 - 4 * a * c)
    # for one sign of b each form cancels nowhere: both are kept, and both roots
    roots = [(-b + s * square) / (2 * a) for s in (1, -1)]
    return [root ** (1 / step) for root in roots]


def _common_step(exponents: list[Any]) -> Any:
    moving = [e for e in exponents if e != 0]
    numerators = [int(e.p) * math.lcm(*(int(m.q) for m in moving)) // int(e.q) for e in moving]
    return sympy.Rational(math.gcd(*numerators), math.lcm(*(int(m.q) for m in moving)))


def _lambert(terms: dict[tuple[Any, int], Any], x: Any) -> list[Any]:
    """a x^s + b ln x + c = 0, after division by a power: x^s = b/(sa) W((sa/b) e^(-sc/b))."""
    logs = [(e, p) for e, p in terms if p]
    if len(logs) != 1 or logs[0][1] != 1:
        raise NoInverse(f"several logs of {x.name} in one equation")
    at = logs[0][0]
    plain = [e for e, p in terms if not p and e != at]
    if len(plain) != 1:
        raise NoInverse(f"a log of {x.name} beside {len(plain)} powers of it")
    s = plain[0] - at
    a, b, c = terms[plain[0], 0], terms[at, 1], terms.get((at, 0), S.Zero)
    ratio = s * a / b
    inside = ratio * exp(sympy.expand(-s * c / b))
    return [(LambertW(inside, branch) / ratio) ** (1 / s) for branch in (-1, 0)]


def _isolated(equation: Any, x: Any) -> list[Any]:
    """One square root stands alone and is squared away; false roots fail the round trip."""
    parts = sympy.Add.make_args(equation)
    roots = [part for part in parts if _has_root(part, x)]
    if len(roots) != 1:
        raise NoInverse(f"{x.name} stands {_places(equation, x)} and elsewhere in one equation")
    rest = equation - roots[0]
    squared = sympy.expand(sympy.expand(rest**2) - sympy.expand(roots[0] ** 2))
    if any(_has_root(part, x) for part in sympy.Add.make_args(squared)):
        raise NoInverse(f"the square root over {x.name} does not square away")
    return _several(squared, x)


def _places(equation: Any, x: Any) -> str:
    """Where x stands, apart from powers of it and logs of it."""
    calls = {type(f).__name__ for f in equation.atoms(sympy.Function) if f.has(x) and f != log(x)}
    return f"in {', '.join(sorted(calls))}" if calls else "under different roots"


def _has_root(part: Any, x: Any) -> bool:
    powers = (factor.as_base_exp() for factor in sympy.Mul.make_args(part))
    return any(base.has(x) and base != x and p.is_Rational and p.q == 2 for base, p in powers)


def _verified(f: Any, x: Any, y: Any, candidates: list[Any]) -> Any:
    """The first candidate that returns x from f(x) at every one of several random points."""
    points = _points(f, x)
    if len(points) < _POINTS:
        return None
    good = (c for c in candidates if all(_returns(c, x, y, at, value) for at, value in points))
    return next(good, None)


def _points(f: Any, x: Any) -> list[tuple[dict[Any, Any], Any]]:
    """Points of the domain where the value is a positive number, and that value."""
    draw, found = random.Random(0), []
    for _ in range(_DRAWS):
        point = {s: _drawn(s, draw) for s in sorted(f.free_symbols, key=str)}
        value = at_point(f, point)
        if value.is_Float and value > 0:
            found.append((point, value))
        if len(found) == _POINTS:
            break
    return found


def at_point(f: Any, point: Mapping[Any, Any]) -> Any:
    """Digits of `f`: fractions enter as digits, since sympy would factor their numerators."""
    numbers = {s: v if v.is_Integer else v.evalf(_DIGITS + 10) for s, v in point.items()}
    return f.xreplace(numbers).evalf(_DIGITS)


def _drawn(s: Any, draw: random.Random) -> Any:
    if isinstance(s, sympy.Dummy):
        return sympy.Rational(f"{draw.uniform(0.1, 3):.6g}")
    low, high = _NARROWER.get(s.name) or VARIABLES[s.name].typical
    value = math.exp(draw.uniform(math.log(low), math.log(high)))
    return sympy.Integer(round(value)) if s.is_integer else sympy.Rational(f"{value:.6g}")


def _returns(candidate: Any, x: Any, y: Any, point: dict[Any, Any], value: Any) -> bool:
    known = {s: v for s, v in point.items() if s != x} | {y: value}
    try:
        back = at_point(candidate, known)
        error = abs(back / point[x] - 1)
        return bool(back.is_number and error < sympy.Float(10) ** -20)
    except (TypeError, ValueError, ZeroDivisionError):
        return False
