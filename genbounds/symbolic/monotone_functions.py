"""What is known of the special functions: values, directions and elasticities in their arguments.

Inverses of a tail move with what widens the tail; kl inverses and Bennett's are concave in the
cost; the log of a growth function divided by the size does not increase.
"""

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

import sympy

from genbounds.backends.symbols.counting import LogBinomial, LogCover, LogSauer, LogXi
from genbounds.backends.symbols.entropy import (
    BennettFunction,
    BennettInverse,
    KLInverseLower,
    KLInverseUpper,
    RelativeEntropy,
)
from genbounds.backends.symbols.remainders import ExpRemainder, LogRemainder
from genbounds.backends.symbols.tails import (
    BetaQuantile,
    BetaQuantileLower,
    BinomialLogTail,
    BinomialTailInverse,
    BinomialTailInverseLower,
    DoubleSampleInverse,
    HypergeometricTailInverse,
    HypergeometricTailInverseLower,
    NormalQuantile,
)
from genbounds.symbolic.intervals import NONNEGATIVE, UNIT, Interval

Values = Callable[..., Interval]


class Known(NamedTuple):
    """Directions by argument (? where there is none) and elasticities by position."""

    directions: str
    values: Values
    elasticities: Mapping[int, Interval] = {}


def _within(interval: Interval) -> Values:
    return lambda *arguments: interval


def _above_first(q: Interval, c: Interval) -> Interval:
    return Interval(max(0.0, min(1.0, q.low)), 1.0)


def _below_first(q: Interval, c: Interval) -> Interval:
    return Interval(0.0, max(0.0, min(1.0, q.high)))


def _labelings(m: Interval, d: Interval) -> Interval:
    return Interval(0.0, (m * Interval(0.0, 1.0)).high)


def _zeta(s: Interval) -> Interval:
    """1 < zeta(s) for s > 1, where bounds use it."""
    return Interval(1.0, math.inf) if s.low >= 1 else _REAL


_REAL = Interval(-math.inf, math.inf)
_CONCAVE = Interval(0.0, 1.0)

SPECIAL: dict[type, Known] = {
    KLInverseUpper: Known("++", _above_first, {1: _CONCAVE}),
    KLInverseLower: Known("+-", _below_first),
    RelativeEntropy: Known("??", _within(NONNEGATIVE)),
    BennettFunction: Known("+", _within(NONNEGATIVE), {0: Interval(1.0, 2.0)}),
    BennettInverse: Known("+", _within(NONNEGATIVE), {0: Interval(0.5, 1.0)}),
    # averages of e^(xs), and of powers of 1/(1 - xs), over s in [0, 1]
    ExpRemainder: Known("+", _within(NONNEGATIVE)),
    LogRemainder: Known("+", _within(NONNEGATIVE)),
    # Loomis and Whitney, for the class of all sets of at most d points and for halfspaces
    LogSauer: Known("++", _labelings, {0: _CONCAVE}),
    LogCover: Known("++", _labelings, {0: _CONCAVE}),
    # xi is concave with xi(0) = 1: n xi' <= xi - 1 <= xi ln xi
    LogXi: Known(
        "+", lambda n: Interval(math.log(2.0), math.inf) if n.low >= 1 else _REAL, {0: _CONCAVE}
    ),
    LogBinomial: Known("+?", _within(NONNEGATIVE)),
    BinomialLogTail: Known("+--", _within(Interval(-math.inf, 0.0))),
    BinomialTailInverse: Known("+-+", _within(UNIT)),
    BinomialTailInverseLower: Known("+--", _within(UNIT)),
    HypergeometricTailInverse: Known("+-++", _within(NONNEGATIVE)),
    HypergeometricTailInverseLower: Known("+-+-", _within(NONNEGATIVE)),
    DoubleSampleInverse: Known("+-?+", _within(UNIT)),
    NormalQuantile: Known("-", _within(_REAL)),
    BetaQuantile: Known("+--", _within(UNIT)),
    BetaQuantileLower: Known("+-+", _within(UNIT)),
    sympy.zeta: Known("-", _zeta),
    sympy.erfc: Known("-", _within(Interval(0.0, 2.0))),
    sympy.floor: Known("+", lambda x: Interval(x.low - 1, x.high)),
    sympy.ceiling: Known("+", lambda x: Interval(x.low, x.high + 1)),
}
