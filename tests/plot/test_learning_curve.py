"""Learning curves: errors and limits where the result has them."""

import pytest

from genbounds.learning import LearningCurve
from genbounds.plot import LearningCurveDisplay

CURVE = LearningCurve(
    sizes=(20, 50, 200), training=(0.0, 0.02, 0.05), held_out=(0.2, 0.12, 0.1), n_test=100,
    lower=(0.1, 0.05, 0.04), upper=(0.33, 0.22, 0.2), class_upper=(1.0, 0.9, 0.6),
    theorems=("a", "a", "b"), delta=0.05, estimator="Tree()", hypothesis_class="trees", seed=0,
)  # fmt: skip


def test_every_curve_is_drawn():
    axes = LearningCurveDisplay.from_curve(CURVE).plot().ax_
    drawn = {tuple(line.get_ydata()) for line in axes.lines if len(line.get_xdata()) == 3}
    assert drawn == {CURVE.training, CURVE.held_out, CURVE.lower, CURVE.upper, CURVE.class_upper}


def test_the_title_says_delta_and_who():
    title = LearningCurveDisplay.from_curve(CURVE).heading
    assert "Tree()" in title and "delta = 0.05, half for the class" in title


@pytest.mark.parametrize("width", [8.8, 4])
def test_words_can_be_read(width, legible):
    display = LearningCurveDisplay.from_curve(CURVE, width=width)
    shown = {word.replace("\n", " ") for word in legible(display.plot().ax_)}
    assert {"held-out error", "training error", "upper limit, class"} <= shown


def test_text_names_every_curve():
    shown = LearningCurveDisplay.from_curve(CURVE).text
    assert "A held-out error" in shown and "E upper limit, class" in shown
    assert all(len(line) <= 80 for line in shown.splitlines())
