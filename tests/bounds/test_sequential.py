"""Bounds at every n: exact crossing probabilities, the rounding of constants, stopping rules."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.concentration import hoeffding
from genbounds.bounds.sequential import (
    betting,
    betting_every_n,
    betting_every_n_lower,
    betting_lower,
    dagum_karp_luby_ross,
    hoeffding_every_n,
    howard_stitched,
    howard_stitched_boundary,
    howard_stitched_rounded,
    normal_mixture,
    sequential_probability_ratio,
    sequential_probability_ratio_expected_size,
)

LONG = 400


def ever(p, horizon, crossed):
    """P(crossed(n, k) at some n <= horizon) for the errors k of a coin of risk p, exactly."""
    alive, failure = {0: 1.0}, 0.0
    for n in range(1, horizon + 1):
        after = {}
        for k, mass in alive.items():
            after[k] = after.get(k, 0.0) + mass * (1 - p)
            after[k + 1] = after.get(k + 1, 0.0) + mass * p
        failure += math.fsum(mass for k, mass in after.items() if crossed(n, k))
        alive = {k: mass for k, mass in after.items() if not crossed(n, k)}
    return failure


def deviations(bound, **case):
    """The deviation of an additive bound at each n."""
    return [math.inf] + [bound(empirical_risk=0, n=n, **case) for n in range(1, LONG + 1)]


EVERY_N = {
    "stitched": (howard_stitched, {"stitching_ratio": 2, "stitching_exponent": 1.4}),
    "stitched finely": (howard_stitched, {"stitching_ratio": 1.1, "stitching_exponent": 1.2}),
    "rounded": (howard_stitched_rounded, {}),
    "union": (hoeffding_every_n, {}),
}


@pytest.mark.parametrize(("bound", "parameters"), EVERY_N.values(), ids=EVERY_N)
@pytest.mark.parametrize("delta", [0.05, 0.5, 0.9])
@pytest.mark.parametrize("p", [0.1, 0.5, 0.7])
def test_a_coin_ever_crosses_with_at_most_delta(bound, parameters, delta, p):
    width = deviations(bound, delta=delta, **parameters)
    assert ever(p, LONG, lambda n, k: p - k / n > width[n]) <= delta
    assert ever(p, LONG, lambda n, k: k / n - p > width[n]) <= delta


@pytest.mark.parametrize("delta", [0.05, 0.5])
@pytest.mark.parametrize("rho", [0.5, 20.0])
def test_the_mixture_holds_on_both_sides_at_once(delta, rho):
    width = deviations(normal_mixture, delta=delta, mixture_rho=rho)
    both = ever(0.5, LONG, lambda n, k: abs(k / n - 0.5) > width[n])
    assert delta / 20 < both <= delta
    assert normal_mixture.claim.side == "both"


def test_a_bound_for_one_n_does_not_survive_peeking():
    """What the price is for: Hoeffding's bound at 5%, looked at 400 times."""
    width = deviations(hoeffding, delta=0.05)
    assert ever(0.5, LONG, lambda n, k: 0.5 - k / n > width[n]) > 0.08


def zeta(s):
    """Euler and Maclaurin from 10^4 on."""
    n = 10**4
    tail = n ** (1 - s) / (s - 1) - 0.5 * n**-s + s * n ** (-s - 1) / 12
    return math.fsum(i**-s for i in range(1, n + 1)) + tail


def test_rounded_constants_lie_above_the_exact_ones():
    eta, s = 2, 1.4
    k1 = (eta**0.25 + eta**-0.25) / math.sqrt(2)
    assert k1 * math.sqrt(s) == pytest.approx(1.6985, abs=1e-4) and k1 * math.sqrt(s) < 1.7
    assert 1 / s < 0.72
    assert zeta(s) / math.log(2) ** s == pytest.approx(5.1877, abs=1e-3)


