"""The look of all pictures: colours that stay apart in every kind of vision, and in print."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import cycle, islice
from typing import Any, NamedTuple

from genbounds.text_plot import is_logarithmic, short
from genbounds.variables import VARIABLES

# Okabe and Ito's colours, the light ones darkened to be read as text.
BLUE, GREEN, ORANGE, RED, PURPLE = "#0072B2", "#00805E", "#B87700", "#D55E00", "#AA4499"
BLACK, GREY, PALE = "0.1", "0.35", "0.92"
OF_VERDICT = {"consistent": GREEN, "refuted": RED, "misused": ORANGE, "undecided": GREY}

_COLOURS = (BLUE, RED, GREEN, PURPLE, ORANGE, BLACK)
TINTED = _COLOURS[:5]
_DASHES = ("-", (0, (5, 1.6)), (0, (5, 1.5, 1.2, 1.5)), (0, (1.4, 1.3)))
_MARKERS = "osD^vPX*"
_ROOM = 0.015


class Look(NamedTuple):
    """How one line differs from the others: twice over, so that grey suffices."""

    colour: str
    dash: Any
    marker: str


def looks(count: int) -> list[Look]:
    """Looks no two of which share dashes and marker, up to 32 lines."""
    return [
        Look(_COLOURS[i % 6], _DASHES[(i + i // 8) % 4], marker)
        for i, marker in enumerate(islice(cycle(_MARKERS), count))
    ]


def size_of(axes: Any) -> float:
    """The size of letters in points, by the width of the axes' figure."""
    return letters(axes.figure.get_figwidth())


def letters(width: float) -> float:
    """The size of letters in points in a figure so many inches wide."""
    return 9.0 if width >= 6 else 8.0


def dress(axes: Any, *, x: str = "", y: str = "", title: str = "", pad: float = 6) -> None:
    """Labels in one size, a title at the left, no frame at the top and the right.

    `pad` is the room below the title in points.
    """
    size = size_of(axes)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=size)
    axes.set_xlabel(x, fontsize=size + 0.5)
    axes.set_ylabel(y, fontsize=size + 0.5)
    if title:
        axes.set_title(title, loc="left", fontsize=size + 1, pad=pad)


def settle(axes: Any) -> None:
    """Lay out the figure, then break the title and the label below to what has room."""
    figure, title, label = axes.figure, _title_of(axes), axes.xaxis.label
    for text in (title, label):
        text.set_in_layout(False)
    figure.draw_without_rendering()
    box, width = axes.get_window_extent(), figure.bbox.width
    middle = (box.x0 + box.x1) / 2
    _break(title, width - box.x0)
    _break(label, 2 * min(middle, width - middle))
    figure.draw_without_rendering()


def _title_of(axes: Any) -> Any:
    """The words of the title at the left."""
    from matplotlib.text import Text

    said = axes.get_title(loc="left")
    words = [child for child in axes.get_children() if isinstance(child, Text)]
    return next(text for text in words[::-1] if text.get_text() == said)


def _break(text: Any, room: float) -> None:
    """Lines of a text that are no longer than so many pixels."""
    from textwrap import wrap

    text.set_in_layout(True)
    letter = 0.54 * text.get_fontsize() * text.figure.dpi / 72
    text.set_text("\n".join(wrap(text.get_text(), max(16, int(room / letter)))))


def scale_axis(axes: Any, which: str, values: Sequence[float]) -> None:
    """An axis spaced as its numbers are."""
    if is_logarithmic(values):
        getattr(axes, f"set_{which}scale")("log")
    getattr(axes, f"set_{which}lim")(*_with_room(min(values), max(values), values))
    if is_logarithmic(values):
        fine_ticks(axes, which)


def _with_room(low: float, high: float, values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis a little beyond its values, so that marks at the ends are whole."""
    if is_logarithmic(values):
        factor = (high / low) ** _ROOM
        return low / factor, high * factor
    room = _ROOM * (high - low) or 0.1 * abs(high) or 1.0
    return low - room, high + room


def fine_ticks(axes: Any, which: str) -> None:
    """Numbers on a logarithmic axis: powers of ten, or 1, 2, 5 within one decade or two."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    axis = getattr(axes, f"{which}axis")
    low, high = sorted(getattr(axes, f"get_{which}lim")())
    digits = (1.0,) if low <= 0 or high / low > 300 else (1.0, 2.0, 5.0)
    axis.set_major_locator(LogLocator(subs=digits, numticks=9))
    axis.set_major_formatter(FuncFormatter(lambda value, _: tick(value)))
    axis.set_minor_formatter(NullFormatter())


def tick(value: float) -> str:
    """A number on an axis: plain from 0.001 to 1000, powers of ten beyond.

    >>> tick(0.05), tick(1e6), tick(2e6)
    ('0.05', '$10^{6}$', '$2·10^{6}$')
    """
    if value == 0 or 1e-3 <= abs(value) <= 1e3:
        return f"{value:g}"
    digits, _, exponent = f"{value:.3e}".partition("e")
    mantissa = f"{float(digits):g}"
    front = "" if mantissa == "1" else f"{mantissa}·"
    return f"${front}10^{{{int(exponent)}}}$"


def edge(axes: Any, x: float, text: str) -> None:
    """A dashed line, and above it what it is."""
    axes.axvline(x, color=GREY, linewidth=1, dashes=(4, 3), zorder=0)
    axes.annotate(
        text, (x, 1), (0, 3), xycoords=axes.get_xaxis_transform(), textcoords="offset points",
        color=GREY, ha="center", va="bottom", fontsize=size_of(axes),
    )  # fmt: skip


def beside(axes: Any, text: str, height: float, colour: str) -> None:
    """A word to the right of the axes, at the height of a row."""
    axes.annotate(
        text, (1, height), (6, 0), xycoords=axes.get_yaxis_transform(),
        textcoords="offset points", color=colour, va="center", fontsize=size_of(axes),
    )  # fmt: skip


# --- words


def axis_words(name: str) -> str:
    """A variable as the label of an axis."""
    return {"n": "sample size n", "epsilon": "accuracy epsilon", "target": "target"}.get(
        name, f"{name}: {VARIABLES[name].meaning}" if name in VARIABLES else name
    )


def facts_words(facts: Iterable[tuple[str, Any]]) -> str:
    """Scalar facts of a call, `delta = 0.05, vc_dim = 10`."""
    return ", ".join(f"{name} = {fact(value)}" for name, value in facts)


def fact(value: Any) -> str:
    """A fact in a title: a number in short, anything else by its name."""
    if isinstance(value, (int, float)) and math.isfinite(value):
        return str(value) if isinstance(value, int) and abs(value) < 10**6 else short(value)
    text = str(value)
    return text if len(text) <= 40 else f"{text[:38]}.."
