"""Conversions between claims: what they multiply by, and what they refuse."""

import math

import pytest

import genbounds as gb
from genbounds.claims import Claim
from genbounds.conversions import erm_excess, markov

B = gb.catalogue


def test_the_minimisers_excess_is_twice_the_two_sided_deviation():
    """Shalev-Shwartz and Ben-David, Corollary 4.6: 2 sqrt(ln(2M/delta)/(2n))."""
    excess = erm_excess(B["finite_hoeffding"])
    assert excess(n=1000, n_hypotheses=50, delta=0.05) == pytest.approx(
        2 * math.sqrt(math.log(2 * 50 / 0.05) / 2000), rel=1e-15
    )
    assert (excess.claim.quantity, excess.claim.scope) == ("excess_risk", "erm")
    assert gb.solve(excess, "n", epsilon=0.05, delta=0.05, n_hypotheses=50) == math.ceil(
        2 * math.log(2 * 50 / 0.05) / 0.05**2
    )


@pytest.mark.parametrize(
    "name", ["finite_bernstein", "maurer_pontil_uniform", "occam_hoeffding", "structural_risk"]
)
def test_a_deviation_that_is_each_hypothesiss_own_is_refused(name):
    """The minimiser's deviation says nothing of that of the best hypothesis."""
    with pytest.raises(ValueError, match="depends on the hypothesis through"):
        erm_excess(B[name])


def test_why_it_is_refused():
    """A constant loss of 1/2 (variance 0) beside a coin of risk p just below: delta is exceeded.

    The minimiser is the constant whenever the coin shows more than n/2 errors. Twice the deviation
    at variance 0 would be below the excess 1/2 - p, and the event has probability .246, not .05.
    """
    n, delta = 100, 0.05
    value = 2 * B["finite_bernstein"].two_sided.gap(
        variance=0, n=n, log_cardinality=math.log(2), delta=delta
    )
    p = 0.5 - 1.001 * value
    wrong = sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n // 2 + 1, n + 1))
    assert 0.5 - p > value
    assert wrong == pytest.approx(0.246, abs=0.02)
    assert wrong > 4 * delta


def test_bounds_that_are_no_uniform_deviation_are_refused():
    for name in ("chernoff", "hoeffding", "vapnik_relative"):
        with pytest.raises(ValueError, match="no additive uniform deviation bound"):
            erm_excess(B[name])


def test_markov_divides_by_delta():
    """Haussler, Littlestone and Warmuth: d/(n + 1) in expectation."""
    found = markov(B["one_inclusion"])
    assert found(n=99, vc_dim=5, delta=0.1) == pytest.approx(0.5, rel=1e-15)
    assert found.claim.surely == "probability"
    for name in ("hoeffding", "devroye_gyorfi_lugosi_lower"):
        with pytest.raises(ValueError, match="no upper bound in expectation"):
            markov(B[name])


@pytest.mark.parametrize("setting", ["agnostic", "bernstein", "massart"])
def test_consistent_hypotheses_say_nothing_of_learners_where_none_may_exist(setting):
    """With coins for labels no learner gets below 1/2, and no hypothesis is consistent."""
    asked = Claim(scope="some_learner", loss="zero_one", setting=setting)
    assert not B["blumer"].claim.implies(asked)
    assert B["blumer"].claim.implies(asked._replace(setting="realizable"))


def test_a_fixed_conditional_mean_is_more_than_independence():
    """Losses 0, ..., 0, 1, ..., 1 are independent; the bets that see the zeros first are lost."""
    losses = [0.0] * 200 + [1.0] * 200
    assert B["betting"](losses=losses, betting_cap=0.5, delta=0.05) < 0.5
    assert not B["betting"].claim.implies(B["betting"].claim._replace(data="independent"))
    assert B["betting"].claim.implies(B["betting"].claim._replace(data="iid"))
