"""The known mistakes: a table of all, or some with their proofs."""

from fractions import Fraction
from typing import Any

import click

from genbounds.cli.output import Out
from genbounds.rendering import Table, wrapped


def show_mistakes(names: list[str], out: Out) -> None:
    """All mistakes as a table, or those that are named, each with its counterexample."""
    found = [(mistake, _case(mistake)) for mistake in _chosen(names)]
    table = _table(found)
    out.show(
        quiet=lambda: sum(case is not None for _, case in found),
        data=lambda: [_record(mistake, case) for mistake, case in found],
        table=lambda: table,
        text=lambda: (
            "\n\n".join(_told(mistake, case) for mistake, case in found)
            if names
            else f"{table.render('table')}\n\n{_counted(found)}"
        ),
    )


def _chosen(names: list[str]) -> list[Any]:
    from genbounds.referee.mistakes import MISTAKES

    known = {mistake.name: mistake for mistake in MISTAKES}
    unknown = [name for name in names if name not in known]
    if unknown:
        from difflib import get_close_matches

        near = get_close_matches(unknown[0], known, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "without a name all are listed"
        raise click.UsageError(f"no mistake is called {unknown[0]!r}: {hint}")
    return [known[name] for name in names] or list(known.values())


def _case(mistake: Any) -> Any:
    return None if mistake.world is None else mistake.counterexample


def _table(found: list[Any]) -> Table:
    """Exact probabilities where there is a counterexample, the slack where there is none."""
    columns = ("mistake", "n", "delta", "fails with probability", "times delta", "slack")
    return Table(columns, [_row(mistake, case) for mistake, case in found])


def _row(mistake: Any, case: Any) -> tuple[Any, ...]:
    from genbounds.referee.counterexamples import shown

    allowed = float(Fraction(mistake.delta))
    if case is None:
        return mistake.name, None, allowed, None, None, mistake.slack or None
    ratio = case.ratio if case.delta else None
    return mistake.name, case.n, float(case.delta), shown(case.probability), ratio, None


def _record(mistake: Any, case: Any) -> dict[str, Any]:
    return {
        "mistake": mistake.name,
        "says": mistake.says,
        "why": mistake.why or mistake.bound.why,
        "delta": mistake.delta,
        "slack": mistake.slack or None,
        "counterexample": case and case.to_dict(),
    }


def _told(mistake: Any, case: Any) -> str:
    lines = [*wrapped(f"{mistake.name}: {mistake.says}")]
    why = mistake.why or mistake.bound.why
    lines += wrapped(why) if why else []
    if case is not None:
        return "\n".join([*lines, "", str(case)])
    known = f"a factor of {mistake.slack} on its radius is refuted" if mistake.slack else (
        "no factor on its radius was refuted"
    )  # fmt: skip
    return "\n".join([*lines, f"Too loose to tell at delta = {mistake.delta}: {known}."])


def _counted(found: list[Any]) -> str:
    false = sum(case is not None for _, case in found)
    return f"{false} counterexamples, {len(found) - false} slips that are too loose to tell"
