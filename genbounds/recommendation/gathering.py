"""From a question to its group: every theorem that answers it is evaluated or solved."""

from collections.abc import Callable, Iterator
from typing import Any

from genbounds.answers import Answer
from genbounds.brackets import Row, necessary_rows, sufficient_rows
from genbounds.class_facts import Facts
from genbounds.conversions import erm_excess
from genbounds.declaration import Bound
from genbounds.problems import NoSolutionError
from genbounds.recommendation.applicability import (
    Known,
    Refusal,
    Theorem,
    fed,
    judged,
    ruled_out,
    speaks_of_clean_samples,
    unproved,
    without_errors,
)
from genbounds.recommendation.groups import Group, Near, Topic
from genbounds.recommendation.planning import Sizes, Tail, Tails
from genbounds.recommendation.topics import Asked, Part
from genbounds.recommendation.verdicts import Ranked, may_be_silent
from genbounds.registry import catalogue
from genbounds.solving import solve

Refusals = dict[str, Refusal]


def gather(part: Part, asked: Asked, refusals: Refusals) -> Group | None:
    """The group of a question, or None where no theorem answers; why not goes to `refusals`."""
    return _GATHERED[part.form](part, asked, refusals)


def _candidates(part: Part, refusals: Refusals) -> Iterator[Bound]:
    """The theorems that answer the question and that nothing rules out."""
    for name, bound in catalogue.items():
        if not part.fits(bound.claim, bound):
            continue
        reason = unproved(bound) or ruled_out(bound, part.known.facts)
        if reason:
            refusals.setdefault(name, Refusal(reason))
        else:
            yield bound


# --- values and gaps


def _ranked(part: Part, asked: Asked, refusals: Refusals) -> Group | None:
    answers: list[Answer] = []
    near: list[Near] = []
    silent: list[Theorem] = []
    for bound in _candidates(part, refusals):
        theorem = _made(part, asked.side, bound)
        found = theorem if isinstance(theorem, Refusal) else judged(theorem, part.known)
        if isinstance(found, Answer):
            answers.append(found)
            continue
        refusals.setdefault(bound.name, found)
        if found.unmet and may_be_silent(found.unmet) and not isinstance(theorem, Refusal):
            silent.append(theorem)
        if len(found.missing) == 1 and not isinstance(theorem, Refusal):
            near.append(Near(theorem, found.missing[0], part.known.facts))
    if not answers:
        return None
    return Ranked(
        part.topic, answers, side=asked.side, gap=part.form == "gap", near=near,
        clean=_of_clean_samples(part, asked), silent=silent,
    )  # fmt: skip


def _of_clean_samples(part: Part, asked: Asked) -> list[Theorem]:
    """The theorems that answer, or would have answered, had no error been seen."""
    clean, found = without_errors(part.known), []
    for bound in filter(speaks_of_clean_samples, catalogue.values()):
        if part.fits(bound.claim, bound) and not (unproved(bound) or ruled_out(bound, clean.facts)):
            theorem = _made(part, asked.side, bound)
            if not isinstance(theorem, Refusal) and isinstance(judged(theorem, clean), Answer):
                found.append(theorem)
    return found


def _made(part: Part, side: str, bound: Bound) -> Theorem | Refusal:
    """The theorem in the form that the question has, for the side that is asked for."""
    if bound.claim.scope == "every_learner" or bound.claim.form != "value":
        return bound
    try:
        return _MADE[part.form](bound, side)
    except ValueError as fault:
        return Refusal(str(fault))


def _sided(bound: Bound, side: str) -> Theorem | Refusal:
    below = bound.claim.side == "lower"
    if side == "upper":
        return bound if not below else Refusal("it bounds from below")
    if side == "lower" and below:
        return bound
    if below:
        return Refusal("it is the lower half of an interval that is listed")
    if side == "both" or bound.additive:
        return bound.two_sided  # type: ignore[no-any-return]
    return Refusal("it bounds from above")


def _deviation(bound: Bound, side: str) -> Theorem | Refusal:
    """Below the rate, where additive, by the same bound for the loss 1 - l."""
    if bound.claim.quantity == "gap":
        fits = side == "upper" or bound.claim.side == "both"
        return bound if fits else Refusal("it bounds the gap from above")
    if bound.claim.side == "lower":
        return Refusal("it bounds from below")
    if not bound.additive:
        rate = "errors" if "errors" in bound.arguments else bound.empirical
        missing = () if rate is None else (rate,)
        return Refusal("its deviation depends on the rate, which no fact says", missing)
    return bound.two_sided.gap if side == "both" else bound.gap


def _excess(bound: Bound, side: str) -> Theorem | Refusal:
    return erm_excess(bound) if bound.claim.scope == "every_hypothesis" else bound


