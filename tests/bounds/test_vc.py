"""Uniform convergence: published numbers, who is above whom, and the steps of the proofs."""

import math
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import kstwo

from genbounds.bounds.vc import (
    abu_mostafa_rademacher,
    bousquet_boucheron_lugosi,
    devroye,
    devroye_gyorfi_lugosi,
    devroye_simplified,
    lugosi_chaining,
    mohri,
    parrondo_van_den_broeck,
    shalev_shwartz_expected,
    shalev_shwartz_expected_printed,
    shalev_shwartz_vc,
    vapnik,
    vapnik_chervonenkis,
    vapnik_confidence,
)

TWO_SIDED = [
    vapnik_chervonenkis,
    devroye_gyorfi_lugosi,
    devroye,
    devroye_simplified,
    parrondo_van_den_broeck,
    shalev_shwartz_expected,
    abu_mostafa_rademacher,
    vapnik,
    vapnik_confidence,
]
ONE_SIDED = [mohri, bousquet_boucheron_lugosi]

problems = given(st.integers(1, 10**9), st.integers(0, 2000), st.floats(1e-12, 0.999))


# --- published numbers


@pytest.mark.parametrize(
    ("bound", "large", "small"),
    [
        (vapnik_chervonenkis, 0.632174915201, 13.828161485),
        (abu_mostafa_rademacher, 0.331308785962, 7.04877656418),
        (parrondo_van_den_broeck, 0.223698293681, 5.10136198199),
        (devroye, 0.215228049808, 5.59312554318),
    ],
)
def test_caltech_homework(bound, large, small):
    # Learning From Data, homework 4, questions 2 and 3: growth n^d, d = 50, delta = .05
    facts = {"vc_dim": 50, "delta": 0.05, "growth": "polynomial"}
    assert bound.gap(n=10000, **facts) == pytest.approx(large, rel=1e-11)
    assert bound.gap(n=5, **facts) == pytest.approx(small, rel=1e-11)


@pytest.mark.parametrize(
    ("bound", "growth", "n"),
    [
        (vapnik_chervonenkis, "polynomial", 452957),
        (vapnik_chervonenkis, "sauer", 400700),
        (abu_mostafa_rademacher, "polynomial", 138886),
        (parrondo_van_den_broeck, "polynomial", 47830),
        (devroye, "polynomial", 43655),
    ],
)
def test_the_smallest_samples_of_homework_4(bound, growth, n):
    def gap(size):
        return bound.gap(n=size, vc_dim=10, delta=0.05, growth=growth)

    assert gap(n) <= 0.05 < gap(n - 1)


def test_learning_from_data_examples():
    # Example 2.6 (the book's iteration stops at about 30,000) and equations 2.12 to 2.14
    def gap(size, d):
        return vapnik_chervonenkis.gap(n=size, vc_dim=d, delta=0.1, growth="polynomial-plus-one")

    assert gap(29300, 3) <= 0.1 < gap(29299, 3)
    assert gap(100, 1) == pytest.approx(0.848, abs=5e-4)
    assert gap(1000, 1) == pytest.approx(0.301, abs=5e-4)


@pytest.mark.parametrize(
    ("bound", "value"),
    [
        (vapnik_chervonenkis, 0.530),
        (parrondo_van_den_broeck, 0.1876),
        (devroye, 0.1972),
        (vapnik, 0.1875),
        (shalev_shwartz_vc, 0.5315),
        (devroye_gyorfi_lugosi, 1.007),
        (lugosi_chaining, 3.23),
    ],
)
def test_side_by_side(bound, value):
    assert bound.gap(n=10000, vc_dim=50, delta=0.05) == pytest.approx(value, rel=2e-3)


def test_mohri_in_its_printed_form():
    printed = mohri.gap(n=10000, vc_dim=50, delta=0.05, growth="sauer-exp")
    assert printed == pytest.approx(0.2632, abs=5e-5)


# --- orderings


@problems
def test_who_is_above_whom(n, d, delta):
    def gap(bound):
        return bound.gap(n=n, vc_dim=d, delta=delta)

    slack = 1 + 1e-12
    assert gap(vapnik_confidence) <= gap(vapnik) * slack
    assert gap(vapnik_confidence) <= gap(parrondo_van_den_broeck) * slack
    assert gap(vapnik_confidence) <= gap(vapnik_chervonenkis) * slack
    assert gap(bousquet_boucheron_lugosi) <= gap(vapnik_chervonenkis) * slack
    assert gap(mohri) <= gap(abu_mostafa_rademacher) * slack
    assert gap(shalev_shwartz_expected_printed) <= gap(shalev_shwartz_expected) * slack
    if delta <= 0.5:  # above, the mean is better than its tail
        assert gap(vapnik_chervonenkis) <= gap(shalev_shwartz_expected) * slack
    if 3 <= n and gap(devroye) <= 1:
        assert gap(devroye) <= gap(devroye_simplified) * slack
    if d <= n:
        assert gap(mohri.two_sided) <= gap(shalev_shwartz_vc) * slack


