"""Names beside what they name: at the ends of lines, pushed apart so that none meets another."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from genbounds.plot.style import GREY, letters, settle, size_of
from genbounds.text_plot import spread

_LINE = 1.3
_LEAD, _AWAY = 9, 18
_SHARE = 0.4


class End(NamedTuple):
    """A label, the point of the data that it belongs to, its colour, and the line's marker."""

    label: str
    x: float
    y: float
    colour: str
    marker: str = ""


def name_ends(axes: Any, ends: Sequence[End]) -> None:
    """Labels right of the axes, each joined to its point by a thin line.

    A point beyond the limits of the axes is named at the border that it left through.
    """
    size = size_of(axes)
    labels = [folded(end.label, axes.figure.get_figwidth(), size) for end in ends]
    points = [_in_axes(axes, end) for end in ends]
    shown = [
        axes.text(1.0, y, label, transform=_beyond(axes, _AWAY), color=end.colour, fontsize=size,
                  va="center")
        for label, (_, y), end in zip(labels, points, ends, strict=True)
    ]  # fmt: skip
    settle(axes)  # the layout makes room; heights are known after it
    line = _LINE * size / (axes.get_window_extent().height * 72 / axes.figure.dpi)
    lines = max((label.count("\n") + 1 for label in labels), default=1)
    room = (min(0.5, (lines - 1) * line / 2), max(0.5, 1 - (lines - 1) * line / 2))
    places = spread([y for _, y in points], lines * line, *room)
    for text, point, end, y in zip(shown, points, ends, places, strict=True):
        text.set_y(y)
        _join(axes, point, end, y)


def _join(axes: Any, point: tuple[float, float], end: End, y: float) -> None:
    """A thin line from the point to its label, and before the label the marker of the curve."""
    axes.annotate(
        "", point, (1.0, y), xycoords="axes fraction", textcoords=_beyond(axes, _LEAD),
        annotation_clip=False, arrowprops={"arrowstyle": "-", "color": end.colour,
                                           "linewidth": 0.6, "shrinkA": 0, "shrinkB": 1},
    )  # fmt: skip
    if end.marker:
        axes.plot([1.0], [y], end.marker, color=end.colour, markersize=4, clip_on=False,
                  transform=_beyond(axes, (_LEAD + _AWAY) / 2))  # fmt: skip


def room_for(labels: Sequence[str], width: float) -> float:
    """The height in inches that labels need one below the other, in a figure of that width."""
    size = letters(width)
    lines = max((folded(label, width, size).count("\n") + 1 for label in labels), default=1)
    return len(labels) * lines * _LINE * size / 72


def _in_axes(axes: Any, end: End) -> tuple[float, float]:
    """The point in fractions of the axes, held within them; the top where there is no number."""
    x, y = (axes.transScale + axes.transLimits).transform((end.x, end.y))
    return min(max(float(x), 0.0), 1.0), min(max(float(y), 0.0), 1.0) if math.isfinite(y) else 1.0


def _beyond(axes: Any, points: float) -> Any:
    """Fractions of the axes, moved so many points to the right."""
    from matplotlib.transforms import ScaledTranslation

    return axes.transAxes + ScaledTranslation(points / 72, 0, axes.figure.dpi_scale_trans)


def folded(label: str, width: float, size: float, share: float = _SHARE) -> str:
    """A name in lines that take a share of the width at most, broken after _ or at blanks."""
    columns = int(share * width * 72 / (0.55 * size))
    lines = [""]
    for part in label.replace("_", "_\0").replace(" ", " \0").split("\0"):
        if lines[-1] and len(lines[-1] + part.rstrip()) > columns:
            lines.append("")
        lines[-1] += part
    return "\n".join(line.rstrip() for line in lines)


def remark(axes: Any, x: float, y: float, text: str, **where: Any) -> None:
    """A word inside of the axes, in fractions of them, on a ground that lines cannot cross."""
    axes.text(
        x, y, text, transform=axes.transAxes, fontsize=size_of(axes), color=GREY, zorder=5,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.75, "pad": 1.5}, **where,
    )  # fmt: skip
