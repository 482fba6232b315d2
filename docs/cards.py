"""The catalogue as pages: one a family, one card a bound. conf.py writes them before each build.

Nothing on a card is typed here: it shows what the bound itself says.
"""

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from card_plots import picture

import genbounds as gb
from genbounds.references import fields, keys
from genbounds.rendering import left_side
from genbounds.variables import VARIABLES

TITLES = {
    "test_set": "A test set",
    "concentration": "Concentration of a mean",
    "variance": "Bounds that know the variance",
    "sequential": "Confidence sequences",
    "without_replacement": "Sampling without replacement",
    "finite": "Finite classes",
    "occam": "Occam: description lengths and priors",
    "pac_bayes": "PAC-Bayes: every posterior at once",
    "pac_bayes_parameters": "PAC-Bayes with a parameter",
    "pac_bayes_variance": "PAC-Bayes bounds that know the variance",
    "pac_bayes_extensions": "PAC-Bayes: other divergences, one draw, every n",
    "pac_bayes_networks": "PAC-Bayes for trained models",
    "vc": "Uniform convergence over a VC class",
    "relative": "Relative deviations",
    "realizable": "Consistent hypotheses",
    "vc_sample_sizes": "Sample sizes as sources print them",
    "optimal": "Optimal learners",
    "structural": "Structural risk minimisation",
    "real_valued": "Several labels and real-valued functions",
    "rademacher": "From a Rademacher complexity to the risk",
    "rademacher_concentration": "One sample's complexity and the expected one",
    "covering": "Complexities from counts and covers",
    "complexity_calculus": "Rules for complexities",
    "linear": "Linear and kernel classes",
    "margin": "Margins",
    "boosting": "Boosting and votes",
    "support_vectors": "Support vector machines",
    "multiclass": "Margins for several labels and rankings",
    "local": "Fast rates from local complexities",
    "necessary": "What no learner can beat",
}
CLASSES = "hypothesis_classes"
"""The page that class_cards.py writes."""
DIRECTIONS = {"+": "grows", "-": "falls", None: "neither"}
ACCENTS = {"'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303", "v": "\u030c"}
HOMES = ("journal", "booktitle", "publisher", "howpublished")
LETTERS = {r"{\o}": "ø", r"{\O}": "Ø", r"{\l}": "ł", r"{\ss}": "ß"}
SIGNS = {"``": "“", "''": "”", r"\&": "&", r"\{": "{", r"\}": "}"}


def write_catalogue(folder: Path) -> None:
    """A page for every family and an index, in a folder that git ignores."""
    folder.mkdir(exist_ok=True)
    families = gb.catalogue.families
    order = [name for name in TITLES if name in families]
    order += [name for name in families if name not in TITLES]
    write(folder / ".gitignore", "*\n")
    for family in order:
        write(folder / f"{family}.md", "\n".join(page(family, families[family])))
    write(folder / "index.md", "\n".join(index(order, families)))


