"""How often a bound fails in a world with a known truth, and how far it was from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from genbounds.plot.base import Display
from genbounds.plot.rows import heights, name_rows
from genbounds.plot.style import GREY, OF_VERDICT, PALE, beside, dress, edge, settle, size_of
from genbounds.referee.histograms import EDGES, Histogram
from genbounds.text_plot import Row, rows

_BINS = 75
_EDGE = {"ratios": 1.0, "margins": 0.0}
_LABEL = {
    "ratios": "deviation of the truth / radius of the bound",
    "margins": "bound less truth, in units of the loss",
}
_CENTRES = (EDGES[:-1] + EDGES[1:]) / 2


@dataclass(repr=False, eq=False, kw_only=True)
class CoverageDisplay(Display):
    """The rate of failure of one or several coverages against delta, and how far they were from it.

    Left the rate with its interval; where deltas differ, all in units of delta. Right the
    distribution over the samples of the `ratios` of deviation to radius, which fail above 1, or of
    the `margins` of bound less truth, which fail below 0. `ax_` is the pair of axes.
    """

    coverages: Sequence[Any]
    of: str = "ratios"
    columns = 2

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.of not in _EDGE:
            raise ValueError(f"of must be 'ratios' or 'margins', got {self.of!r}")

    @classmethod
    def from_coverages(cls, coverages: Any, *, of: str = "ratios", **style: Any) -> Self:
        """Of one result of `gb.validate`, or of several; `of` is `ratios` or `margins`."""
        found = several(coverages)
        means = [one.bound.name for one in found if not hasattr(one, "ratios")]
        if means:
            raise ValueError(f"{', '.join(means)}: a claim in expectation has no rate of failure")
        return cls(coverages=found, of=of, **style)

    @property
    def height(self) -> float:
        """Room for every row, twice where the parts are one below the other."""
        return (1.8 + 0.6 * len(self.coverages)) * (2 if self.stacked else 1)

    @property
    def text(self) -> str:
        """The rates with their intervals; the distributions are left out."""
        found = [
            Row(name, one.interval[0] / unit, one.rate / unit, one.interval[1] / unit, one.verdict)
            for name, one, unit in zip(
                told_apart(self.coverages, " "), self.coverages, self._units, strict=True
            )
        ]
        ends = (-0.03 * self._farthest, 1.05 * self._farthest)
        return rows(found, edges={self._named: self._line}, x_label=self._measured, x_range=ends,
                    title=self.title or "")  # fmt: skip

    # --- the rates

    @property
    def _one_delta(self) -> bool:
        return len({one.delta for one in self.coverages}) == 1

    @property
    def _line(self) -> float:
        return float(self.coverages[0].delta) if self._one_delta else 1.0

    @property
    def _named(self) -> str:
        return f"delta = {self._line:g}" if self._one_delta else "delta"

    @property
    def _measured(self) -> str:
        return "probability of failure" + ("" if self._one_delta else ", in units of delta")

    @property
    def _units(self) -> list[float]:
        return [1.0 if self._one_delta else float(one.delta) for one in self.coverages]

    @property
    def _farthest(self) -> float:
        highs = [one.interval[1] / u for one, u in zip(self.coverages, self._units, strict=True)]
        return float(max(self._line, *highs))

    def _draw(self, ax: Any) -> None:
        left, right = ax
        self._rates(left)
        self._distributions(right)
        settle(left)
        settle(right)
        if self.title is not None:
            left.set_title(self.title, loc="left", fontsize=size_of(left) + 1, pad=20)

    def _rates(self, ax: Any) -> None:
        """A row for each coverage: its rate, its interval, and delta."""
        dress(ax, x=self._measured)
        found = zip(heights(len(self.coverages)), self.coverages, self._units, strict=True)
        for place, one, unit in found:
            low, high, rate = (x / unit for x in (*one.interval, one.rate))
            colour = OF_VERDICT[one.verdict]
            ax.errorbar(
                [rate], [place], xerr=[[rate - low], [high - rate]], fmt=_MARKER[one.verdict],
                color=colour, capsize=4, markersize=4.5, elinewidth=1.8,
            )  # fmt: skip
            beside(ax, one.verdict, place, colour)
        edge(ax, self._line, self._named)
        name_rows(ax, told_apart(self.coverages))
        ax.set(xlim=(-0.03 * self._farthest, 1.1 * self._farthest))
        ax.set_ylim(-0.35, len(self.coverages) - 0.4)
        ax.locator_params(axis="x", nbins=5)

    # --- the distributions

    def _distributions(self, ax: Any) -> None:
        """Row by row how many samples came how near to the edge where the claim fails."""
        dress(ax, x=_LABEL[self.of], y="share of samples")
        histograms = [getattr(one, self.of) for one in self.coverages]
        limit = _EDGE[self.of]
        low, high = _range(histograms, limit)
        bins, shares = _binned(histograms, low, high, limit)
        tallest = max(float(share.max()) for share in shares) or 1.0
        grey = (limit, high) if self.of == "ratios" else (low, limit)
        ax.axvspan(*grey, color=PALE, zorder=-1)
        places = heights(len(self.coverages))
        for place, share, one in zip(places, shares, self.coverages, strict=True):
            colour, base = OF_VERDICT[one.verdict], place - 0.3
            ax.stairs(base + 0.8 * share / tallest, bins, baseline=base, fill=True, color=colour,
                      alpha=0.75)  # fmt: skip
            ax.axhline(base, color=colour, linewidth=0.6)
        edge(ax, limit, "fails beyond" if self.of == "ratios" else "fails below")
        ax.set(xlim=(low, high), ylim=(-0.35, len(places) - 0.4))
        ax.set_yticks([])
        ax.spines["left"].set_visible(False)
        _outside(ax, histograms)


_MARKER = {"consistent": "o", "refuted": "s", "misused": "D", "undecided": "^"}


def _binned(
    histograms: Sequence[Histogram], low: float, high: float, limit: float
) -> tuple[np.ndarray, list[np.ndarray]]:
    """Bins one of which ends at the limit, and the share of samples in each."""
    step = (high - low) / _BINS
    first, last = math.floor((low - limit) / step), math.ceil((high - limit) / step)
    bins = limit + step * np.arange(first, last + 1)
    return bins, [
        np.histogram(_CENTRES, bins, weights=h.counts[1:-1] / h.counts.sum())[0]
        for h in histograms
    ]  # fmt: skip


def _range(histograms: Sequence[Histogram], limit: float) -> tuple[float, float]:
    """What holds every sample within the bins, and the edge with room beside it."""
    ends = [limit]
    for histogram in histograms:
        ends += [max(histogram.least, float(EDGES[0])), min(histogram.most, float(EDGES[-1]))]
    low, high = min(ends), max(ends)
    room = 0.12 * (high - low) or 0.1
    return low - room, high + room


def _outside(ax: Any, histograms: Sequence[Histogram]) -> None:
    """A remark where samples lie outside of the bins."""
    trials = sum(int(h.counts.sum()) for h in histograms)
    ends = ((0, f"below {EDGES[0]:g}"), (-1, f"above {EDGES[-1]:g}"))
    shares = [(sum(int(h.counts[i]) for h in histograms) / trials, words) for i, words in ends]
    words = ", ".join(f"{share:.2%} {words}" for share, words in shares if share)
    if words:
        ax.set_title(f"not shown: {words}", loc="left", fontsize=size_of(ax), color=GREY, pad=16)


# --- results of the referee


def several(found: Any) -> list[Any]:
    """One result, or several, as a list."""
    listed = [found] if hasattr(found, "bound") else list(found)
    if not listed:
        raise ValueError("there is nothing to draw")
    return listed


def told_apart(found: Sequence[Any], between: str = "\n") -> list[str]:
    """The bounds, with what tells them apart."""
    worlds = [getattr(one, "world", None) for one in found]
    columns = [
        [world.title or type(world).__name__ for world in worlds if world],
        *([f"{key} = {getattr(one, key):g}" for one in found if hasattr(one, key)]
          for key in ("n", "delta")),
    ]  # fmt: skip
    differing = [column for column in columns if len(set(column)) > 1]
    told = zip(*differing, strict=True) if differing else [()] * len(found)
    return [between.join(filter(None, (one.bound.name, ", ".join(rest))))
            for one, rest in zip(found, told, strict=True)]  # fmt: skip
