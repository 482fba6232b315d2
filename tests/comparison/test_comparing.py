"""Comparisons: their numbers are the bounds' own, their order is right, nothing false is ranked."""

import itertools
import math

import numpy as np
import pytest
from scipy.stats import beta

import genbounds as gb
from genbounds.problems import NoSolutionError
from tests.catalogue.draws import typical

FOUR = ["vapnik_chervonenkis", "abu_mostafa_rademacher", "parrondo_van_den_broeck", "devroye"]
CALTECH = {"delta": 0.05, "growth": "polynomial"}


def test_the_four_bounds_of_the_homework():
    """Question 2: 0.632, 0.331, 0.224, 0.215; question 3 at n = 5: 13.8, 7.05, 5.10, 5.59."""
    found = gb.compare(FOUR, n=10_000, vc_dim=50, **CALTECH)
    assert [found.raw[name] for name in FOUR] == pytest.approx(
        [0.632174915201, 0.331308785962, 0.223698293681, 0.215228049808], rel=1e-11
    )
    assert found.best == "devroye" and found.kind == "gap"
    found = gb.compare(FOUR, n=5, vc_dim=50, **CALTECH)
    assert [found.raw[name] for name in FOUR] == pytest.approx(
        [13.828161485, 7.04877656418, 5.10136198199, 5.59312554318], rel=1e-11
    )
    assert found.best == "parrondo_van_den_broeck"
    assert all(found.vacuous.values()) and found.sentence.startswith("VACUOUS")


def test_parrondo_is_tighter_up_to_8_and_devroye_from_9_on():
    found = gb.compare(FOUR[2:], n=range(1, 10_000), vc_dim=50, **CALTECH)
    assert [(c.at, c.before, c.after) for c in found.crossings] == [(9, FOUR[2], FOUR[3])]


def test_the_first_n_at_or_below_a_twentieth():
    found = gb.compare(FOUR, n=np.geomspace(100, 1e6, 20), vc_dim=10, **CALTECH)
    assert [found.reaches(0.05)[name] for name in FOUR] == [452957, 138886, 47830, 43655]


def test_the_comparison_says_that_the_sauer_sum_orders_differently():
    found = gb.compare(FOUR, n=10_000, vc_dim=50, **CALTECH)
    assert any("under the exact Sauer sum the order differs" in note for note in found.notes)
    exact = gb.compare(FOUR, n=10_000, vc_dim=50, delta=0.05)
    assert exact.best == "parrondo_van_den_broeck"
    same = gb.compare(FOUR[:2], n=10_000, vc_dim=50, **CALTECH)
    assert any("the order is the same" in note for note in same.notes)


def test_a_growth_below_the_sauer_sum_is_no_guarantee():
    notes = gb.compare(FOUR, n=10_000, vc_dim=1, **CALTECH).notes
    assert any("below the Sauer sum" in note for note in notes)
    notes = gb.compare(FOUR, n=10_000, vc_dim=5, **CALTECH).notes
    assert not any("below the Sauer sum" in note for note in notes)


# --- numbers


def test_values_of_a_test_set_by_scipy():
    found = gb.compare("fixed_hypothesis", errors=7, n=200, delta=0.05)
    assert found.best == "clopper_pearson"
    assert found.raw["clopper_pearson"] == pytest.approx(beta.ppf(0.95, 8, 193), rel=1e-12)
    assert found.raw["hoeffding"] == pytest.approx(0.035 + math.sqrt(math.log(20) / 400), rel=1e-14)
    assert found.gaps["hoeffding"] == pytest.approx(math.sqrt(math.log(20) / 400), rel=1e-13)


def test_a_grid_is_the_loop():
    n, d = [100, 1000, 20_000], [1, 5, 50]
    found = gb.compare("every_hypothesis", n=n, vc_dim=d, empirical_risk=0.1, delta=0.05)
    assert found.raw["devroye"].shape == (3, 3) and len(found.names) > 12
    for (i, size), (j, dim) in itertools.product(enumerate(n), enumerate(d)):
        facts = {"empirical_risk": 0.1, "n": size, "vc_dim": dim, "delta": 0.05}
        loop = {name: gb.catalogue[name](**facts) for name in found.names}
        for name, value in loop.items():
            assert found.raw[name][i, j] == pytest.approx(value, rel=1e-12), (name, facts)
        assert loop[found.best[i, j]] == pytest.approx(min(loop.values()), rel=1e-12)


def test_the_axes_keep_their_order():
    found = gb.compare(["devroye"], vc_dim=[1, 2], n=[10, 20, 30], delta=0.05)
    assert list(found.axes) == ["vc_dim", "n"] and found.raw["devroye"].shape == (2, 3)


