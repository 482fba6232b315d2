"""Worlds with a known truth: finite ones, parametric ones, and other ways to draw a sample."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

_HOME = {
    "Adversary": "trees",
    "AllLabelings": "occupancy",
    "Axes": "balls",
    "Ball": "balls",
    "BestOf": "adaptive",
    "Blocks": "localized",
    "Boosted": "boosted",
    "BoundedSum": "sums",
    "ChaosMaximum": "sign_sums",
    "Compressor": "learners",
    "Cover": "covers",
    "DrawnHypothesis": "drawn",
    "DrawnWeight": "drawn_weights",
    "Drift": "chains",
    "FiniteWorld": "finite",
    "Groups": "balls",
    "HalfspacesWorld": "halfspaces",
    "HardMarginWorld": "machines",
    "IntervalsWorld": "intervals",
    "KernelFixedPoint": "localized",
    "Labelings": "certain",
    "LearnedPrior": "priors",
    "LinearBallWorld": "margins",
    "LinearRegression": "regression",
    "LinearSpace": "localized",
    "LocalKernel": "localized",
    "Machine": "left_out",
    "Memorizer": "learners",
    "NoisyWeights": "noisy_weights",
    "OrthogonalInputs": "balls",
    "Packing": "covers",
    "PairedModels": "pairs",
    "Paths": "paths",
    "Population": "populations",
    "Posteriors": "posteriors",
    "PrivatePrior": "priors",
    "RandomMembers": "members",
    "Sequences": "sequences",
    "SeveralPriors": "priors",
    "ShatteredPoints": "shattering",
    "ShortestInterval": "learners",
    "SignMoments": "sign_sums",
    "SignedSum": "sums",
    "Simplex": "balls",
    "SquareLoss": "squares",
    "SquaredNorm": "balls",
    "StickyChain": "chains",
    "StumpLabelings": "certain",
    "StumpsWorld": "stumps",
    "ThresholdsWorld": "thresholds",
    "TraceNorm": "balls",
    "TrainedMachine": "left_out",
    "TwoClasses": "certain",
    "UniformSample": "cdf",
    "VectorScores": "certain",
    "Vectors": "certain",
    "WatchedPosteriors": "watched",
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
