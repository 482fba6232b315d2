"""The page on adding a bound, followed to the letter on a copy; what makes the other pages."""

import ast
import importlib
import math
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import genbounds as gb
from genbounds import classes

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "adding-a-bound.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"^(?:At the end of|Above `(?P<line>[^`]+)` in) `(?P<path>[^`]+)`:\n\n"
    r"```\w+\n(?P<block>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COMMANDS = re.compile(r"^In a terminal:\n\n```bash\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def copied(folder: Path) -> Path:
    """What a bound can touch, without what tools leave behind."""
    waste = shutil.ignore_patterns("__pycache__", ".*", "*.pyc")
    for name in ("genbounds", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=waste)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def apply(step: re.Match[str], root: Path) -> None:
    """The block where the page says, with the blank lines that anybody would leave."""
    path = root / step["path"]
    text, block = path.read_text(encoding="utf-8"), step["block"]
    if step["line"] is None:
        path.write_text(f"{text.rstrip()}\n\n\n{block}", encoding="utf-8")
        return
    places = list(re.finditer(rf"^ *{re.escape(step['line'])}", text, re.MULTILINE))
    assert len(places) == 1, f"{step['path']} has {len(places)} lines {step['line']!r}"
    gap = "\n\n" if block.startswith("def ") else ""
    start = places[0].start()
    path.write_text(text[:start] + block + gap + text[start:], encoding="utf-8")


def run(command: str, root: Path) -> str:
    words = shlex.split(command)
    assert words[0] == "python"
    done = subprocess.run(
        [sys.executable, *words[1:]], cwd=root, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def test_a_newcomer_adds_a_bound(tmp_path):
    root = copied(tmp_path)
    steps = list(STEP.finditer(PAGE))
    for step in steps:
        apply(step, root)
    touched = {step["path"] for step in steps}
    assert touched == {
        "genbounds/bounds/variance.py",
        "genbounds/references.bib",
        "tests/bounds/test_variance.py",
        "tests/reference/make_variance.py",
    }
    printed = [run(line, root) for line in COMMANDS.findall(PAGE)[0].splitlines()]
    assert re.search(r"\d+ passed", printed[1])
    assert "Cantelli1928" in printed[2]


def test_the_example_is_not_in_the_catalogue_yet():
    assert "def cantelli" not in (ROOT / "genbounds" / "bounds" / "variance.py").read_text()


FORMS = [
    block
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    if "NAME" in block
]


@pytest.mark.parametrize("block", FORMS, ids=["bound", "test"])
def test_the_empty_forms_are_python(block):
    ast.parse(block)


def test_the_floors_of_the_page_are_those_of_the_house():
    """`docs/design.md` names every unit of the package, on its floor in `tests/test_floors.py`."""
    text = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| (.+?) \|", text, re.MULTILINE)
    declared = ast.parse((ROOT / "tests" / "test_floors.py").read_text(encoding="utf-8"))
    floors = next(
        ast.literal_eval(node.value)
        for node in declared.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "FLOORS"
    )
    shown = {
        int(floor): {re.sub(r"\.py$|/$", "", name) for name in re.findall(r"`(.+?)`", files)}
        for floor, files in rows
    }
    wanted = {floor: set(units.split()) - {"__main__"} for floor, units in floors.items()}
    assert shown == {floor: units for floor, units in wanted.items() if units}


@pytest.fixture
def made(monkeypatch):
    """The modules of `docs/` that write pages, by name."""
    monkeypatch.syspath_prepend(ROOT / "docs")
    return importlib.import_module


def test_every_family_has_a_title_and_a_card_for_each_bound(made, tmp_path):
    cards = made("cards")
    assert set(cards.TITLES) == set(gb.catalogue.families)
    cards.write_catalogue(tmp_path)
    for family, names in gb.catalogue.families.items():
        page = (tmp_path / f"{family}.md").read_text(encoding="utf-8")
        assert re.findall(r"^## `(\w+)`$", page, re.MULTILINE) == list(names)
        rows = re.findall(r"^\|.*$", page, re.MULTILINE)
        assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}


def test_every_class_has_a_group_and_an_example(made):
    page, known = made("class_cards"), classes.names()
    assert page.OTHERS not in page.grouped(known)
    assert sum(map(len, page.grouped(known).values())) == len(known)
    for name, kind in known.items():
        assert type(page.instance(name, kind)) is kind


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("stumps", ["VC 6", "162", "exact"]),
        ("boxes", ["VC 6", "539 to 716", "few points"]),
        ("sines", ["VC ∞", "1024", "few points"]),
        ("linear-ball", ["pseudo 3", "", "exact"]),
        ("linear-multiclass", ["Natarajan 4 to 6", "", ""]),
        ("loss-constrained", ["", "", "upper"]),
    ],
)
def test_the_table_of_classes_says_what_the_examples_answer(made, name, cells):
    row = made("class_cards").row(name, classes.named(name))
    assert [cell.strip() for cell in row.split("|")[2:5]] == cells


def test_every_card_has_a_picture_or_says_why_not(made):
    plots = made("card_plots")
    for name in gb.catalogue:
        shown = plots.picture(gb.catalogue[name])
        if shown.startswith("No picture: "):
            continue
        assert "\n\n" not in shown  # Markdown ends a block of HTML at an empty line
        figure = ElementTree.fromstring(shown)
        for curve in figure.iterfind(".//polyline[@class='line']"):
            points = [tuple(map(float, pair.split(","))) for pair in curve.get("points").split()]
            assert points
            assert all(0 <= x <= 460 and 0 <= y <= 210 for x, y in points)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("simon", "a rate without constants has no number"),
        ("betting", "its value depends on all of `losses`, not on one number"),
    ],
)
def test_what_is_no_curve_says_so(made, name, reason):
    assert made("card_plots").picture(gb.catalogue[name]) == f"No picture: {reason}.\n"


def test_the_picture_of_hoeffdings_inequality_is_its_formula(made):
    curves = made("card_plots").found(gb.catalogue["hoeffding"])
    assert curves.variable.name == "n"
    assert curves.facts == {"empirical_risk": "0.1"}
    for delta, row in curves.rows.items():
        wanted = [0.1 + math.sqrt(math.log(1 / delta) / (2 * n)) for n in curves.at]
        assert list(row) == pytest.approx(wanted, rel=1e-12)


def test_a_power_of_n_is_a_straight_line(made):
    chart = made("small_svg").Chart([10.0, 100.0, 1000.0], scale="n")
    chart.add([1.0, 0.1, 0.01], "")
    figure = ElementTree.fromstring(chart.svg("1/n"))
    line = figure.find("./polyline[@class='line']").get("points").split()
    (a, b), (c, d), (e, f) = (tuple(map(float, pair.split(","))) for pair in line)
    assert (c - a, d - b) == pytest.approx((e - c, f - d), abs=0.11)
    labels = [text.text for text in figure.iterfind("./text")]
    assert labels[:6] == ["10", "100", "1e3", "0.01", "0.1", "1"]


@pytest.mark.parametrize(
    ("low", "high", "logarithmic", "wanted"),
    [
        (0.001, 1, True, [0.001, 0.01, 0.1, 1]),
        (0.2, 3, True, [0.2, 0.5, 1, 2]),
        (0.0, 1.0, False, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-0.5, 7.0, False, [0, 2, 4, 6]),
    ],
)
def test_the_ticks_of_an_axis_are_round_numbers(made, low, high, logarithmic, wanted):
    assert made("small_svg").ticks(low, high, logarithmic) == pytest.approx(wanted)


def test_labels_keep_apart_and_in_order(made):
    moved = made("small_svg").apart([50.0, 48.0, 120.0], 13)
    assert moved == [61.0, 48.0, 120.0]


def test_a_card_says_the_slack_that_was_measured(made):
    """The sentence and the page made of the same campaign have the same number."""
    cards = made("cards")
    page = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
    printed = dict(re.findall(r"^\| `(\w+)`[^|]* \| ([\d.]+) \|", page, re.MULTILINE))
    assert len(printed) > 250
    for name, value in printed.items():
        said = cards.slack(gb.catalogue[name]).replace("no part of", "0.0 of")
        number = re.search(r"(\S+) (?:times|of the radius)", said)[1]
        assert float(number) == pytest.approx(float(value), abs=5.1e-5, rel=5.1e-4)
    assert cards.slack(gb.catalogue["wald"]).startswith("no factor")
    assert cards.slack(gb.catalogue["mcallester_dropout"]).startswith("no part of the radius")
    assert cards.slack(gb.catalogue["simon"]).startswith("not measured: a rate")


def test_the_api_names_everything_public():
    """Hypothesis classes have cards; the catalogue and the modules of bounds are in the prose."""
    page = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    named = re.findall(r"^\.\. auto\w+:: genbounds\.(\S+)$", page, re.MULTILINE)
    assert len(named) == len(set(named))
    cards = {kind.__name__ for kind in classes.names().values()}
    assert set(gb.__all__) - cards - {"catalogue", "bounds"} <= set(named)
    for name in named:
        module, _, attribute = name.rpartition(".")
        home = importlib.import_module(f"genbounds.{module}") if module else gb
        assert getattr(home, attribute).__doc__


def test_a_docstring_is_read_as_plain_text(made):
    escaped = made("executed").escaped
    assert escaped("|x| * 2 is `|x| * 2`, given_") == r"\|x\| \* 2 is `|x| * 2`, given\_"
    assert escaped("    >>> f(**facts)") == "    >>> f(**facts)"


def test_the_build_notices_an_output_that_is_not_current(made):
    page = "```pycon\n>>> 1 + 1\n{}\n>>> 'end'\n'end'\n```\n"
    assert made("executed").fresh(page.format(2)) == (page.format(2), "")
    assert made("executed").fresh(page.format(3)) == (page.format(2), "'3' is now '2'")


START = sorted((ROOT / "docs" / "start").glob("*.md"))


@pytest.mark.parametrize("path", START, ids=lambda path: path.name)
def test_the_first_pages_lead_somewhere(path):
    text = path.read_text(encoding="utf-8")
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    links = re.findall(r"\]\(([^)#\s]+)", prose)
    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []
    shown = re.findall(r"<\.\./examples/(\w+)>`", prose)
    assert [name for name in shown if not (ROOT / "docs" / "gallery" / f"{name}.py").exists()] == []


GALLERY = sorted((ROOT / "docs" / "gallery").glob("plot_*.py"))
PUBLISHED = {
    "plot_four_bounds": [
        "vapnik_chervonenkis       452,957",
        "abu_mostafa_rademacher    138,886",
        "parrondo_van_den_broeck    47,830",
        "devroye                    43,655",
        "n = 9: devroye takes the place of parrondo_van_den_broeck",
    ],
    "plot_published_certificate": ["excess by Pinsker  1.3523"],
    "plot_certify_a_model": ["True\nFalse\nseal: "],
    "plot_test_set_size": ["at most 5.0%: 59 points without an error"],
}
"""What other people have printed, or what must be so, in the output of an example."""


@pytest.mark.slow
@pytest.mark.parametrize("path", GALLERY, ids=lambda path: path.stem)
def test_an_example_of_the_gallery_runs(path):
    environment = os.environ | {"MPLBACKEND": "agg", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-W", "error", path], env=environment, capture_output=True, text=True,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert [line for line in PUBLISHED.get(path.stem, []) if line not in done.stdout] == []
    if path.stem == "plot_published_certificate":
        assert (done.stdout.count(": reproduces"), done.stdout.count("does not")) == (4, 2)
