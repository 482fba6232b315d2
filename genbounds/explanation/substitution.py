"""The numbers put into a formula, one operation after another, innermost first.

Every function that the formula calls is a step of its own; sums and products of what is known by
then are written out in one.
"""

import math
from collections import Counter
from collections.abc import Container, Iterator
from typing import Any, NamedTuple

from genbounds.backends import floats, plain, steps, tex
from genbounds.backends.steps import Recorded
from genbounds.explanation.algorithms import MEANINGS
from genbounds.rendering import latex_number, safely_rounded

FIGURES = (6, 9, 12, 17)
"""Significant digits of a value that is used again: the fewest that reproduce the next one."""
SAME = 5e-6
_ELEMENTARY = {
    *steps.OPERATORS, "sqrt", "log", "log2", "log1p", "exp", "expm1", "log_ratio", "power", "tanh",
    "maximum", "minimum", "floor", "ceil",
}  # fmt: skip


class Step(NamedTuple):
    """One line of the calculation: `label = expression = value`.

    `latex` and `plain` are the expression with numbers in it; `value` is a number, or whether a
    comparison holds; `label` names the value where the formula does (empty otherwise); `note` says
    what a function is that no calculator has; `elementary` whether a calculator has all of the
    line; `side` is where to round the final value to, `digits` how many the next lines need.
    """

    latex: str
    plain: str
    value: Any
    label: str = ""
    label_latex: str = ""
    note: str = ""
    elementary: bool = True
    side: str = ""
    digits: int = FIGURES[0]

    def rounded_to(self, side: str) -> "Step":
        """The step as a final one: its value is rounded to the safe side, which is remarked on."""
        step = self._replace(side=side)
        if step.shown == self.shown:
            return step
        way = f"rounded {'down' if side == 'lower' else 'up'}"
        return step._replace(note=f"{self.note}; {way}" if self.note else way)

    @property
    def shown(self) -> str:
        """The value to six digits or as many as are needed; the final one to its safe side."""
        if isinstance(self.value, bool):
            return "holds" if self.value else "does not hold"
        if self.side:
            return safely_rounded(float(self.value), self.side, FIGURES[0])
        return figures(self.value, self.digits)

    @property
    def text(self) -> str:
        """The line for a terminal."""
        label = f"{self.label} = " if self.label else ""
        if isinstance(self.value, bool):
            return f"{self.plain}: {self.shown}"
        equal = "" if self.plain == self.shown else f" = {self.shown}"
        return f"{label}{self.plain}{equal}" + (f"   ({self.note})" if self.note else "")

    @property
    def formula(self) -> str:
        """The line in LaTeX, without the note."""
        label = f"{self.label_latex} = " if self.label_latex else ""
        if isinstance(self.value, bool):
            return rf"{self.latex}\quad\text{{({self.shown})}}"
        number = latex_number(self.value, self.side) if self.side else latex_figures(self.shown)
        return f"{label}{self.latex}" + ("" if self.latex == number else f" = {number}")


def figures(value: Any, digits: int) -> str:
    """A number to so many significant digits; whole numbers of up to 15 digits as they are."""
    if isinstance(value, int) or (math.isfinite(value) and value == int(value)):
        return str(int(value)) if abs(value) < 10**15 else f"{value:.{digits}g}"
    return f"{value:.{digits}g}"


def latex_figures(text: str) -> str:
    """A written number in LaTeX: powers of ten as such."""
    head, _, exponent = text.partition("e")
    if "inf" in text:
        return text.replace("inf", r"\infty")
    return rf"{head} \cdot 10^{{{int(exponent)}}}" if exponent else text


# --- the lines


def steps_of(value: Any, side: str = "") -> tuple[Step, ...]:
    """The lines that lead to a recorded value, which the last of them gives."""
    if not isinstance(value, Recorded):  # a formula that no argument enters
        value = steps.named("", "", value)
    return tuple(_Lines(value, side).found)


def substituted(value: Any, target: Any) -> str:
    """The whole formula with the numbers in it, in LaTeX (`tex`) or plain text (`plain`)."""

    def leaf(x: Recorded) -> Any:
        return _written_input(x, target) if x.operation == "input" else None

    return str(steps.rendered(value, target, leaf))


def merged(found: list[Step], way: list[Step]) -> list[Step]:
    """The steps of a second calculation after those of a first: what they share stands once."""
    places = {(step.label, step.plain): i for i, step in enumerate(found)}
    whole = list(found)
    for step in way:
        place = places.get((step.label, step.plain))
        if place is None:
            whole.append(step)
        else:
            whole[place] = whole[place]._replace(digits=max(whole[place].digits, step.digits))
    return whole


