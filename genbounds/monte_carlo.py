"""The empirical risk of a posterior, from draws of hypotheses: an estimate that any bound takes."""

import math
from collections.abc import Iterable
from numbers import Real
from typing import Any

from genbounds.estimates import Estimate
from genbounds.generic import kl_inverse_lower, kl_inverse_upper

SIDES = ("both", "upper", "lower")
_ROUNDING = 2.0**-49
"""Both ends move outwards by more than the error of their inverse and of the cost."""


def monte_carlo_risk(
    losses: float | Iterable[float], n_monte_carlo: int | None = None, *, delta: float,
    side: str = "both",
) -> Estimate:  # fmt: skip
    """The interval of the risk whose average over independent draws is known.

    `losses` is one number in [0, 1] for each draw, say the error on the whole sample of a
    hypothesis drawn from the posterior, or their mean, beside `n_monte_carlo`. By Chernoff's bound
    an end is the inverse of the relative entropy at ln(1/delta)/n_monte_carlo; both ends together
    pay ln(2/delta), as Langford and Caruana do. Given as `empirical_risk` the estimate enters a
    bound at its safe end, and its delta comes out of the bound's. It is for one posterior, from
    draws made after it was found: to choose among several by estimates, share delta over these.

    >>> import genbounds as gb
    >>> drawn = monte_carlo_risk(0.02, 150000, delta=0.01)
    >>> round(gb.catalogue["pac_bayes_kl"](empirical_risk=drawn, kl=5000, n=60000, delta=0.035), 6)
    0.136808
    """
    mean, n = _mean(losses, n_monte_carlo)
    _check_level(delta)
    if side not in SIDES:
        raise ValueError(f"side must be one of {', '.join(SIDES)}, got {side!r}")
    cost = (math.log(2 if side == "both" else 1) - math.log(delta)) / n
    return Estimate(
        lower=-math.inf if side == "upper" else kl_inverse_lower(mean, cost) * (1 - _ROUNDING),
        upper=math.inf
        if side == "lower"
        else min(1.0, kl_inverse_upper(mean, cost) * (1 + _ROUNDING)),
        delta=delta,
        how=f"mean {mean:.6g} of {n} independent draws, Chernoff's bound at delta = {delta:g}",
    )


def _check_level(delta: Any) -> None:
    if isinstance(delta, (bool, str)) or not (isinstance(delta, Real) and 0 < float(delta) < 1):
        raise ValueError(f"delta must be in (0, 1), got {delta!r}")


def _mean(losses: Any, n: int | None) -> tuple[float, int]:
    """The mean and the number of draws; one `ValueError` for what cannot be."""
    if isinstance(losses, str):
        raise ValueError(f"losses must be numbers, got {losses!r}")
    if getattr(losses, "ndim", 1) == 0:
        losses = float(losses)
    if isinstance(losses, Iterable):
        values = [float(x) for x in losses]
        if n is not None and n != len(values):
            raise ValueError(f"n_monte_carlo is {n}, but there are {len(values)} losses")
        if not values or not all(0 <= x <= 1 for x in values):
            raise ValueError("losses must be a non-empty sequence of numbers in [0, 1]")
        return math.fsum(values) / len(values), len(values)
    if n is None:
        raise ValueError("a mean of draws needs n_monte_carlo, the number of draws")
    if isinstance(n, bool) or n != n // 1 or n < 1:
        raise ValueError(f"n_monte_carlo must be an integer at least 1, got {n!r}")
    mean = float(losses)
    if not 0 <= mean <= 1:
        raise ValueError(f"losses must lie in [0, 1], got {losses!r}")
    return mean, int(n)
