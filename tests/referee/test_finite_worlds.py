"""Finite worlds against plain loops over ordered samples, in fractions."""

from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest

import genbounds as gb
from genbounds.referee.worlds import structures
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.finite import FiniteWorld

LAW = (F(1, 6), F(1, 3), F(1, 2))
LOSSES = ((0, F(1, 2), 1), (1, 0, F(1, 4)))
WORLD = FiniteWorld(LAW, LOSSES)


def samples(law, n):
    """Every ordered sample of cells with its probability."""
    for cells in product(range(len(law)), repeat=n):
        chance = F(1)
        for cell in cells:
            chance *= law[cell]
        yield cells, chance


def by_counts(n):
    draws = WORLD.outcomes(n, exact=True)
    return draws, {tuple(map(int, row)): t for t, row in enumerate(draws.sample.counts)}


@pytest.mark.parametrize("n", [1, 2, 4])
def test_outcomes_are_the_law_of_the_ordered_samples(n):
    draws, places = by_counts(n)
    expected = dict.fromkeys(places, F(0))
    for cells, chance in samples(LAW, n):
        expected[tuple(cells.count(j) for j in range(3))] += chance
    assert {counts: draws.weights[t] for counts, t in places.items()} == expected


def test_moments_of_samples_and_of_the_law():
    draws, places = by_counts(3)
    for cells, _ in samples(LAW, 3):
        t = places[tuple(cells.count(j) for j in range(3))]
        for k, row in enumerate(LOSSES):
            seen = [F(row[cell]) for cell in cells]
            mean = sum(seen) / 3
            spread = sum((x - mean) ** 2 for x in seen)
            assert draws.empirical_risk[t, k] == mean
            assert draws.biased_variance[t, k] == spread / 3
            assert draws.sample_variance[t, k] == spread / 2
            assert draws.second_moment[t, k] == sum(x * x for x in seen) / 3
    for k, row in enumerate(LOSSES):
        risk = sum(p * x for p, x in zip(LAW, row, strict=True))
        assert draws.risk[0, k] == risk
        assert draws.variance[0, k] == sum(
            p * (x - risk) ** 2 for p, x in zip(LAW, row, strict=True)
        )


def test_rademacher_complexities_are_means_over_all_signs():
    draws, places = by_counts(3)
    expected = F(0)
    for cells, chance in samples(LAW, 3):
        total = F(0)
        for signs in product((-1, 1), repeat=3):
            total += max(
                sum(s * F(row[cell]) for s, cell in zip(signs, cells, strict=True))
                for row in LOSSES
            )
        t = places[tuple(cells.count(j) for j in range(3))]
        assert draws.empirical_rademacher[t, 0] == total / 8 / 3
        expected += chance * total / 8 / 3
    assert draws.rademacher == expected


def test_floats_and_fractions_agree():
    names = (
        "empirical_risk",
        "risk",
        "variance",
        "sample_variance",
        "rademacher",
        "weights",
        "gap",
    )
    floats, exact = WORLD.outcomes(5), WORLD.outcomes(5, exact=True)
    for name in names:
        np.testing.assert_allclose(
            np.asarray(floats[name], float), np.asarray(exact[name], float), rtol=1e-13, atol=1e-16
        )


@pytest.mark.parametrize(
    ("shape", "vc_dim", "counts"),
    [
        (structures.all_labelings(3), 3, (1, 2, 4, 8)),
        (structures.thresholds(4), 1, (1, 2, 3, 4, 5)),
        (structures.intervals(4), 2, (1, 2, 4, 7, 11)),
        (structures.singletons(4), 1, (1, 2, 3, 4, 4)),
        (structures.noisy(structures.thresholds(2)), 1, (1, 2, 3)),
        (structures.opposite(), 1, (1, 2, 2)),
    ],
    ids=lambda x: getattr(x, "name", ""),
)
def test_growth_and_dimension_of_the_shapes(shape, vc_dim, counts):
    even = (F(1, shape.cells),) * shape.cells
    draws = FiniteWorld(even, shape.losses, shape.points).outcomes(1)
    assert draws.vc_dim == vc_dim
    assert draws.growth_counts == counts
    assert draws.log_growth(2) == pytest.approx(np.log(counts[2]))


@pytest.mark.parametrize("vc_dim", [0, 1, 2, 3])
def test_random_classes_have_the_dimension_that_was_asked_for(vc_dim):
    shape = structures.random_class_of_dimension(vc_dim, 5, seed=3)
    rows = {tuple(map(int, row)) for row in shape.losses}
    shattered = [
        size
        for size in range(6)
        for columns in product(range(5), repeat=size)
        if len(set(columns)) == size
        and len({tuple(row[j] for j in columns) for row in rows}) == 2**size
    ]
    assert max(shattered) == vc_dim
    assert shape == structures.random_class_of_dimension(vc_dim, 5, seed=3)


def test_massart_margin_and_bernstein_constant():
    shape = structures.noisy(structures.all_labelings(1))
    draws = FiniteWorld(("9/10", "1/10"), shape.losses, shape.points).outcomes(2, exact=True)
    assert draws.massart_margin == F(4, 5)
    assert draws.bernstein_constant == F(5, 4)  # E (l - l*)^2 = 1, E (l - l*) = 4/5


def test_a_world_survives_json():
    import json

    world = FiniteWorld(("1/3", "2/3"), ((0, 1), (1, "1/2")), prior=(".25", ".75"))
    assert world_of(json.loads(json.dumps(world.to_dict()))) == world


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"law": ("1/2", "1/3"), "losses": ((0, 1),)}, "add up to 1"),
        ({"law": ("1/2", "1/2"), "losses": ((0, 1, 1),)}, "rows of 2 numbers"),
        ({"law": (2, -1), "losses": ((0, 1),)}, "no negative"),
        ({"law": ("1/2", "1/2"), "losses": ((0, 1),), "prior": (1, 0)}, "one number a row"),
    ],
)
def test_a_wrong_world_is_refused(given, words):
    with pytest.raises(ValueError, match=words):
        FiniteWorld(**given)


def test_what_a_world_does_not_know_is_named():
    with pytest.raises(gb.referee.NotKnownError, match="margin_risk"):
        gb.validate("rademacher_margin", WORLD, n=5, trials=10, margin=0.5)
