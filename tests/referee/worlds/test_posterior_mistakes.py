"""PAC-Bayes as people misuse it: each mistake fails in a small world, by exact fractions."""

import math
from fractions import Fraction
from itertools import product

from genbounds import catalogue
from genbounds.claims import Claim
from genbounds.declaration import bound
from genbounds.generic import kl_inverse_lower, kl_inverse_upper, log_ratio, maximum, sqrt
from genbounds.referee.certifying import certified_chance
from genbounds.referee.entrywise import values
from genbounds.referee.regimes import obstacles
from genbounds.referee.worlds.drawn import DrawnHypothesis
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.posteriors import Posteriors
from genbounds.referee.worlds.priors import (
    LearnedPrior,
    PrivatePrior,
)
from genbounds.referee.worlds.watched import WatchedPosteriors

F = Fraction

COIN = FiniteWorld(("1/2", "1/2"), ((1, 0),))
RIGHT_ON_ONE = FiniteWorld(
    ("1/6",) * 6, tuple(tuple(int(i != j) for i in range(6)) for j in range(6))
)
COIN_OR_NOTHING = FiniteWorld(("51/100", "49/100"), ((1, 0), (0, 0)), prior=("9/10", "1/10"))


def false_theorem(formula, **fields):
    """What people claim with ln(1/delta) alone."""
    claim = Claim(**{"scope": "every_posterior", **fields})
    return bound(claim, source="a mistake", given=("prior_before_sample",))(formula)


def both_sides(empirical_risk, kl, n, delta):
    """Catoni's bound and its mirror image, each with the best C for the sample."""
    cost = (kl + log_ratio(1, delta)) / n
    above = kl_inverse_upper(empirical_risk, cost) - empirical_risk
    return empirical_risk + maximum(above, empirical_risk - kl_inverse_lower(empirical_risk, cost))


def linear_both_sides(empirical_risk, kl, n, delta):
    """The bound linear in lambda on both sides, with the best lambda for the sample."""
    return empirical_risk + sqrt((kl + log_ratio(1, delta)) / (2 * n))


def drawn(empirical_risk, log_density_ratio, n, delta):
    """Catoni's bound for one draw, with the best C for the sample."""
    cost = maximum(0, log_density_ratio + log_ratio(1, delta))
    return kl_inverse_upper(empirical_risk, cost / n)


def test_both_sides_with_one_sided_delta():
    """Four tosses of a fair coin: all alike with probability 1/8, and 0.07 was claimed."""
    mistake = false_theorem(both_sides, side="both")
    assert 0.5 > 1 - 0.07 ** (1 / 4)
    assert certified_chance(mistake, Posteriors(COIN), 4, F(7, 100), {}) == F(1, 8)


def test_both_sides_of_the_linear_bound():
    """Three tosses, all alike with probability 1/4: seen at delta 0.23, not at 0.1 or below."""
    mistake = false_theorem(linear_both_sides, side="both")
    assert 0.5 > math.sqrt(math.log(1 / 0.23) / 6)
    assert certified_chance(mistake, Posteriors(COIN), 3, F(23, 100), {}) == F(1, 4)
    for n in range(1, 30):
        assert certified_chance(mistake, Posteriors(COIN), n, F(1, 10), {}) <= F(1, 10)


def test_one_draw_with_ln_one_over_delta():
    """No error: share 0.09/0.49^2 of the coin; one error of two: share 0.09 e^(2 kl(1/2, 0.51))."""
    mistake = false_theorem(drawn, scope="posterior_draw")
    world = DrawnHypothesis(COIN_OR_NOTHING, strength="1/10")
    found = certified_chance(mistake, world, 2, F(1, 10), {})
    lucky, even = F(49, 100) ** 2, 2 * F(51, 100) * F(49, 100)
    share = F(9, 100) / (4 * F(51, 100) * F(49, 100))
    wanted = lucky * (F(9, 100) / lucky) + even * share
    assert wanted == F(135, 1000)
    assert wanted - F(2, 10**6) < found < wanted
    assert found > F(1, 10)


def test_a_prior_that_was_learned_on_the_whole_sample():
    """Two draws of six cells are equal with probability 1/6: the one who knows that cell wins."""
    theorem = catalogue["pac_bayes_kl"]
    assert certified_chance(theorem, LearnedPrior(RIGHT_ON_ONE), 2, F(1, 10), {}) == F(1, 6)
    private = PrivatePrior(Posteriors(RIGHT_ON_ONE), 100, "99/100")
    chosen = F(100**2, 100**2 + 5)  # the winner has no error, the five others two each
    assert certified_chance(theorem, private, 2, F(1, 10), {}) == F(1, 6) * chosen


def test_a_bound_for_fixed_n_is_silent_where_it_is_watched():
    """Looks at n = 1, ..., 8: the probability of any violation, by a loop over all sequences."""
    theorem, coin = catalogue["pac_bayes_kl_lower"], FiniteWorld(("1/10", "9/10"), ((1, 0),))
    world = WatchedPosteriors(Posteriors(coin))
    assert obstacles(theorem, world) == ("time",)
    draws = world.outcomes(8, exact=True)
    facts = {"empirical_risk": draws["empirical_risk"].astype(float), "n": draws["n"].astype(int)}
    watched = draws.chance(values(theorem, {**facts, "kl": 0, "delta": 0.1}) > 0.1 + 1e-12)
    wanted = F(0)
    for losses in product((0, 1), repeat=8):
        if any(too_many(sum(losses[:t]), t) for t in range(1, 9)):
            wanted += F(9, 10) ** losses.count(0) * F(1, 10) ** losses.count(1)
    assert watched == wanted > F(1, 100)


def too_many(errors, n):
    """Whether kl(errors/n, 1/10) exceeds ln(2 sqrt n/0.1)/n from above."""
    kl = 0.0
    for share, p in ((errors / n, 0.1), (1 - errors / n, 0.9)):
        kl += share * math.log(share / p) if share else 0.0
    return errors / n > 0.1 and kl > math.log(2 * math.sqrt(n) / 0.1) / n
