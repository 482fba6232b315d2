"""The partial derivatives of the special functions, for every backend that differentiates.

`PARTIALS[name](value, *arguments)` is one number for each argument: the slope there of the function
`name`, whose value at the arguments is already known.  An inverse is differentiated through the
equation that it solves.  The slopes are written in the names of `genbounds.generic` and operators,
so they run on any kind of number and can themselves be differentiated; to 1e-9 relative.

Three conventions keep the chain rule free of nan.  Where a slope is infinite it is the one at the
smallest normal double, or the largest that a double holds: huge, so that 0 times it is 0.  Where
an argument is infinite the slopes are 0.  Functions that exist at whole numbers only (counts n, k,
N, d) have slope 0 in them, a plain 0.0: a step function's.

`HOST_PARTIALS` has the rest by the same contract, but numpy arrays in and out, and only once.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import Any

from genbounds.backends.derivatives.on_host import HOST_PARTIALS as HOST_PARTIALS
from genbounds.backends.derivatives.remainders import (
    excess_of_log1p,
    exp_remainder,
    log_remainder,
    polynomial,
)
from genbounds.backends.floats.ramanujan import COEFFICIENTS, FROM, TERMS
from genbounds.generic import (
    PI,
    bennett_deviation,
    beta_quantile,
    beta_quantile_lower,
    binomial_tail_inverse,
    binomial_tail_inverse_lower,
    exp,
    expm1,
    kl_inverse_lower,
    kl_inverse_upper,
    log,
    log1p,
    log_gamma,
    log_ratio,
    maximum,
    minimum,
    power,
    relative_entropy,
    sqrt,
    where,
)

TINY = sys.float_info.min
_HUGE = 1e300
_EXPONENT = 700.0  # exp of it is a double with room
_LARGEST_EXPONENT = 709.78  # exp of it is a double, and of 709.79 is not
_SMALL = 3e-4
_ROOT_PI = math.sqrt(math.pi)

Partials = tuple[Any, ...]


# --- elementary functions


def _log_ratio(value: Any, a: Any, b: Any) -> Partials:
    return 1 / maximum(a, TINY), -1 / maximum(b, TINY)


def _power(value: Any, x: Any, p: Any, q: Any = 1) -> Partials:
    """x^(p/q) in x, p and q; the logarithm is 0 where x is: the limit of the product."""
    lifted = maximum(x, TINY)
    growth = where(x > 0, lambda: value * log(lifted) / q, lambda: 0 * value)
    return p / q * minimum(power(lifted, p - q, q), _HUGE), growth, -growth * p / q


def _expm1(value: Any, x: Any) -> Partials:
    """e^x: the value + 1 would cancel far to the left."""
    return (exp(minimum(x, _LARGEST_EXPONENT)),)


def _tanh(value: Any, x: Any) -> Partials:
    """4 e/(1 + e)^2 with e = exp(-2|x|), where 1 - tanh^2 would cancel."""
    decay = exp(-2 * maximum(x, -x))
    return (4 * decay / (1 + decay) ** 2,)


def _log_cosh(value: Any, x: Any) -> Partials:
    from genbounds.generic import tanh

    return (tanh(x),)


def _erfc(value: Any, x: Any) -> Partials:
    return (-2 / _ROOT_PI * exp(-(x * x)),)


def _erfcx(value: Any, x: Any) -> Partials:
    """2 x erfcx(x) - 2/sqrt(pi); far out by its series, as both terms are then nearly equal."""
    y = 1 / maximum(x, 50.0) ** 2
    series = y * (1 - y * (1.5 - y * (3.75 - y * (13.125 - y * 59.0625))))
    near = minimum(x, 50.0)
    return (where(x > 50.0, lambda: -series / _ROOT_PI, lambda: 2 * near * value - 2 / _ROOT_PI),)


def _normal_quantile(value: Any, tail: Any) -> Partials:
    z = minimum(maximum(value, -37.4), 37.4)
    return (-sqrt(2 * PI) * exp(z * z / 2),)


def _whole(value: Any, *counts: Any) -> Partials:
    """A function of whole numbers."""
    return (0.0,) * len(counts)


# --- the gamma function and zeta

_SHIFT = 10
_DIGAMMA = (1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132, -691 / 32760, 1 / 12)


def digamma(x: Any) -> Any:
    """The derivative of ln gamma for x > 0: ten steps up, then the asymptotic series."""
    y = x + _SHIFT
    square = 1 / (y * y)
    steps = sum(1 / (x + i) for i in range(_SHIFT))
    return log(y) - 1 / (2 * y) - square * polynomial(_DIGAMMA, square) - steps


def _log_gamma(value: Any, x: Any) -> Partials:
    return (digamma(maximum(x, TINY)),)


def _gamma_ratio(value: Any, x: Any) -> Partials:
    """The value times digamma(x + 1/2) - digamma(x), every difference taken before it cancels."""
    x = maximum(x, TINY)
    y, z = x + _SHIFT, x + _SHIFT + 0.5
    steps = sum(0.5 / ((x + i) * (x + i + 0.5)) for i in range(_SHIFT))
    a, b = 1 / (y * y), 1 / (z * z)
    series = a * polynomial(_DIGAMMA, a) - b * polynomial(_DIGAMMA, b)
    return (value * (log1p(0.5 / y) + 0.25 / (y * z) + series + steps),)


_ZETA_TERMS = 10
# B_2j / (2j)!
_ZETA = (
    1 / 12,
    -1 / 720,
    1 / 30240,
    -1 / 1209600,
    1 / 47900160,
    -691 / 1307674368000,
    1 / 74724249600,
)


def _zeta(value: Any, s: Any) -> Partials:
    """Euler and Maclaurin's formula, differentiated term by term."""
    s = maximum(s, 1 + 1e-15)
    log_n = math.log(_ZETA_TERMS)
    slope = sum(-math.log(k) * exp(-s * math.log(k)) for k in range(2, _ZETA_TERMS))
    factor, logs = s / _ZETA_TERMS, 1 / s  # the product s (s+1) ... and its log-derivative
    tail, tail_slope = 0.5, 0.0
    for j, coefficient in enumerate(_ZETA):
        tail = tail + coefficient * factor
        tail_slope = tail_slope + coefficient * factor * logs
        for step in (1, 2):
            factor = factor * (s + 2 * j + step) / _ZETA_TERMS
            logs = logs + 1 / (s + 2 * j + step)
    area = _ZETA_TERMS / (s - 1)
    slope = slope + exp(-s * log_n) * (tail_slope - area / (s - 1) - log_n * (tail + area))
    return (slope,)


