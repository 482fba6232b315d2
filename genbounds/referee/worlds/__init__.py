"""Worlds with a known truth: finite ones, parametric ones, and other ways to draw a sample."""

from importlib import import_module
from typing import Any

_HOME = {
    "AllLabelings": "occupancy",
    "FiniteWorld": "finite",
    "World": "base",
    "world_of": "base",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'genbounds.referee.worlds' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return value


def __dir__() -> list[str]:
    return list(__all__)


def load() -> None:
    """Import every world, so that each can be named."""
    for home in set(_HOME.values()):
        import_module(f"{__name__}.{home}")