_MADE: dict[str, Callable[[Bound, str], Theorem | Refusal]] = {
    "value": _sided,
    "gap": _deviation,
    "excess": _excess,
}


# --- sample sizes


def _sizes(part: Part, asked: Asked, refusals: Refusals) -> Group | None:
    known, (goal, level) = part.known, asked.goal or ("", None)
    clean = known.facts.get("errors", known.facts.get("empirical_risk")) == 0
    counted = "errors" in known.facts or (clean and goal == "epsilon")
    topic = _stated(part.topic, asked, "count" if counted else goal, known)
    rows = list(_solved(part, asked, "target" if counted else goal, refusals))
    delta = known.facts["delta"]
    if part.topic.key == "trained" and clean:
        more, _ = sufficient_rows("realizable", level, delta, {}, _ways(known))
        known_already = {row.bound for row in rows}
        rows += [row for row in more if row.bound not in known_already]
    rows += _printed(part, asked, refusals)
    if not rows:
        return None
    necessary = _necessary(part, asked, sorted(rows), clean)
    eased = _eased(part, asked, min(rows).bound, "target" if counted else goal)
    rate = None if goal != "target" or counted else known.facts.get("empirical_risk")
    return Sizes(topic, rows, necessary, delta=delta, eased=eased, rate=rate)


def _eased(part: Part, asked: Asked, name: str, goal: str) -> tuple[str, Any, int] | None:
    """What twice the accuracy would ask for, by the theorem that is best."""
    asked_as, level = asked.goal or ("", 1)
    bound = catalogue[name]
    if 2 * level >= 1 or asked.side == "lower" or bound.claim.form != "value":
        return None
    ready = _fed_for(bound, part.known, goal, asked.side)
    found = ready if isinstance(ready, Refusal) else _least(*ready, {goal: 2 * level})
    return None if isinstance(found, Refusal) else (asked_as, 2 * level, found)


def _solved(part: Part, asked: Asked, goal: str, refusals: Refusals) -> Iterator[Row]:
    """A row for every theorem that reaches the goal at some sample size."""
    assert asked.goal is not None
    for bound in _candidates(part, refusals):
        ready = _fed_for(bound, part.known, goal, asked.side)
        found = ready if isinstance(ready, Refusal) else _least(*ready, {goal: asked.goal[1]})
        if isinstance(found, Refusal):
            refusals.setdefault(bound.name, found)
        else:
            yield Row(found, bound.name, bound.source, "", bound.conditions)


def _fed_for(bound: Bound, known: Known, goal: str, side: str) -> tuple[Theorem, Facts] | Refusal:
    """The theorem with its facts but n; a deviation that is free of the rate takes none."""
    try:
        theorem = _sided(bound, side)
    except ValueError as fault:
        return Refusal(str(fault))
    if isinstance(theorem, Refusal):
        return theorem
    if side == "lower" and goal == "epsilon" and bound.additive:
        theorem = bound
    names = theorem.arguments
    if goal == "epsilon" and bound.additive:
        names, known = _without_rate(names), known.without("errors", "empirical_risk")
    elif "errors" in names and "errors" not in known.facts and goal == "target":
        names = tuple("empirical_risk" if name == "errors" else name for name in names)
    facts = fed(names, known, "n")
    return facts if isinstance(facts, Refusal) else (theorem, facts)


def _without_rate(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name not in ("errors", "empirical_risk"))


def _least(theorem: Theorem, facts: Facts, goal: Facts) -> int | Refusal:
    try:
        return int(solve(theorem, "n", **goal, **facts))
    except (ValueError, NoSolutionError) as fault:
        return Refusal(str(fault), unreachable=isinstance(fault, NoSolutionError))


def _printed(part: Part, asked: Asked, refusals: Refusals) -> list[Row]:
    """The sizes that sources print in closed form for a uniform deviation."""
    if part.topic.key != "trained" or (asked.goal or ("",))[0] != "epsilon":
        return []
    if part.known.observed or asked.side == "lower":
        return []

    def fits(claim: Any, bound: Bound) -> bool:
        printed = claim.form == "sample_size" and claim.quantity == "gap"
        return bool(printed and claim.scope == "every_hypothesis")

    assert asked.goal is not None
    rows, known = [], part.known.having(epsilon=asked.goal[1])
    for bound in _candidates(part._replace(fits=fits), refusals):
        facts = fed(bound.arguments, known)
        found = facts if isinstance(facts, Refusal) else _least(bound, facts, {})
        if isinstance(found, Refusal):
            refusals.setdefault(bound.name, found)
        else:
            rows.append(Row(found, bound.name, bound.source, "", bound.conditions))
    return rows


