"""`test-set`, `sample-size` and `risk`: a person's question."""

from typing import Any

import click

from genbounds.cli.numbers import show_answer
from genbounds.cli.output import Out, check, fail_option, output_options
from genbounds.cli.words import Number, Numbers, explained, facts_options, given
from genbounds.rendering import Table


@click.command("test-set")
@click.argument("data", required=False, type=click.Path(exists=True, dir_okay=False))
@click.option("--errors", type=Number(), help="Number of errors on the test set.")
@click.option("--n", type=Number(), help="Number of test points.")
@click.option("--empirical-risk", type=Number(), help="Mean loss, for losses in [0, 1].")
@click.option("--losses", type=Numbers(), help="The losses in order: x,y,... or @FILE.")
@click.option(
    "--delta", type=Number(), default="0.05", show_default=True, help="Failure probability."
)
@click.option(
    "--side", type=click.Choice(["upper", "lower", "both"]), default="upper", show_default=True
)
@click.option(
    "--selected-from", type=Number(), default="1", help="The model is the best of so many here."
)
@click.option("--population-size", type=Number(), help="Drawn without replacement from so many.")
@click.option("--truth", help="The column of DATA that holds the true labels.")
@click.option(
    "--prediction", multiple=True, help="A column of predictions; repeat for several models."
)
@fail_option
@output_options
def test_set_command(
    data: str | None, truth: str | None, prediction: tuple[str, ...], fail_if: Any, format_: str,
    style: str | None, quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """What a test set guarantees, from counts or from a file of predictions (CSV or JSONL).

    \b
    genbounds test-set --errors 192 --n 600 --delta .025
    genbounds test-set predictions.csv --truth label --prediction model_a --prediction model_b
    genbounds test-set --errors 3 --n 1000 --selected-from 20 --fail-if above=0.02
    """
    out = Out(format_, style, quiet)
    if data is None:
        if truth or prediction:
            raise click.UsageError("--truth and --prediction go with a file of predictions")
        _from_counts(out, fail_if, given(options))
    else:
        _from_file(data, truth, prediction, options, fail_if, out)


def _from_counts(out: Out, fail_if: Any, facts: dict[str, Any]) -> None:
    from genbounds.questions import test_set

    with explained():
        found = test_set(**facts)
        show_answer(found, out)
    check(fail_if, found.value, found.vacuous)


def _from_file(
    data: str,
    truth: str | None,
    prediction: tuple[str, ...],
    options: dict[str, Any],
    fail_if: Any,
    out: Out,
) -> None:
    from genbounds.cli.files import read_columns
    from genbounds.models import compare_models

    counted = [
        k
        for k in ("errors", "n", "empirical_risk", "losses", "population_size")
        if options[k] is not None
    ]
    if counted or options["side"] != "upper" or options["selected_from"] != 1:
        extra = counted or ["side or selected-from"]
        raise click.UsageError(
            f"--{extra[0].replace('_', '-')} does not go with a file of predictions"
        )
    if truth is None or not prediction:
        raise click.UsageError("a file needs --truth COLUMN and --prediction COLUMN")
    with explained():
        columns = read_columns(data, [truth, *prediction])
        found = compare_models(
            columns[truth], {name: columns[name] for name in prediction}, delta=options["delta"]
        )
        out.show(
            quiet=lambda: "\n".join(f"{m.name} {m.lower!r} {m.upper!r}" for m in found.models),
            data=found.to_dict,
            table=lambda: found.model_table,
            text=lambda: found.text,
            markdown=lambda: _joined(found, "markdown"),
            latex=lambda: _joined(found, "latex"),
        )
    check(
        fail_if,
        max(m.upper for m in found.models),
        any(m.upper >= 1 - 1e-6 and m.lower <= 1e-6 for m in found.models),
    )


def _joined(found: Any, style: str) -> str:
    tables = [found.model_table] + ([found.pair_table] if found.pairs else [])
    return "\n\n".join(table.render(style) for table in tables)


@click.command("sample-size")
@click.option("--epsilon", type=Number(), required=True, help="Accuracy.")
@click.option(
    "--delta", type=Number(), default="0.05", show_default=True, help="Failure probability."
)
@click.option("--vc-dim", type=Number(), help="VC dimension of the class.")
@click.option(
    "--n-hypotheses", type=Number(), help="Size of a finite class, or number of models to test."
)
@click.option("--log-cardinality", type=Number(), help="Log of the size of a finite class.")
@click.option("--bits", type=Number(), help="Description length of the hypothesis, in bits.")
@click.option("--errors", type=Number(), help="A test set on which so many errors are allowed.")
@click.option("--natarajan-dim", type=Number(), help="Natarajan dimension, with --n-classes.")
@click.option("--n-classes", type=Number(), help="Number of labels.")
@click.option("--massart-margin", type=Number(), help="Massart's margin, for --question excess.")
@click.option("--growth", help="How labelings are counted: sauer, sauer-exp, polynomial ...")
@click.option(
    "--question",
    type=click.Choice(["uniform", "excess", "realizable", "test_set", "interval", "description"]),
    help="What epsilon is about; the default follows from what is given.",
)
@output_options
def sample_size_command(
    epsilon: Any,
    delta: Any,
    question: str | None,
    format_: str,
    style: str | None,
    quiet: bool,
    **options: Any,
) -> None:
    """How many observations: sufficient by every theorem that applies, and necessary.

    \b
    genbounds sample-size --vc-dim 10 --epsilon .05 --delta .05
    genbounds sample-size --vc-dim 10 --epsilon .05 --question realizable
    genbounds sample-size --n-hypotheses 1000 --epsilon .05 --question excess
    genbounds sample-size --bits 64 --epsilon .05
    genbounds sample-size --errors 2 --epsilon .05          (a test set)
    genbounds sample-size --epsilon .05                     (a two-sided interval for one model)
    """
    from genbounds.sample_sizes import sample_size

    with explained():
        found = sample_size(epsilon=epsilon, delta=delta, question=question, **given(options))
        Out(format_, style, quiet).show(
            quiet=lambda: found.n,
            data=found.to_dict,
            table=lambda: found.table,
            text=lambda: repr(found),
            markdown=lambda: found.markdown,
        )


@click.command(
    "risk",
    epilog="Every argument is an option: --errors, --n, --vc-dim, --n-hypotheses, --bits ...",
)
@fail_option
@output_options
@facts_options
def risk_command(
    fail_if: Any, format_: str, style: str | None, quiet: bool, **options: Any
) -> None:
    """What is guaranteed for a model trained on the very sample, best first.

    \b
    genbounds risk --errors 500 --n 1e5 --vc-dim 10 --delta .05
    genbounds risk --errors 0 --n 1000 --n-hypotheses 1e6 --delta .05
    """
    from genbounds.questions import risk

    with explained():
        facts = given(options)
        missing = [name for name in ("n", "delta") if name not in facts]
        if missing:
            raise ValueError(f"missing argument {missing[0]}")
        found = risk(**facts)
        Out(format_, style, quiet).show(
            quiet=lambda: found.best.value,
            data=found.to_dict,
            table=lambda: Table(found.table.columns, found.table.rows),
            text=lambda: repr(found),
        )
    check(fail_if, found.best.value, found.best.vacuous)
