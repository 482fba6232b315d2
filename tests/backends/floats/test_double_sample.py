"""The inequality behind it by enumeration, and the minimum by a scan with exact fractions."""

from fractions import Fraction
from itertools import combinations
from math import comb, isnan, log

import pytest

from genbounds.backends.floats.double_sample import double_sample_inverse


def upper_tail(j: int, k: int, p: Fraction) -> Fraction:
    return sum((comb(k, i) * p**i * (1 - p) ** (k - i) for i in range(j, k + 1)), Fraction(0))


def scan(growth: int, n: int, k: int, delta: Fraction) -> float:
    """min over j by bisection on the definition, in fractions."""
    best = Fraction(1)
    for j in range(1, k + 1):
        level = growth * Fraction(comb(k, j), comb(n + k, j)) / delta
        if level > 1 or upper_tail(j, k, best) <= level:
            continue
        low, high = Fraction(0), best
        for _ in range(48):
            middle = Fraction(round((low + high) * 2**60), 2**61)
            low, high = (middle, high) if upper_tail(j, k, middle) < level else (low, middle)
        best = high
    return float(best)


@pytest.mark.parametrize("n", [5, 40, 300])
@pytest.mark.parametrize("k", [1, 2, 6, 30])
@pytest.mark.parametrize("growth", [1, 20])
def test_equals_the_scan(n, k, growth):
    for delta in (Fraction(1, 20), Fraction(9, 10)):
        expected = scan(growth, n, k, delta)
        value = double_sample_inverse(log(growth), n, k, -log(delta))
        assert value == pytest.approx(expected, rel=1e-10), delta


def test_a_split_sends_all_errors_to_the_ghost_side_as_often_as_the_docstring_says():
    n, k = 4, 5
    for errors in range(1, k + 1):
        ghosts = list(combinations(range(n + k), k))
        hits = sum(set(range(errors)) <= set(ghost) for ghost in ghosts)
        assert Fraction(hits, len(ghosts)) == Fraction(comb(k, errors), comb(n + k, errors))


@pytest.mark.parametrize("n", [20, 100])
def test_the_claim_where_it_can_be_computed(n):
    """Thresholds below a uniform median: P(some consistent h has risk above eps) is exact.

    A threshold is consistent where it lies in the gap about 0 between the nearest examples; its
    risk exceeds eps in one of the two directions with probability 2 (1-eps)**n - (1-2 eps)**n.
    """
    k, delta = 4 * n, 0.05
    eps = double_sample_inverse(log(n + k + 1), n, k, -log(delta))
    assert eps < 0.5
    assert 2 * (1 - eps) ** n - (1 - 2 * eps) ** n <= delta


def test_better_than_the_textbook_form():
    """Blumer et al.: (2/n) log2(2 Pi(2n)/delta); the scan over j with a larger ghost wins."""
    n, delta = 1000, 0.01
    growth = sum(comb(2 * n, i) for i in range(6))
    textbook = 2 / n * log(2 * growth / delta, 2)
    larger = sum(comb(9 * n, i) for i in range(6))
    assert double_sample_inverse(log(growth), n, n, -log(delta)) < textbook
    assert double_sample_inverse(log(larger), n, 8 * n, -log(delta)) < textbook


def test_a_single_hypothesis_with_an_endless_ghost_is_almost_the_exact_bound():
    exact = -log(0.05) / 1000
    value = double_sample_inverse(0.0, 1000, 10**9, -log(0.05))
    assert exact < value < 1.02 * exact


def test_large_ghosts_and_the_ends():
    value = double_sample_inverse(400.0, 10**6, 10**9, 3.0)
    assert 403e-6 < value < 440e-6
    assert double_sample_inverse(1e6, 10, 10, 3.0) == 1.0
    assert double_sample_inverse(0.0, 10, 1, 3.0) == 1.0
    assert 0.0 < double_sample_inverse(0.0, 0, 5, 0.0) <= 1.0
    assert isnan(double_sample_inverse(0.0, 10, 0, 3.0))
    assert isnan(double_sample_inverse(0.0, 10, 5, -1.0))
