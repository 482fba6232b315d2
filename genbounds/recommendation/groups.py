"""What a recommendation is made of: one question with all that answers it, best first."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from genbounds.declaration import Bound
from genbounds.rendering import Table
from genbounds.two_sided import TwoSided


class Topic(NamedTuple):
    """What a group is about: its key, its question, and words for whom and for what was seen."""

    key: str
    question: str
    whom: str = ""
    seen: str = ""


SHOWN = 6
"""How many rows a text shows."""


class Near(NamedTuple):
    """A theorem that lacks one fact, and the facts that there are."""

    theorem: Bound | TwoSided
    fact: str
    facts: Mapping[str, Any]


class Group:
    """One question and its answers; `best` is the first, `sentence` what may be claimed."""

    topic: Topic
    near: Sequence[Near] = ()

    @property
    def best(self) -> Any:
        """The tightest: an answer, or a row of sizes or of probabilities."""
        raise NotImplementedError

    @property
    def sentence(self) -> str:
        """The verdict in plain words."""
        raise NotImplementedError

    @property
    def why(self) -> str:
        """Why this theorem and no other."""
        raise NotImplementedError

    @property
    def conditions(self) -> tuple[str, ...]:
        """What the reader must be able to tick."""
        raise NotImplementedError

    @property
    def table(self) -> Table:
        """Every theorem that answers, best first."""
        raise NotImplementedError

    @property
    def number(self) -> Any:
        """What the sentence claims."""
        raise NotImplementedError

    @property
    def vacuous(self) -> bool:
        """Whether nothing is claimed."""
        return False

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources of what the sentence rests on."""
        raise NotImplementedError

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader should know about the rows."""
        return ()

    @property
    def brief(self) -> Table:
        """The first rows, without notes and sources."""
        return narrowed(self.table, self.table.rows[:SHOWN])

    @property
    def names(self) -> Iterator[str]:
        """The theorems of the catalogue that the group holds."""
        for record in self.table.records():
            yield str(record["bound"]).split(",")[0].split(".")[0]

    def to_dict(self) -> dict[str, Any]:
        """The verdict and its rows as plain data."""
        return {
            "key": self.topic.key,
            "question": self.topic.question,
            "sentence": self.sentence,
            "why": self.why,
            "conditions": list(self.conditions),
            "vacuous": self.vacuous,
            "rows": [{k: _finite(x) for k, x in row.items()} for row in self.table.records()],
        }


def narrowed(table: Table, rows: Sequence[Sequence[Any]]) -> Table:
    """Some rows of a table, without notes and sources."""
    kept = [i for i, name in enumerate(table.columns) if name not in ("note", "source")]
    return Table([table.columns[i] for i in kept], [[row[i] for i in kept] for row in rows])


def _finite(value: Any) -> Any:
    """JSON has no infinity: it is written as a word."""
    return repr(value) if isinstance(value, float) and math.isinf(value) else value
