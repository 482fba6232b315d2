"""`validate`, `refute`, `slack` and `worlds`: right where the truth is known, else one clear error.

False alarms: the number of failures is compared with its exact binomial limits at level 1e-11 on
each side, once: at most 2e-11. A verdict is asserted where the chance of failure, by enumeration,
is so far from delta that the count of 10000 samples would have to miss its mean by ten standard
deviations: below 1e-20 each by Bernstein's inequality. The other tests do not depend on luck.
"""

import csv
import io
import json
from fractions import Fraction as F
from math import comb, log, sqrt
from statistics import NormalDist

import pytest

import genbounds as gb
from genbounds.cli.worlds import known_worlds, world_and_facts
from genbounds.referee.mistakes import MISTAKES
from genbounds.referee.worlds import (
    BestOf,
    Drift,
    FiniteWorld,
    IntervalsWorld,
    Population,
    RandomMembers,
    StickyChain,
    StumpsWorld,
    ThresholdsWorld,
)

COIN = "--world finite --law 1/10,9/10 --losses 1,0"
RARE = 1e-11


def below_by_wald(p, n, delta):
    """The probability that p lies above Wald's upper limit, by enumeration."""
    z = NormalDist().inv_cdf(1 - delta)
    rates = [k / n for k in range(n + 1)]
    chances = [comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
    return sum(c for r, c in zip(rates, chances, strict=True) if r + z * sqrt(r * (1 - r) / n) < p)


def record(run, words):
    """What `genbounds WORDS --json` prints, strictly read."""
    ran = run(f"{words} --json")
    assert ran.status == 0, ran.err

    def refused(constant):
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(ran.out, parse_constant=refused)


# --- validate


def test_the_rate_is_that_of_an_enumeration(run):
    found = record(run, f"validate wald {COIN} --n 20 --trials 20000")
    chance = below_by_wald(0.1, 20, 0.05)
    low, high = (
        gb.catalogue[name](errors=found["violations"], n=20_000, delta=RARE)
        for name in ("clopper_pearson_lower", "clopper_pearson")
    )
    assert low <= chance <= high
    assert found["rate"] == found["violations"] / found["trials"]
    assert found["verdict"] == "refuted"


def test_the_command_and_the_function_agree(run):
    words = "validate vapnik_confidence --world thresholds --noise .1 --n 50 --trials 500 --seed 3"
    bound, world = gb.catalogue["vapnik_confidence"], ThresholdsWorld(noise=0.1)
    by_hand = gb.validate(bound, world, n=50, trials=500, rng=3)
    found = record(run, words)
    assert found["world"] == {
        "world": "thresholds", "parameters": {"noise": 0.1, "signed": False, "centre": 0.5},
    }  # fmt: skip
    assert found["tightness"] == list(by_hand.tightness)
    assert found["ratios"]["most"] == by_hand.ratios.most
    assert record(run, f"{words} --jobs 2") == found
    assert run(words).out.strip() == by_hand.text


def test_fail_if_makes_a_gate(run):
    ran = run(f"validate wald {COIN} --n 20 --fail-if refuted --quiet")
    assert ran.status == 4
    assert "refuted" in ran.err
    assert 0 < float(ran.out) < 1
    assert run(f"validate hoeffding {COIN} --n 20 --fail-if refuted --quiet").status == 0
    few = f"validate hoeffding {COIN} --n 20 --trials 10 --quiet"
    assert run(f"{few} --fail-if undecided --fail-if refuted").status == 4
    assert run(f"{few} --fail-if refuted").status == 0


def test_what_was_misused_is_not_refuted(run):
    """The smallest of 20 error counts is claimed to be one model's."""
    words = "validate clopper_pearson --world best-of --risk .1 --n-hypotheses 20 --n 50"
    found = record(run, words)
    assert found["verdict"] == "misused"
    assert found["obstacles"]
    assert run(f"{words} --fail-if misused -q").status == 4


def test_formats(run):
    words = f"validate hoeffding {COIN} --n 20 --trials 1000"
    (row,) = csv.DictReader(io.StringIO(run(f"{words} --format csv").out))
    assert row["bound"] == "hoeffding"
    assert float(row["lower"]) <= float(row["rate"]) <= float(row["upper"])
    assert run(f"{words} --format markdown").out.startswith("**hoeffding failed on")
    assert r"\toprule" in run(f"{words} --format latex").out


def test_a_parameter_that_is_fixed_before_the_sample(run, tmp_path):
    """Of a world in a file, whose own parameters are not options."""
    from genbounds.referee.worlds import Posteriors

    world = Posteriors(FiniteWorld(("1/2", "1/2"), ((1, 0), (0, 1))), resolution=2)
    path = tmp_path / "world.json"
    path.write_text(json.dumps(world.to_dict()), encoding="utf-8")
    found = record(run, f"validate catoni --world @{path} --n 10 --trials 200 --catoni-c 1/2")
    assert found["parameters"] == {"catoni_c": "1/2"}
    by_hand = gb.validate("catoni", world, n=10, trials=200, catoni_c=F(1, 2))
    assert found["ratios"]["most"] == by_hand.ratios.most


@pytest.mark.parametrize(
    ("words", "status", "complaint"),
    [
        ("validate --world thresholds --n 9", 2, "name one bound"),
        ("validate hoeffding wald --world thresholds --n 9", 2, "got hoeffding wald"),
        ("validate hoefding --world thresholds --n 9", 2, "hoeffding"),
        ("refute clopper_pearson.two_sided", 2, "by themselves"),
        ("validate hoeffding --world treshold --n 9", 2, "did you mean thresholds"),
        ("validate hoeffding --world thresholds --nois .1 --n 9", 2, "did you mean --noise"),
        ("validate hoeffding --world best-of --risk .1 --n 9", 2, "needs --n-hypotheses"),
        (
            "validate hoeffding --world thresholds --noise .7 --n 9",
            2,
            "noise must be a number in [0, 0.5]",
        ),
        ("validate hoeffding --world thresholds --noise --n 9", 2, "--noise needs a value"),
        (f"validate hoeffding {COIN} --n 9 --delta 0", 2, "delta must be in (0, 1)"),
        (f"validate hoeffding {COIN} --n 0", 2, "n must be"),
        (f"validate hoeffding {COIN} --n 9 --jobs 0", 2, "--jobs"),
        (f"validate hoeffding {COIN} --n 9 --save x.nonsense", 2, "nonsense"),
        ("validate hoeffding --world @nowhere.json --n 9", 2, "nowhere.json"),
        ("validate catoni --world thresholds --n 9", 3, "does not know kl"),
        ("refute mohri_agnostic_lower --seconds 1", 3, "no world of the referee knows"),
        ("refute hoeffding --n x", 2, "not a size"),
        ("refute hoeffding --catoni-c 1", 2, "--catoni-c"),
        ("refute --mistakes kl_swaped", 2, "did you mean kl_swapped"),
        ("refute --mistakes --noise 1", 2, "--noise"),
        ("slack", 2, "name one bound"),
        ("worlds tresholds", 2, "did you mean thresholds"),
    ],
)
def test_faults_are_one_clear_line(run, words, status, complaint):
    ran = run(words)
    assert ran.status == status
    assert complaint in ran.err


# --- worlds in words


@pytest.mark.parametrize(
    ("name", "options", "world"),
    [
        ("thresholds", {"noise": ".1", "signed": "yes"}, ThresholdsWorld(noise=0.1, signed=True)),
        ("thresholds", {"noise": "1/8", "signed": None}, ThresholdsWorld(noise=0.125, signed=True)),
        ("intervals", {"low": "0", "high": ".3"}, IntervalsWorld(low=0, high=0.3)),
        ("stumps", {"n_features": "3"}, StumpsWorld(3)),
        ("finite", {"law": ".3,.7", "losses": "1,0;0,1/2"},
         FiniteWorld(("3/10", "7/10"), ((1, 0), (0, "1/2")))),
        ("population", {"losses": "0,0,1"}, Population((0, 0, 1))),
        ("population", {"losses": "0,1;1,1/2"}, Population(((0, 1), (1, "1/2")))),
        ("sticky_chain", {"risk": "1/5", "stay": ".5"}, StickyChain("1/5", "1/2")),
        ("drift", {"risks": "0,1/2,1", "last": "no"}, Drift((0, "1/2", 1))),
        ("best-of", {"risk": ".1", "n_hypotheses": "4"}, BestOf("1/10", 4)),
        ("random-members", {"hypothesis_class": "boxes --dim 2", "size": "4"},
         RandomMembers(gb.Boxes(2), 4)),
    ],
)  # fmt: skip
def test_worlds_in_words(name, options, world):
    assert world_and_facts(name, options, (), ("seed",)) == (world, {})


def test_an_option_belongs_to_the_world_or_to_the_bound():
    words = {"noise": ".2", "catoni_c": "3"}
    assert world_and_facts("thresholds", words, ("catoni_c",), ()) == (
        ThresholdsWorld(noise=0.2), {"catoni_c": 3},
    )  # fmt: skip


def test_every_world_is_listed_with_its_parameters(run):
    listed = {row["world"]: row for row in record(run, "worlds")}
    assert set(listed) == set(known_worlds())
    assert {"thresholds", "finite", "halfspaces", "best-of", "population"} <= set(listed)
    assert listed["thresholds"]["parameters"].split(", ") == [
        "--centre 0.5", "--noise 0.0", "--signed no",
    ]  # fmt: skip
    assert all(row["about"].endswith((".", "!")) for row in listed.values())
    assert run("worlds --quiet").out.split() == list(listed)
    told = run("worlds thresholds").out
    assert "The risk at t is noise" in told
    assert ">>>" not in told


# --- refute


def test_a_counterexample_is_right_by_enumeration(run):
    found = record(run, "refute wald --n 10 --seconds 5")
    example = found["counterexample"]
    world = example["world"]["parameters"]
    law = [F(p) for p in world["law"]]
    p = float(sum(q for q, loss in zip(law, world["losses"][0], strict=True) if loss == "1"))
    assert float(F(example["probability"])) == pytest.approx(below_by_wald(p, 10, 0.05), rel=1e-9)
    assert found["ratio"] == pytest.approx(float(F(example["probability"])) / 0.05)
    assert run("refute wald --n 10 --seconds 5 --fail-if refuted -q").status == 4


def test_a_search_in_a_given_world(run):
    words = f"refute wald {COIN} --n 20"
    found = record(run, words)
    exact = float(F(found["counterexample"]["probability"]))
    assert exact == pytest.approx(below_by_wald(0.1, 20, 0.05), rel=1e-9)
    ran = run(f"refute hoeffding {COIN} --n 20")
    assert ran.status == 0
    assert "hoeffding is not refuted" in ran.out


def test_the_known_mistakes(run):
    rows = record(run, "refute --mistakes")
    assert [row["mistake"] for row in rows] == [mistake.name for mistake in MISTAKES]
    swapped = next(row for row in rows if row["mistake"] == "kl_swapped")
    assert swapped["counterexample"]["probability"] == "1/2"
    refuted = [row for row in rows if row["counterexample"]]
    assert all(row["slack"] is None or row["slack"] <= 1 for row in rows)
    for row in refuted:
        example = row["counterexample"]
        assert F(example["probability"]) > F(example["delta"])
    assert int(run("refute --mistakes --quiet").out) == len(refuted)
    table = run("refute --mistakes").out.splitlines()
    assert len(table) == len(rows) + 3
    assert table[-1].startswith(f"{len(refuted)} counterexamples")


def test_one_mistake_with_its_proof(run):
    told = run("refute --mistakes kl_swapped").out
    assert "fails with probability 1/2, allowed: delta = 1/20, at n = 1" in told
    loose = next(mistake for mistake in MISTAKES if mistake.world is None)
    assert "Too loose to tell" in run(f"refute --mistakes {loose.name}").out


# --- slack


def test_slack_of_hoeffding_at_two_tosses(number):
    """(1 - p)^2 = delta at n = 2: p = 1 - sqrt(delta), over sqrt(ln(1/delta)/4)."""
    expected = (1 - sqrt(0.05)) / sqrt(log(20) / 4)
    assert number("slack hoeffding --n 2") == pytest.approx(expected, abs=1e-6)


def test_several_slacks(run, tmp_path):
    path = tmp_path / "slack.svg"
    words = "slack hoeffding wald mohri_agnostic_lower --n 2 --seconds 2"
    hoeffding, wald, unknown = record(run, f"{words} --save {path}")
    assert 0.89 < hoeffding["slack"] <= 1
    assert (wald["slack"], unknown["slack"], unknown["certified"]) == (None, None, "0")
    assert wald["counterexample"]["ratio"] > 1
    assert "<svg" in path.read_text(encoding="utf-8")
    assert run(words).out.splitlines()[1].split()[0] == "hoeffding"


def test_a_picture_of_a_coverage(run, tmp_path):
    path = tmp_path / "wald.png"
    assert run(f"validate wald {COIN} --n 20 --trials 100 --save {path} -q").status == 0
    assert path.read_bytes()[:4] == b"\x89PNG"
