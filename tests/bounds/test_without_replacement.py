"""Sampling without replacement: exact coverage over all populations of 40, and where delta goes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.concentration import hoeffding
from genbounds.bounds.test_set import clopper_pearson
from genbounds.bounds.without_replacement import (
    bernstein_serfling,
    empirical_bernstein_serfling,
    hoeffding_serfling,
    hypergeometric,
    hypergeometric_lower,
    serfling,
)

N = 40
SIZES = [1, 2, 5, 19, 20, 21, 33, 39, 40]
DELTAS = [0.01, 0.05, 0.3, 0.8]


def mass(k, n, bad, size=N):
    return math.comb(bad, k) * math.comb(size - bad, n - k) / math.comb(size, n)


def misses(n, bad, missed, size=N):
    counts = range(max(0, n - (size - bad)), min(n, bad) + 1)
    return math.fsum(mass(k, n, bad, size) for k in counts if missed(k))


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("delta", DELTAS)
def test_exact_limits_cover_every_population(n, delta):
    case = {"n": n, "population_size": N, "delta": delta}
    above = [hypergeometric(errors=k, **case) for k in range(n + 1)]
    below = [hypergeometric_lower(errors=k, **case) for k in range(n + 1)]
    for bad in range(N + 1):
        assert misses(n, bad, lambda k, bad=bad: bad / N > above[k]) <= delta * (1 + 1e-12)
        assert misses(n, bad, lambda k, bad=bad: bad / N < below[k]) <= delta * (1 + 1e-12)


@pytest.mark.parametrize("n", SIZES)
def test_exact_limits_are_the_last_that_are_likely_enough(n):
    for k in range(n + 1):
        most = round(N * hypergeometric(errors=k, n=n, population_size=N, delta=0.05))
        assert misses(n, most, lambda j, k=k: j <= k) >= 0.05 * (1 - 1e-12)
        if most < N - n + k:
            assert misses(n, most + 1, lambda j, k=k: j <= k) < 0.05


def test_the_whole_population_leaves_no_doubt():
    case = {"n": N, "population_size": N, "delta": 0.05}
    assert hypergeometric(errors=7, **case) == hypergeometric_lower(errors=7, **case) == 7 / N
    assert hoeffding_serfling(empirical_risk=0.2, **case) == 0.2
    assert serfling(empirical_risk=0.2, **case) > 0.2


def test_a_large_population_is_like_independent_draws():
    case = {"errors": 5, "n": 100, "delta": 0.05}
    near = hypergeometric(population_size=10**9, **case)
    assert near == pytest.approx(clopper_pearson(**case), rel=1e-5)


BLIND = [serfling, hoeffding_serfling]


@pytest.mark.parametrize("bound", BLIND, ids=lambda b: b.name)
@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("delta", DELTAS)
def test_serfling_bounds_cover_every_population(bound, n, delta):
    case = {"n": n, "population_size": N, "delta": delta}
    limits = [bound(empirical_risk=k / n, **case) for k in range(n + 1)]
    for bad in range(N + 1):
        assert misses(n, bad, lambda k, bad=bad: bad / N > limits[k] + 1e-12) <= delta


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("delta", DELTAS)
def test_bernstein_serfling_bounds_cover_every_population(n, delta):
    case = {"n": n, "population_size": N, "delta": delta}
    for bad in range(N + 1):
        variance = bad * (N - bad) / N**2

        def exceeds(k, bad=bad, variance=variance):
            return bad / N > bernstein_serfling(empirical_risk=k / n, variance=variance, **case)

        def exceeds_empirically(k, bad=bad):
            risk, variance = k / n, k * (n - k) / n**2
            limit = empirical_bernstein_serfling(
                empirical_risk=risk, biased_variance=variance, **case
            )
            return bad / N > limit

        assert misses(n, bad, exceeds) <= delta
        assert misses(n, bad, exceeds_empirically) <= delta


def test_the_factor_without_one_over_n_is_refuted():
    """One of two points: with 1 - n/N the bound for the population {0, 1} fails half the time."""
    delta = 0.4
    wrong = math.sqrt((1 - 1 / 2) * math.log(1 / delta) / 2)
    assert misses(1, 1, lambda k: 1 / 2 > k + wrong, size=2) == 0.5
    right = hoeffding_serfling(empirical_risk=0, n=1, population_size=2, delta=delta)
    assert right > 0.5


def literal_bernstein_serfling(r, variance, n, size, failure):
    """Corollary 3.6 as printed, with f, g and kappa, at level 1 - 2 failure."""

    def f(i):
        return i / size

    def g(i):
        return math.inf if i == 0 else size / i - 1

    early = n <= size / 2
    rho = 1 - f(n - 1) if early else (1 - f(n)) * (1 + 1 / n)
    kappa = 4 / 3 + math.sqrt(f(n) / g(n - 1) if early else max(0, g(n + 1) * (1 - f(n))))
    budget = math.log(1 / failure)
    return r + math.sqrt(variance) * math.sqrt(2 * rho * budget / n) + kappa * budget / n


@given(st.integers(1, 400), st.data(), st.floats(0, 0.25), st.floats(1e-6, 0.9))
def test_bernstein_serfling_is_the_corollary_at_half_of_delta(n, data, variance, delta):
    size = data.draw(st.integers(n, 900))
    printed = literal_bernstein_serfling(0.1, variance, n, size, delta / 2)
    value = bernstein_serfling(
        empirical_risk=0.1, variance=variance, n=n, population_size=size, delta=delta
    )
    assert value == pytest.approx(printed, rel=1e-11)


def test_constants_of_the_empirical_form():
    """7/3 + 3/sqrt 2 is 4/3 + 1/sqrt 2, the largest kappa, and 1 + sqrt 2 from the variance."""
    assert 7 / 3 + 3 / math.sqrt(2) == pytest.approx(4 / 3 + 1 / math.sqrt(2) + 1 + math.sqrt(2))
    value = empirical_bernstein_serfling(
        empirical_risk=0, biased_variance=0, n=10, population_size=40, delta=0.05
    )
    assert value == pytest.approx((7 / 3 + 3 / math.sqrt(2)) * math.log(5 / 0.05) / 10)


@given(st.integers(1, 10**6), st.data(), st.floats(1e-9, 0.99))
def test_without_replacement_beats_independent_draws(n, data, delta):
    size = data.draw(st.integers(n, 10**7))
    case = {"empirical_risk": 0.1, "n": n, "delta": delta}
    independent = hoeffding(**case) * (1 + 1e-12)
    forwards = serfling(population_size=size, **case)
    assert (
        hoeffding_serfling(population_size=size, **case)
        <= forwards * (1 + 1e-12)
        <= independent * (1 + 1e-12)
    )


def test_a_sample_larger_than_the_population_is_refused():
    for bound in BLIND:
        with pytest.raises(ValueError, match="n must be at most population_size"):
            bound(empirical_risk=0.2, n=11, population_size=10, delta=0.05)


def test_a_nearly_complete_audit_of_a_huge_population():
    """1 - (n-1)/N as a difference would lose all digits here."""
    case = {"n": 10**15 - 1, "population_size": 10**15, "delta": 0.05}
    width = serfling(empirical_risk=0, **case)
    assert width == pytest.approx(math.sqrt(2e-15 * math.log(20) / (2 * (10**15 - 1))), rel=1e-12)
