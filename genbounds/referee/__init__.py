"""The referee: bounds are tested on worlds with a known truth, and refuted where they fail."""

from importlib import import_module
from typing import Any

_HOME = {
    "Average": "averages",
    "Counterexample": "counterexamples",
    "Coverage": "validating",
    "Draws": "draws",
    "FiniteWorld": "worlds",
    "NotKnownError": "draws",
    "Refutation": "refuting",
    "Slack": "slacks",
    "World": "worlds",
    "certified_chance": "certifying",
    "refute": "refuting",
    "slack": "slacks",
    "validate": "validating",
    "world_of": "worlds",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'genbounds.referee' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return value


def __dir__() -> list[str]:
    return list(__all__)
