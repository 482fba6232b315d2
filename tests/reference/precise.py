"""High-precision pieces for the reference values: mpmath and exact integers, nothing else."""

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cache

from mpmath import mp, mpf

mp.dps = 100


def bisect(failing: Callable[[mpf], bool], low: mpf, high: mpf) -> mpf:
    """The edge of a predicate that is false at `low` and true at `high`, to working precision."""
    for _ in range(4 * mp.dps):
        middle = (low + high) / 2
        if failing(middle):
            high = middle
        else:
            low = middle
    return (low + high) / 2


def bisect_log(failing: Callable[[mpf], bool], low: mpf, high: mpf) -> mpf:
    """As `bisect` between positive numbers, on a logarithmic scale."""
    return mp.exp(bisect(lambda x: failing(mp.exp(x)), mp.log(low), mp.log(high)))


def crossing(function: Callable[[mpf], mpf], low: mpf, high: mpf) -> mpf:
    """The root of a monotone continuous function in a bracket: bisection, then Illinois."""
    at_low, at_high = function(low), function(high)
    assert at_low * at_high <= 0, "no sign change"
    last = 0
    for step in range(400):
        if abs(high - low) <= mpf(10) ** (20 - mp.dps) * max(abs(low), abs(high)):
            break
        middle = (low + high) / 2
        if step >= 6 and at_high != at_low:
            middle = (low * at_high - high * at_low) / (at_high - at_low)
        value = function(middle)
        if value == 0:
            return middle
        if (value > 0) == (at_high > 0):
            high, at_high = middle, value
            at_low = at_low / 2 if last == 1 else at_low
            last = 1
        else:
            low, at_low = middle, value
            at_high = at_high / 2 if last == -1 else at_high
            last = -1
    else:
        raise ArithmeticError("crossing did not settle")
    return (low + high) / 2


def radius_where(log_tail: Callable[[mpf], mpf], log_delta: mpf) -> mpf:
    """The deviation at which a printed tail, decreasing where it is small, comes down to delta."""
    high = mpf(1)
    while log_tail(high) > log_delta:
        high *= 2
    low = high
    while low > mpf(10) ** -400 and log_tail(low) <= log_delta:
        low /= 2
    return bisect(lambda t: log_tail(t) <= log_delta, low, high)


# -- relative entropy ---------------------------------------------------------------------------


def kl(q: mpf, p: mpf, one_minus_p: mpf | None = None) -> mpf:
    """kl(q, p) of two coins; pass 1 - p where p is close to 1."""
    q, p = mpf(q), mpf(p)
    v = 1 - p if one_minus_p is None else one_minus_p
    first = q * mp.log(q / p) if q > 0 and p > 0 else (mpf(0) if q == 0 else mp.inf)
    second = (1 - q) * mp.log((1 - q) / v) if q < 1 and v > 0 else (mpf(0) if q == 1 else mp.inf)
    return first + second


def kl_upper(q: mpf, budget: mpf) -> mpf:
    """sup{p : kl(q, p) <= budget}, bisected on ln(1 - p)."""
    if q == 1:
        return mpf(1)
    far = mp.exp(-(budget + 1) / (1 - q)) * (1 - q) / 4
    v = bisect_log(lambda v: kl(q, 1 - v, v) <= budget, far, 1 - q)
    return 1 - v


def kl_lower(q: mpf, budget: mpf) -> mpf:
    """inf{p : kl(q, p) <= budget}, bisected on ln p."""
    if q == 0:
        return mpf(0)
    far = mp.exp(-(budget + 1) / q) * q / 4
    return bisect_log(lambda p: kl(q, p) <= budget, far, q)


# -- binomial tails and their inverses ----------------------------------------------------------


@cache
def log_binomial(n: mpf, k: mpf) -> mpf:
    with mp.workdps(mp.dps + 60):
        return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def log_beta(a: mpf, b: mpf) -> mpf:
    return log_beta_at(a, b, mp.dps)


@cache
def log_beta_at(a: mpf, b: mpf, dps: int) -> mpf:
    with mp.workdps(dps + 60):
        return mp.loggamma(a) + mp.loggamma(b) - mp.loggamma(a + b)


def log_beta_series(x: mpf, y: mpf, a: mpf, b: mpf) -> mpf:
    """ln I_x(a, b), y = 1 - x, by the positive series x^a y^b/(a B) 2F1(a+b, 1; a+1; x)."""
    term, total, j = mpf(1), mpf(1), 0
    tiny = mpf(10) ** (-mp.dps - 10)
    while True:
        ratio = (a + b + j) / (a + 1 + j) * x
        term *= ratio
        total += term
        j += 1
        if ratio < 1 and term < tiny * total * (1 - ratio):
            break
    return a * mp.log(x) + b * mp.log(y) - mp.log(a) - log_beta(a, b) + mp.log(total)


