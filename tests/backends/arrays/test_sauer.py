"""The array counts against the scalar ones."""

import math
import warnings

import numpy as np
import pytest

from genbounds.backends.arrays import sauer as arrays
from genbounds.backends.floats import sauer as floats

SPECIAL = [0, 1, 2, 5, 31, 1000, math.inf, -math.inf, math.nan, -1, 2.5, 1e16, 1e20, 1e40, 1e300]


def points():
    rng = np.random.default_rng(0)
    small = [(n, d) for n in range(40) for d in range(-1, n + 2)]
    special = [(n, d) for n in SPECIAL for d in SPECIAL]
    n = np.floor(10 ** rng.uniform(0, 12, 1500))
    powers = np.floor(n ** rng.random(1500))
    middle = np.clip(n // 2 + np.floor(rng.normal(0, 3, 1500) * np.sqrt(n)), 0, n)
    table = np.array(small + special, dtype=float)
    return np.concatenate([table[:, 0], n, n]), np.concatenate([table[:, 1], powers, middle])


@pytest.mark.parametrize("name", ["log_binomial", "log_sauer", "log_cover"])
def test_equals_the_scalar(name):
    n, d = points()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = getattr(arrays, name)(n, d)
    scalar = getattr(floats, name)
    expected = [scalar(a, b) for a, b in zip(n.tolist(), d.tolist(), strict=True)]
    np.testing.assert_allclose(values, expected, rtol=1e-15, atol=0)


def test_large_python_integers_and_broadcasting():
    values = arrays.log_sauer([10**36, 10**40], [[3], [5]])
    expected = [[floats.log_sauer(n, d) for n in (10**36, 10**40)] for d in (3, 5)]
    np.testing.assert_allclose(values, expected, rtol=1e-15)
    assert isinstance(arrays.log_sauer(100, 3), np.float64)
    assert arrays.log_cover(np.arange(1, 5, dtype=np.int64), 2).dtype == np.float64
