"""Intervals against lists of pairs of ends on both sides of every point."""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from genbounds.referee.draws import NotKnownError
from genbounds.referee.worlds.intervals import MOST_POINTS, IntervalsWorld
from tests.referee.worlds.lines import agree, difference, draws_of, errors, places, samples

WORLDS = [
    IntervalsWorld(),
    IntervalsWorld(low=0.1, high=0.35, noise=0.1),
    IntervalsWorld(low=0.4, high=0.4, noise=0.2),
    IntervalsWorld(low=0, high=0.6, noise=1 / 3),
    IntervalsWorld(low=0, high=1),
    IntervalsWorld(low=0.7, high=0.95, noise=0.05),
    IntervalsWorld(low=0.7, high=1, noise=0.5),
]
each_world = pytest.mark.parametrize("world", WORLDS, ids=repr)
each_size = pytest.mark.parametrize("n", [1, 2, 4, 6])
SLACK = 1e-10  # more than places differ from the limits


def inside(start, end):
    return lambda x: start <= x <= end


def risk(world, indicator, breaks):
    """The probability of an error, piece by piece."""
    target = inside(world.low, world.high)
    share = difference(indicator, target, (*breaks, world.low, world.high))
    return world.noise * (1 - share) + (1 - world.noise) * share


def listed(world, sample):
    """(risk, errors) of intervals with ends in every gap and at every limit, and the empty one."""
    for ends in combinations_with_replacement(places(sample, world.low, world.high), 2):
        yield risk(world, inside(*ends), ends), errors(inside(*ends), sample)
    yield risk(world, inside(2, 2), ()), errors(inside(2, 2), sample)


def with_complements(found, n):
    return [*found, *((1 - r, n - wrong) for r, wrong in found)]


@each_world
@each_size
@pytest.mark.parametrize("signed", [False, True])
def test_suprema_are_those_of_a_list(world, n, signed):
    world = IntervalsWorld(world.low, world.high, noise=world.noise, signed=signed)
    draws = draws_of(world, n, 8)
    for row, sample in enumerate(samples(draws, world.low, world.high)):
        found = list(listed(world, sample))
        gaps = [r - e / n for r, e in (with_complements(found, n) if signed else found)]
        assert draws.supremum[row, 0] == pytest.approx(max(gaps), abs=SLACK)
        assert draws.absolute_supremum[row, 0] == pytest.approx(max(map(abs, gaps)), abs=SLACK)


@each_world
@each_size
@pytest.mark.parametrize("signed", [False, True])
def test_instances_have_the_extreme_risks_of_the_list(world, n, signed):
    """For each number of errors the largest and the smallest risk."""
    world = IntervalsWorld(world.low, world.high, noise=world.noise, signed=signed)
    draws = draws_of(world, n, 8)
    for row, sample in enumerate(samples(draws, world.low, world.high)):
        found = list(listed(world, sample))
        found = with_complements(found, n) if signed else found
        chosen = slice(draws.n_fixed, None)
        mine = list(zip(draws.risk[row, chosen], draws.errors[row, chosen], strict=True))
        assert {e for _, e in mine} == {e for _, e in found}
        for count in {e for _, e in mine}:
            ours, theirs = ([r for r, e in all_ if e == count] for all_ in (mine, found))
            assert max(ours) == pytest.approx(max(theirs), abs=SLACK)
            assert min(ours) == pytest.approx(min(theirs), abs=SLACK)


@pytest.mark.parametrize("signed", [False, True])
@each_world
def test_instances_give_the_suprema_of_the_scan(world, signed):
    world = IntervalsWorld(world.low, world.high, noise=world.noise, signed=signed)
    draws = draws_of(world, 150, 10)
    assert draws.gap[:, draws.n_fixed :].max(axis=1) == pytest.approx(draws.supremum[:, 0])
    assert abs(draws.gap).max(axis=1) == pytest.approx(draws.absolute_supremum[:, 0])
    assert draws.fixed_before_sample.shape == draws.errors[:1].shape == draws.risk[:1].shape


