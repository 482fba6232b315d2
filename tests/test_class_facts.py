"""A class feeds theorems what they mean, and nothing else; by classes whose numbers are known."""

import json
import math
from itertools import product

import numpy as np
import pytest
from pytest import approx

import genbounds as gb
from genbounds.class_facts import (
    alternatives,
    depends_on_sample,
    feeding,
    for_lower_bounds,
    in_words,
    made_of,
    record,
    suited,
)
from genbounds.classes import (
    AllFunctions,
    Balls,
    Boxes,
    Complement,
    Conjunctions,
    ConvexHull,
    FiniteClass,
    Halfspaces,
    Intersections,
    KernelBall,
    LinearBall,
    LinearMulticlass,
    LocalLinearBall,
    LossConstrained,
    NearestNeighbours,
    OneVersusAll,
    Parities,
    PiecewiseLinearNetworks,
    Rays,
    Sines,
    StarHull,
    Stumps,
    Thresholds,
    Union,
    WeightedVotes,
    named,
)

B = gb.catalogue
MATRIX = [[1, -1, 1, 1], [1, -1, 1, 1], [-1, -1, -1, 1]]


# --- what a class offers


@pytest.mark.parametrize(
    ("H", "ways"),
    [
        (Halfspaces(4), [{"log_growth": Halfspaces(4)}, {"vc_dim": 5}]),
        (Sines(), [{"log_growth": Sines()}]),
        (
            Parities(5),
            [{"log_growth": Parities(5)}, {"vc_dim": 5}, {"n_hypotheses": 32}],
        ),
        (
            Parities(60),
            [{"log_growth": Parities(60)}, {"vc_dim": 60}, {"log_cardinality": 60 * math.log(2)}],
        ),
        (LinearBall(dim=7), [{"vc_dim": 7}]),
        (LinearBall(), []),
        (KernelBall("rbf", gamma=1), []),
        (LinearMulticlass(1, 3), [{"natarajan_dim": 2, "n_classes": 3}]),
        (FiniteClass(MATRIX), [{"n_hypotheses": 3}]),
        (FiniteClass([[0.5, 2], [1, 0.1]], values="scores"), [{"n_hypotheses": 2}]),
        (Complement(FiniteClass(MATRIX)), []),
        (Union(FiniteClass(MATRIX), FiniteClass(MATRIX)), []),
    ],
    ids=str,
)
def test_ways_to_feed_a_theorem(H, ways):
    assert [[*way] for way in alternatives(H)] == [[*way] for way in ways]
    for found, wanted in zip(alternatives(H), ways, strict=True):
        assert found == {k: v if isinstance(v, type(H)) else approx(v) for k, v in wanted.items()}


def test_upper_ends_suffice_and_lower_ends_are_necessary():
    H = PiecewiseLinearNetworks((3, 4, 1))
    (upper,) = [way["vc_dim"] for way in alternatives(H) if "vc_dim" in way]
    lower = for_lower_bounds(H)["vc_dim"]
    assert (lower, upper) == tuple(H.vc_dim)
    assert for_lower_bounds(Sines()) == for_lower_bounds(LinearBall(dim=3)) == {}


def test_a_class_is_looked_through():
    inner = LocalLinearBall(0.1, dim=2)
    outer = Complement(Complement(inner))
    assert list(made_of(outer)) == [outer, outer.of, inner]
    assert depends_on_sample(outer)
    assert depends_on_sample(LossConstrained(Boxes(2), 0.1))
    assert depends_on_sample(StarHull(Thresholds(), 0.1))
    assert not depends_on_sample(WeightedVotes(Stumps(3), 4))


@pytest.mark.parametrize(
    ("H", "words"),
    [
        (Stumps(10), "Stumps(features=10): VC dimension 6"),
        (Sines(), "Sines(): VC dimension inf"),
        (Parities(5), "Parities(bits=5): VC dimension 5, number of hypotheses 32"),
        (LinearMulticlass(1, 3), "LinearMulticlass(dim=1, classes=3): Natarajan dimension 2"),
        (FiniteClass(MATRIX), f"{FiniteClass(MATRIX)!r}: number of hypotheses 3"),
        (LinearBall(dim=3), "LinearBall(dim=3, p=2.0, radius=1.0): VC dimension of the signs 3"),
        (LinearBall(), "LinearBall(dim=None, p=2.0, radius=1.0)"),
    ],
    ids=str,
)
def test_a_class_in_words(H, words):
    assert in_words(H) == words


