"""`validate`, `refute` and `slack`: a bound in worlds with a known truth."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from genbounds.cli.class_words import OPEN_ENDED, split
from genbounds.cli.output import Out, output_options
from genbounds.cli.pictures import PICTURE_OPTIONS, Picture, picture_options
from genbounds.cli.words import (
    Command,
    Condition,
    NotApplicable,
    Number,
    complete_bound,
    explained,
    given,
    real,
    to_number,
    workers,
)
from genbounds.cli.worlds import facts_in, world_and_facts
from genbounds.rendering import Table

_OWN = ("world", "n", "delta", "seed", "fail_if", "format", "json", "quiet")
_VALIDATE = (*_OWN, *PICTURE_OPTIONS, "trials", "level", "jobs", "hypothesis")
_SEARCH = (*_OWN, "seconds", "mistakes")

_DELTA = click.option(
    "--delta", type=Number(), default="0.05", show_default=True,
    help="The probability of failure that the bound is asked to keep.",
)  # fmt: skip
_SEED = click.option(
    "--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Of what is random."
)


class Sizes(click.ParamType[Any]):
    """Sample sizes separated by commas."""

    name = "sizes"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        try:
            return tuple(map(to_number, value.split(",")))
        except (ValueError, ArithmeticError):
            self.fail(f"{value!r} is not a size, or several such as 1,2,5", param, ctx)


_SIZES = click.option("--n", type=Sizes(), help="Sample sizes to search, such as 1,2,5.")
_SECONDS = click.option(
    "--seconds", type=click.FloatRange(min=0, min_open=True), default=20, show_default=True,
    help="About how long the search for a bound takes at most.",
)  # fmt: skip


def _bounds(metavar: str) -> Callable[[Command], Command]:
    """Names of bounds, among them parameters as options."""
    return click.argument(
        "words", nargs=-1, type=click.UNPROCESSED, shell_complete=complete_bound,
        metavar=f"{metavar} [--PARAMETER VALUE]...",
    )  # fmt: skip


def _fail_if(*verdicts: str) -> Callable[[Command], Command]:
    return click.option(
        "--fail-if", "fail_if", multiple=True, type=click.Choice(verdicts),
        help="Exit with status 4 if this is the verdict.",
    )  # fmt: skip


@contextmanager
def _answered() -> Iterator[None]:
    """Faults in the input become status 2; what a world does not know becomes 3."""
    from genbounds.referee.draws import NotKnownError

    with explained():
        try:
            yield
        except NotKnownError as fault:
            raise NotApplicable(str(fault)) from None
        except ValueError as fault:
            raise ValueError(str(fault).replace("n_jobs", "--jobs")) from None


def _one(names: list[str]) -> Any:
    """The one bound that is named."""
    if len(names) != 1:
        named = f"got {' '.join(names)}" if names else "`genbounds list` has them"
        raise click.UsageError(f"name one bound; {named}")
    return _bound(names[0])


def _bound(name: str) -> Any:
    """A bound of the catalogue, or one derived from it, as the referee tests it."""
    from genbounds.referee.forms import as_value
    from genbounds.registry import find

    return as_value(find(name))


def _fixed(bound: Any) -> list[str]:
    """The arguments of a bound that options can fix."""
    return [name for name in bound.arguments if name not in ("n", "delta")]


def _judged(verdict: str, fail_if: tuple[str, ...]) -> None:
    """Exit status 4 where the verdict was named."""
    if verdict in fail_if:
        raise Condition(f"the verdict is {verdict}")


@click.command("validate", context_settings=OPEN_ENDED, short_help="How often a bound fails.")
@_bounds("NAME")
@click.option("--world", required=True, help="The world, or @FILE; `genbounds worlds` lists them.")
@click.option("--n", type=Number(), required=True, help="The size of each sample.")
@click.option("--trials", type=Number(), default="10000", show_default=True, help="Samples.")
@_DELTA
@click.option(
    "--level", type=Number(), default="1e-6", show_default=True,
    help="The probability with which the verdict may be wrong.",
)  # fmt: skip
@click.option(
    "--hypothesis", type=click.IntRange(min=0), default=0, show_default=True,
    help="Which hypothesis a bound for one of them is about.",
)  # fmt: skip
@_SEED
@click.option("--jobs", type=int, default=1, show_default=True, help="Workers; -1 for all cores.")
@picture_options
@_fail_if("refuted", "misused", "undecided")
@output_options
def validate_command(
    words: tuple[str, ...], world: str, n: Any, trials: Any, delta: Any, level: Any,
    hypothesis: int, seed: int, jobs: int, picture: Picture, fail_if: tuple[str, ...],
    format_: str, style: str | None, quiet: bool,
) -> None:  # fmt: skip
    """Draw samples in a world with a known truth, and count those on which a bound fails.

    \b
    genbounds validate vapnik_confidence --world thresholds --noise .1 --n 200
    genbounds validate clopper_pearson --world best-of --risk .1 --n-hypotheses 20 --n 50
    genbounds validate wald --world finite --law .1,.9 --losses 1,0 --n 50 --trials 1e5

    Further options are the parameters of the world, and those of the bound that are fixed before
    the sample. `--world @world.json` is a world in a file, as its `to_dict` gives it, and
    `--save wald.svg` a picture of the counts.
    """
    from genbounds.referee import validate

    out = Out(format_, style, quiet)
    with _answered():
        picture.check()
        names, options = split(words)
        bound = _one(names)
        there, fixed = world_and_facts(world, options, _fixed(bound), _VALIDATE)
        found = validate(
            bound, there, n=n, trials=trials, delta=given({"delta": real(delta)})["delta"],
            level=real(level), rng=seed, n_jobs=workers(jobs), hypothesis=hypothesis, **fixed,
        )  # fmt: skip
    columns = ("bound", "world", "n", "delta", "trials", "violations", "rate", "lower", "upper",
               "verdict")  # fmt: skip
    out.show(
        quiet=lambda: found.rate,
        data=found.to_dict,
        table=lambda: Table(columns, [(
            found.bound.name, repr(there), found.n, found.delta, found.trials, found.violations,
            found.rate, *found.interval, found.verdict,
        )]),
        text=lambda: found.text,
        markdown=lambda: found.markdown,
    )  # fmt: skip
    with _answered():
        picture.show(lambda: _picture("CoverageDisplay").from_coverages(found), out)
    _judged(found.verdict, fail_if)


def _picture(name: str) -> Any:
    """A display, loaded when it is asked for."""
    from genbounds import plot

    return getattr(plot, name)


@click.command("refute", context_settings=OPEN_ENDED, short_help="A world in which a bound fails.")
@_bounds("[NAME]")
@click.option("--world", help="Look only here: a world, or @FILE.")
@_DELTA
@_SIZES
@_SECONDS
@_SEED
@click.option(
    "--mistakes", is_flag=True, help="Known mistakes, or the one named, with their proofs."
)
@_fail_if("refuted")
@output_options
def refute_command(
    words: tuple[str, ...], world: str | None, delta: Any, n: Any, seconds: float, seed: int,
    mistakes: bool, fail_if: tuple[str, ...], format_: str, style: str | None, quiet: bool,
) -> None:  # fmt: skip
    """Search for a world in which a bound fails too often, and prove it exactly.

    \b
    genbounds refute wald
    genbounds refute catoni --delta .1 --n 1,2,3 --catoni-c 1
    genbounds refute --mistakes
    genbounds refute --mistakes kl_swapped

    Further options are parameters of the bound that are fixed before the sample, and with --world
    those of the world.
    """
    from genbounds.referee import refute

    out = Out(format_, style, quiet)
    names, options = split(words)
    if mistakes:
        from genbounds.cli.mistakes import show_mistakes

        with _answered():
            facts_in(options, (), _SEARCH)
            show_mistakes(names, out)
        return
    with _answered():
        bound = _one(names)
        there, fixed = (
            (None, facts_in(options, _fixed(bound), _SEARCH))
            if world is None
            else world_and_facts(world, options, _fixed(bound), _SEARCH)
        )
        found = refute(
            bound, delta=given({"delta": real(delta)})["delta"], worlds=there, n=n,
            seconds=seconds, rng=seed, **fixed,
        )  # fmt: skip
    example = found.counterexample
    columns = ("bound", "delta", "verdict", "ratio", "n", "probability", "searched")
    out.show(
        quiet=lambda: found.ratio,
        data=found.to_dict,
        table=lambda: Table(columns, [(
            found.bound.name, found.delta, found.verdict, found.ratio, example and example.n,
            example and str(example.probability), str(found.searched),
        )]),
        text=lambda: found.text,
        markdown=lambda: found.markdown,
    )  # fmt: skip
    if found.verdict == "not tested":
        raise NotApplicable(f"{found.bound.name}: {found.searched}")
    _judged(found.verdict, fail_if)


@click.command("slack", context_settings=OPEN_ENDED, short_help="What a bound certainly needs.")
@_bounds("NAME...")
@_DELTA
@_SIZES
@_SECONDS
@_SEED
@picture_options
@output_options
def slack_command(
    words: tuple[str, ...], delta: Any, n: Any, seconds: float, seed: int, picture: Picture,
    format_: str, style: str | None, quiet: bool,
) -> None:  # fmt: skip
    """The largest factor on a bound's radius that some world refutes: 1 leaves nothing to gain.

    \b
    genbounds slack hoeffding
    genbounds slack chernoff vapnik_chervonenkis mohri --seconds 3

    Further options are parameters that are fixed before the sample; each goes to the bounds that
    take it. `--save slack.svg` draws bars, --json prints a list, an entry a bound.
    """
    from genbounds.referee import slack

    out = Out(format_, style, quiet)
    with _answered():
        picture.check()
        names, options = split(words)
        bounds = [_bound(name) for name in names] or [_one(names)]
        known = dict.fromkeys(name for bound in bounds for name in _fixed(bound))
        fixed = facts_in(options, known, (*_SEARCH, *PICTURE_OPTIONS))
        level = given({"delta": real(delta)})["delta"]
        found = [
            slack(bound, delta=level, n=n, seconds=seconds, rng=seed,
                  **{key: x for key, x in fixed.items() if key in bound.arguments})
            for bound in bounds
        ]  # fmt: skip
    table = _of_slacks(found)
    out.show(
        quiet=lambda: "\n".join(str(one.value) for one in found),
        data=lambda: [one.to_dict() for one in found],
        table=lambda: table,
        text=lambda: found[0].text if len(found) == 1 else table.render("table"),
    )
    with _answered():
        picture.show(lambda: _picture("SlackDisplay").from_slacks(found), out)


def _of_slacks(found: list[Any]) -> Table:
    rows = [
        (one.bound.name, one.value, one.delta, one.counterexample and one.counterexample.n,
         str(one.searched))
        for one in found
    ]  # fmt: skip
    return Table(("bound", "slack", "delta", "n", "searched"), rows)
