"""A comparison as sentences, tables, LaTeX, HTML and plain data."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from genbounds.comparison.asking import in_words, listed
from genbounds.comparison.crossing import Crossing
from genbounds.comparison.evaluating import Entry, one_sided
from genbounds.comparison.result import Comparison
from genbounds.references import keys, library
from genbounds.rendering import Report, Table, as_html, as_markdown, as_text, safely_rounded
from genbounds.sentences import confidence

_MOST_ROWS, _MOST_LEFT_OUT = 12, 8
_SIGNS = {"upper": "<=", "lower": ">=", "both": "<="}
_FORMS = {"failure_probability": "probability", "sample_size": "n"}


def quantity(found: Comparison) -> str:
    """The name of the number that is compared."""
    if found.kind in ("n", "delta"):
        return found.kind
    if found.question.form != "value":
        return _FORMS[found.question.form]
    if found.side == "both":
        return "deviation"
    name = found.question.quantity.replace("_", " ")
    return f"{name} - empirical {name}" if found.kind == "gap" else name


def column(found: Comparison) -> str:
    """The same with its sign, which also says to which side a table rounds."""
    plain = found.kind == "n" or found.question.form == "sample_size"
    return quantity(found) if plain else f"{quantity(found)} {_SIGNS[found.side]}"


# --- sentences


def sentence(found: Comparison) -> str:
    """Who is tightest, where."""
    if len(found.axes) == 1:
        return f"The tightest of {_counted(found)}: {course(found)}."
    if found.axes:
        return f"The tightest of {_counted(found)} on the grid: {_shares(found)}."
    return _at_one_point(found)


def _counted(found: Comparison) -> str:
    k = len(found.names)
    return f"{k} bound{'s' if k > 1 else ''} ({in_words(found.question)})"


def _at_one_point(found: Comparison) -> str:
    if found.best is None:
        return f"VACUOUS: none of {_counted(found)} says anything here."
    one = len(found.names) == 1
    tightest = found.best if one else f"{found.best}, the tightest of {_counted(found)}"
    if found.vacuous[found.best]:
        return f"VACUOUS: {tightest}, is {found.raw[found.best]:.4g}: it says nothing."
    value = _shown(found, found.values[found.best])
    if found.kind == "n":
        return f"{value} observations are enough for {_goal(found)}: {tightest}."
    if found.question.form == "sample_size":
        needed = "necessary" if found.side == "lower" else "enough"
        return f"{value} observations are {needed}: {tightest}."
    if not _is_sure(found):
        return f"{column(found)} {value}: {tightest}."
    sure = f"With probability at least {confidence(found.facts['delta'])}, {column(found)} {value}"
    free = found.split or found.free_choice or len(found.names) == 1
    return f"{sure}: {tightest}{'' if free else ', if it was chosen beforehand'}."


def _goal(found: Comparison) -> str:
    """The accuracy that the observations are for, and how sure."""
    goal = next(name for name in ("epsilon", "target") if name in found.facts)
    least = found.side == "lower" and goal == "target"
    told = f"{quantity_of(found, goal)} {'>=' if least else '<='} {found.facts[goal]}"
    sure = found.facts.get("delta")
    return told if sure is None else f"{told} with probability at least {confidence(sure)}"


def quantity_of(found: Comparison, goal: str) -> str:
    """What a goal is a level of: a deviation from the empirical quantity, or the quantity."""
    name = found.question.quantity.replace("_", " ")
    return name if goal == "target" else f"the deviation of the {name}"


def _is_sure(found: Comparison) -> bool:
    return (
        "delta" in found.facts and found.question.surely == "probability"
        and found.kind in ("value", "gap") and found.question.form == "value"
    )  # fmt: skip


def _shown(found: Comparison, value: float) -> str:
    if found.kind == "n" or found.question.form == "sample_size":
        return str(math.ceil(value)) if math.isfinite(value) else str(value)
    return safely_rounded(float(value), "lower" if found.side == "lower" else "upper", 4)


def course(found: Comparison) -> str:
    """Along the one axis: who is tightest up to where, from where on."""
    ((name, axis),) = found.axes.items()
    first = found.best[0] or "none"
    parts = [f"{first} from {name} = {_number(axis[0])}"]
    parts += [f"{c.after or 'none'} from {name} = {_number(c.at)}" for c in found.crossings]
    if not found.crossings and found.kind in ("n", "delta"):
        return _shares(found)
    return ", ".join(parts) if len(parts) > 1 else f"{first} everywhere"


def _number(x: float) -> str:
    return str(int(x)) if float(x).is_integer() and abs(x) < 1e15 else f"{x:.6g}"


def _shares(found: Comparison) -> str:
    shares = [(float((found.winners == i).mean()), name) for i, name in enumerate(found.names)]
    won = sorted((pair for pair in shares if pair[0]), reverse=True)
    told = [f"{name} at {share:.1%} of the points" for share, name in won]
    return ", ".join(told) or "none has a finite value"


# --- tables


def long_table(found: Comparison) -> Table:
    """One row a bound and point, the points of an axis in order, with every digit."""
    head = (*found.axes, "bound", column(found), "gap", "vacuous", "best", "side", "status",
            "conditions", "source")  # fmt: skip
    rows = [
        (*point, *row)
        for index, point in _points(found)
        for row in (_row(found, i, entry, index) for i, entry in enumerate(found.entries))
    ]
    return Table(head, rows)


def _points(found: Comparison) -> list[tuple[tuple[int, ...], tuple[Any, ...]]]:
    axes = list(found.axes.values())
    shape = tuple(map(len, axes))
    return [
        (index, tuple(_cell(axis[i]) for axis, i in zip(axes, index, strict=True)))
        for index in np.ndindex(*shape)
    ]


def _cell(x: float) -> Any:
    return int(x) if float(x).is_integer() and abs(x) < 2**53 else float(x)


def _row(found: Comparison, i: int, entry: Entry, index: tuple[int, ...]) -> tuple[Any, ...]:
    name = entry.name
    theorem = one_sided(entry.theorem)
    gap = None if found.gaps is None else _at(found.gaps[name], index)
    return (
        name, _value(found, name, index), gap, bool(_at(found.vacuous[name], index)),
        bool(found.winners[index] == i), found.side, entry.theorem.status,
        "; ".join(theorem.conditions), theorem.source,
    )  # fmt: skip


def _value(found: Comparison, name: str, index: tuple[int, ...]) -> Any:
    value = _at(found.raw[name], index)
    return int(value) if found.kind == "n" and math.isfinite(value) else value


def _at(values: Any, index: tuple[int, ...]) -> Any:
    return values[index].item() if index else values


def short_table(found: Comparison) -> Table:
    """What a reader looks at: a row a bound, or the course along an axis at a dozen points."""
    if not found.axes:
        return _of_one_point(found)
    return _along(found) if len(found.axes) == 1 else _won(found)


def _of_one_point(found: Comparison) -> Table:
    gaps = found.kind == "value" and found.gaps is not None and not found.is_gap
    head = ["bound", column(found), *(["gap"] if gaps else []), "vacuous", "source"]
    rows = [
        [e.name, _value(found, e.name, ()), *([found.gaps[e.name]] if gaps and found.gaps else []),
         bool(found.vacuous[e.name]), e.theorem.source]
        for e in found.entries
    ]  # fmt: skip
    return Table(head, rows)


def _along(found: Comparison) -> Table:
    ((name, axis),) = found.axes.items()
    places = np.unique(
        np.linspace(0, len(axis) - 1, min(len(axis), _MOST_ROWS)).round().astype(int)
    )
    sign = "" if found.kind == "n" else f" {_SIGNS[found.side]}"
    head = [name, *(f"{one}{sign}" for one in found.names), "tightest"]
    rows = [
        [_cell(axis[i]), *(_value(found, one, (i,)) for one in found.names), found.best[i]]
        for i in places
    ]
    return Table(head, rows)


def _won(found: Comparison) -> Table:
    """For a grid: the share of it that each bound wins, and where."""
    rows = []
    for i, name in enumerate(found.names):
        won = found.winners == i
        if not won.any():
            rows.append([name, 0.0, *("" for _ in found.axes), found.entries[i].theorem.source])
            continue
        ends = [
            f"{_number(axis[on].min())} to {_number(axis[on].max())}"
            for axis, on in zip(
                found.axes.values(), (won.any(axis=1), won.any(axis=0)), strict=True
            )
        ]
        rows.append([name, float(won.mean()), *ends, found.entries[i].theorem.source])
    return Table(["bound", "share won", *found.axes, "source"], rows)


# --- reports


def report(found: Comparison) -> Report:
    """Everything around the table, in order."""
    facts = ", ".join(f"{k} = {_brief(v)}" for k, v in found.facts.items())
    axes = [
        f"{k}: {len(a)} values, {_number(a[0])} to {_number(a[-1])}" for k, a in found.axes.items()
    ]
    speaking = [f"{name}: {_from(n)}" for name, n in _speaking(found).items()]
    rows: list[tuple[str, Any]] = [
        ("question", found.question.sentence),
        ("crossings", [_crossing(c) for c in found.crossings]),
        ("speaks from", speaking),
        ("choice", found.caution),
        ("conditions", [f"[ ] {sentence}" for sentence in _conditions(found)]),
        ("facts", "; ".join(filter(None, [*axes, facts]))),
        ("notes", list(found.notes)),
        ("left out", _left_out(found)),
    ]
    return Report(found.sentence, [(k, v) for k, v in rows if v])


def _brief(value: Any) -> str:
    several = hasattr(value, "__len__") and not isinstance(value, str) and len(value) > 6
    return f"{len(value)} values" if several else str(value)


def _speaking(found: Comparison) -> dict[str, int | None]:
    """Only where the sample size is an axis, or something is vacuous at the one point."""
    told = "n" in found.axes or (not found.axes and any(found.vacuous.values()))
    return found.speaks_from if told else {}


def _from(n: int | None) -> str:
    return "no n makes it speak" if n is None else f"n = {n}"


def _crossing(c: Crossing) -> str:
    return f"{c.variable} = {_number(c.at)}: {c.after or 'none'} in place of {c.before or 'none'}"


def _conditions(found: Comparison) -> list[str]:
    """Each condition once, with the bounds that it belongs to where not all have it."""
    owners: dict[str, list[str]] = {}
    for entry in found.entries:
        for condition in one_sided(entry.theorem).conditions:
            owners.setdefault(condition, []).append(entry.name)
    every = len(found.entries)
    return [
        text if len(names) == every else f"{text} ({', '.join(names)})"
        for text, names in owners.items()
    ]


def _left_out(found: Comparison) -> list[str]:
    """The reasons; where they are many, bounds that lack the same facts in one line."""
    if len(found.left_out) <= _MOST_LEFT_OUT:
        return [f"{name}: {why}" for name, why in found.left_out.items()]
    other = sum(why.startswith("another claim") for why in found.left_out.values())
    lacking: dict[str, list[str]] = {}
    for name, why in found.left_out.items():
        if why.startswith("needs "):
            lacking.setdefault(why, []).append(name)
    told = sorted(lacking.items(), key=lambda pair: (pair[0].count(","), -len(pair[1])))
    rest = sum(len(names) for _, names in told[_MOST_LEFT_OUT:])
    lines = [f"{why}: {listed(names)}" for why, names in told[:_MOST_LEFT_OUT]]
    lines += [f"need more than that: {rest} bounds"] if rest else []
    lines += [f"answer other questions: {other} bounds"] if other else []
    unproved = len(found.left_out) - other - sum(map(len, lacking.values()))
    return lines + ([f"not proved, or contradicted: {unproved} bounds"] if unproved else [])


def text(found: Comparison) -> str:
    """For a terminal: the sentence, the table, the rest."""
    full = report(found)
    head, _, rest = as_text(full).partition("\n\n")
    return "\n\n".join([head, _fitting(found).render("table"), rest])


def _fitting(found: Comparison) -> Table:
    """The short table, turned where many bounds would make it too wide."""
    table = short_table(found)
    if len(found.axes) != 1 or len(found.names) <= 4:
        return table
    ((name, _),) = found.axes.items()
    places = [row[0] for row in table.rows]
    some = [i for i in range(len(places)) if i % max(1, len(places) // 4) == 0][:5]
    sign = "" if found.kind == "n" else f" {_SIGNS[found.side]}"
    head = ["bound", *(f"{name}={_number(places[i])}{sign}" for i in some)]
    rows = [[one, *(table.rows[i][j + 1] for i in some)] for j, one in enumerate(found.names)]
    return Table(head, rows)


def markdown(found: Comparison) -> str:
    """For a report in Markdown."""
    full = report(found)
    head, _, rest = as_markdown(full).partition("\n\n")
    return "\n\n".join([head, short_table(found).render("markdown"), rest])


def html(found: Comparison) -> str:
    """For notebooks."""
    from html import escape

    table = short_table(found)
    head = "".join(f"<th>{escape(str(c))}</th>" for c in table.columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{escape(x)}</td>' for x in row)}</tr>" for row in table.cells()
    )
    first, rest = as_html(report(found)).split("<table>", 1)
    return f"{first}<table><tr>{head}</tr>{body}</table><table>{rest}"


def latex(found: Comparison) -> str:
    """A booktabs table; sources of the bibliography become citations."""
    written = short_table(found).render("latex")
    for entry in found.entries:
        source = entry.theorem.source
        known = [key for key in keys(source) if key in library()]
        if known:
            from genbounds.rendering import in_latex

            written = written.replace(in_latex(source), rf"\cite{{{','.join(known)}}}")
    return written


def record(found: Comparison) -> dict[str, Any]:
    """Everything as plain data."""
    return {
        "question": found.question._asdict(),
        "compared": quantity(found),
        "side": found.side,
        "facts": {k: str(v) if callable(v) else v for k, v in found.facts.items()},
        "axes": {k: [_cell(x) for x in axis] for k, axis in found.axes.items()},
        "bounds": [_bound(found, entry) for entry in found.entries],
        "best": found.best.tolist() if found.axes else found.best,
        "crossings": [c._asdict() for c in found.crossings],
        "caution": found.caution,
        "notes": list(found.notes),
        "left_out": found.left_out,
        "sentence": found.sentence,
    }


def _bound(found: Comparison, entry: Entry) -> dict[str, Any]:
    theorem = one_sided(entry.theorem)
    return {
        "bound": entry.name, "status": entry.theorem.status, "source": theorem.source,
        "raw": _jsonable(found.raw[entry.name]), "value": _jsonable(found.values[entry.name]),
        "vacuous": np.asarray(found.vacuous[entry.name]).tolist(),
        "conditions": list(theorem.conditions),
        "speaks_from": found.speaks_from.get(entry.name),
    }  # fmt: skip


def _jsonable(values: Any) -> Any:
    """Infinities as words, as JSON has none."""
    if isinstance(values, np.ndarray):
        return [_jsonable(x) for x in values.tolist()]
    if isinstance(values, list):
        return [_jsonable(x) for x in values]
    return values if math.isfinite(values) else repr(values)
