"""From the facts that a user has to a recommendation: what they are about, and what is open."""

import math
import re
from collections.abc import Iterator, Mapping
from typing import Any

from genbounds.class_facts import GHOST_NOTE, GHOSTS, OF_THE_CLASS, for_lower_bounds
from genbounds.estimates import Estimate
from genbounds.problems import NoSolutionError
from genbounds.questions import SIDES, checked_count, known_from, name_the_fault
from genbounds.recommendation.applicability import Known, Refusal, relevant, unproved
from genbounds.recommendation.gathering import gather
from genbounds.recommendation.groups import Group
from genbounds.recommendation.improvements import improvements
from genbounds.recommendation.planning import Sizes, Tails
from genbounds.recommendation.recommendations import Recommendation
from genbounds.recommendation.topics import Asked, Part, about, parts
from genbounds.recommendation.verdicts import Ranked
from genbounds.registry import catalogue
from genbounds.variables import VARIABLES

USUAL_DELTA = 0.05
Facts = dict[str, Any]
Clash = tuple[bool, str]


def recommend(
    hypothesis_class: Any = None, X: Any = None, *, n: Any = None, delta: Any = None,
    epsilon: Any = None, target: Any = None, side: str = "upper", selected_from: Any = 1,
    test_set: bool = False, n_test: Any = None, test_errors: Any = None,
    test_empirical_risk: Any = None, rng: Any = None, **facts: Any,
) -> Recommendation:  # fmt: skip
    """What the facts allow to claim about a model, what does not apply, what more would help.

    Facts are the variables of the vocabulary. With one of a class or of a posterior (`vc_dim`,
    `n_hypotheses`, `bits`, `margin` and `margin_risk`, `kl`, ... or a `hypothesis_class` and the
    points `X`) the `n` observations are those that the model was trained on; `n_test` with
    `test_errors` or `test_empirical_risk` is a test set beside them. Without any they are a test
    set, as `test_set=True` says; `selected_from=k` says that the model is the best of k on it.
    `side` is upper, lower or both.

    What is open decides the question. `epsilon` (a deviation from the empirical risk) or `target`
    (a value of the bound) without `n` asks for the sample size: with a rate, or with a number of
    `errors` that may be seen, where epsilon means that none is. `epsilon` and `n` without `delta`
    ask for the failure probability; no error rate for the deviation that is guaranteed. `delta` is
    0.05 unless given. `losses` are such as lie in [0, 1], also where all are 0 or 1: which theorems
    apply does not depend on what was seen. `ValueError` names every fault; `NoSolutionError` says
    why no theorem answers.

    >>> recommend(n=10_000, errors=150).best.bound.name
    'clopper_pearson'
    """
    given = _present({"n": n, "delta": delta, **facts})
    beside = _present({"n": n_test, "errors": test_errors, "empirical_risk": test_empirical_risk})
    goal = _present({"epsilon": epsilon, "target": target})
    counted = bool(goal) and "errors" in given and "n" not in given and X is None
    readings = [*_misread(counted, given, goal, side), *_paired(given, selected_from)]
    _check(given, beside, goal, side, test_set, readings)
    given = _with_losses(given)
    known, notes, origin, lowest = _of_class(hypothesis_class, X, given, facts, rng)
    sought = _sought(known.facts, goal)
    if sought != "delta" and "delta" not in known.facts:
        known = known.having(delta=USUAL_DELTA)
    of_class = hypothesis_class is not None or bool(known.facts.keys() - _of_test_sets())
    trained, held_out = _samples(known, beside, test_set or not of_class)
    asked = Asked(
        trained, held_out, side, _several(selected_from, held_out), lowest,
        next(iter(goal.items()), None), sought,
    )  # fmt: skip
    if test_set and of_class:
        extra = [k for k in known.facts if k not in _of_test_sets()] or ["the class"]
        notes = (*notes, f"not used, as the sample is a test set: {', '.join(extra)}")
    named = {"n_test" if k == "n" else f"test_{k}": x for k, x in beside.items()}
    return _answered(asked, {**known.facts, **goal, **named}, notes, origin)


def _present(facts: Facts) -> Facts:
    """The facts that were given; numpy's scalars as Python's, iterators as lists."""
    return {k: _plain(x) for k, x in facts.items() if x is not None}


def _plain(value: Any) -> Any:
    if hasattr(value, "__next__"):
        return list(value)
    return value.item() if getattr(value, "shape", None) == () else value


# --- the facts


def _check(
    given: Facts, beside: Facts, goal: Facts, side: str, test_set: bool, readings: list[Clash]
) -> None:
    """One error for all that is wrong with the facts, whatever the theorem."""
    clashes = [*_clashes(given, beside, goal, side, test_set), *readings]
    faults = [words for wrong, words in clashes if wrong]
    faults += _faults(given)
    for name, level in goal.items():
        faults += [fault.replace("epsilon", name) for fault in _faults({"epsilon": level})]
    faults += [_in_test_names(fault) for fault in _faults(beside)]
    if faults:
        raise ValueError("; ".join(faults))


