"""Properties of the formula as it is written: in LaTeX, in symbols, and in exact numbers."""

import math
from typing import Any

from genbounds.checking.base import RELATIVE, Property, raised, rounding, value
from genbounds.checking.domain import Domain, Facts
from genbounds.checking.result import Fault
from genbounds.formulas import float_constants, foreign_fault
from genbounds.variables import VARIABLES

_PYTHON = ("None", "object at", "<lambda>", "**")


def _in_latex(domain: Domain, facts: Facts) -> Fault | None:
    bound, shown = domain.bound, f"{domain.bound.name}.latex"
    try:
        written = [bound.latex, *bound.latex_needs]
    except TypeError as fault:  # it says how to write the formula
        return Fault(str(fault), (shown,))
    except Exception as fault:  # whatever an unknown formula raises
        return Fault(f"of LaTeX {raised(bound, fault).says}", (shown,))
    if bound.additive and bound.status != "order":
        written.append(bound.gap.latex)
    whole = " ".join(written)
    missing = [name for name in bound.arguments if VARIABLES[name].latex not in whole]
    if missing:
        return Fault(f"the LaTeX does not name {', '.join(missing)}: {bound.latex}", (shown,))
    strange = [word for word in _PYTHON if word in whole]
    if not strange:
        return None
    return Fault(f"the LaTeX holds {', '.join(strange)}: {bound.latex}", (shown,))


def _is_generic(domain: Domain, facts: Facts) -> Fault | None:
    fault = foreign_fault(domain.bound.formula)
    return Fault(fault, (f"{domain.bound.name}.latex",)) if fault else None


def _is_exact(domain: Domain, facts: Facts) -> Fault | None:
    floats = float_constants(domain.bound.formula)
    if not floats:
        return None
    return Fault(
        f"the formula holds {', '.join(map(repr, floats))}: LaTeX, symbols and 50 digits need "
        "exact numbers, fractions of integers (ONE/2) or PI, E, LN2 of genbounds.generic",
        (f"{domain.bound.name}.latex",),
    )


def _in_symbols(domain: Domain, facts: Facts) -> Fault | None:
    """An expression without floats, with the value of the formula."""
    import sympy

    bound, shown = domain.bound, f"{domain.bound.name}.expression"
    try:
        expression = bound.expression
    except Exception as fault:  # whatever an unknown formula raises
        says = f"of symbols {raised(bound, fault).says}; expression=False says that it has none"
        return Fault(says, (shown,))
    if isinstance(expression, sympy.Expr) and expression.atoms(sympy.Float):
        floats = ", ".join(map(str, sorted(expression.atoms(sympy.Float))))
        return Fault(f"the expression holds the float {floats}: {expression}", (shown,))
    evaluated = _evaluated(domain, expression, facts)
    found = value(bound, facts)
    if evaluated is None or not math.isfinite(found):
        return None
    if abs(evaluated - found) <= 100 * RELATIVE * abs(found) + rounding(bound, found, 1.0):
        return None
    return Fault(f"is {found!r}, and its expression {evaluated!r}: {expression}", (facts, shown))


def _evaluated(domain: Domain, expression: Any, facts: Facts) -> float | None:
    """The number that the expression gives; None where sympy gives none."""
    from genbounds.symbolic.expressions import exact

    if set(domain.numbers) != set(domain.bound.arguments):
        return None
    try:
        at = {s: exact(facts[name]) for name, s in domain.bound.symbols.items()}
        return float(expression.xreplace(at).evalf(20))
    except Exception:  # sympy evaluates some of our functions in closed form only
        return None


def _no_expression(domain: Domain) -> str:
    from importlib.util import find_spec

    if not domain.bound.has_expression:
        return "declared to have no expression: it is an algorithm"
    return "" if find_spec("sympy") else "sympy is not installed"


PROPERTIES = (
    Property("LaTeX", _in_latex, share=0),
    Property("generic names", _is_generic, share=0),
    Property("exact constants", _is_exact, share=0),
    Property("symbols", _in_symbols, _no_expression, share=0),
)
