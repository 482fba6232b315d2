"""`certify`: what data guarantee about a trained model, written down so that it can be checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from os.path import lexists
from pathlib import Path
from typing import Any

import click

from genbounds.cli.certify_files import data_options, read_files
from genbounds.cli.output import Conditions, Out, check, fail_option, output_options
from genbounds.cli.words import Number, explained, given

_FILE = click.Path(exists=True, dir_okay=False)
_NEW = click.Path(dir_okay=False)
_REPORTS = (".md", ".tex", ".html")


@click.command("certify", short_help="Certify a trained model from data.")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="[MODEL] DATA")
@data_options
@click.option(
    "--on",
    type=click.Choice(["test", "training"]),
    default="test",
    show_default=True,
    help="Whether the model was trained on these rows.",
)
@click.option(
    "--delta",
    type=Number(),
    default="0.05",
    show_default=True,
    help="Failure probability of all statements together.",
)
@click.option(
    "--side",
    type=click.Choice(["upper", "lower", "both"]),
    default="upper",
    show_default=True,
    help="What to bound.",
)
@click.option(
    "--loss",
    type=click.Choice(["zero-one", "absolute", "squared"]),
    help="The loss; zero-one unless given.",
)
@click.option("--width", type=Number(), help="The loss lies in [0, width].")
@click.option("--clip", is_flag=True, help="Certify min(loss, width).")
@click.option(
    "--method",
    type=click.Choice(["betting", "empirical-bernstein"]),
    help="For a loss with a width; betting unless given.",
)
@click.option("--selected-from", type=Number(), help="The model is the best of so many here.")
@click.option("--population-size", type=Number(), help="Drawn without replacement from so many.")
@click.option("--margin", type=Number(), help="On training rows: a margin fixed before them.")
@click.option("--max-margin", type=Number(), help="On training rows: the largest margin to try.")
@click.option("--name", help="What to call the model.")
@click.option("--seed", type=Number(), help="The seed of the training, to be written down.")
@click.option("--output", "-o", type=_NEW, help="Where the certificate goes: a file .json.")
@click.option("--report", type=_NEW, multiple=True, help="A page too: .md, .tex or .html.")
@click.option("--save", type=_NEW, help="A figure too: .svg, .png or .pdf.")
@click.option("--force", is_flag=True, help="Replace files that exist.")
@fail_option
@output_options
def certify_command(
    files: tuple[str, ...], fail_if: Conditions, format_: str, style: str | None, quiet: bool,
    output: str | None, report: tuple[str, ...], save: str | None, force: bool, **options: Any,
) -> None:  # fmt: skip
    """What data guarantee about a trained model, as a certificate that can be checked.

    \b
    genbounds certify examples/digits_predictions.csv --target truth \\
        --prediction nearest_neighbours
    genbounds certify examples/digits_predictions.csv --target truth \\
        --prediction nearest_neighbours --prediction logistic_regression --side both

    With a MODEL, as in `certify model.skops test.csv --target y --output certificate.json`, its
    predictions are made here. It is a file .skops, or with --trust-pickle .joblib or .pkl. The
    certificate is checked with `genbounds verify`.
    """
    out = Out(format_, style, quiet)
    _check_files(output, report, save, force)
    with explained():
        found = _certified(files, options)
        _write(found, output, report, save, force)
        _show(found, out)
    worst = max((s.upper for s in found.statements if s.upper is not None), default=0.0)
    check(fail_if, worst, found.vacuous)


def _certified(files: tuple[str, ...], options: dict[str, Any]) -> Any:
    from genbounds.certificates import certify

    model, rows, options = read_files(files, options)
    facts = given(options)
    facts |= {key: facts[key].replace("-", "_") for key in ("loss", "method") if key in facts}
    subject = rows.predictions if model is None else model
    if rows.predictions and len(rows.predictions) == 1 and "name" in facts:
        subject = next(iter(rows.predictions.values()))
    return certify(subject, rows.features, rows.y, groups=rows.groups, **facts)


def _check_files(
    output: str | None, report: tuple[str, ...], save: str | None, force: bool
) -> None:
    """Endings and existing files are refused before anything is computed."""
    endings = [(output, (".json",)), *((page, _REPORTS) for page in report)]
    endings.append((save, (".svg", ".png", ".pdf")))
    for path, allowed in endings:
        if path is None:
            continue
        if Path(path).suffix.lower() not in allowed:
            raise click.UsageError(f"{path}: the file should end in {' or '.join(allowed)}")
        if lexists(path) and not force:  # a link to nowhere too
            raise click.UsageError(f"{path} exists: --force replaces it")


def _write(
    found: Any, output: str | None, report: tuple[str, ...], save: str | None, force: bool
) -> None:
    for path in (output, *report):
        if path is not None:
            with _writing(path):
                found.save(path, overwrite=force)
    if save is not None:
        try:
            with _writing(save):
                found.plot(save, overwrite=force)
        except ImportError as fault:
            raise click.UsageError(f"--save needs matplotlib: {fault}") from None


@contextmanager
def _writing(path: str) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise click.UsageError(f"{path} cannot be written: {fault.strerror}") from None


def _show(found: Any, out: Out) -> None:
    out.show(
        quiet=lambda: "\n".join(_bare(s) for s in found.statements),
        data=found.to_dict,
        table=lambda: found.table,
        text=lambda: found.text,
        markdown=lambda: found.markdown.rstrip("\n"),
        latex=lambda: found.latex.rstrip("\n"),
    )


def _bare(statement: Any) -> str:
    ends = [x for x in (statement.lower, statement.upper) if x is not None]
    return " ".join(map(repr, ends))
