"""`compute` and `solve`: one bound and its arguments."""

from typing import Any

import click

from genbounds.cli.output import Out, check, fail_option, output_options
from genbounds.cli.words import (
    NotApplicable,
    Number,
    complete_bound,
    complete_variable,
    explained,
    facts_options,
    given,
)
from genbounds.rendering import Table

_EPILOG = "Every argument is an option, --name VALUE; `genbounds show NAME` lists them."


@click.command("compute", epilog=_EPILOG)
@click.argument("name", shell_complete=complete_bound)
@click.option("--two-sided", is_flag=True, help="Both sides, delta for the whole interval.")
@fail_option
@output_options
@facts_options
def compute_command(
    name: str,
    two_sided: bool,
    fail_if: Any,
    format_: str,
    style: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Evaluate a bound.

    \b
    genbounds compute hoeffding --empirical-risk .1 --n 1000 --delta .05
    genbounds compute clopper_pearson --errors 192 --n 600 --delta .025 --quiet
    genbounds compute vapnik_chervonenkis --empirical-risk .1 --n 1e5 --vc-dim 10 --delta .05 --json
    """
    from genbounds.answers import Answer, find

    with explained():
        bound = find(name + (".two_sided" if two_sided else ""))
        found = Answer(bound, **given(options))
        show_answer(found, Out(format_, style, quiet))
    if found.unmet:
        raise NotApplicable(f"{bound.name} is silent here: it needs {', '.join(found.unmet)}")
    check(fail_if, found.value, found.vacuous)


def show_answer(found: Any, out: Out) -> None:
    """An answer in every format."""
    out.show(
        quiet=lambda: found.value,
        data=found.to_dict,
        table=lambda: answer_table(found),
        text=lambda: found.text,
        markdown=lambda: found.markdown,
        latex=lambda: found.latex,
    )


def answer_table(found: Any) -> Table:
    """One row: the bound, its value and the inputs."""
    ends = found.value if isinstance(found.value, tuple) else (found.value,)
    sides = ("lower", "upper") if found.side == "both" else (found.side,)
    columns = ("bound", *sides, "vacuous", "status", *found.inputs)
    return Table(
        columns, [(found.bound.name, *ends, found.vacuous, found.status, *found.inputs.values())]
    )


@click.command("solve", epilog=_EPILOG)
@click.argument("name", shell_complete=complete_bound)
@click.argument("unknown", shell_complete=complete_variable)
@click.option("--target", type=Number(), help="A value of the bound to reach.")
@click.option("--two-sided", is_flag=True, help="The two-sided form, delta for both sides.")
@fail_option
@output_options
@facts_options
def solve_command(
    name: str, unknown: str, target: Any, two_sided: bool, fail_if: Any, format_: str, style: str | None,
    quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """Solve a bound for one unknown: n, epsilon, delta, vc-dim, errors ...

    \b
    genbounds solve vapnik_chervonenkis n --epsilon .05 --delta .05 --vc-dim 10
    genbounds solve clopper_pearson n --target .021 --delta .05 --empirical-risk 1/50
    genbounds solve hoeffding delta --two-sided --n 1000 --epsilon .01
    """
    from genbounds.answers import find
    from genbounds.solving import solve

    with explained():
        bound = find(name + (".two_sided" if two_sided else ""))
        facts = given(options)
        epsilon = facts.pop("epsilon", None)
        found = solve(bound, unknown.replace("-", "_"), target=target, epsilon=epsilon, **facts)
        record = solution_record(found)
        out = Out(format_, style, quiet)
        out.show(
            quiet=lambda: found,
            data=lambda: record,
            table=lambda: Table(list(record), [list(map(_flat, record.values()))]),
            text=lambda: solution_text(found, record),
        )
    vacuous = unknown == "delta" and float(found) >= 1
    check(fail_if, float(found), vacuous)


def solution_record(found: Any) -> dict[str, Any]:
    """The solution, its proof and what it rests on, as plain data."""
    from genbounds import __version__
    from genbounds.answers import pack

    problem = found.problem
    theorem = problem.side.theorem
    level = None if problem.goal.level is None else float(problem.goal.level)
    record = {
        "version": __version__,
        "bound": problem.bound.name,
        "unknown": problem.unknown,
        "solution": int(found) if isinstance(found, int) else float(found),
        "goal": problem.goal.words,
        "level": level,
        "value": found.value,
        "beyond": found.beyond,
        "side": problem.bound.claim.side,
        "status": theorem.status,
        "source": problem.bound.source,
        "claim": problem.bound.claim.sentence,
        "inputs": {k: pack(k, v) for k, v in problem.settled.facts.items()},
        "notes": list(problem.settled.notes),
    }
    return {k: _jsonable(v) for k, v in record.items()}


def _jsonable(value: Any) -> Any:
    return (
        repr(value)
        if isinstance(value, float) and value in (float("inf"), float("-inf"))
        else value
    )


def _flat(value: Any) -> Any:
    if isinstance(value, dict):
        return "; ".join(f"{k}={v}" for k, v in value.items())
    return "; ".join(value) if isinstance(value, list) else value


def solution_text(found: Any, record: dict[str, Any]) -> str:
    """For a terminal: the solution first, then its proof and theorem."""
    from genbounds.rendering import Report, as_text

    tail = "  (above 1: vacuous)" if record["unknown"] == "delta" and float(found) >= 1 else ""
    rows = [
        ("proof", found.proof),
        ("theorem", f"{record['bound']} ({record['source']})"),
        ("claim", record["claim"]),
        ("side", record["side"]),
        ("inputs", ", ".join(f"{k} = {v}" for k, v in record["inputs"].items())),
        ("status", record["status"]),
        ("notes", record["notes"]),
    ]
    return as_text(Report(f"{record['unknown']} = {found}{tail}", [(k, v) for k, v in rows if v]))
