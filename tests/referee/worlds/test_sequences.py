"""Sequences of losses against loops over them, and the bounds that bet on their order."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.referee.draws import NotKnownError
from genbounds.referee.readings import chance_beyond, ratios
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.sequences import Sequences
from tests.referee.worlds.agreement import agrees, failure, restated, sampled_like

COIN = Sequences(law=("7/10", "3/10"), watched=True)
HALF = Fraction(1, 2)
RESTLESS = Sequences(
    values=(0, HALF, 1), law=(HALF, 0, HALF), after=((0, 1, 0), (HALF, 0, HALF), (0, 1, 0))
)
BETTING = [catalogue[name] for name in ("betting", "betting_lower")]
BETTING_EVERY_N = [catalogue[name] for name in ("betting_every_n", "betting_every_n_lower")]


def test_all_sequences_with_their_probabilities():
    draws = COIN.outcomes(4, exact=True)
    found = dict(zip(draws.losses[:, 3], draws.weights, strict=True))
    p = Fraction(3, 10)
    wanted = {x: p ** sum(x) * (1 - p) ** (4 - sum(x)) for x in product((0, 1), repeat=4)}
    assert found == wanted
    assert draws.risk == p


def test_the_law_after_a_value():
    draws = RESTLESS.outcomes(3, exact=True)
    found = {x: w for (x,), w in zip(draws.losses, draws.weights, strict=True) if w}
    quarter = Fraction(1, 4)
    assert found == {(a, HALF, b): quarter for a in (0, 1) for b in (0, 1)}
    assert RESTLESS.risk == HALF


def test_the_facts_of_beginnings():
    draws = COIN.outcomes(5)
    for row, prefixes in zip(draws.table, draws.losses, strict=True):
        assert prefixes.tolist() == [tuple(row[:t]) for t in range(1, 6)]
    table = draws.table
    assert draws.errors.tolist() == table.cumsum(axis=1).tolist()
    assert Sequences().outcomes(4).sample_variance[:, 0] == pytest.approx(
        Sequences().outcomes(4).table.var(axis=1, ddof=1)
    )
    for k in range(5):
        assert draws.empirical_risk[:, k] == pytest.approx(table[:, : k + 1].mean(axis=1))
        assert draws.biased_variance[:, k] == pytest.approx(table[:, : k + 1].var(axis=1))


def test_the_variance_of_a_loss():
    exact = Sequences((0, HALF, 1), ("1/4", "1/4", "1/2")).outcomes(2, exact=True)
    assert exact.variance == Fraction(1, 16) + HALF - Fraction(5, 8) ** 2
    floats = Sequences((0, HALF, 1), ("1/4", "1/4", "1/2")).outcomes(2)
    assert floats.std == pytest.approx(float(exact.std)) == pytest.approx(np.sqrt(11) / 8)
    for unknown in (lambda: RESTLESS.outcomes(2)["variance"], lambda: exact["errors"],
                    lambda: COIN.outcomes(3)["sample_variance"]):  # fmt: skip
        with pytest.raises(NotKnownError):
            unknown()


def test_simulated_sequences_follow_the_law():
    """At most 9 comparisons, false alarm 2e-11 each."""
    rng = np.random.Generator(np.random.Philox(4))
    for world in (RESTLESS, Sequences(values=(0, "1/4", 1), law=("1/2", "1/4", "1/4"))):
        drawn, listed = world.draw(3, 20_000, rng), world.outcomes(3)
        assert sampled_like(drawn, listed, "empirical_risk")
    drawn = RESTLESS.draw(4, 1000, rng)
    assert (drawn.table[:, 1] == 0.5).all()
    assert agrees((drawn.table[:, 2] == 1).sum(), 1000, 0.5)


@pytest.mark.parametrize("theorem", BETTING, ids=lambda b: b.name)
@pytest.mark.parametrize("cap", [0.5, 0.95])
def test_betting_holds_at_each_n(theorem, cap):
    worst = 0
    for law in (("1/2", "1/2"), ("9/10", "1/10"), ("1/10", "9/10")):
        draws = Sequences(law=law, watched=True).outcomes(9).knowing(betting_cap=cap)
        for delta in (0.1, 0.5):
            chance = failure(theorem, draws, delta)
            assert chance <= delta
            worst = max(worst, chance)
    assert worst > 0


@pytest.mark.parametrize("theorem", BETTING_EVERY_N, ids=lambda b: b.name)
@pytest.mark.parametrize("world", [COIN, RESTLESS], ids=["coin", "restless"])
def test_betting_holds_at_every_n(theorem, world):
    watched = Sequences(world.values, world.law, world.after, watched=True)
    draws = watched.outcomes(9 if len(world.values) == 2 else 6).knowing(betting_cap=0.9)
    for delta in (0.1, 0.5, 0.7):
        assert failure(theorem, draws, delta) <= delta


def test_betting_is_read_sequence_by_sequence():
    theorem = catalogue["betting_every_n"]
    draws = COIN.outcomes(8).knowing(betting_cap=0.9)
    found = ratios(theorem, draws, 0.6)
    for t, k in ((0, 0), (0, 7), (100, 4), (254, 7)):
        losses = tuple(draws.table[t, : k + 1].tolist())
        value = theorem(losses=losses, betting_cap=0.9, delta=0.6)
        mean = sum(losses) / len(losses)
        assert found[t, k] == pytest.approx((0.3 - mean) / (value - mean))
    assert chance_beyond(theorem, draws, found) == failure(theorem, draws, 0.6) > 0


def test_a_martingale_keeps_hoeffding():
    watched = Sequences(RESTLESS.values, RESTLESS.law, RESTLESS.after, watched=True)
    assert failure(catalogue["hoeffding_every_n"], watched.outcomes(7), 0.9) <= 0.9
    draws = watched.outcomes(7)
    assert failure(restated(catalogue["hoeffding"], time="every_n"), draws, 0.7) <= 0.7


def test_too_many_sequences_are_refused():
    with pytest.raises(NotKnownError, match="over"):
        COIN.outcomes(30)


@pytest.mark.parametrize(
    ("parameters", "fault"),
    [({"law": ("1/2", "1/3")}, "law must add up to 1"), ({"values": (0, 2)}, r"values\[1\]"),
     ({"values": (0, 1, "1/2")}, "one probability for each"), ({"values": (1, 1)}, "differ"),
     ({"after": (("1/2", "1/2"), ("1/3", "2/3"))}, "the mean of law"),
     ({"after": 3}, "rows of"), ({"after": ((1, 0),)}, "one probability for each")],
)  # fmt: skip
def test_bad_parameters(parameters, fault):
    with pytest.raises(ValueError, match=fault):
        Sequences(**parameters)


def test_json():
    for world in (COIN, RESTLESS):
        assert world_of(world.to_dict()) == world
    assert COIN.demands == {"loss": "zero_one", "time": "every_n"}
    assert RESTLESS.demands == {"loss": "unit", "data": "martingale"}
