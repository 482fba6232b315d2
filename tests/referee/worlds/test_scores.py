"""Scores, votes, rankings, splits, machines, simulated signs against loops over all sequences."""

import math
from collections import defaultdict
from fractions import Fraction as F
from itertools import combinations, product

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.referee.arenas import WorldArena
from genbounds.referee.certifying import certified_chance
from genbounds.referee.draws import NotKnownError
from genbounds.referee.inputs import bound_of
from genbounds.referee.refuting import allowance
from genbounds.referee.scaling import scaled
from genbounds.referee.suites import arenas_for
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.hard_margins import HardMargin
from genbounds.referee.worlds.ranking import RankingWorld
from genbounds.referee.worlds.scores import LinearScores, ScoreWorld, SurrogateScores
from genbounds.referee.worlds.simulated import SimulatedComplexity
from genbounds.referee.worlds.splits import SplitPopulation
from genbounds.referee.worlds.votes import MarginVote, VoteWorld

LAW = (F(1, 2), F(1, 3), F(1, 6))
SCORES = ((F(1), F(-1, 2), F(0)), (F(1, 4), F(1, 4), F(-1)), (F(0), F(0), F(0)))
SIGNED = ((0, 1, 0), (1, 0, 0), (0, 0, 1))
ORTHOGONAL = FiniteWorld((F(1, 2), F(1, 2)), ((F(1, 2), 0), (0, F(1, 2))))


def sequences(law, n):
    """Every sequence of n cells with its probability."""
    for cells in product(range(len(law)), repeat=n):
        yield cells, math.prod((law[c] for c in cells), start=F(1))


def complexity(rows, law, n, absolute=False):
    """The mean over all sequences and all signs of the largest signed mean."""
    total = F(0)
    for cells, chance in sequences(law, n):
        for signs in product((-1, 1), repeat=n):
            sums = [sum(s * row[c] for s, c in zip(signs, cells, strict=True)) for row in rows]
            total += chance * max(map(abs, sums) if absolute else sums) / 2**n
    return total / n


def by_counts(draws, cells):
    """The row of an outcome that holds the counts of a sequence."""
    counts = [cells.count(c) for c in range(len(LAW))]
    return next(t for t, row in enumerate(draws.sample.counts.tolist()) if row == counts)


# --- scores


@pytest.mark.parametrize("n", [1, 2, 3])
def test_complexities_of_scores_are_those_of_all_sequences(n):
    draws = ScoreWorld(FiniteWorld(LAW, SCORES)).outcomes(n, exact=True)
    assert draws["rademacher_of_hypotheses"] == complexity(SCORES, LAW, n)
    assert draws["absolute_rademacher_of_hypotheses"] == complexity(SCORES, LAW, n, absolute=True)
    assert np.isclose(
        float(ScoreWorld(FiniteWorld(LAW, SCORES)).outcomes(n)["rademacher_of_hypotheses"]),
        float(complexity(SCORES, LAW, n)),
    )


@pytest.mark.parametrize("margin", [F(1, 4), F(1, 2), 1, 0.1])
def test_margins_and_ramps_of_every_sequence(margin):
    draws = ScoreWorld(FiniteWorld(LAW, SCORES)).outcomes(3, exact=True).knowing(margin=margin)
    exact = F(str(margin))
    for cells, _ in sequences(LAW, 3):
        t = by_counts(draws, cells)
        for k, row in enumerate(SCORES):
            below = sum(row[c] < exact for c in cells)
            ramps = [1 if row[c] <= 0 else max(F(0), 1 - row[c] / exact) for c in cells]
            assert draws.margin_risk[t, k] == F(below, 3)
            assert draws.surrogate_risk[t, k] == sum(ramps) / 3
    assert draws.risk.ravel().tolist() == [F(1, 2), F(1, 6), F(1)]


def test_a_margin_in_floats_takes_no_score_that_equals_it():
    world = ScoreWorld(FiniteWorld((1,), (("1/10",),)))
    assert world.outcomes(1).knowing(margin=0.1).margin_risk.tolist() == [[0.0]]


def test_another_law_changes_what_needs_it():
    table = FiniteWorld(LAW, SCORES)
    other = (F(1, 6), F(1, 6), F(2, 3))
    moved = ScoreWorld(table).outcomes(2).under(np.array(other, float))
    fresh = ScoreWorld(FiniteWorld(other, SCORES)).outcomes(2)
    for name in ("risk", "weights", "rademacher_of_hypotheses", "margin_risk", "n_classes"):
        assert np.allclose(moved[name], fresh[name])


