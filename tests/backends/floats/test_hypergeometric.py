"""Against exact fractions and 60-digit sums; ties and populations of 1e15 included."""

from fractions import Fraction
from math import comb, exp, inf, isnan, log

import pytest
from mpmath import mp, mpf

from genbounds.backends.floats.hypergeometric import (
    hypergeometric_log_mass,
    hypergeometric_log_tail,
    hypergeometric_tail_inverse,
    hypergeometric_tail_inverse_lower,
)

DELTAS = ("1e-12", "0.001", "0.05", "0.1", "0.25", "0.5", "0.9", "0.999")


def tail(k: int, N: int, K: int, n: int) -> Fraction:
    i = max(0, n + K - N)
    if k < i:
        return Fraction(0)
    term = total = comb(K, i) * comb(N - K, n - i)
    for j in range(i, min(k, n, K)):
        term = term * ((K - j) * (n - j)) // ((j + 1) * (N - K - n + j + 1))
        total += term
    return Fraction(total, comb(N, n))


def log_tail_60(k: int, N: int, K: int, n: int) -> mpf:
    """ln of the sum of the masses downwards from k, at 60 digits, k at most the mean."""
    with mp.workdps(60):
        term, total, j = mpf(1), mpf(1), k
        while j > max(0, n + K - N) and term > mpf(10) ** -40 * total:
            term *= mpf(j * (N - K - n + j)) / ((K - j + 1) * (n - j + 1))
            total += term
            j -= 1
        up, down = (K, N - K, n, N - n), (k, K - k, n - k, N - K - n + k, N)
        log_mass = sum(mp.loggamma(x + 1) for x in up) - sum(mp.loggamma(x + 1) for x in down)
        return log_mass + mp.log(total)


@pytest.mark.parametrize("N", [1, 2, 5, 12, 30])
def test_every_small_cell_equals_exact_arithmetic(N):
    for n in range(1, N + 1):
        for k in range(n + 1):
            tails = {K: tail(k, N, K, n) for K in range(k, N - n + k + 1)}
            above = {K: 1 - tail(k - 1, N, K, n) if k else Fraction(1) for K in tails}
            for delta in DELTAS[:: 1 if N < 30 else 3]:
                c, level = -log(float(delta)), Fraction(delta)
                upper = max(K for K in tails if tails[K] >= level)
                lower = min(K for K in tails if above[K] >= level)
                assert hypergeometric_tail_inverse(k, n, N, c) == upper, (k, n, delta)
                assert hypergeometric_tail_inverse_lower(k, n, N, c) == lower, (k, n, delta)


@pytest.mark.parametrize("N", [200, 1001, 6000])
def test_exact_arithmetic_at_the_answer_and_beyond(N):
    for n in (3, N // 10, N // 2, N - 2):
        for k in {0, 1, n // 7, n // 2, n - 1}:
            for delta in DELTAS[::2]:
                K = hypergeometric_tail_inverse(k, n, N, -log(float(delta)))
                assert tail(k, N, K, n) >= Fraction(delta) or K == k, (k, n, delta)
                last = K == N - n + k
                assert last or tail(k, N, K + 1, n) < Fraction(delta), (k, n, delta)


def test_an_exact_tie_counts():
    assert tail(18, 200, 100, 37) == Fraction(1, 2)
    assert hypergeometric_tail_inverse(18, 37, 200, log(2)) == 100
    assert hypergeometric_tail_inverse_lower(19, 37, 200, log(2)) == 100


def test_ties_of_large_populations_count():
    """By symmetry the tail is exactly 1/2 where half of the population is bad and n is odd."""
    for N in (10**4, 10**6, 10**9, 10**12):
        for n in (101, 9999):
            assert hypergeometric_tail_inverse((n - 1) // 2, n, N, log(2)) == N // 2
            assert hypergeometric_tail_inverse_lower((n + 1) // 2, n, N, log(2)) == N // 2


@pytest.mark.parametrize("N", [10**5, 10**9, 10**12, 10**15])
def test_large_populations_against_60_digits(N):
    for n in (50, 10**4, N // 20 if N <= 10**9 else 10**7):
        for k in (0, 7, n // 50, n // 2):
            for c in (0.8, 3.0, 30.0, 690.0):
                K = hypergeometric_tail_inverse(k, n, N, c)
                assert log_tail_60(k, N, K, n) >= -c * (1 + 1e-15) - 2e-16, (k, n, c)
                assert K == N - n + k or log_tail_60(k, N, K + 1, n) < -c, (k, n, c)


def test_log_tail_against_60_digits():
    for N, K, n in ((10**12, 10**9, 10**4), (10**15, 10**12, 10**7), (10**9, 10**8, 10**8)):
        for shift in (0.0, -1.0, -4.0, -30.0):
            mean = n * (K / N)
            k = int(mean + shift * (mean * (1 - K / N)) ** 0.5)
            if k < 0:
                continue
            assert hypergeometric_log_tail(k, N, K, n) == pytest.approx(
                float(log_tail_60(k, N, K, n)), rel=2e-14
            )
    # scipy.stats.hypergeom.cdf gives 0.0669991436
    assert exp(hypergeometric_log_tail(5, 10**12, 10**9, 10**4)) == pytest.approx(
        0.0669913725, abs=6e-11
    )


def test_log_tail_and_mass_in_exact_fractions():
    for N, K, n in ((1, 1, 1), (7, 3, 4), (60, 20, 30), (300, 299, 5), (300, 150, 150)):
        for k in range(max(0, n + K - N), min(n, K)):
            exact = tail(k, N, K, n)
            with mp.workdps(400):
                truth = float(mp.log(mpf(exact.numerator) / exact.denominator))
            allowed = 1e-14 * (1 + max(0.0, -log(-truth)))
            assert hypergeometric_log_tail(k, N, K, n) == pytest.approx(truth, rel=allowed)
            mass = log(Fraction(comb(K, k) * comb(N - K, n - k), comb(N, n)))
            assert hypergeometric_log_mass(k, n, N, K) == pytest.approx(mass, abs=1e-13)


def test_the_ends():
    assert hypergeometric_tail_inverse(3, 10, 10, 2.0) == 3
    assert hypergeometric_tail_inverse(10, 10, 50, 2.0) == 50
    assert hypergeometric_tail_inverse(2, 10, 50, inf) == 42
    assert hypergeometric_tail_inverse(2, 10, 50, 0.0) == 2
    assert hypergeometric_tail_inverse(2, 10, 10**9, 1e-300) == 2
    assert hypergeometric_tail_inverse_lower(0, 10, 50, 2.0) == 0
    assert hypergeometric_log_tail(3, 10, 3, 5) == 0.0
    assert hypergeometric_log_tail(0, 10, 8, 5) == -inf
    assert isnan(hypergeometric_tail_inverse(3, 2, 10, 1.0))
    assert isnan(hypergeometric_tail_inverse(1, 2, 10, -1.0))
