"""Necessary sample sizes: below the sufficient ones, and checked against exact testing errors."""

import itertools
import math

import pytest
from scipy.stats import binom

from genbounds.bounds.finite import finite_hoeffding
from genbounds.bounds.necessary import (
    anthony_bartlett_necessary,
    anthony_bartlett_necessary_confidence,
    blumer_necessary,
    devroye_gyorfi_lugosi_agnostic_lower,
    devroye_gyorfi_lugosi_lower,
    ehrenfeucht_necessary,
    mohri_agnostic_lower,
    mohri_realizable_lower,
    shalev_shwartz_necessary,
    shalev_shwartz_necessary_confidence,
)
from genbounds.bounds.optimal import one_inclusion
from genbounds.bounds.vc_sample_sizes import (
    anthony_bartlett_realizable_sample_size,
    anthony_bartlett_sample_size,
    shawe_taylor_anthony_biggs_sample_size,
)

EPSILONS = [1e-6, 0.001, 0.01, 0.015, 0.05, 0.1, 0.125, 0.3, 0.45]
DELTAS = [1e-300, 1e-6, 0.001, 0.01, 0.1, 0.125, 0.24]
DIMENSIONS = [1, 2, 10, 1000]


@pytest.mark.parametrize(("epsilon", "delta"), list(itertools.product(EPSILONS, DELTAS)))
def test_necessary_is_below_sufficient(epsilon, delta):
    for d in DIMENSIONS:
        case = {"epsilon": epsilon, "delta": delta, "vc_dim": d}
        realizable = min(
            shawe_taylor_anthony_biggs_sample_size(**case),
            anthony_bartlett_realizable_sample_size(**case),
        )
        assert ehrenfeucht_necessary(**case) <= realizable
        assert blumer_necessary(**case) <= realizable
        agnostic = anthony_bartlett_sample_size(**case)
        assert anthony_bartlett_necessary(**case) <= agnostic
        assert shalev_shwartz_necessary(**case) <= agnostic
    confidence = {"epsilon": epsilon, "delta": delta}
    assert anthony_bartlett_necessary_confidence(**confidence) <= two_hypotheses(epsilon, delta)
    assert shalev_shwartz_necessary_confidence(**confidence) <= two_hypotheses(epsilon, delta)


def two_hypotheses(epsilon, delta):
    """The size at which `finite_hoeffding` brings the excess of two hypotheses below epsilon."""
    one = finite_hoeffding.two_sided.gap(n=1, n_hypotheses=2, delta=delta)
    return (2 * one / epsilon) ** 2


def test_the_misprinted_heading_contradicts_two_hypotheses():
    # 8d/eps^2 with d = 1, eps = .05, delta = 1/8
    assert 8 / 0.05**2 > two_hypotheses(0.05, 1 / 8)
    assert shalev_shwartz_necessary(epsilon=0.05, delta=1 / 8, vc_dim=1) < two_hypotheses(
        0.05, 1 / 8
    )


def misjudged(n, bias):
    """The least probability with which n flips of a coin (1 +- bias)/2 mistake its side."""
    p = (1 + bias) / 2
    tie = binom.pmf(n // 2, n, p) / 2 if n % 2 == 0 else 0
    return binom.cdf(n // 2, n, p) - tie


@pytest.mark.parametrize("epsilon", [0.05, 0.1, 0.3, 0.6])
@pytest.mark.parametrize("delta", [0.001, 0.05, 0.2, 0.249])
def test_two_coins_by_exact_binomials(epsilon, delta):
    for bound in (shalev_shwartz_necessary_confidence, anthony_bartlett_necessary_confidence):
        n = math.floor(bound(epsilon=epsilon, delta=delta))
        assert n == 0 or misjudged(n, epsilon) >= delta


def test_confidence_keeps_its_digits_next_to_a_quarter():
    delta = 0.25 - 2**-40
    inside = -math.log1p(-((4 * 2.0**-40) ** 2)) / (2 * 1e-14**2)
    value = anthony_bartlett_necessary_confidence(epsilon=1e-14, delta=delta)
    assert value == 2 * math.floor(inside)


@pytest.mark.parametrize("d", [2, 3, 10, 50])
def test_unseen_points_exactly(d):
    for n in range(d - 1, 300):
        exact = (d - 1) / n * (1 - 1 / n) ** n / 2
        assert devroye_gyorfi_lugosi_lower(n=n, vc_dim=d) <= exact * (1 + 1e-14)
        assert devroye_gyorfi_lugosi_lower(n=n, vc_dim=d) <= one_inclusion(n=n, vc_dim=d)


@pytest.mark.parametrize("risk", [1e-6, 0.01, 0.1, 0.3, 0.4, 0.49])
def test_biased_coins_of_theorem_14_5(risk):
    # d - 1 points of mass p, bias x = 1/sqrt N: Bretagnolle and Huber, with the exact divergence
    for d, factor in itertools.product((2, 5, 100), (1, 2, 10, 1000)):
        size = max(9, 1 / (1 - 2 * risk) ** 2) * (d - 1) / (2 * risk)
        n = math.ceil(size * factor * (1 + 1e-9))
        x = math.sqrt((d - 1) / (2 * n * risk))
        p = 2 * risk / ((d - 1) * (1 - x))
        assert (d - 1) * p <= 1 + 1e-12
        divergence = n * p * x * math.log((1 + x) / (1 - x))
        excess = (d - 1) * p * x * math.exp(-divergence) / 4
        value = devroye_gyorfi_lugosi_agnostic_lower(n=n, vc_dim=d, bayes_risk=risk)
        assert 0 < value <= excess


def test_risks_solve_their_sample_sizes():
    risk = mohri_realizable_lower(n=1000, vc_dim=10, delta=0.01)
    assert ehrenfeucht_necessary(epsilon=risk, delta=0.01, vc_dim=10) == pytest.approx(1000)
    excess = mohri_agnostic_lower(n=10000, vc_dim=10, delta=0.01)
    assert anthony_bartlett_necessary(epsilon=excess, delta=0.01, vc_dim=10) == pytest.approx(10000)


def test_outside_their_domains_they_are_silent():
    assert mohri_agnostic_lower(n=1, vc_dim=1000, delta=0.01) == -math.inf
    assert mohri_agnostic_lower(n=128, vc_dim=10, delta=0.01) == -math.inf
    assert mohri_agnostic_lower(n=129, vc_dim=10, delta=0.01) < 1 / 64
    assert mohri_realizable_lower(n=1, vc_dim=6, delta=0.01) == -math.inf
    assert mohri_realizable_lower(n=1, vc_dim=5, delta=0.01) == 1 / 8
    assert ehrenfeucht_necessary(epsilon=0.1, delta=0.02, vc_dim=10) == -math.inf
    assert shalev_shwartz_necessary_confidence(epsilon=0.1, delta=0.3) == 0


BOUNDS = [
    mohri_realizable_lower,
    mohri_agnostic_lower,
    devroye_gyorfi_lugosi_lower,
    devroye_gyorfi_lugosi_agnostic_lower,
]


@pytest.mark.parametrize(
    ("bound", "name"), [(b, name) for b in BOUNDS for name in b.witness], ids=str
)
def test_not_monotone_as_declared(bound, name):
    case = bound.witness[name]
    low, middle, high = (bound(**{name: x}, **case["at"]) for x in case["values"])
    assert low < middle > high
