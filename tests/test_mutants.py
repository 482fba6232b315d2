"""The mutants are what they say, and a sample of the record of what notices them."""

import ast
import pickle
import re
import zlib
from pathlib import Path

import numpy as np
import pytest

import genbounds as gb
from genbounds.generic import Exact
from tests import mutants, mutation
from tests.catalogue.draws import NUMBERED, typical
from tests.mutation_page import keys_of_bounds, page

FOUND = mutants.everywhere()
SLOW = ("realizable.double_sample ",)
"""Rows of the reference that are whole searches."""


def key_of(bound: str, constant: str) -> mutants.Mutant:
    return next(m for m in mutants.mutants(gb.catalogue[bound]) if m.where.key.endswith(constant))


# --- the mutants


def test_a_changed_constant_gives_the_number_of_the_changed_formula():
    facts = {"empirical_risk": 0.1, "n": 1000, "delta": 0.05}
    three = key_of("hoeffding", "[1] 2 -> 3").bound
    one = key_of("hoeffding", "[1] 2 -> 1").bound
    assert three(**facts) == pytest.approx(0.1 + np.sqrt(np.log(20) / 3000), rel=1e-14)
    assert one(**facts) == pytest.approx(0.1 + np.sqrt(np.log(20) / 1000), rel=1e-14)


def test_a_mutant_takes_every_kind_of_number_and_keeps_the_claim():
    changed = key_of("mcallester", "pac_bayes.price [0] 2 -> 4").bound
    facts = {"empirical_risk": 0.1, "kl": 5, "delta": 0.05}
    found = changed(**facts, n=np.array([100, 1000]))
    assert found.tolist() == pytest.approx([changed(**facts, n=n) for n in (100, 1000)], rel=1e-14)
    assert changed.claim == gb.catalogue["mcallester"].claim
    assert changed.gap(**{k: facts[k] for k in ("kl", "delta")}, n=100) < found[0]


def test_a_mutant_is_certified_like_its_theorem():
    pytest.importorskip("flint")
    for name in ("hoeffding", "empirical_bernstein_serfling", "pac_bayes_kl"):
        facts = typical(gb.catalogue[name])
        for mutant in mutants.mutants(gb.catalogue[name]):
            found = mutant.bound(**facts)
            if found == found:
                enclosed = mutant.bound.enclose(**facts, binary=True).ball
                assert abs(float(enclosed.mid()) - found) <= 1e-12 * abs(found), mutant.where


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_a_constant_changed_into_itself_changes_nothing(bound):
    """Taking a formula apart and putting it together again is faithful, helpers included."""
    functions = mutants.reachable(bound.formula)
    facts = typical(bound)
    for function in functions:
        definition = mutants.definition(function)
        code = mutants.compiled(definition, "itself")
        formula = mutants.rebuilt(bound.formula, functions, function, code)
        assert formula is not bound.formula
        assert mutants.declared(bound, bound.name, formula, bound.needs)(**facts) == bound(**facts)


def test_a_helper_is_changed_for_all_that_call_it():
    users = {mutants.stem(m.bound) for m in FOUND["pac_bayes.price [0] 2 -> 4"]}
    assert {"mcallester", "pac_bayes_kl", "rivasplata", "pac_bayes_lambda"} <= users
    for mutant in FOUND["pac_bayes.price [0] 2 -> 4"]:
        original = gb.catalogue[mutants.stem(mutant.bound)]
        facts = typical(original)
        assert mutant.bound(**facts) != original(**facts)


