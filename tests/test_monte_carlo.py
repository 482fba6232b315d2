"""The empirical risk of a posterior from draws: an interval that enters bounds and is paid for."""

import math

import numpy as np
import pytest

import genbounds as gb
from genbounds.bounds.concentration import chernoff, chernoff_lower
from genbounds.bounds.pac_bayes import mcallester, pac_bayes_kl, pac_bayes_kl_lower
from genbounds.monte_carlo import monte_carlo_risk


def test_a_certificate_of_perez_ortiz_and_others():
    # their delta = .025 for the bound, .01 for 150000 draws of the weights: together .035
    drawn = monte_carlo_risk(0.02, 150000, delta=0.01)
    upper = chernoff(empirical_risk=0.02, n=150000, delta=0.01 / 2)  # ln(2/.01), both ends
    expected = pac_bayes_kl(empirical_risk=upper, kl=5000, n=60000, delta=0.025)
    found = pac_bayes_kl(empirical_risk=drawn, kl=5000, n=60000, delta=0.035)
    assert found == pytest.approx(expected, rel=1e-14)
    answer = gb.answer("pac_bayes_kl", empirical_risk=drawn, kl=5000, n=60000, delta=0.035)
    assert "96.5%" in answer.sentence
    assert any("150000 independent draws" in note for note in answer.notes)


def test_each_side_of_a_bound_takes_its_end():
    drawn = monte_carlo_risk(0.02, 1000, delta=0.01)
    lower = chernoff_lower(empirical_risk=0.02, n=1000, delta=0.005)
    expected = pac_bayes_kl_lower(empirical_risk=lower, kl=10, n=1000, delta=0.04)
    found = pac_bayes_kl_lower(empirical_risk=drawn, kl=10, n=1000, delta=0.05)
    assert found == pytest.approx(expected, rel=1e-14)
    low, high = pac_bayes_kl.two_sided(empirical_risk=drawn, kl=10, n=1000, delta=0.05)
    assert (low, high) == (found, pac_bayes_kl(empirical_risk=drawn, kl=10, n=1000, delta=0.05))


def test_one_side_costs_less_and_refuses_the_other():
    both = monte_carlo_risk(0.02, 1000, delta=0.01)
    upper = monte_carlo_risk(0.02, 1000, delta=0.01, side="upper")
    alone = chernoff(empirical_risk=0.02, n=1000, delta=0.01)
    assert upper.upper == pytest.approx(alone, rel=1e-14)
    assert alone < both.upper
    with pytest.raises(ValueError, match="lower end"):
        pac_bayes_kl_lower(empirical_risk=upper, kl=10, n=1000, delta=0.05)
    lower = monte_carlo_risk(0.02, 1000, delta=0.01, side="lower")
    alone = chernoff_lower(empirical_risk=0.02, n=1000, delta=0.01)
    assert lower.lower == pytest.approx(alone, rel=1e-14)
    assert alone > both.lower


def test_the_mean_is_over_the_draws():
    # landmine 24: divided by the last index of the batches, one batch less
    batches = [np.array([0.0, 0.1, 0.2]), np.array([0.3, 0.4, 0.5])]
    one = monte_carlo_risk(batches[0], delta=0.01)
    two = monte_carlo_risk(np.concatenate(batches), delta=0.01)
    assert one == monte_carlo_risk(0.1, 3, delta=0.01)._replace(lower=one.lower, upper=one.upper)
    assert one.upper == pytest.approx(monte_carlo_risk(0.1, 3, delta=0.01).upper, rel=1e-14)
    assert two.upper == pytest.approx(monte_carlo_risk(0.25, 6, delta=0.01).upper, rel=1e-14)
    assert monte_carlo_risk(iter([0, 1]), delta=0.01).upper > 0.5


def test_delta_must_leave_something():
    drawn = monte_carlo_risk(0.02, 1000, delta=0.05)
    with pytest.raises(ValueError, match="leaves nothing"):
        mcallester(empirical_risk=drawn, kl=10, n=1000, delta=0.05)


def test_coverage_by_enumeration():
    n, delta, p = 30, 0.2, 0.3
    missed = 0.0
    for k in range(n + 1):
        found = monte_carlo_risk(k / n, n, delta=delta)
        if not found.lower <= p <= found.upper:
            missed += math.comb(n, k) * p**k * (1 - p) ** (n - k)
    assert missed <= delta


@pytest.mark.parametrize(
    ("losses", "n", "delta", "side", "message"),
    [
        (0.1, None, 0.05, "both", "needs n_monte_carlo"),
        (0.1, 0, 0.05, "both", "at least 1"),
        (0.1, 2.5, 0.05, "both", "an integer"),
        (1.5, 10, 0.05, "both", "in \\[0, 1\\]"),
        (math.nan, 10, 0.05, "both", "in \\[0, 1\\]"),
        ([], None, 0.05, "both", "non-empty"),
        ([0.5, 1.5], None, 0.05, "both", "non-empty sequence of numbers in"),
        ([0.5, 0.5], 3, 0.05, "both", "2 losses"),
        (0.1, 10, 0, "both", "delta"),
        (0.1, 10, 1, "both", "delta"),
        (0.1, 10, 0.05, "left", "side"),
    ],
)
def test_wrong_input_is_refused(losses, n, delta, side, message):
    with pytest.raises(ValueError, match=message):
        monte_carlo_risk(losses, n, delta=delta, side=side)
