"""Whatever is wrong with an argument, the message names it and its range; nothing returns NaN.

Every bound, every function of the front door and every command, each with each of its arguments:
wrong types, NaN, infinities, both sides of both boundaries, missing and unknown names, pairs that
contradict each other.
"""

import math
from decimal import Decimal

import click
import numpy as np
import pytest

import genbounds as gb
from genbounds.cli import main, program
from genbounds.variables import RELATIONS, VARIABLES

USUAL = {
    "n": 1000, "delta": 0.05, "errors": 3, "errors_first_only": 30, "errors_second_only": 5,
    "n_ghost": 1000, "population_size": 5000, "moment_order": 1.5, "stitching_ratio": 2.0,
    "stitching_exponent": 1.4, "n_classes": 3, "variance": 0.1, "sample_variance": 0.1,
    "biased_variance": 0.1, "losses": [0.1] * 20, "differences": [0.1] * 5, "bayes_risk": 0.1,
    "alternative_risk": 0.3, "massart_margin": 0.5, "vc_dim": 5, "n_hypotheses": 100,
    "log_growth": gb.Sauer(3), "log_covering": lambda *sizes: 3.0,
}  # fmt: skip
WRONG_TYPES = ["x", None, {}, True, Decimal("0.5"), 1j, object(), np.array(["a"]), np.array([True])]
SCALARS = {name: v for name, v in VARIABLES.items() if v.kind in ("real", "integer")}
BOUNDS = [b for b in gb.catalogue.values() if b.status != "order"]
EVERY_ARGUMENT = [(b, name) for b in BOUNDS for name in b.arguments]
IDS = [f"{b.name}-{name}" for b, name in EVERY_ARGUMENT]


def usual(name):
    variable = VARIABLES[name]
    small = variable.kind == "real" and (variable.high <= 1 or variable.low < 1)
    default = [0.1] * 5 if variable.kind in ("sequence", "data") else 0.2 if small else 2
    return USUAL.get(name, default)


def facts_of(bound):
    return {name: usual(name) for name in bound.arguments}


def outside(variable):
    """Numbers just outside the range, and no numbers at all."""
    found = [math.nan, -math.inf, *([math.inf] if variable.open_high else [])]
    found.append(variable.low if variable.open_low else below(variable.low))
    if math.isfinite(variable.high):
        found.append(
            variable.high if variable.open_high else math.nextafter(variable.high, math.inf)
        )
    if variable.kind == "integer":
        found += [variable.low - 1, variable.low + 0.5]
    return found


def below(x):
    return math.nextafter(x, -math.inf)


def inside(variable):
    """Numbers at and next to the ends of the range, and up to 1e18 where there is no end."""
    whole = variable.kind == "integer"
    first = math.nextafter(variable.low, math.inf) if variable.open_low else variable.low
    if math.isinf(variable.high):
        far = [10**6, 10**15, 10**18]
    else:
        far = [below(variable.high) if variable.open_high else variable.high]
    found = [first, *far]
    return [int(x) for x in found] if whole else found


# --- bounds


@pytest.mark.parametrize(("bound", "name"), EVERY_ARGUMENT, ids=IDS)
def test_a_wrong_type_is_named(bound, name):
    for value in WRONG_TYPES:
        with pytest.raises(ValueError, match=rf"\b{name}\b must"):
            bound(**{**facts_of(bound), name: value})


@pytest.mark.parametrize(("bound", "name"), EVERY_ARGUMENT, ids=IDS)
def test_outside_of_the_range_the_message_says_it(bound, name):
    variable = VARIABLES[name]
    if name not in SCALARS:
        return
    for value in outside(variable):
        with pytest.raises(ValueError) as fault:
            bound(**{**facts_of(bound), name: value})
        assert name in str(fault.value)
        assert f"must be {variable.domain}" in str(fault.value) or "must be an integer" in str(
            fault.value
        )


@pytest.mark.parametrize(("bound", "name"), EVERY_ARGUMENT, ids=IDS)
def test_inside_of_the_range_there_is_a_number(bound, name):
    """Or a relation between arguments that the message states."""
    if name not in SCALARS:
        return
    for value in inside(VARIABLES[name]):
        try:
            found = bound(**{**facts_of(bound), name: value})
        except ValueError as fault:
            relations = [r.sentence for r in RELATIONS] + ["an integer"]
            assert any(sentence in str(fault) for sentence in relations), fault
            continue
        assert isinstance(found, (int, float))
        assert not math.isnan(found)


