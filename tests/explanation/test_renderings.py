"""Text, Markdown, LaTeX and HTML say the same and are well formed."""

import re
from html.parser import HTMLParser

import pytest

from genbounds.explanation import explain
from tests.catalogue.draws import BOUNDS, typical
from tests.catalogue.test_latex import balanced

FACTS = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}
STYLES = ("text", "markdown", "latex")


def flat(text):
    return " ".join(re.sub(r"[\\$]", "", text).split())


@pytest.mark.parametrize("style", STYLES)
def test_every_part_is_in_every_style(style):
    found = explain("hoeffding", **FACTS)
    text = flat(getattr(found, style))
    for part in (found.verdict, "mean loss on the sample", *found.silent_about):
        assert flat(part) in text
    for question in found.questions:
        assert flat(question.text) in text
    for step in found.steps:
        assert step.shown in text
    assert "Hoeffding1963" in text


def test_lines_fit_a_terminal():
    assert max(map(len, explain("hoeffding", **FACTS).text.split("\n"))) <= 88


def test_the_text_begins_with_the_verdict_and_repr_is_the_text():
    found = explain("hoeffding", **FACTS)
    assert found.text.startswith("With probability at least 95%, the true risk is at most 0.1388.")
    assert repr(found) == found.text


class Tags(HTMLParser):
    """The tags that are open."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_markup_is_well_formed(bound):
    facts = {} if bound.status == "order" else typical(bound)
    found = explain(bound, **facts)
    tags = Tags()
    tags.feed(found._repr_html_())
    assert tags.open == []
    assert found.verdict in tags.text
    assert balanced(re.sub(r"\\(begin|end)\{\w+\}(\{lll\})?", "", found.latex))
    assert len(re.findall(r"\\begin", found.latex)) == len(re.findall(r"\\end\{", found.latex))
    rows = [line for line in found.markdown.split("\n") if line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in rows), rows
    assert found.markdown.count("```") == 2


def test_conditions_are_boxes_to_tick_in_markdown():
    assert "- [ ] Was the sample used" in explain("hoeffding").markdown


def test_signs_of_markup_are_escaped():
    text = explain("chernoff", **FACTS).markdown
    assert "empirical\\_risk" in text
    assert "kl(q||p) \\<= c" in text
