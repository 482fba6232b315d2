"""A user's question, answered from the catalogue: a test set, a risk after training."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from genbounds.answers import Answer
from genbounds.arguments import number, settle
from genbounds.brackets import limits_risk, proved
from genbounds.class_facts import (
    GHOST_NOTE,
    GHOSTS,
    OF_THE_CLASS,
    Facts,
    alternatives,
    depends_on_sample,
    feeding,
    ghosts,
    in_words,
    record,
    suited,
)
from genbounds.classes.base import HypothesisClass
from genbounds.declaration import Bound
from genbounds.estimates import Estimate
from genbounds.registry import find
from genbounds.rendering import Table, safely_rounded, wrapped
from genbounds.sentences import confidence
from genbounds.two_sided import TwoSided
from genbounds.variables import VARIABLES

SIDES = ("upper", "lower", "both")


def test_set(
    *, errors: Any = None, n: Any = None, empirical_risk: Any = None, losses: Any = None,
    delta: Any = 0.05, side: str = "upper", selected_from: int = 1, population_size: Any = None,
    betting_cap: Any = None, **unknown: Any,
) -> Answer:  # fmt: skip
    """What a held-out sample says about the risk of a model that was fixed before it was drawn.

    `errors` of `n` gives the exact binomial answer (Clopper-Pearson), with `population_size` the
    exact one for sampling without replacement; `empirical_risk` of `n` losses in [0, 1] gives
    Chernoff's; `losses` in order the betting interval (`betting_cap` is 1/2 unless given).
    `selected_from=k` says that the model is the best of k on this very sample: each of the k then
    has delta / k. `side` is upper, lower or both; `delta` is the failure probability of the whole
    statement.

    >>> round(test_set(errors=192, n=600, delta=0.025).value, 12)
    0.358976828068
    """
    if unknown:
        hint = " (delta is 1 - confidence)" if "confidence" in unknown else ""
        raise ValueError(f"unknown arguments: {', '.join(unknown)}{hint}")
    if side not in SIDES:
        raise ValueError(f"side must be one of {', '.join(SIDES)}, got {side!r}")
    facts = {"errors": errors, "n": n, "empirical_risk": empirical_risk, "losses": losses,
             "population_size": population_size, "betting_cap": betting_cap}  # fmt: skip
    facts = {k: v for k, v in facts.items() if v is not None} | {"delta": delta}
    name = _test_set_theorem(facts)
    several = checked_count(selected_from)
    if several > 1:
        name = _for_several(name, several)
        facts["n_hypotheses"] = several
    return Answer(_sided(name, side), **facts)


def _test_set_theorem(facts: dict[str, Any]) -> str:
    if "losses" in facts:
        if facts.keys() & {"errors", "n", "empirical_risk", "population_size"}:
            raise ValueError("losses come alone: they hold n and the empirical risk")
        facts.setdefault("betting_cap", 0.5)
        return "betting"
    if "errors" in facts and "empirical_risk" in facts:
        raise ValueError("give errors or empirical_risk, not both")
    if "errors" in facts or "empirical_risk" not in facts:
        return "hypergeometric" if "population_size" in facts else "clopper_pearson"
    return "hoeffding_serfling" if "population_size" in facts else "chernoff"


def checked_count(selected_from: Any) -> int:
    """The number of models that the sample was used to choose among."""
    try:
        value = number("selected_from", selected_from)
    except TypeError as fault:
        raise ValueError(str(fault)) from None
    if not isinstance(value, int) or value < 1:
        raise ValueError(f"selected_from must be an integer at least 1, got {selected_from!r}")
    return value


def _for_several(name: str, several: int) -> str:
    theorems = {"clopper_pearson": "clopper_pearson_several", "chernoff": "finite_chernoff"}
    if name not in theorems:
        raise ValueError(
            f"selected_from has no theorem beside {name}: divide delta by {several}, and the "
            f"statements for all {several} models hold together"
        )
    return theorems[name]


def _sided(name: str, side: str) -> Bound | TwoSided:
    bound: Bound = find(name)
    if side == "both":
        return bound.two_sided  # type: ignore[no-any-return]
    if side == "lower" and bound.additive:
        raise ValueError(f"{name} is stated from above; its mirror is in side='both'")
    return find(f"{name}_lower") if side == "lower" else bound


class Ranking:
    """Theorems that answer one question from the same facts, the tightest first.

    Each holds with probability 1 - delta by itself. To claim the smallest of k, choose it before
    seeing the numbers or give each delta / k. Among the k are `idle` theorems that would have
    spoken of a sample without errors: who pays must not depend on the sample. `notes` say what the
    class brought, `origin` says it as plain data.
    """

    def __init__(
        self, answers: list[Answer], skipped: dict[str, str], notes: tuple[str, ...] = (),
        origin: Mapping[str, Any] | None = None, idle: int = 0,
    ) -> None:  # fmt: skip
        self.answers, self.skipped, self.notes = answers, skipped, notes
        self.origin, self.idle = dict(origin or {}), idle

    @property
    def theorems(self) -> int:
        """How many share delta."""
        return len(self.answers) + self.idle

    @property
    def best(self) -> Answer:
        """The smallest bound."""
        return self.answers[0]

    @cached_property
    def paid(self) -> Answer:
        """The smallest bound once each of the k theorems has delta/k: to be chosen by value."""
        k = self.theorems
        shared = [
            Answer(a.bound, **a.inputs | {"delta": a.inputs["delta"] / k}) for a in self.answers
        ]
        return min(shared, key=lambda a: a.raw)

    @property
    def sentence(self) -> str:
        """What may be claimed after looking at all of them."""
        k, delta = self.theorems, self.best.inputs["delta"]
        if k == 1:
            return f"By {self.best.bound.name}: {self.best.sentence}"
        if self.best.vacuous:
            return f"VACUOUS: none of {k} theorems says anything here."
        if self.paid.vacuous:
            return (
                f"VACUOUS: of {k} theorems that have delta/{k} each none says anything; "
                f"{self.best.bound.name} does, if it was chosen before its value was seen."
            )
        value = safely_rounded(float(self.paid.value), "upper", 4)
        return (
            f"With probability at least {confidence(delta)}, the risk is at most {value}: "
            f"{self.paid.bound.name}, chosen among {k} theorems that have delta/{k} each."
        )

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold for the smallest bound, chosen beforehand or by its value."""
        return tuple(dict.fromkeys((*self.paid.conditions, *self.best.conditions)))

    @property
    def table(self) -> Table:
        """Value, vacuity and theorem, best first, each at delta by itself."""
        rows = [(float(a.value), a.vacuous, a.bound.name, a.source) for a in self.answers]
        return Table(("risk <=", "vacuous", "bound", "source"), rows)

    @property
    def text(self) -> str:
        """For a terminal."""
        columns = Table(self.table.columns[:3], [row[:3] for row in self.table.rows])
        boxes = [line for text in self.conditions for line in wrapped(text, "[ ] ", "    ")]
        notes = [line for note in self.notes for line in wrapped(note, "", "  ")]
        about = [*notes, ""] if notes else []
        return "\n".join([
            *wrapped(self.sentence), "", columns.render("table"), "", *about,
            *wrapped(self.caution), *boxes,
        ])  # fmt: skip

    @property
    def markdown(self) -> str:
        """For a report in Markdown."""
        notes = "".join(f"{note}\n\n" for note in self.notes)
        boxes = "\n".join(f"- [ ] {sentence}" for sentence in self.conditions)
        table = self.table.render("markdown")
        return f"**{self.sentence}**\n\n{table}\n\n{notes}{self.caution}\n\n{boxes}"

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text)}</pre>"

    @property
    def caution(self) -> str:
        """What choosing the smallest costs."""
        k = self.theorems
        if k == 1:
            return "It holds with probability at least 1 - delta."
        return (
            "Each holds with probability at least 1 - delta by itself; to claim the smallest of "
            "these, fix the choice before seeing the numbers or divide delta by "
            f"{k}{self._waiting}."
        )

    @property
    def _waiting(self) -> str:
        if not self.idle:
            return ""
        return f", of which {self.idle} would have spoken of a sample without errors"

    def to_dict(self) -> dict[str, Any]:
        """The answers as plain data."""
        return {
            "sentence": self.sentence,
            **self.origin,
            "paid": self.paid.to_dict(),
            "answers": [a.to_dict() for a in self.answers],
            "notes": list(self.notes),
            "caution": self.caution,
        }


