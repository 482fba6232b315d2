"""The array zeta against the scalar one."""

import math

import numpy as np

from genbounds.backends.arrays.riemann import zeta as array_zeta
from genbounds.backends.floats.riemann import zeta as float_zeta


def test_equals_the_scalar():
    s = np.concatenate([1 + np.logspace(-15, 2, 400), [1, 0.5, -2, math.nan, math.inf, 2]])
    expected = [float_zeta(x) for x in s.tolist()]
    np.testing.assert_allclose(array_zeta(s), expected, rtol=1e-14)
    assert isinstance(array_zeta(2.0), np.float64)
