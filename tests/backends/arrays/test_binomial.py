"""Against 25 digits of another program: the table that the scalar is held to."""

import json
from fractions import Fraction
from math import log
from pathlib import Path

import numpy as np
import pytest
from mpmath import mp, mpf

from genbounds.backends.arrays.binomial import (
    binomial_log_tail,
    binomial_log_tail_upper,
    binomial_tail_inverse,
    binomial_tail_inverse_complement,
    binomial_tail_inverse_lower,
    binomial_tail_inverse_lower_complement,
    binomial_tail_inverse_pair,
)

FOLDER = Path(__file__).parents[1] / "floats"
REFERENCE = json.loads((FOLDER / "binomial_reference.json").read_text())
K, N, C = (np.array([row[i] for row in REFERENCE], float) for i in range(3))


def off(values, column):
    """Relative errors, 0 where the truth is below the normal doubles."""
    errors = []
    for value, row in zip(values.tolist(), REFERENCE, strict=True):
        truth = Fraction(row[column])
        tiny = truth < Fraction(1, 10**307)
        errors.append(0.0 if tiny else float(abs(Fraction(value) - truth) / truth))
    return np.array(errors)


def test_the_scalar_reference_is_met_by_every_entry():
    p, v = binomial_tail_inverse_pair(K, N, C)
    assert off(p, 3).max() <= 8e-15
    assert (off(v, 4) / (4 + C)).max() <= 1e-15
    assert np.array_equal(p, binomial_tail_inverse(K, N, C))
    assert np.array_equal(v, binomial_tail_inverse_complement(K, N, C))


def test_the_lower_limit():
    assert (off(binomial_tail_inverse_lower(N - K, N, C), 4) / (4 + C)).max() <= 1e-15
    assert off(binomial_tail_inverse_lower_complement(N - K, N, C), 3).max() <= 8e-15


@pytest.mark.parametrize(
    ("a", "b", "delta"),
    [
        (18, 9983, 1e-300),
        (11, 9990, 1e-300),
        (3, 10**9 - 2, 0.05),
        (11, 946293, 0.1065),
        (31, 8018427, 1.3e-9),
    ],
)
def test_where_betainccinv_is_wrong(a, b, delta):
    """The tail at p, summed at 60 digits, is delta up to what an error of 1e-14 in p explains."""
    k, n, c = a - 1, a + b - 1, -log(delta)
    p = float(binomial_tail_inverse(np.array([k]), np.array([n]), np.array([c]))[0])
    with mp.workdps(60):
        masses = [mp.binomial(n, i) * mpf(p) ** i * (1 - mpf(p)) ** (n - i) for i in range(k + 1)]
        tail = sum(masses)
        slope = (n - k) * masses[-1] / (1 - mpf(p))
        assert abs((tail - mp.exp(-mpf(c))) / slope) < 1e-14 * p


def test_shapes_kinds_and_ends():
    k = np.arange(6)
    grid = binomial_tail_inverse(k[:, None], 5, np.array([0.0, 1e-9, 0.5, 3.0, 800.0, np.inf]))
    assert grid.shape == (6, 6) and not np.isnan(grid).any()
    assert (grid[5] == 1.0).all() and (grid[:5, 0] == 0.0).all() and (grid[:, 5] == 1.0).all()
    assert (np.diff(grid, axis=0) >= 0).all() and (np.diff(grid, axis=1) >= 0).all()
    assert float(binomial_tail_inverse(1, 5, 3.0)) == pytest.approx(grid[1, 3], rel=1e-15)
    assert np.isnan(binomial_tail_inverse(np.array([1.0, np.nan]), 5, np.array([-1.0, 1.0]))).all()
    assert binomial_tail_inverse(np.array([]), 5, 3.0).shape == (0,)


def test_no_nan_and_no_warning_over_random_corners():
    rng = np.random.default_rng(0)
    n = np.floor(10 ** rng.uniform(0, 15, 20000))
    k = np.minimum(n - 1, np.floor(np.where(rng.random(20000) < 0.5, n, 1e3) * rng.random(20000)))
    k = np.where(rng.random(20000) < 0.3, np.maximum(0, n - 1 - np.floor(k / 1e3)), k)
    c = 10 ** rng.uniform(-17, 9, 20000)
    p, v = binomial_tail_inverse_pair(k, n, c)
    assert ((p >= 0) & (p <= 1) & (v >= 0) & (v <= 1)).all()
    assert np.abs(p + v - 1).max() < 4e-16


def test_log_tails_against_exact_sums():
    rng = np.random.default_rng(1)
    n = rng.integers(1, 60, 300)
    k = np.minimum(n - 1, (n * rng.random(300)).astype(int))
    p = rng.random(300) ** 3
    below, above = binomial_log_tail(k, n, p), binomial_log_tail_upper(k + 1, n, p)
    for i in range(300):
        with mp.workdps(60):
            x, m = mpf(p[i]), int(n[i])
            masses = [mp.binomial(m, j) * x**j * (1 - x) ** (m - j) for j in range(m + 1)]
            low, high = sum(masses[: k[i] + 1]), sum(masses[k[i] + 1 :])
            truths = [mp.log(low) if low < 0.5 else mp.log1p(-high)]
            truths.append(mp.log(high) if high < 0.5 else mp.log1p(-low))
        for value, truth in zip((below[i], above[i]), truths, strict=True):
            allowed = 2e-14 * (1 + abs(float(mp.log(-truth))))
            assert value == pytest.approx(float(truth), rel=allowed)


def test_log_tails_at_the_ends():
    k = np.array([3, 1, 2, -1, 5])
    p = np.array([0.2, 0.0, 1.0, 0.5, np.nan])
    found = binomial_log_tail(k, 3, p)
    assert np.array_equal(found[:4], [0.0, 0.0, -np.inf, -np.inf]) and np.isnan(found[4])
    found = binomial_log_tail_upper(np.array([0, 3, 4, 1]), 3, np.array([0.2, 1.0, 0.2, 0.0]))
    assert np.array_equal(found, [0.0, 0.0, -np.inf, -np.inf])
