"""Questions in words, the claim that bounds share, and the refusal of what has no order."""

from itertools import product

import pytest

import genbounds as gb
from genbounds.claims import CONSISTENT, FIXED, VALUES, Claim, common_value
from genbounds.comparison.asking import (
    IncomparableError,
    as_question,
    common_question,
    in_words,
    obstacle,
)


def test_a_question_in_words():
    assert as_question("every_hypothesis") == Claim(scope="every_hypothesis", loss="zero_one")
    assert as_question("fixed_hypothesis lower, unit") == Claim(side="lower")
    assert as_question("form=sample_size erm").form == "sample_size"
    assert as_question(FIXED) is FIXED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("everybody", "'everybody' is no value of a field"),
        ("sample_size", "several fields: write quantity=... or form=..."),
        ("", "the question is empty"),
        (3, "a question is a Claim or its words"),
        ("scope=upper", "no value of a field"),
    ],
)
def test_words_that_ask_nothing(words, said):
    with pytest.raises(ValueError, match=said.replace("(", r"\(")):
        as_question(words)


@pytest.mark.parametrize("name", list(gb.catalogue))
def test_the_words_of_a_claim_are_read_as_that_claim(name):
    claim = gb.catalogue[name].claim
    assert as_question(in_words(claim)) == claim


def test_the_common_claim_is_implied_by_all_and_the_strongest_such():
    """Against the definition, over all pairs of values of every field."""
    for field, values in VALUES.items():
        for first, second in product(sorted(values), repeat=2):
            shared = [x for x in values if _implies(field, first, x) and _implies(field, second, x)]
            strongest = [x for x in shared if all(_implies(field, x, y) for y in shared)]
            found = common_value(field, [first, second])
            assert [found] == strongest or (found is None and len(strongest) != 1)


def _implies(field: str, value: str, other: str) -> bool:
    """Field by field, of claims that differ in it alone."""
    return Claim(**{field: value}).implies(Claim(**{field: other}))


def test_losses_and_data_meet_and_scopes_do_not():
    claims = {"a": FIXED, "b": FIXED._replace(loss="zero_one", data="martingale")}
    assert common_question(claims) == FIXED._replace(loss="zero_one")
    with pytest.raises(IncomparableError, match="scope: fixed_hypothesis"):
        common_question(claims | {"c": CONSISTENT})


def test_the_refusal_teaches():
    with pytest.raises(ValueError, match="different questions") as fault:
        gb.compare(["hoeffding", "vapnik_chervonenkis"], n=1000, vc_dim=3, delta=0.05)
    said = str(fault.value)
    assert "scope: fixed_hypothesis (hoeffding), every_hypothesis (vapnik_chervonenkis)" in said
    assert "says nothing about one that was chosen on the sample" in said
    assert "question='every_hypothesis' ranks vapnik_chervonenkis" in said
    assert "question='fixed_hypothesis' ranks hoeffding, vapnik_chervonenkis" in said


@pytest.mark.parametrize(
    ("names", "field"),
    [
        (["hoeffding", "wald"], "surely"),
        (["hoeffding", "howard_stitched"], "time"),
        (["hoeffding", "chernoff_tail"], "form"),
        (["hoeffding", "maurer_pontil_std"], "quantity"),
        (["hoeffding", "pac_bayes_kl"], "scope"),
        (["hoeffding", "serfling"], "data"),
    ],
)
def test_what_has_no_order(names, field):
    with pytest.raises(IncomparableError, match=f"{field}: "):
        gb.compare(names, n=100, delta=0.05, errors=3)


def test_an_obstacle_names_both_values():
    assert obstacle(FIXED, Claim(scope="every_hypothesis")) == (
        "another claim: scope is fixed_hypothesis, asked is every_hypothesis"
    )
    assert obstacle(Claim(scope="every_hypothesis", side="both"), FIXED) == ""
