"""Binary relative entropy and the two ways back from it, and Bennett's function."""

from functools import lru_cache
from typing import Any

import sympy
from sympy import S, exp, log, sqrt
from sympy.core.function import ArgumentIndexError

from genbounds.backends.symbols.special import (
    Special,
    bits_below_one,
    is_one,
    is_zero,
    puiseux_series,
    raised,
)


class RelativeEntropy(Special):
    """kl(q, p), the relative entropy of two coins; `rewrite(log)` writes it out."""

    digits_name, nargs = "relative_entropy", 2

    @classmethod
    def eval(cls, q: Any, p: Any) -> Any:
        if q == p:
            return S.Zero
        if is_zero(q):
            return -log(1 - p)
        if is_one(q):
            return -log(p)
        return None

    @classmethod
    def cancelled_bits(cls, *arguments: Any) -> int:
        q, p = arguments
        return 2 * bits_below_one(q, 1 - q, abs(p - q))

    def fdiff(self, argindex: int = 1) -> Any:
        q, p = self.args
        if argindex == 1:
            return log(q * (1 - p) / (p * (1 - q)))
        if argindex == 2:
            return (p - q) / (p * (1 - p))
        raise ArgumentIndexError(self, argindex)

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _eval_rewrite_as_log(self, q: Any, p: Any, **kwargs: Any) -> Any:
        return q * log(q / p) + (1 - q) * log((1 - q) / (1 - p))

    def _eval_rewrite_as_Pinsker(self, q: Any, p: Any, **kwargs: Any) -> Any:
        return 2 * (p - q) ** 2

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        q, p = (printer._print(x) for x in self.args)
        return raised(rf"\mathrm{{kl}}\left({q} \| {p}\right)", exp)


class _KLInverse(Special):
    """What both inverses share: kl(q, p) = c differentiates to the same rules on both sides."""

    nargs = 2
    side = 1

    @classmethod
    def cancelled_bits(cls, *arguments: Any) -> int:
        q, c = arguments
        return 2 * bits_below_one(q, 1 - q, c)

    def fdiff(self, argindex: int = 1) -> Any:
        q, _ = self.args
        p = self
        slope = p * (1 - p) / (p - q)
        if argindex == 1:
            return slope * log(p * (1 - q) / (q * (1 - p)))
        if argindex == 2:
            return slope
        raise ArgumentIndexError(self, argindex)

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _eval_nseries(self, x: Any, n: int, logx: Any, cdir: Any = 0) -> Any:
        """p = q + sqrt(2 q (1 - q) c) + 2 (1 - 2q) c / 3 + ... where c vanishes and q stays."""
        q, c = self.args
        if q.has(x) or not sympy.limit(c, x, 0).is_zero:
            return super()._eval_nseries(x, n, logx, cdir)
        return puiseux_series(lambda count: kl_series(q, count, self.side), c, x, n, logx)

    def _eval_as_leading_term(self, x: Any, logx: Any = None, cdir: Any = 0) -> Any:
        q, c = self.args
        at_zero = self.func(sympy.limit(q, x, 0), sympy.limit(c, x, 0))
        return q if q.has(x) and at_zero.is_zero else at_zero


class KLInverseUpper(_KLInverse):
    """The largest p with kl(q, p) <= c."""

    digits_name, latex_name, side = "kl_inverse_upper", r"\mathrm{kl}^{-1}_{+}", 1

    @classmethod
    def eval(cls, q: Any, c: Any) -> Any:
        if is_zero(q):
            return 1 - exp(-c)
        if is_zero(c) or is_one(q):
            return q
        return S.One if c is S.Infinity else None

    def _eval_rewrite_as_Pinsker(self, q: Any, c: Any, **kwargs: Any) -> Any:
        return q + sqrt(c / 2)

    def _eval_rewrite_as_KLInverseLower(self, q: Any, c: Any, **kwargs: Any) -> Any:
        return 1 - KLInverseLower(1 - q, c)


