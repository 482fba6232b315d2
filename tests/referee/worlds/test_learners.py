"""Learners and worlds without chance against brute force: every sample, every vector of signs."""

import json
import math
from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest

from genbounds.classes.stumps import Stumps
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.certain import Labelings, StumpLabelings, Vectors
from genbounds.referee.worlds.learners import Compressor, Memorizer, ShortestInterval
from genbounds.referee.worlds.shattering import ShatteredPoints, expected_complexity


def tally(weighted):
    """Equal rows of facts put together, with the sum of their probabilities."""
    found = {}
    for weight, *facts in weighted:
        found[tuple(facts)] = found.get(tuple(facts), 0) + weight
    return {key: p for key, p in found.items() if p}


def listed(world, n, *names):
    draws = world.outcomes(n, exact=True)
    columns = [np.broadcast_to(draws[name], (len(draws.weights), 1))[:, 0] for name in names]
    return tally(zip(draws.weights, *columns, strict=True))


@pytest.mark.parametrize(("points", "right", "n"), [(4, 2, 2), (5, 1, 3), (3, 2, 3)])
def test_the_compressor_by_all_samples(points, right, n):
    def learned(sample):
        if all(x < right for x in sample):
            return 0, F(points - right, points)
        if len(set(sample)) == 1:
            return 1, F(points - 1, points)
        return n, F(0)

    share = F(1, points) ** n
    expected = tally((share, *learned(s)) for s in product(range(points), repeat=n))
    assert listed(Compressor(points, right), n, "compression_size", "risk") == expected


@pytest.mark.parametrize(("points", "n"), [(4, 1), (4, 2), (5, 3), (3, 4)])
def test_the_shortest_interval_by_all_samples(points, n):
    share = F(1, points) ** n
    samples = product(range(points), repeat=n)
    expected = tally((share, F(points - (max(s) - min(s) + 1), points)) for s in samples)
    assert listed(ShortestInterval(points), n, "risk") == expected


@pytest.mark.parametrize(("points", "swing"), [(2, F(1, 2)), (3, F(1, 4)), (7, F(1, 3))])
def test_the_memorizer_by_all_pairs(points, swing):
    """The gap is 2b(1 - 1/N); I(output; choice | pair) is ln 2 unless the pair is a double."""
    draws = Memorizer(points, swing).outcomes(1, exact=True)
    told = F(sum(a != b for a, b in product(range(points), repeat=2)), points**2)
    losses = [F(1, 2) - swing if x == 0 else F(1, 2) + swing for x in range(points)]
    assert draws["gap"][0, 0] == sum(losses) / points - losses[0]
    assert float(draws["conditional_mutual_information"][0, 0]) == pytest.approx(
        float(told) * math.log(2), rel=1e-15
    )
    assert max(abs(loss - F(1, 2)) for loss in losses) == draws["stability_remove"][0, 0]


@pytest.mark.parametrize(("points", "n"), [(1, 3), (2, 3), (4, 4), (5, 2)])
def test_the_complexity_of_shattered_points_by_all_samples_and_signs(points, n):
    total = F(0)
    for sample in product(range(points), repeat=n):
        for signs in product((-1, 1), repeat=n):
            met = list(zip(signs, sample, strict=True))
            total += sum(max(0, sum(s for s, x in met if x == p)) for p in range(points))
    assert expected_complexity(n, points) == total / (n * points**n * 2**n)


def test_shattered_points_keep_what_all_labelings_know():
    draws = ShatteredPoints(9).outcomes(2, exact=True)
    assert draws["supremum"].ravel().tolist() == [F(8, 9), F(7, 9)]
    assert draws["rademacher_of_hypotheses"] == 2 * draws["rademacher"]


def test_the_complexities_of_vectors():
    draws = Vectors(values=((1, 1), (-1, 1)), scores=((1, 1), (-1, -1))).outcomes(2, exact=True)
    assert draws["absolute_rademacher"] == 1
    assert draws["absolute_rademacher_of_hypotheses"] == F(1, 2)
    assert draws["empirical_rademacher"] == F(1, 2)
    assert Vectors(((F(1, 3),),)).outcomes(1, exact=True)["empirical_rademacher"] == 0


def test_labelings_are_counted_at_every_size():
    rows = [[int(i >= t) for i in range(4)] for t in range(5)]
    counts = [math.exp(Labelings(rows).outcomes(m)["log_growth"]) for m in range(1, 5)]
    assert counts == pytest.approx([2, 3, 4, 5], rel=1e-12)
    assert Labelings(rows).outcomes(1)["vc_dim"] == 1


@pytest.mark.parametrize("points", [((0,), (1,)), ((0, 1, 0), (1, 3, 3), (2, 0, 2), (3, 2, 1))])
def test_stumps_shatter_as_many_points_as_the_class_can(points):
    world = StumpLabelings(points)
    signs = product((0, 1), repeat=len(points))
    assert set(world.rows) == set(signs)
    assert world.outcomes(len(points))["vc_dim"] == Stumps(len(points[0])).vc_dim == len(points)


@pytest.mark.parametrize(
    "world", [
        Compressor(5, 2), ShortestInterval(7), Memorizer(3, "1/3"), ShatteredPoints(4),
        Vectors((("1/2", 1),), scores=((1, 0),)), Labelings(((0, 1), (1, 1))),
        StumpLabelings(((0, 1), (2, 3))),
    ],
)  # fmt: skip
def test_a_record_makes_the_world_again(world):
    assert world_of(json.loads(json.dumps(world.to_dict()))) == world


@pytest.mark.parametrize(
    "make", [
        lambda: Compressor(1), lambda: Compressor(5, 5), lambda: ShortestInterval(1),
        lambda: Memorizer(2, F(2, 3)), lambda: Memorizer(1), lambda: Vectors(()),
        lambda: Vectors(((1, 2), (1,))), lambda: Labelings(((0, 2),)),
        lambda: StumpLabelings(((),)), lambda: Memorizer(3).outcomes(2),
        lambda: Vectors(((1, 1),)).outcomes(3), lambda: Labelings(((0, 1),)).outcomes(3),
    ],
)  # fmt: skip
def test_what_is_no_world_is_refused(make):
    with pytest.raises(ValueError):
        make()


def test_draws_have_the_frequencies_of_the_outcomes():
    """By Hoeffding, off by 0.02 with probability at most 2 exp(-2 * 40000 * 0.02^2) < 1e-13."""
    draws = Compressor(4, 2).draw(2, 40_000, np.random.default_rng(0))
    assert abs((draws["compression_size"] == 0).mean() - 1 / 4) < 0.02
    assert abs((draws["compression_size"] == 1).mean() - 2 / 16) < 0.02
