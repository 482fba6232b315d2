"""`risk`: what is guaranteed for a model that was trained on the very sample."""

from pathlib import Path
from typing import Any

import click

from genbounds.cli.class_words import (
    FINITE,
    OPEN_ENDED,
    OnData,
    class_named,
    class_on_data,
    data_options,
    hypothesis_class,
    is_class,
    parameters_of,
    refuse_option,
    shared,
    split,
)
from genbounds.cli.output import Conditions, Out, check, fail_option, output_options
from genbounds.cli.words import explained, facts_options, given
from genbounds.variables import VARIABLES

_FACTS = "Every argument is an option: --errors, --n, --vc-dim, --n-hypotheses, --bits ..."
_OWN = ("features", "leave_out", "transpose", "seed", "errors", "empirical_risk", "margin_risk")


def trained_options(command: Any) -> Any:
    """What describes a trained model: DATA and its columns, a class, every fact, a seed."""
    for option in (
        facts_options,
        output_options,
        fail_option,
        click.option(
            "--seed", type=click.IntRange(min=0), default=0, show_default=True,
            help="Of random draws, where they are needed.",
        ),
        data_options,
        click.option(
            "--class", "name", help="The class that the model is from, with its parameters."
        ),
        click.argument(
            "words", nargs=-1, type=click.UNPROCESSED, metavar="[DATA] [--PARAMETER VALUE]..."
        ),
    ):  # fmt: skip
        command = option(command)
    return command


@click.command(
    "risk", epilog=_FACTS, context_settings=OPEN_ENDED,
    short_help="Bound the risk from the training sample.",
)  # fmt: skip
@trained_options
def risk_command(
    words: tuple[str, ...], name: str | None, features: str | None, leave_out: str | None,
    transpose: bool, seed: int, fail_if: Conditions, format_: str, style: str | None, quiet: bool,
    **options: Any,
) -> None:  # fmt: skip
    """What is guaranteed for a model trained on the very sample, best first.

    \b
    genbounds risk --errors 500 --n 1e5 --vc-dim 10 --delta .05
    genbounds risk --errors 0 --n 1000 --n-hypotheses 1e6 --delta .05
    genbounds risk --errors 20 --n 5000 --bits 64 --delta .01
    genbounds risk --class halfspaces --dim 20 --errors 40 --n 5000 --delta .05
    genbounds risk examples/breast_cancer.csv --class stumps --leave-out benign \\
        --errors 48 --delta .05
    genbounds risk examples/breast_cancer.csv --class linear-ball --radius .01 \\
        --leave-out benign --margin-risk .15 --margin 1 --delta .05
    genbounds risk examples/digits_predictions.csv --class finite --transpose \\
        --leave-out truth --values multiclass --errors 25 --delta .05

    DATA holds the points of the sample, as for `genbounds rademacher`: the class counts by its
    growth function and by its empirical Rademacher complexity on them. For scores, --margin-risk
    is the share of points with a margin below --margin, which was fixed before the sample unless
    --max-margin says how large it could have become.
    """
    from genbounds.questions import risk

    with explained():
        columns = {"features": features, "leave_out": leave_out, "transpose": transpose}
        known, options = class_and_points(words, name, columns, options)
        facts = given(options)
        with_points = known.X is not None or getattr(known.H, "name", "") == FINITE
        needed = ("delta",) if with_points else ("n", "delta")
        missing = [fact for fact in needed if fact not in facts]
        if missing:
            raise ValueError(f"missing argument {' and '.join(missing)}")
        found = risk(known.H, known.X, rng=seed, **facts)
        paid = found.paid
        if not quiet:
            known.remark()
        Out(format_, style, quiet).show(
            quiet=lambda: paid.value,
            data=found.to_dict,
            table=lambda: found.table,
            text=lambda: found.text,
            markdown=lambda: found.markdown,
        )
    check(fail_if, paid.value, paid.vacuous)


def class_and_points(
    words: tuple[str, ...], name: str | None, columns: dict[str, Any], options: dict[str, Any]
) -> tuple[OnData, dict[str, Any]]:
    """The class with the points of the sample, and the options that are facts."""
    files, parameters = split(words)
    if name is None:
        _refuse_without_class(files, parameters, columns)
        return OnData(None, None), options
    if len(files) > 1:
        raise click.UsageError(f"one file of points, got {', '.join(files)}")
    merged, facts = shared(name, parameters, options)
    if files:
        if not Path(files[0]).is_file():
            raise click.UsageError(f"there is no file {files[0]!r}")
        return class_on_data(files[0], name, merged, own_options=_OWN, **columns), facts
    return OnData(_class_alone(name, merged, columns), None), facts


def _class_alone(name: str, parameters: dict[str, Any], columns: dict[str, Any]) -> Any:
    """Without DATA --features is the number of features, where the class has that parameter."""
    own, kind = class_named(name)
    given = [option for option, value in columns.items() if value]
    if given and (given != ["features"] or "features" not in parameters_of(kind)):
        option = given[-1].replace("_", "-")
        raise click.UsageError(f"--{option} goes with DATA, a file of the points of the sample")
    return hypothesis_class(own, {**parameters, **{key: columns[key] for key in given}}, None, _OWN)


def _refuse_without_class(
    files: list[str], parameters: dict[str, str], columns: dict[str, Any]
) -> None:
    """What only goes with --class."""
    if files and is_class(files[0]):
        raise click.UsageError(f"the class of the model is named by --class {files[0]}")
    options = [*parameters, *(name for name, value in columns.items() if value)]
    if files:
        raise click.UsageError(f"{files[0]} goes with --class NAME, the class of the model")
    if options:
        known = [*VARIABLES, "class", "fail_if", "format", "json", "quiet", "growth", "width"]
        refuse_option(options[0], "parameters and columns go with --class NAME", known)
