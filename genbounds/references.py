"""Sources: read from references.bib when one is asked for."""

import re
from functools import cache
from importlib import resources

_ENTRY = re.compile(r"^@\w+\{(?P<key>[^,]+),(?P<body>.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*?)\},?\s*$", re.MULTILINE)


@cache
def library() -> dict[str, str]:
    """Key -> BibTeX entry, in the order of the file."""
    text = resources.files("genbounds").joinpath("references.bib").read_text(encoding="utf-8")
    return {match["key"]: match[0] for match in _ENTRY.finditer(text)}


def keys(source: str) -> tuple[str, ...]:
    """The keys in a source such as `Hoeffding1963, Theorem 2; Chernoff1952`."""
    return tuple(part.split(",")[0].strip() for part in source.split(";"))


def bibtex(source: str) -> str:
    """The BibTeX entries of a source; what is no key of the library stays as it was written.

    BibTeX reads text between entries as a comment.
    """
    known = library()
    return "\n\n".join(known.get(key, part) for key, part in _parts(source))


def cited(source: str) -> str:
    """A source in LaTeX: the keys to cite, free text as text."""
    known = library()
    found = [key for key, _ in _parts(source) if key in known]
    free = [part for key, part in _parts(source) if key not in known]
    cite = [rf"\cite{{{','.join(found)}}}"] if found else []
    return "; ".join(cite + [_plain(part) for part in free])


def _parts(source: str) -> list[tuple[str, str]]:
    """Key and whole text of every source; text that names no key is one source, semicolons too."""
    parts = [part.strip() for part in source.split(";")]
    pairs = list(zip(keys(source), parts, strict=True))
    return pairs if any(key in library() for key, _ in pairs) else [(source, source)]


def _plain(text: str) -> str:
    for sign in "\\&%$#_{}^~":
        text = text.replace(sign, " " if sign in "\\^~{}" else f"\\{sign}")
    return text


def fields(key: str) -> dict[str, str]:
    """Author, title, year and the other fields of one entry."""
    return dict(_FIELD.findall(library()[key]))
