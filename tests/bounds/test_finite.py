"""Finite classes: textbook numbers, worlds small enough to enumerate, and limits."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.concentration import chernoff, hoeffding, relative_chernoff
from genbounds.bounds.finite import (
    finite_bernstein,
    finite_chernoff,
    finite_hoeffding,
    finite_massart_noise,
    finite_realizable,
    finite_realizable_linear,
    finite_relative_chernoff,
)
from genbounds.bounds.variance import bernstein

risks = st.floats(0, 1)
sizes = st.integers(1, 10**9)
counts = st.integers(1, 10**6)
deltas = st.floats(1e-12, 0.999)


def probability(n, p, counts):
    """P(Bin(n, p) in counts)."""
    return math.fsum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in counts)


# --- numbers


@pytest.mark.parametrize(("hypotheses", "n"), [(1, 840), (10, 1301), (100, 1761)])
def test_sample_sizes_of_abu_mostafa(hypotheses, n):
    # Learning From Data, homework 2: epsilon .05, failure probability .03
    gap = finite_hoeffding.two_sided.gap
    assert gap(n=n, n_hypotheses=hypotheses, delta=0.03) <= 0.05
    assert gap(n=n - 1, n_hypotheses=hypotheses, delta=0.03) > 0.05


@pytest.mark.parametrize(("hypotheses", "n"), [(3**10, 140), (973, 99)])
def test_sample_sizes_of_mitchell(hypotheses, n):
    # Machine Learning, section 7.3: conjunctions of 10 literals, and EnjoySport; .1 and .05
    assert finite_realizable_linear(n=n, n_hypotheses=hypotheses, delta=0.05) <= 0.1
    assert finite_realizable_linear(n=n - 1, n_hypotheses=hypotheses, delta=0.05) > 0.1


def test_realizable_at_a_million_million_observations():
    # landmine 16: 1 - (delta/M)^(1/n) as written is off by 2e-6 there; here to second order
    n, cost = 10**12, math.log(1000 / 0.05)
    value = finite_realizable(n=n, n_hypotheses=1000, delta=0.05)
    assert value == pytest.approx(cost / n - (cost / n) ** 2 / 2, rel=1e-14)
    assert abs((1 - (0.05 / 1000) ** (1 / n)) / value - 1) > 1e-7


# --- equality and coverage, by enumeration


@pytest.mark.parametrize(("n", "risk"), [(1, 0.3), (10, 0.01), (200, 0.02)])
def test_realizable_is_exact_for_one_hypothesis(n, risk):
    survives = (1 - risk) ** n
    assert finite_realizable(n=n, log_cardinality=0, delta=survives) == pytest.approx(
        risk, rel=1e-12
    )


@pytest.mark.parametrize("n", [2, 5, 30])
def test_realizable_is_exact_for_two_complementary_hypotheses(n):
    # one of two survives if all observations fall on its side: 2 (1/2)^n
    value = finite_realizable(n=n, n_hypotheses=2, delta=2 * 0.5**n)
    assert value == pytest.approx(0.5, rel=1e-13)


@pytest.mark.parametrize(("hypotheses", "risk"), [(3, 0.3), (10, 0.05), (40, 0.02)])
def test_realizable_holds_on_disjoint_error_regions(hypotheses, risk):
    # P(some region is missed), exactly by inclusion and exclusion
    for n in (5, 20, 100):
        bad = math.fsum(
            (-1) ** (j + 1) * math.comb(hypotheses, j) * max(0.0, 1 - j * risk) ** n
            for j in range(1, hypotheses + 1)
        )
        if 0 < bad < 1:
            assert finite_realizable(n=n, n_hypotheses=hypotheses, delta=bad) >= risk * (1 - 1e-9)


def disjoint_counts(n, hypotheses, p):
    """The law of the smallest error count over disjoint regions of probability p: P(min <= k)."""
    below = []
    for k in range(n + 1):
        above = {0: 1.0}
        for _ in range(hypotheses):
            step = {}
            for used, weight in above.items():
                for j in range(k + 1, n - used + 1):
                    term = weight * p**j / math.factorial(j)
                    step[used + j] = step.get(used + j, 0.0) + term
            above = step
        rest = 1 - hypotheses * p
        all_above = sum(
            weight * math.factorial(n) * rest ** (n - used) / math.factorial(n - used)
            for used, weight in above.items()
        )
        below.append(1 - all_above)
    return below


@pytest.mark.parametrize("bound", [finite_hoeffding, finite_chernoff, finite_relative_chernoff])
@pytest.mark.parametrize("p", [0.05, 0.15, 0.3])
def test_uniform_coverage_on_disjoint_error_regions(bound, p):
    # the smallest of 3 multinomial counts decides whether any of the 3 statements fails
    n, hypotheses = 20, 3
    for delta in (0.5, 0.2, 0.05):
        limit = [bound(errors=k, n=n, n_hypotheses=hypotheses, delta=delta) for k in range(n + 1)]
        failing = [k for k in range(n + 1) if p > limit[k]]
        chance = disjoint_counts(n, hypotheses, p)[max(failing)] if failing else 0.0
        assert chance <= delta


@pytest.mark.parametrize("margin", [0.1, 0.3, 0.7, 1.0])
def test_massart_noise_coverage_of_two_classifiers(margin):
    # they differ everywhere: the minimiser is wrong if half of the labels or more are flipped
    for n in (1, 10, 60, 200):
        wrong = probability(n, (1 + margin) / 2, range(n // 2 + 1))
        if 0 < wrong < 1:
            value = finite_massart_noise(n=n, n_hypotheses=2, massart_margin=margin, delta=wrong)
            assert value >= margin


# --- the algebra


@given(sizes, counts, st.floats(1e-3, 1), deltas)
def test_massart_noise_solves_its_quadratic(n, hypotheses, margin, delta):
    a = math.log(hypotheses / delta) / n
    e = finite_massart_noise(n=n, n_hypotheses=hypotheses, massart_margin=margin, delta=delta)
    assert e == pytest.approx(math.sqrt(2 * e * a / margin) + 2 * a / 3, rel=1e-12)


@given(risks, sizes, deltas, st.floats(0, 0.25))
def test_one_hypothesis_is_the_fixed_one(r, n, delta, variance):
    case = {"empirical_risk": r, "n": n, "delta": delta}
    alone = {"log_cardinality": 0, **case}
    assert finite_hoeffding(**alone) == hoeffding(**case)
    assert finite_chernoff(**alone) == chernoff(**case)
    assert finite_relative_chernoff(**alone) == relative_chernoff(**case)
    assert finite_bernstein(variance=variance, **alone) == bernstein(variance=variance, **case)


@given(risks, sizes, counts, st.floats(1e-6, 0.999))
def test_the_union_bound_is_delta_over_m(r, n, hypotheses, delta):
    case = {"empirical_risk": r, "n": n}
    together = finite_chernoff(n_hypotheses=hypotheses, delta=delta, **case)
    assert together == pytest.approx(chernoff(delta=delta / hypotheses, **case), rel=1e-12)


@given(risks, sizes, counts, deltas)
def test_orderings(r, n, hypotheses, delta):
    case = {"n": n, "n_hypotheses": hypotheses, "delta": delta}
    assert finite_realizable(**case) <= finite_realizable_linear(**case)
    sharp = finite_chernoff(empirical_risk=r, **case)
    assert sharp <= finite_hoeffding(empirical_risk=r, **case) * (1 + 1e-12)
    assert sharp <= finite_relative_chernoff(empirical_risk=r, **case) * (1 + 1e-12)
    zero = finite_chernoff(empirical_risk=0, **case)
    assert finite_realizable(**case) == pytest.approx(zero, rel=1e-13)


@given(sizes, counts, deltas, st.floats(0.01, 0.5), st.floats(0.01, 0.5))
def test_less_noise_never_hurts(n, hypotheses, delta, margin, more):
    case = {"n": n, "n_hypotheses": hypotheses, "delta": delta}
    noisy = finite_massart_noise(massart_margin=margin, **case)
    assert finite_massart_noise(massart_margin=margin + more, **case) <= noisy


def test_vacuous_is_raw():
    assert finite_hoeffding(empirical_risk=1, n=1, n_hypotheses=10**6, delta=1e-300) > 15
    assert finite_realizable(n=1, n_hypotheses=10**6, delta=1e-300) == 1


def test_latex():
    assert finite_realizable.latex == (r"1 - e^{-\frac{\ln|\mathcal H| + \ln \frac{1}{\delta}}{n}}")
