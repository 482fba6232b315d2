"""Wrong numbers seen in public code: here each is right or refused, by its number in the list."""

import math
from fractions import Fraction

import numpy as np
import pytest
import sympy

import genbounds as gb
from genbounds.generic import (
    kl_inverse_lower,
    kl_inverse_upper,
    lambert_w_minus1,
    log_binomial,
    relative_entropy,
)

B = gb.catalogue
approx = pytest.approx


def test_1_a_failed_inversion_is_vacuous_and_said_loudly():
    """A certificate equal to the empirical error: KL 2.85e6 at n = 1000."""
    cost = (2.85e6 + math.log(2 * math.sqrt(1000) / 0.05)) / 1000
    assert kl_inverse_upper(0.597, cost) >= 1 - 5e-10
    found = gb.answer("occam_chernoff", empirical_risk=0.597, n=1000, log_prior=2.85e6, delta=0.05)
    assert found.value >= 1 - 5e-10
    assert found.vacuous
    assert "vacuous" in found.text.lower()


def test_2_the_kl_inverse_at_and_beyond_one():
    assert kl_inverse_upper(1, 0.01) == 1
    assert kl_inverse_upper(0.99999, 0.01) > 0.99999
    for wrong in (1.2, math.nan, np.array([0.1, 1.2]), np.array([math.nan])):
        with pytest.raises(ValueError, match=r"empirical_risk must be in \[0, 1\]"):
            B["chernoff"](empirical_risk=wrong, n=100, delta=0.05)


@pytest.mark.parametrize("c", [0.01, 1e-300, 1e-18, 1.0, 30.0, 700.0])
def test_3_the_kl_inverse_at_zero(c):
    assert kl_inverse_upper(0, c) == approx(-math.expm1(-c), rel=1e-15)
    assert kl_inverse_upper(np.array([0.0]), c)[0] == approx(-math.expm1(-c), rel=1e-15)


def test_4_nan_is_refused_and_nothing_hangs():
    with pytest.raises(ValueError, match="empirical_risk must be in"):
        B["chernoff"](empirical_risk=math.nan, n=100, delta=0.05)
    with pytest.raises(ValueError, match="delta must be in"):
        B["chernoff_lower"](empirical_risk=0.1, n=100, delta=math.nan)


def test_5_the_lower_kl_inverse_has_no_floor():
    assert 0 <= kl_inverse_lower(1e-10, 0.01) < 1e-10  # the truth is e^-100000000 of it
    found = kl_inverse_lower(1e-10, 1e-9)
    assert 0 < found < 1e-10
    assert relative_entropy(1e-10, found) == approx(1e-9, rel=1e-9)


def test_8_one_side_costs_one_delta():
    """403 of 1000 correct, delta = .05: accuracy from below."""
    assert 1 - B["hoeffding"](errors=597, n=1000, delta=0.05) == approx(0.36430, abs=5e-6)
    assert 1 - B["hoeffding"].two_sided(errors=597, n=1000, delta=0.05)[1] == approx(
        0.36005, abs=5e-6
    )


def test_9_growth_at_the_size_of_the_theorem():
    facts = {"epsilon": 0.05, "delta": 0.05, "vc_dim": 10}
    assert gb.solve(B["vapnik_chervonenkis"], "n", **facts, growth="polynomial") == 452957
    assert gb.solve(B["vapnik_chervonenkis"], "n", **facts) == 400700


@pytest.mark.parametrize("growth", ["sauer", "sauer-exp", "polynomial", "polynomial-plus-one"])
def test_10_labelings_are_counted_in_logs(growth):
    found = B["vapnik_chervonenkis"].gap(n=10**6, vc_dim=500, growth=growth, delta=0.05)
    assert 0.1 < found < 0.3


def test_11_devroye_is_solved_not_iterated():
    found = B["devroye"].gap(n=10000, vc_dim=50, growth="polynomial", delta=0.05)
    assert found == approx(0.215228049808, rel=1e-11)
    assert abs(found - 0.215576) > 1e-4


