"""Clopper and Pearson's limits and binomial tails in balls, against sums in exact fractions."""

from fractions import Fraction
from math import comb, inf, log

import mpmath
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

flint = pytest.importorskip("flint")
from flint import arb, ctx  # noqa: E402

from genbounds.backends import digits, floats  # noqa: E402
from genbounds.backends.balls.ball import Ball  # noqa: E402
from genbounds.backends.balls.beta_series import _integral, _sum  # noqa: E402
from genbounds.backends.balls.binomial import (  # noqa: E402
    binomial_log_tail,
    binomial_tail_inverse,
    binomial_tail_inverse_lower,
)
from genbounds.backends.balls.newton import exactly  # noqa: E402

SIZES = [1, 2, 3, 10, 100, 10**4, 10**6, 10**9, 10**12, 10**15, 10**18]
BUDGETS = [1e-300, 1e-16, 1e-3, 0.05, 0.5, log(2), 0.7, 3.0, 30.0, 690.0, 2000.0]
LIMITS = [binomial_tail_inverse, binomial_tail_inverse_lower]


def counts(n):
    found = {0, 1, 2, 5, 17, 100, n // 1000, n // 50, n // 3, n // 2, n - 5, n - 2, n - 1, n}
    return [k for k in sorted(found) if 0 <= k <= n]


def tail(k, n, p):
    """P(Bin(n, p) <= k) as an integer over the n-th power of p's denominator."""
    top, bottom = int(p.p), int(p.q)
    return arb(sum(comb(n, i) * top**i * (bottom - top) ** (n - i) for i in range(k + 1))) / (
        arb(bottom) ** n
    )


def tail_at(limit, k, n, p):
    if limit is binomial_tail_inverse:
        return tail(k, n, p)
    return tail(n - k, n, 1 - p)


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("bits", [53, 160])
def test_exact_tails_at_both_ends(limit, bits):
    for n in (1, 2, 3, 7, 30):
        for k in range(n + 1):
            for c in (1e-12, 0.05, 0.6931, 0.7, 3.0, 60.0):
                with ctx.workprec(bits):
                    found = limit(k, n, c).arb
                    low, high = exactly(Ball(found.lower())), exactly(Ball(found.upper()))
                if found.is_exact():
                    assert k in (0, n)
                    continue
                assert found.rel_accuracy_bits() >= bits - 10
                with ctx.workprec(2000):
                    delta = (-arb(c)).exp()
                    ends = (tail_at(limit, k, n, p) - delta for p in (low, high))
                    below, above = ends if limit is binomial_tail_inverse else reversed(list(ends))
                    assert below > 0 > above, (k, n, c)


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize("bits", [64, 400])
def test_tight_and_near_the_floats_everywhere(limit, bits):
    for n in SIZES:
        for k in counts(n):
            for c in BUDGETS[:: 1 if bits == 64 else 3]:
                found = at(bits, limit, k, n, c)
                near = getattr(floats, limit.__name__)(k, n, c)
                assert found.is_exact() or found.rel_accuracy_bits() >= bits - 10, (k, n, c)
                assert abs(float(found) - near) <= 3e-13 * max(near, 1e-300), (k, n, c)


def at(bits, function, *arguments):
    with ctx.workprec(bits):
        return function(*arguments).arb


@pytest.mark.parametrize("limit", LIMITS)
@pytest.mark.parametrize(
    ("k", "n", "c"), [(5, 100, 3.0), (17, 10**4, 690.0), (300, 1000, 0.01), (40, 10**9, 20.0)]
)
def test_against_80_digits(limit, k, n, c):
    with mpmath.workdps(85):
        shown = mpmath.nstr(getattr(digits, limit.__name__)(k, n, mpmath.mpf(c)), 80)
    found = at(330, limit, k, n, c)
    with ctx.workprec(330):
        assert abs(found - arb(shown)) < arb(shown) * arb(10) ** -76


def test_edges_equal_floats():
    for k, n, c in ((5, 5, 1.0), (7, 5, 1.0), (-1, 5, 1.0), (2, 5, 0.0), (2, 5, inf), (0, 5, 0.0)):
        for limit in LIMITS:
            assert float(limit(k, n, c)) == getattr(floats, limit.__name__)(k, n, c), (k, n, c)
    assert binomial_tail_inverse(1, 5, -1.0).arb.is_nan()
    assert binomial_log_tail(5, 5, 0.3).rational == binomial_log_tail(0, 5, 0).rational == 0
    assert float(binomial_log_tail(-1, 5, 0.3)) == float(binomial_log_tail(2, 5, 1)) == -inf
    assert binomial_log_tail(2, 5, 1.5).arb.is_nan()


@settings(max_examples=60, deadline=None)
@given(
    n=st.integers(1, 10**18),
    share=st.floats(0, 1),
    c=st.one_of(st.floats(1e-300, 2000), st.floats(-300, 3).map(lambda e: 10**e)),
    width=st.floats(-25, 0),
)
@pytest.mark.parametrize("limit", LIMITS)
def test_an_interval_of_budgets_holds_the_limits_of_its_points(limit, n, share, c, width):
    assume(c * 10**width > 1e-300)  # else the radius is no float
    k = int(n * share**4)
    whole = limit(k, n, Ball(arb(c, 0.9 * c * 10**width))).arb
    for point in (c, Fraction(c) * (1 + Fraction(10**width) / 2)):
        assert whole.overlaps(limit(k, n, point).arb), (k, n, c)


def test_intervals_of_counts():
    whole = binomial_tail_inverse(arb(5, 1), arb(100, 2), 3.0).arb
    assert whole.contains(binomial_tail_inverse(4, 102, 3.0).arb.mid())
    assert whole.contains(binomial_tail_inverse(6, 98, 3.0).arb.mid())
    assert not whole.contains(binomial_tail_inverse(7, 98, 3.0).arb)


def test_log_tails_against_exact_fractions():
    for n in (1, 2, 5, 40, 300):
        for k in {0, 1, n // 5, n // 2, n - 2, n - 1} - {-1}:
            for p in (1e-300, 1e-9, 0.1, 0.5, 0.77, 1 - 2**-53):
                if k >= n:
                    continue
                found = at(64, binomial_log_tail, k, n, p)
                assert found.rel_accuracy_bits() >= 56, (k, n, p)
                q = flint.fmpq(*Fraction(p).as_integer_ratio())
                with ctx.workprec(60_000 if p < 1e-200 else 4000):
                    rest = _exact_rest(k, n, q)
                    exact = (-rest).log1p() if rest < 0.5 else _exact_log(k, n, q)
                assert found.overlaps(exact), (k, n, p)


def _exact_log(k, n, p):
    return tail(k, n, p).log()


def _exact_rest(k, n, p):
    return tail(n - k - 1, n, 1 - p)


def test_log_tails_of_huge_samples_are_near_the_floats():
    for n in (10**6, 10**12, 10**15):
        for k in (0, 3, n // 1000, n // 2, n - 2):
            for p in (1e-300, 0.9 * k / n, (k + 1) / n, 1.2 * k / n, 0.999):
                if not 0 < p < 1:
                    continue
                near = floats.binomial_log_tail(k, n, p)
                found = at(64, binomial_log_tail, k, n, p)
                assert found.rel_accuracy_bits() >= 56, (k, n, p)
                slack = 1e-13 * (1 + max(0.0, -log(-near))) if near < 0 else 1.0
                assert abs(float(found) - near) <= slack * max(-float(found), 1e-300), (k, n, p)


def test_an_interval_of_shares():
    whole = binomial_log_tail(5, 100, arb(0.1, 0.01)).arb
    for p in (0.0905, 0.1, 0.1095):
        assert whole.contains(binomial_log_tail(5, 100, p).arb.mid())


@pytest.mark.parametrize("bits", [64, 300, 700])
def test_the_integral_is_the_sum(bits):
    """Where both serve, at points from the median to far out."""
    for k, r, x in ((3000, 7000, 0.301), (10**4, 10**6, 0.0101), (5000, 5000, 0.56)):
        with ctx.workprec(bits):
            odds = (1 - arb(x)) / arb(x)
            depth = bits * log(2)
            integral = _integral(arb(k), arb(r), odds, depth)
            series = _sum(arb(k), arb(r), odds)
            assert integral.overlaps(series)
            assert min(integral.rel_accuracy_bits(), series.rel_accuracy_bits()) >= bits - 30
