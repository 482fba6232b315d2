"""What a formula may be: a plain function of named arguments, written in the names of `generic`.

A formula written in `math` or `numpy` runs on one kind of number only: where another kind is
wanted, the error names the import that makes it run on all of them.
"""

import builtins
import math
from collections.abc import Callable, Iterator
from functools import cache
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType
from typing import Any

FOREIGN = {"math", "cmath", "numpy", "scipy", "sympy", "mpmath", "jax", "torch"}
_ANOTHER_NAME = {
    "max": "maximum", "min": "minimum", "fmax": "maximum", "fmin": "minimum", "sum": "total",
    "fsum": "total", "prod": "product", "pow": "power", "ln": "log",
    "lgamma": "log_gamma", "gammaln": "log_gamma", "comb": "log_binomial",
    "lambertw": "lambert_w",
}  # fmt: skip


def faults_of(formula: Any) -> list[str]:
    """What keeps an object from being a formula; empty where nothing does."""
    code = getattr(formula, "__code__", None)
    if not isinstance(code, CodeType):
        return [f"a formula is a Python function, got {type(formula).__name__}"]
    faults = [fault for flag, fault in _SHAPES if code.co_flags & flag]
    if code.co_posonlyargcount:
        faults.append("arguments are named: no / in the signature")
    if code.co_kwonlyargcount:
        faults.append("arguments are listed plainly: no * in the signature")
    if formula.__defaults__ or formula.__kwdefaults__:
        faults.append("arguments have no defaults: every number is given by its user")
    if not code.co_argcount and not faults:
        faults.append("a formula has arguments")
    return faults


_SHAPES = (
    (0x04, "arguments are named: no *args"),
    (0x08, "arguments are named: no **kwargs"),
    (0x80 | 0x200, "a formula is no coroutine: write `def`, not `async def`"),
    (0x20, "a formula returns its value: no `yield`"),
)


def foreign_fault(formula: Any) -> str:
    """What of a formula knows one kind of number only, and the import for all; or nothing."""
    used = [] if _of_genbounds(formula) else sorted(set(foreign_names(formula)))
    if not used:
        return ""
    known = generic_names()
    wanted: set[str] = set()
    unknown: list[str] = []
    for name in used:
        last = name.rpartition(".")[2]
        found = last if last in known else _ANOTHER_NAME.get(last, "")
        if found:
            wanted.add(found)
        else:
            unknown.append(name)
    fault = f"it uses {', '.join(used)}, which take one kind of number only"
    if wanted:
        fault += f": write `from genbounds.generic import {', '.join(sorted(wanted))}`"
    if unknown:
        fault += f"; genbounds.generic has nothing for {', '.join(unknown)}"
    return fault


@cache
def generic_names() -> frozenset[str]:
    """The names that formulas are written in."""
    from genbounds import generic

    return frozenset(name for name in vars(generic) if not name.startswith("_"))


def foreign_names(formula: Any) -> Iterator[str]:
    """Functions of numerical libraries that a formula, or a helper beside it, names."""
    for function in helpers(formula):
        space = function.__globals__
        for code in codes(function.__code__):
            if any(_is_foreign(space.get(name, _MODULES.get(name))) for name in code.co_names):
                yield from _named(code, space)


def helpers(formula: Any) -> list[Any]:
    """The formula and the functions of the user's own that it names, each once."""
    found: list[Any] = []
    waiting = [formula]
    while waiting:
        function = waiting.pop()
        found.append(function)
        names = {name for code in codes(function.__code__) for name in code.co_names}
        cells = [_content(cell) for cell in function.__closure__ or ()]
        for value in [*(function.__globals__.get(name) for name in names), *cells]:
            own = isinstance(value, FunctionType) and not _of_genbounds(value)
            if own and value not in found and value not in waiting:
                waiting.append(value)
    return found


def _content(cell: Any) -> Any:
    try:
        return cell.cell_contents
    except ValueError:
        return None  # not filled yet: a function that calls itself


def _of_genbounds(function: Any) -> bool:
    return str(function.__module__).partition(".")[0] == "genbounds"


def codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a function and of those written inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from codes(constant)


# `import math` inside the function: the module is known by its name
_MODULES: dict[str, Any] = {name: ModuleType(name) for name in FOREIGN}


def _is_foreign(value: Any) -> bool:
    if isinstance(value, ModuleType):
        return value.__name__.partition(".")[0] in FOREIGN
    if isinstance(value, (type, float, int, str)) or value is None:
        return False
    home = getattr(value, "__module__", None) or type(value).__module__
    return callable(value) and str(home).partition(".")[0] in FOREIGN


def _named(code: CodeType, space: dict[str, Any]) -> Iterator[str]:
    """`math.sqrt`, `np.log` or a bare `sqrt` that came from there; constants are let through."""
    import dis

    before: Any = None
    for step in dis.get_instructions(code):
        if before is not None and step.opname in ("LOAD_ATTR", "LOAD_METHOD"):
            if not isinstance(getattr(math, step.argval, None), float):
                yield f"{before}.{step.argval}"
            before = None
            continue
        value = space.get(step.argval) if isinstance(step.argval, str) else None
        before = None
        if step.opname == "IMPORT_NAME" and step.argval.partition(".")[0] in FOREIGN:
            yield step.argval
        elif step.opname in ("LOAD_GLOBAL", "LOAD_NAME") and _is_foreign(value):
            if isinstance(value, ModuleType):
                before = step.argval
            else:
                yield step.argval


def float_constants(formula: Any) -> tuple[float, ...]:
    """Floats typed into a formula: they are no exact numbers, in LaTeX and in 50 digits."""
    return tuple(
        x
        for function in helpers(formula)
        for code in codes(function.__code__)
        for x in code.co_consts
        if isinstance(x, float)
    )


def names_of(formula: Any) -> set[str]:
    """Every global name and attribute that a formula and its helpers use."""
    return {n for f in helpers(formula) for code in codes(f.__code__) for n in code.co_names}


EXPLAINED = "does not take this kind of number"
"""In an exception that has the hint already."""


def hint(formula: Callable[..., Any], fault: BaseException) -> str:
    """An exception of a formula in one line, with the names that would not have raised it."""
    text = " ".join(str(fault).split())
    if EXPLAINED in text:
        return text
    return "; ".join(filter(None, [f"{type(fault).__name__}: {text[:160]}", advice(formula, text)]))


def advice(formula: Callable[..., Any], text: str) -> str:
    """How to write a formula that failed with this text so that it takes every kind of number."""
    names, space = names_of(formula), getattr(formula, "__globals__", {})
    spelled = [
        f"{name} as {_ANOTHER_NAME[name]}"
        for name in sorted(names & {"max", "min", "sum", "pow"})
        if isinstance(space.get(name, getattr(builtins, name)), BuiltinFunctionType)
    ]
    if "truth value" in text or "true nor false" in text:
        spelled.append("`if` as where(condition, lambda: ..., lambda: ...)")
    written = f"write {', '.join(spelled)} of genbounds.generic" if spelled else ""
    return "; ".join(filter(None, [foreign_fault(formula), written]))
