"""`explain`: a bound on the user's numbers, step by step."""

from typing import TYPE_CHECKING, Any

import click

from genbounds.cli.output import Out, output_options
from genbounds.cli.words import FACTS, complete_bound, explained, facts_options, given

if TYPE_CHECKING:
    from genbounds.rendering import Table


@click.command("explain", epilog=FACTS)
@click.argument("name", shell_complete=complete_bound)
@click.option("--two-sided", is_flag=True, help="Both sides, delta for the whole interval.")
@output_options
@facts_options
def explain_command(
    name: str, two_sided: bool, format_: str, style: str | None, quiet: bool, **options: Any
) -> None:
    """Explain a bound: the verdict, the numbers step by step, what it asks and what it leaves open.

    Without arguments, or with some missing, the theorem is explained without numbers; --quiet
    prints the verdict alone.

    \b
    genbounds explain hoeffding --empirical-risk .1 --n 1000 --delta .05
    genbounds explain vapnik_chervonenkis --errors 9 --n 1e5 --vc-dim 10 --delta .05
    genbounds explain clopper_pearson --errors 192 --n 600 --delta .025 --format markdown
    genbounds explain mcallester
    """
    from genbounds.explanation import explain

    with explained():
        found = explain(f"{name}.two_sided" if two_sided else name, **given(options))
        Out(format_, style, quiet).show(
            quiet=lambda: found.verdict,
            data=found.to_dict,
            table=lambda: steps_table(found),
            text=lambda: f"{found.text}\n\n{found.bibtex}",
            markdown=lambda: found.markdown,
            latex=lambda: found.latex,
        )


def steps_table(found: Any) -> "Table":
    """One row a step: its name in the formula, the expression and the value."""
    from genbounds.rendering import Table

    rows = [(step.label, step.plain, step.value, step.note) for step in found.steps]
    return Table(("name", "expression", "value", "note"), rows)
