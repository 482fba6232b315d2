"""What facts are taken for, what is open, and what is refused."""

import json
import math

import numpy as np
import pytest
from pytest import approx
from scipy import stats

import genbounds as gb
from genbounds.recommendation import recommend

B = gb.catalogue
CALLS = [
    {"n": 1000, "errors": 30},
    {"n": 1000, "errors": 0},
    {"n": 1000, "errors": 30, "vc_dim": 3},
    {"n": 1000, "errors": 0, "n_hypotheses": 50},
    {"n": 1000, "errors": 30, "vc_dim": 3, "n_test": 200, "test_errors": 9},
    {"n": 60000, "empirical_risk": 0.02, "kl": 5000, "n_test": 10000},
    {"n": 5000, "margin_risk": 0.1, "margin": 0.3, "weight_bound": 1, "radius": 1},
    {"n": 1000, "errors": 30, "bits": 64},
    {"n": 1000, "errors": 30, "natarajan_dim": 2, "n_classes": 4},
    {"losses": [0, 1, 0, 0.5, 0]},
    {"n": 10, "errors": 1, "population_size": 50},
    {"errors_first_only": 30, "errors_second_only": 20, "n": 100},
    {"n": 1000, "errors": 30, "empirical_rademacher": gb.Estimate(0.01, 0.02, 0.01, "drawn")},
    {"n": 1000, "kl": math.inf, "empirical_risk": 0.1},
    {"n": 1000, "errors": 3, "log_growth": lambda m: math.log(m + 1)},
    {"n": 1000, "chi2": 0.5, "empirical_risk": 0.1},
    {"n": 100000, "errors": 3, "vc_dim": 100, "delta": 0.001},
    {"vc_dim": 10, "epsilon": 0.05, "side": "both"},
    {"vc_dim": 10, "errors": 0, "epsilon": 0.1},
    {"kl": 100, "empirical_risk": 0.02, "target": 0.1},
    {"vc_dim": 10, "n": 1000, "epsilon": 0.1},
    {"hypothesis_class": gb.Halfspaces(5), "errors": 40, "n": 5000},
    {"hypothesis_class": gb.Halfspaces(5), "epsilon": 0.05},
    *({"n": 1000, "errors": 30, "vc_dim": 3, "side": side} for side in ("lower", "both")),
]


@pytest.mark.parametrize("facts", CALLS, ids=lambda facts: ",".join(map(str, facts)))
def test_every_theorem_is_in_one_place_and_only_guarantees_are_offered(facts):
    found = recommend(**facts)
    offered = {name for group in found.groups for name in group.names}
    assert offered | found.not_applicable.keys() == B.keys()
    assert not offered & found.not_applicable.keys()
    for name in offered:
        assert B[name].status == "proved"
        assert B[name].claim.surely == "probability"
    assert all(found.not_applicable.values())
    assert found.near.keys() <= found.not_applicable.keys()


@pytest.mark.parametrize("facts", CALLS, ids=lambda facts: ",".join(map(str, facts)))
def test_it_shows_itself_everywhere(facts):
    found = recommend(**facts)
    assert repr(found) == found.text
    assert " ".join(found.text.split()).startswith(found.sentence)
    assert found.markdown.startswith(f"**{found.sentence}**")
    assert found._repr_html_().startswith("<pre>")
    record = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert record["sentence"] == found.sentence
    assert found.bibtex.startswith("@")
    rows = [row for group in found.groups for row in group.table.rows]
    assert len(found.table.rows) == len(rows) >= 1
    for condition in found.conditions:
        assert condition in " ".join(found.text.split())


@pytest.mark.parametrize("facts", CALLS[:14], ids=lambda facts: ",".join(map(str, facts)))
def test_the_answers_can_be_computed_again(facts):
    for group in recommend(**facts).groups:
        for answer in getattr(group, "answers", []):
            if group.topic.key != "excess":
                assert gb.Answer.from_dict(answer.to_dict()).raw == answer.raw


# --- what the sample is


