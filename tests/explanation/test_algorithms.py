"""Every function without a key on a calculator is explained where a formula calls it."""

import math

import pytest
from scipy import stats

from genbounds import generic
from genbounds.explanation import explain
from genbounds.explanation.algorithms import MEANINGS
from tests.catalogue.draws import NUMBERED, typical

PLAIN = ("sum(", "product(", "log_growth(", "log_covering(", "integral(")


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_every_algorithm_in_a_calculation_has_its_meaning(bound):
    for step in explain(bound, **typical(bound)).steps:
        if not step.elementary and step.label != "clipped":
            assert step.note or step.plain.startswith(PLAIN), step.plain


def test_only_names_of_formulas_are_explained():
    assert all(callable(getattr(generic, name)) for name in MEANINGS)


def test_the_meanings_are_true():
    """Each sentence, taken at its word, by scipy."""
    k, n, c = 7, 50, 3.0
    p = generic.binomial_tail_inverse(k, n, c)
    assert stats.binom.cdf(k, n, p) == pytest.approx(math.exp(-c))
    p = generic.binomial_tail_inverse_lower(k, n, c)
    assert stats.binom.sf(k - 1, n, p) == pytest.approx(math.exp(-c))
    assert stats.norm.sf(generic.normal_quantile(0.05)) == pytest.approx(0.05)
    assert stats.beta.sf(generic.beta_quantile(3, 4, 0.05), 3, 4) == pytest.approx(0.05)
    assert stats.beta.cdf(generic.beta_quantile_lower(3, 4, 0.05), 3, 4) == pytest.approx(0.05)
    u = generic.bennett_inverse(2.0)
    assert (1 + u) * math.log1p(u) - u == pytest.approx(2)
    t = generic.bennett_deviation(0.5, 2.0)
    assert 0.5 * generic.bennett_function(t / 0.5) == pytest.approx(2)
    assert math.exp(generic.log_sauer(6, 2)) == pytest.approx(1 + 6 + 15)
    assert math.exp(generic.log_cover(6, 2)) == pytest.approx(2 * (1 + 5))
    assert generic.exp_remainder(0.5) == pytest.approx((math.exp(0.5) - 1 - 0.5) / 0.25)
    assert generic.log_remainder(0.5) == pytest.approx((-math.log(0.5) - 0.5) / 0.25)
    largest = generic.hypergeometric_tail_inverse(2, 20, 100, c)
    assert stats.hypergeom.cdf(2, 100, largest, 20) >= math.exp(-c)
    assert stats.hypergeom.cdf(2, 100, largest + 1, 20) < math.exp(-c)
