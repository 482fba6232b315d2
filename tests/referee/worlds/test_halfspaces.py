"""Half-spaces against loops over members, angles on a grid and Cover's counts."""

import math

import numpy as np
import pytest

from genbounds.referee.draws import NotKnownError
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.halfspaces import HalfspacesWorld, angles, perceptron
from tests.referee.worlds.agreement import agrees


def brute_gaps(z, theta, noise):
    """Risk less empirical risk of the members at the angles theta, one sample z of the plane."""
    w = np.stack([np.cos(theta), np.sin(theta)], axis=1)
    wrong = (w @ z.T <= 0).mean(axis=1)
    away = np.abs((theta + math.pi) % (2 * math.pi) - math.pi)
    return noise * (1 - away / math.pi) + (1 - noise) * away / math.pi - wrong


@pytest.mark.parametrize("noise", [0.0, 0.2, 0.5])
@pytest.mark.parametrize("n", [1, 2, 7, 30])
def test_the_suprema_of_the_plane_are_those_of_a_dense_grid_of_angles(noise, n):
    world = HalfspacesWorld(2, noise=noise)
    draws = world.draw(n, 20, np.random.default_rng(n))
    grid = np.linspace(-math.pi, math.pi, 20_001)
    for z, supremum, both in zip(draws.z, draws.supremum, draws.absolute_supremum, strict=True):
        turns = np.arctan2(z[:, 1], z[:, 0])
        near = (turns[:, None] + [-math.pi / 2, math.pi / 2]).ravel()[:, None]
        theta = np.concatenate([grid, (near + np.array([-1e-9, 1e-9])).ravel()])
        gaps = brute_gaps(z, theta, noise)
        assert supremum == pytest.approx(gaps.max(), abs=1e-8)
        assert both == pytest.approx(np.abs(gaps).max(), abs=1e-8)


@pytest.mark.parametrize("noise", [0.0, 0.3])
def test_the_instances_of_the_plane_attain_the_suprema_and_the_least_empirical_risk(noise):
    draws = HalfspacesWorld(2, noise=noise).draw(25, 30, np.random.default_rng(1))
    assert np.allclose(draws.gap.max(axis=1, keepdims=True), draws.supremum)
    assert np.allclose(-draws.gap.min(axis=1, keepdims=True), draws.supremum)
    grid = np.linspace(-math.pi, math.pi, 40_001)
    w = np.stack([np.cos(grid), np.sin(grid)])
    for z, errors in zip(draws.z, draws.errors, strict=True):
        counts = (z @ w <= 0).sum(axis=0)
        assert errors.min() <= counts.min() and errors.max() >= counts.max()
    least = draws.errors.min(axis=1, keepdims=True)
    assert np.array_equal(draws.minimisers, draws.errors == least)


def test_every_pair_of_errors_and_risk_in_the_plane_is_one_of_the_class():
    noise, n = 0.25, 6
    draws = HalfspacesWorld(2, noise=noise).draw(n, 20, np.random.default_rng(2))
    grid = np.linspace(-math.pi, math.pi, 100_001)
    w = np.stack([np.cos(grid), np.sin(grid)])
    risks = noise + (1 - 2 * noise) * np.abs(grid) / math.pi
    for z, errors, risk in zip(draws.z, draws.errors, draws.risk, strict=True):
        counts = (z @ w <= 0).sum(axis=0)
        for count, wanted in zip(errors, risk, strict=True):
            assert np.abs(risks[counts == count] - wanted).min() < 1e-4


def test_the_members_that_are_fixed_have_the_errors_that_they_make():
    world = HalfspacesWorld(2, noise=0.1)
    draws = world.draw(11, 50, np.random.default_rng(3))
    fixed = draws.fixed_before_sample[0]
    assert fixed.sum() == 5 and fixed[:5].all()
    for k, turn in enumerate([0, 0.25, 0.5, 0.75, 1]):
        w = [math.cos(turn * math.pi), math.sin(turn * math.pi)]
        assert np.array_equal(draws.errors[:, k], (draws.z @ w <= 0).sum(axis=1))
        assert np.allclose(draws.risk[:, k], 0.1 + 0.8 * turn)


@pytest.mark.parametrize("law", ["gaussian", "sphere"])
@pytest.mark.parametrize("dim", [2, 3, 6])
def test_risks_are_frequencies_on_fresh_points(law, dim):
    """False alarm: 24 comparisons, each refused with probability 2e-11."""
    world, rng = HalfspacesWorld(dim, noise=0.15, law=law), np.random.default_rng(4)
    z = world.sample(200_000, 1, rng)[0]
    for w in rng.standard_normal((4, dim)):
        assert agrees((z @ w <= 0).sum(), len(z), world.risk_at(angles(w)))


def test_points_of_the_sphere_are_on_it_and_labels_flip_as_often_as_said():
    z = HalfspacesWorld(3, noise=0.2, law="sphere").sample(1000, 100, np.random.default_rng(5))
    assert np.allclose(np.linalg.norm(z, axis=2), 1)
    assert agrees((z[..., 0] < 0).sum(), z[..., 0].size, 0.2)


