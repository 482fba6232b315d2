"""What failed once does not fail again: every row through every property that applies."""

import json
from itertools import count

import pytest

from tests.catalogue import regressions
from tests.catalogue.regressions import FILE, cases, keep, rows

CASES = [
    pytest.param(case, id=f"{i}-{row['bound'].replace(' ', '')}-{case.property}")
    for i, row in zip(count(), rows(), strict=False)
    for case in cases(row)
]


@pytest.mark.parametrize("case", CASES)
def test_it_holds_now(case):
    case.run()


def test_every_row_says_what_was_wrong_and_comes_once():
    seen = [json.dumps([row["bound"], row["arguments"]], sort_keys=True) for row in rows()]
    assert len(set(seen)) == len(seen)
    assert all(row["why"] for row in rows())


def test_what_is_kept_is_read_back(tmp_path, monkeypatch):
    facts = {"n": 36, "log_growth": regressions.Sauer(11)}
    monkeypatch.setattr(regressions, "FILE", tmp_path / "kept.json")
    (tmp_path / "kept.json").write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    before = len(rows())
    keep("growth_rademacher", facts, "an example")
    *others, last = regressions.rows()
    assert len(others) == before
    assert all(case.facts == facts for case in cases(last))
    assert {case.property for case in cases(last)} >= {"finite", "moves", "enclosed"}
