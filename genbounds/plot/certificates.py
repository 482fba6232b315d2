"""A forest plot of certified models: a row for each statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from genbounds.plot.base import Display
from genbounds.plot.rows import Dot, dots_as_text, draw_dots, height_of, words_of
from genbounds.plot.style import BLUE, GREEN, PURPLE
from genbounds.rendering import safely_rounded
from genbounds.text_plot import Row

_DIGITS, _MANY = 3, 15
_OF_KIND = {"held_out": (BLUE, "o"), "training": (GREEN, "s"), "fold": (BLUE, "^"),
            "average": (PURPLE, "D"), "difference": (PURPLE, "D")}  # fmt: skip
_SAID = {"training": "on its training data", "fold": "fold", "average": "average of the folds",
         "difference": "", "held_out": ""}  # fmt: skip


@dataclass(repr=False, eq=False, kw_only=True)
class CertificatesDisplay(Display):
    """A row for each statement: what was observed, and the limits of the risk.

    A bar without a cap goes on to what the risk can be: nothing is claimed of that side. Rows
    without a number are headings; what is vacuous is grey and says so. Many differences of two
    models are left out, which the title says, unless `differences=True`.
    """

    rows: Sequence[Dot]
    heading: str
    x_label: str
    edges: Mapping[str, float]

    @classmethod
    def from_certificates(
        cls, certificates: Any, *, differences: bool | None = None, **style: Any
    ) -> Self:  # fmt: skip
        """Of one certificate, several, or a dictionary that names them."""
        named = _named(certificates)
        shown = {name: _shown(one, differences) for name, one in named.items()}
        dots: list[Dot] = []
        for name in named:
            dots += [_heading(name)] if name else []
            dots += [_dot(statement) for statement in shown[name]]
        if not dots:
            raise ValueError("there is nothing to draw")
        statements = [s for found in shown.values() for s in found]
        absent = sum(len(one.statements) for one in named.values()) - len(statements)
        apart = any(s.kind == "difference" for s in statements)
        return cls(
            rows=dots, heading=_title(list(named.values()), statements, absent),
            x_label=_measured(statements, apart), edges={"no difference": 0.0} if apart else {},
            **style,
        )  # fmt: skip

    @property
    def height(self) -> float:
        """Room for every row."""
        return height_of(words_of(self.rows), self.width) + (0.2 if self.edges else 0)

    @property
    def text(self) -> str:
        """The rows in plain text."""
        return dots_as_text(self.rows, self.edges, self.x_label, self.title or self.heading,
                            linear=True)  # fmt: skip

    def _draw(self, ax: Any) -> None:
        draw_dots(ax, self.rows, edges=self.edges, x=self.x_label, linear=True,
                  title=self.title or self.heading)  # fmt: skip
        for label, dot in zip(ax.get_yticklabels(), self.rows, strict=True):
            if dot.row.point is None:
                label.set_fontweight("bold")


def _named(certificates: Any) -> dict[str, Any]:
    """Certificates by their names; one alone, or several without names, have numbers or none."""
    if isinstance(certificates, Mapping):
        return {str(name): one for name, one in certificates.items()}
    if hasattr(certificates, "statements"):
        return {"": certificates}
    if not isinstance(certificates, Iterable):
        raise ValueError(f"certificates are wanted, got {certificates!r:.60}")
    several = list(certificates)
    if len(several) == 1:
        return {"": several[0]}
    return {f"certificate {i + 1}": one for i, one in enumerate(several)}


def _shown(certificate: Any, differences: bool | None) -> list[Any]:
    """The statements, without the differences where these are many or not wanted."""
    apart = [s for s in certificate.statements if s.kind == "difference"]
    kept = len(apart) <= _MANY if differences is None else differences
    return [s for s in certificate.statements if kept or s.kind != "difference"]


def _heading(name: str) -> Dot:
    return Dot(Row(name, None, None, None, " "))


def _dot(statement: Any) -> Dot:
    colour, marker = _OF_KIND[statement.kind]
    row = Row(_label(statement), statement.lower, statement.observed, statement.upper,
              _note(statement))  # fmt: skip
    least = -statement.width if statement.kind == "difference" else 0.0
    return Dot(row, statement.side, statement.vacuous, colour, marker, (least, statement.width))


def _label(statement: Any) -> str:
    pair = getattr(statement, "pair", None)
    whom = f"{pair[0]} - {pair[1]}" if pair else statement.subject
    by = f"by {statement.theorem}" if statement.kind == "training" else ""
    parts = [whom, statement.group, _SAID[statement.kind], by]
    return ", ".join(part for part in parts if part)


def _note(statement: Any) -> str:
    """The limits, rounded to their safe sides, and the number of points."""
    low, high = (
        None if end is None else safely_rounded(end, side, _DIGITS)
        for end, side in ((statement.lower, "lower"), (statement.upper, "upper"))
    )
    said = f"[{low}, {high}]" if low and high else f"<= {high}" if high else f">= {low}"
    return f"{'vacuous' if statement.vacuous else said}  (n={statement.n})"


def _title(certificates: Sequence[Any], statements: Sequence[Any], absent: int) -> str:
    deltas = sorted({one.delta for one in certificates})
    sides = {s.side for s in statements}
    side = {"upper": "upper limits", "lower": "lower limits"}.get(
        sides.pop() if len(sides) == 1 else "", "limits"
    )
    each = "" if len(certificates) == 1 else " for all of one certificate"
    together = ", all at once" if not each and len(statements) > 1 else ""
    said = ", ".join(f"{delta:g}" for delta in deltas)
    more = f"; {absent} differences of two models are not shown" if absent else ""
    return f"Observed (dot) and {side} of the risk; delta = {said}{each}{together}{more}"


def _measured(statements: Sequence[Any], apart: bool) -> str:
    found = dict.fromkeys(getattr(s, "risk", "true error rate") for s in statements)
    return " or ".join(found) + (", or a difference of two" if apart else "")
