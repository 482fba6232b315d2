"""What it comes to, in plain words: the number, how sure, and what holds from the other end."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from genbounds.answers import NEARLY_TRIVIAL, Answer
from genbounds.declaration import Bound
from genbounds.estimates import Estimate
from genbounds.rendering import safely_rounded
from genbounds.sentences import DIGITS, confidence
from genbounds.two_sided import TwoSided

_OTHER = {"upper": "lower", "lower": "upper"}
_LESS = {"lower": "less", "upper": "more"}
_AT = {"lower": "least", "upper": "most"}


def verdict(found: Answer) -> str:
    """The answer's sentence with percentages where it is about errors, and the honest other end."""
    parts = [_in_percent(found, found.sentence), *_beyond(found)]
    return " ".join(part for part in parts if part)


def _beyond(found: Answer) -> list[str]:
    """What follows the answer: the other end, or for a vacuous answer what would help."""
    if found.unmet:
        return []
    if found.vacuous:
        return [f"{found.remedy[0].upper()}{found.remedy[1:]}."] if found.remedy else []
    return [other_end(found)] if found.claim.is_guarantee else []


# --- percentages


def percent(value: float, side: str) -> str:
    """The value in percent, to three digits on the safe side; what lies near 0 keeps its digits.

    >>> percent(0.1387022, "upper"), percent(0.1387022, "lower")
    ('13.9%', '13.8%')
    """
    exact = 100 * Decimal(repr(float(value)))
    rounding = ROUND_FLOOR if side == "lower" else ROUND_CEILING
    rounded = Context(prec=3, rounding=rounding).create_decimal(exact).normalize()
    return f"{format(rounded, 'f')}%"


def _counts_errors(found: Answer) -> bool:
    claim = found.claim
    return (claim.loss == "zero_one" or "errors" in found.inputs) and claim.quantity == "risk" \
        and claim.form == "value" and found.width == 1  # fmt: skip


def _number(found: Answer, value: float, side: str) -> str:
    text = safely_rounded(value, side, DIGITS)
    return f"{text} ({percent(value, side)})" if _counts_errors(found) else text


def _in_percent(found: Answer, sentence: str) -> str:
    """Error rates are shares: the percentage stands behind the number."""
    if not _counts_errors(found) or isinstance(found.value, tuple) or found.vacuous:
        return sentence
    text = safely_rounded(found.value, found.side, DIGITS)
    head, number, tail = sentence.rpartition(f"at {_AT[found.side]} {text}")
    return f"{head}{number} ({percent(found.value, found.side)}){tail}" if number else sentence


# --- the other end


class End(NamedTuple):
    """The other end at the same delta: its theorem, what it is called here, and its clipped value.

    `together` where both ends hold on one event, so that one delta pays for both.
    """

    theorem: Bound
    words: str
    value: float
    vacuous: bool
    together: bool


def other_end(found: Answer) -> str:
    """What the data say from the other side, with its theorem and its delta; else empty."""
    if found.side == "both" or found.claim.form != "value":
        return ""
    end = partner(found)
    if end is not None and not end.vacuous:
        return _cannot_claim(found, end)
    if found.side == "upper" and found.bound.additive:
        return _never_below(found)
    return "" if end is None else f"The other side is open: {end.words} says nothing here."


def _cannot_claim(found: Answer, end: End) -> str:
    side, delta = _OTHER[found.side], found.inputs["delta"]
    return (
        f"You cannot claim {_LESS[side]} than {_number(found, end.value, side)}: with "
        f"probability at least {confidence(delta)} it is at {_AT[side]} that "
        f"({end.words}, delta = {delta}).{_both(end.together, float(delta))}"
    )


def _both(together: bool, delta: float) -> str:
    """Two statements fail with at most the sum of their probabilities."""
    if together:
        return " Both hold on the same event: one delta pays for them."
    if delta >= 0.5:
        return ""
    return f" Both hold together with probability at least {confidence(2 * delta)}."


def partner(found: Answer) -> End | None:
    """The theorem for the other side and what it says of the same facts at the same delta."""
    both = _two_sided(found)
    if both is None or both.deviation:
        return None
    if both.additive:
        return _mirror(found, both)
    theorem = both.lower if found.side == "upper" else both.upper
    if theorem.status != "proved":
        return None
    other = Answer(theorem, **found.inputs)
    return End(theorem, theorem.name, other.value, other.vacuous, both.one_event)


def _two_sided(found: Answer) -> TwoSided | None:
    if not isinstance(found.bound, Bound) or found.status != "proved":
        return None
    try:
        return TwoSided(found.bound)
    except ValueError:
        return None


def _mirror(found: Answer, both: TwoSided) -> End | None:
    """The empirical risk less the same deviation: the bound for the loss 1 - l."""
    risk, facts = both.bound.empirical or "", found.inputs
    if found.claim.quantity != "risk" or isinstance(facts.get(risk), Estimate):
        return None
    rest = {k: v for k, v in facts.items() if k not in (risk, "errors")}
    try:
        deviation = both.bound.gap(**rest)
    except ValueError:  # an argument that the risk alone determines
        return None
    value = found.clipped(_observed(facts, risk) - float(deviation), "lower")
    words = both.bound.name + ("" if both.one_event else " for the loss 1 - l")
    return End(both.bound, words, value, value <= NEARLY_TRIVIAL * found.width, both.one_event)


def _observed(facts: Mapping[str, Any], risk: str) -> float:
    return float(facts[risk] if risk in facts else Fraction(int(facts["errors"]), int(facts["n"])))


def _never_below(found: Answer) -> str:
    name = str(found.bound.empirical if isinstance(found.bound, Bound) else "")
    known = not isinstance(found.inputs.get(name), Estimate)
    seen = f" {_observed(found.inputs, name):.{DIGITS}g}" if known else ""
    return (
        f"You cannot claim less than the observed{seen} by it, whatever the sample size: it adds "
        "a deviation to that."
    )
