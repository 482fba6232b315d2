"""Certified enclosures (python-flint): every name returns a ball that contains the true value.

Elementary functions are arb's own, at the working precision of `flint.ctx`. Inverses, roots and
least values are found at any precision and then proved, by the signs of what defines them on both
sides. Whoever wants a tight enclosure evaluates again at a higher precision; the modules here only
have to be right, and as tight as their precision allows.

What is unknown is arb's nan: the answer to an interval that reaches out of a function's domain.
"""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from flint import arb, ctx

from genbounds.backends import lazily
from genbounds.backends.balls.ball import (
    Ball,
    Undecided,
    ball,
    by_ends,
    hull,
    of_rational,
    up_to,
)
from genbounds.backends.balls.ball import UndecidedError as UndecidedError
from genbounds.backends.balls.logarithm import Logarithm
from genbounds.backends.balls.searches import root as root
from genbounds.backends.balls.smooth import Smooth

number = ball
_elsewhere = lazily(__name__, globals())
_BETA = ("beta_quantile", "beta_quantile_lower")


def __getattr__(name: str) -> Any:
    if name in _BETA:
        from genbounds.backends.balls import beta

        return getattr(beta, name)
    return _elsewhere(name)


_CONSTANTS: dict[str, Callable[[], arb]] = {
    "pi": arb.pi,
    "e": arb.const_e,
    "ln2": arb.const_log2,
}
_ONE = ball(1)


def constant(name: str) -> Ball:
    return _ONE if name == "one" else Ball(_CONSTANTS[name]())


def let(symbol: str, value: Any) -> Any:
    return value


# --- choices


def where(condition: Undecided, yes: Callable[[], Any], no: Callable[[], Any]) -> Ball:
    """Both branches, as the interval cannot tell which applies."""
    return hull(ball(yes()), ball(no()))


def maximum(x: Any, y: Any) -> Ball:
    return _choice(ball(x), ball(y), arb.max, larger=True)


def minimum(x: Any, y: Any) -> Ball:
    return _choice(ball(x), ball(y), arb.min, larger=False)


def _choice(x: Ball, y: Ball, either: Callable[[arb, arb], arb], larger: bool) -> Ball:
    above = x >= y
    if isinstance(above, Undecided):
        return Ball(either(x.arb, y.arb))
    return x if above == larger else y


def floor(x: Any) -> Ball:
    """The integer, or the hull of the integers that it may be."""
    return _rounded(ball(x), arb.floor, lambda q: q.floor())


def ceil(x: Any) -> Ball:
    """The integer, or the hull of the integers that it may be."""
    return _rounded(ball(x), arb.ceil, lambda q: q.ceil())


def _rounded(x: Ball, whole: Callable[[arb], arb], exactly: Callable[[Any], Any]) -> Ball:
    if x.rational is not None:
        return ball(exactly(x.rational))
    if not x.arb.is_finite():
        return x
    low, high = whole(x.arb.lower()), whole(x.arb.upper())
    return ball(low.unique_fmpz()) if low == high else Ball(low.union(high))


# --- elementary functions


def _smooth(function: Callable[[Ball], Ball]) -> Callable[[Any], Ball]:
    """A function of a ball, which what is not a number passes through by itself."""

    @wraps(function)
    def served(x: Any) -> Ball:
        x = ball(x)
        return x.through(function.__name__) if isinstance(x, Smooth) else function(x)

    return served


@_smooth
def sqrt(x: Ball) -> Ball:
    """The root; an interval about 0 is cut there, as no formula takes a root of less."""
    if x.rational is not None and x.rational >= 0:
        p, q = x.rational.p, x.rational.q
        if p.bit_length() + q.bit_length() <= 2 * ctx.prec and p.is_square() and q.is_square():
            return of_rational(x.rational.sqrt())
    if x.arb.contains(0) and not x.arb.is_nan():
        return Ball(up_to(x.arb.upper().sqrt()))
    return Ball(x.arb.sqrt())


@_smooth
def log(x: Ball) -> Ball:
    if x.rational is not None and x.rational == 1:
        return ball(0)
    if x.rational is not None and x.rational > 0:
        return Logarithm(x.rational)
    return Ball(arb.neg_inf()) if x.arb.is_zero() else Ball(x.arb.log())


@_smooth
def log2(x: Ball) -> Ball:
    """The logarithm to base 2, an integer for a power of 2."""
    if x.rational is not None and x.rational > 0:
        p, q = int(x.rational.p), int(x.rational.q)
        if p & (p - 1) == 0 and q & (q - 1) == 0:
            return ball(p.bit_length() - q.bit_length())
    return Ball(arb.neg_inf() if x.arb.is_zero() else x.arb.log() / arb.const_log2())


