"""What a sceptical reader found in the referee, each a test of its own."""

from dataclasses import dataclass
from fractions import Fraction as F
from itertools import product

import numpy as np
import pytest

import genbounds as gb
from genbounds.claims import FIXED, Claim
from genbounds.generic import log_ratio, maximum, sqrt
from genbounds.referee.certifying import certified_chance
from genbounds.referee.worlds import AllLabelings, DrawnHypothesis, Drift, ThresholdsWorld

COIN = gb.FiniteWorld(("1/10", "9/10"), ((1, 0),))


def test_a_bound_of_ones_own_travels_whole_even_under_a_known_name():
    @gb.bound(FIXED, source="a notebook")
    def hoeffding(empirical_risk, n, delta):
        return empirical_risk + 0 * delta

    here = gb.validate(hoeffding, COIN, n=5, trials=20_000)
    there = gb.validate(hoeffding, COIN, n=5, trials=20_000, n_jobs=2)
    assert here.violations == there.violations > 0


def test_a_labeling_chosen_on_the_sample_is_no_fixed_hypothesis():
    for name in ("hoeffding", "clopper_pearson", "chernoff_tail", "rule_of_three"):
        with pytest.raises(ValueError, match="fixed before the sample"):
            gb.refute(name, worlds=AllLabelings(8), n=3)


def test_what_the_world_knows_is_not_the_users_to_say():
    cube = gb.FiniteWorld(("1/3",) * 3, tuple(product((0, 1), repeat=3)))
    with pytest.raises(ValueError, match="takes no n_hypotheses"):
        gb.refute("finite_hoeffding", worlds=cube, n=3, n_hypotheses=1)
    with pytest.raises(ValueError, match="knows its log_cardinality"):
        gb.refute("finite_hoeffding", worlds=cube, n=3, log_cardinality=0)
    with pytest.raises(ValueError, match="knows its errors"):
        gb.validate("clopper_pearson", COIN, n=20, errors=0)
    with pytest.raises(ValueError, match="takes no Delta"):
        gb.refute("wald", worlds=COIN, n=3, Delta=0.1)


@pytest.mark.parametrize("shape", [(1,), (10_000,), (1, 1), (7, 1)])
def test_draws_of_a_wrong_shape_are_refused(shape):
    @dataclass(frozen=True)
    class Wrong(gb.World):
        def draw(self, n, trials, rng):
            size = (trials,) if shape == (10_000,) else shape
            return gb.Draws(n, errors=rng.binomial(n, 0.3, size=size), risk=0.3)

    with pytest.raises(ValueError, match=r"shape|row for each"):
        gb.validate("wald", Wrong(), n=5)


@pytest.mark.parametrize(
    ("weights", "words"),
    [((0.7, 0.3), "floats prove nothing"), ((F(2), F(7, 10)), "add up to 1"),
     ((F(3, 2), F(-1, 2)), "add up to 1")],
)  # fmt: skip
def test_a_proof_needs_probabilities(weights, words):
    @dataclass(frozen=True)
    class Loaded(gb.World):
        def outcomes(self, n, exact=False):
            return gb.Draws(n, np.array(weights, object), errors=np.array([[0], [n]]), risk=F(1, 2))

    with pytest.raises(ValueError, match=words):
        certified_chance(gb.catalogue["wald"], Loaded(), 3, "0.05", {})


def test_massarts_lemma_is_about_two_values():
    with pytest.raises(ValueError, match="binary_values"):
        gb.refute("massart_binary", worlds=gb.FiniteWorld((1,), ((3,), (-1,))), n=1)


def test_a_mean_of_cut_values_refutes_nothing():
    @gb.bound(Claim(surely="expectation"), source="a notebook")
    def in_expectation(empirical_risk):
        return 4 * maximum(empirical_risk - 0.5, 0 * empirical_risk)

    world = gb.FiniteWorld((".6", ".4"), ((1, 0),))
    assert gb.validate(in_expectation, world, n=2, trials=20_000).verdict == "undecided"
    assert not gb.refute(in_expectation, worlds=world, n=2).refuted


def test_ties_in_floats_count_for_the_bound():
    @gb.bound(FIXED, source="a notebook")
    def three_tenths(empirical_risk, delta):
        return 0 * empirical_risk + 0 * delta + 0.3

    world = gb.FiniteWorld(("1/10", "2/10", "7/10"), ((1, 1, 0),))
    assert gb.validate(three_tenths, world, n=10).violations == 0


def test_the_risk_at_the_end_of_a_drift_is_nobodys_claim():
    with pytest.raises(ValueError, match="data"):
        gb.refute("mcdiarmid", worlds=Drift((0, 1), last=True), n=10)


def test_the_hypothesis_that_is_meant_exists_and_was_fixed():
    with pytest.raises(ValueError, match="hypothesis must be"):
        gb.validate("wald", ThresholdsWorld(noise=0.1), n=10, hypothesis=99)
    with pytest.raises(ValueError, match="hypothesis must be"):
        gb.validate("wald", ThresholdsWorld(noise=0.1), n=10, hypothesis=5)
    with pytest.raises(ValueError, match="hypothesis must be an integer"):
        gb.validate("wald", COIN, n=10, hypothesis=1.5)


