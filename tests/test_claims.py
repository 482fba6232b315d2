"""Claims as data: which implies which, and which never do."""

from itertools import product

import pytest

import genbounds as gb
from genbounds import claims
from genbounds.claims import (
    BERNOULLI,
    CONDITIONS,
    CONSISTENT,
    EVERY_HYPOTHESIS,
    EVERY_HYPOTHESIS_ABOVE,
    FIXED,
    SEVERAL,
    Claim,
    below,
)

IMPLIES = claims._IMPLIES
LOWER = Claim(quantity="excess_risk", side="lower", scope="every_learner")


def reachable(field: str, value: str) -> set[str]:
    """Everything that a value implies, found again here by following the edges."""
    found, fresh = {value}, {value}
    while fresh:
        fresh = {x for y in fresh for x in IMPLIES.get(field, {}).get(y, ())} - found
        found |= fresh
    return found


def values(field: str) -> set[str]:
    edges = IMPLIES.get(field, {})
    return {*edges, *(x for xs in edges.values() for x in xs), getattr(FIXED, field)}


@pytest.mark.parametrize("field", Claim._fields)
def test_implication_has_no_circle(field):
    for value, other in product(values(field), repeat=2):
        if value != other and other in reachable(field, value):
            assert value not in reachable(field, other)


@pytest.mark.parametrize("field", Claim._fields)
def test_a_claim_implies_another_exactly_where_the_field_does(field):
    for mine, wanted in product(values(field), repeat=2):
        claim, asked = FIXED._replace(**{field: mine}), FIXED._replace(**{field: wanted})
        expected = wanted in reachable(field, mine)
        assert claim.implies(asked) == expected
        assert claim.obstacles(asked) == (() if expected else (field,))


@pytest.mark.parametrize("field", ["data", "loss", "setting"])
def test_the_order_is_reversed_for_what_no_learner_can_beat(field):
    """A hard realizable law is a hard law."""
    for mine, wanted in product(values(field), repeat=2):
        claim, asked = LOWER._replace(**{field: mine}), LOWER._replace(**{field: wanted})
        assert claim.implies(asked) == (mine in reachable(field, wanted))


def test_the_hard_law_of_a_realizable_problem_serves_the_agnostic_one():
    realizable, agnostic = LOWER._replace(setting="realizable"), LOWER
    assert realizable.implies(agnostic)
    assert not agnostic.implies(realizable)


@pytest.mark.parametrize("scope", ["fixed_hypothesis", "every_hypothesis", "erm"])
def test_a_confidence_bound_from_below_is_not_reversed(scope):
    agnostic = Claim(side="lower", scope=scope)
    assert agnostic.implies(agnostic._replace(setting="realizable"))
    assert not agnostic._replace(setting="realizable").implies(agnostic)


def test_every_field_must_be_covered():
    asked = Claim(scope="erm", setting="realizable", loss="zero_one")
    assert EVERY_HYPOTHESIS.implies(asked)
    assert not FIXED.implies(asked)
    assert not EVERY_HYPOTHESIS.implies(asked._replace(quantity="excess_risk"))
    assert not EVERY_HYPOTHESIS.implies(asked._replace(form="sample_size"))
    assert not EVERY_HYPOTHESIS.implies(asked._replace(surely="expectation"))


def test_a_fixed_hypothesis_is_never_ranked_with_every_hypothesis():
    assert EVERY_HYPOTHESIS.implies(FIXED) == EVERY_HYPOTHESIS.implies(SEVERAL)
    assert not FIXED.implies(EVERY_HYPOTHESIS_ABOVE)
    assert EVERY_HYPOTHESIS_ABOVE.implies(SEVERAL)
    assert EVERY_HYPOTHESIS_ABOVE.implies(FIXED)


def test_consistent_hypotheses_serve_the_empirical_minimiser_where_there_is_no_error():
    assert CONSISTENT.implies(Claim(scope="erm", setting="realizable"))
    assert not CONSISTENT.implies(Claim(scope="erm"))


def test_asymptotic_is_no_guarantee_and_nothing_implies_it():
    for surely in ("probability", "expectation", "certain"):
        assert Claim(surely=surely).is_guarantee
        for weaker in ("asymptotic", "approximate"):
            assert not Claim(surely=surely).implies(Claim(surely=weaker))
            assert not Claim(surely=weaker).implies(Claim(surely=surely))
            assert not Claim(surely=weaker).is_guarantee


def test_both_sides_imply_each_and_neither_implies_both():
    both = FIXED._replace(side="both")
    assert both.implies(FIXED)
    assert both.implies(below(FIXED))
    assert not FIXED.implies(both)
    assert not FIXED.implies(below(FIXED))


def test_unit_loss_serves_zero_one_loss_only_downwards():
    assert FIXED.implies(BERNOULLI)
    assert not BERNOULLI.implies(FIXED)


@pytest.mark.parametrize("name", gb.catalogue)
def test_the_catalogue_uses_known_values_and_says_so_in_a_sentence(name):
    bound = gb.catalogue[name]
    sentence = bound.claim.sentence
    assert sentence.endswith(".")
    assert sentence[0].isupper()
    assert bound.claim.quantity in claims.QUANTITIES
    assert bound.claim.scope in claims.SCOPES
    assert claims.QUANTITIES[bound.claim.quantity] in sentence
    assert claims.SCOPES[bound.claim.scope] in sentence.lower()
    assert ("not a guarantee" in sentence) != bound.claim.is_guarantee


@pytest.mark.parametrize("name", gb.catalogue)
def test_conditions_are_sentences_about_the_readers_own_case(name):
    bound = gb.catalogue[name]
    assert set(bound.given) <= CONDITIONS.keys()
    chosen = bound.claim.scope in ("every_hypothesis", "consistent_hypotheses", "erm")
    assert len(bound.conditions) == len(bound.given) + bool(bound.fixed) + chosen
    for parameter in bound.fixed:
        assert any(parameter in sentence for sentence in bound.conditions)


def test_the_sentence_of_a_claim():
    assert FIXED.sentence == (
        "With probability at least 1 - delta over the sample, the risk of a hypothesis chosen "
        "independently of the sample is at most the value; i.i.d. observations; loss in [0, 1]."
    )
    assert below(FIXED).sentence.count("at least the value") == 1
