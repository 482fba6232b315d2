"""What a sceptical reader found in comparisons: each was wrong once."""

import math

import pytest
from scipy import stats

import genbounds as gb
from genbounds.problems import NoSolutionError


def test_an_upper_formula_is_no_lower_bound():
    """mcallester_1999 was ranked as a lower limit of .225, where the observed risk is .1."""
    facts = {"n": 1000, "kl": 3, "empirical_risk": 0.1, "delta": 0.05}
    found = gb.compare("every_posterior lower", **facts)
    assert all(value <= 0.1 for value in found.raw.values())
    assert found.best == "pac_bayes_kl_exact_lower"
    mirror = found.raw["mcallester"]
    assert mirror == pytest.approx(0.2 - gb.catalogue["mcallester"](**facts), rel=1e-12)


def test_a_uniform_bound_from_below_is_the_mirror_of_its_deviation():
    facts = {"n": 10_000, "vc_dim": 3, "delta": 0.05}
    found = gb.compare("every_hypothesis lower", empirical_risk=0.3, **facts)
    gap = gb.catalogue["devroye"].gap(**facts)
    assert found.raw["devroye"] == pytest.approx(0.3 - gap, rel=1e-12)
    open_risk = gb.compare("every_hypothesis lower", **facts)
    assert open_risk.raw["devroye"] == pytest.approx(-gap) and open_risk.best == "devroye"
    assert not open_risk.vacuous["devroye"]


def test_sizes_for_a_lower_limit_are_enough_and_the_fewest_is_best():
    found = gb.compare(
        ["chernoff_lower", "okamoto_lower"], target=0.05, delta=0.05, empirical_risk=0.1
    )
    assert found.best == "chernoff_lower" and found.raw["chernoff_lower"] == 146
    assert "146 observations are enough" in found.sentence
    kl = 0.1 * math.log(0.1 / 0.05) + 0.9 * math.log(0.9 / 0.95)
    assert math.ceil(math.log(20) / kl) == 146


def test_a_fixed_count_of_errors_has_no_size_from_below():
    with pytest.raises(NoSolutionError, match="the more observations"):
        gb.compare(["clopper_pearson_lower"], target=0.05, errors=10, delta=0.05)


def test_premises_that_the_facts_contradict():
    with pytest.raises(NoSolutionError, match="no small margin"):
        gb.compare(
            ["minimum_margin"], n=10**6, margin=0.3, margin_risk=0.2, n_hypotheses=50, delta=0.05
        )
    with pytest.raises(ValueError, match="not both"):
        gb.compare(["hoeffding"], errors=10, empirical_risk=0.5, n=1000, delta=0.05)


def test_an_interval_is_as_long_as_its_longer_arm():
    """Clopper and Pearson's for 0 of 1000: its half is .0018, the risk may be .0037."""
    found = gb.compare(
        ["clopper_pearson"], question="fixed_hypothesis both", errors=0, n=1000, delta=0.05
    )
    (arm,) = found.raw.values()
    assert arm == pytest.approx(stats.beta.ppf(0.975, 1, 1000), rel=1e-9)


def test_an_interval_that_covers_everything_is_vacuous():
    facts = {"n": 1, "empirical_risk": 0.5, "delta": 1e-9}
    found = gb.compare(["chernoff"], question="fixed_hypothesis both", **facts)
    assert all(found.vacuous.values())
    low, high = gb.catalogue["chernoff"].two_sided(**facts)
    assert low < 1e-6 and high > 1 - 1e-6


def test_a_delta_found_after_looking_is_refused():
    with pytest.raises(ValueError, match="no failure probability"):
        gb.compare(["chernoff", "clopper_pearson"], n=1000, errors=100, target=0.105)


def test_nothing_false_is_said_about_a_fixed_count():
    found = gb.compare(["clopper_pearson", "chernoff"], n=[10, 100], errors=5, delta=0.05)
    assert found.speaks_from == {} and "no n makes it speak" not in found.text


def test_a_bound_that_is_not_monotone_in_n_says_nothing_about_n():
    wandering = next(
        b for b in gb.catalogue.values()
        if "n" in b.arguments and b.direction_of("n") is None and not b.peaks
        and b.claim.form == "value" and b.claim.quantity == "risk" and b.status == "proved"
    )  # fmt: skip
    from tests.catalogue.draws import typical

    found = gb.compare([wandering], **typical(wandering))
    assert wandering.name not in found.speaks_from


def test_a_size_is_said_with_its_accuracy_and_delta():
    found = gb.compare(["hoeffding"], epsilon=0.05, delta=0.05)
    assert "0.05" in found.sentence and "95%" in found.sentence
    with pytest.raises(ValueError, match="epsilon must be"):
        gb.compare(["hoeffding"], epsilon=5, delta=0.05)


def test_a_scalar_size_is_rounded_down_and_a_dimension_is_not():
    found = gb.compare(["hoeffding"], n=1000.5, delta=0.05)
    assert found.raw["hoeffding"] == gb.catalogue["hoeffding"].gap(n=1000, delta=0.05)
    assert "n was rounded down to a whole number" in found.notes
    with pytest.raises(ValueError, match="vc_dim must be"):
        gb.compare(["devroye"], n=1000, vc_dim=1.5, delta=0.05)


def test_ghosts_by_the_fixed_rule_follow_the_sample_size():
    """Where no n_ghost is given it is 4 n, at every point of an axis."""
    found = gb.compare("every_hypothesis", n=[1000, 2000], errors=100, vc_dim=3, delta=0.05)
    bound = gb.catalogue["leboeuf_hypergeometric"]
    for i, n in enumerate((1000, 2000)):
        value = bound(errors=100, n=n, n_ghost=4 * n, vc_dim=3, delta=0.05)
        assert found.raw["leboeuf_hypergeometric"][i] == pytest.approx(value, rel=1e-12)
    assert any("n_ghost" in note for note in found.notes)
