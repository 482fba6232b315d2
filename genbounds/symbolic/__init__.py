"""Bounds as mathematics: expressions, rates, closed-form inverses, proofs of directions.

Every module here imports sympy, and none is imported before one of its names is asked for.
"""

from collections.abc import Callable
from functools import wraps
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
_OF_BOUNDS = (
    "derivative", "expression", "inverse", "prove_direction", "rate", "ratio_limit", "relaxations",
    "sign_of_derivative", "symbols", "sympy_latex",
)  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'genbounds.symbolic' has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    return _by_name(found, 2 if name == "ratio_limit" else 1) if name in _OF_BOUNDS else found


def _by_name(function: Callable[..., Any], count: int) -> Callable[..., Any]:
    """The function, its first arguments being bounds or their names."""

    @wraps(function)
    def named(*arguments: Any, **options: Any) -> Any:
        from genbounds.registry import as_bound

        bounds = [as_bound(x) for x in arguments[:count]]
        return function(*bounds, *arguments[count:], **options)

    return named


def __dir__() -> list[str]:
    return __all__
