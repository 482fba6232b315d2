"""A complexity beside its upper bounds: the numbers of both, and nothing that is no comparison."""

import numpy as np
import pytest

import genbounds as gb
from genbounds.plot import RademacherDisplay

X = np.random.default_rng(0).normal(size=(40, 2))
H = gb.Halfspaces(2)
ABOVE = gb.complexity_bounds(H, X)


def points(axes):
    return [float(line.get_xdata()[0]) for line in axes.lines if len(line.get_xdata()) == 1]


def test_dots_are_the_bounds_in_their_order():
    found = gb.rademacher(H, X, draws=200, rng=0)
    axes = RademacherDisplay.from_estimate(found, ABOVE).plot().ax_
    assert points(axes) == pytest.approx([found.value, *(row.value for row in ABOVE.rows)])
    names = [label.get_text().split(",")[0] for label in axes.get_yticklabels()]
    assert names == ["complexity", *(row.bound for row in ABOVE.rows)]
    assert "delta = 0.05" in axes.get_title(loc="left")


def test_the_interval_is_the_certified_one():
    found = gb.rademacher(H, X, draws=200, rng=0)
    axes = RademacherDisplay.from_estimate(found, ABOVE).plot().ax_
    (caps,) = [line for line in axes.lines if len(line.get_xdata()) == 2]
    assert caps.get_xdata() == pytest.approx([found.lower, found.upper])
    assert found.lower < found.value < found.upper


def test_a_search_has_no_upper_end():
    found = gb.rademacher(H, X, method="search", rng=0)
    axes = RademacherDisplay.from_estimate(found).plot().ax_
    (note,) = [text.get_text() for text in axes.texts]
    assert note.startswith("at least ")
    assert float(note.split()[-1]) <= found.lower
    (bar,) = [c for c in axes.collections if c.get_color()[0][2] != c.get_color()[0][0]]
    assert bar.get_segments()[0][-1][0] == pytest.approx(axes.get_xlim()[1])


def test_an_exact_value_is_a_point():
    found = gb.rademacher(gb.Thresholds(), np.arange(20), method="exact")
    display = RademacherDisplay.from_estimate(
        found, gb.complexity_bounds(gb.Thresholds(), range(20))
    )
    assert display.rows[0].row.low is None and display.rows[0].row.high is None
    assert display.rows[0].row.note.endswith(", exact")
    assert len(points(display.plot().ax_)) == len(display.rows)


@pytest.mark.parametrize("width", [8.8, 4])
def test_words_can_be_read(width, legible):
    found = gb.rademacher(H, X, draws=50, rng=0)
    legible(RademacherDisplay.from_estimate(found, ABOVE, width=width).plot().ax_)


def test_other_functions_points_and_conventions_are_refused():
    found = gb.rademacher(H, X, draws=10, rng=0)
    for other, complaint in [
        (found.losses, "not of losses"),
        (found.twice, "not 2/n"),
        (gb.gaussian_complexity(H, X, draws=10, rng=0), "not on Gaussian"),
        (gb.rademacher(H, X[:9], draws=10, rng=0), "on 9 points, the bounds on 40"),
        (gb.rademacher(gb.Stumps(2), X, draws=10, rng=0), "Stumps"),
    ]:
        with pytest.raises(ValueError, match=complaint):
            RademacherDisplay.from_estimate(other, ABOVE)


def test_text_has_a_row_for_each():
    found = gb.rademacher(H, X, draws=50, rng=0)
    shown = RademacherDisplay.from_estimate(found, ABOVE).text
    assert all(row.bound in shown for row in ABOVE.rows)
    assert all(len(line) <= 80 for line in shown.splitlines())
