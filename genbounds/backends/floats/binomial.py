"""Binomial tails and their inverse, the exact confidence limits of Clopper and Pearson.

With k errors in n trials, v = 1-p and m = n-k-1 the tail is an integral of a log-concave function,

    P(Bin(n, p) <= k) = (n-k) pmf(k) I,     I = int_0^1 exp(h(y)) dy,
    h(y) = -B y + k log1pmx(y v/p) + m log1pmx(-y),     B = (n p - k - p)/p,

of which 24 Gauss nodes on the stretch where h > -38 give every digit, whatever n and k are; where
the tail is a short sum, the sum is cheaper.  I also gives the derivatives of the tail, so that two
or three third-order steps invert it.  Everything stays in logs: no tail underflows.

The budget is c = ln(1/delta) in place of delta, and delta > 1/2 is as good as any.  Over 1000 cells
against 50 digits (n up to 1e15, any k, delta from 1e-300 to 1 - 1e-16) p is right to 4e-15 relative
(2.2e-15 for delta up to 1 - 1e-12), and 1-p to 1e-15 (4 + c).  Standard library only.
"""

from __future__ import annotations

from math import exp, expm1, inf, log, log1p, nan, pi, sqrt

from genbounds.backends.floats.kl import kl_inverse_pair
from genbounds.backends.floats.series import deviance, log1pmx, stirling_remainder

LN2 = log(2.0)
_COARSE_DEPTH, _FINE_DEPTH = 13.0, 38.0
_LONGEST_SUM = 250.0

# (node, weight) of Gauss-Legendre on [0, 1], the nodes near 0 with all their digits
COARSE_RULE = (
    (0.019855071751231884, 0.05061426814518813),
    (0.10166676129318664, 0.11119051722668724),
    (0.2372337950418355, 0.15685332293894363),
    (0.4082826787521751, 0.181341891689181),
    (0.591717321247825, 0.181341891689181),
    (0.7627662049581645, 0.15685332293894363),
    (0.8983332387068134, 0.11119051722668724),
    (0.9801449282487681, 0.05061426814518813),
)
FINE_RULE = (
    (0.00240639000148932, 0.0061706148999936),
    (0.012635722014345251, 0.014265694314466832),
    (0.030862723998633622, 0.022138719408709904),
    (0.056792236497799485, 0.02964929245771839),
    (0.08999900701304854, 0.03667324070554015),
    (0.12993790421072282, 0.04309508076597664),
    (0.17595317403151223, 0.04880932605205694),
    (0.22728926430558022, 0.05372213505798282),
    (0.2831032461869774, 0.0577528340268628),
    (0.3424786601519183, 0.060835236463901696),
    (0.40444056626319186, 0.06291872817341415),
    (0.4679715535686972, 0.06396909767337608),
    (0.5320284464313028, 0.06396909767337608),
    (0.5955594337368082, 0.06291872817341415),
    (0.6575213398480817, 0.060835236463901696),
    (0.7168967538130225, 0.0577528340268628),
    (0.7727107356944197, 0.05372213505798282),
    (0.8240468259684878, 0.04880932605205694),
    (0.8700620957892772, 0.04309508076597664),
    (0.9100009929869515, 0.03667324070554015),
    (0.9432077635022005, 0.02964929245771839),
    (0.9691372760013663, 0.022138719408709904),
    (0.9873642779856547, 0.014265694314466832),
    (0.9975936099985107, 0.0061706148999936),
)


def binomial_tail_inverse(k: float, n: float, c: float) -> float:
    """The largest p with P(Bin(n, p) <= k) >= exp(-c), Clopper and Pearson's upper limit.

    1 if k >= n, 0 if k < 0 or c = 0; nan for a nan or a negative c.
    """
    return binomial_tail_inverse_pair(k, n, c)[0]


def binomial_tail_inverse_complement(k: float, n: float, c: float) -> float:
    """1 - binomial_tail_inverse(k, n, c), itself to full precision."""
    return binomial_tail_inverse_pair(k, n, c)[1]


def binomial_tail_inverse_lower(k: float, n: float, c: float) -> float:
    """The smallest p with P(Bin(n, p) >= k) >= exp(-c), the lower limit; 0 if k <= 0.

    It is 1 - binomial_tail_inverse(n-k, n, c), to 1e-15 (4 + c) relative.
    """
    return binomial_tail_inverse_pair(n - k, n, c)[1]


def binomial_tail_inverse_lower_complement(k: float, n: float, c: float) -> float:
    """1 - binomial_tail_inverse_lower(k, n, c), itself to full precision."""
    return binomial_tail_inverse_pair(n - k, n, c)[0]


