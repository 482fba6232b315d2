"""One question with the theorems that answer it, best first, and what may be claimed of the best.

Choosing the smallest of several numbers costs nothing where the choice cannot depend on the sample:
before it is drawn, or where one theorem is never beaten. Otherwise each theorem pays its share.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from genbounds.answers import NEARLY_TRIVIAL, Answer
from genbounds.declaration import Bound
from genbounds.estimates import Estimate
from genbounds.recommendation.dominance import beaten, declared, stem
from genbounds.recommendation.groups import Group, Near, Topic
from genbounds.rendering import Table, safely_rounded
from genbounds.sentences import DIGITS, answer_sentence, confidence
from genbounds.two_sided import TwoSided


def ends(answer: Answer, side: str) -> tuple[float, ...]:
    """The value, both ends of an interval, or its lower one where that alone is asked for."""
    pair = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    return tuple(map(float, pair[:1] if side == "lower" else pair))


def _low_end(answer: Answer) -> float:
    """The lower end above the least that a loss can be."""
    return ends(answer, "lower")[0] - float(answer.inputs.get("lowest_loss", 0))


def order(answer: Answer, side: str) -> float:
    """Small is good: an upper bound as it is, a lower one reversed, an interval by its width."""
    pair = answer.raw if isinstance(answer.raw, tuple) else (answer.raw,)
    if len(pair) == 2 and side == "both":
        low, high = ends(answer, side)
        return high - low
    return float(-pair[0] if answer.side != "upper" else pair[0])


def _rounded(value: float) -> float:
    """So that what is equal but for rounding is a tie."""
    return float(f"{value:.12g}")


def _record(answer: Answer) -> dict[str, Any]:
    """The answer as data; one that rests on a function of the user's cannot be computed again."""
    try:
        return answer.to_dict()
    except ValueError as fault:
        return {"bound": answer.bound.name, "sentence": answer.sentence, "incomplete": str(fault)}


def _events(theorems: Sequence[Bound | TwoSided]) -> set[str]:
    """The events behind those that another never beats."""
    worse = beaten(theorems)
    bounds = [declared(theorem) for theorem in theorems if stem(theorem) not in worse]
    return {bound.event or bound.name for bound in bounds}