@problems
def test_both_sides_of_the_rademacher_penalty(n, d, delta):
    # 2 Pi(n) labelings by the class and its complements
    growth = mohri.gap(n=n, vc_dim=d, delta=1 - 1e-16)
    proved = math.sqrt(growth**2 + 2 * math.log(2) / n) + math.sqrt(-math.log(delta) / (2 * n))
    assert proved <= abu_mostafa_rademacher.gap(n=n, vc_dim=d, delta=delta) * (1 + 1e-9)


def test_chaining_wins_only_at_the_end_of_the_world():
    def gaps(n):
        return [b.gap(n=n, vc_dim=1, delta=0.05) for b in (lugosi_chaining, vapnik_chervonenkis)]

    assert gaps(10**50)[0] > gaps(10**50)[1]


# --- coverage


@pytest.mark.parametrize("bound", [*TWO_SIDED, *ONE_SIDED], ids=lambda b: b.name)
@pytest.mark.parametrize("n", [1, 2, 3, 5, 10, 20, 50, 200])
@pytest.mark.parametrize("delta", [0.9, 0.5, 0.05, 1e-6])
def test_coverage_for_thresholds(bound, n, delta):
    # The risks of 1[x <= a] are a distribution function: Kolmogorov's exact law is the supremum's.
    sides = bound.two_sided.gap if bound in ONE_SIDED else bound.gap
    value = sides(n=n, log_growth=lambda m: np.log(m + 1), delta=delta)
    assert kstwo.sf(min(value, 1), n) <= delta


@pytest.mark.parametrize("bound", [*TWO_SIDED, *ONE_SIDED, lugosi_chaining], ids=lambda b: b.name)
@pytest.mark.parametrize("n", [1, 10, 1000, 10**6])
def test_nothing_is_claimed_of_all_functions(bound, n):
    # All functions on 10^12 points: some one without error on the sample errs everywhere else.
    assert bound.gap(n=n, vc_dim=10**12, delta=0.999) >= 1 - n / 10**12


def test_the_printed_expectation_bound_is_refuted():
    # Deterministic: on every sample some function has gap at least 1 - n/N, with delta below 1.
    n, points, delta = 10000, 10**9, 0.9
    assert shalev_shwartz_expected_printed.status == "refuted"
    printed = shalev_shwartz_expected_printed.gap(n=n, vc_dim=points, delta=delta)
    assert printed < 0.96 < 1 - n / points
    assert shalev_shwartz_expected.gap(n=n, vc_dim=points, delta=delta) > 1


# --- the proof of vapnik_confidence: D is the difference of errors between the halves of a split


@cache
def log_split_tails(n):
    """t -> ln max over M of P(D >= t); by ratios, M next to n is worst for each parity."""
    tails = {}
    for marked in (n, n + 1):
        ways, a, b = 0, n, marked - n
        term, every = math.comb(n, b), math.log(math.comb(2 * n, marked))
        while a >= b:
            ways += term
            tails[a - b] = math.log(ways) - every
            term = term * a * (n - b) // ((n - a + 1) * (b + 1))
            a, b = a - 1, b + 1
    return {t: max(tails[t], tails.get(t + 1, -math.inf)) for t in tails}


def open_cases(n):
    """The t = floor(n eps) at which 4 exp(-n eps^2) may be below 1, up to n - 1."""
    return [t for t in range(n) if (t + 1) ** 2 > n * math.log(4)]


@pytest.mark.parametrize("n", range(1, 10))
def test_the_worst_split_has_half_of_the_points_marked(n):
    def tail(marked, t):
        pairs = [(a, marked - a) for a in range(max(0, marked - n), min(n, marked) + 1)]
        ways = sum(math.comb(n, a) * math.comb(n, b) for a, b in pairs if a - b >= t)
        return ways / math.comb(2 * n, marked)

    for t in range(1, n + 1):
        worst = max(tail(marked, t) for marked in range(2 * n + 1))
        assert worst == pytest.approx(math.exp(log_split_tails(n)[t]), rel=1e-12)


def test_exact_splits_from_17_to_600():
    for n in range(17, 601):
        tails = log_split_tails(n)
        assert all(tails[t] <= -((t + 1) ** 2) / n for t in open_cases(n))
    assert any(log_split_tails(16)[t] > -((t + 1) ** 2) / 16 for t in open_cases(16))


@pytest.mark.parametrize("n", [5, 16, 100])
def test_splits_lie_below_the_discrete_gaussian(n):
    tails = log_split_tails(n)
    for t in range(1, n + 1):
        weights = {s: math.exp(-s * s / (n + 1)) for s in range(t % 2 - 40 * n, 40 * n, 2)}
        gaussian = sum(w for s, w in weights.items() if s >= t) / sum(weights.values())
        assert math.exp(tails[t]) <= gaussian * (1 + 1e-9)


