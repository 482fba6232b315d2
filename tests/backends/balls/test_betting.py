"""The ends of the betting interval: the capital, recomputed, is e^c between the ends of a ball."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import balls, floats
from genbounds.backends.balls.ball import Ball
from genbounds.backends.digits import betting
from tests.backends.balls.inside import bits, ends, holds, interval

NAMES = ["betting_upper", "betting_lower", "betting_upper_every_n", "betting_lower_every_n"]
SAMPLES = [
    (0.0, 0.25, 1.0, 0.5, 0.0, 0.125, 0.75, 0.0), (0.0,) * 20, (1.0,) * 20, (1e-9,) * 12, (0.5,),
    (0.0,) * 10 + (1.0, 1.0) + (0.0,) * 20, tuple(k % 7 / 7 for k in range(300)),
]  # fmt: skip


def surplus(losses, c, cap, sign, every_n, m):
    losses = [mpf(x) for x in losses]
    bets = betting._bets(losses, mpf(c), every_n)
    room = 1 - m if sign > 0 else m
    most = mpf(cap) / room if room > 0 else mp.inf
    pairs = zip(losses, bets, strict=True)
    return mp.log(mp.fprod(1 + sign * min(bet, most) * (m - x) for x, bet in pairs)) - mpf(c)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("c", [1e-12, 0.05, 3.0, 690.0])
@pytest.mark.parametrize("cap", [1e-9, 0.5, 0.99, 1 - 2**-53])
def test_signs(name, c, cap):
    every_n, sign = name.endswith("every_n"), 1 if "upper" in name else -1
    for losses in SAMPLES:
        found = getattr(balls, name)(losses, c, cap)
        low, high = ends(found)
        inside, outside = (low, high) if sign > 0 else (high, low)
        if found.rational is not None:
            assert surplus(losses, c, cap, sign, every_n, mpf(max(sign, 0))) < 0
            continue
        assert surplus(losses, c, cap, sign, every_n, inside) <= 0
        assert surplus(losses, c, cap, sign, every_n, outside) >= 0
        assert bits(found) >= 70, (losses, str(found))


@pytest.mark.parametrize("name", NAMES)
def test_floats_lie_outside_by_little(name):
    for losses in SAMPLES:
        found, value = (
            getattr(balls, name)(losses, 3.0, 0.5),
            getattr(floats, name)(losses, 3.0, 0.5),
        )
        low, high = ends(found)
        assert (value >= high - 1e-16) if "upper" in name else (value <= low + 1e-16)
        assert abs(value - low) < 1e-12


@settings(max_examples=25)
@given(st.lists(st.floats(0, 0.99), min_size=1, max_size=8), st.floats(0, 1), st.floats(0, 1))
def test_intervals(losses, share, other):
    wide = [Ball(interval(x, x + 0.01)) for x in losses]
    points = [x + 0.01 * (share if k % 2 else other) for k, x in enumerate(losses)]
    for name in NAMES:
        found = getattr(balls, name)(wide, Ball(interval(2, 2.5)), 0.5)
        assert holds(found, mpf(ends(getattr(balls, name)(points, 2 + other / 2, 0.5))[0]), 25)
