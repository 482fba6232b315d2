"""Which theorem takes which facts; of every other one, why it does not apply.

A theorem may leave a fact unused only where the fact changes nothing of what the others mean: a
margin that was chosen on the sample, as `max_margin` says, is no margin for a theorem that wants
one fixed before.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from genbounds.answers import Answer
from genbounds.arguments import accepted, settle
from genbounds.class_facts import OF_THE_CLASS, Facts, feeding, ghosts, suited
from genbounds.declaration import Bound
from genbounds.questions import OBSERVED, asks_for_its_own, needs_clean
from genbounds.two_sided import TwoSided
from genbounds.variables import DERIVATIONS, VARIABLES

Theorem = Bound | TwoSided


class Refusal(NamedTuple):
    """Why a theorem does not apply; `missing` names facts that would open it.

    `unreachable` says that it takes the facts but no value of what is sought reaches the goal;
    `unmet` are the conditions that the numbers do not meet.
    """

    reason: str
    missing: tuple[str, ...] = ()
    unreachable: bool = False
    unmet: tuple[str, ...] = ()


class Known(NamedTuple):
    """What is given about one sample: facts, and ways to feed a theorem from a class."""

    facts: Mapping[str, Any]
    ways: Sequence[Facts] = ()
    values: str = "labels"

    def without(self, *names: str) -> "Known":
        """The same without some facts."""
        return self._replace(facts={k: v for k, v in self.facts.items() if k not in names})

    def having(self, **facts: Any) -> "Known":
        """The same with facts added or replaced."""
        return self._replace(facts={**self.facts, **facts})

    @property
    def observed(self) -> bool:
        """Whether a rate on the sample is among the facts."""
        return bool(_RATES & self.facts.keys())


_RATES = OBSERVED | {"losses", "positive_part", "signed_margins"}


# --- what the theorem itself rules out


def unproved(bound: Bound) -> str:
    """Why a theorem is never recommended, whatever the facts; empty for a guarantee."""
    if bound.status != "proved":
        return f"{bound.status}: {_STATUS[bound.status]}"
    return _SURELY.get(bound.claim.surely, "")


_STATUS = {
    "printed": "no proof supports its constants",
    "refuted": "it is false",
    "order": "a rate without constants gives no number",
}
_SURELY = {
    "expectation": "it holds on average over samples, not with probability 1 - delta",
    "asymptotic": "it holds only as n grows: no guarantee",
    "approximate": "an approximation: no guarantee",
}


def ruled_out(bound: Bound, facts: Mapping[str, Any]) -> str:
    """What the facts contradict, or what they would have to say; empty where nothing does."""
    checks = (_own_numbers, _setting, _errors_seen, _changed_meaning, _of_voters, _other_losses)
    return next(filter(None, (check(bound, facts) for check in checks)), "")


def _own_numbers(bound: Bound, facts: Mapping[str, Any]) -> str:
    if not asks_for_its_own(bound):
        return ""
    name = "fixed_point" if "fixed_point" in bound.arguments else "weight_bound"
    return (
        f"its {name} is a number of its own kind: ask for it by name, answer({bound.name!r}, ...)"
    )


def _setting(bound: Bound, facts: Mapping[str, Any]) -> str:
    if bound.claim.setting != "realizable":
        return ""
    return "it assumes that the law can be learned without error, which no fact says"


def speaks_of_clean_samples(bound: Bound) -> bool:
    """Whether it is about samples without errors, or without small margins, alone."""
    return needs_clean(bound) or bool({"margin_reached", "no_errors_seen"} & {*bound.given})


def without_errors(known: Known) -> Known:
    """The facts as they would be had no error been seen, and no small margin."""
    names = ("errors", "empirical_risk", "margin_risk")
    return known._replace(facts={k: 0 if k in names else x for k, x in known.facts.items()})


def _errors_seen(bound: Bound, facts: Mapping[str, Any]) -> str:
    """Theorems on samples without errors, or without small margins."""
    for name, must in (("margin_risk", "margin_reached"), ("errors", "no_errors_seen")):
        if must in bound.given or (name == "errors" and needs_clean(bound)):
            names = ("margin_risk",) if name == "margin_risk" else ("errors", "empirical_risk")
            seen = [f"{k} = {facts[k]}" for k in names if facts.get(k, 0) != 0]
            if seen or not any(k in facts for k in names):
                return f"it needs {names[0]} = 0, and {seen[0] if seen else 'nothing says so'}"
    return ""


def _changed_meaning(bound: Bound, facts: Mapping[str, Any]) -> str:
    for name, (partners, reason) in _CHANGES.items():
        takes = partners.intersection(_with_sources(bound.arguments))
        if name in facts and name not in bound.arguments and takes:
            return f"{reason}, as {name} says: it does not allow for that"
    return ""


def _of_voters(bound: Bound, facts: Mapping[str, Any]) -> str:
    """With a margin, what is given describes scores, or the hypotheses that vote."""
    scores = _SCORED & facts.keys()
    taken = _VOTERS.intersection(_with_sources(bound.arguments)) & facts.keys()
    if not scores or not taken or _SCORED.intersection(bound.arguments):
        return ""
    return f"beside {min(scores)}, {min(taken)} is that of scores or of voters, not of their signs"


_SCORED = frozenset({"margin", "margin_risk", "surrogate_risk"})
_VOTERS = frozenset({
    "vc_dim", "log_growth", "n_hypotheses", "log_cardinality", "rademacher_of_hypotheses",
    "empirical_rademacher_of_hypotheses", "absolute_rademacher_of_hypotheses", "fat_dim",
})  # fmt: skip
_POSTERIOR = frozenset({
    "kl", "renyi", "chi2", "log_density_ratio", "squared_distance", "squared_distance_drawn",
})  # fmt: skip
_SCORES = frozenset({
    "weight_bound", "margin", "rademacher_of_hypotheses", "empirical_rademacher_of_hypotheses",
    "absolute_rademacher_of_hypotheses", "vc_dim", "log_growth",
})  # fmt: skip
_CHANGES: dict[str, tuple[frozenset[str], str]] = {
    "max_margin": (frozenset({"margin"}), "the margin was chosen on the sample"),
    "class_index": (OF_THE_CLASS, "the class was chosen on the sample"),
    "n_candidates": (
        frozenset({"catoni_c", "inverse_temperature"}), "the parameter was chosen on the sample",
    ),
    "n_priors": (_POSTERIOR, "the prior was chosen on the sample"),
    "prior_index": (_POSTERIOR, "the prior was chosen on the sample"),
    "privacy_epsilon": (_POSTERIOR, "the prior was made from the sample"),
    "population_size": (frozenset({"n"}), "the sample was drawn without replacement"),
    "n_unlabelled": (frozenset({"n"}), "the risk is that on the unlabelled points"),
    "dimension": (frozenset({"weight_bound"}), "the norms are those of other coordinates"),
    "norm_exponent": (frozenset({"weight_bound"}), "the norm is another one"),
    "n_groups": (frozenset({"weight_bound"}), "the norm is another one"),
    "n_classes": (_SCORES, "there are several labels"),
}  # fmt: skip


CHANGES = frozenset(_CHANGES)
"""Facts that change what others mean: none that one could find out besides."""


def _other_losses(bound: Bound, facts: Mapping[str, Any]) -> str:
    """Theorems for losses in [0, 1] where the facts say that these are larger or below 0."""
    ends = {"upper_loss": 1, "highest_loss": 1, "lowest_loss": 0}
    if bound.claim.loss not in ("unit", "zero_one"):
        return ""
    for name, end in ends.items():
        outside = facts.get(name, end) < end if end == 0 else facts.get(name, end) > end
        if outside:
            return f"it is for losses in [0, 1], and {name} = {facts[name]}"
    return ""


# --- what the facts feed


def _with_sources(names: Iterable[str]) -> set[str]:
    """The arguments and what they can be derived from."""
    found = set(names)
    return found | {source for d in DERIVATIONS if d.target in found for source in d.sources}


def relevant(names: Sequence[str], facts: Mapping[str, Any], unknown: str = "") -> Facts:
    """Of the facts those that a theorem with these arguments takes, directly or by derivation."""
    known = facts.keys() | {unknown}
    found = {name: facts[name] for name in names if name in facts}
    for derivation in DERIVATIONS:
        wanted = derivation.target in names and derivation.target not in known
        if wanted and known >= {*derivation.sources}:
            found |= {source: facts[source] for source in derivation.sources if source in facts}
    if "growth" in facts and "vc_dim" in found and "log_growth" in names:
        found["growth"] = facts["growth"]
    return found


def lacking(names: Sequence[str], known: Mapping[str, Any], unknown: str = "") -> tuple[str, ...]:
    """The arguments that neither the facts nor derivations from them give."""
    have = known.keys() | {unknown}
    have |= {d.target for d in DERIVATIONS if have >= {*d.sources}}
    return tuple(name for name in names if name not in have)


def fed(names: Sequence[str], known: Known, unknown: str = "") -> Facts | Refusal:
    """What the theorem takes of the facts, with the first way of the class that fits."""
    ways = suited(names, known.ways, known.values) or [{}]
    missing = []
    for way in ways:
        facts = {**known.facts, **way}
        missing.append(lacking(names, facts, unknown))
        given = relevant(names, facts, unknown)
        if not missing[-1] and feeding(names, given, [], unknown or None) is not None:
            return given
    fewest = min(missing, key=len)
    if fewest:
        return Refusal(f"needs {' and '.join(accepted(fewest))}", fewest)
    return Refusal(_fault(names, given, unknown))


def _fault(names: Sequence[str], given: Facts, unknown: str) -> str:
    try:
        settle(names, given, unknown or None)
    except ValueError as fault:
        return str(fault)
    return "the facts do not go together"


def judged(theorem: Theorem, known: Known) -> Answer | Refusal:
    """The theorem on the facts, or why it says nothing about them."""
    given = fed(theorem.arguments, known.having(**ghosts(theorem.name, known.facts)))
    if isinstance(given, Refusal):
        return given
    try:
        answer = Answer(theorem, **given)
        unmet, status = answer.unmet, answer.status
    except ValueError as fault:
        return Refusal(str(fault))
    if unmet:
        needs = " and ".join(_with_numbers(need, given) for need in unmet)
        return Refusal(f"it needs {needs}", unmet=tuple(unmet))
    if status != "proved":
        return Refusal("this growth convention lies below the Sauer sum here: no guarantee")
    return answer


def _with_numbers(need: str, given: Facts) -> str:
    names = dict.fromkeys(re.findall(r"[a-z_]+", need))
    numbers = [f"{name} = {given[name]}" for name in names if name in given and name in VARIABLES]
    return f"{need} ({', '.join(numbers)})" if numbers else need