def log_excess(n, x):
    """ln of the discrete Gaussian's tail over exp(-(t+1)^2/n), t + 1 = (n + 1) x: convex in x."""
    prefactor = math.log(2) - math.log(math.pi * (n + 1)) / 2 - math.log(-math.expm1(-4 * x))
    return prefactor + (n + 1) * x * x / n + 2 * x - 1 / (n + 1) + 1e-9


@pytest.mark.parametrize("n", [541, 600, 1000, 10**4, 10**6, 10**9, 10**15])
def test_the_discrete_gaussian_suffices_beyond_540(n):
    # Convex in x, so its ends decide; both fall as n grows.
    ends = math.sqrt(n * math.log(4)) / (n + 1), n / (n + 1)
    assert all(log_excess(n, x) < 0 for x in ends)


def binomial_reaches(m, p, j):
    return math.fsum(math.comb(m, i) * p**i * (1 - p) ** (m - i) for i in range(j, m + 1))


@cache
def split_probability(n, thresholds):
    """max over M of P(k of M errors in the sample, at least thresholds[k] among the ghosts)."""
    m = thresholds[0][0]
    size, needed = n + m, [j for _, j in thresholds]

    def probability(marked):
        ks = range(max(0, marked - m), min(n, marked) + 1)
        good = (k for k in ks if needed[k] is not None and marked - k >= needed[k])
        return sum(math.comb(marked, k) * math.comb(size - marked, n - k) for k in good)

    return max(probability(marked) for marked in range(size + 1)) / math.comb(size, n)


def symmetrised(n, eps, m, shift):
    """Bound on P(sup (R - r) > eps) over Pi(2n) by m <= n ghosts that reach floor(m R + shift)."""
    risks = [eps + k / n for k in range(n + 1)]
    needed = [min(m, max(0, math.floor(m * r + shift))) if r < 1 else None for r in risks]
    reached = min(binomial_reaches(m, r, j) for r, j in zip(risks, needed, strict=True) if r < 1)
    return split_probability(n, tuple((m, j) for j in needed)) / reached if reached else math.inf


def settled(n, low, high, depth=6):
    """Whether every eps in [low, high) has P(sup (R - r) > eps) <= 2 Pi(2n) exp(-n eps^2)."""
    goal = 2 * math.exp(-n * high * high)
    for m in range(n, 0, -1):
        for shift in (0, 0.5, 1, -0.5, 1.5, -1):
            if symmetrised(n, low, m, shift) < goal * (1 - 1e-9):
                return True
    middle = (low + high) / 2
    return depth > 0 and settled(n, low, middle, depth - 1) and settled(n, middle, high, depth - 1)


@pytest.mark.parametrize("n", range(3, 17))
def test_small_samples_by_exact_binomials(n):
    # One labeling is Hoeffding's case; with two or more nothing is claimed below n eps^2 = ln 8.
    start = math.sqrt(math.log(8) / n)
    cells = np.linspace(start, 1, 41)
    assert all(settled(n, low, high) for low, high in pairwise(cells))


# --- forms


def test_the_exponential_form_is_refused_where_it_collapses():
    with pytest.raises(ValueError, match="sauer-exp"):
        vapnik_confidence(empirical_risk=0, n=24, vc_dim=50, delta=0.05, growth="sauer-exp")
    assert vapnik_confidence.gap(n=24, vc_dim=50, delta=0.05) > 1


@pytest.mark.parametrize("d", [1, 2, 10, 1000, 10**6])
def test_chaining_in_closed_form(d):
    start = math.log(2) + 1 + math.log(d + 1) + d * math.log(2 * math.e)
    integral, _ = quad(
        lambda r: math.sqrt(start - 2 * d * math.log(r)), 0, 1, epsabs=0, epsrel=1e-10
    )
    value = 24 * integral / 100 + math.sqrt(math.log(20) / 20000)
    assert lugosi_chaining.gap(n=10000, vc_dim=d, delta=0.05) == pytest.approx(value, rel=1e-8)


def test_devroye_solves_its_equation():
    n, growth, delta = 500, 30.0, 0.01
    eps = devroye.gap(n=n, log_growth=lambda m: growth if m > 1 else 0.5, delta=delta)
    log_tail = math.log(4) + growth + 4 * eps + 4 * eps**2 - 2 * n * eps**2
    assert log_tail == pytest.approx(math.log(delta), rel=1e-12)
    assert devroye.gap(n=2, vc_dim=1, delta=0.5) == math.inf


@pytest.mark.parametrize("bound", [*TWO_SIDED, *ONE_SIDED], ids=lambda b: b.name)
def test_extremes_are_numbers(bound):
    for n in (3, 10**6, 10**18):
        for d in (0, 1, 500, 10**6):
            for delta in (1e-300, 0.999999):
                assert bound(empirical_risk=0.5, n=n, vc_dim=d, delta=delta) > 0.5


@pytest.mark.parametrize("bound", [devroye, devroye_simplified], ids=lambda b: b.name)
def test_not_monotone_while_shattered(bound):
    case = bound.witness["n"]
    low, middle, high = (bound(n=n, **case["at"]) for n in case["values"])
    assert low < middle > high
