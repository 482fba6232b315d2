"""The array series against the scalar ones."""

import math

import numpy as np

from genbounds.backends.arrays import series as arrays
from genbounds.backends.floats import series as floats


def test_log1pmx():
    x = np.concatenate([np.linspace(-0.999, 6, 999), np.logspace(-100, 300, 99), [-1, math.inf]])
    with np.errstate(all="ignore"):
        values = arrays.log1pmx(x)
    np.testing.assert_allclose(values, [floats.log1pmx(v) for v in x.tolist()], rtol=2e-15)


def test_stirling_remainder():
    n = np.concatenate([np.arange(100.0), np.logspace(2, 300, 99)])
    expected = [floats.stirling_remainder(v) for v in n.tolist()]
    np.testing.assert_allclose(arrays.stirling_remainder(n), expected, rtol=1e-15)


def test_deviance():
    x, mean = (v.ravel() for v in np.meshgrid([0, 1e-300, 0.3, 1, 7, 1e9], np.logspace(-9, 9, 99)))
    with np.errstate(all="ignore"):
        values = arrays.deviance(x, mean, mean - x)
    triples = zip(x.tolist(), mean.tolist(), (mean - x).tolist(), strict=True)
    np.testing.assert_allclose(values, [floats.deviance(*t) for t in triples], rtol=3e-15)
