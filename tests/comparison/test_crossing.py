"""Crossings against brute force over whole numbers, in 50 digits."""

import mpmath
import numpy as np
import pytest

import genbounds as gb
from genbounds.comparison.crossing import Race, first_best

NAMES = [
    "devroye",
    "parrondo_van_den_broeck",
    "mohri",
    "vapnik_confidence",
    "abu_mostafa_rademacher",
]


def brute(names, low, high, **facts):
    """Every change of the winner, n after n, at 50 digits; of equal ones the first named."""
    changes, last = [], None
    with mpmath.workdps(50):
        exact = {k: mpmath.mpf(repr(v)) if isinstance(v, float) else v for k, v in facts.items()}
        for n in range(low, high + 1):
            values = [gb.catalogue[name].gap(n=mpmath.mpf(n), **exact) for name in names]
            best = min(range(len(names)), key=lambda i: (values[i], i))
            if last is not None and best != last:
                changes.append((n, names[last], names[best]))
            last = best
    return changes


@pytest.mark.parametrize("vc_dim", [1, 3, 20])
def test_every_change_up_to_400(vc_dim):
    found = gb.compare(NAMES, n=[3, 60, 400], vc_dim=vc_dim, delta=0.05)
    told = [(c.at, c.before, c.after) for c in found.crossings]
    assert told == brute(NAMES, 3, 400, vc_dim=vc_dim, delta=0.05)


def test_a_crossing_far_out_is_exact():
    """Two radii a/n and b/sqrt(n) meet where a^2 = b^2 n: at n = 10^14 + 1 the second wins."""
    from genbounds.claims import FIXED
    from genbounds.generic import sqrt

    @gb.bound(FIXED, source="none", additive=True)
    def slow(empirical_risk, n, delta):
        """A root."""
        return empirical_risk + sqrt(1 / n) + 0 * delta

    @gb.bound(FIXED, source="none", additive=True)
    def fast(empirical_risk, n, delta):
        """A rate."""
        return empirical_risk + 10**7 / n + 0 * delta

    found = gb.compare([slow, fast], n=[10, 10**17], delta=0.05)
    assert [(c.at, c.after) for c in found.crossings] == [(10**14 + 1, "fast")]


def test_crossings_of_a_real_variable_are_located_to_the_float():
    found = gb.compare(["hoeffding", "relative_chernoff"], n=1000, delta=0.05,
                       empirical_risk=np.linspace(0.0, 0.5, 11))  # fmt: skip
    (crossing,) = found.crossings
    assert crossing.variable == "empirical_risk" and crossing.after == "hoeffding"
    pair = [gb.catalogue[name] for name in ("hoeffding", "relative_chernoff")]
    for x, sign in ((crossing.at * (1 - 1e-9), 1), (crossing.at * (1 + 1e-9), -1)):
        first, second = (bound(n=1000, delta=0.05, empirical_risk=x) for bound in pair)
        assert sign * (first - second) > 0


def test_where_each_begins_to_speak():
    found = gb.compare(NAMES, n=[10, 1000], vc_dim=3, delta=0.05)
    for name, first in found.speaks_from.items():
        gap = gb.catalogue[name].gap
        assert (
            gap(n=first, vc_dim=3, delta=0.05) < 1 - 1e-6 <= gap(n=first - 1, vc_dim=3, delta=0.05)
        )


def test_equal_bounds_do_not_take_turns():
    """Two theorems with one formula: the one that was named first is best throughout."""
    names = ["vapnik_chervonenkis", "bousquet_boucheron_lugosi"]
    found = gb.compare(names, n=np.geomspace(10, 1e6, 50), vc_dim=5, delta=0.05)
    if not found.crossings:
        assert len(set(found.best)) == 1


def test_the_first_of_near_ties_wins_and_silence_never_does():
    values = np.array([[1.0, np.inf, np.inf, np.nan], [1.0 - 1e-15, 2.0, np.inf, 1.0]])
    assert first_best(values, 1).tolist() == [0, 1, -1, 1]
    assert first_best(np.array([[1.0], [2.0]]), -1).tolist() == [1]


def test_a_third_runner_between_two_looks_is_found():
    """1, 2/x and 10/x^2 lead in turn: up to 2, from 3, from 6; at 2 and 5 two are equal."""
    runners = {
        "a": lambda f: f["x"] * 0 + 1.0,
        "b": lambda f: 2.0 / f["x"],
        "c": lambda f: 10.0 / f["x"] ** 2,
    }
    race = Race(runners, {key: {"x": 1.0} for key in runners}, "x", True, 1)
    found = race.changes(1, 100, np.array([1.0, 100.0]))
    assert [(c.at, c.before, c.after) for c in found] == [(3, "a", "b"), (6, "b", "c")]
    assert race._between(1, 100, 0, 2) == found
