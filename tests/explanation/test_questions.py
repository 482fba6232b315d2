"""Conditions as questions, needs with their numbers."""

import pytest

import genbounds as gb
from genbounds.claims import CONDITIONS
from genbounds.explanation import Question, explain
from genbounds.explanation.questions import QUESTIONS, questions_of
from tests.catalogue.draws import BOUNDS, NUMBERED, typical

STARTS = {
    "Was", "Were", "Did", "Does", "Do", "Is", "Are", "Has", "Can", "Would", "Will",
}  # fmt: skip


def test_every_condition_has_a_question():
    assert QUESTIONS.keys() == CONDITIONS.keys()


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_questions_can_be_answered_with_yes_or_no(bound):
    found = questions_of(bound)
    assert len(set(found)) == len(found)
    for question in found:
        assert question.text.split()[0] in STARTS
        assert question.text.endswith("?")
        assert "{" not in question.text.replace("{loss > t}", "")
        assert question.must_be in ("yes", "no")


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_there_is_one_question_for_each_condition(bound):
    """The others come from the claim: data, loss, setting."""
    assert len(questions_of(bound)) >= len(bound.conditions)


def test_a_condition_that_says_not_asks_for_a_no():
    for key, (text, must_be) in QUESTIONS.items():
        if must_be == "no":
            assert key in (
                "independent_test_set", "prior_before_sample", "priors_before_sample",
                "variance_known", "no_errors_seen", "margin_reached", "unchanged_support_vectors",
                "deterministic_learner", "bounded_differences", "bounded_increments",
                "losses_near_mean", "predictable_bets",
            ), text  # fmt: skip


def test_the_test_set_question():
    text = "Was the sample used, directly or indirectly, to choose the hypothesis?"
    assert Question(text, "no") in explain("hoeffding").questions
    assert str(Question(text, "no")).endswith("must be: no")


def test_parameters_that_were_fixed_are_named():
    questions = [question.text for question in explain("catoni").questions]
    assert "Were catoni_c fixed before the sample was seen?" in questions


def test_the_sentences_of_an_author_become_questions():
    @gb.bound(gb.Claim(), source="this test", given=("the moon was full.",))
    def lunar(n, delta):
        """A test's own."""
        return delta / n

    assert Question("Is it so that the moon was full?", "yes") in explain(lunar).questions


def test_needs_carry_their_numbers_and_whether_they_hold():
    (need,) = explain("langford_seeger", empirical_risk=0.1, kl=5, n=1, delta=0.05).needs
    assert (need.relation, need.numbers, need.holds) == ("n >= 2", "1 >= 2", False)
    (need,) = explain("langford_seeger", empirical_risk=0.1, kl=5, n=100, delta=0.05).needs
    assert (need.numbers, need.holds) == ("100 >= 2", True)
    (need,) = explain("langford_seeger").needs
    assert (need.numbers, need.holds) == ("", None)


@pytest.mark.parametrize("bound", [b for b in NUMBERED if b.needs], ids=lambda b: b.name)
def test_the_numbers_of_a_need_are_what_is_compared(bound):
    for need in explain(bound, **typical(bound)).needs:
        assert need.holds
        assert eval(need.numbers), need