class Ranked(Group):
    """Answers to one question at one delta, the tightest first; `gap` where they are deviations."""

    def __init__(
        self, topic: Topic, answers: list[Answer], *, side: str, gap: bool,
        near: Sequence[Near] = (), clean: Sequence[Bound | TwoSided] = (),
        silent: Sequence[Bound | TwoSided] = (),
    ) -> None:  # fmt: skip
        self.topic, self.side, self.gap, self.near = topic, side, gap, near
        self._clean, self._silent = clean, silent
        worse = beaten([a.bound for a in answers])
        self.contenders = [a for a in answers if stem(a.bound) not in worse]
        self.answers = sorted(
            answers, key=lambda a: (_rounded(order(a, side)), stem(a.bound) in worse)
        )

    @property
    def best(self) -> Answer:
        """The tightest, with delta to itself."""
        return self.answers[0]

    @property
    def delta(self) -> Any:
        """The failure probability of the whole statement; None where the theorem has none."""
        return self.best.inputs.get("delta")

    @cached_property
    def events(self) -> int:
        """The number of events behind the answers that may be the tightest: what picking costs.

        Theorems about samples without errors pay whether or not there were errors, and so do
        those that are silent at what the sample shows, for who pays must not depend on it. Those
        that a theorem beats which may be silent pay too.
        """
        always, at_times = self._always, [*self._clean, *self._silent]
        events = _events(always) | _events([*always, *self._clean])
        return len(events | (_events([*always, *at_times]) if self._silent else set()))

    @property
    def _always(self) -> list[Bound | TwoSided]:
        """The theorems that answer, without those about samples without errors."""
        of_clean = {stem(theorem) for theorem in self._clean}
        return [a.bound for a in self.answers if stem(a.bound) not in of_clean]

    @cached_property
    def _shared(self) -> list[Answer]:
        """The contenders with a share of delta each, without those that a share cannot pay."""
        found = []
        for a in self.contenders:
            try:
                inputs = a.inputs | {"delta": a.inputs["delta"] / self.events}
                found.append(Answer(a.bound, **inputs))
            except ValueError:
                continue  # an estimate that costs more than the share
        return sorted(found, key=lambda a: order(a, self.side))

    @property
    def paid(self) -> Answer:
        """What may be claimed after looking at all: the tightest, at its share where due."""
        return self._shared[0] if self.reason == "shared" else self.best

    @cached_property
    def reason(self) -> str:
        """Why the first may be claimed: only, exact, first, free, beforehand, shared."""
        if self.events == 1:
            if len(self.answers) == 1:
                return "only"
            return "exact" if stem(self.best.bound) in _EXACT else "first"
        inputs = {name: x for a in self.answers for name, x in a.inputs.items()}
        drawn = any(isinstance(x, Estimate) or hasattr(x, "for_argument") for x in inputs.values())
        same = not self._silent and not (self._clean and self._always)
        if inputs.keys() <= _FREE and not drawn and same:
            return "free"
        return "shared" if self._shared else "beforehand"

    @property
    def number(self) -> Any:
        """The value claimed; a pair for both sides."""
        found = ends(self.paid, self.side)
        return found if len(found) > 1 else found[0]

    @property
    def vacuous(self) -> bool:
        """Whether nothing is claimed."""
        return self._says_nothing(self.paid)

    def _says_nothing(self, answer: Answer) -> bool:
        """Of an interval the upper end is no claim where the lower one alone is asked for."""
        if self.side != "lower" or not isinstance(answer.value, tuple):
            return answer.vacuous
        return answer.vacuous or _low_end(answer) <= NEARLY_TRIVIAL * float(answer.width)

    @property
    def sentence(self) -> str:
        """The claim with the whole delta, and the theorem."""
        if self._says_nothing(self.best):
            which = "the one theorem that applies" if len(self.answers) == 1 else "the best theorem"
            text = self._words(self.best).removeprefix("VACUOUS: ").split("; the bound says")[0]
            return f"VACUOUS: {which}, {_name(self.best)}, says nothing here: {text}."
        if self.vacuous:
            return (
                f"VACUOUS: of {self.events} theorems that share delta none says anything; "
                f"{_name(self.best)} does, if it was chosen before its value was seen."
            )
        return f"{self._words(self.paid)} By {_name(self.paid)}{self._price}."

    @property
    def _price(self) -> str:
        if self.reason == "beforehand":
            return ", if it was chosen before its value was seen"
        if self.reason != "shared":
            return ""
        k = self.events
        if len(self.answers) > 1:
            return f", chosen among {k} theorems that have delta/{k} each"
        return (
            f", with delta/{k}: the rest of delta is kept for theorems that would have spoken had "
            "the sample shown less"
        )

    def _words(self, answer: Answer) -> str:
        if self.gap and not answer.vacuous:
            return self._as_gap(answer)
        inputs = answer.inputs | ({"delta": self.delta} if "delta" in answer.inputs else {})
        nothing = self._says_nothing(answer)
        half = nothing and isinstance(answer.value, tuple) and self.side == "lower"
        value, side = (answer.value[0], "lower") if half else (answer.value, answer.side)
        return answer_sentence(
            answer.claim, side, value, inputs, vacuous=nothing, status=answer.status
        )

    def _as_gap(self, answer: Answer) -> str:
        """A deviation as what it says of the risk."""
        value = safely_rounded(float(answer.value), "upper", DIGITS)
        how = {
            "upper": f"is at most {self.topic.seen} plus {value}",
            "lower": f"is at least {self.topic.seen} minus {value}",
            "both": f"differs from {self.topic.seen} by at most {value}",
        }[self.side]
        return f"With probability at least {confidence(self.delta)}, {self.topic.whom} {how}."

    @property
    def why(self) -> str:
        """What the theorem has over the next."""
        doc = (declared(self.paid.bound).__doc__ or "").strip().split("\n")[0].rstrip(".")
        each = "each end, at delta/2," if self.side == "both" else "it"
        said = _WHY[self.reason].format(doc=doc, each=each, better=_BETTER[self.side])
        return f"Why {_name(self.paid)}: {said}{self._comparison}."

    @property
    def _comparison(self) -> str:
        """What the first gives alone, and what the next gives."""
        parts = []
        if self.reason == "shared":
            parts.append(
                f"chosen before its value was seen, {_name(self.best)} alone gives "
                f"{_shown(self.best)}"
            )
        if len(self.answers) > 1:
            beside = self.answers[1]
            parts.append(f"the next, {_name(beside)}, gives {_shown(beside)}")
        return "".join(f"; {part}" for part in parts)

    @property
    def conditions(self) -> tuple[str, ...]:
        """What must hold for the answer that is claimed and for the first."""
        return tuple(dict.fromkeys((*self.paid.conditions, *self.best.conditions)))

    @property
    def caution(self) -> str:
        """What choosing the smallest costs."""
        return "" if self.delta is None else _CAUTION[self.reason].format(k=self.events)

    @property
    def table(self) -> Table:
        """Value, vacuity and theorem, best first, each at delta by itself."""
        what = "deviation" if self.gap else _COLUMNS.get(self.topic.key, "risk")
        sign = ">=" if self.best.side != "upper" else "<="
        paired = len(ends(self.best, self.side)) == 2
        columns = (f"{what} >=", f"{what} <=") if paired else (f"{what} {sign}",)
        rows = [
            (*ends(a, self.side), self._says_nothing(a), a.bound.name, a.source)
            for a in self.answers
        ]
        return Table((*columns, "vacuous", "bound", "source"), rows)

    @property
    def sources(self) -> tuple[str, ...]:
        """Sources of the answer that is claimed and of the first."""
        return tuple(dict.fromkeys((self.paid.source, self.best.source)))

    def to_dict(self) -> dict[str, Any]:
        """The verdict, and every answer as it can be computed again."""
        return super().to_dict() | {
            "caution": self.caution,
            "chosen": _record(self.paid),
            "answers": [_record(a) for a in self.answers],
        }