def _log_xi(value: Any, n: Any) -> Partials:
    """xi(n) = h + r(1/n) from 16 on, 2 h - sum over k of n^k/((n+1) ... (n+k)) below.

    There h = n! e^n/(2 n^n), so (ln h)' = digamma(n+1) - ln n.
    """
    xi, large, small = exp(value), maximum(n, FROM), minimum(n, FROM)
    y = 1 / large
    rest = polynomial(COEFFICIENTS, y)
    falling = tuple(-k * coefficient for k, coefficient in enumerate(COEFFICIENTS))
    in_log = y / 2 - y * y * polynomial(_DIGAMMA, y * y)
    far = (xi - rest) * in_log + y * polynomial(falling, y)
    term, below, in_below, logs = 1.0, 0.0, 0.0, 0.0
    for k in range(1, TERMS):
        term, logs = term * small / (small + k), logs + k / (small * (small + k))
        below, in_below = below + term, in_below + term * logs
    near = (xi + below) * (digamma(small + 1) - log(small)) - in_below
    return (where(n >= FROM, lambda: far, lambda: near) / xi,)


# --- Lambert's W and Bennett's function


def _lambert_w(value: Any, x: Any) -> Partials:
    return (exp(-value) / maximum(1 + value, 1e-8),)


def _lambert_w_minus1(value: Any, x: Any) -> Partials:
    w = maximum(value, -_HUGE)
    return (minimum(-w / maximum(-x, TINY) / minimum(1 + w, -1e-8), 0.0),)


def _bennett_inverse(value: Any, c: Any) -> Partials:
    return (1 / maximum(log1p(value), math.sqrt(2 * TINY)),)


def _bennett_function(value: Any, u: Any) -> Partials:
    return (log1p(u),)


