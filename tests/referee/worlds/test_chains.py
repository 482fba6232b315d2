"""Dependent and drifting losses against sums over all sequences, and what they do to theorems."""

from fractions import Fraction
from itertools import pairwise, product

import numpy as np
import pytest

from genbounds import catalogue
from genbounds.referee.worlds.base import world_of
from genbounds.referee.worlds.chains import Drift, StickyChain
from tests.referee.worlds.agreement import failure, law_of, sampled_like

FIFTH, HALF = Fraction(1, 5), Fraction(1, 2)


def chain_law(risk, stay, n):
    """P(errors) by going through all 2^n sequences."""
    law = [Fraction(0)] * (n + 1)
    for losses in product((0, 1), repeat=n):
        p = risk if losses[0] else 1 - risk
        for last, new in pairwise(losses):
            p *= (1 - stay) * (risk if new else 1 - risk) + (stay if new == last else 0)
        law[sum(losses)] += p
    return law


@pytest.mark.parametrize("n", [1, 2, 7])
@pytest.mark.parametrize("stay", [Fraction(0), Fraction(2, 3), Fraction(1)])
def test_the_chain_s_law(n, stay):
    world = StickyChain(FIFTH, stay)
    draws = world.outcomes(n, exact=True)
    assert draws.weights.tolist() == chain_law(FIFTH, stay, n)
    assert world.outcomes(n).weights == pytest.approx(draws.weights.astype(float), rel=1e-13)
    assert sum(draws.weights * draws.empirical_risk[:, 0]) == FIFTH


def test_the_correlation_of_neighbours_is_stay():
    """Var(errors of two) = 2 p (1-p) (1 + stay)."""
    draws = StickyChain(FIFTH, "3/7").outcomes(2, exact=True)
    squares = sum(draws.weights * (draws.errors[:, 0] - 2 * FIFTH) ** 2)
    assert squares == 2 * FIFTH * (1 - FIFTH) * (1 + Fraction(3, 7))


def drift_law(path):
    law = [Fraction(0)] * (len(path) + 1)
    for losses in product((0, 1), repeat=len(path)):
        p = Fraction(1)
        for loss, risk in zip(losses, path, strict=True):
            p *= risk if loss else 1 - risk
        law[sum(losses)] += p
    return law


def test_the_drift_s_law():
    world = Drift(risks=("1/10", "1/2", "4/5"))
    path = [Fraction(1, 10)] * 2 + [HALF] * 2 + [Fraction(4, 5)] * 2
    assert world.path(6) == path
    draws = world.outcomes(6, exact=True)
    assert draws.weights.tolist() == drift_law(path)
    assert draws.risk == sum(path) / 6
    assert Drift(world.risks, last=True).outcomes(6, exact=True).risk == Fraction(4, 5)
    assert world.outcomes(2).risk == pytest.approx(0.3)  # fewer losses than stages: the first two


def test_samples_follow_the_laws():
    """At most 20 comparisons with a false alarm of 2e-11 each."""
    rng = np.random.Generator(np.random.Philox(5))
    for world in (StickyChain(0.3, 0.6), Drift(risks=(0.1, 0.9, 0.5))):
        assert sampled_like(world.draw(6, 20_000, rng), world.outcomes(6), "errors")
    sticky, free = StickyChain(0.3, 0.6), StickyChain(0.3, 0)
    assert not sampled_like(sticky.draw(6, 20_000, rng), free.outcomes(6), "errors")


@pytest.mark.parametrize(
    "name", ["hoeffding", "chernoff", "clopper_pearson", "clopper_pearson_lower"]
)
def test_iid_bounds_fail_for_a_sticky_chain(name):
    theorem = catalogue[name]
    risks = ("1/10", "1/2", "4/5")
    free = max(failure(theorem, StickyChain(p, 0).outcomes(60), 0.05) for p in risks)
    sticky = max(failure(theorem, StickyChain(p, "9/10").outcomes(60), 0.05) for p in risks)
    assert free <= 0.05 < 0.1 < sticky


def test_equal_losses_recomputed_by_hand():
    """All 10 losses are equal: with probability 4/5 none is an error, and the risk is 1/5.

    Without errors in 5 the limit is 1 - 0.3^(1/5) > 1/5, in 10 it is 1 - 0.3^(1/10) < 1/5.
    """
    theorem, world = catalogue["clopper_pearson"], StickyChain(FIFTH, 1)
    assert failure(theorem, world.outcomes(5), 0.3) == 0
    assert failure(theorem, world.outcomes(10), 0.3) == pytest.approx(0.8)


def test_hoeffding_holds_for_the_mean_of_drifting_risks_and_not_for_the_last():
    theorem, risks = catalogue["hoeffding"], (0.1, 0.3, 0.5)
    assert 0 < failure(theorem, Drift(risks).outcomes(60), 0.2) <= 0.2
    assert failure(theorem, Drift(risks, last=True).outcomes(60), 0.2) > 0.9


def test_constant_risks_do_not_drift():
    drift, chain = Drift((FIFTH,)), StickyChain(FIFTH, 0)
    assert law_of(drift.outcomes(9, exact=True), "errors") == law_of(
        chain.outcomes(9, exact=True), "errors"
    )


def test_exact_facts():
    draws = StickyChain(FIFTH, HALF).outcomes(4, exact=True)
    assert draws.variance == Fraction(4, 25)
    assert draws.std.arguments == (Fraction(4, 25),)
    assert float(draws.std) == pytest.approx(0.4)
    assert StickyChain(FIFTH, HALF).outcomes(4).std == pytest.approx(0.4)
    assert draws.sample_variance[1, 0] == Fraction(1, 4)  # one error of four: (1/4)(3/4) 4/3


def test_bad_parameters():
    with pytest.raises(ValueError, match=r"risk must be in \[0, 1\].*stay must be a finite"):
        StickyChain(-0.1, "sometimes")
    with pytest.raises(ValueError, match=r"risks\[1\] must be in.*last must be True"):
        Drift(risks=(0, 2), last="yes")
    with pytest.raises(ValueError, match="risks must be one or more"):
        Drift(risks=())


def test_json():
    for world in (StickyChain(0.25, "1/3"), Drift((0, "1/2"), last=True)):
        assert world_of(world.to_dict()) == world
        assert hash(world) == hash(world_of(world.to_dict()))
