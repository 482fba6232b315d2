"""A solution with its proof, as data and as text."""

from collections.abc import Mapping
from typing import Any

from genbounds import __version__
from genbounds.answers import Answer
from genbounds.packing import pack
from genbounds.rendering import Report, as_text


def solution_record(
    found: Any, given: Mapping[str, Any], closed_form: bool = False
) -> dict[str, Any]:
    """The solution, its proof and its ground as plain data; `given` is what it was asked with."""
    problem = found.problem
    inputs = {k: v for k, v in given.items() if v is not None and k not in ("target", "epsilon")}
    answer = _at_solution(found, inputs)
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
        "status": answer.status if answer else problem.bound.status,
        "source": problem.bound.source,
        "claim": problem.bound.claim.sentence,
        "conditions": list(problem.side.theorem.conditions),
        "inputs": {k: pack(k, v) for k, v in inputs.items()},
        "notes": list(answer.notes if answer else problem.settled.notes),
    }
    if found.certificate is not None:
        record["certified"] = [proof.record for proof in found.certificate if proof is not None]
    if closed_form:
        record["closed_form"] = str(found.closed_form or "none")
    return {k: _jsonable(v) for k, v in record.items()}


def _at_solution(found: Any, inputs: Mapping[str, Any]) -> Answer | None:
    """The theorem evaluated there, which judges its growth convention; None beyond its domain."""
    theorem, unknown = found.problem.side.theorem, found.problem.unknown
    if "log_growth" not in theorem.arguments:
        return None
    facts = {k: v for k, v in inputs.items() if k in theorem.arguments or k in ("vc_dim", "growth")}
    try:
        return Answer(theorem, **facts, **({unknown: found} if unknown != "epsilon" else {}))
    except ValueError:
        return None


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
