"""Inputs on which an enclosure was once wrong, endless, or not an enclosure at all."""

from fractions import Fraction
from threading import Thread

import pytest

import genbounds as gb

flint = pytest.importorskip("flint")

from genbounds.backends import balls  # noqa: E402
from genbounds.backends.balls import Ball  # noqa: E402
from genbounds.enclosing import Enclosure, at_precision, exact_facts, lifted  # noqa: E402

B = gb.catalogue
UNKNOWN = [flint.arb.nan(), flint.arb("0 +/- inf")]
NEAR_1 = "0." + "9" * 300


@pytest.mark.parametrize("bits", [99_000, 150_000, 400_000])
def test_long_mantissas_keep_their_exponent(bits):
    with flint.ctx.workprec(bits):
        found = Enclosure(flint.arb(1) / 3, "upper")
    assert Fraction(found.lower) < Fraction(1, 3) < Fraction(found.upper)
    assert found.upper - found.lower < 1e-15
    assert found.digits == "0." + "3" * 20


@pytest.mark.parametrize("power", [10**5, 10**6, -(10**5), -(10**6)])
def test_far_out_of_the_range_of_floats(power):
    found = Enclosure(flint.arb(2) ** power, "upper")
    low, high = (1.7976931348623157e308, float("inf")) if power > 0 else (0.0, 5e-324)
    assert (found.lower, found.upper) == (low, high)


@pytest.mark.parametrize("k", UNKNOWN, ids=str)
@pytest.mark.parametrize("name", ["log_binomial", "log_sauer", "log_cover"])
def test_nothing_is_known_of_an_unknown_count(name, k):
    assert getattr(balls, name)(10, Ball(k)).arb.is_nan()


@pytest.mark.parametrize("name", ["exp_remainder", "log_remainder"])
def test_nothing_is_known_of_the_remainder_of_nan(name):
    assert getattr(balls, name)(Ball(flint.arb.nan())).arb.is_nan()


@pytest.mark.parametrize("bits", [30, 64])
@pytest.mark.parametrize("n", [10**18, 10**30, 10**60])
@pytest.mark.parametrize("k", [4, 50])
@pytest.mark.parametrize("name", ["binomial_tail_inverse", "binomial_tail_inverse_lower"])
def test_few_errors_of_very_many(name, k, n, bits):
    """The start is near the root though 1 - k/n is 1 in few bits; Poisson's limit is close by."""
    with flint.ctx.workprec(bits):
        found = getattr(balls, name)(k, n, balls.log(157700)).arb
        fewer = getattr(balls, name)(k, 10**12, balls.log(157700)).arb
        assert found.rel_accuracy_bits() > bits - 12
        assert abs(found * n / (fewer * 10**12) - 1) < 1e-9 + 2.0 ** (12 - bits)


@pytest.mark.parametrize("bits", [30, 53, 300])
def test_a_root_at_0_that_no_sign_tells_apart(bits):
    """At 0 there is no size to step by, and no slope."""
    with flint.ctx.workprec(bits):
        found = balls.root(lambda x: x * x * x, -1, 1).arb
    assert found.contains(0)
    assert found.rad() < 2.0 ** (4 - bits)


@pytest.mark.parametrize("delta", ["1e-300", "1e-4000", "0.05", NEAR_1])
@pytest.mark.parametrize("risk", ["0", "1e-300", "0.3", NEAR_1, "1"])
@pytest.mark.parametrize("name", ["hoeffding", "chernoff", "chernoff_lower", "langford_seeger"])
def test_enclosures_at_all_precisions_meet(name, risk, delta):
    given = {"empirical_risk": risk, "n": 10**18, "delta": delta}
    if "kl" in B[name].arguments:
        given["kl"] = "1e-300"
    tight = B[name].enclose(**given, digits=100)
    facts = exact_facts(given, B[name].arguments)
    for bits in (30, 64, 128, 1000):
        coarse = at_precision(lambda: B[name](**lifted(facts)), bits)
        assert isinstance(coarse, ValueError) or coarse.is_nan() or coarse.overlaps(tight.ball)
    assert tight.lower <= tight.upper


def test_threads_at_different_digits_and_a_precision_that_comes_back():
    facts = {"errors": 3, "n": 100, "delta": "0.05"}
    before, seen = flint.ctx.prec, {}

    def enclose(digits):
        seen[digits] = {B["chernoff"].enclose(**facts, digits=digits).digits for _ in range(20)}

    threads = [Thread(target=enclose, args=(digits,)) for digits in (5, 20, 300)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(len(found) == 1 for found in seen.values())
    texts = [found.pop() for _, found in sorted(seen.items())]
    assert texts[2].startswith(texts[1])
    assert texts[1].startswith(texts[0])
    with pytest.raises(ZeroDivisionError):
        B["mohri"].enclose(empirical_risk=0, n=9, delta="0.05", log_growth=lambda m: 1 // 0)
    assert flint.ctx.prec == before
