"""What `check` returns: each property passed, failed with a witness, or not applicable and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from genbounds.declaration import Bound
from genbounds.rendering import Report, Shown

PASSED, FAILED, NOT_APPLICABLE = "passed", "failed", "does not apply"


class Fault(NamedTuple):
    """What is wrong, and the facts of the calls that show it."""

    says: str
    calls: tuple[Mapping[str, Any] | str, ...] = ()


class Outcome(NamedTuple):
    """One property of one bound: `witness` holds calls that can be copied and run."""

    name: str
    status: str
    detail: str
    draws: int = 0
    witness: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The outcome in one line."""
        number = f", {self.draws} draws" if self.draws > 1 else ""
        detail = f": {self.detail}" if self.detail else ""
        return f"{self.status.upper() if self.status == FAILED else self.status}{number}{detail}"


def call(bound: Bound, facts: Mapping[str, Any] | str) -> str:
    """The call that gives the bound these facts, to copy; other code stays as it is."""
    if isinstance(facts, str):
        return facts
    return f"{bound.name}({', '.join(f'{name}={value!r}' for name, value in facts.items())})"


class Check(Shown):
    """The properties of a bound that were tried on `draws` seeded draws of its arguments.

    `ok` is whether none failed, `outcomes` lists all, `failures` those that failed. What passes is
    well made; whether the theorem is true is another question, which `gb.refute` asks.
    """

    def __init__(self, bound: Bound, draws: int, seed: int, outcomes: list[Outcome]) -> None:
        self.bound, self.draws, self.seed = bound, draws, seed
        self.outcomes = tuple(outcomes)

    def __bool__(self) -> bool:
        return self.ok

    @property
    def ok(self) -> bool:
        """Whether no property failed."""
        return not self.failures

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """The properties that failed."""
        return tuple(x for x in self.outcomes if x.status == FAILED)

    @property
    def passed(self) -> tuple[Outcome, ...]:
        """The properties that passed."""
        return tuple(x for x in self.outcomes if x.status == PASSED)

    def __getitem__(self, name: str) -> Outcome:
        """The outcome of one property; `KeyError` lists the names."""
        for outcome in self.outcomes:
            if outcome.name == name:
                return outcome
        raise KeyError(f"{name!r}; one of {', '.join(x.name for x in self.outcomes)}")

    @property
    def sentence(self) -> str:
        """The verdict in one line."""
        applied = len(self.passed) + len(self.failures)
        if self.ok:
            return f"{self.bound.name} passes all {applied} properties that apply."
        names = "; ".join(x.name for x in self.failures)
        return f"{self.bound.name} fails {len(self.failures)} of {applied} properties: {names}."

    @property
    def report(self) -> Report:
        """The parts that every rendering shows, in order."""
        rows: list[tuple[str, Any]] = []
        for outcome in self.outcomes:
            lines = [outcome.sentence, *outcome.witness]
            rows.append((outcome.name, lines if outcome.witness else outcome.sentence))
        rows.append(("drawn", f"at most {self.draws} facts a property, seed {self.seed}"))
        rows.append(("not asked", "whether the theorem is true: gb.refute looks for a world"))
        return Report(self.sentence, rows)

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values."""
        return {
            "bound": self.bound.name, "source": self.bound.source, "ok": self.ok,
            "draws": self.draws, "seed": self.seed,
            "outcomes": [x._asdict() | {"witness": list(x.witness)} for x in self.outcomes],
        }  # fmt: skip
