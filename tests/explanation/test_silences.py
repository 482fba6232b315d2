"""What a bound does not say: only what applies to its claim."""

import pytest

from genbounds.explanation import explain
from genbounds.explanation.silences import _OF_QUANTITY, _OF_SCOPE
from tests.catalogue.draws import BOUNDS


def silences(name):
    return " ".join(explain(name).silent_about)


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_every_bound_leaves_something_open_in_whole_sentences(bound):
    found = explain(bound).silent_about
    assert len(set(found)) == len(found)
    for sentence in found:
        assert sentence[0].isupper() or sentence.startswith("delta")
        assert sentence.endswith(".")
    if bound.claim.surely == "certain" and bound.claim.quantity == "regret":
        assert found


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_only_what_applies_is_said(bound):
    text = " ".join(explain(bound).silent_about)
    claim = bound.claim
    assert ("chosen on this very sample" in text) == (claim.scope == "fixed_hypothesis")
    assert ("average over the posterior" in text) == (claim.scope == "every_posterior")
    assert ("share of samples" in text) == (
        "delta" in bound.arguments and claim.form == "value" and claim.scope != "every_learner"
    )
    assert ("every n at once" in text) <= (claim.time == "fixed_n")
    assert ("no guarantee" in text) == (not claim.is_guarantee)
    assert ("complexity alone" in text) <= (claim.quantity not in ("risk", "excess_risk", "gap"))


def test_a_test_set_bound_is_not_about_training_data_nor_about_peeking():
    text = silences("clopper_pearson")
    assert "chosen on this very sample" in text
    assert "another distribution" in text
    assert "every n at once" in text
    assert "not the probability, given these data" in text


def test_a_bound_for_every_n_allows_to_look_at_any_time():
    assert "every n at once" not in silences("normal_mixture")


def test_a_bound_for_the_class_is_no_promise_about_the_best():
    assert "from the best" in silences("vapnik_chervonenkis")
    assert "how large the risk itself is" in silences("finite_massart_noise")


def test_a_sample_size_says_which_way_it_is_open():
    assert "fewer may do" in silences("blumer_sample_size")
    assert "many observations are enough" in silences("ehrenfeucht_necessary")


def test_every_sentence_is_used():
    said = {sentence for bound in BOUNDS for sentence in explain(bound).silent_about}
    scopes = {bound.claim.scope for bound in BOUNDS}
    for scope, sentence in _OF_SCOPE.items():
        assert (sentence in said) == (scope in scopes)
    quantities = {bound.claim.quantity for bound in BOUNDS}
    assert {q for q, sentence in _OF_QUANTITY.items() if sentence in said} >= quantities & {
        "risk", "excess_risk", "gap", "regret", "std", "variance", "risk_difference",
    }  # fmt: skip
