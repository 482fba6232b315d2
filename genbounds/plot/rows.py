"""Rows with a point and an interval each, and what they are called: the forest of all pictures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from genbounds.plot.labels import folded
from genbounds.plot.style import (
    BLUE,
    GREY,
    beside,
    dress,
    edge,
    fine_ticks,
    letters,
    settle,
    size_of,
)
from genbounds.rendering import safely_rounded
from genbounds.text_plot import Row, rows, spans_decades

DIGITS = 4
_SHARE = 0.3


class Dot(NamedTuple):
    """A row, the side to which its number is rounded, and whether it says nothing."""

    row: Row
    side: str = "upper"
    vacuous: bool = False
    colour: str = BLUE
    marker: str = "o"
    range: tuple[float, float] = (-math.inf, math.inf)
    """What the number can be: where a bar without a cap ends."""


def height_of(words: Sequence[tuple[str, str]], width: float) -> float:
    """The height in inches of a figure with such names and remarks in its rows."""
    size = letters(width)
    lines = [1 + max(_narrow(word, width, size).count("\n") for word in row) for row in words]
    return 1.35 + max(0.5, sum(0.15 + 0.14 * count for count in lines))


def words_of(found: Sequence[Dot]) -> list[tuple[str, str]]:
    """What stands at both sides of each row."""
    return [(dot.row.name, note_of(dot)) for dot in found]


def _narrow(text: str, width: float, size: float) -> str:
    """Lines that leave the better part of the width to the picture."""
    return folded(text, width, size, _SHARE)


def heights(count: int) -> list[int]:
    """Heights of the rows, the first on top."""
    return list(range(count))[::-1]


def draw_dots(
    ax: Any, found: Sequence[Dot], *, edges: Mapping[str, float], x: str, title: str,
    linear: bool = False,
) -> None:  # fmt: skip
    """A dot a row with its interval, and its number to the right; `linear` axes start at 0."""
    dress(ax, x=x, title=title, pad=20 if edges else 6)
    log = is_log(found) and not linear
    if log:
        ax.set_xscale("log")
    ax.set_xlim(*span(found, _also(edges, linear), log))
    if log:
        fine_ticks(ax, "x")
    for height, dot in zip(heights(len(found)), found, strict=True):
        colour = GREY if dot.vacuous else dot.colour
        _interval(ax, dot, height, colour)
        beside(ax, _in_axes(note_of(dot), ax), height, colour)
    for name, place in edges.items():
        edge(ax, place, name)
    name_rows(ax, [dot.row.name for dot in found])
    settle(ax)


def name_rows(ax: Any, names: Sequence[str]) -> None:
    """The names of the rows at the left, and faint lines to them."""
    shown = [_in_axes(name, ax) for name in names]
    ax.set_yticks(heights(len(names)), shown, fontsize=size_of(ax))
    ax.set_ylim(-0.6, len(names) - 0.4)
    ax.tick_params(axis="y", length=0)
    ax.hlines(heights(len(names)), 0, 1, transform=ax.get_yaxis_transform(), color="0.93",
              linewidth=0.8, zorder=-2)  # fmt: skip
    ax.spines["left"].set_visible(False)


def _in_axes(text: str, ax: Any) -> str:
    return "\n".join(
        _narrow(line, ax.figure.get_figwidth(), size_of(ax)) for line in text.split("\n")
    )


def _interval(ax: Any, dot: Dot, height: float, colour: str) -> None:
    """A bar from end to end; an end that is not known is the border of the axes."""
    low, high = (min(max(x, first), last) for first, last in [dot.range] for x in ax.get_xlim())
    ends = [dot.row.low, dot.row.high]
    if any(end is not None for end in ends):
        left, right = (
            border if end is None or not math.isfinite(end) else end
            for end, border in zip(ends, (low, high), strict=True)
        )
        ax.hlines(height, left, right, color=colour, linewidth=1.8, zorder=2)
        capped = [e for e in ends if e is not None and math.isfinite(e)]
        ax.plot(capped, [height] * len(capped), "|", color=colour, markersize=8, zorder=2)
    if dot.row.point is not None and math.isfinite(dot.row.point):
        ax.plot([dot.row.point], [height], dot.marker, color=colour, markersize=5.5, zorder=3,
                markerfacecolor="white" if dot.vacuous else colour)  # fmt: skip


def note_of(dot: Dot) -> str:
    """What stands beside a row: its own remark, or its number rounded to the safe side."""
    if dot.row.note:
        return dot.row.note
    value = dot.row.point
    if value is None or not math.isfinite(value):
        return "silent"
    return safely_rounded(value, dot.side, DIGITS) + (" (vacuous)" if dot.vacuous else "")


def is_log(found: Sequence[Dot]) -> bool:
    """Whether the points need a logarithmic axis."""
    return spans_decades(dot.row.point for dot in found if dot.row.point is not None)


def span(found: Sequence[Dot], also: Iterable[float], log: bool) -> tuple[float, float]:
    """The ends of the axis: every finite number, with room beside it."""
    numbers = [v for dot in found for v in dot.row[1:4] if v is not None]
    finite = [v for v in [*numbers, *also] if math.isfinite(v)] or [0.0, 1.0]
    if log:
        finite = [v for v in finite if v > 0]
        factor = max((max(finite) / min(finite)) ** 0.04, 1.02)
        return min(finite) / factor, max(finite) * factor
    low, high = min(finite), max(finite)
    if low > 0 and low < 0.5 * high:
        low = 0.0
    room = 0.05 * (high - low) or 0.05 * abs(high) or 0.1
    return (0.0 if low == 0 else low - room), high + room


def _also(edges: Mapping[str, float], linear: bool) -> list[float]:
    """What the axis shows besides the rows."""
    return [*edges.values(), 0.0] if linear else [*edges.values()]


def dots_as_text(
    found: Sequence[Dot], edges: Mapping[str, float], x_label: str, title: str, *,
    linear: bool = False,
) -> str:  # fmt: skip
    """The same rows in plain text."""
    log = is_log(found) and not linear
    noted = [dot.row._replace(note=note_of(dot)) for dot in found]
    return rows(noted, edges=edges, x_label=x_label, title=title, log_x=log,
                x_range=span(found, _also(edges, linear), log))  # fmt: skip
