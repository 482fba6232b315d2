"""`solve`: one unknown of a bound from the others."""

from typing import Any

import click

from genbounds.cli.output import (
    Conditions,
    Out,
    certified_option,
    check,
    fail_option,
    output_options,
)
from genbounds.cli.words import (
    FACTS,
    NotApplicable,
    Number,
    complete_bound,
    complete_variable,
    explained,
    facts_options,
    given,
    refuse_functions,
)


@click.command("solve", epilog=FACTS, short_help="Solve a bound for one unknown, such as n.")
@click.argument("name", shell_complete=complete_bound)
@click.argument("unknown", shell_complete=complete_variable)
@click.option("--target", type=Number(), help="A value of the bound to reach.")
@click.option("--two-sided", is_flag=True, help="The two-sided form, delta for both sides.")
@click.option(
    "--scan", type=(int, int), metavar="LOW HIGH", help="Try every integer of a range instead."
)
@click.option("--closed-form", is_flag=True, help="Show the inverse as a formula, if there is one.")
@certified_option
@fail_option
@output_options
@facts_options
def solve_command(
    name: str, unknown: str, target: Any, two_sided: bool, scan: tuple[int, int] | None,
    closed_form: bool, certified: bool, fail_if: Conditions, format_: str, style: str | None,
    quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """Solve a bound for one unknown: n, epsilon, delta, vc-dim, errors ...

    `--epsilon` is the deviation from the empirical quantity, `--target` the value of the bound.

    \b
    genbounds solve vapnik_chervonenkis n --epsilon .05 --delta .05 --vc-dim 10
    genbounds solve vapnik_chervonenkis n --epsilon .05 --delta .05 --vc-dim 10 --certified
    genbounds solve clopper_pearson n --target .021 --delta .05 --empirical-risk 1/50
    genbounds solve clopper_pearson errors --target .05 --n 1000 --delta .05
    genbounds solve hoeffding delta --two-sided --n 1000 --epsilon .01
    genbounds solve devroye n --epsilon .1 --delta .05 --vc-dim 3 --scan 5000 9000
    """
    from genbounds.registry import find

    out, unknown = Out(format_, style, quiet), unknown.replace("-", "_")
    with explained():
        bound = find(f"{name}.two_sided" if two_sided else name)
        refuse_functions(bound)
        facts = {"target": target, "epsilon": None, **given(options)}
        if scan is not None:
            if certified:
                raise click.UsageError("--certified proves one solution, not a --scan")
            _scanned(bound, unknown, scan, facts, out)
            return
        facts["certified"] = certified
        value, vacuous = _solved(bound, unknown, facts, closed_form, out)
    check(fail_if, value, vacuous)


def _solved(
    bound: Any, unknown: str, facts: dict[str, Any], closed_form: bool, out: Out
) -> tuple[float, bool]:
    from genbounds.cli.solutions import solution_record, solution_text
    from genbounds.rendering import Table
    from genbounds.solving import solve

    found = solve(bound, unknown, **facts)
    del facts["certified"]
    record = solution_record(found, facts, closed_form)
    out.show(
        quiet=lambda: found,
        data=lambda: record,
        table=lambda: Table(list(record), [list(map(_flat, record.values()))]),
        text=lambda: solution_text(found, record),
    )
    return float(found), unknown == "delta" and float(found) >= 1


def _scanned(
    bound: Any, unknown: str, ends: tuple[int, int], facts: dict[str, Any], out: Out
) -> None:
    from genbounds.rendering import Table
    from genbounds.solving import scan

    if not 0 <= ends[0] <= ends[1]:
        raise ValueError(f"--scan takes LOW <= HIGH, both at least 0, got {ends[0]} {ends[1]}")
    found = scan(bound, unknown, *ends, **facts)
    if not found:
        raise NotApplicable(f"no {unknown} from {ends[0]} to {ends[1]} reaches the goal")
    table = Table((f"first {unknown}", f"last {unknown}"), found)
    out.show(
        quiet=lambda: "\n".join(f"{first} {last}" for first, last in found),
        data=lambda: [{"first": first, "last": last} for first, last in found],
        table=lambda: table,
        text=lambda: table.render("table"),
    )


def _flat(value: Any) -> Any:
    if isinstance(value, float):
        return repr(value)  # every digit: the proof lies in the last ones
    if isinstance(value, dict):
        return value.get("digits") or "; ".join(f"{k}={v}" for k, v in value.items())
    return "; ".join(map(_flat, value)) if isinstance(value, list) else value
