"""`compute`: one bound and its arguments."""

from typing import Any

import click

from genbounds.cli.output import (
    Conditions,
    Out,
    certified_option,
    check,
    fail_option,
    output_options,
    show_answer,
)
from genbounds.cli.words import (
    FACTS,
    NotApplicable,
    complete_bound,
    explained,
    facts_options,
    given,
    refuse_functions,
)


@click.command("compute", epilog=FACTS)
@click.argument("name", shell_complete=complete_bound)
@click.option("--two-sided", is_flag=True, help="Both sides, delta for the whole interval.")
@certified_option
@fail_option
@output_options
@facts_options
def compute_command(
    name: str, two_sided: bool, certified: bool, fail_if: Conditions, format_: str,
    style: str | None, quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """Evaluate a bound.

    \b
    genbounds compute hoeffding --empirical-risk .1 --n 1000 --delta .05
    genbounds compute clopper_pearson --errors 192 --n 600 --delta .025 --quiet
    genbounds compute vapnik_chervonenkis --errors 9 --n 1e5 --vc-dim 10 --delta .05 -q
    genbounds compute sign_test --errors-first-only 300 --errors-second-only 220
    genbounds compute chernoff --errors 192 --n 600 --delta .025 --certified
    genbounds compute mcdiarmid --differences .1,.2,.1 --delta .05
    """
    from genbounds.answers import Answer
    from genbounds.registry import find

    with explained():
        bound = find(f"{name}.two_sided" if two_sided else name)
        refuse_functions(bound)
        found = Answer(bound, **given(options))
        if certified:
            found.certify()
        show_answer(found, Out(format_, style, quiet))
    if found.unmet:
        raise NotApplicable(f"{bound.name} is silent here: it needs {', '.join(found.unmet)}")
    check(fail_if, found.value, found.vacuous)
