"""Both sides at once: never narrower than one side alone, the lower end below the upper."""

import math

import pytest

import genbounds as gb
from tests.catalogue.draws import NUMBERED, points, typical


def two_sides(bound):
    """The two-sided theorem, or None where the bound says that there is none."""
    try:
        return bound.two_sided
    except ValueError as fault:
        assert "no partner" in str(fault) or "no confidence bound" in str(fault)
        return None


PAIRS = [bound for bound in NUMBERED if two_sides(bound)]
ALONE = {bound.name for bound in NUMBERED if not two_sides(bound)}


def has_partner(name: str) -> bool:
    """Whether the catalogue holds both sides, for the same arguments."""
    stem = name.removesuffix("_lower")
    if not {stem, f"{stem}_lower"} <= set(gb.catalogue):
        return False
    return {*gb.catalogue[stem].arguments} == {*gb.catalogue[f"{stem}_lower"].arguments}


def test_a_value_with_delta_and_a_partner_or_a_gap_has_two_sides():
    for bound in NUMBERED:
        can = "delta" in bound.arguments and bound.claim.form == "value"
        if can and (
            bound.additive or (has_partner(bound.name) and bound.claim.scope != "every_learner")
        ):
            assert bound.name not in ALONE


@pytest.mark.parametrize("bound", PAIRS, ids=lambda b: b.name)
def test_the_lower_end_is_below_the_upper(bound):
    for facts in points(bound, 12):
        low, high = bound.two_sided(**facts)
        assert low <= high or low - high <= 1e-15 * abs(low), facts


def check_contains_one_side(bound, facts) -> None:
    one, (low, high) = bound(**facts), bound.two_sided(**facts)
    slack = 1e-14 * abs(one) + 4e-16 if math.isfinite(one) else 0.0
    if bound.claim.side == "lower":
        assert low <= one + slack, facts
    else:
        assert high >= one - slack, facts


@pytest.mark.parametrize("bound", PAIRS, ids=lambda b: b.name)
def test_two_sides_contain_what_one_side_says(bound):
    """Where less delta means more room: some asymptotic intervals and bets do not obey."""
    if bound.direction_of("delta") is None:
        assert "delta" in bound.witness
        return
    for facts in points(bound, 12):
        check_contains_one_side(bound, facts)


@pytest.mark.parametrize("bound", PAIRS, ids=lambda b: b.name)
def test_the_price_is_half_of_delta_a_side_unless_one_event_serves_both(bound):
    facts = typical(bound)
    delta = facts["delta"] if bound.two_sided.one_event else facts["delta"] / 2
    expected = bound(**facts | {"delta": delta})
    low, high = bound.two_sided(**facts)
    assert (low if bound.claim.side == "lower" else high) == expected


@pytest.mark.parametrize("bound", [b for b in PAIRS if b.additive], ids=lambda b: b.name)
def test_an_additive_interval_is_symmetric(bound):
    facts = typical(bound)
    low, high = bound.two_sided(**facts)
    gap = bound.two_sided.gap(**{k: v for k, v in facts.items() if k in bound.gap.arguments})
    assert (high - low) / 2 == pytest.approx(gap, rel=1e-12)
    assert (high + low) / 2 == pytest.approx(facts[bound.empirical], rel=1e-12)


@pytest.mark.parametrize("bound", PAIRS, ids=lambda b: b.name)
def test_the_claim_is_of_both_sides_and_in_latex(bound):
    assert bound.two_sided.claim.side == "both"
    assert bound.two_sided.claim == bound.claim._replace(side="both")
    assert bound.two_sided.latex
    assert bound.name in repr(bound.two_sided)


@pytest.mark.parametrize("name", [b.name for b in PAIRS if b.name.endswith("_lower")])
def test_partners_have_the_same_two_sides(name):
    upper = gb.catalogue[name.removesuffix("_lower")]
    facts = typical(upper)
    assert gb.catalogue[name].two_sided(**facts) == upper.two_sided(**facts)


FACTS = {"n": 1000, "delta": 0.05}
L2 = math.log(2 / 0.05)


@pytest.mark.parametrize(
    ("name", "more", "half"),
    [
        ("hoeffding", {}, math.sqrt(L2 / 2000)),
        ("hoeffding_several", {"n_hypotheses": 20}, math.sqrt((L2 + math.log(20)) / 2000)),
        ("finite_hoeffding", {"n_hypotheses": 20}, math.sqrt((L2 + math.log(20)) / 2000)),
        ("bernstein", {"variance": 0.1}, math.sqrt(0.2 * L2 / 1000) + L2 / 3000),
        (
            "maurer_pontil",
            {"sample_variance": 0.1},
            math.sqrt(0.2 * math.log(80) / 1000) + 7 * math.log(80) / (3 * 999),
        ),
        (
            "vapnik_chervonenkis",
            {"vc_dim": 1},
            math.sqrt(8 * (math.log(2001) + math.log(80)) / 1000),
        ),
        ("shalev_shwartz_mdl", {"bits": 10}, math.sqrt((10 + L2) / 2000)),
        (
            "audibert_munos_szepesvari",
            {"biased_variance": 0.1},
            math.sqrt(0.2 * math.log(60) / 1000) + 3 * math.log(60) / 1000,
        ),
    ],
)
def test_printed_two_sided_half_widths(name, more, half):
    """Where the source prints the two-sided form: it is what the derivation gives."""
    assert gb.catalogue[name].two_sided.gap(**FACTS, **more) == pytest.approx(half, rel=1e-14)
