"""Pictures: what their axes hold is what the results say.

Verdicts are asserted of bounds that fail on these samples with probability 0, 0.005 or 0.11, at
delta 0.05 and 10000 samples: the counts would have to miss their means by ten standard deviations,
below 1e-20 each by Bernstein's inequality. The rest compares pictures with the results they show.
"""

import math
import re
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

import genbounds as gb
from genbounds import plot
from genbounds.referee.searching import Search
from genbounds.referee.slacks import Slack
from genbounds.referee.worlds.adaptive import BestOf
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.thresholds import ThresholdsWorld

pytest.importorskip("matplotlib")

ROOT = Path(__file__).parents[1]
COIN = FiniteWorld(("1/10", "9/10"), ((1, 0),))


def covered(name, **facts):
    return gb.validate(name, COIN, **{"n": 50, "trials": 10_000, **facts})


def slack_of(name, value):
    searched = Search([], 0, 0, (), 0.0)
    return Slack(gb.catalogue[name], 0.05, value, Fraction(0), None, searched)


def texts(axes):
    return [text.get_text() for text in axes.texts]


def rows(axes):
    return [label.get_text() for label in axes.get_yticklabels()]


def test_a_rate_stands_with_its_interval_beside_delta():
    found = covered("wald")
    left, right = found.plot().axes
    (bar,) = left.containers
    point, _, (ends,) = bar
    assert point.get_xdata()[0] == found.rate
    assert ends.get_segments()[0][:, 0] == pytest.approx(found.interval)
    assert {line.get_xdata()[0] for line in left.lines if len(line.get_xdata()) == 2} == {0.05}
    assert texts(left) == ["refuted", "delta = 0.05"]
    assert rows(left) == ["wald"]
    assert left.get_xlabel() == "probability of failure"
    assert right.get_ylabel() == "share of samples"


@pytest.mark.parametrize(("of", "edge"), [("ratios", 1.0), ("margins", 0.0)])
def test_the_histogram_holds_every_sample_on_its_side_of_the_edge(of, edge):
    found = covered("wald")
    right = found.plot(of=of).axes[1]
    (stairs,) = [patch for patch in right.patches if hasattr(patch, "get_data")]
    values, bins, base = stairs.get_data()
    shares = (values - base) / (values - base).sum()
    histogram = getattr(found, of)
    inside = histogram.counts[1:-1].sum()
    failing = bins[:-1] >= edge - 1e-9 if of == "ratios" else bins[1:] <= edge + 1e-9
    outside = histogram.counts[-1 if of == "ratios" else 0]
    assert shares[failing].sum() == pytest.approx((found.violations - outside) / inside)
    assert np.isclose(bins, edge).any()
    assert right.get_xlabel()


def test_samples_out_of_sight_are_said():
    found = covered("wald")
    beyond = found.ratios.counts[-1] / found.trials
    assert beyond > 0
    assert f"{beyond:.2%} above 2" in found.plot().axes[1].get_title(loc="left")
    within = gb.validate("vapnik_confidence", ThresholdsWorld(noise=0.1), n=50, trials=100)
    assert within.plot().axes[1].get_title(loc="left") == ""


def test_several_bounds_have_a_row_each_the_first_on_top():
    names = ["hoeffding", "wald", "chernoff"]
    left, right = plot.plot_coverage([covered(name) for name in names]).axes
    heights = dict(zip(rows(left), left.get_yticks(), strict=True))
    assert sorted(heights, key=heights.get, reverse=True) == names
    assert texts(left)[:3] == ["consistent", "refuted", "consistent"]
    assert len([patch for patch in right.patches if hasattr(patch, "get_data")]) == 3