def test_every_number_of_a_formula_is_changed():
    """Counted in the text of the families: literals and named constants of functions."""
    for path in sorted((Path(gb.__file__).parent / "bounds").glob("[!_]*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        nodes = [x for f in functions for line in f.body for x in ast.walk(line)]
        names = sum(isinstance(x, ast.Name) and x.id in ("PI", "E", "LN2") for x in nodes)
        numbers = sum(isinstance(x, ast.Constant) and type(x.value) is int for x in nodes)
        changed = {
            m.where[1:3] for k, (m, *_) in FOUND.items() if k.startswith(f"{path.stem}.")
            if "needs" not in k
        }  # fmt: skip
        assert len(changed) == names + numbers - len(of_witnesses(functions)), path.stem


def of_witnesses(functions) -> list[ast.AST]:
    """Numbers in functions that declare witnesses, which no formula calls."""
    called = {m.where.function for same in FOUND.values() for m in same}
    return [
        x
        for f in functions
        if f.name not in called
        for line in f.body
        for x in ast.walk(line)
        if isinstance(x, ast.Constant) and type(x.value) is int
    ]


def test_no_number_of_a_formula_hides_in_its_module():
    for bound in NUMBERED:
        for function in mutants.reachable(bound.formula):
            for name in function.__code__.co_names:
                value = function.__globals__.get(name)
                assert not isinstance(value, (int, float))
                assert not isinstance(value, Exact) or name in ("ONE", "PI", "E", "LN2")


def test_a_mutant_travels_by_name():
    mutant = mutants.mutants(gb.catalogue["pac_bayes_kl"])[2]
    there = pickle.loads(pickle.dumps(mutant.bound))
    facts = typical(gb.catalogue["pac_bayes_kl"])
    assert (there.name, there(**facts)) == (mutant.bound.name, mutant.bound(**facts))


@pytest.mark.parametrize(
    ("bound", "constant", "effect"),
    [
        ("hoeffding", "[1] 2 -> 3", "stronger"),
        ("hoeffding", "[1] 2 -> 1", "weaker"),
        ("hoeffding", "[0] 1 -> 0", "broken"),
        ("chernoff_lower", "[0] 1 -> 2", "weaker"),
        ("chernoff_lower", "[0] 1 -> ONE / 2", "stronger"),
        ("multiplicative_chernoff_tail_third", "needs[0] [0] 1 -> 2", "stronger"),
        ("multiplicative_chernoff_tail_third", "needs[0] [0] 1 -> 0", "weaker"),
    ],
)
def test_the_effect_of_a_change(bound, constant, effect):
    assert mutants.effect(key_of(bound, constant)) == effect


# --- the record

RECORD = mutation.read()


def in_sample(key: str) -> bool:
    """One in ten, the same on every run."""
    return zlib.crc32(key.encode()) % 10 == 0 and not key.startswith(SLOW)


@pytest.mark.parametrize("family", sorted({key.partition(".")[0] for key in FOUND}))
def test_no_reference_value_lets_a_new_mutant_pass(family):
    sample = {k: v for k, v in FOUND.items() if k.startswith(f"{family}.") and in_sample(k)}
    assert mutation.beyond_reference(sample).keys() <= RECORD["beyond_reference"].keys()


def test_what_nothing_notices_has_a_reason():
    for key, row in RECORD["beyond_reference"].items():
        assert bool(row["test"]) != bool(row.get("why")), key


def test_the_record_is_of_this_catalogue():
    """Where it is not: python -m tests.mutants --write NAME for the bounds that have changed."""
    counts = {name: len(keys) for name, keys in keys_of_bounds(FOUND).items()}
    assert {name: row["mutants"] for name, row in RECORD["bounds"].items()} == counts
    assert RECORD["beyond_reference"].keys() | RECORD["referee"].keys() <= FOUND.keys()


def test_the_page_is_that_of_the_record():
    text = mutation.PAGE.read_text(encoding="utf-8")
    assert text == page(RECORD, FOUND)
    rows = re.findall(r"^\| `\w+` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", text, re.M)
    assert len(rows) == len(RECORD["bounds"])
    for made, reference, tests, left, _ in ([int(x) for x in row] for row in rows):
        assert made == reference + tests + left


# --- the referee's run


def judge(bound):
    return ("refuted", "a | world") if bound.name.startswith("chernoff") else ("not refuted", "")


def test_the_referee_is_asked_once_about_what_claims_more(tmp_path):
    some = ("concentration.hoeffding ", "concentration.chernoff")
    found = {key: same for key, same in FOUND.items() if key.startswith(some)}
    lines = tmp_path / "lines.jsonl"
    mutation.refereed(found, judge, lines)
    once = lines.read_text()
    mutation.refereed(found, judge, lines)
    assert lines.read_text() == once
    verdicts = mutation.merged([lines], {"referee": {}})["referee"]
    assert verdicts.keys() == {k for k, (m, *_) in found.items() if mutants.effect(m) == "stronger"}
    text = page({**RECORD, "referee": verdicts}, FOUND)
    assert f"it refutes {len(verdicts) - 3}, does not refute 3, and" in text
    assert re.search(r"^\| `hoeffding` \|.* \| 0 of 3 \|$", text, re.M)


def test_a_judge_that_breaks_down_has_not_tested(tmp_path):
    def broken(bound):
        raise ValueError("no world")

    key, lines = "concentration.hoeffding [1] 2 -> 4", tmp_path / "lines.jsonl"
    mutation.refereed({key: FOUND[key]}, broken, lines)
    verdicts = mutation.merged([lines], {"referee": {}})["referee"]
    assert verdicts == {key: {"verdict": "not tested", "counterexample": "ValueError: no world"}}


def test_shards_share_the_work():
    parts = [mutation.shard_of(FOUND, f"{i}/3") for i in range(3)]
    assert sorted(key for part in parts for key in part) == sorted(FOUND)
