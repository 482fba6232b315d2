"""Consistent hypotheses and hypergeometric inversion: brute force, exact coverage, orderings."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.finite import finite_realizable
from genbounds.bounds.realizable import blumer, double_sample, leboeuf_hypergeometric
from genbounds.bounds.vc import vapnik_confidence


def thresholds(m):
    return math.log(m + 1)


def binomial_reaches(m, p, j):
    return sum(math.comb(m, i) * p**i * (1 - p) ** (m - i) for i in range(j, m + 1))


@given(st.integers(1, 10**9), st.integers(0, 1000), st.floats(1e-12, 0.999))
def test_blumer_is_its_equation(n, d, delta):
    eps = blumer(n=n, vc_dim=d, delta=delta)
    growth = n * vapnik_confidence.gap(n=n, vc_dim=d, delta=delta) ** 2
    assert n * eps / 2 * math.log(2) == pytest.approx(growth - math.log(2), rel=1e-9)


@pytest.mark.parametrize("n", range(1, 80))
def test_the_median_needs_no_condition(n):
    # P(Bin(n, eps) >= n eps/2) >= 1/2 from n eps = 1 on; below 2 the bound of blumer exceeds 1
    for eps in (i / 200 for i in range(1, 201)):
        if n * eps >= 1:
            assert binomial_reaches(n, eps, math.ceil(n * eps / 2 - 1e-9)) >= 0.5 - 1e-12


@pytest.mark.parametrize("bound", [blumer, double_sample], ids=lambda b: b.name)
@pytest.mark.parametrize("n", [1, 5, 20, 100])
@pytest.mark.parametrize("delta", [0.9, 0.5, 0.05, 1e-6])
def test_coverage_for_thresholds(bound, n, delta):
    # All labels 0, 1[x <= a] on uniform x: R = a is consistent while the least x exceeds it.
    extra = {"n_ghost": 2 * n} if bound is double_sample else {}
    eps = min(bound(n=n, log_growth=thresholds, delta=delta, **extra), 1)
    assert (1 - eps) ** n <= delta


@pytest.mark.parametrize(
    ("n", "k", "delta"), [(20, 20, 0.05), (50, 10, 0.5), (30, 90, 1e-3), (5, 5, 0.01)]
)
def test_double_sample_by_brute_force(n, k, delta):
    value = double_sample(n=n, n_ghost=k, vc_dim=1, delta=delta)
    growth = n + k + 1

    def certified(eps):
        splits = (growth * math.comb(k, j) / math.comb(n + k, j) for j in range(1, k + 1))
        return any(s <= delta * binomial_reaches(k, eps, j) for j, s in enumerate(splits, start=1))

    if value < 1:
        assert certified(value * (1 + 1e-9)) and not certified(value * (1 - 1e-9))
    else:
        assert not certified(1 - 1e-12)


def test_double_sample_is_the_sharper_one():
    for n, d in ((500, 2), (2000, 10), (10000, 10)):
        best = min(double_sample(n=n, n_ghost=n * m, vc_dim=d, delta=0.05) for m in (1, 2, 4, 8))
        assert best < blumer(n=n, vc_dim=d, delta=0.05) / 2


def test_one_hypothesis_tends_to_its_exact_bound():
    exact = finite_realizable(n=100, n_hypotheses=1, delta=0.05)
    values = [double_sample(n=100, n_ghost=10**e, vc_dim=0, delta=0.05) for e in (3, 5, 7)]
    assert values == sorted(values, reverse=True)
    assert exact < values[-1] < 2 * exact


@pytest.mark.parametrize(
    ("k", "n", "ghost", "delta"), [(3, 30, 60, 0.2), (0, 20, 80, 0.5), (10, 25, 25, 0.01)]
)
def test_leboeuf_by_brute_force(k, n, ghost, delta):
    size = n + ghost
    level = Fraction(delta) / (4 * (size + 1))  # vc_dim 1

    def tail(bad):
        ways = (math.comb(bad, i) * math.comb(size - bad, n - i) for i in range(k + 1) if n >= i)
        return Fraction(sum(ways), math.comb(size, n))

    # the source: the least total whose tail is below the level, minus 1
    total = next((bad for bad in range(k, size + 1) if tail(bad) < level), size + 1) - 1
    value = leboeuf_hypergeometric(errors=k, n=n, n_ghost=ghost, vc_dim=1, delta=delta)
    assert value == max(1, total - k) / ghost


@pytest.mark.parametrize("n", [5, 20, 50])
@pytest.mark.parametrize("ghost", [1, 10, 100])
@pytest.mark.parametrize("delta", [0.9, 0.3])
def test_leboeuf_coverage_of_one_hypothesis(n, ghost, delta):
    ends = [
        leboeuf_hypergeometric(errors=k, n=n, n_ghost=ghost, vc_dim=0, delta=delta)
        for k in range(n + 1)
    ]
    assert ends == sorted(ends) and ends[-1] == 1
    for p in (i / 300 for i in range(301)):
        missed = [k for k in range(n + 1) if p > ends[k]]
        assert sum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in missed) <= delta


def test_leboeuf_beats_vapnik():
    facts = {"errors": 50, "n": 1000, "vc_dim": 5, "delta": 0.05}
    sharper = leboeuf_hypergeometric(n_ghost=4000, **facts)
    assert sharper < vapnik_confidence(**facts)


def test_counts_are_integers():
    with pytest.raises(ValueError, match="n must be"):
        blumer(n=10.5, vc_dim=1, delta=0.05)
    with pytest.raises(ValueError, match="n_ghost"):
        double_sample(n=10, n_ghost=0, vc_dim=1, delta=0.05)
