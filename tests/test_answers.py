"""Answers: clipped and raw values, vacuity and its remedy, safe rounding, records, renderings."""

import json
import math
import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import genbounds as gb
from genbounds.answers import Answer, answer, safely_rounded
from genbounds.claims import FIXED, below
from genbounds.declaration import bound
from genbounds.generic import log_ratio, sqrt
from genbounds.growth import Growth
from genbounds.packing import pack, unpack
from genbounds.variables import VARIABLES
from tests.catalogue.draws import NUMBERED, typical

FACTS = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}
HOEFFDING = answer("hoeffding", **FACTS)


def record(found: Answer) -> dict:
    """What a paper would keep: through JSON and back."""
    return json.loads(json.dumps(found.to_dict()))


def flat(text: str) -> str:
    """The words without the line breaks."""
    return " ".join(text.split())


# --- the number


def test_an_answer_is_its_clipped_value():
    assert HOEFFDING.raw == gb.catalogue["hoeffding"](**FACTS)
    assert HOEFFDING.value == HOEFFDING.raw
    assert float(HOEFFDING) == HOEFFDING.value
    assert HOEFFDING.side == "upper"
    assert not HOEFFDING.vacuous


@pytest.mark.parametrize(
    ("name", "facts", "raw_beyond", "value"),
    [
        ("hoeffding", {"empirical_risk": 0.9, "n": 10, "delta": 0.05}, True, 1.0),
        ("relative_chernoff_lower", {"empirical_risk": 0.01, "n": 10, "delta": 0.05}, True, 0.0),
        ("chernoff_lower", {"empirical_risk": 0.0, "n": 10, "delta": 0.05}, False, 0.0),
        ("maurer_pontil_std", {"sample_variance": 0.25, "n": 4, "delta": 0.05}, True, 0.5),
        ("multiplicative_chernoff_tail", {"risk": 0.0, "n": 4, "deviation": 0.5}, False, 1.0),
    ],
)
def test_what_says_nothing_is_clipped_and_called_vacuous(name, facts, raw_beyond, value):
    found = answer(name, **facts)
    assert (found.raw != found.value) == raw_beyond
    assert found.value == value
    assert found.vacuous
    assert "vacuous: it says nothing" in flat(found.text)
    assert found.text.startswith("VACUOUS")


def test_vacuous_means_within_a_millionth_of_the_trivial():
    """kl-type bounds approach 1 without reaching it."""
    close = answer("chernoff", empirical_risk=0.5, n=1, delta=3e-4)
    assert 1 - 1e-6 < close.raw < 1
    assert close.vacuous
    assert not answer("chernoff", empirical_risk=0.5, n=10, delta=0.05).vacuous


def test_a_two_sided_answer_is_a_pair():
    found = answer("hoeffding.two_sided", **FACTS)
    assert found.side == "both"
    assert found.raw == gb.catalogue["hoeffding"].two_sided(**FACTS)
    assert found.value == (max(0.0, found.raw[0]), found.raw[1])
    assert not found.vacuous


def test_an_interval_is_vacuous_when_both_its_ends_are():
    assert answer("hoeffding.two_sided", empirical_risk=0.5, n=2, delta=0.05).vacuous
    assert not answer("hoeffding.two_sided", empirical_risk=0.0, n=50, delta=0.05).vacuous


def test_a_gap_is_at_most_one():
    found = answer("hoeffding.gap", n=1, delta=1e-9)
    assert found.raw > 1
    assert found.value == 1.0
    assert found.vacuous


def test_a_wide_loss_is_trivially_as_wide():
    found = answer("hoeffding", empirical_risk=9.9, n=10, delta=0.05, width=10)
    assert found.raw > 10
    assert found.value == 10.0
    assert found.vacuous


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_every_bound_makes_an_answer(bound):
    found = Answer(bound, **typical(bound))
    assert found.value <= found.raw or found.side == "lower"
    assert flat(found.headline) in flat(found.text)
    assert bound.source in flat(found.text)
    parts = dict(found.report.rows)
    assert parts.get("conditions", []) == [f"[ ] {sentence}" for sentence in bound.conditions]
    assert found.bibtex == bound.citation
    if not any(
        VARIABLES[name].kind == "function" and not isinstance(found.inputs[name], Growth)
        for name in bound.arguments
    ):
        assert record(found)["bound"] == bound.name
        assert Answer.from_dict(record(found)).raw == found.raw