@pytest.mark.parametrize(("bound", "name"), EVERY_ARGUMENT, ids=IDS)
def test_a_missing_argument_is_named_with_its_meaning(bound, name):
    facts = facts_of(bound)
    del facts[name]
    with pytest.raises(ValueError) as fault:
        bound(**facts)
    assert f"missing argument {name} ({VARIABLES[name].meaning}" in str(fault.value)


@pytest.mark.parametrize("bound", BOUNDS, ids=lambda b: b.name)
def test_an_unknown_argument_is_answered_with_the_known_ones(bound):
    with pytest.raises(ValueError, match="unknown argument 'epsilonn'") as fault:
        bound(**facts_of(bound), epsilonn=1)
    assert all(name in str(fault.value) for name in bound.arguments)


@pytest.mark.parametrize("values", [[], [math.nan], [math.inf], [-0.1], [1, "x"], [[1]], "0.1", 3])
@pytest.mark.parametrize(
    "name", [n for n, v in VARIABLES.items() if v.kind in ("data", "sequence")]
)
def test_a_bad_sequence(name, values):
    bound = next(b for b in BOUNDS if name in b.arguments)
    if name == "differences" and values == []:
        return
    if VARIABLES[name].low < 0 and values == [-0.1]:
        return
    with pytest.raises(ValueError, match=rf"{name} must be"):
        bound(**{**facts_of(bound), name: values})


def test_all_faults_at_once():
    with pytest.raises(ValueError) as fault:
        gb.catalogue["hoeffding"](empirical_risk=2, n=0, delta=1, x=3)
    for part in ("empirical_risk must be", "n must be", "delta must be", "unknown argument 'x'"):
        assert part in str(fault.value)


# --- functions of the front door

FRONT = {
    "answer": (
        lambda **x: gb.answer("clopper_pearson", **x),
        {"errors": 3, "n": 10, "delta": 0.05},
    ),
    "test_set": (gb.test_set, {"errors": 3, "n": 10, "delta": 0.05}),
    "test_set of losses": (gb.test_set, {"losses": [0.1], "betting_cap": 0.5, "delta": 0.05}),
    "test_set of means": (gb.test_set, {"empirical_risk": 0.1, "n": 10, "delta": 0.05}),
    "test_set of some": (gb.test_set, {"errors": 3, "n": 10, "population_size": 20}),
    "risk": (gb.risk, {"errors": 3, "n": 1000, "vc_dim": 3, "delta": 0.05}),
    "sample_size": (gb.sample_size, {"epsilon": 0.1, "delta": 0.05, "vc_dim": 3}),
    "sample_size of tests": (gb.sample_size, {"epsilon": 0.1, "delta": 0.05, "errors": 3}),
    "sample_size of codes": (gb.sample_size, {"epsilon": 0.1, "delta": 0.05, "bits": 3}),
    "solve": (
        lambda **x: gb.solve(gb.catalogue["vapnik_confidence"], "n", **x),
        {"epsilon": 0.1, "delta": 0.05, "vc_dim": 3},
    ),
    "solve two-sided": (
        lambda **x: gb.solve(gb.catalogue["hoeffding"].two_sided, "delta", **x),
        {"epsilon": 0.1, "n": 100},
    ),
    "scan": (
        lambda **x: gb.scan(gb.catalogue["vapnik_confidence"], "n", 10, 20, **x),
        {"epsilon": 0.1, "delta": 0.05, "vc_dim": 3},
    ),
}
CALLS = [(*FRONT[key], name) for key in FRONT for name in FRONT[key][1]]
CALL_IDS = [f"{key}-{name}" for key in FRONT for name in FRONT[key][1]]
OPTIONAL = {"test_set", "solve", "scan"}


@pytest.mark.parametrize(("function", "facts", "name"), CALLS, ids=CALL_IDS)
def test_a_wrong_value_at_the_front_door(function, facts, name):
    function(**facts)
    variable = VARIABLES[name]
    wrong = outside(variable) if name in SCALARS else [[], [2], [math.nan]]
    for value in [*(x for x in WRONG_TYPES if x is not None), *wrong]:
        if name == "epsilon" and not isinstance(value, bool) and value in (1.0,):
            continue  # a deviation of 1 or more is legal for a bound, and says little
        with pytest.raises(ValueError, match=rf"\b{name}\b"):
            function(**{**facts, name: value})


