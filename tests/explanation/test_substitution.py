"""The calculation of every numbered bound: its end is the bound's, its steps can be followed."""

import re

import mpmath
import pytest
from matplotlib.mathtext import MathTextParser
from pytest import approx

import genbounds as gb
from genbounds.explanation import explain
from genbounds.explanation.substitution import figures, latex_figures
from tests.catalogue.draws import NUMBERED, points, typical
from tests.catalogue.test_latex import balanced, spelled_for_mathtext
from tests.explanation.evaluator import calculated, lifted


def calculation(bound, facts):
    """The steps without what cuts the raw value down."""
    return [step for step in explain(bound, **facts).steps if step.label != "clipped"]


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_the_last_step_is_the_bound(bound):
    for facts in points(bound, 4, seed=11):
        own = bound(**facts)
        last = calculation(bound, facts)[-1].value
        assert last == own or last == approx(own, rel=1e-12, abs=0)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_every_elementary_step_can_be_calculated_from_what_is_printed(bound):
    facts = typical(bound)
    steps = calculation(bound, facts)
    sequences = {k: lifted(v) for k, v in facts.items() if isinstance(v, tuple)}
    followed = 0
    for step in steps:
        over_a_sequence = step.plain.startswith(("sum(", "product(")) and " for " in step.plain
        if step.elementary or over_a_sequence:
            value = calculated(step.plain, **sequences)
            followed += 1
            if isinstance(step.value, bool):
                assert bool(value) == step.value, step
            else:
                assert float(value) == approx(step.value, rel=1e-5, abs=1e-300), step
    algorithms = [step for step in steps if not step.elementary]
    assert followed + len(algorithms) >= len(steps)
    assert followed or algorithms


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_a_value_is_shown_before_it_is_used(bound):
    """Every number in a line is the user's, the formula's, or the value of an earlier line."""
    facts = typical(bound)
    given = {float(x) for x in facts.values() if isinstance(x, (int, float))}
    written = set(map(float, re.findall(r"\d+", bound.plain_formula))) | given | {0.0, 1.0, 2.0}
    shown: set[float] = set()
    for step in calculation(bound, facts):
        for text in re.findall(r"(?<![\w.])\d+\.\d+(?:e[+-]?\d+)?", step.plain):
            assert float(text) in written | shown, (step.plain, shown)
        if not isinstance(step.value, bool):
            shown |= {abs(float(step.shown)), abs(float(figures(step.value, step.digits)))}


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_the_latex_of_every_step_is_parsed(bound):
    parser = MathTextParser("path")
    found = explain(bound, **typical(bound))
    for source in [*(step.formula for step in found.steps), *(x for x, _ in found.substituted)]:
        assert balanced(source), source
        assert not any(word in source for word in ("nan", "None", "object", "**")), source
        parser.parse(f"${spelled_for_mathtext(source)}$")


def test_hoeffding_goes_from_the_inside_to_the_outside():
    steps = explain("hoeffding", empirical_risk=0.1, n=1000, delta=0.05).steps
    assert [step.plain for step in steps] == [
        "ln(1 / 0.05)", "2.99573 / (2 * 1000)", "sqrt(0.00149787)", "0.1 + 0.0387023",
    ]  # fmt: skip
    assert [step.shown for step in steps] == ["2.99573", "0.00149787", "0.0387023", "0.138703"]
    assert steps[1].latex == r"\frac{2.99573}{2 \cdot 1000}"


def test_the_growth_function_is_a_step_that_says_at_which_size_and_how_it_counts():
    facts = {"empirical_risk": 0.1, "n": 1000, "vc_dim": 3, "delta": 0.05}
    step = explain("vapnik_chervonenkis", **facts).steps[0]
    assert step.plain == "log_growth(2 * 1000)"
    assert step.value == approx(float(mpmath.log(sum(mpmath.binomial(2000, i) for i in range(4)))))
    assert step.note == "growth function: the exact Sauer sum, d = 3"
    facts |= {"growth": "polynomial"}
    assert explain("vapnik_chervonenkis", **facts).steps[0].value == approx(22.8027073)
    del facts["growth"], facts["vc_dim"]
    step = explain("vapnik_chervonenkis", log_growth=gb.Halfspaces(2), **facts).steps[0]
    assert "Halfspaces(dim=2)" in step.note


def test_a_derived_argument_is_the_first_step():
    steps = explain("hoeffding", errors=50, n=1000, delta=0.05).steps
    assert (steps[0].label, steps[0].plain, steps[0].value) == ("empirical_risk", "50 / 1000", 0.05)
    steps = explain("occam_hoeffding", empirical_risk=0.1, bits=10, n=1000, delta=0.05).steps
    assert (steps[0].label, steps[0].plain) == ("log_prior", "10 * ln(2)")
    assert steps[0].value == approx(6.931471805599453)


def test_the_branch_that_is_taken_is_said():
    steps = explain("jeffreys", errors=3, n=10, delta=0.05).steps
    assert steps[0].text == "3 >= 10: does not hold"
    assert explain("jeffreys", errors=10, n=10, delta=0.05).steps[-1].value == 1


def test_the_final_value_is_rounded_to_its_side():
    upper = explain("chernoff", empirical_risk=0.1, n=1000, delta=0.05).steps[-1]
    lower = explain("chernoff_lower", empirical_risk=0.1, n=1000, delta=0.05).steps[-1]
    assert float(upper.shown) >= upper.value
    assert float(lower.shown) <= lower.value
    assert {upper.note.rpartition("rounded ")[2], lower.note.rpartition("rounded ")[2]} <= {
        "up", "down", upper.note, lower.note,
    }  # fmt: skip


def test_what_is_cut_away_is_a_step_of_its_own():
    *_, raw, cut = explain("hoeffding", empirical_risk=0.9, n=10, delta=0.05).steps
    assert raw.value == approx(0.9 + (2.995732273553991 / 20) ** 0.5)
    assert (cut.label, cut.value) == ("clipped", 1.0)


def test_digits_that_cancel_are_printed():
    """1 - 0.9999999 in six digits would be 0."""
    steps = explain("catoni", empirical_risk=0, kl=0, catoni_c=1, n=10**9, delta=0.5).steps
    for step in steps:
        if step.elementary:
            assert float(calculated(step.plain)) == approx(step.value, rel=1e-5)


def test_numbers_are_written_as_people_write_them():
    assert figures(1000.0, 6) == "1000"
    assert figures(0.1234567, 6) == "0.123457"
    assert figures(1e20, 6) == "1e+20"
    assert latex_figures("1e-06") == r"1 \cdot 10^{-6}"
    assert latex_figures("-inf") == r"-\infty"