def test_without_a_class_the_sample_is_a_test_set():
    found = recommend(n=1000, errors=30)
    assert [group.topic.key for group in found.groups] == ["held_out"]
    assert found.number == approx(stats.beta.ppf(0.95, 31, 970), rel=1e-9)
    first = " ".join(found.text.split("\n")[:4])
    assert "Only if the sample was not used, directly or indirectly, to choose" in first
    assert "test set alone" in found.not_applicable["vapnik_relative"]


def test_with_a_class_it_is_the_training_sample():
    found = recommend(n=1000, errors=30, vc_dim=3)
    assert [group.topic.key for group in found.groups] == ["trained", "excess"]
    assert "this one was trained on it" in found.not_applicable["clopper_pearson"]
    risk = gb.risk(n=1000, errors=30, vc_dim=3, delta=0.05)
    assert sorted(a.raw for a in found.groups[0].answers) == [a.raw for a in risk.answers]


def test_the_same_theorems_as_risk_for_a_class():
    """An independent enumeration: `risk` feeds every theorem exactly what was given."""
    for facts in ({"n_hypotheses": 1000}, {"bits": 20}, {"natarajan_dim": 4, "n_classes": 3}):
        for errors in (0, 7):
            given = {"n": 5000, "errors": errors, **facts, "delta": 0.01}
            names = {a.bound.name for a in gb.risk(**given).answers}
            assert names == {a.bound.name for a in recommend(**given).groups[0].answers}


def test_a_test_set_beside_the_training_sample_comes_first():
    found = recommend(n=1000, errors=30, vc_dim=3, n_test=200, test_errors=9)
    assert [group.topic.key for group in found.groups] == ["held_out", "trained", "excess"]
    assert found.number == approx(stats.beta.ppf(0.95, 10, 191), rel=1e-9)
    assert "divide delta among them" in " ".join(found.text.split())


def test_the_user_may_say_that_it_is_a_test_set():
    found = recommend(n=1000, errors=30, vc_dim=3, test_set=True)
    assert [group.topic.key for group in found.groups] == ["held_out"]
    assert found.best.bound.name == "clopper_pearson"
    assert found.notes == ("not used, as the sample is a test set: vc_dim",)


def test_a_class_without_a_known_dimension_makes_no_test_set():
    found = recommend(gb.LinearBall(radius=1), n=1000, errors=30, test_set=True)
    assert found.notes[-1] == "not used, as the sample is a test set: the class"
    assert recommend(losses=iter([0, 1, 0])).facts["n"] == 3


def test_the_best_of_several_pays_for_each():
    found = recommend(n=1000, errors=30, selected_from=20)
    assert found.number == approx(stats.beta.ppf(1 - 0.05 / 20, 31, 970), rel=1e-9)
    assert found.number == gb.test_set(n=1000, errors=30, selected_from=20).value
    assert "the models were fixed before" in " ".join(found.conditions)
    assert "delta/20" in found.not_applicable["clopper_pearson"]
    beside = recommend(n=50, errors=1, vc_dim=2, n_test=1000, test_errors=30, selected_from=20)
    assert beside.number == found.number


def test_posteriors_are_no_models():
    found = recommend(n=60000, empirical_risk=0.02, kl=5000, n_test=10000, test_errors=200)
    assert [group.topic.key for group in found.groups] == ["held_out", "posterior"]
    assert "Gibbs" in found.groups[1].sentence
    names = {a.bound.name for a in found.groups[1].answers}
    assert not names & {a.bound.name for a in found.groups[0].answers}


def test_losses_hold_their_number_and_moments():
    losses = np.random.default_rng(3).beta(1, 9, 400)
    found = recommend(losses=losses)
    raw = {a.bound.name: a.raw for a in found.groups[0].answers}
    n, mean, variance = len(losses), losses.mean(), losses.var(ddof=1)
    radius = math.sqrt(2 * variance * math.log(2 / 0.05) / n)
    assert raw["maurer_pontil"] == approx(
        mean + radius + 7 * math.log(2 / 0.05) / (3 * (n - 1)), rel=1e-12
    )
    assert raw["betting"] == B["betting"](losses=losses, betting_cap=0.5, delta=0.05)
    assert "errors" in found.near.values()
    assert recommend(losses=[0, 1, 0, 0]).facts.get("errors") is None


