"""Occam bounds: equality where it must hold, the weights, and the textbook's missing ln 2."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.concentration import chernoff, hoeffding
from genbounds.bounds.finite import finite_chernoff, finite_hoeffding
from genbounds.bounds.occam import (
    occam_binomial,
    occam_chernoff,
    occam_hoeffding,
    shalev_shwartz_mdl,
)

ALL = [occam_hoeffding, occam_chernoff, occam_binomial]

deltas = st.floats(1e-9, 0.999)
weights = st.floats(0, 500)


def cdf(n, p, k):
    """P(Bin(n, p) <= k)."""
    return math.fsum(math.comb(n, j) * p**j * (1 - p) ** (n - j) for j in range(k + 1))


def test_numbers_of_langfords_program():
    # `bound` 0.9, hunch.net: 192 errors of 600 at .025 and at .5, one hypothesis
    case = {"errors": 192, "n": 600, "log_prior": 0}
    assert occam_binomial(delta=0.025, **case) == pytest.approx(0.358976827934, rel=1e-9)
    # landmine 12: the method must not change silently between n = 600 and n = 800
    value = occam_binomial(errors=192, n=800, log_prior=0, delta=0.025)
    assert value == pytest.approx(0.271146632940, rel=1e-11)
    assert occam_chernoff(delta=0.025, errors=192, n=800, log_prior=0) == pytest.approx(
        0.28252880089, abs=3e-10
    )


@pytest.mark.parametrize(("k", "n"), [(0, 10), (3, 20), (19, 20), (50, 400)])
def test_binomial_spends_exactly_its_share(k, n):
    log_prior, delta = 7 * math.log(2), 0.1
    edge = occam_binomial(errors=k, n=n, log_prior=log_prior, delta=delta)
    assert cdf(n, edge, k) == pytest.approx(delta / 128, rel=1e-9)


def test_all_errors_leave_nothing_to_say():
    assert occam_binomial(errors=9, n=9, log_prior=3, delta=0.1) == 1
    assert occam_chernoff(empirical_risk=1, n=9, log_prior=3, delta=0.1) == 1


def test_without_errors_binomial_and_chernoff_agree():
    case = {"errors": 0, "n": 50, "log_prior": 11, "delta": 0.01}
    zero = -math.expm1(-(11 + math.log(100)) / 50)
    assert occam_binomial(**case) == pytest.approx(zero, rel=1e-14)
    assert occam_chernoff(**case) == pytest.approx(zero, rel=1e-14)


@pytest.mark.parametrize("bound", ALL, ids=lambda b: b.name)
def test_coverage_of_two_hypotheses_that_share_their_errors_or_none(bound):
    # weights 3/4 and 1/4; one errs on A, the other on B, A and B disjoint: exact trinomial sum
    n, delta = 25, 0.3
    high = [bound(errors=k, n=n, log_prior=math.log(4 / 3), delta=delta) for k in range(n + 1)]
    low = [bound(errors=k, n=n, log_prior=math.log(4), delta=delta) for k in range(n + 1)]
    for p, q in ((0.1, 0.1), (0.3, 0.2), (0.5, 0.5), (0.04, 0.6)):
        missed = math.fsum(
            math.comb(n, i) * math.comb(n - i, j) * p**i * q**j * (1 - p - q) ** (n - i - j)
            for i in range(n + 1)
            for j in range(n - i + 1)
            if p > high[i] or q > low[j]
        )
        assert missed <= delta


@given(st.integers(0, 300), st.integers(0, 300), weights, deltas)
def test_orderings(errors, correct, log_prior, delta):
    n = errors + correct
    if n == 0:
        return
    case = {"errors": errors, "n": n, "log_prior": log_prior, "delta": delta}
    binomial, sharp, simple = (
        occam_binomial(**case),
        occam_chernoff(**case),
        occam_hoeffding(**case),
    )
    assert binomial <= sharp * (1 + 1e-12) <= simple * (1 + 1e-11)


@given(st.floats(0, 1), st.integers(1, 10**9), st.integers(1, 10**6), deltas)
def test_uniform_weights_are_the_finite_class(r, n, hypotheses, delta):
    case = {"empirical_risk": r, "n": n, "delta": delta}
    weight = math.log(hypotheses)
    assert occam_hoeffding(log_prior=weight, **case) == finite_hoeffding(
        n_hypotheses=hypotheses, **case
    )
    assert occam_chernoff(log_prior=weight, **case) == finite_chernoff(
        n_hypotheses=hypotheses, **case
    )


@given(st.floats(0, 1), st.integers(1, 10**9), deltas)
def test_full_weight_is_the_fixed_hypothesis(r, n, delta):
    case = {"empirical_risk": r, "n": n, "delta": delta}
    assert occam_hoeffding(log_prior=0, **case) == hoeffding(**case)
    assert occam_chernoff(bits=0, **case) == chernoff(**case)


@given(st.floats(0, 1), st.integers(1, 10**9), st.floats(0, 10**6), deltas)
def test_textbook_description_length_is_looser(r, n, bits, delta):
    case = {"empirical_risk": r, "n": n, "bits": bits}
    printed = shalev_shwartz_mdl(delta=delta, **case)
    assert printed >= occam_hoeffding(delta=delta / 2, **case) * (1 - 1e-14)


def test_textbook_description_length_holds_on_both_sides_at_once():
    assert shalev_shwartz_mdl.two_sided.one_event
    # two hypotheses of one bit each, 0-1 loss of risk p on the same points: one binomial decides
    n, delta = 12, 0.5
    radius = shalev_shwartz_mdl.gap(n=n, bits=1, delta=delta)
    for p in (0.1, 0.3, 0.5):
        inside = [k for k in range(n + 1) if abs(k / n - p) <= radius]
        covered = sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in inside)
        assert 1 - covered <= delta


def test_bits_are_worth_ln_2():
    by_bits = occam_binomial(errors=3, n=40, bits=10, delta=0.05)
    assert by_bits == occam_binomial(errors=3, n=40, log_prior=10 * math.log(2), delta=0.05)


def test_long_descriptions_are_vacuous_and_finite():
    case = {"n": 10, "bits": 1e6, "delta": 1e-300}
    assert math.isfinite(occam_hoeffding(empirical_risk=0.1, **case))
    assert occam_chernoff(empirical_risk=0.1, **case) == 1
    assert occam_binomial(errors=1, **case) == 1
