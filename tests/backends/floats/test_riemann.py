"""zeta against mpmath."""

import math
import random

import mpmath

from genbounds.backends.floats.riemann import zeta


def test_to_1e_15():
    rng = random.Random(0)
    grid = [1 + 10 ** rng.uniform(-15, 2) for _ in range(300)] + [1 + 2**-52, 1.5, 2, 3, 54, 55]
    with mpmath.workdps(30):
        assert all(abs(zeta(s) / mpmath.zeta(mpmath.mpf(s)) - 1) < 1e-15 for s in grid)


def test_ends():
    assert zeta(1) == math.inf and zeta(math.inf) == 1
    assert math.isnan(zeta(0.5)) and math.isnan(zeta(math.nan))
