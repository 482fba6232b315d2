"""The betting interval against its definition at 40 digits, and by exact coverage."""

from itertools import pairwise, product
from math import inf, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp, mpf

from genbounds.backends import digits
from genbounds.backends.floats import betting

ENDS = ["betting_upper", "betting_lower", "betting_upper_every_n", "betting_lower_every_n"]
SAMPLES = {
    "one": (0.3,),
    "zeros": (0.0,) * 30,
    "ones": (1.0,) * 30,
    "tiny": (1e-12,) * 20,
    "coins": tuple(float(i * i % 7 == 2) for i in range(60)),
    "uniform": tuple((0.618034 * i) % 1.0 for i in range(1, 60)),
    "drift": tuple(i / 40 for i in range(40)),
}


def outward(name, end, exact):
    return float(mpf(end) - exact) * (1 if "upper" in name else -1)


@pytest.mark.parametrize("name", ENDS)
@pytest.mark.parametrize("losses", SAMPLES.values(), ids=SAMPLES)
@pytest.mark.parametrize("c", [1e-16, 1e-3, 0.7, 3.0, 700.0])
@pytest.mark.parametrize("cap", [0.25, 0.75, 0.999])
def test_ends_lie_just_outside_the_exact_ones(name, losses, c, cap):
    with mp.workdps(40):
        exact = getattr(digits, name)(losses, mpf(c), mpf(cap))
        error = outward(name, getattr(betting, name)(losses, c, cap), exact)
    assert -1e-16 <= error <= 1e-12


@pytest.mark.parametrize("name", ENDS)
@pytest.mark.parametrize("c", [1e-12, 0.1, 5.0, 700.0])
@pytest.mark.parametrize(("cap", "apart"), [(0.5, 1e-12), (0.9999, 1e-9)])
def test_numpy_and_plain_python_agree(name, c, cap, apart, monkeypatch):
    losses = tuple((0.618034 * i * i) % 1.0 for i in range(1500))
    ends = []
    for switch in (1, inf):
        monkeypatch.setattr(betting, "_LONG", switch)
        ends.append(getattr(betting, name)(losses, c, cap))
    assert ends[0] == pytest.approx(ends[1], rel=0, abs=apart)


@pytest.mark.parametrize("name", ENDS)
def test_arrays_and_tuples_of_losses_give_the_same_end(name):
    losses = np.random.default_rng(1).beta(2, 8, 2003)
    assert getattr(betting, name)(losses, 3.0, 0.5) == getattr(betting, name)(
        tuple(losses), 3.0, 0.5
    )


def capital(losses, c, cap, m, sign):
    """K-(m) or K+(m) from its definition, bets for a fixed n."""
    wealth, seen = 1.0, []
    for x in losses:
        means = [(0.5 + sum(seen[: i + 1])) / (i + 2) for i in range(len(seen))]
        squares = sum((y - mean) ** 2 for y, mean in zip(seen, means, strict=True))
        bet = (2 * c / (len(losses) * (0.25 + squares) / (len(seen) + 1))) ** 0.5
        room = 1 - m if sign > 0 else m
        wealth *= 1 + sign * min(bet, cap / room if room else inf) * (m - x)
        seen.append(x)
    return wealth


unit_losses = st.lists(st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0]), min_size=1, max_size=12)


@given(unit_losses, st.floats(0.01, 0.9), st.sampled_from([0.25, 0.5, 0.9]))
def test_capital_is_monotone_in_the_mean_and_the_end_splits_it(losses, delta, cap):
    grid = [i / 40 for i in range(41)]
    for sign, end in ((1, betting.betting_upper), (-1, betting.betting_lower)):
        wealth = [capital(losses, log(1 / delta), cap, m, sign) for m in grid]
        steps = [sign * (b - a) for a, b in pairwise(wealth)]
        assert all(step >= -1e-12 * max(wealth) for step in steps)
        found = end(tuple(losses), log(1 / delta), cap)
        kept = [m for m, k in zip(grid, wealth, strict=True) if k * delta < 1 - 1e-9]
        rejected = [m for m, k in zip(grid, wealth, strict=True) if k * delta > 1 + 1e-9]
        assert all(sign * (found - m) > 0 or found == m in (0.0, 1.0) for m in kept)
        assert all(sign * (found - m) <= 0 for m in rejected)


def test_ends_of_the_unit_interval_where_nothing_is_rejected():
    assert betting.betting_upper((1.0,) * 50, 3.0, 0.5) == 1.0
    assert betting.betting_lower((0.0,) * 50, 3.0, 0.5) == 0.0
    assert betting.betting_upper((0.5,), 3.0, 0.5) == 1.0
    # at m = 1 the bets have no cap: one loss of 0 wins 1 + sqrt(8 c) there, 5.9 < e^3
    assert betting.betting_upper((0.0,), 3.0, 0.5) == 1.0


def miss(values, law, n, delta, end, every_n):
    """P(the end ever excludes the mean) over all sequences of n values, exactly."""
    mean = sum(v * p for v, p in zip(values, law, strict=True))
    sign = 1 if "upper" in end.__name__ else -1
    missed = {}

    def excluded(losses):
        if losses not in missed:
            missed[losses] = sign * (mean - end(losses, log(1 / delta), 0.5)) > 0
        return missed[losses]

    chance = dict(zip(values, law, strict=True))
    failure = 0.0
    for losses in product(values, repeat=n):
        if any(excluded(losses[:t]) for t in (range(1, n + 1) if every_n else (n,))):
            failure += float(np.prod([chance[x] for x in losses]))
    return failure


@pytest.mark.parametrize("name", ENDS)
@pytest.mark.parametrize("delta", [0.1, 0.4, 0.8])
@pytest.mark.parametrize("p", [0.03, 0.3, 0.5, 0.9])
def test_coverage_over_all_sequences_of_coins(name, delta, p):
    failure = miss((0.0, 1.0), (1 - p, p), 8, delta, getattr(betting, name), "every" in name)
    assert failure <= delta


@pytest.mark.parametrize("name", ENDS)
def test_coverage_over_all_sequences_of_three_values(name):
    failure = miss(
        (0.0, 0.2, 1.0), (0.5, 0.3, 0.2), 6, 0.5, getattr(betting, name), "every" in name
    )
    assert failure <= 0.5


def test_rarely_missing_is_not_never_missing():
    """The coverage above is of something: at delta = 0.8 some sequences do exclude the mean."""
    assert miss((0.0, 1.0), (0.5, 0.5), 8, 0.8, betting.betting_upper, False) > 0.05
