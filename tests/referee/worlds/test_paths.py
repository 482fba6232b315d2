"""Peeking: the lattice against a list of all paths, and theorems about every n against others."""

from fractions import Fraction
from itertools import product
from math import log

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.referee.draws import NotKnownError
from genbounds.referee.readings import chance_beyond, ratios
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.paths import Paths
from tests.referee.worlds.agreement import agrees, failure, restated

THIRD = Fraction(1, 3)
STITCHED = {"stitching_ratio": 2, "stitching_exponent": 1.4}
EVERY_N = {
    "howard_stitched": STITCHED,
    "howard_stitched_rounded": {},
    "normal_mixture": {"mixture_rho": 5},
    "hoeffding_every_n": {},
    "howard_stitched_boundary": STITCHED | {"start_time": 1},
    "sequential_probability_ratio": {},
}


def every_path(world, n):
    """(probability, errors at each look) of each of the 2^n sequences of losses."""
    for losses in product((0, 1), repeat=n):
        errors = sum(losses)
        p = world.risk**errors * (1 - world.risk) ** (n - errors)
        yield p, {t: sum(losses[:t]) for t in world.looks(n)}


@pytest.mark.parametrize("looks", [(1, 1), (2, 3), (5, 2)])
def test_paths_that_meet_a_node(looks):
    """Any set of nodes: the recursion is the sum over all paths that meet one of them."""
    world, n = Paths(THIRD, None, *looks), 8
    rng = np.random.Generator(np.random.Philox(2))
    exact, floats = world.outcomes(n, exact=True), world.outcomes(n)
    for density in (0.05, 0.2, 0.5):
        hit = rng.random(exact.errors.shape) < density
        columns = {t: k for k, t in enumerate(world.looks(n))}
        wanted = sum(
            p for p, path in every_path(world, n)
            if any(hit[errors, columns[t]] for t, errors in path.items())
        )  # fmt: skip
        assert exact.chance(hit) == wanted
        assert floats.chance(hit) == pytest.approx(float(wanted), rel=1e-13)


def test_facts_at_the_nodes():
    draws = Paths(0.25, first=2, step=3).outcomes(8)
    assert draws.n.tolist() == [[2, 5, 8]]
    assert draws.errors[3].tolist() == [2, 3, 3]  # 3 errors at time 2 are nobody's: 2 stand there
    assert draws.empirical_risk[1] == pytest.approx([1 / 2, 1 / 5, 1 / 8])
    assert draws.sample_variance[1] == pytest.approx([np.var([0] * (t - 1) + [1], ddof=1)
                                                      for t in (2, 5, 8)])  # fmt: skip
    assert draws.threshold[1] == pytest.approx([0.5 - 1, 1.25 - 1, 2 - 1])
    assert draws.intrinsic_time.tolist() == [[0.5, 1.25, 2.0]]
    with pytest.raises(NotKnownError, match="n >= 2"):
        _ = Paths(0.25).outcomes(3).sample_variance


def test_the_log_likelihood_ratio():
    draws = Paths("1/4", alternative="1/2").outcomes(3)
    assert draws.threshold[2, 2] == pytest.approx(2 * log(2) + log(2 / 3))
    exact = Paths("1/4", alternative="1/2").outcomes(3, exact=True)
    assert exact.threshold[2, 2].arguments == (Fraction(8, 3),)
    assert float(exact.threshold[2, 2]) == pytest.approx(draws.threshold[2, 2])
    with pytest.raises(NotKnownError, match="strictly between"):
        _ = Paths(0, alternative="1/2").outcomes(3).threshold


@pytest.mark.parametrize("name", EVERY_N)
def test_theorems_about_every_n_hold(name):
    theorem, worst = catalogue[name], 0
    alternative = "3/10" if name == "sequential_probability_ratio" else None
    for risk, delta in product(("1/10", "1/2", "9/10"), (0.05, 0.3)):
        draws = Paths(risk, alternative).outcomes(150).knowing(**EVERY_N[name])
        chance = failure(theorem, draws, delta)
        read = chance_beyond(theorem, draws, ratios(theorem, draws, delta))
        assert read == pytest.approx(chance, rel=1e-9)
        assert chance <= delta
        worst = max(worst, chance / delta)
    assert worst > 1e-3  # some paths do cross


