"""A world: a law, a class and the truth about them, as one small frozen object."""

from __future__ import annotations

from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Any, ClassVar

from genbounds.referee.draws import Draws, NotKnownError


@dataclass(frozen=True)
class World:
    """What samples are drawn from, with a truth that is known.

    A world of one's own is a frozen dataclass with `draw`; with `outcomes` beside it the referee
    computes exact probabilities instead of frequencies.

    >>> @dataclass(frozen=True)
    ... class Coin(World):
    ...     risk: float = 0.3
    ...
    ...     def draw(self, n, trials, rng):
    ...         return Draws(n, errors=rng.binomial(n, self.risk, size=(trials, 1)), risk=self.risk)
    """

    title: ClassVar[str] = ""
    """The name by which the command line and JSON know the world."""

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if cls.__dict__.get("title"):
            WORLDS[cls.title] = cls

    exact_supremum: ClassVar[bool] = True
    """Whether the instances attain the supremum over the class; else they only come near it."""

    def block(self, n: int) -> int:
        """How many samples are drawn at once: memory for a few million numbers."""
        return max(1, min(4096, (1 << 21) // max(1, n)))

    def draw(self, n: int, trials: int, rng: Any) -> Draws:
        """`trials` samples of size n, from a numpy generator."""
        raise NotKnownError(f"{self!r} cannot be sampled")

    def outcomes(self, n: int, exact: bool = False) -> Draws:
        """Every outcome of a sample of size n with its probability; in fractions if `exact`."""
        raise NotKnownError(f"{self!r} has no list of outcomes: validate it by simulation")

    @property
    def sentence(self) -> str:
        """The world in words that allow a reader to rebuild it."""
        return (type(self).__doc__ or "").partition("\n")[0]

    def to_dict(self) -> dict[str, Any]:
        """The name and the parameters, fractions as text, from which `world_of` makes it."""
        given = {f.name: _plain(getattr(self, f.name)) for f in fields(self)}
        return {"world": self.title or type(self).__name__, "parameters": given}


WORLDS: dict[str, type[World]] = {}
"""The worlds that can be named on a command line, once their file is imported."""


def world_of(record: Any) -> World:
    """The world of a record that `World.to_dict` made."""
    from genbounds.referee.worlds import load

    load()
    if not isinstance(record, dict) or not isinstance(record.get("parameters"), dict):
        raise ValueError(f"a record of a world names it and its parameters, got {record!r}")
    known = WORLDS.get(record.get("world", ""))
    if known is None:
        raise ValueError(f"no world is called {record.get('world')!r}: {', '.join(sorted(WORLDS))}")
    given = {name: _read(value) for name, value in record["parameters"].items()}
    unknown = [name for name in given if name not in {f.name for f in fields(known)}]
    if unknown:
        raise ValueError(f"{record['world']} has no {', '.join(map(str, unknown))}")
    return known(**given)


def _plain(value: Any) -> Any:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, (tuple, list)):
        return [_plain(entry) for entry in value]
    return value.to_dict() if hasattr(value, "to_dict") else value


def _read(value: Any) -> Any:
    if isinstance(value, dict) and "world" in value:
        return world_of(value)
    if isinstance(value, dict) and "class" in value:
        from genbounds.classes import of_record

        return of_record(value)
    return tuple(map(_read, value)) if isinstance(value, list) else value
