"""Bounds over one variable, or beside each other at one point."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from genbounds.plot.base import Display
from genbounds.plot.labels import End, name_ends, remark, room_for
from genbounds.plot.rows import Dot, dots_as_text, draw_dots, height_of, words_of
from genbounds.plot.style import (
    BLACK,
    PALE,
    axis_words,
    dress,
    fine_ticks,
    looks,
    scale_axis,
    size_of,
)
from genbounds.plot.words import best_of, heading, labels, measured
from genbounds.text_plot import Row, is_logarithmic, lines, spans_decades

VACUOUS = "vacuous: nothing is claimed"
_CROSSINGS = 6


@dataclass(repr=False, eq=False, kw_only=True)
class CurvesDisplay(Display):
    """Curves over one variable with a level that bounds must pass to say anything.

    `x` holds k values of the variable `axis`; `curves` k numbers each, best first, at most `most`
    of which are drawn. Beyond `trivial`, from the side of `side`, a bound says nothing. `marks`
    are points with a word.
    """

    axis: str
    x: np.ndarray
    curves: Mapping[str, np.ndarray]
    y_label: str
    heading: str
    side: str = "upper"
    trivial: float | None = None
    level: float | None = None
    marks: Sequence[tuple[float, float, str]] = field(default_factory=tuple)
    most: int = 14
    beyond = VACUOUS

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.most < 1:
            raise ValueError(f"most must be at least 1, got {self.most}")

    @property
    def shown(self) -> dict[str, np.ndarray]:
        """The curves that are drawn."""
        return dict(list(self.curves.items())[: self.most])

    @property
    def words(self) -> str:
        """The title, with how many curves are left out."""
        more = len(self.curves) - self.most
        text = self.heading if self.title is None else self.title
        return f"{text} (the best {self.most}; {more} more are not shown)" if more > 0 else text

    @property
    def height(self) -> float:
        """Room for every label."""
        return max(super().height, room_for(list(self.shown), self.width) + 1.6)

    @property
    def logarithmic(self) -> bool:
        """Whether the numbers need a logarithmic axis."""
        return spans_decades(self._visible())

    @property
    def limits(self) -> tuple[float, float]:
        """The range of the numbers: all that says something, and a part of what does not."""
        return _limits(self._visible(), self.trivial, self.side, log=self.logarithmic)

    def _visible(self) -> list[float]:
        """The finite numbers, less those deep in the vacuous region: they would shrink the rest."""
        found = np.concatenate([np.asarray(y, float) for y in self.shown.values()])
        finite = found[np.isfinite(found)]
        if self.trivial is None or not finite.size:
            return [float(v) for v in finite]
        speaks = finite < self.trivial if self.side != "lower" else finite > self.trivial
        if not speaks.any():
            return [float(v) for v in [*finite, self.trivial]]
        kept = [float(v) for v in finite[speaks]]
        return [*kept, self.trivial] if not speaks.all() else kept

    @property
    def text(self) -> str:
        """The curves as letters."""
        return lines(
            self.x, self.shown, x_label=axis_words(self.axis), y_label=self.y_label,
            title=self.words, log_y=self.logarithmic, y_range=self.limits,
            level=self.trivial if self.level is None else self.level,
            level_label=self.beyond if self.level is None else "",
        )  # fmt: skip

    def _draw(self, ax: Any) -> None:
        dress(ax, x=axis_words(self.axis), y=self.y_label, title=self.words)
        if self.logarithmic:
            ax.set_yscale("log")
        ax.set_ylim(*self.limits)
        self._curves(ax)
        scale_axis(ax, "x", self.x.tolist())
        if self.logarithmic:
            fine_ticks(ax, "y")
        self._region(ax)
        self._level(ax)
        name_ends(ax, self._ends())
        self._marks(ax)

    def _curves(self, ax: Any) -> None:
        found = self.shown
        for i, (y, look) in enumerate(zip(found.values(), looks(len(found)), strict=True)):
            every = max(1, len(self.x) // 7)
            ax.plot(
                self.x, np.where(np.isfinite(y), y, np.nan), color=look.colour, marker=look.marker,
                linestyle=look.dash, linewidth=1.8, markersize=4.5, zorder=3 - 0.01 * i,
                markevery=((i * every // max(1, len(found))) % every, every),
            )  # fmt: skip

    def _region(self, ax: Any) -> None:
        """Where a bound says nothing, in grey, if it can be seen."""
        low, high = self.limits
        if self.trivial is None or not low <= self.trivial <= high:
            return
        below = self.side == "lower"
        ax.axhspan(*((low, self.trivial) if below else (self.trivial, high)), color=PALE, zorder=-1)
        ax.axhline(self.trivial, color="0.55", linewidth=0.8, zorder=0)
        remark(ax, 0.985, 0.02 if below else 0.975, self.beyond, ha="right",
               va="bottom" if below else "top")  # fmt: skip

    def _level(self, ax: Any) -> None:
        if self.level is not None:
            ax.axhline(self.level, color="0.45", linewidth=1, dashes=(4, 3), zorder=0)

    def _marks(self, ax: Any) -> None:
        """Points with a word below them, at most six."""
        size, dpi = size_of(ax), ax.figure.dpi
        for x, y, word in self.marks[:_CROSSINGS]:
            ax.plot([x], [y], "o", color=BLACK, markersize=7, markerfacecolor="none", zorder=6)
            room = (ax.transData.transform((x, y))[0] - ax.get_window_extent().x0) * 72 / dpi
            side, away = ("right", -3) if room > 0.6 * size * len(word) + 6 else ("left", 7)
            ax.annotate(
                word, (x, y), (away, -6), textcoords="offset points", ha=side, va="top",
                fontsize=size, color=BLACK, zorder=6,
                bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 0.8},
            )  # fmt: skip

    def _ends(self) -> list[End]:
        """Each name at the last finite point of its curve; those without any say so."""
        found = []
        for (name, y), look in zip(self.shown.items(), looks(len(self.shown)), strict=True):
            finite = np.flatnonzero(np.isfinite(y))
            i = int(finite[-1]) if finite.size else len(self.x) - 1
            silent = "" if finite.size else " (silent)"
            found.append(
                End(name + silent, float(self.x[i]), float(y[i]), look.colour, look.marker)
            )
        return found


@dataclass(repr=False, eq=False, kw_only=True)
class BoundsDisplay(CurvesDisplay):
    """Bounds over one variable of a comparison, or in rows where it has none.

    The vacuous region is shaded; a circle marks where another bound becomes the best. `vacuous`
    says of each curve whether all of it is.
    """

    vacuous: Sequence[bool] = ()

    @classmethod
    def from_comparison(cls, comparison: Any, **style: Any) -> Self:
        """Of a comparison with at most one axis; `ValueError` for two."""
        axis, x = axis_of(comparison, "WinnersDisplay")
        return cls(
            axis=axis, x=x, curves={label: np.atleast_1d(comparison.raw[name])
                                    for name, label in labels(comparison).items()},
            y_label=measured(comparison), heading=heading(comparison), side=comparison.side,
            trivial=comparison.trivial, marks=_crossings(comparison, axis, x),
            vacuous=[bool(np.all(comparison.vacuous[name])) for name in comparison.names], **style,
        )  # fmt: skip

    @property
    def height(self) -> float:
        """Room for every label, or row."""
        return super().height if self.axis else height_of(words_of(self._dots()), self.width)

    @property
    def text(self) -> str:
        """Letters over the variable, or rows."""
        if self.axis:
            return super().text
        return dots_as_text(self._dots(), self._edges(), self.y_label, self.words)

    def _draw(self, ax: Any) -> None:
        if self.axis:
            super()._draw(ax)
        else:
            draw_dots(ax, self._dots(), edges=self._edges(), x=self.y_label, title=self.words)

    def _dots(self) -> list[Dot]:
        side = "lower" if self.side == "lower" else "upper"
        return [
            Dot(Row(name, None, float(y[0]), None), side, says_nothing)
            for (name, y), says_nothing in zip(self.shown.items(), self.vacuous, strict=False)
        ]

    def _edges(self) -> dict[str, float]:
        shown = any(dot.vacuous for dot in self._dots())
        return {"vacuous": self.trivial} if self.trivial is not None and shown else {}


@dataclass(repr=False, eq=False, kw_only=True)
class RatioDisplay(CurvesDisplay):
    """How many times as large as the best each bound is, over one variable."""

    @classmethod
    def from_comparison(cls, comparison: Any, **style: Any) -> Self:
        """Of a comparison with one axis; `ValueError` for none or two."""
        axis, x = axis_of(comparison, "WinnersDisplay")
        if not axis:
            raise ValueError("ratios are drawn over a variable: give one of the facts as an array")
        return cls(
            axis=axis, x=x, curves={label: np.asarray(comparison.ratios[name], float)
                                    for name, label in labels(comparison).items()},
            heading=heading(comparison, best_of(comparison, "Ratios to the best")),
            y_label="ratio to the best", level=1.0, **style,
        )  # fmt: skip


def axis_of(comparison: Any, other: str) -> tuple[str, np.ndarray]:
    """The one variable of a comparison and its values; empty where all facts are scalar."""
    axes = dict(comparison.axes)
    if len(axes) > 1:
        raise ValueError(f"curves have one variable, here are {', '.join(axes)}: use {other}")
    for name, values in axes.items():
        return name, np.asarray(values, float)
    return "", np.zeros(1)


def _crossings(
    comparison: Any, axis: str, x: np.ndarray
) -> list[tuple[float, float, str]]:  # fmt: skip
    """Each exact crossing, with the height of the bound that is the best from there on."""
    found = []
    for crossing in comparison.crossings if axis else ():
        y = np.asarray(comparison.raw.get(crossing.after, ()), float)
        inside = x[0] <= crossing.at <= x[-1] and y.size == x.size
        height = _between(x, y, crossing.at) if inside else math.nan
        if math.isfinite(height):
            found.append((float(crossing.at), height, f"{axis} = {crossing.at:.6g}"))
    return found


def _between(x: np.ndarray, y: np.ndarray, at: float) -> float:
    """The height of the line that is drawn through the points."""
    if is_logarithmic(x) and (y > 0).all():
        return float(np.exp(np.interp(np.log(at), np.log(x), np.log(y))))
    return float(np.interp(at, x, y))


def _limits(
    visible: Sequence[float], trivial: float | None, side: str, *, log: bool
) -> tuple[float, float]:  # fmt: skip
    if not visible:
        return 0.0, 1.0
    low, high = min(visible), max(visible)
    room = max(0.06 * (high - low), 1e-9 * max(abs(low), abs(high))) or 0.1
    if trivial is not None and side != "lower" and high == trivial:
        room = max(room, 0.12 * (high - low))  # the region has to be seen
    if log:
        factor = max((high / low) ** 0.05, 1.02)
        return low / factor, high * (factor if high != trivial else max(factor, 1.9))
    start = low - room
    return (max(0.0, start) if low >= 0 and side != "lower" else start), high + room
