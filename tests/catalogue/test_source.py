"""Every bound cites a source that exists, and every source can be cited."""

import re
from pathlib import Path

import pytest

import genbounds
from genbounds.references import bibtex, fields, keys, library
from tests.catalogue.draws import BOUNDS

LIBRARY = library()
CITED = {key for bound in BOUNDS for key in keys(bound.source)}


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_the_keys_exist(bound):
    assert set(keys(bound.source)) <= LIBRARY.keys()
    assert bound.citation == bibtex(bound.source)
    assert bound.citation.count("@") == len(keys(bound.source))


@pytest.mark.parametrize("key", LIBRARY)
def test_an_entry_has_author_title_and_year(key):
    found = fields(key)
    assert found.get("author")
    assert found.get("title")
    assert re.fullmatch(r"(18|19|20)\d\d", found.get("year", ""))


@pytest.mark.parametrize("key", LIBRARY)
def test_an_entry_is_bibtex(key):
    entry = LIBRARY[key]
    assert re.match(
        r"@(article|book|inproceedings|incollection|phdthesis|techreport|misc|inbook)\{", entry
    )
    assert entry.count("{") == entry.count("}")
    assert entry.isascii()
    year = fields(key)["year"]
    assert key.endswith(year)


def test_the_file_holds_nothing_but_entries():
    from importlib import resources

    text = resources.files("genbounds").joinpath("references.bib").read_text(encoding="utf-8")
    assert text.count("\n@") + text.startswith("@") == len(LIBRARY)


def test_every_entry_is_cited():
    """By a bound, or in words by a function that is none (Holm's)."""
    package = Path(genbounds.__file__).parent
    texts = " ".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert {key for key in LIBRARY.keys() - CITED if key not in texts} == set()
