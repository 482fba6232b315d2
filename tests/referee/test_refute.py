"""Refutation: what is false is refuted with an exact number, what is proved is not."""

from fractions import Fraction as F
from itertools import product
from math import comb, log, sqrt

import pytest

import genbounds as gb
from genbounds.claims import Claim
from genbounds.referee.certifying import certified_chance
from genbounds.referee.worlds.finite import FiniteWorld

COIN = FiniteWorld((F(3, 10), F(7, 10)), ((1, 0),))


def coin_chance(p, n, fails):
    """P(fails(k)) for k errors among n, by the binomial sum."""
    return sum(F(comb(n, k)) * p**k * (1 - p) ** (n - k) for k in range(n + 1) if fails(k))


def test_the_exact_chance_is_the_binomial_sum():
    def wald(k):
        return k / 10 + 1.6448536269514722 * sqrt(k / 10 * (1 - k / 10) / 10)

    expected = coin_chance(F(3, 10), 10, lambda k: wald(k) < 0.3)
    assert certified_chance(gb.catalogue["wald"], COIN, 10, "0.05", {}) == expected > F(1, 20)


def test_a_claim_for_all_hypotheses_counts_samples_on_which_any_fails():
    losses = ((0, 0, 1), (0, 1, 0), (1, 1, 0))
    law = (F(1, 5), F(2, 5), F(2, 5))
    world, n, delta = FiniteWorld(law, losses), 3, 0.5
    radius = sqrt((log(3) + log(1 / delta)) / (2 * n))
    expected = F(0)
    for cells in product(range(3), repeat=n):
        gaps = [sum(p * x for p, x in zip(law, row, strict=True)) - F(sum(row[c] for c in cells), n)
                for row in losses]  # fmt: skip
        chance = F(1)
        for cell in cells:
            chance *= law[cell]
        expected += chance if max(gaps) > radius else 0
    found = certified_chance(gb.catalogue["finite_hoeffding"], world, n, delta, {})
    assert found == expected > 0


def test_a_tie_counts_for_the_bound():
    """At no error among one the bound is 1 - delta, which p = 1 - delta attains."""
    at_tie = FiniteWorld((F(19, 20), F(1, 20)), ((1, 0),))
    beyond = FiniteWorld((F(951, 1000), F(49, 1000)), ((1, 0),))
    bound = gb.catalogue["clopper_pearson"]
    assert certified_chance(bound, at_tie, 1, "0.05", {}) == 0
    assert certified_chance(bound, beyond, 1, "0.05", {}) == F(49, 1000)


@pytest.mark.parametrize("name", ["wald", "wilson", "jeffreys", "agresti_coull", "wald_lower"])
def test_intervals_that_are_no_guarantee_are_refuted(name):
    found = gb.refute(name, delta=0.05, seconds=10)
    assert found.refuted
    example = found.counterexample
    assert example.probability > F(1, 20)
    law, n = example.world.law, example.n
    p = law[0] if example.world.losses[0][0] == 1 else law[1]
    value = [float(gb.catalogue[name](errors=k, n=n, delta=0.05)) for k in range(n + 1)]
    side = (lambda k: value[k] > p) if name.endswith("lower") else (lambda k: value[k] < p)
    assert coin_chance(p, n, side) == example.probability


@pytest.mark.parametrize(
    "name", ["hoeffding", "chernoff", "clopper_pearson", "okamoto", "bernstein", "maurer_pontil",
             "finite_hoeffding", "vapnik_chervonenkis", "blumer", "rademacher_mohri"],
)  # fmt: skip
def test_proved_bounds_are_not_refuted(name):
    found = gb.refute(name, delta=0.2, n=(1, 2, 3, 5, 8), seconds=15)
    assert found.verdict == "not refuted"
    assert 0 <= found.ratio <= 1


def test_the_worst_ratio_of_an_exact_bound_is_one():
    assert gb.refute("clopper_pearson", delta=0.05, n=(2, 3), seconds=10).ratio > 0.999


def test_a_bound_of_ones_own_is_refereed_by_the_same_call():
    @gb.bound(Claim(), source="a notebook")
    def too_good(empirical_risk, n, delta):
        return empirical_risk + (1 - delta) / (2 * n)

    found = gb.refute(too_good, delta=0.1, seconds=5)
    assert found.refuted
    assert "too_good fails with probability" in str(found)
    assert found.to_dict()["counterexample"]["world"]["world"] == "finite"


