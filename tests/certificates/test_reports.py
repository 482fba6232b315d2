"""One page each in Markdown, LaTeX and HTML: whole, escaped, and referring to nothing elsewhere."""

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from genbounds.certificates import certify, cross_validation
from genbounds.certificates.reports import tex

EVIL = "<script>alert(1)</script> [x](javascript:y) 50%_a & #1 \\input{x} $z^2$ ~|`*"
PLAIN = certify([0, 1, 0, 0], y=[0, 0, 0, 0], side="both", name="a rule")
NASTY = certify({EVIL: [0, 1], "日本 é": [0, 0]}, y=[0, 0], groups={"<b>": [True, False]})
FOLDS = cross_validation(errors=[1, 2], n=[30, 30])
ALL = pytest.mark.parametrize("found", [PLAIN, NASTY, FOLDS], ids=["plain", "nasty", "folds"])


class Page(HTMLParser):
    """Tags that open and close, and the text between them."""

    void = ("meta", "br")

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.links, self.said = [], set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.links += [value for name, value in attributes if name in ("src", "href")]
        if tag not in self.void:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.said.append(data)


@ALL
def test_html_is_whole_and_escaped(found):
    page = Page(found.html)
    assert page.open == [] and page.links == [] and "script" not in page.tags
    text = " ".join(page.said)
    assert found.seal in text and found.sentence in text
    assert all(condition in text for condition in found.conditions)
    assert "url(" not in found.html and "http" not in found.html


@ALL
def test_a_notebook_shows_the_statements(found):
    page = Page(found._repr_html_())
    assert page.open == [] and "table" in page.tags
    for statement in found.statements:
        assert statement.subject in " ".join(page.said)


def without_commands(source):
    """The text of a LaTeX source without its commands and escapes."""
    return re.sub(r"\\(?:[a-zA-Z]+\*?|.)", "", source)


@ALL
def test_latex_is_balanced_and_needs_no_package(found):
    source = found.latex
    assert "usepackage" not in source and source.startswith(r"\documentclass")
    bare = without_commands(source)
    assert bare.count("{") == bare.count("}")
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert not set("%#$_^~") & set(bare)
    assert source.count(r"\begin{") == source.count(r"\end{") == 3
    body = source[source.index(r"\hline") : source.rindex(r"\hline")]
    columns = len(found.table.columns)
    for row in body.split(r"\\")[:-1]:
        assert len(re.findall(r"(?<!\\)&", row)) == columns - 1


def test_letters_beyond_latin_1_are_written_by_their_code():
    assert tex("日é") == "U+65E5é"
    assert all(ord(sign) <= 0xFF for sign in NASTY.latex)
    assert r"\input{" not in NASTY.latex


def test_relations_are_written_as_such():
    assert tex("risk <= 0.1, risk >= 0") == (
        r"risk \ensuremath{\leq} 0.1, risk \ensuremath{\geq} 0"
    )


def test_it_compiles(tmp_path):
    """By LaTeX itself, where it is installed; without any package, on one page."""
    program = shutil.which("pdflatex")
    if program is None:
        pytest.skip("needs pdflatex")
    for i, found in enumerate((PLAIN, NASTY, FOLDS)):
        path = tmp_path / f"page{i}.tex"
        found.save(path)
        words = [program, "-interaction=nonstopmode", "-halt-on-error", path.name]
        ran = subprocess.run(words, cwd=tmp_path, capture_output=True, check=False)
        assert ran.returncode == 0 and b"(1 page" in ran.stdout


def test_long_words_may_be_broken():
    assert tex("a" * 64) == "a" * 32 + r"\discretionary{}{}{}" + "a" * 32


@ALL
def test_markdown_is_escaped(found):
    page = found.markdown
    assert page.startswith("# ") and found.seal in page
    assert "<script" not in page.replace(r"\<script", "")
    assert "[x](" not in page.replace(r"\[x](", "")
    assert page.count("- [ ] ") == len(found.conditions)
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    assert len(rows) == len(found.statements) + 2
    bars = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}
    assert bars == {len(found.table.columns) + 1}


@ALL
def test_text_for_a_terminal(found):
    lines = found.text.splitlines()
    assert found.seal in found.text and "conditions" in found.text
    words = [line for line in lines if len(line) > 100]
    assert all("SHA" in line or found is NASTY for line in words)


def test_the_page_says_what_is_certified():
    for page in (PLAIN.html, PLAIN.markdown, PLAIN.latex, PLAIN.text):
        flat = " ".join(page.split())
        for part in ("a rule", "ClopperPearson1934", "0.05", "genbounds verify"):
            assert part in flat
