"""Logs of counts: the Sauer sum, Cover's function, a binomial coefficient, and growth left open."""

from typing import Any

import sympy
from sympy import S, binomial, exp, log
from sympy.core.function import ArgumentIndexError

from genbounds.backends.symbols.special import Special, is_one, is_zero, raised

EXACT_SIZE = 1000


class LogGrowth(Special):
    """The log growth function of a class that is not named, at a sample size."""

    latex_name, nargs = r"\ln\Pi", 1

    def _eval_is_nonnegative(self) -> bool:
        return True


class LogCovering(Special):
    """The log covering number of a class that is not named, at a scale and a sample size."""

    latex_name, nargs = r"\ln\mathcal N", (1, 2)

    def _eval_is_nonnegative(self) -> bool:
        return True


class LogSauer(Special):
    """ln sum_{i <= d} C(m, i); `rewrite` takes "Sum", "SauerExp" (above it) and "Polynomial".

    >>> import sympy
    >>> m, d = sympy.symbols("m d", positive=True, integer=True)
    >>> LogSauer(m, d).rewrite("SauerExp")
    d*(log(m/d) + 1)
    >>> LogSauer(20, 10).evalf(30)
    13.3320828273047324139913922084
    """

    digits_name, nargs = "log_sauer", 2

    @classmethod
    def eval(cls, m: Any, d: Any) -> Any:
        if is_zero(d) or is_zero(m):
            return S.Zero
        if (d - m).is_nonnegative:
            return m * log(2)
        return log(m + 1) if is_one(d) else None

    def doit(self, **hints: Any) -> Any:
        """The log of the integer, where both arguments are moderate integers."""
        m, d = self.args
        if m.is_Integer and d.is_Integer and m <= EXACT_SIZE:
            return log(sum(binomial(m, i) for i in range(int(d) + 1)))
        return self

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _eval_rewrite_as_Sum(self, m: Any, d: Any, **kwargs: Any) -> Any:
        i = sympy.Symbol("i", integer=True, nonnegative=True)
        return log(sympy.Sum(binomial(m, i), (i, 0, d)))

    def _eval_rewrite_as_SauerExp(self, m: Any, d: Any, **kwargs: Any) -> Any:
        return d * (1 + log(m / d))

    def _eval_rewrite_as_Polynomial(self, m: Any, d: Any, **kwargs: Any) -> Any:
        return d * log(m)

    def _eval_rewrite_as_PolynomialPlusOne(self, m: Any, d: Any, **kwargs: Any) -> Any:
        return log(m**d + 1)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        m, d = (printer._print(x) for x in self.args)
        return raised(rf"\ln \sum_{{i=0}}^{{{d}}} \binom{{{m}}}{{i}}", exp)


class LogCover(Special):
    """ln of Cover's function 2 sum_{i < d} C(m - 1, i): labelings by a homogeneous halfspace."""

    digits_name, nargs = "log_cover", 2

    @classmethod
    def eval(cls, m: Any, d: Any) -> Any:
        if is_one(d):
            return log(2)
        return m * log(2) if (d - m).is_nonnegative else None

    def _eval_rewrite_as_LogSauer(self, m: Any, d: Any, **kwargs: Any) -> Any:
        return log(2) + LogSauer(m - 1, d - 1)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        m, d = (printer._print(x) for x in self.args)
        return raised(rf"\ln\left(2 \sum_{{i=0}}^{{{d} - 1}} \binom{{{m} - 1}}{{i}}\right)", exp)


class LogXi(Special):
    """ln of Maurer's xi(n) = int_0^inf (1 + t/n)^n e^-t dt, which grows with n."""

    digits_name, nargs, latex_name = "log_xi", 1, r"\ln\xi"

    def _eval_rewrite_as_uppergamma(self, n: Any, **kwargs: Any) -> Any:
        return log(sympy.uppergamma(n + 1, n) * exp(n) / n**n)

    def _eval_is_positive(self) -> bool:
        return True


class LogBinomial(Special):
    """ln C(n, k), also between the integers through the gamma function."""

    digits_name, nargs = "log_binomial", 2

    @classmethod
    def eval(cls, n: Any, k: Any) -> Any:
        if is_zero(k) or n == k:
            return S.Zero
        return log(n) if is_one(k) or is_one(n - k) else None

    def fdiff(self, argindex: int = 1) -> Any:
        n, k = self.args
        if argindex == 1:
            return sympy.digamma(n + 1) - sympy.digamma(n - k + 1)
        if argindex == 2:
            return sympy.digamma(n - k + 1) - sympy.digamma(k + 1)
        raise ArgumentIndexError(self, argindex)

    def _eval_rewrite_as_binomial(self, n: Any, k: Any, **kwargs: Any) -> Any:
        return log(binomial(n, k))

    def _eval_rewrite_as_loggamma(self, n: Any, k: Any, **kwargs: Any) -> Any:
        lg = sympy.loggamma
        return lg(n + 1) - lg(k + 1) - lg(n - k + 1)

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        n, k = (printer._print(x) for x in self.args)
        return raised(rf"\ln \binom{{{n}}}{{{k}}}", exp)


def binomial_density(k: Any, n: Any, p: Any) -> Any:
    """P(Bin(n, p) = k) with the coefficient as the exponential of its log."""
    return exp(LogBinomial(n, k)) * p**k * (1 - p) ** (n - k)
