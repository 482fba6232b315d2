"""Loops on the device: the values of the arrays' searches, and slopes by implicit functions."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest

from genbounds import generic
from genbounds.backends import arrays
from genbounds.generic import exp, fixed_point, integral, least, log, root, sqrt, sum_to

pytestmark = pytest.mark.usefixtures("in_doubles")

A = np.array([0.5, 2.0, 30.0])


@pytest.fixture
def a():
    """In the precision of the test, which the loading of this file does not have."""
    return jnp.asarray(A)


def test_a_root_and_its_derivatives(a):
    def cube(volume):
        return root(lambda x: x**3 - volume, 0 * volume, 10 + 0 * volume, "x")

    assert np.allclose(cube(a), np.cbrt(A), rtol=1e-15)
    one = jnp.array(2.0)
    assert float(jax.grad(cube)(one)) == pytest.approx(2 ** (-2 / 3) / 3, rel=1e-12)
    assert float(jax.hessian(cube)(one)) == pytest.approx(-2 / 9 * 2 ** (-5 / 3), rel=1e-10)


def test_without_a_change_of_sign_the_root_is_an_end(a):
    def end(a, sign):
        return root(lambda x: x + sign * 100, a, a + 1, "x")

    assert float(end(a[0], 1)) == 0.5
    assert float(end(a[0], -1)) == 1.5
    assert float(jax.grad(end)(a[0], 1)) == float(jax.grad(end)(a[0], -1)) == 1


def test_a_fixed_point_and_its_slope(a):
    def point(a):
        return fixed_point(lambda x: sqrt(a * x + 1), 100 + 0 * a, "x")

    expected = (A + np.sqrt(A**2 + 4)) / 2
    assert np.allclose(point(a), expected, rtol=1e-14)
    slope = jax.grad(lambda a: point(a).sum())(a)
    assert np.allclose(slope, (1 + A / np.sqrt(A**2 + 4)) / 2, rtol=1e-12)


def test_the_least_value_and_its_slope(a):
    def best(a):
        return least(lambda k: k + 100 * a / k, 1 + 0 * a, 1000 + 0 * a, "k")

    found = np.array([min(k + 100 * a / k for k in range(1, 1000)) for a in np.array(A)])
    assert np.allclose(best(a), found, rtol=1e-15)
    slope = jax.grad(lambda a: best(a).sum())(a)
    ends = [best(a * (1 + s)) for s in (1e-7, -1e-7)]
    assert np.allclose(slope, (ends[0] - ends[1]) / (2e-7 * A), rtol=1e-6)


def test_a_sum_to_a_traced_end():
    def zeta(last, s):
        return sum_to(lambda k: k**-s, last, "k")

    lasts = jnp.array([1.0, 3.0, 10.0])
    expected = [math.fsum(k**-2.0 for k in range(1, int(x) + 1)) for x in lasts]
    assert np.allclose(jax.jit(zeta)(lasts, 2.0), expected, rtol=1e-15)
    slope = jax.jacfwd(lambda s: zeta(lasts, s))(2.0)
    logs = [-math.fsum(math.log(k) / k**2 for k in range(1, int(x) + 1)) for x in lasts]
    assert np.allclose(slope, logs, rtol=1e-12)


@pytest.mark.parametrize("low", [0.0, 1e-60, 0.4])
def test_an_integral_over_kinks_and_many_scales(a, low):
    def area(a, low):
        return integral(lambda x: sqrt(abs(log(x) - a)), low + 0 * a, a, "x")

    expected = arrays.integral(
        lambda x: np.sqrt(abs(np.log(x) - np.array(A))), max(low, 1e-80), np.array(A)
    )
    found = jax.jit(area)(a, max(low, 1e-80))
    assert np.allclose(found, expected, rtol=1e-10)


def test_an_integral_is_differentiated_in_its_end_and_inside():
    def area(a):
        return integral(lambda x: exp(-a * x), 0 * a, a, "x")

    slope = jax.jacfwd(area)(jnp.array(1.5))
    expected = 2 * math.exp(-2.25) - (1 - math.exp(-2.25)) / 2.25
    assert float(slope) == pytest.approx(expected, rel=1e-12)


def test_every_generic_name_is_served():
    from genbounds.backends import traced

    tables = [x for x in vars(generic).values() if isinstance(x, generic._Table)]
    names = {table.name for table in tables} | {
        cell.cell_contents.name
        for f in vars(generic).values()
        for cell in getattr(f, "__closure__", None) or ()
        if isinstance(cell.cell_contents, generic._Table)
    }
    assert len(names) > 50
    assert all(callable(getattr(traced, name)) for name in names)
