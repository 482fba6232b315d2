"""The array W and Bennett inverse against the scalar ones."""

import math
import warnings

import numpy as np
import pytest

from genbounds.backends.arrays import lambert as arrays
from genbounds.backends.floats import lambert as floats

SPECIAL = [-1 / math.e, -0.3678794411714423, -0.36787944117144245, 0, -0.0, 1, 3, 4, -0.1, -0.28]
SPECIAL += [math.inf, -math.inf, math.nan, -5e-324, 5e-324, 1e-310, -1, -1 - 2**-52, 1e308, -1e308]


def points():
    rng = np.random.default_rng(1)
    near = -1 / math.e + 10 ** rng.uniform(-17, -0.45, 1500)
    log_forms = -1 - 10 ** rng.uniform(-16, 300, 1500)
    tiny, large = -(10 ** rng.uniform(-323, 0, 1500)), 10 ** rng.uniform(-323, 308, 1500)
    return np.concatenate([SPECIAL, near, log_forms, tiny, large, rng.uniform(-1, 10, 1500)])


@pytest.mark.parametrize(
    "name", ["lambert_w", "lambert_w_minus1", "lambert_w_minus1_exp", "bennett_inverse"]
)
def test_equals_the_scalar(name):
    x = points()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = getattr(arrays, name)(x)
    expected = [getattr(floats, name)(v) for v in x.tolist()]
    np.testing.assert_allclose(values, expected, rtol=2e-15, atol=0)


def test_shapes():
    assert isinstance(arrays.lambert_w(1.0), np.float64)
    assert arrays.bennett_inverse(np.ones((2, 3))).shape == (2, 3)
