"""The law of Kolmogorov's one-sided statistic against enumeration, integration and scipy."""

from collections import Counter
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from scipy.special import smirnov as scipy_smirnov

from genbounds import catalogue
from genbounds.declaration import bound
from genbounds.generic import log_ratio, sqrt
from genbounds.referee.readings import chance_beyond, ratios
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.cdf import UniformSample, smirnov
from tests.referee.worlds.agreement import agrees, failure, law_of, sampled_like

DKW = catalogue["dvoretzky_kiefer_wolfowitz"]


@pytest.mark.parametrize(("n", "atoms"), [(1, 1), (1, 5), (5, 1), (3, 4), (4, 3), (5, 5)])
def test_all_samples_of_atoms(n, atoms):
    wanted: Counter = Counter()
    for sample in product(range(1, atoms + 1), repeat=n):
        excess = [Fraction(sum(x <= j for x in sample), n) - Fraction(j, atoms)
                  for j in range(atoms + 1)]  # fmt: skip
        wanted[max(excess)] += Fraction(1, atoms**n)
    draws = UniformSample(atoms).outcomes(n, exact=True)
    found = zip(draws.cdf_deviation[:, 0], draws.weights, strict=True)
    assert {value: p for value, p in found if p} == wanted
    floats = UniformSample(atoms).outcomes(n)
    assert floats.weights == pytest.approx(draws.weights.astype(float), abs=1e-14)


@pytest.mark.parametrize("n", [1, 2, 7, 30])
def test_smirnov_s_formula(n):
    for level in (Fraction(1, 100), Fraction(1, 7), Fraction(1, 2), Fraction(9, 10), Fraction(1)):
        assert float(smirnov(n, level)) == pytest.approx(scipy_smirnov(n, float(level)), rel=1e-9)


def test_two_observations_by_hand():
    """Half of the sample exceeds no level x >= 1/2: both must lie below 1 - x."""
    for x in (Fraction(1, 2), Fraction(2, 3), Fraction(9, 10)):
        assert smirnov(2, x) == (1 - x) ** 2


def test_many_atoms_are_nearly_continuous():
    """D+ of atoms is that of the continuous sample less at most one atom."""
    n, atoms = 4, 60
    draws = UniformSample(atoms).outcomes(n)
    for level in (0.1, 0.3, 0.6):
        beyond = draws.chance(draws.cdf_deviation >= level)
        assert (
            scipy_smirnov(n, level + 1 / atoms) - 1e-9 <= beyond <= scipy_smirnov(n, level) + 1e-9
        )


def test_listed_deviations_are_rounded_down():
    draws = UniformSample().outcomes(6, exact=True)
    assert sum(draws.weights) == 1
    assert min(draws.weights) >= 0
    assert draws.exact_supremum is False
    for level in (Fraction(1, 4), Fraction(123, 1000)):
        assert draws.chance(draws.cdf_deviation >= level) == smirnov(6, level)
    between = Fraction(1, 4) + Fraction(1, 3000)
    assert draws.chance(draws.cdf_deviation >= between) < smirnov(6, between)
    floats = UniformSample().outcomes(6)
    assert floats.weights == pytest.approx(draws.weights.astype(float), abs=1e-12)


def test_samples_follow_the_laws():
    """At most 12 comparisons, false alarm 2e-11 each."""
    rng = np.random.Generator(np.random.Philox(8))
    atoms = UniformSample(atoms=3)
    assert sampled_like(atoms.draw(3, 20_000, rng), atoms.outcomes(3), "cdf_deviation")
    assert len(law_of(atoms.outcomes(3), "cdf_deviation")) == 3
    drawn = UniformSample().draw(5, 20_000, rng).cdf_deviation
    for level in (Fraction(1, 10), Fraction(3, 10), Fraction(6, 10)):
        assert agrees((drawn >= float(level)).sum(), 20_000, smirnov(5, level))


@pytest.mark.parametrize("world", [UniformSample(), UniformSample(4), UniformSample(15)], ids=repr)
def test_dvoretzky_kiefer_wolfowitz_holds(world):
    worst = 0
    for n, delta in product((1, 3, 8, 20), (0.01, 0.2, 0.7)):
        draws = world.outcomes(n)
        chance = failure(DKW, draws, delta)
        assert chance <= delta
        read = chance_beyond(DKW, draws, ratios(DKW, draws, delta))
        assert read == pytest.approx(chance, abs=1e-12)
        worst = max(worst, chance / delta)
    assert worst > 0.5


@bound(DKW.claim, source="Massart1990")
def too_small(n, delta):
    """The radius with ln(1/delta)/(4n) in place of ln(1/delta)/(2n)."""
    return sqrt(log_ratio(1, delta) / (4 * n))


def test_half_of_the_exponent_is_false():
    draws = UniformSample().outcomes(20)
    assert failure(too_small, draws, 0.05) > 0.15
    assert failure(too_small, UniformSample(20).outcomes(20), 0.05) > 0.05


def test_bad_parameters():
    with pytest.raises(ValueError, match="atoms must be an integer at least 1"):
        UniformSample(atoms=0)


def test_json():
    for world in (UniformSample(), UniformSample(7)):
        assert world_of(world.to_dict()) == world
