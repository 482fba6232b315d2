"""The command line: the public names with words for arguments. It decides nothing itself.

Data go to stdout, messages to stderr. Exit status: 0 ok, 2 wrong usage, 3 no solution or not
applicable, 4 what --fail-if names has happened.
"""

import sys
from typing import Any

import click

from genbounds import __version__

_COMMANDS = {
    "list": "browse",
    "show": "browse",
    "compute": "numbers",
    "solve": "numbers",
    "test-set": "asked",
    "sample-size": "asked",
    "risk": "asked",
    "completion": "browse",
}


class _Lazy(click.Group):
    """Commands are imported when named, so that one bound costs no more than it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        from importlib import import_module

        home = import_module(f"genbounds.cli.{_COMMANDS[name]}")
        return getattr(home, f"{name.replace('-', '_')}_command")  # type: ignore[no-any-return]

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError:
            from difflib import get_close_matches

            near = get_close_matches(args[0], _COMMANDS, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx) from None


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="genbounds")
def program() -> None:
    """What can be guaranteed about a model on unseen data.

    \b
    genbounds test-set --errors 25 --n 898            a bound from a test set
    genbounds sample-size --vc-dim 10 --epsilon .05   how many samples
    genbounds list --know n,delta,vc-dim              what applies to what you know
    genbounds show hoeffding                          a theorem: formula, conditions, source
    genbounds compute hoeffding --empirical-risk .1 --n 1000 --delta .05
    genbounds solve hoeffding n --epsilon .05 --delta .05
    """


def main() -> None:
    """The entry point: errors in the input end with one line on stderr and exit status 2 or 3."""
    try:
        program(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.format_message(), err=True)
        sys.exit(2)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
