"""Divergences against quadrature and closed forms; every kind of input; what cannot be."""

import math

import mpmath
import numpy as np
import pytest

import genbounds as gb
from genbounds.divergences import (
    bernoulli_kl,
    categorical_kl,
    compression_kl,
    gaussian_kl,
    gaussian_renyi,
    indexed_prior_variance,
    laplace_kl,
    point_mass_kl,
    prior_index,
)


def normal(x, m, v):
    return mpmath.exp(-((x - m) ** 2) / (2 * v)) / mpmath.sqrt(2 * mpmath.pi * v)


def laplace(x, m, b):
    return mpmath.exp(-abs(x - m) / b) / (2 * b)


def integrated(first, second, marks):
    """KL of two densities by quadrature at 30 digits."""
    with mpmath.workdps(30):
        return mpmath.quad(
            lambda x: first(x) * mpmath.log(first(x) / second(x)), [-300, *sorted(marks), 300]
        )


@pytest.mark.parametrize(("m", "v", "m0", "v0"), [(0, 1, 0, 2), (1, 0.5, -1, 0.7), (0.3, 3, 0, 1)])
def test_gaussian_against_quadrature(m, v, m0, v0):
    exact = integrated(lambda x: normal(x, m, v), lambda x: normal(x, m0, v0), [m, m0])
    assert gaussian_kl(m, v, m0, v0) == pytest.approx(float(exact), rel=1e-13)


@pytest.mark.parametrize(("m", "b", "m0", "b0"), [(0, 1, 0, 2), (1, 0.5, -1, 0.7), (0.3, 3, 0, 2)])
def test_laplace_against_quadrature(m, b, m0, b0):
    exact = integrated(lambda x: laplace(x, m, b), lambda x: laplace(x, m0, b0), [m, m0])
    assert laplace_kl(m, b, m0, b0) == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.parametrize("order", [0.5, 2, 5])
def test_renyi_against_quadrature(order):
    m, m0, v = 0.4, -0.3, 0.8
    with mpmath.workdps(30):
        moment = mpmath.quad(
            lambda x: normal(x, m, v) ** order * normal(x, m0, v) ** (1 - order), [-40, m0, m, 40]
        )
        exact = mpmath.log(moment) / (order - 1)
    assert gaussian_renyi(m, m0, v, order) == pytest.approx(float(exact), rel=1e-13)


def test_renyi_of_order_two_has_no_two_and_order_one_is_kl():
    assert gaussian_renyi([3.0, 4.0], 0.0, 5.0) == 5.0
    m, m0 = np.array([1.0, -2.0]), np.array([0.5, 0.5])
    assert gaussian_renyi(m, m0, 0.7, 1) == pytest.approx(gaussian_kl(m, 0.7, m0, 0.7), rel=1e-14)


def test_the_isotropic_form_of_dziugaite_and_roy():
    """(sum s/lambda - d + |w - w0|^2/lambda + d ln lambda - sum ln s)/2."""
    rng = np.random.default_rng(0)
    w, w0, s, scale = rng.normal(size=50), rng.normal(size=50), rng.uniform(0.01, 2, 50), 0.3
    expected = (s.sum() / scale - 50 + ((w - w0) ** 2).sum() / scale
                + 50 * math.log(scale) - np.log(s).sum()) / 2  # fmt: skip
    assert gaussian_kl(w, s, w0, scale) == pytest.approx(expected, rel=1e-13)


def test_close_laws_lose_no_digits():
    v = 0.3 * (1 + 2**-30)
    t = mpmath.mpf(v) / mpmath.mpf(0.3) - 1
    with mpmath.workdps(50):
        exact = (t - mpmath.log1p(t)) / 2
    assert gaussian_kl(0.0, v, 0.0, 0.3) == pytest.approx(float(exact), rel=1e-8)
    assert gaussian_kl(1.0, 0.3, 1.0, 0.3) == 0
    assert laplace_kl(1.0, 0.3, 1.0, 0.3) == 0
    even = [0.25, 0.25, 0.5]
    assert categorical_kl(even, even) == 0
    assert categorical_kl([0.25 + 1e-9, 0.25 - 1e-9, 0.5], even) == pytest.approx(4e-18, rel=1e-6)


def test_categorical():
    assert categorical_kl([1, 0], [0.25, 0.75]) == pytest.approx(math.log(4), rel=1e-15)
    assert categorical_kl([0.5, 0.5], [1, 0]) == math.inf
    assert categorical_kl([1, 0], [1, 0]) == 0
    q, p = np.random.default_rng(0).dirichlet(np.ones(9), 2)
    assert categorical_kl(q, p) == pytest.approx((q * np.log(q / p)).sum(), rel=1e-12)


def test_coins_and_points():
    assert bernoulli_kl([0.1, 0.2], 0.5) == pytest.approx(
        sum(categorical_kl([q, 1 - q], [0.5, 0.5]) for q in (0.1, 0.2)), rel=1e-13
    )
    assert bernoulli_kl(0.5, 0.0) == math.inf
    assert point_mass_kl(1 / 8) == pytest.approx(math.log(8), rel=1e-15)
    assert compression_kl(1000) == pytest.approx(1000 * math.log(2) + 2 * math.log(1000), rel=1e-15)


