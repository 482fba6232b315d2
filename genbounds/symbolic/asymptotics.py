"""Rates: the leading term of a bound, with its constant, as one variable goes to its limit."""

from collections.abc import Callable
from typing import Any

import sympy
from sympy import S

from genbounds.backends.symbols.counting import LogCover, LogCovering, LogGrowth, LogSauer, LogXi
from genbounds.backends.symbols.entropy import (
    BennettInverse,
    KLInverseLower,
    KLInverseUpper,
    RelativeEntropy,
    bennett_series,
    kl_series,
)
from genbounds.backends.symbols.remainders import ExpRemainder, LogRemainder
from genbounds.backends.symbols.special import Special
from genbounds.backends.symbols.tails import (
    BinomialTailInverse,
    BinomialTailInverseLower,
    NormalQuantile,
)
from genbounds.declaration import Bound
from genbounds.symbolic.expressions import deviation, exact, symbol
from genbounds.symbolic.monotonicity import Context
from genbounds.symbolic.scales import (
    CONSTANT,
    DEPTH,
    Expansion,
    Key,
    NoExpansion,
    compare,
    term,
    vanishes,
)
from genbounds.variables import VARIABLES

_X: Key = (S.One, S.Zero, S.Zero)
_LOG: Key = (S.Zero, S.One, S.Zero)
_LOGLOG: Key = (S.Zero, S.Zero, S.One)


def rate(bound: Bound, variable: str = "n", *, growth: Any = "sauer", **at: Any) -> Any:
    """The leading term of the deviation as `variable` goes to its limit, its constant included.

    Sizes and dimensions go to infinity; delta, epsilon, margins and scales go to 0, and delta
    enters through ln(1/delta). The deviation of a bound that tends to its empirical risk is what it
    adds to it. `at` fixes other arguments.

    >>> import genbounds as gb
    >>> rate(gb.catalogue["vapnik_chervonenkis"])
    2*sqrt(2)*sqrt(vc_dim)*sqrt(log(n))/sqrt(n)
    >>> rate(gb.catalogue["chernoff"], empirical_risk=0)
    log(1/delta)/n
    """
    key, value, (x, back) = _lead(bound, variable, growth, at)
    return sympy.powsimp(value * term(key, x)).subs(x, back)


def ratio_limit(
    first: Bound, second: Bound, variable: str = "n", *, growth: Any = "sauer", **at: Any
) -> Any:
    """The limit of the ratio of two deviations as `variable` goes to its limit.

    >>> import genbounds as gb
    >>> ratio_limit(gb.catalogue["chernoff"], gb.catalogue["hoeffding"])
    2*sqrt(empirical_risk)*sqrt(1 - empirical_risk)
    """
    above, over, _ = _lead(first, variable, growth, at)
    below, under, _ = _lead(second, variable, growth, at)
    order = compare(above, below)
    if order:
        return S.Zero if order < 0 else S.Infinity
    return _open(sympy.simplify(over / under))


def _lead(bound: Bound, variable: str, growth: Any, at: dict[str, Any]) -> tuple[Key, Any, Any]:
    value = deviation(bound, growth, **at)
    if symbol(variable) not in value.free_symbols:
        raise ValueError(f"{bound.name} does not depend on {variable!r}")
    names = _plain_names(bound, value, variable)
    x, inward, outward = _approach(variable)
    inside = value.subs({symbol(variable): inward})
    inside = inside.xreplace({s: d for s, d in names.items() if s != symbol(variable)})
    centre = _centre(bound, variable, at)
    key, coefficient = _first_term(inside, x, None if centre is None else centre.xreplace(names))
    known = {d: s for s, d in names.items()}
    return key, _open(coefficient).xreplace(known), (x, outward)


def _first_term(f: Any, x: Any, centre: Any) -> tuple[Key, Any]:
    """The leading term, of ever longer expansions until something survives the cancellations."""
    for depth in (2, 4, 8):
        token = DEPTH.set(depth)
        try:
            expansion = Expander(x).expand(f)
            if centre is not None:
                expansion = _without(expansion, centre)
            if expansion.terms or expansion.rest is None:
                break
        except NoExpansion:
            if depth == 8:
                raise
        finally:
            DEPTH.reset(token)
    if not expansion.terms and expansion.rest is None:
        raise NoExpansion("what the bound adds is smaller than every power")
    return expansion.lead