@cache
def gauss_legendre(count: int) -> list[tuple[mpf, mpf]]:
    nodes = []
    for i in range(1, count + 1):
        x = mp.cos(mp.pi * (i - mpf(1) / 4) / (count + mpf(1) / 2))
        for _ in range(12):
            before, now = mpf(1), x
            for m in range(2, count + 1):
                before, now = now, ((2 * m - 1) * x * now - (m - 1) * before) / m
            slope = count * (x * now - before) / (x * x - 1)
            x -= now / slope
        nodes.append((x, 2 / ((1 - x * x) * slope * slope)))
    return nodes


def log_beta_quadrature(x: mpf, y: mpf, a: mpf, b: mpf) -> mpf:
    """ln I_x(a, b) for large a and b: Gauss-Legendre panels where the integrand matters."""

    def log_density(t: mpf) -> mpf:
        return (a - 1) * mp.log(t) + (b - 1) * mp.log(1 - t)

    peak = (a - 1) / (a + b - 2)
    top = min(x, peak)
    height = log_density(top)
    drop = mpf(mp.dps + 10) * mp.log(10)
    low = bisect(lambda t: height - log_density(t) < drop, mpf(10) ** -30 * top, top)
    high = x
    if x > peak and height - log_density(x) > drop:
        high = bisect(lambda t: height - log_density(t) > drop, peak, x)
    panels, total = 24, mpf(0)
    half = (high - low) / panels / 2
    for i in range(panels):
        centre = low + (2 * i + 1) * half
        for node, weight in gauss_legendre(60):
            total += weight * mp.exp(log_density(centre + half * node) - height)
    return height + mp.log(total * half) - log_beta(a, b)


def log_beta_tail(x: mpf, y: mpf, a: mpf, b: mpf) -> mpf:
    """ln I_x(a, b): a finite sum, a series, or quadrature, whichever is short."""
    if b <= 3000 and b == int(b):
        return log_beta_sum(x, y, a, b)
    if min(a, b) > 5000 and a + b > 10**7:
        return log_beta_quadrature(x, y, a, b)
    if a <= 3000 and a == int(a) and x * (a + b) > a:
        return mp.log(-mp.expm1(log_beta_sum(y, x, b, a)))
    if x * (a + b) < 20000 or (y * (a + b) > 20000 and x * (a + b) <= a):
        return log_beta_series(x, y, a, b)
    return log_beta_complement(x, y, a, b)


def log_beta_sum(x: mpf, y: mpf, a: mpf, b: mpf) -> mpf:
    """ln I_x(a, b) for an integer b: the binomial terms, from the last one down."""
    n, k = a + b - 1, int(b) - 1
    term, total = mpf(1), mpf(1)
    for i in range(k, 0, -1):
        term *= i * x / ((n - i + 1) * y)
        total += term
    return log_binomial(n, mpf(k)) + k * mp.log(y) + (n - k) * mp.log(x) + mp.log(total)


def log_beta_complement(x: mpf, y: mpf, a: mpf, b: mpf) -> mpf:
    """ln(1 - I_y(b, a)), with as many more digits as the subtraction loses."""
    for extra in (0, 400, 2000):
        with mp.workdps(mp.dps + extra):
            tail = -mp.expm1(log_beta_series(y, 1 - y, b, a))
            if tail > mpf(10) ** (-extra - 10):
                return mp.log(tail)
    raise ArithmeticError("tail below reach")


def log_binomial_lower_tail(k: int, n: int, p: mpf, q: mpf) -> mpf:
    """ln P(Bin(n, p) <= k) with q = 1 - p, 0 <= k < n."""
    return log_beta_tail(q, p, mpf(n - k), mpf(k + 1))


def beta_upper(a: mpf, b: mpf, delta: mpf) -> mpf:
    """The p with P(Beta(a, b) >= p) = delta, found on the logit scale."""
    goal = mp.log(delta)

    def excess(logit: mpf) -> mpf:
        p, q = 1 / (1 + mp.exp(-logit)), 1 / (1 + mp.exp(logit))
        return log_beta_tail(q, p, b, a) - goal

    centre = mp.log(a / b)
    step = 1 / mp.sqrt(a * b / (a + b)) + mpf(10) ** -25
    low, high = centre - step, centre + step
    while excess(low) < 0:
        low, step = low - step, 2 * step
    step = high - centre
    while excess(high) > 0:
        low, high, step = high, high + step, 2 * step
    return 1 / (1 + mp.exp(-crossing(excess, low, high)))


