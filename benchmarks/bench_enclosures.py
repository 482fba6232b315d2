"""What a proved interval costs: balls beside the floats of the same function, and their digits.

Run: python benchmarks/bench_enclosures.py
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from math import log
from pathlib import Path
from typing import Any

from flint import arb, ctx

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from timing import measure, seconds, table  # noqa: E402

from genbounds.backends import balls, floats  # noqa: E402
from genbounds.backends.balls.ball import Ball  # noqa: E402

DOUBLE, LONG = 64, 400  # bits: a double's digits with a guard, and a hundred digits
RISKS = ((0.1, 0.01), (0.02, 0.05), (0.3, 1.0), (0.1, 3.0), (0.5, 1e-6))
LIMITS = (
    (5, 100), (100, 1000), (100, 10**6), (100, 10**15), (3000, 10**4), (10**4, 10**6),
    (5 * 10**5, 10**6), (10**9, 10**12),
)  # fmt: skip
DELTAS = (0.9, 0.05, 1e-300)
POPULATIONS = ((5, 50, 10**4), (100, 1000, 10**6), (10**5, 10**6, 10**9))
Row = tuple[object, ...]


def row(case: str, name: str, arguments: tuple[Any, ...], plain: tuple[Any, ...], goal: str) -> Row:
    """The time at both precisions, its ratio to the float's in this run, and the certain bits."""
    ours: Callable[..., Ball] = getattr(balls, name)
    short = _time(DOUBLE, lambda: ours(*arguments))
    with ctx.workprec(DOUBLE):
        found = ours(*arguments)
    bits = "exact" if found.rational is not None else str(found.arb.rel_accuracy_bits())
    peer = measure(lambda: getattr(floats, name)(*plain), repeat=3)
    long = _time(LONG, lambda: ours(*arguments))
    return case, seconds(peer), seconds(short), float(short / peer), bits, goal, seconds(long)


def _time(bits: int, function: Callable[[], object]) -> float:
    with ctx.workprec(bits):
        return measure(function, repeat=3)


def budget(c: float) -> Ball:
    """As formulas make it: the logarithm of an inexact number, known to the long precision."""
    return Ball(arb(c) + arb(0, c * 2.0 ** -(LONG + 10)))


def inverses() -> Iterator[Row]:
    for name in ("kl_inverse_upper", "kl_inverse_lower"):
        for q, c in RISKS:
            case = f"{name} q={q:g} c={c:g}"
            yield row(case, name, (balls.ball(q), budget(c)), (q, c), "45 us, 10x")


def limits() -> Iterator[Row]:
    for k, n in LIMITS:
        for delta in DELTAS:
            c = -log(delta)
            goal = "300 us" if k <= 100 else "10 ms" if n <= 10**6 else ""
            case = f"binomial_tail_inverse k={k:g} n={n:g} delta={delta:g}"
            yield row(case, "binomial_tail_inverse", (k, n, budget(c)), (k, n, c), goal)
    for k, n in ((5, 10**6), (10**9, 10**12)):
        case = f"binomial_log_tail k={k:g} n={n:g}"
        yield row(case, "binomial_log_tail", (k, n, 1.1 * k / n), (k, n, 1.1 * k / n), "")


def populations() -> Iterator[Row]:
    for k, n, N in POPULATIONS:
        case = f"hypergeometric_tail_inverse k={k:g} n={n:g} N={N:g}"
        arguments = (k, n, N, budget(3.0))
        yield row(case, "hypergeometric_tail_inverse", arguments, (k, n, N, 3.0), "")


if __name__ == "__main__":
    table(
        ("case", "float", "ball", "ratio", "bits", "goal", "100 digits"),
        (*inverses(), *limits(), *populations()),
    )