def test_large_counts_are_said_by_their_logarithm():
    assert in_words(Parities(100)).endswith("log of the number of hypotheses 69.3147")


def test_records():
    H = Halfspaces(3)
    assert named(record(H)["class"])(**record(H)["parameters"]) == H
    assert record(FiniteClass(MATRIX)) == repr(FiniteClass(MATRIX))
    infinite = LinearBall(p=math.inf)
    assert record(infinite) == repr(infinite)
    json.dumps([record(H), record(infinite)], allow_nan=False)


# --- what a theorem takes


def test_a_theorem_takes_the_first_way_that_fits():
    facts = {"n": 100, "delta": 0.05, "empirical_risk": 0.1}
    ways = alternatives(Parities(5))
    by_growth = feeding(B["vapnik_confidence"].arguments, facts, ways)
    assert by_growth == {**facts, "log_growth": Parities(5)}
    by_dimension = feeding(B["lugosi_chaining"].arguments, facts, ways)
    assert by_dimension == {**facts, "vc_dim": 5}
    by_number = feeding(B["finite_hoeffding"].arguments, facts, ways)
    assert by_number == {**facts, "n_hypotheses": 32}
    assert feeding(B["occam_hoeffding"].arguments, facts, ways) is None
    assert feeding(B["hoeffding"].arguments, facts, []) == facts


def test_a_complexity_feeds_what_its_functions_are():
    labels = gb.rademacher(Thresholds(), np.arange(5))
    scores = gb.rademacher(LinearBall(), np.eye(3))
    facts = {"n": 5, "delta": 0.05, "empirical_risk": 0.1}
    names = B["rademacher_direct"].arguments
    assert feeding(names, facts, [{"empirical_rademacher": labels}]) is not None
    assert feeding(names, facts, [{"empirical_rademacher": scores}]) is None


@pytest.mark.parametrize(
    ("bound", "values", "fits"),
    [
        ("rademacher_binary_direct", "scores", False),
        ("rademacher_binary_direct", "labels", False),
        ("rademacher_margin_empirical", "scores", True),
        ("rademacher_margin_empirical", "labels", True),
    ],
)
def test_the_complexity_of_hypotheses_goes_with_margins_alone(bound, values, fits):
    """That of labels enters as that of their losses elsewhere; that of scores does not enter."""
    way = {"empirical_rademacher_of_hypotheses": 0.1}
    assert suited(B[bound].arguments, [way], values) == ([way] if fits else [])


@pytest.mark.parametrize(
    ("bound", "values", "fits"),
    [
        ("ensemble_margin", "scores", False),
        ("ensemble_margin", "labels", True),
        ("schapire_freund_bartlett_lee", "scores", False),
        ("schapire_freund_bartlett_lee", "labels", True),
        ("vapnik_confidence", "scores", True),
        ("vapnik_confidence", "labels", True),
    ],
)
@pytest.mark.parametrize("way", [{"vc_dim": 4}, {"n_hypotheses": 9}])
def test_signs_say_nothing_of_margins(bound, values, fits, way):
    assert suited(B[bound].arguments, [way], values) == ([way] if fits else [])


# --- gb.risk


def raw(found):
    return {answer.bound.name: answer.raw for answer in found.answers}


def complexity_of_thresholds(n):
    rows = np.array([[1 if i >= cut else -1 for i in range(n)] for cut in range(n + 1)])
    return (np.array(list(product((-1, 1), repeat=n))) @ rows.T).max(axis=1).mean() / n


@pytest.mark.parametrize("X", [list(range(9)), np.arange(9.0), np.arange(9).reshape(9, 1)])
def test_risk_by_hand(X):
    found = raw(gb.risk(Thresholds(), X, errors=2, delta=0.1))
    assert found["rademacher_mohri"] == approx(
        2 / 9 + complexity_of_thresholds(9) + 3 * math.sqrt(math.log(20) / 18), rel=1e-12
    )
    assert found["vapnik_confidence"] == approx(
        2 / 9 + math.sqrt((math.log(19) + math.log(40)) / 9), rel=1e-12
    )


def test_risk_of_a_frame():
    import pandas as pd

    points = pd.DataFrame({"a": np.arange(9), "b": np.zeros(9)})
    by_frame = gb.risk(Stumps(2), points, errors=2, delta=0.1)
    by_array = gb.risk(Stumps(2), points.to_numpy(), errors=2, delta=0.1)
    assert raw(by_frame) == raw(by_array)
    assert by_frame.notes == by_array.notes


