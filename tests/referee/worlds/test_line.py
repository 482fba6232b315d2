"""How samples on the line are drawn, and that compiled scans give the bits of numpy's."""

import numpy as np
import pytest

from genbounds.referee.kernels import line
from genbounds.referee.worlds.base import WORLDS, world_of
from genbounds.referee.worlds.intervals import IntervalsWorld
from genbounds.referee.worlds.line import BLOCK_NUMBERS, bernoulli
from genbounds.referee.worlds.thresholds import ThresholdsWorld
from tests.referee.worlds.lines import plausible

EVERY = [
    ThresholdsWorld(),
    ThresholdsWorld(centre=0.3, noise=0.1),
    ThresholdsWorld(centre=0, noise=0.25, signed=True),
    ThresholdsWorld(centre=1, noise=0.5),
    IntervalsWorld(),
    IntervalsWorld(low=0.4, high=0.4, noise=0.2),
    IntervalsWorld(low=0, high=0.6, noise=1 / 3, signed=True),
    IntervalsWorld(low=0, high=1),
]


@pytest.mark.parametrize("n", [1, 2, 3, 17, 200])
@pytest.mark.parametrize("world", EVERY, ids=repr)
def test_compiled_scans_give_the_same_bits(world, n):
    pytest.importorskip("numba")
    from genbounds.referee.kernels import compiled_line

    draws = world.draw(n, 40, np.random.default_rng(n))
    fast, plain = draws.knowing(kernels=compiled_line), draws.knowing(kernels=line)
    for name in ("supremum", "absolute_supremum", "errors", "risk"):
        assert np.array_equal(fast[name], plain[name]), name


def test_the_installed_kernels_are_used():
    pytest.importorskip("numba")
    draws = ThresholdsWorld().draw(3, 1, np.random.default_rng(0))
    assert draws.kernels.__name__.endswith("compiled_line")


def test_blocks_do_not_change_numpys_scan(monkeypatch):
    draws = IntervalsWorld(noise=0.1).draw(50, 30, np.random.default_rng(3)).knowing(kernels=line)
    whole = draws.supremum
    monkeypatch.setattr(line, "IN_CACHE", 120)
    assert np.array_equal(whole, draws.knowing(kernels=line).supremum)


@pytest.mark.parametrize(("k", "p"), [(1, 0.05), (1, 0.3), (3, 0.5), (5, 0.7), (5, 0.99)])
def test_positions_are_sorted_uniforms(k, p):
    """#{x_i <= p} is binomial, so P(x_(k) <= p) is its tail; a false alarm has chance 1e-11."""
    from scipy.stats import binom

    trials, n = 100_000, 5
    points = line.positions(np.random.default_rng(1).standard_exponential((trials, n + 1)))
    assert points.shape == (trials, n + 2)
    assert (points[:, 0] == 0).all() and (points[:, -1] == 1).all()
    assert plausible((points[:, k] <= p).sum(), trials, binom.sf(k - 1, n, p))


def test_gaps_are_jointly_those_of_uniforms():
    """P(all n + 1 gaps exceed s) = (1 - (n + 1) s)^n; a false alarm has chance 1e-11."""
    trials, n, s = 100_000, 4, 0.05
    points = line.positions(np.random.default_rng(2).standard_exponential((trials, n + 1)))
    hits = (np.diff(points, axis=1) > s).all(axis=1).sum()
    assert plausible(hits, trials, (1 - (n + 1) * s) ** n)


@pytest.mark.parametrize("p", [0.1, 0.5, 1 / 3, 1 / 512, 255.5 / 256])
def test_flips_have_their_probability(p):
    """Each entry, and both of a pair; false alarms have chance 2e-11 for each p."""
    pairs = 10**6
    flips = bernoulli(p, (pairs, 2), np.random.default_rng(5))
    assert flips.shape == (pairs, 2) and flips.dtype == bool
    assert plausible(flips.sum(), 2 * pairs, p)
    assert plausible(flips.all(axis=1).sum(), pairs, p * p)


def test_no_noise_flips_nothing():
    assert not bernoulli(0.0, (1000, 100), np.random.default_rng(0)).any()


@pytest.mark.parametrize("world", EVERY, ids=repr)
def test_worlds_come_back_from_their_record(world):
    record = world.to_dict()
    assert WORLDS[record["world"]] is type(world)
    assert world_of(record) == world


@pytest.mark.parametrize("world", EVERY, ids=repr)
def test_blocks_hold_a_bounded_sample(world):
    for n in (1, 1000, 10**5, 10**8):
        rows = world.block(n)
        assert rows >= 1 and (rows == 1 or rows * (n + 1) <= BLOCK_NUMBERS)


@pytest.mark.parametrize("n", [0, -1, 2.5, True])
def test_bad_sample_sizes(n):
    with pytest.raises(ValueError, match="n must be an integer at least 1"):
        ThresholdsWorld().draw(n, 10, np.random.default_rng(0))
