"""Two models on the same points against all sequences, and the theorems that compare them."""

from collections import Counter
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.declaration import bound
from genbounds.generic import normal_quantile, sqrt
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.pairs import PairedModels
from tests.referee.worlds.agreement import agrees, failure

DIFFERENCES = [
    catalogue[name]
    for name in ("risk_difference", "risk_difference_lower", "conditional_difference",
                 "conditional_difference_lower")
]  # fmt: skip
LAWS = [(a, b) for a, b in product(("0", "1/20", "3/10", "1/2", "9/10"), repeat=2)
        if Fraction(a) + Fraction(b) <= 1]  # fmt: skip


def test_all_sequences_of_points():
    world = PairedModels("1/6", "1/2")
    law = dict(zip("12-", (Fraction(1, 6), Fraction(1, 2), Fraction(1, 3)), strict=True))
    wanted: Counter = Counter()
    for points in product("12-", repeat=5):
        wanted[points.count("1"), points.count("2")] += prod(law[x] for x in points)
    draws = world.outcomes(5, exact=True)
    pairs = zip(draws.errors_first_only[:, 0], draws.errors_second_only[:, 0], strict=True)
    assert dict(zip(pairs, draws.weights, strict=True)) == wanted
    assert draws.risk_difference == Fraction(-1, 3)
    assert world.outcomes(5).weights == pytest.approx(draws.weights.astype(float), rel=1e-14)


def test_samples_follow_the_law():
    """15 comparisons, false alarm 2e-11 each."""
    world = PairedModels(0.2, 0.3)
    listed = world.outcomes(4)
    drawn = world.draw(4, 20_000, np.random.Generator(np.random.Philox(7)))
    seen = Counter(zip(drawn.errors_first_only[:, 0], drawn.errors_second_only[:, 0], strict=True))
    pairs = zip(listed.errors_first_only[:, 0], listed.errors_second_only[:, 0], strict=True)
    for pair, p in zip(pairs, listed.weights, strict=True):
        assert agrees(seen.pop(pair, 0), 20_000, p)
    assert not seen


@pytest.mark.parametrize("theorem", DIFFERENCES, ids=lambda b: b.name)
def test_limits_on_the_difference_hold(theorem):
    worst = 0
    for (first, second), n, delta in product(LAWS, (1, 6, 25), (0.05, 0.3)):
        chance = failure(theorem, PairedModels(first, second).outcomes(n), delta)
        assert chance <= delta, (first, second, n, delta)
        worst = max(worst, chance / delta)
    assert worst > 0.2


@pytest.mark.parametrize("shared", ["1/100", "1/5", "1/2"])
def test_the_sign_test_keeps_its_level(shared):
    """Under equal risks P(p-value <= delta) <= delta; p-values are compared, not risks."""
    draws = PairedModels(shared, shared).outcomes(30)
    p_values = catalogue["sign_test"](
        errors_first_only=draws.errors_first_only, errors_second_only=draws.errors_second_only
    )
    for delta in (0.01, 0.05, 0.2):
        assert draws.chance(p_values <= delta) <= delta
    one_sided = p_values / 2  # the smaller tail is no p-value for both sides
    assert shared == "1/100" or draws.chance(one_sided <= 0.05) > 0.05


@bound(catalogue["risk_difference"].claim, source="McNemar1947")
def plug_in(errors_first_only, errors_second_only, n, delta):
    """The difference of the frequencies plus z of its standard errors."""
    difference = errors_first_only - errors_second_only
    spread = errors_first_only + errors_second_only - difference**2 / n
    return (difference + normal_quantile(delta) * sqrt(spread)) / n


def test_the_plug_in_interval_fails():
    """If none of 10 points tells the models apart it claims that they are equal."""
    draws = PairedModels("1/20", 0).outcomes(10)
    assert failure(plug_in, draws, 0.05) == pytest.approx((19 / 20) ** 10)


def test_bad_parameters():
    with pytest.raises(ValueError, match=r"first_only must be .*second_only must be"):
        PairedModels(-1, "x")
    with pytest.raises(ValueError, match="at most 1"):
        PairedModels(0.6, 0.5)


def test_json():
    assert world_of(PairedModels(0.25, "1/3").to_dict()) == PairedModels("1/4", "1/3")
