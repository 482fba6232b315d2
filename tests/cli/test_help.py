"""Every command explains itself, and the examples in its help run."""

import re
import shlex
from pathlib import Path

import click
import pytest

from genbounds.cli import program

ROOT = Path(__file__).parents[2]
CONTEXT = click.Context(program)
NAMES = program.list_commands(CONTEXT)
HELP = {"": program.help} | {name: program.get_command(CONTEXT, name).help for name in NAMES}


def examples(text):
    """Lines of the help that are commands, continued lines joined, remarks cut off."""
    lines = text.replace("\\\n", " ").splitlines()
    found = [line.strip() for line in lines if line.strip().startswith("genbounds ")]
    return [re.split(r"\s{3,}", re.sub(r" {2,}(?=--)", " ", line))[0] for line in found]


EXAMPLES = [(name, line) for name, text in HELP.items() for line in examples(text)]


@pytest.mark.parametrize("name", HELP)
def test_every_help_has_examples(name):
    assert examples(HELP[name])


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_the_examples_run(run, name, line, monkeypatch):
    monkeypatch.chdir(ROOT)
    ran = run(shlex.split(line)[1:])
    assert (ran.status, ran.err) == (0, "")
    assert ran.out
    assert name in line


@pytest.mark.parametrize("name", HELP)
def test_help_is_shown_and_fits(run, name):
    ran = run(f"{name} --help")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == run(f"{name} -h").out
    assert max(map(len, ran.out.splitlines())) <= 90
    assert "-" in ran.out


@pytest.mark.parametrize("name", NAMES)
def test_every_visible_option_is_explained(name):
    for option in program.get_command(CONTEXT, name).params:
        if isinstance(option, click.Option) and not option.hidden and option.name != "status":
            assert option.help
