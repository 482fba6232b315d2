"""Displays: drawn where they are told, written as the path ends, nothing lost, nothing leaked."""

import math
import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import genbounds as gb
from genbounds import plot
from genbounds.referee.searching import Search
from genbounds.referee.slacks import Slack

ROOT = Path(__file__).parents[2]
SIGNATURES = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


def slacks():
    searched = Search([], 0, 0, (), 0.0)
    values = {"hoeffding": 0.9, "wald": math.inf}
    return [Slack(gb.catalogue[k], 0.05, v, Fraction(0), None, searched) for k, v in values.items()]


def display(**style):
    return plot.SlackDisplay.from_slacks(slacks(), **style)


@pytest.mark.parametrize("ending", SIGNATURES)
def test_files_are_what_their_ending_says_and_the_same_each_time(tmp_path, ending):
    first, second = (tmp_path / f"{name}.{ending}" for name in "ab")
    display().save(first)
    display().save(second)
    assert first.read_bytes().startswith(SIGNATURES[ending])
    assert first.read_bytes() == second.read_bytes()


def test_a_file_is_replaced_only_on_demand(tmp_path):
    path = tmp_path / "picture.png"
    path.write_text("mine")
    with pytest.raises(FileExistsError, match="overwrite=True"):
        display().save(path)
    assert path.read_text() == "mine"
    assert display().save(path, overwrite=True).figure_ is not None
    assert path.read_bytes()[:4] == SIGNATURES["png"]


@pytest.mark.parametrize("name", ["x.gif", "x", "x.png.txt"])
def test_other_endings_are_refused(tmp_path, name):
    with pytest.raises(ValueError, match=r"\.png, \.svg, \.pdf"):
        display().save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(FileNotFoundError, match="no folder"):
        display().save(tmp_path / "nowhere" / "x.png")


def test_a_figure_of_its_own_is_as_wide_as_asked_and_shows_in_a_notebook():
    drawn = display(width=5).plot()
    assert drawn.figure_.get_figwidth() == 5
    assert drawn.ax_.figure is drawn.figure_
    assert display()._repr_png_()[:4] == SIGNATURES["png"]


def test_given_axes_are_drawn_into_and_shown_by_their_owner():
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3))
    axes = figure.subplots()
    drawn = display()
    assert drawn.plot(axes) is drawn
    assert drawn.ax_ is axes and drawn.figure_ is figure
    assert [bar.get_width() for bar in axes.patches] == [axes.get_xlim()[1], 0.9]
    assert drawn._repr_png_() is None


def test_several_axes_are_too_many():
    from matplotlib.figure import Figure

    with pytest.raises(ValueError, match="ax must be one Axes"):
        display().plot(Figure().subplots(1, 2))


def test_a_title_of_ones_own():
    assert display(title="Mine").plot().ax_.get_title(loc="left") == "Mine"
    assert display(title="Mine").text.startswith("Mine\n")


@pytest.mark.parametrize("width", [0, 2.9, 41, math.nan])
def test_impossible_widths(width):
    with pytest.raises(ValueError, match=r"width must be in \[3, 40\]"):
        display(width=width)


def test_without_matplotlib_the_extra_is_named_and_text_remains(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r"genbounds\[plot\]"):
        display().plot()
    assert "hoeffding" in display().text


def test_no_window_no_list_of_figures():
    """pyplot is what keeps figures and opens windows; nothing here loads it."""
    code = (
        "import sys, genbounds as gb\n"
        "from genbounds.plot import BoundsDisplay\n"
        "assert 'matplotlib' not in sys.modules\n"
        "BoundsDisplay.from_comparison(gb.compare(['hoeffding'], n=[9, 99], delta=.1)).plot()\n"
        "assert 'matplotlib' in sys.modules and 'matplotlib.pyplot' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_no_other_file_imports_matplotlib():
    uses = re.compile(r"^\s*(?:import|from) matplotlib", re.MULTILINE)
    package = ROOT / "genbounds"
    found = [p for p in package.rglob("*.py") if uses.search(p.read_text(encoding="utf-8"))]
    assert found
    assert {p.parent for p in found} == {package / "plot"}
