"""Least squares against numpy's, closed-form means against integrals, and Hotelling's law."""

import math

import numpy as np
import pytest

from genbounds.referee.draws import NotKnownError
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.regression import LinearRegression
from tests.referee.worlds.agreement import agrees


@pytest.mark.parametrize(("n", "p"), [(20, 3), (5, 5), (4, 7), (1, 1), (1, 4)])
def test_the_output_is_that_of_numpys_least_squares(n, p):
    world, trials = LinearRegression(p, noise_std=0.7, weight_norm=2), 6
    x, y = world.sample(n, trials, np.random.default_rng(n))
    draws = world.draw(n, trials, np.random.default_rng(n))
    truth = np.zeros(p)
    truth[0] = 2
    for t in range(trials):
        w = np.linalg.lstsq(x[t], y[t], rcond=None)[0]
        assert np.allclose(draws.learned[t], w, atol=1e-8)
        assert draws.excess_risk[t, 0] == pytest.approx(float(np.sum((w - truth) ** 2)))
        assert draws.risk[t, 0] == pytest.approx(0.49 + float(np.sum((w - truth) ** 2)))
        residual = float(np.mean((y[t] - x[t] @ w) ** 2))
        assert draws.training_error[t, 0] == pytest.approx(residual, abs=1e-12)
        assert draws.weight_norm[t, 0] == pytest.approx(float(np.linalg.norm(w)))
        assert draws.gram_trace[t, 0] == pytest.approx(float(np.sum(x[t] ** 2)))
    assert draws.best_risk == draws.noise_variance == pytest.approx(0.49)


@pytest.mark.parametrize(("n", "p"), [(12, 3), (8, 1), (30, 20)])
def test_the_excess_risk_has_the_quantiles_that_are_said(n, p):
    """False alarm: four comparisons, each refused with probability 2e-11."""
    world, trials = LinearRegression(p, noise_std=1.5), 20_000
    excess = world.draw(n, trials, np.random.default_rng(p)).excess_risk
    quantiles = {delta: world.excess_quantile(n, delta) for delta in (0.9, 0.5, 0.1, 0.01)}
    assert all(_beyond(excess, least, delta) for delta, least in quantiles.items())


@pytest.mark.parametrize(("n", "p"), [(12, 3), (8, 1), (30, 20), (15, 9)])
def test_the_expected_risk_is_the_integral_of_its_tail(n, p):
    """The mean is the integral of the quantiles; p/(n - p - 1) comes from inverse Wishart."""
    from scipy.integrate import quad

    world = LinearRegression(p, noise_std=0.6)
    mean = quad(lambda u: world.excess_quantile(n, u**4) * 4 * u**3, 0, 1, limit=200)[0]
    assert world.expected_risk(n) == pytest.approx(0.36 + mean, rel=1e-6)


def test_the_quantile_for_one_feature_by_hand():
    """Excess over variance is a squared Student variable over n."""
    from scipy.stats import t

    n = 9
    expected = t.isf(0.05 / 2, n) ** 2 / n
    assert LinearRegression(1).excess_quantile(n, 0.05) == pytest.approx(expected)
    with pytest.raises(NotKnownError, match="n = 3"):
        LinearRegression(4).excess_quantile(3, 0.05)


def _beyond(values, threshold, probability):
    """Whether so many values exceed a threshold as should."""
    return agrees((values > threshold).sum(), len(values), probability)


def test_squared_residuals_are_chi_square_of_the_degrees_left():
    from scipy.stats import chi2

    n, p, world = 15, 6, LinearRegression(6, noise_std=0.8)
    seen = world.draw(n, 20_000, np.random.default_rng(3)).training_error.ravel() * n / 0.64
    assert all(_beyond(seen, chi2.isf(q, n - p), q) for q in (0.9, 0.5, 0.1))
    assert world.expected_training_error(n) == pytest.approx(0.64 * chi2.mean(n - p) / n)


def test_without_noise_the_shortest_weights_lose_a_beta_share():
    """The part of w outside a random subspace of n dimensions."""
    from scipy.stats import beta

    n, p, world = 6, 10, LinearRegression(10, noise_std=0, weight_norm=2)
    lost = world.draw(n, 20_000, np.random.default_rng(4)).excess_risk.ravel() / 4
    law = beta((p - n) / 2, n / 2)
    assert all(_beyond(lost, law.isf(q), q) for q in (0.9, 0.5, 0.1))
    assert world.expected_risk(n) == pytest.approx(4 * law.mean())


def test_of_noise_alone_the_shortest_weights_follow_hotelling_with_n_and_p_exchanged():
    from scipy.stats import f

    n, p, world = 6, 14, LinearRegression(14, noise_std=0.5, weight_norm=0)
    draws = world.draw(n, 20_000, np.random.default_rng(5))
    scale, law = 0.25 * n / (p - n + 1), f(n, p - n + 1)
    assert all(_beyond(draws.excess_risk.ravel(), scale * law.isf(q), q) for q in (0.9, 0.5, 0.1))
    assert world.expected_risk(n) == pytest.approx(0.25 + scale * law.mean())
    assert np.allclose(draws.training_error, 0) and world.expected_training_error(n) == 0
    both = LinearRegression(14, noise_std=0.5, weight_norm=2)
    assert both.expected_risk(n) == pytest.approx(world.expected_risk(n) + 4 * (1 - n / p))


def test_where_the_mean_is_infinite_or_without_noise():
    assert [LinearRegression(4).expected_risk(n) for n in (3, 4, 5)] == [math.inf] * 3
    silent = LinearRegression(4, noise_std=0, weight_norm=2)
    assert [silent.expected_risk(n) for n in (2, 4, 9)] == [2.0, 0.0, 0.0]


def test_the_world_says_itself_and_refuses_what_it_cannot_be():
    world = LinearRegression(3, noise_std=0.5)
    assert world_of(world.to_dict()) == world and world.block(100) >= 1
    with pytest.raises(ValueError, match=r"n_features .*noise_std .*weight_norm"):
        LinearRegression(0, noise_std=-1, weight_norm=math.inf)
