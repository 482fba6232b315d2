"""Certified values: a bound in balls, at rising precision, until the enclosure is tight.

Inputs are exact: integers, fractions, decimal strings; a float is its shortest decimal. The answer
is an interval that contains the value of the formula, and the float that is safe to print: an upper
bound rounds up, a lower bound down.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from threading import RLock
from typing import Any, NamedTuple

from genbounds.estimates import Estimate, for_argument
from genbounds.generic import backend_of, load_backend
from genbounds.variables import VARIABLES

DIGITS, MOST_DIGITS = 20, 4000
_DOUBLINGS = 6  # of the precision, before an input counts as undecidable
_GUARD_BITS = 40
_BELOW_FLOATS = 1100  # no float can show an absolute error under 2^-1100

_ALONE = RLock()
"""flint keeps one working precision for the whole process: one enclosure at a time."""


class Enclosure(NamedTuple):
    """A proved interval around a value: `ball` is python-flint's, `lower` and `upper` are floats.

    `value` is the end that the claim needs; `digits` are decimals that are certain.
    """

    ball: Any
    side: str
    wanted: int = DIGITS

    @property
    def lower(self) -> float:
        """The largest float that is certainly not above the value."""
        return 0.0 - _rounded_up(-_ends(self.ball)[0])

    @property
    def upper(self) -> float:
        """The smallest float that is certainly not below the value."""
        return _rounded_up(_ends(self.ball)[1])

    @property
    def value(self) -> float:
        """The float that is safe to state: up for an upper bound, down for a lower one."""
        return self.lower if self.side == "lower" else self.upper

    @property
    def digits(self) -> str:
        """The decimals that every point of the interval begins with, cut and not rounded."""
        return certain_digits(self.ball, self.wanted)

    @property
    def record(self) -> dict[str, str]:
        """The certain digits and both ends, as text that no JSON reader rounds."""
        return {"digits": self.digits, "lower": repr(self.lower), "upper": repr(self.upper)}

    def __reduce__(self) -> Any:
        if not self.ball.is_finite():
            return _restored, (repr(float(self.ball)), None, self.side, self.wanted)
        ends = (tuple(map(int, x.man_exp())) for x in (self.ball.mid(), self.ball.rad()))
        return _restored, (*ends, self.side, self.wanted)

    def __float__(self) -> float:
        return self.value

    def __str__(self) -> str:
        word = "down" if self.side == "lower" else "up"
        return f"{self.digits} ({self.value!r} rounded {word})"


def _restored(middle: Any, radius: Any, side: str, wanted: int) -> Enclosure:
    """An enclosure out of what was pickled."""
    arb = _flint().arb
    ball = arb(middle) if radius is None else arb(middle, radius)
    return Enclosure(ball, side, wanted)


def enclosure(
    evaluate: Callable[..., Any], names: Any, given: Mapping[str, Any], *,
    side: str, what: str, digits: int = DIGITS, binary: bool = False,
) -> Enclosure:  # fmt: skip
    """What `evaluate` gives on the exact facts, proved to that many significant decimals."""
    facts = exact_facts(given, names, binary)
    ball = tightened(lambda: evaluate(**lifted(facts)), digits, what)
    return Enclosure(ball, side, int(digits))


def tightened(evaluate: Callable[[], Any], digits: int, what: str) -> Any:
    """arb's ball around a value, evaluated at doubled precision until `digits` are certain."""
    whole = hasattr(digits, "__index__") and not isinstance(digits, bool)
    if not whole or not 1 <= digits <= MOST_DIGITS:
        raise ValueError(f"digits must be an integer from 1 to {MOST_DIGITS}, got {digits!r}")
    digits = int(digits)
    found: Any = None
    bits = math.ceil(digits * math.log2(10))
    for doubling in range(_DOUBLINGS + 1):
        found = at_precision(evaluate, (bits + _GUARD_BITS) << doubling)
        if not isinstance(found, ValueError) and _is_tight(found, bits):
            return found
    words = str(found) if isinstance(found, ValueError) else f"it stays {found.str(10)}"
    raise undecided()(
        f"{what} cannot be enclosed to {digits} digits: {words} at "
        f"{(bits + _GUARD_BITS) << _DOUBLINGS} bits; the inputs are intervals themselves, or lie "
        "where the formula jumps"
    )


def at_precision(evaluate: Callable[[], Any], bits: int) -> Any:
    """arb's ball around one evaluation at so many bits, or the error that intervals overlapped."""
    flint = _flint()
    with _ALONE, flint.ctx.workprec(bits):
        try:
            return _as_arb(evaluate(), flint.arb)
        except undecided() as fault:
            return fault