def test_two_models_on_the_same_points():
    found = recommend(errors_first_only=30, errors_second_only=20)
    exact = stats.binomtest(20, 50).pvalue
    assert found.number == approx(exact, rel=1e-9)
    assert [group.topic.key for group in found.groups] == ["p_value"]
    both = recommend(errors_first_only=30, errors_second_only=20, n=100)
    assert [group.topic.key for group in both.groups] == ["p_value", "difference"]


def test_numbers_of_numpy_are_numbers():
    found = recommend(n=np.int64(1000), errors=np.int64(30), delta=np.float64(0.05))
    assert found.to_dict() == recommend(n=1000, errors=30, delta=0.05).to_dict()


# --- what is open


def test_without_a_rate_the_deviation_is_guaranteed():
    found = recommend(n=2000)
    assert found.number == approx(math.sqrt(math.log(20) / 4000), rel=1e-12)
    assert "at most its error on the test set plus 0.02737" in found.sentence
    below = recommend(n=2000, side="lower")
    assert "at least its error on the test set minus 0.02737" in below.sentence
    both = recommend(n=2000, side="both")
    assert both.number == approx(math.sqrt(math.log(40) / 4000), rel=1e-12)
    trained = recommend(n=2000, n_hypotheses=100)
    assert trained.number == approx(math.sqrt(math.log(2000) / 4000), rel=1e-12)
    assert "trained model is at most its error on the sample plus" in trained.sentence


@pytest.mark.parametrize("side", ["upper", "both"])
def test_without_n_the_sample_size(side):
    """Hoeffding's inequality by hand; one fewer is not enough."""
    found = recommend(epsilon=0.03, delta=0.01, side=side)
    tails = 2 if side == "both" else 1
    n = math.ceil(math.log(tails / 0.01) / (2 * 0.03**2))
    assert found.number == found.best.n == n
    assert tails * math.exp(-2 * n * 0.03**2) <= 0.01 < tails * math.exp(-2 * (n - 1) * 0.03**2)


def test_the_sample_size_is_that_of_sample_size():
    for facts in ({"vc_dim": 10}, {"n_hypotheses": 100}, {}):
        expected = gb.sample_size(epsilon=0.05, delta=0.05, **facts)
        found = recommend(epsilon=0.05, delta=0.05, side="both", **facts).groups[0]
        assert (found.number, found.necessary) == (expected.n, expected.necessary)
    clean = gb.sample_size(epsilon=0.05, delta=0.05, vc_dim=10, question="realizable")
    assert recommend(vc_dim=10, errors=0, epsilon=0.05).number == clean.n
    allowed = recommend(errors=3, target=0.02).groups[0]
    assert (
        allowed.number == allowed.necessary == gb.sample_size(errors=3, epsilon=0.02, delta=0.05).n
    )


def test_the_excess_of_the_minimiser_comes_with_what_is_necessary():
    found = recommend(vc_dim=10, epsilon=0.05)
    excess = found.groups[1]
    expected = gb.sample_size(vc_dim=10, epsilon=0.05, delta=0.05, question="excess")
    assert (excess.number, excess.necessary) == (expected.n, expected.necessary)


def test_without_delta_the_failure_probability():
    found = recommend(n=1000, epsilon=0.05)
    assert found.number == approx(math.exp(-2 * 1000 * 0.05**2), rel=1e-12)
    both = recommend(n=1000, epsilon=0.05, side="both")
    assert both.number == approx(2 * math.exp(-2 * 1000 * 0.05**2), rel=1e-12)
    trained = recommend(n=1000, epsilon=0.08, n_hypotheses=50)
    assert trained.number == approx(50 * math.exp(-2 * 1000 * 0.08**2), rel=1e-9)


