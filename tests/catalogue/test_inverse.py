"""Solve, then evaluate: the solution reaches the goal, its neighbour does not; and back again."""

import math

import pytest

import genbounds as gb
from genbounds.solving import NoSolutionError
from genbounds.variables import VARIABLES
from tests.catalogue.draws import NUMBERED, is_number, meeting_needs, typical, whole

FORM_GOAL = {"sample_size": "n", "failure_probability": "delta"}


def solvable(bound, name) -> bool:
    return (
        is_number(name)
        and name not in bound.fixed
        and (bound.direction_of(name) is not None or name in bound.peaks)
        and name not in ("class_index",)
    )


CASES = [(b, name) for b in NUMBERED for name in b.arguments if solvable(b, name)]
INTEGERS = [(b, name) for b, name in CASES if name == "n" or whole(b, name)]
REALS = [(b, name) for b, name in CASES if (b, name) not in INTEGERS]


def ids(case) -> str:
    return f"{case[0].name}-{case[1]}"


def question(bound, name, facts=None) -> tuple[dict, dict, float]:
    """The other facts, the goal, and the value that the goal is."""
    facts = typical(bound) if facts is None else dict(facts)
    if name == "n":
        facts["n"] = round(facts["n"])
    value = bound(**facts)
    value += (1e-9 if upper(bound) else -1e-9) * abs(
        value
    )  # beside the tie, which no float decides
    others = {k: v for k, v in facts.items() if k != name}
    return others, {FORM_GOAL.get(bound.claim.form, "target"): value}, value


def upper(bound) -> bool:
    """Whether the goal is reached from above: by values at most the target."""
    return bound.claim.side != "lower" or bound.claim.scope == "every_learner"


def reaches(bound, value, level) -> bool:
    return value <= level if upper(bound) else value >= level


@pytest.mark.parametrize("case", INTEGERS, ids=ids)
def test_an_integer_solution_is_the_boundary(case):
    bound, name = case
    others, goal, level = question(bound, name)
    found = gb.solve(bound, name, **others, **goal)
    assert isinstance(found, int)
    assert reaches(
        bound, bound(**others, **{name: int(found)}), level
    ) or found.value == pytest.approx(level, rel=1e-12)
    if found.beyond is not None:
        neighbour = int(found) - found.step
        assert not reaches(bound, bound(**others, **{name: neighbour}), level)
    else:
        assert int(found) in (limits(bound, name, others))


def limits(bound, name, others) -> tuple:
    """The first and the last value that the argument may take."""
    v = VARIABLES[name]
    low = max(int(v.low), others.get("errors", 0) if name == "n" else 0, 1 if name == "n" else 0)
    if name == "n" and "errors_first_only" in others:
        low = max(low, others["errors_first_only"] + others["errors_second_only"])
    high = (
        others.get("n")
        if name == "errors"
        else others.get("population_size")
        if name == "n"
        else None
    )
    return low, high


@pytest.mark.parametrize("case", REALS, ids=ids)
def test_a_real_solution_is_the_boundary(case):
    bound, name = case
    others, goal, level = question(bound, name)
    found = gb.solve(bound, name, **others, **goal)
    x, v = float(found), VARIABLES[name]
    if not v.contains(
        x
    ):  # nothing in the range misses the goal, or only a failure probability above 1 meets it
        inner = 1e-300 if x <= v.low else 1 - 1e-9
        assert name == "delta"
        assert reaches(bound, bound(**others, **{name: inner}), level) == (x <= v.low)
        return
    assert reaches(bound, bound(**others, **{name: x}), level)
    if v.contains(x) and x not in (v.low, v.high):
        outside = x * (1 - 1e-7) if beyond_is_below(bound, name) else x * (1 + 1e-7)
        if v.contains(outside) and meeting_needs(bound, others | {name: outside}):
            assert not reaches(bound, bound(**others, **{name: outside}), level) or flat(
                bound, others, name, x
            )


def beyond_is_below(bound, name) -> bool:
    falls = bound.direction_of(name) == "-"
    return falls == upper(bound)


def flat(bound, others, name, x) -> bool:
    """Whether the value hardly moves there: a clipped or saturated stretch."""
    return bound(**others, **{name: x}) == bound(**others, **{name: x * (1 + 1e-6)})


@pytest.mark.parametrize(
    "case",
    [c for c in REALS if c[1] in ("delta", "epsilon", "empirical_risk", "variance")],
    ids=ids,
)
def test_the_way_back_is_the_way_there(case):
    bound, name = case
    others, goal, level = question(bound, name)
    start = typical(bound)[name]
    if flat(bound, others, name, start):
        return  # the value does not depend on it there: every solution is one
    moved = abs(bound(**others, **{name: start * 1.001}) - bound(**others, **{name: start}))
    beside = 2e-12 * abs(level) / moved  # what the question's step beside the tie is worth
    assert gb.solve(bound, name, **others, **goal) == pytest.approx(start, rel=max(1e-4, beside))


@pytest.mark.parametrize("bound", [b for b in NUMBERED if b.additive], ids=lambda b: b.name)
def test_epsilon_is_the_gap(bound):
    facts = {k: v for k, v in typical(bound).items() if k in bound.gap.arguments}
    epsilon = gb.solve(bound, "epsilon", **facts)
    assert float(epsilon) == bound.gap(**facts)
    if solvable(bound.gap, "n") and "n" in facts:
        n = facts.pop("n")
        assert gb.solve(bound, "n", epsilon=float(epsilon) * (1 + 1e-9), **facts) <= math.ceil(n)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_what_is_fixed_in_advance_is_not_solved_for(bound):
    for name in bound.fixed:
        facts = {k: v for k, v in typical(bound).items() if k != name}
        with pytest.raises(
            ValueError, match=f"{name} of {bound.name} is fixed before the sample is seen"
        ):
            gb.solve(bound, name, target=0.5, **facts)


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_an_unreachable_target_names_what_is_nearest(bound):
    if (
        bound.claim.form != "value"
        or "n" not in bound.arguments
        or not solvable(bound, "n")
        or not upper(bound)
    ):
        return
    facts = {k: v for k, v in typical(bound).items() if k != "n"}
    with pytest.raises(NoSolutionError) as caught:
        gb.solve(bound, "n", target=-2.0, **facts)
    assert str(caught.value)
    assert caught.value.nearest is None or caught.value.nearest > -2
