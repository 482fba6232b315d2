"""`risk`: what holds for a model that was trained on the sample."""

import json
import math
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from pytest import approx

import genbounds as gb

ROOT = Path(__file__).parents[2]
CANCER = ROOT / "examples" / "breast_cancer.csv"
DIGITS = ROOT / "examples" / "digits_predictions.csv"

WORDS = "risk --errors 500 --n 1e5 --vc-dim 10 --delta .05"


def test_best_first_with_the_price_of_choosing(run):
    ran = run(WORDS)
    assert (ran.status, ran.err) == (0, "")
    flat = " ".join(ran.out.split())
    assert flat.startswith("With probability at least 95%, the risk is at most 0.0098")
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
    assert run(f"{WORDS} --fail-if above=.009").status == 4
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


# --- a class, and the points of the sample


def values(run, words):
    """Theorem -> its value, delta to itself, as the JSON says."""
    record = json.loads(run(words).out)
    return {answer["bound"]: answer["value"] for answer in record["answers"]}


@pytest.fixture
def twelve(tmp_path):
    """Twelve different values of one feature."""
    lines = ["x", *map(str, [3, 1, 4, 15, 9, 2, 6, 5, 35, 8, 97, 93])]
    (tmp_path / "x.csv").write_text("\n".join(lines), encoding="utf-8")
    return str(tmp_path / "x.csv")


def rademacher_of_thresholds(n):
    rows = np.array([[1 if i >= cut else -1 for i in range(n)] for cut in range(n + 1)])
    signs = np.array(list(product((-1, 1), repeat=n)))
    return (signs @ rows.T).max(axis=1).mean() / n


def test_the_class_counts_by_its_growth_and_by_its_complexity(run, twelve):
    """Labels of thresholds on 2n points are 2n + 1; twice the complexity of losses is theirs."""
    words = f"risk {twelve} --class thresholds --errors 1 --delta .9 --json"
    raw = {x["bound"]: x["raw"] for x in json.loads(run(words).out)["answers"]}
    assert raw["vapnik_confidence"] == approx(
        1 / 12 + math.sqrt((math.log(25) + math.log(4 / 0.9)) / 12), rel=1e-9
    )
    complexity = rademacher_of_thresholds(12)
    assert raw["rademacher_direct"] == approx(
        1 / 12 + complexity + math.sqrt(2 * math.log(1 / 0.9) / 12), rel=1e-9
    )
    assert raw["rademacher_mohri"] == approx(
        1 / 12 + complexity + 3 * math.sqrt(math.log(2 / 0.9) / 24), rel=1e-9
    )


def test_exact_counts_on_many_points(run):
    words = "risk --class thresholds --errors 100 --n 10000 --delta .05 --json"
    log_ratio = math.log(20_001) + math.log(4 / 0.05)
    assert values(run, words)["vapnik_confidence"] == approx(0.01 + math.sqrt(log_ratio / 10_000))


def test_without_errors_the_realizable_theorems_join_for_a_class(run):
    words = "risk --class parities --bits 10 --n 1000 --delta .05 --json --errors"
    found = values(run, f"{words} 0")
    assert found["finite_realizable"] == approx(1 - (0.05 / 1024) ** (1 / 1000), rel=1e-9)
    assert {"blumer", "vapnik_confidence"} <= found.keys()
    assert not {"finite_realizable", "blumer"} & values(run, f"{words} 1").keys()


def test_functions_are_counted(run):
    found = values(run, "risk --class parities --bits 10 --n 1000 --delta .05 --json --errors 7")
    assert found["finite_hoeffding"] == approx(
        0.007 + math.sqrt(math.log(1024 / 0.05) / 2000), rel=1e-9
    )


def test_a_stump_on_real_data(run):
    words = f"risk {CANCER} --class stumps --leave-out benign --errors 48 --delta .05"
    ran = run(words)
    assert (ran.status, ran.err) == (0, "")
    text = " ".join(ran.out.split())
    assert text.startswith("With probability at least 95%, the risk is at most 0.1762")
    assert "Stumps(features=10): VC dimension 6" in text
    assert "Rademacher complexity of Stumps(features=10) on 569 points, Monte Carlo: 0.1" in text
    assert "[ ] the class was fixed before the sample was seen" in text
    record = json.loads(run(f"{words} --json").out)
    assert record["class"] == {"class": "stumps", "parameters": {"features": 10}}
    assert record["complexity"]["draws"] > 0
    shown = [answer["value"] for answer in record["answers"]]
    assert shown == sorted(shown)
    assert all(48 / 569 < value <= 1 for value in shown)
    assert record["paid"]["value"] == float(run(f"{words} -q").out)