def test_12_the_method_does_not_switch_with_n():
    for n, value in ((600, 0.358976828068), (800, 0.271146632940)):
        found = gb.test_set(errors=192, n=n, delta=0.025)
        assert found.bound.name == "clopper_pearson"
        assert found.value == approx(value, rel=1e-11)


@pytest.mark.parametrize("array", [False, True])
def test_13_the_binomial_inverse_where_scipy_is_wrong(array):
    errors = np.array([5.0]) if array else 5
    found = B["clopper_pearson"](errors=errors, n=10**6, delta=1e-6)
    assert (found[0] if array else found) == approx(2.541236670167e-5, rel=1e-12)
    far = B["clopper_pearson"](errors=errors, n=10**12, delta=1e-6)
    assert 0 < (far[0] if array else far) < 1e-10


@pytest.mark.parametrize("array", [False, True])
def test_13b_where_betainccinv_is_wrong(array):
    """scipy gives 0.069646: an invalid bound."""
    errors = np.array([17.0]) if array else 17
    found = B["clopper_pearson"](errors=errors, n=10**4, delta=1e-300)
    assert (found[0] if array else found) == approx(0.074198, abs=5e-7)


def test_14_no_errors_of_a_trillion():
    one = B["clopper_pearson"](errors=0, n=10**12, delta=0.05)
    low, high = B["clopper_pearson"].two_sided(errors=0, n=10**12, delta=0.05)
    assert one == approx(-math.expm1(math.log(0.05) / 1e12), rel=1e-15)
    assert low == 0
    assert high == approx(-math.expm1(math.log(0.025) / 1e12), rel=1e-15)


def test_15_one_minus_delta_is_never_formed():
    found = B["hoeffding"].gap(n=1000, delta=1e-12)
    assert found**2 * 2000 == approx(12 * math.log(10), rel=1e-15)
    exact = B["clopper_pearson"](errors=0, n=1000, delta=1e-12)
    assert exact == approx(-math.expm1(-12 * math.log(10) / 1000), rel=1e-15)


def test_16_expm1_at_a_trillion():
    found = B["finite_realizable"](n=10**12, n_hypotheses=100, delta=0.05)
    assert found == approx(-math.expm1(-(math.log(100) + math.log(20)) / 1e12), rel=1e-15)


@pytest.mark.parametrize(
    ("n", "k", "value"), [(20000, 50, 346.635310081164), (60000, 785, 4179.6836039459)]
)
def test_17_the_log_of_a_large_binomial_coefficient(n, k, value):
    assert log_binomial(n, k) == approx(value, rel=1e-13)
    assert log_binomial(np.array([float(n)]), k)[0] == approx(value, rel=1e-13)
    assert float(log_binomial(sympy.Integer(n), sympy.Integer(k)).evalf(20)) == approx(
        value, rel=1e-13
    )


def test_18_solving_for_n_takes_the_lower_branch():
    """The principal branch would give 0.3226."""
    from genbounds.symbolic import inverse

    vc = B["vapnik_chervonenkis"]
    found = str(inverse(vc, "n", growth="polynomial"))
    assert "LambertW" in found
    assert "-1)" in found


def test_19_the_variance_of_maurer_and_pontil_is_the_unbiased_one():
    """Losses 0 and 1 have the unbiased variance 1/2, which the biased one never reaches."""
    maurer = B["maurer_pontil"]
    assert math.isfinite(maurer(empirical_risk=0.5, sample_variance=0.5, n=2, delta=0.05))
    with pytest.raises(ValueError, match=r"biased_variance must be in \[0, 0.25\]"):
        B["audibert_munos_szepesvari"](empirical_risk=0.5, biased_variance=0.5, n=2, delta=0.05)
    for n in (10, 100):
        losses = np.arange(n) % 2 * 1.0
        variance = losses.var(ddof=1)
        expected = (
            0.5 + math.sqrt(2 * variance * math.log(40) / n) + 7 * math.log(40) / (3 * (n - 1))
        )
        found = maurer(empirical_risk=losses.mean(), sample_variance=variance, n=n, delta=0.05)
        assert found == approx(expected, rel=1e-14)


