"""Whether a ball holds a number, and how tight it is: both told without rounding."""

import pytest
from mpmath import mp, mpf

flint = pytest.importorskip("flint")

PRECISION = 128
DIGITS = 80


def exact(x) -> mpf:
    """A point of arb's as a number of mpmath, exactly."""
    if not x.is_finite():
        return mpf("nan") if x.is_nan() else mpf("inf") if x > 0 else -mpf("inf")
    mantissa, power = map(int, x.man_exp())
    with mp.workprec(max(mp.prec, mantissa.bit_length() + 1)):
        return mp.ldexp(mpf(mantissa), power)


def ends(x) -> tuple[mpf, mpf]:
    """The ends of a ball, to 1000 digits."""
    interval = getattr(x, "arb", x)
    with mp.workdps(1000):
        middle, radius = exact(interval.mid()), exact(interval.rad())
        return middle - radius, middle + radius


def holds(x, value, digits=DIGITS - 10) -> bool:
    """Whether the value, known to so many digits, is in the ball."""
    low, high = ends(x)
    doubt = abs(mpf(value)) * mpf(10) ** -digits if mp.isfinite(value) else 0
    return bool(low - doubt <= value <= high + doubt)


def bits(x) -> float:
    """Of the relative radius."""
    interval = getattr(x, "arb", x)
    return float("inf") if interval.is_exact() else interval.rel_accuracy_bits()


def check(x, value, least=90, digits=DIGITS - 10) -> None:
    """A tight ball about the value."""
    assert holds(x, value, digits), (str(x), mp.nstr(value, 50))
    assert bits(x) >= least, (str(x), bits(x))


def interval(low, high):
    """A ball about two numbers."""
    return flint.arb(low).union(flint.arb(high))


def is_nothing(x) -> bool:
    return bool(x.arb.is_nan())


def within(inner, outer) -> bool:
    """Whether one ball lies in another."""
    (a, b), (c, d) = ends(inner), ends(outer)
    return bool(c <= a and b <= d)
