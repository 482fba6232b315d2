"""mpmath numbers at the working precision of `mpmath.mp`: the judge of near ties.

Inverses are found from what defines them (the tail set equal to delta), so this backend shares no
algorithm with `floats`. Slow and exact to the precision: for single decisions, not for tables.
"""

from collections.abc import Callable, Iterable
from typing import Any

from mpmath import mp, mpf

from genbounds.backends.digits.beta import beta_cdf, between
from genbounds.backends.digits.betting import betting_lower as betting_lower
from genbounds.backends.digits.betting import betting_lower_every_n as betting_lower_every_n
from genbounds.backends.digits.betting import betting_upper as betting_upper
from genbounds.backends.digits.betting import betting_upper_every_n as betting_upper_every_n
from genbounds.backends.digits.searches import fixed_point as fixed_point
from genbounds.backends.digits.searches import integral as integral
from genbounds.backends.digits.searches import least as least
from genbounds.backends.digits.searches import root as root

erfc, zeta, floor, ceil, tanh = mp.erfc, mp.zeta, mp.floor, mp.ceil, mp.tanh
log_gamma = mp.loggamma
_CONSTANTS = {
    "one": lambda: mpf(1),
    "pi": lambda: +mp.pi,
    "e": lambda: +mp.e,
    "ln2": lambda: +mp.ln2,
}


number = mpf
"""A plain number as one of this kind; a double counts as itself."""


def constant(name: str) -> Any:
    return _CONSTANTS[name]()


def sqrt(x: Any) -> Any:
    return mp.sqrt(x) if x >= 0 else mp.nan


def log(x: Any) -> Any:
    return mp.log(x) if x > 0 else (-mp.inf if x == 0 else mp.nan)


def log2(x: Any) -> Any:
    return log(x) / mp.ln2


def log1p(x: Any) -> Any:
    return mp.log1p(x) if x > -1 else (-mp.inf if x == -1 else mp.nan)


def erfcx(x: Any) -> Any:
    """e^(x^2) erfc(x)."""
    with mp.extraprec(20 + 2 * max(0, mp.mag(x))):
        value = mp.exp(mpf(x) ** 2) * mp.erfc(x)
    return +value


def exp(x: Any) -> Any:
    return mp.exp(x)


def expm1(x: Any) -> Any:
    return mp.expm1(x)


def exp_remainder(x: Any) -> Any:
    """(e^x - 1 - x)/x^2, 1/2 at 0."""
    if mp.isinf(x):
        return mpf(0) if x < 0 else mp.inf
    return _beyond_first(lambda x: mp.expm1(x) - x, x)


def log_remainder(x: Any) -> Any:
    """(-ln(1 - x) - x)/x^2, 1/2 at 0."""
    if mp.isinf(x):
        return mpf(0) if x < 0 else mp.nan
    return _beyond_first(lambda x: -log1p(-x) - x, x)


def _beyond_first(function: Callable[[Any], Any], x: Any) -> Any:
    """function(x)/x^2 for x^2/2 + ..., carrying the bits of 1 and of x that cancel near 0."""
    if x == 0:
        return mpf(1) / 2
    with mp.extraprec(20 + max(0, -2 * int(mp.mag(x)))):
        value = function(mpf(x)) / mpf(x) ** 2
    return +value


def log_cosh(x: Any) -> Any:
    """ln cosh x, carrying the bits that cosh x = 1 + x^2/2 + ... loses near 0."""
    if x == 0:
        return mpf(0)
    with mp.extraprec(20 + max(0, -2 * int(mp.mag(x)))):
        value = mp.log(mp.cosh(x)) if abs(x) < 1000 else abs(x) - mp.ln2
    return +value


def log_ratio(a: Any, b: Any) -> Any:
    return log(mpf(a) / b)


def power(x: Any, p: Any, q: Any = 1) -> Any:
    return mp.power(x, mpf(p) / q)