def test_the_weights_of_the_universal_prior_add_up_to_less_than_one():
    """Each of the 2^k strings of k bits has the weight exp(-compression_kl(k))."""
    weights = [math.exp(k * math.log(2) - compression_kl(k)) for k in range(2, 1000)]
    assert sum(weights) + 1 / 999 < 0.65  # the tail is below the integral
    with pytest.raises(ValueError, match="at least 2"):
        compression_kl(1)


def test_kinds_of_input_agree():
    m, v = [0.1, 0.2, 0.3], [0.5, 0.6, 0.7]
    once = gaussian_kl(m, v, 0.0, 1.0)
    assert isinstance(once, float)
    assert gaussian_kl(tuple(m), np.array(v), np.zeros(3), 1) == once
    assert gaussian_kl(np.array(m, np.float32), v, 0.0, 1.0) == pytest.approx(once, rel=1e-6)
    assert once == pytest.approx(sum(gaussian_kl(a, b, 0, 1) for a, b in zip(m, v)), rel=1e-14)  # noqa: B905
    assert gb.gaussian_kl is gaussian_kl


def test_tensors_stay_tensors_and_have_gradients():
    torch = pytest.importorskip("torch")
    m = torch.tensor([0.1, 0.2, 0.3], dtype=torch.float64, requires_grad=True)
    v = torch.tensor([0.5, 0.6, 0.7], dtype=torch.float64, requires_grad=True)
    found = gaussian_kl(m, v, 0.0, 0.8)
    assert float(found.detach()) == pytest.approx(
        gaussian_kl(m.tolist(), v.tolist(), 0.0, 0.8), rel=1e-14
    )
    found.backward()
    assert torch.allclose(m.grad, m.detach() / 0.8)
    assert torch.allclose(v.grad, (1 / 0.8 - 1 / v.detach()) / 2)
    q = torch.tensor([0.5, 0.5, 0.0], dtype=torch.float64, requires_grad=True)
    p = torch.tensor([0.25, 0.5, 0.25], dtype=torch.float64)
    kl = categorical_kl(q, p)
    kl.backward()
    assert float(kl.detach()) == pytest.approx(categorical_kl([0.5, 0.5, 0], p.tolist()))
    assert torch.isfinite(q.grad).all()
    apart = laplace_kl(m.detach().requires_grad_(), 0.5, 0.0, 1.0)
    assert float(apart.detach()) == pytest.approx(laplace_kl([0.1, 0.2, 0.3], 0.5, 0.0, 1.0))


def test_neighbours_of_a_variance():
    low, high = prior_index(0.005)
    assert (low, high) == (299, 300)
    assert indexed_prior_variance(high) < 0.005 < indexed_prior_variance(low)
    for j in (1, 7, 500):
        assert prior_index(indexed_prior_variance(j)) == (j, j)
    assert prior_index(0.0999) == (1, 1)  # the sequence begins at 1
    with pytest.raises(ValueError, match="prior_variance"):
        prior_index(0.1)
    with pytest.raises(ValueError, match="precision"):
        prior_index(0.01, precision=0)
    with pytest.raises(ValueError, match="at least 1"):
        indexed_prior_variance(0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gaussian_kl(0, 0, 0, 1), "posterior_variance"),
        (lambda: gaussian_kl(0, 1, 0, [1.0, -1.0]), "prior_variance"),
        (lambda: gaussian_kl(0, math.nan, 0, 1), "posterior_variance"),
        (lambda: gaussian_renyi(0, 0, 1, 0), "order"),
        (lambda: laplace_kl(0, -1, 0, 1), "posterior_scale"),
        (lambda: categorical_kl([0.5, 0.6], [0.5, 0.5]), "posterior"),
        (lambda: categorical_kl([0.5, 0.5], [1.5, -0.5]), "prior"),
        (lambda: point_mass_kl(0.0), "prior_probability"),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_balls_and_mpmath_give_every_digit():
    flint = pytest.importorskip("flint")
    arguments = ([0.5, -1.0], [0.012, 0.5], [0.0, 0.0], [0.01, 1.0])
    with mpmath.workdps(50):
        exact = gb.gaussian_kl(*([mpmath.mpf(x) for x in xs] for xs in arguments))
        with flint.ctx.workprec(160):
            found = gb.gaussian_kl(*([flint.arb(x) for x in xs] for xs in arguments))
            assert isinstance(found, flint.arb)
            assert abs(found - flint.arb(mpmath.nstr(exact, 45))) < flint.arb("1e-38")
    assert gb.gaussian_kl(*arguments) == pytest.approx(float(exact), rel=1e-14)


@pytest.mark.parametrize("mean", [math.nan, [0.0, math.inf]])
def test_a_mean_is_finite(mean):
    with pytest.raises(ValueError, match="posterior_mean must be finite"):
        gb.gaussian_kl(mean, 1.0, 0.0, 1.0)
    with pytest.raises(ValueError, match="posterior_location must be finite"):
        gb.laplace_kl(mean, 1.0, 0.0, 1.0)
