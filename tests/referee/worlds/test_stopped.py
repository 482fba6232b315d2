"""Sums that are waited for, against a walk through all beginnings of a sequence of losses."""

import math
from fractions import Fraction as F

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.referee.arenas import WorldArena
from genbounds.referee.inputs import bound_of
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.stopped import StoppedSum


def stopping_times(risk, n, latest):
    """P(the sum is n first after t losses), by a recursion over time and sum."""
    sums, found = {0: F(1)}, {}
    for t in range(1, latest + 1):
        moved: dict[int, F] = {}
        for total, chance in sums.items():
            for step, p in ((1, risk), (0, 1 - risk)):
                moved[total + step] = moved.get(total + step, F(0)) + p * chance
        found[t] = moved.pop(n, F(0))
        sums = moved
    return found


@pytest.mark.parametrize("risk", [F(1, 3), F(9, 10), F(1)])
@pytest.mark.parametrize("n", [1, 4])
def test_times_are_those_of_the_walk(risk, n):
    draws = StoppedSum(risk).outcomes(n, exact=True)
    assert sum(draws.weights) == 1
    latest = int(2 * n / risk) + 1
    walked = stopping_times(risk, n, latest)
    for weight, deviation in zip(draws.weights[:-1], draws.deviation[:-1, 0], strict=True):
        time = n / (risk * (deviation + 1))
        assert weight == walked[time]
    in_floats = StoppedSum(risk).outcomes(n)
    assert np.allclose(in_floats.weights, draws.weights.astype(float))


@pytest.mark.parametrize("risk", ["1/4", "1/2", "9/10"])
@pytest.mark.parametrize("epsilon", [0.25, 0.6])
def test_the_rule_keeps_its_promise(risk, epsilon):
    rule, delta = catalogue["dagum_karp_luby_ross"], 0.1
    n = math.ceil(rule(epsilon=epsilon, delta=delta))
    arena = WorldArena(bound_of(rule), StoppedSum(risk), n, delta, {"epsilon": epsilon})
    assert arena.score(None).chance <= delta
    precision = F(str(epsilon))
    latest = int(n / F(risk) / (1 - precision))  # whatever stops later is off by more
    times = stopping_times(F(risk), n, latest)
    kept = sum(w for t, w in times.items() if abs(F(n, t) / F(risk) - 1) <= precision)
    assert kept >= 1 - F(1, 10)
    found = arena.score(None).chance
    if epsilon < 0.5:  # the world lists what stops within twice the expected time
        assert math.isclose(found, 1 - kept, rel_tol=1e-9)
    else:
        assert found <= (1 - kept) * (1 + F(1, 10**9))


def test_a_shorter_sum_breaks_the_promise():
    """At a tenth of the sum the deviation is larger than a quarter too often."""
    rule = catalogue["dagum_karp_luby_ross"]
    n = math.ceil(rule(epsilon=0.25, delta=0.1)) // 10
    draws = StoppedSum("1/4").outcomes(n)
    assert draws.chance(abs(draws.deviation) > 0.25) > 0.1
    silent = WorldArena(bound_of(rule), StoppedSum("1/4"), n, 0.1, {"epsilon": 0.25})
    assert silent.score(None).chance == 0  # the theorem says nothing of so short a sum


def test_drawn_times_follow_the_law():
    """The chance to stop at once is p^n = 1/8; Hoeffding's inequality has 1e-11 at this width."""
    trials = 100_000
    drawn = StoppedSum("1/2").draw(3, trials, np.random.default_rng(0))
    at_once = (drawn.deviation[:, 0] == 1).mean()  # n / n / (1/2) - 1
    assert abs(at_once - 1 / 8) <= math.sqrt(math.log(2 / 1e-11) / (2 * trials))


@pytest.mark.parametrize("risk", [0, -1, 2])
def test_a_risk_is_above_0_and_at_most_1(risk):
    with pytest.raises(ValueError, match=r"risk must be in \(0, 1\]"):
        StoppedSum(risk)


def test_the_world_is_rebuilt_from_its_record():
    assert world_of(StoppedSum("1/3").to_dict()) == StoppedSum("1/3")
