"""An answer in one plain sentence: how sure, of what, and the number rounded to its safe side."""

import math
from collections.abc import Mapping
from typing import Any

from genbounds.claims import QUANTITIES, SCOPES, Claim
from genbounds.rendering import safely_rounded

DIGITS = 4


def confidence(delta: Any) -> str:
    """1 - delta as a percentage, never rounded up; as a difference where that would be all nines.

    >>> confidence(0.025), confidence(1e-12)
    ('97.5%', '1 - 1e-12')
    """
    level = float(delta)
    if level < 1e-6:
        return f"1 - {level:.6g}"
    from decimal import ROUND_FLOOR, Decimal

    percent = (100 - 100 * Decimal(repr(level))).quantize(Decimal("1e-6"), ROUND_FLOOR)
    return f"{format(percent.normalize(), 'f')}%"


def answer_sentence(
    claim: Claim, side: str, value: Any, facts: Mapping[str, Any], *, vacuous: bool, status: str,
    trivial: bool = True,
) -> str:  # fmt: skip
    """What an answer says: `vacuous` and any status but `proved` come first, as warnings.

    `trivial` says whether a vacuous value is just what holds without data, or only next to it.
    """
    statement = _statement(claim, side, value, facts)
    opening = _WARNINGS.get(status, "") + _opening(claim, facts)
    if vacuous:
        known = "which holds" if trivial else "next to nothing beyond what holds"
        return f"VACUOUS: {statement}, {known} without any data; the bound says nothing here."
    text = f"{opening}{statement}{_observed(facts)}."
    return text[0].upper() + text[1:]


_WARNINGS = {
    "printed": "as printed, but not proved: ",
    "refuted": "as printed, but REFUTED (no guarantee): ",
}


def _opening(claim: Claim, facts: Mapping[str, Any]) -> str:
    if claim.form != "value":
        return ""
    sure = f"probability at least {confidence(facts['delta'])}" if "delta" in facts else ""
    return {
        "probability": f"with {sure}, " if sure else "",
        "expectation": "in expectation over the sample, ",
        "certain": "",
    }.get(claim.surely, f"approximately (not a guarantee), {sure and f'with {sure}, '}")


def _statement(claim: Claim, side: str, value: Any, facts: Mapping[str, Any]) -> str:
    if claim.form == "sample_size":
        enough = "are necessary" if claim.side == "lower" else "are enough"
        return f"{math.ceil(value) if math.isfinite(value) else value} observations {enough}"
    if claim.form == "failure_probability":
        return (
            f"{_event(claim)} has a probability of at most {safely_rounded(value, 'upper', DIGITS)}"
        )
    if claim.scope == "every_learner":
        what = QUANTITIES[claim.quantity]
        return (
            f"no learner keeps {what} below {safely_rounded(value, 'lower', DIGITS)} for every law"
        )
    return f"{_subject(claim, facts)} {_relation(side, value)}"


def _event(claim: Claim) -> str:
    if claim.quantity == "risk_difference":
        return "if both models have equal risks, a split of the errors at least this uneven"
    return "a deviation as large as the stated one"


def _relation(side: str, value: Any) -> str:
    if isinstance(value, tuple):
        low, high = (
            safely_rounded(x, s, DIGITS) for x, s in zip(value, ("lower", "upper"), strict=True)
        )
        return f"lies between {low} and {high}"
    return f"is at {'least' if side == 'lower' else 'most'} {safely_rounded(value, side, DIGITS)}"


def _subject(claim: Claim, facts: Mapping[str, Any]) -> str:
    what = QUANTITIES[claim.quantity]
    if claim.quantity == "risk":
        what = "the true error rate" if claim.loss == "zero_one" else "the true risk"
    return what if claim.scope == "fixed_hypothesis" else f"{what} of {_whom(claim, facts)}"


_ITS_OWN = frozenset({
    "bits", "log_prior", "class_index", "variance", "sample_variance", "biased_variance",
})  # fmt: skip
"""Besides its empirical risk, values that one hypothesis has and others do not."""


def _whom(claim: Claim, facts: Mapping[str, Any]) -> str:
    if claim.scope == "several_hypotheses" and "n_hypotheses" in facts:
        return f"each of the {facts['n_hypotheses']} models, so also of the best,"
    if claim.scope == "every_hypothesis" and {"errors", "empirical_risk"} & facts.keys():
        own = _ITS_OWN & facts.keys()
        return (
            f"every hypothesis of the class with {'these values' if own else 'this empirical risk'}"
        )
    if claim.scope == "every_posterior":
        return "any posterior with these values (Gibbs: on average over its hypotheses)"
    return SCOPES[claim.scope]


def _observed(facts: Mapping[str, Any]) -> str:
    if not {"errors", "n"} <= facts.keys():
        return ""
    errors, n = facts["errors"], facts["n"]
    return f" (observed: {errors}/{n} = {float(errors / n):.{DIGITS}g})"
