"""Bounds at jax arrays: kinds, shapes, sequences, checks, and every transformation of jax."""

import math

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import genbounds as gb

hoeffding, seeger = gb.catalogue["hoeffding"], gb.catalogue["seeger"]
betting, mcdiarmid = gb.catalogue["betting"], gb.catalogue["mcdiarmid"]
vapnik = gb.catalogue["vapnik"]
POSTERIOR = {"n": 1000, "delta": 0.05}

pytestmark = pytest.mark.usefixtures("in_doubles")


# --- kinds and shapes


def test_numbers_of_every_kind_together():
    found = hoeffding(
        empirical_risk=jnp.array([0.1, 0.2]), n=np.array([[100.0], [400.0]]), delta=0.05
    )
    assert isinstance(found, jax.Array)
    assert found.shape == (2, 2)
    expected = hoeffding(
        empirical_risk=np.array([0.1, 0.2]), n=np.array([[100.0], [400.0]]), delta=0.05
    )
    assert np.allclose(found, expected, rtol=1e-14, atol=0)


def test_one_number_stays_a_number_without_axes():
    found = hoeffding(empirical_risk=jnp.array(0.1), n=jnp.array(100), delta=0.05)
    assert found.shape == ()
    assert found.dtype == jnp.float64


def test_float32_comes_back_as_float32_and_is_computed_as_a_double():
    q = jnp.array(0.1, jnp.float32)
    found = seeger(empirical_risk=q, kl=3.0, **POSTERIOR)
    assert found.dtype == jnp.float32
    assert float(found) == np.float32(seeger(empirical_risk=float(q), kl=3.0, **POSTERIOR))


def test_whole_numbers_beyond_those_of_jax():
    found = hoeffding(empirical_risk=jnp.array(0.1), n=10**30, delta=0.05)
    assert float(found) == pytest.approx(hoeffding(empirical_risk=0.1, n=1e30, delta=0.05))


def test_the_configuration_is_left_alone():
    before = dict(jax.config.values)
    hoeffding(empirical_risk=jnp.array(0.1), n=100, delta=0.05)
    assert dict(jax.config.values) == before


# --- transformations


def risk(q, kl=3.0):
    return seeger(empirical_risk=q, kl=kl, **POSTERIOR)


def test_compiled_with_plain_numbers_beside():
    assert float(jax.jit(risk)(0.1)) == pytest.approx(risk(0.1), rel=1e-15)


def test_mapped_over_one_argument():
    q = jnp.linspace(0.0, 1.0, 5)
    found = jax.jit(jax.vmap(risk))(q)
    assert np.allclose(found, [risk(float(x)) for x in q], rtol=1e-14, atol=0)


def test_mapped_over_one_argument_beside_a_batch_of_another():
    q, kl = jnp.array([0.1, 0.2, 0.3]), jnp.array([1.0, 10.0])
    found = jax.vmap(lambda q: risk(q, kl))(q)
    assert np.allclose(found, risk(np.array(q)[:, None], np.array(kl)), rtol=1e-14, atol=0)


def test_forward_and_reverse_mode_agree():
    x = jnp.array([0.1, 3.0])

    def both(x):
        return risk(x[0], x[1])

    forward, reverse = jax.jacfwd(both)(x), jax.jacrev(both)(x)
    assert np.allclose(forward, reverse, rtol=1e-14, atol=0)
    for second in (jax.hessian(both)(x), jax.jacrev(jax.jacrev(both))(x)):
        assert np.allclose(second, second.T, rtol=1e-8)
        change = (jax.grad(both)(x.at[1].add(1e-4)) - jax.grad(both)(x.at[1].add(-1e-4))) / 2e-4
        assert np.allclose(second[1], change, rtol=1e-6)


def test_a_batch_has_the_slopes_of_its_entries():
    q = jnp.array([0.0, 0.1, 0.5, 1.0])
    whole = jax.grad(lambda q: risk(q, jnp.array(3.0)).sum())(q)
    assert np.allclose(whole, [jax.grad(risk)(x) for x in q], rtol=1e-14, atol=0)


def test_large_batches_meet_the_host_without_waiting_for_it():
    q = jnp.linspace(0.001, 0.9, 300_000)
    found = jax.jit(jax.grad(lambda q: risk(q).sum()))(q)
    assert bool(jnp.isfinite(found).all())


