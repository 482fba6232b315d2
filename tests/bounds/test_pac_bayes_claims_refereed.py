"""PAC-Bayes under attack: what the answers claim, what an estimate pays, what must be fixed."""

import math

import numpy as np
import pytest

import genbounds as gb

catalogue = gb.catalogue

# --- what an answer says


@pytest.mark.parametrize(("name", "facts", "end"), [
    ("split_kl", {"positive_part": 0.9, "negative_part": 0.1, "split_point": 0.5,
                  "lowest_loss": -1, "highest_loss": 3}, 3),
    ("unexpected_bernstein", {"empirical_risk": 0.9, "second_moment": 1, "upper_loss": 5,
                              "bernstein_gamma": 0.1}, 5),
])  # fmt: skip
def test_the_trivial_value_is_the_largest_loss(name, facts, end):
    """A risk may exceed 1 where losses do: 1 is no value that holds without data."""
    found = gb.answer(name, **facts, n=50, delta=0.05)
    assert 1 < found.value == found.raw < end
    assert not found.vacuous
    assert "VACUOUS" not in found.sentence
    empty = gb.answer(name, **facts, n=1, delta=1e-6)
    assert empty.value == pytest.approx(end)
    assert empty.vacuous


def test_a_negative_risk_is_not_cut_at_zero():
    found = gb.answer("split_kl", positive_part=0.1, negative_part=0.4, split_point=0,
                      lowest_loss=-1, highest_loss=1, n=5000, delta=0.05)  # fmt: skip
    assert found.value == found.raw < 0


def test_a_gap_of_sub_gaussian_losses_has_no_trivial_value():
    found = gb.answer("chugg", kl=10, inverse_temperatures=[0.1] * 20, variance_proxy=4, delta=0.05)
    assert found.value == found.raw > 1
    assert not found.vacuous


def test_bennett_from_below_needs_losses_near_their_mean_above_too():
    """R = .01: no loss is further below than .01, and one in a hundred is .99 above."""
    facts = {"variance": 0.0099, "upper_loss": 0.01, "bernstein_gamma": 100, "kl": 0, "n": 1}
    low, _ = catalogue["pac_bayes_bennett"].two_sided(empirical_risk=1, delta=0.005, **facts)
    assert low > 0.01  # with probability .01 > delta
    assert any("further above" in text for text in catalogue["pac_bayes_bennett"].conditions)


def test_a_draw_is_part_of_what_is_random():
    assert "over the sample and the draw" in catalogue["rivasplata"].claim.sentence
    assert "and the draw" not in catalogue["pac_bayes_kl"].claim.sentence


# --- an empirical risk that is drawn


@pytest.mark.parametrize("side", ["upper", "lower", "both"])
@pytest.mark.parametrize("draws", [1, 5, 30])
def test_draws_miss_the_mean_as_seldom_as_they_say(side, draws):
    for delta in (0.05, 0.5):
        ends = [gb.monte_carlo_risk(k / draws, draws, delta=delta, side=side)
                for k in range(draws + 1)]  # fmt: skip
        for p in np.linspace(0, 1, 21):
            missed = sum(
                math.comb(draws, k) * p**k * (1 - p) ** (draws - k)
                for k, found in enumerate(ends)
                if not found.lower <= p <= found.upper
            )
            assert missed <= delta


@pytest.mark.parametrize(("name", "extra", "paid"), [
    ("pac_bayes_kl", {}, 0.04),
    ("mcallester", {}, 0.04),
    ("alquier", {"inverse_temperature": 100}, 0.015),
])  # fmt: skip
def test_what_the_draws_cost(name, extra, paid):
    """One event: delta less that of the draws; two events: half of delta less that."""
    bound = catalogue[name]
    drawn = gb.monte_carlo_risk(0.02, 1000, delta=0.01)
    facts = {"kl": 5, "n": 1000, **extra}
    low, high = bound.two_sided(empirical_risk=drawn, delta=0.05, **facts)
    assert high == bound(empirical_risk=drawn.upper, delta=paid, **facts)
    if bound.additive:
        assert low == drawn.lower - bound.gap(delta=paid, **facts)
    else:
        partner = catalogue[f"{name}_lower"]
        assert low == partner(empirical_risk=drawn.lower, delta=paid, **facts)


def test_an_estimate_of_kl_enters_at_its_upper_end_on_both_sides():
    estimate = gb.Estimate(3, 6, 0.01, "drawn")
    facts = {"empirical_risk": 0.1, "n": 1000}
    for name in ("pac_bayes_kl", "pac_bayes_kl_lower", "rivasplata"):
        divergence = "log_density_ratio" if name == "rivasplata" else "kl"
        found = catalogue[name](delta=0.05, **{divergence: estimate}, **facts)
        assert found == catalogue[name](delta=0.04, **{divergence: 6}, **facts)


@pytest.mark.parametrize("name", ["pac_bayes_kl", "mcallester"])
def test_an_upper_end_alone_makes_no_interval(name):
    drawn = gb.monte_carlo_risk(0.02, 1000, delta=0.01, side="upper")
    with pytest.raises(ValueError, match="empirical_risk: an estimate with ends"):
        catalogue[name].two_sided(empirical_risk=drawn, kl=5, n=1000, delta=0.05)


# --- what belongs to the prior


@pytest.mark.parametrize(("name", "parameter", "facts"), [
    ("mcallester_dropout", "dropout_rate", {"squared_norm": 300, "inverse_temperature": 2}),
    ("viallard_gaussian", "prior_variance", {"squared_distance": 3, "n_priors": 1}),
    ("rivasplata_gaussian", "prior_variance",
     {"squared_distance_drawn": 3, "squared_noise": 1, "n_priors": 1}),
])  # fmt: skip
def test_a_parameter_of_the_prior_is_not_solved_for(name, parameter, facts):
    with pytest.raises(ValueError, match="fixed before the sample"):
        gb.solve(name, parameter, target=0.5, empirical_risk=0.1, n=1000, delta=0.05, **facts)
    assert any(parameter in text for text in catalogue[name].conditions)


def test_the_priors_of_a_family_are_fixed_and_the_choice_is_not():
    for name in ("dziugaite_roy", "dziugaite_roy_excess", "viallard_gaussian"):
        assert any("which of them" in text for text in catalogue[name].conditions)


def test_dropout_states_its_posterior():
    assert any("drops each weight" in text for text in catalogue["mcallester_dropout"].conditions)


@pytest.mark.parametrize("bits", [1, 1.5, np.float64(1), np.array([5.0, 1.0]), math.inf])
def test_a_prior_of_total_weight_above_one_is_refused(bits):
    with pytest.raises(ValueError, match="bits must be"):
        gb.compression_kl(bits)


# --- questions


@pytest.mark.parametrize("facts", [
    {"bits": 50, "empirical_risk": 0.1}, {"vc_dim": 3, "errors": 0},
    {"n_hypotheses": 5, "errors": 9},
])  # fmt: skip
def test_gibbs_risks_are_not_ranked_with_those_of_hypotheses(facts):
    found = gb.risk(n=1000, delta=0.05, **facts)
    scopes = {answer.claim.scope for answer in found.answers}
    assert not scopes & {"every_posterior", "posterior_draw"}


@pytest.mark.parametrize("facts", [{"kl": 5}, {"kl": 5, "n_hypotheses": 7}])
def test_a_divergence_asks_for_a_bound_by_name(facts):
    with pytest.raises(ValueError, match="kl belongs to bounds on posteriors"):
        gb.risk(empirical_risk=0.1, n=1000, delta=0.05, **facts)
