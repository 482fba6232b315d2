"""A loss with another range: every bound scales with its width, or refuses where it cannot."""

import pytest

from genbounds.variables import VARIABLES
from tests.catalogue.draws import NUMBERED, points, typical

WIDTHS = (4.0, 0.125)  # powers of two: scaling the arguments is exact

# What is in units of the loss; tails, sizes, thresholds and covering numbers are not.
IN_LOSS_UNITS = dict.fromkeys(
    ("risk", "excess_risk", "gap", "std", "risk_difference", "supremum", "absolute_supremum"), 1
) | {"variance": 2}

SCALABLE = [
    b
    for b in NUMBERED
    if b.claim.form == "value" and b.claim.quantity in IN_LOSS_UNITS and b.claim.loss != "zero_one"
]
OTHERS = [b for b in NUMBERED if b not in SCALABLE]


def scaled(facts, width) -> dict:
    found = {}
    for name, value in facts.items():
        if name == "losses":
            found[name] = tuple(x * width for x in value)
        else:
            degree = VARIABLES[name].degree
            found[name] = value * width**degree if degree else value
    return found


def check_scales(bound, facts) -> None:
    for width in WIDTHS:
        expected = bound(**facts) * width ** IN_LOSS_UNITS[bound.claim.quantity]
        assert bound(**scaled(facts, width), width=width) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("bound", SCALABLE, ids=lambda b: b.name)
def test_the_value_scales_with_the_width(bound):
    for facts in points(bound, 6):
        check_scales(bound, facts)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_width_one_changes_nothing(bound):
    facts = typical(bound)
    assert bound(**facts, width=1) == bound(**facts)
    assert bound(**facts, width=1.0) == bound(**facts)


@pytest.mark.parametrize("bound", OTHERS, ids=lambda b: b.name)
def test_what_has_no_width_refuses_it(bound):
    """0-1 loss has no other range; a tail, a size or a threshold is not in units of the loss."""
    with pytest.raises(ValueError, match=f"^{bound.name} .*: width does not apply"):
        bound(**typical(bound), width=2)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_only_values_carry_the_unit_of_the_loss(bound):
    carried = IN_LOSS_UNITS.get(bound.claim.quantity, 0) if bound.claim.form == "value" else 0
    assert bound.degree == carried


@pytest.mark.parametrize("bound", [b for b in SCALABLE if b.additive], ids=lambda b: b.name)
def test_the_gap_scales_too(bound):
    facts = {k: v for k, v in typical(bound).items() if k in bound.gap.arguments}
    wide = bound.gap(**scaled(facts, 4.0), width=4.0)
    assert wide == pytest.approx(4 * bound.gap(**facts), rel=1e-14)


@pytest.mark.parametrize("bound", SCALABLE, ids=lambda b: b.name)
def test_two_sides_scale_too(bound):
    try:
        pair = bound.two_sided
    except ValueError as fault:
        assert "no partner" in str(fault) or "no confidence bound" in str(fault)
        return
    facts = typical(bound)
    wide = pair(**scaled(facts, 4.0), width=4.0)
    assert wide == pytest.approx([4 * x for x in pair(**facts)], rel=1e-14)
