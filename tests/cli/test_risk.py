"""`risk`: what holds for a model that was trained on the sample."""

import json

import pytest
from pytest import approx

import genbounds as gb

WORDS = "risk --errors 500 --n 1e5 --vc-dim 10 --delta .05"


def test_best_first_with_the_price_of_choosing(run):
    ran = run(WORDS)
    assert (ran.status, ran.err) == (0, "")
    flat = " ".join(ran.out.split())
    assert flat.startswith("With probability at least 95%, the risk is at most 0.01")
    assert "chosen among" in flat
    assert "divide delta by" in flat
    record = json.loads(run(f"{WORDS} --json").out)
    values = [answer["value"] for answer in record["answers"]]
    assert values == sorted(values)


def test_every_row_is_the_bound_itself(run):
    for answer in json.loads(run(f"{WORDS} --json").out)["answers"]:
        assert gb.Answer.from_dict(answer).to_dict() == answer


def test_without_errors_the_realizable_theorems_join(run, number):
    words = "risk --errors 0 --n 1000 --n-hypotheses 1e6 --delta .05"
    k = len(json.loads(run(f"{words} --json").out)["answers"])
    assert k > 3
    assert number(words) == approx(1 - (0.05 / k / 1e6) ** (1 / 1000), rel=1e-9)
    assert "finite_realizable" in run(words).out
    assert "finite_realizable" not in run(words.replace("--errors 0", "--errors 1")).out


def test_fail_if(run):
    assert run(f"{WORDS} --fail-if above=.01").status == 4
    assert run(f"{WORDS} --fail-if above=.5").status == 0
    words = "risk --errors 5 --n 10 --vc-dim 100 --delta .05 --fail-if vacuous"
    assert run(words).status == 4


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("", "missing argument n and delta"),
        ("--n 10", "missing argument delta"),
        ("--n 10 --delta .1", "no theorem applies"),
        ("--errors 11 --n 10 --delta .1 --vc-dim 3", "errors must be at most n"),
    ],
)
def test_what_cannot_be_answered(run, words, message):
    ran = run(f"risk {words}")
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
