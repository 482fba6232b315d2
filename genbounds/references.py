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
    """The BibTeX entries of a source; `KeyError` names a key that the library lacks."""
    return "\n\n".join(library()[key] for key in keys(source))


def fields(key: str) -> dict[str, str]:
    """Author, title, year and the other fields of one entry."""
    return dict(_FIELD.findall(library()[key]))
