"""How much of each bound's radius is certainly needed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from genbounds.plot.base import Display
from genbounds.plot.coverage import several, told_apart
from genbounds.plot.rows import height_of, heights, name_rows
from genbounds.plot.style import BLUE, GREY, RED, beside, dress, edge, settle
from genbounds.text_plot import Row, rows

_LABEL = "largest factor on the radius of the bound that some world refutes"
_EDGE = "the bound itself"


@dataclass(repr=False, eq=False, kw_only=True)
class SlackDisplay(Display):
    """The factor on the radius that some world refutes, a bar for each bound, the largest on top.

    The line at 1 is the bound itself: a bar that reaches it leaves nothing to gain, one beyond it
    is false.
    """

    slacks: Sequence[Any]

    @classmethod
    def from_slacks(cls, slacks: Any, **style: Any) -> Self:
        """Of one result of `gb.slack`, or of several."""
        return cls(slacks=sorted(several(slacks), key=_by_value, reverse=True), **style)

    @property
    def height(self) -> float:
        """Room for every bar."""
        return height_of([(name, "") for name in self._names(" ")], self.width) + 0.3

    @property
    def heading(self) -> str:
        """The delta of all of them."""
        deltas = sorted({one.delta for one in self.slacks})
        return f"What bounds certainly need; delta = {', '.join(f'{d:g}' for d in deltas)}"

    @property
    def text(self) -> str:
        """The bars in plain text."""
        found = [
            Row(name, 0.0, None, min(self._end, max(0.0, _by_value(one))), _shown(one.value))
            for name, one in zip(self._names(" "), self.slacks, strict=True)
        ]
        return rows(found, edges={_EDGE: 1.0}, x_label=_LABEL, title=self.title or self.heading,
                    x_range=(0, self._end))  # fmt: skip

    @property
    def _end(self) -> float:
        finite = [one.value for one in self.slacks if math.isfinite(one.value)]
        return 1.15 * float(max([1.0, *finite]))

    def _names(self, between: str = "\n") -> list[str]:
        return told_apart(self.slacks, between)

    def _draw(self, ax: Any) -> None:
        dress(ax, x=_LABEL, title=self.title or self.heading, pad=20)
        for place, one in zip(heights(len(self.slacks)), self.slacks, strict=True):
            colour = RED if one.value > 1 else BLUE if one.value > 0 else GREY
            ax.barh(place, min(self._end, max(0.0, _by_value(one))), color=colour, height=0.62,
                    hatch="//" if one.value > 1 else None, edgecolor="white")  # fmt: skip
            beside(ax, _shown(one.value), place, colour)
        edge(ax, 1.0, _EDGE)
        name_rows(ax, self._names())
        ax.set_xlim(0, self._end)
        settle(ax)


def _by_value(one: Any) -> float:
    return -math.inf if math.isnan(one.value) else float(one.value)


def _shown(value: float) -> str:
    if math.isnan(value):
        return "no factor refuted"
    return "every factor refuted" if math.isinf(value) else f"{value:.4g}"
