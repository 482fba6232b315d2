"""Write docs/mistakes.md: known mistakes, each with its counterexample or its slack.

    python docs/make_mistakes.py            rewrite the page
    python docs/make_mistakes.py --check    compare; exit status 1 where the page is not current

Every probability on it is computed anew, exactly, and every failure is decided in certified
arithmetic. The page is current when its text is what comes out, decimal fractions to eight digits.
"""

import re
import sys
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from genbounds.referee import mistakes  # noqa: E402
from genbounds.referee.counterexamples import shown  # noqa: E402

PAGE = ROOT / "docs" / "mistakes.md"
DECIMAL = re.compile(r"\d+\.\d+(?:e[+-]?\d+)?")
INTRODUCTION = """\
# Known mistakes

Claims that are made about generalization bounds and that are false, each with a world in which it
fails too often: a law, a sample size and a delta for which the probability of failure, exact and in
fractions, is above what the claim allows. Every failure is decided in certified arithmetic and no
simulation is involved, so that a reader can recompute each line by hand: the outcomes on which the
claim fails are listed with their probabilities, with the truth and with what the claim says. Where
both sides are claimed that is the upper end, and the lower one lies as far below what was observed.

Some slips cannot be shown to be wrong, because the theorem gives away more than they take. They
come last, with their *slack*: the largest factor on the deviation that some world refutes at that
delta. What is above it is neither proved nor refuted.

This page is written by `docs/make_mistakes.py` from `genbounds.referee.mistakes.MISTAKES`.
"""


def files() -> list[ModuleType]:
    """The files of the list."""
    return [import_module(f"{mistakes.__name__}.{name}") for name in mistakes.MODULES]


def page() -> str:
    """The whole page."""
    loose = [m for file in files() for m in file.MISTAKES if m.world is None]
    sections = [section(file) for file in files() if any(m.world for m in file.MISTAKES)]
    return "\n".join([INTRODUCTION, summary(), "", *sections, too_loose(loose)])


def summary() -> str:
    """How many there are."""
    found = [m for file in files() for m in file.MISTAKES]
    false = [m.counterexample for m in found if m.world]
    small = sum(case.delta <= Fraction(1, 10) for case in false)
    return (
        f"{len(false)} counterexamples, {small} of them at a delta of at most 0.1, and "
        f"{len(found) - len(false)} slips that are too loose to tell."
    )


def section(file: ModuleType) -> str:
    """The mistakes of one file: a table of all, then each with its counterexample."""
    name = file.__name__.rpartition(".")[2]
    found = [(m, m.counterexample) for m in file.MISTAKES if m.world]
    rows = [
        f"| [{m.name}](#{m.name}) | {cell(m.says)} | {m.n} | {allowed(case)} "
        f"| {shown(case.probability)} | {ratio(case)} |"
        for m, case in found
    ]
    head = "| mistake | what is claimed | n | delta | fails with probability | times delta |"
    lines = [f"## {name.capitalize()}", "", escaped((file.__doc__ or "").strip()), "", head]
    lines += ["|---|---|---|---|---|---|", *rows, "", *(block(m, case) for m, case in found)]
    return "\n".join(lines)


def block(mistake: Any, case: Any) -> str:
    """One mistake: what is claimed, why it is false, and where it fails."""
    reasons = dict.fromkeys(filter(None, (mistake.bound.why, mistake.why)))
    why = " ".join(map(sentence, reasons))
    text = f"{sentence(mistake.says)} {why}"
    return f"### {mistake.name}\n\n{escaped(text)}\n\n```text\n{case}\n```\n"


def too_loose(found: list[Any]) -> str:
    """The slips that no world shows."""
    rows = [
        f"| {m.name} | {cell(m.says)} | {float(Fraction(m.delta)):.6g} "
        f"| {m.slack or 'none refuted'} | {cell(m.why or m.bound.why)} |"
        for m in found
    ]
    head = ["| slip | what is claimed | delta | slack | what is known |", "|---|---|---|---|---|"]
    return "\n".join(["## Too loose to tell", "", *head, *rows, ""])


def allowed(case: Any) -> str:
    """The probability with which the claim may fail."""
    return f"{float(case.delta):.6g}" if case.delta else "never"


def ratio(case: Any) -> str:
    """How many times too often the claim fails."""
    return f"{case.ratio:.4g}" if case.delta else ""


def sentence(text: str) -> str:
    """A full stop, and a capital where the first word is no formula."""
    plain = text.split()[0].replace("-", "").replace("'", "").isalpha()
    return (text[0].upper() + text[1:] if plain else text).rstrip(".") + "."


def cell(text: str) -> str:
    """Text within a table."""
    return escaped(text).replace("\n", " ")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, code apart."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(p if p[:1] == "`" else re.sub(r"([\\*_<$|\[\]])", r"\\\1", p) for p in parts)


def rounded(text: str) -> str:
    """The text with its decimal fractions to eight digits."""
    return DECIMAL.sub(lambda match: f"{float(match[0]):.8g}", text)


def main(*arguments: str) -> int:
    """Write or compare the page."""
    text = page()
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    current = PAGE.exists() and rounded(PAGE.read_text(encoding="utf-8")) == rounded(text)
    if not current:
        print("docs/mistakes.md is not current: run python docs/make_mistakes.py")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
