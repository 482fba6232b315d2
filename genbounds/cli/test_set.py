"""`test-set`: what a held-out sample guarantees, from counts or from a file of predictions."""

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
from genbounds.cli.words import Number, Numbers, explained, given

_SIDES = click.Choice(["upper", "lower", "both"])
_OF_COUNTS = (
    "errors", "n", "empirical_risk", "losses", "population_size", "betting_cap", "side",
    "selected_from",
)  # fmt: skip


@click.command("test-set", short_help="Bound the risk of a model from a test set.")
@click.argument("data", required=False, type=click.Path(exists=True, dir_okay=False))
@click.option("--errors", type=Number(), help="Number of errors on the test set.")
@click.option("--n", type=Number(), help="Number of test points.")
@click.option("--empirical-risk", type=Number(), help="Mean loss, for losses in [0, 1].")
@click.option("--losses", type=Numbers(), help="The losses in order: x,y,... or @FILE.")
@click.option(
    "--delta", type=Number(), default="0.05", show_default=True, help="Failure probability."
)
@click.option("--side", type=_SIDES, help="What to bound; the default is upper.")
@click.option("--selected-from", type=Number(), help="The model is the best of so many here.")
@click.option("--population-size", type=Number(), help="Drawn without replacement from so many.")
@click.option("--betting-cap", type=Number(), help="Largest bet on --losses; 1/2 unless given.")
@click.option("--truth", help="The column of DATA that holds the true labels.")
@click.option("--prediction", multiple=True, help="A column of predictions; may be repeated.")
@click.option("--pairs", is_flag=True, help="Of several models, show the table of pairs.")
@certified_option
@fail_option
@output_options
def test_set_command(
    data: str | None, truth: str | None, prediction: tuple[str, ...], pairs: bool, certified: bool,
    fail_if: Conditions, format_: str, style: str | None, quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """What a test set guarantees, from counts or from a file of predictions (CSV or JSONL).

    \b
    genbounds test-set --errors 192 --n 600 --delta .025
    genbounds test-set --errors 150 --n 10000 --side both
    genbounds test-set --errors 3 --n 1000 --selected-from 20 --fail-if above=0.02
    genbounds test-set examples/digits_predictions.csv --truth truth \\
        --prediction logistic_regression --prediction nearest_neighbours
    """
    out, facts = Out(format_, style, quiet), given(options)
    if data is None:
        if truth or prediction or pairs:
            raise click.UsageError(
                "--truth, --prediction and --pairs go with a file of predictions"
            )
        _from_counts(out, fail_if, facts, certified)
        return
    if certified:
        raise click.UsageError("--certified goes with counts, not with a file of predictions")
    counted = [name for name in _OF_COUNTS if name in facts]
    if counted:
        word = counted[0].replace("_", "-")
        raise click.UsageError(f"--{word} does not go with a file of predictions")
    if not truth or not prediction:
        raise click.UsageError("a file needs --truth COLUMN and --prediction COLUMN")
    _from_file(data, truth, prediction, facts["delta"], pairs, fail_if, out)


def _from_counts(out: Out, fail_if: Conditions, facts: dict[str, Any], certified: bool) -> None:
    from genbounds.questions import test_set

    with explained():
        found = test_set(**facts)
        if certified:
            found.certify()
        show_answer(found, out)
    check(fail_if, found.value, found.vacuous)


def _from_file(
    data: str, truth: str, prediction: tuple[str, ...], delta: Any, pairs: bool,
    fail_if: Conditions, out: Out,
) -> None:  # fmt: skip
    from genbounds.cli.files import read_columns
    from genbounds.models import compare_models

    with explained():
        columns = read_columns(data, [truth, *prediction])
        models = {name: columns[name] for name in prediction}
        found = compare_models(columns[truth], models, delta=delta)
        _remark(columns[truth], models)
        tables = found.tables(pairs)
        out.show(
            quiet=lambda: found.bare(pairs),
            data=found.to_dict,
            table=lambda: tables[0],
            text=lambda: found.text,
            markdown=lambda: "\n\n".join(table.render("markdown") for table in tables),
            latex=lambda: "\n\n".join(table.render("latex") for table in tables),
        )
    vacuous = any(m.upper >= 1 - 1e-6 and m.lower <= 1e-6 for m in found.models)
    check(fail_if, max(m.upper for m in found.models), vacuous)


def _remark(truth: list[Any], models: dict[str, list[Any]]) -> None:
    """Labels written in two ways make every prediction an error."""
    for name, predicted in models.items():
        if not set(truth) & set(predicted):
            click.echo(
                f"note: no label of {name} ever occurs as a true label: are they written alike "
                f"({predicted[0]!r}, {truth[0]!r})?",
                err=True,
            )
