"""Limits of rational tails at the point itself: reached there, and missed a hair further on."""

from fractions import Fraction
from math import comb, exp, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import genbounds as gb
from genbounds.ties import LIMITS, binomial_tail, entropy_tail

PROBABILITIES = st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=50)


@given(n=st.integers(0, 30), k=st.integers(0, 30), p=PROBABILITIES)
def test_the_tail_is_the_sum_of_its_terms(n, k, p):
    k = min(k, n)
    assert binomial_tail(k, n, p) == sum(
        comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1)
    )


def test_chernoffs_tail_is_the_exponential_of_a_relative_entropy():
    q, p = 0.25, 0.5
    entropy = q * log(q / p) + (1 - q) * log((1 - q) / (1 - p))
    assert float(entropy_tail(2, 8, Fraction(1, 2))) == pytest.approx(exp(-8 * entropy), rel=1e-14)
    assert entropy_tail(3, 4, Fraction(1, 2)) == 1


@given(n=st.integers(1, 12), k=st.integers(0, 11), p=PROBABILITIES)
@settings(max_examples=60, deadline=None)
def test_the_limit_at_a_tail_is_the_point_itself(n, k, p):
    """At delta = P(Bin(n, p) <= k) the upper limit is p; a larger delta brings it below."""
    k = min(k, n - 1)
    tail, hair = binomial_tail(k, n, p), Fraction(1, 10**30)
    facts = {"errors": k, "n": n}
    upper, lower = LIMITS["clopper_pearson"], LIMITS["clopper_pearson_lower"]
    signs = [upper.sign(facts | {"delta": tail + step * hair}, p) for step in (-1, 0, 1)]
    assert signs == [1, 0, -1]
    mirrored = {"errors": n - k, "n": n}
    signs = [lower.sign(mirrored | {"delta": tail + step * hair}, 1 - p) for step in (-1, 0, 1)]
    assert signs == [-1, 0, 1]


@pytest.mark.parametrize(
    ("name", "unknown", "facts", "solution"),
    [
        ("clopper_pearson", "n", {"target": "0.1", "errors": 0, "delta": "0.81"}, 2),
        ("clopper_pearson", "errors", {"target": "0.5", "n": 2, "delta": "0.75"}, 1),
        ("clopper_pearson", "delta", {"target": "0.1", "n": 2, "errors": 0}, 0.81),
        ("clopper_pearson", "n", {"epsilon": "0.1", "errors": 0, "delta": "0.81"}, 2),
        ("clopper_pearson_lower", "errors", {"target": "0.9", "n": 2, "delta": "0.81"}, 2),
        ("clopper_pearson.two_sided", "n", {"epsilon": "0.5", "errors": 0, "delta": "0.5"}, 2),
        ("clopper_pearson_several", "n",
         {"target": "0.1", "errors": 0, "delta": "0.81", "n_hypotheses": 1}, 2),
        ("chernoff", "n", {"target": "0.1", "empirical_risk": 0, "delta": "0.729"}, 3),
        ("finite_realizable", "n", {"target": "0.5", "delta": "0.25", "n_hypotheses": 8}, 5),
    ],
)  # fmt: skip
def test_a_tie_is_a_solution(name, unknown, facts, solution):
    pytest.importorskip("flint")
    assert gb.solve(name, unknown, certified=True, **facts) == solution
    beside = facts | {"delta": Fraction(facts.get("delta", 0)) - Fraction(1, 10**40)}
    if unknown == "n":
        assert gb.solve(name, unknown, certified=True, **beside) == solution + 1


def test_what_is_no_rational_tail_is_not_decided():
    chernoff = LIMITS["chernoff"]
    facts = {"n": 10, "delta": Fraction(1, 20)}
    assert chernoff.sign(facts | {"empirical_risk": Fraction(1, 3)}, Fraction(1, 2)) is None
    assert chernoff.sign(facts | {"empirical_risk": 0}, Fraction(1, 2)) == -1
    wide = facts | {"log_cardinality": Fraction(1, 2)}
    assert LIMITS["finite_realizable"].sign(wide, Fraction(1, 2)) is None


def test_a_limit_beside_points_that_are_no_probabilities():
    upper, lower = LIMITS["clopper_pearson"], LIMITS["clopper_pearson_lower"]
    facts = {"errors": 0, "n": 3, "delta": Fraction(1, 20)}
    points = [Fraction(x, 2) for x in (-1, 0, 2, 3)]
    assert [upper.sign(facts, p) for p in points] == [1, 1, -1, -1]
    assert [lower.sign(facts, p) for p in points] == [1, 0, -1, -1]  # it is 0
    assert [upper.sign(facts | {"errors": 3}, p) for p in points] == [1, 1, 0, -1]  # it is 1