def test_different_deltas_share_the_line_at_one():
    found = [covered("wald", delta=delta) for delta in (0.2, 0.05)]
    left = plot.plot_coverage(found).axes[0]
    assert [bar[0].get_xdata()[0] for bar in left.containers] == pytest.approx(
        [found[0].rate / 0.2, found[1].rate / 0.05]
    )
    assert left.get_xlabel() == "probability of failure, in units of delta"
    assert rows(left) == ["wald\ndelta = 0.2", "wald\ndelta = 0.05"]
    assert "delta" in texts(left)


def test_words_do_not_overlap():
    """Labels of rows and verdicts stand outside of the axes, on either side."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    found = [covered(name, n=n) for name in ("hoeffding", "clopper_pearson_lower") for n in (9, 50)]
    figure = plot.plot_coverage(found)
    FigureCanvasAgg(figure).draw()
    left, right = figure.axes
    words = [*left.get_yticklabels(), *left.texts, left.xaxis.label, right.yaxis.label,
             right.xaxis.label, *right.texts]  # fmt: skip
    boxes = [word.get_window_extent() for word in words if word.get_text()]
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])
        assert figure.bbox.x0 - 1 <= box.x0 and box.x1 <= figure.bbox.x1 + 1


def test_slacks_are_bars_the_largest_on_top():
    found = [slack_of("hoeffding", 0.9), slack_of("wald", math.inf), slack_of("wilson", 1.2),
             slack_of("mohri", math.nan), slack_of("chernoff", 1.0)]  # fmt: skip
    (axes,) = plot.plot_slack(found).axes
    order = dict(zip(axes.get_yticks(), rows(axes), strict=True))
    assert [order[y] for y in sorted(order, reverse=True)] == [
        "wald", "wilson", "chernoff", "hoeffding", "mohri",
    ]  # fmt: skip
    lengths = [bar.get_width() for bar in axes.patches]
    assert lengths == [axes.get_xlim()[1], 1.2, 1.0, 0.9, 0.0]
    assert texts(axes) == [
        "every factor refuted", "1.2", "1", "0.9", "no factor refuted", "the bound itself",
    ]  # fmt: skip


@pytest.mark.parametrize("ending", ["svg", "png", "pdf"])
def test_pictures_are_written(tmp_path, ending):
    path = tmp_path / f"picture.{ending}"
    slack_of("hoeffding", 0.9).plot(path)
    assert path.stat().st_size > 1000


def test_faults():
    with pytest.raises(ValueError, match="nothing to draw"):
        plot.plot_coverage([])
    with pytest.raises(ValueError, match="'ratios' or 'margins', got 'risk'"):
        covered("hoeffding", trials=10).plot(of="risk")


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(ImportError, match=r"genbounds\[plot\]"):
        slack_of("hoeffding", 0.9).plot()


def test_no_other_file_imports_matplotlib():
    package = ROOT / "genbounds"
    uses = re.compile(r"^\s*(?:import|from) matplotlib", re.MULTILINE)
    found = {p.name for p in package.rglob("*.py") if uses.search(p.read_text(encoding="utf-8"))}
    assert found == {"plot.py"}


def test_the_picture_of_the_page_shows_what_the_package_says():
    """Rates in its description, equal by their seed; the caption rounds them to two digits."""
    svg = (ROOT / "docs" / "pictures" / "referee.svg").read_text(encoding="utf-8")
    described = re.findall(r"<dc:description>(.*?)</dc:description>", svg)[0]
    shown = [entry.split() for entry in described.split(", ")]
    worlds = {"finite": COIN, "best-of": BestOf("1/10", 20)}
    assert len(shown) == 5
    for name, world, rate in shown:
        found = gb.validate(name, worlds[world], n=50, trials=100_000, rng=0)
        assert float(rate) == pytest.approx(found.rate, rel=1e-5)
    caption = (ROOT / "docs" / "referee.md").read_text(encoding="utf-8").split("![")[1]
    quoted = [float(x) for x in re.findall(r"0\.\d\d(?!\d)", caption.split("]")[0])]
    rates = {round(float(rate), 2) for *_, rate in shown}
    assert set(quoted) - rates == {0.05}
