"""Curves of bounds: what is drawn is what the comparison says, and every word can be read."""

import math
from types import SimpleNamespace

import numpy as np
import pytest

import genbounds as gb
from genbounds.plot import BoundsDisplay, RatioDisplay, SampleSizeDisplay, display_of
from genbounds.plot.bounds import VACUOUS, CurvesDisplay
from genbounds.plot.labels import folded
from genbounds.plot.style import looks

N = np.unique(np.floor(np.logspace(1, 6, 60)))
NAMES = ["mohri", "vapnik_confidence", "vapnik_chervonenkis", "parrondo_van_den_broeck"]


@pytest.fixture(scope="module")
def vc():
    return gb.compare(NAMES, n=N, vc_dim=10, delta=0.05)


def curves_of(axes, x):
    return [line for line in axes.lines if len(line.get_xdata()) == len(x)]


def test_curves_are_the_formulas(vc):
    axes = BoundsDisplay.from_comparison(vc).plot().ax_
    drawn = curves_of(axes, N)
    assert len(drawn) == len(NAMES)
    for name, line in zip(vc.names, drawn, strict=True):
        assert line.get_xdata() == pytest.approx(N)
        expected = [gb.catalogue[name].gap(n=int(n), vc_dim=10, delta=0.05) for n in N]
        assert line.get_ydata() == pytest.approx(expected, rel=1e-12)
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")
    assert axes.get_xlabel() == "sample size n"


def test_the_title_says_side_and_delta(vc):
    title = BoundsDisplay.from_comparison(vc).plot().ax_.get_title(loc="left").replace("\n", " ")
    assert "Upper bounds on" in title
    assert "delta = 0.05 for each by itself" in title
    assert "vc_dim = 10" in title
    shared = gb.compare(NAMES, n=N, vc_dim=10, delta=0.05, split=True)
    assert "delta = 0.05 shared by all" in BoundsDisplay.from_comparison(shared).words


def test_the_vacuous_region_begins_where_nothing_is_said(vc):
    display = BoundsDisplay.from_comparison(vc).plot()
    (span,) = [patch for patch in display.ax_.patches if patch.get_height() > 0]
    assert span.get_y() == vc.trivial == 1
    assert span.get_y() + span.get_height() == pytest.approx(display.ax_.get_ylim()[1])
    assert VACUOUS in [text.get_text() for text in display.ax_.texts]


def test_crossings_stand_on_the_curve_at_their_exact_place():
    """Parrondo and van den Broeck's bound is the smaller until n = 8, Devroye's from 9 on."""
    found = gb.compare(["devroye", "parrondo_van_den_broeck"], n=range(1, 101), vc_dim=50,
                       delta=0.05, growth="polynomial")  # fmt: skip
    axes = BoundsDisplay.from_comparison(found).plot().ax_
    (circle,) = [line for line in axes.lines if line.get_markerfacecolor() == "none"]
    height = gb.catalogue["devroye"].gap(n=9, vc_dim=50, delta=0.05, growth="polynomial")
    assert circle.get_xdata()[0] == 9
    assert circle.get_ydata()[0] == pytest.approx(height, rel=1e-12)
    assert "n = 9" in [text.get_text() for text in axes.texts]


def test_ratios_are_those_to_the_smallest(vc):
    axes = RatioDisplay.from_comparison(vc).plot().ax_
    values = {k: np.array([gb.catalogue[k].gap(n=int(n), vc_dim=10, delta=0.05) for n in N])
              for k in NAMES}  # fmt: skip
    least = np.min(list(values.values()), axis=0)
    for name, line in zip(vc.names, curves_of(axes, N), strict=True):
        assert line.get_ydata() == pytest.approx(values[name] / least, rel=1e-9)


def test_scalars_are_rows_the_tightest_on_top():
    facts = {"n": 20, "empirical_risk": 0.9, "delta": 0.05}
    found = gb.compare(["hoeffding", "chernoff"], **facts)
    display = display_of(found).plot()
    rows = [label.get_text() for label in display.ax_.get_yticklabels()]
    heights = dict(zip(display.ax_.get_yticks(), rows, strict=True))
    assert [heights[y] for y in sorted(heights, reverse=True)] == list(found.names)
    assert gb.catalogue["hoeffding"](**facts) > 1 > gb.catalogue["chernoff"](**facts)
    notes = [text.get_text() for text in display.ax_.texts]
    assert ["vacuous" in note for note in notes[:2]] == [name == "hoeffding" for name in rows]


def test_what_is_not_proved_is_marked():
    bound = gb.catalogue["wald"]
    found = SimpleNamespace(**{
        "names": ("wald",), "bounds": (SimpleNamespace(name="wald", status="printed"),),
        "axes": {"n": N}, "raw": {"wald": 1 / N}, "facts": {"delta": 0.1}, "kind": "gap",
        "side": "upper", "trivial": 1.0, "crossings": (), "split": False,
        "vacuous": {"wald": N < 1}, "question": bound.claim,
    })  # fmt: skip
    assert list(BoundsDisplay.from_comparison(found).curves) == ["wald (printed)"]


