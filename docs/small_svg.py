"""Curves as a small inline SVG: no dependency, the page's own colour for the axes, one per card."""

import math
from collections.abc import Iterator
from html import escape
from typing import Any

import numpy as np

WIDTH, HEIGHT = 460, 210
LEFT, RIGHT, TOP, BOTTOM = 58, 62, 12, 40
COLOURS = ("#d55e00", "#b07d00", "#0072b2")
"""Okabe and Ito's, darkened; the last is that of a single curve."""


class Chart:
    """Rows of numbers over one logarithmic axis; the other is logarithmic where they spread."""

    def __init__(self, at: np.ndarray, scale: str, trivial: float | None = None) -> None:
        self.at, self.scale, self.trivial = np.asarray(at, float), scale, trivial
        self.rows: list[tuple[np.ndarray, str]] = []

    def add(self, row: Any, label: str) -> None:
        self.rows.append((np.asarray(row, float), label))

    def svg(self, title: str) -> str:
        """The whole picture; `title` is read out in place of it."""
        self._fit()
        inside = [*self._shade(), *self._axes(), *self._curves()]
        head = f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)}">'
        return "\n".join([head, *inside, "</svg>"])

    def _fit(self) -> None:
        """The ends of both axes."""
        values = np.concatenate([row[np.isfinite(row)] for row, _ in self.rows])
        self.low, self.high = float(values.min()), float(values.max())
        self.logarithmic = self.low > 0 and self.high > 8 * self.low
        if not self.logarithmic:
            room = 0.06 * (self.high - self.low) or 0.5 * abs(self.high) or 1.0
            self.low, self.high = self.low - room, self.high + room

    def x(self, value: float) -> float:
        first, last = np.log(self.at[[0, -1]])
        return float(LEFT + (math.log(value) - first) / (last - first) * (WIDTH - LEFT - RIGHT))

    def y(self, value: float) -> float:
        scale = math.log if self.logarithmic else float
        low, high = scale(self.low), scale(self.high)
        return HEIGHT - BOTTOM - (scale(value) - low) / (high - low) * (HEIGHT - BOTTOM - TOP)

    def _shade(self) -> Iterator[str]:
        """Where the bound says no more than holds without data."""
        if self.trivial is None or self.trivial >= self.high:
            return
        end = self.y(max(self.trivial, self.low))
        size = f'width="{WIDTH - LEFT - RIGHT}" height="{end - TOP:.1f}"'
        yield f'<rect class="vacuous" x="{LEFT}" y="{TOP}" {size}/>'
        if end - TOP > 14:
            yield _text(WIDTH - RIGHT - 4, TOP + 12, "vacuous", "end")

    def _axes(self) -> Iterator[str]:
        bottom = HEIGHT - BOTTOM
        yield _path([(LEFT, TOP), (LEFT, bottom), (WIDTH - RIGHT, bottom)], "axis")
        for value in decades(*self.at[[0, -1]], 7):
            yield _path([(self.x(value), bottom), (self.x(value), bottom + 4)], "axis")
            yield _text(self.x(value), bottom + 17, short(value), "middle")
        for value in ticks(self.low, self.high, self.logarithmic):
            yield _path([(LEFT - 4, self.y(value)), (LEFT, self.y(value))], "axis")
            yield _text(LEFT - 7, self.y(value) + 4, short(value), "end")
        yield _text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, self.scale, "middle")

    def _curves(self) -> Iterator[str]:
        places = apart([self.y(last(row)) for row, _ in self.rows], 13)
        colours = COLOURS[-len(self.rows) :]
        for (row, label), colour, place in zip(self.rows, colours, places, strict=True):
            seen = np.isfinite(row)
            points = [(self.x(a), self.y(b)) for a, b in zip(self.at[seen], row[seen], strict=True)]
            yield _path(points, "line", f' style="stroke:{colour}"')
            style = f' style="fill:{colour}"'
            yield _text(WIDTH - RIGHT + 6, place + 4, f"δ {label}" if label else "", "start", style)


def last(row: np.ndarray) -> float:
    return float(row[np.isfinite(row)][-1])


def apart(heights: list[float], gap: float) -> list[float]:
    """The heights, those of labels that would overlap moved down."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    moved = dict.fromkeys(order, 0.0)
    for before, place in zip([None, *order], order, strict=False):
        least = -math.inf if before is None else moved[before] + gap
        moved[place] = max(heights[place], least)
    over = max(0.0, max(moved.values()) - (HEIGHT - BOTTOM))
    return [moved[place] - over for place in range(len(heights))]


def decades(low: float, high: float, most: int) -> list[float]:
    """Powers of ten in a range, not too many; 1, 2 and 5 times them where there are too few."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    powers = [10.0**p for p in range(first, last + 1)]
    found = [x for x in powers if low <= 1.001 * x and x <= 1.001 * high]
    if len(found) < 3:
        found = [x * k for x in powers for k in (1, 2, 5) if low <= x * k * 1.001 <= 1.002 * high]
    return found[:: math.ceil(len(found) / most)]


def ticks(low: float, high: float, logarithmic: bool) -> list[float]:
    """Round numbers of an axis: powers of ten, or two to six steps of 1, 2 or 5."""
    if logarithmic:
        return decades(low, high, 6)
    step = 10.0 ** math.floor(math.log10((high - low) / 2))
    step = next(step * k for k in (1, 2, 5, 10) if (high - low) / (step * k) <= 6)
    return [step * k for k in range(math.ceil(low / step), math.floor(high / step) + 1)]


def short(value: float) -> str:
    """A number for an axis: 100, 0.1, 1e6."""
    return f"{value:.3g}".replace("e+0", "e").replace("e-0", "e−").replace("e+", "e")


def _path(points: list[tuple[float, float]], kind: str, more: str = "") -> str:
    corners = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return f'<polyline class="{kind}"{more} points="{corners}"/>'


def _text(x: float, y: float, words: str, anchor: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(words)}</text>'
