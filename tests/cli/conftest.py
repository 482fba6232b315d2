"""The command line called in the same process, as a shell would see it."""

from typing import NamedTuple

import pytest

from genbounds.cli import main


class Ran(NamedTuple):
    """What a command left: exit status, stdout, stderr."""

    status: int
    out: str
    err: str


@pytest.fixture
def run(capsys):
    """Run `genbounds WORDS`; a command line in one string is split at blanks."""

    def called(words):
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main(words.split() if isinstance(words, str) else words)
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(left.value.code, out, err)

    return called


@pytest.fixture
def number(run):
    """The number that `genbounds WORDS --quiet` prints alone."""

    def called(words):
        ran = run(f"{words} --quiet")
        assert ran.status == 0, ran.err
        assert ran.err == ""
        return float(ran.out)

    return called
