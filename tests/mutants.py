"""Every formula with one constant changed: bounds that are misprints of those of the catalogue.

A mutant is a `Bound` like any other: it evaluates on every kind of number, and has the claim of the
theorem that it was made from. Which of them the tests notice is measured in `tests/mutation.py`:
`python -m tests.mutants --help`.
"""

import ast
import copy
import importlib
import inspect
import linecache
import math
import signal
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from types import CodeType, FunctionType
from typing import Any, NamedTuple

import genbounds as gb
from genbounds.arguments import is_allowed
from genbounds.declaration import Bound
from genbounds.generic import ONE
from tests.catalogue.draws import consistent, decimal, numeric, points, typical, whole

PACKAGE = "genbounds.bounds."
CONSTANTS = ("PI", "E", "LN2")


class Where(NamedTuple):
    """One changed constant: the function (or `needs` of a bound), which of its constants, how."""

    family: str
    function: str
    position: int
    line: int
    old: str
    new: str

    @property
    def key(self) -> str:
        """A name that outlives edits elsewhere in the file."""
        return f"{self.family}.{self.function} [{self.position}] {self.old} -> {self.new}"


class Mutant(NamedTuple):
    """A bound with one constant changed, and the text of the changed function or relation."""

    bound: Bound
    where: Where
    formula: str


class MutatedBound(Bound):
    """A bound that travels between processes as the mutant of its name."""

    def __reduce__(self) -> Any:
        return named, (self.name,)


# --- making them


def mutants(bound: Bound) -> list[Mutant]:
    """Every single-constant mutation of a bound's formula, its helpers and its relations.

    A constant c becomes c + 1, 2c and c/2; 0 becomes 1 and 1 also 0; pi, e and ln 2 are doubled.
    The mutants are named `<name>~0`, `<name>~1`, ...; what a helper shares has one `where` in all
    bounds that call it.
    """
    made = [*_of_formula(bound), *_of_needs(bound)]
    return [
        Mutant(declared(bound, f"{bound.name}~{i}", formula, needs), where, text)
        for i, (where, formula, needs, text) in enumerate(made)
    ]


def named(name: str) -> Bound:
    """The mutant of this name, as `hoeffding~1`."""
    stem, _, index = name.partition("~")
    return mutants(gb.catalogue[stem])[int(index)].bound


def everywhere(names: Iterable[str] = ()) -> dict[str, list[Mutant]]:
    """Every mutant by the key of its constant, or those whose constant enters these bounds."""
    found: dict[str, list[Mutant]] = {}
    for name in gb.catalogue:
        for mutant in mutants(gb.catalogue[name]):
            found.setdefault(mutant.where.key, []).append(mutant)
    wanted = set(names)
    return {
        key: same
        for key, same in found.items()
        if not wanted or wanted & {stem(mutant.bound) for mutant in same}
    }


def _of_formula(bound: Bound) -> Iterator[tuple[Where, Any, tuple[str, ...], str]]:
    functions = reachable(bound.formula)
    for function in functions:
        tree, module = definition(function), function.__module__.removeprefix(PACKAGE)
        for position, node in enumerate(_constants(tree)):
            old = ast.unparse(node)
            for new in _variants(node):
                where = Where(module, function.__name__, position, node.lineno, old, new)
                changed = _replaced(tree, position, new)
                formula = rebuilt(bound.formula, functions, function, compiled(changed, where.key))
                yield where, formula, bound.needs, _text(changed)


def _of_needs(bound: Bound) -> Iterator[tuple[Where, Any, tuple[str, ...], str]]:
    line = bound.formula.__code__.co_firstlineno
    for i, need in enumerate(bound.needs):
        tree = ast.parse(need, mode="eval")
        for position, node in enumerate(_constants(tree)):
            for new in filter(str.isdigit, _variants(node)):
                text = ast.unparse(_replaced(tree, position, new))
                needs = (*bound.needs[:i], text, *bound.needs[i + 1 :])
                function = f"{bound.name}.needs[{i}]"
                where = Where(bound.family, function, position, line, ast.unparse(node), new)
                yield where, bound.formula, needs, text


def declared(bound: Bound, name: str, formula: Any, needs: tuple[str, ...]) -> MutatedBound:
    return MutatedBound(
        formula, bound.claim, source=bound.source, name=name, status=bound.status, why=bound.why,
        given=bound.given, needs=needs, fixed=bound.fixed, additive=bound.additive,
        event=bound.event and f"{bound.event}~{name}", direction=bound.exceptions,
        witness=bound.witness, expression=bound.has_expression, peaks=bound.peaks,
    )  # fmt: skip


def reachable(formula: FunctionType) -> list[FunctionType]:
    """A formula and all the functions of the families that it calls."""
    found = [formula]
    for function in found:
        names = [name for code in _nested(function.__code__) for name in code.co_names]
        values = [function.__globals__.get(name) for name in dict.fromkeys(names)]
        found += [v for v in values if isinstance(v, FunctionType) and _is_ours(v, found)]
    return found


def _is_ours(function: FunctionType, found: list[FunctionType]) -> bool:
    return function.__module__.startswith(PACKAGE) and function not in found


