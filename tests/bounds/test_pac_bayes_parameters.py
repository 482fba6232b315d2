"""Bounds with a parameter: what their best values are, what may be chosen on the data, coverage."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

import genbounds as gb
from genbounds.bounds.concentration import chernoff
from genbounds.bounds.pac_bayes import pac_bayes_kl, pac_bayes_quadratic
from genbounds.bounds.pac_bayes_parameters import (
    alquier,
    alquier_grid,
    catoni,
    catoni_grid,
    catoni_linear,
    catoni_uniform,
    mcallester_dropout,
    mcallester_linear,
    pac_bayes_lambda,
    pac_bayes_lambda_lower,
    zhou,
)

risks = st.floats(1e-6, 1)
divergences = st.floats(0, 1e4)
sizes = st.integers(1, 10**9)
deltas = st.floats(1e-12, 0.999)
FACTS = {"empirical_risk": 0.1, "kl": 10, "n": 1000, "delta": 0.05}


def price(kl, n, delta):
    return (kl + math.log(2) + math.log(n) / 2 - math.log(delta)) / n


# --- the best values


@given(st.floats(0, 1), divergences, sizes, deltas)
def test_the_quadratic_form_is_the_best_of_the_trade_offs(r, kl, n, delta):
    facts = {"empirical_risk": r, "kl": kl, "n": n, "delta": delta}
    best = 2 / (math.sqrt(2 * r / price(kl, n, delta) + 1) + 1)
    quadratic = pac_bayes_quadratic(**facts)
    assert pac_bayes_lambda(trade_off=best, **facts) == pytest.approx(quadratic, rel=1e-13)
    for factor in (0.5, 0.9, 1.1, 1.9):
        assert pac_bayes_lambda(trade_off=factor * best, **facts) >= quadratic * (1 - 1e-13)


def tangent(r, p):
    """The C at which -ln(1 - p (1 - e^-C)) - C r is the relative entropy."""
    return math.log(p * (1 - r) / (r * (1 - p)))


@pytest.mark.parametrize("r", [0.001, 0.1, 0.4])
def test_the_kl_form_is_the_best_of_catonis(r):
    facts = {"empirical_risk": r, "kl": 10, "n": 1000, "delta": 0.05}
    least = pac_bayes_kl(**facts)
    best = tangent(r, least)
    assert catoni_uniform(catoni_c=best, **facts) == pytest.approx(least, rel=1e-13)
    for factor in (0.3, 0.9, 1.1, 3):
        assert catoni_uniform(catoni_c=factor * best, **facts) > least
    # with ln(1/delta), C fixed in advance: the same tangent to the inverse for one hypothesis
    alone = chernoff(empirical_risk=r, n=1000, delta=0.05 * math.exp(-10))
    found = catoni(catoni_c=tangent(r, alone), **facts)
    assert found == pytest.approx(alone, rel=1e-13)


def test_the_best_linear_bound_is_a_root():
    cost = 10 - math.log(0.05)
    best = math.sqrt(8 * 1000 * cost)
    gap = alquier.gap(inverse_temperature=best, kl=10, n=1000, delta=0.05)
    assert gap == pytest.approx(math.sqrt(cost / 2000), rel=1e-14)


@given(risks, divergences, st.floats(0.01, 20), sizes, deltas)
def test_linear_catoni_is_looser(r, kl, c, n, delta):
    facts = {"empirical_risk": r, "kl": kl, "catoni_c": c, "n": n, "delta": delta}
    assert catoni(**facts) <= catoni_linear(**facts) * (1 + 1e-13)
    assert catoni(**facts) <= catoni_grid(n_candidates=7, **facts) * (1 + 1e-13)
    assert catoni(**facts) <= catoni_uniform(**facts) * (1 + 1e-13)


@given(risks, divergences, st.floats(1.01, 1e6), st.floats(1.01, 10), sizes, deltas)
def test_all_temperatures_cost_more_than_one(r, kl, temperature, ratio, n, delta):
    facts = {"empirical_risk": r, "kl": kl, "n": n, "delta": delta}
    every = zhou(inverse_temperature=temperature, grid_ratio=ratio, **facts)
    assert catoni(catoni_c=temperature / n, **facts) <= every * (1 + 1e-12)


@given(risks, divergences, st.floats(0.51, 100), sizes, deltas)
def test_mcallesters_linear_bound_is_a_looser_catoni(r, kl, temperature, n, delta):
    """t - t^2/2 <= 1 - e^-t and -ln(1 - x) >= x, at t = 1/lambda."""
    facts = {"empirical_risk": r, "kl": kl, "n": n, "delta": delta}
    linear = mcallester_linear(inverse_temperature=temperature, **facts)
    assert catoni(catoni_c=1 / temperature, **facts) <= linear * (1 + 1e-12)


def test_dropout_pays_for_the_weights_that_stay():
    facts = {"empirical_risk": 0.1, "inverse_temperature": 3, "n": 1000, "delta": 0.05}
    found = mcallester_dropout(squared_norm=40, dropout_rate=0.75, **facts)
    assert found == mcallester_linear(kl=5, **facts)


# --- the bracket of public code


def test_the_inner_logarithm_is_divided_by_ln_alpha():
    n, alpha, temperature = 1000, 1.5, 200.0
    weight = 2 * math.log(math.log(alpha**2 * temperature) / math.log(alpha))
    slip = 2 * math.log(math.log(alpha**2 * temperature / math.log(alpha)))
    root = 0.1 + alpha / temperature * (10 - math.log(0.05) + weight)
    expected = math.expm1(-temperature / n * root) / math.expm1(-temperature / n)
    found = zhou(inverse_temperature=temperature, grid_ratio=alpha, **FACTS)
    assert found == pytest.approx(expected, rel=1e-13)
    assert abs(slip - weight) > 1


def test_a_temperature_of_at_most_one_is_outside_of_the_theorem():
    assert zhou(inverse_temperature=1, grid_ratio=1.5, **FACTS) == math.inf
    assert mcallester_linear(inverse_temperature=0.5, **FACTS) == math.inf


def test_close_to_the_end_of_the_domain_nothing_is_lost():
    near = 0.5 + 2**-30
    expected = 2 * near * 2**29 * (0.1 + near * (10 - math.log(0.05)) / 1000)
    found = mcallester_linear(inverse_temperature=near, **FACTS)
    assert found == pytest.approx(expected, rel=1e-13)
    facing = pac_bayes_lambda(trade_off=2 - 2**-30, **FACTS)
    assert facing == pytest.approx(2**31 * (0.1 + price(10, 1000, 0.05) / (2 - 2**-30)), rel=1e-13)


# --- what the data may choose


@pytest.mark.parametrize(
    ("bound", "name"),
    [
        (catoni, "catoni_c"),
        (catoni_linear, "catoni_c"),
        (alquier, "inverse_temperature"),
        (mcallester_linear, "inverse_temperature"),
        (zhou, "grid_ratio"),
    ],
    ids=lambda x: getattr(x, "name", x),
)
def test_what_was_fixed_in_advance_is_not_solved_for(bound, name):
    # landmine 20: optimised after seeing the data, with no union bound
    facts = {k: v for k, v in {**FACTS, "inverse_temperature": 200}.items() if k != name}
    facts = {k: v for k, v in facts.items() if k in bound.arguments}
    with pytest.raises(ValueError, match="fixed before the sample"):
        gb.solve(bound, name, target=0.5, **facts)
    assert any(name in sentence for sentence in bound.conditions)


@pytest.mark.parametrize("bound", [catoni_grid, alquier_grid], ids=lambda b: b.name)
def test_a_grid_pays_for_its_values(bound):
    alone = {"catoni_grid": catoni, "alquier_grid": alquier}[bound.name]
    facts = {**FACTS, "catoni_c": 1, "inverse_temperature": 200}
    facts = {k: v for k, v in facts.items() if k in alone.arguments}
    assert bound(n_candidates=1, **facts) == alone(**facts)
    shared = alone(**facts | {"delta": 0.05 / 64})
    assert bound(n_candidates=64, **facts) == pytest.approx(shared, rel=1e-14)
    assert not bound.fixed
    assert any("n_candidates" in sentence for sentence in bound.conditions)


@pytest.mark.parametrize("p", [0.05, 0.3, 0.7])
@pytest.mark.parametrize("c", [0.3, 1, 3])
def test_coverage_of_one_hypothesis_by_enumeration(p, c):
    n, delta = 40, 0.1
    for bound, extra in (
        (catoni, {"catoni_c": c}),
        (mcallester_linear, {"inverse_temperature": max(1 / c, 0.6)}),
        (alquier, {"inverse_temperature": c * n}),
    ):
        missed = math.fsum(
            math.comb(n, k) * p**k * (1 - p) ** (n - k)
            for k in range(n + 1)
            if bound(empirical_risk=k / n, kl=0, n=n, delta=delta, **extra) < p
        )
        assert missed <= delta


def test_the_lower_bound_is_below_and_its_best_trade_off_a_root():
    r, a = 0.3, price(10, 1000, 0.05)
    facts = {**FACTS, "empirical_risk": r}
    best = math.sqrt(2 * a / r)
    found = pac_bayes_lambda_lower(trade_off_lower=best, **facts)
    assert found == pytest.approx(r - math.sqrt(2 * r * a), rel=1e-13)
    low = gb.catalogue["pac_bayes_kl_lower"](**facts)
    assert found <= low


@pytest.mark.parametrize(("name", "bad"), [
    ("trade_off", 0), ("trade_off", 2), ("catoni_c", 0), ("inverse_temperature", 0),
    ("grid_ratio", 1), ("dropout_rate", 1), ("n_candidates", 0), ("trade_off_lower", 0),
])  # fmt: skip
def test_parameters_outside_of_their_range_are_refused(name, bad):
    bound = next(b for b in map(gb.catalogue.__getitem__, gb.catalogue.families[
        "pac_bayes_parameters"]) if name in b.arguments)  # fmt: skip
    facts = {
        **FACTS, "catoni_c": 1, "inverse_temperature": 9, "grid_ratio": 2, "trade_off": 1,
        "trade_off_lower": 1, "n_candidates": 3, "squared_norm": 1, "dropout_rate": 0.5,
    }  # fmt: skip
    facts = {k: v for k, v in facts.items() if k in bound.arguments}
    with pytest.raises(ValueError, match=f"{name} must be"):
        bound(**facts | {name: bad})