def test_a_rate_and_a_target_ask_for_the_size():
    """The least n at which the exact limit for floor(rate n) errors is at most the target."""
    found = recommend(empirical_risk=0.02, target=0.04)
    n = found.number
    rows = {row.bound: row.n for row in found.groups[0].rows}
    assert rows["clopper_pearson"] == n

    def limit(m):
        k = math.floor(m * 0.02 + 1e-12)
        return stats.beta.ppf(0.95, k + 1, m - k)

    assert limit(n) <= 0.04 < limit(n - 1)


# --- what is refused


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({}, "give n with errors or empirical_risk"),
        ({"errors": 4, "n": 3}, "errors must be at most n"),
        ({"n": 3, "foo": 1, "delta": 2}, "unknown arguments: foo; delta must be in"),
        ({"n": 3, "confidence": 0.9}, "delta is 1 - confidence"),
        ({"n": 3, "side": "left"}, "side must be one of upper, lower, both"),
        ({"n": 3, "errors": 1, "empirical_risk": 0.3}, "errors or empirical_risk, not both"),
        ({"n_test": 9, "test_errors": 10, "vc_dim": 1}, "test_errors must be at most n_test"),
        ({"test_errors": 10, "vc_dim": 1}, "test errors go with n_test"),
        ({"n": 9, "n_test": 9, "test_set": True}, "n_test is another"),
        ({"losses": [0.5], "n": 1}, "losses come alone"),
        ({"epsilon": 0.1, "target": 0.2}, "epsilon or target, not both"),
        ({"n": 10, "target": 0.2}, "leave n out"),
        ({"errors": 0, "target": 0.2, "side": "both"}, "a target is for one side"),
        ({"n": 10, "delta": 0.1, "epsilon": 0.1}, "one is to be found"),
        ({"epsilon": 2}, "epsilon must be in"),
        ({"target": 2, "errors": 0}, "target must be in"),
        ({"n": 10, "errors": 1, "vc_dim": 2, "selected_from": 5}, "selected_from counts the"),
        ({"n": 10, "errors": 1, "selected_from": 0}, "selected_from must be an integer at least 1"),
        ({"n": 10, "errors": 1, "margin": 0.1}, "no theorem applies"),
        ({"hypothesis_class": gb.Halfspaces(2), "vc_dim": 3, "n": 9}, "a class or vc_dim, not"),
        ({"n": np.array([5, 6])}, "n must be scalar"),
    ],
)  # fmt: skip
def test_one_error_says_what_is_wrong(facts, message):
    with pytest.raises(ValueError, match=message):
        recommend(**facts)


def test_a_class_is_not_asked_for_facts_that_it_brings_itself():
    found = recommend(gb.Halfspaces(5), n=5000, errors=40)
    assert not {"vc_dim", "n_hypotheses", "bits", "rademacher"} & set(found.near.values())
    assert not {"vc_dim", "log_cardinality"} & {x.what for x in found.improvements}
    ball = gb.LinearBall(radius=1)
    with pytest.raises(ValueError, match="the points X may give"):
        recommend(ball, n=5000, errors=40)
    X = np.random.default_rng(0).normal(size=(50, 3))
    with pytest.raises(ValueError, match="margin_risk and margin would open mohri_margin_empir"):
        recommend(ball, X, errors=4)
    scored = recommend(ball, X, margin_risk=0.1, margin=0.5, rng=0)
    risk = gb.risk(ball, X, margin_risk=0.1, margin=0.5, delta=0.05, rng=0)
    assert [a.raw for a in scored.groups[0].answers] == [a.raw for a in risk.answers]


def test_a_class_that_cannot_be_learned():
    with pytest.raises(gb.NoSolutionError, match="no theorem gives a number"):
        recommend(gb.Sines(), epsilon=0.1)
    assert recommend(gb.Sines(), n=1000).vacuous


def test_a_goal_that_cannot_be_reached():
    with pytest.raises(gb.NoSolutionError, match="no n brings"):
        recommend(empirical_risk=0.3, target=0.2)
