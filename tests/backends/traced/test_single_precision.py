"""jax as it comes, without 64-bit numbers: everything is a float32, and nothing is nan."""

import math

import jax
import jax.numpy as jnp
import pytest

import genbounds as gb
from tests.catalogue.draws import NUMBERED, typical

seeger = gb.catalogue["seeger"]
POSTERIOR = {"n": 1000, "delta": 0.05}

pytestmark = pytest.mark.usefixtures("in_singles")


def test_the_answer_and_its_slope_are_single():
    def risk(q):
        return seeger(empirical_risk=q, kl=jnp.array(3.0), **POSTERIOR)

    found, slope = jax.jit(jax.value_and_grad(risk))(jnp.array(0.1))
    assert found.dtype == slope.dtype == jnp.float32
    assert float(found) == pytest.approx(seeger(empirical_risk=0.1, kl=3.0, **POSTERIOR), rel=1e-5)
    assert float(slope) == pytest.approx(1.1936615, rel=1e-5)
    assert not jax.config.jax_enable_x64


def test_second_derivatives_exist():
    found = jax.hessian(lambda q: seeger(empirical_risk=q, kl=3.0, **POSTERIOR))(0.1)
    assert math.isfinite(found)
    assert found < 0


@pytest.mark.parametrize("q", [0.0, 1.0])
def test_no_slope_is_nan_at_the_borders(q):
    slope = jax.grad(lambda q, kl: seeger(empirical_risk=q, kl=kl, **POSTERIOR), (0, 1))
    assert all(math.isfinite(x) for x in slope(q, 0.0))


@pytest.mark.parametrize("bound", NUMBERED[::8], ids=lambda b: b.name)
def test_bounds_are_near_their_floats(bound):
    facts = typical(bound)
    given = {name: x if callable(x) else jnp.asarray(x) for name, x in facts.items()}
    found = bound(**given)
    assert found.dtype == jnp.float32
    assert float(found) == pytest.approx(bound(**facts), rel=2e-4)
