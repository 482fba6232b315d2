"""`compare`: bounds that answer one question, beside each other."""

from functools import partial
from typing import Any

import click

from genbounds.cli.output import Out, output_options
from genbounds.cli.pictures import Picture, picture_options
from genbounds.cli.words import FACTS, Grid, complete_bound, explained, facts_options, given


@click.command("compare", epilog=FACTS, short_help="Bounds beside each other, the tightest first.")
@click.argument("names", nargs=-1, shell_complete=complete_bound, metavar="[NAME]...")
@click.option(
    "--question", help="What is asked, such as every_hypothesis; without names, of all bounds."
)
@click.option("--split", is_flag=True, help="Share delta, so that the smallest may be claimed.")
@picture_options
@output_options
@partial(facts_options, number=Grid())
def compare_command(
    names: tuple[str, ...], question: str | None, split: bool, picture: Picture, format_: str,
    style: str | None, quiet: bool, **options: Any,
) -> None:  # fmt: skip
    """Rank bounds that make the same kind of claim; bounds that do not are refused.

    \b
    genbounds compare devroye parrondo_van_den_broeck --n 1:100 --vc-dim 50 --delta .05
    genbounds compare hoeffding chernoff clopper_pearson --errors 3 --n 200 --delta .05
    genbounds compare --question every_hypothesis --n 1e4 --vc-dim 10 --delta .05
    genbounds compare mohri devroye --epsilon .05,.1 --vc-dim 10 --delta .05
    genbounds compare hoeffding mohri --question fixed_hypothesis --n 1e3 --vc-dim 3 \\
        --delta .05

    One or two facts may be several numbers, 1,2,5, or ranges, LOW:HIGH or LOW:HIGH:COUNT. Without
    an empirical risk the deviations are compared, without n the sample sizes for --epsilon.
    """
    from genbounds.comparison import compare
    from genbounds.plot import display_of

    out = Out(format_, style, quiet)
    with explained():
        picture.check()
        asked: Any = list(names) or question
        if asked is None:
            raise click.UsageError("name bounds, or ask a --question of the whole catalogue")
        found = compare(asked, question=question if names else None, split=split, **given(options))
        out.show(
            quiet=lambda: _quiet(found),
            data=found.to_dict,
            table=lambda: found.table,
            text=lambda: found.text,
            markdown=lambda: found.markdown,
            latex=found.to_latex,
        )
        picture.show(lambda: display_of(found), out)


def _quiet(found: Any) -> Any:
    """The tightest, or where it changes."""
    if not found.axes:
        return found.best
    return "\n".join([str(found.best.flat[0]), *(f"{c.at} {c.after}" for c in found.crossings)])
