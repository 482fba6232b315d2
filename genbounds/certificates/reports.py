"""A certificate on one page: for a terminal, in Markdown, in LaTeX and as HTML.

Names come from outside, so everything is escaped; the pages refer to nothing elsewhere.
"""

from html import escape
from typing import TYPE_CHECKING, Any

from genbounds.rendering import Report, Table, as_html, as_markdown, as_text

if TYPE_CHECKING:
    from genbounds.certificates.certificate import Certificate

BOX = "[ ] "
LIVE = "`[$~@"
"""Signs that are markup in a name, beside those that the renderer escapes."""
TITLE = "Certificate of generalization"


def report(certificate: "Certificate") -> Report:
    """The headline and every part but the table of statements."""
    rows: list[tuple[str, Any]] = [
        ("about", _about(certificate.inputs)),
        ("conditions", [f"{BOX}{sentence}" for sentence in certificate.conditions]),
        ("theorems", [f"{name} ({source})" for name, source in certificate.theorems.items()]),
        ("models", [_model(model) for model in certificate.inputs["models"]]),
        ("options", _options(certificate.inputs["options"])),
        ("data", _data(certificate.inputs["data"])),
        ("notes", [*certificate.notes, *(x for s in certificate.statements for x in s.notes)]),
        ("made with", ", ".join(f"{k} {v}" for k, v in certificate.made_with.items())),
        ("seal", f"SHA-256 {certificate.seal}"),
        ("to check it", "genbounds verify CERTIFICATE.json, with --data to count again"),
    ]
    return Report(certificate.sentence, [(label, part) for label, part in rows if part])


def _about(inputs: dict[str, Any]) -> str:
    if inputs["options"]["population_size"] is not None:
        return "the error rate on the finite population that the rows were drawn from"
    return {
        "test": "the risk on new observations, from rows that the models were not trained on",
        "training": "the risk on new observations, from the rows that the models were trained on",
        "cross-validation": "the risks of the models of the folds, each from its held-out rows",
    }[inputs["on"]]


def _model(model: dict[str, Any]) -> str:
    """The class and what was set; the record holds every parameter in full."""
    settings = [
        f"{key}={_short(value)}"
        for key, value in model["parameters"].items()
        if value is not None and not isinstance(value, (bool, list))
    ]
    return f"{model['name']}: {_short(model['class'])}({', '.join(settings)})"


def _short(value: Any) -> str:
    """A class by its last name, a digest by its beginning."""
    if isinstance(value, dict) and "sha256" in value:
        return f"array of shape {tuple(value['shape'])}"
    last = str(value).rsplit(".", 1)[-1]
    return last if isinstance(value, str) and last.isidentifier() else str(value)


def _options(options: dict[str, Any]) -> str:
    kept = {
        key: value for key, value in options.items() if value is not None and value is not False
    }
    return ", ".join(f"{key} = {value}" for key, value in kept.items())


def _data(data: dict[str, Any]) -> list[str]:
    features, found = data["features"], [f"{data['n']} rows"]
    if features:
        found.append(f"features, {features['columns']} columns: SHA-256 {features['sha256']}")
    if data["targets"]:
        found.append(f"targets: SHA-256 {data['targets']}")
    found += [f"predictions of {k}: SHA-256 {v}" for k, v in data["predictions"].items()]
    return found + [f"rows of the group {k}: SHA-256 {v}" for k, v in data["groups"].items()]


# --- pages


def text(certificate: "Certificate") -> str:
    """The headline, the statements and the rest."""
    head, _, rest = as_text(certificate.report).partition("\n\n")
    return "\n\n".join([head, certificate.table.render("table"), rest])


def markdown(certificate: "Certificate") -> str:
    """A title, the headline, the statements as a table and the rest as a list."""
    report = certificate.report
    rows = [(label, _each(part)) for label, part in report.rows]
    escaped = report._replace(headline=_links(report.headline), rows=rows)
    head, _, rest = as_markdown(escaped).partition("\n\n")
    table = _mapped(certificate.table, _in_markdown).render("markdown")
    return "\n\n".join([f"# {TITLE}", head, table, rest]) + "\n"


def _in_markdown(cell: str) -> str:
    for sign in f"\\{LIVE}*_<":
        cell = cell.replace(sign, f"\\{sign}")
    return _unlinked(cell)


def _each(part: Any) -> Any:
    return [_links(entry) for entry in part] if isinstance(part, list) else _links(part)


def _links(text: str) -> str:
    """Signs of links, code, formulas and strokes escaped, but for a box to tick."""
    box = BOX if text.startswith(BOX) else ""
    for sign in f"\\{LIVE}":
        text = box + text.removeprefix(box).replace(sign, f"\\{sign}")
    return _unlinked(text)


def _unlinked(text: str) -> str:
    """Addresses that some readers of Markdown make links of by themselves, broken."""
    return text.replace("://", "\\://").replace("www.", "www\\.")


