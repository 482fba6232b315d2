"""Certificates of trained models: what their data guarantee, as a record that can be checked."""

from importlib import import_module
from typing import Any

_HOME = {
    "Certificate": "certificate",
    "Statement": "statements",
    "Verification": "verifying",
    "certify": "certifying",
    "cross_validation": "folds",
    "verify": "verifying",
}
__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'genbounds.certificates' has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"genbounds.certificates.{_HOME[name]}"), name)
    return value
