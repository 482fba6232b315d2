"""Words of a command line as numbers and facts, and failures as exit codes."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from genbounds.variables import VARIABLES

Command = Callable[..., Any]
FACTS = "Every argument is an option, --name VALUE; `genbounds show NAME` lists them."


class NotApplicable(click.ClickException):
    """No solution, or the theorem is silent: exit status 3."""

    exit_code = 3


class Condition(click.ClickException):
    """What --fail-if names has happened: exit status 4."""

    exit_code = 4


class Number(click.ParamType[Any]):
    """An integer, a decimal such as 1e6 or .05, or a fraction such as 1/3."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            return to_number(value)
        except (ValueError, ArithmeticError):
            self.fail(f"{value!r} is not a number (such as 1000, 1e6, .05 or 1/3)", param, ctx)


_FARTHEST = 10**5  # decimal places of an exact number


def to_number(text: str) -> Any:
    """Whole numbers become int however they are written, others float where that prints the same.

    Fractions, and decimals with more digits than a float keeps, stay exact.
    """
    from decimal import Decimal
    from fractions import Fraction

    if "/" in text:
        return Fraction(text)
    exact = Decimal(text)
    if exact.is_finite() and abs(exact.adjusted()) > _FARTHEST:
        raise ValueError(f"{text!r} is too far from 1")
    if exact.is_finite() and exact.adjusted() < 300 and exact == exact.to_integral_value():
        return int(exact)
    near = float(text)
    same = near - near != 0 or Decimal(repr(near)) == exact
    return near if same else Fraction(exact)


class Numbers(click.ParamType[Any]):
    """Numbers separated by commas, or @FILE with one number a line."""

    name = "numbers"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str):
            return value
        try:
            text = _read(value[1:]) if value.startswith("@") else value
            words = text.replace("\n", ",").split(",") if "," in text else text.split()
            return [float(word) for word in words if word.strip() or not value.startswith("@")]
        except OSError as fault:
            self.fail(f"{value[1:]}: {fault.strerror}", param, ctx)
        except ValueError as fault:
            self.fail(f"{fault} (write x,y,... or @FILE)", param, ctx)


def _read(path: str) -> str:
    with open(path, encoding="utf-8") as file:
        return file.read()


class Function(click.ParamType[Any]):
    """What no word can say: always refused."""

    name = "function"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        name = "" if param is None else str(param.name)
        other = "give --vc-dim, or " if name == "log_growth" else ""
        self.fail(
            f"{name} is a function, which a command line cannot hold: {other}"
            f"call the bound from Python, {name}=...",
            param, ctx,
        )  # fmt: skip


_TYPES: dict[str, click.ParamType[Any]] = {
    "function": Function(),
    "data": Numbers(),
    "sequence": Numbers(),
}
_NUMBER = Number()


class Grid(Number):
    """A number, several separated by commas, or a range LOW:HIGH or LOW:HIGH:COUNT.

    A range that spans a factor of 20 or more is evenly spaced in the logarithm.
    """

    name = "number, numbers or range"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not isinstance(value, str) or not {",", ":"} & set(value):
            return super().convert(value, param, ctx)
        if "," in value:
            return [super(Grid, self).convert(x, param, ctx) for x in value.split(",")]
        words = value.split(":")
        if len(words) > 3:
            self.fail(f"{value!r} is no range LOW:HIGH or LOW:HIGH:COUNT", param, ctx)
        numbers = [super(Grid, self).convert(x, param, ctx) for x in words]
        low, high, count = (*numbers, _POINTS)[:3]
        if not low < high or type(count) is not int or not 2 <= count <= _MOST_POINTS:
            self.fail(
                f"{value!r}: a range goes from a smaller to a larger number, in 2 to "
                f"{_MOST_POINTS} points",
                param, ctx,
            )  # fmt: skip
        return _spaced(float(low), float(high), count)


_POINTS, _MOST_POINTS, _WIDE = 200, 10_000, 20


def _spaced(low: float, high: float, count: int) -> Any:
    import numpy as np

    wide = low > 0 and high / low >= _WIDE
    return np.geomspace(low, high, count) if wide else np.linspace(low, high, count)


def facts_options(command: Command, number: click.ParamType[Any] = _NUMBER) -> Command:
    """An option for every variable of the vocabulary; `--vc-dim 10` is `vc_dim=10`."""
    command = click.option("--width", type=_NUMBER, hidden=True)(command)
    command = click.option("--growth", hidden=True)(command)
    for name, variable in VARIABLES.items():
        option = f"--{name.replace('_', '-')}"
        kind = _TYPES.get(variable.kind, number)
        command = click.option(option, name, type=kind, hidden=True)(command)
    return command


def given(options: dict[str, Any]) -> dict[str, Any]:
    """The facts that were given; a delta that looks like a confidence is remarked on."""
    delta = options.get("delta")
    if isinstance(delta, float) and 0.5 < delta < 1:
        click.echo(
            f"note: --delta {delta:g} is a failure probability; a confidence of {delta:g} is "
            f"--delta {1 - delta:.6g}",
            err=True,
        )
    return {k: v for k, v in options.items() if v is not None}


def refuse_functions(bound: Any) -> None:
    """A bound of a covering number needs a function that only Python can give."""
    if "log_covering" in bound.arguments:
        raise click.UsageError(
            f"{bound.name} takes log_covering, a function of the scale and the sample size, which "
            f"a command line cannot hold: call it from Python, log_covering=..."
        )


def real(value: Any) -> Any:
    """Fractions as floats."""
    return value if value is None or isinstance(value, int) else float(value)


def workers(jobs: int) -> int:
    """No more than there are cores: the numbers are the same whatever they are."""
    import os

    return min(jobs, os.cpu_count() or 1)


@contextmanager
def explained() -> Iterator[None]:
    """Faults in the input become one line and exit status 2; what cannot be answered becomes 3."""
    from genbounds.problems import NoSolutionError

    try:
        yield
    except NoSolutionError as fault:
        raise NotApplicable(_with_dashes(str(fault))) from None
    except KeyError as fault:
        raise click.UsageError(str(fault.args[0])) from None
    except (ValueError, OSError) as fault:
        raise click.UsageError(_with_dashes(str(fault))) from None
    except ImportError as fault:
        raise click.ClickException(str(fault)) from None


def _with_dashes(message: str) -> str:
    """Argument names as the options that the user types."""
    message = re.sub(r"question='([^']*)'", r'--question "\1"', message)
    return " ".join(_with_dash(word) for word in message.split(" "))


def _with_dash(word: str) -> str:
    bare = word.strip("(),:;.'")
    if bare in VARIABLES and "_" in bare:
        return word.replace(bare, f"--{bare.replace('_', '-')}")
    return word


def complete_bound(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of bounds for the shell."""
    from genbounds.registry import catalogue

    return [name for name in catalogue if name.startswith(incomplete)]


def complete_variable(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Names of variables for the shell."""
    known = [name.replace("_", "-") for name in VARIABLES]
    return [name for name in known if name.startswith(incomplete)]