def test_the_record_can_be_computed_again(run):
    """Every row from the class by its name, and from the certified end of the complexity."""
    words = f"risk {CANCER} --class stumps --leave-out benign --errors 48 --delta .05 --json"
    record = json.loads(run(words).out)
    rows = [*record["answers"], record["paid"]]
    for answer in rows:
        assert gb.Answer.from_dict(answer).raw == answer["raw"]
    inputs = [value for answer in rows for value in answer["inputs"].values()]
    assert sum("estimate" in value for value in inputs if isinstance(value, dict)) >= 4
    assert record["class"] in inputs


def test_draws_are_paid_from_delta(run):
    """A tenth of delta goes to the draws: by hand, from the record of the complexity."""
    words = f"risk {CANCER} --class stumps --leave-out benign --errors 48 --delta .05 --json"
    record = json.loads(run(words).out)
    (direct,) = [x for x in record["answers"] if x["bound"] == "rademacher_direct"]
    low, high, spent, how = direct["inputs"]["empirical_rademacher"]["estimate"]
    assert spent == approx(0.005)
    assert 2 * high > record["complexity"]["upper"] > 2 * low
    assert direct["value"] == approx(
        48 / 569 + 2 * high + math.sqrt(2 * math.log(1 / 0.045) / 569), rel=1e-9
    )
    assert "pays for the draws" in how


def test_a_seed_is_all_that_a_record_needs(run):
    words = f"risk {CANCER} --class stumps --leave-out benign --errors 48 --delta .05 --json"
    assert run(f"{words} --seed 7").out == run(f"{words} --seed 7").out
    other = json.loads(run(f"{words} --seed 7").out)["complexity"]
    assert other["value"] != json.loads(run(words).out)["complexity"]["value"]


MARGINS = "--class linear-ball --leave-out benign --margin-risk .15 --delta .05"


def test_scores_are_bounded_through_margins(run):
    """Two events at delta/2: margin risk + 2 R / margin + 3 sqrt(ln(2/delta) / (2n))."""
    words = f"risk {CANCER} {MARGINS} --radius .0001 --json --margin"
    record = json.loads(run(f"{words} 1/10").out)
    (mohri,) = [x for x in record["answers"] if x["bound"] == "mohri_margin_empirical"]
    _, high, spent, _ = mohri["inputs"]["empirical_rademacher_of_hypotheses"]["estimate"]
    by_hand = 0.15 + 2 * high / 0.1 + 3 * math.sqrt(math.log(2 / (0.05 - spent)) / (2 * 569))
    assert mohri["value"] == approx(by_hand, rel=1e-9)
    points = np.genfromtxt(CANCER, delimiter=",", skip_header=1)[:, :-1]
    jensen = 0.0001 * np.linalg.norm(points) / 569
    assert jensen / math.sqrt(2) <= record["complexity"]["value"] <= jensen
    assert set(values(run, f"{words} 1/10")) == {
        "mohri_margin_empirical", "rademacher_margin_empirical",
    }  # fmt: skip
    assert set(values(run, f"{words} 1/10 --max-margin 1")) == {
        "mohri_margin_uniform_empirical", "rademacher_margin_uniform_empirical",
    }  # fmt: skip
    assert "the parameters margin were fixed before" in " ".join(
        run(f"{words} 1/10".replace("--json", "")).out.split()
    )