def _bennett_deviation(value: Any, v: Any, c: Any) -> Partials:
    """With u = t/v the slopes of t are (u - ln(1+u))/ln(1+u) in v and 1/ln(1+u) in c."""
    v = maximum(v, TINY)
    u = maximum(minimum(bennett_deviation(v, c) / v, _HUGE), math.sqrt(2 * TINY))
    return excess_of_log1p(u) / log1p(u), 1 / log1p(u)


# --- the relative entropy of two coins


def _relative_entropy(value: Any, q: Any, p: Any) -> Partials:
    """ln(q/p) - ln((1-q)/(1-p)), one term a difference of p and q: both have the same sign."""
    rest = maximum(1 - p, TINY)
    first = log_ratio(maximum(q, TINY), maximum(p, TINY))
    distance = (p - q) / rest
    second = where(
        distance > -0.5,
        lambda: log1p(maximum(distance, -0.5)),
        lambda: log_ratio(maximum(1 - q, TINY), rest),
    )
    return first - second, minimum((p - q) / maximum(p, TINY) / rest, _HUGE)


def _kl_inverse_upper(value: Any, q: Any, c: Any) -> Partials:
    rest = 1 - q
    return _kl_slopes(q, rest, c, value, lambda: kl_inverse_lower(rest, c))


def _kl_inverse_lower(value: Any, q: Any, c: Any) -> Partials:
    """1 - value is the upper inverse at 1 - q."""
    rest = 1 - q
    p = where(q > 0.5, lambda: kl_inverse_upper(rest, c), lambda: 1 - value)
    in_q, in_c = _kl_slopes(rest, q, c, p, lambda: value)
    return in_q, -in_c


def _kl_slopes(a: Any, b: Any, c: Any, p: Any, complement: Callable[[], Any]) -> Partials:
    """The slopes of p with kl(a||p) = c in a and c, where b = 1-a and `complement()` is 1-p.

    With the difference l of the log-odds of p and a, kl = ln D - a l for D = 1 + a (e^l - 1), and
    1-p = b/D.  From kl = c follow dp/dc = 1/(D (1 - e^-l)) and dp/da = l dp/dc.  Where p is next
    to a, l comes from the series of c; elsewhere l = (c + ln(p/a))/b, with p-a from whichever of
    a, b is the smaller.
    """
    live = where(c < math.inf, lambda: 1.0 + 0 * a, lambda: 0.0 * a)
    c = minimum(c, _HUGE)
    small, other = maximum(a, TINY), maximum(b, TINY)
    s = sqrt(2 * maximum(c, TINY)) / sqrt(small * other)

    def series() -> Partials:
        skew = b - a
        t = minimum(s, _SMALL)
        logit = t * (1 - t * (skew / 6 - t * (5 * skew * skew / 72 - (1 - 6 * a * b) / 24)))
        return logit, 1 / (1 + a * expm1(logit))  # 1/D

    def equation() -> Partials:
        v = where(a < 0.5, lambda: b, complement)  # used where a >= 1/2 only
        gain = where(a < 0.5, lambda: maximum(p - a, 0.0) / small, lambda: (b - v) / small)
        logit = maximum(minimum((c + log1p(gain)) / other, _HUGE), TINY)
        log_d = logit + log(small + b * exp(-logit))
        return logit, where(a < 0.5, lambda: exp(-log_d), lambda: v / other)

    near, far = series(), equation()
    logit = where(s < _SMALL, lambda: near[0], lambda: far[0])
    inverse = where(s < _SMALL, lambda: near[1], lambda: far[1])
    slope = live * inverse / -expm1(-logit)
    return slope * logit, slope


# --- binomial and beta tails


def _stirling(n: Any) -> Any:
    """ln(n!) - n ln n + n for real n >= 0: by Stirling's series from 16 on."""
    small, large = maximum(minimum(n, 16.0), TINY), maximum(n, 16.0)
    y = 1 / (large * large)
    series = polynomial((1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188), y) / large
    return where(
        n < 16.0,
        lambda: log_gamma(small + 1) - small * log(small) + small,
        lambda: log(2 * PI * large) / 2 + series,
    )


def _log_mass(k: Any, r: Any, p: Any, v: Any) -> Any:
    """ln of C(n, k) p^k v^r for n = k + r and v = 1-p, for real counts: nothing cancels."""
    n = k + r
    spread = where(p < v, lambda: relative_entropy(k / n, p), lambda: relative_entropy(r / n, v))
    return _stirling(n) - _stirling(k) - _stirling(r) - n * spread


