"""Reports as text, Markdown, HTML and LaTeX; tables as text, CSV, Markdown, LaTeX and JSON.

Libraries that only one of these needs are imported there: a scalar answer must start quickly.
"""

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from genbounds.declaration import Bound

WIDTH = 88
IN_TABLES, IN_LATEX = 4, 6


class Report(NamedTuple):
    """A headline and labelled parts; a part is a sentence or a list of them."""

    headline: str
    rows: list[tuple[str, Any]]


class Shown:
    """A result that has a report."""

    @property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        raise TypeError(f"{type(self).__name__} has no report")

    @property
    def text(self) -> str:
        """For a terminal."""
        return as_text(self.report)

    @property
    def markdown(self) -> str:
        """For a report in Markdown."""
        return as_markdown(self.report)

    def _repr_html_(self) -> str:
        return as_html(self.report)

    def __repr__(self) -> str:
        return self.text


def as_text(report: Report) -> str:
    """Labels in a column, long lines wrapped."""
    margin = max((len(label) for label, _ in report.rows), default=0) + 4
    lines = [*wrapped(report.headline), ""]
    for label, part in report.rows:
        for i, entry in enumerate(part if isinstance(part, list) else [part]):
            first = f"  {label if i == 0 else '':<{margin - 2}}"
            lines += wrapped(entry, first, " " * margin)
    return "\n".join(lines)


