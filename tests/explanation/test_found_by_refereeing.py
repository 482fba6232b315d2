"""What a sceptical reader found: exact numbers that were derived are printed as numbers."""

import math

import pytest

import genbounds as gb

FROM_BITS = [
    bound
    for bound in gb.catalogue.values()
    if "log_prior" in bound.arguments and set(bound.arguments) <= {
        "log_prior", "empirical_risk", "errors", "n", "delta",
    }
]  # fmt: skip


def test_there_are_such_bounds():
    assert len(FROM_BITS) >= 5


@pytest.mark.parametrize("bound", FROM_BITS, ids=lambda bound: bound.name)
def test_a_prior_weight_from_bits_is_printed(bound):
    seen = {"errors": 100} if "errors" in bound.arguments else {"empirical_risk": 0.1}
    found = gb.explain(bound, **seen, n=1000, delta=0.05, bits=20)
    assert str(found)
    (prior,) = [symbol for symbol in found.symbols if symbol.name == "log_prior"]
    assert float(prior.value) == pytest.approx(20 * math.log(2), rel=1e-5)
    assert found.to_dict()["symbols"]
    assert f"{20 * math.log(2):.6g}" in str(found)
