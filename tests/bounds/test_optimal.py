"""Optimal learners: values, what they cost against consistent hypotheses, rates without numbers."""

import math

import pytest

from genbounds.bounds.optimal import (
    auer_ortner,
    hanneke,
    larsen_bagging,
    majority_of_three,
    one_inclusion,
    simon,
)
from genbounds.bounds.vc_sample_sizes import shawe_taylor_anthony_biggs_sample_size


def test_hanneke_is_dear():
    # the sample for eps = .1, d = 10 is over 200 times that for any consistent hypothesis
    size = 1800 * (10 + math.log(18 / 0.05)) / 0.1
    assert hanneke(n=math.ceil(size), vc_dim=10, delta=0.05) <= 0.1
    ordinary = shawe_taylor_anthony_biggs_sample_size(epsilon=0.1, delta=0.05, vc_dim=10)
    assert 200 < size / ordinary < 250


def test_one_inclusion_by_symmetry_for_two_constants():
    # {0, 1} as constant functions, d = 1: on n + 1 points the graph has no edge, and no error
    assert one_inclusion(n=9, vc_dim=1) == 0.1
    assert one_inclusion(n=5, vc_dim=0) == 0
    assert one_inclusion.claim.surely == "expectation"


@pytest.mark.parametrize(
    ("bound", "latex"),
    [
        (majority_of_three, r"\frac{d}{n}"),
        (larsen_bagging, r"\frac{d + \ln \frac{1}{\delta}}{n}"),
        (simon, r"\frac{d \ln \left(\ln n\right) + \ln \frac{1}{\delta}}{n}"),
        (auer_ortner, r"\frac{d \ln d + \ln \frac{1}{\delta}}{n}"),
    ],
)
def test_rates_have_no_number(bound, latex):
    assert bound.status == "order"
    assert latex in bound.latex
    facts = {"n": 100, "vc_dim": 5, "delta": 0.05}
    with pytest.raises(ValueError, match="constant"):
        bound(**{name: facts[name] for name in bound.arguments})


def test_for_whom():
    for bound in (hanneke, one_inclusion, majority_of_three, larsen_bagging, simon, auer_ortner):
        assert (bound.claim.scope, bound.claim.setting) == ("some_learner", "realizable")