def binomial_tail_inverse_pair(k: float, n: float, c: float) -> tuple[float, float]:
    """(p, 1-p) for the largest p with P(Bin(n, p) <= k) >= exp(-c)."""
    c = float(c)
    if not c >= 0.0 or k != k or n != n:
        return nan, nan
    if k >= n or c == inf:
        return 1.0, 0.0
    if k < 0 or c == 0.0:
        return 0.0, 1.0
    if k == 0:
        return -expm1(-c / n), exp(-c / n)
    if k == n - 1:
        return _all_but_one(float(n), c)
    if c >= LN2:
        return _invert(float(k), float(n - k), float(n), c)
    # for delta > 1/2 the other tail is the small one: P(n-X <= n-k-1) <= 1-delta
    v, p = _invert(float(n - k - 1), float(k + 1), float(n), -log(-expm1(-c)))
    return p, v


def _all_but_one(n: float, c: float) -> tuple[float, float]:
    """The root of 1 - p**n = exp(-c)."""
    if c > LN2:
        x = log1p(-exp(-c)) / n
        return exp(x), -expm1(x)
    s = -expm1(-c)
    return s ** (1.0 / n), -expm1(log(s) / n)


def _invert(k: float, r: float, n: float, c: float) -> tuple[float, float]:
    """The pair for 1 <= k, 2 <= r = n-k and c >= ln 2, by Halley's steps on the log of the tail.

    With P' = -P/J, J = v I, the second derivative of ln P is (B I - 1)/J**2.
    """
    p, v, exact = _start(k, r, n, c)
    fine = False
    for _ in range(40):
        if exact:
            break
        log_tail, width, slope, fine = _tail(k, r, n, p, v, fine)
        f = log_tail + c
        e = f * width / (1.0 - 0.5 * f * (slope * width - 1.0))
        p, v = _moved(p, v, e)
        exact = fine and (abs(f) < 2e-5 or abs(e) * v < 4e-15 * min(p, v))
        fine = abs(f) < 0.02
    return p, v


def _moved(p: float, v: float, e: float) -> tuple[float, float]:
    """The pair after p += e v; a step that would leave (0, 1), or nearly, goes by the logarithm."""
    if e > 0.5:
        v *= exp(-min(e, 100.0))
        return 1.0 - v, v
    step = e * v
    if step < -0.5 * p:
        p *= exp(max(step / p, -100.0))
        return p, 1.0 - p
    p, v = p + step, v - step
    return (p, 1.0 - p) if p < v else (1.0 - v, v)


def _start(k: float, r: float, n: float, c: float) -> tuple[float, float, bool]:
    """A pair near the root, and whether it is the root already."""
    if c > 0.2 * r:
        v = exp(-(c + _log_choose(k, r, n)) / r)
        if n * v < 1e-18:
            return 1.0 - v, v, True
        if n * v < 0.5 * r:
            # P = C(n, k) v**r (1-v)**k / (1 - ratio of the first two terms), nearly
            v *= exp((k * v + log1p(-k * v / (r + 1.0))) / r)
            return 1.0 - v, v, False
    z = _normal_deviate(c)
    p, v = kl_inverse_pair((k + 0.5) / n, (r - 0.5) / n, 0.5 * z * z / n * (1.0 + 1.0 / (6.0 * n)))
    d = (n * p - k if p <= 0.5 else r - n * v) - 0.5
    w = (z / d) ** 2 * p * v if z > 0.1 else 1.0 / n
    # Peizer and Pratt: the deviate is that of the relative entropy, with d moved by (1-2p)/6
    p, v = _moved(p, v, max(-0.5, min(0.5, (v - p) / 6.0 * w / v)))
    return p, v, False


def _normal_deviate(c: float) -> float:
    """The z with P(N(0, 1) > z) = exp(-c), c >= ln 2, to 5e-4 (Abramowitz and Stegun 26.2.23)."""
    t = sqrt(2.0 * c)
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    return t - top / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308)))


def _log_choose(k: float, r: float, n: float) -> float:
    """ln C(n, k) for 1 <= k, 1 <= r = n-k."""
    small, large = min(k, r), max(k, r)
    entropy = small * log(n / small) - large * log1p(-small / n)
    return entropy + stirling_part(k, r, n)


def stirling_part(k: float, r: float, n: float) -> float:
    """ln C(n, k) + k ln(k/n) + r ln(r/n): what Stirling leaves."""
    remainders = stirling_remainder(n) - stirling_remainder(k) - stirling_remainder(r)
    return 0.5 * log(n / (2.0 * pi * k) / r) + remainders


def _tail(
    k: float, r: float, n: float, p: float, v: float, fine: bool
) -> tuple[float, float, float, bool]:
    """(ln P(X <= k), I, B, whether all to full precision), for p where the tail is small."""
    z = n * p - k if p <= 0.5 else r - n * v
    log_mass = _log_mass(k, r, n, p, v, z)
    slope = (z - p) / p
    ratio = k * v / ((r + 1.0) * p)
    if _length(ratio, k, r) < _LONGEST_SUM:
        s = _sum(k, r, v / p)
        return log_mass + log(s), s / r, slope, True
    width = _integral(k, r - 1.0, v / p, slope, fine)
    return log_mass + log(r * width), width, slope, fine


