"""Both sides of the borders of theorems and of their branches, where reference values are few."""

import math

import pytest

import genbounds as gb

MARGIN = {"margin_risk": 0, "empirical_rademacher_of_hypotheses": 0, "n": 100, "delta": 0.05}
TUNED = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}
NECESSARY = {"vc_dim": 10, "epsilon": 0.01, "delta": 0.01}
BENNETT = {"variance": 0.1, "kl": 1, "upper_loss": 1}
RATIO = {"delta": 0.05, "power_error": 0.1}
DROPOUT = {"squared_norm": 1, "dropout_rate": 0.5}
FAT = {"delta": 0.05}


@pytest.mark.parametrize(
    ("name", "facts", "speaks", "silent"),
    [
        (
            "mohri_margin_uniform_empirical",
            MARGIN | {"margin": 1},
            {"max_margin": 1e9},
            {"max_margin": 1e9 + 0.5},
        ),
        ("anthony_bartlett_necessary", NECESSARY, {"epsilon": 0.0156}, {"epsilon": 0.0157}),
        ("anthony_bartlett_necessary", NECESSARY, {"delta": 0.0156}, {"delta": 0.0157}),
        ("shalev_shwartz_necessary", NECESSARY, {"epsilon": 0.0882}, {"epsilon": 0.0885}),
        (
            "devroye_gyorfi_lugosi_agnostic_lower",
            {"n": 1000, "bayes_risk": 0.1},
            {"vc_dim": 2},
            {"vc_dim": 1},
        ),
        (
            "mcallester_linear",
            TUNED | {"kl": 1},
            {"inverse_temperature": 0.501},
            {"inverse_temperature": 0.499},
        ),
        (
            "mcallester_dropout",
            TUNED | DROPOUT,
            {"inverse_temperature": 0.501},
            {"inverse_temperature": 0.499},
        ),
        (
            "pac_bayes_bennett",
            TUNED | BENNETT,
            {"bernstein_gamma": 700},
            {"bernstein_gamma": 700.5},
        ),
        ("bartlett_fat", FAT | {"margin_risk": 0, "n": 2}, {"fat_dim": 68}, {"fat_dim": 69}),
        ("shawe_taylor_margin", FAT | {"n": 7}, {"fat_dim": 19}, {"fat_dim": 20}),
        (
            "sequential_probability_ratio_expected_size",
            {"risk": 0.1, "alternative_risk": 0.2},
            {"delta": 0.4, "power_error": 0.5},
            {"delta": 0.6, "power_error": 0.5},
        ),
        (
            "sequential_probability_ratio_expected_size",
            RATIO | {"risk": 1e-100},
            {"alternative_risk": 2e-100},
            {"alternative_risk": 1e-100},
        ),
    ],
)
def test_a_theorem_speaks_up_to_its_border_and_not_beyond(name, facts, speaks, silent):
    bound = gb.catalogue[name]
    assert math.isfinite(bound(**facts | speaks))
    assert bound(**facts | silent) == bound.silence


def test_a_span_enters_squared():
    """1.5 * 2^2 = 6 and 1.5 * (1/2)^2 = 3/8: the margins 7 and 1/3 are on either side of them."""
    bound = gb.catalogue["vapnik_chapelle"]
    assert bound(margins=[7.0], multipliers=[1.5], spans=[2.0]) == 0
    assert bound(margins=[1 / 3], multipliers=[1.5], spans=[0.5]) == 1


@pytest.mark.parametrize("order", [1.03, 1.1, 1.5, 2])
@pytest.mark.parametrize("k", range(-3, 1))
def test_a_root_is_found_where_no_term_dominates(order, k):
    """R - r = eps R^(1/a), r about eps^(a/(a-1)): for a near 1 the root is many times either."""
    n, delta = 10**18, 0.999
    eps = math.sqrt(2 * math.log(4 / delta)) * (2 * n) ** (1 / order) / n
    risk = eps ** (order / (order - 1)) * 2**k
    found = gb.catalogue["cortes_greenberg_mohri"](
        empirical_risk=risk, n=n, vc_dim=0, moment_order=order, delta=delta
    )
    assert found == pytest.approx(risk + eps * found ** (1 / order), rel=1e-9)


def test_a_part_is_no_more_than_its_range_whatever_the_rounding():
    """0.22/(1.95 - 1.73) is 1.0000000000000002 in floats; all losses are then the highest one."""
    assert 0.22 / (1.95 - 1.73) > 1
    found = gb.catalogue["split_kl"](
        positive_part=0.22, negative_part=0, split_point=1.73, lowest_loss=-0.25,
        highest_loss=1.95, n=100, delta=0.05,
    )  # fmt: skip
    assert found == pytest.approx(1.95, rel=1e-14)


@pytest.mark.parametrize(
    ("name", "facts", "speaks", "silent"),
    [
        ("simon", {"vc_dim": 1, "delta": 0.05}, {"n": 3}, {"n": 2}),
        ("auer_ortner", {"n": 9, "delta": 0.05}, {"vc_dim": 1}, {"vc_dim": 0}),
        (
            "massart_nedelec",
            {"n": 400, "vc_dim": 4},
            {"massart_margin": 0.1},
            {"massart_margin": 0.09},
        ),
        ("massart_nedelec", {"n": 8, "massart_margin": 1.0}, {"vc_dim": 1}, {"vc_dim": 0}),
    ],
)
def test_a_rate_has_its_borders_too(name, facts, speaks, silent):
    bound = gb.catalogue[name]
    assert not bound.unmet(facts | speaks)
    assert bound.unmet(facts | silent)


@pytest.mark.parametrize(
    ("name", "facts", "expected"),
    [
        ("rudelson_vershynin", {"fat_dim": 7, "scale": 0.1}, 7 * math.log(10)),
        (
            "massart_nedelec",
            {"n": 1000, "vc_dim": 3, "massart_margin": 0.5},
            3 / 500 * (1 + math.log(250 / 3)),
        ),
    ],
)
def test_a_rate_is_as_its_source_prints_it(name, facts, expected):
    """Up to the constant that it leaves open: it is not called, its formula is."""
    assert gb.catalogue[name].formula(**facts) == pytest.approx(expected, rel=1e-13)
