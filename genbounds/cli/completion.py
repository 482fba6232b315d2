"""`completion`: what makes a shell complete commands, options and names of bounds."""

import click

from genbounds.cli.output import say


@click.command("completion", short_help="Print a shell's completion script.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the completion script of a shell.

    \b
    genbounds completion bash
    genbounds completion zsh
    genbounds completion fish

    For bash, write it to ~/.local/share/bash-completion/completions/genbounds.
    """
    from click.shell_completion import get_completion_class

    from genbounds.cli import program

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    # `source` would first ask for the version of a bash that need not be installed here
    writer = kind(program, {}, "genbounds", "_GENBOUNDS_COMPLETE")
    say(writer.source_template % writer.source_vars())
