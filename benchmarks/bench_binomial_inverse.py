"""What an exact confidence limit costs, beside scipy's nearest function and that function's error.

Run: python benchmarks/bench_binomial_inverse.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from math import exp, log
from pathlib import Path

import numpy as np
from scipy import special, stats

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from timing import measure, seconds, table  # noqa: E402

from genbounds.backends.arrays import binomial as arrays  # noqa: E402
from genbounds.backends.arrays import hypergeometric as hypergeometric_arrays  # noqa: E402
from genbounds.backends.floats.binomial import binomial_tail_inverse  # noqa: E402
from genbounds.backends.floats.hypergeometric import hypergeometric_tail_inverse  # noqa: E402

SCALARS = (
    (0, 10**12, 0.05),
    (5, 100, 0.05),
    (192, 600, 0.025),
    (5, 10**6, 1e-6),
    (17, 10**4, 1e-300),
    (10**4, 10**6, 0.05),
    (10**9, 10**12, 1e-12),
)
POPULATIONS = ((5, 50, 10**4, 0.05), (100, 1000, 10**6, 0.05), (10**5, 10**6, 10**9, 0.05))
SIZE = 200_000
Row = tuple[object, ...]


def row(case: str, ours: Callable[[], object], theirs: Callable[[], object], peer: str) -> Row:
    a, b = measure(ours, repeat=5), measure(theirs, repeat=5)
    value, other = np.ravel(ours())[:1000], np.ravel(theirs())[:1000]
    error = np.max(np.abs(np.asarray(other, float) / np.asarray(value, float) - 1.0))
    return case, seconds(a), peer, seconds(b), float(a / b), f"{error:.1e}"


def statsmodels_peer(k: int, n: int, delta: float) -> list[tuple[str, Callable[[], float]]]:
    """proportion_confint's upper end at twice delta, where statsmodels is installed."""
    try:
        from statsmodels.stats.proportion import proportion_confint
    except ImportError:
        return []
    return [("statsmodels", lambda: proportion_confint(k, n, 2 * delta, method="beta")[1])]


def scalars() -> Iterator[Row]:
    for k, n, delta in SCALARS:
        c = -log(delta)
        case = f"scalar k={k:g} n={n:g} delta={delta:g}"
        peers = (
            ("betainccinv", lambda k=k, n=n, d=delta: special.betainccinv(k + 1, n - k, d)),
            *statsmodels_peer(k, n, delta),
            ("bdtri", lambda k=k, n=n, d=delta: special.bdtri(k, n, d)),
        )
        for name, peer in peers:
            yield row(case, lambda k=k, n=n, c=c: binomial_tail_inverse(k, n, c), peer, name)


def columns() -> Iterator[Row]:
    rng = np.random.default_rng(0)
    wide, narrow = rng.integers(10, 10**5, SIZE), rng.integers(3, 100, SIZE)
    huge = rng.integers(10, 10**9, SIZE)
    share = rng.random(SIZE)
    cases = (
        ("k <= .3 n, n <= 1e5, delta .05", wide, 0.3 * share, log(20)),
        ("k <= .3 n, n <= 1e5, delta 1e-12", wide, 0.3 * share, log(1e12)),
        ("k <= 20, n <= 1e5, delta .05", wide, 20 * share / wide, log(20)),
        ("any k, n <= 100, delta .05", narrow, share, log(20)),
        ("any k, n <= 1e9, delta to 1e-300", huge, share**4, 690 * rng.random(SIZE)),
    )
    for case, n, fraction, c in cases:
        k = np.floor(n * fraction)
        yield row(
            f"array of {SIZE:g}: {case}",
            lambda k=k, n=n, c=c: arrays.binomial_tail_inverse(k, n, c),
            lambda k=k, n=n, c=c: special.betainccinv(k + 1, n - k, np.exp(-c)),
            "betainccinv",
        )


def by_bisection(k: int, n: int, N: int, delta: float) -> int:
    low, high = k, N - n + k + 1
    while high - low > 1:
        K = (low + high) // 2
        low, high = (K, high) if stats.hypergeom.cdf(k, N, K, n) >= delta else (low, K)
    return low


def populations() -> Iterator[Row]:
    for k, n, N, delta in POPULATIONS:
        yield row(
            f"hypergeometric k={k:g} n={n:g} N={N:g}",
            lambda k=k, n=n, N=N, d=delta: hypergeometric_tail_inverse(k, n, N, -log(d)),
            lambda k=k, n=n, N=N, d=delta: by_bisection(k, n, N, d),
            "hypergeom bisection",
        )
    k = np.arange(200)
    yield row(
        "hypergeometric array of 200, n=1000 N=1e6",
        lambda: hypergeometric_arrays.hypergeometric_tail_inverse(k, 1000, 10**6, log(20)),
        lambda: [by_bisection(int(x), 1000, 10**6, exp(-log(20))) for x in k],
        "hypergeom bisection",
    )


if __name__ == "__main__":
    table(
        ("case", "ours", "peer", "its time", "ours/peer", "peer's error"),
        (*scalars(), *columns(), *populations()),
    )