def test_what_is_clipped_and_what_is_vacuous():
    found = gb.compare(
        ["devroye", "mohri"], n=[10, 100_000], vc_dim=3, empirical_risk=0.2, delta=0.05
    )
    for name in found.names:
        assert found.values[name][0] == 1.0 and found.vacuous[name].tolist() == [True, False]
        assert found.values[name][1] == found.raw[name][1] < 1
    below = gb.compare(["chernoff_lower"], n=10, empirical_risk=0.0, delta=0.05)
    assert below.vacuous["chernoff_lower"] and below.side == "lower"


def test_lower_bounds_are_ranked_from_the_largest():
    found = gb.compare("fixed_hypothesis lower", errors=30, n=200, delta=0.05)
    assert found.best == "clopper_pearson_lower"
    values = [found.raw[name] for name in found.names]
    assert values == sorted(values, reverse=True)
    assert found.gaps["clopper_pearson_lower"] == pytest.approx(0.15 - values[0])


def test_both_sides_are_compared_by_their_longer_arm():
    found = gb.compare(
        [gb.catalogue["clopper_pearson"].two_sided, "hoeffding"], errors=20, n=100, delta=0.05,
        question="both",
    )  # fmt: skip
    low, high = beta.ppf([0.025], 20, 81)[0], beta.ppf([0.975], 21, 80)[0]
    arm = max(high - 0.2, 0.2 - low)
    assert found.raw["clopper_pearson.two_sided"] == pytest.approx(arm, rel=1e-12)
    assert found.raw["hoeffding.two_sided"] == pytest.approx(math.sqrt(math.log(40) / 200))


