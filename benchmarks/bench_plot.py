"""Seconds that a picture takes after import: built, drawn and rendered; and as plain text.

The sizes are those of a paper's figure: ten curves of 200 points, a map of 200 x 200 cells, a
forest of 40 rows. Rendering is to PNG in memory, at the resolution of `save`.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from types import SimpleNamespace

import numpy as np
from timing import seconds, table

from genbounds import compare
from genbounds.plot import CertificatesDisplay, Display, display_of
from genbounds.text_plot import grid

REPEAT = 5
CURVES = ["devroye", "parrondo_van_den_broeck", "vapnik_chervonenkis", "mohri", "vapnik_confidence",
          "vapnik", "lugosi_chaining", "devroye_gyorfi_lugosi", "devroye_simplified",
          "bousquet_boucheron_lugosi"]  # fmt: skip


def curves() -> Display:
    sizes = np.logspace(1, 7, 200)
    return display_of(compare(CURVES, n=sizes, vc_dim=10, delta=0.05, empirical_risk=0.1))


def cells() -> Display:
    sizes, dimensions = np.logspace(1, 7, 200), np.arange(1, 201)
    return display_of(compare(CURVES[:4], n=sizes, vc_dim=dimensions, delta=0.05))


def forest() -> Display:
    statements = [
        SimpleNamespace(subject=f"model {k}", group="", kind="held_out", observed=k / 100, n=500,
                        lower=0.5 * k / 100, upper=1.5 * k / 100 + 0.01, vacuous=False, side="both",
                        width=1.0)
        for k in range(40)
    ]  # fmt: skip
    return CertificatesDisplay.from_certificates(SimpleNamespace(delta=0.05, statements=statements))


def timed(call: Callable[[], object]) -> str:
    """The median of several calls."""
    taken = []
    for _ in range(REPEAT):
        began = perf_counter()
        call()
        taken.append(perf_counter() - began)
    return seconds(median(taken))


def row(name: str, display: Display) -> list[str]:
    began = perf_counter()
    display.plot()
    first = seconds(perf_counter() - began)
    return [
        name,
        first,
        timed(display.plot),
        timed(display._repr_png_),
        timed(lambda: display.text),
    ]


def main() -> None:
    found = [
        row("10 curves x 200 points", curves()),
        row("map of 200 x 200 cells", cells()),
        row("forest of 40 rows", forest()),
    ]
    table(("picture", "first plot", "plot", "PNG", "text"), found)
    names = [[str((i * j) % 7) for j in range(200)] for i in range(200)]
    print(f"\na text map of 200 x 200 cells: {timed(lambda: grid(range(200), range(200), names))}")


if __name__ == "__main__":
    main()
