"""Relative deviations: the equations they solve, who is above whom, exact coverage."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.relative import (
    bousquet_boucheron_lugosi_relative,
    cortes_greenberg_mohri,
    cortes_greenberg_mohri_lower,
    vapnik_multiplicative,
    vapnik_relative,
)
from genbounds.bounds.vc import vapnik_confidence

problems = given(
    st.floats(0, 1), st.integers(1, 10**9), st.integers(0, 1000), st.floats(1e-12, 0.999)
)


def facts(r, n, d, delta):
    return {"empirical_risk": r, "n": n, "vc_dim": d, "delta": delta}


@problems
def test_relative_deviation_is_met_with_equality(r, n, d, delta):
    risk = vapnik_relative(**facts(r, n, d, delta))
    growth = n * vapnik_confidence.gap(n=n, vc_dim=d, delta=delta) ** 2
    assert (risk - r) ** 2 / risk * n / 4 == pytest.approx(growth, rel=1e-6)


@problems
def test_who_is_above_whom(r, n, d, delta):
    case = facts(r, n, d, delta)
    slack = 1 + 1e-12
    assert vapnik_relative(**case) <= bousquet_boucheron_lugosi_relative(**case) * slack
    assert vapnik_multiplicative(**case) == pytest.approx(vapnik_relative(**case), rel=1e-13)
    assert cortes_greenberg_mohri(**case, moment_order=2) == pytest.approx(
        vapnik_relative(**case), rel=1e-12
    )
    assert cortes_greenberg_mohri_lower(**case) <= r <= vapnik_relative(**case)


@given(st.floats(0, 1), st.integers(1, 10**9), st.integers(0, 1000), st.floats(1.05, 2))
def test_general_order_is_met_with_equality(r, n, d, order):
    risk = cortes_greenberg_mohri(**facts(r, n, d, 0.05), moment_order=order)
    growth = n * vapnik_confidence.gap(n=n, vc_dim=d, delta=0.05) ** 2
    eps = (risk - r) / risk ** (1 / order)
    cost = n ** (2 * (order - 1) / order) * eps**2 / 2 ** ((order + 2) / order)
    assert cost == pytest.approx(growth, rel=1e-6)


@given(st.floats(0, 1), st.integers(1, 10**9), st.integers(0, 1000), st.floats(1.05, 2))
def test_the_square_root_is_the_best_order(r, n, d, order):
    case = facts(r, n, d, 0.05)
    best = vapnik_relative(**case)
    assert best <= cortes_greenberg_mohri(**case, moment_order=order) * (1 + 1e-12)


def test_without_errors():
    case = facts(0, 1000, 5, 0.05)
    c = vapnik_confidence.gap(n=1000, vc_dim=5, delta=0.05) ** 2
    assert vapnik_relative(**case) == pytest.approx(4 * c, rel=1e-14)
    assert cortes_greenberg_mohri_lower(**case) == 0


def test_small_risks_beat_the_additive_bound_and_large_ones_do_not():
    small, large = facts(0.001, 100000, 10, 0.05), facts(0.4, 100000, 10, 0.05)
    assert vapnik_relative(**small) < vapnik_confidence(**small)
    assert vapnik_relative(**large) > vapnik_confidence(**large)


@pytest.mark.parametrize("n", [1, 5, 20, 60])
@pytest.mark.parametrize("delta", [0.9, 0.3, 0.01])
def test_coverage_of_one_hypothesis(n, delta):
    ends = [vapnik_relative(empirical_risk=k / n, n=n, vc_dim=0, delta=delta) for k in range(n + 1)]
    lows = [
        cortes_greenberg_mohri_lower(empirical_risk=k / n, n=n, vc_dim=0, delta=delta)
        for k in range(n + 1)
    ]
    for p in (i / 500 for i in range(501)):
        chances = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        assert sum(c for c, end in zip(chances, ends, strict=True) if p > end) <= delta
        assert sum(c for c, low in zip(chances, lows, strict=True) if p < low) <= delta


@pytest.mark.parametrize("n", range(2, 60))
def test_a_binomial_reaches_its_mean(n):
    # Greenberg and Mohri: P(Bin(n, p) >= n p) > 1/4 for p > 1/n, the factor 4 of the family
    for p in ((1 + i / 50) / n for i in range(1, 50 * (n - 1) + 1)):
        j = math.ceil(n * p - 1e-9)
        reached = sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(j, n + 1))
        assert reached > 1 / 4


def test_level_sets_are_asked_for_where_losses_are_real():
    assert vapnik_multiplicative.claim.loss == "unit"
    assert vapnik_relative.claim.loss == "zero_one"
    half = vapnik_multiplicative(empirical_risk=0.2, n=1000, vc_dim=3, delta=0.05)
    double = vapnik_multiplicative(empirical_risk=0.4, n=1000, vc_dim=3, delta=0.05, width=2)
    assert double == pytest.approx(2 * half, rel=1e-15)


def test_not_monotone_as_declared():
    at_n = cortes_greenberg_mohri.witness["n"]
    low, middle, high = (cortes_greenberg_mohri(n=n, **at_n["at"]) for n in at_n["values"])
    assert low < middle > high
    at_r = cortes_greenberg_mohri_lower.witness["empirical_risk"]
    low, middle, high = (
        cortes_greenberg_mohri_lower(empirical_risk=r, **at_r["at"]) for r in at_r["values"]
    )
    assert low > middle < high


def test_an_order_near_one_is_vacuous_not_an_error():
    assert cortes_greenberg_mohri(**facts(0.1, 100, 5, 0.05), moment_order=1.0001) == math.inf
