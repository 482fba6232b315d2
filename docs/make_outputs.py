"""Run every example of README.md and docs/*.md, and put what it printed below it.

    python docs/make_outputs.py            compare; exit status 1 where a page is not current
    python docs/make_outputs.py --write    rewrite the pages

A block fenced as `console` holds commands, `$ genbounds ...` or `$ echo $?`; one fenced as `pycon`
holds statements after `>>>`. They run in this process, from the root of the repository, all
statements of a page in one namespace. A page is current when its text is what the examples print,
white space aside and decimal fractions to nine digits: the last ones belong to a platform, as do
the versions in a certificate and the seal over them.

A block below the line `<!-- needs: torch, jax -->` is left as it is, and said to be, where one of
these packages is not installed.
"""

import ast
import io
import math
import os
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from importlib.util import find_spec
from pathlib import Path
from traceback import format_exception_only
from typing import Any
from unittest import mock

ROOT = Path(__file__).resolve().parents[1]
BLOCK = re.compile(
    r"^(?:<!-- needs: (?P<needs>[\w, ]+) -->\n)?"
    r"```(?P<kind>console|pycon)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
DECIMAL = re.compile(r"(-?\d+\.\d+(?:e[+-]?\d+)?)")
OF_A_MACHINE = re.compile(r"made with +genbounds .*|seal +SHA-256 \w+")
TERMINAL = {"COLUMNS": "88", "NO_COLOR": "1"}


def pages() -> list[Path]:
    """Every page with examples."""
    folders = (ROOT / "docs", ROOT / "docs" / "start")
    found = [
        ROOT / "README.md",
        *(path for folder in folders for path in sorted(folder.glob("*.md"))),
    ]
    return [path for path in found if BLOCK.search(path.read_text(encoding="utf-8"))]


def missing(text: str) -> list[str]:
    """The packages that blocks of a page need and that are not installed."""
    return sorted({name for block in BLOCK.finditer(text) for name in _missing(block)})


def _missing(block: re.Match[str]) -> list[str]:
    return [name for name in re.findall(r"\w+", block["needs"] or "") if find_spec(name) is None]


def regenerated(text: str) -> str:
    """The page with the outputs that its examples have now."""
    page = {"console": Shell(), "pycon": Prompt()}

    def block(match: re.Match[str]) -> str:
        if _missing(match):
            return match[0]
        lines = [line for entry in page[match["kind"]].run(match["body"]) for line in entry]
        head = match[0][: match[0].index("```")]
        return "\n".join([f"{head}```{match['kind']}", *lines, "```"])

    with chdir(ROOT), mock.patch.dict(os.environ, TERMINAL), _vocabulary():
        return BLOCK.sub(block, text)


def _vocabulary() -> Any:
    """Variables that a page declares are gone after it."""
    from genbounds.variables import VARIABLES

    return mock.patch.dict(VARIABLES)


def same(text: str, other: str) -> bool:
    """Whether two texts agree, white space aside and decimal fractions to nine digits.

    A certificate names the versions that made it, and its seal is over them: both may differ.
    """
    parts = [DECIMAL.split(" ".join(OF_A_MACHINE.sub("", x).split())) for x in (text, other)]
    return len(parts[0]) == len(parts[1]) and all(map(_same_part, *parts))


def _same_part(part: str, other: str) -> bool:
    if DECIMAL.fullmatch(part) and DECIMAL.fullmatch(other):
        return math.isclose(float(part), float(other), rel_tol=1e-9, abs_tol=1e-300)
    return part.strip() == other.strip()


class Shell:
    """Runs the commands of `console` blocks: genbounds, and `echo $?`."""

    status = 0

    def run(self, body: str) -> Iterator[list[str]]:
        """Each command with what it prints; a line that ends in a backslash goes on."""
        for match in re.finditer(r"^\$ (?:.*\\\n)*.*$", body, re.MULTILINE):
            yield match[0].splitlines()
            yield self.output(match[0][2:].replace("\\\n", " ")).splitlines()

    def output(self, command: str) -> str:
        """What a command prints, to either stream."""
        words = shlex.split(command)
        if words == ["echo", "$?"]:
            return str(self.status)
        if Path(words[0]).name != "genbounds":
            raise ValueError(f"only genbounds and echo $? can be run, not {command!r}")
        return self.genbounds(words[1:])

    def genbounds(self, words: list[str]) -> str:
        """The command line on these words."""
        from genbounds.cli import main

        printed, self.status = io.StringIO(), 0
        # click names the program after how Python was started
        plain = mock.patch.object(sys.modules["__main__"], "__package__", "")
        with plain, mock.patch.object(sys, "argv", ["genbounds", *words]), _captured(printed):
            try:
                main()
            except SystemExit as leave:
                self.status = int(leave.code or 0)
        return printed.getvalue()


class Prompt:
    """Runs the statements of `pycon` blocks in one namespace."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "__console__"}

    def run(self, body: str) -> Iterator[list[str]]:
        """Each statement with what it prints."""
        for match in re.finditer(r"^>>> .*$(?:\n\.\.\.(?: .*)?$)*", body, re.MULTILINE):
            lines = match[0].splitlines()
            yield lines
            yield self.output("\n".join(line[4:] for line in lines)).splitlines()

    def output(self, source: str) -> str:
        """What a statement prints, its value's repr included."""
        printed = io.StringIO()
        code = compile(ast.Interactive(ast.parse(source).body), "<example>", "single")
        with _captured(printed), mock.patch.object(sys, "displayhook", _show):
            try:
                exec(code, self.names)
            except Exception as fault:
                print("Traceback (most recent call last):\n    ...")
                print("".join(format_exception_only(fault)), end="")
        return printed.getvalue()


def _show(value: Any) -> None:
    if value is not None:
        print(repr(value))


def _captured(printed: io.StringIO) -> Any:
    from contextlib import ExitStack

    both = ExitStack()
    both.enter_context(redirect_stdout(printed))
    both.enter_context(redirect_stderr(printed))
    return both


def main(words: list[str]) -> int:
    """Compare the pages with what their examples print now, or rewrite them."""
    if words not in ([], ["--check"], ["--write"]):
        print(__doc__, file=sys.stderr)
        return 2
    stale = []
    for path in pages():
        text = path.read_text(encoding="utf-8")
        now = regenerated(text)
        if missing(text):
            names = ", ".join(missing(text))
            print(f"{path.relative_to(ROOT)}: blocks that need {names} were not run")
        if not same(text, now):
            stale.append(path)
            if words == ["--write"]:
                path.write_text(now, encoding="utf-8")
    verb = "rewritten" if words == ["--write"] else "not current"
    for path in stale:
        print(f"{path.relative_to(ROOT)}: {verb}")
    return 1 if stale and words != ["--write"] else 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
