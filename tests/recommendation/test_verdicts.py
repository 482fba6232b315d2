"""What may be claimed of the best of several theorems, and in which words."""

import re

import pytest
from pytest import approx

import genbounds as gb
from genbounds.recommendation import recommend

B = gb.catalogue


def test_the_best_of_several_shares_delta_among_those_that_may_be_the_smallest():
    group = recommend(n=60000, empirical_risk=0.02, kl=5000).groups[0]
    assert len(group.answers) == 10
    assert {a.bound.name for a in group.contenders} == {"pac_bayes_kl_exact", "coin_betting_kl"}
    halves = [
        B[name](n=60000, empirical_risk=0.02, kl=5000, delta=0.025)
        for name in ("pac_bayes_kl_exact", "coin_betting_kl")
    ]
    assert group.number == group.paid.raw == min(halves)
    assert group.best.raw < group.paid.raw
    assert "chosen among 2 theorems that have delta/2 each" in group.sentence
    assert group.sentence.startswith("With probability at least 95%")
    assert "divide delta by 2" in group.caution


def test_what_is_never_beaten_is_not_paid_for():
    group = recommend(n=1000, errors=30).groups[0]
    assert group.events == 1
    assert group.number == B["clopper_pearson"](n=1000, errors=30, delta=0.05)
    assert "exact" in group.why
    assert "the next, chernoff, gives 0.04513" in group.why


def test_what_does_not_rest_on_the_sample_may_be_picked_by_value():
    found = recommend(n=10000, vc_dim=50)
    group = found.groups[0]
    assert group.reason == "free"
    assert group.number == min(a.raw for a in group.answers)
    assert "rests on what the sample shows" in group.why


def test_an_estimate_rests_on_the_sample():
    facts = {"n": 1000, "empirical_rademacher": 0.02}
    assert recommend(**facts).groups[0].reason == "shared"


def test_an_estimate_that_a_share_cannot_pay_for():
    """Of two that may be the smallest each has 0.025, less than the estimate's 0.04."""
    found = recommend(n=10**6, errors=30, empirical_rademacher=gb.Estimate(0, 0.02, 0.04, "drawn"))
    group = found.groups[0]
    assert group.events == 2
    assert "if it was chosen before its value was seen" in group.sentence
    assert group.number == group.best.value


def test_one_event_is_paid_once():
    """All theorems of one family hold on one event."""
    group = recommend(n=1000, empirical_risk=0.1, kl=3, trade_off=0.5).groups[0]
    events = {B[a.bound.name].event or a.bound.name for a in group.contenders}
    assert group.events == len(events)


@pytest.mark.parametrize("side", ["upper", "lower", "both"])
def test_the_rounding_is_to_the_safe_side(side):
    found = recommend(n=700, errors=31, side=side)
    words = [
        float(word.rstrip(".,"))
        for word in found.sentence.split()
        if re.fullmatch(r"0\.\d+[.,]?", word)
    ]
    ends = found.number if isinstance(found.number, tuple) else (found.number,)
    shown = words[: len(ends)]
    assert shown == approx(list(ends), rel=1e-3)
    for printed, exact, low in zip(shown, ends, (side != "upper", False), strict=False):
        assert printed <= exact if low else printed >= exact


def test_the_lower_side_ranks_the_largest_first():
    group = recommend(n=5000, errors=800, vc_dim=3, side="lower").groups[0]
    lows = [row["risk >="] for row in group.table.records()]
    assert lows == sorted(lows, reverse=True)
    assert lows[0] > 0
    assert group.number <= lows[0]


def test_both_sides_are_ranked_by_their_width():
    group = recommend(n=5000, errors=800, vc_dim=3, side="both").groups[0]
    rows = group.table.records()
    widths = [row["risk <="] - row["risk >="] for row in rows]
    assert widths == sorted(widths)
    assert group.best.bound.name == rows[0]["bound"]


def test_a_bound_on_every_learner_is_another_question():
    found = recommend(n=100000, errors=300, vc_dim=100, delta=0.01)
    limit = found.groups[-1]
    assert limit.topic.key == "limit"
    expected = B["mohri_agnostic_lower"](n=100000, vc_dim=100, delta=0.01)
    assert limit.number == expected
    assert limit.sentence.startswith(
        "With probability at least 99%, no learner keeps the excess of the risk"
    )


def test_the_conditions_of_what_is_claimed_are_listed():
    found = recommend(n=60000, empirical_risk=0.02, kl=5000)
    assert found.conditions == ("the prior was chosen without the n observations counted here",)
    sized = recommend(vc_dim=3, epsilon=0.1, side="both")
    assert "the class was fixed before the sample was seen" in sized.conditions


def test_the_sources_of_what_is_claimed_are_cited():
    assert "ClopperPearson1934" in recommend(n=10, errors=1).bibtex


@pytest.mark.parametrize("facts", [{"vc_dim": 3}, {"n_hypotheses": 100}, {"bits": 20}])
def test_who_pays_does_not_depend_on_the_errors_seen(facts):
    """Were theorems on clean samples paid on clean samples only, both cases would cost delta."""
    counts = {
        gb.recommend(n=500, errors=errors, delta=0.05, **facts).groups[0].events
        for errors in (0, 1, 100, 500)
    }
    assert len(counts) == 1
