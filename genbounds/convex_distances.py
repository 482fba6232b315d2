"""PAC-Bayes for any convex distance of risks: the theorem behind those of the catalogue."""

import math
from collections.abc import Callable

from genbounds.roots import last_reached


def general_convex(
    distance: Callable[[float, float], float], log_moment: float, *, empirical_risk: float,
    kl: float, n: float, delta: float,
) -> float:  # fmt: skip
    """The largest risk that Germain, Lacasse, Laviolette and Marchand's theorem leaves (2009).

    With probability at least 1 - delta, for every posterior at once,
    D(R_n(Q), R(Q)) <= (KL + log_moment + ln(1/delta))/n, where D(q, p) is convex in both together
    and `log_moment` is at least ln E e^(n D(R_n(h), R(h))) for every hypothesis h of the prior.
    Donsker and Varadhan, Markov, Jensen. `distance` must not fall in p from q on. The relative
    entropy with ln xi(n) gives `pac_bayes_kl_exact`, -ln(1 - p (1 - e^-C)) - C q with 0 `catoni`.

    >>> square = lambda q, p: 2 * (q - p) ** 2
    >>> most = math.log(2 * math.sqrt(1000))  # E e^(2n(q - p)^2) <= E e^(n kl(q, p))
    >>> p = general_convex(square, most, empirical_risk=0.1, kl=10, n=1000, delta=0.05)
    >>> round(p, 12)  # McAllester's bound
    0.192581739813
    """
    _check(empirical_risk, kl, n, delta)
    cost = (kl + log_moment - math.log(delta)) / n

    def affordable(p: float) -> bool:
        return distance(empirical_risk, p) <= cost

    if math.isnan(cost) or math.isnan(distance(empirical_risk, empirical_risk)):
        raise ValueError("log_moment and distance must be numbers, got nan")
    if cost == math.inf or affordable(1.0):
        return 1.0
    if not affordable(empirical_risk):
        return float(empirical_risk)
    return last_reached(affordable, float(empirical_risk), 1.0)


def _check(empirical_risk: float, kl: float, n: float, delta: float) -> None:
    faults = [
        f"{name} must be {domain}, got {x!r}"
        for name, x, good, domain in (
            ("empirical_risk", empirical_risk, 0 <= empirical_risk <= 1, "in [0, 1]"),
            ("kl", kl, kl >= 0, "at least 0"),
            ("n", n, 1 <= n < math.inf, "finite and at least 1"),
            ("delta", delta, 0 < delta < 1, "in (0, 1)"),
        )
        if not good
    ]
    if faults:
        raise ValueError("; ".join(faults))