def test_the_surrogate_has_the_complexity_of_ramps_less_one():
    draws = SurrogateScores(FiniteWorld(LAW, SCORES), margin="1/2").outcomes(2, exact=True)
    rows = [[(1 if s <= 0 else max(F(0), 1 - 2 * s)) - 1 for s in row] for row in SCORES]
    assert draws["absolute_rademacher"] == complexity(rows, LAW, 2, absolute=True)
    with pytest.raises(NotKnownError, match="of the ramps"):
        draws["supremum"]


def test_ramp_losses_are_a_finite_world_of_their_own():
    draws = ScoreWorld(FiniteWorld(LAW, SCORES), margin="1/2", loss="ramp").outcomes(2, exact=True)
    expected = [sum(p * min(F(1), max(F(0), 1 - 2 * s)) for p, s in zip(LAW, row, strict=True))
                for row in SCORES]  # fmt: skip
    assert draws["risk"].ravel().tolist() == expected
    assert draws["lipschitz"] == 2


def test_fat_shattering_is_at_the_smallest_scale_in_question():
    # -1 and 1 shatter one point at every scale to 1, and (1, -1), (-1, 1) no two
    assert ScoreWorld(FiniteWorld((F(1, 2),) * 2, ((1, -1), (-1, 1)))).outcomes(1)["fat_dim"] == 1
    everything = tuple(product((1, -1), repeat=3))
    assert ScoreWorld(FiniteWorld((F(1, 3),) * 3, everything)).outcomes(1)["fat_dim"] == 3


def test_two_labels_need_the_score_of_the_second():
    assert ScoreWorld(FiniteWorld(LAW, SCORES)).outcomes(1)["n_classes"] == 2
    with pytest.raises(NotKnownError, match="second label"):
        ScoreWorld(FiniteWorld(LAW, SCORES[:2])).outcomes(1)["n_classes"]


def test_linear_scores_and_their_ball():
    table = FiniteWorld((F(1, 2), F(1, 2)), ((F(3, 5), F(-1)), (F(4, 5), F(0))))
    world = LinearScores(table, weights=((1, 1), (0, -2)))
    assert world.scores == ((F(7, 5), F(-1)), (F(-8, 5), F(0)))
    draws = world.outcomes(1)
    assert draws["weight_bound"] == 2.0  # |1| + |1|, and 2
    assert draws["radius"] == 1.0  # (3/5, 4/5) and (-1, 0)
    assert draws["dimension"] == 2
    for name in ("rademacher_of_hypotheses", "empirical_rademacher"):
        with pytest.raises(NotKnownError):
            draws[name]


# --- votes


def test_votes_are_all_weighted_sums_on_the_grid():
    world = VoteWorld(FiniteWorld(LAW, SIGNED), steps=3)
    expected = set()
    for weights in product(range(4), repeat=3):
        if sum(weights) == 3:
            cells = zip(*SIGNED, strict=True)
            expected.add(
                tuple(
                    sum(F(w, 3) * (1 - 2 * x) for w, x in zip(weights, cell, strict=True))
                    for cell in cells
                )
            )
    assert set(world.scores) == expected
    draws = world.outcomes(2)
    assert math.isclose(draws["log_cardinality"], math.log(3))
    assert "votes_of_signs" not in world.breaks
    with pytest.raises(NotKnownError, match="voters"):
        draws["empirical_risk"]


def test_the_vote_of_largest_margin_is_that_of_a_loop():
    world = MarginVote(FiniteWorld(LAW, SIGNED), steps=3)
    draws = world.outcomes(2, exact=True)
    for cells, _ in sequences(LAW, 2):
        counts = [cells.count(c) for c in range(3)]
        t = next(i for i, r in enumerate(draws.draws.sample.counts.tolist()) if r == counts)
        least = [min(row[c] for c in cells) for row in world.scores]
        best = max(least)
        risks = [
            sum(p for p, s in zip(LAW, row, strict=True) if s <= 0)
            for row, m in zip(world.scores, least, strict=True)
            if m == best
        ]
        assert draws["margin"][t, 0] == best
        assert draws["risk"][t, 0] == max(risks)


def test_a_named_margin_does_not_replace_the_one_that_was_reached():
    draws = MarginVote(FiniteWorld(LAW, SIGNED), steps=3).outcomes(2)
    assert np.array_equal(draws.knowing(margin=0.01)["margin"], draws["margin"])


# --- rankings and splits


def test_rankings_take_the_complexity_of_each_end():
    first, second = ((F(0), F(1)), (F(1), F(0))), ((F(1), F(1, 2)), (F(0), F(2)))
    law = (F(1, 3), F(2, 3))
    draws = RankingWorld(FiniteWorld(law, second), first=first).outcomes(3, exact=True)
    assert draws["rademacher_first"] == complexity(first, law, 3)
    assert draws["rademacher_second"] == complexity(second, law, 3)
    assert draws["risk"].ravel().tolist() == [F(2, 3), F(1, 3)]  # 1 - 0, 1/2 - 1; 0 - 1, 2 - 0