def test_two_axes_are_another_picture():
    found = gb.compare(["mohri"], n=[10, 100], vc_dim=[1, 2], delta=0.1)
    with pytest.raises(ValueError, match=r"n, vc_dim: use WinnersDisplay"):
        BoundsDisplay.from_comparison(found)
    with pytest.raises(ValueError, match="as an array"):
        RatioDisplay.from_comparison(gb.compare(["mohri"], n=10, vc_dim=1, delta=0.1))


def drawn(curves, x=N, **facts):
    return CurvesDisplay(
        axis="n", x=np.asarray(x, float), y_label="risk at most", heading="Upper bounds; delta = 1",
        curves={name: np.asarray(y, float) for name, y in curves.items()}, **facts,
    )  # fmt: skip


LONG = "a_rather_long_name_of_a_bound_{}_with_radius"
AWKWARD = {
    "one": {"a": 1 / N},
    "fourteen": {LONG.format(k): np.sqrt((1 + k) / N) for k in range(14)},
    "fourteen equal": {f"bound_{k}": np.sqrt(1 / N) for k in range(14)},
    "all vacuous": {k: i + 2 + np.sqrt(300 / N) for i, k in enumerate("abc")},
    "infinite": {"a": 1 / N, "b": N * math.inf, "c": np.where(N > 1000, 0.5, math.inf)},
    "nothing finite": {"a": N * math.inf, "b": N * math.inf},
    "tiny range": {"a": 0.12 + 1e-8 / N, "b": 0.12 + 1e-7 + 0 * N},
    "constant": {"a": 0.5 + 0 * N, "b": 0 * N},
    "huge": {"a": 1e250 / N, "b": 1 / N},
}


@pytest.mark.parametrize("width", [8.8, 4])
@pytest.mark.parametrize("case", AWKWARD)
def test_awkward_curves_can_be_read(case, width, legible):
    display = drawn(AWKWARD[case], trivial=1.0, width=width).plot()
    shown = {text.replace("\n", "") for text in legible(display.ax_)}
    assert all(name in shown or f"{name} (silent)" in shown for name in AWKWARD[case])
    assert len({text for text in shown if text.startswith(tuple(AWKWARD[case]))}) >= 1
    assert all(len(line) <= 80 for line in display.text.splitlines())


@pytest.mark.parametrize("x", [[100], [100, 200, 300], [1, 1e18]])
def test_few_points_can_be_read(x, legible):
    display = drawn({"a": np.sqrt(1 / np.array(x)), "b": np.sqrt(2 / np.array(x))}, x).plot()
    assert {"a", "b"} <= legible(display.ax_)


def test_lower_bounds_are_vacuous_below(legible):
    display = drawn({"a": 0.2 - 1 / np.sqrt(N)}, side="lower", trivial=0.0).plot()
    (span,) = [patch for patch in display.ax_.patches if patch.get_height() > 0]
    assert (span.get_y(), span.get_y() + span.get_height()) == (display.ax_.get_ylim()[0], 0)
    legible(display.ax_)


def test_more_curves_than_are_drawn_are_counted():
    display = drawn({f"b{k}": (k + 1) / N for k in range(20)}, most=3).plot()
    assert len(curves_of(display.ax_, N)) == 3
    assert "the best 3; 17 more are not shown" in display.words
    with pytest.raises(ValueError, match="most must be at least 1"):
        drawn({"a": N}, most=0)


def test_lines_differ_without_colour():
    """Up to 24 lines no two share both dashes and marker."""
    found = [(str(look.dash), look.marker) for look in looks(24)]
    assert len(set(found)) == len(found)


def test_long_names_break_after_their_joints():
    lines = folded("vapnik_chervonenkis_by_some_growth", 2.0, 8.0).split("\n")
    assert len(lines) > 1
    assert "".join(lines) == "vapnik_chervonenkis_by_some_growth"
    assert all(line.endswith("_") for line in lines[:-1])


def test_sample_sizes_along_one_variable_are_those_of_solve():
    epsilons = [0.05, 0.1, 0.2]
    found = gb.compare(["mohri", "vapnik_confidence"], epsilon=epsilons, vc_dim=3, delta=0.1)
    display = display_of(found)
    assert isinstance(display, SampleSizeDisplay)
    for name, line in zip(found.names, curves_of(display.plot().ax_, epsilons), strict=True):
        expected = [gb.solve(name, "n", epsilon=e, vc_dim=3, delta=0.1) for e in epsilons]
        assert line.get_ydata() == pytest.approx([float(n) for n in expected])
