"""The verdict: the number, how sure, and the other end by a theorem that exists."""

import re

import pytest
from scipy import stats

import genbounds as gb
from genbounds.explanation import explain
from genbounds.explanation.verdict import percent
from tests.catalogue.draws import NUMBERED, points

TEST_SET = {"errors": 192, "n": 600, "delta": 0.025}


def test_errors_are_shares_in_percent_and_the_partner_gives_the_other_end():
    text = explain("clopper_pearson", **TEST_SET).verdict
    upper = stats.beta.ppf(0.975, 193, 408)
    lower = stats.beta.ppf(0.025, 192, 409)
    assert upper == pytest.approx(0.35898, abs=1e-5)
    assert text.startswith(
        "With probability at least 97.5%, the true error rate is at most 0.359 (35.9%)"
    )
    shown = float(re.search(r"cannot claim less than (0\.\d+)", text)[1])
    assert 0 <= lower - shown < 1e-4
    assert "clopper_pearson_lower, delta = 0.025" in text
    assert "Both hold together with probability at least 95%." in text


def test_from_a_lower_bound_the_partner_is_the_upper_one():
    text = explain("clopper_pearson_lower", **TEST_SET).verdict
    assert "You cannot claim more than 0.359 (35.9%)" in text
    assert "(clopper_pearson, delta = 0.025)" in text


def test_an_additive_bound_is_mirrored():
    text = explain("hoeffding", empirical_risk=0.1, n=1000, delta=0.05).verdict
    assert "You cannot claim less than 0.06129" in text  # 0.1 - 0.0387023
    assert "hoeffding for the loss 1 - l" in text


def test_a_number_that_is_not_proved_has_no_mirror():
    """m^d is below the Sauer sum at d = 1: what rests on it is no guarantee from either end."""
    facts = {"empirical_risk": 0.5, "n": 10**6, "vc_dim": 1, "delta": 0.05}
    assert "cannot claim less than 0.4" in explain("vapnik_chervonenkis", **facts).verdict
    text = explain("vapnik_chervonenkis", growth="polynomial", **facts).verdict
    assert "not proved" in text
    assert "cannot claim less than the observed 0.5 by it" in text


def test_one_event_is_one_delta():
    text = explain("normal_mixture", empirical_risk=0.1, n=1000, mixture_rho=10, delta=0.05).verdict
    assert "Both hold on the same event: one delta pays for them." in text
    assert "Both hold together" not in text


def test_where_the_mirror_is_empty_the_form_of_the_bound_is_the_other_end():
    text = explain("hoeffding", empirical_risk=0.01, n=100, delta=0.05).verdict
    assert "You cannot claim less than the observed 0.01 by it, whatever the sample size" in text


def test_a_partner_that_says_nothing_is_not_used():
    text = explain("clopper_pearson", errors=0, n=100, delta=0.05).verdict
    assert "clopper_pearson_lower says nothing here" in text
    assert "cannot claim" not in text


def test_without_a_partner_nothing_is_invented():
    text = explain("finite_realizable", n_hypotheses=100, n=1000, delta=0.05).verdict
    assert "cannot claim" not in text
    assert "other side" not in text


def test_vacuous_is_said_first_and_what_would_help_last():
    text = explain("hoeffding", empirical_risk=0.4, n=3, delta=0.05).verdict
    assert text.startswith("VACUOUS")
    assert "It would say something from n = 5 on" in text
    value = gb.catalogue["hoeffding"](empirical_risk=0.4, n=5, delta=0.05)
    assert value < 1 <= gb.catalogue["hoeffding"](empirical_risk=0.4, n=4, delta=0.05)


def test_silence_is_plain():
    text = explain("langford_seeger", empirical_risk=0.1, kl=5, n=1, delta=0.05).verdict
    assert text == "The theorem is silent here, it needs n >= 2: nothing is claimed."


def test_what_is_no_guarantee_has_no_other_end():
    text = explain("wald", **TEST_SET).verdict
    assert text.startswith("Approximately (not a guarantee)")
    assert "cannot claim" not in text


def test_two_sides_at_once_need_no_other_end():
    text = explain("clopper_pearson.two_sided", **TEST_SET).verdict
    assert "lies between" in text
    assert "cannot claim" not in text


def test_without_numbers_the_claim_is_the_verdict():
    found = explain("hoeffding", n=1000)
    assert found.verdict == gb.catalogue["hoeffding"].claim.sentence
    assert found.missing == ("empirical_risk", "delta")


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_the_other_end_never_crosses_the_first(bound):
    """Were it invented, a lower end above the upper one would show somewhere."""
    for facts in points(bound, 6, seed=2):
        found = explain(bound, **facts)
        match = re.search(r"cannot claim (less|more) than (-?\d[\d.e-]*\d)", found.verdict)
        if match and found.answer.claim.form == "value":
            number, value = float(match[2]), found.answer.value
            assert number <= value * (1 + 1e-3) if match[1] == "less" else number >= value * 0.999


@pytest.mark.parametrize(
    ("value", "side", "text"),
    [
        (0.1387022, "upper", "13.9%"), (0.1387022, "lower", "13.8%"), (0.07, "upper", "7%"),
        (0.29, "lower", "29%"), (0.29, "upper", "29%"), (1.0, "upper", "100%"),
        (0.0000123456, "upper", "0.00124%"), (0.0, "lower", "0%"),
    ],
)  # fmt: skip
def test_percentages_are_rounded_to_the_safe_side(value, side, text):
    assert percent(value, side) == text
