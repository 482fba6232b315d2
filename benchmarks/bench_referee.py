"""Samples a second that the referee looks at, beside a loop over trials; two workers; memory.

A trial draws a sample of thresholds with noisy labels and finds the largest excess of risk over
empirical risk in the class. Loops and matrices take turns, so that a busy machine slows all of
them alike, and every ratio is of one run. numba (extra `fast`) is needed for the compiled column.
"""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from statistics import median
from time import perf_counter

import numpy as np
from timing import measure, table

from genbounds import catalogue
from genbounds.referee.kernels import kernels, line
from genbounds.referee.validating import validate
from genbounds.referee.worlds.intervals import IntervalsWorld
from genbounds.referee.worlds.line import LineWorld
from genbounds.referee.worlds.thresholds import ThresholdsWorld

ROUNDS = 9
BOUND = catalogue["vapnik_chervonenkis"]


def supremum(world: ThresholdsWorld, x: np.ndarray, y: np.ndarray) -> float:
    """The largest excess of a sample with sorted points: at both ends of every gap."""
    errors = np.count_nonzero(~y) + np.concatenate(([0], np.cumsum(np.where(y, 1, -1))))
    risk = world.risk_at(np.concatenate(([0.0], x, [1.0])))
    return float((np.maximum(risk[:-1], risk[1:]) - errors / len(x)).max())


def loop(world: ThresholdsWorld, n: int, trials: int, rng: np.random.Generator) -> list[float]:
    """Trial by trial: points, labels, both sorted by the points, one pass over them."""
    found = []
    for _ in range(trials):
        x = rng.random(n)
        y = (x >= world.centre) ^ (rng.random(n) < world.noise)
        order = np.argsort(x)
        found.append(supremum(world, x[order], y[order]))
    return found


def shrewd_loop(
    world: ThresholdsWorld, n: int, trials: int, rng: np.random.Generator
) -> list[float]:
    """The same, but it sorts the points before it labels them."""
    found = []
    for _ in range(trials):
        x = np.sort(rng.random(n))
        found.append(supremum(world, x, (x >= world.centre) ^ (rng.random(n) < world.noise)))
    return found


def block(world: LineWorld, n: int, rng: np.random.Generator, using: object) -> object:
    return world.draw(n, world.block(n), rng).knowing(kernels=using)["supremum"]


def rates(trials: int, *runs: Callable[[], object]) -> list[float]:
    """Trials a second of runs of so many trials that take turns."""
    taken = [[measure(run, repeat=1) for run in runs] for _ in range(ROUNDS)]
    return [trials / median(column) for column in zip(*taken, strict=True)]


def thresholds(n: int, noise: float) -> list[object]:
    world, rng = ThresholdsWorld(noise=noise), np.random.default_rng(0)
    rows = world.block(n)
    by_loop, by_shrewd_loop, by_numpy, by_numba = rates(
        rows,
        lambda: loop(world, n, rows, rng),
        lambda: shrewd_loop(world, n, rows, rng),
        lambda: block(world, n, rng, line),
        lambda: block(world, n, rng, kernels("line")),
    )
    numbers = [f"{rate:,.0f}" for rate in (by_loop, by_shrewd_loop, by_numpy, by_numba)]
    ratios = [by_numpy / by_loop, by_numba / by_loop]
    shrewd = [by_numpy / by_shrewd_loop, by_numba / by_shrewd_loop]
    return [f"n={n}, noise {noise:g}", *numbers, *(f"{ratio:.1f}x" for ratio in ratios + shrewd)]


def intervals(n: int) -> list[object]:
    world, rng = IntervalsWorld(noise=0.1), np.random.default_rng(0)
    by_numpy, by_numba = rates(
        world.block(n),
        lambda: block(world, n, rng, line),
        lambda: block(world, n, rng, kernels("line")),
    )
    return [f"n={n}, noise 0.1", f"{by_numpy:,.0f}", f"{by_numba:,.0f}"]


def workers(n: int, trials: int) -> list[list[object]]:
    """`validate` from end to end, with one worker and with two that are already there."""
    world = ThresholdsWorld(noise=0.1)
    took: dict[int, list[float]] = {1: [], 2: []}
    for jobs in took:
        validate(BOUND, world, n=n, trials=10 * world.block(n), n_jobs=jobs)
    for _ in range(3):
        for jobs, seconds in took.items():
            began = perf_counter()
            validate(BOUND, world, n=n, trials=trials, n_jobs=jobs)
            seconds.append(perf_counter() - began)
    one, two = (trials / median(seconds) for seconds in took.values())
    return [["1", f"{one:,.0f}", "1.0x"], ["2", f"{two:,.0f}", f"{two / one:.1f}x"]]


def peak(trials: int) -> list[object]:
    """The most memory in use while `validate` runs, above what was before."""
    world = ThresholdsWorld(noise=0.1)
    validate(BOUND, world, n=1000, trials=1000)
    tracemalloc.start()
    validate(BOUND, world, n=1000, trials=trials)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return [f"{trials:,}", f"{most / 2**20:.1f} MiB"]


def main() -> None:
    print("thresholds: trials a second, and how many times those of the loops")
    table(
        ("sample", "loop", "shrewd loop", "numpy", "compiled", "numpy/loop", "compiled/loop",
         "numpy/shrewd", "compiled/shrewd"),
        [thresholds(1000, 0.1), thresholds(1000, 0.0), thresholds(100, 0.1)],
    )  # fmt: skip
    print()
    print("intervals: trials a second")
    table(("sample", "numpy", "compiled"), [intervals(100), intervals(1000)])
    print()
    print(f"validate of {BOUND.name}, thresholds, n=1000: trials a second by workers")
    print(
        f"(two workers need two idle cores; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f})"
    )
    table(("n_jobs", "trials/s", "ratio"), workers(1000, 300_000))
    print()
    print("memory of validate by trials")
    table(("trials", "peak"), [peak(10**5), peak(10**6)])


if __name__ == "__main__":
    main()
