"""Noisy weights whose cosines are fractions: exact facts against the error function of floats."""

import math
from fractions import Fraction as F

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.referee.certifying import certified_chance
from genbounds.referee.draws import NotKnownError
from genbounds.referee.inputs import bound_of
from genbounds.referee.scaling import scaled
from genbounds.referee.suites import arenas_for
from genbounds.referee.worlds.noisy_weights import NoisyWeights

WORLDS = [
    NoisyWeights(("9/10", "1/10"), (0, "1/2"), 4, ("1/2", 2)),
    NoisyWeights(("1/2", "1/3", "1/6"), (0, "1/3", "2/3"), 6, (1, 3)),
]


@pytest.mark.parametrize("world", WORLDS)
def test_exact_facts_are_those_of_floats(world):
    draws, floats = world.outcomes(3, exact=True), world.outcomes(3)
    for p in range(len(world.lengths) * world.directions):
        length = float(world.lengths[p // world.directions])
        turn = (p % world.directions) / world.directions
        cosines = [math.cos(2 * math.pi * (float(a) - turn)) for a in world.angles]
        risk = sum(
            float(q) * math.erfc(length * c / math.sqrt(2)) / 2
            for q, c in zip(world.law, cosines, strict=True)
        )
        assert math.isclose(float(draws["risk"][0, p]), risk)
        assert draws["weight_scale"][0, p] == length
        for t, margins in enumerate(draws["signed_margins"][:, p]):
            assert all(type(x) is F for x in margins)
            assert np.allclose([float(x) for x in margins], floats["signed_margins"][t, p])


def test_the_arenas_reach_theorems_on_margins():
    theorem = bound_of(catalogue["langford_shawe_taylor"])
    arenas = list(arenas_for(theorem, 0.05, None, (20,), {}))
    assert arenas
    assert all(arena.score(None).slack < 1 for arena in arenas)


def test_a_factor_is_refuted_and_the_theorem_is_not():
    """Without noise to speak of, the law's second point is unseen with probability 0.9^20."""
    theorem, world = bound_of(catalogue["langford_shawe_taylor"]), WORLDS[0]
    half = scaled(theorem, F(1, 2))
    assert certified_chance(half, world, 20, F(1, 20), {}) > F(1, 20)
    assert certified_chance(theorem, world, 20, F(1, 20), {}) <= F(1, 20)


def test_other_directions_and_facts_are_not_exact():
    with pytest.raises(NotKnownError, match="no fractions"):
        NoisyWeights((1,), (0,), 8).outcomes(1, exact=True)["risk"]
    draws = WORLDS[0].outcomes(1, exact=True)
    for name in ("empirical_risk", "losses"):
        with pytest.raises(NotKnownError, match="no fractions"):
            draws[name]
    with pytest.raises(NotKnownError, match="no fractions"):
        draws.knowing(dropout_rate=F(1, 2))["risk"]