# --- the remedy


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("hoeffding", {"empirical_risk": 0.9, "n": 10, "delta": 0.05}),
        ("chernoff", {"empirical_risk": 0.5, "n": 1, "delta": 3e-4}),
        ("vapnik_chervonenkis", {"empirical_risk": 0.1, "n": 100, "vc_dim": 10, "delta": 0.05}),
        ("chernoff_lower", {"empirical_risk": 0.01, "n": 10, "delta": 1e-300}),
    ],
)
def test_the_remedy_is_the_n_that_makes_it_say_something(name, facts):
    found = answer(name, **facts)
    assert found.vacuous
    n = int(found.remedy.split("n = ")[1].split(" ")[0])
    assert found.remedy == f"it would say something from n = {n} on, the other inputs unchanged"
    assert not answer(name, **facts | {"n": n}).vacuous
    before = answer(name, **facts | {"n": n - 1})
    assert abs(before.value - (before.side == "upper")) <= 2e-6


def test_an_answer_that_says_something_needs_no_remedy():
    assert HOEFFDING.remedy == ""
    assert "remedy" not in HOEFFDING.text


def test_where_no_sample_helps_the_remedy_says_so():
    found = answer("hoeffding", empirical_risk=1.0, n=10, delta=0.05)
    assert found.remedy.startswith("no sample size would make it say more: ")


def test_errors_become_a_rate_in_the_remedy():
    found = answer("clopper_pearson", errors=5, n=5, delta=0.05)
    assert found.vacuous
    assert found.remedy.startswith("no sample size would make it say more")


# --- rounding


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["upper", "lower"]))
def test_what_is_shown_never_claims_more(value, side):
    shown = Fraction(safely_rounded(value, side))
    exact = Fraction(repr(value))
    assert shown >= exact if side == "upper" else shown <= exact
    assert abs(shown - exact) <= abs(exact) * Fraction(1, 10**11)


@pytest.mark.parametrize(
    ("value", "side", "text"),
    [
        (1 / 3, "upper", "0.333333333334"),
        (1 / 3, "lower", "0.333333333333"),
        (2 / 3, "upper", "0.666666666667"),
        (2 / 3, "lower", "0.666666666666"),
        (-1 / 3, "upper", "-0.333333333333"),
        (0.1, "upper", "0.1"),
        (0.0, "lower", "0"),
        (1e-300, "upper", "1e-300"),
        (400700.0, "upper", "400700"),
        (math.inf, "upper", "inf"),
        (-math.inf, "lower", "-inf"),
    ],
)
def test_rounding_goes_to_the_safe_side(value, side, text):
    assert safely_rounded(value, side) == text


def test_headlines_state_the_inequality():
    assert HOEFFDING.headline == "risk <= 0.138702275603"
    assert Fraction("0.138702275603") >= Fraction(HOEFFDING.value)
    assert answer("chernoff_lower", **FACTS).headline.startswith("risk >= 0.")
    low, rest = answer("hoeffding.two_sided", **FACTS).headline.split(" <= ", 1)
    what, high = rest.split(" <= ")
    assert what == "risk"
    interval = gb.catalogue["hoeffding"].two_sided(**FACTS)
    assert float(low) <= interval[0] <= interval[1] <= float(high)


# --- records