def maximum(x: Any, y: Any) -> Any:
    return mpf(y if y > x else x)


def minimum(x: Any, y: Any) -> Any:
    return mpf(y if y < x else x)


def where(condition: bool, yes: Callable[[], Any], no: Callable[[], Any]) -> Any:
    return yes() if condition else no()


def total(term: Callable[..., Any], *sequences: Iterable[Any]) -> Any:
    return mp.fsum(term(*entries) for entries in zip(*sequences, strict=True))


def product(term: Callable[..., Any], *sequences: Iterable[Any]) -> Any:
    return mp.fprod(term(*entries) for entries in zip(*sequences, strict=True))


def norm(sequence: Any, order: Any) -> Any:
    """(sum of x^order)^(1/order)."""
    return mp.fsum(mpf(x) ** order for x in sequence) ** (1 / mpf(order))


def gamma_ratio(x: Any) -> Any:
    """gamma(x + 1/2)/gamma(x)."""
    half = mpf(1) / 2
    return mp.exp(_guarded(lambda: mp.loggamma(x + half) - mp.loggamma(x), x))


def log_xi(n: Any) -> Any:
    """ln of xi(n) = int_0^inf (1 + t/n)^n e^-t dt."""
    n = mpf(n)
    if n > mp.prec:
        return mp.log(_xi_expanded(n))
    with mp.extraprec(20):
        term, below, k = mpf(1), mpf(0), 0  # below: the same integral from -n to 0
        while term > mp.eps:
            k += 1
            term *= n / (n + k)
            below += term
        value = mp.log(mp.gamma(n + 1) * mp.exp(n) / n**n - below)
    return +value


def _xi_expanded(n: Any) -> Any:
    """Watson's lemma: n sum k a_k int u^(k-1) e^(-n u^2/2) du, with t - ln(1 + t) = u^2/2.

    t = sum a_k u^k satisfies t^2 = 2 int u (1 + t) du, so the a_k follow one from another; the
    terms fall until e^(-2 pi n), by the distance of the nearest singularity.
    """
    a, terms = [mpf(0), mpf(1)], [mp.sqrt(mp.pi * n / 2)]
    while max(map(abs, terms[-2:])) > mp.eps:
        k = len(a)
        square = mp.fsum(a[j] * a[k + 1 - j] for j in range(2, k))
        a.append(a[k - 1] / (k + 1) - square / 2)
        terms.append(a[k] * k * mp.power(2 / n, mpf(k) / 2) * mp.gamma(mpf(k) / 2) * n / 2)
    return mp.fsum(terms)


def let(symbol: str, value: Any) -> Any:
    return value


def sum_to(term: Callable[[int], Any], last: Any, name: str = "k") -> Any:
    return mp.fsum(map(term, range(1, int(last) + 1)))


def _log_root(function: Callable[[Any], Any]) -> Any:
    """The root in (0, 1) of an increasing function, to full relative precision at both ends."""
    logit = root(lambda t: function(1 / (1 + mp.exp(-t))), -(mp.mpf(2) ** 20), mp.mpf(2) ** 20)
    return 1 / (1 + mp.exp(-logit))


def relative_entropy(q: Any, p: Any) -> Any:
    """kl(q, p), with 0 ln 0 = 0."""
    first = 0 if q == 0 else (q * mp.log(q / p) if p > 0 else mp.inf)
    second = 0 if q == 1 else ((1 - q) * mp.log((1 - q) / (1 - p)) if p < 1 else mp.inf)
    return first + second


_MOST_CANCELLED = 5000


def kl_inverse_upper(q: Any, c: Any) -> Any:
    """The largest p with kl(q, p) <= c."""
    q, c = mpf(q), mpf(c)
    if q == 0:
        return -mp.expm1(-c)
    if q == 1 or c == 0:
        return q
    with mp.extraprec(_cancelled(q, c)):
        p = q + (1 - q) * _log_root(lambda s: relative_entropy(q, q + (1 - q) * s) - c)
    return +p


