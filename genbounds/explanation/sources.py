"""Where a theorem is from, in words: authors, year, title, journal or publisher, and the place."""

import re
import unicodedata
from typing import NamedTuple

from genbounds.references import fields, keys, library

_WHERE = ("journal", "booktitle", "publisher", "howpublished", "institution")
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "c": "\u0327",
    "v": "\u030c", "H": "\u030b",
}  # fmt: skip
_LETTERS = {r"\o": "ø", r"\O": "Ø", r"\l": "ł", r"\L": "Ł", r"\ss": "ß", r"\i": "i"}
_ACCENTED = re.compile(r"""\\(['`^"~]\s*|[cvH](?=[\s{])\s*)\{?\\?([A-Za-z])\}?""")


class Source(NamedTuple):
    """Where the theorem is proved: BibTeX key, the reference in words, the place in it."""

    key: str
    reference: str
    place: str

    def __str__(self) -> str:
        return self.reference + (f"; {self.place}" if self.place else "")


def sources_of(text: str) -> tuple[Source, ...]:
    """The sources in a text such as `Hoeffding1963, Theorem 2; Chernoff1952`; free text is one."""
    if not any(key in library() for key in keys(text)):
        return (Source("", text, ""),)
    return tuple(map(_source, text.split(";")))


def _source(part: str) -> Source:
    key, _, place = part.strip().partition(",")
    if key not in library():
        return Source("", part.strip(), "")
    found = {name: in_unicode(value) for name, value in fields(key).items()}
    where = next((found[name] for name in _WHERE if name in found), "")
    reference = f"{found['author']} ({found['year']}). {found['title']}"
    return Source(key, f"{reference}. {where}" if where else reference, place.strip())


def in_unicode(text: str) -> str:
    r"""A field of BibTeX as it is read: accents on their letters, no braces, no commands.

    >>> in_unicode(r"Gy{\"o}rfi and Fran{\c{c}}ois in $\{0, 1\}^n$")
    'Györfi and François in {0, 1}^n'
    """
    text = _ACCENTED.sub(lambda m: m[2] + _ACCENTS[m[1].strip()], text)
    text = re.sub(r"\\(?:[oOlL]|ss|i)(?![A-Za-z])", lambda m: _LETTERS[m[0]], text)
    text = re.sub(r"\\[a-z]+\s*", "", text)
    text = re.sub(r"(?<!\\)[{}$]", "", text)
    return " ".join(unicodedata.normalize("NFC", text.replace("\\", "")).split())