def test_sample_sizes_are_those_of_solve():
    found = gb.compare(["mohri", "devroye"], epsilon=[0.05, 0.1], vc_dim=10, delta=0.05)
    assert found.kind == "n" and found.raw["devroye"].tolist() == [40316, 8539]
    for epsilon, n in zip(found.axes["epsilon"], found.raw["mohri"], strict=True):
        gap = gb.catalogue["mohri"].gap
        assert gap(n=int(n), vc_dim=10, delta=0.05) <= epsilon
        assert gap(n=int(n) - 1, vc_dim=10, delta=0.05) > epsilon
    one = gb.compare(["hoeffding", "clopper_pearson"], target=0.1, empirical_risk=0.05, delta=0.05)
    assert one.best == "clopper_pearson" and one.raw["hoeffding"] == 600
    least = next(n for n in range(1, 200) if beta.ppf(0.95, n // 20 + 1, n - n // 20) <= 0.1)
    assert one.raw["clopper_pearson"] >= least


def test_the_probability_of_failure_where_delta_is_open():
    found = gb.compare(
        ["hoeffding", "hoeffding_several"],
        n=1000,
        epsilon=0.05,
        n_hypotheses=3,
        question="fixed_hypothesis",
    )
    assert found.kind == "delta"
    assert found.raw["hoeffding"] == pytest.approx(math.exp(-5), rel=1e-9)
    assert found.raw["hoeffding_several"] == pytest.approx(3 * math.exp(-5), rel=1e-9)


# --- who is not ranked


def test_a_bound_for_samples_without_error_is_not_ranked_where_there_are_errors():
    found = gb.compare("fixed_hypothesis", errors=10, n=10_000, delta=0.05)
    assert "no error" in found.left_out["rule_of_three"]
    clean = gb.compare("fixed_hypothesis", errors=0, n=10_000, delta=0.05)
    assert "rule_of_three" in clean.names


def test_refuted_printed_and_rates_are_not_ranked():
    found = gb.compare("every_hypothesis", n=1000, vc_dim=3, empirical_risk=0.1, delta=0.05)
    for name in found.names:
        assert gb.catalogue[name].status == "proved"
        assert gb.catalogue[name].claim.implies(found.question)
    assert set(found.names) | set(found.left_out) == set(gb.catalogue)
    for name, bound in gb.catalogue.items():
        if bound.status != "proved" and bound.claim.implies(found.question):
            assert name in found.left_out


def is_printed(bound):
    """Ranked only where it is named, and fed by plain facts."""
    claim = bound.claim
    return bound.status == "printed" and claim.form == "value" and claim.scope == "every_hypothesis"


def test_a_printed_bound_is_ranked_only_by_name_and_marked():
    bound = next(filter(is_printed, gb.catalogue.values()))
    found = gb.compare([bound], **typical(bound))
    assert any(f"printed, but not proved: {bound.name}" in note for note in found.notes)


def test_a_refuted_bound_is_refused_even_by_name():
    with pytest.raises(NoSolutionError, match="refuted"):
        gb.compare(
            ["shalev_shwartz_expected_printed"], n=100, vc_dim=3, empirical_risk=0.1, delta=0.1
        )


def test_what_is_missing_is_named():
    found = gb.compare(["bernstein", "hoeffding"], empirical_risk=0.1, n=100, delta=0.05)
    assert found.left_out == {"bernstein": "needs variance"}
    with pytest.raises(NoSolutionError, match="bernstein: needs variance"):
        gb.compare(["bernstein"], n=100, delta=0.05)


# --- choosing the best


def test_an_order_that_rests_on_plans_is_free():
    assert gb.compare(FOUR, n=1000, vc_dim=3, delta=0.05).free_choice
    seen = gb.compare("fixed_hypothesis", empirical_risk=0.1, n=1000, delta=0.05)
    assert not seen.free_choice and "split delta" in seen.caution
    assert seen.sentence.endswith("if it was chosen beforehand.")
    added = gb.compare(FOUR, n=1000, vc_dim=3, empirical_risk=0.1, delta=0.05)
    assert added.free_choice  # all add a deviation to the same empirical risk


def test_split_gives_each_event_its_share():
    names = ["hoeffding", "chernoff", "clopper_pearson"]
    found = gb.compare(names, errors=5, n=100, delta=0.06, split=True)
    assert found.events == 3
    assert found.raw["clopper_pearson"] == pytest.approx(beta.ppf(0.98, 6, 95), rel=1e-12)
    assert "all of these statements hold at once" in found.caution


def test_who_pays_does_not_depend_on_the_errors_seen():
    counts = {gb.compare("fixed_hypothesis", errors=k, n=50, delta=0.05).events for k in (0, 1, 9)}
    assert len(counts) == 1


def test_two_bounds_of_one_event_cost_one_delta():
    from genbounds.claims import FIXED
    from genbounds.generic import log_ratio, sqrt

    @gb.bound(FIXED, source="notes", additive=True, event="the mean deviates")
    def first(empirical_risk, n, delta):
        """Hoeffding's."""
        return empirical_risk + sqrt(log_ratio(1, delta) / (2 * n))

    @gb.bound(FIXED, source="notes", additive=True, event="the mean deviates")
    def second(empirical_risk, n, delta):
        """A weaker form of it."""
        return empirical_risk + sqrt(log_ratio(1, delta) / n)

    found = gb.compare([first, second], empirical_risk=0.1, n=50, delta=0.05, split=True)
    assert found.events == 1 and found.raw["first"] == first(empirical_risk=0.1, n=50, delta=0.05)


# --- what is refused


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: gb.compare(FOUR, n=[1, 2], vc_dim=[1, 2], delta=[0.1, 0.2]), "at most two"),
        (lambda: gb.compare(FOUR, n=[[1, 2]], vc_dim=2, delta=0.1), "one-dimensional"),
        (lambda: gb.compare(FOUR, n=[], vc_dim=2, delta=0.1), "one-dimensional"),
        (lambda: gb.compare(FOUR, n=[1, math.nan], vc_dim=2, delta=0.1), "finite"),
        (lambda: gb.compare(FOUR, n=["a"], vc_dim=2, delta=0.1), "numbers"),
        (lambda: gb.compare(FOUR, n=100, vc_dim=2, delta=1.5), "delta must be in"),
        (lambda: gb.compare(FOUR, n=[0, 5], vc_dim=[1, 2], delta=0.1), "n must be"),
        (lambda: gb.compare(FOUR, n=5, vc_dim=1, confidence=0.9), "delta is 1 - confidence"),
        (lambda: gb.compare([], n=5), "nothing to compare"),
        (lambda: gb.compare(3, n=5), "are wanted"),
        (lambda: gb.compare("hoefding", n=5, delta=0.1), "did you mean hoeffding"),
        (lambda: gb.compare(["hoeffding"], n=100, delta=0.05, epsilon=0.1), "leave one open"),
        (lambda: gb.compare(["hoeffding"], n=100, delta=0.05, vc_dim=[1, 2]), "depends on vc_dim"),
        (lambda: gb.compare("every_hypothesis", question="risk", n=1, delta=0.1), "twice"),
        (lambda: gb.compare(FOUR, n=10, vc_dim=1.5, delta=0.1), "vc_dim must be"),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_error(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_sizes_are_rounded_down_and_that_is_said():
    found = gb.compare(FOUR, n=np.logspace(2, 3, 4), vc_dim=3, delta=0.05)
    assert found.axes["n"].tolist() == [100, 215, 464, 1000]
    assert "n was rounded down to whole numbers" in found.notes


def test_a_bound_of_ones_own_stands_beside_the_catalogue():
    from genbounds.claims import FIXED
    from genbounds.generic import log_ratio, sqrt

    @gb.bound(FIXED, source="notes of a lecture", additive=True)
    def mine(empirical_risk, n, delta):
        """A weaker Hoeffding."""
        return empirical_risk + sqrt(log_ratio(2, delta) / (2 * n))

    found = gb.compare([mine, "hoeffding"], n=[10, 100], delta=0.05)
    assert found.names == ("hoeffding", "mine") and "Hoeffding1963" in found.bibtex()
