"""How results leave: --json, --format, --quiet and --fail-if mean the same on every command."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from genbounds.cli.words import Command, Condition, to_number

if TYPE_CHECKING:
    from genbounds.rendering import Table

FORMATS = ("table", "json", "csv", "markdown", "latex")


def output_options(command: Command) -> Command:
    """--format, --json and --quiet."""
    command = click.option("--quiet", "-q", is_flag=True, help="Print the number alone.")(command)
    command = click.option(
        "--json", "style", flag_value="json", default=None, help="The same as --format json."
    )(command)
    return click.option(
        "--format", "format_", type=click.Choice(FORMATS), default="table", help="How to print."
    )(command)


def fail_option(command: Command) -> Command:
    """--fail-if vacuous, --fail-if above=0.1."""
    return click.option(
        "--fail-if", "fail_if", multiple=True, metavar="CONDITION", callback=_conditions,
        help="Exit with status 4 if the result is `vacuous` or `above=VALUE`.",
    )(command)  # fmt: skip


def certified_option(command: Command) -> Command:
    """--certified: the digits that balls prove."""
    return click.option(
        "--certified", is_flag=True,
        help="Prove the value in interval arithmetic; print the digits that are certain.",
    )(command)  # fmt: skip


Conditions = list[tuple[str, float]]


def _conditions(ctx: click.Context, param: click.Parameter, words: tuple[str, ...]) -> Conditions:
    return [_condition(word) for word in words]


def _condition(word: str) -> tuple[str, float]:
    if word == "vacuous":
        return word, 0.0
    name, _, level = word.partition("=")
    try:
        number = float(to_number(level))
    except (ValueError, ArithmeticError):
        number = float("nan")
    if name != "above" or number != number:
        raise click.BadParameter(f"{word!r} is neither `vacuous` nor `above=VALUE`")
    return name, number


def check(conditions: Conditions, value: Any, vacuous: bool) -> None:
    """Exit status 4 where a condition holds, after the result was printed."""
    top = max(value) if isinstance(value, tuple) else value
    for name, level in conditions:
        if name == "vacuous" and vacuous:
            raise Condition("the result is vacuous")
        if name == "above" and top > level:
            raise Condition(f"the result {top:.12g} is above {level:g}")


class Out:
    """Prints a result in the way that was asked for."""

    def __init__(self, format_: str, style: str | None, quiet: bool) -> None:
        self.style, self.quiet = style or format_, quiet

    def show(
        self, *, quiet: Callable[[], Any], data: Callable[[], Any], table: Callable[[], "Table"],
        text: Callable[[], str], markdown: Callable[[], str] | None = None,
        latex: Callable[[], str] | None = None,
    ) -> None:  # fmt: skip
        """Only what is printed is computed."""
        written = {"table": text, "markdown": markdown, "latex": latex}.get(self.style)
        if self.quiet:
            say(_bare(quiet()))
        elif self.style == "json":
            say(as_json(data()))
        else:
            say(table().render(self.style) if written is None else written())


def say(text: str) -> None:
    """To stdout; a reader that has left (head, a pager) is no failure."""
    try:
        click.echo(text)
    except BrokenPipeError:
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def as_json(data: Any) -> str:
    """Strict JSON: no NaN, no infinity."""
    import json

    return json.dumps(data, indent=2, allow_nan=False, default=str)


def _bare(value: Any) -> str:
    return " ".join(map(_bare, value)) if isinstance(value, (tuple, list)) else str(value)


def show_answer(found: Any, out: Out) -> None:
    """An answer in every format."""
    proved = tuple(found.clipped(proof.value, proof.side) for proof in found.enclosures)
    out.show(
        quiet=lambda: proved or found.value,
        data=found.to_dict,
        table=lambda: answer_table(found),
        text=lambda: found.text,
        markdown=lambda: found.markdown,
        latex=lambda: found.latex,
    )


def answer_table(found: Any) -> "Table":
    """One row: the bound, its value and the inputs."""
    from genbounds.rendering import Table

    ends = found.value if isinstance(found.value, tuple) else (found.value,)
    sides = ("lower", "upper") if found.side == "both" else (found.side,)
    proved = [enclosure.digits for enclosure in found.enclosures]
    names = [f"certified {side}" for side in sides if proved]
    columns = ("bound", *sides, *names, "vacuous", "status", *found.inputs)
    inputs = [_flat(value) for value in found.inputs.values()]
    row = (found.bound.name, *ends, *proved, found.vacuous, found.status, *inputs)
    return Table(columns, [row])


def _flat(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
