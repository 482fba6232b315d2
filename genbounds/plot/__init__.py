"""Pictures of results: the only package that imports matplotlib; it draws numbers, computes none.

A display holds what it draws: `XDisplay.from_...(result, **style).plot(ax=None)`, then
`.save(path)`; or `.text` for a terminal, which needs no matplotlib.
"""

from typing import Any

from genbounds.plot.base import Display, checked_path
from genbounds.plot.bounds import BoundsDisplay, RatioDisplay
from genbounds.plot.certificates import CertificatesDisplay
from genbounds.plot.coverage import CoverageDisplay
from genbounds.plot.learning_curve import LearningCurveDisplay
from genbounds.plot.rademacher import RademacherDisplay
from genbounds.plot.sample_sizes import SampleSizeDisplay
from genbounds.plot.slack import SlackDisplay
from genbounds.plot.winners import WinnersDisplay

__all__ = [
    "BoundsDisplay",
    "CertificatesDisplay",
    "CoverageDisplay",
    "Display",
    "LearningCurveDisplay",
    "RademacherDisplay",
    "RatioDisplay",
    "SampleSizeDisplay",
    "SlackDisplay",
    "WinnersDisplay",
    "checked_path",
    "comparison_display",
    "display_of",
]


def display_of(comparison: Any, **style: Any) -> Display:
    """The picture that suits a comparison: rows, curves along one axis, a map over two."""
    if comparison.kind == "n" and comparison.axes:
        return SampleSizeDisplay.from_comparison(comparison, **style)
    if len(comparison.axes) == 2:
        return WinnersDisplay.from_comparison(comparison, **style)
    return BoundsDisplay.from_comparison(comparison, **style)


def comparison_display(
    comparison: Any, path: Any = None, *, overwrite: bool = False, **style: Any
) -> Display:
    """The same, drawn, and written if there is a path."""
    display = display_of(comparison, **style).plot()
    return display if path is None else display.save(path, overwrite=overwrite)