def test_a_small_complexity_of_scores_says_nothing_of_errors(run):
    """However short the weights are, the signs are those of all half-spaces."""
    words = f"risk {CANCER} --class linear-ball --leave-out benign --errors 48 --delta .05 --json"
    small, large = (values(run, f"{words} --radius {radius}") for radius in (1e-9, 1))
    assert small == large
    assert not any("rademacher_" in name for name in small if "mostafa" not in name)
    labelings = math.log(sum(math.comb(2 * 569, i) for i in range(11)))
    assert small["vapnik_confidence"] == approx(
        48 / 569 + math.sqrt((labelings + math.log(4 / 0.05)) / 569), rel=1e-9
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (
            "--class piecewise-linear-networks --widths 10,5,1 --leave-out benign",
            "no Rademacher complexity: PiecewiseLinearNetworks(widths=(10, 5, 1), breakpoints=1) "
            "has no oracle",
        ),
        (
            "--class halfspaces --leave-out benign",
            "no Rademacher complexity: half-spaces are searched exactly through the list of all",
        ),
        (
            "--class sines --features radius",
            "no Rademacher complexity: Sines() is searched through",
        ),
        (
            "--class linear-multiclass --classes 3 --leave-out benign",
            "no Rademacher complexity: labels of several classes",
        ),
    ],
)
def test_without_a_complexity_the_other_theorems_go_on(run, words, why):
    ran = run(f"risk {CANCER} {words} --errors 48 --delta .05")
    assert (ran.status, ran.err) == (0, "")
    text = " ".join(ran.out.split())
    assert why in text
    assert "rademacher_direct" not in text
    assert "natarajan" in text if "multiclass" in words else "vapnik_confidence" in text


def test_markdown_holds_the_notes_and_the_conditions(run):
    words = f"risk {CANCER} --class stumps --leave-out benign --errors 48 --delta .05"
    text = run(f"{words} --format markdown").out
    assert "Rademacher complexity of Stumps(features=10) on 569 points" in text
    assert "- [ ] the class was fixed before the sample was seen" in text
    assert "| devroye |" in text


@pytest.mark.parametrize("style", ["csv", "latex"])
def test_tables_of_a_class(run, style):
    words = "risk --class halfspaces --dim 20 --errors 40 --n 5000 --delta .05"
    ran = run(f"{words} --format {style}")
    assert (ran.status, ran.err) == (0, "")
    assert "vapnik" in ran.out


def test_fail_if_for_a_class(run):
    words = f"risk {CANCER} --class stumps --leave-out benign --errors 48 --delta .05 -q --fail-if"
    assert run(f"{words} above=.15").status == 4
    assert run(f"{words} above=.3").status == 0
    assert run(f"{words} vacuous").status == 0
    sines = words.replace("stumps --leave-out benign", "sines --features radius")
    assert run(f"{sines} vacuous").status == 4


def test_a_finite_class_is_its_matrix(run, tmp_path):
    """Three rows, two of them equal: the bounds count three, the complexity sees two."""
    (tmp_path / "p.csv").write_text("1,-1,1,1\n1,-1,1,1\n-1,-1,-1,1\n", encoding="utf-8")
    words = f"risk {tmp_path / 'p.csv'} --class finite --errors 1 --delta .5 --json"
    found = values(run, words)
    assert found["finite_hoeffding"] == approx(0.25 + math.sqrt(math.log(3 / 0.5) / 8))
    rows = np.array([[1, -1, 1, 1], [-1, -1, -1, 1]])
    signs = np.array(list(product((-1, 1), repeat=4)))
    complexity = (signs @ rows.T).max(axis=1).mean() / 4
    record = json.loads(run(words).out)
    assert record["complexity"]["value"] == approx(complexity)
    assert not {"vapnik_confidence", "devroye", "mohri"} & found.keys()


