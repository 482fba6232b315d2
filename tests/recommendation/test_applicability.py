"""Why a theorem does not apply: the fact that contradicts it, or that is missing."""

import pytest

import genbounds as gb
from genbounds.recommendation import recommend

B = gb.catalogue
LINEAR = {"n": 5000, "margin_risk": 0.1, "weight_bound": 1, "radius": 1}


@pytest.mark.parametrize(
    ("facts", "theorem", "reason"),
    [
        ({"n": 99, "errors": 3, "n_hypotheses": 9}, "finite_realizable", "needs errors = 0, and"),
        ({"n": 99, "errors": 3}, "rule_of_three", "errors = 3"),
        ({"n": 99, "errors": 3}, "wald", "no guarantee"),
        ({"n": 99, "errors": 3, "vc_dim": 3}, "shalev_shwartz_expected_printed", "refuted"),
        ({"n": 99, "errors": 3, "vc_dim": 3}, "simon", "order: a rate without constants"),
        ({"n": 99, "errors": 3, "vc_dim": 3}, "one_inclusion", "on average over samples"),
        ({"n": 99, "errors": 3, "vc_dim": 3}, "hanneke", "another question: the risk of some"),
        ({"n": 99, "errors": 3, "vc_dim": 3}, "finite_hoeffding", "log_cardinality (or n_hyp"),
        ({"n": 99, "errors": 3, "vc_dim": 3}, "mcallester", "needs kl"),
        ({"n": 2, "errors": 0, "vc_dim": 3}, "devroye", "n >= 3 (n = 2)"),
        ({**LINEAR, "margin": 0.3, "max_margin": 1, "rademacher_of_hypotheses": 0.01},
         "svm_margin", "the margin was chosen on the sample, as max_margin says"),
        ({"n": 99, "errors": 3, "vc_dim": 3, "class_index": 2}, "vapnik", "the class was chosen"),
        ({"n": 99, "empirical_risk": 0.1, "kl": 3, "prior_index": 2}, "pac_bayes_kl",
         "the prior was chosen on the sample"),
        ({"n": 10, "errors": 1, "population_size": 50}, "clopper_pearson", "without replacement"),
        ({**LINEAR, "margin": 0.3, "empirical_risk": 0.05, "lipschitz": 1, "dimension": 3},
         "lipschitz_l2_ball", "other coordinates"),
        ({"n": 999, "errors": 3, "vc_dim": 3, "margin": 0.3, "margin_risk": 0.1},
         "vapnik_relative", "vc_dim is that of scores or of voters"),
        ({"n": 99, "errors": 3, "vc_dim": 3}, "bartlett_bousquet_mendelson", "by name"),
        ({"n": 99, "empirical_risk": 0.1, "upper_loss": 2, "second_moment": 0.1,
          "bernstein_gamma": 0.1}, "hoeffding", "losses in [0, 1], and upper_loss = 2"),
        ({"n": 99, "errors": 3}, "maurer_pontil_std", "the standard deviation"),
        ({"n": 99, "errors": 3, "side": "upper"}, "clopper_pearson_lower", "from below"),
    ],
)  # fmt: skip
def test_the_reason_is_said(facts, theorem, reason):
    found = recommend(**facts)
    assert reason in found.not_applicable[theorem]
    assert theorem not in {name for group in found.groups for name in group.names}


def test_a_growth_convention_below_the_true_growth_is_no_guarantee():
    """m^1 lies below 1 + m; theorems that take the dimension itself are not concerned."""
    found = recommend(n=1000, errors=3, vc_dim=1, growth="polynomial")
    answers = {a.bound.name: a for a in found.groups[0].answers}
    assert answers.keys() == {"shalev_shwartz_vc", "lugosi_chaining"}
    for name in ("vapnik_confidence", "mohri", "vapnik_relative"):
        assert "below the Sauer sum" in found.not_applicable[name]


def test_votes_are_bounded_through_margins_only():
    found = recommend(n=10**6, errors=3, vc_dim=3, margin=0.3, margin_risk=0.1)
    assert [group.topic.key for group in found.groups] == ["trained"]
    assert {a.bound.name for a in found.groups[0].answers} == {"ensemble_margin"}


def test_a_margin_that_every_observation_has():
    """Theorems on the least margin need a sample without smaller ones."""
    facts = {"n": 10**6, "n_hypotheses": 100, "margin": 0.5}
    clean = {a.bound.name for a in recommend(**facts, margin_risk=0).groups[0].answers}
    assert {"minimum_margin", "breiman_minimum_margin"} <= clean
    some = recommend(**facts, margin_risk=0.01)
    assert "margin_risk = 0.01" in some.not_applicable["minimum_margin"]


def test_what_lacks_one_fact_is_near():
    found = recommend(n=1000, empirical_risk=0.03)
    assert found.near["clopper_pearson"] == "errors"
    assert found.near["maurer_pontil"] == "sample_variance"
    assert "finite_hoeffding" not in found.near
    with_class = recommend(n=1000, errors=3, vc_dim=3)
    assert with_class.near["finite_hoeffding"] == "n_hypotheses"
    assert "rademacher_margin" not in with_class.near


RICH = recommend(n=1000, errors=20, vc_dim=4, bits=30)


@pytest.mark.parametrize("name", sorted(B))
def test_no_theorem_is_offered_for_facts_that_it_does_not_take(name):
    """Every fact but the ones of the theorem: it is not among the answers."""
    found = RICH
    answers = {a.bound.name: a for group in found.groups for a in group.answers}
    if name in answers:
        bound = B[name]
        assert answers[name].raw == bound(**answers[name].inputs)
        assert set(answers[name].inputs) <= {"n", "errors", "vc_dim", "bits", "delta", "n_ghost"}
    else:
        assert found.not_applicable.get(name) or f"{name}.erm_excess" in answers
