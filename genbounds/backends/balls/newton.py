"""Roots that are proved: Newton's operator on intervals, and what the inverses ask of a ball.

Let g be monotone and continuous with a root r, and G an enclosure of its slope on x + B, where the
interval B holds 0. If -g(x)/G lies within B, then g changes its sign on x + B, so r is in x + B,
and by the mean value theorem r - x is in -g(x)/G. With parameters that are intervals this holds for
each choice of them. The width of the slope on B times that of B is the new width, so each step
doubles the digits; a step that proves nothing is still a good guess.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf

from flint import arb, ctx, fmpq

from genbounds.backends.balls.ball import Ball

Offset = Callable[[arb], arb]
"""B -> -g(x)/g'(x + B)."""
Step = tuple[Offset, arb | None]
"""The operator at x, and a step that is a better guess than its own where x is far off."""

GUARD = 24
ZERO = arb(0)
_STEPS = 80
_LARGEST_EXPONENT = 1 << 16
_START_BITS = 40


def nothing() -> Ball:
    """No information: the input reaches outside the domain."""
    return Ball(arb.nan())


def precisely(x: Ball) -> arb:
    """The interval; of a known rational, at the current precision."""
    return x.arb if x.rational is None else arb(x.rational)


def is_point(x: Ball) -> bool:
    return x.rational is not None or x.arb.is_exact()


def ends(x: Ball) -> tuple[Ball, Ball]:
    """The least and the largest value, as points."""
    if is_point(x):
        return x, x
    return _point(x.arb.lower()), _point(x.arb.upper())


def _point(x: arb) -> Ball:
    """As a rational, unless its exponent is out of all proportion."""
    if not x.is_finite() or abs(int(x.man_exp()[1])) > _LARGEST_EXPONENT:
        return Ball(x)
    return known(exactly(Ball(x)))


def between(low: Ball, high: Ball) -> Ball:
    """All numbers from one to the other."""
    if low is high or (low.rational is not None and low.rational == high.rational):
        return low
    return Ball(low.arb.union(high.arb))


def complement(x: Ball) -> Ball:
    """1 - x."""
    if x.rational is not None:
        q = 1 - x.rational
        return Ball(arb(q), q)
    return Ball(1 - x.arb)


def exactly(x: Ball) -> fmpq:
    """The rational that a point is."""
    if x.rational is not None:
        return x.rational
    mantissa, exponent = x.arb.man_exp()
    return fmpq(mantissa) * fmpq(2) ** int(exponent)


def known(q: fmpq | int) -> Ball:
    return Ball(arb(q), fmpq(q))


def enclosed(
    newton: Callable[[arb], Step],
    x: arb,
    bits: float,
    guard: int,
    moved: Callable[[arb, arb], arb],
) -> arb | None:
    """The root near x, proved, to a relative radius of about 2^-bits; None where steps fail.

    `guard` is what the evaluation loses of the working precision. Where the parameters are
    intervals the radius stops at theirs.
    """
    found, accuracy = None, 0.0
    x, full = x.mid(), int(max(bits, 8)) + guard
    for _ in range(_STEPS):
        working = int(min(full, 2 * max(accuracy, _START_BITS) + guard))
        with ctx.workprec(working):
            move, proved, evaluated = _tried(newton(x))
            if not move.is_finite() or (found is not None and not proved):
                return found
            if not proved:
                x = moved(x, move.mid())
                continue
            root = x + move
        gained = inf if root.is_exact() else max(root.rel_accuracy_bits(), 0) - accuracy
        stalled = (found is not None and gained < 1) or (evaluated and working == full)
        found = root if found is None or gained > 0 else found
        accuracy += max(gained, 0)
        if accuracy >= bits or stalled:
            return found
        x = root.mid()
    return found


def _tried(step: Step) -> tuple[arb, bool, bool]:
    """The move to the root, whether it is proved, and whether no closer x would narrow it."""
    offset, guess = step
    first = offset(ZERO)
    if first.is_finite():
        box = arb(0, 2 * first.abs_upper())
        move = offset(box)
        if box.contains(move):
            return move, True, bool(move.rad() < 2 * first.rad())
    return (first if guess is None else guess), False, False