def test_splits_by_loops():
    rows = ((F(1), F(-1), F(1, 2), F(0)), (F(-1), F(1), F(1), F(1)))
    draws = SplitPopulation(rows, margin="3/4").outcomes(1, exact=True)
    assert draws["n_unlabelled"] == 3
    for t, kept in enumerate(combinations(range(4), 1)):
        rest = [i for i in range(4) if i not in kept]
        for k, row in enumerate(rows):
            assert draws["risk"][t, k] == F(sum(row[i] <= 0 for i in rest), 3)
            assert draws["margin_risk"][t, k] == sum(row[i] < F(3, 4) for i in kept)
    p, total = F(3, 16), F(0)
    for signs in product((-1, 0, 1), repeat=4):
        chance = math.prod((p if s else 1 - 2 * p for s in signs), start=F(1))
        total += chance * max(sum(s * x for s, x in zip(signs, row, strict=True)) for row in rows)
    assert draws["transductive_rademacher"] == (1 + F(1, 3)) * total


# --- machines


@pytest.mark.parametrize("rows", [((1, 0), (0, 1)), ((1, F(-9, 10)), (F(1, 10), F(1, 2)))])
def test_machines_against_a_fine_grid_of_directions(rows):
    law = (F(1, 2), F(1, 2))
    draws = HardMargin(FiniteWorld(law, rows)).outcomes(2)
    points = np.array(rows, float).T
    turns = np.linspace(0, 2 * math.pi, 200_001)
    units = np.stack([np.cos(turns), np.sin(turns)], axis=1)
    for t, counts in enumerate(draws.draws.sample.counts):
        least = (units @ points[counts > 0].T).min(axis=1)
        assert math.isclose(draws["weight_norm"][t, 0], 1 / least.max(), rel_tol=2e-4)
        wrong = points @ units[least.argmax()] <= 1e-4  # the steps are 3e-5 of a radian
        assert math.isclose(draws["risk"][t, 0], wrong.mean())


# --- simulated signs


@pytest.mark.parametrize(("repeats", "centred"), [(1, True), (1, False), (2, True)])
def test_samples_and_signs_together(repeats, centred):
    table = FiniteWorld((F(2, 3), F(1, 3)), ((0, 1), (1, 0), (0, 0)))
    n, expected = 2, defaultdict(F)
    for cells, chance in sequences(table.law, n):
        largest = max(
            sum(p * x for p, x in zip(table.law, row, strict=True))
            - F(sum(row[c] for c in cells), n)
            for row in table.losses
        )
        for signs in product(product((-1, 1), repeat=n), repeat=repeats):
            suprema = [
                max(
                    sum(s * (row[c] - F(centred) / 2) for s, c in zip(once, cells, strict=True))
                    for row in table.losses
                )
                for once in signs
            ]
            average = max(F(0), sum(suprema) / (repeats * n))
            expected[average, largest] += chance / 2 ** (n * repeats)
    draws = SimulatedComplexity(table, repeats, centred).outcomes(n, exact=True)
    found = defaultdict(F)
    for t, weight in enumerate(draws.weights):
        found[draws["monte_carlo_rademacher"][t, 0], draws["supremum"][t, 0]] += weight
    assert dict(found) == dict(expected)


def test_centred_signs_say_nothing_of_theorems_on_losses_as_they_are():
    table = FiniteWorld((F(1, 2), F(1, 2)), ((0, 1), (1, 0)))
    with pytest.raises(NotKnownError, match="centred"):
        SimulatedComplexity(table).outcomes(2)["empirical_second_moment"]
    assert "centred_losses" in SimulatedComplexity(table, centred=False).breaks


# --- facts of finite worlds


def test_the_absolute_complexity_of_classifiers():
    losses = ((F(0), F(1), F(0)), (F(1), F(1), F(0)))
    found = FiniteWorld(LAW, losses).outcomes(3, exact=True)["absolute_rademacher_of_hypotheses"]
    signs = [[1 - 2 * x for x in row] for row in losses]
    assert found == complexity(signs, LAW, 3, absolute=True)


def test_class_facts_of_two_labels():
    draws = FiniteWorld((F(1, 2), F(1, 2)), ((0, 1), (1, 0), (0, 0))).outcomes(2)
    assert (draws["natarajan_dim"], draws["n_classes"], draws["pseudo_dim"]) == (1, 2, 1)
    assert math.isclose(draws["log_covering"](0.1, 20), math.log(3))


# --- theorems

