"""jax arrays: every bound eagerly and under jit against its floats; slopes, none of them nan."""

import math

import mpmath
import numpy as np
import pytest
from mpmath import mpf

import genbounds as gb
from tests.backends.traced.precision import in_doubles as in_doubles
from tests.catalogue.draws import NUMBERED, is_number, points, typical, whole
from tests.catalogue.test_backends_agree import AGAINST_FLOATS, size

jax = pytest.importorskip("jax")
jnp = jax.numpy

COMPILED = NUMBERED[::8]
"""The bounds that are compiled here: compiling is slow, and does not depend on the numbers."""

DIFFERENTIATED = [
    "hoeffding", "clopper_pearson", "clopper_pearson_lower", "maurer_pontil",
    "seeger", "vapnik_relative", "cortes_greenberg_mohri", "wilson", "bennett",
    "massart_log_cosh", "vapnik_multiplicative", "ensemble_margin",
]  # fmt: skip


pytestmark = pytest.mark.usefixtures("in_doubles")


def split(facts) -> tuple[dict, dict]:
    """The facts as jax arrays, and those that are functions."""
    fixed = {name: x for name, x in facts.items() if callable(x)}
    return {name: jnp.asarray(x, float) for name, x in facts.items() if name not in fixed}, fixed


def slopes(bound, facts) -> dict:
    given, fixed = split(facts)
    return jax.grad(lambda given: bound(**given, **fixed))(given)


def assert_near(bound, found, expected, facts) -> None:
    assert found.shape == ()
    assert found.dtype == np.float64
    error = 0 if found == expected else abs(float(found) - expected)
    assert error <= AGAINST_FLOATS * abs(expected) + size(bound), (facts, float(found), expected)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_arrays_of_jax_agree_with_floats(bound):
    for facts in points(bound, 2):
        given, fixed = split(facts)
        assert_near(bound, bound(**given, **fixed), bound(**facts), facts)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_no_slope_is_nan(bound):
    for facts in points(bound, 2)[-1:]:
        for name, slope in slopes(bound, facts).items():
            assert not jnp.isnan(slope).any(), (name, facts)


@pytest.mark.parametrize("bound", COMPILED, ids=lambda b: b.name)
def test_compiled_bounds_agree_with_floats(bound):
    facts = typical(bound)
    given, fixed = split(facts)
    function = jax.jit(jax.value_and_grad(lambda given: bound(**given, **fixed)))
    value, found = function(given)
    assert_near(bound, value, bound(**facts), facts)
    for name, slope in slopes(bound, facts).items():
        assert jnp.allclose(found[name], slope, rtol=1e-10, atol=0), name


@pytest.mark.parametrize("name", DIFFERENTIATED)
def test_slopes_are_those_of_fifty_digits(name):
    bound = gb.catalogue[name]
    facts = typical(bound)
    found = slopes(bound, facts)
    with mpmath.workdps(50):
        for argument in filter(is_number, bound.arguments):
            if whole(bound, argument):
                continue
            exact = {k: mpf(x) if is_number(k) else x for k, x in facts.items()}
            step = exact[argument] * mpf(10) ** -15
            ends = [bound(**exact | {argument: exact[argument] + s * step}) for s in (1, -1)]
            expected = float((ends[0] - ends[1]) / (2 * step))
            assert math.isclose(found[argument], expected, rel_tol=1e-8, abs_tol=1e-300), argument
