"""Sources in words: every reference of the library reads as text."""

import pytest

from genbounds.explanation.sources import Source, in_unicode, sources_of
from genbounds.references import fields, library


@pytest.mark.parametrize("key", library())
def test_a_reference_is_free_of_markup_and_has_its_year(key):
    (source,) = sources_of(key)
    assert not set(source.reference) & set("\\{}$~") or r"\{" in library()[key]
    assert f"({fields(key)['year']})" in source.reference
    assert source.reference.count("(") == source.reference.count(")")


@pytest.mark.parametrize(
    ("bibtex", "text"),
    [
        (r"L{\'a}szl{\'o} Gy{\"o}rfi", "László Györfi"),
        (r"Fran{\c{c}}ois", "François"),
        (r"Nicol{\`o}", "Nicolò"),
        (r"M{\o}ller", "Møller"),
        (r"{\'E}lodie N{\'e}d{\'e}lec", "Élodie Nédélec"),
        (r"{Hamiltonian} Circuits", "Hamiltonian Circuits"),
        (r"Wiley \& Sons", "Wiley & Sons"),
        (r"on $\{0, 1\}^n$", "on {0, 1}^n"),
    ],
)
def test_letters_as_they_are_read(bibtex, text):
    assert in_unicode(bibtex) == text


def test_places_and_free_text():
    first, second = sources_of("Hoeffding1963, Theorem 2; Chernoff1952")
    assert (first.key, first.place, second.place) == ("Hoeffding1963", "Theorem 2", "")
    assert str(first).endswith("; Theorem 2")
    assert sources_of("My notes; page 3") == (Source("", "My notes; page 3", ""),)
