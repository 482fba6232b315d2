"""Which misprints of the catalogue's formulas are noticed: by reference values, tests, the referee.

python -m tests.mutants                   the reference values against every mutant
python -m tests.mutants --write [NAME]    and the other tests; then the record and the page
python -m tests.mutants --referee LINES   what the referee refutes, appended to a file of JSON
    [--shard 0/4] [--seconds 5]           lines; where the file ends it goes on
python -m tests.mutants --merge LINES     what such files hold, into the record and the page
"""

import argparse
import json
import os
import re
import tempfile
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import pytest

import genbounds as gb
from tests.mutants import Mutant, effect, everywhere, stem, within_seconds

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "mutants.md"
RECORD = TESTS / "mutants.json"
SUITE = [
    "bounds", "test_landmines.py", "test_found_by_use.py",
    *(f"catalogue/test_{what}.py" for what in (
        "worked", "finite", "limits", "two_sided", "direction", "entries", "latex", "documented",
    )),
]  # fmt: skip
"""The tests of formulas: what of them bears the name of a bound is asked about its mutants.

Those that hold one kind of number against another see the same misprint in both.
"""
QUIETLY = "-qs -p no:cacheprovider -W ignore::pytest.PytestAssertRewriteWarning".split()

Found = dict[str, list[Mutant]]
"""The mutants of each changed constant, one for every bound that it enters."""

# --- the reference values


def noticed_by_reference(mutant: Mutant) -> bool:
    """Whether some row of tests/reference fails for the mutant."""
    from tests.catalogue import test_references

    name, test = stem(mutant.bound), test_references.test_the_value_is_that_of_the_reference
    changed = SimpleNamespace(catalogue=ChainMap({name: mutant.bound}, gb.catalogue))
    with mock.patch.object(test_references, "gb", changed):
        return any(_fails(test, row) for row in _rows().get(name, ()))


@cache
def _rows() -> dict[str, list[Any]]:
    from tests.catalogue.test_references import ROWS

    found: dict[str, list[Any]] = {}
    for row in ROWS:
        found.setdefault(row["bound"], []).append(row)
    return found


def _fails(test: Callable[..., None], row: Any) -> bool:
    """Whether the test fails, breaks down or does not come to an end."""
    try:
        with within_seconds(20):
            test(row)
    except Exception:
        return True
    return False


def beyond_reference(found: Found) -> Found:
    """The mutants that every reference value lets pass."""
    return {key: same for key, same in found.items() if not any(map(noticed_by_reference, same))}


# --- the other tests


def noticing_tests(found: Found) -> dict[str, str]:
    """For each changed constant the first test that fails with it, or nothing."""
    judge = _Judge(found)
    paths = [str(TESTS / name) for name in SUITE]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder
        pytest.main([*paths, *QUIETLY], [judge])
    return judge.noticed


class _Judge:
    """A plugin that collects the tests once and runs them in a fork for every mutant."""

    def __init__(self, found: Found) -> None:
        self.found, self.noticed, self.failed = found, dict.fromkeys(found, ""), ""

    def pytest_runtestloop(self, session: Any) -> bool:
        for key, same in self.found.items():
            names = {stem(mutant.bound) for mutant in same}
            items = sorted(session.items, key=lambda item: _distance(item, names))
            near = [item for item in items if _distance(item, names) < 3]
            self.noticed[key] = _in_a_fork(lambda same=same, near=near: self._first(same, near))
            print(key, "|", self.noticed[key], flush=True)
        return True

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def _first(self, same: list[Mutant], items: list[Any]) -> str:
        for mutant in same:
            _put_in_place(mutant)
        for item in items:
            try:
                with within_seconds(60):
                    item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            except TimeoutError:
                return str(item.nodeid)
            if self.failed:
                return self.failed
        return ""


def _distance(item: Any, names: Iterable[str]) -> int:
    """How near a test is to these bounds: it is called after one, or its file speaks of one."""
    pattern = _words(frozenset(names))
    if pattern.search(item.nodeid):
        return 0 if "catalogue" in item.nodeid else 1
    own = "catalogue" not in item.nodeid
    return 2 if own and pattern.search(_source(item.path)) else 3


@cache
def _words(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z_])({'|'.join(sorted(names))})(?![a-z_])")


