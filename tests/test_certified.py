"""Solutions proved in balls: reached at the solution, missed next to it."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

import genbounds as gb
from genbounds.certified import CertifiedProblem

pytest.importorskip("flint")


def test_the_proof_shows_both_neighbours():
    n = gb.solve("hoeffding.two_sided", "n", epsilon="0.05", delta="0.05", certified=True)
    here, beyond = n.certificate
    assert n == 738
    assert here.upper <= 0.05 < beyond.lower
    assert n.proof.endswith("at n = 737, proved")


def least_n(delta: Fraction, epsilon: Fraction) -> int:
    """ceil(ln(1/delta)/(2 epsilon^2)) at 80 digits."""
    with mp.workdps(80):
        n = -mp.log(mpf(delta.numerator) / delta.denominator) / 2
        return max(1, int(mp.ceil(n / (mpf(epsilon.numerator) / epsilon.denominator) ** 2)))


@given(
    delta=st.fractions(Fraction(1, 10**12), Fraction(1, 2), max_denominator=10**14),
    epsilon=st.fractions(Fraction(1, 10**8), Fraction(1, 2), max_denominator=10**10),
)
@settings(max_examples=40, deadline=None)
def test_it_is_the_least_n(delta, epsilon):
    found = gb.solve("hoeffding", "n", epsilon=epsilon, delta=delta, certified=True)
    assert found == least_n(delta, epsilon)


def test_a_search_that_starts_wrong_still_ends_right(monkeypatch):
    """With a measure that errs by a percent the balls find the integer themselves."""
    right = gb.solve("hoeffding", "n", epsilon=0.01, delta=0.05)
    measure = CertifiedProblem.measure
    monkeypatch.setattr(CertifiedProblem, "measure", lambda self, x: measure(self, x) * 1.01)
    found = gb.solve("hoeffding", "n", epsilon=0.01, delta=0.05, certified=True)
    assert found == right
    assert found.certificate[0].upper <= 0.01 < found.certificate[1].lower


def test_an_exact_tie_is_decided():
    """(d - 1)/(32 eps) is 10 to the last digit; a hair more of eps and 10 is too many."""
    facts = {"vc_dim": 33, "delta": "0.01", "certified": True}
    found = gb.solve("ehrenfeucht_necessary", "n", epsilon="0.1", **facts)
    assert found == 10
    assert found.certificate[0].digits == "10"
    more = gb.solve("ehrenfeucht_necessary", "n", epsilon="0.09999999999999999999999", **facts)
    assert more == 11


def test_a_real_unknown_is_the_last_float():
    found = gb.solve("hoeffding", "delta", epsilon="0.05", n=100, certified=True)
    here, beyond = found.certificate
    assert Fraction(here.digits) < Fraction("0.05") < Fraction(beyond.digits)
    assert found == pytest.approx(0.6065306597126334, rel=1e-14)


def test_a_sought_deviation_is_rounded_up():
    found = gb.solve("hoeffding", "epsilon", delta="0.05", n=100, certified=True)
    assert found == found.certificate[0].upper
    assert found.certificate[0].digits.startswith("0.122387341534")


def test_the_largest_count_is_proved_too():
    found = gb.solve("hoeffding", "errors", target="0.3", n=100, delta="0.05", certified=True)
    here, beyond = found.certificate
    assert here.upper <= 0.3 < beyond.lower
    assert found == 17


def test_intervals_are_no_exact_facts():
    import flint

    with pytest.raises(ValueError, match="needs exact numbers"):
        gb.solve("hoeffding", "n", epsilon=flint.arb("0.1"), delta="0.05", certified=True)


def test_errors_are_those_of_plain_solving():
    with pytest.raises(gb.NoSolutionError, match="no n brings"):
        gb.solve("hoeffding", "n", epsilon="1e-30", delta="0.05", certified=True)
    with pytest.raises(ValueError, match="give exactly one of target"):
        gb.solve("hoeffding", "n", delta="0.05", certified=True)


def test_a_grid_is_certified_cell_by_cell():
    import numpy as np

    found = gb.solve("hoeffding", "n", epsilon=np.array([0.1, 0.05]), delta="0.05", certified=True)
    assert found.tolist() == [150, 600]


def test_the_width_of_the_loss_counts():
    wide = gb.solve("hoeffding", "n", epsilon="0.3", width=3, delta="0.05", certified=True)
    assert wide == gb.solve("hoeffding", "n", epsilon=0.1, delta=0.05)
    assert wide.certificate[0].upper <= 0.1


@pytest.mark.parametrize("epsilon", ["-0.1", "0", Fraction(-1, 10)])
def test_a_deviation_is_above_0(epsilon):
    with pytest.raises(ValueError, match="epsilon must be greater than 0"):
        gb.solve("hoeffding", "n", epsilon=epsilon, delta="0.05", certified=True)


@pytest.mark.parametrize(
    "facts", [{"delta": "1e-400", "n": 10}, {"delta": "0.05", "n": "1e400"}]
)  # fmt: skip
def test_a_search_needs_facts_within_the_floats(facts):
    with pytest.raises(ValueError, match="out of the range of floats, which guide the search"):
        gb.solve("hoeffding", "epsilon", certified=True, **facts)


def test_a_printed_size_beyond_its_domain_is_silent():
    with pytest.raises(gb.NoSolutionError, match="silent"):
        gb.solve(
            "anthony_bartlett_necessary", "n", epsilon="0.1", delta="0.01", vc_dim=3, certified=True
        )


def test_a_raw_tail_above_1_has_its_neighbour_too():
    found = gb.solve("hoeffding.two_sided", "delta", epsilon="0.01", n=1000, certified=True)
    here, beyond = found.certificate
    assert found > 1
    assert Fraction(here.digits) < Fraction("0.01") < Fraction(beyond.digits)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("abu_mostafa_rademacher", {"n": 10, "vc_dim": 3, "target": 3}),
        ("wald", {"errors": 3, "n": 10, "target": "0.9"}),
        ("wald_lower", {"errors": 3, "n": 10, "target": "0.01"}),
    ],
)
def test_without_a_boundary_there_is_no_certificate_but_a_reason(name, facts):
    """Where the formula ends, at delta = 1 or 0, nothing lies on the other side."""
    risk = {"empirical_risk": "0.1"} if name.startswith("abu") else {}
    try:
        found = gb.solve(name, "delta", **risk, **facts, certified=True)
    except gb.NoSolutionError as reason:
        assert "delta" in str(reason)
    else:
        assert found.certificate[0].lower <= float(Fraction(facts["target"])) * (1 + 1e-12)
