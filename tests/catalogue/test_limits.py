"""As the sample grows, deviations vanish and bounds on a risk close on the empirical one."""

import re
from fractions import Fraction

import pytest

import genbounds as gb
from tests.catalogue.draws import NUMBERED, typical

FAR = 10**16
NEARLY = 1e-3

# Bounds whose value at a fixed other argument does not close on the empirical risk, and why.
STAYS_APART = {
    "leboeuf_hypergeometric": "n_ghost is fixed, and no risk is told apart by less than 1/n_ghost",
    **{
        name: "the empirical risk has a weight K/(K - 1) or K/(K + 1), K fixed in advance"
        for name in gb.catalogue
        if re.fullmatch(r"bartlett_bousquet_mendelson(_\w+)?", name)
        and "constant_k" in gb.catalogue[name].arguments
    },
}

# Parameters that trade two terms off, and their rates: as a power of the sample size.
TUNED = {
    "inverse_temperature": 0.5, "catoni_c": -0.5, "trade_off": -0.5, "trade_off_lower": -0.5,
    "bernstein_gamma": -0.5,
}  # fmt: skip

ADDITIVE = [b for b in NUMBERED if b.additive and "n" in b.arguments]
CLOSING = [
    b
    for b in NUMBERED
    if b.claim.form == "value"
    and b.claim.quantity
    in ("risk", "excess_risk", "std", "risk_difference", "cdf_deviation", "gap")
    and "n" in b.arguments
    and b.name not in STAYS_APART
]


def far_away(bound) -> dict:
    """Typical arguments at a huge sample, counts growing with it, everything needed holding."""
    facts = typical(bound)
    n = facts["n"]
    facts["n"] = FAR
    for name in ("errors", "errors_first_only", "errors_second_only"):
        if name in facts:
            facts[name] = int(Fraction(int(facts[name]), round(n)) * FAR)
    if "population_size" in facts:
        facts["population_size"] = 4 * FAR
    if "n_unlabelled" in facts:
        facts["n_unlabelled"] = FAR
    for name in TUNED.keys() & facts.keys():
        facts[name] *= (FAR / n) ** TUNED[name]
    for name in filter(is_complexity, facts):
        facts[name] *= (n / FAR) ** 0.5
    return facts


def is_complexity(name: str) -> bool:
    """What itself falls like 1/sqrt(n)."""
    return "rademacher" in name or name == "fixed_point"


def centre(facts) -> float:
    """What the bound should close on."""
    for name in ("empirical_risk", "margin_risk", "surrogate_risk"):
        if name in facts:
            return facts[name]
    if "errors" in facts:
        return facts["errors"] / facts["n"]
    if "errors_first_only" in facts:
        return (facts["errors_first_only"] - facts["errors_second_only"]) / facts["n"]
    if "split_point" in facts:
        return facts["split_point"] + facts["positive_part"] - facts["negative_part"]
    return facts["sample_variance"] ** 0.5 if "sample_variance" in facts else 0.0


@pytest.mark.parametrize("bound", ADDITIVE, ids=lambda b: b.name)
def test_the_deviation_goes_to_zero(bound):
    facts = {k: v for k, v in far_away(bound).items() if k in bound.gap.arguments}
    early = {k: v for k, v in typical(bound).items() if k in bound.gap.arguments}
    late = bound.gap(**facts)
    assert 0 <= late < NEARLY
    assert late < 1e-2 * bound.gap(**early)


@pytest.mark.parametrize("bound", CLOSING, ids=lambda b: b.name)
def test_the_bound_closes_on_what_was_observed(bound):
    facts = far_away(bound)
    gap = bound(**facts) - centre(facts)
    assert abs(gap) < NEARLY
    if bound.claim.is_guarantee and bound.claim.scope != "every_learner":
        assert -gap <= 1e-15 if bound.claim.side in ("upper", "both", "equal") else gap <= 1e-15


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_a_tail_goes_to_zero(bound):
    if bound.claim.form == "failure_probability" and "n" in bound.arguments:
        assert bound(**typical(bound) | {"n": FAR}) < 1e-100


@pytest.mark.parametrize("bound", NUMBERED, ids=lambda b: b.name)
def test_a_sample_size_grows_without_end_as_epsilon_falls(bound):
    if bound.claim.form == "sample_size":
        facts = typical(bound)
        sizes = [bound(**facts | {"epsilon": facts["epsilon"] / 10**k}) for k in (0, 3, 6)]
        assert sizes[2] > 100 * max(sizes[1], 1) > 10**4 * min(max(sizes[0], 1), sizes[1] / 100)


@pytest.mark.parametrize("name", STAYS_APART)
def test_what_stays_apart_does(name):
    bound = next(b for b in NUMBERED if b.name == name)
    facts = far_away(bound)
    assert abs(bound(**facts) - centre(facts)) > NEARLY
