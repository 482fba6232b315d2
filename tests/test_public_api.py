"""The public names: listed, resolved, documented, and never shadowed by a module."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import genbounds as gb
from genbounds.backends import SPECIAL

ROOT = Path(__file__).parents[1]
MODULES = {module.name for module in pkgutil.iter_modules(gb.__path__)} - {"__main__"}


def test_dir_shows_the_public_names_and_the_version():
    assert dir(gb) == sorted([*gb.__all__, "__version__"])
    assert len(set(gb.__all__)) == len(gb.__all__)


@pytest.mark.parametrize("name", gb.__all__)
def test_every_public_name_resolves(name):
    assert getattr(gb, name) is getattr(gb, name)


def test_a_star_import_takes_the_public_names():
    names: dict = {}
    exec("from genbounds import *", names)
    assert set(gb.__all__) <= set(names)


def test_a_wrong_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'hoefding'"):
        gb.hoefding  # noqa: B018


def test_no_public_name_is_a_modules():
    """Importing a module binds its name in the package; `bounds` is the package that it names."""
    assert set(gb.__all__) & MODULES <= {"bounds"}
    assert inspect.ismodule(gb.bounds)
    assert gb.bounds.__name__ == "genbounds.bounds"


def test_importing_every_module_changes_no_public_name():
    code = """
import pkgutil, importlib, genbounds as gb
before = {name: getattr(gb, name) for name in gb.__all__}
for module in pkgutil.walk_packages(gb.__path__, "genbounds."):
    if not module.name.endswith("__main__"):
        try:
            importlib.import_module(module.name)
        except ImportError as fault:  # a backend whose library is not installed
            assert module.name.startswith("genbounds.backends."), fault
assert all(getattr(gb, name) is value for name, value in before.items())
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_no_bound_has_the_name_of_its_family_or_of_a_public_name():
    names = set(gb.catalogue)
    assert not names & set(gb.catalogue.families)
    assert not names & set(gb.__all__)


def members(owner: type) -> list[tuple[str, object]]:
    """The public methods and properties that a class defines itself."""
    found = []
    for name, value in vars(owner).items():
        value = getattr(value, "__func__", getattr(value, "func", value))
        if not name.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
            found.append((f"{owner.__name__}.{name}", getattr(owner, name)))
    return found


PUBLIC = [
    (name, getattr(gb, name))
    for name in gb.__all__
    if inspect.isfunction(getattr(gb, name)) or inspect.isclass(getattr(gb, name))
]
DOCUMENTED = [
    *PUBLIC,
    *(found for _, value in PUBLIC if inspect.isclass(value) for found in members(value)),
]


@pytest.mark.parametrize(("name", "value"), DOCUMENTED, ids=[name for name, _ in DOCUMENTED])
def test_every_public_function_class_and_method_is_documented(name, value):
    """What a subclass overrides is documented where it is first said."""
    owner, _, member = name.partition(".")
    if not member:
        assert (value.__doc__ or "").strip()
        return
    texts = [getattr(vars(base).get(member), "__doc__", "") for base in getattr(gb, owner).__mro__]
    assert any((text or "").strip() for text in texts)


@pytest.mark.parametrize("name", sorted(MODULES))
def test_every_module_says_what_it_is(name):
    __import__(f"genbounds.{name}")
    text = sys.modules[f"genbounds.{name}"].__doc__
    assert text
    assert text.strip().endswith(".")


@pytest.mark.parametrize("backend", ["floats", "arrays"])
def test_no_special_function_has_the_name_of_a_module_beside_it(backend):
    """Importing the module would put it in the place of the function."""
    package = importlib.import_module(f"genbounds.backends.{backend}")
    modules = {module.name for module in pkgutil.iter_modules(package.__path__)}
    assert not modules & SPECIAL.keys()
