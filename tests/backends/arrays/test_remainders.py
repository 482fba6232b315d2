"""The array remainders of e^x and -ln(1 - x) against the scalar ones."""

import math

import numpy as np
import pytest

from genbounds.backends import arrays, floats

ENDS = [0.0, -1.0, 0.5, 1.0, 1.5, 700.0, 722.0, 724.0, 1e300, -1e300, 5e-324]
GRID = np.concatenate([
    np.linspace(-4, 4, 401), -np.logspace(-300, 300, 301), np.logspace(-300, 2.8, 301), ENDS,
    [math.inf, -math.inf, math.nan],
])  # fmt: skip


@pytest.mark.parametrize("name", ["exp_remainder", "log_remainder"])
def test_equals_the_scalar(name):
    one = getattr(floats, name)
    expected = [one(x) for x in GRID.tolist()]
    found = getattr(arrays, name)(GRID)
    np.testing.assert_allclose(found, expected, rtol=9e-16)
    assert getattr(arrays, name)(GRID[:400].reshape(20, 20)).shape == (20, 20)
    assert isinstance(getattr(arrays, name)(0.0), np.float64)
