"""What every bound says about itself: prose, claim, entry, status, and why it is not proved."""

import pytest

import genbounds as gb
from genbounds.declaration import STATUSES
from genbounds.variables import VARIABLES
from tests.catalogue.draws import BOUNDS


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_a_bound_has_a_docstring_with_a_headline(bound):
    first, *rest = bound.__doc__.strip().splitlines()
    assert first.endswith((".", "?", ":")), first
    assert len(first) <= 110
    assert not rest or rest[0].strip() == ""


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_a_bound_has_a_claim_a_source_and_an_entry(bound):
    assert bound.claim.sentence
    assert bound.source
    assert bound.entry
    assert bound.status in STATUSES
    assert gb.catalogue[bound.entry] is bound


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_what_is_not_proved_says_why(bound):
    if bound.status in ("printed", "refuted"):
        assert len(bound.why.split()) >= 5
    if bound.status == "proved":
        assert not bound.why


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_the_arguments_are_of_the_vocabulary_and_said_in_words(bound):
    assert bound.arguments
    for name in bound.arguments:
        assert VARIABLES[name].meaning
        assert VARIABLES[name].domain


def test_entries_are_distinct():
    entries = [bound.entry for bound in BOUNDS]
    assert len(set(entries)) == len(entries)
    assert not {b.entry for b in BOUNDS if b.entry != b.name} & {
        b.name for b in BOUNDS if b.entry != b.name
    }


def test_latex_tells_the_variables_of_one_bound_apart():
    for bound in BOUNDS:
        symbols = [VARIABLES[name].latex for name in bound.arguments]
        assert len(set(symbols)) == len(symbols), bound.name


@pytest.mark.parametrize("family", gb.catalogue.families)
def test_every_family_tells_its_story(family):
    story = getattr(gb.bounds, family).__doc__
    headline, *rest = story.strip().splitlines()
    assert headline.endswith(".")
    assert len(" ".join(rest).split()) >= 20


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_only_what_has_an_order_has_no_number(bound):
    if bound.status == "order":
        with pytest.raises(ValueError, match="is known up to a constant only"):
            bound()
