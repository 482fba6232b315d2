"""Confidence limits defined by a tail: binomial, hypergeometric, normal, beta, double sample."""

from typing import Any

import sympy
from sympy import S, exp, log, sqrt
from sympy.core.function import ArgumentIndexError

from genbounds.backends.symbols.counting import binomial_density
from genbounds.backends.symbols.entropy import KLInverseLower, KLInverseUpper
from genbounds.backends.symbols.special import Special, is_zero


class BinomialLogTail(Special):
    """ln P(Bin(n, p) <= k)."""

    digits_name, latex_name, nargs = "binomial_log_tail", r"\ln\mathrm{Bin}", 3

    @classmethod
    def eval(cls, k: Any, n: Any, p: Any) -> Any:
        if is_zero(p) or k == n:
            return S.Zero
        return n * log(1 - p) if is_zero(k) else None

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 3:
            raise ArgumentIndexError(self, argindex)
        k, n, p = self.args
        return -(n - k) / (1 - p) * binomial_density(k, n, p) * exp(-self)

    def _eval_is_nonpositive(self) -> bool:
        return True


class BinomialTailInverse(Special):
    """The largest p with P(Bin(n, p) <= k) >= e^-c: Clopper and Pearson's upper limit."""

    digits_name, latex_name = "binomial_tail_inverse", r"\overline{\mathrm{Bin}}"
    nargs = 3

    @classmethod
    def eval(cls, k: Any, n: Any, c: Any) -> Any:
        if k == n:
            return S.One
        return 1 - exp(-c / n) if is_zero(k) else None

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 3:
            raise ArgumentIndexError(self, argindex)
        k, n, c = self.args
        return exp(-c) * (1 - self) / ((n - k) * binomial_density(k, n, self))

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _eval_rewrite_as_KLInverseUpper(self, k: Any, n: Any, c: Any, **kwargs: Any) -> Any:
        return KLInverseUpper(k / n, c / n)


class BinomialTailInverseLower(Special):
    """The smallest p with P(Bin(n, p) >= k) >= e^-c: Clopper and Pearson's lower limit."""

    digits_name, latex_name = "binomial_tail_inverse_lower", r"\underline{\mathrm{Bin}}"
    nargs = 3

    @classmethod
    def eval(cls, k: Any, n: Any, c: Any) -> Any:
        if is_zero(k):
            return S.Zero
        return exp(-c / n) if k == n else None

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 3:
            raise ArgumentIndexError(self, argindex)
        k, n, c = self.args
        return -exp(-c) * self / (k * binomial_density(k, n, self))

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _eval_rewrite_as_KLInverseLower(self, k: Any, n: Any, c: Any, **kwargs: Any) -> Any:
        return KLInverseLower(k / n, c / n)


class HypergeometricTailInverse(Special):
    """The most errors K among N that leave k among n a probability of at least e^-c."""

    digits_name, latex_name = "hypergeometric_tail_inverse", r"\overline{\mathrm{Hyp}}"
    nargs = 4


class HypergeometricTailInverseLower(Special):
    """The fewest errors K among N that leave k among n a probability of at least e^-c."""

    digits_name, latex_name = "hypergeometric_tail_inverse_lower", r"\underline{\mathrm{Hyp}}"
    nargs = 4


class DoubleSampleInverse(Special):
    """The smallest risk certified over the thresholds of the double-sample argument."""

    digits_name, latex_name = "double_sample_inverse", r"\overline{\varepsilon}"
    nargs = 4


class NormalQuantile(Special):
    """The z with P(N(0, 1) > z) = tail."""

    digits_name, latex_name, nargs = "normal_quantile", "z", 1

    @classmethod
    def eval(cls, tail: Any) -> Any:
        return S.Zero if tail is S.Half else None

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 1:
            raise ArgumentIndexError(self, argindex)
        return -sqrt(2 * sympy.pi) * exp(self**2 / 2)

    def _eval_rewrite_as_erfinv(self, tail: Any, **kwargs: Any) -> Any:
        return sqrt(2) * sympy.erfinv(1 - 2 * tail)


class BetaQuantile(Special):
    """The x with P(Beta(a, b) > x) = tail."""

    digits_name, latex_name, nargs = "beta_quantile", r"\mathrm{Beta}^{-1}", 3

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 3:
            raise ArgumentIndexError(self, argindex)
        a, b, _ = self.args
        return -sympy.beta(a, b) / (self ** (a - 1) * (1 - self) ** (b - 1))


class BetaQuantileLower(Special):
    """The x with P(Beta(a, b) < x) = tail."""

    digits_name, latex_name, nargs = "beta_quantile_lower", r"\mathrm{Beta}^{-1}_{-}", 3

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 3:
            raise ArgumentIndexError(self, argindex)
        a, b, _ = self.args
        return sympy.beta(a, b) / (self ** (a - 1) * (1 - self) ** (b - 1))