@given(st.integers(1, 10**12), st.floats(1e-300, 1 - 1e-9))
def test_the_rounded_form_is_the_looser_one(n, delta):
    case = {"empirical_risk": 0, "n": n, "delta": delta}
    exact = howard_stitched(stitching_ratio=2, stitching_exponent=1.4, **case)
    assert exact <= howard_stitched_rounded(**case) <= 1.05 * exact


@given(st.integers(1, 10**9), st.floats(1.01, 8), st.floats(1.01, 4), st.floats(1e-12, 0.9))
def test_stitched_is_the_boundary_of_centred_losses(n, eta, s, delta):
    boundary = howard_stitched_boundary(
        intrinsic_time=n / 4, gamma_scale=0, start_time=1 / 4, stitching_ratio=eta,
        stitching_exponent=s, delta=delta,
    )  # fmt: skip
    width = howard_stitched(
        empirical_risk=0, n=n, stitching_ratio=eta, stitching_exponent=s, delta=delta
    )
    assert boundary / n == pytest.approx(width, rel=1e-12)


def test_the_boundary_as_printed():
    """S_v = sqrt(k1^2 v l + k2^2 c^2 l^2) + k2 c l at eta = 2, s = 1.4, m = 1."""
    v, c, delta = 50.0, 0.3, 0.01
    budget = 1.4 * math.log(math.log(2 * v)) + math.log(zeta(1.4) / (delta * math.log(2) ** 1.4))
    k1, k2 = (2**0.25 + 2**-0.25) / math.sqrt(2), (math.sqrt(2) + 1) / 2
    printed = math.sqrt(k1**2 * v * budget + (k2 * c * budget) ** 2) + k2 * c * budget
    case = {"start_time": 1, "stitching_ratio": 2, "stitching_exponent": 1.4, "delta": delta}
    assert howard_stitched_boundary(intrinsic_time=v, gamma_scale=c, **case) == pytest.approx(
        printed
    )
    flat = howard_stitched_boundary(intrinsic_time=0.1, gamma_scale=c, **case)
    assert flat == howard_stitched_boundary(intrinsic_time=1, gamma_scale=c, **case)


def test_the_mixture_as_printed():
    v, rho, delta = 25.0, 3.0, 0.05
    printed = math.sqrt((v + rho) * math.log((v + rho) / (rho * delta**2))) / 100
    assert normal_mixture(empirical_risk=0, n=100, mixture_rho=rho, delta=delta) == pytest.approx(
        printed
    )
    tiny = normal_mixture(empirical_risk=0, n=10**15, mixture_rho=1e-3, delta=1e-300)
    assert math.isfinite(tiny) and tiny > 0


# --- betting


def test_betting_adapts_to_the_variance():
    n = 5000
    calm = tuple(0.05 + 0.02 * ((0.618034 * i) % 1.0) for i in range(n))
    wide = betting(losses=calm, betting_cap=0.5, delta=0.025) - sum(calm) / n
    assert 0 < wide < 0.1 * (hoeffding(empirical_risk=0, n=n, delta=0.025))


def test_betting_accepts_lists_arrays_and_a_width():
    import numpy as np

    losses = [0.0, 0.5, 1.0, 0.25] * 20
    case = {"betting_cap": 0.5, "delta": 0.05}
    value = betting(losses=losses, **case)
    assert betting(losses=np.array(losses), **case) == value
    doubled = betting(losses=[2 * x for x in losses], width=2, **case)
    assert doubled == pytest.approx(2 * value, abs=1e-12)
    several = betting(losses=losses, betting_cap=0.5, delta=np.array([0.05, 0.2]))
    assert several[0] == value and several.shape == (2,)


def test_order_matters_and_every_n_costs():
    late = (0.0,) * 50 + (1.0,) * 10
    case = {"betting_cap": 0.5, "delta": 0.05}
    assert betting(losses=late, **case) != betting(losses=late[::-1], **case)
    mixed = tuple(float(i % 6 == 0) for i in range(600))
    assert betting_every_n(losses=mixed, **case) > betting(losses=mixed, **case)
    assert betting_every_n_lower(losses=mixed, **case) < betting_lower(losses=mixed, **case)


