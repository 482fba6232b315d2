"""The beta distribution by its series, and a root search for its quantiles."""

from collections.abc import Callable
from typing import Any

from mpmath import mp, mpf


def between(low: Any, high: Any, c: Any, function: Callable[[Any], Any]) -> Any:
    """The root of an increasing function, by false position (Illinois) in ln x.

    It carries the c/ln 2 more bits that a tail of e^-c loses as a difference from 1.
    """
    close = mp.eps / 16
    with mp.extraprec(int(c / mp.ln2) + 60):
        ends = [mp.log(low) if low > 0 else mpf(-5000), mp.log(high)]
        values = [function(mp.exp(t)) for t in ends]
        if not values[0] < 0 < values[1]:
            return +(low if values[0] >= 0 else high)
        last, side, t = None, -1, ends[0]
        while last is None or abs(t - last) > close:
            last, t = t, (ends[0] + ends[1]) / 2
            if mp.isfinite(values[0]) and mp.isfinite(values[1]):
                t = (ends[0] * values[1] - ends[1] * values[0]) / (values[1] - values[0])
            value = function(mp.exp(t))
            if (value > 0) == side:
                values[1 - side] /= 2
            side = int(value > 0)
            ends[side], values[side] = t, value
        value = mp.exp(t)
    return +value


def beta_cdf(a: Any, b: Any, x: Any) -> Any:
    """x^a (1-x)^b/(a B(a, b)) times the sum of (a+b)_i/(a+1)_i x^i, whose terms are positive."""
    if x <= 0 or x >= 1:
        return mpf(x > 0)
    if x > 0.5:
        return 1 - beta_cdf(b, a, 1 - x)
    term = series = mpf(1)
    i = 0
    while term > mp.eps * series:
        term *= (a + b + i) * x / (a + 1 + i)
        series += term
        i += 1
    log_front = a * mp.log(x) + b * mp.log1p(-x) - mp.log(a)
    with mp.extraprec(2 * int(mp.log(a + b + 2, 2)) + 20):
        log_beta = mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)
    return mp.exp(log_front - log_beta) * series
