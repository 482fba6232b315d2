"""Thresholds against lists of hypotheses on both sides of every point."""

from itertools import product

import numpy as np
import pytest

from genbounds.referee.worlds.thresholds import ThresholdsWorld
from tests.referee.worlds.lines import agree, difference, draws_of, errors, places, samples

WORLDS = [
    ThresholdsWorld(),
    ThresholdsWorld(centre=0.3, noise=0.1),
    ThresholdsWorld(centre=0, noise=0.25),
    ThresholdsWorld(centre=1, noise=0.2),
    ThresholdsWorld(centre=0.8, noise=0.5),
]
each_world = pytest.mark.parametrize("world", WORLDS, ids=repr)
each_size = pytest.mark.parametrize("n", [1, 2, 5, 8])
SLACK = 1e-10  # more than places differ from the limits


def above(t):
    return lambda x: x >= t


def risk(world, indicator, breaks):
    """The probability of an error, piece by piece."""
    share = difference(indicator, above(world.centre), (*breaks, world.centre))
    return world.noise * (1 - share) + (1 - world.noise) * share


def listed(world, sample):
    """(risk, errors) of thresholds in every gap and at every limit, and of their complements."""
    for t in places(sample, world.centre, 1.5):
        own, wrong = risk(world, above(t), (t,)), errors(above(t), sample)
        yield (own, wrong), (1 - own, len(sample.points) - wrong)


@each_world
@each_size
@pytest.mark.parametrize("signed", [False, True])
def test_suprema_are_those_of_a_list(world, n, signed):
    world = ThresholdsWorld(world.centre, noise=world.noise, signed=signed)
    draws = draws_of(world, n, 30)
    for row, sample in enumerate(samples(draws, world.centre, 1)):
        found = [pair[k] for pair in listed(world, sample) for k in range(1 + signed)]
        gaps = [r - wrong / n for r, wrong in found]
        assert draws.supremum[row, 0] == pytest.approx(max(gaps), abs=SLACK)
        assert draws.absolute_supremum[row, 0] == pytest.approx(max(map(abs, gaps)), abs=SLACK)


@each_world
@each_size
def test_instances_have_the_extreme_risks_of_the_list(world, n):
    """For each number of errors the largest and the smallest risk."""
    draws = draws_of(world, n, 30)
    for row, sample in enumerate(samples(draws, world.centre, 1)):
        found = [pair[0] for pair in listed(world, sample)]
        mine = list(zip(draws.risk[row, 3:], draws.errors[row, 3:], strict=True))
        assert {e for _, e in mine} == {e for _, e in found}
        for count in {e for _, e in mine}:
            ours, theirs = ([r for r, e in all_ if e == count] for all_ in (mine, found))
            assert max(ours) == pytest.approx(max(theirs), abs=SLACK)
            assert min(ours) == pytest.approx(min(theirs), abs=SLACK)


@pytest.mark.parametrize("signed", [False, True])
@each_world
def test_instances_give_the_suprema_of_the_scan(world, signed):
    world = ThresholdsWorld(world.centre, noise=world.noise, signed=signed)
    draws = draws_of(world, 300, 20)
    assert draws.gap[:, draws.n_fixed :].max(axis=1) == pytest.approx(draws.supremum[:, 0])
    assert abs(draws.gap).max(axis=1) == pytest.approx(draws.absolute_supremum[:, 0])
    assert draws.fixed_before_sample.shape == draws.errors[:1].shape == draws.risk[:1].shape