def html(certificate: "Certificate") -> str:
    """A whole page."""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{TITLE}</title>\n"
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{TITLE}</h1>\n"
        f"{in_notebook(certificate)}\n</body>\n</html>\n"
    )


def in_notebook(certificate: "Certificate") -> str:
    """The headline, the statements and the rest, to stand within a page."""
    table = certificate.table
    head = "".join(f"<th>{escape(name)}</th>" for name in table.columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in table.cells()
    )
    first, _, rest = as_html(certificate.report).partition("<table>")
    return (
        f'{first}\n<div class="wide"><table class="statements"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>\n<table>{rest}"
    )


_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;"
    "color:#222;background:#fff}h1{font-size:1.3rem}table{border-collapse:collapse;margin:1rem 0}"
    "td,th{padding:.2rem .6rem .2rem 0;vertical-align:top;text-align:left;overflow-wrap:anywhere}"
    ".statements td,.statements th{border-bottom:1px solid #ccc;overflow-wrap:normal}"
    ".wide{overflow-x:auto}th{font-weight:600;white-space:nowrap}"
    "@media print{body{font-size:10pt;margin:0}}"
)


# --- LaTeX


def latex(certificate: "Certificate") -> str:
    """A whole document of the class article, without packages."""
    parts = "\n".join(_item(label, part) for label, part in certificate.report.rows)
    return "\n".join([
        r"\documentclass[10pt]{article}", r"\pagestyle{empty}",
        r"\setlength{\textwidth}{17cm}\setlength{\oddsidemargin}{-0.5cm}",
        r"\setlength{\textheight}{25cm}\setlength{\topmargin}{-2cm}\setlength{\parindent}{0pt}",
        r"\begin{document}\raggedright\emergencystretch=3em",
        rf"{{\large\textbf{{{TITLE}}}}}\bigskip", "",
        rf"\textbf{{{tex(certificate.sentence)}}}\bigskip", "",
        _tabular(certificate.table), r"\bigskip", "", r"\begin{description}", parts,
        r"\end{description}", r"\end{document}", "",
    ])  # fmt: skip


def _item(label: str, part: Any) -> str:
    entries = part if isinstance(part, list) else [part]
    lines = r" \\ ".join(rf"{{}}{tex(entry)}" for entry in entries)
    return rf"\item[{{{tex(label)}}}] {lines}"


def _tabular(table: Table) -> str:
    rows = [" & ".join(map(tex, row)) + r" \\" for row in table.cells()]
    head = " & ".join(rf"\textbf{{{tex(name)}}}" for name in table.columns) + r" \\ \hline"
    columns = "".join(map(_column_type, zip(*table.cells(), strict=True)))
    return "\n".join(
        [rf"{{\small\begin{{tabular}}{{{columns}}}", r"\hline", head, *rows, r"\hline",
         r"\end{tabular}}"]
    )  # fmt: skip


def _column_type(cells: tuple[str, ...]) -> str:
    """As wide as it is, or wrapped where that is too wide."""
    return "p{6cm}" if max(map(len, cells)) > LINE else "l"


_TEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\ensuremath{<}", ">": r"\ensuremath{>}", "|": r"\ensuremath{|}", '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}", "'": r"\textquotesingle{}", "-": r"{-}",
    "[": "{[}", "]": "{]}", "*": "{*}",
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
}  # fmt: skip
_TEX |= {"\0": r"\ensuremath{\leq}", "\1": r"\ensuremath{\geq}"}
_TEX |= {'"': "''", "`": "'", "'": "'"}  # \textquotedbl and its kin need packages
NOT_IN_OT1 = "\u00ab\u00bb\u00d0\u00de\u00f0\u00fe"
"""Guillemets, eth and thorn: plain LaTeX has no signs for them."""
LINE = 32


def tex(text: str) -> str:
    """Text for plain LaTeX: signs escaped, letters beyond Latin-1 by their code, digests broken."""
    return " ".join(_word(word) for word in text.replace("<=", "\0").replace(">=", "\1").split(" "))


def _word(word: str) -> str:
    """A word; one too long for the line may be broken."""
    signs = [_sign(sign) for sign in word]
    pieces = ["".join(signs[i : i + LINE]) for i in range(0, len(signs), LINE)]
    return r"\discretionary{}{}{}".join(pieces)


def _sign(sign: str) -> str:
    if sign in _TEX:
        return _TEX[sign]
    code = ord(sign)
    plain = code < 0x7F or (0xA1 <= code <= 0xFF and sign not in NOT_IN_OT1)
    return sign if plain else f"U+{code:04X}"


def _mapped(table: Table, change: Any) -> Table:
    """The cells as text, changed; the numbers rounded as they are shown."""
    return Table(table.columns, [[change(cell) for cell in row] for row in table.cells()])
