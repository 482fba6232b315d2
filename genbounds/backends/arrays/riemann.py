"""Riemann's zeta right of 1 on arrays: scipy's, with the scalar's domain."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import zeta as _zeta


def zeta(s: ArrayLike) -> Any:
    """sum over k >= 1 of k**-s for real s > 1, to 1e-15 relative; inf at 1, nan below."""
    s = np.asarray(s, dtype=np.float64)
    return np.where(s >= 1.0, _zeta(np.maximum(s, 1.0)), np.nan)[()]