def undecided() -> type[ValueError]:
    """The error of a comparison that intervals cannot decide."""
    from genbounds.backends.balls.ball import UndecidedError

    return UndecidedError


def _flint() -> Any:
    try:
        import flint
    except ImportError:
        raise ImportError(
            "certified digits need python-flint: pip install 'genbounds[certified]'"
        ) from None
    return flint


def _as_arb(value: Any, arb: Any) -> Any:
    value = getattr(value, "arb", value)
    if isinstance(value, arb):
        return value
    if isinstance(value, float) and math.isfinite(value):
        raise TypeError(f"{value!r} was computed in floats and proves nothing")
    return arb(value)


def _is_tight(x: Any, bits: int) -> bool:
    if not x.is_finite():  # an infinity and something finite is that infinity
        return not x.is_nan() and not x.mid().is_finite() and x.rad().is_finite()
    return bool(x.rad() <= abs(x.mid()) * _power(x, -bits) or x.rad() < _power(x, -_BELOW_FLOATS))


def _power(x: Any, exponent: int) -> Any:
    return type(x)(2) ** exponent


# --- exact inputs


def exact_facts(given: Mapping[str, Any], names: Any, binary: bool = False) -> dict[str, Any]:
    """The facts of a call as integers, fractions, balls and functions; one error for all faults."""
    facts, faults = {}, []
    for name, value in given.items():
        try:
            facts[name] = _exact(name, for_argument(name, value, given, names), binary)
        except (TypeError, ValueError) as fault:
            faults.append(str(fault))
    if faults:
        raise ValueError("; ".join(faults))
    return facts


def _exact(name: str, x: Any, binary: bool) -> Any:
    if name == "growth" or _kind(name) == "function":
        return x
    if isinstance(x, Estimate):
        ends = {end: _number(name, getattr(x, end), True) for end in ("lower", "upper")}
        return x._replace(**ends, delta=_number(name, x.delta, binary))
    if _kind(name) in ("sequence", "data"):
        return _sequence(name, x, binary)
    return _number(name, x, binary)


def _sequence(name: str, entries: Any, binary: bool) -> tuple[Any, ...]:
    if isinstance(entries, (str, bytes)) or not isinstance(entries, Iterable):
        raise ValueError(f"{name} must be a sequence of numbers, got {_brief(entries)}")
    found = tuple(_number(name, entry, binary) for entry in entries)
    unknown = [i for i, x in enumerate(found) if x != x]
    if unknown:
        raise ValueError(f"{name} must hold numbers, got nan at position {unknown[0]}")
    return found


def _brief(x: Any) -> str:
    text = repr(x)
    return text if len(text) <= 60 else f"{text[:60]}..."


_ENDS = ("lower", "upper", "delta")


def _kind(name: str) -> str:
    return VARIABLES[name].kind if name in VARIABLES else ""


def _number(name: str, x: Any, binary: bool) -> Any:
    if backend_of(type(x)) == "arrays" and getattr(x, "ndim", 0) == 0:
        x = _from_numpy(x[()], binary)
    backend = backend_of(type(x))
    if isinstance(x, str):
        return _from_text(name, x)
    if isinstance(x, Decimal):
        return _from_decimal(name, x)
    if isinstance(x, float) and math.isfinite(x):
        return Fraction(x) if binary else exactly(x)
    if backend == "digits":
        return _from_mpmath(x)
    if type(x).__name__ == "arf":
        return _flint().arb(x)
    if backend == "balls" or (backend == "floats" and isinstance(x, (int, float, Fraction))):
        return x
    if getattr(x, "is_Rational", False):
        return Fraction(int(x.p), int(x.q))
    raise TypeError(
        f"{name} must be one exact number (an integer, a fraction, a decimal string, a float read "
        f"as its shortest decimal) to be certified, got {type(x).__name__}"
    )


def exactly(x: Any) -> Any:
    """A float as the decimal that it prints; sequences entry by entry, anything else as it is."""
    if isinstance(x, (tuple, list)):
        return tuple(map(exactly, x))
    return Fraction(repr(float(x))) if isinstance(x, float) and math.isfinite(x) else x


def _from_numpy(x: Any, binary: bool) -> Any:
    """A scalar of numpy: floats of every width as the shortest decimals of their own type."""
    if x.dtype.kind != "f" or x - x != 0:
        return float(x) if x.dtype.kind == "f" else x.item()
    return Fraction(*x.as_integer_ratio()) if binary else Fraction(str(x))


def _from_text(name: str, text: str) -> Any:
    try:
        return Fraction(text) if "/" in text else _from_decimal(name, Decimal(text.strip()))
    except (ZeroDivisionError, InvalidOperation):
        pass
    except ValueError:
        if "/" not in text:
            raise
    raise ValueError(f"{name} must be a number such as '0.05', '1e-9' or '1/3', got {_brief(text)}")


