"""Several labels, real values, margins: brute force of the lemmas and of the steps they serve."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.real_valued import (
    alon_covering,
    anthony_bartlett_covering_tail,
    anthony_bartlett_regression_sample_size,
    bartlett_fat,
    haussler_covering,
    haussler_packing,
    mohri_pseudo,
    natarajan,
    shawe_taylor_margin,
)
from genbounds.bounds.vc import mohri, vapnik_chervonenkis

sizes, dimensions, deltas = st.integers(1, 10**9), st.integers(1, 1000), st.floats(1e-12, 0.999)


@given(sizes, st.integers(0, 1000), deltas)
def test_two_labels_are_the_vc_case(n, d, delta):
    # natarajan_dim is then the VC dimension, and the lemma's count exceeds the Sauer sum
    several = natarajan(empirical_risk=0.1, n=n, natarajan_dim=d, n_classes=2, delta=delta)
    binary = vapnik_chervonenkis(empirical_risk=0.1, n=n, vc_dim=d, delta=delta)
    assert binary <= several * (1 + 1e-12)


@given(sizes, dimensions, deltas)
def test_level_sets_cost_what_labelings_cost(n, d, delta):
    pseudo = mohri_pseudo.gap(n=n, pseudo_dim=d, delta=delta)
    if d > n:
        assert pseudo == math.inf
    else:
        printed = mohri.gap(n=n, vc_dim=d, delta=delta, growth="sauer-exp")
        assert pseudo == pytest.approx(printed, rel=1e-12)


def test_width_of_a_loss():
    value = mohri_pseudo(empirical_risk=2.0, n=1000, pseudo_dim=5, delta=0.05, width=10)
    assert value == 10 * mohri_pseudo(empirical_risk=0.2, n=1000, pseudo_dim=5, delta=0.05)


def haussler(d):
    return lambda scale, size: haussler_covering(scale=scale, pseudo_dim=d)


@given(st.floats(0.001, 0.999), deltas, st.integers(0, 10**4))
def test_the_regression_sample_suffices(epsilon, delta, d):
    n = math.ceil(
        anthony_bartlett_regression_sample_size(epsilon=epsilon, delta=delta, pseudo_dim=d)
    )
    tail = anthony_bartlett_covering_tail(epsilon=epsilon / 2, n=n, log_covering=haussler(d))
    assert tail <= delta


def test_the_tail_may_exceed_any_float():
    value = anthony_bartlett_covering_tail(epsilon=0.1, n=1, log_covering=haussler(10**6))
    assert value == math.inf


@pytest.mark.parametrize("n", range(1, 6))
@pytest.mark.parametrize("separation", range(1, 6))
def test_packings_of_all_labelings(n, separation):
    # The largest codes of length n and least distance `separation`, from tables
    codes = {1: [2], 2: [4, 2], 3: [8, 4, 2], 4: [16, 8, 2, 2], 5: [32, 16, 4, 2, 2]}
    if separation <= n:
        bound = haussler_packing(n=n, vc_dim=n, separation=separation)
        assert math.log(codes[n][separation - 1]) <= bound
    else:
        assert haussler_packing(n=n, vc_dim=n, separation=separation) == math.inf


@pytest.mark.parametrize("n", [4, 10, 30])
@pytest.mark.parametrize("d", [1, 2, 3])
def test_packings_of_small_sets(n, d):
    # labelings with d ones or fewer: VC dimension d; greedy packings by distance
    labelings = [set(c) for k in range(d + 1) for c in itertools.combinations(range(n), k)]
    for separation in range(1, 2 * d + 1):
        packed = []
        for labels in reversed(labelings):
            if all(len(labels ^ other) >= separation for other in packed):
                packed.append(labels)
        assert math.log(len(packed)) <= haussler_packing(n=n, vc_dim=d, separation=separation)


@given(st.floats(0.001, 1), sizes, dimensions, st.floats(0.1, 100))
def test_covers_absorb_the_rounding(scale, n, d, envelope):
    # ln 2 (nb^2)^ceil(log2 y), b = 2B/scale, y = (e b n/d)^d: Alon et al. with its rounding
    if d > n:
        assert alon_covering(scale=scale, n=n, fat_dim=d, envelope=envelope) == math.inf
        return
    levels = max(2 * envelope / scale, 2)
    exponent = math.ceil(d * math.log2(math.e * levels * n / d))
    lemma = math.log(2) + exponent * math.log(n * levels**2)
    value = alon_covering(scale=scale, n=n, fat_dim=d, envelope=envelope)
    assert lemma <= value * (1 + 1e-12)


def margin_cover(n, d):
    """ln of the covers at half the margin, of functions clipped at the margin, on both samples."""
    return alon_covering(scale=0.25, n=2 * n, fat_dim=d, envelope=1)


@given(sizes, dimensions, deltas)
def test_bartlett_follows_from_the_covers(n, d, delta):
    # 4 N exp(-n eps^2), the count of vapnik_confidence, where the value is below 1
    eps = bartlett_fat(margin_risk=0, n=n, fat_dim=d, delta=delta)
    if eps < 1:
        assert math.log(4) + margin_cover(n, d) - n * eps**2 <= math.log(delta)
    if d >= n:
        assert eps >= 1


@given(sizes, dimensions, deltas)
def test_shawe_taylor_follows_from_the_covers(n, d, delta):
    # 2 N 2^-floor(n eps) at the share delta/n of each dimension
    eps = shawe_taylor_margin(n=n, fat_dim=d, delta=delta)
    if eps < 1:
        errors = math.floor(n * eps * (1 - 1e-15))
        tail = math.log(2) + margin_cover(n, d) - errors * math.log(2)
        assert tail <= math.log(delta / n)
    if d >= n:
        assert eps >= 1


def test_one_function_has_dimension_zero():
    assert haussler_covering(scale=0.1, pseudo_dim=0) == 1
    assert alon_covering(scale=0.1, n=10, fat_dim=0, envelope=1) == pytest.approx(math.log(2))
    assert bartlett_fat(margin_risk=0.1, n=10**6, fat_dim=0, delta=0.05) < 0.104
    gap = mohri_pseudo.gap(n=100, pseudo_dim=0, delta=0.05)
    assert gap == pytest.approx(math.sqrt(math.log(20) / 200), rel=1e-15)


def test_the_cover_is_asked_for_on_both_samples():
    asked = []

    def log_covering(scale, size):
        asked.append((scale, size))
        return 1.0

    anthony_bartlett_covering_tail(epsilon=0.32, n=50, log_covering=log_covering)
    assert asked[-1] == (0.02, 100)