@each_world
def test_fixed_instances_are_the_target_all_and_nothing(world):
    draws = draws_of(world, 6, 20)
    for row, sample in enumerate(samples(draws, world.low, world.high)):
        for k, ends in enumerate(((world.low, world.high), (0, 1), (2, 2))):
            assert draws.errors[row, k] == errors(inside(*ends), sample)
            assert draws.risk[row, k] == pytest.approx(risk(world, inside(*ends), ends))


@each_world
def test_the_risk_formula_and_the_best_and_largest_risk(world):
    grid = [*np.linspace(0, 1, 21), world.low, world.high]
    pairs = [pair for pair in product(grid, grid) if pair[0] <= pair[1]]
    found = [risk(world, inside(*ends), ends) for ends in pairs]
    assert world.risk_at(*np.array(pairs).T) == pytest.approx(found)
    draws = draws_of(world, 4, 3)
    assert draws.best_risk == pytest.approx(min(found))
    assert draws.largest_mean == pytest.approx(max(found))
    assert draws.excess_risk.min() >= 0


def test_suprema_have_the_law_of_plain_sampling():
    """Beside points and labels drawn in the plain order; false alarms have chance 6e-11."""
    world, n, trials = IntervalsWorld(low=0.3, high=0.8, noise=0.1), 6, 5_000
    rng = np.random.default_rng(12)
    x = np.sort(rng.random((trials, n)), axis=1)
    y = ((x >= 0.3) & (x <= 0.8)) ^ (rng.random((trials, n)) < 0.1)
    sides = np.hstack([x - 1e-9, x + 1e-9, np.tile([0.0, 0.3, 0.8, 1.0], (trials, 1))])
    plain = np.zeros(trials)
    for a, b in product(range(sides.shape[1]), repeat=2):
        start, end = sides[:, a], np.maximum(sides[:, a], sides[:, b])
        common = np.clip(np.minimum(end, 0.8) - np.maximum(start, 0.3), 0, None)
        said = (x >= start[:, None]) & (x <= end[:, None])
        gap = 0.1 + 0.8 * (end - start + 0.5 - 2 * common) - (said != y).mean(axis=1)
        plain = np.maximum(plain, gap)
    scanned = draws_of(world, n, trials).supremum[:, 0]
    for level in (0.4, 0.5, 0.6):
        assert 0.001 < (plain > level).mean() < 0.999
        assert agree((plain > level).sum(), (scanned > level).sum(), trials)


@pytest.mark.parametrize("signed", [False, True])
def test_facts_of_the_class_by_enumeration(signed):
    n = 6
    draws = draws_of(IntervalsWorld(signed=signed), n, 2)
    cuts = [(i, j) for i in range(n + 1) for j in range(i, n + 1)]
    rows = {tuple(1 if i <= k < j else -1 for k in range(n)) for i, j in cuts}
    rows |= {tuple(-s for s in row) for row in rows} if signed else set()
    assert draws.log_growth.growth(n) == len(rows)
    assert draws.vc_dim == 2 + signed
    if signed:
        with pytest.raises(NotKnownError, match="no closed form"):
            draws["rademacher"]
        return
    sums = np.array(list(product((-1, 1), repeat=n))) @ np.array(sorted(rows)).T
    assert draws.rademacher_of_hypotheses == pytest.approx(sums.max(axis=1).mean() / n)
    assert draws.empirical_rademacher == pytest.approx(sums.max(axis=1).mean() / n / 2)


def test_instances_beyond_the_stated_size_are_refused_and_suprema_are_not():
    draws = draws_of(IntervalsWorld(), MOST_POINTS + 1, 1)
    with pytest.raises(NotKnownError, match=f"up to n = {MOST_POINTS}"):
        draws["risk"]
    assert 0 < draws["supremum"][0, 0] < 0.2


def test_bad_parameters_are_named_together():
    with pytest.raises(ValueError, match=r"low must be .*; high must be .*; noise must be"):
        IntervalsWorld(low=-1, high=2, noise=-0.1)
    with pytest.raises(ValueError, match="low must be at most high"):
        IntervalsWorld(low=0.5, high=0.4)
