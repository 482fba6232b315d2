"""The double-sample bound for consistent hypotheses, its free integer proved to be the best.

With j ghost errors the bound is eps_j, the lower limit for j of k ghosts at the price of a split,
ln C(n+k, j) - ln C(k, j), less what growth and delta cost. The lower limit rises in j and falls in
the price, which rises in j: between a and b no eps_j is below the limit for a at the price of b.
Stretches of j that this excludes are dropped, the others halved until single integers are left.
"""

from __future__ import annotations

from typing import Any

from flint import arb, ctx

from genbounds.backends.balls.ball import Ball, ball, hull, whole_ends
from genbounds.backends.balls.binomial import binomial_tail_inverse_lower
from genbounds.backends.balls.newton import nothing
from genbounds.backends.balls.sauer import log_binomial

_COARSE_BITS = 64
_MOST = 20_000
"""Stretches looked at, before the hull of those that are left is the answer."""


def double_sample_inverse(log_growth: Any, n: Any, n_ghost: Any, c: Any) -> Ball:
    """The least eps that some j certifies; 1 where none does."""
    sizes, ghosts = whole_ends(ball(n)), whole_ends(ball(n_ghost))
    if sizes is None or ghosts is None or sizes[0] != sizes[1] or ghosts[0] != ghosts[1]:
        return nothing()
    split = Split(sizes[0], ghosts[0], ball(log_growth) + c)
    if split.spent.arb.is_nan() or sizes[0] < 0 or ghosts[0] < 1:
        return nothing()
    with ctx.workprec(min(_COARSE_BITS, ctx.prec)):
        left = split.survivors()
    best = arb(1)
    for first, last in left:
        best = best.min(split.between(first, last).arb)
    return ball(1) if best == 1 else Ball(best)


class Split:
    """What a number of ghost errors certifies; `spent` is the price of growth and delta."""

    def __init__(self, n: int, n_ghost: int, spent: Ball) -> None:
        self.n, self.n_ghost, self.spent = n, n_ghost, spent

    def price(self, j: int) -> arb:
        """Of a split with j errors, less what is spent; rising in j."""
        apart = log_binomial(self.n + self.n_ghost, j).arb - log_binomial(self.n_ghost, j).arb
        return apart - self.spent.arb

    def limit(self, j: int, price: arb) -> Ball:
        """The smallest eps with P(Bin(k, eps) >= j) >= exp(-price); 1 at a price of 0 or less."""
        if price.is_zero() or price < 0:
            return ball(1)
        if price > 0:
            return binomial_tail_inverse_lower(j, self.n_ghost, Ball(price))
        if not price.upper() > 0:
            return ball(1)
        return hull(binomial_tail_inverse_lower(j, self.n_ghost, Ball(price.upper())), ball(1))

    def between(self, first: int, last: int) -> Ball:
        """The least eps over a stretch: for one integer itself, else between its ends' limits."""
        price = self.price(last)
        lowest = self.limit(first, price)
        return lowest if first == last else hull(lowest, self.limit(last, price))

    def survivors(self) -> list[tuple[int, int]]:
        """Stretches, the best last integer among them, that no known value excludes."""
        stretches, best = [(1, self.n_ghost)], arb(1)
        best = best.min(self.limit(self.n_ghost, self.price(self.n_ghost)).arb.upper())
        for _ in range(64):
            halves = [half for stretch in stretches for half in _halves(*stretch)]
            for _, last in halves:
                best = best.min(self.limit(last, self.price(last)).arb.upper())
            kept = [x for x in halves if not self.limit(x[0], self.price(x[1])).arb > best]
            if kept == stretches or len(kept) > _MOST:
                return kept
            stretches = kept
        return stretches


def _halves(first: int, last: int) -> list[tuple[int, int]]:
    """Halves by ratio, as small j matter most."""
    if first == last:
        return [(first, last)]
    middle = first + (last - first) // 2 if last < 4 * first else 2 * first
    return [(first, middle), (middle + 1, last)]
