"""Reports as text, Markdown, HTML and LaTeX; tables as text, CSV, Markdown, LaTeX and JSON."""

import csv
import io
import json
import textwrap
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from genbounds.declaration import Bound

WIDTH = 100


class Report(NamedTuple):
    """A headline and labelled parts; a part is a sentence or a list of them."""

    headline: str
    rows: list[tuple[str, Any]]


def as_text(report: Report) -> str:
    """Labels in a column, long lines wrapped."""
    margin = max((len(label) for label, _ in report.rows), default=0) + 4
    lines = [report.headline]
    for label, part in report.rows:
        entries = part if isinstance(part, list) else [part]
        for i, entry in enumerate(entries):
            first = f"  {label if i == 0 else '':<{margin - 2}}"
            lines += textwrap.wrap(
                entry, WIDTH, initial_indent=first, subsequent_indent=" " * margin,
                break_long_words=False, break_on_hyphens=False,
            )  # fmt: skip
    return "\n".join(lines)


def as_markdown(report: Report) -> str:
    """A bold headline and a list; conditions become boxes to tick."""
    lines = [f"**{report.headline}**", ""]
    for label, part in report.rows:
        if isinstance(part, list):
            lines.append(f"- {label}:")
            lines += [f"  - {entry}" for entry in part]
        else:
            lines.append(f"- {label}: {part}")
    return "\n".join(lines)


def as_html(report: Report) -> str:
    """A table for notebooks."""
    rows = "".join(
        f"<tr><th style='text-align:left;vertical-align:top'>{escape(label)}</th>"
        f"<td style='text-align:left'>{_html_part(part)}</td></tr>"
        for label, part in report.rows
    )
    return f"<p><strong>{escape(report.headline)}</strong></p><table>{rows}</table>"


def _html_part(part: Any) -> str:
    return "<br>".join(map(escape, part)) if isinstance(part, list) else escape(part)


_LEFT = {
    "risk": "R", "excess_risk": r"R - \inf_{h} R(h)", "gap": r"R - \hat R", "std": r"\sigma",
    "cdf_deviation": r"\sup_x |F_n(x) - F(x)|", "log_covering": r"\ln\mathcal N", "threshold": "t",
    "risk_difference": "R_1 - R_2", "sample_size": "n",
}  # fmt: skip


def left_side(bound: Any) -> str:
    """What the bound is about, in LaTeX."""
    forms = {"failure_probability": r"\Pr", "sample_size": "n"}
    return forms.get(bound.claim.form) or _LEFT[bound.claim.quantity]


def as_latex(bound: Bound, side: str, value: Any, formula: str) -> str:
    """The inequality as written, its value, and the keys to cite."""
    from genbounds.references import keys

    cite = rf"\quad\text{{\cite{{{','.join(keys(bound.source))}}}}}"
    left = left_side(bound)
    if isinstance(value, tuple):
        return rf"{value[0]:.6g} \le {left} \le {value[1]:.6g}{cite}"
    sign = r"\ge" if side == "lower" or bound.claim.form == "sample_size" else r"\le"
    return rf"{left} {sign} {formula} = {value:.6g}{cite}"


class Table(NamedTuple):
    """Named columns of plain values."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]

    def render(self, style: str) -> str:
        """As `table`, `json`, `csv`, `markdown` or `latex`."""
        return _STYLES[style](self)

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _aligned(table: Table) -> str:
    cells = [list(table.columns), *([_cell(x) for x in row] for row in table.rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(table.columns))]
    numeric = [all(isinstance(row[i], (int, float)) or row[i] is None for row in table.rows)
               for i in range(len(table.columns))]  # fmt: skip
    return "\n".join(
        "  ".join(x.rjust(w) if right else x.ljust(w) for x, w, right in zip(row, widths, numeric, strict=True)).rstrip()
        for row in cells
    )  # fmt: skip


def _csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([["" if x is None else x for x in row] for row in table.rows])
    return out.getvalue().rstrip("\n")


def _markdown(table: Table) -> str:
    lines = [table.columns, ["---"] * len(table.columns), *table.rows]
    return "\n".join(f"| {' | '.join(_cell(x).replace('|', chr(92) + '|') for x in row)} |" for row in lines)


def _latex(table: Table) -> str:
    body = "\n".join(f"{' & '.join(_escaped(x) for x in row)} \\\\" for row in table.rows)
    head = " & ".join(_escaped(x) for x in table.columns)
    return (
        f"\\begin{{tabular}}{{{'l' * len(table.columns)}}}\n\\toprule\n{head} \\\\\n\\midrule\n"
        f"{body}\n\\bottomrule\n\\end{{tabular}}"
    )


def _escaped(value: Any) -> str:
    text = _cell(value)
    for character in "\\&%$#_{}~^":
        text = text.replace(character, f"\\{character}" if character not in "\\~^" else " ")
    return text


_STYLES = {
    "table": _aligned,
    "csv": _csv,
    "markdown": _markdown,
    "latex": _latex,
    "json": lambda table: json.dumps(table.records(), indent=2, default=str),
}
