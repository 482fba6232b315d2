"""docs/mutants.md: what tests/mutants.json records, as tables."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tests.mutants import Mutant, stem

HEAD = """# The formulas, misprinted

What would a wrong constant have to be, to go unnoticed? Every number in every formula, in its
helper functions and in the relations that a theorem needs is changed, one at a time: c to c + 1, to
2c and to c/2, 0 to 1, 1 also to 0, and pi, e and ln 2 doubled. Each of these mutants is a bound
with the theorem's claim and a misprint. It is noticed if one of the [reference values](accuracy.md)
fails with it, or another test. This page is what `python -m tests.mutants --write` found; a sample
of it is a test.
"""
SURVIVORS = """
## What nothing notices

Each of these for a reason: the change does not change what the formula says.

| constant | change | why it makes no difference |
| --- | --- | --- |"""
ELSEWHERE = """
## What the reference values let pass and a test notices

| constant | change | first test that fails |
| --- | --- | --- |"""
REFEREE = """
## What the referee refutes alone

With reference values and worked numbers switched off, the referee is asked about every mutant that
claims more than its theorem at some point: one that claims less everywhere is a true theorem, which
nothing can refute. What it cannot refute is a theorem with room to spare, or one about which no
world speaks.
"""
UNJUDGED = "It has not been asked yet."
VERDICTS = ("refuted", "not refuted", "not tested")
ASKED = """Asked about {asked} mutants, it refutes {refuted}, does not refute {not_refuted}, and has
no world that knows what the bound needs for {not_tested}.
"""
BOUNDS = """
## Every bound

A helper's constant counts in every bound that it enters, and once in the table above.

| bound | mutants | reference values | tests | nothing | claim more | refuted by the referee |
| --- | --- | --- | --- | --- | --- | --- |"""


def page(record: Mapping[str, Any], found: Mapping[str, list[Mutant]]) -> str:
    """The page of a record, for these mutants."""
    beyond = record["beyond_reference"]
    left = {key: row["why"] for key, row in beyond.items() if not row["test"]}
    tested = {key: f"`{row['test']}`" for key, row in beyond.items() if row["test"]}
    lines = [HEAD, *_summary(record, found, left), SURVIVORS, *_rows(left, found)]
    lines += [ELSEWHERE, *_rows(tested, found), REFEREE, *_refuted(record, found)]
    return "\n".join([*lines, BOUNDS, *_of_bounds(record, found), ""])


def _summary(record: Any, found: Any, left: Any) -> list[str]:
    beyond, all_of = record["beyond_reference"], len(found)
    rows = [
        ("mutants", all_of),
        ("noticed by a reference value", all_of - len(beyond)),
        ("noticed by another test only", len(beyond) - len(left)),
        ("noticed by nothing", len(left)),
    ]
    return ["| | |", "| --- | --- |", *(f"| {what} | {count} |" for what, count in rows)]


def _rows(told: Mapping[str, str], found: Mapping[str, list[Mutant]]) -> Iterable[str]:
    for key, what in told.items():
        where = found[key][0].where
        place = f"`{where.family}.{where.function}`, number {where.position + 1}"
        yield f"| {place} | {where.old} → {where.new} | {what} |"


def _refuted(record: Any, found: Any) -> list[str]:
    judged = record["referee"]
    if not judged:
        return [UNJUDGED]
    counts = Counter(row["verdict"] for row in judged.values())
    shown = {
        key: " ".join(row["counterexample"].split()).replace("|", r"\|")
        for key, row in judged.items()
        if row["verdict"] == "refuted"
    }
    return [ASKED.format(asked=len(judged), **{k.replace(" ", "_"): counts[k] for k in VERDICTS}),
            "| constant | change | counterexample |", "| --- | --- | --- |",
            *_rows(shown, found)]  # fmt: skip


def _of_bounds(record: Any, found: Mapping[str, list[Mutant]]) -> Iterable[str]:
    beyond, judged = record["beyond_reference"], record["referee"]
    for name, keys in keys_of_bounds(found).items():
        passed = [beyond[key] for key in keys if key in beyond]
        left = sum(not row["test"] for row in passed)
        asked = [judged[key]["verdict"] for key in keys if key in judged]
        refuted = f"{asked.count('refuted')} of {len(asked)}" if asked else ""
        counts = (len(keys), len(keys) - len(passed), len(passed) - left, left)
        told = " | ".join(map(str, (*counts, record["bounds"][name]["stronger"], refuted)))
        yield f"| `{name}` | {told} |"


def keys_of_bounds(found: Mapping[str, list[Mutant]]) -> dict[str, list[str]]:
    """The changed constants of every bound, by name."""
    keys: dict[str, list[str]] = {}
    for key, same in found.items():
        for mutant in same:
            keys.setdefault(stem(mutant.bound), []).append(key)
    return keys
