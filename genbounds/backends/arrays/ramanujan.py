"""The sum xi(n) of Maurer's lemma on arrays: as for floats."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from genbounds.backends.floats.ramanujan import COEFFICIENTS, FROM
from genbounds.backends.floats.ramanujan import log_xi as of_float
from genbounds.backends.floats.series import HALF_LOG_TWO_PI


def log_xi(n: ArrayLike) -> Any:
    """ln of xi(n) for n >= 1, nan elsewhere; entries below 16 one by one, equal ones once."""
    n = np.asarray(n, float)
    values = np.asarray(_expansion(np.maximum(n, FROM)))
    small = ~(n >= FROM)
    if small.any():
        sizes, where = np.unique(n[small], return_inverse=True)
        values[small] = np.array([of_float(x) for x in sizes.tolist()])[where.reshape(-1)]
    return values[()]


def _expansion(n: Any) -> Any:
    y = 1.0 / n
    z = y * y
    s = ((-691 / 360360 * z + 1 / 1188) * z - 1 / 1680) * z + 1 / 1260
    remainder = y * ((s * z - 1 / 360) * z + 1 / 12)
    half = np.exp(HALF_LOG_TWO_PI + remainder) * np.sqrt(n) / 2
    return np.log(half + np.polyval(COEFFICIENTS[::-1], y))
