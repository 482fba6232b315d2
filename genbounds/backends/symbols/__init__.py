"""sympy expressions: formulas to differentiate, expand, invert and print. No digits enter.

Special functions are sympy functions with derivatives, exact special values, series, LaTeX and
`evalf` to any precision.
"""

from collections.abc import Callable
from typing import Any

import sympy

from genbounds.backends.symbols.counting import LogBinomial as log_binomial
from genbounds.backends.symbols.counting import LogCover as log_cover
from genbounds.backends.symbols.counting import LogSauer as log_sauer
from genbounds.backends.symbols.counting import LogXi as log_xi
from genbounds.backends.symbols.entropy import BennettFunction as bennett_function
from genbounds.backends.symbols.entropy import BennettInverse as bennett_inverse
from genbounds.backends.symbols.entropy import KLInverseLower as kl_inverse_lower
from genbounds.backends.symbols.entropy import KLInverseUpper as kl_inverse_upper
from genbounds.backends.symbols.entropy import RelativeEntropy as relative_entropy
from genbounds.backends.symbols.implicit import FixedPoint, Least, Root
from genbounds.backends.symbols.remainders import ExpRemainder as exp_remainder
from genbounds.backends.symbols.remainders import LogRemainder as log_remainder
from genbounds.backends.symbols.tails import BetaQuantile as beta_quantile
from genbounds.backends.symbols.tails import BetaQuantileLower as beta_quantile_lower
from genbounds.backends.symbols.tails import BinomialLogTail as binomial_log_tail
from genbounds.backends.symbols.tails import BinomialTailInverse as binomial_tail_inverse
from genbounds.backends.symbols.tails import BinomialTailInverseLower as binomial_tail_inverse_lower
from genbounds.backends.symbols.tails import DoubleSampleInverse as double_sample_inverse
from genbounds.backends.symbols.tails import (
    HypergeometricTailInverse as hypergeometric_tail_inverse,
)
from genbounds.backends.symbols.tails import (
    HypergeometricTailInverseLower as hypergeometric_tail_inverse_lower,
)
from genbounds.backends.symbols.tails import NormalQuantile as normal_quantile

sqrt, log, exp, erfc, zeta = sympy.sqrt, sympy.log, sympy.exp, sympy.erfc, sympy.zeta
tanh, log_gamma = sympy.tanh, sympy.loggamma
floor, ceil, lambert_w = sympy.floor, sympy.ceiling, sympy.LambertW
maximum, minimum = sympy.Max, sympy.Min

__all__ = [
    "FixedPoint", "Least", "Root", "bennett_deviation", "bennett_function", "bennett_inverse",
    "beta_quantile", "beta_quantile_lower", "betting_lower", "betting_lower_every_n",
    "betting_upper", "betting_upper_every_n", "binomial_log_tail", "binomial_tail_inverse",
    "binomial_tail_inverse_lower", "ceil", "constant", "double_sample_inverse", "erfc", "erfcx",
    "exp", "exp_remainder", "expm1", "fixed_point", "floor", "gamma_ratio",
    "hypergeometric_tail_inverse", "hypergeometric_tail_inverse_lower", "integral",
    "kl_inverse_lower", "kl_inverse_upper", "lambert_w", "lambert_w_minus1", "least", "let", "log",
    "log1p", "log2", "log_binomial", "log_cosh", "log_cover", "log_gamma", "log_ratio",
    "log_remainder", "log_sauer", "log_xi", "maximum", "minimum", "norm", "normal_quantile",
    "power", "product", "relative_entropy", "root", "sqrt", "sum_to", "tanh", "total", "where",
    "zeta",
]  # fmt: skip

_CONSTANTS = {
    "one": sympy.S.One, "pi": sympy.pi, "e": sympy.E, "ln2": sympy.log(2),
}  # fmt: skip


def constant(name: str) -> Any:
    return _CONSTANTS[name]


def log2(x: Any) -> Any:
    return sympy.log(x, 2)


def log1p(x: Any) -> Any:
    return sympy.log(1 + x)


def expm1(x: Any) -> Any:
    return sympy.exp(x) - 1


def erfcx(x: Any) -> Any:
    return sympy.exp(x**2) * sympy.erfc(x)


def log_cosh(x: Any) -> Any:
    return sympy.log(sympy.cosh(x))


def log_ratio(a: Any, b: Any) -> Any:
    return sympy.log(sympy.sympify(a) / b)


def power(x: Any, p: Any, q: Any = 1) -> Any:
    return sympy.sympify(x) ** (sympy.sympify(p) / q)


def bennett_deviation(v: Any, c: Any) -> Any:
    """v h^{-1}(c / v), which vanishes with v."""
    v = sympy.sympify(v)
    return v if v.is_zero else v * bennett_inverse(c / v)


def lambert_w_minus1(x: Any) -> Any:
    return sympy.LambertW(x, -1)


def where(condition: Any, yes: Callable[[], Any], no: Callable[[], Any]) -> Any:
    """A `Piecewise`, unless the assumptions on the symbols settle the condition."""
    if condition in (True, False):
        return yes() if condition else no()
    return sympy.Piecewise((yes(), condition), (no(), True))


def total(term: Callable[..., Any], *sequences: Any) -> Any:
    """The sum over i of `term` of the i-th entries of indexed symbols, up to their length."""
    i = sympy.Symbol("i", integer=True, positive=True)
    entries = (sequence[i] for sequence in sequences)
    return sympy.Sum(term(*entries), (i, 1, sequences[0].shape[0]))


def sum_to(term: Callable[[Any], Any], last: Any, name: str) -> Any:
    k = sympy.Symbol(name, integer=True, positive=True)
    return sympy.Sum(term(k), (k, 1, last))


def integral(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Any:
    x = sympy.Symbol(name, positive=True)
    return sympy.Integral(function(x), (x, low, high))


def product(term: Callable[..., Any], *sequences: Any) -> Any:
    """The product over i of `term` of the i-th entries of indexed symbols, up to their length."""
    i = sympy.Symbol("i", integer=True, positive=True)
    entries = (sequence[i] for sequence in sequences)
    return sympy.Product(term(*entries), (i, 1, sequences[0].shape[0]))


def norm(sequence: Any, order: Any) -> Any:
    return total(lambda x: x**order, sequence) ** (1 / sympy.sympify(order))


def gamma_ratio(x: Any) -> Any:
    return sympy.gamma(x + sympy.S.Half) / sympy.gamma(x)


def let(symbol: str, value: Any) -> Any:
    return value


def root(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Root:
    x = sympy.Symbol(name, real=True)
    return Root(sympy.Lambda(x, function(x)), low, high)


def fixed_point(function: Callable[[Any], Any], high: Any, name: str) -> Any:
    x = sympy.Symbol(name, positive=True)
    return FixedPoint(sympy.Lambda(x, function(x)), high)


def least(function: Callable[[Any], Any], low: Any, high: Any, name: str) -> Any:
    x = sympy.Symbol(name, integer=True, positive=True)
    return Least(sympy.Lambda(x, function(x)), low, high)


def _no_symbols(*arguments: Any) -> Any:
    raise TypeError("a betting interval is an algorithm over the data: it has no symbolic form")


betting_upper = betting_lower = betting_upper_every_n = betting_lower_every_n = _no_symbols