def test_wald_s_test_is_nearly_exhausted():
    """Small steps overshoot little: of delta = 0.05 at least 0.047 is used."""
    draws = Paths("1/2", alternative="45/100").outcomes(2500)
    assert 0.047 < failure(catalogue["sequential_probability_ratio"], draws, 0.05) <= 0.05


def test_a_boundary_in_another_intrinsic_time():
    """Increments p - x <= p of variance p(1-p) are sub-gamma with scale p/3 (Bernstein)."""
    draws = Paths("1/10").outcomes(150)
    known = draws.knowing(
        intrinsic_time=draws.n * 0.09, gamma_scale=0.1 / 3, start_time=0.5, **STITCHED
    )
    assert 0 < failure(catalogue["howard_stitched_boundary"], known, 0.3) <= 0.3


@pytest.mark.parametrize("name", ["hoeffding", "clopper_pearson", "chernoff"])
def test_a_fixed_n_limit_under_peeking_is_refuted(name):
    theorem = catalogue[name]
    draws = Paths("1/2").outcomes(100)
    assert failure(restated(theorem, time="every_n"), draws, 0.05) > 0.06
    one_look = Paths("1/2", first=100).outcomes(100)
    assert failure(theorem, one_look, 0.05) <= 0.05
    with pytest.raises(NotKnownError, match="every n"):
        failure(theorem, draws, 0.05)


def test_peeking_five_times_recomputed_by_hand():
    """Risk 1/2, delta 0.3, looks at n = 1, ..., 5: Clopper and Pearson's limit fails with 5/16.

    It is below 1/2 where so few errors have a probability under 0.3: none of two (1/4), at most one
    of five (6/32). Of 32 paths 8 begin with two losses of 0, and 2 others have one error in five.
    """
    peeking = restated(catalogue["clopper_pearson"], time="every_n")
    assert failure(peeking, Paths("1/2").outcomes(5), 0.3) == 10 / 32
    draws = Paths("1/2").outcomes(5, exact=True)
    few = (draws.n == 2) & (draws.errors == 0) | (draws.n == 5) & (draws.errors <= 1)
    assert draws.chance(few) == Fraction(5, 16)


def test_simulated_paths_are_those_of_the_lattice():
    """One comparison, false alarm 2e-11."""
    world, peeking = (
        Paths(0.3, first=3, step=2),
        restated(catalogue["clopper_pearson"], time="every_n"),
    )
    drawn = world.draw(40, 20_000, np.random.Generator(np.random.Philox(3)))
    chance = failure(peeking, world.outcomes(40), 0.05)
    assert agrees(round(failure(peeking, drawn, 0.05) * 20_000), 20_000, chance)
    assert not agrees(round(failure(peeking, drawn, 0.01) * 20_000), 20_000, chance)


def test_a_long_horizon():
    """2000 looks: the chance of ever being at two thirds of errors or more from n = 10 on."""
    draws = Paths("1/2", first=10).outcomes(2000)
    chance = draws.chance(3 * draws.errors >= 2 * draws.n)
    shorter = Paths("1/2", first=10).outcomes(200)
    assert 0 < chance - shorter.chance(3 * shorter.errors >= 2 * shorter.n) < 1e-6


def test_bad_parameters():
    with pytest.raises(ValueError, match=r"risk must be in .*first must be .*step must be"):
        Paths(1.5, first=0, step=0.5)
    with pytest.raises(ValueError, match="n must be at least 5"):
        Paths(0.5, first=5).outcomes(4)


def test_json():
    for world in (Paths(THIRD, first=2), Paths("1/2", alternative=0.3, step=4)):
        assert world_of(world.to_dict()) == world
