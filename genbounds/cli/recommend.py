"""`recommend`: what applies to what is known, best first, and what more would help."""

from typing import Any

import click

from genbounds.cli.class_words import OPEN_ENDED
from genbounds.cli.output import Conditions, Out, check
from genbounds.cli.risk import class_and_points, trained_options
from genbounds.cli.words import Number, explained, given

_FACTS = "Every argument is an option: --errors, --n, --vc-dim, --n-hypotheses, --kl, --margin ..."
_SIDES = click.Choice(["upper", "lower", "both"])


@click.command(
    "recommend", epilog=_FACTS, context_settings=OPEN_ENDED,
    short_help="Say which bounds apply, best first, and what would help.",
)  # fmt: skip
@click.option("--target", type=Number(), help="A value of the bound; asks for the sample size.")
@click.option("--side", type=_SIDES, default="upper", show_default=True, help="What to bound.")
@click.option("--selected-from", type=Number(), help="The best of so many on the test set.")
@click.option("--test-set", is_flag=True, help="--n and --errors are of a test set.")
@click.option("--n-test", type=Number(), help="Size of a test set beside the training sample.")
@click.option("--test-errors", type=Number(), help="Number of errors on it.")
@click.option("--test-empirical-risk", type=Number(), help="Or the mean loss on it.")
@trained_options
def recommend_command(
    words: tuple[str, ...], name: str | None, features: str | None, leave_out: str | None,
    transpose: bool, seed: int, fail_if: Conditions, format_: str, style: str | None, quiet: bool,
    test_set: bool, **options: Any,
) -> None:  # fmt: skip
    """What applies to what is known, best first, what does not and why, what more would help.

    \b
    genbounds recommend --n 10000 --errors 150
    genbounds recommend --n 60000 --empirical-risk .02 --kl 5000 --n-test 10000 --delta .05
    genbounds recommend --n 1000 --errors 30 --vc-dim 3 --n-test 200 --test-errors 9
    genbounds recommend --n 10000 --errors 150 --selected-from 1000
    genbounds recommend --class halfspaces --dim 20 --errors 40 --n 5000
    genbounds recommend --vc-dim 10 --epsilon .05        (the sample size)
    genbounds recommend --n 1000 --epsilon .01           (the failure probability)
    genbounds recommend --n 1000 --vc-dim 3              (the deviation that is guaranteed)

    With facts of a class or of a posterior the --n observations are those that the model was
    trained on; without any they are a test set, as --test-set says. What is open decides the
    question. --delta is 0.05 unless given.
    """
    from genbounds.recommendation import recommend

    with explained():
        columns = {"features": features, "leave_out": leave_out, "transpose": transpose}
        known, options = class_and_points(words, name, columns, options)
        found = recommend(known.H, known.X, rng=seed, test_set=test_set, **given(options))
    if not quiet:
        known.remark()
    Out(format_, style, quiet).show(
        quiet=lambda: found.number,
        data=found.to_dict,
        table=lambda: found.table,
        text=lambda: found.text,
        markdown=lambda: found.markdown,
    )
    check(fail_if, found.number, found.vacuous)
