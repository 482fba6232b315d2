"""How many samples are enough, over one or two variables."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from genbounds.plot.base import Display
from genbounds.plot.bounds import CurvesDisplay, axis_of
from genbounds.plot.labels import remark
from genbounds.plot.style import BLACK, axis_words, dress, settle, size_of, tick
from genbounds.plot.winners import deepest, edges, set_scales, two_axes
from genbounds.plot.words import heading, labels, measured
from genbounds.text_plot import grid, short

NOTHING = "no n is enough"
_LEVELS, _SEEN = 9, 0.03


@dataclass(repr=False, eq=False, kw_only=True)
class SampleSizeDisplay(Display):
    """The smallest n that some bound finds enough: curves over one variable, contours over two.

    `sizes` has shape (len(x), len(y)); infinite where no n is enough. Over one variable `curves`
    draws every bound instead.
    """

    axes: tuple[str, ...]
    x: np.ndarray
    y: np.ndarray | None = None
    sizes: np.ndarray | None = None
    curves: CurvesDisplay | None = None
    heading: str = ""

    @classmethod
    def from_comparison(cls, comparison: Any, **style: Any) -> Self:
        """Of a comparison of sample sizes (`epsilon` or `target`, no `n`) on one or two axes."""
        if comparison.kind != "n":
            raise ValueError("here n is given: leave it out, and give epsilon or target")
        if len(comparison.axes) < 2:
            return cls._of_one(comparison, style)
        (a, x), (b, y) = two_axes(comparison)
        sizes = np.min([comparison.raw[name] for name in comparison.names], axis=0)
        what = f"Samples that are enough, by the best of {', '.join(comparison.names[:3])}"
        more = f" and {len(comparison.names) - 3} more" if len(comparison.names) > 3 else ""
        return cls(axes=(a, b), x=x, y=y, sizes=np.asarray(sizes, float),
                   heading=heading(comparison, what + more), **style)  # fmt: skip

    @classmethod
    def _of_one(cls, comparison: Any, style: dict[str, Any]) -> Self:
        axis, x = axis_of(comparison, "two axes")
        if not axis:
            raise ValueError("sample sizes are drawn over a variable: give one as an array")
        found = {label: np.asarray(comparison.raw[name], float)
                 for name, label in labels(comparison).items()}  # fmt: skip
        curves = CurvesDisplay(
            axis=axis, x=x, curves=found, y_label=measured(comparison),
            heading=heading(comparison, "Samples that are enough"), **style,
        )  # fmt: skip
        return cls(axes=(axis,), x=x, curves=curves, width=curves.width, title=curves.title)

    @property
    def height(self) -> float:
        """That of the curves, or nearly as high as wide."""
        return self.curves.height if self.curves else 0.52 * self.width + 1.1

    @property
    def text(self) -> str:
        """Letters along curves, or a map of the powers of ten."""
        if self.curves is not None:
            return self.curves.text
        x, y, sizes = self._mapped()
        cells = [[_decade(n) for n in row] for row in sizes]
        return grid(x, y, cells, x_label=axis_words(self.axes[0]),
                    y_label=axis_words(self.axes[1]), title=self.title or self.heading,
                    nothing=NOTHING)  # fmt: skip

    def _mapped(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        assert self.y is not None and self.sizes is not None
        return self.x, self.y, self.sizes

    def _draw(self, ax: Any) -> None:
        if self.curves is not None:
            self.curves.plot(ax)
            return
        x, y, sizes = self._mapped()
        dress(ax, x=axis_words(self.axes[0]), y=axis_words(self.axes[1]),
              title=self.title or self.heading)  # fmt: skip
        set_scales(ax, x, y)
        logs = np.log10(np.where(np.isfinite(sizes) & (sizes >= 1), sizes, np.nan))
        ax.set_facecolor("0.8")  # where no n is enough
        ax.pcolormesh(edges(x), edges(y), logs.T, cmap=_pale(), rasterized=True)
        settle(ax)
        self._contours(ax, np.ma.masked_invalid(logs))
        if _SEEN < np.isnan(logs).mean() < 1:
            i, j = deepest(np.isnan(logs))
            ax.text(x[i], y[j], NOTHING, ha="center", va="center", fontsize=size_of(ax))

    def _contours(self, ax: Any, logs: Any) -> None:
        levels = _levels(logs)
        if min(logs.shape) < 2 or not levels:
            remark(ax, 0.5, 0.5, _range_in_words(logs), ha="center", va="center")
            return
        drawn = ax.contour(self.x, self.y, logs.T, [math.log10(n) for n in levels], colors=BLACK,
                           linewidths=0.9)  # fmt: skip
        named = {math.log10(n): f"n = {tick(n)}" for n in levels}
        ax.clabel(drawn, fmt=named, fontsize=8, inline_spacing=3)


def _pale() -> Any:
    """From light to dark, light enough for black letters."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("sizes", ["#F7FBFF", "#6BAED6"])


def _levels(logs: Any) -> list[float]:
    """Round sizes between the least and the largest, at most nine."""
    if logs.count() == 0:
        return []
    low, high = float(logs.min()), float(logs.max())
    for digits in ((1, 2, 5), (1, 3), (1,)):
        found = [d * 10.0**k for k in range(math.floor(low), math.ceil(high)) for d in digits]
        found = [n for n in found if low < math.log10(n) < high]
        if len(found) <= _LEVELS:
            return found
    return found[:: math.ceil(len(found) / _LEVELS)]


def _range_in_words(logs: Any) -> str:
    """The sizes where no contour shows them."""
    if logs.count() == 0:
        return NOTHING
    low, high = (f"{10 ** float(end):.0f}" for end in (logs.min(), logs.max()))
    return f"n = {low}" if low == high else f"n from {low} to {high}"


def _decade(n: float) -> str | None:
    if not math.isfinite(n):
        return None
    power = math.floor(math.log10(max(n, 1)))
    return f"{short(10.0**power)} <= n < {short(10.0 ** (power + 1))}"
