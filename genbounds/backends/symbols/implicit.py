"""The root of an increasing function, as an expression with digits, derivatives and LaTeX."""

from typing import Any

import sympy
from mpmath import mp

from genbounds.backends import digits
from genbounds.backends.symbols.special import GUARD_BITS, raised


class Root(sympy.Expr):  # type: ignore[misc]
    """The x in [low, high] where the increasing function of a `Lambda` passes through 0."""

    is_commutative = True
    is_extended_real = True

    def __new__(cls, function: Any, low: Any, high: Any) -> "Root":
        return super().__new__(cls, function, sympy.sympify(low), sympy.sympify(high))  # type: ignore[no-any-return]

    @property
    def equation(self) -> Any:
        """What is 0 at the root, as an expression in the bound variable."""
        return self.args[0].expr

    @property
    def variable(self) -> Any:
        return self.args[0].variables[0]

    def _eval_evalf(self, prec: int) -> Any:
        _, low, high = self.args
        if self.free_symbols:
            return None
        with mp.workprec(prec + GUARD_BITS):
            ends = [x._to_mpmath(prec + GUARD_BITS) for x in (low, high)]
            value = digits.root(lambda x: self._at(x, prec + GUARD_BITS), *ends)
        return sympy.Expr._from_mpmath(value, prec)

    def _at(self, x: Any, prec: int) -> Any:
        number = sympy.Expr._from_mpmath(x, prec)
        return self.equation.xreplace({self.variable: number})._to_mpmath(prec)

    def _eval_derivative(self, s: Any) -> Any:
        """f(x, s) = 0 moves x by -f_s / f_x."""
        slope = self.equation.diff(self.variable)
        return (-self.equation.diff(s) / slope).xreplace({self.variable: self})

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        name, equation = printer._print(self.variable), printer._print(self.equation)
        low = printer._print(self.args[1])
        return raised(rf"\min\left\{{{name} \ge {low} : {equation} \ge 0\right\}}", exp)
