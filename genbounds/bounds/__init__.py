"""The catalogue's families, one file each; a family is imported when first named."""

from importlib import import_module
from types import ModuleType


def __getattr__(name: str) -> ModuleType:
    if name.startswith("_"):
        raise AttributeError(name)
    try:
        return import_module(f"{__name__}.{name}")
    except ModuleNotFoundError as fault:
        if fault.name != f"{__name__}.{name}":
            raise
        raise AttributeError(f"no family of bounds is called {name!r}") from None
