"""Forty and more closed-form and kl bounds compared on a grid, beside calling each in a loop."""

from __future__ import annotations

from time import perf_counter

import numpy as np
from timing import measure, seconds, table

import genbounds as gb

FACTS = {
    "n_hypotheses": 1000, "vc_dim": 10, "bits": 64, "class_index": 2, "variance": 0.2,
    "sample_variance": 0.2, "biased_variance": 0.2, "empirical_rademacher": 0.02,
    "rademacher": 0.02, "natarajan_dim": 10, "n_classes": 3, "pseudo_dim": 10, "delta": 0.05,
}  # fmt: skip
SIDES = (20, 50, 200)


def grid(side: int) -> dict[str, np.ndarray]:
    return {
        "n": np.geomspace(1e3, 1e6, side).astype(int),
        "empirical_risk": np.linspace(0, 0.5, side),
    }


def loop(names: tuple[str, ...], side: int) -> float:
    """Seconds for the same numbers by scalar calls, from a sample of the points."""
    axes = grid(side)
    known = FACTS | {"log_cardinality": float(np.log(1000)), "log_prior": 64 * float(np.log(2))}
    points = [(int(n), float(r)) for n in axes["n"][::7] for r in axes["empirical_risk"][::7]]
    start = perf_counter()
    for name in names:
        bound = gb.catalogue[name]
        given = dict(known)
        if "log_growth" in bound.arguments:
            given["log_growth"] = gb.Sauer(10)
        facts = {k: v for k, v in given.items() if k in bound.arguments}
        for n, r in points:
            bound(**facts, n=n, **({"empirical_risk": r} if bound.empirical else {}))
    return (perf_counter() - start) / len(points) * side**2


def main() -> None:
    rows = []
    for side in SIDES:
        found = gb.compare("fixed_hypothesis", **grid(side), **FACTS)
        names = tuple(name for name in found.names if {"n"} <= set(gb.catalogue[name].arguments))
        spent = measure(
            lambda side=side: gb.compare("fixed_hypothesis", **grid(side), **FACTS),  # type: ignore[misc]
            repeat=3,
        )
        scalar = loop(names, side)
        rows.append(
            (f"{side} x {side}", len(names), seconds(spent), seconds(scalar), scalar / spent)
        )
    table(("grid", "bounds", "compare", "scalar loop", "ratio"), rows)


if __name__ == "__main__":
    main()