@_smooth
def log1p(x: Ball) -> Ball:
    return Ball(arb.neg_inf()) if (x.arb + 1).is_zero() else Ball(x.arb.log1p())


@_smooth
def exp(x: Ball) -> Ball:
    if isinstance(x, Logarithm):
        return of_rational(x.of)
    return Ball(x.arb.exp())


@_smooth
def expm1(x: Ball) -> Ball:
    return Ball(x.arb.expm1())


@_smooth
def tanh(x: Ball) -> Ball:
    return Ball(x.arb.tanh())


@_smooth
def erfc(x: Ball) -> Ball:
    if abs(x.arb) == arb.pos_inf():
        return ball(0 if x.arb > 0 else 2)
    return Ball(by_ends(arb.erfc, "-", x.arb))


@_smooth
def log_gamma(x: Ball) -> Ball:
    """ln of gamma at x >= 0: inf at both ends."""
    at_end = x.arb.is_zero() or x.arb == arb.pos_inf()
    return Ball(arb.pos_inf() if at_end else x.arb.lgamma())


@_smooth
def log_cosh(x: Ball) -> Ball:
    """ln cosh x grows with |x|: -ln(1 - tanh^2 x)/2, or |x| - ln 2 + ln(1 + e^(-2|x|))."""
    return Ball(by_ends(_log_cosh, "+", abs(x.arb) if not x.arb.contains(0) else _size(x.arb)))


def _size(x: arb) -> arb:
    """|x| for an interval about 0."""
    return up_to(x.abs_upper())


def _log_cosh(x: arb) -> arb:
    if x < 1:
        return -(-(x.tanh() ** 2)).log1p() / 2
    return x - arb.const_log2() + (-2 * x).exp().log1p()


def log_ratio(a: Any, b: Any) -> Ball:
    """ln(a/b), by the difference a - b where the ratio is near 1."""
    a, b = ball(a), ball(b)
    if isinstance(a, Smooth) or isinstance(b, Smooth):
        return log(a / b)
    if a.arb.is_zero() or b.arb.is_zero():
        return Ball(log(a).arb - log(b).arb)
    ratio = a / b
    if ratio.rational is None and ratio.arb > 0.5 and ratio.arb < 2:
        return log1p((a - b) / b)
    return log(ratio)


def power(x: Any, p: Any, q: Any = 1) -> Ball:
    """x^(p/q) for x >= 0."""
    x, exponent = ball(x), ball(p) / q
    if exponent.rational is not None and exponent.rational.q == 2 and not isinstance(x, Smooth):
        x, exponent = sqrt(x), ball(exponent.rational.p)
    found: Ball = x**exponent
    return found


def normal_quantile(tail: Any) -> Ball:
    """The z with P(N(0, 1) > z) = tail, sqrt 2 times the inverse of erfc at 2 tail."""
    value = ball(tail).arb
    if value <= 0:
        return Ball(arb.pos_inf())
    if not (value > 0 and value < 1):
        return Ball(arb.nan())
    return Ball(arb(2).sqrt() * by_ends(arb.erfcinv, "-", 2 * value))


# --- sequences


def total(term: Callable[..., Any], *sequences: Iterable[Any]) -> Ball:
    whole = ball(0)
    for entries in zip(*sequences, strict=True):
        whole = whole + ball(term(*entries))
    return whole


def sum_to(term: Callable[[Any], Any], last: Any, name: str = "k") -> Ball:
    return total(lambda k: term(ball(k)), range(1, int(ball(last)) + 1))


def product(term: Callable[..., Any], *sequences: Iterable[Any]) -> Ball:
    whole = ball(1)
    for entries in zip(*sequences, strict=True):
        whole = whole * ball(term(*entries))
    return whole


def norm(sequence: Any, order: Any) -> Ball:
    """(sum of x^order)^(1/order), relative to the largest entry; that entry itself at inf."""
    entries, order = [ball(x) for x in sequence], ball(order)
    largest = entries[0]
    for x in entries[1:]:
        largest = maximum(largest, x)
    if largest.arb.is_zero() or order.arb == arb.pos_inf():
        return largest
    if largest.arb.contains(0):
        return Ball(up_to((len(entries) * largest.arb).upper()))  # order >= 1: at most the sum
    powers = total(lambda x: power(x / largest, order), entries)
    found: Ball = largest * power(powers, 1, order)
    return found
