"""A Sphinx extension: what a page prints and draws is made while it is built.

- Examples in `pycon` and `console` blocks run as each page is read; the page shows what they print
  now, and a difference from what it says is a warning, which the build takes for an error.
- The pictures that pages share with README.md are drawn again into the built site.
- Docstrings are plain paragraphs: signs that reStructuredText takes for markup are escaped.
"""

import importlib
import re
from pathlib import Path
from typing import Any

import make_outputs

PICTURES = (
    "make_picture",
    "make_certificate_picture",
    "make_complexity_picture",
    "make_referee_picture",
)
CODE = re.compile(r"(`[^`]*`)")
MARKUP = re.compile(r"[*|\\]|(?<=\w)_(?=\W|$)")


def setup(app: Any) -> dict[str, Any]:
    app.connect("source-read", run_examples)
    app.connect("build-finished", draw_pictures)
    app.connect("autodoc-process-docstring", plain)
    return {"parallel_read_safe": False}


def run_examples(app: Any, name: str, source: list[str]) -> None:
    """The page with fresh outputs, and a warning where they are not those in the file."""
    if name.startswith("catalogue/") or not make_outputs.BLOCK.search(source[0]):
        return  # the examples of docstrings are tests of their own
    from sphinx.util import logging

    source[0], change = fresh(source[0])
    if change:
        logging.getLogger(__name__).warning("an example is not current: %s", change, location=name)


def fresh(text: str) -> tuple[str, str]:
    """The page with the outputs of now, and the first difference, empty where there is none."""
    now = make_outputs.regenerated(text)
    if make_outputs.same(text, now):
        return now, ""
    pairs = zip(text.splitlines(), now.splitlines(), strict=False)
    changed = (f"{a!r} is now {b!r}" for a, b in pairs if not make_outputs.same(a, b))
    return now, next(changed, "its length differs")


def draw_pictures(app: Any, fault: Exception | None) -> None:
    """Again from the package as it is, over the copies that Sphinx made of the committed ones."""
    if fault or app.builder.format != "html":
        return
    for name in PICTURES:
        module = importlib.import_module(name)
        module.HERE = Path(app.outdir) / "_images"
        module.main()


def plain(app: Any, what: str, name: str, of: Any, options: Any, lines: list[str]) -> None:
    """A docstring's lines with markup escaped outside of code, its examples as they are."""
    lines[:] = [escaped(line) for line in lines]


def escaped(line: str) -> str:
    """What reStructuredText would take for emphasis, a substitution or a reference, as it is."""
    if line.lstrip().startswith((">>>", "...")):
        return line
    parts = CODE.split(line)
    return "".join(p if p[:1] == "`" else MARKUP.sub(r"\\\g<0>", p) for p in parts)