def risk(
    hypothesis_class: HypothesisClass | None = None, X: Any = None, *, n: Any = None,
    delta: Any = None, rng: Any = None, **facts: Any,
) -> Ranking:  # fmt: skip
    """What is guaranteed for a model that was trained on the very sample, best first.

    Give `errors` or `empirical_risk` on the training sample, and what is known of the class or of
    the hypothesis: `vc_dim`, `n_hypotheses`, `bits`, `natarajan_dim` and `n_classes`, ... or a
    `hypothesis_class`, and the sample's points `X`, on which its empirical Rademacher complexity is
    found (`rng` seeds the draws, if it has to be drawn); `n` is then their number. Ghost
    observations (`n_ghost`) are as many as a rule says that depends on n alone. For scores give
    `margin_risk`, the share of points with a margin below `margin`; `max_margin` if the margin was
    chosen on the sample.
    """
    known = known_from(hypothesis_class, X, n, facts, rng)
    _check_sizes(known.n, delta)
    given = {"n": known.n, "delta": delta, **facts}
    known_before = {*facts, "n_ghost"}
    found, idle, skipped = [], 0, {}
    for name, bound in proved(
        lambda c, b: limits_risk(b) and c.form == "value", fixed=known_before
    ):
        if not _says_something_after_training(bound, facts):
            continue
        usable = _usable(
            bound, given | ghosts(name, given), suited(bound.arguments, known.ways, known.values)
        )
        try:
            answer = Answer(bound, **usable)
        except ValueError as fault:
            skipped[name] = str(fault)
            continue
        if needs_clean(bound) and not _is_clean(facts):
            idle += 1
        else:
            found.append(answer)
    if not found:
        _explain(hypothesis_class, given, skipped, known.notes)
    _refuse_dear_estimates(facts, delta, len(found) + idle)
    found.sort(key=lambda a: a.raw)
    by_rule = "n_ghost" not in facts and any(a.bound.name in GHOSTS for a in found)
    notes = (*known.notes, *([GHOST_NOTE] if by_rule else []))
    return Ranking(found, skipped, notes, known.origin, idle=idle)


