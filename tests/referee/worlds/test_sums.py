"""Sums of bounded variables against all sequences of them, and the theorems on deviations."""

from collections import Counter
from fractions import Fraction
from itertools import product
from math import prod

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.referee.draws import NotKnownError
from genbounds.referee.readings import chance_beyond, ratios
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.sums import BoundedSum, SignedSum
from tests.referee.worlds.agreement import failure, law_of, restated, sampled_like

THIRD = Fraction(1, 3)
STEPS = (1, "1/2", "1/2", "7/3")
NUMBERS = (Fraction(1), Fraction(1, 2), Fraction(1, 2), Fraction(7, 3))


def test_all_sequences_of_a_bounded_sum():
    wanted: Counter = Counter()
    for errors in product((0, 1), repeat=4):
        deviation = sum(c * (x - THIRD) for c, x in zip(NUMBERS, errors, strict=True))
        wanted[deviation] += prod(THIRD if x else 1 - THIRD for x in errors)
    draws = BoundedSum(STEPS, risk=THIRD).outcomes(4, exact=True)
    assert dict(zip(draws.deviation[:, 0], draws.weights, strict=True)) == wanted
    assert draws.differences == NUMBERS


def test_all_sequences_of_a_signed_sum():
    wanted: Counter = Counter()
    for signs in product((-1, 1), repeat=4):
        wanted[sum(c * s for c, s in zip(NUMBERS, signs, strict=True))] += Fraction(1, 16)
    draws = SignedSum(STEPS).outcomes(4, exact=True)
    assert dict(zip(draws.deviation[:, 0], draws.weights, strict=True)) == wanted
    floats = SignedSum(STEPS).outcomes(4)
    assert floats.deviation[:, 0] == pytest.approx(draws.deviation[:, 0].astype(float))
    assert floats.weights == pytest.approx(draws.weights.astype(float), rel=1e-15)


def test_differences_are_repeated():
    assert SignedSum((1, 2)).steps(5) == (1, 2, 1, 2, 1)
    assert BoundedSum(STEPS).steps(2) == NUMBERS[:2]


def test_samples_follow_the_laws():
    """At most 20 comparisons, false alarm 2e-11 each."""
    rng = np.random.Generator(np.random.Philox(9))
    for world in (BoundedSum((1, 2), risk=0.2), SignedSum((1, 3))):
        assert sampled_like(world.draw(4, 20_000, rng), world.outcomes(4), "deviation")
    assert len(law_of(BoundedSum((1, 2)).outcomes(4), "deviation")) == 7


def worst(name, worlds, sizes=(1, 4, 9, 16)):
    theorem, found = catalogue[name], 0
    for world, n, delta in product(worlds, sizes, (0.05, 0.3, 0.55)):
        draws = world.outcomes(n)
        chance = failure(theorem, draws, delta)
        read = chance_beyond(theorem, draws, ratios(theorem, draws, delta))
        assert read == pytest.approx(chance, abs=1e-12)
        found = max(found, chance / delta)
    return found


BOUNDED = [BoundedSum(steps, risk=p) for steps in ((1,), (1, 2), (3, "1/2", 1))
           for p in ("1/10", "1/2", "9/10")]  # fmt: skip
SIGNED = [SignedSum(steps) for steps in ((1,), (1, 2), (3, "1/2", 1))]


def test_mcdiarmid_holds():
    assert 0.3 < worst("mcdiarmid", BOUNDED) <= 1


def test_azuma_holds():
    """For fair signs it is Hoeffding's inequality of intervals of length 2c."""
    assert 0.3 < worst("azuma", SIGNED) <= 1


def test_mcdiarmid_s_exponent_is_false_for_increments():
    """A fair sign is 1 with probability 1/2, beyond sqrt(ln(1/delta)/2) for delta 0.2."""
    theorem = restated(catalogue["mcdiarmid"], data="martingale")
    assert failure(theorem, SignedSum((1,)).outcomes(1), 0.2) == 0.5
    assert failure(theorem, SignedSum((1,)).outcomes(30), 0.05) > 0.05


def test_too_many_sums_are_refused():
    steps = tuple(Fraction(1, p) for p in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47,
                                           53, 59, 61, 67))  # fmt: skip
    with pytest.raises(NotKnownError, match="over"):
        SignedSum(steps).outcomes(19)


@pytest.mark.parametrize(
    ("make", "fault"),
    [(lambda: SignedSum(()), "one or more"), (lambda: SignedSum(2), "one or more"),
     (lambda: SignedSum((0, -1)), r"\[0\] must be greater.*\[1\] must be greater"),
     (lambda: BoundedSum((1, "x"), risk=2), r"differences\[1\] must be a.*risk must be in")],
)  # fmt: skip
def test_bad_parameters(make, fault):
    with pytest.raises(ValueError, match=fault):
        make()


def test_json():
    for world in (BoundedSum(STEPS, risk=0.25), SignedSum((1, 2))):
        assert world_of(world.to_dict()) == world