ROUND_TRIPS = [
    ("hoeffding", FACTS),
    ("hoeffding", {"errors": 100, "n": 1000, "delta": 0.05}),
    (
        "hoeffding",
        {"empirical_risk": Fraction(1, 3), "n": np.int64(1000), "delta": np.float64(0.05)},
    ),
    ("hoeffding", {"empirical_risk": 2.5, "n": 1000, "delta": 0.05, "width": 10}),
    (
        "hoeffding",
        {
            "empirical_risk": gb.Estimate(0.1, 0.2, 0.01, "a second sample"),
            "n": 1000,
            "delta": 0.05,
        },
    ),
    ("hoeffding.gap", {"n": 1000, "delta": 0.05}),
    ("hoeffding.two_sided", FACTS),
    ("hoeffding_radius", FACTS),
    ("chernoff.two_sided", FACTS),
    ("vapnik_chervonenkis", {**FACTS, "vc_dim": 10}),
    ("vapnik_chervonenkis", {**FACTS, "vc_dim": 10, "growth": "polynomial"}),
    ("vapnik_chervonenkis", {**FACTS, "log_growth": gb.SauerExp(10)}),
    ("mcdiarmid", {"differences": [0.25, 0.5], "delta": 0.05}),
    ("mcdiarmid", {"differences": np.array([0.25, 0.5]), "delta": 0.05}),
    ("maurer_pontil", {"empirical_risk": 0.1, "sample_variance": 0.1, "n": 1, "delta": 0.05}),
]


@pytest.mark.parametrize(
    ("name", "facts"), ROUND_TRIPS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(ROUND_TRIPS)]
)
def test_a_record_makes_the_same_number_again(name, facts):
    found = answer(name, **facts)
    again = Answer.from_dict(record(found))
    assert again.raw == found.raw
    assert again.value == found.value
    assert again.to_dict() == found.to_dict()


def test_a_record_holds_what_re_running_needs():
    found = record(answer("vapnik_chervonenkis", **FACTS, vc_dim=10))
    assert found["version"] == gb.__version__
    assert found["bound"] == "vapnik_chervonenkis"
    assert found["entry"] == "vc71_eps"
    assert found["growth"] == "sauer"
    assert found["inputs"] == {**FACTS, "vc_dim": 10}
    assert found["raw"] == gb.catalogue["vapnik_chervonenkis"](**FACTS, vc_dim=10)


def test_infinity_is_a_word_in_a_record():
    found = record(
        answer("maurer_pontil", empirical_risk=0.1, sample_variance=0.1, n=1, delta=0.05)
    )
    assert found["raw"] == "inf"
    assert found["vacuous"]


def test_a_record_with_another_number_is_refused():
    found = record(HOEFFDING)
    found["raw"] = math.nextafter(found["raw"], 1)
    with pytest.raises(
        ValueError, match=r"hoeffding gives 0.1387.*the record of version .* says 0.1387"
    ):
        Answer.from_dict(found)


def test_a_function_cannot_be_written_to_a_record():
    found = answer("vapnik_chervonenkis", **FACTS, log_growth=lambda m: math.log(m + 1))
    assert found.growth is not None
    with pytest.raises(ValueError, match="log_growth: a function cannot be written to a record"):
        found.to_dict()


@pytest.mark.parametrize(
    "value",
    [3, 0.1, Fraction(1, 3), gb.Sauer(3), gb.Polynomial(2), gb.Estimate(0.1, math.inf, 0.0, "how")],
    ids=repr,
)
def test_inputs_are_packed_and_unpacked(value):
    assert unpack(json.loads(json.dumps(pack("x", value)))) == value


# --- refused


def test_an_answer_is_about_one_call():
    with pytest.raises(ValueError, match="an answer is about one call: n must be scalar"):
        answer("hoeffding", empirical_risk=0.1, n=np.array([10.0, 20.0]), delta=0.05)


def test_an_unknown_bound_is_named_with_its_nearest():
    with pytest.raises(KeyError, match="did you mean hoeffding"):
        answer("hoefding", **FACTS)


@pytest.mark.parametrize(
    "name", ["hoeffding.latex", "hoeffding.two_sided.formula", "chernoff.nonsense"]
)
def test_only_derived_theorems_follow_a_dot(name):
    with pytest.raises(KeyError):
        answer(name, **FACTS)


# --- renderings


def test_the_text_says_everything():
    text = HOEFFDING.text
    expected = [
        "risk <= 0.138702275603",
        "Hoeffding1963, Theorem 2",
        "With probability at least 1 - delta",
        "[ ] the sample was not used",
        "n = 1000",
        repr(HOEFFDING.raw),
        "proved",
    ]
    for words in expected:
        assert words in flat(text)
    assert repr(HOEFFDING) == text
    assert max(map(len, text.splitlines())) <= 100


