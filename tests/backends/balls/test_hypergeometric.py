"""Limits for finite populations in balls: exact integers, ties included, of any population."""

from fractions import Fraction
from math import comb, inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

flint = pytest.importorskip("flint")
from flint import arb, ctx  # noqa: E402

from genbounds.backends import floats  # noqa: E402
from genbounds.backends.balls import log_ratio  # noqa: E402
from genbounds.backends.balls.ball import Ball  # noqa: E402
from genbounds.backends.balls.hypergeometric import (  # noqa: E402
    hypergeometric_tail_inverse,
    hypergeometric_tail_inverse_lower,
)

LIMITS = [hypergeometric_tail_inverse, hypergeometric_tail_inverse_lower]
DELTAS = ("1e-12", "0.001", "0.05", "1/4", "1/2", "0.9", "0.999")


def tail(k, N, K, n):
    return Fraction(sum(comb(K, i) * comb(N - K, n - i) for i in range(k + 1)), comb(N, n))


@pytest.mark.parametrize("N", [1, 2, 5, 12])
def test_every_small_cell_equals_exact_arithmetic(N):
    for n in range(1, N + 1):
        for k in range(n + 1):
            tails = {K: tail(k, N, K, n) for K in range(k, N - n + k + 1)}
            above = {K: 1 - tail(k - 1, N, K, n) if k else Fraction(1) for K in tails}
            for delta in map(Fraction, DELTAS):
                c = log_ratio(1, delta)
                upper = hypergeometric_tail_inverse(k, n, N, c)
                lower = hypergeometric_tail_inverse_lower(k, n, N, c)
                assert upper.is_integer and lower.is_integer
                assert int(upper) == max(K for K in tails if tails[K] >= delta), (k, n, delta)
                assert int(lower) == min(K for K in tails if above[K] >= delta), (k, n, delta)


@pytest.mark.parametrize("limit", LIMITS)
def test_ties_are_settled(limit):
    shift = limit is hypergeometric_tail_inverse_lower
    for N, n in ((200, 37), (10**4, 101), (10**6, 9999), (10**9, 101), (10**12, 9999)):
        k = (n - 1) // 2 + shift
        assert int(limit(k, n, N, log_ratio(1, Fraction(1, 2)))) == N // 2
    for N, K, n, k in ((60, 25, 14, 4), (10**4, 3000, 500, 139)):
        delta = tail(k, N, K, n)
        above = delta * (1 + Fraction(1, 10**80))
        assert int(hypergeometric_tail_inverse(k, n, N, log_ratio(1, delta))) == K
        assert int(hypergeometric_tail_inverse(k, n, N, log_ratio(1, above))) == K - 1


def test_an_interval_that_holds_a_tie_gives_both():
    found = hypergeometric_tail_inverse(18, 37, 200, Ball(arb(2).log())).arb
    assert found.contains(99) and found.contains(100) and not found.contains(102)
    wide = hypergeometric_tail_inverse(5, 50, 10**4, arb(3, 1)).arb
    for c in (2.01, 3.0, 3.99):
        assert wide.contains(int(hypergeometric_tail_inverse(5, 50, 10**4, c)))
    counts = hypergeometric_tail_inverse(arb(5, 1), 50, 10**4, 3.0).arb
    assert counts.contains(int(hypergeometric_tail_inverse(6, 50, 10**4, 3.0)))


@pytest.mark.parametrize("limit", LIMITS)
def test_equal_to_floats_for_large_populations(limit):
    cells = ((100, 1000, 10**6), (7, 10**4, 10**12), (50, 10**7, 10**15), (10**4, 10**6, 10**9))
    for k, n, N in cells:
        for c in (1e-300, 1e-3, 0.8, 3.0, 690.0):
            found = limit(k, n, N, c)
            assert found.is_integer, (k, n, N, c)
            assert int(found) == getattr(floats, limit.__name__)(k, n, N, c), (k, n, N, c)


@settings(max_examples=60, deadline=None)
@given(N=st.integers(1, 10**18), n=st.floats(0, 1), k=st.floats(0, 1), c=st.floats(1e-300, 2000))
@pytest.mark.parametrize("limit", LIMITS)
def test_an_integer_for_every_small_sample(limit, N, n, k, c):
    n = min(N, 1 + int(10 ** (5 * n)))
    k = int(n * k)
    with ctx.workprec(64):
        found = limit(k, n, N, c)
    assert found.is_integer
    assert k <= int(found) <= N - n + k


@pytest.mark.parametrize("limit", LIMITS)
def test_the_ends_equal_floats(limit):
    for arguments in ((3, 10, 10, 2.0), (10, 10, 50, 2.0), (2, 10, 50, inf), (2, 10, 50, 0.0),
                      (0, 10, 50, 2.0), (0, 0, 5, 1.0), (2, 10, 10**9, 1e-300)):  # fmt: skip
        assert float(limit(*arguments)) == getattr(floats, limit.__name__)(*arguments), arguments
    assert limit(3, 2, 10, 1.0).arb.is_nan()
    assert limit(1, 2, 10, -1.0).arb.is_nan()


def test_beyond_the_longest_sums_the_answer_is_an_interval():
    """About a median of so many the tail has 10^8 terms: the first of them bound it."""
    for c in (0.7, 3.0, 690.0):
        found = hypergeometric_tail_inverse(10**16, 2 * 10**16, 10**17, c)
        near = floats.hypergeometric_tail_inverse(10**16, 2 * 10**16, 10**17, c)
        assert found.arb.contains(near) and found.arb.is_finite()
    assert found.arb.rad() < 1e-6 * near