def test_values_on_the_wrong_side_of_everything_are_violations():
    @gb.bound(FIXED, source="a notebook")
    def below_all(empirical_risk, delta):
        return empirical_risk + 0 * delta - float("inf")

    assert gb.validate(below_all, COIN, n=5, trials=100).violations == 100

    @gb.bound(FIXED, source="a notebook")
    def nothing(empirical_risk, delta):
        return empirical_risk * float("nan") + delta

    with pytest.raises(ValueError, match="no number"):
        gb.validate(nothing, COIN, n=5, trials=100)


def test_the_ratio_of_a_drawn_hypothesis_is_its_own():
    @gb.bound(Claim(scope="posterior_draw"), source="a notebook")
    def drawn(empirical_risk, log_density_ratio, n, delta):
        budget = maximum(log_density_ratio + log_ratio(1, delta), 0 * n)
        return empirical_risk + sqrt(budget / (30 * n))

    world = DrawnHypothesis(
        gb.FiniteWorld(("1/2", "1/2"), ((1, 0), (0, 0)), prior=("9/10", "1/10")),
        strength="1/20",
    )
    found = gb.validate(drawn, world, n=5, delta=0.1)
    assert found.rate < 0.1
    assert found.tightness[1] <= 1


@pytest.mark.parametrize(
    ("claim", "formula"),
    [
        (Claim(quantity="gap", loss="bounded"),
         lambda n, delta: sqrt(log_ratio(1, delta) / (2 * n))),
        (Claim(quantity="rademacher", scope="the_class"),
         lambda empirical_rademacher, n, delta: empirical_rademacher
         + sqrt(log_ratio(1, delta) / (16 * n))),
        (Claim(scope="every_posterior"),
         lambda empirical_risk, kl, n, delta: empirical_risk
         + sqrt(log_ratio(1, delta) / (2 * n)) + 0 * kl),
        (Claim(scope="every_hypothesis"),
         lambda empirical_risk, log_cardinality, n, delta: empirical_risk
         + sqrt((log_cardinality / 2 + log_ratio(1, delta)) / (2 * n))),
    ],
    ids=["a range forgotten", "a complexity too close", "no KL", "half of ln K"],
)  # fmt: skip
def test_false_theorems_that_a_simple_world_refutes(claim, formula):
    assert gb.refute(gb.Bound(formula, claim, source="a slide", name="slip"), seconds=20).refuted


def test_a_path_is_watched_as_long_as_asked():
    @gb.bound(FIXED._replace(time="every_n", data="martingale"), source="a slide")
    def two_sided_once(empirical_risk, n, delta):
        return empirical_risk + sqrt(log_ratio(2, delta) / (2 * n))

    found = gb.refute(two_sided_once, n=300, seconds=20, delta=0.2)
    assert found.searched.arenas > 0


def test_sizes_that_do_not_fit_are_left_out():
    small = gb.referee.world_of({"world": "population", "parameters": {"losses": [1, 0, 0, 0]}})
    assert gb.refute("hypergeometric", worlds=small, seconds=5).verdict == "not refuted"


def test_a_formula_of_numpys_is_refuted_in_floats():
    @gb.bound(FIXED, source="a notebook")
    def sharp(empirical_risk, n, delta):
        return empirical_risk + np.sqrt(np.log(1 / delta) / (20 * n))

    assert gb.refute(sharp, seconds=10).refuted


def test_exact_deltas_stay_exact():
    found = gb.refute("wald", delta=F(1, 3), worlds=COIN, n=np.int64(5))
    assert found.counterexample.delta == F(1, 3)
    import json

    json.dumps(found.to_dict())


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"worlds": []}, "worlds must be"), ({"worlds": "coin"}, "worlds must be"),
        ({"worlds": {}}, "worlds must be"), ({"n": []}, "at least one"), ({"n": 1.5}, "n must be"),
        ({"n": "5"}, "n must be"), ({"n": 0}, "n must be"), ({"delta": "x"}, "delta must be"),
        ({"delta": None}, "delta must be"), ({"seconds": "3"}, "seconds must be"),
        ({"seconds": float("nan")}, "seconds must be"), ({"rng": 1.5}, "rng"),
    ],
)  # fmt: skip
def test_wrong_questions_are_one_clear_error(given, words):
    with pytest.raises(ValueError, match=words):
        gb.refute("wald", **given)


def test_a_claim_in_words_is_no_claim():
    def formula(n, delta):
        return delta / n

    formula.claim = "risk"
    with pytest.raises(ValueError, match="function with a claim"):
        gb.refute(formula)


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: gb.FiniteWorld((float("inf"), 1), ((1, 0),)), "finite numbers"),
        (lambda: gb.FiniteWorld(None, ((1, 0),)), "finite numbers"),
        (lambda: gb.validate("hoeffding", None, n=5), "worlds must be"),
        (lambda: gb.validate("hoeffding", COIN, n=5, n_jobs="5"), "n_jobs must be"),
        (lambda: gb.referee.world_of("thresholds"), "names it and its parameters"),
        (lambda: gb.referee.world_of({"world": "thresholds"}), "names it and its parameters"),
        (lambda: gb.referee.world_of({"world": "paths", "parameters": {"x": 1}}), "has no x"),
        (lambda: gb.refute(
            "occam_hoeffding", n=3,
            worlds=gb.FiniteWorld(("1/5", "4/5"), ((1, 0), (0, 1)), prior=(0, 1)),
        ), "prior of 0"),
    ],
)  # fmt: skip
def test_what_is_no_world_is_one_clear_error(ask, words):
    with pytest.raises(ValueError, match=words):
        ask()
