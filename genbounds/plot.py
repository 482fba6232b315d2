"""Pictures of results: the only file that imports matplotlib; it draws numbers and computes none.

Each function returns the figure; with a path it is also written, as the ending says (.svg, .png,
.pdf), and belongs to no window.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from genbounds.referee.histograms import EDGES, Histogram

# Okabe and Ito's colours, which stay apart for every kind of colour vision.
BLUE, GREEN, ORANGE, RED, GREY = "#0072B2", "#009E73", "#C98500", "#D55E00", "0.35"
_OF_VERDICT = {"consistent": GREEN, "refuted": RED, "misused": ORANGE, "undecided": GREY}
_BINS = 75
_EDGE = {"ratios": 1.0, "margins": 0.0}
_LABEL = {
    "ratios": "deviation of the truth / radius of the bound",
    "margins": "bound less truth, in units of the loss",
}


def plot_coverage(coverages: Any, path: Any = None, of: str = "ratios") -> Any:
    """The rate of failure of one or several coverages against delta, and how far they were from it.

    Left the rate with its interval; where deltas differ, all in units of delta. Right the
    distribution over the samples of the `ratios` of deviation to radius, which fail above 1, or of
    the `margins` of bound less truth, which fail below 0. A `ValueError` for any other.
    """
    found = _several(coverages)
    if of not in _EDGE:
        raise ValueError(f"of must be 'ratios' or 'margins', got {of!r}")
    figure, (left, right) = _figure(2, height=1.8 + 0.6 * len(found))
    _rates(left, found, _names(found))
    _distributions(right, found, of)
    return _written(figure, path)


def plot_slack(slacks: Any, path: Any = None) -> Any:
    """The factor on the radius that some world refutes, a bar for each bound, the largest on top.

    The line at 1 is the bound itself: a bar that reaches it leaves nothing to gain, one beyond it
    is false.
    """
    found = sorted(_several(slacks), key=_by_value, reverse=True)
    figure, axes = _figure(1, height=1.5 + 0.34 * len(found))
    end = 1.15 * max([1.0, *(one.value for one in found if math.isfinite(one.value))])
    for place, one in zip(_rows(found), found, strict=True):
        colour = RED if one.value > 1 else BLUE if one.value > 0 else GREY
        axes.barh(place, min(end, max(0.0, _by_value(one))), color=colour, height=0.62)
        _beside(axes, _shown(one.value), place, colour)
    _edge(axes, 1.0, "the bound itself")
    axes.set_yticks(_rows(found), _names(found))
    axes.set(xlim=(0, end), ylim=(-0.6, len(found) - 0.4))
    axes.set_xlabel("largest factor on the radius of the bound that some world refutes")
    return _written(figure, path)


# --- the two halves of a coverage


def _rates(axes: Any, found: Sequence[Any], names: Sequence[str]) -> None:
    """A row for each coverage: its rate, its interval, and delta."""
    one_delta = len({one.delta for one in found}) == 1
    line = found[0].delta if one_delta else 1.0
    farthest = line
    for place, one in zip(_rows(found), found, strict=True):
        unit = 1.0 if one_delta else one.delta
        low, high, rate = (x / unit for x in (*one.interval, one.rate))
        colour = _OF_VERDICT[one.verdict]
        axes.errorbar(
            [rate], [place], xerr=[[rate - low], [high - rate]], fmt="o", color=colour, capsize=4,
            markersize=5.5, elinewidth=1.8,
        )  # fmt: skip
        _beside(axes, one.verdict, place, colour)
        farthest = max(farthest, high)
    _edge(axes, line, f"delta = {line:g}" if one_delta else "delta")
    axes.set_yticks(_rows(found), names)
    axes.set(xlim=(-0.03 * farthest, 1.1 * farthest), ylim=(-0.35, len(found) - 0.4))
    axes.set_xlabel("probability of failure" + ("" if one_delta else ", in units of delta"))
    axes.locator_params(axis="x", nbins=5)


def _distributions(axes: Any, found: Sequence[Any], of: str) -> None:
    """Row by row how many samples came how near to the edge where the claim fails."""
    edge, histograms = _EDGE[of], [getattr(one, of) for one in found]
    low, high = _range(histograms, edge)
    step = (high - low) / _BINS
    first, last = math.floor((low - edge) / step), math.ceil((high - edge) / step)
    bins = edge + step * np.arange(first, last + 1)
    shares = [np.histogram(_CENTRES, bins, weights=h.counts[1:-1] / h.counts.sum())[0]
              for h in histograms]  # fmt: skip
    tallest = max(float(share.max()) for share in shares) or 1.0
    axes.axvspan(*((edge, high) if of == "ratios" else (low, edge)), color="0.92", zorder=-1)
    for place, share, one in zip(_rows(found), shares, found, strict=True):
        colour = _OF_VERDICT[one.verdict]
        base = place - 0.3
        axes.stairs(base + 0.8 * share / tallest, bins, baseline=base, fill=True, color=colour,
                    alpha=0.75)  # fmt: skip
        axes.axhline(base, color=colour, linewidth=0.6)
    _edge(axes, edge, "fails beyond" if of == "ratios" else "fails below")
    axes.set(xlim=(low, high), ylim=(-0.35, len(found) - 0.4), xlabel=_LABEL[of])
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_ylabel("share of samples")
    _outside(axes, histograms)


_CENTRES = (EDGES[:-1] + EDGES[1:]) / 2


def _range(histograms: Sequence[Histogram], edge: float) -> tuple[float, float]:
    """What holds every sample within the bins, and the edge with room beside it."""
    ends = [edge]
    for histogram in histograms:
        ends += [max(histogram.least, float(EDGES[0])), min(histogram.most, float(EDGES[-1]))]
    low, high = min(ends), max(ends)
    room = 0.12 * (high - low) or 0.1
    return low - room, high + room


def _outside(axes: Any, histograms: Sequence[Histogram]) -> None:
    """A remark where samples lie outside of the bins."""
    trials = sum(int(h.counts.sum()) for h in histograms)
    ends = ((0, f"below {EDGES[0]:g}"), (-1, f"above {EDGES[-1]:g}"))
    shares = [(sum(int(h.counts[i]) for h in histograms) / trials, words) for i, words in ends]
    words = ", ".join(f"{share:.2%} {words}" for share, words in shares if share)
    if words:
        axes.set_title(f"not shown: {words}", loc="left", fontsize=8.5, color=GREY, pad=16)


# --- common to all


def _several(found: Any) -> list[Any]:
    """One result, or several, as a list."""
    several = [found] if hasattr(found, "bound") else list(found)
    if not several:
        raise ValueError("there is nothing to draw")
    return several


def _rows(found: Sequence[Any]) -> list[int]:
    """Heights of the rows, the first on top."""
    return list(range(len(found)))[::-1]


def _names(found: Sequence[Any]) -> list[str]:
    """The bounds, with what tells them apart."""
    columns = [
        [world.title or type(world).__name__ for one in found if (world := _world(one))],
        *([f"{key} = {getattr(one, key):g}" for one in found if hasattr(one, key)]
          for key in ("n", "delta")),
    ]  # fmt: skip
    differing = [column for column in columns if len(set(column)) > 1]
    told = zip(*differing, strict=True) if differing else [()] * len(found)
    return ["\n".join(filter(None, (one.bound.name, ", ".join(rest))))
            for one, rest in zip(found, told, strict=True)]  # fmt: skip


def _world(one: Any) -> Any:
    return getattr(one, "world", None)


def _by_value(one: Any) -> float:
    return -math.inf if math.isnan(one.value) else float(one.value)


def _shown(value: float) -> str:
    if math.isnan(value):
        return "no factor refuted"
    return "every factor refuted" if math.isinf(value) else f"{value:.4g}"


def _beside(axes: Any, text: str, height: float, colour: str) -> None:
    """A word to the right of the axes, at the height of a row."""
    axes.annotate(
        text, (1, height), (6, 0), xycoords=axes.get_yaxis_transform(),
        textcoords="offset points", color=colour, va="center",
    )  # fmt: skip


def _edge(axes: Any, x: float, text: str) -> None:
    """A dashed line, and above it what it is."""
    axes.axvline(x, color=GREY, linewidth=1, dashes=(4, 3), zorder=0)
    axes.annotate(
        text, (x, 1), (0, 3), xycoords=axes.get_xaxis_transform(), textcoords="offset points",
        color=GREY, ha="center", va="bottom", fontsize=9,
    )  # fmt: skip


def _figure(columns: int, height: float) -> Any:
    """A figure of its own, which no window shows and no list keeps, and its axes."""
    try:
        from matplotlib.figure import Figure
    except ImportError as fault:
        raise ImportError("pictures need matplotlib: pip install 'genbounds[plot]'") from fault
    figure = Figure(figsize=(8.8, height), layout="constrained")
    axes = figure.subplots(1, columns)
    for one in getattr(axes, "flat", [axes]):
        one.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _written(figure: Any, path: Any) -> Any:
    if path is not None:
        figure.savefig(path, dpi=150)
    return figure
