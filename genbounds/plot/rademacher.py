"""An empirical Rademacher complexity beside its upper bounds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from genbounds.plot.base import Display
from genbounds.plot.rows import Dot, dots_as_text, draw_dots, height_of, words_of
from genbounds.plot.style import BLUE, GREEN
from genbounds.rendering import safely_rounded
from genbounds.text_plot import Row

_DIGITS = 3


@dataclass(repr=False, eq=False, kw_only=True)
class RademacherDisplay(Display):
    """The complexity with its certified interval on top, and a dot for each theorem below."""

    rows: Sequence[Dot]
    heading: str
    x_label: str = "empirical Rademacher complexity (1/n, no absolute value)"

    @classmethod
    def from_estimate(cls, estimate: Any, upper_bounds: Any = None, **style: Any) -> Self:
        """Of `gb.rademacher(H, X)` and `gb.complexity_bounds(H, X)`, which may be left out.

        `ValueError` where both are not of the same functions on the same number of points.
        """
        if upper_bounds is not None:
            _check(estimate, upper_bounds)
        above = [] if upper_bounds is None else upper_bounds.rows
        names = [row.bound for row in above]
        told = [row.bound if names.count(row.bound) == 1 else f"{row.bound}, {row.told}"
                for row in above]  # fmt: skip
        dots = [_own(estimate), *(
            Dot(Row(name, None, row.value, None), colour=BLUE)
            for name, row in zip(told, above, strict=True)
        )]  # fmt: skip
        sure = f", interval at delta = {estimate.delta:g}" if estimate.delta else ""
        text = f"{estimate.of}: {estimate.quantity} complexity on {estimate.n} points{sure}"
        return cls(
            rows=dots, heading=text + ("; upper bounds by theorems" if above else ""),
            x_label=f"empirical {estimate.quantity} complexity ({estimate.convention})", **style,
        )  # fmt: skip

    @property
    def height(self) -> float:
        """Room for every row."""
        return height_of(words_of(self.rows), self.width)

    @property
    def text(self) -> str:
        """The rows in plain text."""
        return dots_as_text(self.rows, {}, self.x_label, self.title or self.heading)

    def _draw(self, ax: Any) -> None:
        draw_dots(ax, self.rows, edges={}, x=self.x_label, title=self.title or self.heading)


def _own(estimate: Any) -> Dot:
    """The estimate's row: an interval where it was drawn, one end where only one is known."""
    number = f"{estimate.value:.{_DIGITS}g}"
    kind = "a search" if estimate.label == "lower" else str(estimate.kind)
    if estimate.label == "lower":
        note = f"at least {safely_rounded(estimate.lower, 'lower', _DIGITS)}"
    elif estimate.label == "upper":
        note = f"at most {safely_rounded(estimate.upper, 'upper', _DIGITS)}"
    elif estimate.draws is None:
        note = f"{number}, exact"
    else:
        low = safely_rounded(estimate.lower, "lower", _DIGITS)
        note = f"{number} in [{low}, {safely_rounded(estimate.upper, 'upper', _DIGITS)}]"
    high = estimate.upper if math.isfinite(estimate.upper) else None
    ends = (estimate.lower, high) if estimate.draws or estimate.label != "exact" else (None, None)
    return Dot(Row(f"complexity, {kind}", ends[0], estimate.value, ends[1], note),
               colour=GREEN, marker="D")  # fmt: skip


def _check(estimate: Any, upper_bounds: Any) -> None:
    """Numbers of other functions, points or conventions are not compared."""
    faults = []
    if estimate.quantity != "Rademacher":
        faults.append(f"the bounds are on Rademacher, not on {estimate.quantity} complexities")
    if estimate.convention != "1/n, no absolute value":
        faults.append(f"the bounds are for 1/n and no absolute value, not {estimate.convention}")
    if estimate.values not in ("labels", "scores"):
        faults.append(f"the bounds are of labels +-1 or scores, not of {estimate.values}")
    if estimate.n != upper_bounds.n:
        faults.append(f"the complexity is on {estimate.n} points, the bounds on {upper_bounds.n}")
    if estimate.of != upper_bounds.of:
        faults.append(f"the complexity is of {estimate.of}, the bounds of {upper_bounds.of}")
    if faults:
        raise ValueError("; ".join(faults))