def may_be_silent(needs: Iterable[str]) -> bool:
    """Whether conditions that the numbers do not meet are about more than what is fixed."""
    return bool({word for need in needs for word in re.findall(r"[a-z_]+", need)} - _FREE)


_EXACT = (
    "clopper_pearson", "clopper_pearson_lower", "hypergeometric", "hypergeometric_lower",
)  # fmt: skip
_FREE = frozenset({
    "n", "delta", "vc_dim", "growth", "log_growth", "n_hypotheses", "log_cardinality",
    "natarajan_dim", "n_classes", "pseudo_dim", "fat_dim", "littlestone_dim", "log_covering",
    "rademacher", "rademacher_of_hypotheses", "absolute_rademacher", "variance", "variance_bound",
    "absolute_rademacher_of_hypotheses", "population_size", "n_ghost", "weight_bound", "radius",
    "lipschitz", "dimension", "massart_margin", "bernstein_constant", "upper_loss", "mixture_rho",
    "highest_loss", "lowest_loss", "stitching_ratio", "stitching_exponent", "n_unlabelled",
})  # fmt: skip
"""Facts that are fixed before the sample is drawn."""
_WHY = {
    "only": "{doc}; no other theorem takes these facts",
    "exact": "{each} is exact: no sharper number can be claimed from the count alone at this "
    "confidence, by any rule that grows with it",
    "first": "{doc}; the others that apply are never {better}",
    "free": "{doc}; nothing here rests on what the sample shows, so the smallest may be picked",
    "shared": "{doc}",
    "beforehand": "{doc}; an estimate among the facts costs more than a share of delta",
}
_BETTER = {"upper": "below it", "lower": "above it", "both": "narrower"}
_CAUTION = {
    "only": "It holds with probability at least 1 - delta.",
    "exact": "Each holds with probability at least 1 - delta by itself; the first is never beaten "
    "by the others, so that picking it rests on no number here.",
    "first": "Each holds with probability at least 1 - delta by itself; the first is never beaten "
    "by the others, so that picking it rests on no number here.",
    "free": "Each holds with probability at least 1 - delta by itself; the values do not depend on "
    "the sample, so that the smallest may be claimed.",
    "beforehand": "Each holds with probability at least 1 - delta by itself; only one that was "
    "chosen before seeing the numbers may be claimed.",
    "shared": "Each holds with probability at least 1 - delta by itself; to claim the smallest, "
    "fix the choice before seeing the numbers or divide delta by {k}, the number of those that "
    "may be the smallest.",
}
_COLUMNS = {
    "excess": "excess", "limit": "excess or risk", "difference": "difference",
    "p_value": "p-value",
}  # fmt: skip


def _name(answer: Answer) -> str:
    return str(answer.bound.name).removesuffix(".gap")


def _shown(answer: Answer) -> str:
    if isinstance(answer.value, tuple):
        low, high = answer.value
        return f"[{safely_rounded(low, 'lower', DIGITS)}, {safely_rounded(high, 'upper', DIGITS)}]"
    side = "lower" if answer.side == "lower" else "upper"
    return safely_rounded(float(answer.value), side, DIGITS)
