"""Scans of many samples at once: a numpy form of each, and one compiled where numba is there."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType


@cache
def kernels(name: str) -> ModuleType:
    """The module `compiled_<name>`, or `<name>` where numba is missing: both give the same bits."""
    compiled = "compiled_" if find_spec("numba") else ""
    return import_module(f"genbounds.referee.kernels.{compiled}{name}")
