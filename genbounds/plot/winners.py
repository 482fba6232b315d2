"""Which bound is the best where: a map of two variables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any, NamedTuple, Self

import numpy as np

from genbounds.plot.base import Display
from genbounds.plot.labels import End, folded, name_ends
from genbounds.plot.style import BLACK, TINTED, axis_words, dress, fine_ticks, settle, size_of
from genbounds.plot.words import best_of, heading, labels
from genbounds.text_plot import grid, is_logarithmic

VACUOUS, SILENT = "all vacuous", "no bound speaks"
_TINTS, _LARGE, _TINY = (0.62, 0.4, 0.75), 0.08, 0.0005
_GROUND = {"facecolor": "white", "edgecolor": "none", "alpha": 0.7, "pad": 1.5}


class Region(NamedTuple):
    """A connected part of the map: what it is, and the point deepest inside."""

    name: str
    x: float
    y: float
    cell: tuple[int, int]


@dataclass(repr=False, eq=False, kw_only=True)
class WinnersDisplay(Display):
    """The best bound at each point of a grid, named within its region; outlines serve for print.

    `codes` has shape (len(x), len(y)): an index into `names`, -1 where every bound is vacuous and
    -2 where none speaks.
    """

    axes: tuple[str, str]
    x: np.ndarray
    y: np.ndarray
    names: tuple[str, ...]
    codes: np.ndarray
    heading: str

    @classmethod
    def from_comparison(cls, comparison: Any, **style: Any) -> Self:
        """Of a comparison with two axes; `ValueError` for fewer."""
        (a, x), (b, y) = two_axes(comparison)
        best = np.asarray(comparison.best, object)
        code = {name: i for i, name in enumerate(comparison.names)}
        codes = np.array([code.get(name, -2) for name in best.ravel()]).reshape(best.shape)
        vacuous = np.all([np.broadcast_to(comparison.vacuous[name], best.shape)
                          for name in comparison.names], axis=0)  # fmt: skip
        codes = np.where(vacuous & (codes >= 0), -1, codes)
        return cls(axes=(a, b), x=x, y=y, names=tuple(labels(comparison).values()), codes=codes,
                   heading=heading(comparison, best_of(comparison)), **style)  # fmt: skip

    @property
    def height(self) -> float:
        """Nearly as high as wide."""
        return 0.52 * self.width + 1.1

    def name_of(self, code: int) -> str:
        """What a code means."""
        return {-1: VACUOUS, -2: SILENT}.get(code) or self.names[code]

    @property
    def text(self) -> str:
        """The map in letters."""
        cells = [[None if code < 0 else self.names[code] for code in row] for row in self.codes]
        return grid(
            self.x, self.y, cells, x_label=axis_words(self.axes[0]),
            y_label=axis_words(self.axes[1]), title=self.title or self.heading,
            nothing="all vacuous or silent",
        )  # fmt: skip

    def _draw(self, ax: Any) -> None:
        from matplotlib.colors import ListedColormap

        dress(ax, x=axis_words(self.axes[0]), y=axis_words(self.axes[1]),
              title=self.title or self.heading)  # fmt: skip
        set_scales(ax, self.x, self.y)
        used = sorted(set(self.codes.ravel().tolist()))
        position = np.searchsorted(used, self.codes)
        ax.pcolormesh(
            edges(self.x), edges(self.y), position.T, cmap=ListedColormap(self._tints(used)),
            vmin=-0.5, vmax=len(used) - 0.5, rasterized=True,
        )  # fmt: skip
        self._outlines(ax)
        self._name(ax)

    def _tints(self, used: list[int]) -> list[Any]:
        """Light colours, the deeper ones after the first five; grey for what says nothing."""
        from matplotlib.colors import to_rgb

        strong = [to_rgb(colour) for colour in TINTED]
        light = (
            tuple(tint + (1 - tint) * c for c in colour)
            for tint in cycle(_TINTS)
            for colour in strong
        )
        return [{-1: (0.88,) * 3, -2: (1.0,) * 3}.get(code) or next(light) for code in used]

    def _outlines(self, ax: Any) -> None:
        """A line along every border between two regions, and hatching over what is vacuous."""
        from matplotlib.collections import LineCollection

        borders = [*_borders(self.codes, edges(self.x), edges(self.y))]
        swapped = _borders(self.codes.T, edges(self.y), edges(self.x))
        borders += [[(a, b) for b, a in segment] for segment in swapped]
        ax.add_collection(LineCollection(borders, colors=BLACK, linewidths=0.9))
        if (self.codes == -1).any():
            ax.add_patch(self._hatching())

    def _hatching(self) -> Any:
        """One patch over the cells in which every bound is vacuous."""
        from matplotlib.patches import PathPatch
        from matplotlib.path import Path

        x, y = edges(self.x), edges(self.y)
        cells = [
            Path([(x[i], y[j]), (x[i + 1], y[j]), (x[i + 1], y[k]), (x[i], y[k]), (x[i], y[j])])
            for i, column in enumerate(self.codes == -1)
            for j, k in _runs(column)
        ]
        return PathPatch(Path.make_compound_path(*cells), facecolor="none", edgecolor="0.68",
                         hatch="//", linewidth=0)  # fmt: skip

    def _name(self, ax: Any) -> None:
        """Names inside where they fit, else at the right with a line to their region."""
        settle(ax)
        size = size_of(ax)
        outside, inside = [], []
        for region in self.regions():
            label = folded(region.name, ax.figure.get_figwidth(), size)
            turned = next((t for t in (0, 90) if self._fits(ax, region, label, size, t)), None)
            if turned is None:
                outside.append(End(region.name, region.x, region.y, BLACK))
            else:
                inside.append((region.x, region.y, label, turned))
        if outside:
            name_ends(ax, outside)
        for x, y, label, turned in inside:  # last, so that no line crosses them
            ax.text(x, y, label, ha="center", va="center", fontsize=size, rotation=turned,
                    color=BLACK, bbox=_GROUND, zorder=6)  # fmt: skip

    def _fits(self, ax: Any, region: Region, label: str, size: float, turned: int) -> bool:
        """Whether the region holds the label around its deepest point, upright or turned."""
        box = ax.get_window_extent()
        lines = label.split("\n")
        long, high = 0.6 * size * max(map(len, lines)) + 6, 1.35 * size * len(lines)
        room = [side * 72 / ax.figure.dpi for side in (box.width, box.height)]
        runs = self._lengths(region)
        if turned:
            long, high = high, long
        return bool(long <= runs[0] * room[0] and high <= runs[1] * room[1])

    def _lengths(self, region: Region) -> list[float]:
        """The shares of both sides that the region covers around its point, evenly to both ends."""
        at = region.cell
        code = self.codes[at]
        found = []
        for line, i in ((self.codes[:, at[1]], at[0]), (self.codes[at[0]], at[1])):
            same = line == code
            left = i - np.flatnonzero(~same[: i + 1]).max(initial=-1)
            right = np.flatnonzero(~same[i:]).min(initial=len(same) - i)
            found.append(float(2 * min(left, right) - 1) / len(same))
        return found

    def regions(self) -> Iterator[Region]:
        """For each code its largest part, and every other large one."""
        from scipy.ndimage import label

        for code in sorted(set(self.codes.ravel().tolist())):
            parts, count = label(self.codes == code)
            sizes = np.bincount(parts.ravel(), minlength=count + 1)[1:] / self.codes.size
            for part in np.flatnonzero((sizes == sizes.max()) | (sizes > _LARGE)):
                if sizes[part] < _TINY:
                    continue
                i, j = deepest(parts == part + 1)
                yield Region(self.name_of(code), _centre(self.x, i), _centre(self.y, j), (i, j))


def deepest(inside: np.ndarray) -> tuple[int, int]:
    """The cell farthest from the border; of nearly equal ones that nearest to the centre."""
    from scipy.ndimage import distance_transform_edt

    sides = np.reshape(inside.shape, (2, 1, 1))
    depth = distance_transform_edt(np.pad(inside, 1), sampling=1 / sides.ravel())[1:-1, 1:-1]
    a, b = np.indices(inside.shape) / sides
    away = np.hypot(a - a[inside].mean(), b - b[inside].mean())
    i, j = np.unravel_index(int((depth - 0.05 * away - ~inside).argmax()), inside.shape)
    return int(i), int(j)


def _borders(
    codes: np.ndarray, x: np.ndarray, y: np.ndarray
) -> list[list[tuple[float, float]]]:  # fmt: skip
    """The upright sides of cells whose neighbour at the right is another."""
    found = np.argwhere(codes[1:] != codes[:-1])
    return [[(x[i + 1], y[j]), (x[i + 1], y[j + 1])] for i, j in found]


def two_axes(comparison: Any) -> list[tuple[str, np.ndarray]]:
    """Both variables of a comparison; `ValueError` where there are not two."""
    found = [(name, np.asarray(values, float)) for name, values in comparison.axes.items()]
    if len(found) != 2:
        got = ", ".join(name for name, _ in found) or "none"
        raise ValueError(f"a map has two variables, given as arrays; here are {got}")
    return found


def set_scales(ax: Any, x: np.ndarray, y: np.ndarray) -> None:
    """Both axes spaced as their numbers are, and no wider."""
    for which, values in (("x", x), ("y", y)):
        if is_logarithmic(values):
            getattr(ax, f"set_{which}scale")("log")
        low, *_, high = edges(values)
        getattr(ax, f"set_{which}lim")(low, high)
        if is_logarithmic(values):
            fine_ticks(ax, which)


def edges(values: np.ndarray) -> np.ndarray:
    """The borders of cells around values, halfway between them on their own scale.

    Cells of numbers at least 0 do not reach below 0.
    """
    if len(values) == 1:
        room = 0.05 * abs(values[0]) or 0.5
        return np.asarray([values[0] - room, values[0] + room])
    scaled = np.log(values) if is_logarithmic(values) else values
    middle = (scaled[1:] + scaled[:-1]) / 2
    found = np.concatenate([[2 * scaled[0] - middle[0]], middle, [2 * scaled[-1] - middle[-1]]])
    found = np.exp(found) if is_logarithmic(values) else found
    if values[0] >= 0 >= found[0]:
        found[0] = values[0] / 2
    return np.asarray(found)


def _centre(values: np.ndarray, i: int) -> float:
    """The middle of a cell, on the scale of the values."""
    low, high = edges(values)[i : i + 2]
    return float(np.sqrt(low * high) if is_logarithmic(values) else (low + high) / 2)


def _runs(marks: np.ndarray) -> list[tuple[int, int]]:
    """The first and one past the last of each run of true marks."""
    steps = np.flatnonzero(np.diff(np.concatenate([[0], marks.astype(int), [0]])))
    return [(int(a), int(b)) for a, b in zip(steps[::2], steps[1::2], strict=True)]