def _refuse_dear_estimates(facts: Mapping[str, Any], delta: float, theorems: int) -> None:
    """The best of k theorems has delta / k: an estimate must leave something of that."""
    spent = sum(x.delta for x in facts.values() if isinstance(x, Estimate))
    if spent >= delta / theorems:
        raise ValueError(
            f"{theorems} theorems share delta = {delta}: the deltas of the estimates, {spent} "
            f"together, must be below {delta / theorems:g}"
        )


def _check_sizes(n: Any, delta: Any) -> None:
    settle(("n", "delta"), {k: v for k, v in (("n", n), ("delta", delta)) if v is not None})


class FromClass(NamedTuple):
    """The sample size, ways to feed a theorem, and where they came from in words and as data."""

    n: Any
    ways: list[Facts]
    values: str = "labels"
    notes: tuple[str, ...] = ()
    origin: Mapping[str, Any] = {}


def known_from(H: Any, X: Any, n: Any, facts: Mapping[str, Any], rng: Any) -> FromClass:
    """What the class and the points say."""
    if H is None:
        if X is not None:
            raise ValueError("points X go with a hypothesis_class")
        return FromClass(n, [])
    _check_class(H, facts)
    ways, notes, origin = alternatives(H), (in_words(H),), {"class": record(H)}
    if X is None and (n is not None or H.name != "finite"):
        return FromClass(n, ways, H.values, notes, origin)
    points = len(H.points(X))
    if n is not None and n != points:
        raise ValueError(f"n = {n}, but X holds {points} points")
    found, note = _complexity(H, X, rng)
    if found is None:
        return FromClass(points, ways, H.values, (*notes, note), origin)
    names = _RADEMACHER[H.values] if found.certificate else ()
    ways += [{name: found} for name in names]
    origin["complexity"] = found.to_dict()
    return FromClass(points, ways, H.values, (*notes, note), origin)


def _check_class(H: Any, facts: Mapping[str, Any]) -> None:
    if not isinstance(H, HypothesisClass):
        raise ValueError(f"the class must be a HypothesisClass such as Thresholds(), got {H!r}")
    twice = [name for name in facts if name in OF_THE_CLASS]
    if twice:
        raise ValueError(f"give a class or {', '.join(twice)}, not both")
    if depends_on_sample(H):
        raise ValueError(
            f"{H!r} is another class for every sample, and the theorems are about one that was "
            "fixed before: give the class that it was cut out of"
        )


def _complexity(H: HypothesisClass, X: Any, rng: Any) -> tuple[Any, str]:
    """The empirical complexity on points of the class, or None, and what to say about it."""
    from genbounds.complexity import rademacher

    if H.values not in _RADEMACHER:
        return None, "no Rademacher complexity: labels of several classes are no numbers"
    try:
        found = rademacher(H, X, rng=rng)
    except ValueError as fault:  # no oracle, or points that are too many for it
        return None, f"no Rademacher complexity: {fault}"
    if found.certificate:
        return found, found.summary
    return found, f"{found.summary}; only a lower bound, so no bound on a risk rests on it"


