"""Structural risk minimisation: the shares, and the class that they favour."""

import math

import pytest

from genbounds.bounds.structural import massart_nedelec, structural_risk, structural_risk_geometric
from genbounds.bounds.vc import vapnik_chervonenkis

CASE = {"empirical_risk": 0.1, "n": 5000, "vc_dim": 20}


def share_of(bound, k, delta):
    """The delta at which `vapnik_chervonenkis` has the value of class k."""
    excess = bound(**CASE, class_index=k, delta=delta) - CASE["empirical_risk"]
    base = vapnik_chervonenkis.gap(n=CASE["n"], vc_dim=CASE["vc_dim"], delta=delta)
    return delta * math.exp((base**2 - excess**2) * CASE["n"] / 8)


@pytest.mark.parametrize("bound", [structural_risk, structural_risk_geometric])
def test_shares_add_up_to_delta(bound):
    delta = 0.05
    shares = [share_of(bound, k, delta) for k in range(1, 2000)]
    assert sum(shares) <= delta * (1 + 1e-9)
    assert sum(shares) > 0.999 * delta


def test_geometric_shares_are_cheaper_for_four_classes():
    cheaper = [
        k
        for k in range(1, 100)
        if structural_risk_geometric(**CASE, class_index=k, delta=0.05)
        < structural_risk(**CASE, class_index=k, delta=0.05)
    ]
    assert cheaper == [2, 3, 4, 5]


def test_choosing_the_class_costs_something():
    assert structural_risk(**CASE, class_index=1, delta=0.05) > vapnik_chervonenkis(
        **CASE, delta=0.05
    )
    assert structural_risk(**CASE, class_index=10**18, delta=1e-300) < 2


def test_massart_nedelec_is_a_rate():
    assert massart_nedelec.status == "order"
    with pytest.raises(ValueError, match="constant"):
        massart_nedelec(n=100, vc_dim=2, massart_margin=0.5)
