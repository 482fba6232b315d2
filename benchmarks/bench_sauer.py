"""ln of Sauer's sum beside the exact integers: the sum of math.comb, and the recurrence."""

from __future__ import annotations

from math import comb, log

import numpy as np
from timing import measure, seconds, table

from genbounds.backends.arrays.sauer import log_sauer as array_log_sauer
from genbounds.backends.floats.sauer import log_sauer


def by_comb(n: int, d: int) -> float:
    return log(sum(comb(n, i) for i in range(d + 1)))


def by_recurrence(n: int, d: int) -> float:
    total = term = 1
    for i in range(d):
        term = term * (n - i) // (i + 1)
        total += term
    return log(total)


def against_integers(n: int, d: int) -> list[object]:
    times = [measure(lambda f=f: f(n, d)) for f in (log_sauer, by_comb, by_recurrence)]
    ratios = [f"{seconds(t)} ({t / times[0]:.1f}x)" for t in times[1:]]
    return [f"n={n:g} d={d:g}", seconds(times[0]), *ratios]


def alone(n: int, d: int) -> list[object]:
    return [f"n={n:g} d={d:g}", seconds(measure(lambda: log_sauer(n, d))), "-", "-"]


def against_a_loop(n: np.ndarray, d: float) -> list[object]:
    time = measure(lambda: array_log_sauer(n, d))
    loop = measure(lambda: [log_sauer(m, d) for m in n.tolist()], repeat=3)
    return [f"array 1e5, d={d:g}", seconds(time), f"loop: {loop / time:.1f}x", "-"]


def main() -> None:
    cells = ((100, 5), (1000, 10), (1000, 500), (10**6, 100), (10**6, 1000))
    rows = [against_integers(n, d) for n, d in cells]
    large = ((2 * 10**6, 10**6 - 1), (10**18, 10**12), (10**18, 5 * 10**17 - 1))
    rows += [alone(n, d) for n, d in large]
    n = np.floor(10 ** np.random.default_rng(0).uniform(2, 7, 10**5))
    rows += [against_a_loop(n, d) for d in (10.0, 1000.0)]
    table(["log_sauer", "genbounds", "log(sum(comb))", "integer recurrence"], rows)


if __name__ == "__main__":
    main()
