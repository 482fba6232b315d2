"""What every display is: built from a result, drawn into axes, written to a file.

The convention is scikit-learn's: `XDisplay.from_...(result).plot(ax=None)` draws and returns the
display, whose `ax_` and `figure_` can then be changed. A figure of its own belongs to no window and
no list, and shows by itself in a notebook.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np

ENDINGS = (".png", ".svg", ".pdf")
_RESOLUTION = 200
_SEED = "genbounds"


@dataclass(repr=False, eq=False, kw_only=True)
class Display:
    """A picture of a result.

    `width` is that of a figure of its own in inches, at least 3; `title` replaces its heading.
    """

    width: float = 8.8
    title: str | None = None

    columns = 1
    figure_: Any = None
    ax_: Any = None
    _own = False

    def __post_init__(self) -> None:
        if not 3 <= self.width <= 40:
            raise ValueError(f"width must be in [3, 40] inches, got {self.width!r}")

    @property
    def height(self) -> float:
        """The height of a figure of its own, in inches."""
        return 0.42 * self.width + 1.1

    @property
    def stacked(self) -> bool:
        """Whether the parts of a narrow figure stand one below the other."""
        return self.columns > 1 and self.width < 6

    @property
    def text(self) -> str:
        """The picture in plain text, at most 80 columns wide; needs no matplotlib."""
        raise NotImplementedError

    def plot(self, ax: Any = None) -> Self:
        """Draw into the given axes or a figure of its own; `ax_` and `figure_` are set.

        Where a picture has two parts, `ax` is a pair of axes. `ImportError` without matplotlib.
        """
        figure_class = matplotlib_figure()
        self._own = ax is None
        if ax is None:
            figure = figure_class(figsize=(self.width, self.height), layout="constrained")
            ax = figure.subplots(*((self.columns, 1) if self.stacked else (1, self.columns)))
        elif np.shape(ax) != (() if self.columns == 1 else (self.columns,)):
            wanted = "one Axes" if self.columns == 1 else f"{self.columns} Axes"
            raise ValueError(f"ax must be {wanted}, got {ax!r:.60}")
        self.ax_ = ax
        first = ax if self.columns == 1 else ax[0]
        self.figure_ = first.figure
        self._draw(ax)
        return self

    def _draw(self, ax: Any) -> None:
        raise NotImplementedError

    def save(self, path: Any, *, overwrite: bool = False) -> Self:
        """Write the figure as the path ends: .png, .svg or .pdf.

        The same picture gives the same bytes. `ValueError` for another ending, `FileExistsError`
        for a file that is there, unless `overwrite`.
        """
        target = checked_path(path, overwrite=overwrite)
        if self.figure_ is None:
            self.plot()
        target.write_bytes(self._written(target.suffix.lower().removeprefix(".")))
        return self

    def _written(self, style: str) -> bytes:
        import matplotlib

        undated = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(style)
        buffer = io.BytesIO()
        with matplotlib.rc_context({"svg.hashsalt": _SEED}):
            self.figure_.savefig(buffer, format=style, dpi=_RESOLUTION, metadata=undated)
        return buffer.getvalue()

    def _repr_png_(self) -> bytes | None:
        """For a notebook; axes of the user's own are shown by whoever made them."""
        if self.figure_ is None:
            self.plot()
        return self._written("png") if self._own else None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: .plot() draws it, .save(path) writes it, .text prints it>"


def matplotlib_figure() -> Any:
    """matplotlib's Figure; an `ImportError` that names the extra without it."""
    try:
        from matplotlib.figure import Figure
    except ImportError as fault:
        raise ImportError("pictures need matplotlib: pip install 'genbounds[plot]'") from fault
    return Figure


def checked_path(path: Any, *, overwrite: bool = False) -> Path:
    """A path that may be written: a known ending, in a folder that is there, nothing lost."""
    target = Path(path)
    if target.suffix.lower() not in ENDINGS:
        raise ValueError(f"a picture ends in {', '.join(ENDINGS)}, not {target.name!r}")
    if not target.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {target.parent}")
    if target.exists() and not overwrite:
        raise FileExistsError(f"{target} exists: overwrite=True replaces it")
    return target