def wrapped(text: str, first: str = "", then: str = "") -> list[str]:
    """The lines of a text; what is short enough already stays as it is, however it is aligned."""
    if len(first) + len(text) <= WIDTH and "\n" not in text:
        return [first + text]
    import textwrap

    return textwrap.wrap(
        text, WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def as_markdown(report: Report) -> str:
    """A bold headline and a list; conditions become boxes to tick."""
    lines = [f"**{_in_markdown(report.headline)}**", ""]
    for label, part in report.rows:
        if isinstance(part, list):
            lines.append(f"- {label}:")
            lines += [f"  - {_in_markdown(' '.join(entry.split()))}" for entry in part]
        else:
            lines.append(f"- {label}: {_in_markdown(part)}")
    return "\n".join(lines)


def _in_markdown(text: str) -> str:
    """Signs that Markdown would read as markup, escaped."""
    for sign in "_*<":
        text = text.replace(sign, f"\\{sign}")
    return text


def as_html(report: Report) -> str:
    """A table for notebooks."""
    from html import escape

    rows = "".join(
        f"<tr><th style='text-align:left;vertical-align:top'>{escape(label)}</th>"
        f"<td style='text-align:left'>{'<br>'.join(map(escape, _entries(part)))}</td></tr>"
        for label, part in report.rows
    )
    return f"<p><strong>{escape(report.headline)}</strong></p><table>{rows}</table>"


def _entries(part: Any) -> list[str]:
    return part if isinstance(part, list) else [part]


# --- numbers


def safely_rounded(value: float, side: str, digits: int = 12) -> str:
    """The decimal that does not claim more than the value: up for an upper bound, down for a lower.

    >>> safely_rounded(0.35897682, "upper", 3), safely_rounded(0.35897682, "lower", 3)
    ('0.359', '0.358')
    """
    if not math.isfinite(value) or value == 0:
        return "0" if value == 0 else str(value)
    from decimal import ROUND_CEILING, ROUND_FLOOR, Context

    context = Context(prec=digits, rounding=ROUND_FLOOR if side == "lower" else ROUND_CEILING)
    rounded = context.create_decimal(repr(float(value))).normalize(context)
    return format(rounded, "f" if 1e-4 <= abs(value) < 1e15 else "g").lower()


_LEFT = {
    "risk": "R", "excess_risk": r"R - \inf_{h} R(h)", "gap": r"R - \hat R", "std": r"\sigma",
    "variance": r"\sigma^2",
    "cdf_deviation": r"\sup_x \left(F_n(x) - F(x)\right)", "log_covering": r"\ln\mathcal N",
    "log_packing": r"\ln\mathcal M", "threshold": "t",
    "risk_difference": "R_1 - R_2", "sample_size": "n", "deviation": "f - E f",
    "rademacher": r"\mathfrak R", "empirical_rademacher": r"\hat{\mathfrak R}",
    "absolute_rademacher": r"\mathfrak R_{|\cdot|}", "gaussian_complexity": r"\mathfrak G",
    "offset_complexity": r"\mathfrak R_{\mathrm{off}}",
    "sequential_rademacher": r"\mathfrak R_{\mathrm{seq}}", "local_fixed_point": "r^*",
    "regret": r"\mathrm{Reg}/n", "training_error": r"\hat R",
    "loo_error": r"\hat R_{\mathrm{loo}}", "margin_error": r"\hat R_\rho",
    "supremum": r"\sup_h \left(R(h) - \hat R(h)\right)",
    "absolute_supremum": r"\sup_h \left|R(h) - \hat R(h)\right|",
    "signed_sum": r"E \left\|\sum_i \sigma_i x_i\right\|", "moment_norm": r"\left\|X\right\|_q",
    "expected_maximum": r"E \max_k \left|X_k\right|",
}  # fmt: skip


def left_side(bound: Any) -> str:
    """What the bound is about, in LaTeX."""
    forms = {"failure_probability": r"\Pr", "sample_size": "n"}
    return forms.get(bound.claim.form) or _LEFT[bound.claim.quantity]


def as_latex(bound: "Bound", side: str, value: Any, formula: str) -> str:
    """The inequality as written, its value rounded to the safe side, and the keys to cite."""
    from genbounds.references import cited

    cite = rf"\quad\text{{{cited(bound.source)}}}"
    left = left_side(bound)
    if isinstance(value, tuple):
        low, high = (latex_number(x, s) for x, s in zip(value, ("lower", "upper"), strict=True))
        return rf"{low} \le {left} \le {high}{cite}"
    sign = r"\ge" if side == "lower" or bound.claim.form == "sample_size" else r"\le"
    equal = r"\approx" if math.isfinite(value) else "="
    return rf"{left} {sign} {formula} {equal} {latex_number(value, side)}{cite}"


def latex_number(value: float, side: str = "upper") -> str:
    """Six digits, rounded to the safe side, powers of ten written as such."""
    if math.isinf(value):
        return r"-\infty" if value < 0 else r"\infty"
    digits, _, exponent = safely_rounded(value, side, IN_LATEX).partition("e")
    return rf"{digits} \cdot 10^{{{int(exponent)}}}" if exponent else digits


# --- tables


class Table(NamedTuple):
    """Named columns of plain values; a column named `... <=` or `... >=` holds bounds of that side.

    Text, Markdown and LaTeX show floats to four digits, bounds rounded to their safe side; CSV and
    JSON hold every digit.
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]

    def render(self, style: str) -> str:
        """As `table`, `json`, `csv`, `markdown` or `latex`."""
        return _STYLES[style](self)

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def cells(self) -> Iterator[list[str]]:
        """The rows as they are shown."""
        for row in self.rows:
            yield [_cell(x, name) for x, name in zip(row, self.columns, strict=True)]


def _cell(value: Any, column: str) -> str:
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if not isinstance(value, float):
        return str(value)
    if column.endswith((">=", "<=")):
        return safely_rounded(value, "lower" if column.endswith(">=") else "upper", IN_TABLES)
    return f"{value:.{IN_TABLES}g}"


def _aligned(table: Table) -> str:
    cells = [list(table.columns), *table.cells()]
    columns = range(len(table.columns))
    widths = [max(len(row[i]) for row in cells) for i in columns]
    right = [
        all(isinstance(row[i], (int, float)) or row[i] is None for row in table.rows)
        for i in columns
    ]
    return "\n".join(
        "  ".join(
            row[i].rjust(widths[i]) if right[i] else row[i].ljust(widths[i]) for i in columns
        ).rstrip()
        for row in cells
    )


def _csv(table: Table) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([["" if x is None else x for x in row] for row in table.rows])
    return out.getvalue().rstrip("\n")


def _markdown(table: Table) -> str:
    lines = [list(table.columns), ["---"] * len(table.columns), *table.cells()]
    return "\n".join(
        f"| {' | '.join(x.replace('|', chr(92) + '|') for x in row)} |" for row in lines
    )


def _latex(table: Table) -> str:
    head, *body = (
        " & ".join(map(in_latex, row)) + r" \\" for row in [list(table.columns), *table.cells()]
    )
    lines = [
        rf"\begin{{tabular}}{{{'l' * len(table.columns)}}}", r"\toprule", head, r"\midrule", *body,
        r"\bottomrule", r"\end{tabular}",
    ]  # fmt: skip
    return "\n".join(lines)


_SIGNS = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}  # fmt: skip


def in_latex(text: str) -> str:
    """Text for LaTeX: its special signs escaped."""
    escaped = "".join(_SIGNS.get(sign, sign) for sign in text)
    return escaped.replace("<=", r"$\le$").replace(">=", r"$\ge$")


def _json(table: Table) -> str:
    import json

    return json.dumps(table.records(), indent=2, allow_nan=False, default=str)


_STYLES = {"table": _aligned, "csv": _csv, "markdown": _markdown, "latex": _latex, "json": _json}
