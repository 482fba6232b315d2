"""Random members against classes whose risks are known, loops over points, and their intervals."""

import math
from fractions import Fraction

import numpy as np
import pytest
from scipy.stats import norm

import genbounds as gb
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.members import MISS, REFERENCE, RandomMembers


def test_on_given_points_risks_are_sums():
    points = ((0.1, 0.9), (0.4, 0.2), (0.8, 0.7))
    world = RandomMembers(gb.Halfspaces(2), 6, law=points, noise=0.25, seed=3)
    labels = world.predict(np.array(points))
    expected = []
    for row in labels:
        wrong = [
            Fraction(1, 4) if a == b else Fraction(3, 4)
            for a, b in zip(row, labels[0], strict=True)
        ]
        expected.append(sum(wrong) / 3)
    assert list(world.finite.risks) == expected
    draws = world.draw(50, 7, np.random.default_rng(0))
    assert np.allclose(draws.risk, [[float(x) for x in expected]])
    assert draws.errors.shape == (7, 6) and world.outcomes(2).weights.sum() == pytest.approx(1)


def test_without_noise_a_point_is_a_cell_and_the_first_member_is_right():
    world = RandomMembers(gb.Thresholds(), 5, n_points=6, seed=1)
    assert len(world.finite.law) == 6 and world.finite.risks[0] == 0
    assert len(np.unique(world.points)) == 6
    assert np.array_equal(
        world.points, RandomMembers(gb.Thresholds(), 5, n_points=6, seed=1).points
    )


def test_intervals_hold_the_risks_of_thresholds_under_the_normal_law():
    """False alarm: MISS, 1e-12, by the world's own account."""
    world = RandomMembers(gb.Thresholds(), 12, noise=0.1, seed=5)
    edges = np.array([_threshold(world, k) for k in range(12)])
    apart = np.abs(norm.cdf(edges) - norm.cdf(edges[0]))
    risks = 0.1 + 0.8 * apart
    lower, upper = world.risk_interval
    assert MISS == 1e-12
    assert (lower[0] <= risks + 1e-9).all() and (risks <= upper[0] + 1e-9).all()
    widest = 2 * math.sqrt(math.log(2 * 12 / MISS) / (2 * REFERENCE))  # Hoeffding's width
    assert (upper - lower).max() <= widest and upper[0, 0] == lower[0, 0] == 0.1


def _threshold(world, k):
    """Where the labels of member k change, by bisection."""
    low, high = -10.0, 10.0
    first = world.predict(np.array([low]))[k, 0]
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if world.predict(np.array([middle]))[k, 0] == first else (low, middle)
        )
    return low


def test_draws_agree_with_the_risks_and_suprema_are_on_the_safe_side():
    """Hoeffding over 400,000 observations, at 1e-12 for each of 8 members."""
    world = RandomMembers(gb.Halfspaces(2), 8, law="uniform", noise=0.2, seed=2)
    draws = world.draw(200, 2000, np.random.default_rng(1))
    radius = math.sqrt(math.log(2 / 1e-12) / (2 * 400_000))
    assert np.all(
        np.abs(draws.errors.mean(axis=0) / 200 - draws.risk[0]) <= radius + draws.risk_error[0]
    )
    gaps = [row - draws.empirical_risk for row in (draws.risk_lower, draws.risk_upper)]
    assert np.allclose(draws.supremum[:, 0], [max(row) for row in gaps[0]])
    safe = [max(max(a), max(-b)) for a, b in zip(*gaps, strict=True)]
    assert np.allclose(draws.absolute_supremum[:, 0], safe)
    assert np.allclose(draws.risk - draws.risk_error, draws.risk_lower)
    assert draws.fixed_before_sample.all() and draws.best_risk == 0.2


def test_observed_labels_flip_and_the_first_member_makes_no_other_errors():
    world = RandomMembers(gb.Parities(6), 4, law="bits", noise=0.0)
    draws = world.draw(30, 50, np.random.default_rng(2))
    assert (draws.errors[:, 0] == 0).all() and draws.risk[0, 0] == 0
    distinct = [k for k in range(1, 4) if draws.errors[:, k].any()]
    assert np.allclose(draws.risk[0, distinct], 0.5, atol=0.005)


def test_the_growth_of_members_is_at_most_that_of_the_class_and_their_number():
    world = RandomMembers(gb.Thresholds(), 10)
    draws = world.draw(3, 2, np.random.default_rng(0))
    assert draws.n_hypotheses == 10 and draws.vc_dim == 1
    for m in (1, 5, 9, 50):
        assert draws.log_growth(m) == pytest.approx(math.log(min(m + 1, 10)))
    tight = gb.catalogue["vapnik_chervonenkis"](
        empirical_risk=0, n=1000, log_growth=draws.log_growth, delta=0.05
    )
    loose = gb.catalogue["vapnik_chervonenkis"](
        empirical_risk=0, n=1000, log_growth=gb.Thresholds(), delta=0.05
    )
    assert tight < loose


def test_the_world_says_itself_and_refuses_what_it_cannot_be():
    world = RandomMembers(gb.Thresholds(), 4, law=np.array([0.25, 0.5]), noise=0.1)
    assert world_of(world.to_dict()) == world and world.block(10) >= 1
    again = world_of(RandomMembers(gb.Halfspaces(2), 3, law="uniform").to_dict())
    assert np.array_equal(again.members[0], RandomMembers(gb.Halfspaces(2), 3).members[0])
    with pytest.raises(
        ValueError, match=r"hypothesis_class .*size .*law .*n_points .*noise .*seed"
    ):
        RandomMembers(gb.LinearBall(1), 0, law="cauchy", n_points=0, noise=2, seed=-1)
