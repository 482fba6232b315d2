"""How results leave: --json, --format, --quiet and --fail-if mean the same on every command."""

import json
from collections.abc import Callable
from typing import Any

import click

from genbounds.cli.words import Command, Condition
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


def _conditions(
    ctx: click.Context, param: click.Parameter, words: tuple[str, ...]
) -> list[tuple[str, float]]:
    return [_condition(word) for word in words]


def _condition(word: str) -> tuple[str, float]:
    name, _, level = word.partition("=")
    if word == "vacuous":
        return "vacuous", 0.0
    try:
        if name == "above":
            return "above", float(level)
    except ValueError:
        pass
    raise click.BadParameter(f"{word!r} is neither `vacuous` nor `above=VALUE`")


def check(conditions: list[tuple[str, float]], value: Any, vacuous: bool) -> None:
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
        self, *, quiet: Callable[[], Any], data: Callable[[], Any], table: Callable[[], Table],
        text: Callable[[], str], markdown: Callable[[], str] | None = None,
        latex: Callable[[], str] | None = None,
    ) -> None:  # fmt: skip
        """Only what is printed is computed."""
        if self.quiet:
            click.echo(_bare(quiet()))
        elif self.style == "json":
            click.echo(json.dumps(data(), indent=2, allow_nan=False, default=str))
        elif self.style == "table":
            click.echo(text())
        elif self.style == "markdown" and markdown is not None:
            click.echo(markdown())
        elif self.style == "latex" and latex is not None:
            click.echo(latex())
        else:
            click.echo(table().render(self.style))


def _bare(value: Any) -> str:
    return " ".join(map(_bare, value)) if isinstance(value, (tuple, list)) else str(value)
