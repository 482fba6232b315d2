"""`risk`: what is guaranteed for a model that was trained on the very sample."""

from typing import Any

import click

from genbounds.cli.output import Conditions, Out, check, fail_option, output_options
from genbounds.cli.words import explained, facts_options, given

_FACTS = "Every argument is an option: --errors, --n, --vc-dim, --n-hypotheses, --bits ..."


@click.command("risk", epilog=_FACTS, short_help="Bound the risk from the training sample.")
@fail_option
@output_options
@facts_options
def risk_command(
    fail_if: Conditions, format_: str, style: str | None, quiet: bool, **options: Any
) -> None:
    """What is guaranteed for a model trained on the very sample, best first.

    \b
    genbounds risk --errors 500 --n 1e5 --vc-dim 10 --delta .05
    genbounds risk --errors 0 --n 1000 --n-hypotheses 1e6 --delta .05
    genbounds risk --errors 20 --n 5000 --bits 64 --delta .01
    """
    from genbounds.questions import risk

    with explained():
        facts = given(options)
        missing = [name for name in ("n", "delta") if name not in facts]
        if missing:
            raise ValueError(f"missing argument {' and '.join(missing)}")
        found = risk(**facts)
        Out(format_, style, quiet).show(
            quiet=lambda: found.paid.value,
            data=found.to_dict,
            table=lambda: found.table,
            text=lambda: found.text,
        )
    check(fail_if, found.paid.value, found.paid.vacuous)
