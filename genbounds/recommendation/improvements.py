"""What more would help most: more data, a test set, a missing fact, each with its number.

Numbers that suppose what has not been seen say so: the same rate on more data, the largest
dimension with which another theorem would do better.
"""

import math
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from genbounds.answers import NEARLY_TRIVIAL, Answer
from genbounds.class_facts import Facts
from genbounds.classes.base import HypothesisClass
from genbounds.growth import Growth
from genbounds.problems import NoSolutionError
from genbounds.recommendation.applicability import Known, relevant
from genbounds.recommendation.planning import Sizes, Tails
from genbounds.recommendation.verdicts import Group, Near, Ranked, order
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
    groups: list[Group], trained: Known | None, held_out: Known | None, goal: Any = None
) -> list[Improvement]:
    """What would help the first question: a value, a deviation, a size or a failure probability.

    `goal` is the accuracy of the last.
    """
    first = groups[0]
    if isinstance(first, Tails):
        return list(_surer(first, goal))
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
    return [*found, *_openings(first)]


_RISKS = ("held_out", "trained", "posterior", "draw")


# --- more data


def _more_data(answer: Answer, data: str) -> Iterator[Improvement]:
    """The same theorem at twice and ten times the size, with the same rate of errors."""
    if not _scales(answer):
        return
    for factor in (2, 10):
        inputs = {k: x * factor if k in ("n", "errors") else x for k, x in answer.inputs.items()}
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
    n = _solved(answer.bound, "n", goal, facts)
    if n is not None:
        yield Improvement(f"n = {n}", f"{what}{_alike(answer)}, by {_name(answer)}", n)


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
        number = theorem(errors=math.ceil(rate * m), n=m, delta=delta)
        effect = f"the risk would be at most {_safe(number)}{_same(rate)}"
    else:
        number = theorem(empirical_risk=rate, n=m, delta=delta)
        effect = f"the risk would be at most {_safe(number)}{_same(rate)}"
    return Improvement(f"a test set of {m}", f"{effect}, by {theorem.name}", float(number))


def _same(rate: Any) -> str:
    return "" if rate is None else " if the same rate were seen on it"


def _counted(group: Ranked, known: Known) -> Iterator[Improvement]:
    """The exact bound where the rate may be a count of errors, or for the fewest errors."""
    facts = known.facts
    if {"errors", "losses", "population_size"} & facts.keys() or facts.get("n", 0.5) % 1:
        return
    name = "clopper_pearson_several" if "n_hypotheses" in facts else "clopper_pearson"
    known_names = {k: facts[k] for k in ("n", "delta", "n_hypotheses") if k in facts}
    if "empirical_risk" not in facts:
        number = find(name)(errors=0, **known_names)
        effect = f"without any error on the test set, {name} would give {_safe(number)}"
        yield Improvement("the number of errors", effect, number)
        return
    seen = facts["empirical_risk"]
    errors = (seen if isinstance(seen, Fraction) else Fraction(str(seen))) * int(facts["n"])
    if errors.denominator == 1:
        number = find(name)(errors=int(errors), **known_names)
        effect = f"if they are {errors} errors of {facts['n']}, {name} gives {_safe(number)}"
        yield Improvement("errors instead of empirical_risk", effect, number)


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
    theorem, facts = find(group.best.bound), dict(group.best.facts)
    size = facts.pop("n")
    n = _solved_for(theorem, "n", {"epsilon": epsilon}, {**facts, "delta": _USUAL})
    if n is not None:
        effect = f"{epsilon} would be reached with probability {confidence(_USUAL)}"
        yield Improvement(f"n = {n}", f"{effect}, by {group.best.bound}", n)
    reached = float(theorem.gap(n=size, delta=_USUAL, **facts))
    if reached < 1:
        effect = f"is what n = {size} gives with probability {confidence(_USUAL)}"
        what = f"epsilon = {_safe(reached)}"
        yield Improvement(what, f"{effect}, by {group.best.bound}", reached)


_USUAL = 0.05


# --- facts


def _openings(group: Ranked) -> list[Improvement]:
    """For each fact that one theorem lacks, how good it must be to beat what is claimed."""
    best: dict[str, Improvement] = {}
    for near in group.near if group.reason != "exact" else ():
        found = _opening(group, near)
        if found is None:
            continue
        fact, improvement = found
        easier = VARIABLES[fact].direction != "-"
        other = best.get(fact)
        if other is None or (improvement.number > other.number) == easier:
            best[fact] = improvement
    return list(best.values())


def _opening(group: Ranked, near: Near) -> tuple[str, Improvement] | None:
    theorem = near.theorem
    if isinstance(theorem, TwoSided) or group.side != "upper" or near.fact not in _HELPFUL:
        return None
    fact = "vc_dim" if near.fact == "log_growth" else near.fact
    if fact in theorem.fixed:
        return None
    claimed = 0.5 if group.vacuous else order(group.paid, group.side)
    facts = relevant(theorem.arguments, near.facts, fact)
    level = _solved(theorem, fact, claimed, facts)
    if level is None or not level > VARIABLES[fact].low or not math.isfinite(level):
        return None
    falls = VARIABLES[fact].direction == "-"
    limit = f"{'at least' if falls else 'at most'} {_level(level, falls)}"
    what = f"below 1/2, by {theorem.name}" if group.vacuous else f"smaller, by {theorem.name}"
    effect = f"{VARIABLES[fact].meaning}: {limit} would make the bound {what}"
    return fact, Improvement(fact, effect, float(level))


_HELPFUL = (
    "log_growth", "vc_dim", "log_cardinality", "log_prior", "bits", "natarajan_dim", "n_classes",
    "empirical_rademacher", "empirical_rademacher_of_hypotheses", "variance", "sample_variance",
    "margin", "weight_bound", "radius",
)  # fmt: skip
"""Facts that a user may find out, or bring about."""


def _level(level: float, falls: bool) -> str:
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
