"""What a betting interval costs, beside the usual search of a grid of 1000 means.

The grid is the method of the authors' code (confseq, not needed here), in numpy: the same bets, the
capital of every mean of the grid after all losses.  Run: python benchmarks/bench_betting.py
"""

from __future__ import annotations

import sys
from math import log
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from timing import measure, seconds, table  # noqa: E402

from genbounds.backends.floats.betting import betting_lower, betting_upper  # noqa: E402

C, CAP = log(1 / 0.025), 0.5


def both_ends(losses: tuple[float, ...]) -> tuple[float, float]:
    return betting_lower(losses, C, CAP), betting_upper(losses, C, CAP)


def grid(losses: np.ndarray, size: int = 1000) -> tuple[float, float]:
    """The least and the largest mean of the grid that is not rejected."""
    t = np.arange(1, len(losses) + 1)
    means = (0.5 + np.cumsum(losses)) / (t + 1)
    variances = (0.25 + np.cumsum((losses - means) ** 2)) / (t + 1)
    bets = np.sqrt(2 * C / (len(losses) * np.append(0.25, variances[:-1])))
    kept = []
    for m in np.arange(1, size) / size:
        up = np.log1p(np.minimum(bets, CAP / m) * (losses - m)).sum()
        down = np.log1p(np.minimum(bets, CAP / (1 - m)) * (m - losses)).sum()
        if max(up, down) < C:
            kept.append(m)
    return kept[0], kept[-1]


def main() -> None:
    rng = np.random.default_rng(0)
    rows = []
    for n in (100, 1000, 10**4, 10**5, 10**6):
        data = rng.beta(2, 8, n)
        losses = tuple(data.tolist())
        ours = measure(lambda losses=losses: both_ends(losses), repeat=5)
        low, high = both_ends(losses)
        peer = measure(lambda data=data: grid(data), repeat=1) if n <= 10**5 else None
        rows.append((
            f"{n:.0e}",
            f"[{low:.6f}, {high:.6f}]",
            seconds(ours),
            seconds(peer) if peer else "-",
            f"{peer / ours:.0f}x" if peer else "-",
        ))  # fmt: skip
    table(("losses", "interval", "both ends", "grid of 1000", "ratio"), rows)


if __name__ == "__main__":
    main()
