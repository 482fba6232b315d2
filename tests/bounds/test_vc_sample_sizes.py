"""Printed sample sizes: textbook numbers, orderings, and that they do suffice."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from genbounds.bounds.realizable import blumer
from genbounds.bounds.vc import shalev_shwartz_vc, vapnik_chervonenkis
from genbounds.bounds.vc_sample_sizes import (
    anthony_bartlett_realizable_log2_sample_size,
    anthony_bartlett_realizable_sample_size,
    anthony_bartlett_sample_size,
    blumer_sample_size,
    mitchell_sample_size,
    shalev_shwartz_agnostic_sample_size,
    shalev_shwartz_realizable_sample_size,
    shawe_taylor_anthony_biggs_sample_size,
)
from genbounds.growth import Sauer

ALL = [
    anthony_bartlett_sample_size,
    shalev_shwartz_agnostic_sample_size,
    blumer_sample_size,
    mitchell_sample_size,
    anthony_bartlett_realizable_sample_size,
    anthony_bartlett_realizable_log2_sample_size,
    shawe_taylor_anthony_biggs_sample_size,
    shalev_shwartz_realizable_sample_size,
]
GRID = [
    {"epsilon": eps, "delta": delta, "vc_dim": d}
    for eps, delta, d in itertools.product(
        (0.001, 0.01, 0.1, 0.2, 0.25, 0.3, 0.5, 0.7, 0.9, 0.99),
        (1e-300, 1e-12, 0.01, 0.2, 0.5, 0.99),
        (0, 1, 2, 3, 10, 100, 10**4),
    )
]
problems = given(st.floats(1e-6, 0.999), st.floats(1e-12, 0.999), st.integers(0, 10**6))


def test_mitchell():
    # Mitchell, Machine Learning, equation 7.7: VC dimension 3, eps = .1, delta = .05
    size = mitchell_sample_size(epsilon=0.1, delta=0.05, vc_dim=3)
    assert size == pytest.approx(1898.25, abs=0.01)


@problems
def test_who_asks_for_more(epsilon, delta, d):
    case = {"epsilon": epsilon, "delta": delta, "vc_dim": d}
    slack = 1 + 1e-12
    natural = anthony_bartlett_realizable_sample_size(**case)
    assert blumer_sample_size(**case) <= mitchell_sample_size(**case) * slack
    assert natural <= anthony_bartlett_realizable_log2_sample_size(**case) * slack
    assert natural <= shalev_shwartz_realizable_sample_size(**case) * slack
    if epsilon <= 1 / 4:
        assert shawe_taylor_anthony_biggs_sample_size(**case) <= natural * slack


@pytest.mark.parametrize("case", GRID)
def test_agnostic_sizes_suffice(case):
    facts = {"delta": case["delta"], "vc_dim": case["vc_dim"]}
    n = math.ceil(anthony_bartlett_sample_size(**case))
    assert vapnik_chervonenkis.gap(n=n, **facts) <= case["epsilon"] / 2
    n = math.ceil(shalev_shwartz_agnostic_sample_size(**case))
    assert shalev_shwartz_vc.gap(n=n, **facts) <= case["epsilon"]


@pytest.mark.parametrize("case", GRID)
def test_realizable_sizes_suffice_by_blumer(case):
    for size in (
        blumer_sample_size,
        mitchell_sample_size,
        anthony_bartlett_realizable_log2_sample_size,
    ):
        n = math.ceil(size(**case))
        assert blumer(n=n, delta=case["delta"], vc_dim=case["vc_dim"]) <= case["epsilon"]


@pytest.mark.parametrize("case", GRID)
def test_realizable_sizes_suffice_by_the_median(case):
    # 2 Pi(2n) 2^-floor(n eps) <= delta; (1 - eps)^n for the single hypothesis of dimension 0
    n = math.ceil(anthony_bartlett_realizable_sample_size(**case))
    epsilon, log_delta = case["epsilon"], math.log(case["delta"])
    if case["vc_dim"] == 0:
        assert n * math.log1p(-epsilon) <= log_delta
    else:
        growth = Sauer(case["vc_dim"])(2 * n)
        tail = math.log(2) + growth - math.floor(n * epsilon * (1 - 1e-15)) * math.log(2)
        assert tail <= log_delta


def test_natural_logarithms_do_not_follow_from_blumer():
    case = {"epsilon": 0.5, "delta": 0.5, "vc_dim": 100}
    n = math.ceil(anthony_bartlett_realizable_sample_size(**case))
    assert blumer(n=n, delta=0.5, vc_dim=100) > 0.5


def test_the_longer_ghost_sample_leaves_room():
    # With s = sqrt eps, y = ln(6/eps), l = ln(2/delta)/d and n = d nu:
    # (nu s - 1) ln(1 + s) - ln(e (nu (1 + 1/s) + 1)) - l, smallest at d = 1
    s = np.concatenate([np.logspace(-9, -1, 300), np.linspace(0.1, 1 - 1e-6, 3000)])[:, None]
    l = np.concatenate([[0], np.logspace(-3, 8, 500)])[None, :]  # noqa: E741
    nu = (2 * np.log(6 / s**2) + l) / (s**2 * (1 - s))
    room = (nu * s - 1) * np.log1p(s) - 1 - np.log(nu * (1 + 1 / s) + 1) - l
    assert room.min() > 2.6


@pytest.mark.parametrize("case", GRID)
def test_the_best_closed_form_suffices(case):
    # 2 Pi(n + k) (k/(n+k))^floor(k eps) with k = ceil(n/s) ghosts
    epsilon, d = case["epsilon"], case["vc_dim"]
    n = math.ceil(shawe_taylor_anthony_biggs_sample_size(**case))
    if d == 0:
        assert n * math.log1p(-epsilon) <= math.log(case["delta"])
        return
    k = math.ceil(n / math.sqrt(epsilon))
    errors = math.floor(k * epsilon * (1 - 1e-15))
    assert math.log(2) + Sauer(d)(n + k) - errors * math.log1p(n / k) <= math.log(case["delta"])


@pytest.mark.parametrize("bound", ALL, ids=lambda b: b.name)
def test_what_is_claimed(bound):
    assert bound.claim.form == "sample_size"
    if "realizable" in bound.name:
        assert bound.claim.scope == "consistent_hypotheses"
    value = bound(epsilon=0.1, delta=1e-300, vc_dim=0)
    assert 0 < value < math.inf


def test_not_monotone_as_declared():
    case = shawe_taylor_anthony_biggs_sample_size.witness["epsilon"]
    low, middle, high = (
        shawe_taylor_anthony_biggs_sample_size(epsilon=eps, **case["at"]) for eps in case["values"]
    )
    assert low > middle < high
    assert shalev_shwartz_realizable_sample_size(epsilon=0.1, delta=0.25, vc_dim=1) == math.inf