def test_the_class_without_points_gives_what_its_growth_gives():
    found = raw(gb.risk(Halfspaces(3), errors=5, n=1000, delta=0.05))
    labelings = 2 * sum(math.comb(1999, i) for i in range(4))
    assert found["vapnik_confidence"] == approx(
        0.005 + math.sqrt((math.log(labelings) + math.log(80)) / 1000), rel=1e-9
    )
    assert not any(name.startswith("rademacher_") for name in found)
    sauer = raw(gb.risk(vc_dim=4, errors=5, n=1000, delta=0.05))
    assert found["vapnik_confidence"] < sauer["vapnik_confidence"]
    assert found["lugosi_chaining"] == sauer["lugosi_chaining"]


def test_each_theorem_is_claimed_at_its_share_of_delta():
    found = gb.risk(Thresholds(), np.arange(9), errors=2, delta=0.1)
    k = found.theorems
    again = raw(gb.risk(Thresholds(), np.arange(9), errors=2, delta=0.1 / k))
    assert found.paid.raw == min(again.values())


def test_what_is_drawn_costs_a_share_of_delta():
    points = np.random.default_rng(0).standard_normal((80, 3))
    found = gb.risk(Stumps(3), points, errors=2, delta=0.1, rng=3)
    estimate = gb.rademacher(Stumps(3), points, rng=3)
    _, upper = estimate.losses.interval(0.01)
    assert raw(found)["rademacher_direct"] == approx(
        2 / 80 + 2 * upper + math.sqrt(2 * math.log(1 / 0.09) / 80), rel=1e-12
    )
    assert raw(found) == raw(gb.risk(Stumps(3), points, errors=2, delta=0.1, rng=3))


def test_a_matrix_says_nothing_of_other_points():
    """Rows that agree on the sample may differ elsewhere: only their number enters a VC bound."""
    alike = gb.risk(FiniteClass([[1, 1, 1, 1]] * 8), errors=1, delta=0.5)
    rows = list(product((-1, 1), repeat=3))
    apart = gb.risk(FiniteClass([[*row, 1] for row in rows]), errors=1, delta=0.5)
    same = {name for name in raw(alike) if not name.startswith(("rademacher", "shalev"))}
    assert {name: raw(alike)[name] for name in same} == {name: raw(apart)[name] for name in same}
    assert same == {
        "clopper_pearson_several", "finite_hoeffding", "finite_chernoff",
        "finite_relative_chernoff",
    }  # fmt: skip
    assert raw(alike)["rademacher_direct"] < raw(apart)["rademacher_direct"]


def test_the_sample_of_a_matrix_is_its_columns():
    H = FiniteClass(MATRIX)
    found = gb.risk(H, errors=1, delta=0.5)
    assert found.best.inputs["n"] == 4
    assert raw(found) == raw(gb.risk(H, np.arange(4), errors=1, delta=0.5))
    elsewhere = gb.risk(H, n=100, errors=1, delta=0.5)
    assert not any("rademacher" in name for name in raw(elsewhere))


def test_short_weights_do_not_shrink_the_errors_of_signs():
    """The complexity of scores is no complexity of their signs, however small it is."""
    points = np.random.default_rng(0).standard_normal((50, 3))
    tiny, large = (
        gb.risk(LinearBall(3, radius=r), points, errors=5, delta=0.1) for r in (1e-9, 1e9)
    )
    assert raw(tiny) == raw(large)
    assert "mohri" in raw(tiny)
    assert not any("empirical_rademacher" in str(answer.inputs) for answer in tiny.answers)


def test_margins_scale_with_the_weights():
    points = np.random.default_rng(0).standard_normal((500, 3))
    facts = {"margin_risk": 0.1, "delta": 0.1, "rng": 0}
    small = raw(gb.risk(LinearBall(3, radius=0.1), points, margin=0.5, **facts))
    large = raw(gb.risk(LinearBall(3, radius=0.2), points, margin=1.0, **facts))
    assert small.keys() == large.keys() == {"rademacher_margin_empirical", "mohri_margin_empirical"}
    assert small == {name: approx(value, rel=1e-9) for name, value in large.items()}


def test_a_margin_that_was_chosen_needs_its_largest_value():
    points = np.random.default_rng(0).standard_normal((500, 3))
    facts = {"margin_risk": 0.1, "margin": 0.5, "delta": 0.1, "rng": 0}
    fixed = raw(gb.risk(LinearBall(3, radius=0.1), points, **facts))
    chosen = raw(gb.risk(LinearBall(3, radius=0.1), points, max_margin=1, **facts))
    assert all("uniform" in name for name in chosen)
    assert min(chosen.values()) > min(fixed.values())


