"""Posteriors made by an adversary, drawn weights, chosen priors: their facts against loops."""

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from genbounds.referee.worlds.drawn import DrawnHypothesis
from genbounds.referee.worlds.drawn_weights import DrawnWeight
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.noisy_weights import NoisyWeights
from genbounds.referee.worlds.posteriors import Posteriors
from genbounds.referee.worlds.priors import (
    PrivatePrior,
    SeveralPriors,
)

F = Fraction
THREE_VALUES = FiniteWorld(
    law=("1/5", "1/2", "3/10"), losses=((0, "1/2", 1), (1, "1/4", 0)), prior=("1/4", "3/4")
)

COIN = FiniteWorld(("1/2", "1/2"), ((1, 0),))
RIGHT_ON_ONE = FiniteWorld(
    ("1/6",) * 6, tuple(tuple(int(i != j) for i in range(6)) for j in range(6))
)
COIN_OR_NOTHING = FiniteWorld(("51/100", "49/100"), ((1, 0), (0, 0)), prior=("9/10", "1/10"))


def loops(world, n):
    """Every sequence of n cells with its probability, in fractions."""
    for cells in product(range(len(world.law)), repeat=n):
        yield cells, math.prod((world.law[c] for c in cells), start=F(1))


def row_of(draws, cells):
    """The index of the outcome with these cells."""
    counts = [cells.count(c) for c in range(draws.counts.shape[1])]
    return next(t for t, row in enumerate(draws.counts.tolist()) if row == counts)


def test_the_budget_rule_by_a_loop():
    world = DrawnHypothesis(COIN_OR_NOTHING, strength="1/10")
    draws = world.outcomes(3, exact=True)
    for t, (errors, _) in enumerate(draws.counts.tolist()):
        q, p = errors / 3, 0.51
        if q < p:
            seen = q * math.log(q / p) if q else 0.0
            share = 0.09 * math.exp(3 * (seen + (1 - q) * math.log((1 - q) / (1 - p))))
            assert float(draws["posterior"][t, 0]) == pytest.approx(min(1, share), abs=2e-6)
        assert sum(draws["posterior"][t]) == 1


def test_the_restricted_rule_keeps_the_prior_on_the_largest_deviations():
    world = DrawnHypothesis(RIGHT_ON_ONE, "restricted", denominator=36)
    draws = world.outcomes(2, exact=True)
    for t, counts in enumerate(draws.counts.tolist()):
        seen = [1 - F(c, 2) for c in counts]
        best = [x == min(seen) for x in seen]
        wanted = [F(b, sum(best)) for b in best]
        assert draws["posterior"][t].tolist() == wanted
        assert float(draws["log_density_ratio"][t, best.index(True)]) == pytest.approx(
            math.log(6 / sum(best)), abs=1e-14
        )


def test_a_draw_counts_by_its_share():
    draws = DrawnHypothesis(COIN_OR_NOTHING).outcomes(2, exact=True)
    wanted = sum(
        weight * draws["posterior"][row_of(draws, cells), 0]
        for cells, weight in loops(COIN_OR_NOTHING, 2)
    )
    assert draws.chance(draws["posterior"][:, :1]) == wanted


def test_noise_on_weights_by_simulation():
    """Frequencies of 10^6 draws of weights: each within 6 sigma, so a false alarm has 2e-9 each."""
    world = NoisyWeights(("1/2", "1/2"), (0, "1/3"), directions=3, lengths=(2,))
    draws = world.outcomes(2).knowing(dropout_rate=0.25)
    rng, trials = np.random.default_rng(1), 10**6
    for p, mean in enumerate(world.weights):
        kept = rng.random((trials, 2)) >= 0.25
        weights = mean * kept + rng.standard_normal((trials, 2))
        for j, point in enumerate(world.points):
            seen = np.mean(weights @ point < 0)
            assert abs(seen - draws.losses[p, j]) < 6 * 0.5 / math.sqrt(trials)
    assert draws["kl"] == pytest.approx(0.75 * 4 / 2)


def test_a_weight_is_drawn_from_bins():
    """The mass of each side by erfc; in each bin the density ratio of a middle point is smaller."""
    world = DrawnWeight("4/5", length="3/2", bins=60)
    draws = world.outcomes(3).knowing(prior_variance=4.0)
    assert draws["posterior"].sum(axis=1) == pytest.approx(1, abs=1e-14)
    for t, (ones, _) in enumerate(draws.draws.counts.tolist()):
        sign = -1 if ones / 3 < 0.8 else 1  # the negative weight errs on the label 1
        negative = math.erfc(1.5 * sign / math.sqrt(2)) / 2
        assert draws["posterior"][t, :60].sum() == pytest.approx(negative, rel=1e-12)
        assert set(draws["empirical_risk"][t, :60]) == {ones / 3}
        assert draws["risk"][0, 60:] == pytest.approx(0.2)
        for k in range(1, 119):
            middle, mean = draws.ends[k : k + 2].mean() * 2, 1.5 * sign * 2
            ratio = (middle**2 - (middle - mean) ** 2) / 8
            told = draws["squared_distance_drawn"][t, k] - draws["squared_noise"][t, k]
            assert ratio < told / 8


def test_signed_margins_give_the_empirical_risk():
    draws = NoisyWeights(("1/2", "1/2"), (0, "1/3"), directions=3, lengths=(2,)).outcomes(3)
    for (t, p), margins in np.ndenumerate(draws["signed_margins"]):
        noisy = [math.erfc(2 * m / math.sqrt(2)) / 2 for m in margins]
        assert draws["empirical_risk"][t, p] == pytest.approx(sum(noisy) / 3, abs=1e-14)


def test_the_private_choice_is_private():
    """Neighbouring samples: no choice becomes more than e^epsilon times as likely."""
    world = PrivatePrior(Posteriors(RIGHT_ON_ONE), "3/2")
    draws = world.outcomes(3, exact=True)
    counts, chances = draws.draws.counts.tolist(), draws._chances
    limit, most = F(9, 4), F(0)
    for a, first in zip(counts, chances, strict=True):
        for b, second in zip(counts, chances, strict=True):
            if sum(abs(x - y) for x, y in zip(a, b, strict=True)) == 2:
                most = max(most, *(x / y for x, y in zip(first, second, strict=True)))
    assert 1 < most <= limit
    assert float(draws["privacy_epsilon"]) == pytest.approx(math.log(limit))


def test_each_prior_prices_each_posterior():
    world = SeveralPriors(Posteriors(THREE_VALUES, resolution=2), "4/5")
    draws = world.outcomes(1)
    for k, (q, j) in enumerate(product(world.posteriors.posteriors, (1, 2))):
        prior = (F(4, 5), F(1, 5)) if j == 1 else (F(1, 5), F(4, 5))
        wanted = sum(float(a) * math.log(a / b) for a, b in zip(q, prior, strict=True) if a)
        assert draws["prior_index"][0, k] == j
        assert draws["kl"][0, k] == pytest.approx(wanted, abs=1e-15)
