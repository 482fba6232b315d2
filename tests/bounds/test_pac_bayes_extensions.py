"""Other divergences, one draw, every n: coverage in exact small worlds, and forms in print."""

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import genbounds as gb
from genbounds.bounds.pac_bayes_extensions import (
    alquier_guedj_chi2,
    begin_renyi,
    chugg,
    rivasplata,
    rivasplata_gaussian,
    viallard,
    viallard_gaussian,
)

N, PRIOR = 12, (0.5, 0.3, 0.2)
RISKS = [(0.1, 0.4, 0.5), (0.3, 0.3, 0.3), (0.02, 0.05, 0.9)]
TEMPERATURES = [0.0, 5.0, 40.0]


def samples(risks):
    """Error counts of independent hypotheses and their probabilities."""
    each = [[math.comb(N, k) * p**k * (1 - p) ** (N - k) for k in range(N + 1)] for p in risks]
    for counts in product(range(N + 1), repeat=len(risks)):
        yield counts, math.prod(chance[k] for chance, k in zip(each, counts, strict=True))


def posterior(counts, temperature):
    weights = [p * math.exp(-temperature * k / N) for p, k in zip(PRIOR, counts, strict=True)]
    return [w / sum(weights) for w in weights]


def mean(weights, values):
    return sum(w * x for w, x in zip(weights, values, strict=True))


def power_mean(q, order):
    """E_P (dQ/dP)^order."""
    return sum(p * (x / p) ** order for x, p in zip(q, PRIOR, strict=True))


@pytest.mark.parametrize("risks", RISKS)
@pytest.mark.parametrize("temperature", TEMPERATURES)
def test_the_renyi_and_the_chi_square_bound_cover(risks, temperature):
    delta, order = 0.2, 1.5
    missed = {"renyi": 0.0, "chi2": 0.0}
    for counts, chance in samples(risks):
        q = posterior(counts, temperature)
        seen, true = mean(q, [k / N for k in counts]), mean(q, risks)
        divergence = math.log(power_mean(q, order)) / (order - 1)
        bound = begin_renyi(empirical_risk=seen, renyi=max(divergence, 0), n=N, delta=delta)
        missed["renyi"] += chance * (bound < true)
        chi2 = max(power_mean(q, 2) - 1, 0)
        missed["chi2"] += chance * (alquier_guedj_chi2(chi2=chi2, n=N, delta=delta) < true - seen)
    assert max(missed.values()) <= delta


@pytest.mark.parametrize("risks", RISKS)
@pytest.mark.parametrize("temperature", TEMPERATURES)
def test_one_draw_is_covered(risks, temperature):
    """Over the sample and the draw: both disintegrated bounds."""
    delta, order = 0.2, 2.0
    missed = {"rivasplata": 0.0, "viallard": 0.0}
    for counts, chance in samples(risks):
        q = posterior(counts, temperature)
        divergence = max(math.log(power_mean(q, order)), 0)
        for x, p, k, risk in zip(q, PRIOR, counts, risks, strict=True):
            facts = {"empirical_risk": k / N, "n": N, "delta": delta}
            drawn = rivasplata(log_density_ratio=math.log(x / p), **facts)
            missed["rivasplata"] += chance * x * (drawn < risk)
            fixed = viallard(renyi=divergence, renyi_order=order, **facts)
            missed["viallard"] += chance * x * (fixed < risk)
    assert max(missed.values()) <= delta


def test_a_negative_budget_gives_the_empirical_risk():
    facts = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}
    assert rivasplata(log_density_ratio=-1000, **facts) == 0.1
    gaussian = {"squared_distance_drawn": 1, "squared_noise": 1000, "prior_variance": 0.25}
    assert rivasplata_gaussian(n_priors=10, **gaussian, **facts) == 0.1


@settings(max_examples=60)
@given(st.floats(0, 1), st.floats(0, 1e4), st.integers(1, 10**6), st.floats(1.01, 50))
def test_a_renyi_divergence_never_beats_the_relative_entropy(risk, distance, n, order):
    """Gaussians of equal covariance: KL = d/2, D_alpha = alpha d/2."""
    facts = {"empirical_risk": risk, "n": n, "delta": 0.05}
    assert begin_renyi(renyi=order * distance / 2, **facts) >= gb.catalogue["pac_bayes_kl"](
        kl=distance / 2, **facts
    )


def test_the_gaussian_form_is_the_printed_one():
    """ln(16 T sqrt n/delta^3), and D_2 = d/sigma^2."""
    d, s, t, n, delta = 3.0, 2.0, 5, 1000, 0.05
    budget = d / s + math.log(16 * t * math.sqrt(n) / delta**3)
    found = viallard_gaussian(
        empirical_risk=0, squared_distance=d, prior_variance=s, n_priors=t, n=n, delta=delta
    )
    assert found == pytest.approx(-math.expm1(-budget / n), rel=1e-13)
    alone = viallard(empirical_risk=0.1, renyi=d / s, renyi_order=2, n=n, delta=delta)
    assert alone == pytest.approx(
        viallard_gaussian(
            empirical_risk=0.1, squared_distance=d, prior_variance=s, n_priors=1, n=n, delta=delta
        ),
        rel=1e-14,
    )


@settings(max_examples=60)
@given(st.floats(0, 1), st.floats(1e-3, 1e3), st.floats(1e-3, 10), st.integers(1, 50))
def test_the_typical_draw_prefers_rivasplata(risk, distance, variance, priors):
    """Where the drawn noise is orthogonal to the move: d/(2 sigma^2) against d/sigma^2."""
    facts = {"empirical_risk": risk, "prior_variance": variance, "n_priors": priors, "n": 1000}
    one = rivasplata_gaussian(
        squared_distance_drawn=distance + 5, squared_noise=5, delta=0.05, **facts
    )
    assert one <= viallard_gaussian(squared_distance=distance, delta=0.05, **facts) * (1 + 1e-12)


def test_chi_square_by_hand():
    """chi2 = 3, n = 100, delta = 1/4: sqrt(4/100)."""
    assert alquier_guedj_chi2(chi2=3, n=100, delta=0.25) == pytest.approx(0.2, rel=1e-15)


def test_chugg_holds_at_every_n_at_once():
    """All 2^12 sequences of a fair coin: few enough cross the boundary somewhere."""
    delta, temperatures = 0.3, [0.7] * 12
    bounds = [
        chugg(kl=0, inverse_temperatures=temperatures[:t], variance_proxy=0.25, delta=delta)
        for t in range(1, 13)
    ]
    crossed = 0
    for losses in product((0, 1), repeat=12):
        total = 0
        for t, loss in enumerate(losses, 1):
            total += loss
            if 0.5 - total / t > bounds[t - 1]:
                crossed += 1
                break
    assert 0 < crossed / 2**12 <= delta


def test_chugg_at_the_best_constant_is_the_square_root():
    """l = sqrt(2 K/(s n)): K/(n l) + s l/2 = sqrt(2 s K/n), Hoeffding's form at s = 1/4."""
    kl, n, delta = 4.0, 50, 0.05
    cost = kl + math.log(1 / delta)
    best = math.sqrt(2 * cost / (0.25 * n))
    found = chugg(kl=kl, inverse_temperatures=[best] * n, variance_proxy=0.25, delta=delta)
    assert found == pytest.approx(math.sqrt(cost / (2 * n)), rel=1e-13)
    idle = chugg(kl=kl, inverse_temperatures=[0, 0], variance_proxy=0.25, delta=delta)
    assert idle == math.inf
