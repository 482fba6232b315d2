"""Timing for the benchmark scripts: seconds a call, and one aligned table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from statistics import median
from time import perf_counter


def measure(
    function: Callable[[], object], *, repeat: int = 7, least_seconds: float = 0.02
) -> float:
    """Median over `repeat` batches of the seconds one call takes; a batch lasts least_seconds."""
    function()
    count = 1
    while (elapsed := _batch(function, count)) < least_seconds:
        count = max(2 * count, int(count * least_seconds / max(elapsed, 1e-9)))
    return median(_batch(function, count) / count for _ in range(repeat))


def _batch(function: Callable[[], object], count: int) -> float:
    calls = range(count)
    start = perf_counter()
    for _ in calls:
        function()
    return perf_counter() - start


def seconds(value: float) -> str:
    """A duration with a unit: `3.21 us`."""
    for scale, unit in ((1e-9, "ns"), (1e-6, "us"), (1e-3, "ms")):
        if value < 1000 * scale:
            return f"{value / scale:.3g} {unit}"
    return f"{value:.3g} s"


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print one aligned table; floats with three digits."""
    cells = [[f"{c:.3g}" if isinstance(c, float) else str(c) for c in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(header, *cells, strict=True)]
    for row in (header, ["-" * w for w in widths], *cells):
        print("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip())
