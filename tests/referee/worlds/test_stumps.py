"""Stumps against loops over thresholds."""

import numpy as np
import pytest

import genbounds as gb
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.stumps import StumpsWorld
from tests.referee.worlds.agreement import agrees


def stumps(x):
    """Every stump on a sample (n, d): feature, threshold and orientation, with the limits."""
    for j in range(x.shape[1]):
        cuts = np.concatenate([x[:, j], x[:, j] + 1e-12, [0.0, 0.5, 1.0], np.linspace(0, 1, 501)])
        for t in cuts:
            for s in (1, -1):
                yield j, t, s


def true_risk(j, t, s, noise):
    """By the areas where a stump and the label's sign agree."""
    if j:
        return 0.5
    agree = min(t, 0.5) + 1 - max(t, 0.5)
    agree = agree if s == 1 else 1 - agree
    return (1 - noise) * (1 - agree) + noise * agree


@pytest.mark.parametrize(("features", "noise", "n"), [(1, 0.0, 1), (1, 0.3, 8), (3, 0.1, 12)])
def test_suprema_and_instances_are_those_of_a_loop_over_all_stumps(features, noise, n):
    world, trials = StumpsWorld(features, noise=noise), 4
    x, y = world.sample(n, trials, np.random.default_rng(n))
    draws = world.draw(n, trials, np.random.default_rng(n))
    for t in range(trials):
        gaps, errors = [], set()
        for j, cut, s in stumps(x[t]):
            wrong = int((np.where(x[t][:, j] >= cut, s, -s) != y[t]).sum())
            gaps.append(true_risk(j, cut, s, noise) - wrong / n)
            errors.add(wrong)
        assert draws.supremum[t, 0] == pytest.approx(max(gaps), abs=1e-9)
        assert draws.absolute_supremum[t, 0] == pytest.approx(max(map(abs, gaps)), abs=1e-9)
        assert set(draws.errors[t].tolist()) == errors
    assert np.allclose(draws.gap.max(axis=1, keepdims=True), draws.supremum)
    assert np.allclose(draws.gap.min(axis=1, keepdims=True), -draws.supremum)


@pytest.mark.parametrize("n", [1, 2, 9])
def test_every_pair_of_errors_and_risk_is_that_of_a_stump_or_a_limit(n):
    world, trials, noise = StumpsWorld(2, noise=0.1), 30, 0.1
    x, y = world.sample(n, trials, np.random.default_rng(n))
    draws = world.draw(n, trials, np.random.default_rng(n))
    for t in range(trials):
        found = set(zip(draws.errors[t].tolist(), draws.risk[t].round(8).tolist(), strict=True))
        listed = set()
        for j, cut, s in stumps(x[t]):
            for above in (x[t][:, j] >= cut, x[t][:, j] > cut):
                wrong = int((np.where(above, s, -s) != y[t]).sum())
                listed.add((wrong, round(true_risk(j, cut, s, noise), 8)))
        assert found <= listed


def test_the_stumps_that_are_fixed_make_their_errors():
    world = StumpsWorld(2, noise=0.2)
    x, y = world.sample(20, 15, np.random.default_rng(1))
    draws = world.draw(20, 15, np.random.default_rng(1))
    fixed = [(t, s) for s in (1, -1) for t in (0.5, 0.25, 0.75, 0.0)]
    assert draws.fixed_before_sample.sum() == len(fixed)
    for k, (cut, s) in enumerate(fixed):
        wrong = (np.where(x[..., 0] >= cut, s, -s) != y).sum(axis=1)
        assert np.array_equal(draws.errors[:, k], wrong)
        assert np.allclose(draws.risk[:, k], true_risk(0, cut, s, 0.2))


def test_risks_are_frequencies_on_fresh_points():
    """False alarm: 40 comparisons, each refused with probability 2e-11."""
    x, y = StumpsWorld(2, noise=0.1).sample(100_000, 1, np.random.default_rng(2))
    x, y, rng = x[0], y[0], np.random.default_rng(3)
    for j in (0, 1):
        for t in rng.random(10):
            for s in (1, -1):
                wrong = int((np.where(x[:, j] >= t, s, -s) != y).sum())
                assert agrees(wrong, len(y), true_risk(j, t, s, 0.1))


def test_the_class_is_that_of_the_package():
    draws = StumpsWorld(3).draw(5, 2, np.random.default_rng(0))
    assert draws.log_growth == gb.Stumps(3) and draws.vc_dim == 4
    assert draws.best_risk == 0 and StumpsWorld(3).exact_supremum


def test_the_world_says_itself_and_refuses_what_it_cannot_be():
    world = StumpsWorld(4, noise=0.25)
    assert world_of(world.to_dict()) == world
    with pytest.raises(ValueError, match=r"n_features .*noise"):
        StumpsWorld(0, noise=-1)
