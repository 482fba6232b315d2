"""What tests of worlds share: failure probabilities without readings, and frequencies refereed."""

import numpy as np

from genbounds import catalogue
from genbounds.declaration import Bound
from genbounds.referee.entrywise import values

LEVEL = 1e-11
"""False-alarm probability of each side of a comparison with a frequency."""


def failure(bound, draws, delta):
    """The probability that the claim fails: truth against value, ties within 1e-12 forgiven."""
    facts = {name: delta if name == "delta" else draws[name] for name in bound.arguments}
    value, truth = values(bound, facts), draws[bound.claim.quantity]
    excess = value - truth if bound.claim.side == "lower" else truth - value
    if bound.claim.side == "both":
        excess = abs(truth - facts["empirical_risk"]) - (value - facts["empirical_risk"])
    hit = np.atleast_2d(excess > 1e-12)
    if "no_errors_seen" in bound.given:
        hit = hit & (draws["empirical_risk"] == 0)
    if bound.claim.time == "every_n":
        return draws.chance(hit)
    return max(draws.chance(hit[:, [k]]) for k in range(hit.shape[1]))


def restated(bound, **fields):
    """The formula of a bound with another claim, as those who misuse it state it."""
    claim = bound.claim._replace(**fields)
    return Bound(
        bound.formula, claim, name=bound.name, source=bound.source, given=bound.given,
        needs=bound.needs, additive=bound.additive,
    )  # fmt: skip


def agrees(hits, trials, probability):
    """Whether a frequency fits a probability; a true one is refused with chance 2e-11 at most."""
    facts = {"errors": int(hits), "n": trials, "delta": LEVEL}
    low = catalogue["clopper_pearson_lower"](**facts)
    return low <= float(probability) <= catalogue["clopper_pearson"](**facts)


def law_of(draws, name):
    """The law of a fact of the first instance: value, rounded to 9 decimals -> probability."""
    found: dict = {}
    for value, p in zip(rounded(draws[name]), draws.weights, strict=True):
        found[value] = found.get(value, 0) + p
    return {value: p for value, p in found.items() if p}


def rounded(column):
    """The first instance's values as floats that can be compared."""
    return np.round(column[:, 0].astype(float), 9).tolist()


def sampled_like(drawn, listed, name):
    """Whether every value of a fact is as frequent in a simulation as it is probable."""
    seen, law = rounded(drawn[name]), law_of(listed, name)
    fits = (agrees(seen.count(value), len(seen), p) for value, p in law.items())
    return set(seen) <= set(law) and all(fits)
