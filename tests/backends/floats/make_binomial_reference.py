"""Writes binomial_reference.json: p and 1-p of Clopper and Pearson's limit to 25 digits, by mpmath.

Run as a script (about a minute).  The tail is the sum of the definition where that is at most a
million terms, else its beta integral by adaptive quadrature, at 50 digits; the root is Newton's
from a point that the Chernoff bound puts beyond it.  Nothing of genbounds is used.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from mpmath import mp, mpf

mp.dps = 50
BITS = 220
CS = ("1e-16", "1e-12", "1e-6", "0.1053605156578263", "0.6931471805599453", "0.9162907318741551")
CS += ("2.995732273553991", "13.815510557964274", "115.12925464970229", "690.7755278982137")


def downward_sum(k: int, n: int, p: mpf, v: mpf) -> mpf:
    """P(X <= k)/P(X = k) by adding the terms, in integers of 220 bits."""
    odds = int(mp.ldexp(v / p, BITS))
    term = total = 1 << BITS
    j = 0
    while j < k and term > (total >> 165):
        term = ((term * (k - j) * odds) >> BITS) // (n - k + j + 1)
        total += term
        j += 1
    return mp.ldexp(mpf(total), -BITS)


def beta_integral(k: int, n: int, p: mpf, v: mpf) -> mpf:
    """P(X <= k)/P(X = k) = (n-k) * integral of (1 + y v/p)**k (1-y)**(n-k-1) over [0, 1]."""
    odds, m = v / p, n - k - 1
    scale = 1 / mp.sqrt(k * odds**2 + m)

    def integrand(y: mpf) -> mpf:
        return mp.exp(k * mp.log1p(y * odds) + m * mp.log1p(-y))

    slope = max(m - k * odds, mpf(0))
    stretch = 1 / (slope + 1 / scale)
    cuts = [x for x in (stretch * f for f in (0, 1, 2, 4, 8, 14, 22, 32, 46, 64, 90, 130)) if x < 1]
    return (n - k) * mp.quad(integrand, cuts, maxdegree=5)


def log_tail(k: int, n: int, p: mpf, v: mpf) -> tuple[mpf, mpf]:
    """ln P(X <= k) and its derivative in ln(p/v), for p beyond the mean."""
    log_mass = mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)
    log_mass += k * mp.log(p) + (n - k) * mp.log(v)
    smaller = min(k, n - k)
    ratio = downward_sum(k, n, p, v) if smaller < 10**9 else beta_integral(k, n, p, v)
    return log_mass + mp.log(ratio), -(n - k) * p / ratio


def chernoff(k: int, n: int, c: mpf) -> mpf:
    """logit of a p with n kl(k/n || p) >= c and no more than 1e-3 too far, by bisection."""
    q = mpf(k) / n
    low = mp.log(q / (1 - q))
    high = low + 1

    def short(t: mpf) -> bool:
        p, v = 1 / (1 + mp.exp(-t)), 1 / (1 + mp.exp(t))
        return n * (q * mp.log(q / p) + (1 - q) * mp.log((1 - q) / v)) < c

    while short(high):
        high += 2 * (high - low)
    while high - low > mpf("1e-3") * (high - mp.log(q / (1 - q))):
        middle = (low + high) / 2
        low, high = (middle, high) if short(middle) else (low, middle)
    return high


def small_tail(k: int, n: int, c: mpf) -> tuple[mpf, mpf]:
    """(p, 1-p) with ln P(X <= k) = -c, for 0 < k < n and c of at least about ln 2."""
    t = chernoff(k, n, c)
    for _ in range(60):
        p, v = 1 / (1 + mp.exp(-t)), 1 / (1 + mp.exp(t))
        value, slope = log_tail(k, n, p, v)
        step = (value + c) / slope
        t -= step
        if abs(step) < mpf(10) ** -20 * min(1, abs(t)):
            return 1 / (1 + mp.exp(-t)), 1 / (1 + mp.exp(t))
    raise ArithmeticError((k, n, c))


def inverse(k: int, n: int, c: mpf) -> tuple[mpf, mpf]:
    if k == 0:
        return -mp.expm1(-c / n), mp.exp(-c / n)
    other = -mp.log1p(-mp.exp(-c)) if c > 1 else -mp.log(-mp.expm1(-c))
    if k == n - 1:
        return mp.exp(-other / n), -mp.expm1(-other / n)
    if c > 0.69:
        return small_tail(k, n, c)
    v, p = small_tail(n - k - 1, n, other)
    return p, v


def cells() -> Iterator[tuple[int, int, str]]:
    for n in (1, 2, 3, 7, 100, 10**4, 10**6, 10**9, 10**12, 10**15):
        ks = {0, 1, 2, 5, 17, 300, n // 1000, n // 10, n // 2, n - n // 10, n - 300, n - 5, n - 3}
        for k in sorted(k for k in ks | {n - 2, n - 1} if 0 <= k < n):
            for c in CS:
                yield k, n, c


def main() -> None:
    rows = []
    for i, (k, n, c) in enumerate(cells()):
        p, v = inverse(k, n, mpf(float(c)))
        rows.append([k, n, float(c), mp.nstr(p, 25), mp.nstr(v, 25)])
        if i % 100 == 0:
            print(i, k, n, c, file=sys.stderr)
    text = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"
    Path(__file__).with_name("binomial_reference.json").write_text(text)


if __name__ == "__main__":
    main()
