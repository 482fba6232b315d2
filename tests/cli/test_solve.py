"""`solve`: one unknown, with its proof."""

import json

import pytest
from pytest import approx

import genbounds as gb


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("vapnik_chervonenkis n --epsilon .05 --delta .05 --vc-dim 10", 400700),
        ("vapnik_chervonenkis n --epsilon .05 --delta .05 --vc-dim 10 --growth polynomial", 452957),
        ("vapnik_chervonenkis vc-dim --epsilon .05 --delta .05 --n 400700", 10),
        ("hoeffding n --two-sided --epsilon .05 --delta .05", 738),
        ("hoeffding n --epsilon .05 --delta .05", 600),
        ("hoeffding_several n --epsilon .05 --delta .05 --n-hypotheses 20", 1199),
        ("hoeffding_several epsilon --two-sided --n 10000 --n-hypotheses 1000 --delta .05",
         0.02301807413001365),
        ("hoeffding epsilon --two-sided --n 10000 --delta .05", 0.0135810151574),
        ("hoeffding delta --two-sided --n 1000 --epsilon .01", 1.6374615061559636),
        ("hoeffding target --empirical-risk .1 --n 1000 --delta .05", 0.1387022756020495),
        ("clopper_pearson n --target .021 --delta .05 --empirical-risk 1/50", 56051),
        ("clopper_pearson errors --target .05 --n 1000 --delta .05", 38),
        ("mitchell_sample_size n --epsilon .1 --delta .05 --vc-dim 3", 1899),
    ],
)  # fmt: skip
def test_values(number, words, value):
    assert number(f"solve {words}") == approx(value, rel=1e-12)


def test_the_text_shows_solution_proof_and_theorem(run):
    ran = run("solve vapnik_chervonenkis n --epsilon .05 --delta .05 --vc-dim 10")
    assert (ran.status, ran.err) == (0, "")
    first, *rest = ran.out.splitlines()
    assert first == "n = 400700"
    text = " ".join("\n".join(rest).split())
    for part in ("at n = 400699", "VapnikChervonenkis1971, Theorem 2", "side both", "Sauer sum"):
        assert part in text


def test_the_record_solves_again(run):
    record = json.loads(
        run("solve clopper_pearson n --target .021 --delta .05 --empirical-risk 1/50 --json").out
    )
    assert record["inputs"] == {"delta": 0.05, "empirical_risk": {"fraction": "1/50"}}
    again = gb.solve(
        gb.catalogue[record["bound"]], record["unknown"], target=record["level"], delta=0.05,
        empirical_risk=gb.answers.unpack(record["inputs"]["empirical_risk"]),
    )  # fmt: skip
    assert again == record["solution"] == 56051
    assert record["value"] <= record["level"] < record["beyond"]


def test_a_growth_below_the_sauer_sum_is_marked_printed(run):
    words = "solve vapnik_chervonenkis n --epsilon .05 --delta .05 --vc-dim 1 --growth"
    assert json.loads(run(f"{words} polynomial --json").out)["status"] == "printed"
    assert json.loads(run(f"{words} sauer --json").out)["status"] == "proved"
    assert "not a guarantee" in run(f"{words} polynomial").out


def test_a_tail_above_1_is_called_vacuous(run):
    ran = run("solve hoeffding delta --two-sided --n 1000 --epsilon .01 --fail-if vacuous")
    assert ran.status == 4
    assert "above 1: vacuous" in ran.out
    assert "vacuous" in ran.err


def test_no_solution_is_status_3_with_the_nearest(run):
    ran = run("solve clopper_pearson errors --target .001 --n 100 --delta .05")
    assert (ran.status, ran.out) == (3, "")
    assert "the nearest that can be reached" in ran.err


def test_a_fixed_parameter_is_refused(run):
    fixed = next(b for b in gb.catalogue.values() if b.fixed)
    ran = run(f"solve {fixed.name} {fixed.fixed[0].replace('_', '-')} --target .1")
    assert ran.status == 2
    assert "fixed before the sample" in ran.err


@pytest.mark.parametrize(
    ("goals", "words"),
    [
        ("", "give exactly one of target"),
        ("--epsilon .1 --target .2", "give exactly one of target"),
    ],
)
def test_there_is_one_goal(run, goals, words):
    ran = run(f"solve hoeffding n --delta .05 --empirical-risk .1 {goals}")
    assert ran.status == 2
    assert words in ran.err


def test_a_bound_that_is_not_monotone_points_to_scan(run):
    counts = "--errors-first-only 5 --errors-second-only 3"
    ran = run(f"solve risk_difference n --target .1 --delta .05 {counts}")
    assert ran.status == 2
    assert "scan" in ran.err
    ran = run("solve relative_chernoff_lower empirical-risk --target .3 --n 10 --delta .05")
    assert ran.status == 2
    assert "evaluate it on a grid" in ran.err  # a scan tries integers


def test_a_scan_prints_the_intervals(run):
    words = "solve hoeffding n --epsilon .05 --delta .05 --two-sided --scan 730 745"
    assert run(f"{words} -q").out == "738 745\n"
    assert json.loads(run(f"{words} --json").out) == [{"first": 738, "last": 745}]
    assert "first n" in run(words).out
    assert run(words.replace("730 745", "1 99")).status == 3
    devroye = "solve devroye n --epsilon .05 --delta .05 --vc-dim 10 --growth polynomial"
    assert run(f"{devroye} --scan 43000 44000 -q").out == "43655 44000\n"  # VC-5
    assert run(words.replace("730 745", "99 1")).status == 2


@pytest.mark.parametrize(
    ("words", "form"),
    [
        ("hoeffding n --epsilon .05 --delta .05", "log(1/delta)/(2*epsilon**2)"),
        ("hoeffding n --epsilon .05 --delta .05 --two-sided", "log(2/delta)/(2*epsilon**2)"),
        ("vapnik_chervonenkis n --epsilon .05 --delta .05 --vc-dim 10 --growth polynomial",
         "LambertW(-epsilon**2*exp(-log(4/delta)/vc_dim)/(16*vc_dim), -1)"),
        ("clopper_pearson n --target .1 --errors 0 --delta .05", "none"),
        ("clopper_pearson n --epsilon .1 --errors 0 --delta .05 --two-sided", "none"),
    ],
)  # fmt: skip
def test_the_closed_form_where_there_is_one(run, words, form):
    assert form in json.loads(run(f"solve {words} --closed-form --json").out)["closed_form"]
    assert "closed form" in run(f"solve {words} --closed-form").out


def test_a_table_keeps_the_digits_of_the_proof(run):
    words = "solve vapnik_chervonenkis n --epsilon .05 --delta .05 --vc-dim 10 --format markdown"
    assert "| 0.04999999504064851 | 0.05000005244899441 |" in run(words).out