def _clashes(
    given: Facts, beside: Facts, goal: Facts, side: str, test_set: bool
) -> Iterator[Clash]:
    both, one_rate = {"errors", "empirical_risk"}, {"n", "delta"}
    moments = {"n", "sample_variance", "biased_variance", *both} & given.keys()
    yield side not in SIDES, f"side must be one of {', '.join(SIDES)}, got {side!r}"
    yield test_set and bool(beside), "test_set=True says that n is a test set: n_test is another"
    yield bool(beside) and "n" not in beside, "test errors go with n_test"
    yield both <= beside.keys(), "give test_errors or test_empirical_risk, not both"
    yield both <= given.keys(), "give errors or empirical_risk, not both"
    yield "losses" in given and bool(moments), "losses come alone: they hold n and their moments"
    yield len(goal) > 1, "give epsilon or target, not both"
    yield "target" in goal and "n" in given, "a target asks for the sample size: leave n out"
    yield "target" in goal and side == "both", "a target is for one side: give epsilon for both"
    yield bool(goal) and one_rate <= given.keys(), "of n, delta and epsilon one is to be found"


def _paired(given: Facts, selected_from: Any) -> Iterator[Clash]:
    """Models that were compared on the sample that chose them."""
    several = checked_count(selected_from)
    compared = bool({"errors_first_only", "errors_second_only"} & given.keys())
    yield several > 1 and compared, _COMPARED.format(k=several)


def _misread(counted: bool, given: Facts, goal: Facts, side: str) -> Iterator[Clash]:
    """A number of errors that is fixed while the sample size is sought, as `counted` says."""
    yield counted and side == "lower", _FALLS
    yield counted and side == "both", _ONE_SIDED
    distance = counted and side == "upper" and "epsilon" in goal and given["errors"] != 0
    yield distance, "epsilon is the distance from a rate: with a number of errors give target"


_COMPARED = (
    "errors_first_only and errors_second_only compare two models that were fixed before the "
    "sample: if selected from {k} on it, divide delta by the number of pairs that were compared, "
    "multiply the p-value by it, and leave selected_from out"
)
_FALLS = (
    "with a fixed number of errors the lower bound falls as n grows: no n is enough; give "
    "empirical_risk, a rate, or n"
)
_ONE_SIDED = (
    "a fixed number of errors asks for the sample size of an upper bound: give side='upper', or "
    "epsilon alone"
)


def _faults(given: Facts) -> list[str]:
    """Unknown names, arrays, values out of their ranges, and what contradicts itself."""
    lists = ("data", "sequence", "function")
    arrays = [
        name for name, x in given.items()
        if getattr(x, "ndim", 0) and name in VARIABLES and VARIABLES[name].kind not in lists
    ]  # fmt: skip
    if arrays:
        return [f"a recommendation is about one call: {', '.join(arrays)} must be scalar"]
    unknown = [name for name in given if name not in VARIABLES and name != "growth"]
    hint = " (delta is 1 - confidence)" if "confidence" in unknown else ""
    faults = [f"unknown arguments: {', '.join(unknown)}{hint}"] if unknown else []
    try:
        name_the_fault({k: _as_number(x) for k, x in given.items() if k not in unknown})
    except ValueError as fault:
        faults.append(str(fault))
    return faults


def _as_number(value: Any) -> Any:
    """An estimate as a number of its range: an end that is known."""
    value = getattr(value, "value", value) if hasattr(value, "for_argument") else value
    if not isinstance(value, Estimate):
        return value
    return value.upper if math.isfinite(value.upper) else value.lower


def _in_test_names(fault: str) -> str:
    return re.sub(r"\b(n|errors|empirical_risk)\b(?! array)", _in_test_name, fault)


def _in_test_name(found: re.Match[str]) -> str:
    return "n_test" if found[0] == "n" else f"test_{found[0]}"


def _with_losses(given: Facts) -> Facts:
    """Losses in order hold their number, mean and variances.

    Zeros and ones are no count of errors: which theorems share delta must not depend on them.
    """
    if "losses" not in given:
        return given
    losses = [float(x) for x in given["losses"]]
    n, mean = len(losses), math.fsum(losses) / len(losses)
    squares = math.fsum((x - mean) ** 2 for x in losses)
    found: Facts = {"n": n, "empirical_risk": mean, "biased_variance": squares / n}
    if n > 1:
        found["sample_variance"] = squares / (n - 1)
    return {"betting_cap": 0.5, **given, "losses": losses, **found}


def _of_class(
    H: Any, X: Any, given: Facts, facts: Facts, rng: Any
) -> tuple[Known, tuple[str, ...], Mapping[str, Any], Facts]:
    """The facts with those of the class, notes about it, and what lower bounds may use of it."""
    if H is None and X is None:
        return Known(given), (), {}, {}
    found = known_from(H, X, given.get("n"), facts, rng)
    given = given if found.n is None else {**given, "n": found.n}
    return Known(given, found.ways, found.values), found.notes, found.origin, for_lower_bounds(H)


