"""The relative entropy of two coins and its inverses, enclosed.

The inverse is written for the pair (a, b) = (q, 1-q) and gives p and 1-p of the largest p with
kl(a||p) <= c, each to its own relative precision; the lower inverse is the upper one of 1-q. Near q
the unknown is u = p - a, far from it v = 1 - p, each the root of a function that is convex and
monotone, with a slope in closed form:

    k(u) = -a ln(1 + u/a) - b ln(1 - u/b),    dk/du = u/((a+u)(b-u)),
    k(v) = -a ln(1 + (b-v)/a) + b ln(b/v),    dk/dv = -(b-v)/(v (1-v)).

p rises and 1-p falls as q and c rise, so that intervals too wide for a step are done at their ends.
"""

from __future__ import annotations

from typing import Any

from flint import arb, ctx

from genbounds.backends.balls.ball import Ball, ball
from genbounds.backends.balls.newton import (
    GUARD,
    ZERO,
    Step,
    between,
    complement,
    enclosed,
    ends,
    is_point,
    known,
    nothing,
    precisely,
)
from genbounds.backends.floats.kl import kl_inverse_pair

_NEAR = 2.0**-24
_TINY, _HUGE = 1e-250, 1e250
_DEEPEST = 128.0  # bits of an exponent that is still told from -infinity


def relative_entropy(q: Any, p: Any) -> Ball:
    """kl(q||p).

    It falls in p up to q and rises beyond, and in q up to p: over intervals its extremes are at two
    opposite corners, and 0 where the intervals meet.
    """
    q, p = ball(q), ball(p)
    if not (_is_share(q) and _is_share(p)):
        return nothing()
    if is_point(q) and is_point(p):
        return _entropy(q, p)
    (q0, q1), (p0, p1) = ends(q), ends(p)
    corners = _entropy(q0, p1), _entropy(q1, p0)
    apart = q1.arb < p0.arb, p1.arb < q0.arb
    if any(apart):
        low, high = reversed(corners) if apart[0] else corners
        return between(low, high)
    return Ball(ZERO.union(corners[0].arb).union(corners[1].arb))


def _is_share(x: Ball) -> bool:
    """Whether all of the ball is in [0, 1]."""
    return bool(x.arb >= 0 and x.arb <= 1) or (x.rational is not None and 0 <= x.rational <= 1)


def _entropy(q: Ball, p: Ball) -> Ball:
    """At points, at a precision that rises until the difference has its digits."""
    if _same(q, p):
        return known(0)
    if (p.arb.is_zero() or _same(p, known(1))) or not is_point(p):
        return Ball(arb.pos_inf())
    bits = ctx.prec
    for extra in _rising(bits):
        with ctx.workprec(bits + extra):
            value = _entropy_of(precisely(q), precisely(complement(q)), precisely(p), p)
        if value.rel_accuracy_bits() >= bits - 2:
            break
    return Ball(value)


def _same(x: Ball, y: Ball) -> bool:
    """Whether two points are one."""
    if x.rational is not None and y.rational is not None:
        return bool(x.rational == y.rational)
    return bool(x.arb == y.arb)


def _rising(bits: int) -> list[int]:
    """Bits beyond the precision, until they are enough for any double."""
    steps = [GUARD]
    while steps[-1] < 4 * bits + 8192:
        steps.append(2 * steps[-1] + bits)
    return steps


def _entropy_of(a: arb, b: arb, p: arb, exact: Ball) -> arb:
    u, v = p - a, precisely(complement(exact))
    return _part(a, p, u) + _part(b, v, -u)


def _part(a: arb, p: arb, u: arb) -> arb:
    """a ln(a/p), where p = a + u."""
    if a.is_zero():
        return ZERO
    return -a * ((u / a).log1p() if -2 * u < a else (p / a).log())


def kl_inverse_upper(q: Any, c: Any) -> Ball:
    """The largest p with kl(q||p) <= c."""
    return _inverse(ball(q), ball(c), upper=True)


def kl_inverse_lower(q: Any, c: Any) -> Ball:
    """The smallest p with kl(q||p) <= c."""
    return _inverse(ball(q), ball(c), upper=False)


def _inverse(q: Ball, c: Ball, upper: bool) -> Ball:
    """The upper inverse, or the lower: it rises in q, and rises or falls in c."""
    if not (_is_share(q) and c.arb >= 0):
        return nothing()
    points = is_point(q) and is_point(c)
    found = _at_the_edge(q, c, upper) if points else None
    if found is None and _is_inside(q, c):
        rest = complement(q)
        pair = (q, rest) if upper else (rest, q)
        found = _solved(*pair, c, upper)
        if found is None and points:
            found = _between_limits(*pair, c, upper)
    if found is not None:
        return found
    budgets = ends(c) if upper else reversed(ends(c))
    return between(*(_inverse(*end, upper) for end in zip(ends(q), budgets, strict=True)))


def _is_inside(q: Ball, c: Ball) -> bool:
    below = q.arb < 1 or (q.rational is not None and q.rational < 1)
    return bool(below and q.arb > 0 and c.arb > 0 and c.arb.is_finite())


def _at_the_edge(q: Ball, c: Ball, upper: bool) -> Ball | None:
    """At points where q or c is at an end of its range."""
    last = known(int(upper))
    if c.arb.is_zero() or _same(q, last):
        return q
    if not c.arb.is_finite():
        return last
    if _same(q, complement(last)):
        x = -precisely(c)
        return Ball(-x.expm1() if upper else x.exp())
    return None


