"""What every special function of the symbolic backend shares: digits on demand and LaTeX."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import sympy
from mpmath import mp

from genbounds.backends import digits

GUARD_BITS = 30


class Special(sympy.Function):  # type: ignore[misc]
    """A sympy function whose digits, to any precision, come from mpmath by `backends.digits`."""

    digits_name = ""
    latex_name = ""

    def _eval_evalf(self, prec: int) -> Any:
        """Digits to `prec` bits; None, which sympy understands, where an argument is no number."""
        if not self.digits_name or not all(x.is_comparable for x in self.args):
            return None
        return _digits(self, prec)

    @classmethod
    def cancelled_bits(cls, *arguments: Any) -> int:
        """How many bits the definition loses to cancellation at these arguments."""
        return 0

    def _latex(self, printer: Any, exp: str | None = None) -> str:
        inside = ", ".join(printer._print(x) for x in self.args)
        return raised(rf"{self.latex_name}\left({inside}\right)", exp)

    def _eval_is_extended_real(self) -> bool:
        return True


@lru_cache(maxsize=512)
def _digits(function: Special, prec: int) -> Any:
    """A derivative holds its function several times over, so digits are kept."""
    bits = prec + GUARD_BITS + function.cancelled_bits(*(x._to_mpmath(53) for x in function.args))
    with mp.workprec(bits):
        numbers = [x._to_mpmath(bits) for x in function.args]
        try:
            value = getattr(digits, function.digits_name)(*numbers)
        except TypeError:  # complex numbers arose, so the arguments are outside of the domain
            return sympy.S.NaN
    return sympy.Expr._from_mpmath(value, prec)


def bits_below_one(*numbers: Any) -> int:
    """The leading zero bits of small positive numbers, added up."""
    return sum(max(0, -int(mp.mag(x))) for x in numbers if x > 0)


def raised(source: str, exp: str | None) -> str:
    """`source`, in brackets under an exponent if there is one."""
    return source if exp is None else rf"\left({source}\right)^{{{exp}}}"


def is_zero(x: Any) -> bool:
    return x.is_zero is True


def is_one(x: Any) -> bool:
    return (x - 1).is_zero is True


def puiseux_series(
    coefficients: Callable[[int], list[Any]], small: Any, x: Any, n: int, logx: Any
) -> Any:
    """Sum of a_k small^(k/2) up to O(x^n), where `small` vanishes like a power of x."""
    _, degree = small.leadterm(x)
    if not degree.is_positive:
        raise NotImplementedError(f"{small} does not vanish at {x} = 0")
    count = int(sympy.ceiling(2 * n / degree)) + 1
    terms = (a * small ** sympy.Rational(k, 2) for k, a in enumerate(coefficients(count)))
    total = sum((term.nseries(x, n=n, logx=logx) for term in terms), sympy.S.Zero)
    return total + sympy.Order(x**n, x)
