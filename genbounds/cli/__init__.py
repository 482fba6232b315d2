"""The command line: the public names with words for arguments. It decides nothing itself.

Data go to stdout, messages to stderr. Exit status: 0 ok, 2 wrong usage, 3 no solution or not
applicable, 4 what --fail-if names has happened.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from genbounds import __version__

_HOME = {
    "test-set": "test_set",
    "sample-size": "sample_size",
    "risk": "risk",
    "recommend": "recommend",
    "compare": "compare",
    "explain": "explain",
    "certify": "certify",
    "verify": "verify",
    "rademacher": "rademacher",
    "classes": "classes",
    "validate": "referee",
    "refute": "referee",
    "slack": "referee",
    "worlds": "worlds",
    "compute": "compute",
    "solve": "solve",
    "list": "browse",
    "show": "browse",
    "completion": "completion",
}


class _Lazy(click.Group):
    """Commands are imported when named, so that one bound costs no more than it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_HOME)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _HOME:
            return None
        home = import_module(f"genbounds.cli.{_HOME[name]}")
        return getattr(home, f"{name.replace('-', '_')}_command")  # type: ignore[no-any-return]

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """A misspelt command is answered with the nearest one."""
        if args[0] in _HOME or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        from difflib import get_close_matches

        near = get_close_matches(args[0], _HOME, n=1)
        hint = f" Did you mean {near[0]}?" if near else f" There are {', '.join(_HOME)}."
        raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="genbounds")
def program() -> None:
    """What can be guaranteed about a model on unseen data.

    \b
    genbounds test-set --errors 25 --n 898            a bound from a test set
    genbounds sample-size --vc-dim 10 --epsilon .05   how many samples
    genbounds recommend --n 2000 --errors 100 --vc-dim 11 --delta .05   what applies
    genbounds compare --question every_hypothesis --n 2000 --vc-dim 11 --delta .05
    genbounds explain hoeffding --empirical-risk .1 --n 1000 --delta .05   step by step
    genbounds certify examples/digits_predictions.csv --target truth \\
        --prediction nearest_neighbours               a certificate of a model
    genbounds verify examples/digits_certificate.json
    genbounds sample-size halfspaces --dim 20 --epsilon .05
    genbounds rademacher examples/breast_cancer.csv --class stumps --leave-out benign
    genbounds classes stumps --features 10            a class: dimensions, growth, source
    genbounds validate mohri --world thresholds --n 200   how often a bound fails
    genbounds refute wald                             a world in which it fails too often
    genbounds list --know n,delta,vc-dim              what applies to what you know
    genbounds show hoeffding                          a theorem: formula, conditions, source
    genbounds compute hoeffding --empirical-risk .1 --n 1000 --delta .05
    genbounds solve hoeffding n --epsilon .05 --delta .05

    \b
    Exit status: 0 ok, 2 wrong usage, 3 no solution, 4 what --fail-if names, or a
    certificate that is not verified.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """The entry point: it never shows a traceback unless GENBOUNDS_DEBUG is set."""
    try:
        status: Any = program.main(arguments, prog_name="genbounds", standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.format_message(), err=True)
        status = 2
    except click.ClickException as fault:
        fault.show()
        status = fault.exit_code
    except (click.Abort, KeyboardInterrupt):
        status = 130
    except Exception as fault:
        if "GENBOUNDS_DEBUG" in os.environ:
            raise
        click.echo(f"Error: {type(fault).__name__}: {fault}\n{_A_BUG}", err=True)
        status = 1
    sys.exit(status if isinstance(status, int) else 0)


_A_BUG = "This is a defect of genbounds, please report it; GENBOUNDS_DEBUG=1 shows where."
