"""The relative entropy of two coins, and its inverse in either direction.

kl(q||p) = q log(q/p) + (1-q) log((1-q)/(1-p)).  Its inverse in p turns an observed risk q and a
budget c into a confidence limit; everything from Chernoff to PAC-Bayes ends in this function, often
in a corner (q = 0, q = 1, c huge, c tiny) where the textbook formula has no digits left.

The inverse works on the pair (a, b) = (q, 1-q) and returns the pair (p, 1-p), so that neither
complement is formed by subtraction; the lower inverse is the same function with the pair swapped.
"""

from __future__ import annotations

from math import exp, expm1, frexp, inf, ldexp, log, log1p, nan, sqrt

from genbounds.backends.floats.series import deviance, log1pmx

_SPLIT = 134217729.0  # 2**27 + 1, Dekker's constant


def relative_entropy(q: float, p: float) -> float:
    """kl(q||p) to 4 ulp for q, p in [0, 1], with 0 log 0 = 0 and inf where p excludes q; else nan.

    Both deviances are >= 0, so nothing cancels, however close q and p are.
    """
    q, p = float(q), float(p)
    if not (0.0 <= q <= 1.0 and 0.0 <= p <= 1.0):
        return nan
    u = p - q
    return deviance(q, p, u) + deviance(1.0 - q, 1.0 - p, -u)


def kl_inverse_upper(q: float, c: float) -> float:
    """The largest p with kl(q||p) <= c, to 4 ulp for q in [0, 1], c in [0, inf]; else nan."""
    q = float(q)
    return kl_inverse_pair(q, 1.0 - q, c)[0]


def kl_inverse_upper_complement(q: float, c: float) -> float:
    """1 - kl_inverse_upper(q, c), itself to 4 ulp, however close to 0."""
    q = float(q)
    return kl_inverse_pair(q, 1.0 - q, c)[1]


def kl_inverse_lower(q: float, c: float) -> float:
    """The smallest p with kl(q||p) <= c, to 4 ulp, however close to 0; nan outside the domain."""
    q = float(q)
    return kl_inverse_pair(1.0 - q, q, c)[1]


def kl_inverse_lower_complement(q: float, c: float) -> float:
    """1 - kl_inverse_lower(q, c), itself to 4 ulp, however close to 0."""
    q = float(q)
    return kl_inverse_pair(1.0 - q, q, c)[0]


def kl_inverse_pair(a: float, b: float, c: float) -> tuple[float, float]:
    """(p, 1-p) for the largest p with kl(a||p) <= c, where b = 1-a; each to 4 ulp.

    The smaller of a and b is taken as exact, the larger as its rounded complement.  Tested for the
    smaller of a and b 0 or >= 1e-300 and c = 0 or >= 1e-300; (nan, nan) outside [0, 1] x [0, inf].
    """
    if not (0.0 < a <= 1.0 and 0.0 < b <= 1.0 and 0.0 < c < inf):
        return _at_the_edge(a, b, float(c))
    if c < 1e-250 and min(a, b) < 1e-180:
        return _scaled(a, b, c)
    log_a = log(a) if a < 0.5 else log1p(-b)
    z = -min(sqrt(2.0 * a * b) * sqrt(c), -a * log_a) / b
    g = z - c / b
    if g > -0.6931471805599453:
        return _near(a, b, c, -b * expm1(g))
    return _far(a, b, c, z, log_a)


def _at_the_edge(a: float, b: float, c: float) -> tuple[float, float]:
    if not (0.0 <= a <= 1.0 and 0.0 <= b <= 1.0 and c >= 0.0):
        return nan, nan
    if b == 0.0:
        return 1.0, 0.0
    if c == 0.0:
        return a, b
    return -expm1(-c), exp(-c)


def _scaled(a: float, b: float, c: float) -> tuple[float, float]:
    """Where a, p and c (or b, 1-p and c) are tiny, kl is homogeneous in them: all times 2**400."""
    if a < b:
        p = ldexp(kl_inverse_pair(ldexp(a, 400), 1.0, ldexp(c, 400))[0], -400)
        return p, b - p
    v = ldexp(kl_inverse_pair(1.0, ldexp(b, 400), ldexp(c, 400))[1], -400)
    return a, v


def _near(a: float, b: float, c: float, u: float) -> tuple[float, float]:
    """Third-order steps on sqrt(2 kl) as a function of logit p, which is nearly a straight line."""
    if u < 1e-18 * min(a, b):
        return a, b
    for _ in range(8):
        p, v = a + u, b - u
        k = deviance(a, p, u) - b * log1pmx(-u / b)
        if k == 0.0:
            break
        x = (c - k) / k
        h = x / (1.0 + sqrt(1.0 + x))
        w = 2.0 * k / u
        em = expm1(h * w * (1.0 + 0.5 * h * (1.0 - w / u * p * v)))
        step = p * v * em / (1.0 + p * em)
        u += step
        if abs(step) < 1e-6 * u:
            break
    return a + u, b - u


def _far(a: float, b: float, c: float, z: float, log_a: float) -> tuple[float, float]:
    """Halley's steps on z = log(1-p) - log(b) + c/b, in [-1, 0]: the root of (c - kl(a||p))/b.

    z has a small ulp where c/b has a large one, so c/b enters rounded, its error carried in `low`.
    """
    h = c / b
    if h > 800.0:
        return 1.0, 0.0
    low = _quotient_error(c, b, h) - (h + 1.0) * ((1.0 - b) - a if a < b else 0.0) / b
    limit = b * exp(-h)
    if h > 40.0:
        return 1.0, limit * exp(a * log_a / b - low)
    for _ in range(8):
        v = b * exp(z - h) if h < 2.0 else limit * exp(z)
        u = b - v
        gain = u + a * log1pmx(u / a) if u < a else a * log1p(min(u / a, 1e308))
        slope = a * (v / b) / (1.0 - v)
        d = 1.0 - slope
        r = z + low + gain / b
        step = r / (d + 0.5 * r * slope / (d * (1.0 - v)))
        z -= step
        if abs(step) < 1e-6:
            break
    v = b * exp(z - h) if h < 2.0 else limit * exp(z)
    return 1.0 - v, v


def _quotient_error(c: float, b: float, h: float) -> float:
    """c/b - h for the rounded quotient h, by Dekker's exact product, scaled against underflow."""
    b, e = frexp(b)
    c = ldexp(c, -e)
    t = _SPLIT * h
    h1 = t - (t - h)
    t = _SPLIT * b
    b1 = t - (t - b)
    h2, b2 = h - h1, b - b1
    product = h * b
    error = ((h1 * b1 - product) + h1 * b2 + h2 * b1) + h2 * b2
    return ((c - product) - error) / b
