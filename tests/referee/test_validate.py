"""Coverage: equal whatever the workers, and right where the truth is known.

False alarms: a binomial count with known chance is compared at level 1e-11 with the exact binomial
limits, in three tests: at most 6e-11 together. Two verdicts on a mean at level 1e-6 are 50 radii
away from the border. The other tests do not depend on luck.
"""

import math
from fractions import Fraction as F

import pytest

import genbounds as gb
from genbounds.referee.certifying import certified_chance
from genbounds.referee.histograms import Histogram
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.occupancy import AllLabelings, occupancy

COIN = FiniteWorld((F(3, 10), F(7, 10)), ((1, 0),))
RARE = 1e-11


def within(count, trials, chance):
    """Whether a count is within the exact binomial limits of level RARE on each side."""
    low = gb.catalogue["clopper_pearson_lower"](errors=count, n=trials, delta=RARE)
    high = gb.catalogue["clopper_pearson"](errors=count, n=trials, delta=RARE)
    return low <= chance <= high


@pytest.mark.parametrize("name", ["wald", "clopper_pearson"])
def test_the_rate_is_the_exact_chance(name):
    chance = float(certified_chance(gb.catalogue[name], COIN, 10, "0.05", {}))
    found = gb.validate(name, COIN, n=10, trials=100_000, rng=5)
    assert within(found.violations, found.trials, chance)


def test_numbers_do_not_depend_on_the_workers():
    one = gb.validate("wald", COIN, n=10, trials=20_000, rng=1)
    two = gb.validate("wald", COIN, n=10, trials=20_000, rng=1, n_jobs=2)
    assert one.violations == two.violations
    assert (one.ratios.counts == two.ratios.counts).all()
    assert one.margins.most == two.margins.most


def test_more_trials_begin_with_the_same_blocks():
    few = gb.validate("wald", COIN, n=10, trials=4096, rng=1)
    many = gb.validate("wald", COIN, n=10, trials=8192, rng=1)
    assert few.violations <= many.violations <= few.violations + 4096


def test_verdicts():
    assert gb.validate("wald", COIN, n=10, trials=20_000, rng=0).verdict == "refuted"
    assert gb.validate("hoeffding", COIN, n=10, trials=20_000, rng=0).verdict == "consistent"
    assert gb.validate("wald", COIN, n=10, trials=10, rng=0).verdict == "undecided"


def test_tightness_is_the_quantile_of_the_ratio():
    """In this world the ratio takes 11 values: that of k errors has the chance of k errors."""
    found = gb.validate("hoeffding", COIN, n=10, trials=100_000, delta=0.2, rng=2)
    radius = gb.catalogue["hoeffding"].gap(n=10, delta=0.2)
    low, high = found.tightness
    assert low - 1e-12 <= (0.3 - 0.2) / radius <= high + 1e-12  # P(k <= 1) < .2 < P(k <= 2)
    assert found.margins.least == pytest.approx(radius - 0.3)


def test_all_labelings_against_the_occupancy_law():
    chances = dict(occupancy(4, 5))
    assert sum(chances.values()) == 1
    assert chances[1] == F(5, 5**4)
    assert chances[4] == F(5 * 4 * 3 * 2, 5**4)
    found = gb.validate("finite_hoeffding", AllLabelings(5), n=4, trials=50_000, delta=0.5, rng=3)
    radius = math.sqrt((5 * math.log(2) + math.log(2)) / 8)
    expected = float(sum(p for k, p in chances.items() if 1 - k / 5 > radius))
    assert 0 < expected < 1
    assert within(found.violations, found.trials, expected)


def test_histograms_merge():
    import numpy as np

    values = np.array([-5.0, 0.1, 0.1, 0.5, 1.5, np.inf])
    whole = Histogram.of(values)
    parts = Histogram.of(values[:3]).merged(Histogram.of(values[3:]))
    assert (whole.counts == parts.counts).all() and whole[1:] == parts[1:]
    low, high = whole.quantile(0.5)
    assert low <= 0.5 <= high and high - low < 1e-3


@pytest.mark.parametrize(
    ("given", "words"),
    [({"delta": 0}, "delta must be in"), ({"level": 1}, "level must be in"),
     ({"trials": 0}, "trials"), ({"n": 0}, "n must be")],
)  # fmt: skip
def test_wrong_arguments_are_named(given, words):
    with pytest.raises(ValueError, match=words):
        gb.validate("hoeffding", COIN, **{"n": 5, "trials": 10} | given)


def test_a_world_in_ten_lines():
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class Dice(gb.World):
        """A die that shows six with a known probability."""

        risk: float = 1 / 6

        def draw(self, n, trials, rng):
            return gb.Draws(n, errors=rng.binomial(n, self.risk, size=(trials, 1)), risk=self.risk)

    found = gb.validate("clopper_pearson", Dice(), n=20, trials=20_000, delta=0.2)
    assert found.verdict == "consistent"
    assert found.rate <= 0.2


def test_a_claim_on_average_is_estimated():
    """All labelings of 5 points, n = 3: E sup is the mean unseen mass, (4/5)^3."""
    found = gb.validate("expected_supremum", AllLabelings(5), n=3, trials=40_000, rademacher=0.2)
    low, high = found.interval
    assert low <= 0.8**3 - 0.4 <= high
    assert found.verdict == "refuted"  # twice .2 is not above .512
    held = gb.validate("expected_supremum", AllLabelings(5), n=3, trials=20_000, rademacher=0.4)
    assert held.verdict == "consistent"
