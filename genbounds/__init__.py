"""What can be guaranteed about a model on unseen data: generalization bounds as checked code."""

from importlib import import_module
from typing import Any

from genbounds.classes import __all__ as _CLASSES

__version__ = "0.1.0"

_HOME = {
    "Bound": "declaration",
    "Claim": "claims",
    "Draws": "referee",
    "FiniteWorld": "referee",
    "World": "referee",
    "ComplexityEstimate": "complexity",
    "Estimate": "estimates",
    "Polynomial": "growth",
    "PolynomialPlusOne": "growth",
    "Sauer": "growth",
    "SauerExp": "growth",
    "Answer": "answers",
    "answer": "answers",
    "bound": "declaration",
    "catalogue": "registry",
    "NoSolutionError": "problems",
    "certify": "certificates",
    "check": "checking",
    "compare": "comparison",
    "compare_models": "models",
    "complexity_bounds": "complexity",
    "bernoulli_kl": "divergences",
    "categorical_kl": "divergences",
    "compression_kl": "divergences",
    "derivative": "symbolic",
    "cross_validation": "certificates",
    "explain": "explanation",
    "gaussian_kl": "divergences",
    "gaussian_renyi": "divergences",
    "general_convex": "convex_distances",
    "indexed_prior_variance": "divergences",
    "laplace_kl": "divergences",
    "monte_carlo_risk": "monte_carlo",
    "point_mass_kl": "divergences",
    "prior_index": "divergences",
    "gaussian_complexity": "complexity",
    "holm": "multiplicity",
    "inverse": "symbolic",
    "learning_curve": "learning",
    "local_fixed_point": "complexity",
    "maximum_discrepancy": "complexity",
    "prove_direction": "symbolic",
    "rate": "symbolic",
    "rademacher": "complexity",
    "ratio_limit": "symbolic",
    "relaxations": "symbolic",
    "recommend": "recommendation",
    "refute": "referee",
    "risk": "questions",
    "sample_size": "sample_sizes",
    "scan": "solving",
    "slack": "referee",
    "solve": "solving",
    "test_set": "questions",
    "validate": "referee",
    "variable": "own_variables",
    "verify": "certificates",
}
_HOME |= dict.fromkeys(_CLASSES, "classes")
__all__ = sorted([*_HOME, "bounds"])


def __getattr__(name: str) -> Any:
    if name == "bounds":
        return import_module("genbounds.bounds")
    if name not in _HOME:
        raise AttributeError(f"module 'genbounds' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"genbounds.{_HOME[name]}"), name)
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
