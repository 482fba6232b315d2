"""What more would help: each number found again in another way."""

import math

import pytest
from pytest import approx
from scipy import stats

import genbounds as gb
from genbounds.recommendation import recommend

B = gb.catalogue


def named(found):
    return {x.what: x for x in found.improvements}


def upper(k, n, delta=0.05):
    return stats.beta.ppf(1 - delta, k + 1, n - k)


def test_more_data_at_the_same_rate():
    found = named(recommend(n=1000, errors=30))
    assert found["2 times the test set (n = 2000)"].number == approx(upper(60, 2000), rel=1e-9)
    assert found["10 times the test set (n = 10000)"].number == approx(upper(300, 10000), rel=1e-9)
    (half,) = [x for x in found.values() if "halved" in x.effect]
    goal = (upper(30, 1000) + 0.03) / 2
    n = half.number
    assert upper(math.floor(0.03 * n), n) <= goal < upper(math.floor(0.03 * (n - 1)), n - 1)


def test_what_must_stay_as_it_is_is_said():
    """The divergence of a posterior usually grows with the sample."""
    found = recommend(n=6000, empirical_risk=0.02, kl=500)
    twice = named(found)["2 times the data (n = 12000)"]
    assert "if the same rate and kl were seen" in twice.effect
    (name, delta) = (found.paid.bound.name, found.paid.inputs["delta"])
    assert twice.number == B[name](n=12000, empirical_risk=0.02, kl=500, delta=delta)


def test_a_test_set_beside_margins_has_the_rate_of_errors():
    facts = {"n": 10**5, "margin_risk": 0.1, "margin": 0.3, "weight_bound": 1, "radius": 1}
    found = named(recommend(**facts, errors=1000))
    assert found["a test set of 20000"].number == approx(upper(200, 20000), rel=1e-9)
    shares = named(recommend(**facts))["a test set of 20000"]
    assert shares.number == B["chernoff"](n=20000, empirical_risk=0.1, delta=0.05)


def test_a_test_set_beside_training():
    found = recommend(n=5000, errors=100, vc_dim=10)
    texts = named(found)
    assert texts["a test set of 1000"].number == approx(upper(20, 1000), rel=1e-9)
    (same,) = [x.number for x in texts.values() if "would do as well" in x.effect]
    assert upper(math.floor(0.02 * same), same) <= found.number
    assert upper(math.floor(0.02 * (same - 1)), same - 1) > found.number


def test_a_test_set_where_no_rate_is_known():
    found = recommend(n=5000, vc_dim=10)
    texts = named(found)
    assert texts["a test set of 1000"].number == approx(math.sqrt(math.log(20) / 2000), rel=1e-12)
    (same,) = [x.number for x in texts.values() if "would do as well" in x.effect]
    assert same == math.ceil(math.log(20) / (2 * found.number**2))


@pytest.mark.parametrize(
    ("facts", "fact", "theorem"),
    [
        ({"n": 5000, "empirical_risk": 0.02, "log_cardinality": 300}, "vc_dim", "vapnik_relative"),
        ({"n": 5000, "errors": 100, "vc_dim": 20}, "log_cardinality", "finite_chernoff"),
        ({"n": 5000, "empirical_risk": 0.1}, "variance", "bennett"),
        ({"n": 5000, "empirical_risk": 0.1}, "sample_variance", "maurer_pontil"),
    ],
)
def test_a_fact_that_would_open_a_theorem(facts, fact, theorem):
    """At the limit that is named the theorem is below what is claimed, beyond it it is above."""
    found = recommend(**facts)
    limit = named(found)[fact]
    assert theorem in limit.effect
    seen = ("n", "errors", "empirical_risk")
    bound, known = B[theorem], {k: x for k, x in facts.items() if k in seen}
    beyond = limit.number + 1 if fact == "vc_dim" else limit.number * 1.001
    at, after = (recommend(**facts, **{fact: x}) for x in (limit.number, beyond))
    assert at.number < found.number
    assert at.paid.bound.name == theorem
    delta = 0.05 / after.groups[0].events
    assert bound(**known, delta=delta, **{fact: beyond}) > found.number


def test_a_rate_that_may_be_a_count():
    found = named(recommend(n=1000, empirical_risk=0.03))
    assert found["errors instead of empirical_risk"].number == approx(upper(30, 1000), rel=1e-9)
    assert "errors instead of empirical_risk" not in named(recommend(n=1000, empirical_risk=0.0303))
    unknown = named(recommend(n=1000))["the number of errors"]
    assert unknown.number == approx(1 - 0.05 ** (1 / 1000), rel=1e-9)


def test_a_choice_that_was_made_before():
    found = named(recommend(n=1000, errors=30, selected_from=50))
    number = found["a test set that no model was chosen on"].number
    assert number == approx(upper(30, 1000), rel=1e-9)


def test_from_where_on_a_vacuous_bound_speaks():
    found = recommend(n=100, empirical_risk=0.05, vc_dim=50)
    assert found.vacuous
    (speaks,) = [x.number for x in found.improvements if "would say something" in x.effect]
    name, delta = found.groups[0].paid.bound.name, found.groups[0].paid.inputs["delta"]
    values = [
        B[name](empirical_risk=0.05, n=n, vc_dim=50, delta=delta) for n in (speaks, speaks - 1)
    ]
    assert values[0] <= 1 - 2e-6 < values[1]


def test_a_coarser_goal():
    (eased,) = recommend(epsilon=0.05, side="both").improvements
    assert (eased.what, eased.number) == ("epsilon = 0.1", math.ceil(math.log(40) / 0.02))
    (clean,) = recommend(errors=0, target=0.05).improvements
    assert clean.number == math.ceil(math.log(0.05) / math.log(0.9))
    assert recommend(epsilon=0.6).improvements == []


def test_an_estimate_is_of_its_own_sample():
    drawn = recommend(n=1000, errors=30, empirical_rademacher=gb.Estimate(0.01, 0.02, 0.01, "x"))
    assert not any("times the data" in x.what for x in drawn.improvements)


def test_more_data_of_a_class():
    """A class stays what it is on more data: the same numbers as from its dimension."""
    advice = gb.recommend(gb.Halfspaces(10), n=2000, errors=100, delta=0.05)
    by_class = advice.improvements
    sizes = [found for found in by_class if found.what.startswith(("2 times", "10 times"))]
    assert len(sizes) == 2
    delta = 0.05 / advice.groups[0].events
    value = gb.catalogue["leboeuf_hypergeometric"](
        errors=200, n=4000, n_ghost=16000, log_growth=gb.Halfspaces(10), delta=delta
    )
    assert sizes[0].number == pytest.approx(value, rel=1e-12)
