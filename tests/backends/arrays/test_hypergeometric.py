"""Against exact integers and 60-digit sums computed here from the definition."""

from fractions import Fraction
from math import comb, log

import numpy as np
import pytest
from mpmath import mp, mpf

from genbounds.backends.arrays.hypergeometric import (
    hypergeometric_log_tail,
    hypergeometric_tail_inverse,
    hypergeometric_tail_inverse_lower,
)


def tail(k: int, N: int, K: int, n: int) -> Fraction:
    return Fraction(sum(comb(K, i) * comb(N - K, n - i) for i in range(k + 1)), comb(N, n))


def log_tail_60(k: int, N: int, K: int, n: int) -> mpf:
    with mp.workdps(60):
        term, total, j = mpf(1), mpf(1), k
        while j > max(0, n + K - N) and term > mpf(10) ** -40 * total:
            term *= mpf(j * (N - K - n + j)) / ((K - j + 1) * (n - j + 1))
            total += term
            j -= 1
        up, down = (K, N - K, n, N - n), (k, K - k, n - k, N - K - n + k, N)
        log_mass = sum(mp.loggamma(x + 1) for x in up) - sum(mp.loggamma(x + 1) for x in down)
        return log_mass + mp.log(total)


@pytest.mark.parametrize("delta", ["1e-12", "0.05", "0.25", "0.5", "0.9"])
def test_small_populations_equal_exact_arithmetic(delta):
    N = 25
    cells = [(k, n) for n in range(1, N + 1) for k in range(n + 1)]
    k, n = np.array(cells).T
    upper = hypergeometric_tail_inverse(k, n, N, -log(float(delta)))
    lower = hypergeometric_tail_inverse_lower(k, n, N, -log(float(delta)))
    for i, (a, b) in enumerate(cells):
        tails = {K: tail(a, N, K, b) for K in range(a, N - b + a + 1)}
        above = {K: 1 - tail(a - 1, N, K, b) for K in tails}
        assert upper[i] == max(K for K in tails if tails[K] >= Fraction(delta)), (a, b)
        assert lower[i] == min(K for K in tails if above[K] >= Fraction(delta)), (a, b)


def test_ties_count_in_every_size():
    N = np.array([200, 10**4, 10**6, 10**9, 10**12])
    n = np.array([37, 101, 9999, 9999, 101])
    assert np.array_equal(hypergeometric_tail_inverse((n - 1) // 2, n, N, log(2)), N // 2)
    assert np.array_equal(hypergeometric_tail_inverse_lower((n + 1) // 2, n, N, log(2)), N // 2)


def test_large_populations_against_60_digits():
    rows = [
        (k, n, N, c)
        for N in (10**5, 10**9, 10**12, 10**15)
        for n in (50, 10**4, 10**7)
        for k in (0, 7, n // 50, n // 2)
        for c in (0.8, 30.0, 690.0)
        if n < N
    ]
    answers = hypergeometric_tail_inverse(*np.array(rows, float).T)
    for (k, n, N, c), answer in zip(rows, answers.tolist(), strict=True):
        K = int(answer)
        assert log_tail_60(k, N, K, n) >= -c * (1 + 1e-15) - 2e-16, (k, n, N, c)
        assert K == N - n + k or log_tail_60(k, N, K + 1, n) < -c, (k, n, N, c)


def test_log_tail_against_60_digits():
    rows = []
    for N, K, n in (
        (60, 20, 30),
        (10**4, 10**3, 300),
        (10**9, 10**8, 10**7),
        (10**15, 10**12, 10**7),
    ):
        mean = n * K // N
        rows += [(k, N, K, n) for k in (mean, mean - 3, mean // 2, mean * 9 // 10) if k >= 0]
    values = hypergeometric_log_tail(*np.array(rows, float).T)
    for row, value in zip(rows, values, strict=True):
        assert value == pytest.approx(float(log_tail_60(*row)), rel=5e-14), row


def test_shapes_and_ends():
    k = np.arange(4)
    grid = hypergeometric_tail_inverse(k[:, None], 3, 20, np.array([0.0, 1.0, np.inf]))
    assert grid.shape == (4, 3) and grid.dtype == np.float64
    assert np.array_equal(grid[:, 0], [0, 1, 2, 20]) and np.array_equal(grid[:, 2], 17 + k)
    assert np.isnan(
        hypergeometric_tail_inverse(np.array([4, 1, 1]), 3, 20, np.array([1, -1, np.nan]))
    )[:3].all()
    assert hypergeometric_log_tail(3, 10, 3, 5) == 0.0
    assert hypergeometric_log_tail(0, 10, 8, 5) == -np.inf
    assert np.isnan(hypergeometric_log_tail(0, 10, 11, 5))