class _Lines:
    """The lines found so far, and which of them a recorded number has."""

    def __init__(self, last: Recorded, side: str) -> None:
        self.found: list[Step] = []
        self.known: dict[int, int] = {}
        self.visited: set[int] = set()
        self.uses = Counter(id(x) for x in _all_operands(last))
        self.latest = 0
        self.visit(last, "")
        if self.latest != id(_bare(last)):
            self.write(last)
        self.found[-1] = self.found[-1].rounded_to(side) if side else self.found[-1]

    def visit(self, x: Recorded, parent: str) -> None:
        """Lines for whatever this number rests on, then for itself if it deserves one."""
        if id(x) in self.visited:
            return
        self.visited.add(id(x))
        if x.operation == "let" and isinstance(x.operands[2], Recorded):
            self.visit_named(x)
            return
        for operand in _operands(x):
            self.visit(operand, x.operation)
            if x.operation == "case" and operand is x.operands[0]:
                self.write(operand)
        if self.deserves(x, parent):
            self.write(x)

    def visit_named(self, x: Recorded) -> None:
        """A name goes onto the line of what it names."""
        inner = _bare(x)
        for operand in _operands(inner):
            self.visit(operand, inner.operation)
        if inner.value is None or inner.is_leaf or id(inner) in self.known:
            return
        self.visited.add(id(inner))
        self.write(inner, x.operands[0], x.operands[1])

    def deserves(self, x: Recorded, parent: str) -> bool:
        if x.value is None or x.is_leaf or x.operation in ("case", "let", *steps.COMPARISONS):
            return False
        if x.operation not in steps.ARITHMETIC:
            return True
        if not any(_is_arithmetic(y) for y in x.operands):
            return False
        return (parent not in ("", *steps.ARITHMETIC)) or self.uses[id(x)] > 1

    def write(self, x: Recorded, label_latex: str = "", label: str = "") -> None:
        x = _bare(x)
        digits = next((d for d in FIGURES[:-1] if self.reproduces(x, d)), FIGURES[-1])
        self.found.append(
            Step(
                str(self.expression(x, tex, digits)), str(self.expression(x, plain, digits)),
                x.value, label, label_latex, _note(x), _is_elementary(x, self.known),
            )
        )  # fmt: skip
        for place in self.places(x):
            step = self.found[place]
            self.found[place] = step._replace(digits=max(digits, step.digits))
        self.known[id(x)] = len(self.found) - 1
        self.latest = id(x)

    def expression(self, line: Recorded, target: Any, digits: int) -> Any:
        """The line of a number: what was computed before is a number in it."""

        def leaf(x: Recorded) -> Any:
            if x is not line and id(x) in self.known:
                return written(x.value, target, digits)
            if x.operation == "input" and x.value is not None:
                return _written_input(x, target)
            return None

        return steps.rendered(line, target, leaf)

    def places(self, line: Recorded) -> set[int]:
        """The earlier lines whose values this one uses."""
        used: set[int] = set()

        def leaf(x: Recorded) -> Any:
            if x is not line and id(x) in self.known:
                used.add(self.known[id(x)])
                return 1
            return plain.symbol("x") if x.operation == "input" else None

        steps.rendered(line, plain, leaf)
        return used

    def reproduces(self, x: Recorded, digits: int) -> bool:
        """Whether the line, calculated with the digits that it shows, gives its value."""
        if not _is_elementary(x, self.known) or isinstance(x.value, bool):
            return True
        try:
            value = self.expression(x, floats, digits)
        except ArithmeticError:
            return True
        return value == x.value or bool(abs(value - x.value) <= SAME * abs(x.value))


def written(value: Any, target: Any, digits: int) -> Any:
    """A number in another backend, to so many digits (0: every digit)."""
    if target is floats:
        return float(figures(value, digits))
    text = figures(value, digits) if digits else _every_digit(value)
    if target is plain:
        return plain.symbol(text)
    latex = latex_figures(text)
    return tex.Tex(latex, 0 if latex.startswith("-") else 1 if "cdot" in latex else 3)


def _every_digit(value: Any) -> str:
    whole = isinstance(value, float) and abs(value) < 1e15 and value == int(value)
    return repr(int(value) if whole else value)


def _written_input(x: Recorded, target: Any) -> Any:
    """What the user gave, digit by digit; sequences by their name."""
    if target is floats:
        return x.value
    if isinstance(x.value, tuple):
        return tex.symbol(x.operands[0]) if target is tex else plain.symbol(x.operands[1])
    return written(x.value, target, 0)


def _bare(x: Recorded) -> Recorded:
    """A number without the names and the choices that led to it."""
    while x.operation in ("let", "case"):
        inner = x.operands[2] if x.operation == "let" else x.operands[1]
        if not isinstance(inner, Recorded):
            return x
        x = inner
    return x


def _operands(x: Recorded) -> Iterator[Recorded]:
    """The recorded numbers that an operation was applied to, also inside functions."""
    for operand in x.operands:
        if isinstance(operand, Recorded):
            yield operand
        elif callable(operand):
            body = x.body(operand)[1]
            if isinstance(body, Recorded):
                yield body


def _all_operands(x: Recorded) -> Iterator[Recorded]:
    seen: set[int] = set()
    waiting = [x]
    while waiting:
        operands = list(_operands(waiting.pop()))
        yield from operands
        waiting += [y for y in operands if id(y) not in seen]
        seen |= {id(y) for y in operands}


def _is_arithmetic(x: Any) -> bool:
    return isinstance(x, Recorded) and _bare(x).operation in steps.ARITHMETIC


def _is_elementary(x: Recorded, known: Container[int]) -> bool:
    """Whether a calculator has all the operations of this line."""
    return x.operation in _ELEMENTARY and all(
        y.is_leaf or id(y) in known or _is_elementary(y, known) for y in map(_bare, _operands(x))
    )


def _note(x: Recorded) -> str:
    if x.operation != "applied":
        return MEANINGS.get(x.operation, "")
    function = x.operands[0].function
    words = getattr(function, "words", "")
    of = f", d = {function.vc_dim}" if hasattr(function, "vc_dim") else ""
    return f"growth function: {words}{of}" if words else ""
