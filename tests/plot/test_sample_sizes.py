"""Contours of sample sizes: each point of a line needs the n that its label says."""

import math

import numpy as np
import pytest

import genbounds as gb
from genbounds.plot import SampleSizeDisplay
from genbounds.plot.sample_sizes import NOTHING

EPSILON, DELTA = np.logspace(-2, -0.5, 25), np.logspace(-6, -1, 20)


def hoeffding(epsilon, delta):
    """ln(1/delta) / (2 epsilon^2), what the bound needs at least."""
    return math.log(1 / delta) / (2 * epsilon**2)


@pytest.fixture(scope="module")
def display():
    return SampleSizeDisplay.from_comparison(
        gb.compare(["hoeffding"], epsilon=EPSILON, delta=DELTA)
    )


def test_sizes_are_the_closed_form_rounded_up(display):
    expected = [[math.ceil(hoeffding(e, d)) for d in DELTA] for e in EPSILON]
    assert display.sizes == pytest.approx(np.array(expected, float), abs=1)


def test_contours_pass_where_their_size_is_needed(display):
    from matplotlib.contour import ContourSet

    axes = display.plot().ax_
    (contours,) = [found for found in axes.collections if isinstance(found, ContourSet)]
    assert len(contours.levels) >= 3
    for level, path in zip(contours.levels, contours.get_paths(), strict=True):
        for epsilon, delta in path.vertices[1:-1:5]:
            assert math.log10(hoeffding(epsilon, delta)) == pytest.approx(level, abs=0.08)


def test_labels_name_their_sizes(display, legible):
    shown = legible(display.plot().ax_)
    assert "n = 1000" in shown and "n = $10^{4}$" in shown


def test_where_no_size_is_enough_it_says_so():
    found = SampleSizeDisplay(
        axes=("epsilon", "delta"), x=EPSILON, y=DELTA, heading="Samples",
        sizes=np.where(EPSILON[:, None] < 0.05, math.inf, 100 / EPSILON[:, None] + 0 * DELTA),
    ).plot()  # fmt: skip
    ((x, _),) = [t.get_position() for t in found.ax_.texts if t.get_text() == NOTHING]
    assert x < 0.05
    assert f". {NOTHING} (" in found.text


def test_nothing_finite_is_no_error():
    sizes = np.full((len(EPSILON), len(DELTA)), math.inf)
    found = SampleSizeDisplay(axes=("epsilon", "delta"), x=EPSILON, y=DELTA, sizes=sizes).plot()
    assert NOTHING in [text.get_text() for text in found.ax_.texts]


def test_one_cell_shows_its_number():
    found = gb.compare(["hoeffding"], epsilon=[0.1], delta=[0.05])
    texts = [text.get_text() for text in SampleSizeDisplay.from_comparison(found).plot().ax_.texts]
    assert texts == [f"n = {math.ceil(hoeffding(0.1, 0.05))}"]


def test_given_n_is_no_question():
    with pytest.raises(ValueError, match="leave it out"):
        SampleSizeDisplay.from_comparison(gb.compare(["hoeffding"], n=[9, 99], delta=0.1))
    with pytest.raises(ValueError, match="as an array"):
        SampleSizeDisplay.from_comparison(gb.compare(["hoeffding"], epsilon=0.1, delta=0.1))