def test_a_formula_in_plain_floats_is_refuted_too():
    import math

    @gb.bound(Claim(), source="a notebook")
    def half(empirical_risk, n, delta):
        return empirical_risk + 0.5 * math.sqrt(math.log(1 / delta) / (2 * n))

    world = FiniteWorld((F(1, 2), F(1, 2)), ((1, 0),))
    assert gb.refute(half, delta=0.1, worlds=world, n=3, seconds=5).refuted


@pytest.mark.parametrize(
    ("name", "least"),
    [("clopper_pearson", 1), ("finite_realizable", 1), ("hoeffding", 0.897),
     ("vapnik_chervonenkis", 0.2999), ("chernoff", 1), ("wilson", 1.35)],
)  # fmt: skip
def test_slack_is_as_large_as_known(name, least):
    found = gb.slack(name, delta=0.05, seconds=20)
    assert found.value >= least
    assert F(found.certified) >= F(least) * F(999, 1000)
    assert found.counterexample.probability > F(1, 20)


def test_slack_of_hoeffding_is_that_of_two_tosses():
    """(1 - p)^2 = delta at n = 2: p = 1 - sqrt(delta), over sqrt(ln(1/delta)/4)."""
    expected = (1 - sqrt(0.05)) / sqrt(log(20) / 4)
    assert gb.slack("hoeffding", delta=0.05, n=2).value == pytest.approx(expected, abs=1e-6)


def test_kl_at_zero_errors_needs_all_of_its_radius():
    assert gb.slack("chernoff", delta=0.05, n=1).value == 1.0


@pytest.mark.parametrize("delta", [0, 1, -0.1, 2])
def test_delta_outside_its_range_is_refused(delta):
    with pytest.raises(ValueError, match="delta must be in"):
        gb.refute("hoeffding", delta=delta)


def test_a_rate_without_constants_cannot_be_refuted():
    with pytest.raises(ValueError, match="rate"):
        gb.refute("simon")


def test_both_sides_of_an_additive_bound_are_one_claim():
    found = gb.slack("hoeffding.two_sided", delta=0.05, n=(1, 2, 3), seconds=10)
    # |R - k/2| at n = 2, P(k = 0) + P(k = 2) or one of them above .05, over sqrt(ln 40 / 4)
    assert 0.7 < found.value < 1
    assert gb.refute("hoeffding.two_sided", delta=0.2, n=(1, 2, 5), seconds=5).ratio <= 1


def test_two_theorems_are_tested_by_themselves():
    with pytest.raises(ValueError, match="clopper_pearson_lower and clopper_pearson"):
        gb.refute("clopper_pearson.two_sided")


def test_a_plain_function_with_a_claim_is_enough():
    def narrow(empirical_risk, n, delta):
        return empirical_risk + 1 / (10 * n) + 0 * delta

    narrow.claim = Claim()
    assert gb.refute(narrow, delta=0.1, seconds=5).refuted


def test_what_is_beyond_its_claim_is_refused():
    from genbounds.referee.worlds import BestOf

    with pytest.raises(ValueError, match="scope"):
        gb.refute("clopper_pearson", worlds=BestOf("1/2", 5), n=3)
    assert gb.validate("clopper_pearson", BestOf("1/2", 5), n=5, trials=20_000).verdict == "misused"


def test_sample_sizes_are_tested_where_they_speak():
    found = gb.refute("blumer_sample_size", delta=0.05, seconds=10)
    assert found.verdict == "not refuted" and found.searched.arenas > 0


def test_tails_are_compared_with_exact_chances():
    found = gb.slack("multiplicative_chernoff_lower_tail", n=(3, 5), seconds=5)
    assert 0.5 < found.value <= 1

    @gb.bound(Claim(form="failure_probability"), source="a slide", name="beyond_one")
    def third(risk, n, deviation):
        from genbounds.generic import exp

        return exp(-(n * risk * deviation**2 / 3))

    wrong = gb.refute(third, n=100, seconds=10, worlds=FiniteWorld((".01", ".99"), ((1, 0),)))
    assert wrong.refuted
    row = next(r for r in wrong.counterexample.violations)
    assert row["truth"] > row["value"]
