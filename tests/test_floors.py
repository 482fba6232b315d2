"""A file of the package imports only from its own floor or from lower ones."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "genbounds"

FLOORS = {
    0: "generic backends",
    1: "growth kinds variables claims estimates references roots random_walks divergences "
    "monte_carlo convex_distances ties formulas own_variables",
    2: "arguments wellformed written declaration enclosing two_sided registry",
    3: "bounds classes multiplicity rendering text_plot",
    4: "certified complexity conversions problems sawtooth solving symbolic",
    5: "class_facts sentences packing answers brackets sample_sizes questions models",
    6: "referee comparison recommendation explanation certificates checking learning",
    7: "plot",
    8: "cli",
    9: "__main__",
}
FLOOR = {name: floor for floor, names in FLOORS.items() for name in names.split()}

# What a function of a low floor imports when it is called, from above: each pair has its reason.
LAZILY_UPWARDS = {
    ("written", "symbolic"),  # `bound.expression` loads sympy when asked
    ("written", "rendering"),  # a notebook shows a bound with its left-hand side
    ("two_sided", "rendering"),
    ("referee", "plot"),  # `coverage.plot()` loads matplotlib when asked
    ("comparison", "plot"),  # likewise
    ("certificates", "plot"),
    ("learning", "plot"),
}


def unit(path: Path) -> str:
    """The file's name on the floor plan: a folder counts as one."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
IDS = [str(path.relative_to(PACKAGE)) for path in FILES]


def imports(path: Path) -> list[tuple[str, bool]]:
    """Every unit of the package that a file imports, and whether it does so when it is loaded."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    at_load = {id(node) for statement in tree.body for node in _outside_functions(statement)}
    return [(name, id(node) in at_load) for node in ast.walk(tree) for name in _imported(node)]


def _outside_functions(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        return []
    inner = [found for child in ast.iter_child_nodes(node) for found in _outside_functions(child)]
    return [node, *inner]


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom) and node.module == "genbounds":
        modules = [f"genbounds.{alias.name}" for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports are absolute"
        modules = [node.module or ""]
    else:
        modules = _by_name(node)
    parts = [module.split(".") for module in modules]
    return [p[1] for p in parts if p[0] == "genbounds" and len(p) > 1 and p[1] != "__version__"]


def _by_name(node: ast.AST) -> list[str]:
    """`import_module("genbounds.x")` and `import_module(f"genbounds.x.{name}")`."""
    if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "import_module"):
        return []
    first = node.args[0]
    if isinstance(first, ast.JoinedStr):
        first = first.values[0]
    if not isinstance(first, ast.Constant) or not str(first.value).removeprefix("genbounds."):
        return []
    return [str(first.value)]


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_every_file_has_a_floor(path):
    assert unit(path) in FLOOR


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_imports_go_down(path):
    upwards = {
        other
        for other, at_load in imports(path)
        if FLOOR[other] > FLOOR[unit(path)]
        and (at_load or (unit(path), other) not in LAZILY_UPWARDS)
    }
    assert not upwards


def test_every_listed_exception_is_in_use():
    used = {
        (unit(path), other) for path in FILES for other, at_load in imports(path) if not at_load
    }
    assert used >= LAZILY_UPWARDS


def test_no_module_waits_for_itself():
    """Loading goes round in no circle, on one floor either."""
    needs: dict[str, set[str]] = {name: set() for name in FLOOR}
    for path in FILES:
        found = {name for name, at_load in imports(path) if at_load}
        needs[unit(path)] |= found - {unit(path)}
    while needs:
        loose = [name for name, wanted in needs.items() if not wanted & needs.keys()]
        assert loose, f"a circle among {sorted(needs)}"
        needs = {name: wanted for name, wanted in needs.items() if name not in loose}


def test_the_parser_sees_what_it_should():
    here = {name for name, _ in imports(PACKAGE / "answers.py")}
    assert {"solving", "registry", "rendering", "declaration"} <= here
    assert ("symbolic", False) in imports(PACKAGE / "written.py")
    assert ("backends", False) in imports(PACKAGE / "generic.py")


def test_formulas_use_generic_names_and_no_libraries():
    """A family imports nothing that would tie its formulas to one kind of number."""
    banned = {"math", "cmath", "numpy", "scipy", "sympy", "mpmath", "random"}
    for path in (PACKAGE / "bounds").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {name.split(".")[0] for name in names} & banned, path.name