def _solved(a: Ball, b: Ball, c: Ball, upper: bool) -> Ball | None:
    """Newton's steps from the double, proved; None where an interval is too wide for them."""
    bits = ctx.prec
    far, x = _start(a, b, c)
    if far:
        # ln v is about -c/b: its leading bits are lost
        lost = int(min(max(_log2(c.arb / b.arb), 0.0), _DEEPEST))
        v = enclosed(_far(a, b, c), x, bits + 8, GUARD + lost, _by_logarithm)
        return None if v is None else Ball(1 - v if upper else v)
    return _near_value(a, b, c, x, upper)


def _near_value(a: Ball, b: Ball, c: Ball, x: arb, upper: bool) -> Ball | None:
    """a + u or b - u, where u needs only the digits that the sum shows."""
    whole = a if upper else b
    bits = ctx.prec + 8 + min(0.0, _log2(x / (precisely(whole).mid() + x)))
    if bits < 8:
        return None
    top = b.arb.lower()

    def moved(u: arb, by: arb) -> arb:
        further = u + by
        if 0 < further < top:
            return further
        return (u + top) / 2 if by > 0 else u / 2

    u = enclosed(_near(a, b, c), x, bits, GUARD + ctx.prec + 8 - int(bits), moved)
    if u is None:
        return None
    with ctx.workprec(ctx.prec + 8):
        return Ball(precisely(whole) + (u if upper else -u))


def _log2(x: arb) -> float:
    return float(x.mid().log() / arb.const_log2())


def _near(a: Ball, b: Ball, c: Ball) -> Any:
    def newton(u: arb) -> Step:
        a1, b1, c1 = precisely(a), precisely(b), precisely(c)
        gap = c1 + a1 * (u / a1).log1p() + b1 * (-u / b1).log1p()

        def offset(box: arb) -> arb:
            root = u + box
            return gap * ((a1 + root) * (b1 - root) / root)

        return offset, None

    return newton


def _far(a: Ball, b: Ball, c: Ball) -> Any:
    def newton(v: arb) -> Step:
        a1, b1, c1 = precisely(a), precisely(b), precisely(c)
        gap = b1 * (b1 / v).log() - a1 * ((b1 - v) / a1).log1p() - c1

        def offset(box: arb) -> arb:
            root = v + box
            return gap * (root * (1 - root) / (b1 - root))

        return offset, None

    return newton


def _by_logarithm(v: arb, by: arb) -> arb:
    """Newton's step on ln v, in which k is convex too."""
    return (v * (by / v).exp()).mid()


def _start(a: Ball, b: Ball, c: Ball) -> tuple[bool, arb]:
    """Whether p is far from a, and then v, else u, as doubles know them."""
    x, y, z = float(a.arb), float(b.arb), float(c.arb)
    small = min(x, y)
    if not (small > _TINY and small * _NEAR < z < _HUGE):
        with ctx.workprec(max(ctx.prec, 64)):
            return _extreme_start(*(precisely(t).mid() for t in (a, b, c)))
    p, v = kl_inverse_pair(x, y, z)
    if 2 * v >= y:
        return False, arb(p - x if x < y else y - v)
    return True, arb(v) if v > _TINY else _far_start(a.arb, b.arb, c.arb)


def _extreme_start(a: arb, b: arb, c: arb) -> tuple[bool, arb]:
    """The same where u is small beside a or b, or doubles underflow."""
    small = arb.min(a, b)
    if c < small * _NEAR:
        s = (2 * a * b * c).sqrt()
        return False, s * (1 + s * (b - a) / (3 * a * b))
    shift = 0
    if small < _TINY and c < 1e-200:
        # kl is homogeneous in the tiny ones of a, p, c, or of 1-a, 1-p, c
        shift = -500 - int(_log2(c))
    x, y, z = (float(t if t > 0.5 else _shifted(t, shift)) for t in (a, b, c))
    p, v = kl_inverse_pair(x, y, z)
    if 2 * v < y or y == 0:
        return True, _shifted(arb(v), -shift) if v > _TINY else _far_start(a, b, c)
    return False, _shifted(arb(p - x if x < y else y - v), -shift)


def _far_start(a: arb, b: arb, c: arb) -> arb:
    """v where -a ln(1 + (b-v)/a) is nearly a ln a."""
    with ctx.workprec(ctx.prec + int(_DEEPEST)):
        return b * ((_neg_entropy(a, b) - c) / b).exp()


def _shifted(x: arb, by: int) -> arb:
    return x * arb(2) ** by if by else x


def _neg_entropy(a: arb, b: arb) -> arb:
    """a ln a, where b = 1 - a."""
    return a * (a.log() if a < 0.5 else (-b).log1p())


def _between_limits(a: Ball, b: Ball, c: Ball, upper: bool) -> Ball:
    """Where Newton's steps have nothing to add, or fail.

    On the way from a to p the slope t/((a+t)(b-t)) is at least t/(a+u) and at least t/b, so that c
    is at least u^2/(2(a+u)) and u^2/(2b); and -a ln(1 + (b-v)/a) <= 0 gives v <= b e^(-c/b), while
    it is at least a ln a.
    """
    with ctx.workprec(ctx.prec + GUARD):
        a1, b1, c1 = precisely(a), precisely(b), precisely(c)
        u = arb.min(c1 + (c1 * c1 + 2 * a1 * c1).sqrt(), (2 * b1 * c1).sqrt())
        steep = b1 * (-c1 / b1).exp()
        least = arb.max(b1 - u, steep * (_neg_entropy(a1, b1) / b1).exp())
        v = least.union(arb.min(steep, b1))
        return Ball((1 - v).intersection(a1.union(a1 + u)) if upper else v)
