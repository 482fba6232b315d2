"""Bounds as mathematics: expressions, rates, closed-form inverses, proofs of directions.

Every module here imports sympy, and none is imported before one of its names is asked for.
"""

from importlib import import_module
from typing import Any

_HOME = {
    "closed_inverse": "inverses",
    "derivative": "expressions",
    "deviation": "expressions",
    "expression": "expressions",
    "inverse": "inverses",
    "prove_direction": "monotonicity",
    "rate": "asymptotics",
    "ratio_limit": "asymptotics",
    "relaxations": "expressions",
    "sign_of_derivative": "monotonicity",
    "symbol": "expressions",
    "symbols": "expressions",
    "sympy_latex": "expressions",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'genbounds.symbolic' has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)


def __dir__() -> list[str]:
    return __all__
