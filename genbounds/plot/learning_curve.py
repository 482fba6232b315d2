"""Errors against the number of training points, with what is guaranteed of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from genbounds.plot.base import Display
from genbounds.plot.labels import End, name_ends, remark
from genbounds.plot.style import BLUE, GREEN, PALE, RED, dress, scale_axis
from genbounds.text_plot import lines


@dataclass(repr=False, eq=False, kw_only=True)
class LearningCurveDisplay(Display):
    """Training and held-out error, the interval of the risk, and the limit through a class."""

    curve: Any

    @classmethod
    def from_curve(cls, curve: Any, **style: Any) -> Self:
        """Of a result of `gb.learning_curve`."""
        return cls(curve=curve, **style)

    @property
    def heading(self) -> str:
        """Of what, from which side, at which delta."""
        found = self.curve
        name = found.estimator if len(found.estimator) < 40 else found.estimator.partition("(")[0]
        shared = "" if found.class_upper is None else ", half for the class"
        return (
            f"{name}: errors, and limits of the risk that hold all at once; "
            f"delta = {found.delta:g}{shared}; {found.n_test} points held out"
        )

    @property
    def text(self) -> str:
        """The curves as letters."""
        found = self.curve
        curves = {
            "held-out error": found.held_out, "upper limit, test part": found.upper,
            "lower limit, test part": found.lower, "training error": found.training,
        }  # fmt: skip
        if found.class_upper is not None:
            curves["upper limit, class"] = found.class_upper
        return lines(found.sizes, curves, x_label="points trained on", log_y=False,
                     title=self.title or self.heading)  # fmt: skip

    def _draw(self, ax: Any) -> None:
        found, x = self.curve, [float(n) for n in self.curve.sizes]
        dress(ax, x="points trained on, n", y="error rate", title=self.title or self.heading)
        ax.fill_between(x, found.lower, found.upper, color=BLUE, alpha=0.14, linewidth=0)
        ax.plot(x, found.upper, color=BLUE, linewidth=1, linestyle=(0, (4, 2)))
        ax.plot(x, found.lower, color=BLUE, linewidth=1, linestyle=(0, (4, 2)))
        ax.plot(x, found.held_out, "o-", color=BLUE, linewidth=1.8, markersize=4.5)
        ax.plot(x, found.training, "s-", color=GREEN, linewidth=1.8, markersize=4.5)
        if found.class_upper is not None:
            ax.plot(x, found.class_upper, "^--", color=RED, linewidth=1.8, markersize=4.5)
        scale_axis(ax, "x", x)
        top = max([*found.upper, *(found.class_upper or ())])
        ax.set_ylim(0, 1.06 * top if top < 0.9 else 1.12)
        if top >= 0.9:
            ax.axhspan(1, 1.12, color=PALE, zorder=-1)
            remark(ax, 0.985, 0.985, "vacuous: nothing is claimed", ha="right", va="top")
        name_ends(ax, self._ends())

    def _ends(self) -> list[End]:
        found, last = self.curve, float(self.curve.sizes[-1])
        ends = [
            End("upper limit, test part", last, found.upper[-1], BLUE),
            End("held-out error", last, found.held_out[-1], BLUE, "o"),
            End("lower limit, test part", last, found.lower[-1], BLUE),
            End("training error", last, found.training[-1], GREEN, "s"),
        ]  # fmt: skip
        if found.class_upper is not None:
            ends.append(End("upper limit, class", last, found.class_upper[-1], RED, "^"))
        return ends
