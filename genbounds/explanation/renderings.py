"""An explanation as text for a terminal, as Markdown, LaTeX and HTML."""

from html import escape
from typing import TYPE_CHECKING, Any

from genbounds.references import cited
from genbounds.rendering import Report, _in_markdown, as_text, in_latex

if TYPE_CHECKING:
    from genbounds.explanation.explained import Explanation

ASKED = "questions to answer first"
UNSAID = "what it does not say"


def sections(found: "Explanation") -> list[tuple[str, list[str]]]:
    """The parts that are sentences, in order."""
    return [
        (ASKED, [f"[ ] {question}" for question in found.questions]),
        ("needs", [str(need) for need in found.needs]),
        (UNSAID, list(found.silent_about)),
        ("notes", list(found.notes)),
        ("sources", [str(source) for source in found.sources]),
    ]


def _theorem(found: "Explanation") -> str:
    status = found.bound.status if found.answer is None else found.answer.status
    return f"{found.bound.name}, {status} ({found.bound.source})"


def as_plain_text(found: "Explanation") -> str:
    """The verdict, then every part under its label."""
    rows: list[tuple[str, Any]] = [
        ("theorem", _theorem(found)),
        ("claim", found.claim.sentence),
        ("idea", found.about),
        ("formula", list(found.plain_formula)),
        ("symbols", [str(symbol) for symbol in found.symbols]),
        ("with numbers", [text for _, text in found.substituted]),
        ("step by step", [f"{i}. {step.text}" for i, step in enumerate(found.steps, 1)]),
        *sections(found),
    ]
    return as_text(Report(found.verdict, [(label, part) for label, part in rows if part]))


# --- Markdown


def as_markdown_text(found: "Explanation") -> str:
    """Headings, formulas between dollar signs, conditions as boxes to tick, BibTeX in a block."""
    lines = [f"**{_in_markdown(found.verdict)}**", "", _in_markdown(_theorem(found)), ""]
    lines += ["## Formula", "", f"$${found.formula}$$", "", _in_markdown(found.about), ""]
    lines += ["| symbol | meaning | value |", "| --- | --- | --- |"]
    lines += [
        f"| ${_in_cell(x.latex)}$ ({_in_markdown(x.name)}) | {_in_cell(_in_markdown(x.meaning))} | "
        f"{_in_cell(_in_markdown(_valued(x)))} |"
        for x in found.symbols
    ]
    if found.steps:
        lines += ["", "## Calculation", "", *(f"$${latex}$$" for latex, _ in found.substituted), ""]
        lines += [f"{i}. {_markdown_step(step)}" for i, step in enumerate(found.steps, 1)]
    for title, part in sections(found):
        if part:
            lines += ["", f"## {title[0].upper()}{title[1:]}", ""]
            lines += [f"- {_in_markdown(entry)}" for entry in part]
    return "\n".join([*lines, "", "```bibtex", found.bibtex, "```"])


def _in_cell(text: str) -> str:
    return text.replace("|", r"\|")


def _valued(symbol: Any) -> str:
    return (
        f"{symbol.value} ({symbol.how})"
        if symbol.value and symbol.how
        else symbol.value or symbol.how
    )


def _markdown_step(step: Any) -> str:
    return f"${step.formula}$" + (f" ({_in_markdown(step.note)})" if step.note else "")


# --- LaTeX


def as_latex_text(found: "Explanation") -> str:
    r"""Paragraphs for a document with amsmath and booktabs; the sources as \cite."""
    lines = [
        rf"\paragraph{{Verdict.}} {in_latex(found.verdict)} ({cited(found.source)})",
        rf"\[ {found.formula} \]",
        r"\begin{tabular}{lll}", r"\toprule", r"symbol & meaning & value \\", r"\midrule",
        *(
            rf"${x.latex}$ & {in_latex(x.meaning)} & {in_latex(_valued(x))} \\"
            for x in found.symbols
        ),
        r"\bottomrule", r"\end{tabular}",
    ]  # fmt: skip
    if found.steps:
        lines += [r"\paragraph{Calculation.}", r"\begin{enumerate}"]
        lines += [rf"\item ${x.formula}$" + _latex_note(x.note) for x in found.steps]
        lines.append(r"\end{enumerate}")
    for title, part in sections(found):
        if part and title != "sources":
            lines += [rf"\paragraph{{{title[0].upper()}{title[1:]}.}}", r"\begin{itemize}"]
            lines += [rf"\item {in_latex(entry.removeprefix('[ ] '))}" for entry in part]
            lines.append(r"\end{itemize}")
    return "\n".join(lines)


def _latex_note(note: str) -> str:
    return f" ({in_latex(note)})" if note else ""


# --- HTML


def as_html_text(found: "Explanation") -> str:
    """For notebooks, which typeset what stands between dollar signs."""
    parts = [
        f"<p><strong>{escape(found.verdict)}</strong></p>",
        f"<p>{escape(_theorem(found))}</p>",
        f"<p>$${escape(found.formula)}$$</p>",
        _html_symbols(found),
    ]
    if found.steps:
        parts += [
            "<h4>Calculation</h4>",
            *(f"<p>$${escape(x)}$$</p>" for x, _ in found.substituted),
        ]
        parts.append(_html_list("ol", [_html_step(step) for step in found.steps]))
    for title, part in sections(found):
        if part:
            parts.append(f"<h4>{title[0].upper()}{title[1:]}</h4>")
            parts.append(_html_list("ul", [escape(entry) for entry in part]))
    return "\n".join(parts)


def _html_symbols(found: "Explanation") -> str:
    rows = "".join(
        f"<tr><td>${escape(x.latex)}$</td><td style='text-align:left'>{escape(x.meaning)}</td>"
        f"<td style='text-align:left'>{escape(_valued(x))}</td></tr>"
        for x in found.symbols
    )
    return f"<table><tr><th>symbol</th><th>meaning</th><th>value</th></tr>{rows}</table>"


def _html_step(step: Any) -> str:
    return f"${escape(step.formula)}$" + (f" ({escape(step.note)})" if step.note else "")


def _html_list(tag: str, entries: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li>{entry}</li>' for entry in entries)}</{tag}>"