@pytest.mark.parametrize(
    "call",
    [
        lambda: gb.solve(gb.catalogue["hoeffding"], "q", epsilon=0.1, delta=0.1),
        lambda: gb.solve(gb.catalogue["hoeffding"], "vc_dim", epsilon=0.1, delta=0.1, n=9),
        lambda: gb.solve(gb.catalogue["hoeffding"], "n", delta=0.1),
        lambda: gb.solve(gb.catalogue["mcdiarmid"], "differences", target=0.1, delta=0.1),
        lambda: gb.solve(gb.catalogue["mohri"], "log_growth", epsilon=0.1, delta=0.1, n=9),
        lambda: gb.solve(gb.catalogue["hoeffding"], "n", epsilon=0.1, target=0.1, delta=0.1),
        lambda: gb.solve(gb.catalogue["hoeffding"], "n", epsilon=0.1, delta=0.1, n=3),
        lambda: gb.solve(gb.catalogue["hoeffding"], "n", epsilon=math.nan, delta=0.1),
        lambda: gb.solve(gb.catalogue["hoeffding"], "n", epsilon=-0.1, delta=0.1),
        lambda: gb.solve(gb.catalogue["hoeffding"], "n", epsilon="x", delta=0.1),
    ],
)
def test_a_problem_that_is_none(call):
    with pytest.raises(ValueError):
        call()


@pytest.mark.parametrize("name", ["", "hoefding", "hoeffding.gapp.x"])
def test_a_name_that_is_none(name):
    with pytest.raises(KeyError):
        gb.answer(name, empirical_risk=0.1, n=10, delta=0.1)


# --- commands


def ran(words, capsys):
    capsys.readouterr()
    with pytest.raises(SystemExit) as left:
        main(words)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    return left.value.code, out, err


def words_of(facts):
    """Facts as options; functions stay out, log_growth becomes a VC dimension."""
    found = []
    for name, value in facts.items():
        if name == "log_growth":
            name, value = "vc_dim", 3
        text = ",".join(map(str, value)) if isinstance(value, list) else str(value)
        found += [f"--{name.replace('_', '-')}", text]
    return found


def taking(name):
    """A bound on the command line that takes the argument."""
    return next(
        (b for b in BOUNDS if name in b.arguments and "log_covering" not in b.arguments), None
    )


WRITTEN = ["x", "nan", "inf", "-inf", "1e400", "", "1/0", "0x10", "--"]
COMMANDS = {
    ("test-set", "errors"): "--errors 3 --n 10",
    ("test-set", "n"): "--errors 3 --n 10",
    ("test-set", "delta"): "--errors 3 --n 10",
    ("test-set", "empirical_risk"): "--empirical-risk .1 --n 10",
    ("test-set", "population_size"): "--errors 3 --n 10",
    ("test-set", "betting_cap"): "--losses .1,.2",
    ("test-set", "selected_from"): "--errors 3 --n 10",
    ("sample-size", "epsilon"): "--vc-dim 3",
    ("sample-size", "delta"): "--vc-dim 3 --epsilon .1",
    ("sample-size", "vc_dim"): "--epsilon .1",
    ("sample-size", "n_hypotheses"): "--epsilon .1",
    ("sample-size", "log_cardinality"): "--epsilon .1",
    ("sample-size", "bits"): "--epsilon .1",
    ("sample-size", "errors"): "--epsilon .1",
    ("sample-size", "natarajan_dim"): "--epsilon .1 --n-classes 3",
    ("sample-size", "n_classes"): "--epsilon .1 --natarajan-dim 3",
    ("sample-size", "massart_margin"): "--epsilon .1 --n-hypotheses 3 --question excess",
    ("risk", "errors"): "--n 10 --vc-dim 3 --delta .1",
    ("risk", "n"): "--errors 3 --vc-dim 3 --delta .1",
    ("risk", "delta"): "--errors 3 --n 10 --vc-dim 3",
    ("risk", "vc_dim"): "--errors 3 --n 10 --delta .1",
    ("solve hoeffding n", "delta"): "--epsilon .1",
    ("solve hoeffding n", "epsilon"): "--delta .1",
    ("solve hoeffding n", "target"): "--delta .1 --empirical-risk .1",
}


def assert_refused(words, name, capsys):
    status, out, err = ran(words, capsys)
    assert (status, out) == (2, ""), (words, status, out, err)
    dashed = f"--{name.replace('_', '-')}"
    assert name in err or dashed in err, (words, err)


