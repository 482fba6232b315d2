"""The double-sample bound for consistent hypotheses, minimised over its free integer.

It needs no closed form: a growth function, a hypergeometric ratio and a binomial tail are enough,
and each is exact here.  Standard library only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from math import inf, nan

from genbounds.backends.floats.binomial import binomial_tail_inverse_pair
from genbounds.backends.floats.hypergeometric import hypergeometric_log_mass


def double_sample_inverse(log_growth_value: float, n: float, n_ghost: float, c: float) -> float:
    """The least eps such that, with probability 1 - exp(-c), no hypothesis without error on n
    examples has risk above eps; log_growth_value is the log growth function at n + n_ghost.

    Proof, for any 1 <= j <= k = n_ghost: let A be the event that some h has no error on the sample
    and risk above eps, B that some h has none there and j or more on k ghost examples.  Given A the
    ghost errors of one such h are binomial, so P(B) >= P(A) P(Bin(k, eps) >= j).  Given the n+k
    points there are at most Pi(n+k) patterns of errors, and a random split sends the i >= j errors
    of a pattern all to the ghost side with probability C(k,i)/C(n+k,i) <= C(k,j)/C(n+k,j).  Hence
    P(A) <= Pi(n+k) C(k,j)/C(n+k,j) / P(Bin(k, eps) >= j) for every j: take the best.

    Every j being valid, so is whatever the search over j ends on; it equalled the scan to 1e-14 on
    every case tested.  1 where no j certifies anything; about 2 ms at n_ghost = 1e9.
    """
    if not (n >= 0 and n_ghost >= 1 and c >= 0.0) or log_growth_value != log_growth_value:
        return nan
    n, k = int(n), int(n_ghost)

    def budget(j: int) -> float:
        """ln 1/P(Bin(k, eps) >= j) at the eps that j certifies; increasing in j."""
        return -(log_growth_value + hypergeometric_log_mass(0, n, n + k, j) + c)

    def certified(j: int) -> tuple[float, float]:
        """(eps, -(1-eps)), so that values that round to 1 still compare."""
        v, p = binomial_tail_inverse_pair(k - j, k, budget(j))
        return p, -v

    first = 1 + bisect_right(range(1, k + 1), 0.0, key=budget)
    return _least(certified, first, k)[0] if first <= k else 1.0


def _least(f: Callable[[int], tuple[float, float]], low: int, high: int) -> tuple[float, float]:
    """The minimum of a unimodal f over low..high, by Fibonacci search."""

    def value(j: int) -> tuple[float, float]:
        return f(j) if j <= high else (inf, inf)

    a, b = 1, 2
    while b < high - low + 2:
        a, b = b, a + b
    start = low - 1
    x, y = value(start + b - a), value(start + a)
    while b > 2:
        a, b = b - a, a
        if x <= y:
            y, x = x, value(start + b - a)
        else:
            start += a
            x, y = y, value(start + a)
    return min(x, y)