def kl_inverse_lower(q: Any, c: Any) -> Any:
    """The smallest p with kl(q, p) <= c."""
    q, c = mpf(q), mpf(c)
    if q == 1:
        return mp.exp(-c)
    if q == 0 or c == 0:
        return q
    with mp.extraprec(_cancelled(q, c)):
        p = q * _log_root(lambda t: c - relative_entropy(q, q * t))
    return +p


def _cancelled(q: Any, c: Any) -> int:
    """The bits that the two terms of kl(q, p) = c lose against each other."""
    small = sum(max(0, -int(mp.mag(x))) for x in (q, 1 - q, c, c))
    return 20 + min(small, _MOST_CANCELLED)


def log_binomial(n: Any, k: Any) -> Any:
    n, k = mpf(n), mpf(k)
    if k < 0 or k > n:
        return -mp.inf
    return _guarded(lambda: mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1), n)


def _guarded(evaluate: Callable[[], Any], size: Any) -> Any:
    """Differences of log-gammas cancel about 2 log2(size) bits: carry them."""
    with mp.extraprec(2 * int(mp.log(size + 2, 2)) + 20):
        value = evaluate()
    return +value


def log_sauer(n: Any, d: Any) -> Any:
    """ln of the sum of C(n, i) for i <= d."""
    n, d = int(n), int(d)
    if d >= n:
        return n * mp.ln2
    if 2 * d > n:
        return n * mp.ln2 + mp.log1p(-mp.exp(log_sauer(n, n - d - 1) - n * mp.ln2))
    return log_binomial(n, d) + mp.log(_downward(n, d))


def _downward(n: int, d: int) -> Any:
    """The sum of C(n, i)/C(n, d) for i <= d, its terms falling at least geometrically at first."""
    term = series = mpf(1)
    for i in range(d, 0, -1):
        term *= mpf(i) / (n - i + 1)
        series += term
        if term < mp.eps * series / 8:
            break
    return series


def log_cover(n: Any, d: Any) -> Any:
    return mp.ln2 + log_sauer(int(n) - 1, int(d) - 1) if d > 0 else -mp.inf


def binomial_log_tail(k: Any, n: Any, p: Any) -> Any:
    """ln P(Bin(n, p) <= k)."""
    if k >= n or p == 0:
        return mpf(0)
    if p == 1:
        return -mp.inf
    return mp.log(_binomial_cdf(int(k), int(n), mpf(p), 1 - mpf(p)))


def _binomial_cdf(k: int, n: int, p: Any, v: Any) -> Any:
    """P(Bin(n, p) <= k) with v = 1 - p, summed outwards from the mean on the shorter side."""
    if k > n * p:
        return 1 - _binomial_sum(n - k - 1, n, v, p)
    return _binomial_sum(k, n, p, v)


def _binomial_sum(k: int, n: int, p: Any, v: Any) -> Any:
    with mp.extraprec(3 * n.bit_length() + 20):
        peak = mp.exp(log_binomial(n, k) + k * mp.log(p) + (n - k) * mp.log(v))
        term = series = mpf(1)
        for i in range(k, 0, -1):
            term *= i * v / ((n - i + 1) * p)
            series += term
            if term < mp.eps * series:
                break
        value = peak * series
    return +value


def binomial_tail_inverse(k: Any, n: Any, c: Any) -> Any:
    """The largest p with P(Bin(n, p) <= k) >= e^-c."""
    if k >= n:
        return mpf(1)
    if k == 0:
        return -mp.expm1(-mpf(c) / n)
    with mp.extraprec(2 * int(n).bit_length() + 20):  # ln(1 - p) enters n times
        p = _log_root(lambda p: -binomial_log_tail(k, n, p) - c)
    return +p