def write(path: Path, text: str) -> None:
    """Only where it differs, so that an unchanged page is not built again."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def title(family: str) -> str:
    return TITLES.get(family, family.replace("_", " ").capitalize())


def index(order: list[str], families: dict[str, list[str]]) -> Iterator[str]:
    yield "# The catalogue\n"
    yield (
        f"{len(gb.catalogue)} bounds in {len(families)} families; each is `gb.catalogue[name]`. "
        f"The classes that they speak of are on [a page of their own]({CLASSES}.md)."
    )
    yield "\n```{toctree}\n:hidden:\n"
    yield from [*order, CLASSES]
    yield "```\n"
    for family in order:
        yield f"**[{title(family)}]({family}.md)**: "
        yield ", ".join(f"[`{name}`]({family}.md#{name})" for name in families[family]) + ".\n"


def page(family: str, names: list[str]) -> Iterator[str]:
    yield f"# {title(family)}\n"
    yield prose(import_module(f"genbounds.bounds.{family}").__doc__ or "")
    for name in names:
        yield from card(gb.catalogue[name])


def card(bound: Any) -> Iterator[str]:
    yield f"\n({bound.name})=\n## `{bound.name}`\n"
    yield prose(bound.__doc__ or "")
    yield f"\n$$\n{statement(bound)}\n$$\n"
    yield f"Claim\n: {prose(bound.claim.sentence)}\n"
    if bound.conditions:
        yield "Conditions\n: " + "; ".join(map(prose, bound.conditions)) + ".\n"
    if bound.needs:
        yield "Needs\n: " + ", ".join(f"${need}$" for need in bound.latex_needs) + "\n"
    yield "Source\n: " + " ".join(map(citation, bound.source.split(";"))) + "\n"
    if bound.status != "proved":
        yield f"Status\n: **{bound.status}**. {prose(bound.why)}\n"
    yield f"Slack\n: {slack(bound)}\n"
    yield "| argument | | meaning | range | the value |\n| --- | --- | --- | --- | --- |"
    yield from (row(bound, name) for name in bound.arguments)
    yield f"\n{picture(bound)}"


def statement(bound: Any) -> str:
    below = bound.claim.side == "lower" or bound.claim.form == "sample_size"
    sign = r"\ge" if below else r"\le"
    return f"{left_side(bound)} {sign} {bound.latex}"


def row(bound: Any, name: str) -> str:
    v = VARIABLES[name]
    moves = f"{DIRECTIONS[bound.direction_of(name)]}{ground(bound, name)}"
    cells = [f"`{name}`", f"${without_bars(v.latex)}$", prose(v.meaning), prose(v.domain), moves]
    return f"| {' | '.join(cells)} |"


@cache
def measured() -> dict[str, dict[str, Any]]:
    """What the referee found about each bound, by name."""
    rows = json.loads((Path(__file__).parent / "slack.json").read_text(encoding="utf-8"))
    return {row["bound"]: row for row in rows}


def slack(bound: Any) -> str:
    """How much of the bound is needed, in words; [the page](../slack.md) says what that means."""
    found = measured().get(bound.name, {"why": "it is newer than the campaign"})
    if "worlds" not in found:
        return f"not measured: {prose(found['why'])}."
    searched = f"{found['worlds']:,} worlds, n up to {found['largest']:,}, were searched"
    return f"{_needed(float(found.get('slack', 0)))}; {searched}. [What this means](../slack.md)."


def _needed(value: float) -> str:
    """The factor on the radius below which some world refutes the bound."""
    if value == float("inf"):
        return "no factor on the radius makes it hold in every world"
    if value == 0:
        return "no part of the radius was shown to be needed"
    if value > 1.00005:
        return f"it fails in some world unless its radius is {value:.4g} times as large"
    if value > 0.99995:
        return "none to gain, 1.000 of the radius is needed in some world"
    return f"at least {value:.4g} of the radius is needed in some world"


def without_bars(latex: str) -> str:
    """A formula for a cell of a table, where a bar would end it."""
    return latex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")


def ground(bound: Any, name: str) -> str:
    """How a direction is known: proved symbolically, or by the tests over the whole domain."""
    if bound.direction_of(name) is None or bound.status == "order" or not bound.has_expression:
        return ""
    return " (proved)" if gb.prove_direction(bound, name) else " (tested)"


def prose(text: str) -> str:
    """A docstring as Markdown: its paragraphs, its examples, signs of markup escaped."""
    return "\n\n".join(map(_block, re.split(r"\n\s*\n", text.strip())))


def _block(block: str) -> str:
    if ">>>" in block:
        lines = (line.strip() for line in block.splitlines())
        return "\n".join(["```pycon", *lines, "```"])
    parts = re.split(r"(`[^`]*`)", " ".join(block.split()))
    return "".join(part if part[:1] == "`" else _escaped(part) for part in parts)


def _escaped(text: str) -> str:
    return re.sub(r"([\\*_<$|\[\]])", r"\\\1", text)


def citation(source: str) -> str:
    """Authors, title, year, and the place in it."""
    entry = fields(keys(source)[0])
    place = source.partition(",")[2].strip()
    where = next((entry[key] for key in HOMES if key in entry), "")
    words = [f"{_names(entry['author'])} ({entry['year']}).", f"*{unicode(entry['title'])}*."]
    words += [f"{unicode(where)}."] if where else []
    words += [f"[doi:{entry['doi']}](https://doi.org/{entry['doi']})."] if "doi" in entry else []
    words += [f"{place}."] if place else []
    return " ".join(words)


def _names(authors: str) -> str:
    return unicode(", ".join(authors.split(" and ")))


def unicode(text: str) -> str:
    """What BibTeX writes with commands, as letters."""
    for command, letter in LETTERS.items():
        text = text.replace(command, letter)
    text = re.sub(r"\\(['`\"^~v])\s*\{?\\?([A-Za-z])\}?", lambda m: m[2] + ACCENTS[m[1]], text)
    text = re.sub(r"(?<!\\)[{}]", "", text)
    for command, sign in SIGNS.items():
        text = text.replace(command, sign)
    return unicodedata.normalize("NFC", text)