@pytest.mark.parametrize(("command", "name"), COMMANDS, ids=[" ".join(key) for key in COMMANDS])
def test_a_wrong_word_on_the_command_line(command, name, capsys):
    rest = COMMANDS[command, name].split()
    option = f"--{name.replace('_', '-')}"
    variable = VARIABLES.get(name)
    values = [repr(x) for x in outside(variable)] if variable else ["0"]
    if name in ("epsilon", "target") and command.startswith("solve"):
        values = ["nan", "inf", "-1", "0"] if name == "epsilon" else ["nan", "inf"]
    for text in [*WRITTEN, *values]:
        assert_refused([*command.split(), *rest, f"{option}={text}"], name, capsys)


@pytest.mark.parametrize("name", [name for name in SCALARS if taking(name) is not None])
def test_every_argument_of_compute(name, capsys):
    bound = taking(name)
    facts = facts_of(bound)
    status, out, err = ran(["compute", bound.name, *words_of(facts), "-q"], capsys)
    assert status in (0, 3), err
    assert not math.isnan(float(out))
    del facts[name]
    takes_inf = VARIABLES[name].contains(math.inf)
    written = [x for x in WRITTEN if not (takes_inf and x in ("inf", "1e400"))]
    for text in [*written, *map(repr, outside(VARIABLES[name]))]:
        words = ["compute", bound.name, *words_of(facts), f"--{name.replace('_', '-')}={text}"]
        assert_refused(words, name, capsys)
    assert_refused(["compute", bound.name, *words_of(facts)], name, capsys)


@pytest.mark.parametrize("text", ["", "x", "1,,x", ".5,nan", ".5,inf", "2", "-1", "@", "@/nowhere"])
def test_losses_on_the_command_line(text, capsys):
    assert_refused(["test-set", f"--losses={text}"], "losses", capsys)


@pytest.mark.parametrize("command", program.list_commands(click.Context(program)))
def test_a_command_without_its_arguments_is_wrong_usage(command, capsys):
    if command in ("list", "classes", "worlds"):
        return
    status, out, err = ran([command], capsys)
    assert (status, out) == (2, "")
    assert "Error: " in err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("test-set --errors 11 --n 10", "errors must be at most n, got 11, 10"),
        ("test-set --errors 1 --n 10 --population-size 9", "at most --population-size"),
        ("test-set --errors 1 --n 10 --empirical-risk .1", "not both"),
        ("test-set --losses .1 --n 10", "losses come alone"),
        ("compute sign_test --errors-first-only 1", "missing argument --errors-second-only"),
        ("compute risk_difference --errors-first-only 6 --errors-second-only 6 --n 10 --delta .1",
         "must be at most n"),
        ("compute vapnik_confidence --errors 1 --n 10 --growth sauer --delta .1",
         "growth goes with"),
        ("compute vapnik_confidence --errors 1 --n 10 --growth cubic --vc-dim 3 --delta .1",
         "growth must be one of"),
        ("compute hoeffding --empirical-risk .1 --n 9 --delta .1 --width 0", "width must be"),
        ("compute clopper_pearson --errors 1 --n 9 --delta .1 --width 2", "0-1 loss only"),
        ("risk --errors 11 --n 10 --vc-dim 3 --delta .1", "errors must be at most n"),
    ],
)  # fmt: skip
def test_pairs_that_contradict_each_other(words, message, capsys):
    status, out, err = ran(words.split(), capsys)
    assert (status, out) == (2, "")
    assert message in err


SOLVED = [
    (bound, name)
    for bound in BOUNDS
    if "log_covering" not in bound.arguments
    for name in (*bound.arguments, "epsilon", "target")
]


@pytest.mark.parametrize(
    ("bound", "name"), SOLVED, ids=[f"{bound.name}-{name}" for bound, name in SOLVED]
)
def test_every_unknown_is_solved_or_refused_in_words(bound, name, capsys):
    facts = {k: v for k, v in facts_of(bound).items() if k != name}
    unknown = "vc-dim" if name == "log_growth" else name.replace("_", "-")
    goals = [[]] if name in ("epsilon", "target") else [["--target", ".2"], ["--epsilon", ".2"], []]
    for goal in goals:
        if goal and "epsilon" in (*facts, name):
            continue
        words = ["solve", bound.name, unknown, *words_of(facts), *goal, "-q"]
        status, out, err = ran(words, capsys)
        assert status in (0, 2, 3), err
        assert (out == "") == (status != 0)
        assert out == "" or not math.isnan(float(out))
