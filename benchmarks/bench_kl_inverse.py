"""The kl inverse beside scipy's brentq and 53 steps of bisection, scalar and on arrays."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, log

import numpy as np
from scipy.optimize import brentq
from timing import measure, seconds, table

from genbounds.backends.arrays.kl import kl_inverse_upper as array_inverse
from genbounds.backends.floats.kl import kl_inverse_upper as float_inverse


def kl(q: float, p: float) -> float:
    if not 0.0 < p < 1.0:
        return inf if p != q else 0.0
    first = q * log(q / p) if q > 0.0 else 0.0
    return first + ((1.0 - q) * log((1.0 - q) / (1.0 - p)) if q < 1.0 else 0.0)


def by_brentq(q: float, c: float) -> float:
    root: float = brentq(lambda p: kl(q, p) - c, q, 1.0 - 1e-12)
    return root


def by_bisection(q: float, c: float) -> float:
    low, high = q, 1.0
    for _ in range(53):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if kl(q, middle) < c else (low, middle)
    return low


def by_array_bisection(q: np.ndarray, c: np.ndarray) -> np.ndarray:
    low, high = q.copy(), np.ones_like(q)
    for _ in range(53):
        p = 0.5 * (low + high)
        below = q * np.log(q / p) + (1 - q) * np.log((1 - q) / (1 - p)) < c
        low, high = np.where(below, p, low), np.where(below, high, p)
    return low


def row(name: str, ours: Callable[[], object], *others: Callable[[], object]) -> list[object]:
    times = [measure(f) for f in (ours, *others)]
    ratios = [f"{seconds(t)} ({t / times[0]:.1f}x)" for t in times[1:]]
    return [name, seconds(times[0]), *ratios, *["-"] * (3 - len(times))]


def main() -> None:
    rows = []
    for q, c in ((0.0, 0.01), (0.1, 0.01), (0.02, 0.05), (0.3, 1.0), (0.1, 3.0), (0.5, 1e-6)):
        rows.append(
            row(
                f"scalar q={q:g} c={c:g}",
                lambda q=q, c=c: float_inverse(q, c),
                lambda q=q, c=c: by_bisection(q, c),
                lambda q=q, c=c: by_brentq(q, c),
            )
        )
    rng = np.random.default_rng(0)
    typical = 0.5 * rng.random(10**6), 10 ** rng.uniform(-4, -0.5, 10**6)
    corners = 10 ** rng.uniform(-12, -0.01, 10**6), 10 ** rng.uniform(-8, 1, 10**6)
    for name, (q, c) in {"typical": typical, "corners": corners}.items():
        rows.append(
            row(
                f"array 1e6, {name}",
                lambda q=q, c=c: array_inverse(q, c),
                lambda q=q, c=c: by_array_bisection(q, c),
            )
        )
    table(["kl inverse", "genbounds", "53-step bisection", "scipy brentq"], rows)


if __name__ == "__main__":
    with np.errstate(all="ignore"):
        main()
