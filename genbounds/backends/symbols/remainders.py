"""What e^x and -ln(1 - x) have beyond their first terms, in units of x^2."""

from typing import Any

import sympy
from sympy import S, exp, log
from sympy.core.function import ArgumentIndexError

from genbounds.backends.symbols.special import Special, is_one, is_zero, puiseux_series, raised


class _Remainder(Special):
    """What both share: positive, 1/2 at 0 and 0 at -oo, a power series between."""

    nargs = 1
    above = ""

    @classmethod
    def eval(cls, x: Any) -> Any:
        if is_zero(x):
            return S.Half
        return S.Zero if x is S.NegativeInfinity else None

    @staticmethod
    def coefficient(k: int) -> Any:
        """Of x^k."""
        raise NotImplementedError

    def _slope_above(self) -> Any:
        """The derivative of what is divided by x^2."""
        raise NotImplementedError

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 1:
            raise ArgumentIndexError(self, argindex)
        (x,) = self.args
        return (self._slope_above() / x - 2 * self) / x

    def _eval_is_positive(self) -> bool:
        return True

    def _eval_nseries(self, x: Any, n: int, logx: Any, cdir: Any = 0) -> Any:
        (u,) = self.args
        if not sympy.limit(u, x, 0).is_zero:
            return super()._eval_nseries(x, n, logx, cdir)

        def coefficients(count: int) -> list[Any]:
            return [S.Zero if k % 2 else self.coefficient(k // 2) for k in range(count + 1)]

        return puiseux_series(coefficients, u, x, n, logx)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        x = printer._print(self.args[0])
        base = x if self.args[0].is_Symbol else rf"\left({x}\right)"
        return raised(rf"\frac{{{self.above.format(x=x)}}}{{{base}^{{2}}}}", exp)


class ExpRemainder(_Remainder):
    """(e^x - 1 - x)/x^2; `rewrite(exp)` writes it out."""

    digits_name, above = "exp_remainder", "e^{{{x}}} - 1 - {x}"

    @classmethod
    def eval(cls, x: Any) -> Any:
        return S.Infinity if x is S.Infinity else super().eval(x)

    @staticmethod
    def coefficient(k: int) -> Any:
        return 1 / sympy.factorial(k + 2)

    def _slope_above(self) -> Any:
        (x,) = self.args
        return x + x**2 * self  # e^x - 1

    def _eval_rewrite_as_exp(self, x: Any, **kwargs: Any) -> Any:
        return (exp(x) - 1 - x) / x**2

    _eval_rewrite_as_tractable = _eval_rewrite_as_exp


class LogRemainder(_Remainder):
    """(-ln(1 - x) - x)/x^2; `rewrite(log)` writes it out."""

    digits_name, above = "log_remainder", r"-\ln\left(1 - {x}\right) - {x}"

    @classmethod
    def eval(cls, x: Any) -> Any:
        return S.Infinity if is_one(x) else super().eval(x)

    @staticmethod
    def coefficient(k: int) -> Any:
        return S.One / (k + 2)

    def _slope_above(self) -> Any:
        (x,) = self.args
        return x / (1 - x)

    def _eval_rewrite_as_log(self, x: Any, **kwargs: Any) -> Any:
        return (-log(1 - x) - x) / x**2

    _eval_rewrite_as_tractable = _eval_rewrite_as_log
