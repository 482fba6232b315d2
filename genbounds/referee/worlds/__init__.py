"""Worlds with a known truth: finite ones, parametric ones, and other ways to draw a sample."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

_HOME = {
    "AllLabelings": "occupancy",
    "BestOf": "adaptive",
    "BoundedSum": "sums",
    "Drift": "chains",
    "FiniteWorld": "finite",
    "HalfspacesWorld": "halfspaces",
    "HardMarginWorld": "machines",
    "IntervalsWorld": "intervals",
    "LinearBallWorld": "margins",
    "LinearRegression": "regression",
    "PairedModels": "pairs",
    "Paths": "paths",
    "Population": "populations",
    "Posteriors": "posteriors",
    "RandomMembers": "members",
    "Sequences": "sequences",
    "SignedSum": "sums",
    "StickyChain": "chains",
    "StumpsWorld": "stumps",
    "ThresholdsWorld": "thresholds",
    "UniformSample": "cdf",
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
    for file in iter_modules(__path__):
        import_module(f"{__name__}.{file.name}")
