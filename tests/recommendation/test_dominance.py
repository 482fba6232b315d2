"""One theorem is never beaten by another: every pair that is claimed, on drawn facts."""

import math
import random

import pytest

import genbounds as gb
from genbounds.recommendation.applicability import relevant
from genbounds.recommendation.dominance import PAIRS, beaten
from genbounds.variables import VARIABLES

B = gb.catalogue
CLEAN = {"rule_of_three", "finite_realizable", "finite_realizable_linear", "blumer"}
OWN = {
    "n", "delta", "errors", "empirical_risk", "losses", "margin_risk", "log_growth", "margin",
    "max_margin", "log_cardinality", "log_prior", "population_size",
}  # fmt: skip


def drawn(names, rng, clean):
    """Facts for both theorems, log-uniform; rates of every size, also 0 and 1."""
    n = round(10 ** rng.uniform(0.5, 6))
    rate = 0 if clean else rng.choice([0, rng.random() ** 4, rng.random(), 1])
    facts = {
        "n": n, "delta": 10 ** rng.uniform(-9, -0.31), "errors": round(rate * n),
        "margin_risk": rate, "n_hypotheses": round(10 ** rng.uniform(0, 9)),
        "vc_dim": rng.randint(1, 60), "margin": rng.uniform(0.01, 1), "max_margin": 1.0,
        "bits": 10 ** rng.uniform(0, 3), "population_size": n + rng.randint(0, 10 * n),
        "losses": [rng.choice([0.0, 1.0, rng.random()]) for _ in range(rng.randint(1, 40))],
    }  # fmt: skip
    for name in set(names) - OWN - facts.keys():
        low, high = VARIABLES[name].typical
        value = math.exp(rng.uniform(math.log(low), math.log(high)))
        facts[name] = round(value) if VARIABLES[name].kind == "integer" else value
    return facts


def value(bound, facts, side):
    """What the theorem says on that side, or None where it is silent."""
    given = relevant(bound.arguments, facts)
    try:
        if side == "lower" and bound.claim.side != "lower":
            return bound.two_sided(**given)[0]
        return bound(**given)
    except ValueError:  # a growth function of too small a sample
        return None


@pytest.mark.parametrize(("sharper", "other"), PAIRS)
def test_never_beaten(sharper, other):
    rng = random.Random(f"{sharper} {other}")
    first, second = B[sharper], B[other]
    side = "lower" if first.claim.side == "lower" else "upper"
    strictly = seen = 0
    for _ in range(300):
        names = {*first.arguments, *second.arguments}
        facts = drawn(names, rng, bool(CLEAN & {sharper, other}))
        x, y = value(first, facts, side), value(second, facts, side)
        if x is None or y is None or math.isinf(x) or math.isinf(y):
            continue
        x, y = (-x, -y) if side == "lower" else (x, y)
        x, y = (min(x, 1), min(y, 1)) if first.name == "devroye" else (x, y)
        assert x <= y + 1e-9 * max(1e-3, abs(y)), (facts, x, y)
        strictly, seen = strictly + (x < y - 1e-12), seen + 1
    assert seen > 50
    equal = {
        ("vapnik_relative", "vapnik_multiplicative"), ("hoeffding_several", "finite_hoeffding"),
        ("clopper_pearson_several", "finite_realizable"), ("finite_chernoff", "finite_realizable"),
    }  # fmt: skip
    assert strictly or (sharper, other) in equal


def test_both_sides_are_compared_only_where_they_pay_alike():
    """Hoeffding's halves of delta against a mixture whose sides hold on one event."""
    assert beaten([B["hoeffding"], B["normal_mixture"]]) == {"normal_mixture"}
    pair = [B["hoeffding"].two_sided, B["normal_mixture"].two_sided]
    assert beaten(pair) == set()
    assert beaten([B["chernoff_lower"], B["hoeffding"].two_sided]) == {"hoeffding"}


def test_no_two_beat_each_other():
    """Else neither would be paid for."""
    for sharper, other in PAIRS:
        assert beaten([B[sharper], B[other]]) == {other}


def test_beaten_through_others():
    assert beaten([B["clopper_pearson"], B["hoeffding"]]) == {"hoeffding"}
    assert beaten([B["hoeffding"], B["maurer_pontil"]]) == set()


def test_the_pairs_are_theorems_of_one_side_and_no_pair_beats_itself():
    assert len(set(PAIRS)) == len(PAIRS)
    for sharper, other in PAIRS:
        assert sharper != other
        assert {B[sharper].status, B[other].status} == {"proved"}