_RADEMACHER = {
    "losses": ("empirical_rademacher",),
    "labels": ("empirical_rademacher_of_hypotheses", "empirical_rademacher"),
    "scores": ("empirical_rademacher_of_hypotheses",),
}


def _says_something_after_training(bound: Bound, facts: Mapping[str, Any]) -> bool:
    if bound.name in FINITE_CLASS:
        return True
    if bound.claim.scope not in AFTER_TRAINING or asks_for_its_own(bound):
        return False
    if needs_clean(bound):
        return bool({"errors", "empirical_risk"} & facts.keys())
    return bool(OBSERVED.intersection(bound.arguments))


def _is_clean(facts: Mapping[str, Any]) -> bool:
    return bool(facts.get("errors", facts.get("empirical_risk")) == 0)


def _usable(bound: Bound, given: Mapping[str, Any], ways: list[Facts]) -> Facts:
    """The facts that a theorem takes; errors that it knows to be none are not among them."""
    facts = {k: v for k, v in given.items() if not (needs_clean(bound) and k in OBSERVED)}
    return feeding(bound.arguments, facts, ways) or dict(facts)


def _explain(
    H: HypothesisClass | None, given: dict[str, Any], skipped: Mapping[str, str],
    notes: tuple[str, ...],
) -> None:  # fmt: skip
    """Why no theorem applies, as one error."""
    wrong = [fault for fault in skipped.values() if fault.startswith("log_growth must")]
    if wrong:
        raise ValueError(wrong[0])
    name_the_fault(given)
    if H is not None:
        raise ValueError(_nothing_for(H, given, notes))
    if gibbs := _OF_POSTERIORS & given.keys():
        raise ValueError(
            f"{min(gibbs)} belongs to bounds on posteriors, on average over their hypotheses: ask "
            "for one of them by name, such as answer('pac_bayes_kl', ...)"
        )
    if not given.keys() - {"errors", "empirical_risk", "n", "delta"}:
        raise ValueError("no theorem applies: give vc_dim, n_hypotheses, bits or the like")
    raise ValueError(f"no theorem applies: {next(iter(skipped.values()), 'nothing is known')}")


def _nothing_for(H: HypothesisClass, given: Mapping[str, Any], notes: tuple[str, ...]) -> str:
    """What to give besides a class."""
    margins = "margin_risk and margin (max_margin too if the margin was chosen on the sample)"
    seen = [name for name in given if name in OBSERVED]
    if len(seen) > 1:
        return f"give one of {', '.join(seen)}, not all"
    if not seen:
        also = f", or {margins} and the points X" if H.values == "scores" else ""
        return f"no theorem applies: give errors or empirical_risk on the sample{also}"
    if H.values == "scores" and seen == ["margin_risk"]:
        return f"no theorem applies: give {margins} and the points X ({'; '.join(notes)})"
    if H.values == "scores" and {"errors", "empirical_risk"}.issuperset(seen):
        return (
            f"no theorem applies: the signs of {H!r} have no VC dimension that is known and "
            f"finite; give {margins} and the points X instead of {seen[0]}"
        )
    others = ", ".join(name for name in given if name not in ("n", "delta"))
    return f"no theorem applies with {others} ({'; '.join(notes)})"


def name_the_fault(given: dict[str, Any]) -> None:
    """What is wrong with the facts themselves, whatever the theorem."""
    unknown = [name for name in given if name not in VARIABLES and name != "growth"]
    if unknown:
        raise ValueError(f"unknown arguments: {', '.join(unknown)}")
    names = [name for name in given if name != "growth"]
    settle([*names, *(["log_growth"] if "growth" in given else [])], given)


def asks_for_its_own(bound: Bound) -> bool:
    """Whether one name means another number in another theorem: those are asked by name only."""
    asked = set(bound.arguments)
    return "fixed_point" in asked or {"weight_bound", "n_classes"} <= asked


FINITE_CLASS = ("clopper_pearson_several",)
"""Of hypotheses that were fixed before the sample, all at once: they are a finite class."""
AFTER_TRAINING = ("every_hypothesis", "consistent_hypotheses")
_OF_POSTERIORS = {"kl", "renyi", "chi2"}
OBSERVED = {"errors", "empirical_risk", "margin_risk", "surrogate_risk"}


def needs_clean(bound: Bound) -> bool:
    """Whether the theorem is about hypotheses without error on the sample."""
    return bound.claim.scope == "consistent_hypotheses"