SERVED = [
    *("bartlett_fat", "bartlett_mendelson", "bartlett_mendelson_binary", "breiman_minimum_margin"),
    *("el_yaniv_pechyony", "ensemble_margin", "hard_svm_observed", "koltchinskii_panchenko"),
    *("langford_shawe_taylor", "lipschitz_l1_ball", "lipschitz_l2_ball", "maurer_pontil_uniform"),
    *("minimum_margin", "mohri_margin_empirical", "mohri_margin_uniform", "mohri_pseudo"),
    *("mohri_margin_uniform_empirical", "mohri_multiclass_margin", "mohri_ranking", "natarajan"),
    *("multiclass_frobenius_margin", "multiclass_svm_margin", "pellegrina_vandin"),
    *("rademacher_margin", "rademacher_margin_empirical", "rademacher_margin_uniform"),
    *("rademacher_margin_uniform_empirical", "rademacher_monte_carlo", "svm_margin"),
    *("rademacher_monte_carlo_split", "schapire_freund_bartlett_lee", "shalev_shwartz_l1"),
    *("shalev_shwartz_linear", "shalev_shwartz_svm", "shalev_shwartz_svm_observed"),
    *("shawe_taylor_margin", "surrogate_margin", "transductive_margin", "vector_contraction"),
]


@pytest.mark.parametrize("name", SERVED)
def test_no_theorem_fails_at_any_first_law(name):
    bound = bound_of(catalogue[name])
    rng, scored = np.random.default_rng(3), 0
    for arena in arenas_for(bound, allowance(bound, 0.1), None, (2, 4), {}):
        for theta in list(arena.starts(rng, 2))[:3]:
            found = arena.score(theta)
            assert found.slack <= 1, (arena.label, theta)
            assert found.chance <= 0.1
            scored += 1
        if scored > 60:
            break
    assert scored


def test_a_slack_is_certified_in_fractions():
    """A score of 1 on one cell and -1 on the other: R = p, the smallest sample shows no error."""
    bound = bound_of(catalogue["rademacher_margin"])
    world = ScoreWorld(FiniteWorld((F(3, 5), F(2, 5)), ((1, -1),)))
    n, given = 2, {"margin": 1}
    factor = F(4, 10) / F(math.sqrt(math.log(10) / 4))  # 0 without errors, the complexity is 0
    below, above = scaled(bound, factor * F(999, 1000)), scaled(bound, factor * F(1001, 1000))
    assert certified_chance(below, world, n, F(1, 10), given) == F(9, 25)
    assert certified_chance(above, world, n, F(1, 10), given) == 0


# --- what cannot be


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ScoreWorld(FiniteWorld(LAW, SCORES), margin=0, loss="hinge"), "margin.*; loss"),
        (lambda: VoteWorld(FiniteWorld(LAW, SCORES)), "0 or 1"),
        (lambda: MarginVote(FiniteWorld((1,), ((1,),))), "right on every cell"),
        (lambda: LinearScores(FiniteWorld(LAW, SCORES)), "rows of 3 numbers"),
        (lambda: HardMargin(FiniteWorld((F(1, 2),) * 2, ((1, -1),))), "positive product"),
        (lambda: RankingWorld(FiniteWorld((1,), ((1,),))), "first must have"),
        (lambda: SplitPopulation(((1,),), margin=-1), "2 to 10.*; margin"),
        (lambda: SimulatedComplexity(FiniteWorld((1,), ((2,),)), 0), "repeats.*; losses"),
    ],
)
def test_refusals_name_every_fault(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    "world",
    [
        ScoreWorld(FiniteWorld(LAW, SCORES), margin="1/2"),
        LinearScores(FiniteWorld((1,), ((1,),)), weights=((1,), ("-1/2",))),
        VoteWorld(FiniteWorld(LAW, SIGNED), steps=3),
        HardMargin(ORTHOGONAL),
        RankingWorld(FiniteWorld((1,), ((1,),)), first=((F(0),),)),
        SplitPopulation(SCORES),
        SimulatedComplexity(ORTHOGONAL, 2, False),
    ],
)
def test_worlds_are_rebuilt_from_their_records(world):
    assert world_of(world.to_dict()) == world


@pytest.mark.parametrize("loss", ["zero_one", "ramp"])
def test_conditions_are_checked_before_a_world_is_read(loss):
    world = ScoreWorld(FiniteWorld(LAW, SCORES), loss=loss)
    theorem = bound_of(catalogue["ensemble_margin"])
    from genbounds.referee.regimes import obstacles

    assert "votes_of_signs" in obstacles(theorem, world)
    with pytest.raises(NotKnownError):
        WorldArena(catalogue["rademacher_direct"], world, 2, 0.1).score(None)
