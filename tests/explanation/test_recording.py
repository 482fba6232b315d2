"""The formula in words and on numbers; both ends of an interval; widths and estimates."""

import pytest
from pytest import approx

import genbounds as gb
from genbounds.explanation import explain
from genbounds.explanation.recording import in_words
from tests.catalogue.draws import NUMBERED, points, typical
from tests.explanation.evaluator import calculated, lifted


def two_sided(bound):
    try:
        return bound.two_sided
    except ValueError:
        return None


INTERVALS = [bound.two_sided for bound in NUMBERED if two_sided(bound)]


def by_the_words(bound, facts):
    """The value that the printed formula has, its definitions put in; None for an algorithm."""
    values = {k: lifted(v) for k, v in facts.items()}
    *definitions, last = in_words(bound)
    try:
        for line in definitions:
            name, _, text = line.partition(" = ")
            values[name.replace("'", "_").replace(" ", "_")] = calculated(text, **values)
        return calculated(last.replace("'", "_"), **values)
    except (NameError, SyntaxError):
        return None


def test_the_printed_formula_has_the_value_of_the_bound():
    checked = 0
    for bound in NUMBERED:
        facts = typical(bound)
        value = None if any(map(callable, facts.values())) else by_the_words(bound, facts)
        if value is not None:
            assert float(value) == approx(bound(**facts), rel=1e-10), bound.name
            checked += 1
    assert checked > 140  # the others call an algorithm


def test_definitions_come_before_the_formula():
    assert in_words(gb.catalogue["hoeffding"]) == ["empirical_risk + sqrt(ln(1 / delta) / (2 * n))"]
    first, second = in_words(gb.catalogue["wald"])
    assert first == "z = normal_quantile(delta)"
    assert second.startswith("errors / n + z * sqrt(")


@pytest.mark.parametrize("interval", INTERVALS, ids=lambda b: b.name)
def test_both_ends_of_an_interval_are_calculated(interval):
    for facts in points(interval.bound, 2, seed=5):
        found = explain(interval, **facts)
        if found.answer.unmet:
            continue
        ends = [step.value for step in found.steps if step.side and step.label != "clipped"]
        for end, own in zip(ends, interval(**facts), strict=True):
            assert end == own or end == approx(own, rel=1e-9, abs=1e-12)


def test_each_side_has_half_of_delta_unless_the_event_is_one():
    steps = explain("clopper_pearson.two_sided", errors=50, n=1000, delta=0.05).steps
    assert (steps[0].label, steps[0].value) == ("delta of each side", 0.025)
    assert sum(step.label == "delta of each side" for step in steps) == 1
    facts = {"empirical_risk": 0.1, "n": 1000, "vc_dim": 3, "delta": 0.05}
    labels = {step.label for step in explain("vapnik_chervonenkis.two_sided", **facts).steps}
    assert "delta of each side" not in labels


def test_a_wider_loss_is_measured_in_its_width():
    found = explain("hoeffding", empirical_risk=0.6, width=3, n=1000, delta=0.05)
    assert found.steps[-1].value == approx(0.6 + 3 * 0.0387022756)
    assert found.steps[-1].value == found.answer.raw
    assert str(found.symbols[0]) == "empirical_risk = 0.6: mean loss on the sample (used as 0.2)"


def test_an_estimate_enters_at_its_safe_end_and_pays_with_its_delta():
    estimate = gb.Estimate(0.01, 0.02, 0.01, "drawn signs")
    facts = {"empirical_risk": 0.1, "empirical_rademacher": estimate, "n": 1000, "delta": 0.05}
    found = explain("rademacher_direct", **facts)
    symbols = {symbol.name: symbol for symbol in found.symbols}
    assert symbols["empirical_rademacher"].how == "used as 0.02"
    assert symbols["delta"].how == "used as 0.04"
    assert found.steps[-1].value == gb.catalogue["rademacher_direct"](**facts)
    assert "drawn signs" in found.text


def test_a_formula_of_one_s_own_that_takes_floats_only_is_refused_with_the_reason():
    def crooked(empirical_risk, n, delta):
        """float() takes no other kind of number."""
        return empirical_risk + float(n) / n * delta

    own = gb.bound(gb.Claim(), source="this test")(crooked)
    with pytest.raises(ValueError, match="step by step"):
        in_words(own)
