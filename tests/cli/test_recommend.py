"""`recommend`: what applies, best first, on the command line."""

import json
import math

import pytest
from pytest import approx
from scipy import stats

from genbounds.recommendation import recommend

WORDS = "recommend --n 60000 --empirical-risk .02 --kl 5000 --n-test 10000 --delta .05"


def test_the_words_are_the_arguments(run):
    ran = run(WORDS)
    assert (ran.status, ran.err) == (0, "")
    found = recommend(n=60000, empirical_risk=0.02, kl=5000, n_test=10000, delta=0.05)
    assert ran.out == f"{found.text}\n"
    record = json.loads(run(f"{WORDS} --json").out)
    assert record == json.loads(json.dumps(found.to_dict()))
    assert [group["key"] for group in record["groups"]] == ["posterior", "held_out"]


def test_the_number_alone(number):
    assert number("recommend --n 1000 --errors 30") == approx(stats.beta.ppf(0.95, 31, 970))
    assert number("recommend --errors 0 --target .05") == 59
    assert number("recommend --selected-from 20 --epsilon .05") == 1199
    assert number("recommend --n 1000 --epsilon .05") == approx(math.exp(-5))
    beside = "recommend --n 900 --errors 9 --vc-dim 2 --n-test 1000 --test-errors 30"
    assert number(beside) == approx(stats.beta.ppf(0.95, 31, 970))


def test_both_ends(run):
    low, high = map(float, run("recommend --n 50 --errors 0 --side both -q").out.split())
    assert (low, high) == (0, approx(0.0711217364642))


@pytest.mark.parametrize("style", ["csv", "markdown", "latex", "table"])
def test_every_format(run, style):
    ran = run(f"{WORDS} --format {style}")
    assert (ran.status, ran.err) == (0, "")
    assert "pac_bayes_kl" in ran.out.replace("\\", "")


def test_a_class_by_its_name(run, number):
    words = "recommend --class halfspaces --dim 20 --n 5000 --errors 40"
    assert "VC dimension 21" in run(words).out
    by_number = number("recommend --vc-dim 21 --n 5000 --errors 40")
    assert number(words) <= by_number


def test_the_points_of_the_sample(run, tmp_path):
    (tmp_path / "x.csv").write_text("x\n3\n1\n4\n15\n9\n2\n6\n5\n35\n8\n97\n93\n", "utf-8")
    words = f"recommend {tmp_path / 'x.csv'} --class thresholds --errors 1 --delta .9 --json"
    record = json.loads(run(words).out)
    names = {row["bound"] for row in record["groups"][0]["rows"]}
    assert {"vapnik_confidence", "rademacher_direct"} <= names
    assert record["class"] == {"class": "thresholds", "parameters": {}}


def test_fail_if(run):
    assert run("recommend --n 1000 --errors 30 --fail-if above=.03").status == 4
    assert run("recommend --n 1000 --errors 30 --fail-if above=.05").status == 0
    assert run("recommend --n 10 --errors 3 --vc-dim 50 --fail-if vacuous").status == 4


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        ("", 2, "give n with errors"),
        ("--n 10 --errors 11", 2, "errors must be at most n"),
        ("--n 10 --errros 1", 2, "did you mean --errors"),
        ("--n-test 10 --test-errors 11", 2, "test_errors must be at most n_test"),
        ("--n 10 --epsilon .1 --delta .1", 2, "one is to be found"),
        ("--empirical-risk .3 --target .2", 3, "no n brings"),
        ("--n 10 --errors 1 --side left", 2, "left"),
    ],
)
def test_what_cannot_be_answered(run, words, status, message):
    ran = run(f"recommend {words}")
    assert (ran.status, ran.out) == (status, "")
    assert message in ran.err