@pytest.mark.parametrize("signed", [False, True])
@each_world
def test_fixed_instances_are_the_target_all_and_nothing(world, signed):
    world = ThresholdsWorld(world.centre, noise=world.noise, signed=signed)
    draws = draws_of(world, 6, 20)
    assert draws.fixed_before_sample.sum() == (6 if signed else 3)
    for row, sample in enumerate(samples(draws, world.centre, 1)):
        for k, t in enumerate((world.centre, 0, 2)):
            assert draws.errors[row, k] == errors(above(t), sample)
            assert draws.risk[row, k] == pytest.approx(risk(world, above(t), (t,)))
            if signed:
                assert draws.errors[row, 3 + k] == 6 - errors(above(t), sample)
                assert draws.risk[row, 3 + k] == pytest.approx(1 - risk(world, above(t), (t,)))


@each_world
def test_the_risk_formula_and_the_best_and_largest_risk(world):
    grid = np.linspace(0, 1, 201)
    found = [risk(world, above(t), (t,)) for t in grid]
    assert world.risk_at(grid) == pytest.approx(found)
    draws = draws_of(world, 4, 3)
    assert draws.best_risk == min([*found, risk(world, above(world.centre), ())])
    assert draws.largest_mean == pytest.approx(max(found))
    assert draws.variance_bound == pytest.approx(max(r * (1 - r) for r in found), abs=1e-4)
    assert draws.excess_risk == pytest.approx(draws.risk - draws.best_risk)
    assert draws.excess_risk.min() >= 0


def test_suprema_have_the_law_of_plain_sampling():
    """Beside points and labels drawn in the plain order; false alarms have chance 8e-11."""
    world, n, trials = ThresholdsWorld(centre=0.4, noise=0.15), 12, 20_000
    rng = np.random.default_rng(11)
    x = rng.random((trials, n))
    y = (x >= 0.4) ^ (rng.random((trials, n)) < 0.15)
    ends = np.hstack([x, np.zeros((trials, 1)), np.full((trials, 1), 1.0)])
    gaps = []
    for strict in (False, True):
        said = x[:, None] > ends[..., None] if strict else x[:, None] >= ends[..., None]
        wrong = (said != y[:, None]).mean(axis=2)
        gaps.append(0.15 + 0.7 * abs(ends - 0.4) - wrong)
    plain = np.max(gaps, axis=(0, 2))
    scanned = draws_of(world, n, trials).supremum[:, 0]
    for level in (0.1, 0.2, 0.3, 0.4):
        assert 0.001 < (plain > level).mean() < 0.999
        assert agree((plain > level).sum(), (scanned > level).sum(), trials)


@pytest.mark.parametrize("signed", [False, True])
def test_facts_of_the_class_by_enumeration(signed):
    n = 7
    draws = draws_of(ThresholdsWorld(signed=signed), n, 2)
    rows = {tuple(1 if i >= cut else -1 for i in range(n)) for cut in range(n + 1)}
    rows |= {tuple(-s for s in row) for row in rows} if signed else set()
    assert draws.log_growth.growth(n) == len(rows)
    assert draws.vc_dim == 1 + signed
    sums = np.array(list(product((-1, 1), repeat=n))) @ np.array(sorted(rows)).T
    value = sums.max(axis=1).mean() / n
    assert draws.empirical_rademacher_of_hypotheses == pytest.approx(value)
    assert draws.rademacher_of_hypotheses == pytest.approx(value)
    absolute = abs(sums).max(axis=1).mean() / n
    assert draws.absolute_rademacher_of_hypotheses == pytest.approx(absolute)
    (sample, _) = samples(draws, 0.5, 1)
    losses = (1 - np.array(sorted(rows)) * (2 * np.array(sample.labels) - 1)) / 2
    signs = np.array(list(product((-1, 1), repeat=n)))
    assert draws.rademacher == pytest.approx((signs @ losses.T).max(axis=1).mean() / n)


def test_bad_parameters_are_named_together():
    with pytest.raises(ValueError, match=r"centre must be .*\[0, 1\].*noise must be .*\[0, 0.5\]"):
        ThresholdsWorld(centre=1.5, noise=0.7)
    with pytest.raises(ValueError, match="signed must be True or False, got 'yes'"):
        ThresholdsWorld(signed="yes")