class KLInverseLower(_KLInverse):
    """The smallest p with kl(q, p) <= c."""

    digits_name, latex_name, side = "kl_inverse_lower", r"\mathrm{kl}^{-1}_{-}", -1

    @classmethod
    def eval(cls, q: Any, c: Any) -> Any:
        if is_one(q):
            return exp(-c)
        if is_zero(c) or is_zero(q):
            return q
        return S.Zero if c is S.Infinity else None

    def _eval_rewrite_as_Pinsker(self, q: Any, c: Any, **kwargs: Any) -> Any:
        return q - sqrt(c / 2)

    def _eval_rewrite_as_KLInverseUpper(self, q: Any, c: Any, **kwargs: Any) -> Any:
        return 1 - KLInverseUpper(1 - q, c)


def kl_series(q: Any, count: int, side: int = 1) -> list[Any]:
    """a_0, ..., a_count of p = sum a_k c^(k/2), the solution of kl(q, p) = c above or below q.

    With s = sqrt(c) and u = p - q the derivative dp/dc = p (1 - p) / (p - q) reads
    u u' = 2 s (q (1 - q) + (1 - 2q) u - u^2), which gives one coefficient from those before it.
    """
    a = [S.Zero, side * sqrt(2 * q * (1 - q))]
    for m in range(3, count + 2):
        known = sum((a[i] * a[m - i] for i in range(2, m - 1)), S.Zero) * sympy.Rational(m, 2)
        square = sum((a[i] * a[m - 2 - i] for i in range(1, m - 2)), S.Zero)
        a.append(sympy.factor((2 * ((1 - 2 * q) * a[m - 2] - square) - known) / (a[1] * m)))
    return [q, *a[1 : count + 1]]


class BennettFunction(Special):
    """h(u) = (1 + u) ln(1 + u) - u; `rewrite(log)` writes it out."""

    digits_name, latex_name, nargs = "bennett_function", "h", 1

    @classmethod
    def eval(cls, u: Any) -> Any:
        return S.Zero if is_zero(u) else None

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 1:
            raise ArgumentIndexError(self, argindex)
        return log(1 + self.args[0])

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _eval_rewrite_as_log(self, u: Any, **kwargs: Any) -> Any:
        return (1 + u) * log(1 + u) - u


class BennettInverse(Special):
    """The u >= 0 with (1 + u) ln(1 + u) - u = c."""

    digits_name, latex_name, nargs = "bennett_inverse", "h^{-1}", 1

    @classmethod
    def eval(cls, c: Any) -> Any:
        if isinstance(c, BennettFunction) and c.args[0].is_nonnegative:
            return c.args[0]
        return S.Zero if is_zero(c) else None

    def fdiff(self, argindex: int = 1) -> Any:
        if argindex != 1:
            raise ArgumentIndexError(self, argindex)
        return 1 / log(1 + self)

    def _eval_is_nonnegative(self) -> bool:
        return True

    def _eval_rewrite_as_LambertW(self, c: Any, **kwargs: Any) -> Any:
        return exp(1 + sympy.LambertW((c - 1) / sympy.E)) - 1

    def _eval_rewrite_as_Bernstein(self, c: Any, **kwargs: Any) -> Any:
        return sqrt(2 * c) + c / 3

    def _eval_nseries(self, x: Any, n: int, logx: Any, cdir: Any = 0) -> Any:
        return puiseux_series(lambda count: list(bennett_series(count)), self.args[0], x, n, logx)


@lru_cache
def bennett_series(count: int) -> tuple[Any, ...]:
    """a_0, ..., a_count of u = sum a_k c^(k/2): sqrt(2c) + c/3 - ..."""
    a = [S.Zero, sqrt(2)]
    for m in range(3, count + 2):
        a.append(S.Zero)
        a[m - 1] = -sympy.expand(_bennett_coefficient(a, m)) / a[1]
    return tuple(a[: count + 1])


def _bennett_coefficient(a: list[Any], m: int) -> Any:
    """The coefficient of s^m in (1 + u) ln(1 + u) - u = sum_{k >= 2} (-u)^k / (k (k - 1))."""
    power, total = a, S.Zero
    for k in range(2, m + 1):
        power = _product(power, a, m)
        total += (-1) ** k * power[m] / (k * (k - 1))
    return total


def _product(left: list[Any], right: list[Any], top: int) -> list[Any]:
    result = [S.Zero] * (top + 1)
    for i, x in enumerate(left):
        for j, y in enumerate(right[: top + 1 - i]):
            result[i + j] += x * y
    return result
