"""Short decimals at which careful float code gets an integer or a digit wrong.

Each idiom is written as people write it. The right answer is decided in fractions or at 60 digits
of mpmath, from the definition. Where the idiom rests on the standard library alone its wrong answer
is asserted too; other libraries may change theirs.
"""

import math
from fractions import Fraction
from math import comb

import pytest
from mpmath import mp, mpf

import genbounds as gb

pytest.importorskip("flint")
B = gb.catalogue


def certified(bound: str, unknown: str, **facts: object) -> int:
    return int(gb.solve(bound, unknown, certified=True, **facts))


# --- a quotient of logarithms at four million millions


def test_hoeffdings_sample_size_is_one_short():
    """n >= ln(1/delta)/(2 eps^2) at eps = 6.7e-7, delta = .025."""
    n = math.ceil(math.log(1 / 0.025) / (2 * 6.7e-7**2))
    with mp.workdps(60):
        exact = -mp.log(mpf("0.025")) / (2 * mpf("6.7e-7") ** 2)
        assert int(mp.ceil(exact)) == 4108798679121 == n + 1
        assert exact > n  # at the n that floats give the deviation is above eps
    assert certified("hoeffding", "n", epsilon="6.7e-7", delta="0.025") == 4108798679121


# --- the textbook's iteration n <- (8/eps^2) ln(4((2n)^d + 1)/delta)


def iterated(epsilon: float, delta: float, d: int) -> int:
    n = 1000.0
    while True:
        new = 8 / epsilon**2 * math.log(4 * ((2 * n) ** d + 1) / delta)
        if abs(new - n) < 1:
            return math.ceil(new)
        n = new


@pytest.mark.parametrize(
    ("d", "epsilon", "delta", "wrong"),
    [
        (3, "0.1", "0.01", 31300), (4, "0.05", "0.05", 177613), (5, "0.1", "0.1", 48915),
        (10, "0.05", "0.01", 458496), (20, "0.05", "0.001", 951943),
    ],
)  # fmt: skip
def test_the_iteration_for_a_vc_sample_size_stops_one_short(d, epsilon, delta, wrong):
    """It settles to less than 1, and the ceiling of what it has is no solution yet."""
    assert iterated(float(epsilon), float(delta), d) == wrong

    def needed(n):
        return 8 / mpf(epsilon) ** 2 * mp.log(4 * ((2 * mpf(n)) ** d + 1) / mpf(delta))

    with mp.workdps(60):
        assert needed(wrong) > wrong
        assert needed(wrong + 1) <= wrong + 1
    facts = {"epsilon": epsilon, "delta": delta, "vc_dim": d, "growth": "polynomial-plus-one"}
    assert certified("vapnik_chervonenkis", "n", **facts) == wrong + 1


# --- zero failures: n = ln(1 - C)/ln(R) where it is an integer


@pytest.mark.parametrize(
    ("reliability", "confidence", "n"),
    [("0.8", "0.36", 2), ("0.9", "0.271", 3), ("0.8", "0.488", 3), ("0.9", "0.3439", 4)],
)
def test_a_demonstration_test_asks_for_one_unit_too_many(reliability, confidence, n):
    """Two units without a failure show R = .8 with confidence 1 - .8^2 = .36, exactly."""
    assert 1 - Fraction(reliability) ** n == Fraction(confidence)
    floats = float(confidence), float(reliability)
    assert math.ceil(math.log(1 - floats[0]) / math.log(floats[1])) == n + 1
    target, delta = 1 - Fraction(reliability), 1 - Fraction(confidence)
    assert certified("clopper_pearson", "n", target=target, delta=delta, errors=0) == n
    assert certified("chernoff", "n", target=target, delta=delta, empirical_risk=0) == n


def test_log1p_errs_at_other_ties():
    """R = .97, C = 1 - .97^3: three units, four by log1p."""
    n = math.ceil(math.log1p(-0.087327) / math.log1p(-0.03))
    assert 1 - Fraction("0.97") ** 3 == Fraction("0.087327")
    assert n == 4
    assert certified("clopper_pearson", "n", target="0.03", delta="0.912673", errors=0) == 3


# --- the ceiling of a rational that is an integer


@pytest.mark.parametrize(
    ("d", "epsilon", "n"), [(1, "0.001", 3125), (10, "0.001", 31250), (9, "0.015", 125)]
)
def test_the_ceiling_of_an_integer_is_the_next(d, epsilon, n):
    """d/(320 eps^2) observations are necessary."""
    assert Fraction(d) / (320 * Fraction(epsilon) ** 2) == n
    assert math.ceil(d / (320 * float(epsilon) ** 2)) == n + 1
    facts = {"epsilon": epsilon, "delta": "0.01", "vc_dim": d}
    assert certified("anthony_bartlett_necessary", "n", **facts) == n


# --- scipy


def binomial(k: int, n: int, p: Fraction) -> Fraction:
    return sum(comb(n, i) * p**i * (1 - p) ** (n - i) for i in range(k + 1))


@pytest.mark.parametrize(
    ("n", "risk", "delta", "errors"), [(4, "0.3", "0.6517", 1), (4, "0.4", "0.4752", 1)]
)
def test_an_acceptance_number_at_a_tie(n, risk, delta, errors):
    """max(k for k in range(n) if binom.cdf(k, n, risk) <= delta), one less in scipy 1.17."""
    assert binomial(errors, n, Fraction(risk)) == Fraction(delta)
    assert certified("clopper_pearson", "errors", target=risk, n=n, delta=delta) == errors


@pytest.mark.parametrize(
    ("errors", "n", "digits"),
    [(1, 10**9, "4.7438645095103853598"), (3, 10**9, "7.7536565095036169437")],
)
def test_a_root_finder_with_its_default_tolerance(errors, n, digits):
    """brentq(lambda p: binom.cdf(3, 10**9, p) - .05, 0, 1) stops at xtol = 2e-12, off by 1e-5."""
    with mp.workdps(60):
        p = mpf(digits + "e-9")
        above = p + mpf(10) ** -28
        tails = [
            sum(mp.binomial(n, i) * x**i * (1 - x) ** (n - i) for i in range(errors + 1))
            for x in (p, above)
        ]
        assert tails[0] > mpf("0.05") > tails[1]
    found = B["clopper_pearson"].enclose(errors=errors, n=n, delta="0.05")
    assert found.digits == digits + "e-09"
