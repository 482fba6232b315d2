"""A solution with its proof, as data and as text."""

from typing import Any

from genbounds import __version__
from genbounds.answers import Answer, pack
from genbounds.rendering import Report, as_text


def solution_record(found: Any, closed_form: bool = False) -> dict[str, Any]:
    """The solution, its proof and what it rests on, as plain data."""
    problem = found.problem
    status, notes = _standing(found)
    record = {
        "version": __version__,
        "bound": problem.bound.name,
        "unknown": problem.unknown,
        "solution": int(found) if isinstance(found, int) else float(found),
        "goal": problem.goal.words,
        "level": None if problem.goal.level is None else float(problem.goal.level),
        "value": found.value,
        "beyond": found.beyond,
        "side": problem.bound.claim.side,
        "status": status,
        "source": problem.bound.source,
        "claim": problem.bound.claim.sentence,
        "conditions": list(problem.side.theorem.conditions),
        "inputs": {k: pack(k, v) for k, v in problem.settled.facts.items()},
        "notes": notes,
    }
    if closed_form:
        form = found.closed_form
        record["closed_form"] = "none known" if form is None else str(form)
    return {k: _jsonable(v) for k, v in record.items()}


def _standing(found: Any) -> tuple[str, list[str]]:
    """Status and notes of the theorem at the solution, where its growth convention is judged."""
    problem = found.problem
    theorem, notes = problem.side.theorem, list(problem.settled.notes)
    if "log_growth" not in theorem.arguments:
        return theorem.status, notes
    facts = dict(problem.settled.facts)
    if problem.unknown in theorem.arguments or problem.unknown == "vc_dim":
        facts[problem.unknown] = found
    try:
        answer = Answer(theorem, **facts)
    except ValueError:  # a tail above 1 is no delta
        return theorem.status, notes
    return answer.status, list(dict.fromkeys([*notes, *answer.notes]))


def _jsonable(value: Any) -> Any:
    endless = isinstance(value, float) and value in (float("inf"), float("-inf"))
    return repr(value) if endless else value


def solution_text(found: Any, record: dict[str, Any]) -> str:
    """For a terminal: the solution first, then its proof and theorem."""
    name = record["unknown"]
    tail = "  (above 1: vacuous)" if name == "delta" and float(found) >= 1 else ""
    rows = [
        ("proof", found.proof),
        ("theorem", f"{record['bound']}, {record['status']} ({record['source']})"),
        ("side", record["side"]),
        ("claim", record["claim"]),
        ("conditions", [f"[ ] {sentence}" for sentence in record["conditions"]]),
        ("inputs", ", ".join(f"{k} = {_shown(v)}" for k, v in record["inputs"].items())),
        ("notes", record["notes"]),
        ("closed form", record.get("closed_form", "")),
    ]
    return as_text(Report(f"{name} = {found}{tail}", [(k, v) for k, v in rows if v]))


def _shown(value: Any) -> Any:
    if isinstance(value, dict):
        return value.get("fraction", value)
    return f"{len(value)} values" if isinstance(value, list) else value
