"""Reports and tables, each format read back by what reads it."""

import csv
import html.parser
import io
import json
import math
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import genbounds as gb
from genbounds.rendering import (
    WIDTH,
    Report,
    Table,
    as_html,
    as_markdown,
    as_text,
    latex_number,
    safely_rounded,
)

FINITE = st.floats(allow_nan=False, allow_infinity=False)
REPORT = Report(
    "risk <= 0.1 & more_of_it",
    [("short", "a"), ("conditions", ["[ ] one", "[ ] two <b>"]), ("long", "word " * 60)],
)


@given(FINITE, st.integers(1, 15))
def test_rounding_goes_to_the_safe_side(value, digits):
    above, below = (Fraction(safely_rounded(value, side, digits)) for side in ("upper", "lower"))
    assert below <= Fraction(value) or below <= Fraction(repr(value))
    assert below <= Fraction(repr(value)) <= above
    assert above - below <= abs(Fraction(repr(value))) * Fraction(10) ** (1 - digits)


@pytest.mark.parametrize(
    ("value", "upper", "lower"),
    [
        (0.35897682806, "0.359", "0.3589"),
        (-0.35897682806, "-0.3589", "-0.359"),
        (0.0, "0", "0"),
        (1.0, "1", "1"),
        (123456.0, "123500", "123400"),
        (1e-7, "1e-7", "1e-7"),
        (1.23456e20, "1.235e+20", "1.234e+20"),
        (math.inf, "inf", "inf"),
        (-math.inf, "-inf", "-inf"),
        (3, "3", "3"),
    ],
)
def test_rounded_values(value, upper, lower):
    assert safely_rounded(value, "upper", 4) == upper
    assert safely_rounded(value, "lower", 4) == lower


@pytest.mark.parametrize(
    ("value", "latex"),
    [(0.35897682806, "0.358977"), (1.5e-9, r"1.5 \cdot 10^{-9}"), (math.inf, r"\infty"),
     (-math.inf, r"-\infty"), (2e20, r"2 \cdot 10^{20}"), (0.0, "0")],
)  # fmt: skip
def test_numbers_in_latex(value, latex):
    assert latex_number(value) == latex


# --- reports


def test_text_is_wrapped_under_its_label():
    lines = as_text(REPORT).splitlines()
    assert lines[0] == REPORT.headline
    assert lines[1] == ""
    assert all(len(line) <= WIDTH for line in lines)
    column = lines[2].index(" a") + 1
    assert lines[4].index("[ ] two") == column
    assert all(line[:column].strip() in ("", "short", "conditions", "long") for line in lines[2:])


def test_markdown_shows_boxes_and_escapes_markup():
    text = as_markdown(REPORT)
    assert text.startswith(r"**risk \<= 0.1 & more\_of\_it**")
    assert r"  - [ ] two \<b>" in text


class Balanced(html.parser.HTMLParser):
    """Every tag closed in order."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], []

    def handle_starttag(self, tag, attrs):
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def test_html_is_well_formed_and_escaped():
    parser = Balanced()
    parser.feed(as_html(REPORT))
    assert not parser.open
    assert REPORT.headline in parser.text
    assert "[ ] two <b>" in parser.text


# --- tables

TABLE = Table(
    ("name", "n", "risk <=", "risk >=", "plain", "sure"),
    [("a_b|c", 3, 0.123456, 0.123456, 0.123456, True), ("50% & \\x", 12, 1.0, None, 1e-9, False)],
)


def test_aligned():
    head, first, second = TABLE.render("table").splitlines()
    assert head.split() == "name n risk <= risk >= plain sure".split()
    assert first.split() == ["a_b|c", "3", "0.1235", "0.1234", "0.1235", "yes"]
    assert second.split()[-3:] == ["1", "1e-09", "no"]
    assert first.index("3") == second.index("12") + 1


def test_csv_holds_every_digit():
    rows = list(csv.DictReader(io.StringIO(TABLE.render("csv"))))
    assert rows[0]["risk <="] == "0.123456"
    assert rows[1]["name"] == "50% & \\x"
    assert rows[1]["risk >="] == ""


def test_json_is_the_records():
    assert json.loads(TABLE.render("json")) == TABLE.records()


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_json_takes_no_nan(value):
    with pytest.raises(ValueError, match="JSON"):
        Table(("x",), [(value,)]).render("json")


def test_markdown_table_has_cells_of_one_number():
    lines = TABLE.render("markdown").splitlines()
    assert {len(re.split(r"(?<!\\)\|", line)) for line in lines} == {len(TABLE.columns) + 2}
    assert lines[1] == "| " + " | ".join(["---"] * 6) + " |"


def test_latex_table_is_escaped():
    text = TABLE.render("latex")
    rows = [line for line in text.splitlines() if line.endswith(r"\\")]
    assert {len(re.split(r"(?<!\\)&", row)) for row in rows} == {len(TABLE.columns)}
    assert r"risk $\le$ & risk $\ge$" in rows[0]
    assert r"50\% \& \textbackslash{}x" in text
    assert r"a\_b|c" in text
    assert text.startswith(r"\begin{tabular}{llllll}")


def test_a_table_may_be_empty():
    empty = Table(("a", "b"), [])
    assert empty.render("table") == "a  b"
    assert json.loads(empty.render("json")) == []
    assert empty.render("csv") == "a,b"


# --- the inequality in LaTeX


@pytest.mark.parametrize(
    ("name", "facts", "start", "end"),
    [
        ("hoeffding", {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}, r"R \le \hat R",
         r"\approx 0.138703"),
        ("chernoff_lower", {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}, r"R \ge ",
         r"\approx 0.07838"),
        ("clopper_pearson.two_sided", {"errors": 3, "n": 10, "delta": 0.05},
         "0.0667395 \\le R \\le ", "0.652453"),
        ("mitchell_sample_size", {"epsilon": 0.1, "delta": 0.05, "vc_dim": 3}, r"n \ge ",
         r"\approx 1898.25"),
        ("devroye", {"errors": 1, "n": 2, "vc_dim": 2, "delta": 0.05}, r"R \le ", r"\approx 1"),
    ],
)  # fmt: skip
def test_latex_of_an_answer(name, facts, start, end):
    latex = gb.answer(name, **facts).latex
    assert latex.startswith(start)
    assert end in latex
    assert r"\quad\text{\cite{" in latex
    assert latex.count("{") == latex.count("}")