def test_the_hull_has_the_complexity_of_its_members_and_other_theorems():
    points = np.random.default_rng(0).standard_normal((60, 2))
    facts = {"margin_risk": 0.1, "margin": 0.5, "delta": 0.1, "rng": 0}
    hull = gb.risk(ConvexHull(Stumps(2)), points, **facts)
    members = gb.risk(Stumps(2), points, **facts)
    for name in ("rademacher_margin_empirical", "mohri_margin_empirical"):
        assert raw(hull)[name] == approx(raw(members)[name], rel=1e-12)
    assert "ensemble_margin" in raw(members)
    assert "ensemble_margin" not in raw(hull)


@pytest.mark.parametrize(
    ("H", "note"),
    [
        (PiecewiseLinearNetworks((2, 3, 1)), "has no oracle"),
        (LinearMulticlass(2, 3), "labels of several classes are no numbers"),
        (OneVersusAll(Boxes(2), 3), "labels of several classes are no numbers"),
    ],
)
def test_without_a_complexity_the_ranking_says_why(H, note):
    points = np.random.default_rng(0).standard_normal((30, 2))
    found = gb.risk(H, points, errors=3, delta=0.1)
    assert any(text.startswith("no Rademacher complexity") and note in text for text in found.notes)
    assert found.notes[0] == in_words(H)
    assert " ".join(found.notes[1].split()) in " ".join(found.text.split())
    assert "complexity" not in found.to_dict()


def test_a_search_is_no_certificate(monkeypatch):
    """A supremum that a search may have missed is shown and not used."""
    from dataclasses import replace

    import genbounds.complexity

    exact = gb.rademacher(Thresholds(), np.arange(9))
    searched = replace(exact, label="lower")
    monkeypatch.setattr(genbounds.complexity, "rademacher", lambda *a, **k: searched)
    found = gb.risk(Thresholds(), np.arange(9), errors=2, delta=0.1)
    assert not any("rademacher" in name for name in raw(found) if "mostafa" not in name)
    assert "no bound on a risk rests on it" in found.text


def test_infinite_dimension_with_small_complexity_says_something():
    """Equal points are one point to the theorems about the sample, however many labelings."""
    points = np.repeat(np.arange(4), 500)
    found = gb.risk(AllFunctions(), points, errors=0, delta=0.05)
    assert found.best.bound.name.startswith("rademacher")
    mean_of_absolute_sum = 500 * math.comb(499, 249) / 2**499
    assert raw(found)["rademacher_direct"] == approx(
        mean_of_absolute_sum / 500 + math.sqrt(2 * math.log(20) / 2000), rel=1e-9
    )
    assert not found.best.vacuous


def test_both_bounds_state_their_conditions():
    """The one that is best alone and the one that is best when choosing is paid for."""
    found = gb.risk(Halfspaces(2), errors=5, n=2000, delta=0.05)
    assert set(found.conditions) == {*found.best.conditions, *found.paid.conditions}
    assert all(text in " ".join(found.text.split()) for text in found.conditions)


def test_vacuous_by_the_price_of_choosing():
    """At some n the best theorem says something alone but not at its share of delta."""
    between = [
        found
        for n in range(20, 400, 5)
        if not (found := gb.risk(Thresholds(), n=n, empirical_risk=0.45, delta=0.05)).best.vacuous
        and found.paid.vacuous
    ]
    assert between
    for found in between:
        assert found.sentence.startswith("VACUOUS: of ")
        assert found.best.bound.name in found.sentence