def test_21_a_rule_checked_at_one_half_only():
    """Tolerance .4, delta 1e-6, n = 29: the failure is 1.328e-5 at p = 22/29 - 2/5."""

    def failure(n: int, p: Fraction, tolerance: Fraction) -> Fraction:
        return sum(
            (
                math.comb(n, k) * p**k * (1 - p) ** (n - k)
                for k in range(n + 1)
                if abs(Fraction(k, n) - p) >= tolerance
            ),
            Fraction(0),
        )

    tolerance = Fraction(2, 5)
    assert float(failure(29, Fraction(22, 29) - tolerance, tolerance)) == approx(1.328e-5, rel=1e-3)
    n = int(gb.solve(B["hoeffding"].two_sided, "n", epsilon=0.4, delta=1e-6))
    assert n > 29
    worst = [
        p
        for k in range(n + 1)
        for p in (Fraction(k, n) - tolerance, Fraction(k, n) + tolerance)
        if 0 <= p <= 1
    ]
    assert max(failure(n, p, tolerance) for p in worst) <= Fraction(1, 10**6)


def test_22_a_count_is_what_the_user_gives():
    with pytest.raises(
        ValueError, match=r"errors must be an integer at least 0, got 7\.000000000000001"
    ):
        B["clopper_pearson"](errors=100 * 0.07, n=100, delta=0.05)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"delta": 1.5}, ["delta must be in (0, 1), got 1.5"]),
        ({"delta": 0}, ["delta must be in (0, 1), got 0"]),
        ({"n": 0, "errors": 0}, ["n must be"]),
        ({"errors": 101}, ["errors must be at most n, got 101, 100"]),
        ({"errors": -1, "n": 0, "delta": 2}, ["errors must be", "n must be", "delta must be"]),
    ],
)
def test_23_what_makes_no_sense_is_refused_with_every_fault(facts, words):
    for bound in (B["clopper_pearson"], B["clopper_pearson"].two_sided):
        with pytest.raises(ValueError) as caught:
            bound(**{"errors": 5, "n": 100, "delta": 0.05} | facts)
        for word in words:
            assert word in str(caught.value)


def test_25_lamberts_function():
    assert lambert_w_minus1(-0.1) == approx(-3.577152063957297, rel=2e-16)


def test_28_the_third_beyond_one():
    """exp(-g^2 mu/3) at g = 8: the truth is 8.4e-7, the formula 5.4e-10."""
    facts = {"n": 100, "risk": 0.01, "deviation": 8}
    exact = 1 - sum(math.comb(100, k) * 0.01**k * 0.99 ** (100 - k) for k in range(9))
    assert exact == approx(8.4e-7, rel=0.02)
    assert B["multiplicative_chernoff_tail_third"](**facts) == math.inf
    found = gb.answer("multiplicative_chernoff_tail_third", **facts)
    assert any("it needs deviation <= 1" in note for note in found.notes)
    assert B["multiplicative_chernoff_tail"](**facts) >= exact
    assert B["multiplicative_chernoff_tail_simple"](**facts) >= exact


def test_29_the_exponential_form_of_vapniks_confidence_below_the_dimension():
    vapnik = B["vapnik_confidence"]
    facts = {"empirical_risk": 0.1, "n": 9, "vc_dim": 19, "delta": 0.05}
    with pytest.raises(ValueError, match="'sauer-exp' needs vc_dim <= m"):
        vapnik(**facts, growth="sauer-exp")
    assert vapnik(**facts) >= 1


def test_30_the_best_of_k_on_one_test_set():
    one = gb.test_set(errors=150, n=10000, delta=0.05)
    best = gb.test_set(errors=150, n=10000, delta=0.05, selected_from=20)
    assert best.value == approx(
        B["clopper_pearson"](errors=150, n=10000, delta=0.05 / 20), rel=1e-13
    )
    assert best.value > one.value
    assert "n_hypotheses = 20" in best.text
    assert best.claim.scope == "several_hypotheses"
    assert one.claim.scope == "fixed_hypothesis"
    assert any(
        "not used, directly or indirectly, to choose" in sentence for sentence in one.conditions
    )
    assert not any("not used, directly or indirectly, to choose" in s for s in best.conditions)
