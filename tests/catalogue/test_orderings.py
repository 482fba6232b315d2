"""One theorem is never above another: every pair of `orderings`, over both whole domains."""

import pytest
from hypothesis import assume, given

from tests.catalogue.draws import arguments, examples, points
from tests.catalogue.orderings import ORDERINGS


@pytest.mark.parametrize("ordering", ORDERINGS, ids=repr)
def test_wherever_both_speak(ordering):
    @examples(25)
    @given(arguments(ordering))
    def holds(facts):
        assume(not ordering.unmet(facts))
        assert ordering.holds(facts), (ordering.smaller(facts), ordering.larger(facts))

    holds()


@pytest.mark.parametrize("ordering", ORDERINGS, ids=repr)
def test_both_speak_and_one_of_them_more_sharply(ordering):
    """A pair that never speaks, or that is always equal, would be said wrongly."""
    found = points(ordering, 30)[1:]
    assert len(found) >= 20
    smaller = [ordering.smaller(facts) < ordering.larger(facts) for facts in found]
    assert any(smaller) or ordering.equal


def test_no_pair_is_written_twice_and_every_one_is_argued():
    statements = [ordering.statement for ordering in ORDERINGS]
    assert len(set(statements)) == len(statements) >= 200
    assert all(ordering.why for ordering in ORDERINGS)
