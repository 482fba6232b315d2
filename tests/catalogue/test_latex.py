"""LaTeX of every bound: it parses, and names every argument."""

import re

import pytest
from matplotlib.mathtext import MathTextParser

from genbounds.variables import VARIABLES
from tests.catalogue.draws import BOUNDS

COMMANDS = set(
    """
    frac sqrt left right ln log hat max min mathrm mathcal delta varepsilon rho eta gamma
    alpha beta sigma pi Pi zeta sum overline underline lfloor rfloor lceil rceil quad cdot ge
    le exp forall mathbb Phi lambda kappa tilde ell mathfrak Lambda Gamma epsilon
    phi prod int tanh cosh xi theta mu chi
    """.split()
)


def formulas(bound) -> list[str]:
    found = [bound.latex, *bound.latex_needs]
    if bound.additive and bound.status != "order":
        found.append(bound.gap.latex)
    return found


def balanced(source: str) -> bool:
    """Braces and \\left \\right delimiters close in order; escaped braces are delimiters."""
    plain = re.sub(r"\\[{}]", "", source)
    depth = 0
    for character in plain:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0 and source.count(r"\left") - source.count(r"\leftarrow") == source.count(
        r"\right"
    )


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_latex_is_balanced_and_free_of_python(bound):
    for source in formulas(bound):
        assert source.strip()
        assert balanced(source), source
        for word in ("**", "None", "object", "lambda:", "nan", "inf"):
            assert word not in source, source


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_latex_uses_known_commands(bound):
    for source in formulas(bound):
        assert set(re.findall(r"\\([a-zA-Z]+)", source)) <= COMMANDS, source


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_latex_is_parsed(bound):
    parser = MathTextParser("path")
    for source in formulas(bound):
        parser.parse(f"${spelled_for_mathtext(source)}$")


def spelled_for_mathtext(source: str) -> str:
    """mathtext lacks some of LaTeX's synonyms and wants an argument in braces."""
    spelled = re.sub(r"\\(le|ge)(?![a-z])", r"\\\1q", source)
    return re.sub(r"\\(mathcal|mathfrak|hat|tilde) (\w)", r"\\\1{\2}", spelled)


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_latex_names_every_argument(bound):
    whole = " ".join(formulas(bound))
    for name in bound.arguments:
        assert VARIABLES[name].latex in whole, name


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_every_need_is_printed(bound):
    assert len(bound.latex_needs) == len(bound.needs)
    for need in bound.latex_needs:
        assert any(sign in need for sign in (r"\le", r"\ge", "<", ">")), need


def test_the_checker_sees_what_is_wrong():
    assert not balanced(r"\frac{1}{2")
    assert not balanced(r"}{")
    assert not balanced(r"\left(x")
    assert balanced(r"\left\{x\right\}")