def binomial_upper(k: int, n: int, delta: mpf) -> mpf:
    """The largest p with P(Bin(n, p) <= k) >= delta (Clopper-Pearson)."""
    return mpf(1) if k == n else beta_upper(mpf(k + 1), mpf(n - k), delta)


def binomial_lower(k: int, n: int, delta: mpf) -> mpf:
    """The smallest p with P(Bin(n, p) >= k) >= delta."""
    if k == 0:
        return mpf(0)
    goal = mp.log(delta)

    def excess(logit: mpf) -> mpf:
        p, q = 1 / (1 + mp.exp(-logit)), 1 / (1 + mp.exp(logit))
        return log_beta_tail(p, q, mpf(k), mpf(n - k + 1)) - goal

    low, high = mpf(-1), mpf(1)
    while excess(low) > 0:
        low *= 2
    while excess(high) < 0:
        high *= 2
    return 1 / (1 + mp.exp(-crossing(excess, low, high)))


def normal_upper_quantile(delta: mpf) -> mpf:
    """z with P(N(0, 1) > z) = delta."""
    if delta == mpf(1) / 2:
        return mpf(0)
    if delta > mpf(1) / 2:
        return -normal_upper_quantile(1 - delta)
    goal = mp.log(2 * delta)
    high = mp.sqrt(-2 * mp.log(delta)) + 1
    return crossing(lambda z: mp.log(mp.erfc(z / mp.sqrt(2))) - goal, mpf(0), high)


# -- sampling without replacement: exact integers -----------------------------------------------


def hypergeometric_cdf(k: int, n: int, bad: int, size: int) -> Fraction:
    """P(X <= k) for the number X of bad items among n drawn from `size`, `bad` of them bad."""
    first, last = max(0, n - (size - bad)), min(k, n, bad)
    if last < first:
        return Fraction(0)
    weight = math.comb(bad, first) * math.comb(size - bad, n - first)
    total = weight
    for i in range(first, last):
        weight = weight * (bad - i) * (n - i) // ((i + 1) * (size - bad - n + i + 1))
        total += weight
    return Fraction(total, math.comb(size, n))


def hypergeometric_count(k: int, n: int, size: int, delta: Fraction, *, strict: bool) -> int:
    """The largest number of bad items with P(X <= k) >= delta (> delta if strict)."""
    low, high = k, size - n + k + 1
    while high - low > 1:
        middle = (low + high) // 2
        tail = hypergeometric_cdf(k, n, middle, size)
        if tail > delta or (tail == delta and not strict):
            low = middle
        else:
            high = middle
    return low


# -- growth functions ---------------------------------------------------------------------------


def sauer_sum(m: int, d: int) -> int:
    """sum of C(m, i) for i <= d, exactly."""
    term = total = 1
    for i in range(min(m, d)):
        term = term * (m - i) // (i + 1)
        total += term
    return total


@cache
def log_sauer(m: int, d: int) -> mpf:
    """ln of the Sauer sum: integers when short, else ln C(m, d) and the downward ratios."""
    if d >= m:
        return m * mp.log(2)
    if 2 * d >= m:
        rest = log_sauer(m, m - d - 1)
        return m * mp.log(2) + mp.log1p(-mp.exp(rest - m * mp.log(2)))
    if d <= 1500 and d * math.log2(m + 2) < 10**5:
        return mp.log(mpf(sauer_sum(m, d)))
    term, total = mpf(1), mpf(1)
    for i in range(d, 0, -1):
        term *= mpf(i) / (m - i + 1)
        total += term
        if term < mpf(10) ** (-mp.dps - 10) * total:
            break
    return log_binomial(mpf(m), mpf(d)) + mp.log(total)


def log_growth(vc_dim: int, growth: str = "sauer") -> Callable[[int], mpf]:
    """ln Pi(m) under one of the four conventions."""
    d = vc_dim

    def sauer_exp(m: int) -> mpf:
        assert m >= d, "(em/d)^d needs m >= d"
        return d * (1 + mp.log(mpf(m) / d)) if d else mpf(0)

    return {
        "sauer": lambda m: log_sauer(m, d),
        "sauer-exp": sauer_exp,
        "polynomial": lambda m: d * mp.log(m),
        "polynomial-plus-one": lambda m: mp.log1p(mp.exp(d * mp.log(m))),
    }[growth]


def log_haussler(pseudo_dim: int) -> Callable[[mpf, int], mpf]:
    """(scale, size) -> ln(e (d+1) (2e/scale)^d)."""
    d = pseudo_dim
    return lambda scale, size: 1 + mp.log(d + 1) + d * (mp.log(2) + 1 - mp.log(scale))