def test_losses_outside_the_unit_interval_are_named():
    with pytest.raises(ValueError, match=r"1.5 at position 1"):
        betting(losses=[0.1, 1.5], betting_cap=0.5, delta=0.05)
    with pytest.raises(ValueError, match=r"nan at position 1"):
        betting(losses=[0.1, math.nan], betting_cap=0.5, delta=0.05)
    with pytest.raises(ValueError, match="empty"):
        betting(losses=[], betting_cap=0.5, delta=0.05)
    with pytest.raises(ValueError, match="sequence of numbers"):
        betting(losses=[0.1, "x"], betting_cap=0.5, delta=0.05)
    with pytest.raises(ValueError, match="sequence of numbers"):
        betting(losses=[True, False], betting_cap=0.5, delta=0.05)


# --- stopping


@pytest.mark.parametrize("delta", [0.01, 0.1, 0.5])
def test_the_null_reaches_walds_threshold_with_at_most_delta(delta):
    p0, p1 = 0.2, 0.35
    error, right = math.log(p1 / p0), math.log((1 - p1) / (1 - p0))
    threshold = sequential_probability_ratio(delta=delta)
    reached = ever(p0, 300, lambda n, k: k * error + (n - k) * right >= threshold)
    assert delta / 3 < reached <= delta


def test_expected_size_of_walds_test_is_near_the_truth():
    """The exact mean over coins, overshoot included, is a little larger."""
    p0, p1, delta, miss = 0.3, 0.34, 0.05, 0.1
    up, down = math.log((1 - miss) / delta), math.log(miss / (1 - delta))
    error, right = math.log(p1 / p0), math.log((1 - p1) / (1 - p0))
    alive, mean = {0: 1.0}, 0.0
    for n in range(1, 4001):
        mean += sum(alive.values())
        after = {}
        for k, mass in alive.items():
            after[k] = after.get(k, 0.0) + mass * (1 - p1)
            after[k + 1] = after.get(k + 1, 0.0) + mass * p1
        alive = {
            k: m for k, m in after.items() if m > 1e-12 and down < k * error + (n - k) * right < up
        }
    value = sequential_probability_ratio_expected_size(
        risk=p0, alternative_risk=p1, delta=delta, power_error=miss
    )
    assert value < mean < 1.05 * value


def test_expected_size_where_no_test_separates():
    case = {"risk": 0.3, "power_error": 0.1}
    size = sequential_probability_ratio_expected_size
    assert size(alternative_risk=0.3, delta=0.05, **case) == math.inf
    assert size(alternative_risk=0.4, delta=0.95, **case) == math.inf


@pytest.mark.parametrize("epsilon", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("p", [0.05, 0.3, 0.8])
def test_the_stopping_rule_is_right_up_to_epsilon(epsilon, p):
    """Coins: sampling stops at error number ceil(threshold), so the size is negative binomial."""
    delta = 0.2
    threshold = dagum_karp_luby_ross(epsilon=epsilon, delta=delta)
    last = math.ceil(threshold)
    near, size, mean = 0.0, last, 0.0
    log_mass = last * math.log(p)
    while size < 40 * last / p:
        mass = math.exp(log_mass)
        near += mass if abs(threshold / size - p) <= epsilon * p else 0
        mean += mass * size
        log_mass += math.log(size) - math.log(size - last + 1) + math.log1p(-p)
        size += 1
    assert near >= 1 - delta
    assert mean <= last / p * (1 + 1e-9)


def test_the_stopping_sum_as_printed():
    printed = 1 + 1.1 * 4 * (math.e - 2) * math.log(2 / 0.05) / 0.1**2
    assert dagum_karp_luby_ross(epsilon=0.1, delta=0.05) == pytest.approx(printed)
