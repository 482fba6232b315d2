"""Pictures of coverages: what their axes hold is what the results say.

Verdicts are asserted of bounds that fail on these samples with probability 0, 0.005 or 0.11, at
delta 0.05 and 10000 samples: the counts would have to miss their means by ten standard deviations,
below 1e-20 each by Bernstein's inequality. The rest compares pictures with the results they show.
"""

import re
from pathlib import Path

import numpy as np
import pytest

import genbounds as gb
from genbounds.plot import CoverageDisplay
from genbounds.referee.worlds.adaptive import BestOf
from genbounds.referee.worlds.finite import FiniteWorld
from genbounds.referee.worlds.thresholds import ThresholdsWorld

ROOT = Path(__file__).parents[2]
COIN = FiniteWorld(("1/10", "9/10"), ((1, 0),))


def covered(name, **facts):
    return gb.validate(name, COIN, **{"n": 50, "trials": 10_000, **facts})


def texts(axes):
    return [text.get_text() for text in axes.texts]


def rows(axes):
    return [label.get_text() for label in axes.get_yticklabels()]


def test_a_rate_stands_with_its_interval_beside_delta():
    found = covered("wald")
    left, right = found.plot().ax_
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
    right = found.plot(of=of).ax_[1]
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
    assert f"{beyond:.2%} above 2" in found.plot().ax_[1].get_title(loc="left")
    within = gb.validate("vapnik_confidence", ThresholdsWorld(noise=0.1), n=50, trials=100)
    assert within.plot().ax_[1].get_title(loc="left") == ""


def test_several_bounds_have_a_row_each_the_first_on_top():
    names = ["hoeffding", "wald", "chernoff"]
    left, right = CoverageDisplay.from_coverages([covered(name) for name in names]).plot().ax_
    heights = dict(zip(rows(left), left.get_yticks(), strict=True))
    assert sorted(heights, key=heights.get, reverse=True) == names
    assert texts(left)[:3] == ["consistent", "refuted", "consistent"]
    assert len([patch for patch in right.patches if hasattr(patch, "get_data")]) == 3


def test_different_deltas_share_the_line_at_one():
    found = [covered("wald", delta=delta) for delta in (0.2, 0.05)]
    left = CoverageDisplay.from_coverages(found).plot().ax_[0]
    assert [bar[0].get_xdata()[0] for bar in left.containers] == pytest.approx(
        [found[0].rate / 0.2, found[1].rate / 0.05]
    )
    assert left.get_xlabel() == "probability of failure, in units of delta"
    assert rows(left) == ["wald\ndelta = 0.2", "wald\ndelta = 0.05"]
    assert "delta" in texts(left)


def test_a_claim_in_expectation_has_no_rate():
    @gb.bound(gb.Claim(surely="expectation"), source="a notebook")
    def in_expectation(empirical_risk):
        return empirical_risk

    found = gb.validate(in_expectation, COIN, n=2, trials=100)
    with pytest.raises(ValueError, match="in_expectation: a claim in expectation has no rate"):
        CoverageDisplay.from_coverages(found)


@pytest.mark.parametrize("width", [8.8, 4])
def test_words_do_not_overlap(width, legible):
    found = [covered(name, n=n) for name in ("hoeffding", "clopper_pearson_lower") for n in (9, 50)]
    left, right = CoverageDisplay.from_coverages(found, width=width).plot().ax_
    assert {"consistent", "delta = 0.05"} <= legible(left)
    legible(right)


def test_the_parts_of_a_narrow_figure_stand_one_below_the_other():
    left, right = CoverageDisplay.from_coverages(covered("wald", trials=10), width=4).plot().ax_
    assert left.get_position().y0 > right.get_position().y1


def test_text_shows_the_rate_on_its_side_of_delta():
    found = covered("wald")
    heading, row, *_ = CoverageDisplay.from_coverages(found).text.splitlines()
    assert "delta = 0.05" in heading
    assert row.index(":") < row.index("[") < row.index("o") < row.index("]")
    assert row.endswith("refuted")


def test_a_pair_of_axes_may_be_given():
    from matplotlib.figure import Figure

    pair = Figure().subplots(1, 2)
    display = CoverageDisplay.from_coverages(covered("wald", trials=10))
    assert rows(display.plot(pair).ax_[0]) == ["wald"] and pair[1].patches
    for wrong in (pair[0], [*pair, pair[0]]):
        with pytest.raises(ValueError, match="ax must be 2 Axes"):
            display.plot(wrong)


def test_faults():
    with pytest.raises(ValueError, match="nothing to draw"):
        CoverageDisplay.from_coverages([])
    with pytest.raises(ValueError, match="'ratios' or 'margins', got 'risk'"):
        covered("hoeffding", trials=10).plot(of="risk")


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
