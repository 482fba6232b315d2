"""What more would help most: more data, a test set, a missing fact, each with its number.

Numbers that suppose what has not been seen say so: the same rate on more data, the largest
dimension with which another theorem would do better.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from genbounds.answers import NEARLY_TRIVIAL, Answer
from genbounds.class_facts import Facts, ghosts
from genbounds.classes.base import HypothesisClass
from genbounds.growth import Growth
from genbounds.problems import NoSolutionError
from genbounds.recommendation.applicability import Known, relevant
from genbounds.recommendation.groups import Group, Near
from genbounds.recommendation.planning import Sizes, Tails, exactly
from genbounds.recommendation.topics import Asked
from genbounds.recommendation.verdicts import Ranked, order
from genbounds.registry import find
from genbounds.rendering import safely_rounded
from genbounds.sentences import DIGITS, confidence
from genbounds.solving import solve
from genbounds.two_sided import TwoSided
from genbounds.variables import VARIABLES


class Improvement(NamedTuple):
    """What to get, what that would do, and the number in it."""

    what: str
    effect: str
    number: float


def improvements(
    groups: list[Group], asked: Asked, again: Callable[..., Group | None]
) -> list[Improvement]:
    """What would help the first question: a value, a deviation, a size or a failure probability.

    `again` answers it with facts added.
    """
    first, trained, held_out = groups[0], asked.trained, _for_several(asked)
    if isinstance(first, Tails):
        return list(_surer(first, (asked.goal or ("", None))[1]))
    if isinstance(first, Sizes) and first.eased is not None:
        name, level, n = first.eased
        effect = (
            f"{n} observations would be enough instead of {first.number}, by {first.best.bound}"
        )
        return [Improvement(f"{name} = {level}", effect, n)]
    if not isinstance(first, Ranked) or first.side == "both" or first.topic.key not in _RISKS:
        return []
    answer = first.paid
    data = "test set" if first.topic.key == "held_out" else "data"
    found = [*_more_data(answer, data), *_half(answer)]
    if held_out is None and trained is not None and first.side == "upper":
        found += _test_set(first, trained)
    elif first.side == "upper" and held_out is not None:
        found += [*_counted(first, held_out), *_chosen_before(first)]
    return [*found, *_openings(first, again)]


def _for_several(asked: Asked) -> Known | None:
    """The test set, with the number of the models that were chosen among on it."""
    if asked.held_out is None:
        return None
    alone = asked.held_out.without("n_hypotheses")
    return alone.having(n_hypotheses=asked.several) if asked.several > 1 else alone


_RISKS = ("held_out", "trained", "posterior", "draw")


# --- more data


def _more_data(answer: Answer, data: str) -> Iterator[Improvement]:
    """The same theorem at twice and ten times the size, with the same rate of errors."""
    if not _scales(answer):
        return
    for factor in (2, 10):
        inputs = {k: x * factor if k in ("n", "errors") else x for k, x in answer.inputs.items()}
        inputs |= _ghosts(answer, inputs["n"])
        if "population_size" in inputs and inputs["n"] > inputs["population_size"]:
            continue
        more = Answer(answer.bound, **inputs)
        number = float(more.value)
        if not more.vacuous:
            effect = f"{_name(answer)} would give {_safe(number, answer.side)} instead of "
            effect += f"{_safe(float(answer.value), answer.side)}{_alike(answer)}"
            yield Improvement(f"{factor} times the {data} (n = {inputs['n']})", effect, number)


def _half(answer: Answer) -> Iterator[Improvement]:
    """The size that halves what the bound adds, or from which on it says something."""
    if not _scales(answer) or answer.side == "lower":
        return
    facts = {k: x for k, x in answer.inputs.items() if k not in ("n", "errors")}
    rate = _rate(answer)
    if "errors" in answer.inputs:
        facts["empirical_risk"] = rate
    if answer.vacuous:
        goal, what = 1 - 2 * NEARLY_TRIVIAL, "the bound would say something"
    else:
        goal, what = (float(answer.value) + float(rate)) / 2, "what the bound adds would be halved"
    by_rule = bool(_ghosts(answer, 1))
    n = _with_ghosts(answer, rate, goal) if by_rule else _solved(answer.bound, "n", goal, facts)
    if n is not None:
        few = f" (at most {math.floor(rate * n)} errors)" if "errors" in answer.inputs else ""
        yield Improvement(f"n = {n}", f"{what}{_alike(answer)}{few}, by {_name(answer)}", n)


def _ghosts(answer: Answer, n: Any) -> Facts:
    """The number of ghosts at another size, where it is that of the rule."""
    facts = {"n": answer.inputs["n"]}
    by_rule = ghosts(answer.bound.name, facts)
    same = by_rule and by_rule["n_ghost"] == answer.inputs.get("n_ghost")
    return ghosts(answer.bound.name, {"n": n}) if same else {}


def _with_ghosts(answer: Answer, rate: Fraction, goal: float) -> int | None:
    """A size that reaches the goal while the one before does not."""

    def reaches(n: int) -> bool:
        facts = {**answer.inputs, "n": n, **_ghosts(answer, n)}
        if "errors" in facts:
            facts["errors"] = math.floor(rate * n)
        value: Any = answer.bound(**facts)
        return bool(value <= goal)

    low, high = int(answer.inputs["n"]), 2 * int(answer.inputs["n"])
    while not reaches(high):
        low, high = high, 2 * high
        if high > _FARTHEST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if reaches(middle) else (middle, high)
    return high


_FARTHEST = 10**7


def _scales(answer: Answer) -> bool:
    """Whether the size may change and all else stay: no estimate, no list of values."""
    plain = all(isinstance(x, _KEPT) for x in answer.inputs.values())
    return plain and "n" in answer.inputs and not isinstance(answer.value, tuple)


_KEPT = (int, float, Fraction, str, HypothesisClass, Growth)


def _rate(answer: Answer) -> Fraction:
    """The error rate that was seen; 0 for a deviation, which is measured from it."""
    inputs = answer.inputs
    if "errors" in inputs:
        return Fraction(int(inputs["errors"]), int(inputs["n"]))
    seen = next((inputs[k] for k in ("empirical_risk", "margin_risk") if k in inputs), 0)
    return seen if isinstance(seen, Fraction) else Fraction(str(seen))


def _alike(answer: Answer) -> str:
    """What is supposed to stay as it is on more data."""
    rate = ["rate"] if {"errors", "empirical_risk", "margin_risk"} & answer.inputs.keys() else []
    kept = rate + [name for name in answer.inputs if name in _OF_THE_SAMPLE]
    return f" if the same {' and '.join(kept)} were seen" if kept else ""


_OF_THE_SAMPLE = (
    "kl", "renyi", "chi2", "log_density_ratio", "squared_distance", "sample_variance",
    "biased_variance", "second_moment", "empirical_rademacher", "monte_carlo_rademacher",
    "empirical_rademacher_of_hypotheses", "surrogate_risk",
)  # fmt: skip


# --- a test set


def _test_set(group: Ranked, trained: Known) -> Iterator[Improvement]:
    """What a test set would give if the same rate were seen on it, and the size that does as well.

    An error rate that is not known is left out: then the deviations are compared.
    """
    answer, facts = group.paid, trained.facts
    rate = None if group.gap else _rate_of(facts)
    counted = "errors" in facts
    theorem = (
        find("hoeffding") if rate is None else find("clopper_pearson" if counted else "chernoff")
    )
    if "n" in facts and facts["n"] >= _SHARE:
        m = int(facts["n"]) // _SHARE
        yield _of_size(m, theorem, rate, facts["delta"])
    if not answer.vacuous:
        goal = {"epsilon": answer.value} if rate is None else {"target": answer.value}
        seen = {} if rate is None else {"empirical_risk": rate}
        n = _solved_for(theorem, "n", goal, {**seen, "delta": facts["delta"]})
        if n is not None:
            few = math.floor(rate * n) if counted and rate is not None else None
            seen_then = _same(rate) if few is None else f" with at most {few} errors on it"
            effect = f"{theorem.name} would do as well as {_name(answer)}{seen_then}"
            yield Improvement(f"a test set of {n}", effect, n)


def _rate_of(facts: Mapping[str, Any]) -> Any:
    """The error rate on the sample, or the share of small margins, which is not below it."""
    if "errors" in facts:
        return Fraction(int(facts["errors"]), int(facts["n"]))
    return facts.get("empirical_risk", facts.get("margin_risk"))


_SHARE = 5


def _of_size(m: int, theorem: Any, rate: Any, delta: Any) -> Improvement:
    if rate is None:
        number = float(theorem.gap(n=m, delta=delta))
        effect = f"the risk is at most the error on it plus {_safe(number)}"
    elif theorem.name == "clopper_pearson":
        few = math.ceil(rate * m)
        number = theorem(errors=few, n=m, delta=delta)
        effect = f"the risk would be at most {_safe(number)} with at most {few} errors on it"
    else:
        number = theorem(empirical_risk=rate, n=m, delta=delta)
        effect = f"the risk would be at most {_safe(number)}{_same(rate)}"
    return Improvement(f"a test set of {m}", f"{effect}, by {theorem.name}", float(number))


def _same(rate: Any) -> str:
    return "" if rate is None else " if the same rate were seen on it"


def _counted(group: Ranked, known: Known) -> Iterator[Improvement]:
    """The exact bound where the rate may be a count of errors, or for the fewest errors."""
    facts = known.facts
    if {"errors", "population_size"} & facts.keys() or facts.get("n", 0.5) % 1:
        return
    if not {*facts.get("losses", ())} <= {0.0, 1.0}:
        return
    name = "clopper_pearson_several" if "n_hypotheses" in facts else "clopper_pearson"
    known_names = {k: facts[k] for k in ("n", "delta", "n_hypotheses") if k in facts}
    if "empirical_risk" not in facts:
        number = find(name)(errors=0, **known_names)
        effect = f"without any error on the test set, {name} would give {_safe(number)}"
        yield Improvement("the number of errors", effect, number)
        return
    seen = facts["empirical_risk"]
    listed = "losses" in facts
    errors = Fraction(int(sum(facts["losses"]))) if listed else exactly(seen) * int(facts["n"])
    if errors.denominator == 1:
        number = find(name)(errors=int(errors), **known_names)
        effect = f"if they are {errors} errors of {facts['n']}, {name} gives {_safe(number)}"
        what = "errors and n instead of losses" if listed else "errors instead of empirical_risk"
        yield Improvement(what, effect, number)


def _chosen_before(group: Ranked) -> Iterator[Improvement]:
    """What a model that was fixed before the sample would get."""
    answer = group.paid
    if answer.bound.name == "clopper_pearson_several":
        inputs = {k: x for k, x in answer.inputs.items() if k != "n_hypotheses"}
        number = find("clopper_pearson")(**inputs)
        effect = f"clopper_pearson would give {_safe(number)} for a model fixed before it"
        yield Improvement("a test set that no model was chosen on", effect, number)


# --- a failure probability


def _surer(group: Tails, epsilon: Any) -> Iterator[Improvement]:
    """The size for that accuracy, and the accuracy at that size, at a usual delta."""
    sizes, reached = [], []
    for row in group.rows:
        theorem, facts = find(row.bound), {k: x for k, x in row.facts.items() if k != "n"}
        n = _solved_for(theorem, "n", {"epsilon": epsilon}, {**facts, "delta": _USUAL})
        sizes += [] if n is None else [(n, row.bound)]
        reached.append((float(theorem.gap(**row.facts, delta=_USUAL)), row.bound))
    if sizes:
        n, name = min(sizes)
        effect = f"{epsilon} would be reached with probability {confidence(_USUAL)}"
        yield Improvement(f"n = {n}", f"{effect}, by {name}", n)
    level, name = min(reached)
    if level < 1:
        effect = f"is what n = {group.best.facts['n']} gives with probability {confidence(_USUAL)}"
        yield Improvement(f"epsilon = {_safe(level)}", f"{effect}, by {name}", level)


_USUAL = 0.05


# --- facts


def _openings(group: Ranked, again: Callable[..., Group | None]) -> list[Improvement]:
    """For each fact that some theorem lacks, how good it must be to beat what is claimed.

    With the fact more theorems may share delta: each is solved at its share then, and the fact is
    offered only where it helps once it is put in.
    """
    limits: dict[str, list[tuple[float, str]]] = {}
    shares: dict[str, Any] = {}
    for near in group.near if group.reason != "exact" and group.side == "upper" else ():
        fact = "vc_dim" if near.fact == "log_growth" else near.fact
        if isinstance(near.theorem, TwoSided) or fact in near.theorem.fixed or fact not in _HELPFUL:
            continue
        level = _limit(group, near, fact, near.facts.get("delta"))
        if level is not None and fact not in shares:
            shares[fact] = _share(again(**{fact: level}))
        if level is not None and shares[fact] is not None:
            level = _limit(group, near, fact, shares[fact])
        if level is not None and shares[fact] is not None:
            limits.setdefault(fact, []).append((level, near.theorem.name))
    return [x for fact, found in limits.items() for x in _easiest(group, fact, found, again)]


def _share(group: Group | None) -> Any:
    """The part of delta that each theorem would have; None where none may be picked by value."""
    if not isinstance(group, Ranked) or group.reason == "beforehand":
        return None
    return group.delta / group.events if group.reason == "shared" else group.delta


def _limit(group: Ranked, near: Near, fact: str, delta: Any) -> float | None:
    """How good the fact must be for the theorem to give what is claimed."""
    known = {**near.facts, **ghosts(near.theorem.name, near.facts), "delta": delta}
    facts = relevant(near.theorem.arguments, known, fact)
    level = _solved(near.theorem, fact, _claimed(group), facts)
    if level is None or not level > VARIABLES[fact].low or not math.isfinite(level):
        return None
    return float(_level(level, VARIABLES[fact].direction == "-"))


def _claimed(group: Ranked) -> float:
    return 0.5 if group.vacuous else order(group.paid, group.side)


def _easiest(
    group: Ranked, fact: str, limits: list[tuple[float, str]], again: Callable[..., Group | None]
) -> Iterator[Improvement]:
    """The theorem that asks for least, if what it asks for helps."""
    falls = VARIABLES[fact].direction == "-"
    level, name = min(limits) if falls else max(limits)
    number = int(level) if VARIABLES[fact].kind == "integer" else level
    then = again(**{fact: number})
    if not isinstance(then, Ranked) or not order(then.paid, group.side) < _claimed(group):
        return
    limit = f"{'at least' if falls else 'at most'} {_level(level, falls)}"
    what = f"below 1/2, by {name}" if group.vacuous else f"smaller, by {name}"
    effect = f"{VARIABLES[fact].meaning}: {limit} would make the bound {what}"
    yield Improvement(fact, effect, level)


_HELPFUL = (
    "log_growth", "vc_dim", "log_cardinality", "log_prior", "bits", "natarajan_dim", "n_classes",
    "empirical_rademacher", "empirical_rademacher_of_hypotheses", "variance", "sample_variance",
    "margin", "weight_bound", "radius",
)  # fmt: skip
"""Facts that a user may find out, or bring about."""


def _level(level: float, falls: bool) -> str:
    level = round(level) if abs(level - round(level)) < 1e-12 * abs(level) else level
    if level == int(level) and abs(level) < 1e15:
        return str(int(level))
    return safely_rounded(float(level), "upper" if falls else "lower", DIGITS)


def _solved(theorem: Any, unknown: str, target: float, facts: Facts) -> Any:
    """For a value; a deviation is its own value."""
    return _solved_for(theorem, unknown, {"target": target}, facts)


def _solved_for(theorem: Any, unknown: str, goal: Facts, facts: Facts) -> Any:
    try:
        found = solve(theorem, unknown, **goal, **facts)
    except (ValueError, NoSolutionError):
        return None
    return int(found) if isinstance(found, int) else float(found)


def _name(answer: Answer) -> str:
    return str(answer.bound.name).removesuffix(".gap")


def _safe(value: float, side: str = "upper") -> str:
    return safely_rounded(float(value), "lower" if side == "lower" else "upper", DIGITS)