@pytest.mark.parametrize("noise", [0.0, 0.2])
def test_the_list_in_higher_dimension_is_true_to_its_weights(noise):
    """Errors of a hyperplane through points lie between those without and with its points."""
    n, dim, members = 15, 4, 6
    world = HalfspacesWorld(dim, noise=noise, members=members)
    draws = world.draw(n, 25, np.random.default_rng(6))
    w = draws.directions
    assert not world.exact_supremum and HalfspacesWorld(2).exact_supremum
    count = w.shape[1]
    assert draws.errors.shape == (25, 2 * count)
    assert np.array_equal(
        draws.errors[:, :count] + draws.errors[:, count:], np.full((25, count), n)
    )
    assert np.array_equal(draws.minimisers, draws.errors == 0)
    cosines = w[..., 0] / np.linalg.norm(w, axis=2)
    risks = noise + (1 - 2 * noise) * np.arccos(cosines) / math.pi
    assert np.allclose(draws.risk, np.hstack([risks, 1 - risks]), atol=1e-7)


def test_errors_in_higher_dimension_are_those_of_a_loop_over_members():
    from genbounds.referee.worlds.halfspaces import _instances

    world, rng = HalfspacesWorld(3, noise=0.2), np.random.default_rng(7)
    z, members = world.sample(12, 8, rng), 5
    weights, errors = _instances(z, members, rng)
    for sample, ws, counts in zip(z, weights, errors, strict=True):
        for k, (w, count) in enumerate(zip(ws, counts, strict=True)):
            scores = [float(np.dot(w, row)) for row in sample]
            if k < members + 3:
                assert count == sum(score <= 0 for score in scores)
                continue
            on = [abs(score) < 1e-10 * np.linalg.norm(w) for score in scores]
            assert sum(on) == 2
            beside = sum(s < 0 for s, o in zip(scores, on, strict=True) if not o)
            assert count == beside + (2 if k >= 2 * members + 3 else 0)


def test_hyperplanes_through_points_are_limits_of_members():
    """Small turns give the points on the plane any labels and leave the others alone."""
    from genbounds.referee.worlds.halfspaces import _through_points

    rng = np.random.default_rng(8)
    z = HalfspacesWorld(3).sample(9, 10, rng)
    planes, passed = _through_points(z, 4, rng)
    for t in range(10):
        for w, on in zip(planes[t], passed[t], strict=True):
            others = np.delete(np.arange(9), on)
            for signs in ([1, 1], [1, -1], [-1, -1]):
                turn = np.linalg.lstsq(z[t, on], np.array(signs, float), rcond=None)[0]
                moved = w + 1e-9 * turn
                assert np.array_equal(np.sign(z[t, on] @ moved), signs)
                assert np.array_equal(z[t, others] @ moved > 0, z[t, others] @ w > 0)


def test_the_perceptron_separates_what_can_be_separated_with_ease():
    z = np.random.default_rng(9).standard_normal((5, 40, 3))
    z[..., 0] = np.abs(z[..., 0]) + 1
    w = perceptron(z)
    assert (np.einsum("td,tnd->tn", w, z) > 0).all()


def test_what_follows_from_noise_is_true():
    """Of all members, least risk and Bernstein's constant, on a grid of angles."""
    draws = HalfspacesWorld(2, noise=0.2).draw(5, 2, np.random.default_rng(0))
    assert draws.best_risk == pytest.approx(draws.risk.min()) == pytest.approx(0.2)
    angle = np.linspace(0.01, math.pi, 50)
    disagree, excess = angle / math.pi, 0.6 * angle / math.pi
    assert np.allclose(draws.bernstein_constant * excess, disagree)
    assert draws.massart_margin == pytest.approx(abs(2 * 0.8 - 1))
    assert np.allclose(draws.variance, draws.risk * (1 - draws.risk))
    with pytest.raises(NotKnownError):
        HalfspacesWorld(2, noise=0.5).draw(5, 2, np.random.default_rng(0))["massart_margin"]


def test_moments_of_the_sample_are_those_of_its_losses():
    draws = HalfspacesWorld(2, noise=0.2).draw(7, 4, np.random.default_rng(11))
    losses = (np.arange(7) < draws.errors[..., None]).astype(float)
    assert np.allclose(draws.sample_variance, losses.var(axis=2, ddof=1))
    assert np.allclose(draws.biased_variance, losses.var(axis=2))
    assert np.allclose(draws.second_moment, (losses**2).mean(axis=2))
    with pytest.raises(NotKnownError, match="n >= 2"):
        HalfspacesWorld(2).draw(1, 1, np.random.default_rng(0))["sample_variance"]


def test_the_growth_function_counts_the_cells_of_a_sample():
    world = HalfspacesWorld(2)
    draws = world.draw(9, 10, np.random.default_rng(10))
    grid = np.linspace(-math.pi, math.pi, 200_001)
    w = np.stack([np.cos(grid), np.sin(grid)])
    counts = [len(np.unique((z @ w > 0).T, axis=0)) for z in draws.z]
    assert max(counts) == round(math.exp(draws.log_growth.log_growth(9.0))) == 18
    assert draws.vc_dim == 2 and draws["sample_variance"].shape == draws.risk.shape


def test_the_world_says_itself_and_refuses_what_it_cannot_be():
    world = HalfspacesWorld(3, noise=0.1, law="sphere")
    assert world_of(world.to_dict()) == world and world.block(1000) >= 1
    with pytest.raises(ValueError, match=r"dim .*noise .*law .*members"):
        HalfspacesWorld(1, noise=0.6, law="cube", members=0)
