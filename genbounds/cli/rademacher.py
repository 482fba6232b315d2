"""`rademacher`: the empirical complexity of a class on data."""

from typing import Any

import click

from genbounds.cli.class_words import OPEN_ENDED, class_on_data, data_options, split
from genbounds.cli.output import Out, output_options
from genbounds.cli.pictures import PICTURE_OPTIONS, Picture, picture_options
from genbounds.cli.words import NotApplicable, Number, explained, given, real, workers
from genbounds.rendering import Table

_OWN = ("features", "leave_out", "method", "error", "draws", "delta", "seed", "jobs", "transpose",
        *PICTURE_OPTIONS)  # fmt: skip


@click.command("rademacher", context_settings=OPEN_ENDED, short_help="The complexity on data.")
@click.argument("data", type=click.Path(exists=True, dir_okay=False))
@click.argument("parameters", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]...")
@click.option("--class", "name", required=True, help="The class; `genbounds classes` lists them.")
@data_options
@click.option(
    "--method",
    type=click.Choice(["auto", "exact", "enumerate", "monte_carlo", "search"]),
    default="auto",
    show_default=True,
    help="How to find it; `search` finds a lower bound where nothing else is known.",
)
@click.option("--error", type=Number(), help="The certified error wanted of random draws.")
@click.option("--draws", type=Number(), help="The number of random draws.")
@click.option(
    "--delta",
    type=Number(),
    default="0.05",
    show_default=True,
    help="Probability that the certified interval fails.",
)
@click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of the random draws."
)
@click.option("--jobs", type=int, default=1, show_default=True, help="Workers; -1 for all cores.")
@picture_options
@output_options
def rademacher_command(
    data: str, parameters: tuple[str, ...], name: str, method: str, error: Any, draws: Any,
    delta: Any, seed: int, jobs: int, picture: Picture, format_: str, style: str | None,
    quiet: bool, **columns: Any,
) -> None:  # fmt: skip
    """The empirical Rademacher complexity of a class on the points of a file.

    \b
    genbounds rademacher examples/breast_cancer.csv --class stumps --leave-out benign
    genbounds rademacher examples/breast_cancer.csv --class stumps --features radius,area \\
        --error .002
    genbounds rademacher examples/breast_cancer.csv --class linear-ball --p 1 --radius 10 \\
        --leave-out benign
    genbounds rademacher examples/breast_cancer.csv --class thresholds --features texture \\
        --method exact
    genbounds rademacher examples/digits_predictions.csv --class finite --transpose \\
        --leave-out truth --positive 3

    Files: CSV and TSV with a header, JSONL, Parquet (with pyarrow), .npy and .npz, where columns
    are numbered from 0. With --class finite the file is a matrix of predictions without a header,
    one row a hypothesis and one column a point (--values labels, scores or losses). Further
    options are the parameters of the class. `--save picture.svg` draws the complexity beside its
    upper bounds.
    """
    from genbounds.classes.base import NoOracleError
    from genbounds.complexity import rademacher

    out = Out(format_, style, quiet)
    with explained():
        picture.check()
        words, options = split(parameters)
        if words:
            raise click.UsageError(f"unexpected {' '.join(words)}")
        known = class_on_data(data, name, options, own_options=_OWN, **columns)
        if known.H.values == "multiclass":
            raise NotApplicable(f"{known.H!r}: labels of several classes are no numbers to add up")
        facts = {"error": real(error), "draws": draws, **given({"delta": real(delta)})}
        try:
            found = rademacher(
                known.H, known.X, method=method, rng=seed, n_jobs=workers(jobs), **facts
            )
        except NoOracleError as fault:
            raise NotApplicable(str(fault)) from None
        except ValueError as fault:
            raise ValueError(str(fault).replace("n_jobs", "--jobs")) from None
    if not quiet:
        known.remark()
    out.show(
        quiet=lambda: found.value if found.certificate else found.lower,
        data=found.to_dict,
        table=lambda: Table(("value", "lower", "upper", "delta", "kind", "draws", "class"), [(
            found.value, found.lower, found.upper, found.delta, found.kind,
            found.draws or 0, found.of,
        )]),
        text=lambda: found.text,
        markdown=lambda: found.markdown,
    )  # fmt: skip
    with explained():
        picture.show(lambda: _picture(found, known), out)


def _picture(found: Any, known: Any) -> Any:
    """The complexity beside its upper bounds, or alone where the catalogue has none."""
    from genbounds.complexity import complexity_bounds
    from genbounds.plot import RademacherDisplay

    try:
        above = complexity_bounds(known.H, known.X)
    except ValueError:
        above = None
    return RademacherDisplay.from_estimate(found, above)
