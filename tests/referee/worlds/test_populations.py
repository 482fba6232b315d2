"""Sampling without replacement against a list of all subsets, and the theorems that speak of it."""

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.claims import FIXED
from genbounds.declaration import bound
from genbounds.generic import log_ratio, sqrt
from genbounds.referee.draws import NotKnownError
from genbounds.referee.readings import chance_beyond, ratios
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.populations import Population
from tests.referee.worlds.agreement import failure, law_of, sampled_like

HALF = Fraction(1, 2)
MIXED = Population(losses=((0, "1/2", 1, 1, 0, 0), (1, 0, 0, 1, 0, "1/4")))
THEOREMS = [b for b in map(catalogue.get, catalogue) if b.claim.data == "without_replacement"]
ABOUT_THE_POPULATION = [b for b in THEOREMS if "transductive_rademacher" not in b.arguments]


def of_errors(errors, size):
    return Population(losses=(1,) * errors + (0,) * (size - errors))


@pytest.mark.parametrize("n", range(1, 7))
def test_every_subset_is_equally_likely(n):
    draws = MIXED.outcomes(n, exact=True)
    subsets = list(combinations(range(6), n))
    listed = {}
    for subset in subsets:
        means = tuple(sum(row[i] for i in subset) / n for row in MIXED.losses)
        squares = tuple(sum(row[i] ** 2 for i in subset) / n for row in MIXED.losses)
        key = (means, tuple(s - m**2 for s, m in zip(squares, means, strict=True)))
        listed[key] = listed.get(key, 0) + Fraction(1, len(subsets))
    found = {}
    for t, p in enumerate(draws.weights):
        key = (tuple(draws.empirical_risk[t]), tuple(draws.biased_variance[t]))
        found[key] = found.get(key, 0) + p
    assert found == listed
    assert sum(draws.weights) == 1


def test_the_truth_is_that_of_the_population():
    draws = MIXED.outcomes(3)
    rows = np.array(MIXED.losses, float)
    assert draws.risk[0] == pytest.approx(rows.mean(axis=1), abs=1e-15)
    assert draws.variance[0] == pytest.approx(rows.var(axis=1), abs=1e-15)
    assert draws.std[0] == pytest.approx(rows.std(axis=1), abs=1e-15)
    assert (draws.population_size, draws.n_unlabelled, draws.n) == (6, 3, 3)
    whole = MIXED.outcomes(6, exact=True)
    assert (whole.empirical_risk == whole.risk).all()


def test_floats_are_the_fractions():
    exact, floats = MIXED.outcomes(4, exact=True), MIXED.outcomes(4)
    assert floats.weights == pytest.approx(exact.weights.astype(float), rel=1e-14)
    assert floats.gap == pytest.approx(exact.gap.astype(float), abs=1e-15)


def test_samples_follow_the_law():
    """Each of at most 15 values may be refused with probability 2e-11."""
    rng = np.random.Generator(np.random.Philox(1))
    assert sampled_like(MIXED.draw(3, 20_000, rng), MIXED.outcomes(3), "empirical_risk")
    # and the comparison can tell: sampling with replacement is another law
    finite = FiniteWorld(("1/2", "1/6", "1/3"), ((0, "1/2", 1),))
    assert not sampled_like(finite.draw(3, 20_000, rng), MIXED.outcomes(3), "empirical_risk")


def test_there_are_theorems_to_test():
    assert {"hypergeometric", "hypergeometric_lower", "serfling", "hoeffding_serfling"} < {
        b.name for b in ABOUT_THE_POPULATION
    }


@pytest.mark.parametrize("theorem", ABOUT_THE_POPULATION, ids=lambda b: b.name)
def test_no_theorem_fails(theorem):
    worst = 0
    for size in (2, 5, 10):
        for errors in range(size + 1):
            world = of_errors(errors, size)
            for n in range(1, size + 1):
                draws = world.outcomes(n)
                for delta in (0.05, 0.3):
                    chance = failure(theorem, draws, delta)
                    assert chance <= delta + 1e-12, (size, errors, n, delta)
                    worst = max(worst, chance / delta)
                    read = chance_beyond(theorem, draws, ratios(theorem, draws, delta))
                    assert read == pytest.approx(chance, abs=1e-12)
    if theorem.claim.loss == "zero_one":
        assert worst > 0.95  # the exact limits are nearly attained: the test is not idle


@pytest.mark.parametrize("theorem", ABOUT_THE_POPULATION, ids=lambda b: b.name)
def test_no_theorem_fails_on_other_losses(theorem):
    if theorem.claim.loss == "zero_one":
        return
    for n in range(1, 7):
        assert failure(theorem, MIXED.outcomes(n), 0.2) <= 0.2


@bound(FIXED._replace(data="without_replacement"), source="Serfling1974")
def too_sharp(empirical_risk, n, population_size, delta):
    """Hoeffding's inequality with the factor 1 - n/N for every n."""
    unseen = (population_size - n) / population_size
    return empirical_risk + sqrt(unseen * log_ratio(1, delta) / (2 * n))


def test_the_factor_without_its_first_term_is_false():
    """N = 2, n = 1: with probability 1/2 the gap is 1/2, beyond sqrt(ln(1/delta)/4) > 1/e."""
    draws = Population(losses=(0, 1)).outcomes(1)
    assert failure(too_sharp, draws, 0.4) == 0.5
    assert failure(catalogue["hoeffding_serfling"], draws, 0.4) == 0


def test_the_limit_for_a_population_is_false_with_replacement():
    """n = N = 2: a sample without errors claims that there are none, with probability 1/4."""
    iid = FiniteWorld(("1/2", "1/2"), ((1, 0),)).outcomes(2).knowing(population_size=2)
    assert failure(catalogue["hypergeometric"], iid, 0.05) == 0.25
    assert failure(catalogue["clopper_pearson"], iid, 0.05) == 0


def test_parameters_fixed_in_advance_leave_the_law_alone():
    draws = MIXED.outcomes(3, exact=True).knowing(split_point=HALF)
    assert law_of(draws, "empirical_risk") == law_of(
        MIXED.outcomes(3, exact=True), "empirical_risk"
    )
    assert draws.positive_part.shape == (len(draws.weights), 2)


def test_no_other_law():
    with pytest.raises(NotKnownError, match="no law"):
        MIXED.outcomes(2).under((1,))


def test_too_many_kinds_are_refused():
    world = Population(losses=tuple(Fraction(i, 40) for i in range(40)))
    with pytest.raises(NotKnownError, match="over"):
        world.outcomes(20)


@pytest.mark.parametrize(
    ("losses", "fault"),
    [((), "one or more"), ((2, "x"), r"losses\[0\]\[0\] must be in.*; losses\[0\]\[1\] must be a"),
     (((0, 1), (0,)), "equal length"), (3, "one or more"), ((0.5, float("nan")), "finite"),
     (((),), r"losses\[0\] must be one or more")],
)  # fmt: skip
def test_bad_losses(losses, fault):
    with pytest.raises(ValueError, match=fault):
        Population(losses=losses)


@pytest.mark.parametrize("n", [0, 7, 2.5, True])
def test_bad_sizes(n):
    with pytest.raises(ValueError, match="n must be an integer at least 1 and at most 6"):
        MIXED.outcomes(n)


def test_json():
    assert world_of(MIXED.to_dict()) == MIXED
    assert "6 members" in MIXED.sentence
    assert repr(of_errors(1, 3)) == "Population(1 x (1); 2 x (0))"
