"""A million rows of PAC-Bayes bounds, beside an inversion by bisection as it is often written.

python benchmarks/bench_pac_bayes.py
"""

from __future__ import annotations

import numpy as np
from timing import measure, seconds, table

import genbounds as gb

ROWS = 1_000_000
BOUNDS = (
    "pac_bayes_kl", "pac_bayes_kl_exact", "coin_betting_kl", "mcallester", "pac_bayes_quadratic",
    "tolstikhin_seldin",
)  # fmt: skip


def bisected(risk: np.ndarray, cost: np.ndarray) -> np.ndarray:
    """53 halvings of [risk, 1]: the kl inverse of most public code, over arrays."""
    low, high = risk.copy(), np.ones_like(risk)
    for _ in range(53):
        middle = (low + high) / 2
        kl = risk * np.log(risk / middle) + (1 - risk) * np.log((1 - risk) / (1 - middle))
        inside = kl <= cost
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return high


def main() -> None:
    random = np.random.default_rng(0)
    risk, kl = random.uniform(0.001, 0.5, ROWS), random.uniform(0, 5000, ROWS)
    facts = {"empirical_risk": risk, "kl": kl, "n": 60_000, "delta": 0.05}
    cost = (kl + np.log(2 * np.sqrt(60_000) / 0.05)) / 60_000
    with np.errstate(all="ignore"):
        usual = measure(lambda: bisected(risk, cost), repeat=3)
    extra = {"sample_variance": 0.1, "grid_ratio_mean": 1.15, "grid_ratio_variance": 1.15}
    rows = [("53 halvings in numpy", seconds(usual), 1.0)]
    for name in BOUNDS:
        bound = gb.catalogue[name]
        given = facts | {k: v for k, v in extra.items() if k in bound.arguments}
        taken = measure(lambda bound=bound, given=given: bound(**given), repeat=3)
        rows.append((name, seconds(taken), usual / taken))
    table((f"{ROWS:.0e} rows", "time", "times faster"), rows)


if __name__ == "__main__":
    main()
