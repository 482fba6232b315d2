"""How a comparison counted labelings, and what becomes of its order under the exact Sauer sum."""

from __future__ import annotations

import numpy as np

from genbounds.arguments import settle
from genbounds.comparison import tables
from genbounds.comparison.evaluating import Entry, one_sided
from genbounds.comparison.result import Comparison
from genbounds.growth import GROWTHS, Growth, Sauer


def about_growth(found: Comparison) -> list[str]:
    """Which growth function counts labelings, and how the order depends on that."""
    counting = [entry for entry in found.entries if "vc_dim" in entry.facts]
    if not any("log_growth" in one_sided(entry.theorem).arguments for entry in counting):
        return []
    kind = found.facts.get("growth", "sauer")
    notes = [f"growth function: {GROWTHS[kind].words}, d = vc_dim"]
    if kind == "sauer":
        return notes
    if any(map(_undercounts, counting)):
        notes.append("it lies below the Sauer sum at some of these points: no guarantee there")
    return [*notes, _order_told(found, _under_sauer(found))]


def _under_sauer(found: Comparison) -> Comparison:
    """The same comparison with labelings counted by the exact Sauer sum."""
    point = found.point._replace(facts=found.facts | {"growth": "sauer"})
    entries = []
    for entry in found.entries:
        facts = entry.facts | ({"growth": "sauer"} if "growth" in entry.facts else {})
        raw = np.broadcast_to(np.asarray(entry.number(facts), float), point.shape)
        entries.append(entry._replace(facts=facts, raw=raw))
    return Comparison(found.question, found.kind, point, entries, {}, found.split)


def _undercounts(entry: Entry) -> bool:
    """Whether the growth function that was asked for lies below the Sauer sum somewhere."""
    theorem = one_sided(entry.theorem)
    if not {"n", "delta"} <= entry.facts.keys():
        return False
    facts = {k: v for k, v in entry.facts.items() if k not in ("epsilon", "target", "width")}
    seen = theorem.empirical
    unseen = {seen: 0.1} if seen and not {seen, "errors"} & facts.keys() else {}
    values = settle(theorem.arguments, facts | unseen).values
    growth = values.get("log_growth")
    if not isinstance(growth, Growth) or isinstance(growth, Sauer):
        return False
    exact = Sauer(growth.vc_dim)
    return any(
        bool(np.any(growth(m) < exact(m) - 1e-12 * np.abs(exact(m)))) for m in theorem.sizes(values)
    )


def _order_told(found: Comparison, exact: Comparison) -> str:
    """How the order differs when labelings are counted exactly."""
    begin = "under the exact Sauer sum the order"
    if _course(found) == _course(exact):
        return f"{begin} is the same"
    if not found.axes:
        return f"{begin} differs: {' < '.join(exact.names)}"
    if len(found.axes) == 1:
        return f"{begin} differs: {tables.course(exact)}"
    share = float(np.mean(found.best != exact.best))
    return f"{begin} differs: another bound is best at {share:.0%} of the points"


def _course(found: Comparison) -> object:
    """What two comparisons with the same order have in common."""
    return found.names if not found.axes else (found.best.tolist(), found.crossings)