# --- borders


@pytest.mark.parametrize(("q", "kl"), [(0.0, 0.0), (1.0, 0.0), (1.0, 5.0), (0.5, math.inf)])
def test_slopes_at_the_borders_are_finite(q, kl):
    assert all(math.isfinite(x) for x in jax.grad(risk, (0, 1))(q, kl))


def test_where_the_theorem_is_silent_the_slope_is_zero():
    def value(margin):
        return gb.catalogue["adaboost_margin"](weak_errors=[0.1, 0.2], margin=margin)

    found = value(jnp.array([0.5, 1.5]))
    assert math.isfinite(found[0])
    assert found[1] == math.inf
    assert jax.grad(value)(0.5) > 0
    assert jax.grad(value)(1.5) == 0


# --- growth functions and sequences


def test_the_dimension_of_a_growth_function_may_be_traced():
    function = jax.jit(lambda d: vapnik(empirical_risk=0.1, n=10_000, vc_dim=d, delta=0.05))
    expected = vapnik(empirical_risk=0.1, n=10_000, vc_dim=7, delta=0.05)
    assert float(function(7)) == pytest.approx(expected, rel=1e-14)


def test_a_growth_function_of_plain_numbers_is_a_table():
    def growth(m):
        return math.log(math.comb(m, 2) + m + 1)

    def value(n):
        return vapnik(empirical_risk=0.1, n=n, log_growth=growth, delta=0.05)

    expected = vapnik(empirical_risk=0.1, n=100, log_growth=growth, delta=0.05)
    for function in (value, jax.jit(value), jax.vmap(value)):
        found = function(jnp.array([100, 100]) if function is not value else jnp.array(100))
        assert np.allclose(found, expected, rtol=1e-14)


def test_a_sequence_is_one_array():
    differences = jnp.array([0.1, 0.2, 0.4])

    def value(differences, delta):
        return mcdiarmid(differences=differences, delta=delta)

    deltas = jnp.array([[0.1], [0.05]])
    found = jax.jit(value)(differences, deltas)
    assert found.shape == (2, 1)
    for entry, delta in zip(found.ravel(), deltas.ravel(), strict=True):
        expected = mcdiarmid(differences=[0.1, 0.2, 0.4], delta=float(delta))
        assert float(entry) == pytest.approx(expected, rel=1e-14)
    slope = jax.jit(jax.grad(value))(differences, 0.05)
    expected = math.sqrt(math.log(20) / 2) * differences / jnp.linalg.norm(differences)
    assert np.allclose(slope, expected, rtol=1e-12)


def test_losses_have_slopes_through_the_betting_interval():
    losses = jnp.array([0.1, 0.5, 0.3, 0.9, 0.2, 0.4])

    def value(losses):
        return betting(losses=losses, betting_cap=0.5, delta=0.05)

    slope = jax.jit(jax.grad(value))(losses)
    for i in range(len(losses)):
        ends = [value([*losses.tolist()[:i], float(losses[i]) + s, *losses.tolist()[i + 1 :]])
                for s in (1e-6, -1e-6)]  # fmt: skip
        assert float(slope[i]) == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-5)


@pytest.mark.parametrize("name", ["multiple_kernels", "cortes_mohri_rostamizadeh"])
def test_a_sequence_of_zeros_has_slopes(name):
    facts = {"weight_bound": 1.0, "kernel_order": 3, "n": 100}
    slope = jax.grad(lambda traces: gb.catalogue[name](kernel_traces=traces, **facts))(jnp.zeros(3))
    assert bool(jnp.isfinite(slope).all())


# --- the checks


def test_wrong_arrays_are_refused_as_numpys_are():
    with pytest.raises(ValueError, match="delta must be"):
        hoeffding(empirical_risk=jnp.array(0.1), n=100, delta=jnp.array(2.0))
    with pytest.raises(ValueError, match="at position 1"):
        hoeffding(empirical_risk=jnp.array([0.1, 1.1]), n=100, delta=0.05)
    with pytest.raises(ValueError, match="real numbers"):
        hoeffding(empirical_risk=jnp.array(True), n=100, delta=0.05)


def test_sequences_are_flat():
    with pytest.raises(ValueError, match="flat sequence"):
        mcdiarmid(differences=jnp.ones((2, 2)), delta=0.05)
