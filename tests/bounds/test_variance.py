"""Bounds that know the variance: orderings, exact coverage on coins, the proofs' own steps."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.concentration import hoeffding
from genbounds.bounds.variance import (
    audibert_munos_szepesvari,
    bennett,
    bernstein,
    bernstein_loose,
    bernstein_quadratic,
    maurer_pontil,
    maurer_pontil_std,
    maurer_pontil_std_lower,
    maurer_pontil_uniform,
)

BY_SHARPNESS = [bennett, bernstein, bernstein_quadratic, bernstein_loose]

risks = st.floats(0, 1)
variances = st.floats(0, 0.25)
sizes = st.integers(2, 10**9)
deltas = st.floats(1e-12, 0.999)


def probability(n, p, counts):
    """P(Bin(n, p) in counts)."""
    return math.fsum(math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in counts)


def misses(n, p, missed):
    """P(missed(k)) for k errors of a coin of risk p."""
    return probability(n, p, [k for k in range(n + 1) if missed(k)])


def sample_variance(k, n):
    """The unbiased variance of k ones and n - k zeros."""
    return k * (n - k) / (n * (n - 1))


COINS = [0.003, 0.02, 0.1, 0.25, 0.5, 0.8, 0.97]


# --- the true variance


@given(risks, variances, sizes, deltas)
def test_four_inversions_are_ordered(r, variance, n, delta):
    case = {"empirical_risk": r, "variance": variance, "n": n, "delta": delta}
    values = [b(**case) for b in BY_SHARPNESS]
    assert all(sharper <= looser * (1 + 1e-12) for sharper, looser in pairwise(values))


@given(variances, sizes, deltas)
def test_the_literal_inversion_solves_the_printed_exponent(variance, n, delta):
    t = bernstein_quadratic.gap(variance=variance, n=n, delta=delta)
    exponent = n * t * t / (2 * (variance + t / 3))
    assert exponent == pytest.approx(math.log(1 / delta), rel=1e-11)


@given(st.floats(1e-6, 0.25), st.integers(1, 10**4), st.floats(1e-12, 0.9))
def test_bennett_solves_its_exponent(variance, n, delta):
    u = bennett.gap(variance=variance, n=n, delta=delta) / variance
    exponent = n * variance * ((1 + u) * math.log1p(u) - u)
    assert exponent == pytest.approx(math.log(1 / delta), rel=1e-7)


def test_without_variance():
    # the true deviation is 0; Bennett says so, Bernstein does not
    case = {"empirical_risk": 0.3, "variance": 0, "n": 100, "delta": 0.05}
    cost = math.log(20) / 100
    assert bennett(**case) == 0.3
    assert bernstein(**case) == pytest.approx(0.3 + cost / 3, rel=1e-15)
    assert bernstein_quadratic(**case) == pytest.approx(0.3 + 2 * cost / 3, rel=1e-15)
    assert bernstein_loose(**case) == pytest.approx(0.3 + 2 * cost / 3, rel=1e-15)


def test_bennett_grows_down_to_the_smallest_variance():
    scale = [0.0, 5e-324, 1e-310, 1e-307, 1e-305, 1e-300, 1e-100, 1e-9, 0.25]
    values = [bennett.gap(variance=v, n=10, delta=0.05) for v in scale]
    assert values == sorted(values)
    assert values[0] == 0 < values[1]
    # there u = t/v is so large that (1 + u) ln(1 + u) - u is u (ln u - 1)
    cost = math.log(20) / 10
    for v, t in zip(scale[1:5], values[1:5], strict=True):
        assert t * (math.log(t) - math.log(v) - 1) == pytest.approx(cost, rel=1e-13)


def test_arrays_agree_with_floats_on_tiny_variances():
    np = pytest.importorskip("numpy")
    scale = [0.0, 5e-324, 1e-310, 1e-305, 1e-100, 1e-9, 0.25]
    table = bennett.gap(variance=np.array(scale), n=10, delta=0.05)
    scalars = [bennett.gap(variance=v, n=10, delta=0.05) for v in scale]
    assert table.tolist() == pytest.approx(scalars, rel=1e-13)


@pytest.mark.parametrize("bound", BY_SHARPNESS, ids=lambda b: b.name)
@pytest.mark.parametrize(("n", "delta"), [(1, 0.05), (7, 0.3), (40, 0.01)])
def test_coverage_with_the_true_variance(bound, n, delta):
    for p in COINS:
        t = bound.gap(variance=p * (1 - p), n=n, delta=delta)
        assert misses(n, p, lambda k, p=p, t=t: p > k / n + t) <= delta
        assert misses(n, p, lambda k, p=p, t=t: p < k / n - t) <= delta


def test_sample_variance_may_not_stand_in_for_the_true_one():
    n, delta, p = 20, 0.05, 0.1
    naive = [
        bernstein(errors=k, variance=k * (n - k) / n**2, n=n, delta=delta) for k in range(n + 1)
    ]
    assert misses(n, p, lambda k: p > naive[k]) > delta


def test_bernstein_beats_hoeffding_where_the_variance_is_small():
    assert bernstein(empirical_risk=0.1, variance=0.01, n=1000, delta=0.05) < hoeffding(
        empirical_risk=0.1, n=1000, delta=0.05
    )
    assert bernstein(empirical_risk=0.1, variance=0.25, n=1000, delta=0.05) > hoeffding(
        empirical_risk=0.1, n=1000, delta=0.05
    )


# --- the variance of the sample


def test_maurer_pontil_without_variance():
    # CORRECTIONS 9
    value = maurer_pontil(empirical_risk=0, sample_variance=0, n=50, delta=0.05)
    assert value == pytest.approx(7 * math.log(2 / 0.05) / (3 * 49), rel=1e-15)


@pytest.mark.parametrize("n", [10, 100])
def test_maurer_pontil_takes_the_unbiased_variance(n):
    # landmine 19: divisor n understates it by n/(n - 1)
    k = n // 5
    unbiased, biased = sample_variance(k, n), k * (n - k) / n**2
    radius = maurer_pontil.gap(sample_variance=unbiased, n=n, delta=0.05)
    cost = math.log(40)
    assert radius == pytest.approx(
        math.sqrt(2 * biased * cost / (n - 1)) + 7 * cost / (3 * (n - 1)), rel=1e-14
    )
    assert maurer_pontil.gap(sample_variance=biased, n=n, delta=0.05) < radius


def test_maurer_pontil_is_silent_below_two():
    case = {"sample_variance": 0.1, "n": 1, "delta": 0.05}
    assert maurer_pontil(empirical_risk=0.2, **case) == math.inf
    assert maurer_pontil_std(**case) == math.inf
    assert maurer_pontil_std_lower(**case) == -math.inf


@pytest.mark.parametrize(("n", "delta"), [(2, 0.5), (12, 0.3), (60, 0.05)])
def test_maurer_pontil_coverage(n, delta):
    limit = [
        maurer_pontil(errors=k, sample_variance=sample_variance(k, n), n=n, delta=delta)
        for k in range(n + 1)
    ]
    assert all(misses(n, p, lambda k, p=p: p > limit[k]) <= delta for p in COINS)


@pytest.mark.parametrize(("n", "delta"), [(2, 0.6), (3, 0.9), (12, 0.5), (60, 0.9)])
def test_std_coverage(n, delta):
    high, low = (
        [bound(sample_variance=sample_variance(k, n), n=n, delta=delta) for k in range(n + 1)]
        for bound in (maurer_pontil_std, maurer_pontil_std_lower)
    )
    for p in COINS:
        std = math.sqrt(p * (1 - p))
        assert misses(n, p, lambda k, s=std: s > high[k]) <= delta
        assert misses(n, p, lambda k, s=std: s < low[k]) <= delta


@given(sizes, deltas, st.floats(0, 0.5))
def test_maurer_pontil_is_bernstein_with_the_std_bound(n, delta, v):
    # at delta/2 each; the slack is 1/n against 1/(n - 1) alone
    sigma = maurer_pontil_std(sample_variance=v, n=n, delta=delta / 2)
    cost = math.log(2 / delta)
    composed = math.sqrt(2 * cost / n) * sigma + cost / (3 * n)
    assert composed <= maurer_pontil.gap(sample_variance=v, n=n, delta=delta) * (1 + 1e-12)


def test_std_lower_is_clipped():
    assert maurer_pontil_std_lower(sample_variance=0.01, n=10, delta=0.05) == 0
    assert maurer_pontil_std_lower(sample_variance=0.25, n=10**4, delta=0.05) > 0.47


def test_uniform_asks_at_the_scale_of_the_theorem():
    asked = []

    def log_covering(scale, size):
        asked.append((float(scale), size))
        return 3 * math.log(2 * size / scale)

    value = maurer_pontil_uniform(
        empirical_risk=0.1, sample_variance=0.09, n=1000, log_covering=log_covering, delta=0.05
    )
    cost = 3 * math.log(2e6 * 2) + math.log(10 / 0.05)
    assert asked == [(0.001, 2000)]
    assert value == pytest.approx(0.1 + math.sqrt(0.00162 * cost) + 15 * cost / 999, rel=1e-14)


def test_uniform_is_silent_below_sixteen():
    case = {"empirical_risk": 0, "sample_variance": 0, "log_covering": lambda scale, size: 0.0}
    assert maurer_pontil_uniform(n=15, delta=0.05, **case) == math.inf
    assert maurer_pontil_uniform(n=16, delta=0.05, **case) == pytest.approx(
        math.log(200), rel=1e-15
    )


@given(risks, st.floats(0, 0.5), st.integers(16, 10**9), deltas)
def test_uniform_never_beats_the_bound_for_one(r, v, n, delta):
    case = {"empirical_risk": r, "sample_variance": v, "n": n, "delta": delta}
    assert maurer_pontil_uniform(log_covering=lambda scale, size: 0.0, **case) >= maurer_pontil(
        **case
    )


@pytest.mark.parametrize(("n", "delta"), [(1, 0.5), (12, 0.5), (60, 0.9)])
def test_audibert_coverage_on_both_sides_at_once(n, delta):
    radius = [
        audibert_munos_szepesvari.gap(biased_variance=k * (n - k) / n**2, n=n, delta=delta)
        for k in range(n + 1)
    ]
    assert all(misses(n, p, lambda k, p=p: abs(k / n - p) > radius[k]) <= delta for p in COINS)
    assert audibert_munos_szepesvari.two_sided.one_event


def test_the_last_step_of_the_proof_of_audibert():
    # 3c < 1 and D <= sqrt(c/2) + c/3 must give D^2 <= 8c/9, the worst case being c = 1/3
    for i in range(1, 1001):
        c = i / 3000
        assert (math.sqrt(c / 2) + c / 3) ** 2 <= 8 * c / 9


def test_two_sided_forms():
    # Maurer and Pontil: ln(4/delta) for both sides; Audibert et al.: ln(3/delta) as it stands
    assert r"\frac{4}{\delta}" in maurer_pontil.two_sided.latex
    assert r"\frac{3}{\delta}" in audibert_munos_szepesvari.two_sided.latex


def test_the_cover_is_asked_for_on_both_samples():
    asked = []

    def log_covering(scale, size):
        asked.append((scale, size))
        return 1.0

    maurer_pontil_uniform(
        empirical_risk=0.1, sample_variance=0.1, n=50, log_covering=log_covering, delta=0.05
    )
    assert asked[-1] == (0.02, 100)