def binomial_tail_inverse_lower(k: Any, n: Any, c: Any) -> Any:
    """The smallest p with P(Bin(n, p) >= k) >= e^-c."""
    if k <= 0:
        return mpf(0)
    if k == n:
        return mp.exp(-mpf(c) / n)
    with mp.extraprec(2 * int(n).bit_length() + 20):
        p = _log_root(lambda p: mp.log(_binomial_cdf(int(n - k), int(n), 1 - p, p)) + c)
    return +p


def _by_floats(name: str) -> Callable[..., Any]:
    """Integer answers are exact in `floats`."""

    def function(*arguments: Any) -> Any:
        from genbounds.backends import floats

        return mpf(getattr(floats, name)(*(float(x) for x in arguments)))

    return function


hypergeometric_tail_inverse = _by_floats("hypergeometric_tail_inverse")
hypergeometric_tail_inverse_lower = _by_floats("hypergeometric_tail_inverse_lower")


def lambert_w(x: Any) -> Any:
    return mp.lambertw(x).real


def lambert_w_minus1(x: Any) -> Any:
    return mp.lambertw(x, -1).real


def bennett_inverse(c: Any) -> Any:
    """The u >= 0 with (1 + u) ln(1 + u) - u = c."""
    if c == 0:
        return mpf(0)
    with mp.extraprec(60 + max(0, -int(mp.log(c, 2)))):
        u = mp.expm1(1 + mp.lambertw((mpf(c) - 1) / mp.e).real)
    return +u


def bennett_function(u: Any) -> Any:
    """(1 + u) ln(1 + u) - u."""
    if u == 0:
        return mpf(0)
    with mp.extraprec(60 + max(0, -2 * int(mp.log(u, 2)))):
        value = (1 + mpf(u)) * mp.log1p(u) - u
    return +value


def bennett_deviation(v: Any, c: Any) -> Any:
    """The t >= 0 with v ((1 + t/v) ln(1 + t/v) - t/v) = c; 0 at v = 0."""
    return v * bennett_inverse(mpf(c) / v) if v != 0 else mpf(0)


def normal_quantile(tail: Any) -> Any:
    """The z with P(N(0, 1) > z) = tail."""
    limit = mp.sqrt(-2 * mp.log(mpf(tail))) + 10
    return root(lambda z: tail - mp.erfc(z / mp.sqrt(2)) / 2, -limit, limit)


def beta_quantile(a: Any, b: Any, tail: Any) -> Any:
    """The x with P(Beta(a, b) > x) = tail, between the limits for whole numbers around a and b."""
    c, ends = -mp.log(tail), ((floor(a), ceil(b)), (ceil(a), floor(b)))
    low, high = (binomial_tail_inverse(int(k) - 1, int(k + m) - 1, c) for k, m in ends)
    return between(low, high, c, lambda x: -log(1 - beta_cdf(mpf(a), mpf(b), x)) - c)


def beta_quantile_lower(a: Any, b: Any, tail: Any) -> Any:
    """The x with P(Beta(a, b) < x) = tail, between the limits for whole numbers around a and b."""
    c, ends = -mp.log(tail), ((floor(a), ceil(b)), (ceil(a), floor(b)))
    low, high = (binomial_tail_inverse_lower(int(k), int(k + m) - 1, c) for k, m in ends)
    return between(low, high, c, lambda x: log(beta_cdf(mpf(a), mpf(b), x)) + c)


def double_sample_inverse(log_growth: Any, n: Any, n_ghost: Any, c: Any) -> Any:
    """The smallest certified risk over the thresholds j of the double-sample argument."""
    costs = ((j, _split_cost(j, n, n_ghost) - log_growth - c) for j in range(1, int(n_ghost) + 1))
    return min(
        (binomial_tail_inverse_lower(j, n_ghost, cost) for j, cost in costs if cost > 0),
        default=mpf(1),
    )


def _split_cost(j: int, n: Any, n_ghost: Any) -> Any:
    return log_binomial(n + n_ghost, j) - log_binomial(n_ghost, j)