def _plain_names(bound: Bound, value: Any, variable: str) -> dict[Any, Any]:
    """Positive names for the other symbols, and for special functions of them, which are slow."""
    names = {
        s: sympy.Dummy(s.name, positive=True, integer=s.is_integer) for s in value.free_symbols
    }
    return names | {p: sympy.Dummy("part", positive=True) for p in _fixed(bound, value, variable)}


def _fixed(bound: Bound, value: Any, variable: str) -> list[Any]:
    context = Context.of(bound, symbol(variable))
    parts = [part for part in value.atoms(sympy.zeta, Special) if not part.has(symbol(variable))]
    return [part for part in parts if context.study(part).values.low >= 0 and part.free_symbols]


def _open(value: Any) -> Any:
    """Square roots of products apart, so that the constant can be read."""
    if value.has(sympy.Sum):
        return value  # sympy factors terms of a sum out past the index that they depend on
    return sympy.expand_power_base(sympy.factor_terms(value))


def _approach(variable: str) -> tuple[Any, Any, Any]:
    """An x that goes to infinity, the variable in terms of x, and x in terms of the variable."""
    x = sympy.Dummy("x", positive=True)
    name = symbol(variable)
    if variable == "delta":
        return x, sympy.exp(-x), sympy.log(1 / name)
    if VARIABLES[variable].high == float("inf"):
        return x, x, name
    return x, 1 / x, 1 / name


def _centre(bound: Bound, variable: str, at: dict[str, Any]) -> Any:
    """The empirical risk that the value of a bound may tend to; None where there is none."""
    if bound.claim.form != "value" or bound.additive:
        return None
    if bound.empirical is not None:
        return exact(at.get(bound.empirical, symbol(bound.empirical)))
    return exact(at["errors"]) / symbol("n") if "errors" in at and variable == "n" else None


def _without(expansion: Expansion, centre: Any) -> Expansion:
    """What is left beside a centre that does not move, where the value tends to it."""
    if not expansion.terms or compare(expansion.lead[0], CONSTANT):
        return expansion
    same = sympy.simplify(expansion.lead[1] - centre) == 0
    return expansion + Expansion.constant(-expansion.lead[1]) if same else expansion