def _binomial_log_tail(value: Any, k: Any, n: Any, p: Any) -> Partials:
    """d ln P/dp = -r pmf(k)/(v P) with r = n-k."""
    p, r = maximum(p, TINY), maximum(n - k, 0.0)
    v = maximum(1 - p, TINY)
    top = _log_mass(minimum(k, n), r, p, v) - maximum(value, -_HUGE)
    return 0.0, 0.0, -r / v * exp(minimum(top, _EXPONENT))


def _binomial_tail_inverse(value: Any, k: Any, n: Any, c: Any) -> Partials:
    v = where(value > 0.5, lambda: binomial_tail_inverse_lower(n - k, n, c), lambda: 1 - value)
    return 0.0, 0.0, _tail_slope(k, n - k, c, value, v)


def _binomial_tail_inverse_lower(value: Any, k: Any, n: Any, c: Any) -> Partials:
    """1 - value is the upper inverse at n - k."""
    p = where(value > 0.5, lambda: binomial_tail_inverse(n - k, n, c), lambda: 1 - value)
    return 0.0, 0.0, -_tail_slope(n - k, k, c, p, value)


def _tail_slope(k: Any, r: Any, c: Any, p: Any, v: Any) -> Any:
    """dp/dc = v P/(r pmf(k)) where the tail P = P(X <= k) is e^-c; 0 where p is always 0 or 1."""
    inside = (k >= 0) & (r > 0) & (c < math.inf)
    count, rest = maximum(k, 0.0), maximum(r, 1.0)
    p, v, c = maximum(p, TINY), maximum(v, TINY), minimum(c, _HUGE)
    top = minimum(-c - _log_mass(count, rest, p, v), _EXPONENT)
    return where(inside, lambda: v / rest * exp(top), lambda: 0.0 * v)


def _beta_quantile(value: Any, a: Any, b: Any, tail: Any) -> Partials:
    rest = where(value > 0.5, lambda: beta_quantile_lower(b, a, tail), lambda: 1 - value)
    return 0.0, 0.0, -1 / _beta_density(a, b, value, rest)


def _beta_quantile_lower(value: Any, a: Any, b: Any, tail: Any) -> Partials:
    rest = where(value > 0.5, lambda: beta_quantile(b, a, tail), lambda: 1 - value)
    return 0.0, 0.0, 1 / _beta_density(a, b, value, rest)


def _beta_density(a: Any, b: Any, x: Any, v: Any) -> Any:
    """a b/((a+b) x v) times the binomial mass at a of a+b, for v = 1-x."""
    x, v = maximum(x, TINY), maximum(v, TINY)
    return maximum(a * b / (a + b) / x / v * exp(_log_mass(a, b, x, v)), 1 / _HUGE)


PARTIALS: dict[str, Callable[..., Partials]] = {
    "bennett_deviation": _bennett_deviation,
    "bennett_function": _bennett_function,
    "bennett_inverse": _bennett_inverse,
    "beta_quantile": _beta_quantile,
    "beta_quantile_lower": _beta_quantile_lower,
    "binomial_log_tail": _binomial_log_tail,
    "binomial_tail_inverse": _binomial_tail_inverse,
    "binomial_tail_inverse_lower": _binomial_tail_inverse_lower,
    "erfc": _erfc,
    "erfcx": _erfcx,
    "exp_remainder": exp_remainder,
    "expm1": _expm1,
    "gamma_ratio": _gamma_ratio,
    "hypergeometric_tail_inverse": _whole,
    "hypergeometric_tail_inverse_lower": _whole,
    "kl_inverse_lower": _kl_inverse_lower,
    "kl_inverse_upper": _kl_inverse_upper,
    "lambert_w": _lambert_w,
    "lambert_w_minus1": _lambert_w_minus1,
    "log_binomial": _whole,
    "log_cosh": _log_cosh,
    "log_cover": _whole,
    "log_gamma": _log_gamma,
    "log_ratio": _log_ratio,
    "log_remainder": log_remainder,
    "log_sauer": _whole,
    "log_xi": _log_xi,
    "normal_quantile": _normal_quantile,
    "power": _power,
    "relative_entropy": _relative_entropy,
    "tanh": _tanh,
    "zeta": _zeta,
}
