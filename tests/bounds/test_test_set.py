"""Test-set bounds: published numbers, exact coverage by enumeration, and what is no guarantee."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds import test_set as family
from genbounds.bounds.concentration import chernoff
from genbounds.bounds.test_set import (
    agresti_coull,
    clopper_pearson,
    clopper_pearson_lower,
    clopper_pearson_several,
    conditional_difference,
    conditional_difference_lower,
    hoeffding_several,
    jeffreys,
    jeffreys_lower,
    risk_difference,
    risk_difference_lower,
    rule_of_three,
    sign_test,
    wald,
    wilson,
    wilson_lower,
)

GRID = np.linspace(0.0005, 0.9995, 400)

deltas = st.floats(1e-12, 0.49)


def masses(n, p):
    return [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]


def worst_miss(bound, n, delta):
    """The largest P_p(p > bound(k)) over a grid, and just above every limit."""
    limits = [bound(errors=k, n=n, delta=delta) for k in range(n + 1)]
    points = [*GRID, *(min(x * (1 + 1e-9), 1) for x in limits if 0 < x < 1 - 1e-9)]
    return max(sum(m for m, x in zip(masses(n, p), limits, strict=True) if p > x) for p in points)


# --- exact limits


def test_published_limits():
    # 192 errors of 600 and of 800 at delta = 0.025, where a library once changed methods silently
    assert clopper_pearson(errors=192, n=600, delta=0.025) == pytest.approx(
        0.358976828068, abs=1e-12
    )
    assert clopper_pearson(errors=192, n=800, delta=0.025) == pytest.approx(
        0.271146632940, abs=1e-12
    )
    # Clopper and Pearson 1934, their example: 2 of 10 at 95% two-sided: 0.0252 and 0.5561
    assert clopper_pearson(errors=2, n=10, delta=0.025) == pytest.approx(0.5561, abs=1e-4)
    assert clopper_pearson_lower(errors=2, n=10, delta=0.025) == pytest.approx(0.0252, abs=1e-4)


def test_scipy_traps():
    # bdtri is 1600 times too large at (5, 1e6, 1e-6); binomtest 15% too large at (0, 1e12, 0.05)
    assert clopper_pearson(errors=5, n=10**6, delta=1e-6) == pytest.approx(2.541e-5, rel=1e-3)
    assert clopper_pearson(errors=0, n=10**12, delta=0.05) == pytest.approx(2.995732273549e-12)
    # betainccinv is 6% too small here
    assert clopper_pearson(errors=17, n=10**4, delta=1e-300) == pytest.approx(0.074198, rel=1e-4)


@pytest.mark.parametrize("n", [1, 2, 7, 30])
@pytest.mark.parametrize("delta", [0.01, 0.05, 0.3, 0.7])
def test_exact_limits_cover_and_are_attained(n, delta):
    assert worst_miss(clopper_pearson, n, delta) == pytest.approx(delta, rel=1e-6)

    def mirrored(errors, n, delta):
        return 1 - clopper_pearson_lower(errors=n - errors, n=n, delta=delta)

    assert worst_miss(mirrored, n, delta) == pytest.approx(delta, rel=1e-6)


@given(st.integers(1, 10**6), st.data(), deltas)
def test_exact_is_sharper_than_chernoff(n, data, delta):
    k = data.draw(st.integers(0, n))
    exact = clopper_pearson(errors=k, n=n, delta=delta)
    assert exact <= chernoff(errors=k, n=n, delta=delta) * (1 + 1e-12)


def test_closed_forms_at_the_ends():
    assert clopper_pearson(errors=0, n=30, delta=0.05) == pytest.approx(1 - 0.05 ** (1 / 30))
    assert clopper_pearson(errors=30, n=30, delta=0.05) == 1
    assert clopper_pearson_lower(errors=30, n=30, delta=0.05) == pytest.approx(0.05 ** (1 / 30))
    assert clopper_pearson_lower(errors=0, n=30, delta=0.05) == 0


@given(st.integers(1, 10**9), deltas)
def test_rule_of_three_lies_above_the_exact_limit(n, delta):
    assert clopper_pearson(errors=0, n=n, delta=delta) <= rule_of_three(n=n, delta=delta)


def test_several_models_pay_for_being_several():
    one = clopper_pearson(errors=10, n=1000, delta=0.05 / 20)
    assert clopper_pearson_several(errors=10, n=1000, n_hypotheses=20, delta=0.05) == pytest.approx(
        one
    )
    expected = 0.01 + math.sqrt(math.log(20 / 0.05) / 2000)
    value = hoeffding_several(errors=10, n=1000, n_hypotheses=20, delta=0.05)
    assert value == pytest.approx(expected)
    # the best of 20 fair coins: quoting its own limit fails far more often than delta
    n, delta, chance = 40, 0.05, masses(40, 0.5)
    low = [clopper_pearson(errors=k, n=n, delta=delta) < 0.5 for k in range(n + 1)]
    naive = 1 - (1 - sum(m for m, miss in zip(chance, low, strict=True) if miss)) ** 20
    assert naive > 0.5
    paid = [
        clopper_pearson_several(errors=k, n=n, n_hypotheses=20, delta=delta) < 0.5
        for k in range(n + 1)
    ]
    assert 1 - (1 - sum(m for m, miss in zip(chance, paid, strict=True) if miss)) ** 20 <= delta


# --- two models


def test_sign_test_against_the_sum():
    assert sign_test(errors_first_only=300, errors_second_only=220) == pytest.approx(
        0.0005194158497
    )
    for b, c in product(range(12), repeat=2):
        tail = 2 * sum(math.comb(b + c, i) for i in range(min(b, c) + 1)) / 2 ** (b + c)
        value = sign_test(errors_first_only=b, errors_second_only=c)
        assert value == pytest.approx(min(1, tail), rel=1e-13)
    assert sign_test(errors_first_only=0, errors_second_only=0) == 1


@pytest.mark.parametrize("apart", [5, 12, 25])
def test_sign_test_rejects_equal_models_with_at_most_its_level(apart):
    values = [
        sign_test(errors_first_only=b, errors_second_only=apart - b) for b in range(apart + 1)
    ]
    for level in (0.01, 0.05, 0.2, *values):
        rejected = [m for m, p in zip(masses(apart, 0.5), values, strict=True) if p <= level]
        assert sum(rejected) <= level * (1 + 1e-9)


def trinomial(n, p, q):
    for b in range(n + 1):
        for c in range(n + 1 - b):
            ways = math.comb(n, b) * math.comb(n - b, c)
            yield b, c, ways * p**b * q**c * (1 - p - q) ** (n - b - c)


DIFFERENCES = [
    (risk_difference, risk_difference_lower),
    (conditional_difference, conditional_difference_lower),
]


@pytest.mark.parametrize(("upper", "lower"), DIFFERENCES, ids=lambda b: b.name)
@pytest.mark.parametrize("delta", [0.05, 0.3])
def test_differences_cover_exactly(upper, lower, delta):
    n = 9
    ends = {
        (b, c): [
            end(errors_first_only=b, errors_second_only=c, n=n, delta=delta)
            for end in (lower, upper)
        ]
        for b in range(n + 1)
        for c in range(n + 1 - b)
    }
    shares = [0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.98]
    for p, q in product(shares, repeat=2):
        if p + q > 1:
            continue
        above = sum(m for b, c, m in trinomial(n, p, q) if p - q > ends[b, c][1] + 1e-12)
        below = sum(m for b, c, m in trinomial(n, p, q) if p - q < ends[b, c][0] - 1e-12)
        assert above <= delta and below <= delta


@pytest.mark.parametrize(("upper", "lower"), DIFFERENCES, ids=lambda b: b.name)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 10**6), deltas)
def test_exchanging_the_models_mirrors_the_bound(upper, lower, b, c, more, delta):
    case = {"n": b + c + more + 1, "delta": delta}
    one = upper(errors_first_only=b, errors_second_only=c, **case)
    other = lower(errors_first_only=c, errors_second_only=b, **case)
    assert one == pytest.approx(-other, abs=1e-14)


def test_which_difference_is_tighter_where():
    alike = {"errors_first_only": 1000, "errors_second_only": 1000, "n": 10**6, "delta": 0.05}
    ratio = risk_difference(**alike) / conditional_difference(**alike)
    assert 1.34 < ratio < math.sqrt(2)
    one_sided = {"errors_first_only": 30, "errors_second_only": 0, "n": 1000, "delta": 0.05}
    assert conditional_difference(**one_sided) == pytest.approx(risk_difference(**one_sided))


# --- approximations


def test_wilson_is_not_a_guarantee():
    """Nominally at most 2.5%, it fails with probability 16.3% at n = 20."""
    assert worst_miss(wilson, 20, 0.025) == pytest.approx(0.163, abs=5e-4)
    assert not wilson.claim.is_guarantee


@pytest.mark.parametrize("bound", [wald, agresti_coull, jeffreys], ids=lambda b: b.name)
def test_no_approximation_holds_its_level(bound):
    assert worst_miss(bound, 20, 0.025) > 0.025
    assert not bound.claim.is_guarantee
    assert not bound.claim.implies(clopper_pearson.claim)


def test_wilson_solves_the_score_equation():
    from statistics import NormalDist

    for k, n, delta in ((0, 10, 0.05), (3, 17, 0.01), (80, 100, 0.3), (1, 10**6, 1e-12)):
        z = NormalDist().inv_cdf(1 - delta) if delta > 1e-9 else -NormalDist().inv_cdf(delta)
        for limit in (wilson(errors=k, n=n, delta=delta), wilson_lower(errors=k, n=n, delta=delta)):
            squares = (k / n - limit) ** 2, z**2 * limit * (1 - limit) / n
            assert squares[0] == pytest.approx(squares[1], rel=1e-9, abs=1e-25)


def test_interval_of_brown_cai_dasgupta():
    # x = 5, n = 20 in the usual 95% form: Wilson [0.1119, 0.4687], Jeffreys [0.1023, 0.4642]
    case = {"errors": 5, "n": 20, "delta": 0.025}
    assert wilson_lower(**case) == pytest.approx(0.1119, abs=5e-5)
    assert wilson(**case) == pytest.approx(0.4687, abs=5e-5)
    assert jeffreys_lower(**case) == pytest.approx(0.1023, abs=5e-4)
    assert jeffreys(**case) == pytest.approx(0.4642, abs=5e-4)


@given(st.integers(1, 10**6), st.data(), st.floats(1e-290, 0.99))
def test_jeffreys_lies_between_neighbouring_exact_limits(n, data, delta):
    """Beta(k, n-k+1), Beta(k+1/2, n-k+1/2) and Beta(k+1, n-k) are stochastically ordered."""
    k = data.draw(st.integers(0, n))
    value = jeffreys(errors=k, n=n, delta=delta)
    assert value <= clopper_pearson(errors=k, n=n, delta=delta) * (1 + 1e-9)
    if k > 0:
        assert value >= clopper_pearson(errors=k - 1, n=n, delta=delta) * (1 - 1e-9)
        assert jeffreys_lower(errors=k, n=n, delta=delta) >= clopper_pearson_lower(
            errors=k, n=n, delta=delta
        ) * (1 - 1e-9)


def test_agresti_and_coull_add_two_and_two():
    # with z = 1.96: about 2 errors and 2 successes more, then Wald
    z2 = 1.959963984540054**2
    p, size = (5 + z2 / 2) / (20 + z2), 20 + z2
    expected = p + math.sqrt(z2 * p * (1 - p) / size)
    assert agresti_coull(errors=5, n=20, delta=0.025) == pytest.approx(expected)


# --- edges


def test_impossible_counts_are_refused():
    for n in (29, 30.5):
        with pytest.raises(ValueError, match=r"errors must be at most n|n must be an integer"):
            clopper_pearson(errors=30, n=n, delta=0.05)
    with pytest.raises(ValueError, match="must be at most n"):
        risk_difference(errors_first_only=8, errors_second_only=5, n=12, delta=0.05)


@given(st.integers(1, 10**15), st.data(), st.floats(1e-300, 1 - 1e-12))
def test_nothing_is_ever_nan(n, data, delta):
    k = data.draw(st.integers(0, min(n, 10**6)))
    for bound in vars(family).values():
        if getattr(bound, "arguments", ()) == ("errors", "n", "delta"):
            assert not math.isnan(bound(errors=k, n=n, delta=delta))