class Expander:
    """The expansion of an expression as x goes to infinity, part by part."""

    def __init__(self, x: Any) -> None:
        self.x = x
        self._known: dict[Any, Expansion] = {}

    def expand(self, f: Any) -> Expansion:
        """Raises `NoExpansion` with the reason where the scale does not hold `f`."""
        if f not in self._known:
            self._known[f] = self._expanded(f)
        return self._known[f]

    def _expanded(self, f: Any) -> Expansion:
        if not f.has(self.x):
            return Expansion.constant(f)
        if f == self.x:
            return Expansion({_X: S.One})
        for kind in type(f).__mro__:
            if kind in _RULES:
                return _RULES[kind](self, f)
        raise NoExpansion(f"{type(f).__name__} has no expansion at infinity here")

    def add(self, f: Any) -> Expansion:
        total = Expansion({})
        for part in f.args:
            total = total + self.expand(part)
        return total

    def multiply(self, f: Any) -> Expansion:
        product = Expansion.constant(S.One)
        for part in f.args:
            product = product * self.expand(part)
        return product

    def power(self, f: Any) -> Expansion:
        if f.exp.has(self.x):
            return self.exponential(sympy.exp(f.exp * sympy.log(f.base), evaluate=False))
        return self.expand(f.base).raised(f.exp)

    def exponential(self, f: Any) -> Expansion:
        """e^(a ln x + b ln ln x + c + u), where u goes to 0; what falls faster is nothing here."""
        u = self.expand(f.exp)
        key, value = CONSTANT, S.One
        small: dict[Key, Any] = {}
        for k, v in u.terms.items():
            if vanishes(k):
                small[k] = v
            elif not compare(k, CONSTANT):
                value = sympy.exp(v)
            elif k in (_LOG, _LOGLOG):
                key = (key[0] + v, key[1], key[2]) if k == _LOG else (key[0], key[1] + v, key[2])
            elif v.is_nonpositive:
                return Expansion({})
            else:
                raise NoExpansion(f"exp({v}*...) grows faster than every power")
        if u.rest is not None and not vanishes(u.rest):
            raise NoExpansion("the exponent is not known well enough")
        series = Expansion(small, u.rest).composed(lambda j: 1 / sympy.factorial(j))
        return series.scaled(key, value)

    def logarithm(self, f: Any) -> Expansion:
        inside = f.args[0]
        if inside.is_Mul and all(part.is_positive for part in inside.args):
            return self.add(sympy.Add(*(sympy.log(part) for part in inside.args), evaluate=False))
        if isinstance(inside, sympy.exp) and inside.exp.is_real:
            return self.expand(inside.exp)
        return self.logarithm_of(self.expand(inside))

    def logarithm_of(self, u: Expansion) -> Expansion:
        """ln c + a ln x + b ln ln x + ln(1 + small)."""
        key, value, small = u.relative()
        if key[2] != 0:
            raise NoExpansion("ln ln ln is beyond the scale")
        lead = Expansion({_LOG: key[0], _LOGLOG: key[1], CONSTANT: sympy.log(value)})
        return lead + small.composed(lambda k: S.Zero if k == 0 else -(S.NegativeOne**k) / k)

    def kl_inverse(self, f: Any) -> Expansion:
        q, c = f.args
        cost = self.expand(c)
        if q.has(self.x):
            raise NoExpansion("the centre of a kl inverse moves")
        if cost.terms and compare(cost.lead[0], CONSTANT) > 0:
            return Expansion.constant(S.One if f.side > 0 else S.Zero)
        if cost.terms and not vanishes(cost.lead[0]):
            rest = next((k for k in list(cost.terms)[1:]), cost.rest)
            return Expansion({CONSTANT: f.func(q, cost.lead[1])}, rest)
        return cost.raised(S.Half).composed(_listed(kl_series(q, DEPTH.get() + 1, f.side)))

    def bennett_inverse(self, f: Any) -> Expansion:
        cost = self.expand(f.args[0])
        if not vanishes(cost.lead[0]):
            raise NoExpansion("Bennett's inverse is expanded at 0 only")
        return cost.raised(S.Half).composed(_listed(bennett_series(DEPTH.get() + 1)))

    def remainder(self, f: Any) -> Expansion:
        """Its power series at 0; at any other point it is written out."""
        u = self.expand(f.args[0])
        if not u.terms or vanishes(u.lead[0]):
            return u.composed(f.coefficient)
        if compare(u.lead[0], CONSTANT) > 0:
            raise NoExpansion("the remainder of a series is expanded at a point only")
        return self.expand(f.rewrite("tractable"))

    def sauer(self, f: Any) -> Expansion:
        """d ln m - ln d! + d (3 - d) / (2m) + O(m^-2), for d that stays."""
        m, d = f.args
        size = self.expand(m)
        if not m.has(self.x):
            return Expansion.constant(m * sympy.log(2))  # every labeling, once d reaches m
        if d.has(self.x) or compare(size.lead[0], CONSTANT) <= 0:
            raise NoExpansion("the Sauer sum is expanded for a fixed dimension only")
        logs = self.logarithm_of(size).scaled(CONSTANT, d)
        inverse = size.raised(S.NegativeOne)
        rest = shift_square(inverse.lead[0])
        return (
            logs + Expansion.constant(-sympy.log(sympy.factorial(d)))
            + inverse.scaled(CONSTANT, d * (3 - d) / 2) + Expansion({}, rest)
        )  # fmt: skip

    def cover(self, f: Any) -> Expansion:
        return self.expand(f.rewrite("LogSauer"))

    def xi(self, f: Any) -> Expansion:
        """ln(sqrt(pi n/2) + 2/3 + O(n^(-1/2)))."""
        (n,) = f.args
        rest = self.expand(n).raised(S.NegativeOne).lead[0]
        lead = self.expand(sympy.log(sympy.sqrt(sympy.pi * n / 2) + sympy.Rational(2, 3)))
        return lead + Expansion({}, rest)

    def entropy(self, f: Any) -> Expansion:
        return self.expand(f.rewrite(sympy.log))

    def binomial_limit(self, f: Any) -> Expansion:
        """k = r n errors: r +- z sqrt(r (1 - r) / n), by the central limit theorem."""
        k, n, c = f.args
        share = self.expand(k / n)
        if c.has(self.x) or not n.has(self.x) or compare(share.lead[0], CONSTANT):
            raise NoExpansion("a binomial limit has a rate for errors proportional to n only")
        r = share.lead[1]
        side = 1 if isinstance(f, BinomialTailInverse) else -1
        spread = self.expand(n).raised(-S.Half)
        width = side * NormalQuantile(sympy.exp(-c)) * sympy.sqrt(r * (1 - r))
        rest = shift_square(spread.lead[0])
        return Expansion.constant(r) + spread.scaled(CONSTANT, width) + Expansion({}, rest)

    def rounded(self, f: Any) -> Expansion:
        return self.expand(f.args[0]) + Expansion({}, CONSTANT)

    def extreme(self, f: Any) -> Expansion:
        best, *others = f.args
        for other in others:
            gap = self.expand(other) + self.expand(best).scaled(CONSTANT, S.NegativeOne)
            if gap.terms and _sign(gap.lead[1]) == (1 if isinstance(f, sympy.Max) else -1):
                best = other
        return self.expand(best)

    def cases(self, f: Any) -> Expansion:
        for value, condition in f.args:
            if self._holds(condition):
                return self.expand(value)
        raise NoExpansion("no case of the formula is reached in the limit")

    def _holds(self, condition: Any) -> bool:
        if condition in (True, False):
            return bool(condition)
        if not isinstance(condition, (sympy.Gt, sympy.Ge, sympy.Lt, sympy.Le)):
            raise NoExpansion(f"the case {condition} is not decided in the limit")
        less = self.expand(condition.lts).scaled(CONSTANT, S.NegativeOne)
        return _sign((self.expand(condition.gts) + less).lead[1]) > 0

    def refuse_growth(self, f: Any) -> Expansion:
        raise NoExpansion("the growth function is open: name one by growth=")