@cache
def _source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _in_a_fork(work: Callable[[], str]) -> str:
    """What `work` returns in a copy of this process, whatever it spoils there."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.write(writing, (work() or "-").encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read().decode()
    os.waitpid(child, 0)
    return answer.removeprefix("-") or ("" if answer else "the process ended")


def _put_in_place(mutant: Mutant) -> None:
    """The bound of the catalogue becomes the mutant, for all that hold it."""
    live = gb.catalogue[stem(mutant.bound)]
    live.formula, live.needs = mutant.bound.formula, mutant.bound.needs
    for derived in ("_fast", "_needs", "gap", "two_sided", "latex", "latex_needs"):
        live.__dict__.pop(derived, None)


# --- the referee

Judge = Callable[[Any], tuple[str, str]]
"""Of a bound: `refuted`, `not refuted` or `not tested`, and the counterexample in words."""


def refereed(found: Found, judge: Judge, lines: Path) -> None:
    """Append the verdict on every mutant that claims more than its theorem to a file of lines.

    What the file holds already is not asked again; the first counterexample settles a constant for
    all the bounds that it enters.
    """
    rows = _read_lines([lines])
    done = {row["mutant"] for row in rows}
    settled = {row["constant"] for row in rows if row["verdict"] == "refuted"}
    with lines.open("a", encoding="utf-8") as file:
        for key, same in found.items():
            for mutant in same:
                if key in settled or mutant.bound.name in done or effect(mutant) != "stronger":
                    continue
                verdict, words = _verdict(mutant, judge)
                row = {"constant": key, "mutant": mutant.bound.name, "verdict": verdict}
                file.write(json.dumps({**row, "counterexample": words}) + "\n")
                file.flush()
                settled |= {key} if verdict == "refuted" else set()


def _verdict(mutant: Mutant, judge: Judge) -> tuple[str, str]:
    try:
        return judge(mutant.bound)
    except Exception as fault:
        return "not tested", f"{type(fault).__name__}: {fault}"


def by_refuting(delta: float, seconds: float) -> Judge:
    """The referee of this package as a judge."""
    from genbounds.referee import refute

    def judge(bound: Any) -> tuple[str, str]:
        found = refute(bound, delta=delta, seconds=seconds)
        example = found.counterexample
        words = f"{example.sentence}, in this world: {example.world.sentence}" if example else ""
        return found.verdict, words

    return judge


def _read_lines(paths: Iterable[Path]) -> list[dict[str, Any]]:
    texts = [path.read_text(encoding="utf-8") for path in paths if path.exists()]
    return [json.loads(line) for text in texts for line in text.splitlines()]


# --- the record


def read() -> dict[str, Any]:
    """The record: counts of every bound, what the reference lets pass, the referee's verdicts."""
    if RECORD.exists():
        return json.loads(RECORD.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
    return {"bounds": {}, "beyond_reference": {}, "referee": {}}


def measured(names: list[str], record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with these bounds (all of them) measured again; reasons are kept."""
    found = everywhere(names)
    beyond = beyond_reference(found)
    noticed = noticing_tests(beyond)
    old = record["beyond_reference"]
    reasons = {key: old.get(key, {}).get("why", "") for key in beyond}
    rows = {
        key: {"test": noticed[key]} if noticed[key] else {"test": "", "why": reasons[key]}
        for key in beyond
    }
    if not names:
        return {**record, "bounds": counted(found), "beyond_reference": rows}
    kept = {key: row for key, row in old.items() if key not in found}
    counts = {name: row for name, row in counted(found).items() if name in names}
    return {
        **record,
        "bounds": {**record["bounds"], **counts},
        "beyond_reference": {**kept, **rows},
    }


def counted(found: Found) -> dict[str, dict[str, int]]:
    """Of each bound: its mutants, and those that claim more than it at some point."""
    counts: dict[str, dict[str, int]] = {}
    for same in found.values():
        for mutant in same:
            row = counts.setdefault(stem(mutant.bound), {"mutants": 0, "stronger": 0})
            row["mutants"] += 1
            row["stronger"] += effect(mutant) == "stronger"
    return counts


def merged(paths: list[Path], record: Mapping[str, Any]) -> dict[str, Any]:
    """The record with the verdicts in these files; of several on one constant the strongest."""
    verdicts = dict(record["referee"])
    strength = ("not tested", "not refuted", "refuted").index
    for row in _read_lines(paths):
        new = {"verdict": row["verdict"], "counterexample": row["counterexample"]}
        old = verdicts.get(row["constant"], new)
        verdicts[row["constant"]] = max(old, new, key=lambda told: strength(told["verdict"]))
    return {**record, "referee": dict(sorted(verdicts.items()))}


def write(record: Mapping[str, Any]) -> None:
    """The record and the page, in the order of the catalogue; what is no longer there falls out."""
    from tests.mutation_page import page

    found, told = everywhere(), dict(record)
    for part, order in (("bounds", gb.catalogue), ("beyond_reference", found), ("referee", found)):
        told[part] = {key: record[part][key] for key in order if key in record[part]}
    RECORD.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(told, found), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", help="only these bounds")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--page", action="store_true", help="the page again, from the record")
    parser.add_argument("--referee", type=Path, metavar="LINES")
    parser.add_argument("--merge", type=Path, nargs="+", metavar="LINES")
    parser.add_argument("--shard", default="0/1")
    parser.add_argument("--delta", type=float, default=0.05)
    parser.add_argument("--seconds", type=float, default=5)
    given = parser.parse_args()
    if given.referee:
        shard = shard_of(everywhere(given.names), given.shard)
        refereed(shard, by_refuting(given.delta, given.seconds), given.referee)
    elif given.merge or given.page:
        write(merged(given.merge or [], read()))
    elif given.write:
        write(measured(given.names, read()))
    else:
        print(*beyond_reference(everywhere(given.names)), sep="\n")


def shard_of(found: Found, part: str) -> Found:
    """Part i of k, written i/k: every k-th constant from the i-th on."""
    i, k = map(int, part.split("/"))
    return {key: found[key] for key in list(found)[i::k]}