@pytest.mark.parametrize(
    ("H", "X", "facts", "message"),
    [
        (None, [1, 2], {"errors": 1}, "points X go with a hypothesis_class"),
        ("stumps", [1, 2], {"errors": 1}, "must be a HypothesisClass"),
        (Thresholds(), [1, 2], {"errors": 1, "n": 3}, "n = 3, but X holds 2 points"),
        (Thresholds(), [1, 2], {"errors": 3}, "errors must be at most n"),
        (Thresholds(), [1, 2], {"errors": 1, "vc_dim": 1}, "give a class or vc_dim, not both"),
        (Thresholds(), [1, 2], {"errors": 1, "growth": "sauer"}, "give a class or growth"),
        (Thresholds(), [1, 2], {}, "give errors or empirical_risk on the sample"),
        (Thresholds(), [1, 2], {"errors": 1, "nonsense": 1}, "unknown arguments: nonsense"),
        (Thresholds(), None, {"errors": 1}, "missing argument n"),
        (Thresholds(), [], {"errors": 0}, "X is empty"),
        (Thresholds(), [1, math.nan], {"errors": 0}, "finite numbers, got nan"),
        (Thresholds(), np.ones((2, 2)), {"errors": 0}, "takes 1 columns, X has 2"),
        (FiniteClass(MATRIX), None, {"errors": 0, "n": 9, "bits": 3}, "give a class or bits"),
        (LocalLinearBall(0.1), np.eye(2), {"margin_risk": 0.1, "margin": 1}, "for every sample"),
        (Complement(LocalLinearBall(0.1)), np.eye(2), {"errors": 0}, "for every sample"),
        (LinearBall(), np.eye(2), {"margin_risk": 0.1}, "give margin_risk and margin"),
        (LinearBall(), np.eye(2), {"errors": 0}, "no VC dimension that is known and finite"),
        (LinearBall(), np.eye(2), {"errors": 0, "margin_risk": 0, "margin": 1}, "give one of"),
        (LinearBall(), None, {"n": 9, "margin_risk": 0, "margin": 1}, "and the points X"),
    ],
)
def test_a_risk_that_cannot_be_answered(H, X, facts, message):
    with pytest.raises(ValueError, match=message):
        gb.risk(H, X, delta=0.1, **facts)


# --- gb.sample_size


@pytest.mark.parametrize(
    "H",
    [Halfspaces(3), Stumps(10), Balls(2), Conjunctions(8), PiecewiseLinearNetworks((2, 3, 1))],
    ids=str,
)
@pytest.mark.parametrize("question", ["uniform", "excess", "realizable"])
def test_a_class_is_never_behind_its_dimension(H, question):
    facts = {"epsilon": 0.05, "delta": 0.05, "question": question}
    dim = alternatives(H)[1]["vc_dim"]
    by_class, by_dimension = gb.sample_size(H, **facts), gb.sample_size(vc_dim=dim, **facts)
    numbers = {row.bound: row.n for row in by_class.sufficient}
    for row in by_dimension.sufficient:
        assert numbers[row.bound] <= row.n
    assert by_class.necessary <= by_class.n


def test_what_is_necessary_rests_on_the_lower_end():
    H = PiecewiseLinearNetworks((20, 3, 1))
    facts = {"epsilon": 0.01, "delta": 0.01, "question": "realizable"}
    found = gb.sample_size(H, **facts)
    assert found.necessary == gb.sample_size(vc_dim=21, **facts).necessary
    assert found.n > gb.sample_size(vc_dim=21, **facts).n


def test_the_labels_of_intersections_and_votes_have_sizes():
    for H in (Intersections(Rays(), 3), WeightedVotes(Stumps(4), 5), Complement(Boxes(2))):
        found = gb.sample_size(H, epsilon=0.1, delta=0.05)
        assert found.n > found.necessary
        assert found.to_dict()["inputs"]["hypothesis_class"]
        assert repr(H) in " ".join(found.text.split())


@pytest.mark.parametrize("H", [Sines(), AllFunctions(), NearestNeighbours()], ids=str)
def test_infinite_dimension_has_no_size(H):
    with pytest.raises(gb.NoSolutionError, match="has infinite VC dimension"):
        gb.sample_size(H, epsilon=0.1, delta=0.05)


@pytest.mark.parametrize(
    ("H", "facts", "message"),
    [
        (Halfspaces(2), {"vc_dim": 3}, "give a class or vc_dim, not both"),
        (Halfspaces(2), {"n_hypotheses": 3}, "give a class or n_hypotheses, not both"),
        (Halfspaces(2), {"bits": 3}, "nothing but epsilon and delta beside a class"),
        (Halfspaces(2), {"question": "interval"}, "is not about a class"),
        (Halfspaces(2), {"question": "why"}, "question must be one of"),
        (Halfspaces(2), {"massart_margin": 0.5, "question": "excess"}, "no theorem answers"),
        (LinearBall(), {}, "no sample size follows from it"),
        (Complement(FiniteClass(MATRIX)), {}, "no sample size follows from it"),
        (LossConstrained(Boxes(2), 0.1), {}, "other members for every sample"),
        ("halfspaces", {}, "the class must be a HypothesisClass"),
    ],
)
def test_a_size_that_cannot_be_answered(H, facts, message):
    with pytest.raises(ValueError, match=message):
        gb.sample_size(H, epsilon=0.1, delta=0.05, **facts)
