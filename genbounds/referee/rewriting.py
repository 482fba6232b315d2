"""Theorems whose formula is wrapped in another: scaled, or turned into a value."""

from __future__ import annotations

from typing import Any

from genbounds.declaration import Bound


def rewritten(
    bound: Any, name: str, body: str, *, extra: str = "", space: Any, **claim: str
) -> Bound:
    """A bound whose value is `body`, Python source in its arguments, `extra` and `value`."""
    names = [*bound.arguments, *([extra] if extra and extra not in bound.arguments else [])]
    passed = ", ".join(f"{name}={name}" for name in bound.arguments)
    lines = f"def derived({', '.join(names)}):\n    value = formula({passed})\n    return {body}"
    known: dict[str, Any] = {"formula": bound.formula, **space}
    exec(lines, known)
    formula = known["derived"]
    formula.__module__, formula.__doc__ = bound.__module__, bound.__doc__
    return Bound(
        formula, bound.claim._replace(**claim), name=name, source=bound.source,
        status=bound.status, why=bound.why, given=bound.given, needs=bound.needs,
        fixed=bound.fixed, additive=bound.additive, direction=bound.exceptions,
    )  # fmt: skip
