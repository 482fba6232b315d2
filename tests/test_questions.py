"""A user's question in Python: a test set, a risk after training."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

import genbounds as gb

B = gb.catalogue


@pytest.mark.parametrize(
    ("facts", "theorem"),
    [
        ({"errors": 3, "n": 100}, "clopper_pearson"),
        ({"errors": 3, "n": 100, "side": "lower"}, "clopper_pearson_lower"),
        ({"errors": 3, "n": 100, "side": "both"}, "clopper_pearson.two_sided"),
        ({"errors": 3, "n": 100, "selected_from": 1}, "clopper_pearson"),
        ({"errors": 3, "n": 100, "selected_from": 7}, "clopper_pearson_several"),
        ({"errors": 3, "n": 100, "population_size": 500}, "hypergeometric"),
        ({"empirical_risk": 0.1, "n": 100}, "chernoff"),
        ({"empirical_risk": 0.1, "n": 100, "side": "lower"}, "chernoff_lower"),
        ({"empirical_risk": 0.1, "n": 100, "selected_from": 7}, "finite_chernoff"),
        ({"empirical_risk": 0.1, "n": 100, "population_size": 500}, "hoeffding_serfling"),
        ({"losses": [0, 1, 0, 0.5, 0]}, "betting"),
        ({"losses": np.array([0, 1, 0, 0.5, 0]), "side": "both"}, "betting.two_sided"),
    ],
)
def test_what_is_known_decides_the_theorem(facts, theorem):
    found = gb.test_set(**facts)
    assert found.bound.name == theorem
    assert not found.vacuous
    ends = found.value if isinstance(found.value, tuple) else (found.value,)
    assert all(0 <= x <= 1 for x in ends)


def test_no_theorem_is_switched_with_n():
    """Landmine 12: the same method on 600 and on 800 points."""
    small, large = (gb.test_set(errors=192, n=n, delta=0.025) for n in (600, 800))
    assert small.bound is large.bound is B["clopper_pearson"]
    assert (small.value, large.value) == approx((0.358976828068, 0.271146632940), rel=1e-11)


@given(
    st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.floats(1e-9, 0.49),
)
def test_the_sides_agree(counts, delta):
    errors, n = counts
    upper, lower = (
        gb.test_set(errors=errors, n=n, delta=delta, side=s) for s in ("upper", "lower")
    )
    both = gb.test_set(errors=errors, n=n, delta=2 * delta, side="both").value
    assert (lower.value, upper.value) == approx(both, rel=1e-12)
    assert both[0] <= errors / n <= both[1]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({}, "missing argument errors"),
        ({"errors": 3}, "missing argument n"),
        ({"errors": 3, "n": 10, "empirical_risk": 0.3}, "not both"),
        ({"losses": [0.5], "n": 1}, "losses come alone"),
        ({"errors": 11, "n": 10}, "errors must be at most n"),
        ({"errors": 3, "n": 10, "side": "left"}, "side must be one of upper, lower, both"),
        ({"errors": 3, "n": 10, "selected_from": 0}, "selected_from must be an integer at least 1"),
        ({"errors": 3, "n": 10, "selected_from": 2.5}, "selected_from must be an integer"),
        ({"errors": 3, "n": 10, "selected_from": "two"}, "selected_from must be a number"),
        ({"losses": [0.5], "selected_from": 3}, "divide delta by 3"),
        ({"errors": 3, "n": 10, "population_size": 9}, "n must be at most population_size"),
        ({"errors": 3, "n": 10, "betting_cap": 0.3}, "unknown argument 'betting_cap'"),
        ({"errors": np.array([1, 2]), "n": 10}, "errors must be scalar"),
        ({"empirical_risk": 0.1, "n": 9, "population_size": 99, "side": "lower"}, "side='both'"),
    ],
)
def test_what_cannot_be_answered(facts, message):
    with pytest.raises(ValueError, match=message):
        gb.test_set(**facts)


# --- a risk after training


def test_the_ranking_is_sorted_and_each_row_is_its_bound():
    found = gb.risk(errors=500, n=100_000, vc_dim=10, delta=0.05)
    values = [a.raw for a in found.answers]
    assert values == sorted(values)
    assert found.best is found.answers[0]
    for answer in found.answers:
        ghosts = {"n_ghost": 400_000} if answer.bound.name == "leboeuf_hypergeometric" else {}
        assert answer.raw == answer.bound(errors=500, n=100_000, vc_dim=10, delta=0.05, **ghosts)
        assert answer.bound.status == "proved"
        assert answer.claim.scope in ("every_hypothesis", "consistent_hypotheses")
        assert answer.bound.fixed == tuple(ghosts)


def test_a_bound_for_one_fixed_hypothesis_is_never_offered_after_training():
    found = gb.risk(errors=5, n=1000, n_hypotheses=10, delta=0.05)
    assert {a.claim.scope for a in found.answers} == {"every_hypothesis", "several_hypotheses"}


def test_what_was_skipped_is_kept_with_its_reason():
    found = gb.risk(errors=5, n=1000, n_hypotheses=10, delta=0.05)
    assert "missing argument log_growth" in found.skipped["vapnik_confidence"]


def test_the_price_of_choosing_is_stated():
    found = gb.risk(errors=0, n=1000, n_hypotheses=1e6, delta=0.05)
    k = len(found.answers)
    assert f"divide delta by {k}" in found.caution
    assert found.caution in " ".join(found.text.split())
    assert found.to_dict()["caution"] == found.caution


def test_the_ranking_shows_itself():
    found = gb.risk(errors=0, n=1000, n_hypotheses=1e6, delta=0.05)
    assert repr(found) == found.text
    assert found.text.startswith("With probability at least 95%, the risk is at most")
    assert found._repr_html_().startswith("<pre>With probability")
    assert found.markdown.startswith("**With probability at least 95%")
    assert found.best.value < found.paid.value
    k = len(found.answers)
    again = B[found.paid.bound.name](n=1000, n_hypotheses=1e6, delta=0.05 / k)
    assert found.paid.raw == again
    assert math.isclose(found.table.records()[0]["risk <="], found.best.value)


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"n": 100, "delta": 0.1}, "no theorem applies"),
        ({"n": 100, "delta": 2, "errors": 3, "vc_dim": 3}, "delta must be in"),
        ({"n": 100, "delta": 0.1, "errors": 3, "vc_dm": 3}, "unknown arguments: vc_dm"),
        ({"n": 100, "delta": 0.1, "errors": 300, "vc_dim": 3}, "errors must be at most n"),
    ],
)
def test_a_risk_that_cannot_be_answered(facts, message):
    with pytest.raises(ValueError, match=message):
        gb.risk(**facts)


# --- answers


def test_an_answer_by_name_or_bound():
    facts = {"empirical_risk": Fraction(1, 10), "n": 1000, "delta": 0.05}
    by_name, by_bound = gb.answer("hoeffding", **facts), gb.answer(B["hoeffding"], **facts)
    assert by_name.to_dict() == by_bound.to_dict()
    assert float(by_name) == by_name.value == B["hoeffding"](**facts)
    with pytest.raises(KeyError, match="did you mean hoeffding"):
        gb.answer("hoefding", **facts)


def test_an_answer_shows_itself_in_a_notebook():
    found = gb.test_set(errors=192, n=600, delta=0.025)
    assert repr(found) == found.text
    html = found._repr_html_()
    assert html.startswith("<p><strong>With probability at least 97.5%, the true error rate is")
    assert "risk &lt;= 0.358976828068" in html
    latex = found._repr_latex_()
    assert latex.startswith("$R \\le ")
    assert latex.endswith(r"\approx 0.358977\quad\text{\cite{ClopperPearson1934,Langford2005}}$")


@pytest.mark.parametrize("facts", [{"vc_dim": 3}, {"n_hypotheses": 100}, {"bits": 20}])
def test_who_pays_does_not_depend_on_the_errors_seen(facts):
    """Theorems on samples without errors pay their share where there were errors, too."""
    found = [gb.risk(n=500, errors=errors, delta=0.05, **facts) for errors in (0, 1, 100)]
    assert len({ranking.theorems for ranking in found}) == 1
    clean = {answer.bound.name for answer in found[0].answers}
    seen = {answer.bound.name for answer in found[1].answers}
    assert found[1].idle == len(clean - seen) and found[0].idle == 0