def test_markdown_and_html_hold_the_same_parts():
    markdown, html = HOEFFDING.markdown, HOEFFDING._repr_html_()
    assert markdown.startswith(f"**{HOEFFDING.report.headline}**")
    for label, _ in HOEFFDING.report.rows:
        assert f"- {label}:" in markdown
        assert f">{label}<" in html
    assert "  - [ ] the sample was not used" in markdown
    assert html.count("<tr>") == len(HOEFFDING.report.rows)


def test_html_is_escaped():
    assert "risk &lt;= 0.138702275603" in HOEFFDING._repr_html_()
    assert "<= 0.138" not in HOEFFDING._repr_html_()


def test_latex_states_the_inequality_with_its_number_and_its_source():
    assert HOEFFDING.latex.startswith(r"R \le \hat R + \sqrt{")
    assert r"\cite{Hoeffding1963}" in HOEFFDING.latex
    assert HOEFFDING._repr_latex_() == f"${HOEFFDING.latex}$"
    assert answer("chernoff_lower", **FACTS).latex.startswith(r"R \ge ")
    assert r"\le R \le" in answer("hoeffding.two_sided", **FACTS).latex


@pytest.mark.parametrize("name", ["hoeffding", "maurer_pontil_std", "clopper_pearson"])
def test_the_number_in_latex_is_rounded_to_the_safe_side(name):
    found = Answer(gb.catalogue[name], **typical(gb.catalogue[name]))
    shown = re.findall(r"(?:=|\\approx|\\le) ([0-9.]+)\\quad", found.latex)
    assert len(shown) == 1
    assert found.value <= float(shown[0]) <= found.value * (1 + 1e-5)


def test_bibtex_is_of_exactly_the_theorems_used():
    assert HOEFFDING.bibtex.count("@") == 1
    assert answer("chernoff", **FACTS).bibtex.count("@") == 2


# --- notes


@bound(FIXED._replace(surely="asymptotic"), source="Hoeffding1963, Theorem 2")
def asymptotic(empirical_risk, n, delta):
    """No guarantee."""
    return empirical_risk + sqrt(log_ratio(1, delta) / n)


@bound(
    below(FIXED),
    source="Hoeffding1963, Theorem 2",
    status="refuted",
    why="a counterexample at n = 2",
)
def refuted(empirical_risk, n, delta):
    """Kept to reproduce what was printed."""
    return empirical_risk - log_ratio(1, delta) / n


def test_every_answer_of_what_is_no_guarantee_says_so():
    assert "asymptotic: not a guarantee" in answer(asymptotic, **FACTS).notes
    found = answer(refuted, **FACTS)
    assert found.status == "refuted"
    assert "refuted: a counterexample at n = 2" in found.notes


def test_what_was_derived_is_said():
    found = answer("hoeffding", errors=100, n=1000, delta=0.05)
    assert "empirical_risk = errors / n" in found.notes


def test_a_class_travels_by_its_name_and_parameters():
    facts = {"empirical_risk": 0.1, "n": 10_000, "delta": 0.05}
    answer = gb.answer("vapnik_chervonenkis", **facts, log_growth=gb.Halfspaces(3))
    record = json.loads(json.dumps(answer.to_dict()))
    assert record["inputs"]["log_growth"] == {"class": "halfspaces", "parameters": {"dim": 3}}
    assert gb.Answer.from_dict(record).raw == answer.raw
    held = gb.answer("vapnik_chervonenkis", **facts, log_growth=gb.FiniteClass([[1, -1]]))
    with pytest.raises(ValueError, match="holds data"):
        held.to_dict()


@pytest.mark.parametrize(
    "H",
    [gb.Intersections(gb.Boxes(2), 2), gb.Union(gb.Rays(), gb.Complement(gb.Thresholds()))],
)
def test_classes_within_classes_travel_too(H):
    facts = {"empirical_risk": 0.1, "n": 10_000, "delta": 0.05}
    answer = gb.answer("vapnik_chervonenkis", **facts, log_growth=H)
    assert gb.Answer.from_dict(json.loads(json.dumps(answer.to_dict()))).raw == answer.raw
