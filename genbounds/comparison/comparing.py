"""`compare`: which bounds answer one question on the facts, and which is the tightest where."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

from genbounds.claims import Claim
from genbounds.class_facts import ghosts
from genbounds.comparison.asking import as_question, common_question, in_words, obstacle
from genbounds.comparison.evaluating import (
    Entry,
    Facts,
    Point,
    Theorem,
    evaluator,
    event_of,
    kind_of,
    lacking,
    one_sided,
    read,
    takes,
)
from genbounds.comparison.result import Comparison
from genbounds.problems import NoSolutionError
from genbounds.registry import UnknownBoundError, as_bound, catalogue
from genbounds.two_sided import TwoSided

_OBSERVED = ("empirical_risk", "margin_risk", "errors", "losses", "surrogate_risk")
_CONTRADICTED = "holds where no error, or no small margin, was observed on the sample"
_UNRANKED = {
    "order": "a rate without constants has no number",
    "refuted": "refuted, kept only to reproduce what was printed",
    "printed": "printed, but not proved",
}


class _Asked(NamedTuple):
    """The theorems of a call, the question put to them, and whether the caller named them."""

    theorems: list[Theorem]
    question: Claim
    named: bool


def compare(bounds: Any, *, question: Any = None, split: bool = False, **facts: Any) -> Comparison:
    """Bounds that answer one question, on the same facts, the tightest first.

    `bounds` are bounds or their names, or a question, which is then put to the whole catalogue: a
    `Claim`, or words such as "every_hypothesis". Only theorems whose claims imply the question are
    ranked; without one, the bounds named must make the same kind of claim, or `IncomparableError`
    (a `ValueError`) says what differs and what could be asked.

    One or two of the `facts` may be one-dimensional arrays, lists or ranges; two make a grid. Their
    entries that must be whole, and n, are rounded down. Without `empirical_risk` or `errors` the
    deviations from it are compared; without `n` but with `epsilon` or `target` the sample sizes;
    without `delta` the probabilities of failure. `split=True` gives each of k events delta/k, so
    that the smallest may be claimed after a look at all.

    >>> found = compare(["hoeffding", "chernoff"], empirical_risk=0.1, n=1000, delta=0.05)
    >>> found.best, round(found.raw["chernoff"], 6)
    ('chernoff', 0.121179)
    """
    asked = _asked(bounds, question)
    point = read(facts)
    left_out, able = _able(asked, point)
    observed = any(name in facts for name in _OBSERVED)
    kind = kind_of(asked.question.form, facts, observed or _need_nothing_seen(able, point))
    side, entries = asked.question.side, []
    idle: set[str] = set()
    for theorem in able:
        reason = _missing(theorem, kind, side, point) or _contradicted(theorem, point, asked.named)
        if reason == _CONTRADICTED:
            idle.add(event_of(theorem))
        try:
            entry = None if reason else _entry(theorem, kind, side, point)
        except ValueError as fault:
            reason = str(fault)
        if reason:
            left_out[theorem.name] = reason
        elif entry is not None:
            entries.append(entry)
    if not entries:
        raise NoSolutionError(_nothing(asked.question, left_out))
    _refuse_idle_axes(entries, point)
    if split:
        entries = _shared(entries, idle, kind, side, point)
    return Comparison(asked.question, kind, point, entries, left_out, split, idle)


def _asked(bounds: Any, question: Any) -> _Asked:
    if isinstance(bounds, Claim) or (isinstance(bounds, str) and not _is_bound(bounds)):
        if question is not None:
            raise ValueError("the question was given twice")
        return _Asked(list(catalogue.values()), as_question(bounds), named=False)
    theorems = _theorems(bounds)
    if question is None:
        found = common_question({one.name: one.claim for one in theorems})
        two_sided = any(isinstance(one, TwoSided) for one in theorems)
        if not two_sided and found.side in ("both", "equal"):
            found = found._replace(side="upper")
        return _Asked(theorems, found, named=True)
    return _Asked(theorems, as_question(question), named=True)


def _is_bound(name: str) -> bool:
    """Whether a word names a bound; what looks like neither a bound nor a question is refused."""
    try:
        as_bound(name)
    except (UnknownBoundError, ValueError) as unknown:
        try:
            as_question(name)
        except ValueError as fault:
            raise ValueError(f"{unknown}; nor is it a question: {fault}") from None
        return False
    return True


def _theorems(bounds: Any) -> list[Theorem]:
    several = [bounds] if isinstance(bounds, str) or hasattr(bounds, "claim") else bounds
    if not isinstance(several, Iterable):
        raise ValueError(f"bounds, their names or a question are wanted, got {bounds!r:.80}")
    found: dict[str, Theorem] = {}
    for one in several:
        try:
            theorem = as_bound(one)
        except UnknownBoundError as fault:
            raise ValueError(str(fault)) from None
        if found.setdefault(theorem.name, theorem) is not theorem:
            raise ValueError(f"two different bounds are called {theorem.name}")
    if not found:
        raise ValueError("there is nothing to compare: no bound was given")
    return list(found.values())


def _able(asked: _Asked, point: Point) -> tuple[dict[str, str], list[Theorem]]:
    """The theorems that answer the question, sided as it asks, and why others do not."""
    left_out: dict[str, str] = {}
    able: list[Theorem] = []
    for theorem in asked.theorems:
        try:
            sided = _sided(theorem, asked.question)
        except (ValueError, KeyError) as fault:
            left_out[theorem.name] = str(fault)
            continue
        reason = obstacle(sided.claim, asked.question) or _unranked(theorem, asked.named)
        if reason:
            left_out[theorem.name] = reason
        else:
            able.append(sided)
    return left_out, able


def _sided(theorem: Theorem, question: Claim) -> Theorem:
    """Both sides at once where both are asked for; `ValueError` if one end was to be two-sided."""
    if question.side != "both":
        if isinstance(theorem, TwoSided):
            raise ValueError("an interval: ask for side both, or name the bound of one side")
        return theorem
    if isinstance(theorem, TwoSided) or question.form != "value":
        return theorem
    if obstacle(theorem.claim._replace(side="both"), question):
        return theorem
    return theorem.two_sided  # type: ignore[no-any-return]


def _unranked(theorem: Theorem, named: bool) -> str:
    if theorem.status == "printed" and named:
        return ""  # the caller asked for it by name: ranked, and marked
    if theorem.status == "proved":
        return ""
    why = getattr(theorem, "why", "")
    return _UNRANKED[theorem.status] + (f": {why}" if why else "")


def _need_nothing_seen(able: list[Theorem], point: Point) -> bool:
    """Whether a theorem says its value without anything observed."""
    known = point.grid
    return any(not lacking(one, known) and takes(one, known) >= {"n"} for one in able)


def _missing(theorem: Theorem, kind: str, side: str, point: Point) -> str:
    """Which facts a theorem would need besides; empty if it has them."""
    if side == "lower" and theorem.claim.side == "both" and not theorem.additive:
        return "its lower end has no formula of its own here"
    if side == "lower" and theorem.claim.side == "both" and "target" in point.grid:
        return "its lower end is solved for a deviation: give epsilon"
    if side == "lower" and kind == "n" and "errors" in point.grid:
        return "a fixed count of errors bounds from below the less, the more observations there are"
    without = {"n": ("n",), "delta": ("delta",)}.get(kind, ())
    wanted = lacking(theorem, point.grid | ghosts(theorem.name, point.grid), without)
    if (kind == "gap" or "epsilon" in point.grid) and theorem.additive:
        wanted = [name for name in wanted if name != _empirical(theorem)]
    elif kind == "gap" and not wanted:
        return "its value is no deviation from the empirical risk"
    if kind == "n" and "empirical_risk" in point.grid:
        wanted = [name for name in wanted if name != "errors"]  # floor(rate n) for every n
    return f"needs {', '.join(wanted)}" if wanted else ""


def _by_rule(name: str, number: Callable[[Facts], Any], facts: Facts) -> Callable[[Facts], Any]:
    """The same function with a number of ghost observations by the fixed rule, if none is given."""
    if not ghosts(name, facts):
        return number
    return lambda at: number(at | ghosts(name, at))


def _contradicted(theorem: Theorem, point: Point, named: bool) -> str:
    """Why a theorem about samples without error is none about this one; empty if it is none."""
    bound = one_sided(theorem)
    counted: tuple[str, ...] = ("errors", "empirical_risk")
    reached = "margin_reached" in bound.given
    if bound.claim.scope != "consistent_hypotheses" and "no_errors_seen" not in bound.given:
        if not reached:
            return ""
        counted = ("margin_risk",)
    seen = [point.grid[name] for name in counted if name in point.grid]
    if any(np.any(np.asarray(x, float) > 0) for x in seen):
        return _CONTRADICTED
    asserted = bool(seen) or named or bound.claim.scope == "consistent_hypotheses"
    return "" if asserted else f"needs {counted[0]} = 0"


def _empirical(theorem: Theorem) -> str | None:
    return one_sided(theorem).empirical


def _entry(theorem: Theorem, kind: str, side: str, point: Point, delta: Any = None) -> Entry:
    grid = point.grid | ({} if delta is None else {"delta": delta})
    used = takes(theorem, grid)
    if kind in ("n", "delta"):
        used |= {"epsilon", "target"} & grid.keys()
    if kind == "gap" or (kind in ("n", "delta") and "epsilon" in grid and theorem.additive):
        used -= {_empirical(theorem), "errors"}
    if kind == "n" and "errors" in theorem.arguments:
        used |= {"empirical_risk"} & grid.keys()
    fed: Facts = {name: grid[name] for name in grid if name in used}
    number = _by_rule(theorem.name, evaluator(theorem, kind, side), fed)
    raw = np.broadcast_to(np.asarray(number(fed), float), point.shape)
    return Entry(theorem, number, fed, raw)


def _shared(
    entries: list[Entry], idle: set[str], kind: str, side: str, point: Point
) -> list[Entry]:
    """Each event at its share of delta, those that errors silenced included."""
    k = len({entry.event for entry in entries} | idle)
    if "delta" not in point.grid:
        raise ValueError("split=True shares a delta: give one")
    delta = point.grid["delta"] / k
    return [_entry(entry.theorem, kind, side, point, delta) for entry in entries]


def _refuse_idle_axes(entries: list[Entry], point: Point) -> None:
    idle = [name for name in point.axes if not any(name in entry.facts for entry in entries)]
    if idle:
        raise ValueError(
            f"no bound that is ranked depends on {', '.join(idle)}: give one value, or leave it out"
        )


def _nothing(question: Claim, left_out: dict[str, str]) -> str:
    """Why nothing is ranked, the nearest reasons first."""
    near = {name: why for name, why in left_out.items() if not why.startswith("another claim")}
    told = sorted((near or left_out).items(), key=lambda pair: not pair[1].startswith("needs"))
    shown = "; ".join(f"{name}: {why}" for name, why in told[:5])
    more = f"; and {len(told) - 5} more" if len(told) > 5 else ""
    return f"no bound answers the question {in_words(question)!r} on these facts. {shown}{more}"
