"""Known mistakes: what people claim and what is false, each with a world that shows it."""

from importlib import import_module
from typing import Any

MODULES = (
    "tails",
    "intervals",
    "selection",
    "loose",
    "classes",
    "rademacher",
    "others",
    "pac_bayes",
)
"""The files of the list, in the order in which it is read."""


def __getattr__(name: str) -> Any:
    if name != "MISTAKES":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    files = (import_module(f"{__name__}.{module}") for module in MODULES)
    return tuple(mistake for file in files for mistake in file.MISTAKES)
