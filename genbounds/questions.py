"""A user's question, answered from the catalogue: a test set, a risk after training."""

from functools import cached_property
from typing import Any

from genbounds.answers import Answer
from genbounds.arguments import number, settle
from genbounds.brackets import limits_risk, proved
from genbounds.declaration import Bound
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
    several = _checked_count(selected_from)
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


def _checked_count(selected_from: Any) -> int:
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
    seeing the numbers or give each delta / k.
    """

    def __init__(self, answers: list[Answer], skipped: dict[str, str]) -> None:
        self.answers, self.skipped = answers, skipped

    @property
    def best(self) -> Answer:
        """The smallest bound."""
        return self.answers[0]

    @cached_property
    def paid(self) -> Answer:
        """The smallest bound once each of the k theorems has delta/k: to be chosen by value."""
        k = len(self.answers)
        shared = [
            Answer(a.bound, **a.inputs | {"delta": a.inputs["delta"] / k}) for a in self.answers
        ]
        return min(shared, key=lambda a: a.raw)

    @property
    def sentence(self) -> str:
        """What may be claimed after looking at all of them."""
        k, delta = len(self.answers), self.best.inputs["delta"]
        if k == 1:
            return f"By {self.best.bound.name}: {self.best.sentence}"
        if self.paid.vacuous:
            return f"VACUOUS: none of {k} theorems says anything here."
        value = safely_rounded(float(self.paid.value), "upper", 4)
        return (
            f"With probability at least {confidence(delta)}, the risk is at most {value}: "
            f"{self.paid.bound.name}, chosen among {k} theorems that have delta/{k} each."
        )

    @property
    def table(self) -> Table:
        """Value, vacuity and theorem, best first, each at delta by itself."""
        rows = [(float(a.value), a.vacuous, a.bound.name, a.source) for a in self.answers]
        return Table(("risk <=", "vacuous", "bound", "source"), rows)

    @property
    def text(self) -> str:
        """For a terminal."""
        columns = Table(self.table.columns[:3], [row[:3] for row in self.table.rows])
        opening = wrapped(self.sentence)
        boxes = [f"[ ] {sentence}" for sentence in self.best.conditions]
        lines = [*opening, "", columns.render("table"), "", *wrapped(self.caution), *boxes]
        return "\n".join(lines)

    @property
    def markdown(self) -> str:
        """For a report in Markdown."""
        return f"**{self.sentence}**\n\n{self.table.render('markdown')}\n\n{self.caution}"

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(self.text)}</pre>"

    @property
    def caution(self) -> str:
        """What choosing the smallest costs."""
        k = len(self.answers)
        if k == 1:
            return "It holds with probability at least 1 - delta."
        return (
            f"Each holds with probability at least 1 - delta by itself; to claim the smallest of "
            f"these {k}, fix the choice before seeing the numbers or divide delta by {k}."
        )

    def to_dict(self) -> dict[str, Any]:
        """The answers as plain data."""
        return {
            "sentence": self.sentence,
            "paid": self.paid.to_dict(),
            "answers": [a.to_dict() for a in self.answers],
            "caution": self.caution,
        }


def risk(*, n: Any = None, delta: Any = None, **facts: Any) -> Ranking:
    """What is guaranteed for a model that was trained on the very sample, best first.

    Give `errors` or `empirical_risk` on the training sample, and what is known of the class or of
    the hypothesis: `vc_dim`, `n_hypotheses`, `bits`, `natarajan_dim` and `n_classes`, ...
    """
    settle(("n", "delta"), {k: v for k, v in (("n", n), ("delta", delta)) if v is not None})
    found, skipped = [], {}
    given = {"n": n, "delta": delta, **facts}
    clean = facts.get("errors") == 0 or facts.get("empirical_risk") == 0
    for name, bound in proved(lambda c, b: limits_risk(b) and c.form == "value"):
        if bound.claim.scope not in _AFTER_TRAINING or (_needs_clean(bound) and not clean):
            continue
        usable = {k: v for k, v in given.items() if not (_needs_clean(bound) and k in _OBSERVED)}
        if not _OBSERVED.intersection(bound.arguments) and not _needs_clean(bound):
            continue
        try:
            found.append(Answer(bound, **usable))
        except ValueError as fault:
            skipped[name] = str(fault)
    wrong = [fault for fault in skipped.values() if fault.startswith("log_growth must")]
    if wrong:
        raise ValueError(wrong[0])
    if not found:
        _name_the_fault(given)
    if not found and not facts.keys() - {"errors", "empirical_risk"}:
        raise ValueError("no theorem applies: give vc_dim, n_hypotheses, bits or the like")
    if not found:
        raise ValueError(f"no theorem applies: {next(iter(skipped.values()), 'nothing is known')}")
    return Ranking(sorted(found, key=lambda a: a.raw), skipped)


def _name_the_fault(given: dict[str, Any]) -> None:
    """What is wrong with the facts themselves, whatever the theorem."""
    unknown = [name for name in given if name not in VARIABLES and name != "growth"]
    if unknown:
        raise ValueError(f"unknown arguments: {', '.join(unknown)}")
    names = [name for name in given if name != "growth"]
    settle([*names, *(["log_growth"] if "growth" in given else [])], given)


_AFTER_TRAINING = ("every_hypothesis", "consistent_hypotheses")
_OBSERVED = {"errors", "empirical_risk"}


def _needs_clean(bound: Bound) -> bool:
    return bound.claim.scope == "consistent_hypotheses"