def _from_decimal(name: str, x: Decimal) -> Any:
    if not x.is_finite():
        return math.nan if x.is_nan() else float(x)
    if max(abs(x.adjusted()), len(x.as_tuple().digits)) > _FARTHEST:
        raise ValueError(f"{name} must be written in at most {_FARTHEST} digits, zeros included")
    return Fraction(x)


def _from_mpmath(x: Any) -> Any:
    from mpmath.libmp import to_rational

    return Fraction(*map(int, to_rational(x._mpf_))) if x - x == 0 else float(x)


def lifted(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Exact facts as balls of the current precision, functions checked to stay exact."""
    return {name: _lifted(name, x) for name, x in facts.items()}


def _lifted(name: str, x: Any) -> Any:
    if isinstance(x, Estimate):
        return x._replace(**{end: _lifted("", getattr(x, end)) for end in _ENDS})
    if isinstance(x, tuple):
        return tuple(_lifted("", entry) for entry in x)
    if name == "log_covering":
        return certain(name, x)
    if isinstance(x, (int, float, Fraction)) and not isinstance(x, bool):
        return load_backend("balls").ball(x)
    return x


def certain(name: str, function: Any) -> Any:
    """A user's function that may not answer in floats."""

    def checked(*arguments: Any) -> Any:
        value = getattr(function, name, function)(*arguments)
        if isinstance(value, float) and math.isfinite(value):
            raise TypeError(
                f"{name} answers in floats ({value!r}), which cannot be certified: use the "
                "functions of genbounds.generic, integers or fractions in it"
            )
        return value

    return checked


# --- as floats and decimals


def _ends(x: Any) -> tuple[Any, Any]:
    """Both ends, exactly: flint's own arithmetic would round them to its precision."""
    if not x.is_finite():
        low = -math.inf if x.contains(0) or not x > 0 else math.inf
        return low, (-math.inf if x < 0 else math.inf)
    middle, radius = _fraction(x.mid()), _fraction(x.rad())
    return middle - radius, middle + radius


_MOST = 1.7976931348623157e308
_FARTHEST = 10**5  # bits


def _fraction(x: Any) -> Fraction:
    """The rational value, its exponent held within what no float comes near to."""
    mantissa, exponent = map(int, x.man_exp())
    least = -_FARTHEST - mantissa.bit_length()  # of a long mantissa the exponent says little
    return Fraction(mantissa) * Fraction(2) ** max(least, min(exponent, _FARTHEST))


def _rounded_up(top: Any) -> float:
    """The smallest float not below a number."""
    if isinstance(top, float):
        return math.inf if top != top else top
    try:
        nearest = float(top)
    except OverflowError:
        return math.inf if top > 0 else -_MOST
    return nearest if nearest >= top else math.nextafter(nearest, math.inf)


def certain_digits(x: Any, most: int) -> str:
    """The leading decimals that every point of a ball shares; +/- where there is none."""
    if not x.is_finite():
        return "nan" if x.is_nan() else ("inf" if x > 0 else "-inf")
    if x.contains(0):
        return "0" if x.is_zero() else str(x.str(3))
    if not _power(x, -_FARTHEST // 2) < abs(x) < _power(x, _FARTHEST // 2):
        return str(x.str(most))
    low, high = sorted(map(abs, _ends(x)))
    bits = high.numerator.bit_length() - high.denominator.bit_length()
    place = math.floor(bits * math.log10(2))
    scale = Fraction(10) ** (most + 1 - place)
    cut = str(math.floor(high * scale))
    shared, point = _common(str(math.floor(low * scale)), cut)[:most], len(cut) - most - 1 + place
    if low == high and low * scale == int(cut):
        shared = cut.rstrip("0")
    elif len(shared) < max(1, most - 2):  # near a short decimal, where few digits are shared
        return str(x.str(most))
    return ("-" if x < 0 else "") + _written(shared, point)


def _common(a: str, b: str) -> str:
    if len(a) != len(b):
        return ""
    same = next((i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y), len(a))
    return a[:same]


def _written(digits: str, point: int) -> str:
    """0.ddd, ddd.ddd or d.ddde+xx for digits with the decimal point after `point` of them."""
    if -5 < point <= 0:
        return "0." + "0" * -point + digits
    if 0 < point <= 21:
        digits = digits.ljust(point, "0")
        return digits[:point] + ("." + digits[point:] if digits[point:] else "")
    fraction = "." + digits[1:] if digits[1:] else ""
    return f"{digits[0]}{fraction}e{point - 1:+03d}"