def test_losses_and_models_of_several_classes(run, tmp_path):
    np.save(tmp_path / "l.npy", np.random.default_rng(0).uniform(size=(5, 300)))
    words = f"risk {tmp_path / 'l.npy'} --class finite --values losses --empirical-risk .1"
    found = values(run, f"{words} --delta .05 --json")
    assert found["finite_hoeffding"] == approx(0.1 + math.sqrt(math.log(5 / 0.05) / 600))
    assert "rademacher_direct" in found
    words = f"risk {DIGITS} --class finite --transpose --leave-out truth --values multiclass"
    found = values(run, f"{words} --errors 25 --delta .05 --json")
    assert found["finite_hoeffding"] == approx(25 / 898 + math.sqrt(math.log(2 / 0.05) / 1796))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("{x} --class thresholds --errors 13 --delta .05", "errors must be at most n, got 13, 12"),
        ("{x} --class thresholds --errors -1 --delta .05", "errors must be an integer at least 0"),
        ("{x} --class thresholds --errors 1", "missing argument delta"),
        ("{x} --class thresholds --errors 1 --delta 0", "delta must be in (0, 1), got 0"),
        ("{x} --class thresholds --delta .05", "give errors or --empirical-risk on the sample"),
        ("{x} --class thresholds --errors 1 --delta .05 --n 13", "n = 13, but X holds 12 points"),
        ("{x} --class thresholds --errors 1 --delta .05 --vc-dim 1", "not both"),
        ("{x} --class thresholds --errors 1 --delta .05 --n-hypotheses 9", "not both"),
        ("{x} --class thresholds --errors 1 --delta .05 --bits 9", "give a class or bits"),
        ("{x} --class thresholds --errors 1 --delta .05 --growth sauer", "not both"),
        ("{x} --class thresholds --errors 1 --delta .05 --dim 2", "takes no parameters"),
        ("{x} --class thresholds --erors 1 --delta .05", "did you mean --errors?"),
        ("{x} {x} --class thresholds --errors 1 --delta .05", "one file of points"),
        ("{x} --errors 1 --delta .05", "goes with --class NAME"),
        ("{x} --class halfspaces --dim 2 --errors 1 --delta .05", "takes 2 columns, X has 1"),
        ("{x} --class nothing --errors 1 --delta .05", "no hypothesis class is called"),
        ("{x} --class stumps --features y --errors 1 --delta .05", "has no column 'y'"),
        ("{x} --class local-linear-ball --r .1 --errors 1 --delta .1", "another class for every"),
        ("{x} --class star-hull --base rays --r .1 --errors 1 --delta .1", "another class for"),
        ("{x} --class linear-ball --margin-risk .1 --delta .1", "--margin-risk and margin"),
        ("{x} --class linear-ball --margin 1 --delta .1", "give errors or --empirical-risk"),
        ("{x} --class linear-ball --margin-risk .1 --margin 0 --delta .1", "margin must be"),
        ("{x} --class linear-ball --margin-risk 2 --margin 1 --delta .1", "in [0, 1], got 2"),
        ("{x} --class linear-ball --margin-risk .1 --margin 1 --errors 1 --delta .1", "give one"),
        ("{x} --class kernel-ball --kernel rbf --gamma 1 --errors 1 --delta .1", "no VC dimension"),
        ("nowhere.csv --class stumps --errors 1 --delta .05", "there is no file 'nowhere.csv'"),
        ("stumps --features 3 --errors 1 --n 9 --delta .05", "is named by --class stumps"),
        ("--class stumps --errors 1 --n 9 --delta .05", "stumps needs --features"),
        ("--class rays --features 3 --errors 1 --n 9 --delta .05", "--features goes with DATA"),
        ("--class rays --leave-out x --errors 1 --n 9 --delta .05", "--leave-out goes with DATA"),
        ("--class rays --errors 1 --delta .05", "missing argument n"),
        ("--class linear-ball --errors 1 --n 9 --delta .05", "no VC dimension that is known"),
        ("--class linear-ball --margin-risk .1 --margin 1 --n 9 --delta .1", "and the points X"),
        ("--features a --errors 1 --n 9 --delta .05", "go with --class NAME"),
        ("--vc-dm 3 --errors 1 --n 9 --delta .05", "did you mean --vc-dim?"),
        ("--nonsense --errors 1 --n 9 --delta .05", "no such option --nonsense"),
    ],
)
def test_what_cannot_be_answered_of_a_class(run, twelve, words, message):
    ran = run(f"risk {words.format(x=twelve)}")
    assert (ran.status, ran.out) == (2, "")
    assert message in ran.err
    (error,) = [line for line in ran.err.splitlines() if line.startswith("Error")]
    assert len(error) < 400


def test_the_number_of_features_without_data(run):
    words = "risk --class stumps --features 10 --errors 48 --n 569 --delta .05 --json"
    by_name = values(run, words)
    with_points = values(
        run, f"risk {CANCER} --class stumps --leave-out benign --errors 48 --delta .05 --json"
    )
    assert by_name.items() <= with_points.items()
    assert set(with_points) - set(by_name) >= {"rademacher_direct", "rademacher_mohri"}
