"""The array kl functions against the scalar ones, which have their own referee."""

import math
import warnings

import numpy as np
import pytest

from genbounds.backends.arrays import kl as arrays
from genbounds.backends.floats import kl as floats

INVERSES = [
    "kl_inverse_upper",
    "kl_inverse_upper_complement",
    "kl_inverse_lower",
    "kl_inverse_lower_complement",
]
UNIT = [0, 5e-324, 1e-310, 1e-300, 1e-100, 1e-17, 1e-8, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 2**-53, 1]
WRONG = [-0.1, 1.2, math.nan, math.inf, -math.inf]
BUDGETS = [0, 5e-324, 1e-310, 1e-300, 1e-200, 1e-17, 1e-9, 1e-4, 0.02, 0.3, 0.69, 1, 2, 7, 30]
BUDGETS += [38, 40, 42, 100, 700, 745, 760, 1e6, 1e300, math.inf, math.nan, -1]


def points():
    """Every pair of extremes, and random ones in each corner."""
    rng = np.random.default_rng(3)
    q, c = (x.ravel() for x in np.meshgrid(UNIT + WRONG, BUDGETS))
    u = rng.random(2000)
    more = np.concatenate([u**3, 1 - u**3, 10 ** rng.uniform(-300, 0, 1000)])
    return np.concatenate([q, more]), np.concatenate([c, 10 ** rng.uniform(-6, 2.5, more.size)])


def assert_twins(array, scalar, *arguments, rel):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = array(*arguments)
    assert values.dtype == np.float64
    expected = np.array([scalar(*x) for x in zip(*(a.tolist() for a in arguments), strict=True)])
    np.testing.assert_allclose(values, expected, rtol=rel, atol=1e-307)


@pytest.mark.parametrize("name", INVERSES)
def test_inverse_equals_the_scalar(name):
    assert_twins(getattr(arrays, name), getattr(floats, name), *points(), rel=2e-15)


def test_relative_entropy_equals_the_scalar():
    q, p = (x.ravel() for x in np.meshgrid(UNIT + WRONG, UNIT + WRONG))
    u, v = np.random.default_rng(2).random((2, 2000))
    for near in (0.0, 1e-12, 1e-3):
        q, p = np.concatenate([q, u]), np.concatenate([p, np.clip(u + near * (v - u), 0, 1)])
    assert_twins(arrays.relative_entropy, floats.relative_entropy, q, p, rel=2e-15)


def test_pair_equals_the_scalar():
    a, c = np.linspace(0.01, 0.99, 50), np.linspace(0.001, 9, 50)
    p, v = arrays.kl_inverse_pair(a, 1 - a, c)
    expected = [floats.kl_inverse_pair(*x) for x in zip(a, 1 - a, c, strict=True)]
    np.testing.assert_allclose(np.transpose([p, v]), expected, rtol=2e-15)


def test_broadcasting_shapes_and_kinds():
    assert arrays.kl_inverse_upper([[0], [1]], [1, 2]).shape == (2, 2)
    assert arrays.kl_inverse_upper(np.zeros((0, 3)), 1.0).shape == (0, 3)
    assert isinstance(arrays.kl_inverse_upper(0.1, 0.01), np.float64)
    assert arrays.kl_inverse_upper(np.float32(0.5), 1).dtype == np.float64


def test_chunks_do_not_change_the_answer():
    q = np.random.default_rng(0).random(100_000)
    whole = arrays.kl_inverse_upper(q, 0.01)
    assert (
        abs(whole[40_000:40_100] / arrays.kl_inverse_upper(q[40_000:40_100], 0.01) - 1).max()
        < 1e-15
    )


def test_arguments_are_left_alone():
    q, c = np.full(5, 0.2), np.full(5, 0.1)
    arrays.kl_inverse_upper(q, c)
    arrays.relative_entropy(q, c)
    assert (q == 0.2).all() and (c == 0.1).all()