def _sought(given: Mapping[str, Any], goal: Facts) -> str:
    """What is open: the value, the sample size or the failure probability."""
    if not goal:
        return "value"
    return "delta" if "n" in given else "n"


def _samples(known: Known, beside: Facts, alone: bool) -> tuple[Known | None, Known | None]:
    """The sample that the model was trained on, and the test set; None where there is none."""
    delta = {k: x for k, x in known.facts.items() if k == "delta"}
    if beside:
        nothing = alone and known.facts.keys() <= {"n", "delta"}
        return None if nothing else known, Known({**beside, **delta})
    return (None, Known(known.facts)) if alone else (known, None)


def _of_test_sets() -> set[str]:
    """Facts that theorems on a fixed model take: any other is about a class or a posterior."""
    fixed = [b for b in catalogue.values() if b.claim.scope == "fixed_hypothesis"]
    return {"n", "delta"}.union(*(bound.arguments for bound in fixed))


def _several(selected_from: Any, held_out: Known | None) -> int:
    several = checked_count(selected_from)
    if several > 1 and held_out is None:
        raise ValueError(
            "selected_from counts the models among which a test set was used to choose: give "
            "n_test and test_errors, or test_set=True"
        )
    return several


# --- the groups


def _answered(
    asked: Asked, facts: Facts, notes: tuple[str, ...], origin: Mapping[str, Any]
) -> Recommendation:
    refusals: dict[str, Refusal] = {}
    found = [(gather(part, asked, refusals), part) for part in parts(asked)]
    ranked = sorted(((group, part) for group, part in found if group is not None), key=_first)
    groups = [group for group, _ in ranked]
    if origin:
        _settled_by_class(groups, refusals)
    if not groups or groups[0].topic.key == "limit":
        raise _nothing(asked, facts, refusals, origin)
    for name, bound in catalogue.items():
        refusals.setdefault(name, Refusal(unproved(bound) or about(bound, asked)))
    used = {name for group in groups for name in group.names}
    left = {name: refusals[name] for name in catalogue if name not in used}
    helps = improvements(groups, asked, lambda **more: _with_more(ranked[0][1], asked, more))
    evaluated = {name for group in groups if isinstance(group, Ranked) for name in group.names}
    by_rule = "n_ghost" not in facts and evaluated & GHOSTS.keys()
    notes = (*notes, GHOST_NOTE) if by_rule else notes
    return Recommendation(groups, left, helps, facts, notes, origin)


def _with_more(part: Part, asked: Asked, more: Facts) -> Group | None:
    """The group as it would be with facts added."""
    return gather(part._replace(known=part.known.having(**more)), asked, {})


def _first(found: tuple[Group, Part]) -> tuple[bool, bool, int]:
    return _rank(found[0])


def _rank(group: Group) -> tuple[bool, bool, int]:
    """Values first, then deviations, sizes and probabilities; excess and limits last."""
    kinds = (Ranked, Sizes, Tails)
    last = group.topic.key in ("excess", "limit")
    return last, getattr(group, "gap", False), kinds.index(type(group))


def _settled_by_class(groups: list[Group], refusals: dict[str, Refusal]) -> None:
    """A class says all that is known of it: no other fact of a class is one that is missing."""
    for name, refusal in refusals.items():
        if OF_THE_CLASS.intersection(refusal.missing):
            refusals[name] = refusal._replace(missing=())
    for group in groups:
        group.near = [near for near in group.near if near.fact not in OF_THE_CLASS]


def _nothing(
    asked: Asked, facts: Facts, refusals: Mapping[str, Refusal], origin: Mapping[str, Any]
) -> Exception:
    """Why no theorem answers, as one error."""
    if asked.goal is None and not {"n", "errors_first_only"} & facts.keys() and asked.held_out:
        return ValueError(
            "give n with errors or empirical_risk, losses, or epsilon to ask for a sample size"
        )
    unreachable = [r.reason for r in refusals.values() if r.unreachable]
    if unreachable:
        return NoSolutionError(f"no theorem gives a number: {'; '.join(unreachable[:3])}")
    near = sorted((_far(k, r, facts), " and ".join(r.missing), k) for k, r in refusals.items())
    helps = [f"{missing} would open {name}" for _, missing, name in near if missing]
    if origin and "complexity" not in origin:
        helps.insert(0, "the points X may give the empirical Rademacher complexity of the class")
    others = [f"{name}: {r.reason}" for name, r in refusals.items() if not r.missing]
    return ValueError(f"no theorem applies: {'; '.join([*helps[:5], *others[:3]])}")


def _far(name: str, refusal: Refusal, facts: Facts) -> tuple[bool, int, int]:
    """Another claim lies farther than another fact, and what leaves facts of the class unused."""
    bound = catalogue[name]
    gibbs = bound.claim.scope in ("every_posterior", "posterior_draw")
    told = OF_THE_CLASS & facts.keys()
    idle = told - set(relevant(bound.arguments, {**facts, **dict.fromkeys(refusal.missing)}))
    return gibbs, len(refusal.missing), len(idle)
