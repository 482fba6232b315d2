"""Several tests at once: p-values that may be compared with one level."""

from collections.abc import Iterable


def holm(p_values: Iterable[float]) -> list[float]:
    """Holm's step-down adjustment, in the order given: reject where the adjusted value is <= delta.

    The probability of any false rejection is then at most delta, however the p-values depend on
    each other (Holm 1979). It is never less powerful than multiplying each by their number
    (Bonferroni), but gives rejections only: simultaneous intervals still cost delta/k each.

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    values = [float(p) for p in p_values]
    faults = [f"{p!r} at position {i}" for i, p in enumerate(values) if not 0 <= p <= 1]
    if faults:
        raise ValueError(f"p_values must lie in [0, 1], got {', '.join(faults)}")
    adjusted, reached = [0.0] * len(values), 0.0
    for rank, i in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        # a hypothesis cannot be rejected before a smaller p-value was
        reached = max(reached, min(1.0, (len(values) - rank) * values[i]))
        adjusted[i] = reached
    return adjusted
