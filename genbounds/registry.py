"""The catalogue: every bound by its name or its entry, its family imported when first asked for."""

import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import Any

from genbounds.declaration import Bound

_DECLARED = re.compile(r"^@bound\((?P<head>.*?)^def (?P<name>\w+)\(", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r'entry="([^"]+)"')


class UnknownBoundError(KeyError):
    """No bound has this name or entry; the message lists near ones."""

    def __str__(self) -> str:
        return str(self.args[0])


class Catalogue(Mapping[str, Bound]):
    """Name or entry -> bound. Iteration goes by name, family after family.

    The index is read from the source text of the families, so that a name loads one family only.
    """

    def __init__(self, folder: str | os.PathLike[str], package: str) -> None:
        self._folder, self._package = folder, package

    @cached_property
    def _index(self) -> dict[str, str]:
        return {match["name"]: family for family, match in self._declared()}

    @cached_property
    def _entries(self) -> dict[str, str]:
        return {
            entry: match["name"]
            for _, match in self._declared()
            for entry in _ENTRY.findall(match["head"])
        }

    def _declared(self) -> Iterator[tuple[str, re.Match[str]]]:
        """Family and declaration of every bound, without pathlib, which loads slowly."""
        for name in sorted(os.listdir(self._folder)):
            if name.endswith(".py") and name[0].isalpha():
                with open(os.path.join(self._folder, name), encoding="utf-8") as file:
                    text = file.read()
                yield from ((name.removesuffix(".py"), match) for match in _DECLARED.finditer(text))

    def __getitem__(self, name: str) -> Bound:
        known = name if name in self._index else self._entries.get(name, "")
        if not known:
            from difflib import get_close_matches

            near = get_close_matches(name, [*self._index, *self._entries], n=3)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise UnknownBoundError(f"no bound is called {name!r}{hint}")
        found = getattr(import_module(f"{self._package}.{self._index[known]}"), known)
        return found  # type: ignore[no-any-return]

    def __iter__(self) -> Iterator[str]:
        return iter(self._index)

    def __len__(self) -> int:
        return len(self._index)

    def __repr__(self) -> str:
        return f"<catalogue of {len(self)} bounds in {len(self.families)} families>"

    @property
    def families(self) -> dict[str, list[str]]:
        """Family -> the names of its bounds."""
        found: dict[str, list[str]] = {}
        for name, family in self._index.items():
            found.setdefault(family, []).append(name)
        return found


catalogue = Catalogue(os.path.join(os.path.dirname(__file__), "bounds"), "genbounds.bounds")


def find(name: str) -> Any:
    """A bound by name or entry; `<name>.two_sided` and `<name>.gap` are its derived theorems."""
    stem, *derived = name.split(".")
    found: Any = catalogue[stem]
    for part in derived:
        if part not in ("two_sided", "gap"):
            raise UnknownBoundError(f"{stem} has no derived theorem {part!r}: two_sided, gap")
        found = getattr(found, part)
    return found


def is_found(bound: Any) -> bool:
    """Whether the bound's name leads to this very object."""
    try:
        return find(bound.name) is bound
    except (KeyError, ValueError, AttributeError):
        return False


def as_bound(bound: Any) -> Any:
    """A bound as it is, or the one of that name; anything else is refused."""
    if isinstance(bound, str):
        return find(bound)
    if not hasattr(bound, "claim"):
        raise ValueError(f"a bound or its name is wanted, got {bound!r}")
    return bound
