"""The question that bounds are compared on: a claim, said in words or common to all of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from genbounds.claims import VALUES, Claim, common_value

_MUST_AGREE = ("quantity", "form", "scope", "setting", "surely", "time")
_LESSONS = {
    "quantity": "numbers about different quantities have no order",
    "form": "a value, a sample size and a failure probability are numbers of different kinds; "
    "`solve` turns one into another",
    "scope": "what holds for one hypothesis fixed beforehand says nothing about one that was "
    "chosen on the sample, so that its smaller number is no better guarantee",
    "setting": "a theorem with an assumption on the noise is silent where that fails",
    "surely": "what holds on average, asymptotically or approximately may fail more often than "
    "delta",
    "time": "a bound for every n at once allows looking again after each observation, and pays for "
    "it; one for a fixed n does not",
    "data": "observations drawn in different ways are different promises",
    "loss": "neither loss includes the other",
    "side": "a limit from above and one from below are not two values of one limit",
}


class IncomparableError(ValueError):
    """Bounds that claim different things were to be ranked."""


def as_question(words: Any) -> Claim:
    """A claim as it is, or said by values of its fields: "every_hypothesis", "risk lower".

    Fields that no word names ask for the least: the upper side, 0-1 loss, i.i.d. data, a fixed n,
    with probability. `ValueError` for a word that is no value of a field, or of two.
    """
    if isinstance(words, Claim):
        return words
    if not isinstance(words, str):
        raise ValueError(f"a question is a Claim or its words, got {words!r:.80}")
    said: dict[str, str] = {}
    faults: list[str] = []
    for word in words.replace(",", " ").split():
        field, _, value = word.rpartition("=")
        fields = [f for f in Claim._fields if value in VALUES[f] and field in ("", f)]
        if len(fields) == 1:
            said[fields[0]] = value
        else:
            faults.append(f"{word!r} is {_which(fields)}")
    if faults or not said:
        raise ValueError(f"{'; '.join(faults) or 'the question is empty'}. {_vocabulary()}")
    return Claim(**{"loss": "zero_one", **said})


def _which(fields: Sequence[str]) -> str:
    if not fields:
        return "no value of a field of a claim"
    return f"a value of several fields: write {' or '.join(f'{f}=...' for f in fields)}"


def _vocabulary() -> str:
    return "; ".join(f"{field}: {', '.join(sorted(VALUES[field]))}" for field in Claim._fields)


def in_words(claim: Claim) -> str:
    """The shortest words that `as_question` reads as this claim."""
    least = Claim(loss="zero_one")
    told = [(f, x) for f, x, usual in zip(claim._fields, claim, least, strict=True) if x != usual]
    told = [("scope", claim.scope), *(pair for pair in told if pair[0] != "scope")]
    clash = {x for _, x in told if sum(x in VALUES[f] for f in claim._fields) > 1}
    return " ".join(f"{f}={x}" if x in clash else x for f, x in told)


def common_question(claims: Mapping[str, Claim]) -> Claim:
    """The strongest claim that each of the named ones states, where they are of one kind.

    `IncomparableError` where they differ in what gives the number its meaning.
    """
    found = {
        field: common_value(field, [getattr(claim, field) for claim in claims.values()])
        for field in Claim._fields
    }
    differing = [
        field for field in Claim._fields
        if found[field] is None or (field in _MUST_AGREE and _differ(field, claims))
    ]  # fmt: skip
    if differing:
        raise IncomparableError(_refusal(differing, claims))
    return Claim(**{field: value for field, value in found.items() if value is not None})


def _differ(field: str, claims: Mapping[str, Claim]) -> bool:
    return len({getattr(claim, field) for claim in claims.values()}) > 1


def _refusal(fields: Sequence[str], claims: Mapping[str, Claim]) -> str:
    """What differs, why that matters, and which questions could be asked instead."""
    parts = ["these bounds answer different questions, so their numbers have no order"]
    for field in fields:
        groups: dict[str, list[str]] = {}
        for name, claim in claims.items():
            groups.setdefault(getattr(claim, field), []).append(name)
        told = ", ".join(f"{value} ({listed(names)})" for value, names in groups.items())
        parts.append(f"{field}: {told}; {_LESSONS[field]}")
    return ". ".join(parts) + f". {_suggestions(claims)}"


def _suggestions(claims: Mapping[str, Claim]) -> str:
    asked: dict[Claim, list[str]] = {}
    for claim in claims.values():
        question = _upper(claim)._replace(loss="zero_one")
        asked[question] = [name for name, other in claims.items() if other.implies(question)]
    told = [
        f"question={in_words(question)!r} ranks {listed(names)}"
        for question, names in asked.items() if names
    ]  # fmt: skip
    return "Ask one question of them: " + "; ".join(told)


def _upper(claim: Claim) -> Claim:
    return claim._replace(side="upper") if claim.side in ("both", "equal") else claim


def listed(names: Sequence[str], most: int = 4) -> str:
    """The first names and how many more there are."""
    rest = len(names) - most
    return ", ".join([*names[:most], *([f"{rest} more"] if rest > 0 else [])])


def obstacle(claim: Claim, question: Claim) -> str:
    """Why a theorem with this claim does not answer the question; empty if it does."""
    fields = claim.obstacles(question)
    told = [f"{f} is {getattr(claim, f)}, asked is {getattr(question, f)}" for f in fields]
    return f"another claim: {'; '.join(told)}" if told else ""
