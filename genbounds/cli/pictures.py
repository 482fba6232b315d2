"""Pictures of results: --save FILE and --plot mean the same on every command that draws."""

import functools
import sys
from collections.abc import Callable
from typing import Any

import click

from genbounds.cli.output import Out, say
from genbounds.cli.words import Command

PICTURE_OPTIONS = ("save", "plot", "force")


def picture_options(command: Command) -> Command:
    """--save, --plot and --force, which reach the command as one `picture`."""

    @functools.wraps(command)
    def with_picture(*args: Any, save: str | None, plot: bool, force: bool, **others: Any) -> Any:
        return command(*args, picture=Picture(save, plot=plot, force=force), **others)

    found: Command = click.option("--force", is_flag=True, help="Let --save replace a file.")(
        with_picture
    )
    found = click.option("--plot", is_flag=True, help="Print a picture in plain text too.")(found)
    return click.option(
        "--save", type=click.Path(dir_okay=False), metavar="FILE",
        help="Draw a picture too: .png, .svg or .pdf.",
    )(found)  # fmt: skip


class Picture:
    """What was asked: a file, plain text, both or neither."""

    def __init__(self, save: str | None, *, plot: bool = False, force: bool = False) -> None:
        self.save, self.plot, self.force = save, plot, force

    def check(self) -> None:
        """A fault in the name of the file is told before anything is computed."""
        if self.save is None:
            return
        from genbounds.plot import checked_path

        try:
            checked_path(self.save, overwrite=self.force)
        except FileExistsError:
            raise ValueError(f"{self.save} exists: --force replaces it") from None

    def show(self, display: Callable[[], Any], out: Out) -> None:
        """Draw what was asked for; plain text goes to stderr where stdout holds data."""
        if self.save is None and not self.plot:
            return
        drawn = display()
        if self.plot:
            _print(drawn, out)
        if self.save is not None:
            self._write(drawn, out)

    def _write(self, drawn: Any, out: Out) -> None:
        """The file; without matplotlib one line says what to install, below the plain text."""
        try:
            drawn.save(self.save, overwrite=self.force)
        except ImportError as fault:
            if sys.stdout.isatty() and not self.plot:
                _print(drawn, out)
            raise click.ClickException(str(fault)) from None


def _print(drawn: Any, out: Out) -> None:
    if out.quiet or out.style != "table":
        click.echo(drawn.text, err=True)
    else:
        say(f"\n{drawn.text}")
