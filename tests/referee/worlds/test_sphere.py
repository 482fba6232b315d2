"""Risks on the sphere against other integrals, in polar coordinates of R^d, and fresh points."""

import itertools
import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import beta, betainc

from genbounds.referee.draws import NotKnownError
from genbounds.referee.worlds.sphere import (
    RAMP_PRECISION,
    SIGN_PRECISION,
    disagreement,
    points_with_gap,
    ramp_risk,
)
from tests.referee.worlds.agreement import agrees


def below(v, k):
    """P(V <= v) for the first coordinate of a uniform point of the unit sphere in R^k."""
    if abs(v) >= 1:
        return float(v >= 1)
    return 0.5 if k == 1 else 0.5 + math.copysign(0.5, v) * float(betainc(0.5, (k - 1) / 2, v * v))


def over_latitude(function, dim, gap, kinks):
    """The mean of a function of the angle b to the pole, given cos(b) >= gap."""
    most = math.acos(gap)
    edges = sorted({0.0, most, *(x for x in kinks if 0 < x < most)})
    pieces = itertools.pairwise(edges)
    mass = lambda b: math.sin(b) ** (dim - 2) * function(b)  # noqa: E731
    total = sum(quad(mass, low, high, epsabs=1e-12, limit=200)[0] for low, high in pieces)
    return total / quad(lambda b: math.sin(b) ** (dim - 2), 0, most, epsabs=1e-14)[0]


@pytest.mark.parametrize("gap", [0.01, 0.1, 0.5, 0.95])
@pytest.mark.parametrize("dim", [2, 3, 4, 9, 50])
def test_disagreement_is_an_integral_over_latitudes(dim, gap):
    for a in (0.005, 0.4, 1.2, 1.6, 2.8, 3.1):

        def wrong(b, a=a):
            return below(-math.cos(a) * math.cos(b) / (math.sin(a) * math.sin(b)), dim - 1)

        expected = over_latitude(wrong, dim, gap, [abs(math.pi / 2 - a)])
        assert float(disagreement(a, dim, gap)) == pytest.approx(expected, abs=SIGN_PRECISION)


def test_disagreement_without_a_gap_and_at_its_ends():
    angle = np.array([0, 0.3, math.pi / 2, 3.0, math.pi])
    assert np.allclose(disagreement(angle, 7), angle / math.pi)
    assert np.allclose(disagreement(angle, 7, 0.01), angle / math.pi, atol=0.02)
    found = disagreement(np.array([0, math.asin(0.3) - 1e-9, math.pi / 2, math.pi]), 5, 0.3)
    assert found == pytest.approx([0, 0, 0.5, 1], abs=1e-12)


def test_disagreement_in_the_plane_by_hand():
    """Angles to the target are uniform up to acos(gap) on both sides."""
    most = math.acos(0.2)
    wrong = (1.0 - (math.pi / 2 - most)) / (2 * most)
    assert float(disagreement(1.0, 2, 0.2)) == pytest.approx(wrong, abs=1e-12)


def mean_ramp_across(level, spread, k):
    """The mean of the ramp of level + spread V, V the first coordinate on the sphere in R^k."""
    ramp = lambda s: min(1.0, max(0.0, 1 - s))  # noqa: E731
    if k == 1:
        return (ramp(level + spread) + ramp(level - spread)) / 2
    kinks = [(u - level) / spread for u in (0, 1)] if spread > 1e-12 else []
    edges = sorted({0.0, math.pi, *(math.acos(v) for v in kinks if abs(v) < 1)})
    density = lambda g: math.sin(g) ** (k - 2) * ramp(level + spread * math.cos(g))  # noqa: E731
    pieces = itertools.pairwise(edges)
    total = sum(quad(density, low, high, epsabs=1e-11)[0] for low, high in pieces)
    return total / beta(0.5, (k - 1) / 2)


@pytest.mark.parametrize("slope", [0.5, 2.0, 30.0])
@pytest.mark.parametrize("gap", [0.0, 0.05, 0.6])
@pytest.mark.parametrize("dim", [2, 3, 8, 40])
def test_the_ramp_is_an_integral_over_latitudes(dim, gap, slope):
    reach = math.acos(min(1, 1 / slope))
    for a in (0.0, 0.7, 2.9):

        def ramp(b, a=a):
            level = slope * math.cos(a) * math.cos(b)
            return mean_ramp_across(level, slope * math.sin(a) * math.sin(b), dim - 1)

        kinks = [abs(math.pi / 2 - a), abs(a - reach), a + reach]
        expected = over_latitude(ramp, dim, gap, kinks)
        assert float(ramp_risk(a, slope, dim, gap)) == pytest.approx(expected, abs=RAMP_PRECISION)


def test_the_ramp_at_the_target_by_hand():
    """In R^3 the height is uniform: the mean of 1 - h, and of (1 - 4 h)+."""
    assert float(ramp_risk(0.0, 1.0, 3)) == pytest.approx(1 / 2, abs=1e-8)
    assert float(ramp_risk(0.0, 4.0, 3)) == pytest.approx(1 / 8, abs=1e-8)
    assert float(ramp_risk(math.pi, 4.0, 3)) == pytest.approx(1, abs=1e-8)
    assert float(ramp_risk(0.0, 1.0, 3, 0.5)) == pytest.approx(1 / 4, abs=1e-8)


def test_a_ramp_that_is_too_steep_is_refused():
    with pytest.raises(NotKnownError, match="slope"):
        ramp_risk(1.0, 1e3, 3)


@pytest.mark.parametrize(("dim", "gap", "slope"), [(2, 0.1, 2.0), (3, 0.0, 50.0), (9, 0.2, 5.0)])
def test_many_angles_at_once_have_the_risks_of_each(dim, gap, slope):
    angle = np.random.default_rng(0).uniform(0, math.pi, 3000)
    risks = ramp_risk(angle, slope, dim, gap)
    alone = [float(ramp_risk(a, slope, dim, gap)) for a in angle[:200]]
    assert np.allclose(risks[:200], alone, rtol=0, atol=RAMP_PRECISION)


def test_shapes_are_kept():
    assert ramp_risk(np.ones((4, 3)), 2.0, 5).shape == (4, 3)
    assert disagreement(np.ones((4, 3)), 5, 0.1).shape == (4, 3)


@pytest.mark.parametrize("gap", [0.0, 0.3])
@pytest.mark.parametrize("dim", [2, 3, 10])
def test_points_have_the_law_that_is_said(dim, gap):
    """False alarm: six comparisons, each refused with probability 2e-11."""
    x = points_with_gap(dim, gap, (50_000,), np.random.default_rng(dim))
    assert np.allclose(np.linalg.norm(x, axis=1), 1) and (x[:, 0] >= gap).all()
    tail = lambda t: 1 - below(t, dim)  # noqa: E731
    cases = [(x[:, 0] > t, tail(t) / tail(gap)) for t in (0.4, 0.6, 0.8)]
    cases += [(x[:, 1] > 0, 0.5), (x[:, -1] > 0, 0.5)]
    w = np.eye(dim)[0] * math.cos(2.0) + np.eye(dim)[1] * math.sin(2.0)
    cases.append((x @ w <= 0, float(disagreement(2.0, dim, gap))))
    assert all(agrees(hit.sum(), len(x), probability) for hit, probability in cases)