def _log_mass(k: float, r: float, n: float, p: float, v: float, z: float) -> float:
    """ln P(X = k), given z = np - k (Loader): nothing cancels."""
    return stirling_part(k, r, n) - deviance(k, n * p, z) - deviance(r, n * v, -z)


def _length(ratio: float, k: float, r: float) -> float:
    """About how many terms _sum takes: ratio**i * exp(-i*i*q/2) down to 1e-17."""
    gap = 1.0 - ratio
    if gap <= 0.0:
        gap = 0.0
    elif ratio < 0.5:
        gap = -log(ratio) if ratio > 0.0 else 700.0
    return 78.0 / (gap + sqrt(gap * gap + 78.0 * (1.0 / k + 1.0 / r)))


def _sum(k: float, r: float, odds: float) -> float:
    """P(X <= k)/P(X = k), term by term downwards; odds = v/p."""
    term = total = 1.0
    while term > 1e-17 * total and k > 0.0:
        r += 1.0
        term *= k * odds / r
        total += term
        k -= 1.0
    return total


def _integral(k: float, m: float, odds: float, slope: float, fine: bool) -> float:
    """I of the module's docstring: 24 nodes to 6e-16, 8 nodes to 1e-5."""
    depth = _FINE_DEPTH if fine else _COARSE_DEPTH
    end = _end(k, m, odds, slope, depth)
    total = 0.0
    for x, weight in FINE_RULE if fine else COARSE_RULE:
        y = end * x
        total += weight * exp(k * log1pmx(odds * y) + m * log1pmx(-y) - slope * y)
    return end * total


def _end(k: float, m: float, odds: float, slope: float, depth: float) -> float:
    """Where h falls to -depth, at most 1.  As h is concave, a Newton step never stops short."""
    curvature = k * odds * odds + m
    y = 2.0 * depth / (slope + sqrt(slope * slope + 2.0 * depth * curvature))
    for _ in range(4):
        y = min(y, 0.95)
        x = odds * y
        h = k * log1pmx(x) + m * log1pmx(-y) - slope * y
        gap = (h + depth) / (slope + k * odds * x / (1.0 + x) + m * y / (1.0 - y))
        y += gap
        if abs(gap) < 0.01 * y:
            break
    return min(y, 1.0)


def binomial_log_tail(k: float, n: float, p: float) -> float:
    """ln P(Bin(n, p) <= k); the double p is taken as exact.

    Relative error at most 4e-15, times 1 + ln(1/|value|) where |value| < 1, for n <= 1e15.
    """
    if not 0.0 <= p <= 1.0:
        return nan
    if k >= n or (p == 0.0 and k >= 0):
        return 0.0
    if k < 0 or p == 1.0:
        return -inf
    return _log_tail(int(k), int(n), p, 1.0 - p, _excess(int(k), int(n), p))


def binomial_log_tail_upper(j: float, n: float, p: float) -> float:
    """ln P(Bin(n, p) >= j); the double p is taken as exact."""
    if not 0.0 <= p <= 1.0:
        return nan
    if j <= 0 or (p == 1.0 and j <= n):
        return 0.0
    if j > n or p == 0.0:
        return -inf
    return _log_tail(int(n - j), int(n), 1.0 - p, p, -_excess(int(j), int(n), p))


def _excess(k: int, n: int, p: float) -> float:
    """n p - k, rounded once."""
    top, bottom = float(p).as_integer_ratio()
    return (n * top - k * bottom) / bottom


def _log_tail(k: int, n: int, p: float, v: float, z: float) -> float:
    """ln P(X <= k) for 0 <= k < n and z = np - k; the smaller tail is computed."""
    if k == 0:
        return n * log1p(-p) if p < 0.5 else n * log(v)
    if k == n - 1:
        x = n * log1p(-v) if v < 0.5 else n * log(p)
        return log(-expm1(x)) if x > -LN2 else log1p(-exp(x))
    if z >= 0.5:
        return _small_log_tail(float(k), float(n - k), float(n), p, v, z)
    other = _small_log_tail(float(n - k - 1), float(k + 1), float(n), v, p, 1.0 - z)
    return log1p(-exp(other))


def _small_log_tail(k: float, r: float, n: float, p: float, v: float, z: float) -> float:
    log_mass = _log_mass(k, r, n, p, v, z)
    if _length(k * v / ((r + 1.0) * p), k, r) < _LONGEST_SUM:
        return log_mass + log(_sum(k, r, v / p))
    return log_mass + log(r * _integral(k, r - 1.0, v / p, (z - p) / p, True))
