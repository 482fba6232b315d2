"""The best of several models against all tables of errors, and what it does to limits."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.referee.readings import chance_beyond, ratios
from genbounds.referee.worlds.adaptive import BestOf
from genbounds.referee.worlds.base import world_of
from tests.referee.worlds.agreement import failure, sampled_like

THIRD = Fraction(1, 3)


@pytest.mark.parametrize(("n", "models"), [(1, 1), (1, 4), (3, 3), (5, 2)])
def test_the_law_of_the_fewest_errors(n, models):
    law = [Fraction(0)] * (n + 1)
    for table in product(product((0, 1), repeat=n), repeat=models):
        wrong = sum(map(sum, table))
        law[min(map(sum, table))] += THIRD**wrong * (1 - THIRD) ** (n * models - wrong)
    world = BestOf(THIRD, models)
    assert world.outcomes(n, exact=True).weights.tolist() == law
    assert world.outcomes(n).weights == pytest.approx(np.array(law, float), rel=1e-12)


def test_the_facts():
    draws = BestOf(THIRD, 7).outcomes(4)
    assert (draws.n_hypotheses, draws.n) == (7, 4)
    assert draws.risk == pytest.approx(1 / 3)
    assert draws.empirical_risk[:, 0].tolist() == [0, 0.25, 0.5, 0.75, 1]


def test_samples_follow_the_law():
    """11 comparisons, false alarm 2e-11 each."""
    rng = np.random.Generator(np.random.Philox(6))
    assert sampled_like(BestOf(0.4, 5).draw(10, 20_000, rng), BestOf(0.4, 5).outcomes(10), "errors")


@pytest.mark.parametrize("name", ["hoeffding", "chernoff", "clopper_pearson"])
@pytest.mark.parametrize("models", [8, 20])
def test_a_limit_for_one_model_fails_for_the_best(name, models):
    theorem = catalogue[name]
    risks = [Fraction(i, 50) for i in range(1, 50)]
    worst = max(failure(theorem, BestOf(p, models).outcomes(40), 0.05) for p in risks)
    alone = max(failure(theorem, BestOf(p, 1).outcomes(40), 0.05) for p in risks)
    assert alone <= 0.05 < worst


@pytest.mark.parametrize("name", ["clopper_pearson_several", "hoeffding_several"])
def test_limits_for_several_models_hold(name):
    theorem = catalogue[name]
    for models, p in product((1, 3, 20), range(1, 20)):
        draws = BestOf(Fraction(p, 20), models).outcomes(40)
        chance = failure(theorem, draws, 0.05)
        assert chance <= 0.05
        read = chance_beyond(theorem, draws, ratios(theorem, draws, 0.05))
        assert read == pytest.approx(chance, rel=1e-9)


def test_the_limit_for_several_is_nearly_attained():
    """1 - (1 - delta/M)^M = 0.0488 where the risk is just above the limit for no errors."""
    risk = 1 - (0.05 / 20) ** (1 / 40) + 1e-9
    chance = failure(catalogue["clopper_pearson_several"], BestOf(risk, 20).outcomes(40), 0.05)
    assert chance == pytest.approx(1 - (1 - 0.05 / 20) ** 20, rel=1e-6)


def test_the_best_of_two_recomputed_by_hand():
    """n = 1, delta 0.3, risk 3/4: without an error the limit is 0.7, so one model fails with 1/4.

    The better of two is without an error with probability 1 - (3/4)^2 = 7/16.
    """
    theorem = catalogue["clopper_pearson"]
    assert failure(theorem, BestOf("3/4", 1).outcomes(1), 0.3) == pytest.approx(1 / 4)
    assert failure(theorem, BestOf("3/4", 2).outcomes(1), 0.3) == pytest.approx(7 / 16)


def test_bad_parameters():
    with pytest.raises(ValueError, match=r"risk must be in .*n_hypotheses must be an integer"):
        BestOf(risk=2, n_hypotheses=0)


def test_json():
    assert world_of(BestOf(0.1, 3).to_dict()) == BestOf("1/10", 3)