_CLASSES = (
    ("vc_dim", "growth"), ("log_growth",), ("n_hypotheses",), ("log_cardinality",),
    ("natarajan_dim", "n_classes"), ("pseudo_dim",),
)  # fmt: skip


def _ways(known: Known) -> list[Facts]:
    """What is known of the class, one description at a time, with noise conditions or without."""
    noise = {k: x for k, x in known.facts.items() if k == "massart_margin"}
    found = [{k: known.facts[k] for k in names if k in known.facts} for names in _CLASSES]
    ways = [*filter(None, found), *known.ways]
    return [*ways, *({**way, **noise} for way in ways if noise)]


def _necessary(part: Part, asked: Asked, rows: list[Row], clean: bool) -> list[Row]:
    """What no method gets by without, for the same question."""
    question = {"trained": "realizable" if clean else "uniform", "held_out": "test_set"}.get(
        part.topic.key, ""
    )
    two_sided = asked.side == "both" or question != "uniform"
    plain = asked.goal is not None and asked.goal[0] == "epsilon"
    if question == "test_set":
        exact = rows[0].bound == "clopper_pearson" and "errors" in part.known.facts
        return necessary_rows("test_set", {}, rows[:1]) if exact and asked.side == "upper" else []
    if not (question and two_sided and (plain or clean)):
        return []
    return necessary_rows(question, _scalars(part.known, asked), rows)


def _scalars(known: Known, asked: Asked) -> Facts:
    """What theorems on every learner take."""
    names = ("delta", "vc_dim", "n_hypotheses", "massart_margin")
    facts = {k: x for k, x in known.facts.items() if k in names}
    return {**facts, **asked.lowest, "epsilon": (asked.goal or ("", None))[1]}


def _excess_sizes(part: Part, asked: Asked, refusals: Refusals) -> Group | None:
    goal, level = asked.goal or ("", None)
    if goal != "epsilon" or part.known.facts.get("errors") == 0:
        return None
    delta = part.known.facts["delta"]
    rows, _ = sufficient_rows("excess", level, delta, {}, _ways(part.known))
    if not rows:
        return None
    necessary = necessary_rows("excess", _scalars(part.known, asked), rows)
    topic = part.topic._replace(whom=f"{part.topic.whom} is at most {part.topic.seen} plus {level}")
    return Sizes(topic, rows, necessary, delta=delta)


def _stated(topic: Topic, asked: Asked, goal: str, known: Known) -> Topic:
    """The topic with the statement that a sample size or a probability is for."""
    level = (asked.goal or ("", None))[1]
    most = "at least" if asked.side == "lower" else "at most"
    if goal == "count":
        errors = known.facts.get("errors", 0)
        seen = f"if at most {errors} errors are seen" if errors else "if no error is seen"
        return topic._replace(whom=f"{topic.whom} is {most} {level} {seen}")
    if goal == "target":
        seen = f"if {topic.seen} is {known.facts.get('empirical_risk', 'as given')}"
        return topic._replace(whom=f"{topic.whom} is {most} {level} {seen}")
    if topic.key == "trained" and asked.side == "both":
        topic = topic._replace(
            whom="the risk of every hypothesis of the class, so also of the trained one,"
        )
    how = {"upper": "is at most {} plus", "lower": "is at least {} minus"}.get(
        asked.side, "differs from {} by at most"
    )
    return topic._replace(whom=f"{topic.whom} {how.format(topic.seen)} {level}")


# --- failure probabilities


def _tails(part: Part, asked: Asked, refusals: Refusals) -> Group | None:
    assert asked.goal is not None
    rows, known = [], part.known.without("errors", "empirical_risk", "delta")
    for bound in _candidates(part, refusals):
        found = _tail(bound, known, asked)
        if isinstance(found, Refusal):
            refusals.setdefault(bound.name, found)
        else:
            rows.append(found)
    if not rows:
        return None
    return Tails(_stated(part.topic, asked, "epsilon", known), rows)


def _tail(bound: Bound, known: Known, asked: Asked) -> Tail | Refusal:
    if not bound.additive:
        return Refusal("its deviation depends on the rate that is seen")
    theorem = bound.two_sided if asked.side == "both" else bound
    facts = fed(_without_rate(theorem.arguments), known, "delta")
    if isinstance(facts, Refusal):
        return facts
    try:
        level = solve(theorem, "delta", epsilon=(asked.goal or ("", None))[1], **facts)
    except (ValueError, NoSolutionError) as fault:
        return Refusal(str(fault))
    return Tail(float(level), theorem.name, bound.source, bound.conditions, facts)


_GATHERED: dict[str, Callable[[Part, Asked, Refusals], Group | None]] = {
    "value": _ranked,
    "gap": _ranked,
    "excess": _ranked,
    "n": _sizes,
    "excess_n": _excess_sizes,
    "tail": _tails,
}
