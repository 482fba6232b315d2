"""The catalogue: every bound by its name or its entry, its family imported when first asked for."""

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from importlib import import_module
from pathlib import Path

from genbounds.declaration import Bound

_DECLARED = re.compile(r"^@bound\((?P<head>.*?)^def (?P<name>\w+)\(", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r'entry="([^"]+)"')


class Catalogue(Mapping[str, Bound]):
    """Name or entry -> bound. Iteration goes by name, family after family.

    The index is read from the source text of the families, so that a name loads one family only.
    """

    def __init__(self, folder: Path, package: str) -> None:
        self._folder, self._package = folder, package

    @cached_property
    def _index(self) -> dict[str, str]:
        found = {}
        for path in sorted(self._folder.glob("[a-z]*.py")):
            for match in _DECLARED.finditer(path.read_text(encoding="utf-8")):
                found[match["name"]] = path.stem
        return found

    @cached_property
    def _entries(self) -> dict[str, str]:
        found = {}
        for path in sorted(self._folder.glob("[a-z]*.py")):
            for match in _DECLARED.finditer(path.read_text(encoding="utf-8")):
                found.update({entry: match["name"] for entry in _ENTRY.findall(match["head"])})
        return found

    def __getitem__(self, name: str) -> Bound:
        known = name if name in self._index else self._entries.get(name, "")
        if not known:
            near = get_close_matches(name, [*self._index, *self._entries], n=3)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            raise KeyError(f"no bound is called {name!r}{hint}")
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


catalogue = Catalogue(Path(__file__).parent / "bounds", "genbounds.bounds")
