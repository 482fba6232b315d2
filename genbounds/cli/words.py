"""Words of a command line as numbers and facts, and failures as exit codes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

import click

from genbounds.variables import VARIABLES

Command = Callable[..., Any]


class NotApplicable(click.ClickException):
    """No solution, or the theorem is silent: exit status 3."""

    exit_code = 3


class Condition(click.ClickException):
    """What --fail-if names has happened: exit status 4."""

    exit_code = 4


class Number(click.ParamType):
    """An integer, a decimal such as 1e6 or .05, or a fraction such as 1/3."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return to_number(value)
        except (ValueError, ZeroDivisionError, InvalidOperation):
            self.fail(f"{value!r} is not a number (such as 1000, 1e6, .05 or 1/3)", param, ctx)


def to_number(text: str) -> Any:
    """Whole numbers become int however they are written, fractions stay exact, the rest is float."""
    if "/" in text:
        return Fraction(text)
    exact = Decimal(text)
    if exact.is_finite() and exact == exact.to_integral_value() and exact.adjusted() < 400:
        return int(exact)
    return float(text)


class Numbers(click.ParamType):
    """Numbers separated by commas, or @FILE with one number a line."""

    name = "numbers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            text = _read(value[1:]) if value.startswith("@") else value
            return [float(word) for word in text.replace(",", " ").split()]
        except (OSError, ValueError) as fault:
            self.fail(str(fault), param, ctx)


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


def facts_options(command: Command) -> Command:
    """An option for every variable of the vocabulary; `--vc-dim 10` is `vc_dim=10`."""
    for name, variable in reversed(VARIABLES.items()):
        if variable.kind == "function":
            continue
        kind: click.ParamType = Numbers() if variable.kind in ("data", "sequence") else Number()
        option = click.option(f"--{name.replace('_', '-')}", name, type=kind, hidden=True)
        command = option(command)
    command = click.option("--growth", hidden=True)(command)
    return click.option("--width", type=Number(), hidden=True)(command)


def given(options: dict[str, Any]) -> dict[str, Any]:
    """The facts that were given."""
    return {k: v for k, v in options.items() if v is not None}


@contextmanager
def explained() -> Iterator[None]:
    """Faults in the input become one line and exit status 2; what cannot be answered becomes 3."""
    from genbounds.problems import NoSolutionError

    try:
        yield
    except NoSolutionError as fault:
        raise NotApplicable(str(fault)) from None
    except KeyError as fault:
        raise click.UsageError(str(fault.args[0])) from None
    except (ValueError, TypeError, OSError) as fault:
        raise click.UsageError(_with_dashes(str(fault))) from None


def _with_dashes(message: str) -> str:
    """Argument names as the options that the user types."""
    words = message.split(" ")
    names = {name for name in VARIABLES if "_" in name}
    return " ".join(
        word.replace(bare, f"--{bare.replace('_', '-')}") if (bare := word.strip("(),:;.'")) in names else word
        for word in words
    )  # fmt: skip


def complete_bound(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of bounds for the shell."""
    from genbounds.registry import catalogue

    return [name for name in catalogue if name.startswith(incomplete)]


def complete_variable(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of variables for the shell."""
    return [name.replace("_", "-") for name in VARIABLES if name.startswith(incomplete)]