def shift_square(key: Key) -> Key:
    a, b, c = key
    return 2 * a, 2 * b, 2 * c


def _listed(coefficients: Any) -> Callable[[int], Any]:
    return lambda k: coefficients[k] if k < len(coefficients) else S.Zero


def _sign(value: Any) -> int:
    if value.is_positive:
        return 1
    if value.is_negative:
        return -1
    raise NoExpansion(f"the sign of {value} decides and is not known: fix it by an argument")


_RULES: dict[type, Callable[[Expander, Any], Expansion]] = {
    sympy.Add: Expander.add, sympy.Mul: Expander.multiply, sympy.Pow: Expander.power,
    sympy.exp: Expander.exponential, sympy.log: Expander.logarithm, sympy.Max: Expander.extreme,
    sympy.Min: Expander.extreme, sympy.Piecewise: Expander.cases, sympy.floor: Expander.rounded,
    sympy.ceiling: Expander.rounded, KLInverseUpper: Expander.kl_inverse,
    KLInverseLower: Expander.kl_inverse, BennettInverse: Expander.bennett_inverse,
    ExpRemainder: Expander.remainder, LogRemainder: Expander.remainder,
    LogSauer: Expander.sauer, LogCover: Expander.cover, LogXi: Expander.xi,
    RelativeEntropy: Expander.entropy,
    BinomialTailInverse: Expander.binomial_limit, BinomialTailInverseLower: Expander.binomial_limit,
    LogGrowth: Expander.refuse_growth, LogCovering: Expander.refuse_growth,
}  # fmt: skip