def _nested(code: CodeType) -> Iterator[CodeType]:
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _nested(inner)


def rebuilt(formula: Any, functions: list[Any], changed: Any, code: CodeType) -> FunctionType:
    """The formula, its helper of that code in place of the changed one wherever it is called."""
    spaces = {f.__module__: {"ONE": ONE, **f.__globals__} for f in functions}
    for old in functions:
        body = code if old is changed else old.__code__
        new = FunctionType(body, spaces[old.__module__], old.__name__, old.__defaults__)
        new.__doc__, new.__module__ = old.__doc__, old.__module__
        for space in spaces.values():
            if space.get(old.__name__) is old or old is formula:
                space[old.__name__] = new
    return spaces[formula.__module__][formula.__name__]


# --- the syntax


@cache
def _tree(module: str) -> dict[str, ast.FunctionDef]:
    text = inspect.getsource(importlib.import_module(module))
    tree = ast.parse(text)
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def definition(function: FunctionType) -> ast.FunctionDef:
    """The function as it is written, without its decorators."""
    tree = copy.deepcopy(_tree(function.__module__)[function.__name__])
    tree.decorator_list = []
    return tree


def _constants(tree: ast.AST) -> list[Any]:
    """The numbers and named constants below a node, in the order in which they are written."""
    found = [node for node in ast.walk(tree) if _is_constant(node)]
    return sorted(found, key=lambda node: (node.lineno, node.col_offset))


def _is_constant(node: ast.AST) -> bool:
    if isinstance(node, ast.Constant):
        return type(node.value) in (int, float)
    return isinstance(node, ast.Name) and node.id in CONSTANTS


def _variants(node: Any) -> list[str]:
    """What a constant is changed to, as source text."""
    if isinstance(node, ast.Name):
        return [f"2 * {node.id}"]
    c = node.value
    half = f"{c // 2}" if c % 2 == 0 else f"{c} * ONE / 2" if c != 1 else "ONE / 2"
    values = {0: ["1"], 1: ["2", half, "0"]}.get(c, [f"{c + 1}", f"{2 * c}", half])
    return list(dict.fromkeys(values))


def _replaced(tree: Any, position: int, new: str) -> Any:
    """A copy of the tree with its constant at that position replaced."""
    changed = copy.deepcopy(tree)
    old = _constants(changed)[position]
    value = ast.parse(new, mode="eval").body

    class Replace(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> Any:
            return ast.copy_location(value, node) if node is old else self.generic_visit(node)

    return ast.fix_missing_locations(Replace().visit(changed))


def _text(definition: ast.FunctionDef) -> str:
    """The function without its docstring."""
    start = ast.get_docstring(definition) is not None
    return "\n".join(ast.unparse(line) for line in definition.body[start:])


def compiled(definition: ast.FunctionDef, key: str) -> CodeType:
    """The compiled function, whose changed source `inspect` finds."""
    text, filename, space = f"{ast.unparse(definition)}\n", f"<{key}>", {}
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    exec(compile(text, filename, "exec"), space)
    return space[definition.name].__code__  # type: ignore[no-any-return]


# --- what a changed constant does to the theorem


def effect(mutant: Mutant) -> str:
    """`stronger` where it claims more somewhere, else `weaker`, `same`, or `broken` (no number).

    Judged at a fixed set of points: what is weaker follows from the theorem, so that nothing can
    refute it.
    """
    original = gb.catalogue[stem(mutant.bound)]
    if original.status == "order":
        return "same"
    found = {_compared(original, mutant.bound, facts) for facts in _places(original)}
    return next(kind for kind in ("stronger", "broken", "weaker", "same") if kind in found)


@cache
def _places(bound: Bound) -> list[dict[str, Any]]:
    """Points where the theorem speaks; where it may be silent, also across that border."""
    if not bound.needs:
        return points(bound, 24)
    anywhere = declared(bound, bound.name, bound.formula, ())
    return [*points(bound, 24), *points(anywhere, 100), *_swept(bound)]


def _swept(bound: Bound) -> Iterator[dict[str, Any]]:
    """Typical arguments, each in turn moved from 0.001 to 1000."""
    for name in numeric(bound):
        for k in range(-30, 31):
            x = round(10 ** (k / 10)) if whole(bound, name) else decimal(10 ** (k / 10))
            if is_allowed(name, x):
                yield consistent(bound, typical(bound) | {name: x})


def _compared(original: Bound, changed: Bound, facts: dict[str, Any]) -> str:
    was = original(**facts)
    try:
        with within_seconds(5):
            now = changed(**facts)
    except Exception:
        return "broken"
    if now != now:
        return "broken"
    if math.isclose(now, was, rel_tol=1e-12):
        return "same"
    above = original.claim.side == "lower"
    return "stronger" if original.claim.side == "equal" or (now > was) == above else "weaker"


def stem(bound: Bound) -> str:
    """The name of the theorem that a mutant was made from."""
    return bound.name.partition("~")[0]


@contextmanager
def within_seconds(seconds: float) -> Iterator[None]:
    """What takes longer raises `TimeoutError`."""
    signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _interrupt(*_: Any) -> None:
    raise TimeoutError


if __name__ == "__main__":
    from tests.mutation import main

    main()
