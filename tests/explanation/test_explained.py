"""An explanation as an object: its parts, what it takes, what it refuses."""

import json

import pytest

import genbounds as gb
from genbounds.explanation import explain
from genbounds.references import fields
from tests.catalogue.draws import BOUNDS, NUMBERED, typical

FACTS = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}


def test_a_bound_may_be_a_name_an_object_or_derived():
    bound = gb.catalogue["hoeffding"]
    for given in ("hoeffding", "hoeffding_radius", bound):
        assert explain(given, **FACTS).answer.raw == bound(**FACTS)
    assert explain("hoeffding.gap", n=1000, delta=0.05).answer.raw == bound.gap(n=1000, delta=0.05)
    assert explain(bound.two_sided, **FACTS).answer.raw == bound.two_sided(**FACTS)


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_every_theorem_is_explained_without_numbers(bound):
    found = explain(bound)
    assert found.answer is None
    assert found.steps == ()
    assert found.missing == bound.arguments
    assert {symbol.name for symbol in found.symbols} == set(bound.arguments)
    assert found.formula.endswith(bound.latex)
    json.dumps(found.to_dict(), allow_nan=False)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_everything_is_json_data(bound):
    record = json.loads(json.dumps(explain(bound, **typical(bound)).to_dict(), allow_nan=False))
    assert record["bound"] == bound.name
    assert record["steps"]
    assert record["sources"]
    assert set(record) >= {"verdict", "formula", "symbols", "questions", "needs", "silent_about"}


def test_a_theorem_known_up_to_a_constant_has_no_number():
    order = next(bound for bound in BOUNDS if bound.status == "order")
    assert "no number" in explain(order).text


def test_part_of_the_facts_is_enough_and_is_checked():
    found = explain("hoeffding", n=1000)
    assert [symbol.value for symbol in found.symbols] == ["", "1000", ""]
    with pytest.raises(ValueError, match="delta must be"):
        explain("hoeffding", delta=1.5)
    with pytest.raises(ValueError, match="unknown argument 'kl'"):
        explain("hoeffding", n=10, kl=3)


def test_every_fault_is_named_at_once():
    with pytest.raises(ValueError, match=r"delta must be.*empirical_risk must be|empirical_risk"):
        explain("hoeffding", empirical_risk=2, n=1000, delta=1.5)
    with pytest.raises(ValueError, match="one call"):
        import numpy as np

        explain("hoeffding", empirical_risk=0.1, n=np.array([10, 20]), delta=0.05)
    with pytest.raises(KeyError, match="did you mean"):
        explain("hoefding")


def test_symbols_say_what_was_given_and_what_was_derived():
    found = explain("vapnik_chervonenkis", errors=9, n=10**5, vc_dim=10, delta=0.05)
    symbols = {symbol.name: symbol for symbol in found.symbols}
    assert symbols["n"].value == "100000"
    assert symbols["empirical_risk"].how == "empirical_risk = errors / n"
    assert "Sauer" in symbols["log_growth"].how
    assert symbols["delta"].meaning == "failure probability of the whole statement"


def test_formulas_of_intervals_have_both_ends():
    assert explain("hoeffding.two_sided").formula.startswith(r"\left|R - \hat R\right| \le")
    assert explain("clopper_pearson.two_sided").formula.count(r" \le ") == 2


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_sources_have_author_title_and_year(bound):
    found = explain(bound).sources
    assert len(found) == len(bound.source.split(";"))
    assert (
        found
        == explain(bound, **({} if bound.status == "order" else typical(bound))).sources[
            : len(found)
        ]
    )
    for source in found:
        record = fields(source.key)
        assert f"({record['year']})" in source.reference
        assert record["author"].split()[-1].rpartition("}")[2][-3:] in source.reference
        assert source.place in bound.source


def test_the_theorem_of_the_other_end_is_cited_too():
    found = explain("relative_chernoff", **FACTS)
    assert "relative_chernoff_lower" in found.verdict
    assert [source.key for source in found.sources] == [
        "AngluinValiant1979",
        "MitzenmacherUpfal2005",
    ]
    assert "MitzenmacherUpfal2005" in found.bibtex
    interval = explain("relative_chernoff.two_sided")
    assert {source.key for source in interval.sources} == {source.key for source in found.sources}


def test_a_bound_of_one_s_own_is_explained():
    @gb.bound(gb.Claim(), source="Lecture notes, 2024", needs=("n >= 3",))
    def lecture(empirical_risk, n, delta):
        """As on the blackboard."""
        from genbounds.generic import log_ratio, sqrt

        return empirical_risk + sqrt(log_ratio(3, delta) / n)

    found = explain(lecture, **FACTS)
    assert found.steps[-1].value == lecture(**FACTS)
    assert [str(source) for source in found.sources] == ["Lecture notes, 2024"]
    assert "As on the blackboard" in found.text
    assert "Lecture notes, 2024" in found.latex
