"""What the titles and axes of comparisons say: of what, from which side, at which delta."""

from __future__ import annotations

from typing import Any

from genbounds.claims import QUANTITIES
from genbounds.plot.style import facts_words

_SIDES = {"upper": "Upper bounds on", "lower": "Lower bounds on", "both": "Half widths around"}


def heading(comparison: Any, what: str = "") -> str:
    """The title: what is compared, and the facts that are common to all."""
    facts = [(k, v) for k, v in comparison.facts.items() if k != "delta"]
    said = [sure(comparison), facts_words(facts)]
    return "; ".join([what or subject(comparison), *filter(None, said)])


def labels(comparison: Any) -> dict[str, str]:
    """The bounds by name, the best first, with what is amiss with those that are not proved."""
    status = {bound.name: bound.status for bound in comparison.bounds}
    return {
        name: name if status[name] == "proved" else f"{name} ({status[name]})"
        for name in comparison.names
    }


def subject(comparison: Any) -> str:
    """What every number is about, with the side."""
    quantity = QUANTITIES[comparison.question.quantity]
    if comparison.kind == "n":
        return f"Sample sizes for {quantity}"
    if comparison.kind == "delta" or comparison.question.form == "failure_probability":
        return f"Probability of failure of bounds on {quantity}"
    if comparison.kind == "gap" and comparison.question.quantity == "risk":
        quantity = "risk less empirical risk"
    return f"{_SIDES[comparison.side]} {quantity}"


def best_of(comparison: Any, before: str = "The best") -> str:
    """`The best of 4 upper bounds on the risk`; of one bound what it is about."""
    about, count = subject(comparison), len(comparison.names)
    return f"{before} of {count} {about[0].lower()}{about[1:]}" if count > 1 else about


def sure(comparison: Any) -> str:
    """The delta of the bounds, and whether they share it."""
    delta = comparison.facts.get("delta")
    if delta is None:
        return ""
    if len(comparison.names) == 1:
        return f"delta = {delta:g}"
    shared = getattr(comparison, "split", False)
    return f"delta = {delta:g} {'shared by all' if shared else 'for each by itself'}"


def measured(comparison: Any) -> str:
    """The axis of the numbers."""
    quantity = QUANTITIES[comparison.question.quantity].removeprefix("the ")
    if comparison.kind == "n":
        return "sample size n"
    if comparison.kind == "delta" or comparison.question.form == "failure_probability":
        return "probability of failure"
    if comparison.side == "both":
        return f"half width around the {quantity}"
    word = {"upper": "at most", "lower": "at least"}[comparison.side]
    if comparison.kind == "gap" and comparison.question.quantity == "risk":
        quantity = "risk - empirical risk"
    return f"{quantity} {word}"
