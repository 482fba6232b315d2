"""Lambert's W on both branches beside scipy's, with the relative errors of both."""

from __future__ import annotations

import mpmath
import numpy as np
from scipy.special import lambertw
from timing import measure, seconds, table

from genbounds.backends.arrays import lambert as arrays
from genbounds.backends.floats import lambert as floats

NAMES = {0: "lambert_w", -1: "lambert_w_minus1"}


def errors(x: float, *values: float) -> list[float]:
    """Relative errors of solutions w of w exp(w) = x; Newton from the first one, at 60 digits."""
    with mpmath.workdps(60):
        exact = mpmath.mpf(values[0])
        for _ in range(8):
            exact -= (exact - x * mpmath.exp(-exact)) / (1 + exact)
        assert abs(exact * mpmath.exp(exact) / x - 1) < 1e-50
        return [float(abs(value / exact - 1)) for value in values]


def scalar_row(branch: int, x: float) -> list[object]:
    ours = getattr(floats, NAMES[branch])
    time, scipys = measure(lambda: ours(x)), measure(lambda: lambertw(x, branch))
    both = errors(x, ours(x), lambertw(x, branch).real)
    return [f"W_{branch}({x!r})", seconds(time), seconds(scipys), scipys / time, *both]


def array_row(branch: int, x: np.ndarray) -> list[object]:
    ours = getattr(arrays, NAMES[branch])
    time, scipys = measure(lambda: ours(x)), measure(lambda: lambertw(x, branch))
    return [f"W_{branch}, 1e5 entries", seconds(time), seconds(scipys), scipys / time, "-", "-"]


def main() -> None:
    points = [(0, 1.5), (0, 1e5), (0, -0.3), (-1, -0.1), (-1, -1e-9), (-1, -0.36787943953565694)]
    rows = [scalar_row(branch, x) for branch, x in points]
    rng = np.random.default_rng(0)
    rows.append(array_row(0, 10 ** rng.uniform(-3, 6, 10**5)))
    rows.append(array_row(-1, -(10 ** rng.uniform(-12, -0.5, 10**5))))
    table(["W", "genbounds", "scipy", "ratio", "our error", "scipy's error"], rows)


if __name__ == "__main__":
    main()
